//! Prices: what one unit more of a limit is worth, from the duals of the allocation, each checked by moving the limit.
//!
//! Which teams are sent out at all is a yes-or-no decision; it is fixed as the plan that stands has it. Counts of rounds,
//! crew-days and packs stay free to take any value: a programme in which they are fixed too has nothing left to gain.
//! Two questions are asked, both at the coverage of the plan that stands: how much less the first tier that must fall
//! short would miss, when earlier tiers miss no more than they do; and how much less everything would cost.
//!
//! What a limit is worth grows ever more slowly as it is moved up, so the dual is the most that one unit can bring. It
//! may be more than any step brings: where several duals are possible, any of them may come out. So the programme is
//! solved again with the limit moved by a step, and what the step brings, by the unit, is the price. It counts as
//! confirmed when the dual before or after the step says the same: the price then is a rate and not a mean of several.
//! Where neither does, half the step is tried. Then the limit is moved further, up and down, for as long as the price
//! holds.

use super::allocate::{Allocation, Grain};
use super::least::Limit;
use super::relax::cap_limit;
use super::solver::{Col, Model, Optimum, Row, Session};
use crate::domain::{Plan, ProductIx, Shortfall, TeamIx};
use crate::measures::Rounds;
use crate::season::Season;
use std::collections::{BTreeMap, BTreeSet};

/// What a price is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// Rounds, by weight, that a tier misses less.
    Rounds(u32),
    /// Money that is spent less at the same coverage.
    Money,
}

/// What one unit more of a limit is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    /// The position of the limit among those asked for.
    pub at: usize,
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
    /// What [`Trial::bound`] is with the limit as it is; `None` where the solver gives up.
    pub bound: Option<f64>,
    /// By how much to move the limit to see the price in a plan, the least first: up to one step beyond `up`.
    pub trials: Vec<Trial>,
}

/// A limit moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    /// By how much.
    pub by: f64,
    /// With the limit moved so far, no plan whose tiers before miss no more than those of the plan that stands misses
    /// less, or, if all tiers do, costs less: proven.
    pub bound: f64,
}

/// How far a change may be from what the price says, relative to it.
const HOLDS: f64 = 0.02;

/// How far the worth of a step may be from a dual, relative to it, to confirm it.
const CONFIRMS: f64 = 0.1;

/// Worth of a step below which nothing is said, in rounds or in units of money.
const LEAST_ROUNDS: f64 = 1e-3;
const LEAST_MONEY: f64 = 0.5;

/// Steps up and down, each twice the last.
const DOUBLINGS: u32 = 5;

/// Smaller steps of money tried, each half the last.
const HALVINGS: u32 = 4;

/// Prices of limits, in their order, rounds before money; of each limit the step by which it is moved to check its
/// price. The plan is one of the season.
pub fn prices(
    season: &Season,
    plan: &Plan,
    limits: &[(Limit, f64)],
    stop: &dyn Fn() -> bool,
) -> Vec<Price> {
    let mut allocation = Allocation::new(season, Grain::Periods);
    let levers: Vec<Lever> = limits
        .iter()
        .enumerate()
        .filter_map(|(at, &(limit, step))| lever(&mut allocation, season, (at, limit), step))
        .collect();
    let coverage = Rounds::new(season, plan).shortfall(season);
    let used: BTreeSet<TeamIx> = plan.visits.iter().map(|visit| visit.team).collect();
    let mut fixed = Session::new(&allocation.model);
    for &(team, col) in &allocation.choices {
        let value = f64::from(u8::from(used.contains(&team)));
        fixed.bound(col, value, value);
    }
    // What is proven must hold for any choice of teams.
    let free = (!allocation.choices.is_empty()).then(|| Session::new(&allocation.model));
    let mut pricer = Pricer {
        allocation: &allocation,
        levers: &levers,
        fixed,
        free,
        stop,
        found: Vec::new(),
    };
    pricer.run(&coverage);
    pricer.found
}

/// A limit that can be moved.
struct Lever {
    /// Its position among those asked for.
    at: usize,
    row: Row,
    /// Moves the limit by its value.
    shift: Col,
    /// What one unit of the shift adds to the row's limit.
    factor: f64,
    step: f64,
    /// Whether only whole units make sense.
    whole: bool,
}

fn lever(
    allocation: &mut Allocation,
    season: &Season,
    (at, limit): (usize, Limit),
    step: f64,
) -> Option<Lever> {
    let (row, factor, whole) = match limit {
        Limit::Budget(line) => {
            let held = &allocation.lines[line];
            (held.row, 1.0 / held.scale, false)
        }
        Limit::CrewDays(team) => (*allocation.most_days.get(&team)?, 1.0, true),
        Limit::Packs(product) => (packs_row(allocation, season, product)?, 1.0, true),
        Limit::Cost => return None,
    };
    let shift = allocation.model.column(0.0, 0.0);
    allocation.model.add_to_row(row, shift, -factor);
    Some(Lever {
        at,
        row,
        shift,
        factor,
        step,
        whole,
    })
}

/// Packs are held by the bounds of their column; to be moved they need a row.
fn packs_row(allocation: &mut Allocation, season: &Season, product: ProductIx) -> Option<Row> {
    let most = season.limits.packs[product.0]? as f64;
    let packs = allocation.packs[product.0];
    allocation.model.bound(packs, 0.0, most * 2.0 + 1_000.0);
    Some(allocation.model.at_most(vec![(packs, 1.0)], most))
}

/// The programmes in which limits are moved.
struct Pricer<'a, 's> {
    allocation: &'a Allocation<'s>,
    levers: &'a [Lever],
    /// With the teams that are sent out as the plan has them.
    fixed: Session,
    /// With any; `None` where there is nothing to decide.
    free: Option<Session>,
    stop: &'a dyn Fn() -> bool,
    found: Vec<Price>,
}

impl Pricer<'_, '_> {
    fn run(&mut self, coverage: &BTreeMap<u32, Shortfall>) {
        let allocation = self.allocation;
        let mut short = None;
        for (&tier, objective) in &allocation.tiers {
            if short.is_none() {
                self.each(|session| session.set_objective(objective));
                let Ok(optimum) = self.fixed.solve() else {
                    return;
                };
                if optimum.objective > 1e-6 {
                    short = Some(tier);
                    self.price_all(&optimum, Counted::Rounds(tier));
                }
            }
            let cap = coverage.get(&tier).copied().unwrap_or_default();
            let limit = cap_limit(cap, objective);
            self.each(|session| session.at_most(&objective.terms, limit));
        }
        self.each(|session| session.set_objective(&allocation.cost));
        if let Ok(optimum) = self.fixed.solve() {
            self.price_all(&optimum, Counted::Money);
        }
    }

    fn each(&mut self, change: impl Fn(&mut Session)) {
        change(&mut self.fixed);
        self.free.iter_mut().for_each(change);
    }

    /// Prices of all levers for the objective as it is.
    fn price_all(&mut self, optimum: &Optimum, counted: Counted) {
        let mut bound = None;
        for lever in self.levers {
            if (self.stop)() {
                return;
            }
            let Some(mut price) = self.price(optimum, lever, counted) else {
                continue;
            };
            // The same of every limit.
            bound = bound.or_else(|| self.bound(lever, 0.0, counted));
            price.bound = bound;
            self.found.push(price);
        }
    }

    /// What is proven with a limit moved, for any choice of teams; `None` where the solver gives up.
    fn bound(&mut self, lever: &Lever, by: f64, counted: Counted) -> Option<f64> {
        let proven = lever.moved(self.free.as_mut().unwrap_or(&mut self.fixed), by)?;
        Some(match counted {
            Counted::Rounds(tier) => {
                let bound = self.allocation.shortfall_bound(tier, proven.objective);
                bound.to_f64()
            }
            Counted::Money => self.allocation.cost_bound(proven.objective).to_f64(),
        })
    }

    fn price(&mut self, optimum: &Optimum, lever: &Lever, counted: Counted) -> Option<Price> {
        let model = &self.allocation.model;
        let least = match counted {
            Counted::Rounds(_) => LEAST_ROUNDS,
            Counted::Money => LEAST_MONEY,
        };
        let before = lever.rate(model, optimum);
        if before * lever.step < least {
            return None;
        }
        let halvings = if lever.whole { 0 } else { HALVINGS };
        let (step, worth) = (0..=halvings).find_map(|halving| {
            let step = lever.step / f64::from(1 << halving);
            let moved = lever.moved(&mut self.fixed, step)?;
            let worth = (optimum.objective - moved.objective) / step;
            let says = |rate: f64| (worth - rate).abs() <= CONFIRMS * rate;
            let confirmed = says(before) || says(lever.rate(model, &moved));
            (confirmed && worth * lever.step >= least).then_some((step, worth))
        })?;
        let mut gained = |moved: f64| {
            let solved = lever.moved(&mut self.fixed, moved)?;
            Some(optimum.objective - solved.objective)
        };
        let mut reach = |sign: f64, mut far: f64| {
            for doubling in 0..DOUBLINGS {
                let next = sign * step * f64::from(1 << doubling);
                if next.abs() <= far.abs() {
                    continue;
                }
                let price = worth * next;
                let holds = gained(next)
                    .is_some_and(|gained| (gained - price).abs() <= HOLDS * price.abs() + 1e-6);
                if !holds {
                    break;
                }
                far = next;
            }
            far
        };
        let (up, down) = (reach(1.0, step), reach(-1.0, 0.0));
        let mut trials = Vec::new();
        for by in (0..DOUBLINGS).map(|doubling| step * f64::from(1 << doubling)) {
            let Some(bound) = self.bound(lever, by, counted) else {
                break;
            };
            trials.push(Trial { by, bound });
            if by > up {
                break;
            }
        }
        // What is proven of the smaller steps holds, also where the solver gives up on a larger one.
        (!trials.is_empty()).then_some(Price {
            at: lever.at,
            counted,
            worth,
            step,
            down,
            up,
            bound: None,
            trials,
        })
    }
}

impl Lever {
    /// What the objective of an optimum loses per unit by which the limit is moved up.
    fn rate(&self, model: &Model, optimum: &Optimum) -> f64 {
        -optimum.dual(model, self.row) * self.factor
    }

    /// The optimum with the limit moved; `None` where there is none.
    fn moved(&self, session: &mut Session, by: f64) -> Option<Optimum> {
        session.bound(self.shift, by, by);
        let solved = session.solve();
        session.bound(self.shift, 0.0, 0.0);
        solved.ok()
    }
}
