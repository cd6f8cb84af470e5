//! Pages that are printed from the program are current. `XIAOSHA_WRITE_DOCS=1 cargo test --test documents` renews them.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read its files fails"
)]

use std::path::Path;

#[track_caller]
fn check_current(page: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(page);
    if std::env::var_os("XIAOSHA_WRITE_DOCS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written.replace("\r\n", "\n") == text,
        "docs/{page} is stale: run XIAOSHA_WRITE_DOCS=1 cargo test --test documents"
    );
}

#[test]
fn the_column_reference_is_current() {
    check_current("columns.md", &xiaosha::read::names::reference());
}

#[test]
fn the_list_of_findings_is_current() {
    check_current("findings.md", &xiaosha::finding::reference());
}
