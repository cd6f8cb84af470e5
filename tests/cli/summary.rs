//! The summary, word for word.

use super::{Desk, full_season, short_season, stdout, xiaosha};
use std::fs;
use std::path::Path;

/// The summary without the line that names the folder.
fn summary(files: &super::Files, lang: &str) -> String {
    let (_desk, folder) = Desk::with(files);
    let said = stdout(xiaosha().args(["plan", "--lang", lang]).arg(&folder));
    let (summary, place) = said.trim_end().rsplit_once("\n\n").unwrap();
    assert!(place.ends_with("plan"), "{place}");
    format!("{summary}\n")
}

#[test]
fn a_short_plan_in_english() {
    assert_eq!(summary(&short_season(), "en"), include_str!("short.en.txt"));
}

#[test]
fn a_short_plan_in_chinese() {
    assert_eq!(summary(&short_season(), "zh"), include_str!("short.zh.txt"));
}

#[test]
fn a_full_plan_in_english() {
    assert_eq!(summary(&full_season(), "en"), include_str!("full.en.txt"));
}

#[test]
fn a_full_plan_in_chinese() {
    assert_eq!(summary(&full_season(), "zh"), include_str!("full.zh.txt"));
}

#[test]
fn the_samples_in_the_readme_are_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let desk = Desk::new();
    for lang in ["en", "zh"] {
        let mut plan = xiaosha();
        plan.args(["plan", "--lang", lang])
            .arg(root.join("scenarios/community"))
            .arg("--out")
            .arg(desk.path(lang));
        let said = stdout(&mut plan);
        let (summary, _) = said.trim_end().rsplit_once("\n\n").unwrap();
        assert!(readme.contains(summary), "{said}");
    }
}
