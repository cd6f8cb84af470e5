//! How close a plan is to the best possible.

use crate::domain::{Money, Shortfall};
use std::collections::BTreeMap;

/// What is proven of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proven {
    /// By tier: every valid plan whose shortfall in each earlier tier is at most this plan's has at least this.
    pub shortfall: BTreeMap<u32, Shortfall>,
    /// Every valid plan whose shortfall in each tier is at most this plan's costs at least this.
    pub cost: Money,
}

/// How close a plan is to the best possible.
#[derive(Debug, Clone, PartialEq)]
pub struct Closeness {
    /// What is proven, bounds of tiers without a proof being 0.
    pub proven: Proven,
    /// (total − cost bound) / total; 0 when total is 0.
    pub gap: f64,
    /// The first tier whose shortfall is above its bound, and by how much at most it could be less.
    pub open_tier: Option<(u32, Shortfall)>,
    /// What could be saved at most without missing more.
    pub saving: Money,
}

impl Closeness {
    pub(super) fn new(shortfall: &BTreeMap<u32, Shortfall>, total: Money, proven: &Proven) -> Self {
        let bound = |tier| proven.shortfall.get(&tier).copied().unwrap_or_default();
        let saving = total - proven.cost;
        Closeness {
            gap: gap(total, proven.cost),
            open_tier: shortfall
                .iter()
                .map(|(&tier, &short)| (tier, short - bound(tier)))
                .find(|&(_, open)| open > Shortfall::ZERO),
            saving,
            proven: Proven {
                shortfall: shortfall.keys().map(|&tier| (tier, bound(tier))).collect(),
                cost: proven.cost,
            },
        }
    }

    /// Whether it is proven that no valid plan is better.
    pub fn is_optimal(&self) -> bool {
        self.open_tier.is_none() && self.saving <= Money::ZERO
    }
}

/// (total − bound) / total; 0 when total is 0.
pub fn gap(total: Money, bound: Money) -> f64 {
    if total == Money::ZERO {
        0.0
    } else {
        (total - bound).to_f64() / total.to_f64()
    }
}
