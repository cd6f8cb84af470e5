//! File names from ids: names that every system takes, no two of which are one file on any.

use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;

/// Characters kept of an id; every system takes names of 255 bytes, and a Chinese character takes three.
const LONGEST: usize = 48;

/// For each id the part of a file name that stands for it.
///
/// Separators, characters that a system refuses or does not show and dots at the ends become `_`; of names that differ
/// only by case or by such characters the later ones get a number.
pub(super) fn stems<'i>(prefix: &str, ids: impl Iterator<Item = &'i str>) -> Vec<String> {
    let mut taken = HashSet::new();
    ids.map(|id| {
        let safe: String = id.nfc().take(LONGEST).map(safe).collect();
        let safe = safe.trim_end_matches(['.', ' ']);
        let mut stem = format!("{prefix}{safe}");
        let mut number = 2;
        while !taken.insert(folded(&stem)) {
            stem = format!("{prefix}{safe}_{number}");
            number += 1;
        }
        stem
    })
    .collect()
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

    fn names(ids: &[&str]) -> Vec<String> {
        stems("team-", ids.iter().copied())
    }

    #[test]
    fn names_hold_nothing_that_a_system_refuses_or_hides() {
        assert_eq!(
            names(&[
                "A",
                "甲队",
                "..\\..\\x",
                "a|b?",
                "ends. ",
                "\u{202e}fdp",
                "CON"
            ]),
            [
                "team-A",
                "team-甲队",
                "team-.._.._x",
                "team-a_b_",
                "team-ends",
                "team-_fdp",
                "team-CON"
            ]
        );
        assert!(names(&["队".repeat(500).as_str()])[0].len() < 200);
    }

    #[test]
    fn ids_that_differ_only_by_case_or_by_refused_characters_get_names_of_their_own() {
        assert_eq!(
            names(&["a", "A", "x?", "x*", "x*_2", "x_"]),
            [
                "team-a",
                "team-A_2",
                "team-x_",
                "team-x__2",
                "team-x__2_2",
                "team-x__3"
            ]
        );
    }
}
