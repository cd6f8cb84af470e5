//! Joins the sheets of a folder with those of the folders that it extends.

use super::cell::normal;
use super::names::{Join, YES_NO, word};
use super::sheet::{Given, Sheet, SheetRow};
use super::{Cell, Row, Sources, Table, names};
use crate::finding::{Code, Finding, Findings, say, shown};
use indexmap::{IndexMap, IndexSet};

/// Joins the sheets of one table, the base's first.
pub(super) fn merge(
    declared: &'static names::Table,
    sheets: Vec<Sheet>,
    sources: &Sources,
    findings: &mut Findings,
) -> Table {
    let mut merger = Merger {
        table: Table {
            declared,
            others: IndexSet::new(),
            rows: Vec::new(),
            dropped: IndexSet::new(),
            former: IndexSet::new(),
            whole: true,
        },
        rows: Vec::new(),
        by_key: IndexMap::new(),
        sources,
        findings,
    };
    for sheet in sheets {
        merger.sheet(sheet);
    }
    let mut table = merger.table;
    table.rows = merger.rows.into_iter().flatten().collect();
    table
}

/// What joins the values of a key of several columns; it cannot stand in a cell.
const KEY_JOINT: &str = "\u{1f}";

struct Merger<'a> {
    table: Table,
    /// `None` where a row was dropped.
    rows: Vec<Option<Row>>,
    by_key: IndexMap<String, usize>,
    sources: &'a Sources,
    findings: &'a mut Findings,
}

impl Merger<'_> {
    fn sheet(&mut self, sheet: Sheet) {
        self.table.whole &= sheet.whole;
        let others: Vec<usize> = sheet
            .others
            .iter()
            .map(|name| self.table.others.insert_full(name.clone()).0)
            .collect();
        let mut seen: IndexMap<String, u32> = IndexMap::new();
        for row in sheet.rows {
            match self.table.declared.join {
                Join::Append => {
                    let row = self.fresh(row, &others);
                    self.rows.push(Some(row));
                }
                Join::ByKey(columns) => self.keyed(row, columns, &others, &mut seen),
            }
        }
    }

    fn keyed(
        &mut self,
        row: SheetRow,
        columns: &[&str],
        others: &[usize],
        seen: &mut IndexMap<String, u32>,
    ) {
        let mut parts = Vec::new();
        for column in columns {
            let position = self.table.declared.position(column);
            match &row.cells[position] {
                Given::Text(cell) => parts.push(normal(&cell.text)),
                Given::Nothing | Given::Dash => {
                    self.key_missing(&row, position);
                    return;
                }
            }
        }
        let key = parts.join(KEY_JOINT);
        if let Some(&first) = seen.get(&key) {
            self.duplicate(&row, columns, &parts, first);
            return;
        }
        seen.insert(key.clone(), row.origin.line);
        if self.drops(&row) {
            self.drop_row(&row, key);
        } else if let Some(&at) = self.by_key.get(&key) {
            self.patch(at, row, others);
        } else {
            self.table.dropped.shift_remove(&key);
            self.by_key.insert(key, self.rows.len());
            let row = self.fresh(row, others);
            self.rows.push(Some(row));
        }
    }

    fn key_missing(&mut self, row: &SheetRow, position: usize) {
        self.table.whole = false;
        if row.broken {
            return;
        }
        let column = &self.table.declared.columns[position];
        let mut origin = row.origin;
        origin.column = self.sources.column_of(origin.file, position);
        if origin.column == 0 {
            // The missing column has its own finding.
            return;
        }
        let name = column.en;
        self.findings.add(
            Finding::new(
                Code::CellMissing,
                self.sources.place(origin),
                say!("必须填写", "`{name}` must be given"),
            )
            .help(say!(
                "填写编号，或删去这一行",
                "give the id or delete the row"
            )),
        );
    }

    fn duplicate(&mut self, row: &SheetRow, columns: &[&str], key: &[String], first: u32) {
        let mut origin = row.origin;
        let position = self.table.declared.position(columns[0]);
        origin.column = self.sources.column_of(origin.file, position);
        let id = key
            .iter()
            .map(|part| shown(part))
            .collect::<Vec<_>>()
            .join("`, `");
        self.findings.add(
            Finding::new(
                Code::DuplicateId,
                self.sources.place(origin),
                say!(
                    "`{id}` 在第 {first} 行已经出现",
                    "`{id}` already stands in line {first}"
                ),
            )
            .help(say!(
                "改用不同的编号，或删去其中一行",
                "use different ids or delete one of the rows"
            )),
        );
    }

    /// Whether the row says `drop` = `yes`.
    fn drops(&mut self, row: &SheetRow) -> bool {
        let Given::Text(cell) = &row.cells[self.table.declared.position("drop")] else {
            return false;
        };
        if let Some(answer) = word(YES_NO, &normal(&cell.text)) {
            return answer == "yes";
        }
        let written = shown(&cell.text);
        self.findings.add(
            Finding::new(
                Code::UnknownWord,
                self.sources.place(cell.origin),
                say!(
                    "`{written}` 不是“是”或“否”",
                    "`{written}` is neither `yes` nor `no`"
                ),
            )
            .help(say!("填“是”或“否”", "write `yes` or `no`")),
        );
        false
    }

    fn drop_row(&mut self, row: &SheetRow, key: String) {
        let Some(at) = self.by_key.shift_remove(&key) else {
            let id = shown(&key.replace(KEY_JOINT, ", "));
            let mut finding = Finding::new(
                Code::DropOfNothing,
                self.sources.place(row.origin),
                say!(
                    "要删除的 `{id}` 在被沿用的方案中不存在",
                    "`{id}` is to be dropped, but no scenario that this one extends has it"
                ),
            );
            let near = crate::finding::nearest(&key, self.by_key.keys().map(String::as_str));
            finding.help = near.map(|near| say!("最接近的是 `{near}`", "the nearest is `{near}`"));
            self.findings.add(finding);
            self.table.dropped.insert(key);
            return;
        };
        let gone = self.rows[at]
            .take()
            .expect("only rows that stand are found by key");
        for (column, cell) in self.table.declared.columns.iter().zip(gone.cells) {
            if let (names::Value::Id, Some(cell)) = (column.value, cell) {
                self.table.former.insert((column.en, normal(&cell.text)));
            }
        }
        self.table.dropped.insert(key);
    }

    fn fresh(&self, row: SheetRow, others: &[usize]) -> Row {
        let mut fresh = Row {
            cells: row.cells.into_iter().map(given).collect(),
            origin: row.origin,
            broken: row.broken,
        };
        let declared = self.table.declared.columns.len();
        for (at, cell) in row.others {
            set(&mut fresh.cells, declared + others[at], given(cell));
        }
        fresh
    }

    fn patch(&mut self, at: usize, row: SheetRow, others: &[usize]) {
        let declared = self.table.declared.columns;
        let base = self.rows[at]
            .as_mut()
            .expect("only rows that stand are found by key");
        base.origin = row.origin;
        base.broken |= row.broken;
        let own = row.cells.into_iter().enumerate();
        let carried = row
            .others
            .into_iter()
            .map(|(at, cell)| (declared.len() + others[at], cell));
        for (position, cell) in own.chain(carried) {
            let is_key = matches!(self.table.declared.join, Join::ByKey(columns)
                if declared.get(position).is_some_and(|c| columns.contains(&c.en)));
            // The id keeps the place where the row was first given.
            if is_key || matches!(cell, Given::Nothing) {
                continue;
            }
            let old = set(&mut base.cells, position, given(cell));
            let column = declared.get(position);
            if let (Some(column), Some(old)) = (column, old)
                && matches!(column.value, names::Value::Id)
            {
                self.table.former.insert((column.en, normal(&old.text)));
            }
        }
    }
}

fn given(cell: Given) -> Option<Cell> {
    match cell {
        Given::Text(cell) => Some(cell),
        Given::Nothing | Given::Dash => None,
    }
}

fn set(cells: &mut Vec<Option<Cell>>, position: usize, cell: Option<Cell>) -> Option<Cell> {
    if cells.len() <= position {
        cells.resize(position + 1, None);
    }
    std::mem::replace(&mut cells[position], cell)
}
