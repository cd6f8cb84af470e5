//! Each finding is made where its fault stands, and nothing else is said about it.

mod findings {
    mod cells;
    mod dates;
    mod files;
    mod limits;
    mod meaning;
    mod record;
    mod shape;
}
#[path = "support/busy.rs"]
mod busy;
#[path = "support/scenario_patch.rs"]
mod scenario_patch;

use scenario_patch::Files;

/// The scenario has exactly these findings, each `CODE file:line:column`, in the order in which they are listed.
#[track_caller]
fn check(files: &Files, expected: &[&str]) {
    let (_, findings) = files.load();
    let text = xiaosha::finding::render_text(&findings, xiaosha::lang::Lang::En, 50);
    assert_eq!(scenario_patch::listed(&findings), expected, "\n{text}");
}

/// The help of the only finding, in English.
#[track_caller]
fn check_help(files: &Files, expected: &str) {
    let (_, findings) = files.load();
    let sorted = findings.sorted();
    assert_eq!(sorted.len(), 1, "{:?}", scenario_patch::listed(&findings));
    let help = sorted[0].help.as_ref().map_or("", |help| &help.en);
    assert_eq!(help, expected);
}
