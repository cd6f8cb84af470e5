//! Reads a .docx back with a zip and an XML library that the program does not write it with.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(
    clippy::unwrap_used,
    reason = "a document that cannot be read back fails its test"
)]

use roxmltree::{Document, Node};
use std::io::{Cursor, Read};
use std::path::Path;
use zip::ZipArchive;

/// What a reader sees of a document.
pub(crate) struct Seen {
    /// Paragraphs outside tables, with their style.
    pub(crate) paragraphs: Vec<(String, String)>,
    /// Tables as rows of cells.
    pub(crate) tables: Vec<Vec<Vec<String>>>,
    /// Paragraphs that begin a page.
    pub(crate) page_breaks: usize,
}

impl Seen {
    /// All text outside tables, a paragraph a line.
    pub(crate) fn text(&self) -> String {
        let lines = self.paragraphs.iter().map(|(_, text)| text.as_str());
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The paragraphs of a style.
    pub(crate) fn styled(&self, style: &str) -> Vec<&str> {
        let of = self.paragraphs.iter().filter(|(own, _)| own == style);
        of.map(|(_, text)| text.as_str()).collect()
    }

    /// The table whose header begins with this cell.
    #[track_caller]
    pub(crate) fn table(&self, first: &str) -> &[Vec<String>] {
        let found = self.tables.iter().find(|table| table[0][0] == first);
        found.unwrap_or_else(|| panic!("no table begins with {first}"))
    }
}

/// The parts of a document by name; every XML part is well formed.
pub(crate) fn parts(path: &Path) -> Vec<(String, String)> {
    let bytes = std::fs::read(path).unwrap();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            assert!(
                Document::parse(&text).is_ok(),
                "{} is no XML",
                part.name().expect("a name in UTF-8").into_owned()
            );
            (part.name().expect("a name in UTF-8").into_owned(), text)
        })
        .collect()
}

/// Reads a document.
pub(crate) fn read(path: &Path) -> Seen {
    let parts = parts(path);
    let (_, main) = parts
        .iter()
        .find(|(name, _)| name == "word/document.xml")
        .unwrap();
    let document = Document::parse(main).unwrap();
    let body = document
        .descendants()
        .find(|node| node.has_tag_name("body") || node.tag_name().name() == "body")
        .unwrap();
    let mut seen = Seen {
        paragraphs: Vec::new(),
        tables: Vec::new(),
        page_breaks: 0,
    };
    for node in body.children().filter(Node::is_element) {
        match node.tag_name().name() {
            "p" => {
                seen.page_breaks += usize::from(breaks_page(node));
                let style = attribute(node, "pStyle");
                seen.paragraphs.push((style, text(node)));
            }
            "tbl" => seen.tables.push(
                named(node, "tr")
                    .map(|row| named(row, "tc").map(text).collect())
                    .collect(),
            ),
            _ => {}
        }
    }
    seen
}

fn named<'a, 'd: 'a>(node: Node<'a, 'd>, name: &'static str) -> impl Iterator<Item = Node<'a, 'd>> {
    node.children()
        .filter(move |child| child.tag_name().name() == name)
}

fn attribute(node: Node, element: &str) -> String {
    let of = node
        .descendants()
        .find(|child| child.tag_name().name() == element);
    let value = of.and_then(|of| of.attributes().next().map(|value| value.value().to_owned()));
    value.unwrap_or_default()
}

fn breaks_page(node: Node) -> bool {
    node.descendants().any(|child| {
        child.tag_name().name() == "pageBreakBefore"
            && child
                .attributes()
                .all(|value| !matches!(value.value(), "false" | "0"))
    })
}

fn text(node: Node) -> String {
    let texts = node
        .descendants()
        .filter(|child| child.tag_name().name() == "t");
    let text: String = texts.filter_map(|child| child.text()).collect();
    // Between a number and its unit no line breaks.
    text.replace('\u{a0}', " ")
}
