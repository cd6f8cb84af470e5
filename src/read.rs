//! From a scenario, folder or workbook, to its tables as text: encodings, CSV, sheets, scenario.toml, `extends`.
//!
//! Invariant: no business rules. What a cell means, whether an id exists and whether a number is in range is
//! [`crate::validate`]'s; here a table is cells with the file, line and column that gave them.

mod cell;
mod content;
mod csv;
mod decode;
mod file;
mod folder;
mod header;
mod layer;
mod merge;
pub mod names;
mod own;
mod settings;
mod sheet;
mod single;
mod text;
mod workbook;

pub use cell::{is_blank, list, normal, trim};
pub use folder::tables;
pub use layer::is_workbook;
pub use own::{Own, OwnTable, own};
pub use settings::{Setting, SettingValue, Settings};
pub use single::table;
pub use text::text;
pub use workbook::{CellRow, CellSheets, number_text};

use crate::finding::Place;
use indexmap::IndexSet;

/// Position of a file, or of a sheet of a workbook, in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileIx(u32);

/// Where a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub file: FileIx,
    /// Physical line or row of the sheet, from 1.
    pub line: u32,
    /// Cell of the line, from 1; 0 for the whole line.
    pub column: u32,
}

/// The files and sheets that were read, with their headers.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

#[derive(Debug)]
struct Source {
    /// The file or sheet.
    place: Place,
    /// As the file writes them.
    headers: Vec<String>,
    /// For each declared column the number of the file's column that holds it, 0 for none.
    columns: Vec<u32>,
}

impl Sources {
    fn add(&mut self, place: &Place) -> FileIx {
        self.files.push(Source {
            place: place.clone(),
            headers: Vec::new(),
            columns: Vec::new(),
        });
        FileIx(self.files.len() as u32 - 1)
    }

    fn set_headers(&mut self, file: FileIx, headers: Vec<String>) {
        self.files[file.0 as usize].headers = headers;
    }

    fn set_columns(&mut self, file: FileIx, columns: Vec<u32>) {
        self.files[file.0 as usize].columns = columns;
    }

    /// The place that a finding names.
    pub fn place(&self, origin: Origin) -> Place {
        let source = &self.files[origin.file.0 as usize];
        let header = source.headers.get((origin.column as usize).wrapping_sub(1));
        Place {
            line: Some(origin.line),
            column: (origin.column > 0).then_some(origin.column),
            header: header.cloned(),
            ..source.place.clone()
        }
    }

    /// The number of the column of a file that holds a declared column (by position), 0 if it has none.
    pub fn column_of(&self, file: FileIx, position: usize) -> u32 {
        let columns = &self.files[file.0 as usize].columns;
        columns.get(position).copied().unwrap_or(0)
    }
}

/// A cell that is given.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its text, trimmed, as written.
    pub text: String,
    /// Where it stands.
    pub origin: Origin,
    /// It could not be read; a finding has been made.
    pub spoiled: bool,
}

/// A row of a table after all overlays.
#[derive(Debug)]
pub struct Row {
    /// The cells that are given, in the order of [`Table::declared`]'s columns and then [`Table::others`].
    cells: Vec<Option<Cell>>,
    /// The line that gave the row or patched it last.
    pub origin: Origin,
    /// A finding has been made about the row as a whole, so its blanks mean nothing.
    pub broken: bool,
}

impl Row {
    /// The cell in a column, by position.
    pub fn at(&self, position: usize) -> Option<&Cell> {
        self.cells.get(position).and_then(Option::as_ref)
    }
}

/// A table after all overlays.
#[derive(Debug)]
pub struct Table {
    /// Its declaration.
    pub declared: &'static names::Table,
    /// Further columns of sites.csv (NFKC), in order.
    pub others: IndexSet<String>,
    /// Its rows, the base's first.
    pub rows: Vec<Row>,
    /// Keys of rows that `drop` removed and nothing gave again.
    pub dropped: IndexSet<String>,
    /// Ids in cells that an overlay replaced or dropped, by column; references to them are out of date, not wrong.
    pub former: IndexSet<(&'static str, String)>,
    /// False when a part of the table could not be read, so that a missing id may be no fault of the reference.
    pub whole: bool,
}

impl Table {
    /// The cell of a row in a declared column.
    pub fn cell<'t>(&self, row: &'t Row, column: &str) -> Option<&'t Cell> {
        row.at(self.declared.position(column))
    }

    /// The cells of a row in columns that are not declared, with their names.
    pub fn other_cells<'t>(&'t self, row: &'t Row) -> impl Iterator<Item = (&'t str, &'t Cell)> {
        let first = self.declared.columns.len();
        self.others
            .iter()
            .enumerate()
            .filter_map(move |(at, name)| Some((name.as_str(), row.at(first + at)?)))
    }
}

/// A scenario as text: settings and tables after all overlays.
#[derive(Debug)]
pub struct Tables {
    /// scenario.toml.
    pub settings: Settings,
    /// The files read.
    pub sources: Sources,
    all: Vec<Table>,
}

impl Tables {
    /// A table by its file name.
    pub fn table(&self, file: &str) -> &Table {
        self.all
            .iter()
            .find(|table| table.declared.file == file)
            .expect("the program asks only for declared tables")
    }
}
