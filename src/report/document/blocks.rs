//! Markdown as the blocks of an office document: title, numbered headings, paragraphs, items, tables, signature.

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A piece of text in one face; a line break is `\n`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// A line or cell of text.
pub(super) type Spans = Vec<Span>;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TableBlock {
    /// Whether the cells of a column stand to the right, as figures do.
    pub(super) right: Vec<bool>,
    pub(super) header: Vec<Spans>,
    pub(super) rows: Vec<Vec<Spans>>,
}

/// A block of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// `#`: the title.
    Title(Spans),
    /// `##` and `###`: a heading of level 1 or 2, numbered when it is set.
    Heading(u8, Spans),
    /// `####`: a line without indent, such as the addressee.
    Flush(Spans),
    /// A paragraph.
    Paragraph(Spans),
    /// `>`: a line at the right, such as the signature.
    Signature(Spans),
    /// An item of a list, with its number if the list is numbered.
    Item(Option<u64>, Spans),
    /// A table.
    Table(TableBlock),
    /// `---`: what follows begins on a new page.
    PageBreak,
}

/// The blocks of a Markdown text. HTML is text, links and images are their words.
///
/// `line_joint` stands where a paragraph goes on in the next line: a space in English, nothing in Chinese.
pub(super) fn parse(markdown: &str, line_joint: &str) -> Vec<Block> {
    let mut reader = Reader {
        line_joint: line_joint.to_owned(),
        ..Reader::default()
    };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        reader.event(event);
    }
    reader.blocks
}

#[derive(Default)]
struct Reader {
    line_joint: String,
    blocks: Vec<Block>,
    spans: Spans,
    bold: u32,
    italic: u32,
    quotes: u32,
    /// The next number of each open list; `None` for bullets.
    lists: Vec<Option<u64>>,
    table: Option<TableBlock>,
    cells: Vec<Spans>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.text(&text);
            }
            Event::SoftBreak => {
                let joint = self.line_joint.clone();
                self.text(&joint);
            }
            Event::HardBreak => self.text("\n"),
            Event::Rule => {
                self.flush();
                self.blocks.push(Block::PageBreak);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::List(first) => {
                // The words of an item before a list within it.
                self.flush();
                self.lists.push(first);
            }
            Tag::Table(alignments) => {
                let right = |alignment| alignment == Alignment::Right;
                self.table = Some(TableBlock {
                    right: alignments.into_iter().map(right).collect(),
                    header: Vec::new(),
                    rows: Vec::new(),
                });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Heading(level) => {
                let spans = std::mem::take(&mut self.spans);
                self.blocks.push(match level {
                    HeadingLevel::H1 => Block::Title(spans),
                    HeadingLevel::H2 => Block::Heading(1, spans),
                    HeadingLevel::H3 => Block::Heading(2, spans),
                    _ => Block::Flush(spans),
                });
            }
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Item => {
                self.flush();
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::TableCell => self.cells.push(std::mem::take(&mut self.spans)),
            TagEnd::TableHead => {
                let cells = std::mem::take(&mut self.cells);
                if let Some(table) = &mut self.table {
                    table.header = cells;
                }
            }
            TagEnd::TableRow => {
                let cells = std::mem::take(&mut self.cells);
                if let Some(table) = &mut self.table {
                    table.rows.push(cells);
                }
            }
            TagEnd::Table => self.blocks.extend(self.table.take().map(Block::Table)),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let (bold, italic) = (self.bold > 0, self.italic > 0);
        let text: String = text.chars().map(allowed).collect();
        match self.spans.last_mut() {
            Some(last) if last.bold == bold && last.italic == italic => last.text.push_str(&text),
            _ => self.spans.push(Span { text, bold, italic }),
        }
    }

    /// Ends the paragraph that is being read.
    fn flush(&mut self) {
        let spans = std::mem::take(&mut self.spans);
        if spans.iter().all(|span| span.text.trim().is_empty()) {
            return;
        }
        self.blocks.push(match self.lists.last_mut() {
            Some(number) => {
                let own = *number;
                *number = own.map(|own| own + 1);
                Block::Item(own, spans)
            }
            None if self.quotes > 0 => Block::Signature(spans),
            None => Block::Paragraph(spans),
        });
    }
}

/// Characters that XML cannot hold are replaced.
fn allowed(character: char) -> char {
    match character {
        '\n' | '\t' | '\u{20}'..='\u{fffd}' | '\u{10000}'.. => character,
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Spans {
        vec![Span {
            text: text.to_owned(),
            bold: false,
            italic: false,
        }]
    }

    #[test]
    fn each_mark_becomes_its_block() {
        let blocks = parse(
            "# 标题\n\n#### 各街道：\n\n## 目标\n\n第一行\n第二行。\n\n1. 甲\n2. 乙\n\n- 丙\n\n> 爱卫办\n\n---\n\n尾",
            "",
        );
        let expected = [
            Block::Title(plain("标题")),
            Block::Flush(plain("各街道：")),
            Block::Heading(1, plain("目标")),
            Block::Paragraph(plain("第一行第二行。")),
            Block::Item(Some(1), plain("甲")),
            Block::Item(Some(2), plain("乙")),
            Block::Item(None, plain("丙")),
            Block::Signature(plain("爱卫办")),
            Block::PageBreak,
            Block::Paragraph(plain("尾")),
        ];
        assert_eq!(blocks, expected);
    }

    #[test]
    fn html_is_text() {
        let blocks = parse("a <w:p>b</w:p>", " ");
        assert_eq!(blocks, [Block::Paragraph(plain("a <w:p>b</w:p>"))]);
    }
}
