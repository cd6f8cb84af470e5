//! The planner: how many rounds and crew-days in which period, by whom, with what; then on which days.
//!
//! The result depends on the scenario and on [`Options`] alone, never on threads or clock.

mod proof;

use crate::domain::{Money, Plan, Shortfall};
use crate::season::Season;
pub use proof::{Bounds, Proofs};
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
pub fn plan(season: &Season, _options: &Options, watch: &dyn Watch) -> Outcome {
    watch.stage(Stage::Allocate);
    let proofs = Proofs::default();
    let _ = season;
    Outcome {
        plan: Plan::default(),
        shortfall: BTreeMap::new(),
        cost: Money::ZERO,
        bounds: proofs.bounds_for(&BTreeMap::new()),
    }
}
