//! Workbooks for tests: the files of a folder as sheets of typed cells.

use crate::scenario_patch::Files;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::path::Path;

/// A cell as a spreadsheet holds it.
#[derive(Clone, Copy)]
pub(crate) enum Put {
    Text(&'static str),
    Number(f64),
    /// A number with a number format.
    Format(f64, &'static str),
    /// Year, month, day.
    Date(u16, u8, u8),
    Bool(bool),
    /// A formula and its stored result.
    Formula(&'static str, &'static str),
}

/// A workbook with the tables of a folder as text cells; then each sheet may be changed by hand.
pub(crate) struct Book {
    pub(crate) workbook: Workbook,
}

impl Book {
    /// Sheets with English names, every cell a text.
    pub(crate) fn of(files: &Files) -> Self {
        let mut workbook = Workbook::new();
        for (file, content) in files.texts() {
            let (name, ending) = file.split_once('.').unwrap();
            let sheet = workbook.add_worksheet();
            if ending == "toml" {
                sheet.set_name("settings").unwrap();
                write_row(sheet, 0, &["setting", "value"]);
                for (at, line) in content.lines().enumerate() {
                    let (key, value) = line.split_once(" = ").unwrap();
                    write_row(sheet, at as u32 + 1, &[key, value.trim_matches('"')]);
                }
            } else {
                sheet.set_name(name).unwrap();
                let mut reader = csv::ReaderBuilder::new()
                    .has_headers(false)
                    .flexible(true)
                    .from_reader(content.as_bytes());
                for (at, record) in reader.records().enumerate() {
                    let record = record.unwrap();
                    write_row(sheet, at as u32, &record.iter().collect::<Vec<_>>());
                }
            }
        }
        Book { workbook }
    }

    /// Changes a sheet.
    pub(crate) fn on(mut self, sheet: &str, change: impl FnOnce(&mut Worksheet)) -> Self {
        change(self.workbook.worksheet_from_name(sheet).unwrap());
        self
    }

    /// Puts a value into a cell, given as `D14`.
    pub(crate) fn put(self, sheet: &str, cell: &str, value: Put) -> Self {
        let (row, column) = position(cell);
        self.on(sheet, |sheet| {
            match value {
                Put::Text(text) => sheet.write_string(row, column, text),
                Put::Number(number) => sheet.write_number(row, column, number),
                Put::Format(number, format) => {
                    let format = Format::new().set_num_format(format);
                    sheet.write_number_with_format(row, column, number, &format)
                }
                Put::Date(year, month, day) => {
                    let date = ExcelDateTime::from_ymd(year, month, day).unwrap();
                    let format = Format::new().set_num_format("yyyy/m/d");
                    sheet.write_datetime_with_format(row, column, &date, &format)
                }
                Put::Bool(value) => sheet.write_boolean(row, column, value),
                Put::Formula(formula, result) => {
                    sheet.write_formula(row, column, Formula::new(formula).set_result(result))
                }
            }
            .unwrap();
        })
    }

    pub(crate) fn bytes(mut self) -> Vec<u8> {
        self.workbook.save_to_buffer().unwrap()
    }

    pub(crate) fn write(self, path: &Path) {
        std::fs::write(path, self.bytes()).unwrap();
    }
}

fn write_row(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in cells.iter().enumerate() {
        if !cell.is_empty() {
            sheet.write_string(row, column as u16, *cell).unwrap();
        }
    }
}

/// Row and column, from 0, of `D14`.
fn position(cell: &str) -> (u32, u16) {
    let split = cell.find(|c: char| c.is_ascii_digit()).unwrap();
    let letters = cell[..split].bytes();
    let column = letters.fold(0, |at, letter| at * 26 + u16::from(letter - b'A') + 1);
    (cell[split..].parse::<u32>().unwrap() - 1, column - 1)
}
