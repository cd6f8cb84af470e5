//! What is common to all cells: trimming, NFKC, blanks, lists.

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Without white space (and stray byte order marks) at both ends.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// Whether a trimmed cell means "not given".
pub fn is_blank(trimmed: &str) -> bool {
    trimmed.is_empty() || trimmed == "-"
}

/// The form in which ids, words and headers are compared: NFKC, trimmed.
pub fn normal(text: &str) -> String {
    let text = trim(text);
    if text.is_ascii() || is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        return text.to_owned();
    }
    let folded: Cow<'_, str> = text.nfkc().collect::<String>().into();
    trim(&folded).to_owned()
}

/// The entries of a list cell, each in [`normal`] form, without empty ones.
///
/// The cell is split first: NFKC would turn `；` into `;` and `，` into `,`, which is not a separator.
pub fn list(text: &str) -> Vec<String> {
    text.split([';', '；', '、', '，'])
        .map(normal)
        .filter(|entry| !entry.is_empty())
        .collect()
}
