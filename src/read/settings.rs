//! The settings, of scenario.toml or of a workbook's sheet: their keys with the places that gave them.

use super::Sources;
use super::cell::{is_blank, normal, trim};
use super::decode::{decode, foreign};
use super::names::{Column, SETTINGS, SETTINGS_SHEET};
use super::sheet::{Given, Sheet};
use crate::finding::{Code, Finding, Findings, Place, nearest, say, shown};
use indexmap::IndexMap;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// The value of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingValue {
    /// A string, number or date, as written.
    Text(String),
    /// An array of strings.
    List(Vec<String>),
}

/// A setting that is given.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Its value.
    pub value: SettingValue,
    /// Where it stands: `scenario.toml` of which folder, line and column, or the cell of a workbook.
    pub place: Place,
}

/// The settings after all overlays, by English key.
#[derive(Debug, Default)]
pub struct Settings {
    /// Those that are given.
    pub given: IndexMap<&'static str, Setting>,
    /// The scenario.toml of the folder itself, or the sheet of the workbook.
    pub file: Place,
    /// Blank cells of that sheet beside the name of a setting.
    pub blank: IndexMap<&'static str, Place>,
    /// False when any of them could not be read, so that a missing setting may be no fault.
    pub whole: bool,
}

/// One scenario.toml.
#[derive(Debug)]
pub(super) struct SettingsFile {
    /// Settings with a value, and `None` for those that the file blanks with `-`.
    pub(super) given: IndexMap<&'static str, Option<Setting>>,
    /// Blank cells of a sheet beside the name of a setting.
    pub(super) blank: IndexMap<&'static str, Place>,
    /// Whether it could be read.
    pub(super) whole: bool,
}

impl SettingsFile {
    /// Settings that could not be read.
    pub(super) fn unread() -> Self {
        SettingsFile {
            given: IndexMap::new(),
            blank: IndexMap::new(),
            whole: false,
        }
    }

    /// Whether a setting has been seen already; if so, a finding is made.
    fn repeats(
        &self,
        column: &Column,
        written: &str,
        place: &Place,
        findings: &mut Findings,
    ) -> bool {
        let repeats = self.given.contains_key(column.en);
        if repeats {
            let written = shown(written);
            findings.add(Finding::new(
                Code::DuplicateHeader,
                place.clone(),
                say!("设置 `{written}` 重复", "setting `{written}` stands twice"),
            ));
        }
        repeats
    }
}

/// The settings of a workbook's sheet.
pub(super) fn of_sheet(sheet: Sheet, sources: &Sources, findings: &mut Findings) -> SettingsFile {
    let mut file = SettingsFile {
        whole: sheet.whole,
        ..SettingsFile::unread()
    };
    for row in sheet.rows {
        let [Given::Text(key), value] = &row.cells[..] else {
            continue;
        };
        let place = sources.place(key.origin);
        let Some(column) = setting_named(&normal(&key.text)) else {
            findings.add(unknown(&key.text, place));
            continue;
        };
        if file.repeats(column, &key.text, &place, findings) {
            continue;
        }
        match value {
            Given::Nothing => {
                let mut cell = key.origin;
                cell.column = sources.column_of(cell.file, SETTINGS_SHEET.position("value"));
                file.blank.insert(column.en, sources.place(cell));
            }
            Given::Dash => {
                file.given.insert(column.en, None);
            }
            // Of a value that cannot be read enough has been said.
            Given::Text(cell) if cell.spoiled => file.whole = false,
            Given::Text(cell) => {
                let setting = Setting {
                    value: SettingValue::Text(cell.text.clone()),
                    place: sources.place(cell.origin),
                };
                file.given.insert(column.en, Some(setting));
            }
        }
    }
    file
}

/// Reads a scenario.toml.
pub(super) fn read(bytes: &[u8], name: &str, findings: &mut Findings) -> SettingsFile {
    let mut file = SettingsFile::unread();
    if let Some(finding) = foreign(bytes, name) {
        findings.add(finding);
        return file;
    }
    let decoded = decode(bytes);
    let text = decoded.text.as_str();
    if decoded.spoiled {
        let begin = text.find('\u{fffd}').unwrap_or(0);
        findings.add(
            Finding::new(
                Code::UndecodableBytes,
                at(text, begin..begin, name, None),
                say!("有无法解码的字节", "bytes that cannot be decoded"),
            )
            .help(say!(
                "用 UTF-8 重新保存文件",
                "save the file again as UTF-8"
            )),
        );
        return file;
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    file.whole = errors.is_empty();
    for error in errors {
        let place = at(text, error.span().unwrap_or(0..0), name, None);
        let message = error.message();
        findings.add(
            Finding::new(
                Code::TomlSyntax,
                place,
                say!("TOML 语法错误：{message}", "not valid TOML: {message}"),
            )
            .help(say!(
                "每行写 键 = 值；文字和 2026-05-01 以外的日期写法要加英文双引号",
                "write one `key = value` a line; text, and dates not written 2026-05-01, stand in double quotes"
            )),
        );
    }
    for (key, value) in table.into_inner() {
        let span = key.span();
        let written = key.into_inner();
        let place = at(text, span, name, Some(&written));
        let Some(column) = setting_named(&normal(&written)) else {
            findings.add(unknown(&written, place));
            continue;
        };
        if file.repeats(column, &written, &place, findings) {
            continue;
        }
        let place = at(text, value.span(), name, Some(&written));
        match setting(value.into_inner()) {
            Some(SettingValue::Text(text)) if is_blank(&text) => {
                file.given.insert(column.en, None);
            }
            Some(value) => {
                file.given.insert(column.en, Some(Setting { value, place }));
            }
            // Of a value that is no TOML enough has been said.
            None if !file.whole => {}
            None => findings.add(Finding::new(
                Code::SettingKind,
                place,
                say!(
                    "`{0}` 应为文字、数字或日期",
                    "`{0}` takes text, a number or a date",
                    shown(&written)
                ),
            )),
        }
    }
    file
}

fn unknown(written: &str, place: Place) -> Finding {
    let known = SETTINGS
        .iter()
        .flat_map(|s| std::iter::once(&s.en).chain(s.zh));
    let near = nearest(written, known.copied());
    let written = shown(written);
    let mut finding = Finding::new(
        Code::UnknownSetting,
        place,
        say!("不认识的设置 `{written}`", "setting `{written}` is unknown"),
    );
    finding.help = near.map(|near| say!("最接近的是 `{near}`", "the nearest is `{near}`"));
    finding
}

fn setting_named(key: &str) -> Option<&'static Column> {
    SETTINGS
        .iter()
        .find(|setting| setting.en.eq_ignore_ascii_case(key) || setting.zh.contains(&key))
}

fn setting(value: DeValue<'_>) -> Option<SettingValue> {
    Some(SettingValue::Text(match value {
        DeValue::String(text) => trim(&text).to_owned(),
        DeValue::Integer(number) => match i128::from_str_radix(number.as_str(), number.radix()) {
            Ok(value) => value.to_string(),
            Err(_) => number.as_str().to_owned(),
        },
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(entries) => {
            let texts = entries.into_iter().map(|entry| match entry.into_inner() {
                DeValue::String(text) => Some(trim(&text).to_owned()),
                _ => None,
            });
            return Some(SettingValue::List(texts.collect::<Option<_>>()?));
        }
        DeValue::Boolean(_) | DeValue::Table(_) => return None,
    }))
}

/// The place of a span of a text.
fn at(text: &str, span: Range<usize>, file: &str, key: Option<&str>) -> Place {
    let mut end = span.start.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let line = before.matches('\n').count() as u32 + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |tail| tail.chars().count()) as u32
        + 1;
    Place {
        line: Some(line),
        column: Some(column),
        header: key.map(str::to_owned),
        ..Place::file(file)
    }
}

/// Joins the settings of a folder with those of the folders that it extends, the folder's own first.
pub(super) fn merge(files: Vec<SettingsFile>, file: Place) -> Settings {
    let mut settings = Settings {
        file,
        whole: files.iter().all(|file| file.whole),
        ..Settings::default()
    };
    let mut blanked = Vec::new();
    for (depth, file) in files.into_iter().enumerate() {
        if depth == 0 {
            settings.blank = file.blank;
        }
        for (key, setting) in file.given {
            let inherited = depth == 0 || !matches!(key, "name" | "extends");
            if !inherited || blanked.contains(&key) || settings.given.contains_key(key) {
                continue;
            }
            match setting {
                Some(setting) => {
                    settings.given.insert(key, setting);
                }
                None => blanked.push(key),
            }
        }
    }
    settings
}
