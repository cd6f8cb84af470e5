//! What the files of a plan say otherwise than the tables do: warnings, because visits alone are judged.

use super::Examined;
use super::expected::{self, Expected};
use super::plan_file::PlanFile;
use crate::domain::{Day, Exact, Scenario};
use crate::finding::{Code, Finding, Findings, Place, say, shown};
use crate::read::names::{Column, Table as Declared, Value, plan};
use crate::read::{Cell, Row, Sources, Table, list, normal};
use crate::validate::value;
use std::collections::{BTreeSet, HashMap};

/// Adds a warning for each cell, row and figure that differs. Blank cells say nothing.
pub(super) fn find(
    scenario: &Scenario,
    file: &PlanFile,
    examined: &Examined,
    findings: &mut Findings,
) {
    let mut comparer = Comparer {
        sources: &file.sources,
        findings,
    };
    let lines = expected::visits(scenario, examined);
    for row in &file.visits.rows {
        // A row that names something unknown has its violation.
        if let Some(expected) = lines.get(&u64::from(row.origin.line)) {
            comparer.cells(&file.visits, row, expected);
        }
    }
    for table in &file.beside {
        let (key, rows): (&[&str], _) = match table.declared.file {
            name if name == plan::CREW_DAYS.file => (
                &["date", "team", "crew"],
                expected::crew_days(scenario, examined),
            ),
            name if name == plan::PURCHASES.file => {
                (&["product"], expected::purchases(scenario, examined))
            }
            name if name == plan::COVERED.file => (
                &["rule", "site", "from"],
                expected::coverage(scenario, examined),
            ),
            _ => (&["line"], expected::budget(scenario, examined)),
        };
        comparer.table(table, key, &rows);
    }
    if let Some(summary) = &file.summary {
        for (path, expected) in expected::summary(scenario, examined) {
            comparer.summary(summary, &path, &expected);
        }
    }
}

/// What a cell means, whichever way it is written.
#[derive(Debug, PartialEq, Eq)]
enum Meaning {
    Day(Day),
    Number(Exact),
    Words(BTreeSet<String>),
    Text(String),
}

fn meaning(column: &Column, text: &str) -> Meaning {
    let known = match column.value {
        Value::Date => value::date(text).ok().map(Meaning::Day),
        Value::Number(_) | Value::Whole(_) => value::number(text).ok().map(Meaning::Number),
        Value::List => Some(Meaning::Words(list(text).into_iter().collect())),
        _ => None,
    };
    known.unwrap_or_else(|| Meaning::Text(normal(text)))
}

/// Whether two cells of a column mean the same.
fn same(column: &Column, says: &str, should: &str) -> bool {
    says == should || meaning(column, says) == meaning(column, should)
}

/// A key cell as the expected rows write it.
fn key_form(column: &Column, text: &str) -> String {
    let plain = match column.value {
        Value::Date => value::date(text).ok().map(|day| day.to_string()),
        Value::Whole(_) => {
            let whole = value::number(text).ok().and_then(|number| number.to_i64());
            whole.map(|whole| whole.to_string())
        }
        _ => None,
    };
    plain.unwrap_or_else(|| normal(text))
}

fn column(declared: &'static Declared, name: &str) -> &'static Column {
    &declared.columns[declared.position(name)]
}

struct Comparer<'a> {
    sources: &'a Sources,
    findings: &'a mut Findings,
}

impl Comparer<'_> {
    fn cells(&mut self, table: &Table, row: &Row, expected: &Expected) {
        for (name, should) in &expected.cells {
            if let Some(cell) = table.cell(row, name)
                && !same(column(table.declared, name), &cell.text, should)
            {
                self.differs(cell, should);
            }
        }
    }

    fn differs(&mut self, cell: &Cell, should: &str) {
        let (says, should) = (shown(&cell.text), shown(should));
        let message = if should.is_empty() {
            say!(
                "填的是 `{says}`，按各表应为空",
                "says `{says}`, by the tables it is blank"
            )
        } else {
            say!(
                "填的是 `{says}`，按各表应为 `{should}`",
                "says `{says}`, by the tables it is `{should}`"
            )
        };
        let place = self.sources.place(cell.origin);
        let finding = Finding::new(Code::PlanFigureDiffers, place, message);
        self.findings.add(finding);
    }

    /// Compares a table row by row, whatever the order of the rows.
    fn table(&mut self, table: &Table, key: &[&str], rows: &[Expected]) {
        let declared = table.declared;
        let columns: Vec<&Column> = key.iter().map(|name| column(declared, name)).collect();
        let mut missing: HashMap<Vec<String>, usize> = (rows.iter().enumerate())
            .map(|(at, row)| (row.key.clone(), at))
            .collect();
        for row in &table.rows {
            let cells = columns.iter().map(|column| {
                let cell = table.cell(row, column.en);
                cell.map_or(String::new(), |cell| key_form(column, &cell.text))
            });
            let cells: Vec<String> = cells.collect();
            let shown = cells.join(" ");
            if let Some(at) = missing.remove(&cells) {
                self.cells(table, row, &rows[at]);
                continue;
            }
            let place = self.sources.place(row.origin);
            let message = say!(
                "按各表没有 `{shown}` 这一行",
                "by the tables there is no row `{shown}`"
            );
            let finding = Finding::new(Code::PlanRowSurplus, place, message);
            self.findings.add(finding);
        }
        let mut missing: Vec<usize> = missing.into_values().collect();
        missing.sort_unstable();
        for at in missing {
            let shown = rows[at].key.join(" ");
            let message = say!("缺少 `{shown}` 这一行", "row `{shown}` is missing");
            let place = Place::file(declared.file);
            let finding = Finding::new(Code::PlanRowMissing, place, message);
            self.findings.add(finding);
        }
    }

    fn summary(&mut self, summary: &serde_json::Value, path: &str, should: &str) {
        let says = match summary.pointer(path) {
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(serde_json::Value::Number(number)) => number.to_string(),
            _ => return,
        };
        let same = match (Exact::parse(&says), Exact::parse(should)) {
            (Some(says), Some(should)) => says == should,
            _ => says == should,
        };
        if !same {
            let key = path.trim_start_matches('/').replace('/', ".");
            let (says, should) = (shown(&says), shown(should));
            let place = Place {
                header: Some(key),
                ..Place::file("summary.json")
            };
            let message = say!(
                "写的是 `{says}`，按各表应为 `{should}`",
                "says `{says}`, by the tables it is `{should}`"
            );
            let finding = Finding::new(Code::PlanFigureDiffers, place, message);
            self.findings.add(finding);
        }
    }
}
