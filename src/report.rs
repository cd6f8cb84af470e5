//! A plan as files and as a summary for people.
//!
//! Invariant: this module computes nothing; every figure comes from [`crate::measures`].

mod comparison;
mod currency;
mod dates;
pub mod document;
mod explain;
mod file_name;
mod folder;
mod frontier;
mod ical;
mod layout;
mod page;
mod summary_json;
mod tables;
mod terminal;
mod words;
mod workbook;

pub use comparison::{
    shown_change, shown_relative, shown_value, summary as comparison_summary,
    table as comparison_table,
};
pub use explain::{
    page_parts as explain_parts, summary as explain_summary, table as explain_table,
};
pub use file_name::{FileNames, safe_part};
pub use folder::{OutputFolder, WriteError, write_file};
pub use frontier::{summary as frontier_summary, table as frontier_table};
pub use page::{AnswerTable, Cure, Explanation, PageContent, PlanContent, page};
pub use summary_json::{Seconds, read_proven};
pub use terminal::summary;

use crate::lang::Lang;
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

/// The tables of a plan that other programs read: everything but summary.json.
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

/// What people read: plan.xlsx and a calendar for the office and for each team.
pub fn documents(season: &Season, measures: &Measures, lang: Lang) -> Vec<OutputFile> {
    let mut files = vec![OutputFile {
        name: "plan.xlsx".to_owned(),
        bytes: workbook::render(season, measures, lang),
    }];
    files.extend(ical::calendars(season, measures, lang));
    files
}
