//! Correct tables are read correctly: encodings, separators, dates, lists, Chinese names, overlays.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read its files fails"
)]

#[path = "reading/cells.rs"]
mod cells;
#[path = "reading/files.rs"]
mod files;
#[path = "reading/overlays.rs"]
mod overlays;
#[path = "support/scenario_patch.rs"]
mod scenario_patch;

use std::path::{Path, PathBuf};
use xiaosha::domain::Exact;

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(name)
}

fn number(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}
