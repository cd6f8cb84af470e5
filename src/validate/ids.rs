//! Ids of the tables, and cells that refer to them.

use super::row::RowReader;
use crate::finding::{Code, Findings, nearest, say, shown};
use crate::lang::Text;
use crate::read::{Table, Tables, normal};
use indexmap::IndexMap;

/// Suggestions are looked up only while there are fewer findings than this: in a spoiled table they would cost more
/// time than they are worth.
const SUGGESTING: usize = 2_000;

/// The rows of a table by id.
pub(super) struct Ids<'t> {
    /// The table.
    pub(super) table: &'t Table,
    /// What a row is called, Chinese and English.
    noun: (&'static str, &'static str),
    by_id: IndexMap<String, usize>,
}

/// What an id refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Referent {
    /// Row of this position.
    Row(usize),
    /// A row that `drop` removed.
    Dropped,
    /// Nothing; a finding has been made if that is a fault of the reference.
    Unknown,
}

impl<'t> Ids<'t> {
    pub(super) fn of(tables: &'t Tables, file: &str, noun: (&'static str, &'static str)) -> Self {
        let table = tables.table(file);
        let by_id = table
            .rows
            .iter()
            .enumerate()
            .filter_map(|(at, row)| Some((normal(&row.at(0)?.text), at)))
            .collect();
        Ids { table, noun, by_id }
    }

    pub(super) fn get(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_id.keys().map(String::as_str)
    }

    /// Whether an id once stood in the chain of scenarios.
    pub(super) fn was_dropped(&self, id: &str) -> bool {
        self.table.dropped.contains(id)
    }

    /// The finding that an id is unknown: message and help.
    pub(super) fn unknown(&self, id: &str, findings: &Findings) -> (Text, Option<Text>) {
        let (zh, en) = self.noun;
        let file = self.table.declared.file;
        let written = shown(id);
        let near = suggest(id, self.names(), findings);
        (
            say!(
                "{zh} `{written}` 不在 {file} 中",
                "{en} `{written}` is not in {file}"
            ),
            near,
        )
    }

    /// What an id in a column refers to; a dropped or unknown one is a finding.
    pub(super) fn refer(&self, id: &str, column: &str, reader: &mut RowReader<'_>) -> Referent {
        if let Some(at) = self.get(id) {
            return Referent::Row(at);
        }
        if self.was_dropped(id) {
            self.ignore_dropped(id, column, reader);
            return Referent::Dropped;
        }
        if self.table.whole {
            let (message, help) = self.unknown(id, reader.findings);
            reader.add(Code::UnknownId, column, message, help);
        }
        reader.sound = false;
        Referent::Unknown
    }

    fn ignore_dropped(&self, id: &str, column: &str, reader: &mut RowReader<'_>) {
        let (zh, en) = self.noun;
        let written = shown(id);
        reader.add(
            Code::DroppedReference,
            column,
            say!(
                "{zh} `{written}` 已被删除，此处不再起作用",
                "{en} `{written}` has been dropped and is ignored here"
            ),
            None,
        );
    }
}

/// The help that names the nearest candidate.
pub(super) fn suggest<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    findings: &Findings,
) -> Option<Text> {
    if findings.errors() + findings.warnings() >= SUGGESTING {
        return None;
    }
    let near = shown(nearest(written, candidates)?);
    Some(say!("最接近的是 `{near}`", "the nearest is `{near}`"))
}
