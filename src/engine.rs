//! The planner: how many rounds and crew-days in which period, by whom, with what; then on which days.
//!
//! The result depends on the scenario and on [`Options`] alone, never on threads or clock.

mod again;
mod allocate;
mod board;
mod close;
mod components;
mod dispatch;
mod effort;
mod finish;
mod frontier;
mod lagrange;
mod least;
mod mend;
mod parallel;
mod polish;
mod prices;
mod proof;
mod relax;
mod search;
mod settle;
mod solver;
mod spans;
mod squeeze;
mod tree;

use crate::domain::{Money, Plan, Shortfall};
use crate::measures;
use crate::season::Season;
pub use again::replan;
use allocate::{Allocation, Grain};
use board::Board;
use effort::Efforts;
pub use frontier::frontier;
pub use least::{Least, Limit, least_use};
pub use mend::{mend, thin};
pub(crate) use parallel::map as in_parallel;
pub use prices::{Counted, Price, prices};
pub use proof::{Bounds, Proofs};
use relax::Relaxation;
use search::Dice;
use std::collections::BTreeMap;

/// How hard the planner tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Effort {
    /// A good plan at once.
    Quick,
    /// Close to the best.
    #[default]
    Normal,
    /// As close as it gets.
    Thorough,
}

/// What the result may depend on besides the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Seed of the search.
    pub seed: u64,
    /// How hard to try.
    pub effort: Effort,
}

/// What the planner is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Deciding rounds and crew-days by period.
    Allocate,
    /// Placing days and crews.
    Dispatch,
    /// Closing the gap day by day.
    Exact,
    /// Proving the bound for the plan as it is.
    Prove,
    /// Arranging days as people like them.
    Polish,
}

/// Who follows the planner's work, and may end it early.
pub trait Watch: Sync {
    /// The planner begins a stage.
    fn stage(&self, stage: Stage);
    /// A better plan, or a better bound, than any before.
    fn improved(&self, outcome: &Outcome);
    /// Whether to stop with the best plan so far; the result then depends on when this was asked.
    fn stop(&self) -> bool;
    /// So many of several plans are there.
    fn counted(&self, _done: usize, _of: usize) {}
}

/// Nobody follows; the planner runs to its end.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn stage(&self, _: Stage) {}
    fn improved(&self, _: &Outcome) {}
    fn stop(&self) -> bool {
        false
    }
}

/// A plan and what is proven of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The plan.
    pub plan: Plan,
    /// Its shortfall by tier.
    pub shortfall: BTreeMap<u32, Shortfall>,
    /// Its total cost.
    pub cost: Money,
    /// What no valid plan can beat.
    pub bounds: Bounds,
}

/// Plans a season.
///
/// Allocation decides, tier by tier and then for cost, and proves; dispatch places; where the plan falls behind the
/// bound and the scenario is small, the exact model closes the gap. Whatever happens, the best valid plan seen is
/// kept with what is proven of it; of plans as good as it, one that people like is returned.
pub fn plan(season: &Season, options: &Options, watch: &dyn Watch) -> Outcome {
    let mut best = Best::new(season, watch);
    if !components::plan(season, options, &mut best) {
        plan_whole(season, options, &mut best);
    }
    polish::polish(options, &mut best);
    best.outcome
}

/// Plans a season as one, however it hangs together.
fn plan_alone(season: &Season, options: &Options, watch: &dyn Watch) -> Outcome {
    let mut best = Best::new(season, watch);
    plan_whole(season, options, &mut best);
    best.outcome
}

fn plan_whole(season: &Season, options: &Options, best: &mut Best) {
    let watch = best.watch;
    let effort = Efforts::of(options.effort);
    let mut dice = Dice::new(options.seed);

    watch.stage(Stage::Allocate);
    let allocation = Allocation::new(season, Grain::Periods);
    if let Some(target) = allocate(&allocation, &effort, best) {
        watch.stage(Stage::Dispatch);
        dispatch(season, &target, &effort, &mut dice, best);
    }

    watch.stage(Stage::Prove);
    prove(&allocation, &effort, best);

    watch.stage(Stage::Exact);
    close::close(season, &effort.close, best);
}

/// The total cost of a plan; of a part of a larger season, with products by the unit.
fn cost(season: &Season, plan: &Plan) -> Money {
    match season.extract {
        None => measures::cost(season, plan).total(),
        Some(_) => Board::with_plan(season, dispatch::weights(season), plan)
            .ledger
            .cost(),
    }
}

/// The best valid plan so far and what is proven.
struct Best<'a, 's> {
    season: &'a Season<'s>,
    watch: &'a dyn Watch,
    proofs: Proofs,
    outcome: Outcome,
}

impl<'a, 's> Best<'a, 's> {
    /// The empty plan, which is always valid.
    fn new(season: &'a Season<'s>, watch: &'a dyn Watch) -> Self {
        let plan = Plan::default();
        let shortfall = measures::shortfall(season, &plan);
        let cost = cost(season, &plan);
        let proofs = Proofs::default();
        let bounds = proofs.bounds_for(&shortfall);
        let outcome = Outcome {
            plan,
            shortfall,
            cost,
            bounds,
        };
        watch.improved(&outcome);
        Best {
            season,
            watch,
            proofs,
            outcome,
        }
    }

    /// A plan that is known to be valid, and what has been proven so far.
    fn resume(
        season: &'a Season<'s>,
        watch: &'a dyn Watch,
        known: &Outcome,
        proofs: Proofs,
    ) -> Self {
        let mut best = Best {
            season,
            watch,
            proofs,
            outcome: known.clone(),
        };
        best.refresh();
        best
    }

    /// Keeps what stands on a board, if that is valid and better.
    fn offer_board(&mut self, board: &Board) {
        if board.is_valid() {
            self.offer(board.plan());
        }
    }

    /// Keeps a valid plan if it is better: smaller shortfall in the first tier that differs, then smaller cost.
    fn offer(&mut self, plan: Plan) {
        let shortfall = measures::shortfall(self.season, &plan);
        let cost = cost(self.season, &plan);
        if (&shortfall, cost) < (&self.outcome.shortfall, self.outcome.cost) {
            self.outcome = Outcome {
                plan,
                shortfall,
                cost,
                bounds: Bounds::default(),
            };
            self.refresh();
        }
    }

    /// Keeps what stands on a board, if it is valid and no worse in any tier or in cost.
    fn offer_equal(&mut self, board: &Board) {
        let plan = board.plan();
        let shortfall = measures::shortfall(self.season, &plan);
        let cost = cost(self.season, &plan);
        let known = &self.outcome.shortfall;
        let as_complete = shortfall.iter().all(|(tier, short)| *short <= known[tier]);
        if board.is_valid() && as_complete && cost <= self.outcome.cost {
            self.outcome.plan = plan;
            self.outcome.shortfall = shortfall;
            self.outcome.cost = cost;
            self.refresh();
        }
    }

    /// Whether no valid plan is better.
    fn is_proven(&self) -> bool {
        self.outcome.shortfall == self.outcome.bounds.shortfall
            && self.outcome.cost <= self.outcome.bounds.cost
    }

    /// Keeps a proof about a tier.
    fn prove_shortfall(&mut self, caps: &BTreeMap<u32, Shortfall>, tier: u32, bound: Shortfall) {
        self.proofs.add_shortfall(caps.clone(), tier, bound);
        self.refresh();
    }

    /// Keeps a proof about the cost.
    fn prove_cost(&mut self, caps: &BTreeMap<u32, Shortfall>, bound: Money) {
        self.proofs.add_cost(caps.clone(), bound);
        self.refresh();
    }

    /// Takes new proofs into account.
    fn refresh(&mut self) {
        self.outcome.bounds = self.proofs.bounds_for(&self.outcome.shortfall);
        self.watch.improved(&self.outcome);
    }
}

/// What to place.
struct Target {
    /// Shortfall by tier.
    caps: BTreeMap<u32, Shortfall>,
    /// The cheapest allocation within these.
    values: Vec<f64>,
}

/// Least shortfall tier by tier, then least cost; each with its proof. The values of the cheapest allocation, or
/// `None` when stopped or nothing was found.
///
/// First as if nothing had to be missed: where that goes, the tiers need no thought.
fn allocate(allocation: &Allocation, effort: &Efforts, best: &mut Best) -> Option<Target> {
    let watch = best.watch;
    let stop = || watch.stop();
    let tiers = best.season.tiers();
    if tiers
        .iter()
        .all(|tier| allocation.tiers[tier].constant == 0.0)
    {
        let mut complete = Relaxation::new(allocation);
        for &tier in &tiers {
            complete.cap(tier, Shortfall::ZERO);
        }
        if let Some((found, bound)) = complete.least_cost(&effort.cost, &stop) {
            best.prove_cost(complete.caps(), bound);
            return Some(Target {
                caps: complete.caps().clone(),
                values: found.values,
            });
        }
    }
    let mut relaxation = Relaxation::new(allocation);
    for tier in tiers {
        let relaxed = relaxation.shortfall_relaxed(tier)?;
        let (value, bound) = if relaxed <= 1e-6 {
            (0.0, Shortfall::ZERO)
        } else {
            let limits = effort.shortfall(&allocation.tiers[&tier]);
            let (found, bound) = relaxation.least_shortfall(tier, &limits, &stop)?;
            (found.value, bound)
        };
        best.prove_shortfall(relaxation.caps(), tier, bound);
        relaxation.cap(tier, ceiling(value).max(bound));
        if stop() {
            return None;
        }
    }
    let (found, bound) = relaxation.least_cost(&effort.cost, &stop)?;
    best.prove_cost(relaxation.caps(), bound);
    Some(Target {
        caps: relaxation.caps().clone(),
        values: found.values,
    })
}

/// A shortfall that a solver found, not below what it comes to.
fn ceiling(shortfall: f64) -> Shortfall {
    Shortfall::from_micro((shortfall * 1e6 - 0.5).ceil() as i64)
}

/// Share of each crew-day that is kept free at first where rounds must be missed: what fits in later is a gain.
const SHORT_HEADROOM: f64 = 0.02;

/// Share of a short tier's rounds that the search may miss beyond the allocation, which takes parts of rounds.
const SHORT_SLACK: f64 = 0.004;

/// Times at most that crews are sent out for what is still missed.
const MOST_FILLS: usize = 6;

/// Share of each crew-day that is kept free at first: a board with some room settles at once.
const HEADROOM: f64 = 0.06;

/// Share of the cost by which a plan must be cheaper than the last one shown to be shown while the search goes on.
const SHOWN: f64 = 0.005;

/// Places an allocation with some room, settles it, and takes out the room again as far as it goes.
fn dispatch(season: &Season, target: &Target, effort: &Efforts, dice: &mut Dice, best: &mut Best) {
    let watch = best.watch;
    let stop = || watch.stop();
    let complete = target.caps.values().all(|&cap| cap == Shortfall::ZERO);
    let headroom = if complete { HEADROOM } else { SHORT_HEADROOM };
    let allocation = Allocation::with_headroom(season, Grain::Periods, headroom);
    let mut relaxation = Relaxation::new(&allocation);
    let rough = tree::Limits {
        pivots: 0,
        ..effort.cost
    };
    for (&tier, &cap) in &target.caps {
        // Where not every round can be done, the room takes some more away, of the last tiers first.
        let least = if complete {
            None
        } else {
            relaxation.least_shortfall(tier, &rough, &stop)
        };
        let reached = least.map_or(cap, |(found, _)| ceiling(found.value));
        relaxation.cap(tier, reached.max(cap));
    }
    let found = relaxation.least_cost(&rough, &stop);
    let values = found.map_or_else(|| target.values.clone(), |(found, _)| found.values);
    let mut board = dispatch::place(season, &allocation, &values, dice);
    // The search may miss what the allocation misses, and a little of the last tiers more for what could not be whole.
    let enough = dispatch::missed(
        season,
        relaxation.caps(),
        if complete { 0.0 } else { SHORT_SLACK },
    );
    if !complete {
        finish::shed(&mut board, &finish::OVERSPENT);
    }
    // Room costs money that the budget may not have; it is taken out again before the plan is valid.
    board.set_lenient(true);
    settle::settle(&mut board, &effort.settle, enough, dice, watch);
    if board.is_valid() && (!complete || board.strain.missed <= 1e-6) {
        finish::drop_useless(&mut board);
        finish::close_empty(&mut board);
        save(target, &allocation, &mut board, effort, dice, best);
    }
    board.set_lenient(false);
    if !board.is_valid() {
        squeeze::keep_to_budget(&mut board, dice);
        finish::give_up_until_valid(&mut board);
    }
    best.offer_board(&board);
    if finish::fill(&mut board, &effort.settle, dice, watch) {
        finish::drop_useless(&mut board);
        finish::close_empty(&mut board);
        best.offer_board(&board);
        save(target, &allocation, &mut board, effort, dice, best);
    }
    finish::drop_useless(&mut board);
    finish::close_empty(&mut board);
    best.offer_board(&board);
    for _ in 0..MOST_FILLS {
        let missed = board.strain.missed;
        settle::open_for_missing(&mut board);
        if !finish::fill(&mut board, &effort.settle, dice, watch) {
            break;
        }
        finish::drop_useless(&mut board);
        finish::close_empty(&mut board);
        best.offer_board(&board);
        // What crews kept at home save is for what is still missed.
        save(target, &allocation, &mut board, effort, dice, best);
        best.offer_board(&board);
        if board.strain.missed >= missed - 1e-6 || watch.stop() {
            break;
        }
    }
}

/// Keeps crews at home as long as no more rounds are missed; within the budget first, then down to the bound.
fn save(
    target: &Target,
    allocation: &Allocation,
    board: &mut Board,
    effort: &Efforts,
    dice: &mut Dice,
    best: &mut Best,
) {
    let watch = best.watch;
    let complete = board.strain.missed <= 1e-6;
    let gap = effort.near;
    let bound = best.outcome.bounds.cost.to_f64();
    let mut shown = f64::INFINITY;
    // Every plan on the way is as good as the last but for its cost; some of them are shown.
    let mut good = |board: &Board| {
        let cost = board.ledger.cost().to_f64();
        let within = board.ledger.beyond_lines() == 0.0;
        if cost < shown * (1.0 - SHOWN) && within {
            shown = cost;
            best.offer(board.plan());
        }
        // Where rounds are missed for lack of money, what is left of it is for them.
        if complete {
            cost - bound <= gap * cost
        } else {
            board.is_lenient() && within
        }
    };
    settle::cheapen(board, &effort.settle, dice, watch);
    if good(board) {
        return;
    }
    let phases = &allocation.short_phases;
    let guide = allocation.crew_days_by_phase(&target.values);
    let settle = settle::Effort {
        // Where rounds are missed, only what the budget forbids must go.
        squeeze: effort.settle.squeeze / if complete { 1 } else { 6 },
        ..effort.settle
    };
    let squeeze = squeeze::Squeeze {
        phases,
        guide: &guide,
        effort: &settle,
        enough: board.strain.missed,
    };
    squeeze.run(board, dice, watch, &mut good);
    settle::cheapen(board, &effort.settle, dice, watch);
}

/// Proves bounds for the plan as it is, where it fell behind what the proofs so far speak of.
fn prove(allocation: &Allocation, effort: &Efforts, best: &mut Best) {
    let watch = best.watch;
    let stop = || watch.stop();
    let written = best.outcome.shortfall.clone();
    let unproven = |best: &Best, tier: u32| best.outcome.bounds.shortfall[&tier] < written[&tier];
    if best.outcome.bounds.cost > Money::ZERO && !written.keys().any(|&tier| unproven(best, tier)) {
        return;
    }
    let mut relaxation = Relaxation::new(allocation);
    for tier in best.season.tiers() {
        if stop() {
            return;
        }
        if unproven(best, tier) {
            let limits = effort.shortfall(&allocation.tiers[&tier]);
            if let Some((_, bound)) = relaxation.least_shortfall(tier, &limits, &stop) {
                best.prove_shortfall(relaxation.caps(), tier, bound);
            }
        }
        relaxation.cap(tier, written[&tier]);
    }
    if best.outcome.bounds.cost == Money::ZERO
        && let Some((_, bound)) = relaxation.least_cost(&effort.cost, &stop)
    {
        best.prove_cost(relaxation.caps(), bound);
    }
}
