//! What spreadsheets make of texts: which they would run as formulas, and how to keep them from it.

use std::borrow::Cow;

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
