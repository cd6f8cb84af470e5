//! The planner: how many rounds and crew-days in which period, by whom, with what; then on which days.
//!
//! The result depends on the scenario and on [`Options`] alone, never on threads or clock.

mod allocate;
mod board;
mod close;
mod dispatch;
mod proof;
mod relax;
mod search;
mod solver;
mod spans;
mod tree;

use crate::domain::{Money, Plan, Shortfall};
use crate::measures;
use crate::season::Season;
use allocate::{Allocation, Grain};
pub use proof::{Bounds, Proofs};
use relax::Relaxation;
use search::Dice;
use solver::Objective;
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
    let Some(target) = allocate(&allocation, &effort, &mut best) else {
        return best.outcome;
    };

    watch.stage(Stage::Dispatch);
    dispatch(season, &target, &effort, &mut dice, &mut best);

    watch.stage(Stage::Prove);
    prove(&allocation, &effort, &mut best);

    watch.stage(Stage::Exact);
    close::close(season, &effort.close, &mut best);
    best.outcome
}

/// How far each stage goes.
struct Efforts {
    cost: tree::Limits,
    dispatch: dispatch::Effort,
    close: close::Effort,
}

impl Efforts {
    fn of(effort: Effort) -> Self {
        let (gap, pivots, nodes, moves_per_visit, reheats, extra_days, columns) = match effort {
            Effort::Quick => (1e-3, 5_000, 100, 100, 1, 20, 1_000),
            Effort::Normal => (1e-4, 20_000, 2_000, 800, 4, 60, 4_000),
            Effort::Thorough => (1e-6, 300_000, 20_000, 5_000, 20, 100, 20_000),
        };
        Efforts {
            cost: tree::Limits {
                pivots,
                relative_gap: gap,
                absolute_gap: 1e-6,
            },
            dispatch: dispatch::Effort {
                moves_per_visit,
                reheats,
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

impl Efforts {
    /// A tier's shortfall is found up to a share of all its weighted rounds, which is what the gap means to an office.
    fn shortfall(&self, tier: &Objective) -> tree::Limits {
        let weight: f64 = tier.terms.iter().map(|(_, weight)| weight).sum();
        tree::Limits {
            relative_gap: 0.0,
            absolute_gap: (self.cost.relative_gap * weight).max(1e-6),
            ..self.cost
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
        let reached = Shortfall::from_micro((value * 1e6 - 0.5).ceil() as i64);
        relaxation.cap(tier, reached.max(bound));
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

/// Shares of each crew-day that are kept free, one after another: the less is free, the cheaper and the harder to
/// place.
const HEADROOMS: [f64; 5] = [0.03, 0.012, 0.005, 0.002, 0.0];

/// Places allocations on days, from the roomiest to the tightest, as long as they can be placed.
fn dispatch(season: &Season, target: &Target, effort: &Efforts, dice: &mut Dice, best: &mut Best) {
    let watch = best.watch;
    let stop = || watch.stop();
    let complete = target.caps.values().all(|&cap| cap == Shortfall::ZERO);
    let enough = if complete { 0.0 } else { f64::INFINITY };
    for (attempt, headroom) in HEADROOMS.into_iter().enumerate() {
        if stop() {
            return;
        }
        let allocation = Allocation::with_headroom(season, Grain::Periods, headroom);
        let mut relaxation = Relaxation::new(&allocation);
        for (&tier, &cap) in &target.caps {
            relaxation.cap(tier, cap);
        }
        let rough = tree::Limits {
            pivots: 0,
            ..effort.cost
        };
        let found = match relaxation.least_cost(&rough, &stop) {
            Some((found, _)) => found.values,
            None if headroom == 0.0 && attempt + 1 == HEADROOMS.len() => target.values.clone(),
            None => continue,
        };
        let mut board = dispatch::place(season, &allocation, &found, dice);
        let settled = dispatch::settle(&mut board, &effort.dispatch, enough, dice, watch);
        let first = best.outcome.plan.visits.is_empty();
        if !settled && first {
            dispatch::settle_at_any_price(&mut board, &effort.dispatch, enough, dice, watch);
        }
        if settled || first {
            dispatch::give_up_until_valid(&mut board);
            dispatch::fill(&mut board, &effort.dispatch, dice, watch);
            dispatch::drop_useless(&mut board);
            dispatch::close_empty(&mut board);
            best.offer(board.plan());
        }
        if !settled && !first {
            return;
        }
    }
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
