//! What the files of a plan should say, by the checker's own account.

use super::Examined;
use super::coverage::{ByPlace, Demand};
use super::crew_days::same_crew_day;
use super::limits::money;
use super::visits::Visit;
use crate::domain::{Hours, Money, ProductIx, Quantity, Scenario};
use std::collections::BTreeMap;

/// A row that a file should hold.
pub(super) struct Expected {
    /// Cells by which the row is found.
    pub(super) key: Vec<String>,
    /// The other cells, with their columns.
    pub(super) cells: Vec<(&'static str, String)>,
}

/// A sum of millionths; a sum too great is the greatest.
fn sum(visits: &[&Visit], figure: fn(&Visit) -> i64) -> i64 {
    let sum: i128 = visits.iter().map(|visit| i128::from(figure(visit))).sum();
    i64::try_from(sum).unwrap_or(i64::MAX)
}

/// The further columns of visits.csv, by line. A row that names a site with parts stands for all their visits.
pub(super) fn visits(scenario: &Scenario, examined: &Examined) -> BTreeMap<u64, Expected> {
    let mut rules: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    let by_place = ByPlace::new(&examined.places, &examined.visits);
    for rule in &scenario.rules {
        let demand = Demand::new(scenario, &examined.places, rule);
        for &place in &demand.chosen {
            for line in by_place
                .counted(&demand, place)
                .filter_map(|visit| visit.line)
            {
                let ids = rules.entry(line).or_default();
                if ids.last() != Some(&rule.id) {
                    ids.push(rule.id.clone());
                }
            }
        }
    }
    let mut by_line: BTreeMap<u64, Vec<&Visit>> = BTreeMap::new();
    for visit in &examined.visits.season {
        if let Some(line) = visit.line {
            by_line.entry(line).or_default().push(visit);
        }
    }
    by_line
        .into_iter()
        .map(|(line, visits)| {
            let product = visits[0].product.map(|ix| scenario[ix].id.clone());
            let quantity = sum(&visits, |visit| visit.figures.quantity.micro());
            let hours = sum(&visits, |visit| visit.hours.micro());
            let piece = sum(&visits, |visit| visit.figures.piece.micro());
            let mut rules = rules.remove(&line).unwrap_or_default();
            rules.sort_unstable();
            let cells = vec![
                ("product", product.unwrap_or_default()),
                ("quantity", Quantity::from_micro(quantity).to_string()),
                ("hours", Hours::from_micro(hours).to_string()),
                ("piece_cost", Money::from_micro(piece).to_string()),
                ("rules", rules.join(";")),
            ];
            (
                line,
                Expected {
                    key: Vec::new(),
                    cells,
                },
            )
        })
        .collect()
}

/// `crew_days.csv`.
pub(super) fn crew_days(scenario: &Scenario, examined: &Examined) -> Vec<Expected> {
    (examined.visits.season.chunk_by(same_crew_day))
        .map(|visits| {
            let team = &scenario[visits[0].team];
            let visits: Vec<&Visit> = visits.iter().collect();
            let hours = sum(&visits, |visit| visit.hours.micro());
            let pieces = sum(&visits, |visit| visit.figures.piece.micro());
            let cost = pieces.saturating_add(team.cost_per_day.micro());
            Expected {
                key: vec![
                    visits[0].date.to_string(),
                    team.id.clone(),
                    visits[0].crew.to_string(),
                ],
                cells: vec![
                    ("visits", visits.len().to_string()),
                    ("hours", Hours::from_micro(hours).to_string()),
                    ("cost", Money::from_micro(cost).to_string()),
                ],
            }
        })
        .collect()
}

/// purchases.csv.
pub(super) fn purchases(scenario: &Scenario, examined: &Examined) -> Vec<Expected> {
    let ledger = &examined.ledger;
    let quantity =
        |micro: i128| Quantity::from_micro(i64::try_from(micro).unwrap_or(i64::MAX)).to_string();
    (scenario.products.iter().enumerate())
        .map(|(ix, product)| {
            let packs = ledger.packs(ProductIx(ix));
            let bought = packs * i128::from(product.pack_size.micro());
            Expected {
                key: vec![product.id.clone()],
                cells: vec![
                    ("used", quantity(ledger.used(ProductIx(ix)))),
                    ("stock", product.stock.to_string()),
                    ("packs", packs.to_string()),
                    ("quantity_bought", quantity(bought)),
                    ("cost", money(ledger.purchase(ProductIx(ix))).to_string()),
                ],
            }
        })
        .collect()
}

/// coverage.csv of the plan: a row for each rule, chosen site and period.
pub(super) fn coverage(scenario: &Scenario, examined: &Examined) -> Vec<Expected> {
    let by_place = ByPlace::new(&examined.places, &examined.visits);
    let mut rows = Vec::new();
    for rule in &scenario.rules {
        let demand = Demand::new(scenario, &examined.places, rule);
        for &place in &demand.chosen {
            let missed = demand.missed(&by_place, place);
            let site = examined.places.id(scenario, place);
            for (nth, (period, counted)) in demand.periods.iter().zip(missed.counted).enumerate() {
                let late = if nth == 0 {
                    missed.late.to_string()
                } else {
                    String::new()
                };
                rows.push(Expected {
                    key: vec![rule.id.clone(), site.clone(), period.from.to_string()],
                    cells: vec![
                        ("to", period.to.to_string()),
                        ("asked", period.asked.to_string()),
                        ("planned", counted.to_string()),
                        ("missed", period.asked.saturating_sub(counted).to_string()),
                        ("late", late),
                    ],
                });
            }
        }
    }
    rows
}

/// budget.csv of the plan.
pub(super) fn budget(scenario: &Scenario, examined: &Examined) -> Vec<Expected> {
    (scenario.budget.iter().zip(&examined.spent))
        .map(|(line, &spent)| Expected {
            key: vec![line.id.clone()],
            cells: vec![
                ("amount", line.amount.to_string()),
                ("spent", spent.to_string()),
                ("left", (line.amount - spent).to_string()),
            ],
        })
        .collect()
}

/// What summary.json should say, by the path of its keys; bounds, gap and seconds cannot be known here.
pub(super) fn summary(scenario: &Scenario, examined: &Examined) -> Vec<(String, String)> {
    let judgement = &examined.judgement;
    let status = if judgement.is_complete() {
        "complete"
    } else {
        "short"
    };
    let mut says: Vec<(String, String)> = [
        ("/scenario", scenario.name.clone()),
        ("/status", status.to_owned()),
        ("/visits", judgement.visits.to_string()),
        ("/done", judgement.done.to_string()),
        ("/crew_days", judgement.crew_days.to_string()),
        ("/cost/total", judgement.total().to_string()),
        ("/cost/labour", judgement.labour.to_string()),
        ("/cost/products", judgement.products.to_string()),
    ]
    .map(|(path, value)| (path.to_owned(), value))
    .to_vec();
    says.extend(judgement.shortfall.iter().map(|(tier, shortfall)| {
        // Rounded to a millionth already, so this is the number itself unless it is beyond all measure.
        let micro = shortfall.round_half_up(6).unwrap_or(i64::MAX);
        let plain = Quantity::from_micro(micro).to_string();
        (format!("/shortfall/{tier}"), plain)
    }));
    says
}
