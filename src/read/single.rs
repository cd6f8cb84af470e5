//! One table on its own, outside a scenario: the files of a plan.

use super::{Sources, Table, merge, names, sheet};
use crate::finding::Findings;
use std::path::Path;

/// Reads one table; `None` if there is no such file. What cannot be read, a missing required column among it, is a
/// finding.
pub fn table(
    path: &Path,
    shown: &str,
    declared: &'static names::Table,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Option<Table> {
    let sheet = sheet::read(path, shown, declared, sources, findings)?;
    Some(merge::merge(declared, vec![sheet], sources, findings))
}
