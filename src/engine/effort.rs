//! How hard to try, stage by stage.

use super::solver::Objective;
use super::{Effort, close, settle, solver, tree};

/// How far each stage goes.
pub(super) struct Efforts {
    pub(super) cost: tree::Limits,
    /// Gap at which a plan is near enough to the bound, relative to its cost.
    pub(super) near: f64,
    pub(super) settle: settle::Effort,
    pub(super) close: close::Effort,
}

impl Efforts {
    /// What an effort means.
    pub(super) fn of(effort: Effort) -> Self {
        match effort {
            Effort::Quick => Efforts {
                cost: cost(1e-3, 5_000),
                near: 5e-3,
                settle: settle::Effort {
                    moves_per_visit: 60,
                    extra_days: 100,
                    squeeze: 1_500,
                    squeeze_most: 3_000_000,
                    idle: IDLE,
                    wide: 0,
                    wide_most: 0,
                    wide_tries: 0,
                },
                close: close(1_000, 1_000),
            },
            Effort::Normal => Efforts {
                cost: cost(1e-4, 20_000),
                near: 3e-4,
                settle: settle::Effort {
                    moves_per_visit: 150,
                    extra_days: 100,
                    squeeze: 12_000,
                    squeeze_most: 20_000_000,
                    idle: IDLE,
                    wide: 24_000,
                    wide_most: 20_000_000,
                    wide_tries: 2,
                },
                close: close(4_000, 20_000),
            },
            Effort::Thorough => Efforts {
                cost: cost(1e-6, 300_000),
                near: 1e-6,
                settle: settle::Effort {
                    moves_per_visit: 600,
                    extra_days: 200,
                    squeeze: 60_000,
                    squeeze_most: 400_000_000,
                    idle: IDLE,
                    wide: 60_000,
                    wide_most: 400_000_000,
                    wide_tries: 4,
                },
                close: close(20_000, 200_000),
            },
        }
    }
}

/// Share of the moves to keep crews at home that may be in vain at the end, before that is given up.
const IDLE: f64 = 1.0 / 4.0;

/// The same for a component that has less than this share of all work: elsewhere there is more to gain.
const IDLE_IN_CITY: f64 = 1.0 / 6.0;
const CITY: f64 = 0.25;

/// Factors of a model, of which there may be many, that is given to HiGHS' own tree as well.
const CUT_FACTORS: usize = 10_000;

/// Factors of all such models together, where there are few.
const ALL_CUT_FACTORS: usize = 40_000;

/// Least cost up to a relative gap, within so many pivots.
fn cost(relative_gap: f64, pivots: u64) -> tree::Limits {
    tree::Limits {
        pivots,
        relative_gap,
        absolute_gap: 1e-6,
        cut_factors: CUT_FACTORS,
    }
}

/// The exact model up to so many columns, within so many nodes.
fn close(columns: usize, nodes: i32) -> close::Effort {
    close::Effort {
        columns,
        solve: solver::Effort {
            relative_gap: 0.0,
            absolute_gap: 1e-6,
            nodes,
            stall_nodes: nodes,
            whole: true,
        },
    }
}

impl Efforts {
    /// How far the allocation of each of so many components goes.
    pub(super) fn cost_of_each(&self, components: usize) -> tree::Limits {
        tree::Limits {
            cut_factors: ALL_CUT_FACTORS / components.max(1),
            ..self.cost
        }
    }

    /// How far each stage goes for a component with this share of all work: wide searches pay least where there is much
    /// else to gain.
    pub(super) fn for_share(&self, share: f64) -> Self {
        let all = self.settle.wide_most as f64;
        let wide_most = (4.0 * share * share).min(1.0) * all;
        Efforts {
            settle: settle::Effort {
                wide_most: wide_most as u64,
                idle: if share < CITY { IDLE_IN_CITY } else { IDLE },
                ..self.settle
            },
            ..*self
        }
    }

    /// A tier's shortfall is found up to a share of all its weighted rounds, which is what the gap means to an office.
    pub(super) fn shortfall(&self, tier: &Objective) -> tree::Limits {
        let weight: f64 = tier.terms.iter().map(|(_, weight)| weight).sum();
        tree::Limits {
            relative_gap: 0.0,
            absolute_gap: (self.cost.relative_gap * weight).max(1e-6),
            ..self.cost
        }
    }
}
