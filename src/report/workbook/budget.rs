//! 预算执行: what each budget line may spend, spends and has left.

use super::View;
use super::cells::{Cell, FITS};
use super::listing::{Column, Listing};
use crate::domain::{BudgetLine, BudgetScope};
use rust_xlsxwriter::{ConditionalFormatDataBar, Worksheet};

const COLUMNS: [Column; 8] = [
    (("预算项", "Line"), 18.0),
    (("范围", "Scope"), 40.0),
    (("起", "From"), 11.0),
    (("止", "To"), 11.0),
    (("预算金额¤", "Amount¤"), 16.0),
    (("支出¤", "Spent¤"), 16.0),
    (("剩余¤", "Left¤"), 16.0),
    (("执行率", "Share spent"), 14.0),
];

pub(super) fn sheet(view: &View) -> Worksheet {
    let scenario = view.season.scenario;
    let rows = view.measures.budget.iter().map(|row| {
        let line = &scenario.budget[row.line];
        vec![
            Cell::Text(&line.id),
            Cell::Wrapped(scopes(view, line)),
            line.from.map_or(Cell::Blank, Cell::Date),
            line.to.map_or(Cell::Blank, Cell::Date),
            Cell::Money(row.amount),
            Cell::Money(row.spent),
            Cell::Money(row.left),
            row.share().map_or(Cell::Blank, Cell::Share),
        ]
    });
    let mut intro = Vec::new();
    if scenario.budget.is_empty() {
        let none = view.pick(
            "方案没有填写预算，经费没有上限。",
            "The scenario has no budget: money is not limited.",
        );
        intro.push(none.to_owned());
    }
    let listing = Listing {
        name: view.pick("预算执行", "Budget"),
        intro,
        columns: &COLUMNS,
        alarms: &[],
        whole: "budget.csv",
    };
    let (mut sheet, next) = listing.sheet(view, rows);
    if !scenario.budget.is_empty() {
        let bar = ConditionalFormatDataBar::new()
            .set_minimum(rust_xlsxwriter::ConditionalFormatType::Number, 0)
            .set_maximum(rust_xlsxwriter::ConditionalFormatType::Number, 1);
        sheet
            .add_conditional_format(1, 7, next - 1, 7, &bar)
            .expect(FITS);
    }
    sheet
}

/// What a line limits, in words.
fn scopes(view: &View, line: &BudgetLine) -> String {
    let scenario = view.season.scenario;
    let words = line.scopes.iter().map(|scope| match scope {
        BudgetScope::Total => view.pick("合计", "total").to_owned(),
        BudgetScope::Labour => view.pick("人工", "labour").to_owned(),
        BudgetScope::Products => view.pick("药品", "products").to_owned(),
        BudgetScope::Contractor(id) => view
            .lang
            .say(format!("承包方 {id}"), format!("contractor {id}")),
        BudgetScope::Team(team) => {
            let name = &scenario[*team].name;
            view.lang
                .say(format!("队伍 {name}"), format!("team {name}"))
        }
        BudgetScope::Product(product) => {
            let name = &scenario[*product].name;
            view.lang
                .say(format!("药品 {name}"), format!("product {name}"))
        }
    });
    words.collect::<Vec<_>>().join(view.pick("；", "; "))
}
