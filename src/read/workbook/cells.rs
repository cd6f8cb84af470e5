//! Sheets that are no tables: their cells as the spreadsheet keeps them, each with its place.
//!
//! Only cells that hold something are kept, so that one far from all others costs no more than any other.

use super::{Opened, Room, damaged, open, sheet_names};
use crate::finding::{Findings, Place};
use crate::read::{file, sheet};
use calamine::{Data, DataRef, XlsxError};
use std::collections::BTreeMap;
use std::path::Path;

/// An open workbook whose sheets are read cell by cell.
pub struct CellSheets {
    xlsx: Opened,
    /// As findings name it.
    name: String,
    /// What may still be kept, of all sheets together.
    room: Room,
}

/// The cells of one row.
#[derive(Debug, Default)]
pub struct CellRow {
    cells: BTreeMap<u32, Data>,
}

impl CellRow {
    /// The cell of a column, from 0.
    pub fn get(&self, column: u32) -> &Data {
        self.cells.get(&column).unwrap_or(&Data::Empty)
    }

    /// The cells that hold something, with their columns, from left to right.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Data)> {
        self.cells.iter().map(|(&column, cell)| (column, cell))
    }
}

/// Why a sheet was not read, or not to its end.
enum Fault {
    Damaged(XlsxError),
    /// There was no room for this row, from 0.
    TooLarge(u32),
}

impl From<XlsxError> for Fault {
    fn from(error: XlsxError) -> Self {
        Fault::Damaged(error)
    }
}

impl CellSheets {
    /// Opens a workbook; `None` with a finding if there is none, or none that may be read.
    pub fn open(path: &Path, name: &str, findings: &mut Findings) -> Option<Self> {
        let bytes = file::bytes_of(path, name, findings)?;
        Some(CellSheets {
            xlsx: open(bytes, name, findings)?,
            name: name.to_owned(),
            room: Room::SHEET,
        })
    }

    /// The names of the sheets, in the order of the workbook.
    pub fn names(&self) -> Vec<String> {
        sheet_names(&self.xlsx).collect()
    }

    /// The rows of a sheet by their numbers, from 1; `None` with a finding if it cannot be read whole.
    pub fn rows(&mut self, sheet: &str, findings: &mut Findings) -> Option<BTreeMap<u32, CellRow>> {
        let place = Place::sheet(&self.name, sheet);
        match self.read(sheet) {
            Ok(rows) => Some(rows),
            Err(Fault::Damaged(error)) => {
                findings.add(damaged(place, &error));
                None
            }
            Err(Fault::TooLarge(row)) => {
                let mut place = place;
                place.line = Some(row.saturating_add(1));
                findings.add(sheet::too_large(place));
                None
            }
        }
    }

    fn read(&mut self, sheet: &str) -> Result<BTreeMap<u32, CellRow>, Fault> {
        let mut rows: BTreeMap<u32, CellRow> = BTreeMap::new();
        let mut cells = self.xlsx.worksheet_cells_reader(sheet)?;
        while let Some(cell) = cells.next_cell()? {
            let (row, column) = cell.get_position();
            let text = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                    text.len()
                }
                DataRef::SharedString(text) => text.len(),
                _ => 0,
            };
            if !self.room.take(text) {
                return Err(Fault::TooLarge(row));
            }
            let of_row = rows.entry(row.saturating_add(1)).or_default();
            of_row.cells.insert(column, cell.get_value().clone().into());
        }
        Ok(rows)
    }
}
