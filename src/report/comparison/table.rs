//! comparison.csv: every row of a comparison, the scenarios side by side.
//!
//! It is made to be opened in a spreadsheet: with a byte order mark, because Excel takes UTF-8 for the system's own
//! encoding without one, and with the words of both languages, so that its bytes do not depend on `--lang`. Numbers are
//! plain: no grouping, shares as fractions. No text is taken for a formula.

use super::currency;
use crate::compare::{Change, Comparison, Row, Section, Value};
use crate::lang::{Lang, Text};
use crate::report::OutputFile;
use crate::report::layout::fraction;
use crate::spreadsheet::guarded;

/// Comparison.csv of these scenarios.
pub fn table(comparison: &Comparison) -> OutputFile {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let full = "a table in memory takes every row";
    let fixed = [
        "section", "id", "表", "项目", "内容", "table", "item", "figure", "unit",
    ];
    let mut header: Vec<String> = fixed.map(str::to_owned).to_vec();
    for (at, scenario) in comparison.scenarios.iter().enumerate() {
        let name = &scenario.name;
        header.push(name.clone());
        if at > 0 {
            header.push(format!("{name} change"));
            header.push(format!("{name} change share"));
        }
    }
    header.push("best".to_owned());
    let header = header.iter().map(|cell| guarded(cell).into_owned());
    writer.write_record(header).expect(full);
    let money = currency(comparison).map_or(String::new(), |currency| currency.en);
    for (kind, sections) in [("input", &comparison.inputs), ("plan", &comparison.figures)] {
        for section in sections {
            for row in &section.rows {
                let line = line(comparison, kind, section, row, &money);
                let cells = line.iter().map(|cell| guarded(cell).into_owned());
                writer.write_record(cells).expect(full);
            }
        }
    }
    OutputFile {
        name: "comparison.csv".to_owned(),
        bytes: writer.into_inner().expect(full),
    }
}

fn line(
    comparison: &Comparison,
    kind: &str,
    section: &Section,
    row: &Row,
    money: &str,
) -> Vec<String> {
    let aspect = row.aspect.clone().unwrap_or_else(|| Text::new("", ""));
    let mut line = vec![
        format!("{kind}/{}", section.id),
        row.id.clone(),
        section.title.zh.clone(),
        row.item.zh.clone(),
        aspect.zh,
        section.title.en.clone(),
        row.item.en.clone(),
        aspect.en,
        unit(row, money).to_owned(),
    ];
    for (at, cell) in row.cells.iter().enumerate() {
        line.push(cell.value.as_ref().map_or(String::new(), plain));
        if at == 0 {
            continue;
        }
        let (change, relative) = match &cell.change {
            None => (String::new(), String::new()),
            Some(Change::By {
                difference,
                relative,
            }) => (plain(difference), relative.map_or(String::new(), fraction)),
            Some(Change::Replaced) => ("changed".to_owned(), String::new()),
            Some(Change::Added) => ("added".to_owned(), String::new()),
            Some(Change::Dropped) => ("dropped".to_owned(), String::new()),
        };
        line.extend([change, relative]);
    }
    let best = comparison.scenarios.iter().zip(&row.cells);
    let best = best
        .filter(|(_, cell)| cell.best)
        .map(|(scenario, _)| scenario.name.as_str());
    line.push(best.collect::<Vec<_>>().join(";"));
    line
}

fn unit<'a>(row: &Row, money: &'a str) -> &'a str {
    match row.cells.iter().find_map(|cell| cell.value.as_ref()) {
        Some(Value::Money(_)) => money,
        Some(Value::Share(_) | Value::Gap(_)) => "share",
        _ => "",
    }
}

/// A value for programs and spreadsheets.
fn plain(value: &Value) -> String {
    match value {
        Value::Count(number) => number.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Quantity(quantity) => quantity.to_string(),
        Value::Rounds(rounds) => rounds.to_string(),
        Value::Share(share) | Value::Gap(share) => fraction(*share),
        Value::Text(text) => text.clone(),
        Value::Row(_) => super::shown_value(value, Lang::En),
    }
}
