//! A workbook: its sheets as rows of text, as people see them.
//!
//! Every workbook that the program reads is opened here, and only once it has been weighed.
//!
//! Every sheet whose name is a table's is read, hidden ones too, and every row, filtered out or not: what a filter or a
//! fold hides is still there. Formulas count with the result that the spreadsheet stored.

mod cells;
mod container;
mod values;

pub use cells::{CellRow, CellSheets};
pub use values::number_text;

use super::cell::normal;
use super::csv::{CellFault, Raw, Record};
use super::file;
use super::names::{TABLES, sheet_of};
use crate::finding::{Code, Finding, Findings, Place, nearest, say, shown};
use calamine::{Data, DataRef, Reader, SheetType, Xlsx, XlsxError};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Cursor;
use std::path::Path;

/// Cells of a sheet that are kept, as of a CSV file.
const MOST_CELLS: usize = 4_000_000;
/// Bytes of text of a sheet that are kept, as of a CSV file: a workbook stores a text once and may use it in every cell.
const MOST_TEXT: usize = 64 << 20;

/// A workbook as the library holds it.
type Opened = Xlsx<Cursor<Vec<u8>>>;

/// Weighs a workbook and opens it; a finding if it is of another kind, too large, or damaged.
fn open(bytes: Vec<u8>, name: &str, findings: &mut Findings) -> Option<Opened> {
    if let Err(finding) = container::check(&bytes, name) {
        findings.add(*finding);
        return None;
    }
    match Xlsx::new(Cursor::new(bytes)) {
        Ok(xlsx) => Some(xlsx),
        Err(error) => {
            findings.add(damaged(Place::file(name), &error));
            None
        }
    }
}

/// The names of the sheets that hold cells, in the order of the workbook.
fn sheet_names(xlsx: &Opened) -> impl Iterator<Item = String> {
    let sheets = xlsx.sheets_metadata().iter();
    sheets
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
}

/// What may still be kept.
struct Room {
    cells: usize,
    text: usize,
}

impl Room {
    /// Room for a whole sheet.
    const SHEET: Room = Room {
        cells: MOST_CELLS,
        text: MOST_TEXT,
    };

    /// Takes the room of one more cell; false when there is none.
    fn take(&mut self, text: usize) -> bool {
        let left = (self.cells.checked_sub(1), self.text.checked_sub(text));
        let (Some(cells), Some(text)) = left else {
            return false;
        };
        *self = Room { cells, text };
        true
    }
}

/// An open workbook.
pub(super) struct Workbook {
    xlsx: Opened,
    /// As findings name it.
    name: String,
    /// The sheet of each table and of the settings, by the file that holds the same in a folder.
    sheets: HashMap<&'static str, String>,
}

impl Workbook {
    /// Opens a workbook; `None` with findings if it cannot be read.
    pub(super) fn open(path: &Path, name: &str, findings: &mut Findings) -> Option<Self> {
        let Ok(Some(bytes)) = file::bytes(path, name, findings) else {
            return None;
        };
        let mut workbook = Workbook {
            xlsx: open(bytes, name, findings)?,
            name: name.to_owned(),
            sheets: HashMap::new(),
        };
        workbook.assign(findings);
        Some(workbook)
    }

    /// Finds the sheet of each table; two for one table, and names that look misspelt, are findings.
    fn assign(&mut self, findings: &mut Findings) {
        let files = || {
            TABLES
                .iter()
                .map(|table| table.file)
                .chain(["scenario.toml"])
        };
        let written: Vec<String> = sheet_names(&self.xlsx).collect();
        let mut others = Vec::new();
        for sheet in written {
            let name = normal(&sheet);
            let Some(file) = files().find(|file| sheet_of(file).is_named(&name)) else {
                others.push(sheet);
                continue;
            };
            if let Some(first) = self.sheets.get(file) {
                let first = shown(first);
                findings.add(
                    Finding::new(
                        Code::SheetTwice,
                        Place::sheet(&self.name, &sheet),
                        say!(
                            "工作表 `{first}` 已是这张表",
                            "sheet `{first}` holds the same table"
                        ),
                    )
                    .help(say!(
                        "删去或改名其中一个",
                        "delete or rename one of the two"
                    )),
                );
                continue;
            }
            self.sheets.insert(file, sheet);
        }
        for sheet in others {
            let missing = files().filter(|file| !self.sheets.contains_key(file));
            let names = missing.flat_map(|file| {
                let name = sheet_of(file);
                name.zh.iter().copied().chain([name.en])
            });
            let Some(near) = nearest(&normal(&sheet), names) else {
                continue;
            };
            let written = shown(&sheet);
            findings.add(
                Finding::new(
                    Code::UnknownSheet,
                    Place::sheet(&self.name, &sheet),
                    say!(
                        "工作表 `{written}` 不是方案的表，不予读取",
                        "sheet `{written}` is not a table of a scenario and is not read"
                    ),
                )
                .help(say!(
                    "如果是 {near}，请改名",
                    "rename it if `{near}` is meant"
                )),
            );
        }
    }

    /// As findings name it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The place of the sheet that holds what this file holds in a folder.
    pub(super) fn place(&self, file: &str) -> Option<Place> {
        let sheet = self.sheets.get(file)?;
        Some(Place::sheet(&self.name, sheet))
    }

    /// The content of that sheet; `Err` with a finding if it cannot be read.
    pub(super) fn grid(&mut self, file: &str, findings: &mut Findings) -> Option<Result<Grid, ()>> {
        let place = self.place(file)?;
        let sheet = place.sheet.clone()?;
        Some(self.read(&sheet).map_err(|error| {
            findings.add(damaged(place, &error));
        }))
    }

    fn read(&mut self, sheet: &str) -> Result<Grid, XlsxError> {
        let mut grid = Grid {
            merged: self.merged(sheet)?,
            ..Grid::default()
        };
        let padded = self.padded(sheet)?;
        let mut cells = self.xlsx.worksheet_cells_reader(sheet)?;
        let mut room = Room::SHEET;
        while let Some(cell) = cells.next_cell_with_formula_metadata()? {
            let (row, column) = cell.pos;
            let (text, fault) = match (cell.value, cell.formula) {
                (DataRef::Error(error), _) => (error.to_string(), Some(CellFault::Error)),
                (DataRef::Empty, Some(_)) => ("=".to_owned(), Some(CellFault::NoResult)),
                (value, _) => (values::text(&Data::from(value)), None),
            };
            if text.is_empty() {
                continue;
            }
            let text = match padded.get(&(row, column)) {
                Some(&digits) => values::padded(text, digits),
                None => text,
            };
            if !room.take(text.len()) {
                grid.cut = Some(row + 1);
                break;
            }
            grid.add(row, column, text, fault);
        }
        grid.rows.sort_by_key(|row| row.line);
        Ok(grid)
    }

    /// Cells whose number format shows leading zeros (`000`), with the digits shown: ids typed as numbers.
    fn padded(&mut self, sheet: &str) -> Result<HashMap<(u32, u32), usize>, XlsxError> {
        let mut padded = HashMap::new();
        let mut cells = self.xlsx.worksheet_cells_reader(sheet)?;
        let digits: Vec<usize> = cells
            .styles()
            .iter()
            .map(|style| {
                let format = style.number_format.as_ref();
                let code = format.map_or("", |format| format.format_code.as_str());
                let zeros = code.len() > 1 && code.bytes().all(|byte| byte == b'0');
                if zeros { code.len() } else { 0 }
            })
            .collect();
        if digits.iter().all(|&digits| digits == 0) {
            return Ok(padded);
        }
        while let Some((row, column, style)) = cells.next_style_id()? {
            let digits = digits.get(style).copied().unwrap_or(0);
            if digits > 0 && padded.len() < MOST_CELLS {
                padded.insert((row, column), digits);
            }
        }
        Ok(padded)
    }

    /// Regions of merged cells, as first row, first column, last row, last column, all from 1.
    fn merged(&mut self, sheet: &str) -> Result<Vec<[u32; 4]>, XlsxError> {
        let mut merged: Vec<[u32; 4]> = self
            .xlsx
            .merge_cells_by_sheet_name(sheet)?
            .iter()
            .map(|region| {
                let ((top, left), (bottom, right)) = (region.start, region.end);
                [top, left, bottom, right].map(|at| at.saturating_add(1))
            })
            .collect();
        merged.sort_unstable();
        Ok(merged)
    }
}

fn damaged(place: Place, error: &XlsxError) -> Finding {
    Finding::new(
        Code::WorkbookDamaged,
        place,
        say!(
            "工作簿已损坏，无法读取（{error}）",
            "the workbook is damaged and cannot be read ({error})"
        ),
    )
    .help(say!(
        "用 Excel 或 WPS 打开并重新保存，或取一份完好的副本",
        "open it in the spreadsheet and save it again, or fetch a sound copy"
    ))
}

/// The content of a sheet: cells that are not blank.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<GridRow>,
    /// Columns, the last one with content included.
    pub(super) width: usize,
    /// The row from which on nothing was kept, because there was too much.
    pub(super) cut: Option<u32>,
    /// Regions of merged cells, as first row, first column, last row, last column, all from 1.
    pub(super) merged: Vec<[u32; 4]>,
}

#[derive(Debug)]
struct GridRow {
    line: u32,
    cells: Vec<GridCell>,
}

#[derive(Debug)]
struct GridCell {
    /// From 0.
    column: usize,
    text: String,
    fault: Option<CellFault>,
}

impl Grid {
    fn add(&mut self, row: u32, column: u32, text: String, fault: Option<CellFault>) {
        let (line, column) = (row.saturating_add(1), column as usize);
        self.width = self.width.max(column + 1);
        let cell = GridCell {
            column,
            text,
            fault,
        };
        match self.rows.last_mut() {
            Some(last) if last.line == line => last.cells.push(cell),
            _ => self.rows.push(GridRow {
                line,
                cells: vec![cell],
            }),
        }
    }

    /// The rows with content, each up to its last cell.
    pub(super) fn records(&self) -> impl Iterator<Item = Record<'_>> {
        self.rows.iter().map(|row| {
            let line = row.line;
            let last = row.cells.iter().map(|cell| cell.column).max();
            let blank = || Raw {
                text: Cow::Borrowed(""),
                line,
                fault: None,
            };
            let mut cells: Vec<Raw<'_>> = (0..=last.unwrap_or(0)).map(|_| blank()).collect();
            for cell in &row.cells {
                cells[cell.column] = Raw {
                    text: Cow::Borrowed(&cell.text),
                    line,
                    fault: cell.fault,
                };
            }
            Record {
                line,
                cells,
                unclosed: false,
                overlong: false,
            }
        })
    }
}
