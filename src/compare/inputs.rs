//! What differs in the tables, cell by cell.
//!
//! Rows are told apart by their ids, those of calendar.csv and done.csv by all that they say. So the order of rows and
//! columns, encodings and ways of writing a number or a date show no difference. Limit: in calendar.csv, where a later
//! row wins, the order of rows may matter, and a mere change of order is not shown either.

use super::canonical::{canonical, carried};
use super::{Cell, Change, Content, Row, Section, Value, Weight};
use crate::lang::Text;
use crate::read::names::{Column, Join, SETTINGS, TABLES, Table as Declared};
use crate::read::{SettingValue, Table, normal};
use std::collections::{BTreeMap, BTreeSet};

/// A column, by its place among the declared ones, then by name for those that are carried along.
type ColumnKey = (usize, String);

/// A cell: as written, and what it means.
type Given = (String, String);

/// A row of a table.
struct Line {
    /// As it is called: its id, and its name if it has one.
    item: String,
    cells: BTreeMap<ColumnKey, Given>,
}

/// A section for each table in which some scenario differs from the first.
pub(super) fn sections(contents: &[Option<Content>]) -> Vec<Section> {
    let settings = Section {
        id: "scenario.toml".to_owned(),
        title: Text::new("总体设置", "settings"),
        rows: settings(contents),
    };
    let tables = TABLES.iter().map(|declared| Section {
        id: declared.file.to_owned(),
        title: declared.title(),
        rows: table(declared, contents),
    });
    let mut sections: Vec<Section> = [settings].into_iter().chain(tables).collect();
    sections.retain(|section| !section.rows.is_empty());
    sections
}

/// The settings that differ; not the name, which is no input of the plan and heads the comparison.
fn settings(contents: &[Option<Content>]) -> Vec<Row> {
    let compared = SETTINGS
        .iter()
        .filter(|s| !matches!(s.en, "name" | "extends"));
    let rows = compared.map(|setting| {
        let given = contents.iter().map(|content| {
            let setting = content.as_ref()?.tables.settings.given.get(setting.en);
            Some(
                setting.map_or(String::new(), |setting| match &setting.value {
                    SettingValue::Text(text) => text.clone(),
                    SettingValue::List(entries) => entries.join(";"),
                }),
            )
        });
        let given = given.map(|text| text.map(|text| (text.clone(), canonical(setting, &text))));
        Row {
            id: setting.en.to_owned(),
            item: header(setting),
            aspect: None,
            weight: Weight::Usual,
            cells: texts(&given.collect::<Vec<_>>()),
        }
    });
    rows.filter(Row::differs).collect()
}

fn table(declared: &'static Declared, contents: &[Option<Content>]) -> Vec<Row> {
    let lines: Vec<Option<BTreeMap<String, Line>>> = contents
        .iter()
        .map(|content| Some(lines(content.as_ref()?.tables.table(declared.file))))
        .collect();
    let Some(Some(base)) = lines.first() else {
        return Vec::new();
    };
    let keys: BTreeSet<&String> = lines.iter().flatten().flat_map(BTreeMap::keys).collect();
    let mut rows = Vec::new();
    for key in keys {
        let of_key: Vec<Option<&Line>> = lines
            .iter()
            .map(|lines| lines.as_ref().and_then(|lines| lines.get(key)))
            .collect();
        // The base's name, or that of the first scenario that has the row.
        let Some(first) = of_key.iter().flatten().next() else {
            continue;
        };
        let item = Text::new(&first.item, &first.item);
        let there = of_key.iter().zip(&lines).map(|(line, lines)| {
            let lines = lines.is_some();
            (lines, line.map(|line| Value::Row(shown(declared, line))))
        });
        let row = Row {
            id: key.clone(),
            item: item.clone(),
            aspect: None,
            weight: Weight::Usual,
            cells: presence(there.collect()),
        };
        if row.differs() {
            rows.push(row);
        }
        if base.contains_key(key) && declared.join != Join::Append {
            rows.extend(columns(declared, key, &item, &of_key));
        }
    }
    rows
}

/// The rows of a table by what tells them apart.
fn lines(table: &Table) -> BTreeMap<String, Line> {
    let mut lines = BTreeMap::new();
    for row in &table.rows {
        let mut cells: BTreeMap<ColumnKey, Given> = BTreeMap::new();
        for (at, column) in table.declared.columns.iter().enumerate() {
            if let Some(cell) = table.cell(row, column.en)
                && column.en != "drop"
            {
                let meaning = canonical(column, &cell.text);
                cells.insert((at, column.en.to_owned()), (cell.text.clone(), meaning));
            }
        }
        for (name, cell) in table.other_cells(row) {
            let key = (table.declared.columns.len(), name.to_owned());
            cells.insert(key, (cell.text.clone(), carried(&cell.text)));
        }
        let as_written = |column: &str| {
            let cell = table.cell(row, column);
            cell.map_or(String::new(), |cell| cell.text.clone())
        };
        let of = |column: &str| normal(&as_written(column));
        let (mut key, item) = match table.declared.join {
            Join::ByKey(columns) => {
                let ids: Vec<String> = columns.iter().map(|column| of(column)).collect();
                let id = ids.join("/");
                let has_name = table.declared.columns.iter().any(|c| c.en == "name");
                let name = if has_name {
                    as_written("name")
                } else {
                    String::new()
                };
                let item = if name.is_empty() || name == id {
                    id.clone()
                } else {
                    format!("{id} {name}")
                };
                (id, item)
            }
            Join::Append => {
                let all = |part: fn(&Given) -> &String| {
                    let parts = cells.values().map(|given| part(given).as_str());
                    parts.collect::<Vec<_>>().join(" ")
                };
                let meanings = cells
                    .iter()
                    .map(|((_, name), (_, meaning))| format!("{name}={meaning}"));
                (
                    meanings.collect::<Vec<_>>().join(" "),
                    all(|(text, _)| text),
                )
            }
        };
        // The same row twice is two rows.
        while lines.contains_key(&key) {
            key.push('+');
        }
        lines.insert(key, Line { item, cells });
    }
    lines
}

/// A row for each column in which some scenario has another cell than the base.
fn columns(
    declared: &'static Declared,
    key: &str,
    item: &Text,
    lines: &[Option<&Line>],
) -> Vec<Row> {
    let names: BTreeSet<&ColumnKey> = lines
        .iter()
        .flatten()
        .flat_map(|line| line.cells.keys())
        .collect();
    let rows = names.into_iter().map(|column| {
        let blank = || (String::new(), String::new());
        let given = lines.iter().map(|line| {
            let cell = line.as_ref()?.cells.get(column);
            Some(cell.cloned().unwrap_or_else(blank))
        });
        Row {
            id: format!("{key}/{}", column.1),
            item: item.clone(),
            aspect: Some(column_header(declared, column)),
            weight: Weight::Usual,
            cells: texts(&given.collect::<Vec<_>>()),
        }
    });
    rows.filter(Row::differs).collect()
}

/// Cells of tables against the first; `None` where there is no such row.
fn texts(given: &[Option<Given>]) -> Vec<Cell> {
    let base = given.first().and_then(Option::as_ref);
    let cells = given.iter().map(|cell| {
        let replaced = match (base, cell) {
            (Some((_, base)), Some((_, meaning))) => base != meaning,
            _ => false,
        };
        Cell {
            value: cell.as_ref().map(|(text, _)| Value::Text(text.clone())),
            change: replaced.then_some(Change::Replaced),
            best: false,
        }
    });
    cells.collect()
}

/// Rows that are there or not, against the first; each with whether the scenario has tables at all.
fn presence(there: Vec<(bool, Option<Value>)>) -> Vec<Cell> {
    let base = there.first().is_some_and(|(_, row)| row.is_some());
    let cells = there.into_iter().map(|(tables, row)| Cell {
        change: match (base, row.is_some()) {
            _ if !tables => None,
            (true, false) => Some(Change::Dropped),
            (false, true) => Some(Change::Added),
            _ => None,
        },
        value: row,
        best: false,
    });
    cells.collect()
}

/// The cells of a row with their headers.
fn shown(declared: &'static Declared, line: &Line) -> Vec<(Text, String)> {
    let cells = line.cells.iter();
    cells
        .map(|(column, (text, _))| (column_header(declared, column), text.clone()))
        .collect()
}

fn column_header(declared: &'static Declared, (at, name): &ColumnKey) -> Text {
    declared
        .columns
        .get(*at)
        .map_or_else(|| Text::new(name, name), header)
}

/// The header of a column as templates write it.
fn header(column: &Column) -> Text {
    Text::new(*column.zh.first().unwrap_or(&column.en), column.en)
}
