//! What may be used: crew-days, packs, budget lines; each relaxed to what done visits and signed contracts use alone.

use super::{DayIx, Period, Season};
use crate::domain::{BudgetScope, Hours, Money, ProductIx, Quantity, TeamIx};
use std::collections::BTreeSet;

/// Hours by which a crew-day may be exceeded: the rounding of visits, not overtime.
pub const CREW_DAY_TOLERANCE: Hours = Hours::from_micro(100);
/// Money by which a budget line may be exceeded.
pub const BUDGET_TOLERANCE: Money = Money::from_micro(5_000);
/// Product units that never make another pack.
pub const PACK_TOLERANCE: Quantity = Quantity::from_micro(1);

/// A budget line, worked out.
#[derive(Debug, Clone)]
pub struct BudgetLimit {
    /// Teams whose labour money counts, by [`TeamIx`].
    pub teams: Vec<bool>,
    /// Products whose packs count, by [`ProductIx`].
    pub products: Vec<bool>,
    /// For a dated line, the days whose crew-days and piece money count.
    pub dates: Option<(DayIx, DayIx)>,
    /// What may be spent; at least what done visits and signed contracts spend alone.
    pub amount: Money,
}

/// What may be used, and what is used already.
#[derive(Debug, Clone, Default)]
pub struct Limits {
    /// Periods of every rule, by rule.
    pub periods: Vec<Vec<Period>>,
    /// Crew-days of done visits in the horizon, by team.
    pub done_days: Vec<i64>,
    /// Whether done visits in the horizon use the team, by team.
    pub done_used: Vec<bool>,
    /// Piece money of done visits in the horizon, by team.
    pub done_piece: Vec<Money>,
    /// Product used by done visits in the horizon, by product.
    pub done_quantity: Vec<Quantity>,
    /// Crew-days that new visits may add, by team; `None` = no limit beyond crews and open days.
    pub new_days: Vec<Option<i64>>,
    /// Packs that can be bought in all, by product.
    pub packs: Vec<Option<i64>>,
    /// Budget lines, in input order.
    pub budget: Vec<BudgetLimit>,
}

/// Labour money of a team that is deployed on so many crew-days.
pub fn team_money(
    season: &Season,
    team: TeamIx,
    crew_days: i64,
    used: bool,
    piece: Money,
) -> Money {
    let row = &season.scenario[team];
    if used || row.committed {
        row.mobilisation + row.cost_per_day * crew_days.max(row.min_days) + piece
    } else {
        piece
    }
}

/// Packs to buy of a product when so much of it is used.
pub fn packs_needed(season: &Season, product: ProductIx, used: Quantity) -> i64 {
    let row = &season.scenario[product];
    let beyond = (used - row.stock).micro().max(0) - PACK_TOLERANCE.micro();
    let size = row.pack_size.micro().max(1);
    if beyond <= 0 {
        0
    } else {
        (beyond + size - 1) / size
    }
}

/// What a budget line has spent, given each team's labour and each product's money.
///
/// `labour` gives a team's labour money that counts for the line's dates.
pub fn line_spent(
    line: &BudgetLimit,
    labour: impl Fn(TeamIx) -> Money,
    product: impl Fn(ProductIx) -> Money,
) -> Money {
    let teams = (0..line.teams.len()).filter(|&at| line.teams[at]);
    let products = (0..line.products.len()).filter(|&at| line.products[at]);
    teams.map(|at| labour(TeamIx(at))).sum::<Money>()
        + products.map(|at| product(ProductIx(at))).sum::<Money>()
}

/// Works the limits out.
pub(super) fn limits(season: &Season) -> Limits {
    let scenario = season.scenario;
    let teams = scenario.teams.len();
    let mut limits = Limits {
        periods: season.limits.periods.clone(),
        done_used: vec![false; teams],
        done_piece: vec![Money::ZERO; teams],
        done_quantity: vec![Quantity::ZERO; scenario.products.len()],
        ..Limits::default()
    };
    let mut days: Vec<BTreeSet<(DayIx, u32)>> = vec![BTreeSet::new(); teams];
    for done in season.done.iter().filter(|done| done.day >= 0) {
        let team = done.team.0;
        limits.done_used[team] = true;
        limits.done_piece[team] += done.piece;
        days[team].insert((done.day, done.crew));
        if let Some((product, quantity)) = done.used {
            limits.done_quantity[product.0] += quantity;
        }
    }
    limits.done_days = days.iter().map(|set| set.len() as i64).collect();
    limits.new_days = scenario
        .teams
        .iter()
        .zip(&limits.done_days)
        .map(|(team, done)| team.max_days.map(|most| (most - done).max(0)))
        .collect();
    let done_packs: Vec<i64> = (0..scenario.products.len())
        .map(|at| packs_needed(season, ProductIx(at), limits.done_quantity[at]))
        .collect();
    limits.packs = scenario
        .products
        .iter()
        .zip(&done_packs)
        .map(|(product, &done)| product.max_packs.map(|most| most.max(done)))
        .collect();
    for line in &scenario.budget {
        let mut limit = BudgetLimit {
            teams: vec![false; teams],
            products: vec![false; scenario.products.len()],
            dates: (line.from.is_some() || line.to.is_some()).then(|| {
                (
                    line.from.map_or(0, |day| season.day(day)),
                    line.to.map_or(season.days - 1, |day| season.day(day)),
                )
            }),
            amount: line.amount,
        };
        for scope in &line.scopes {
            match scope {
                BudgetScope::Total => {
                    limit.teams.fill(true);
                    limit.products.fill(true);
                }
                BudgetScope::Labour => limit.teams.fill(true),
                BudgetScope::Products => limit.products.fill(true),
                BudgetScope::Team(team) => limit.teams[team.0] = true,
                BudgetScope::Product(product) => limit.products[product.0] = true,
                BudgetScope::Contractor(id) => {
                    for (at, team) in scenario.teams.iter().enumerate() {
                        limit.teams[at] |= team.contractor == *id;
                    }
                }
            }
        }
        let alone = line_spent(
            &limit,
            |team| match limit.dates {
                None => team_money(
                    season,
                    team,
                    limits.done_days[team.0],
                    limits.done_used[team.0],
                    limits.done_piece[team.0],
                ),
                Some(dates) => season.done_labour(team, dates),
            },
            |product| scenario[product].pack_cost * done_packs[product.0],
        );
        limit.amount = limit.amount.max(alone);
        limits.budget.push(limit);
    }
    limits
}
