//! The planner: how many rounds and crew-days in which period, by whom, with what; then on which days.
//!
//! The result depends on the scenario and on [`Options`] alone, never on threads or clock.

mod again;
mod allocate;
mod board;
mod carry_out;
mod choices;
mod close;
mod components;
mod disjoint;
mod dispatch;
mod effort;
mod finish;
mod frontier;
mod lagrange;
mod least;
mod mend;
mod parallel;
mod patterns;
mod polish;
mod prices;
mod proof;
mod relax;
mod search;
mod settle;
mod shortage;
mod solver;
mod spans;
mod spare;
mod squeeze;
mod tree;
mod worth;

use crate::domain::{Money, Plan, ProductIx, Shortfall};
use crate::measures;
use crate::season::Season;
pub use again::replan;
use allocate::{Allocation, Grain};
use board::Board;
use carry_out::Target;
use effort::Efforts;
pub use frontier::frontier;
pub use least::{Least, Limit, least_use};
pub use mend::{mend, rechoose, thin};
pub(crate) use parallel::{both as both_in_parallel, map as in_parallel};
use patterns::Patterns;
pub use prices::{Counted, Price, Trial, prices};
pub use proof::{Bounds, Proofs};
use relax::Relaxation;
use std::collections::BTreeMap;
use worth::Worth;

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
    // Long searches depend on luck as short ones do: a thorough plan is never worse than a normal one.
    let efforts: &[Effort] = match options.effort {
        Effort::Thorough => &[Effort::Normal, Effort::Thorough],
        ref other => std::slice::from_ref(other),
    };
    for (at, &effort) in efforts.iter().enumerate() {
        if at > 0 && (watch.stop() || best.is_proven()) {
            break;
        }
        let options = Options { effort, ..*options };
        plan_once(season, &options, &mut best);
    }
    choices::choose_again(season, &mut best);
    polish::polish(options, &mut best);
    best.outcome
}

/// Plans a season with one effort.
fn plan_once(season: &Season, options: &Options, best: &mut Best) {
    let parted = components::plan(season, options, best);
    if !parted.is_done {
        let effort = Efforts::of(options.effort);
        plan_whole(season, None, &effort, options.seed, best);
    }
    if best.watch.stop()
        && let Some(plan) = parted.shown
    {
        best.offer(plan);
    }
}

/// Plans a part of a season as one; its cheapest allocation may be known.
fn plan_alone(
    season: &Season,
    known: Option<Complete>,
    effort: &Efforts,
    seed: u64,
    watch: &dyn Watch,
) -> Outcome {
    let mut best = Best::new(season, watch);
    plan_whole(season, known, effort, seed, &mut best);
    best.outcome
}

/// Plans a season as one, however it hangs together.
fn plan_whole(
    season: &Season,
    known: Option<Complete>,
    effort: &Efforts,
    seed: u64,
    best: &mut Best,
) {
    let watch = best.watch;
    watch.stage(Stage::Allocate);
    let allocation = Allocation::new(season, Grain::Periods);
    let proven = best.proofs.count();
    // Of a part whose allocation is known, a first plan has been shown.
    let shows = known.is_none();
    // A first plan and the proof of what the best could cost do not depend on each other.
    let (settled, complete) = parallel::both(
        || carry_out::at_once(season, effort, seed, best, shows),
        || {
            let patterns = Patterns::default();
            known.or_else(|| allocate_complete(&allocation, patterns, &effort.cost, watch))
        },
    );
    let target = match complete {
        Some(Complete { target, bound, .. }) => {
            best.prove_cost(&target.caps, bound);
            Some(target)
        }
        None => allocate_short(&allocation, effort, best),
    };
    if let Some(target) = target {
        watch.stage(Stage::Dispatch);
        let settled = settled.filter(|_| target.is_complete());
        carry_out::carry_out(season, &target, settled, effort, seed, best);
    }

    watch.stage(Stage::Prove);
    prove(&allocation, effort, proven, best);

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
            let plan = board.plan();
            debug_assert!(self.is_valid(&plan), "a board's sums have drifted");
            self.offer(plan);
        }
    }

    /// Whether a plan is valid in the eyes of a fresh board.
    fn is_valid(&self, plan: &Plan) -> bool {
        let weights = dispatch::weights(self.season);
        Board::with_plan(self.season, weights, plan).is_valid()
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
            debug_assert!(self.is_valid(&plan), "a board's sums have drifted");
            self.outcome.plan = plan;
            self.outcome.shortfall = shortfall;
            self.outcome.cost = cost;
            self.refresh();
        }
    }

    /// Whether no valid plan is better; of a part of a larger season, better by anything that counts: where products
    /// cost by the unit, no bound is lifted to the next whole figure.
    fn is_proven(&self) -> bool {
        let slack = match self.season.extract {
            None => Money::ZERO,
            Some(_) => Money::from_micro(10_000),
        };
        self.outcome.shortfall == self.outcome.bounds.shortfall
            && self.outcome.cost <= self.outcome.bounds.cost + slack
    }

    /// Keeps a proof about a tier.
    fn prove_shortfall(&mut self, caps: &BTreeMap<u32, Shortfall>, tier: u32, bound: Shortfall) {
        self.proofs.add_shortfall(caps.clone(), tier, bound);
        self.refresh();
    }

    /// Keeps a proof about the cost.
    fn prove_cost(&mut self, caps: &BTreeMap<u32, Shortfall>, bound: Money) {
        self.note_cost(caps, bound);
        self.watch.improved(&self.outcome);
    }

    /// Keeps a proof about the cost, and shows nothing.
    fn note_cost(&mut self, caps: &BTreeMap<u32, Shortfall>, bound: Money) {
        self.proofs.add_cost(caps.clone(), bound);
        self.outcome.bounds = self.proofs.bounds_for(&self.outcome.shortfall);
    }

    /// Takes new proofs into account.
    fn refresh(&mut self) {
        self.outcome.bounds = self.proofs.bounds_for(&self.outcome.shortfall);
        self.watch.improved(&self.outcome);
    }
}

/// The cheapest allocation that misses nothing.
struct Complete {
    target: Target,
    /// No plan that misses nothing costs less.
    bound: Money,
    /// What one more unit of each product with a quota would save, in a part of a larger season.
    quota_prices: Vec<(ProductIx, f64)>,
    /// What is known of how visits can be packed.
    patterns: Patterns,
}

/// The cheapest allocation that misses nothing; `None` where there is none, or when stopped.
fn allocate_complete(
    allocation: &Allocation,
    patterns: Patterns,
    limits: &tree::Limits,
    watch: &dyn Watch,
) -> Option<Complete> {
    let season = allocation.season;
    if allocation.tiers.values().any(|tier| tier.constant > 0.0) {
        return None;
    }
    let mut complete = Relaxation::knowing(allocation, patterns);
    for tier in season.tiers() {
        complete.cap(tier, Shortfall::ZERO);
    }
    let (found, bound) = complete.least_cost(limits, &|| watch.stop())?;
    let money = dispatch::weights(season).money;
    let relaxed = complete.cost_relaxed();
    let worth = relaxed.as_ref().map_or_else(
        || Worth::nothing(season),
        |optimum| Worth::of_cost(season, allocation, complete.packed(), optimum, money),
    );
    let prices = relaxed
        .as_ref()
        .map(|optimum| complete.quota_prices(optimum));
    Some(Complete {
        target: Target {
            caps: complete.caps().clone(),
            idle: allocation.idle(&found.values),
            values: found.values,
            worth,
        },
        bound,
        quota_prices: prices.unwrap_or_default(),
        patterns: complete.into_patterns(),
    })
}

/// Least shortfall tier by tier, then least cost; each with its proof. The values of the cheapest allocation, or
/// `None` when stopped or nothing was found.
fn allocate_short(allocation: &Allocation, effort: &Efforts, best: &mut Best) -> Option<Target> {
    let watch = best.watch;
    let stop = || watch.stop();
    let season = best.season;
    let tiers = season.tiers();
    let mut relaxation = Relaxation::new(allocation);
    let mut worth = Worth::nothing(season);
    let factors = dispatch::tier_factors(season);
    for tier in tiers {
        let relaxed = relaxation.shortfall_relaxed(tier)?;
        let (value, bound) = if relaxed.objective <= 1e-6 {
            (0.0, Shortfall::ZERO)
        } else {
            // The last tier's programme holds what the earlier ones reach, so its prices count those as well.
            worth = Worth::of(season, allocation, &relaxed, factors[&tier]).or(worth);
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
        idle: allocation.idle(&found.values),
        values: found.values,
        worth,
    })
}

/// A shortfall that a solver found, not below what it comes to.
fn ceiling(shortfall: f64) -> Shortfall {
    Shortfall::from_micro((shortfall * 1e6 - 0.5).ceil() as i64)
}

/// Proves bounds for the plan as it is, where it fell behind what the proofs so far speak of; `since` there were so many,
/// this effort has been at work.
fn prove(allocation: &Allocation, effort: &Efforts, since: usize, best: &mut Best) {
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
        let known = best.proofs.speak_of(tier, relaxation.caps(), since);
        if unproven(best, tier) && !known {
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
