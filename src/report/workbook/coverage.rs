//! 覆盖情况: rounds asked and planned, by rule, site and period.

use super::View;
use super::cells::Cell;
use super::listing::{Column, Listing};
use rust_xlsxwriter::Worksheet;

const COLUMNS: [Column; 12] = [
    (("规则编号", "Rule id"), 14.0),
    (("规则", "Rule"), 30.0),
    (("级别", "Tier"), 6.0),
    (("地点编号", "Site id"), 11.0),
    (("地点", "Site"), 26.0),
    (("片区", "Zone"), 14.0),
    (("周期起", "From"), 11.0),
    (("周期止", "To"), 11.0),
    (("应做轮次", "Asked"), 8.0),
    (("完成和安排", "Planned"), 8.0),
    (("缺轮次", "Missed"), 8.0),
    (("过迟轮次", "Late"), 8.0),
];

pub(super) fn sheet(view: &View) -> Worksheet {
    let (season, scenario) = (view.season, view.season.scenario);
    let rows = view.measures.coverage.iter().map(|row| {
        let rule = &scenario[row.rule];
        let part = &season.parts[row.part];
        let site = &scenario[part.site];
        vec![
            Cell::Text(&rule.id),
            Cell::Text(&rule.name),
            Cell::Number(f64::from(rule.tier)),
            Cell::Text(&part.id),
            Cell::Made(view.site_name(part)),
            Cell::Text(site.zone.as_deref().unwrap_or_default()),
            Cell::Date(season.date(row.from)),
            Cell::Date(season.date(row.to)),
            Cell::Number(f64::from(row.asked)),
            Cell::Number(f64::from(row.planned)),
            Cell::Number(f64::from(row.missed)),
            row.late
                .map_or(Cell::Blank, |late| Cell::Number(f64::from(late))),
        ]
    });
    let listing = Listing {
        name: view.pick("覆盖情况", "Coverage"),
        intro: Vec::new(),
        columns: &COLUMNS,
        alarms: &[10, 11],
        whole: "coverage.csv",
    };
    listing.sheet(view, rows).0
}
