//! The tables of a scenario itself as they are written, without those of what it extends: what a conversion carries.

use super::Sources;
use super::cell::trim;
use super::content::Content;
use super::layer::Layer;
use super::names::{SETTINGS, TABLES, Table};
use super::settings::SettingValue;
use super::sheet::{self, is_empty};
use crate::finding::Findings;
use std::path::{Path, PathBuf};

/// What a folder or workbook itself says.
#[derive(Debug)]
pub struct Own {
    /// Settings that are given, by English key; `-` where the scenario blanks one that it would inherit.
    pub settings: Vec<(&'static str, String)>,
    /// Its tables, those that it lacks left out.
    pub tables: Vec<OwnTable>,
    /// The folder that `extends` is relative to.
    pub home: PathBuf,
}

/// A table as it is written.
#[derive(Debug)]
pub struct OwnTable {
    /// Which table it is.
    pub declared: &'static Table,
    /// Its headers, trimmed.
    pub headers: Vec<String>,
    /// Its rows, one cell for each header, trimmed; rows without any cell are left out.
    pub rows: Vec<Vec<String>>,
}

/// Reads a folder or workbook for conversion. `None` when it cannot be read whole; `findings` says why.
pub fn own(path: &Path, findings: &mut Findings) -> Option<Own> {
    let mut layer = Layer::first(path, findings)?;
    let mut sources = Sources::default();
    findings.announce_place(&layer.place("scenario.toml"));
    let file = layer.settings(&mut sources, findings);
    let settings = SETTINGS.iter().filter_map(|setting| {
        let text = match file.given.get(setting.en)? {
            None => "-".to_owned(),
            Some(given) => match &given.value {
                SettingValue::Text(text) => text.clone(),
                SettingValue::List(entries) => entries.join(";"),
            },
        };
        Some((setting.en, text))
    });
    let settings = settings.collect();
    let mut tables = Vec::new();
    for &declared in TABLES {
        let place = layer.place(declared.file);
        findings.announce_place(&place);
        let Some(content) = layer.content(declared.file, findings) else {
            continue;
        };
        let Ok(content) = content else {
            continue;
        };
        sheet::read(&content, &place, declared, &mut sources, findings);
        tables.extend(as_written(declared, &content));
    }
    (!findings.has_errors()).then_some(Own {
        settings,
        tables,
        home: layer.home,
    })
}

/// Headers and cells; columns without a header are left out. `None` when there is no header.
fn as_written(declared: &'static Table, content: &Content) -> Option<OwnTable> {
    let mut records = content.records().filter(|record| !is_empty(record));
    let header = records.next()?;
    let kept: Vec<(usize, String)> = header
        .cells
        .iter()
        .map(|cell| trim(&cell.text).to_owned())
        .enumerate()
        .filter(|(_, name)| !name.is_empty())
        .collect();
    let rows = records.map(|record| {
        let cell = |at: usize| record.cells.get(at).map_or("", |cell| trim(&cell.text));
        kept.iter().map(|&(at, _)| cell(at).to_owned()).collect()
    });
    let rows = rows.collect();
    Some(OwnTable {
        declared,
        headers: kept.into_iter().map(|(_, name)| name).collect(),
        rows,
    })
}
