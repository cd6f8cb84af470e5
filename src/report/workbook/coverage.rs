//! 覆盖情况: rounds asked and planned, by rule, site and period.

use super::View;
use super::cells::Cell;
use super::listing::{Column, DEMAND, Listing, demand_cells};
use rust_xlsxwriter::Worksheet;

const COLUMNS: [Column; 4] = [
    (("应做轮次", "Asked"), 8.0),
    (("完成和安排", "Planned"), 12.0),
    (("缺轮次", "Missed"), 8.0),
    (("过迟轮次", "Late"), 8.0),
];

pub(super) fn sheet(view: &View) -> Worksheet {
    let rows = view.measures.coverage.iter().map(|row| {
        let mut cells = demand_cells(view, row.rule, row.part, (row.from, row.to));
        cells.extend([
            Cell::Number(f64::from(row.asked)),
            Cell::Number(f64::from(row.planned)),
            Cell::Number(f64::from(row.missed)),
            row.late
                .map_or(Cell::Blank, |late| Cell::Number(f64::from(late))),
        ]);
        cells
    });
    let listing = Listing {
        name: view.pick("覆盖情况", "Coverage"),
        intro: Vec::new(),
        columns: &[&DEMAND[..], &COLUMNS].concat(),
        alarms: &[10, 11],
        whole: "coverage.csv",
    };
    listing.sheet(view, rows).0
}
