//! A file of plain text, in any encoding that tables may have.

use super::decode::{decode, foreign};
use super::file;
use crate::finding::{Code, Finding, Findings, Place, say};
use std::path::Path;

/// Reads a text file. `None` if there is none or it cannot be read, with a finding.
pub fn text(path: &Path, shown: &str, findings: &mut Findings) -> Option<String> {
    let bytes = file::bytes(path, shown, findings).ok()?;
    let Some(bytes) = bytes else {
        findings.add(Finding::new(
            Code::FileUnreadable,
            Place::file(shown),
            say!("找不到文件 {shown}", "there is no file {shown}"),
        ));
        return None;
    };
    if let Some(finding) = foreign(&bytes, shown) {
        findings.add(finding);
        return None;
    }
    let decoded = decode(&bytes);
    if decoded.spoiled {
        let line = decoded
            .text
            .lines()
            .position(|line| line.contains(char::REPLACEMENT_CHARACTER));
        let line = line.and_then(|line| u32::try_from(line + 1).ok());
        findings.add(Finding::new(
            Code::UndecodableBytes,
            Place {
                line,
                ..Place::file(shown)
            },
            say!(
                "有字节在任何一种编码下都不是文字",
                "some bytes are text in no encoding"
            ),
        ));
        return None;
    }
    Some(decoded.text)
}
