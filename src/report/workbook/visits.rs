//! 作业计划: every new visit on a row, to be filtered.

use super::View;
use super::cells::Cell;
use super::listing::{Column, Listing};
use rust_xlsxwriter::Worksheet;

const COLUMNS: [Column; 18] = [
    (("日期", "Date"), 11.0),
    (("星期", "Weekday"), 9.0),
    (("队伍", "Team"), 22.0),
    (("班组", "Crew"), 6.0),
    (("地点编号", "Site id"), 11.0),
    (("地点", "Site"), 24.0),
    (("片区", "Zone"), 14.0),
    (("地址或坐标", "Address or coordinates"), 22.0),
    (("措施", "Treatment"), 22.0),
    (("防治对象", "Pests"), 10.0),
    (("药品", "Product"), 24.0),
    (("用量", "Quantity"), 10.0),
    (("单位", "Unit"), 6.0),
    (("工时", "Hours"), 9.0),
    (("计件费¤", "Piece money¤"), 12.0),
    (("计入规则", "Counts for"), 30.0),
    (("队伍编号", "Team id"), 12.0),
    (("当天次序", "Order of the day"), 9.0),
];

pub(super) fn sheet(view: &View) -> Worksheet {
    let (season, scenario) = (view.season, view.season.scenario);
    let rows = view.measures.visits.iter().map(|row| {
        let visit = &row.visit;
        let part = &season.parts[row.part];
        let site = &scenario[visit.site];
        let treatment = &scenario[visit.treatment];
        let rules = row.rules.iter().map(|&rule| scenario[rule].name.as_str());
        let product = row.product.map(|product| &scenario[product]);
        vec![
            Cell::Date(visit.date),
            Cell::Text(view.weekday(visit.date)),
            Cell::Text(&scenario[visit.team].name),
            Cell::Number(f64::from(visit.crew)),
            Cell::Text(&part.id),
            Cell::Made(view.site_name(part)),
            Cell::Text(site.zone.as_deref().unwrap_or_default()),
            Cell::Made(view.place(part)),
            Cell::Text(&treatment.name),
            Cell::Made(treatment.pests.join(view.pick("、", ", "))),
            product.map_or(Cell::Blank, |product| Cell::Text(&product.name)),
            product.map_or(Cell::Blank, |_| Cell::Number(row.quantity.to_f64())),
            product.map_or(Cell::Blank, |product| Cell::Text(&product.unit)),
            Cell::Number(row.hours.to_f64()),
            Cell::Money(row.piece),
            Cell::Made(rules.collect::<Vec<_>>().join(view.pick("；", "; "))),
            Cell::Text(&scenario[visit.team].id),
            Cell::Number(row.seq as f64),
        ]
    });
    let listing = Listing {
        name: view.pick("作业计划", "Visits"),
        intro: Vec::new(),
        columns: &COLUMNS,
        alarms: &[],
        whole: "visits.csv",
    };
    listing.sheet(view, rows).0
}
