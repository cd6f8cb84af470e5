//! File names from what the tables say.

/// Characters of a name that are kept.
const LONGEST: usize = 60;

/// A text as a part of a file name that every system takes: letters and digits of any script, `-`, `_` and `.` within;
/// all else becomes `_`. Never empty, never a name that Windows keeps for itself.
pub fn safe_name(text: &str) -> String {
    let mut name = String::new();
    for character in text.trim().chars().take(LONGEST) {
        let kept = character.is_alphanumeric() || matches!(character, '-' | '_' | '.');
        name.push(if kept { character } else { '_' });
    }
    // A dot at either end hides the file or is dropped by Windows.
    let name = name.trim_matches('.');
    let stem = name.split('.').next().unwrap_or_default().to_uppercase();
    let numbered = |prefix: &str| {
        let rest = stem.strip_prefix(prefix);
        rest.is_some_and(|rest| rest.chars().count() == 1)
    };
    let kept_by_windows = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || numbered("COM")
        || numbered("LPT");
    if name.is_empty() || kept_by_windows {
        format!("_{name}")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leaves_its_folder_or_offends_a_system() {
        assert_eq!(safe_name("天山路街道"), "天山路街道");
        assert_eq!(safe_name("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(safe_name("a\\b:c*d?\"<>|\n"), "a_b_c_d_____");
        assert_eq!(safe_name("con"), "_con");
        assert_eq!(safe_name("LPT1.x"), "_LPT1.x");
        assert_eq!(safe_name("..."), "_");
        assert_eq!(safe_name(&"长".repeat(300)).chars().count(), 60);
    }
}
