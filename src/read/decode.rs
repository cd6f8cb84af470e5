//! Bytes to text: UTF-8, UTF-16 with BOM, GB18030.

use crate::finding::{Code, Finding, Place, say};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// A file as text.
pub(super) struct Decoded {
    /// The text without BOM; bytes that could not be decoded are U+FFFD.
    pub(super) text: String,
    /// Whether there were such bytes.
    pub(super) spoiled: bool,
}

/// Decodes a file. Without a BOM it is UTF-8 if its bytes are, else GB18030; a file that is nearly all UTF-8 is
/// taken for spoiled UTF-8, because GB18030 would turn it into other Chinese without complaint.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    let (encoding, skip): (&'static Encoding, usize) = match bytes {
        [0xef, 0xbb, 0xbf, ..] => (UTF_8, 3),
        [0xff, 0xfe, ..] => (UTF_16LE, 2),
        [0xfe, 0xff, ..] => (UTF_16BE, 2),
        _ => (without_bom(bytes), 0),
    };
    let (text, spoiled) = encoding.decode_without_bom_handling(&bytes[skip..]);
    Decoded {
        text: text.into_owned(),
        spoiled,
    }
}

fn without_bom(bytes: &[u8]) -> &'static Encoding {
    let (mut valid, mut invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk
            .valid()
            .bytes()
            .filter(|byte| !byte.is_ascii())
            .count();
        invalid += chunk.invalid().len();
    }
    if invalid * 3 <= valid { UTF_8 } else { GB18030 }
}

/// The finding that a file is no text of a kind that is read: a workbook, or UTF-16 without its mark.
pub(super) fn foreign(bytes: &[u8], name: &str) -> Option<Finding> {
    let finding = |message| Finding::new(Code::UndecodableBytes, Place::line(name, 1), message);
    let workbook = [&b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0"];
    if workbook.iter().any(|begin| bytes.starts_with(begin)) {
        return Some(
            finding(say!(
                "这是工作簿（xlsx、xls 或 et），不是 CSV",
                "this is a workbook (xlsx or xls), not CSV"
            ))
            .help(say!(
                "在 Excel 或 WPS 中另存为“CSV UTF-8”",
                "save it as \"CSV UTF-8\" in the spreadsheet"
            )),
        );
    }
    let begin = &bytes[..bytes.len().min(4_096)];
    let marked = begin.starts_with(&[0xff, 0xfe]) || begin.starts_with(&[0xfe, 0xff]);
    let zeros = begin.split(|byte| *byte == 0).count() - 1;
    (!marked && begin.len() >= 8 && zeros * 4 > begin.len()).then(|| {
        finding(say!(
            "看起来是没有 BOM 的 UTF-16 或二进制文件",
            "this looks like UTF-16 without a byte order mark, or no text at all"
        ))
        .help(say!(
            "另存为“CSV UTF-8”或“Unicode 文本”",
            "save it as \"CSV UTF-8\" or \"Unicode text\""
        ))
    })
}
