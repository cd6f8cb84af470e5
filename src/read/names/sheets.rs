//! What the sheets of a workbook are called, and which columns name ids of another table.

use super::{Column, Join, Table, Value};
use crate::lang::Lang;

/// Names of a sheet.
#[derive(Debug)]
pub struct SheetName {
    /// English; that of a CSV table without its ending.
    pub en: &'static str,
    /// Chinese, the one that templates write first.
    pub zh: &'static [&'static str],
}

impl SheetName {
    /// The name that templates write.
    pub fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh[0],
            Lang::En => self.en,
        }
    }

    /// Whether a sheet of this name, after NFKC and trimming, is meant; English in any case.
    pub fn is_named(&self, written: &str) -> bool {
        self.en.eq_ignore_ascii_case(written) || self.zh.contains(&written)
    }
}

const fn sheet(en: &'static str, zh: &'static [&'static str]) -> SheetName {
    SheetName { en, zh }
}

/// The sheets, by the file that holds the same in a folder.
const SHEETS: &[(&str, SheetName)] = &[
    ("scenario.toml", sheet("settings", &["设置", "方案设置"])),
    ("sites.csv", sheet("sites", &["地点", "作业地点"])),
    ("treatments.csv", sheet("treatments", &["措施", "防制措施"])),
    ("teams.csv", sheet("teams", &["队伍", "消杀队伍"])),
    ("rates.csv", sheet("rates", &["单价", "计件单价"])),
    ("products.csv", sheet("products", &["药品", "药剂"])),
    (
        "coverage.csv",
        sheet("coverage", &["规则", "覆盖规则", "覆盖要求"]),
    ),
    ("budget.csv", sheet("budget", &["预算"])),
    ("calendar.csv", sheet("calendar", &["日历", "特殊日期"])),
    ("done.csv", sheet("done", &["已完成", "已完成作业"])),
    ("surveys.csv", sheet("surveys", &["监测", "密度监测"])),
];

/// The sheet that holds what this file holds in a folder.
pub fn sheet_of(file: &str) -> &'static SheetName {
    SHEETS
        .iter()
        .find(|(known, _)| *known == file)
        .map(|(_, name)| name)
        .expect("every table has a sheet; a test asks for all")
}

/// A text that names files of a folder, for who has a workbook: its sheets instead.
pub fn in_sheets(text: &str, lang: Lang) -> String {
    SHEETS.iter().fold(text.to_owned(), |text, (file, name)| {
        let sheet = name.get(lang);
        match lang {
            Lang::En => text.replace(file, &format!("`{sheet}`")),
            // Latin letters stand apart from Chinese ones, quotation marks do not.
            Lang::Zh => [
                format!(" {file} "),
                format!("{file} "),
                format!(" {file}"),
                (*file).to_owned(),
            ]
            .iter()
            .fold(text, |text, written| {
                text.replace(written, &format!("“{sheet}”"))
            }),
        }
    })
}

/// The sheet of column help in templates; it is not read.
pub const HELP_SHEET: SheetName = sheet("help", &["说明"]);

/// The sheet of settings: what scenario.toml holds in a folder.
pub const SETTINGS_SHEET: Table = Table {
    file: "scenario.toml",
    title: ("方案设置", "settings of the scenario"),
    required: true,
    join: Join::Append,
    carries_others: false,
    short_rows: true,
    columns: &[
        Column::new(
            "setting",
            &["设置", "设置项"],
            Value::Text,
            ("设置的名称", "name of the setting"),
        )
        .required(),
        Column::new(
            "value",
            &["值", "内容"],
            Value::Text,
            ("设置的内容", "its value"),
        )
        .required(),
    ],
};

/// The table and column whose ids or words a column names, for drop-down lists.
pub fn refers(file: &str, column: &str) -> Option<(&'static str, &'static str)> {
    Some(match (file, column) {
        ("treatments.csv" | "done.csv", "product") => ("products.csv", "product"),
        ("coverage.csv", "treatments") | ("rates.csv" | "done.csv", "treatment") => {
            ("treatments.csv", "treatment")
        }
        ("coverage.csv" | "done.csv", "site") => ("sites.csv", "site"),
        ("done.csv", "team") => ("teams.csv", "team"),
        ("coverage.csv", "kind") => ("sites.csv", "kind"),
        ("coverage.csv" | "surveys.csv", "zone") | ("teams.csv", "zones") => ("sites.csv", "zone"),
        ("coverage.csv", "tag") => ("sites.csv", "tags"),
        ("teams.csv", "methods") | ("sites.csv", "exclude") => ("treatments.csv", "method"),
        ("rates.csv", "contractor") => ("teams.csv", "contractor"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::names::TABLES;

    #[test]
    fn every_table_has_a_sheet_whose_names_no_other_has() {
        let mut seen = Vec::new();
        let files = TABLES.iter().map(|table| table.file);
        for file in files.chain(["scenario.toml"]) {
            let name = sheet_of(file);
            assert_eq!(
                name.en,
                file.split('.')
                    .next()
                    .unwrap()
                    .replace("scenario", "settings")
            );
            for written in name.zh.iter().chain([&name.en]) {
                assert!(!seen.contains(written), "{written}");
                seen.push(written);
                assert!(!HELP_SHEET.is_named(written));
            }
        }
    }

    #[test]
    fn texts_name_sheets_instead_of_files() {
        let zh = in_sheets("措施 `x` 不在 treatments.csv 中", Lang::Zh);
        assert_eq!(zh, "措施 `x` 不在“措施”中");
        let en = in_sheets("treatment `x` is not in treatments.csv", Lang::En);
        assert_eq!(en, "treatment `x` is not in `treatments`");
    }

    #[test]
    fn drop_down_lists_come_from_columns_that_exist() {
        let mut count = 0;
        for table in TABLES {
            for column in table.columns {
                let Some((file, of)) = refers(table.file, column.en) else {
                    continue;
                };
                let other = TABLES.iter().find(|table| table.file == file).unwrap();
                assert!(
                    matches!(
                        other.columns[other.position(of)].value,
                        Value::Id | Value::Word | Value::List
                    ),
                    "{of}"
                );
                count += 1;
            }
        }
        assert_eq!(count, 16);
    }
}
