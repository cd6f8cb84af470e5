//! A scenario in one workbook: read like its folder, refused like a spoiled file, written so that nothing is lost.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read or write its files fails"
)]

mod workbooks {
    mod cells;
    mod chains;
    mod containers;
    mod conversions;
    mod forms;
}
#[path = "support/book.rs"]
mod book;
#[path = "support/generate.rs"]
mod generate;
#[path = "support/scenario_patch.rs"]
mod scenario_patch;

use std::path::Path;
use xiaosha::domain::Scenario;
use xiaosha::finding::{Findings, render_text};
use xiaosha::lang::Lang;
use xiaosha::validate;

/// The scenario of a folder or workbook; panics with the findings if it has any errors.
#[track_caller]
fn load(path: &Path) -> Scenario {
    let (scenario, findings) = validate::load(path);
    scenario.unwrap_or_else(|| panic!("{}\n{}", path.display(), shown(&findings)))
}

/// The findings in English.
fn shown(findings: &Findings) -> String {
    render_text(findings, Lang::En, 50)
}

/// Two scenarios are the same in everything but where it stands.
#[track_caller]
fn assert_same(one: &Scenario, other: &Scenario) {
    assert_eq!(format!("{one:#?}"), format!("{other:#?}"));
}
