//! A workbook: a sheet for the settings, one for help, one for each table.
//!
//! Texts are written as texts, so none becomes a formula. The date of making is fixed, so the same scenario gives the
//! same bytes.

mod entry;
mod look;

use super::cell::{Typed, are_numbers, typed};
use super::{Form, header, help};
use crate::lang::Lang;
use crate::read::OwnTable;
use crate::read::names::{
    Column, HELP_SHEET, Range, SETTINGS, SETTINGS_SHEET, Value, in_sheets, sheet_of,
};
use crate::spreadsheet;
use chrono::Datelike;
use entry::Entries;
use look::Look;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

/// Rows below the header for which entries are offered and checked, unless there are more.
const PREPARED_ROWS: u32 = 5_000;

/// The workbook as bytes.
pub(super) fn bytes(form: &Form) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = spreadsheet::workbook(form.lang)?;
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(form.setting("name").unwrap_or_default())
        .set_author("xiaosha")
        .set_creation_datetime(&made);
    workbook.set_properties(&properties);
    let look = Look::new(form.lang);
    settings(workbook.add_worksheet(), form, &look)?;
    help_lines(workbook.add_worksheet(), form, &look)?;
    for table in &form.tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_of(table.declared.file).get(form.lang))?;
        fill(sheet, table, form, &look)?;
    }
    workbook.save_to_buffer()
}

fn settings(sheet: &mut Worksheet, form: &Form, look: &Look) -> Result<(), XlsxError> {
    sheet.set_name(sheet_of("scenario.toml").get(form.lang))?;
    for (at, column) in SETTINGS_SHEET.columns.iter().enumerate() {
        let name = header(column, form.lang);
        sheet.write_string_with_format(0, at as u16, name, &look.required)?;
    }
    let entries = Entries::new(form);
    // All of them, so that one that is not given has its place.
    for (at, setting) in SETTINGS.iter().enumerate() {
        let row = at as u32 + 1;
        let label = if setting.required {
            &look.required_label
        } else {
            &look.label
        };
        sheet.write_string_with_format(row, 0, header(setting, form.lang), label)?;
        let text = form.setting(setting.en).unwrap_or_default();
        let format = look.of(setting.value).clone().set_align(FormatAlign::Left);
        write(sheet, row, 1, &typed(setting.value, text), &format)?;
        entries.offer(sheet, "scenario.toml", setting, (row, 1, row))?;
    }
    sheet.set_column_width(0, 16)?;
    sheet.set_column_width(1, 44)?;
    finish(sheet, 0)
}

/// Widths of the columns of the help.
const HELP_WIDTHS: [f64; 6] = [12.0, 18.0, 10.0, 24.0, 32.0, 76.0];

fn help_lines(sheet: &mut Worksheet, form: &Form, look: &Look) -> Result<(), XlsxError> {
    let lang = form.lang;
    sheet.set_name(HELP_SHEET.get(lang))?;
    let headers = match lang {
        Lang::Zh => ["工作表", "列或用词", "必填", "内容", "不填时", "说明"],
        Lang::En => [
            "sheet",
            "column or word",
            "required",
            "holds",
            "blank means",
            "help",
        ],
    };
    for (at, (name, width)) in headers.into_iter().zip(HELP_WIDTHS).enumerate() {
        sheet.write_string_with_format(0, at as u16, name, &look.required)?;
        sheet.set_column_width(at as u16, width)?;
    }
    let colours = lang.pick(
        "深色表头的列必填，浅色的可以不填，斜体的是自己加的列。选中一格时会显示这一列的说明，有下拉列表的可以直接选。",
        "Dark headers are of required columns, light ones of others, those in italics of your own. Select a cell to see the help of its column, and its list where there is one.",
    );
    let mut row = 1;
    for text in help::preface(lang).into_iter().chain([colours]) {
        sheet.merge_range(row, 0, row, 5, text, &look.wrapped)?;
        sheet.set_row_height(row, height(text, HELP_WIDTHS.iter().sum()))?;
        row += 1;
    }
    let mut of = String::new();
    for line in help::lines(lang) {
        let format = if line.of == of {
            &look.wrapped
        } else {
            &look.wrapped_first
        };
        of.clone_from(&line.of);
        let required = if line.required {
            lang.pick("必填", "required")
        } else {
            ""
        };
        let cells = [
            line.of,
            line.name,
            required.to_owned(),
            line.content,
            in_sheets(&line.default, lang),
            in_sheets(&line.help, lang),
        ];
        let heights = cells
            .iter()
            .zip(HELP_WIDTHS)
            .map(|(text, width)| height(text, width));
        sheet.set_row_height(row, heights.fold(0.0, f64::max))?;
        for (at, text) in cells.into_iter().enumerate() {
            sheet.write_string_with_format(row, at as u16, text, format)?;
        }
        row += 1;
    }
    finish(sheet, 0)
}

/// Height of a row whose text is wrapped to a width in characters.
fn height(text: &str, width: f64) -> f64 {
    const LINE: f64 = 15.0;
    let lines = (text.width() as f64 / width).ceil().max(1.0);
    lines * LINE
}

/// A table: header, formats and entries for each column, rows.
fn fill(
    sheet: &mut Worksheet,
    table: &OwnTable,
    form: &Form,
    look: &Look,
) -> Result<(), XlsxError> {
    let entries = Entries::new(form);
    let last = (table.rows.len() as u32).max(PREPARED_ROWS);
    for (at, name) in table.headers.iter().enumerate() {
        let column = at as u16;
        let declared = declared(table, name);
        let format = match declared {
            Some(declared) if declared.required => &look.required,
            Some(_) => &look.optional,
            None => &look.other,
        };
        sheet.write_string_with_format(0, column, name, format)?;
        let cells = || table.rows.iter().filter_map(|row| row.get(at));
        let value = match declared {
            Some(declared) => declared.value,
            None if table.rows.is_empty() || are_numbers(cells().map(String::as_str)) => {
                Value::Number(Range::FromZero)
            }
            None => Value::Text,
        };
        let format = look.of(value);
        sheet.set_column_format(column, format)?;
        sheet.set_column_width(column, width(name, cells()))?;
        for (row, texts) in table.rows.iter().enumerate() {
            let text = texts.get(at).map_or("", String::as_str);
            write(sheet, row as u32 + 1, column, &typed(value, text), format)?;
        }
        if let Some(declared) = declared {
            entries.offer(sheet, table.declared.file, declared, (1, column, last))?;
        }
    }
    let columns = table.headers.len().max(1) as u16 - 1;
    sheet.ignore_error_range(
        1,
        0,
        last,
        columns,
        rust_xlsxwriter::IgnoreError::NumberStoredAsText,
    )?;
    finish(sheet, 1)
}

/// The declared column that a header names.
fn declared(table: &OwnTable, name: &str) -> Option<&'static Column> {
    let at = table.declared.column_named(&crate::read::normal(name))?;
    table.declared.columns.get(at)
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Typed,
    format: &Format,
) -> Result<(), XlsxError> {
    match value {
        Typed::Blank => sheet.write_blank(row, column, format)?,
        Typed::Text(text) => sheet.write_string_with_format(row, column, text, format)?,
        Typed::Number(number) => sheet.write_number_with_format(row, column, *number, format)?,
        Typed::Date(day) => {
            let (month, day_of_month) = (day.month() as u8, day.day() as u8);
            let date = ExcelDateTime::from_ymd(day.year() as u16, month, day_of_month)?;
            sheet.write_datetime_with_format(row, column, &date, format)?
        }
    };
    Ok(())
}

/// Wide enough for the header and most cells, in characters of a spreadsheet; Chinese ones count twice.
fn width<'c>(name: &str, cells: impl Iterator<Item = &'c String>) -> f64 {
    let longest = cells.map(|cell| cell.width()).max().unwrap_or(0);
    longest.max(name.width()).clamp(8, 36) as f64 + 2.0
}

/// Keeps the header in sight, on the screen and on paper.
fn finish(sheet: &mut Worksheet, frozen_columns: u16) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, frozen_columns)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}
