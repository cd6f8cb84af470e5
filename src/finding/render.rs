//! Findings as text for people and as JSON for programs.

use super::explain::explanation;
use super::{Code, Finding, Findings, Place, Severity};
use crate::lang::{Lang, Text};
use serde::Serialize;
use std::fmt::Write;

/// A value of the input as messages quote it: short, on one line, without control characters.
pub fn shown(value: &str) -> String {
    const LONGEST: usize = 40;
    let mut out: String = value
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if value.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

/// The findings for people, at most `limit` of them, followed by a line that counts them all.
///
/// ```text
/// error[E304] coverage.csv:3, column 4 `treatments`: treatment `spary` is not in treatments.csv
///   help: the nearest is `spray`
/// ```
pub fn render_text(findings: &Findings, lang: Lang, limit: usize) -> String {
    let sorted = findings.sorted();
    let mut out = String::new();
    for finding in sorted.iter().take(limit) {
        write_finding(&mut out, finding, lang);
    }
    let (errors, warnings) = (findings.errors(), findings.warnings());
    let total = errors + warnings;
    let listed = sorted.len().min(limit);
    let counted = match lang {
        Lang::Zh => format!("{errors} 个错误，{warnings} 个警告"),
        Lang::En => format!(
            "{errors} error{}, {warnings} warning{}",
            plural(errors),
            plural(warnings)
        ),
    };
    let rest = if listed == total {
        String::new()
    } else {
        match lang {
            Lang::Zh => format!("（以上为前 {listed} 个）"),
            Lang::En => format!(" (the first {listed} are shown)"),
        }
    };
    out.push_str(&counted);
    out.push_str(&rest);
    out.push('\n');
    out
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn write_finding(out: &mut String, finding: &Finding, lang: Lang) {
    let severity = match (finding.code.severity(), lang) {
        (Severity::Error, Lang::En) => "error",
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Warning, Lang::Zh) => "警告",
    };
    let id = finding.code.id();
    let place = place_text(&finding.place, lang);
    let message = finding.message.get(lang);
    let colon = lang.pick("：", ": ");
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{severity}[{id}] {place}{colon}{message}");
    if let Some(help) = &finding.help {
        let label = lang.pick("建议：", "help: ");
        let _ = writeln!(out, "  {label}{}", help.get(lang));
    }
}

fn place_text(place: &Place, lang: Lang) -> String {
    let mut out = place.file.clone();
    let header = place.header.as_deref().map(shown);
    if let Some(sheet) = &place.sheet {
        let _ = write!(out, " {}", sheet_text(sheet));
        let _ = match (place.cell(), place.line, lang) {
            (Some(cell), _, _) => write!(out, "!{cell}"),
            (None, Some(line), Lang::Zh) => write!(out, " 第 {line} 行"),
            (None, Some(line), Lang::En) => write!(out, " row {line}"),
            (None, None, _) => Ok(()),
        };
        let _ = match (header, lang) {
            (Some(header), Lang::Zh) => write!(out, "“{header}”"),
            (Some(header), Lang::En) => write!(out, " `{header}`"),
            (None, _) => Ok(()),
        };
        return out;
    }
    if let Some(line) = place.line {
        let _ = write!(out, ":{line}");
    }
    match (lang, place.column, header) {
        (Lang::En, Some(column), Some(header)) => {
            let _ = write!(out, ", column {column} `{header}`");
        }
        (Lang::En, Some(column), None) => {
            let _ = write!(out, ", column {column}");
        }
        (Lang::En, None, Some(header)) => {
            let _ = write!(out, ", `{header}`");
        }
        (Lang::Zh, Some(column), Some(header)) => {
            let _ = write!(out, " 第 {column} 列“{header}”");
        }
        (Lang::Zh, Some(column), None) => {
            let _ = write!(out, " 第 {column} 列");
        }
        (Lang::Zh, None, Some(header)) => {
            let _ = write!(out, " “{header}”");
        }
        (_, None, None) => {}
    }
    out
}

/// The name of a sheet as formulas write it: in quotes when it holds more than letters and digits.
fn sheet_text(sheet: &str) -> String {
    if sheet.chars().all(|c| c.is_alphanumeric() || c == '_') {
        sheet.to_owned()
    } else {
        format!("'{}'", shown(sheet).replace('\'', "''"))
    }
}

#[derive(Serialize)]
struct JsonReport<'a> {
    errors: usize,
    warnings: usize,
    shown: usize,
    findings: Vec<JsonFinding<'a>>,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    code: &'static str,
    severity: Severity,
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
    header: Option<&'a str>,
    title: Text,
    message: &'a Text,
    help: Option<&'a Text>,
}

/// The findings as one JSON object, at most `limit` of them, with the counts of all; texts in both languages.
pub fn render_json(findings: &Findings, limit: usize) -> String {
    let sorted = findings.sorted();
    let list: Vec<JsonFinding<'_>> = sorted
        .iter()
        .take(limit)
        .map(|finding| JsonFinding {
            code: finding.code.id(),
            severity: finding.code.severity(),
            file: &finding.place.file,
            sheet: finding.place.sheet.as_deref(),
            cell: finding.place.cell(),
            line: finding.place.line,
            column: finding.place.column,
            header: finding.place.header.as_deref(),
            title: finding.code.title(),
            message: &finding.message,
            help: finding.help.as_ref(),
        })
        .collect();
    let report = JsonReport {
        errors: findings.errors(),
        warnings: findings.warnings(),
        shown: list.len(),
        findings: list,
    };
    let mut out = serde_json::to_string_pretty(&report).expect("strings and numbers are JSON");
    out.push('\n');
    out
}

/// The long text of a code, or `None` for a code that does not exist.
pub fn explain(code: &str, lang: Lang) -> Option<String> {
    let code = Code::from_id(code)?;
    let (title, long) = (code.title(), explanation(code));
    let colon = lang.pick("：", ": ");
    Some(format!(
        "{}{colon}{}\n\n{}\n",
        code.id(),
        title.get(lang),
        long.get(lang)
    ))
}

/// `docs/findings.md`: every code with its explanation in both languages.
pub fn reference() -> String {
    let mut out = String::from(
        "# Findings · 检查提示\n\n\
         What `xiaosha check` may say; `xiaosha check --explain CODE` prints the same text. `E…` is an error: the \
         scenario cannot be planned. `W…` is a warning: a plan is possible, but this is surely not meant. Printed from \
         the registry in `src/finding`; a test keeps it current.\n\n\
         `xiaosha check` 可能给出的提示；`xiaosha check --explain 代码` 显示同样的说明。`E…` 是错误，方案无法计算；\
         `W…` 是警告，可以计算，但多半不是本意。\n",
    );
    for &code in Code::ALL {
        let (title, long) = (code.title(), explanation(code));
        let id = code.id();
        let _ = write!(
            out,
            "\n## {id} {} · {}\n\n{}\n\n{}\n",
            title.en, title.zh, long.en, long.zh
        );
    }
    out
}
