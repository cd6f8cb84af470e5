//! A scenario folder and the folders that it extends.

use super::names::TABLES;
use super::settings::{self, SettingValue, SettingsFile};
use super::sheet::{self, Sheet};
use super::{Sources, Tables, merge};
use crate::finding::{Code, Finding, Findings, Place, nearest, say, shown};
use std::path::{Path, PathBuf};

/// One folder of the chain.
struct Layer {
    folder: PathBuf,
    /// What stands before file names in findings: empty for the folder itself, `../base/` for a base.
    prefix: String,
}

/// Reads a scenario folder with all that it extends.
///
/// `None` when the folder itself cannot be read. Otherwise the tables hold what could be read, and `findings` says
/// what could not.
pub fn tables(folder: &Path, findings: &mut Findings) -> Option<Tables> {
    if !folder.is_dir() {
        let path = folder.display();
        findings.add(
            Finding::new(
                Code::FolderMissing,
                Place::file(folder.to_string_lossy()),
                say!("`{path}` 不是文件夹", "`{path}` is not a folder"),
            )
            .help(say!(
                "给出含有 scenario.toml 的文件夹",
                "name the folder that holds scenario.toml"
            )),
        );
        return None;
    }
    let mut layers = Vec::new();
    let mut files = Vec::new();
    chain(folder, &mut layers, &mut files, findings);
    for layer in &layers {
        misspelt_files(layer, findings);
        for table in TABLES {
            findings.announce(&format!("{}{}", layer.prefix, table.file));
        }
    }
    let mut sources = Sources::default();
    let complete = files.iter().all(|file| file.whole);
    let all = TABLES
        .iter()
        .map(|&declared| {
            let mut sheets: Vec<Sheet> = Vec::new();
            for layer in layers.iter().rev() {
                let name = format!("{}{}", layer.prefix, declared.file);
                let path = layer.folder.join(declared.file);
                sheets.extend(sheet::read(&path, &name, declared, &mut sources, findings));
            }
            let missing = sheets.is_empty() && declared.required;
            if missing && complete {
                let (file, (zh, en)) = (declared.file, declared.title);
                findings.add(
                    Finding::new(
                        Code::TableMissing,
                        Place::file(declared.file),
                        say!("缺少 {file}（{zh}）", "{file} ({en}) is missing"),
                    )
                    .help(say!(
                        "在方案文件夹中加上 {file}，没有内容时只写表头",
                        "add {file} to the folder, with a header alone if there is nothing to say"
                    )),
                );
            }
            let mut table = merge::merge(declared, sheets, &sources, findings);
            table.whole &= !missing && complete;
            table
        })
        .collect();
    Some(Tables {
        settings: settings::merge(files, "scenario.toml"),
        sources,
        all,
    })
}

/// Follows `extends` from a folder to its last base.
fn chain(
    folder: &Path,
    layers: &mut Vec<Layer>,
    files: &mut Vec<SettingsFile>,
    findings: &mut Findings,
) {
    let mut visited: Vec<PathBuf> = Vec::new();
    let mut next = Some(Layer {
        folder: folder.to_owned(),
        prefix: String::new(),
    });
    while let Some(layer) = next.take() {
        let name = format!("{}scenario.toml", layer.prefix);
        findings.announce(&name);
        let mut file = settings::read(&layer.folder.join("scenario.toml"), &name, findings);
        visited.extend(layer.folder.canonicalize());
        if let Some(Some(setting)) = file.given.get("extends") {
            let place = setting.place.clone();
            match &setting.value {
                SettingValue::Text(base) => {
                    let base = base.clone();
                    match base_layer(&layer, &base, &visited) {
                        Ok(base) => next = Some(base),
                        Err(code) => {
                            file.whole = false;
                            findings.add(base_finding(code, place, &base));
                        }
                    }
                }
                SettingValue::List(_) => {
                    file.whole = false;
                    findings.add(Finding::new(
                        Code::SettingKind,
                        place,
                        say!("`extends` 只能是一个文件夹", "`extends` names one folder"),
                    ));
                }
            }
        }
        layers.push(layer);
        files.push(file);
    }
}

fn base_layer(layer: &Layer, base: &str, visited: &[PathBuf]) -> Result<Layer, Code> {
    let mut written = base.trim_end_matches(['/', '\\']).to_owned();
    if !layer.folder.join(&written).is_dir() {
        // A path written on Windows.
        written = written.replace('\\', "/");
    }
    let folder = layer.folder.join(&written);
    if !folder.is_dir() {
        return Err(Code::BaseMissing);
    }
    let real = folder.canonicalize().map_err(|_| Code::BaseMissing)?;
    if visited.contains(&real) {
        return Err(Code::ExtendsLoop);
    }
    let prefix = shown_prefix(&layer.prefix, &written.replace('\\', "/"));
    Ok(Layer { folder, prefix })
}

/// What stands before the file names of a base in findings, `mid/` and `../base` being `base/`.
fn shown_prefix(prefix: &str, base: &str) -> String {
    if Path::new(base).is_absolute() {
        return format!("{base}/");
    }
    let mut steps: Vec<&str> = Vec::new();
    for step in prefix.split('/').chain(base.split('/')) {
        match step {
            "" if !steps.is_empty() || prefix.is_empty() => {}
            "." => {}
            ".." if steps.last().is_some_and(|last| !matches!(*last, ".." | "")) => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    if steps.is_empty() {
        return "./".to_owned();
    }
    format!("{}/", steps.join("/"))
}

/// Warns of files that are probably meant to be tables.
fn misspelt_files(layer: &Layer, findings: &mut Findings) {
    let Ok(entries) = std::fs::read_dir(&layer.folder) else {
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
                Place::file(format!("{}{name}", layer.prefix)),
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

fn base_finding(code: Code, place: Place, base: &str) -> Finding {
    let base = shown(base);
    if code == Code::ExtendsLoop {
        Finding::new(
            code,
            place,
            say!(
                "沿用 `{base}` 形成循环",
                "extending `{base}` comes back to a folder of the same chain"
            ),
        )
        .help(say!("去掉其中一处 extends", "remove one of the extends"))
    } else {
        Finding::new(
            code,
            place,
            say!("找不到文件夹 `{base}`", "there is no folder `{base}`"),
        )
        .help(say!(
            "路径相对于本方案文件夹填写",
            "write the path relative to this scenario folder"
        ))
    }
}
