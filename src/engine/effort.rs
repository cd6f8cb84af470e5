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
        let (gap, pivots, near, nodes, moves_per_visit, extra_days, squeeze, squeeze_most, columns) =
            match effort {
                Effort::Quick => (1e-3, 5_000, 5e-3, 100, 60, 100, 1_500, 3_000_000, 1_000),
                Effort::Normal => (
                    1e-4, 20_000, 3e-4, 2_000, 150, 100, 12_000, 20_000_000, 4_000,
                ),
                Effort::Thorough => (
                    1e-6,
                    300_000,
                    1e-6,
                    20_000,
                    600,
                    200,
                    60_000,
                    400_000_000,
                    20_000,
                ),
            };
        Efforts {
            near,
            cost: tree::Limits {
                pivots,
                relative_gap: gap,
                absolute_gap: 1e-6,
            },
            settle: settle::Effort {
                moves_per_visit,
                extra_days,
                squeeze,
                squeeze_most,
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
    pub(super) fn shortfall(&self, tier: &Objective) -> tree::Limits {
        let weight: f64 = tier.terms.iter().map(|(_, weight)| weight).sum();
        tree::Limits {
            relative_gap: 0.0,
            absolute_gap: (self.cost.relative_gap * weight).max(1e-6),
            ..self.cost
        }
    }
}
