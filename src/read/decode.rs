//! Bytes to text: UTF-8, UTF-16 with BOM, GB18030.

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
