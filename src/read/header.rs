//! The header row: which column of a file is which declared column.

use super::cell::{normal, trim};
use super::csv::Record;
use super::names::{self, Join};
use super::sheet::Sheet;
use super::{FileIx, Origin, Sources};
use crate::finding::{Code, Finding, Findings, nearest, say, shown};

/// Where the cells of a file's column go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// To a declared column, by position.
    Declared(usize),
    /// To a column that is carried, by position in [`Sheet::others`].
    Other(usize),
    /// Nowhere; a finding has been made.
    Ignored,
    /// Nowhere, because the header is blank; a finding if there is content.
    Unnamed,
}

/// Maps the header and registers it with the sources.
pub(super) fn targets(
    header: &Record<'_>,
    file: FileIx,
    declared: &'static names::Table,
    sheet: &mut Sheet,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Vec<Target> {
    sheet.whole = true;
    let written = header.cells.iter().map(|cell| trim(&cell.text));
    sources.set_headers(file, written.map(shown).collect());
    let mut targets: Vec<Target> = Vec::new();
    let mut columns = vec![0; declared.columns.len()];
    for (at, cell) in header.cells.iter().enumerate() {
        let origin = Origin {
            file,
            line: cell.line,
            column: at as u32 + 1,
        };
        let name = normal(&cell.text);
        let target = target(&name, declared, sheet);
        let earlier = targets.iter().position(|&earlier| earlier == target);
        let finding = match (target, earlier) {
            (Target::Declared(_) | Target::Other(_), Some(earlier)) => {
                targets.push(Target::Ignored);
                duplicate(&name, earlier + 1)
            }
            (Target::Ignored, _) => {
                targets.push(target);
                unknown(&name, declared)
            }
            _ => {
                if let Target::Declared(position) = target {
                    columns[position] = origin.column;
                }
                targets.push(target);
                continue;
            }
        };
        let (code, message, help) = finding;
        let mut finding = Finding::new(code, sources.place(origin), message);
        finding.help = help;
        findings.add(finding);
    }
    let keys = missing_keys(declared, &columns);
    sources.set_columns(file, columns);
    for column in keys {
        sheet.whole = false;
        let (en, zh) = (column.en, column.zh[0]);
        let place = sources.place(Origin {
            file,
            line: header.line,
            column: 0,
        });
        findings.add(
            Finding::new(
                Code::ColumnMissing,
                place,
                say!("缺少列 `{zh}`（{en}）", "column `{en}` is missing"),
            )
            .help(say!(
                "在表头加上 `{zh}` 或 `{en}`",
                "add `{en}` or `{zh}` to the header"
            )),
        );
    }
    targets
}

type Parts = (Code, crate::lang::Text, Option<crate::lang::Text>);

fn target(name: &str, declared: &names::Table, sheet: &mut Sheet) -> Target {
    if name.is_empty() {
        Target::Unnamed
    } else if let Some(position) = declared.column_named(name) {
        Target::Declared(position)
    } else if declared.carries_others {
        let known = sheet.others.iter().position(|other| other == name);
        Target::Other(known.unwrap_or_else(|| {
            sheet.others.push(name.to_owned());
            sheet.others.len() - 1
        }))
    } else {
        Target::Ignored
    }
}

fn duplicate(name: &str, earlier: usize) -> Parts {
    let name = shown(name);
    (
        Code::DuplicateHeader,
        say!("表头 `{name}` 重复", "header `{name}` stands twice"),
        Some(say!(
            "第 {earlier} 列已是这一列，删去或改名其中一列",
            "column {earlier} is the same column; delete or rename one of them"
        )),
    )
}

fn unknown(name: &str, declared: &names::Table) -> Parts {
    let all = declared
        .columns
        .iter()
        .flat_map(|column| std::iter::once(&column.en).chain(column.zh))
        .copied();
    let near = nearest(name, all);
    let (name, file) = (shown(name), declared.file);
    (
        Code::UnknownColumn,
        say!(
            "{file} 没有 `{name}` 这一列，不予读取",
            "`{name}` is not a column of {file} and is not read"
        ),
        near.map(|near| say!("最接近的是 `{near}`", "the nearest is `{near}`")),
    )
}

/// Required columns without which no row of the file means anything, whatever a base gives.
fn missing_keys(declared: &'static names::Table, columns: &[u32]) -> Vec<&'static names::Column> {
    let needed = |column: &names::Column| match declared.join {
        Join::ByKey(keys) => keys.contains(&column.en),
        Join::Append => column.required,
    };
    declared
        .columns
        .iter()
        .zip(columns)
        .filter(|(column, at)| **at == 0 && needed(column))
        .map(|(column, _)| column)
        .collect()
}
