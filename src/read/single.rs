//! One table on its own, outside a scenario: the files of a plan.

use super::{Sources, Table, merge, names, sheet};
use crate::finding::{Code, Finding, Findings, Place, say};
use std::path::Path;

/// Reads one table; `None` if there is no such file. A required column that its header lacks is a finding.
pub fn table(
    path: &Path,
    shown: &str,
    declared: &'static names::Table,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Option<Table> {
    let sheet = sheet::read(path, shown, declared, sources, findings)?;
    if sheet.whole {
        for (column, has) in declared.columns.iter().zip(&sheet.has) {
            if column.required && !has {
                let (en, zh) = (column.en, column.zh[0]);
                findings.add(
                    Finding::new(
                        Code::ColumnMissing,
                        Place::line(shown, 1),
                        say!("缺少列 `{zh}`（{en}）", "column `{en}` is missing"),
                    )
                    .help(say!(
                        "在表头加上 `{zh}` 或 `{en}`",
                        "add `{en}` or `{zh}` to the header"
                    )),
                );
            }
        }
    }
    Some(merge::merge(declared, vec![sheet], sources, findings))
}
