//! How much of a limit any plan needs at least that misses no more than given: a proof that less is not enough.
//!
//! The allocation is a relaxation (see [`super::allocate`]): every valid plan maps onto a solution with the same missed
//! rounds, money, crew-days and packs. So the least use of a limit over its solutions that miss no more than given by
//! rule is at most what any such plan uses; and where there is no solution, there is no such plan.

use super::allocate::{Allocation, Grain};
use super::relax::{allows_none, cap_limit};
use super::solver::{Objective, Session, Unsolved};
use crate::domain::{ProductIx, RuleIx, Shortfall, TeamIx};
use crate::season::Season;
use std::collections::BTreeMap;

/// Something that tables limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// Money of a budget line, by position in the table.
    Budget(usize),
    /// Crew-days of a team, done and new.
    CrewDays(TeamIx),
    /// Packs of a product.
    Packs(ProductIx),
    /// All money.
    Cost,
}

/// What is proven of plans that miss no more than given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Least {
    /// Each uses at least so much.
    AtLeast(f64),
    /// There is none.
    Impossible,
    /// Nothing.
    Unknown,
}

/// The least that any valid plan uses of a limit (which holds all the same) if it misses no more than `most` of each
/// rule that is named there, by weight.
pub fn least_use(season: &Season, limit: Limit, most: &BTreeMap<RuleIx, Shortfall>) -> Least {
    let allocation = Allocation::new(season, Grain::Periods);
    let mut session = Session::new(&allocation.model);
    for (rule, &cap) in most {
        let Some(objective) = allocation.rules.get(rule) else {
            continue;
        };
        let limit = cap_limit(cap, objective);
        if limit < 0.0 {
            return Least::Impossible;
        }
        if allows_none(cap, objective) {
            for &(col, _) in &objective.terms {
                session.bound(col, 0.0, 0.0);
            }
        } else {
            session.at_most(&objective.terms, limit);
        }
    }
    session.set_objective(&used(&allocation, season, limit));
    match session.solve() {
        // HiGHS keeps rows within 1e-7 and is off by that much for each of many columns.
        Ok(optimum) => Least::AtLeast(optimum.objective - 1e-4 - 2e-9 * optimum.objective.abs()),
        // A solver that says so is not believed without a second proof.
        Err(Unsolved::NoSolution) if must_miss_more(&allocation, most) => Least::Impossible,
        Err(_) => Least::Unknown,
    }
}

/// Whether the rules together must miss more than they may: the least sum of what they miss says so.
fn must_miss_more(allocation: &Allocation, most: &BTreeMap<RuleIx, Shortfall>) -> bool {
    let mut sum = Objective::default();
    let mut may = 0.0;
    for (rule, cap) in most {
        if let Some(objective) = allocation.rules.get(rule) {
            sum.constant += objective.constant;
            sum.terms.extend(&objective.terms);
            may += cap.to_f64();
        }
    }
    let mut session = Session::new(&allocation.model);
    session.set_objective(&sum);
    let least = session.solve();
    least.is_ok_and(|least| least.objective > may + 1e-4 + 2e-9 * may)
}

/// What is used of a limit.
fn used(allocation: &Allocation, season: &Season, limit: Limit) -> Objective {
    match limit {
        Limit::Budget(line) => allocation.lines[line].spent.clone(),
        Limit::CrewDays(team) => Objective {
            constant: season.limits.done_days[team.0] as f64,
            terms: allocation
                .crew_days
                .iter()
                .filter(|days| days.team == team)
                .map(|days| (days.col, 1.0))
                .collect(),
        },
        Limit::Packs(product) => Objective {
            constant: 0.0,
            terms: vec![(allocation.packs[product.0], 1.0)],
        },
        Limit::Cost => allocation.cost.clone(),
    }
}
