//! File names made of ids and words: names that every system takes, no two of which are one file on any.

use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;

/// Characters kept of a text; every system takes names of 255 bytes, and a Chinese character takes three.
const LONGEST: usize = 48;

/// A text as a part of a file name: separators and characters that a system refuses or does not show become `_`, dots at
/// its ends and spaces go. Never empty.
pub fn safe_part(text: &str) -> String {
    let safe: String = text.trim().nfc().take(LONGEST).map(safe).collect();
    match safe.trim_matches(['.', ' ']) {
        "" => "_".to_owned(),
        part => part.to_owned(),
    }
}

/// Names of the files of a folder.
#[derive(Debug, Default)]
pub struct FileNames {
    /// Names given, in the form in which systems that ignore case compare them.
    taken: HashSet<String>,
}

impl FileNames {
    /// The name of one more file: `stem` and `ending`, with a number if a file has that name already, and with a `_`
    /// before a name that hides the file or that Windows keeps for itself.
    pub fn distinct(&mut self, stem: &str, ending: &str) -> String {
        let before = if stem.starts_with('.') || is_reserved(stem) {
            "_"
        } else {
            ""
        };
        let mut name = format!("{before}{stem}{ending}");
        let mut number = 2;
        while !self.taken.insert(folded(&name)) {
            name = format!("{before}{stem}_{number}{ending}");
            number += 1;
        }
        name
    }
}

/// Whether Windows takes a name for a device, whatever its ending.
fn is_reserved(stem: &str) -> bool {
    let device = stem.split('.').next().unwrap_or_default().to_uppercase();
    let numbered = |prefix: &str| {
        let rest = device.strip_prefix(prefix);
        rest.is_some_and(|rest| rest.chars().count() == 1)
    };
    matches!(device.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

/// The form in which systems that ignore case compare names.
fn folded(name: &str) -> String {
    name.nfkc().collect::<String>().to_lowercase()
}

/// The character, or `_` where a file name must not hold it.
fn safe(c: char) -> char {
    let invisible = matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    );
    let refused = matches!(
        c,
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%'
    );
    if invisible || refused || c.is_control() {
        '_'
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hold_nothing_that_a_system_refuses_or_hides() {
        let parts = [
            ("天山路街道", "天山路街道"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("a\\b:c*d?\"<>|\n", "a_b_c_d_____"),
            ("ends. ", "ends"),
            ("\u{202e}fdp", "_fdp"),
            ("...", "_"),
        ];
        for (text, part) in parts {
            assert_eq!(safe_part(text), part);
        }
        assert_eq!(safe_part(&"队".repeat(500)).chars().count(), LONGEST);
    }

    #[test]
    fn no_two_names_are_one_file_and_none_is_a_device() {
        let mut names = FileNames::default();
        let mut of = |text: &str| names.distinct(&safe_part(text), ".ics");
        assert_eq!(
            ["a", "A", "x?", "x*", "x*_2", "x_"].map(&mut of),
            [
                "a.ics",
                "A_2.ics",
                "x_.ics",
                "x__2.ics",
                "x__2_2.ics",
                "x__3.ics"
            ]
        );
        assert_eq!(
            ["con", "LPT1.x", "..", "console"].map(&mut of),
            ["_con.ics", "_LPT1.x.ics", "_.ics", "console.ics"]
        );
    }
}
