//! One scenario of a chain of `extends`: a folder, or a workbook.

use super::content::Content;
use super::names::{SETTINGS_SHEET, Table, sheet_of};
use super::settings::{self, SettingValue, SettingsFile};
use super::sheet::{self, Sheet};
use super::workbook::Workbook;
use super::{Sources, file};
use crate::finding::{Code, Finding, Findings, Place, say, shown};
use std::path::{Path, PathBuf};

/// One scenario of the chain.
pub(super) struct Layer {
    /// The folder itself, or the one that holds the workbook: what `extends` is relative to.
    pub(super) home: PathBuf,
    /// What stands before file names in findings: empty for the scenario itself, `../base/` for a base.
    prefix: String,
    /// The workbook, unless the scenario is a folder.
    workbook: Option<Workbook>,
    /// The folder or workbook without links, to see loops.
    real: Option<PathBuf>,
}

/// Whether a path that is to be read as a scenario is one file rather than a folder.
pub fn is_workbook(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    let is_part = ending.is_some_and(|ending| {
        ["csv", "toml"]
            .iter()
            .any(|part| ending.eq_ignore_ascii_case(part))
    });
    path.is_file() && !is_part
}

impl Layer {
    /// Opens a folder or workbook; `None` with a finding if it is neither or cannot be read.
    fn open(path: &Path, prefix: String, findings: &mut Findings) -> Option<Self> {
        let mut layer = Layer {
            home: path.to_owned(),
            prefix,
            workbook: None,
            real: path.canonicalize().ok(),
        };
        if is_workbook(path) {
            layer.home = path.parent().map(Path::to_owned).unwrap_or_default();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = format!("{}{name}", layer.prefix);
            findings.announce(&name);
            layer.workbook = Some(Workbook::open(path, &name, findings)?);
        }
        Some(layer)
    }

    /// Opens the scenario that a command names.
    pub(super) fn first(path: &Path, findings: &mut Findings) -> Option<Self> {
        if path.is_dir() || is_workbook(path) {
            return Layer::open(path, String::new(), findings);
        }
        let shown = path.display();
        findings.add(
            Finding::new(
                Code::FolderMissing,
                Place::file(path.to_string_lossy()),
                say!(
                    "`{shown}` 不是文件夹，也不是工作簿",
                    "`{shown}` is neither a folder nor a workbook"
                ),
            )
            .help(say!(
                "给出含有 scenario.toml 的文件夹，或一个 .xlsx 工作簿",
                "name the folder that holds scenario.toml, or an .xlsx workbook"
            )),
        );
        None
    }

    /// Opens the scenario that this one extends; `visited` are those of the chain so far, this one included.
    fn base(
        &self,
        written: &str,
        place: Place,
        visited: &[PathBuf],
        findings: &mut Findings,
    ) -> Option<Self> {
        let mut base = written.trim_end_matches(['/', '\\']).to_owned();
        if !self.home.join(&base).exists() {
            // A path written on Windows.
            base = base.replace('\\', "/");
        }
        let path = self.home.join(&base);
        let found = path.is_dir() || is_workbook(&path);
        let Some(real) = path.canonicalize().ok().filter(|_| found) else {
            findings.add(base_missing(place, written));
            return None;
        };
        if visited.contains(&real) {
            findings.add(base_loop(place, written));
            return None;
        }
        let base = base.replace('\\', "/");
        let folder = if path.is_dir() {
            base.as_str()
        } else {
            base.rsplit_once('/').map_or("", |(folder, _)| folder)
        };
        let prefix = if folder.is_empty() && !path.is_dir() {
            self.prefix.clone()
        } else {
            shown_prefix(&self.prefix, folder)
        };
        Layer::open(&path, prefix, findings)
    }

    /// Whether the scenario is a workbook.
    pub(super) fn is_workbook(&self) -> bool {
        self.workbook.is_some()
    }

    /// The folder of the scenario, unless it is a workbook.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.workbook.is_none().then_some(self.home.as_path())
    }

    /// The place of what this file holds in a folder: the file, or the sheet.
    pub(super) fn place(&self, file: &str) -> Place {
        match &self.workbook {
            None => Place::file(format!("{}{file}", self.prefix)),
            Some(workbook) => workbook
                .place(file)
                .unwrap_or_else(|| Place::file(workbook.name())),
        }
    }

    /// The rows of a table; `None` if there is no such table, `Err` with a finding if it cannot be read.
    pub(super) fn content(
        &mut self,
        file: &str,
        findings: &mut Findings,
    ) -> Option<Result<Content, ()>> {
        match &mut self.workbook {
            None => Content::csv(&self.home.join(file), &self.place(file), findings),
            Some(workbook) => {
                let grid = workbook.grid(file, findings)?;
                Some(grid.map(Content::Sheet))
            }
        }
    }

    /// Reads a table; `None` if there is no such table.
    pub(super) fn sheet(
        &mut self,
        declared: &'static Table,
        sources: &mut Sources,
        findings: &mut Findings,
    ) -> Option<Sheet> {
        let place = self.place(declared.file);
        Some(match self.content(declared.file, findings)? {
            Ok(content) => sheet::read(&content, &place, declared, sources, findings),
            Err(()) => Sheet::unread(),
        })
    }

    /// Reads the settings; that there are none is a finding.
    pub(super) fn settings(
        &mut self,
        sources: &mut Sources,
        findings: &mut Findings,
    ) -> SettingsFile {
        let place = self.place("scenario.toml");
        if !self.is_workbook() {
            let path = self.home.join("scenario.toml");
            return match file::bytes(&path, &place.file, findings) {
                Ok(Some(bytes)) => settings::read(&bytes, &place.file, findings),
                Ok(None) => {
                    findings.add(settings_missing(place, false));
                    SettingsFile::unread()
                }
                Err(()) => SettingsFile::unread(),
            };
        }
        if let Some(sheet) = self.sheet(&SETTINGS_SHEET, sources, findings) {
            return settings::of_sheet(sheet, sources, findings);
        }
        findings.add(settings_missing(place, true));
        SettingsFile::unread()
    }
}

/// Opens a scenario and all that it extends, itself first, with their settings.
pub(super) fn chain(
    first: Layer,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Vec<(Layer, SettingsFile)> {
    let mut chain = Vec::new();
    let mut visited: Vec<PathBuf> = Vec::new();
    let mut next = Some(first);
    while let Some(mut layer) = next.take() {
        findings.announce_place(&layer.place("scenario.toml"));
        let mut file = layer.settings(sources, findings);
        visited.extend(layer.real.clone());
        if let Some(Some(setting)) = file.given.get("extends") {
            let place = setting.place.clone();
            if let SettingValue::Text(base) = &setting.value {
                next = layer.base(base, place, &visited, findings);
            } else {
                findings.add(Finding::new(
                    Code::SettingKind,
                    place,
                    say!("`extends` 只能是一个方案", "`extends` names one scenario"),
                ));
            }
            file.whole &= next.is_some();
        }
        chain.push((layer, file));
    }
    chain
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

fn settings_missing(place: Place, workbook: bool) -> Finding {
    let message = if workbook {
        let sheet = sheet_of("scenario.toml");
        let (zh, en) = (sheet.zh[0], sheet.en);
        say!("缺少工作表“{zh}”", "sheet `{en}` is missing")
    } else {
        let file = &place.file;
        say!("缺少 {file}", "{file} is missing")
    };
    let help = if workbook {
        say!(
            "加上工作表“设置”，两列“设置”和“值”，写明名称、开始和结束",
            "add a sheet `settings` with columns `setting` and `value` that gives name, start and end"
        )
    } else {
        say!(
            "方案文件夹里要有 scenario.toml，写明 name、start 和 end",
            "a scenario folder needs a scenario.toml with name, start and end"
        )
    };
    Finding::new(Code::SettingsMissing, place, message).help(help)
}

fn base_missing(place: Place, base: &str) -> Finding {
    let base = shown(base);
    Finding::new(
        Code::BaseMissing,
        place,
        say!(
            "找不到方案 `{base}`",
            "there is no folder or workbook `{base}`"
        ),
    )
    .help(say!(
        "填写文件夹或 .xlsx 工作簿，路径相对于本方案所在位置",
        "name a folder or an .xlsx workbook by its path relative to this scenario"
    ))
}

fn base_loop(place: Place, base: &str) -> Finding {
    let base = shown(base);
    Finding::new(
        Code::ExtendsLoop,
        place,
        say!(
            "沿用 `{base}` 形成循环",
            "extending `{base}` comes back to a scenario of the same chain"
        ),
    )
    .help(say!("去掉其中一处 extends", "remove one of the extends"))
}
