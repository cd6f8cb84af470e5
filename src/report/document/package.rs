//! The parts of a document as one file whose bytes depend on nothing but its content.

use super::styles::FALLBACKS;
use docx_rs::Docx;
use std::fmt::Write as _;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

/// How the library writes the height of a row.
const HEADER_MARK: &str = r#"<w:trHeight w:val="1" w:hRule="atLeast" />"#;

/// Packs a document.
pub(super) fn pack(docx: Docx) -> Vec<u8> {
    let mut parts = docx.build();
    // The library has no word for "stands again on each page"; headers alone have a height. All text is escaped, so
    // that these words cannot stand in it.
    parts.document = replaced(&parts.document, HEADER_MARK, "<w:tblHeader />");
    let mut faces = String::new();
    for (face, others) in FALLBACKS {
        // Writing to a string cannot fail.
        let _ = write!(
            faces,
            "<w:font w:name=\"{face}\"><w:altName w:val=\"{others}\" /></w:font>"
        );
    }
    parts.font_table = replaced(&parts.font_table, "</w:fonts>", &(faces + "</w:fonts>"));
    parts.doc_props.core = replaced(&parts.doc_props.core, ">unknown<", ">xiaosha<");
    let mut packed = Cursor::new(Vec::new());
    parts
        .pack(&mut packed)
        .expect("writing to memory cannot fail");
    again(packed.into_inner())
}

fn replaced(part: &[u8], old: &str, new: &str) -> Vec<u8> {
    String::from_utf8_lossy(part).replace(old, new).into_bytes()
}

/// Packs the same parts compressed and without the time of writing, which the library may have put in.
fn again(packed: Vec<u8>) -> Vec<u8> {
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut archive = ZipArchive::new(Cursor::new(packed)).expect("the archive was just written");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("the archive was just written");
        if part.is_dir() {
            continue;
        }
        let name = part
            .name()
            .expect("the archive was just written")
            .into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes)
            .expect("reading from memory cannot fail");
        let written = out
            .start_file(name, options)
            .map_err(std::io::Error::other)
            .and_then(|()| out.write_all(&bytes));
        written.expect("writing to memory cannot fail");
    }
    let out = out.finish().expect("writing to memory cannot fail");
    out.into_inner()
}
