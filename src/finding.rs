//! What is wrong or doubtful in the input: codes, places, messages.
//!
//! Invariant: a finding is made where the fault is seen and never stops the search for others. Nothing here reads
//! files or judges; [`crate::read`] and [`crate::validate`] do.

mod code;
mod explain;
mod nearest;
mod render;

pub use code::Code;
pub use nearest::nearest;
pub use render::{explain, reference, render_json, render_text, shown};

use crate::lang::Text;
use indexmap::IndexSet;
use serde::Serialize;
use std::path::Path;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The scenario cannot be planned before this is mended.
    Error,
    /// A plan is possible, but this is surely not meant.
    Warning,
}

/// Where a finding is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Place {
    /// The file, relative to the scenario folder (or to the folder of the workbook), with `/`.
    pub file: String,
    /// The sheet, when the file is a workbook.
    pub sheet: Option<String>,
    /// Physical line of the file or row of the sheet, counted from 1.
    pub line: Option<u32>,
    /// Cell of the line, counted from 1.
    pub column: Option<u32>,
    /// Header of that column as the file writes it, or the key in scenario.toml.
    pub header: Option<String>,
}

impl Place {
    /// A whole file.
    pub fn file(name: impl Into<String>) -> Self {
        Place {
            file: name.into(),
            ..Place::default()
        }
    }

    /// A whole sheet of a workbook.
    pub fn sheet(file: impl Into<String>, sheet: impl Into<String>) -> Self {
        Place {
            sheet: Some(sheet.into()),
            ..Place::file(file)
        }
    }

    /// The cell as a spreadsheet names it, such as `D14`; `None` outside a workbook.
    pub fn cell(&self) -> Option<String> {
        self.sheet.as_ref()?;
        Some(format!("{}{}", letters(self.column?), self.line?))
    }

    /// A line of a file.
    pub fn line(name: impl Into<String>, line: u32) -> Self {
        Place {
            line: Some(line),
            ..Place::file(name)
        }
    }
}

/// The letters of a spreadsheet's column, counted from 1: `A` … `Z`, `AA` …
fn letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + (column % 26) as u8));
        column /= 26;
    }
    letters.iter().rev().collect()
}

/// One thing that is wrong or doubtful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of fault; carries the severity.
    pub code: Code,
    /// Where.
    pub place: Place,
    /// What is wrong: lower case, present tense, no full stop.
    pub message: Text,
    /// What would mend it.
    pub help: Option<Text>,
}

impl Finding {
    /// A finding without help.
    pub fn new(code: Code, place: Place, message: Text) -> Self {
        Finding {
            code,
            place,
            message,
            help: None,
        }
    }

    /// Adds what would mend it.
    #[must_use]
    pub fn help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }
}

/// Findings of one severity that are kept; further ones are only counted, so that a spoiled file of a million
/// cells cannot fill the memory.
const KEPT: usize = 20_000;

/// Names that are compared in search of the nearest; in a spoiled table more would cost time and help nobody.
const COMPARED: usize = 300_000;

/// All findings of a scenario.
#[derive(Debug, Default)]
pub struct Findings {
    kept: Vec<Finding>,
    errors: usize,
    warnings: usize,
    files: IndexSet<(String, Option<String>)>,
    compared: usize,
}

impl Findings {
    /// No finding yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says that a file takes part; findings are listed in the order in which files were announced.
    pub fn announce(&mut self, file: &str) {
        self.announce_place(&Place::file(file));
    }

    /// Like [`Findings::announce`], for a file that stands by itself; gives its name as findings say it.
    pub fn announce_path(&mut self, path: &Path) -> String {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let name = name.to_string_lossy().into_owned();
        self.announce(&name);
        name
    }

    /// Like [`Findings::announce`], for a sheet of a workbook too.
    pub fn announce_place(&mut self, place: &Place) {
        self.files.insert((place.file.clone(), place.sheet.clone()));
    }

    /// Adds a finding.
    pub fn add(&mut self, finding: Finding) {
        let count = match finding.code.severity() {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *count += 1;
        if *count <= KEPT {
            self.kept.push(finding);
        }
    }

    /// Rewords messages and help of findings in workbooks.
    pub fn reword_in_workbooks(&mut self, reword: impl Fn(&Text) -> Text) {
        let in_workbooks = |finding: &&mut Finding| finding.place.sheet.is_some();
        for finding in self.kept.iter_mut().filter(in_workbooks) {
            finding.message = reword(&finding.message);
            finding.help = finding.help.as_ref().map(&reword);
        }
    }

    /// The candidates for a suggestion, or none when enough have been compared.
    pub fn afford<'c>(&mut self, candidates: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
        if self.compared >= COMPARED {
            return Vec::new();
        }
        let candidates: Vec<&str> = candidates.into_iter().collect();
        self.compared += candidates.len();
        candidates
    }

    /// Number of errors.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Number of warnings.
    pub fn warnings(&self) -> usize {
        self.warnings
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Whether there is neither error nor warning.
    pub fn is_empty(&self) -> bool {
        self.errors + self.warnings == 0
    }

    /// The findings: errors first, then by file, line, column and code.
    ///
    /// Of very many only some are kept; [`Findings::errors`] and [`Findings::warnings`] count them all.
    pub fn sorted(&self) -> Vec<&Finding> {
        let mut list: Vec<&Finding> = self.kept.iter().collect();
        list.sort_by_cached_key(|finding| {
            let place = &finding.place;
            let file = (place.file.clone(), place.sheet.clone());
            let file = self.files.get_index_of(&file);
            (
                finding.code.severity(),
                file.unwrap_or(usize::MAX),
                place.sheet.clone(),
                place.line,
                place.column,
                finding.code.id(),
            )
        });
        list
    }
}

/// A [`Text`] from a Chinese and an English format string with the same captured arguments.
macro_rules! say {
    ($zh:literal, $en:literal $(, $($arguments:tt)*)?) => {
        $crate::lang::Text::new(format!($zh $(, $($arguments)*)?), format!($en $(, $($arguments)*)?))
    };
}
pub(crate) use say;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_a_spreadsheet_names_them() {
        let cell = |line, column| {
            Place {
                line: Some(line),
                column: Some(column),
                ..Place::sheet("book.xlsx", "地点")
            }
            .cell()
        };
        assert_eq!(cell(14, 4).as_deref(), Some("D14"));
        assert_eq!(cell(1, 26).as_deref(), Some("Z1"));
        assert_eq!(cell(1, 27).as_deref(), Some("AA1"));
        assert_eq!(cell(2, 16_384).as_deref(), Some("XFD2"));
        assert_eq!(Place::line("sites.csv", 3).cell(), None);
    }
}
