//! The planner: how many rounds and crew-days in which period, by whom, with what; then on which days.
//!
//! The result depends on the scenario and on [`Options`] alone, never on threads or clock.

mod allocate;
mod board;
mod close;
mod dispatch;
mod proof;
mod search;
mod solver;
mod spans;

use crate::domain::{Money, Plan, Shortfall};
use crate::measures;
use crate::season::Season;
use allocate::{Allocation, Grain};
pub use proof::{Bounds, Proofs};
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
}

/// Who follows the planner's work, and may end it early.
pub trait Watch: Sync {
    /// The planner begins a stage.
    fn stage(&self, stage: Stage);
    /// A better plan, or a better bound, than any before.
    fn improved(&self, outcome: &Outcome);
    /// Whether to stop with the best plan so far; the result then depends on when this was asked.
    fn stop(&self) -> bool;
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
/// kept with what is proven of it.
pub fn plan(season: &Season, options: &Options, watch: &dyn Watch) -> Outcome {
    let mut best = Best::new(season, watch);
    let effort = Efforts::of(options.effort);
    let mut dice = Dice::new(options.seed);

    watch.stage(Stage::Allocate);
    let allocation = Allocation::new(season, Grain::Periods);
    let Some(target) = allocate(season, &allocation, &effort, &mut best, watch) else {
        return best.outcome;
    };

    watch.stage(Stage::Dispatch);
    best.offer(dispatch(
        season,
        &allocation,
        &target,
        &effort,
        &mut dice,
        watch,
    ));

    watch.stage(Stage::Prove);
    prove(season, &allocation, &effort, &mut best, watch);

    watch.stage(Stage::Exact);
    close::close(season, &effort.close, &mut best);
    best.outcome
}

/// How far each stage goes.
struct Efforts {
    allocate: solver::Effort,
    dispatch: dispatch::Effort,
    close: close::Effort,
}

impl Efforts {
    fn of(effort: Effort) -> Self {
        let (gap, nodes, moves_per_visit, extra_days, columns) = match effort {
            Effort::Quick => (1e-3, 100, 300, 10, 1_000),
            Effort::Normal => (1e-4, 2_000, 2_000, 40, 4_000),
            Effort::Thorough => (1e-6, 20_000, 10_000, 100, 20_000),
        };
        Efforts {
            allocate: solver::Effort {
                relative_gap: gap,
                absolute_gap: 1e-6,
                nodes,
                stall_nodes: nodes,
                whole: true,
            },
            dispatch: dispatch::Effort {
                moves_per_visit,
                reheats: 4,
                extra_days,
            },
            close: close::Effort {
                columns,
                solve: solver::Effort {
                    relative_gap: 0.0,
                    absolute_gap: 1e-6,
                    nodes: 10 * nodes,
                    stall_nodes: 10 * nodes,
                    whole: true,
                },
            },
        }
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
        let cost = measures::cost(season, &plan).total();
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

    /// Keeps a valid plan if it is better: smaller shortfall in the first tier that differs, then smaller cost.
    fn offer(&mut self, plan: Plan) {
        let shortfall = measures::shortfall(self.season, &plan);
        let cost = measures::cost(self.season, &plan).total();
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

    /// Whether no valid plan is better.
    fn is_proven(&self) -> bool {
        self.outcome.shortfall == self.outcome.bounds.shortfall
            && self.outcome.cost <= self.outcome.bounds.cost
    }

    /// Takes new proofs into account.
    fn refresh(&mut self) {
        self.outcome.bounds = self.proofs.bounds_for(&self.outcome.shortfall);
        self.watch.improved(&self.outcome);
    }
}

/// The allocation to place.
struct Target {
    values: Vec<f64>,
}

/// Least shortfall tier by tier, then least cost; each with its proof. `None` when stopped or nothing was found.
fn allocate(
    season: &Season,
    allocation: &Allocation,
    effort: &Efforts,
    best: &mut Best,
    watch: &dyn Watch,
) -> Option<Target> {
    let mut caps: BTreeMap<u32, Shortfall> = BTreeMap::new();
    for tier in season.tiers() {
        let relaxed = allocation.least_shortfall(tier, &caps, &solver::Effort::RELAXED, None)?;
        let mut found = relaxed.value;
        let mut bound = relaxed.bound;
        if found > 1e-6 {
            if watch.stop() {
                return None;
            }
            let whole = allocation.least_shortfall(tier, &caps, &effort.allocate, None)?;
            found = whole.value;
            bound = whole.bound;
        }
        let bound = allocation.shortfall_bound(tier, bound);
        best.proofs.add_shortfall(caps.clone(), tier, bound);
        best.refresh();
        let reached = Shortfall::from_micro((found * 1e6 - 0.5).ceil() as i64);
        caps.insert(tier, reached.max(bound));
        if watch.stop() {
            return None;
        }
    }
    let cheapest = allocation.least_cost(&caps, &effort.allocate, None)?;
    best.proofs
        .add_cost(caps, allocation.cost_bound(cheapest.bound));
    best.refresh();
    Some(Target {
        values: cheapest.values,
    })
}

/// Places an allocation on days; always a valid plan.
fn dispatch(
    season: &Season,
    allocation: &Allocation,
    target: &Target,
    effort: &Efforts,
    dice: &mut Dice,
    watch: &dyn Watch,
) -> Plan {
    let mut board = dispatch::place(season, allocation, &target.values, dice);
    dispatch::settle(&mut board, &effort.dispatch, dice, watch);
    dispatch::give_up_until_valid(&mut board);
    dispatch::fill(&mut board, &effort.dispatch, dice, watch);
    dispatch::drop_useless(&mut board);
    dispatch::close_empty(&mut board);
    board.plan()
}

/// Proves bounds for the plan as it is, where it fell behind what the proofs so far speak of.
fn prove(
    season: &Season,
    allocation: &Allocation,
    effort: &Efforts,
    best: &mut Best,
    watch: &dyn Watch,
) {
    let written = best.outcome.shortfall.clone();
    let mut caps: BTreeMap<u32, Shortfall> = BTreeMap::new();
    for tier in season.tiers() {
        if watch.stop() {
            return;
        }
        let known = best.outcome.bounds.shortfall.get(&tier).copied();
        if known.is_none_or(|known| known < written[&tier])
            && let Some(found) = allocation.least_shortfall(tier, &caps, &effort.allocate, None)
        {
            let bound = allocation.shortfall_bound(tier, found.bound);
            best.proofs.add_shortfall(caps.clone(), tier, bound);
        }
        caps.insert(tier, written[&tier]);
    }
    if best.outcome.bounds.cost == Money::ZERO
        && let Some(found) = allocation.least_cost(&caps, &effort.allocate, None)
    {
        best.proofs
            .add_cost(caps, allocation.cost_bound(found.bound));
    }
    best.refresh();
}
