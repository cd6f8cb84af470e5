//! Prices: what one unit more of a limit is worth, from the duals of the allocation, each checked by moving the limit.
//!
//! The yes-or-no decisions (which team is sent out at all) are fixed at their best values; crew-days and packs may take
//! any value then, because with those fixed as well no limit would be worth anything. Two questions are asked: how much
//! less the first tier that falls short would miss, and how much less everything would cost at that coverage.
//!
//! A dual is a rate at one point, and where several are possible any of them may come out. So each is tried: with the
//! limit moved by a step the programme is solved again, and a price that the step does not confirm is not given. Then
//! the limit is moved further, up and down, for as long as the price holds.

use super::allocate::{Allocation, Grain};
use super::least::Limit;
use super::relax::cap_limit;
use super::solver::{Col, Optimum, Row, Session};
use super::tree::{self, Limits, Whole};
use crate::domain::{ProductIx, Shortfall};
use crate::season::Season;
use crate::season::limits::BUDGET_TOLERANCE;

/// What a price is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// Rounds, by weight, that a tier misses less.
    Rounds(u32),
    /// Money that is spent less at the same coverage.
    Money,
}

/// What one unit more of a limit is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Price {
    /// The limit.
    pub limit: Limit,
    /// What it is counted in.
    pub counted: Counted,
    /// Worth of one unit more.
    pub worth: f64,
    /// By how much the limit was moved to check it.
    pub step: f64,
    /// By how much the limit may be lower with the price still holding; not above 0.
    pub down: f64,
    /// By how much it may be higher.
    pub up: f64,
}

/// How far a change may be from what the price says, relative to it.
const HOLDS: f64 = 0.02;

/// How far the worth of a step may be from the dual, relative to it, to confirm it.
const CONFIRMS: f64 = 0.1;

/// Worth of a step below which nothing is said, in rounds or in units of money.
const LEAST_ROUNDS: f64 = 1e-3;
const LEAST_MONEY: f64 = 0.5;

/// Steps up and down, each twice the last.
const DOUBLINGS: u32 = 5;

/// Prices of limits; of each the step by which it is moved to check its price.
pub fn prices(season: &Season, limits: &[(Limit, f64)], stop: &dyn Fn() -> bool) -> Vec<Price> {
    let mut allocation = Allocation::new(season, Grain::Periods);
    let levers: Vec<Lever> = limits
        .iter()
        .filter_map(|&(limit, step)| lever(&mut allocation, season, limit, step))
        .collect();
    let mut session = Session::new(&allocation.model);
    let mut found = Vec::new();
    let mut short = None;
    for (&tier, objective) in &allocation.tiers {
        session.set_objective(objective);
        let Ok(optimum) = session.solve() else {
            return found;
        };
        if short.is_none() && optimum.objective > 1e-6 {
            short = Some(tier);
            fix_choices(&allocation, &mut session, stop);
            let counted = Counted::Rounds(tier);
            price_all(
                &allocation,
                &mut session,
                &levers,
                counted,
                stop,
                &mut found,
            );
        }
        let Ok(optimum) = session.solve() else {
            return found;
        };
        let cap = Shortfall::from_micro((optimum.objective * 1e6).ceil() as i64 + 1);
        session.at_most(&objective.terms, cap_limit(cap, objective));
    }
    session.set_objective(&allocation.cost);
    if short.is_none() {
        fix_choices(&allocation, &mut session, stop);
    }
    price_all(
        &allocation,
        &mut session,
        &levers,
        Counted::Money,
        stop,
        &mut found,
    );
    found
}

/// A limit that can be moved.
struct Lever {
    limit: Limit,
    row: Row,
    /// Moves the limit by its value.
    shift: Col,
    /// What one unit of the shift adds to the row's limit.
    factor: f64,
    step: f64,
}

fn lever(allocation: &mut Allocation, season: &Season, limit: Limit, step: f64) -> Option<Lever> {
    let (row, factor) = match limit {
        Limit::Budget(line) => {
            let (spent, row) = &allocation.lines[line];
            // The row is scaled by what is left (see [`super::allocate`]).
            let amount = season.limits.budget[line].amount + BUDGET_TOLERANCE;
            let left = amount.to_f64() - spent.constant;
            (*row, 1.0 / left.abs().max(1.0))
        }
        Limit::CrewDays(team) => (*allocation.most_days.get(&team)?, 1.0),
        Limit::Packs(product) => (packs_row(allocation, season, product)?, 1.0),
        Limit::Cost => return None,
    };
    let shift = allocation.model.column(0.0, 0.0);
    allocation.model.add_to_row(row, shift, -factor);
    Some(Lever {
        limit,
        row,
        shift,
        factor,
        step,
    })
}

/// Packs are held by the bounds of their column; to be moved they need a row.
fn packs_row(allocation: &mut Allocation, season: &Season, product: ProductIx) -> Option<Row> {
    let most = season.limits.packs[product.0]? as f64;
    let packs = allocation.packs[product.0];
    allocation.model.bound(packs, 0.0, most * 2.0 + 1_000.0);
    Some(allocation.model.at_most(vec![(packs, 1.0)], most))
}

/// Fixes which teams are sent out at all, as the best solution of the session's objective has it.
fn fix_choices(allocation: &Allocation, session: &mut Session, stop: &dyn Fn() -> bool) {
    let whole: Vec<Whole> = allocation
        .choices
        .iter()
        .map(|&col| Whole {
            col,
            low: 0.0,
            high: 1.0,
            class: 0,
        })
        .collect();
    if whole.is_empty() {
        return;
    }
    let limits = Limits {
        pivots: 20_000,
        relative_gap: 1e-6,
        absolute_gap: 1e-6,
    };
    if let Some(found) = tree::minimise(session, &whole, &limits, stop) {
        for one in whole {
            let value = found.values[one.col.0].round();
            session.bound(one.col, value, value);
        }
    }
}

/// Prices of all levers for the session's objective.
fn price_all(
    allocation: &Allocation,
    session: &mut Session,
    levers: &[Lever],
    counted: Counted,
    stop: &dyn Fn() -> bool,
    found: &mut Vec<Price>,
) {
    let Ok(optimum) = session.solve() else { return };
    for lever in levers {
        if stop() {
            return;
        }
        found.extend(price(allocation, session, &optimum, lever, counted));
    }
}

fn price(
    allocation: &Allocation,
    session: &mut Session,
    optimum: &Optimum,
    lever: &Lever,
    counted: Counted,
) -> Option<Price> {
    let worth = -optimum.dual(&allocation.model, lever.row) * lever.factor;
    let least = match counted {
        Counted::Rounds(_) => LEAST_ROUNDS,
        Counted::Money => LEAST_MONEY,
    };
    if worth * lever.step < least {
        return None;
    }
    let mut gained = |moved: f64| {
        session.bound(lever.shift, moved, moved);
        let solved = session.solve();
        session.bound(lever.shift, 0.0, 0.0);
        Some(optimum.objective - solved.ok()?.objective)
    };
    // What the step brings is the price; the dual must say nearly the same.
    let checked = gained(lever.step)? / lever.step;
    if (checked - worth).abs() > CONFIRMS * worth {
        return None;
    }
    let worth = checked;
    let mut holds = |moved: f64| {
        gained(moved).is_some_and(|gained| {
            (gained - worth * moved).abs() <= HOLDS * (worth * moved).abs() + 1e-6
        })
    };
    let mut reach = |sign: f64, mut far: f64| {
        for doubling in 0..DOUBLINGS {
            let next = sign * lever.step * f64::from(1 << doubling);
            if next.abs() <= far.abs() {
                continue;
            }
            if !holds(next) {
                break;
            }
            far = next;
        }
        far
    };
    Some(Price {
        limit: lever.limit,
        counted,
        worth,
        step: lever.step,
        up: reach(1.0, lever.step),
        down: reach(-1.0, 0.0),
    })
}
