//! Which limits bind: where one more crew-day, pack or yuan would help.

use super::{BudgetFigures, PurchaseFigures, TeamFigures};
use crate::domain::{Money, ProductIx, Quantity, TeamIx};
use crate::season::Season;

/// How many limits are named.
const NAMED: usize = 3;

/// A limit and what is used of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Crew-days of a team.
    CrewDays {
        /// The team.
        team: TeamIx,
        /// Crew-days deployed.
        used: i64,
        /// Crew-days that the team could field.
        available: i64,
    },
    /// A product of which only so many packs can be bought.
    Product {
        /// The product.
        product: ProductIx,
        /// Units used.
        used: Quantity,
        /// Units in stock and in all packs that can be bought.
        available: Quantity,
    },
    /// A budget line.
    Budget {
        /// Position of the line in the table.
        line: usize,
        /// Money spent.
        spent: Money,
        /// Money that may be spent.
        amount: Money,
    },
}

/// A limit and the share of it that is used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TightLimit {
    /// The limit.
    pub limit: Limit,
    /// Used ÷ available; 1 where nothing is available and nothing used.
    pub share: f64,
}

/// The limits of which the greatest share is used, tightest first; of equals the one listed first. Limits of which
/// nothing is used are not named.
pub(super) fn tightest(
    season: &Season,
    teams: &[TeamFigures],
    purchases: &[PurchaseFigures],
    budget: &[BudgetFigures],
) -> Vec<TightLimit> {
    let budget = budget.iter().map(|line| {
        let limit = Limit::Budget {
            line: line.line,
            spent: line.spent,
            amount: line.amount,
        };
        tight(limit, line.spent.to_f64(), line.amount.to_f64())
    });
    // A team that could not work on any day is no tight limit but an absent one.
    let teams = teams.iter().filter(|team| team.available > 0).map(|team| {
        let limit = Limit::CrewDays {
            team: team.team,
            used: team.crew_days,
            available: team.available,
        };
        tight(limit, team.crew_days as f64, team.available as f64)
    });
    let products = purchases.iter().filter_map(|row| {
        let product = &season.scenario[row.product];
        let available = product.stock + product.pack_size * product.max_packs?;
        let limit = Limit::Product {
            product: row.product,
            used: row.used,
            available,
        };
        Some(tight(limit, row.used.to_f64(), available.to_f64()))
    });
    let mut limits: Vec<TightLimit> = budget.chain(teams).chain(products).collect();
    limits.retain(|limit| limit.share > 0.0);
    limits.sort_by(|a, b| b.share.total_cmp(&a.share));
    limits.truncate(NAMED);
    limits
}

fn tight(limit: Limit, used: f64, available: f64) -> TightLimit {
    let share = if available > 0.0 {
        used / available
    } else {
        1.0
    };
    TightLimit { limit, share }
}
