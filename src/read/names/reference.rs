//! The column reference, printed from the declared names.

use super::{
    BUDGET_SCOPES, CALENDAR_SCOPES, Column, EVERY, Join, MEASURE_VISIT, PHASE, Range, SETTINGS,
    STATUS, TABLES, Value, WEEKDAYS, Word, YES_NO, sheet_of,
};
use crate::lang::Text;
use std::fmt::Write;

/// `docs/columns.md`: every table, column and fixed word in both languages.
pub fn reference() -> String {
    let mut out = String::from(
        "# Columns and words · 列说明\n\n\
         Printed from the table of names in `src/read/names`; a test keeps it current. Headers and fixed words may be \
         written in English or Chinese; templates use the first Chinese name. Columns marked * must be given in every \
         row; a blank cell and `-` mean \"not given\".\n\n\
         本页由 `src/read/names` 中的名称表生成。表头和规定用词中英文均可；模板使用第一个中文名。标 * 的列每行必填；\
         空白和 `-` 表示没有填。\n\n\
         In a workbook each table is a sheet of the name of its file without `.csv`, or of the Chinese name in its title \
         here, and the settings are a sheet `settings` (设置) with two columns, `setting` (设置) and `value` (值). Cells \
         are trimmed: in a CSV file a space before `=`, `+`, `-` or `@` at the beginning of a cell keeps spreadsheets from \
         taking the text for a formula and is no part of it.\n\n\
         在工作簿中，每张表是一个工作表，名称为文件名去掉 `.csv`，或用此处标题中的中文名；方案设置是“设置”工作表，有“设置”和“值”两列。\
         单元格首尾的空格不算内容：在 CSV 单元格开头的 `=`、`+`、`-`、`@` 前面加一个空格，表格软件就不会把文字当作公式。\n\n\
         ## scenario.toml · 设置\n\nSettings of the scenario, as `key = value`. Chinese keys stand in double quotes. · \
         方案设置，写作“键 = 值”，中文的键要加双引号。\n\n",
    );
    columns(&mut out, SETTINGS);
    for table in TABLES {
        // Writing to a string cannot fail.
        let sheet = sheet_of(table.file);
        let _ = write!(
            out,
            "\n## {} · {}\n\n{}",
            table.file,
            sheet.zh[0],
            sentence(table.title.1)
        );
        if !table.required {
            out.push_str(" Optional.");
        }
        match table.join {
            Join::ByKey(_) => {}
            Join::Append => {
                out.push_str(
                    " In a scenario that extends another, rows are added after the base's.",
                );
            }
        }
        let _ = write!(out, " · {}。", table.title.0);
        if !table.required {
            out.push_str("可以没有。");
        }
        if table.join == Join::Append {
            out.push_str("沿用其他方案时，各行加在其后。");
        }
        out.push_str("\n\n");
        columns(&mut out, table.columns);
        if table.carries_others {
            out.push_str(
                "\nAny other column is carried along: a *measure* if some treatment names it (then every filled cell is \
                 a number ≥ 0), else text that outputs may show. · 其他列一律保留：有措施按它计量的，是*计量列*，\
                 填写的都须是不小于 0 的数字；否则是可供输出显示的文字。\n",
            );
        }
    }
    out.push_str("\n## Fixed words · 规定用词\n");
    for (title, list) in [
        ("yes and no · 是否", YES_NO),
        (
            "weekdays · 星期（`mon-fri`、`周一-周五`、`一至五` 表示一段）",
            WEEKDAYS,
        ),
        ("treatments.csv `measure` · 计量", MEASURE_VISIT),
        (
            "coverage.csv `every` · 周期（另有 `10d`、`10天`、`每10天`：每若干天一期）",
            EVERY,
        ),
        ("calendar.csv `status` · 状态", STATUS),
        ("calendar.csv `scope` · 日历范围", CALENDAR_SCOPES),
        ("surveys.csv `phase` · 监测阶段", PHASE),
        ("budget.csv `scope` · 预算范围", BUDGET_SCOPES),
    ] {
        let _ = write!(
            out,
            "\n### {title}\n\n| word | 中文 | meaning | 含义 |\n|---|---|---|---|\n"
        );
        for word in list {
            words_row(&mut out, word);
        }
    }
    out
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase);
    first
        .into_iter()
        .flatten()
        .chain(chars)
        .chain(['.'])
        .collect()
}

fn columns(out: &mut String, columns: &[Column]) {
    out.push_str("| column | 中文 | holds · 内容 | default · 默认 | meaning | 含义 |\n|---|---|---|---|---|---|\n");
    for column in columns {
        let star = if column.required { " *" } else { "" };
        let (default_zh, default_en) = column.default;
        let default = if default_zh == default_en {
            default_en.to_owned()
        } else {
            format!("{default_en} · {default_zh}")
        };
        let (en, zh, holds) = (column.en, column.zh.join("、"), holds(column.value));
        let (help_zh, help_en) = column.help;
        let _ = writeln!(
            out,
            "| `{en}`{star} | {zh} | {holds} | {default} | {help_en} | {help_zh} |"
        );
    }
}

fn words_row(out: &mut String, word: &Word) {
    let zh = word
        .zh
        .iter()
        .map(|zh| format!("`{zh}`"))
        .collect::<Vec<_>>()
        .join("、");
    let (en, (help_zh, help_en)) = (word.en, word.help);
    let _ = writeln!(out, "| `{en}` | {zh} | {help_en} | {help_zh} |");
}

fn holds(value: Value) -> String {
    let (zh, en) = kind(value);
    let range = range(value);
    let space = if range.is_empty() { "" } else { " " };
    format!("{en} · {zh}{space}{range}")
}

/// What the cells of a column hold, such as “数字 > 0”, `number > 0`.
pub fn content(value: Value) -> Text {
    let (zh, en) = kind(value);
    let range = range(value);
    let space = if range.is_empty() { "" } else { " " };
    Text::new(
        format!("{zh}{space}{range}").replace('`', ""),
        format!("{en}{space}{range}").replace('`', ""),
    )
}

/// Chinese and English.
fn kind(value: Value) -> (&'static str, &'static str) {
    match value {
        Value::Id => ("编号", "id"),
        Value::Reference => ("其他表的编号", "id of another table"),
        Value::Text => ("文字", "text"),
        Value::Word => ("词", "word"),
        Value::List => ("列表", "list"),
        Value::Number(_) => ("数字", "number"),
        Value::Whole(_) => ("整数", "whole number"),
        Value::Date => ("日期", "date"),
        Value::Weekdays => ("星期", "weekdays"),
        Value::YesNo => ("`是`/`否`", "`yes`/`no`"),
        Value::Fixed(_) => ("规定用词", "fixed word"),
        Value::Period => ("周期", "period"),
        Value::Scope(_) => ("范围", "scope"),
        Value::Scopes(_) => ("范围列表", "list of scopes"),
    }
}

fn range(value: Value) -> String {
    match value {
        Value::Number(range) | Value::Whole(range) => match range {
            Range::FromZero => "≥ 0".to_owned(),
            Range::AboveZero => "> 0".to_owned(),
            Range::Between(low, high) => format!("{low} … {high}"),
        },
        _ => String::new(),
    }
}
