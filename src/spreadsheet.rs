//! What spreadsheets make of texts: which they would run as formulas, how to keep them from it, and the face in which
//! workbooks show them.

use crate::lang::Lang;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::borrow::Cow;

/// Height of a row that has none of its own, in pixels.
pub const ROW: u32 = 18;
/// Width of a column that has none of its own, in pixels; it says how wide a digit is.
const COLUMN: u32 = 72;
/// The characters that a face in Chinese has, as files name them.
const CHINESE: u8 = 134;

/// What all cells of a workbook look like unless they say more. The face is named: one left to the theme is another one
/// in a Chinese office, and columns are measured by the width of its digits. Both faces have digits of one width.
pub fn plain(lang: Lang) -> Format {
    let format = Format::new().set_font_size(11);
    match lang {
        Lang::Zh => format.set_font_name("宋体").set_font_charset(CHINESE),
        Lang::En => format.set_font_name("Arial"),
    }
}

/// An empty workbook in the face of a language.
///
/// # Errors
///
/// None that a caller could cause.
pub fn workbook(lang: Lang) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_default_format(&plain(lang), ROW, COLUMN)?;
    Ok(workbook)
}

/// A sheet to be put into such a workbook.
///
/// # Errors
///
/// None that a caller could cause.
pub fn sheet(lang: Lang) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_default_format(&plain(lang), ROW, COLUMN)?;
    Ok(sheet)
}

/// Whether a spreadsheet takes a text for a formula, were it typed: in a CSV file, or when somebody edits its cell. Wide
/// signs count, because Chinese and Japanese systems take them for the narrow ones.
pub fn is_like_a_formula(text: &str) -> bool {
    const SIGNS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    text.starts_with(SIGNS)
}

/// A text for a cell of a CSV file that people open, such that no spreadsheet takes it for a formula: a space stands
/// before its sign. Cells of tables are trimmed, so the space is no part of what is read. Numbers and a lone `-` stay as
/// they are.
pub fn guarded(text: &str) -> Cow<'_, str> {
    let is_number = text
        .strip_prefix(['-', '+'])
        .is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    if !is_number && is_like_a_formula(text) {
        Cow::Owned(format!(" {text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_keeps_texts_from_being_formulas() {
        for (text, written) in [
            ("=1+1", " =1+1"),
            ("+86 991", " +86 991"),
            ("@home", " @home"),
            ("- bait", " - bait"),
            ("＝x", " ＝x"),
            ("'=x", "'=x"),
            ("-", "-"),
            ("-12.5", "-12.5"),
            ("O'Brien", "O'Brien"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), written);
            assert_eq!(guarded(text).trim(), text);
        }
    }
}
