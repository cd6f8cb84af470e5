//! The files of a scenario folder: scenario.toml and CSV tables that a spreadsheet opens rightly.

use super::{Form, help};
use crate::lang::Lang;
use crate::read::OwnTable;
use crate::read::names::{Column, Value};
use crate::spreadsheet::guarded;
use crate::validate::value;
use std::fmt::Write;

/// Every file by name.
pub(super) fn files(form: &Form) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("scenario.toml".to_owned(), settings(form).into_bytes())];
    for table in &form.tables {
        files.push((table.declared.file.to_owned(), csv(table)));
    }
    if form.template {
        let name = form.lang.pick("说明.txt", "help.txt");
        files.push((name.to_owned(), with_bom(help::page(form.lang))));
    }
    files
}

/// Spreadsheets take a file without the mark for one in the encoding of the system.
fn with_bom(text: impl Into<Vec<u8>>) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    bytes.extend(text.into());
    bytes
}

/// scenario.toml; in a template each setting is explained, and those that are not given stand as comments.
fn settings(form: &Form) -> String {
    let mut out = String::new();
    for setting in form.named_settings() {
        if form.template {
            let (zh, en) = setting.help;
            // Writing to a string cannot fail.
            let _ = writeln!(out, "# {}", form.lang.pick(zh, en));
        }
        let key = setting.en;
        let _ = match form.setting(key) {
            Some(text) => writeln!(out, "{key} = {}", toml_value(setting, text)),
            None => writeln!(out, "# {key} = {}", sample(setting, form.lang)),
        };
    }
    out
}

/// What a setting that is not given could be.
fn sample(setting: &Column, lang: Lang) -> &'static str {
    match setting.en {
        "name" => "\"\"",
        "extends" => "\"../base\"",
        "currency" => lang.pick("\"元\"", "\"CNY\""),
        "workdays" => lang.pick("\"周一-周六\"", "\"mon-sat\""),
        "access_min" => "10",
        _ => "2026-05-01",
    }
}

fn toml_value(setting: &Column, text: &str) -> String {
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match setting.value {
        Value::Date => {
            if let Ok(day) = value::date(text) {
                return day.to_string();
            }
        }
        Value::Number(_) if is_plain(text) && (text.len() == 1 || !text.starts_with('0')) => {
            return text.to_owned();
        }
        _ => {}
    }
    toml::Value::String(text.to_owned()).to_string()
}

fn csv(table: &OwnTable) -> Vec<u8> {
    // The separator is told from the header: one that holds other separators stands in quotes.
    let doubtful = table.headers.iter().any(|name| name.contains([';', '\t']));
    let style = if doubtful {
        csv::QuoteStyle::Always
    } else {
        csv::QuoteStyle::Necessary
    };
    let header = written(std::iter::once(&table.headers), style);
    let rows = written(table.rows.iter(), csv::QuoteStyle::Necessary);
    with_bom([header, rows].concat())
}

fn written<'r>(rows: impl Iterator<Item = &'r Vec<String>>, style: csv::QuoteStyle) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .quote_style(style)
        .from_writer(Vec::new());
    for row in rows {
        let cells = row.iter().map(|cell| guarded(cell).into_owned());
        writer
            .write_record(cells)
            .expect("rows are as long as the header, and memory takes them all");
    }
    writer.into_inner().expect("memory takes every byte")
}
