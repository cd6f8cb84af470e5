//! A scenario, folder or workbook, with all that it extends.

use super::layer::{self, Layer};
use super::names::{self, TABLES, sheet_of};
use super::{Sources, Tables, merge, settings};
use crate::finding::{Code, Finding, Findings, Place, nearest, say, shown};
use std::path::Path;

/// Reads a scenario, a folder or a workbook, with all that it extends.
///
/// `None` when the scenario itself cannot be read. Otherwise the tables hold what could be read, and `findings` says
/// what could not.
pub fn tables(path: &Path, findings: &mut Findings) -> Option<Tables> {
    let mut sources = Sources::default();
    let first = Layer::first(path, findings)?;
    let (is_workbook, settings_place) = (first.is_workbook(), first.place("scenario.toml"));
    let place = first.place("");
    let (mut layers, files): (Vec<Layer>, Vec<_>) = layer::chain(first, &mut sources, findings)
        .into_iter()
        .unzip();
    for layer in &layers {
        misspelt_files(layer, findings);
        for table in TABLES {
            findings.announce_place(&layer.place(table.file));
        }
    }
    let complete = files.iter().all(|file| file.whole);
    let mut all = Vec::new();
    for &declared in TABLES {
        let mut sheets = Vec::new();
        for layer in layers.iter_mut().rev() {
            sheets.extend(layer.sheet(declared, &mut sources, findings));
        }
        let missing = sheets.is_empty() && declared.required;
        if missing && complete {
            findings.add(table_missing(declared, is_workbook.then_some(&place)));
        }
        let mut table = merge::merge(declared, sheets, &sources, findings);
        table.whole &= !missing && complete;
        all.push(table);
    }
    Some(Tables {
        settings: settings::merge(files, settings_place),
        sources,
        all,
    })
}

/// The finding that a required table is missing; `workbook` is the place of the workbook, if the scenario is one.
fn table_missing(declared: &names::Table, workbook: Option<&Place>) -> Finding {
    let (file, (zh, en)) = (declared.file, declared.title);
    let Some(place) = workbook else {
        return Finding::new(
            Code::TableMissing,
            Place::file(file),
            say!("缺少 {file}（{zh}）", "{file} ({en}) is missing"),
        )
        .help(say!(
            "在方案文件夹中加上 {file}，没有内容时只写表头",
            "add {file} to the folder, with a header alone if there is nothing to say"
        ));
    };
    let name = sheet_of(file);
    let (sheet_zh, sheet_en) = (name.zh[0], name.en);
    Finding::new(
        Code::TableMissing,
        place.clone(),
        say!(
            "缺少工作表“{sheet_zh}”（{zh}）",
            "sheet `{sheet_en}` ({en}) is missing"
        ),
    )
    .help(say!(
        "在工作簿中加上工作表“{sheet_zh}”，没有内容时只写表头",
        "add a sheet `{sheet_en}` to the workbook, with a header alone if there is nothing to say"
    ))
}

/// Warns of files that are probably meant to be tables.
fn misspelt_files(layer: &Layer, findings: &mut Findings) {
    let Some(folder) = layer.folder() else {
        return;
    };
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    for name in &names {
        let folded = name.to_lowercase();
        let is_table = TABLES.iter().any(|table| table.file == name);
        let Some(stem) = folded.strip_suffix(".csv").filter(|_| !is_table) else {
            continue;
        };
        let stems = TABLES
            .iter()
            .filter_map(|table| table.file.strip_suffix(".csv"));
        let Some(near) = nearest(stem, stems) else {
            continue;
        };
        if names.contains(&format!("{near}.csv")) {
            continue;
        }
        let file = shown(name);
        findings.add(
            Finding::new(
                Code::UnknownFile,
                layer.place(name),
                say!(
                    "`{file}` 不是方案的表，不予读取",
                    "`{file}` is not a table of a scenario and is not read"
                ),
            )
            .help(say!(
                "如果是 {near}.csv，请改名",
                "rename it if {near}.csv is meant"
            )),
        );
    }
}
