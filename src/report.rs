//! A plan as files and as a summary for people.
//!
//! Invariant: this module computes nothing; every figure comes from [`crate::measures`].

pub mod document;
mod folder;
mod layout;
mod summary_json;
mod tables;
mod terminal;

pub use folder::{OutputFolder, WriteError, write_file};
pub use summary_json::Seconds;
pub use terminal::summary;

use crate::measures::Measures;
use crate::season::Season;

/// A file to be written, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Name within the output folder.
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// The tables of a plan: everything but summary.json.
pub fn tables(season: &Season, measures: &Measures) -> Vec<OutputFile> {
    let file = |name: &str, bytes| OutputFile {
        name: name.to_owned(),
        bytes,
    };
    vec![
        file("visits.csv", tables::visits(season, measures)),
        file("crew_days.csv", tables::crew_days(season, measures)),
        file("purchases.csv", tables::purchases(season, measures)),
        file("coverage.csv", tables::coverage(season, measures)),
        file("budget.csv", tables::budget(season, measures)),
    ]
}

/// summary.json; `seconds` says how long each stage took.
pub fn summary_json(season: &Season, measures: &Measures, seconds: &Seconds) -> OutputFile {
    OutputFile {
        name: "summary.json".to_owned(),
        bytes: summary_json::render(season, measures, seconds).into_bytes(),
    }
}
