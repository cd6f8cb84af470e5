//! One line of help for every column and word, as the second sheet of a workbook and as a page of text.

use crate::lang::Lang;
use crate::read::names::{
    self, BUDGET_SCOPES, CALENDAR_SCOPES, Column, EVERY, MEASURE_VISIT, SETTINGS, STATUS, TABLES,
    WEEKDAYS, Word, YES_NO, sheet_of,
};
use std::fmt::Write;

/// A line of help.
pub(super) struct Line {
    /// The sheet, or what the words are.
    pub(super) of: String,
    /// The column or word.
    pub(super) name: String,
    pub(super) required: bool,
    /// What the cells hold.
    pub(super) content: String,
    /// What a blank cell means.
    pub(super) default: String,
    pub(super) help: String,
}

/// What is said before the lines.
pub(super) fn preface(lang: Lang) -> [&'static str; 3] {
    match lang {
        Lang::Zh => [
            "每张表的第一行是表头，从第二行起每行填一条；列的顺序可以变动，用不着的列可以删去。",
            "标“必填”的列每行都要填；其余可以不填，不填时的含义见下。一格里填几项时用分号（；）隔开。",
            "编号用来在各表之间互相引用，可以直接用名称，但同一张表里不能重复，也不能含有 / ； ： 、 ，。",
        ],
        Lang::En => [
            "The first row of each table names its columns; each further row is one entry. Columns may be moved, and those not needed deleted.",
            "Columns marked \"required\" are given in every row; others may be left blank, with the meaning below. Several entries in one cell are separated by a semicolon (;).",
            "Ids are what other tables refer to. A name will do, but no two rows of a table may have the same, and / ; : may not stand in them.",
        ],
    }
}

/// All lines: settings, columns of each table, fixed words.
pub(super) fn lines(lang: Lang) -> Vec<Line> {
    let mut lines = Vec::new();
    for setting in SETTINGS {
        lines.push(of_column("scenario.toml", setting, lang));
    }
    for &table in TABLES {
        for column in super::template_columns(table) {
            lines.push(of_column(table.file, column, lang));
        }
        if table.carries_others {
            lines.push(others(table, lang));
        }
    }
    for (zh, en, words) in [
        ("是否", "yes and no", YES_NO),
        ("星期", "weekdays", WEEKDAYS),
        ("计量", "measure", MEASURE_VISIT),
        ("周期", "every", EVERY),
        ("日历状态", "status", STATUS),
        ("日历范围", "calendar scope", CALENDAR_SCOPES),
        ("预算范围", "budget scope", BUDGET_SCOPES),
    ] {
        lines.extend(
            words
                .iter()
                .map(|word| of_word(lang.pick(zh, en), word, lang)),
        );
    }
    lines
}

fn of_column(file: &str, column: &Column, lang: Lang) -> Line {
    let (default_zh, default_en) = column.default;
    let (help_zh, help_en) = column.help;
    Line {
        of: sheet_of(file).get(lang).to_owned(),
        name: super::header(column, lang),
        required: column.required,
        content: names::content(column.value).get(lang).to_owned(),
        default: lang.pick(default_zh, default_en).to_owned(),
        help: lang.pick(help_zh, help_en).to_owned(),
    }
}

fn others(table: &names::Table, lang: Lang) -> Line {
    let help = lang.pick(
        "自己加的列：绿化面积、毒饵站数等，措施表的“计量”写这一列的表头；联系人、地址等文字也可以加",
        "columns of your own: areas, stations …, named by `measure` of the treatments; or text such as contact and address",
    );
    Line {
        of: sheet_of(table.file).get(lang).to_owned(),
        name: lang.pick("（其他列）", "(other columns)").to_owned(),
        required: false,
        content: lang.pick("数字或文字", "number or text").to_owned(),
        default: String::new(),
        help: help.to_owned(),
    }
}

fn of_word(of: &str, word: &Word, lang: Lang) -> Line {
    let (help_zh, help_en) = word.help;
    Line {
        of: of.to_owned(),
        name: lang.pick(word.zh[0], word.en).to_owned(),
        required: false,
        content: lang.pick("规定用词", "fixed word").to_owned(),
        default: String::new(),
        help: lang.pick(help_zh, help_en).to_owned(),
    }
}

/// The help as a page of text, for a folder.
pub(super) fn page(lang: Lang) -> String {
    let mut out = String::new();
    for line in preface(lang) {
        out.push_str(line);
        out.push('\n');
    }
    let mut of = String::new();
    for line in lines(lang) {
        if line.of != of {
            // Writing to a string cannot fail.
            let _ = write!(out, "\n[{}]\n", line.of);
            of.clone_from(&line.of);
        }
        let required = if line.required {
            lang.pick("，必填", ", required")
        } else {
            ""
        };
        let default = if line.default.is_empty() {
            String::new()
        } else {
            let label = lang.pick("；不填时：", "; blank: ");
            format!("{label}{}", line.default)
        };
        let (open, close) = match lang {
            Lang::Zh => ("（", "）"),
            Lang::En => (" (", ")"),
        };
        let colon = lang.pick("：", ": ");
        let _ = writeln!(
            out,
            "{}{open}{}{required}{close}{colon}{}{default}",
            line.name, line.content, line.help
        );
    }
    out
}
