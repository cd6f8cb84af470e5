//! The checker shares no code with the planner.

use std::fs;
use std::path::{Path, PathBuf};

/// What the checker may import: what a season is made of, messages, and the reading of tables and cells.
const ALLOWED: [&str; 5] = ["domain", "lang", "finding", "read", "validate::value"];

#[test]
fn the_checker_imports_nothing_of_the_planner() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files: Vec<PathBuf> = fs::read_dir(source.join("verify"))
        .expect("the checker's folder")
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.push(source.join("verify.rs"));
    assert!(files.len() > 10);
    for file in files {
        let text = fs::read_to_string(&file).expect("source text");
        for (at, _) in text.match_indices("crate::") {
            let path = &text[at + "crate::".len()..];
            let allowed = ALLOWED.iter().any(|module| {
                let rest = path.strip_prefix(module);
                rest.is_some_and(|rest| rest.starts_with([':', ';', ']', '`']))
            });
            let line: String = path.chars().take_while(|&c| c != '\n').collect();
            assert!(allowed, "{} uses crate::{line}", file.display());
        }
        assert!(!text.contains("super::super::super"), "{}", file.display());
    }
}
