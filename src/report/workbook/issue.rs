//! 药品领用登记表: what each team is handed out on each day, with columns to sign.

use super::View;
use super::cells::Cell;
use super::listing::{Column, Listing};
use rust_xlsxwriter::Worksheet;

const COLUMNS: [Column; 12] = [
    (("日期", "Date"), 11.0),
    (("星期", "Weekday"), 9.0),
    (("队伍", "Team"), 24.0),
    (("药品", "Product"), 26.0),
    (("作业次数", "Visits"), 9.0),
    (("计划用量", "Planned"), 10.0),
    (("单位", "Unit"), 6.0),
    (("实领数量", "Issued"), 10.0),
    (("领用人签字", "Received by"), 13.0),
    (("发放人签字", "Issued by"), 13.0),
    (("退回数量", "Returned"), 10.0),
    (("退回签收", "Return signed"), 13.0),
];

pub(super) fn sheet(view: &View) -> Worksheet {
    let scenario = view.season.scenario;
    let rows = view.measures.issues.iter().map(|row| {
        let product = &scenario[row.product];
        vec![
            Cell::Date(row.date),
            Cell::Text(view.weekday(row.date)),
            Cell::Text(&scenario[row.team].name),
            Cell::Text(&product.name),
            Cell::Number(row.visits as f64),
            Cell::Number(row.quantity.to_f64()),
            Cell::Text(&product.unit),
            Cell::FillIn,
            Cell::FillIn,
            Cell::FillIn,
            Cell::FillIn,
            Cell::FillIn,
        ]
    });
    let listing = Listing {
        name: view.pick("药品领用登记表", "Product issue"),
        intro: Vec::new(),
        columns: &COLUMNS,
        alarms: &[],
        whole: "visits.csv",
    };
    listing.sheet(view, rows).0
}
