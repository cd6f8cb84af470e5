//! scenario.toml: name, horizon, defaults.

use super::row::{date_texts, number_of, weekday_texts};
use super::value;
use crate::domain::{Day, Exact, Weekdays};
use crate::finding::{Code, Finding, Findings, Place, say};
use crate::read::names::{Range, SETTINGS};
use crate::read::{Setting, SettingValue, Tables};

/// What scenario.toml says.
pub(super) struct Checked {
    pub(super) name: String,
    pub(super) currency: String,
    pub(super) horizon: Option<(Day, Day)>,
    pub(super) workdays: Weekdays,
    pub(super) access_min: Exact,
    pub(super) today: Option<Day>,
}

/// Days of the longest horizon.
const LONGEST: i64 = 1_100;

pub(super) fn read(tables: &Tables, findings: &mut Findings) -> Checked {
    let mut reader = Reader { tables, findings };
    let name = reader.text("name", Need::Required);
    let start = reader.date("start", Need::Required);
    let end = reader.date("end", Need::Required);
    let horizon = start.zip(end);
    let horizon = horizon.filter(|&horizon| reader.fits(horizon));
    Checked {
        name,
        currency: reader.text("currency", Need::Optional),
        horizon,
        workdays: reader.weekdays("workdays").unwrap_or(Weekdays::ALL),
        access_min: reader.number("access_min").unwrap_or_else(Exact::zero),
        today: reader.date("today", Need::Optional),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Required,
    Optional,
}

struct Reader<'a> {
    tables: &'a Tables,
    findings: &'a mut Findings,
}

impl<'a> Reader<'a> {
    fn setting(&mut self, key: &str, need: Need) -> Option<&'a Setting> {
        let settings = &self.tables.settings;
        let setting = settings.given.get(key);
        if setting.is_none() && need == Need::Required && settings.whole {
            let known = SETTINGS.iter().find(|setting| setting.en == key);
            let zh = known.map_or(key, |setting| setting.zh[0]);
            let place = settings.blank.get(key).cloned();
            let place = place.unwrap_or_else(|| Place {
                header: Some(key.to_owned()),
                ..settings.file.clone()
            });
            let help = match (key, &place.sheet) {
                (_, Some(_)) => say!(
                    "在“设置”工作表中填写这一项",
                    "give it in the sheet of settings"
                ),
                ("name", None) => say!("加一行 name = \"…\"", "add a line name = \"…\""),
                (_, None) => say!("加一行 {key} = 2026-05-01", "add a line {key} = 2026-05-01"),
            };
            self.findings.add(
                Finding::new(
                    Code::SettingMissing,
                    place,
                    say!("缺少设置 `{zh}`（{key}）", "setting `{key}` is missing"),
                )
                .help(help),
            );
        }
        setting
    }

    fn kind(&mut self, setting: &Setting, message: crate::lang::Text) {
        self.findings.add(Finding::new(
            Code::SettingKind,
            setting.place.clone(),
            message,
        ));
    }

    fn text(&mut self, key: &str, need: Need) -> String {
        let Some(setting) = self.setting(key, need) else {
            return String::new();
        };
        if let SettingValue::Text(text) = &setting.value {
            return text.clone();
        }
        self.kind(setting, say!("`{key}` 应为文字", "`{key}` takes one text"));
        String::new()
    }

    fn date(&mut self, key: &str, need: Need) -> Option<Day> {
        let setting = self.setting(key, need)?;
        let SettingValue::Text(text) = &setting.value else {
            self.kind(setting, say!("`{key}` 应为日期", "`{key}` takes a date"));
            return None;
        };
        match value::date(text) {
            Ok(day) => Some(day),
            Err(hint) => {
                let (message, help) = date_texts(text, hint);
                let finding = Finding::new(Code::NotADate, setting.place.clone(), message);
                self.findings.add(finding.help(help));
                None
            }
        }
    }

    fn weekdays(&mut self, key: &str) -> Option<Weekdays> {
        let setting = self.setting(key, Need::Optional)?;
        let text = match &setting.value {
            SettingValue::Text(text) => text.clone(),
            SettingValue::List(entries) => entries.join(";"),
        };
        match value::weekdays(&text) {
            Ok(days) => Some(days),
            Err(entry) => {
                let (message, help) = weekday_texts(&entry);
                let finding = Finding::new(Code::NotWeekdays, setting.place.clone(), message);
                self.findings.add(finding.help(help));
                None
            }
        }
    }

    fn number(&mut self, key: &str) -> Option<Exact> {
        let setting = self.setting(key, Need::Optional)?;
        let SettingValue::Text(text) = &setting.value else {
            self.kind(setting, say!("`{key}` 应为数字", "`{key}` takes a number"));
            return None;
        };
        match number_of(&text.replace('_', ""), Range::FromZero) {
            Ok(value) => Some(value),
            Err((code, message, help)) => {
                let mut finding = Finding::new(code, setting.place.clone(), message);
                finding.help = help;
                self.findings.add(finding);
                None
            }
        }
    }

    /// Whether the horizon is one.
    fn fits(&mut self, (start, end): (Day, Day)) -> bool {
        let Some(setting) = self.tables.settings.given.get("end") else {
            return false;
        };
        let days = (end - start).num_days() + 1;
        let (code, message) = if days < 1 {
            let message = say!(
                "结束日 {end} 早于开始日 {start}",
                "the end {end} lies before the start {start}"
            );
            (Code::HorizonReversed, message)
        } else if days > LONGEST {
            let message = say!(
                "计划期有 {days} 天，最多 {LONGEST} 天",
                "the horizon has {days} days, of at most {LONGEST}"
            );
            (Code::HorizonTooLong, message)
        } else {
            return true;
        };
        self.findings
            .add(Finding::new(code, setting.place.clone(), message));
        false
    }
}
