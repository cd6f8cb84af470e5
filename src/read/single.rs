//! One table on its own, outside a scenario: the files of a plan.

use super::content::Content;
use super::sheet::{self, Sheet};
use super::{Sources, Table, merge, names};
use crate::finding::{Findings, Place};
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
    let place = Place::file(shown);
    let sheet = match Content::csv(path, &place, findings)? {
        Ok(content) => sheet::read(&content, &place, declared, sources, findings),
        Err(()) => Sheet::unread(),
    };
    Some(merge::merge(declared, vec![sheet], sources, findings))
}
