//! frontier.csv: a row for each amount of money.
//!
//! It is made to be opened in a spreadsheet as well, with a byte order mark like comparison.csv: kinds of sites are
//! words of the office. The columns of tiers and kinds follow the fixed ones.

use crate::measures::{FrontierFigures, PointFigures};
use crate::report::OutputFile;
use crate::report::layout::fraction;

/// Columns that every frontier has.
const FIXED: [&str; 8] = [
    "budget", "cost", "labour", "products", "visits", "status", "mark", "covered",
];

/// Frontier.csv of these figures.
pub fn table(figures: &FrontierFigures) -> OutputFile {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let full = "a table in memory takes every row";
    let mut header: Vec<String> = FIXED.map(str::to_owned).to_vec();
    for tier in figures.tiers() {
        let columns = ["shortfall", "bound", "covered"];
        header.extend(columns.map(|column| format!("{column}:{tier}")));
    }
    for kind in &figures.kinds {
        let columns = ["rounds", "asked"];
        header.extend(columns.map(|column| format!("{column}:{}", kind.kind)));
    }
    writer.write_record(&header).expect(full);
    for (at, point) in figures.points.iter().enumerate() {
        writer.write_record(row(figures, at, point)).expect(full);
    }
    OutputFile {
        name: "frontier.csv".to_owned(),
        bytes: writer.into_inner().expect(full),
    }
}

fn row(figures: &FrontierFigures, at: usize, point: &PointFigures) -> Vec<String> {
    let status = if point.is_proven() {
        "proven"
    } else {
        "bracket"
    };
    let mut marks = Vec::new();
    if figures.knee == Some(at) {
        marks.push("knee");
    }
    if figures.enough.point == Some(at) {
        marks.push(if figures.enough.complete {
            "complete"
        } else {
            "best"
        });
    }
    let mut row = vec![
        point.budget.to_string(),
        point.cost.total().to_string(),
        point.cost.labour.to_string(),
        point.cost.products.to_string(),
        point.visits.to_string(),
        status.to_owned(),
        marks.join(";"),
        fraction(point.covered),
    ];
    for tier in &point.tiers {
        row.extend([
            tier.shortfall.to_string(),
            tier.bound.to_string(),
            fraction(tier.covered),
        ]);
    }
    for (kept, kind) in point.kept.iter().zip(&figures.kinds) {
        row.extend([kept.to_string(), kind.asked.to_string()]);
    }
    row
}
