//! What each budget line has spent.

use super::VisitFigures;
use super::money::Use;
use crate::domain::Money;
use crate::season::{Season, limits};

/// A row of budget.csv as written: positions are those of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetFigures {
    /// Position of the line in the table.
    pub line: usize,
    /// What may be spent, as the table says.
    pub amount: Money,
    /// What is spent, done and new visits together.
    pub spent: Money,
    /// What is left; below 0 where done visits or signed contracts alone spend more.
    pub left: Money,
}

impl BudgetFigures {
    /// Spent ÷ amount; `None` where nothing may be spent.
    pub fn share(&self) -> Option<f64> {
        (self.amount > Money::ZERO).then(|| self.spent.to_f64() / self.amount.to_f64())
    }
}

/// Every budget line, in input order.
pub(super) fn lines(season: &Season, used: &Use, new: &[VisitFigures]) -> Vec<BudgetFigures> {
    let lines = season.scenario.budget.iter().zip(&season.limits.budget);
    lines
        .enumerate()
        .map(|(line, (row, limit))| {
            let spent = match limit.dates {
                None => limits::line_spent(
                    limit,
                    |team| used.labour(season, team),
                    |product| used.packs_money(season, product),
                ),
                Some((from, to)) => {
                    let labour = labour_within(season, used, new, from..=to);
                    limits::line_spent(limit, |team| labour[team.0], |_| Money::ZERO)
                }
            };
            BudgetFigures {
                line,
                amount: row.amount,
                spent,
                left: row.amount - spent,
            }
        })
        .collect()
}

/// By team: day rates of the crew-days and piece money of the visits on these days.
fn labour_within(
    season: &Season,
    used: &Use,
    new: &[VisitFigures],
    days: std::ops::RangeInclusive<i32>,
) -> Vec<Money> {
    let mut labour = vec![Money::ZERO; season.scenario.teams.len()];
    for (team, day, _) in &used.crew_days {
        if days.contains(day) {
            labour[team.0] += season.scenario[*team].cost_per_day;
        }
    }
    for done in season.done.iter().filter(|done| done.day >= 0) {
        if days.contains(&done.day) {
            labour[done.team.0] += done.piece;
        }
    }
    for row in new {
        if days.contains(&season.day(row.visit.date)) {
            labour[row.visit.team.0] += row.piece;
        }
    }
    labour
}
