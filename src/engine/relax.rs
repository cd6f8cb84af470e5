//! The allocation as a relaxation: least shortfall and least cost with their bounds, one after the other.

use super::allocate::Allocation;
use super::lagrange::{Home, Parts};
use super::patterns::{PatternRow, Patterns};
use super::solver::{Effort, Objective, Optimum, Session};
use super::tree::{self, Found, Limits, Whole};
use crate::domain::{Money, ProductIx, Shortfall, TeamIx};
use std::collections::BTreeMap;

/// Models with no more factors than this are small.
const SMALL: usize = 4_000;

/// Rounds of adding rows of packing patterns at most.
const PACKING_ROUNDS: usize = 3;

/// One linear programme for all tiers and the cost; each stage starts where the last one ended.
pub(super) struct Relaxation<'a, 's> {
    allocation: &'a Allocation<'s>,
    session: Session,
    whole: Vec<Whole>,
    homes: Vec<Home>,
    caps: BTreeMap<u32, Shortfall>,
    patterns: Patterns,
    /// Rows of patterns, with their place among the session's rows.
    packed: Vec<(usize, PatternRow)>,
}

impl<'a, 's> Relaxation<'a, 's> {
    /// Without caps.
    pub(super) fn new(allocation: &'a Allocation<'s>) -> Self {
        Self::knowing(allocation, Patterns::default())
    }

    /// Without caps, with what is known of how visits can be packed.
    pub(super) fn knowing(allocation: &'a Allocation<'s>, patterns: Patterns) -> Self {
        let whole = allocation
            .model
            .whole_columns()
            .into_iter()
            .map(|col| Whole {
                col,
                low: allocation.model.low(col),
                high: allocation.model.high(col),
                // Packs and mobilisation follow from the rounds, so they are settled first.
                class: u8::from(col >= allocation.first_money),
            })
            .collect();
        Relaxation {
            allocation,
            session: Session::new(&allocation.model),
            whole,
            homes: allocation.homes(),
            caps: BTreeMap::new(),
            patterns,
            packed: Vec::new(),
        }
    }

    /// The caps so far.
    pub(super) fn caps(&self) -> &BTreeMap<u32, Shortfall> {
        &self.caps
    }

    /// What is known of how visits can be packed.
    pub(super) fn into_patterns(self) -> Patterns {
        self.patterns
    }

    /// The rows of packing patterns so far, with their place among the rows of an optimum.
    pub(super) fn packed(&self) -> &[(usize, PatternRow)] {
        &self.packed
    }

    /// Sends none of these teams out from now on.
    pub(super) fn do_without(&mut self, teams: &[TeamIx]) {
        for &(_, made) in (self.allocation.choices.iter()).filter(|(team, _)| teams.contains(team))
        {
            for whole in self.whole.iter_mut().filter(|whole| whole.col == made) {
                whole.high = 0.0;
            }
        }
    }

    /// Holds a tier's shortfall to a cap from now on.
    pub(super) fn cap(&mut self, tier: u32, cap: Shortfall) {
        let objective = &self.allocation.tiers[&tier];
        if allows_none(cap, objective) {
            for &(col, _) in &objective.terms {
                self.session.bound(col, 0.0, 0.0);
            }
        } else {
            self.session
                .at_most(&objective.terms, cap_limit(cap, objective));
        }
        self.caps.insert(tier, cap);
    }

    /// What one more unit of each product with a quota would save, in a part of a larger season, by the optimum when
    /// nothing need be whole.
    pub(super) fn quota_prices(&self, optimum: &Optimum) -> Vec<(ProductIx, f64)> {
        let quotas = self.allocation.quotas.iter();
        let price = |row| -optimum.dual(&self.allocation.model, row);
        quotas
            .map(|&(product, row)| (product, price(row).max(0.0)))
            .collect()
    }

    /// The least shortfall of a tier within the caps when nothing need be whole: a bound.
    pub(super) fn shortfall_relaxed(&mut self, tier: u32) -> Option<Optimum> {
        self.session.set_objective(&self.allocation.tiers[&tier]);
        self.session.solve().ok()
    }

    /// The least shortfall of a tier within the caps.
    pub(super) fn least_shortfall(
        &mut self,
        tier: u32,
        limits: &Limits,
        stop: &dyn Fn() -> bool,
    ) -> Option<(Found, Shortfall)> {
        let allocation = self.allocation;
        let found = self.minimise(&allocation.tiers[&tier], limits, stop)?;
        let bound = allocation.shortfall_bound(tier, found.bound);
        Some((found, bound))
    }

    /// The least cost within the caps when nothing need be whole.
    pub(super) fn cost_relaxed(&mut self) -> Option<Optimum> {
        self.session.set_objective(&self.allocation.cost);
        self.session.solve().ok()
    }

    /// The least cost within the caps.
    pub(super) fn least_cost(
        &mut self,
        limits: &Limits,
        stop: &dyn Fn() -> bool,
    ) -> Option<(Found, Money)> {
        let allocation = self.allocation;
        let found = self.minimise(&allocation.cost, limits, stop)?;
        let bound = allocation.cost_bound(found.bound);
        Some((found, bound))
    }

    fn minimise(
        &mut self,
        objective: &Objective,
        limits: &Limits,
        stop: &dyn Fn() -> bool,
    ) -> Option<Found> {
        self.session.set_objective(objective);
        // Where rounds are missed, these rows took 5 seconds of 16 on `karamay-summer-fifth-less-money`, and lifted no bound
        // of a shortfall.
        let complete = self.caps.len() == self.allocation.tiers.len()
            && self.caps.values().all(|&cap| cap == Shortfall::ZERO);
        if complete && limits.pivots > 0 {
            self.pack(stop);
        }
        let factors = self.allocation.model.factors();
        if factors > SMALL {
            let by_cuts = limits.pivots > 0 && factors <= limits.cut_factors;
            let rough = Limits {
                pivots: if by_cuts { 0 } else { limits.pivots },
                ..*limits
            };
            let found = self.minimise_by_parts(&rough, stop)?;
            if !by_cuts || stop() {
                return Some(found);
            }
            // The values are of a solution whose crew-days need not be whole: no start, and no limit to any bound.
            let cut = self.cut(objective, limits, &found, None);
            if is_near(&cut, limits) || stop() {
                return Some(cut);
            }
            let found = self.minimise_by_parts(limits, stop)?;
            return Some(Found {
                bound: cut.bound.max(found.bound),
                ..cut
            });
        }
        let found = tree::minimise(&mut self.session, &self.whole, limits, stop)?;
        if limits.pivots == 0 || is_near(&found, limits) || stop() {
            return Some(found);
        }
        let cut = self.cut(objective, limits, &found, Some(&found.values));
        let bound = cut.bound.max(found.bound);
        let better = if cut.value < found.value { cut } else { found };
        Some(Found {
            bound: bound.min(better.value),
            ..better
        })
    }

    /// Adds rows of packing patterns that the linear optimum breaks.
    fn pack(&mut self, stop: &dyn Fn() -> bool) {
        for _ in 0..PACKING_ROUNDS {
            let Ok(optimum) = self.session.solve() else {
                return;
            };
            let rows = self.patterns.broken(self.allocation, &optimum.values);
            if rows.is_empty() || stop() {
                return;
            }
            for row in rows {
                let place = self.session.rows().0.len();
                self.session.at_most(&row.terms, 0.0);
                self.packed.push((place, row));
            }
        }
    }

    /// A large model: the tree branches on what concerns the whole season; beneath its leaves, each phase is solved on
    /// its own.
    fn minimise_by_parts(&mut self, limits: &Limits, stop: &dyn Fn() -> bool) -> Option<Found> {
        let allocation = self.allocation;
        let season: Vec<Whole> = self
            .whole
            .iter()
            .copied()
            .filter(|whole| whole.col >= allocation.first_money)
            .collect();
        let mut parts = Parts::new(&allocation.model, &self.homes, allocation.hired(), limits);
        tree::minimise_over(&mut self.session, &season, limits, &mut parts, stop)
    }

    /// HiGHS' own tree with its cuts, which pay where the model is small and its whole columns matter much.
    fn cut(
        &self,
        objective: &Objective,
        limits: &Limits,
        found: &Found,
        start: Option<&[f64]>,
    ) -> Found {
        let effort = Effort {
            // The last part of the way costs HiGHS little.
            relative_gap: limits.relative_gap / 10.0,
            absolute_gap: limits.absolute_gap,
            nodes: 500,
            stall_nodes: 500,
            whole: true,
        };
        let mut model = self.allocation.capped(&self.caps);
        for (_, row) in &self.packed {
            model.at_most(row.terms.clone(), 0.0);
        }
        let answer = model.minimise(objective, &effort, start);
        match answer.values {
            Some(values) => Found {
                value: answer.objective,
                bound: answer.bound,
                values,
            },
            None => Found {
                bound: answer.bound.max(found.bound),
                ..found.clone()
            },
        }
    }
}

/// Whether a solution is as near to its bound as asked.
fn is_near(found: &Found, limits: &Limits) -> bool {
    let gap = limits.relative_gap * found.value.abs();
    found.value - found.bound <= gap.max(limits.absolute_gap)
}

/// Rounds that weigh no more than this may be missed, some of them, by a plan whose shortfall is 0: shortfalls are
/// compared after rounding to a millionth.
pub(super) const NEGLIGIBLE: f64 = 1e-6;

/// Whether a cap allows no missed round at all.
pub(super) fn allows_none(cap: Shortfall, objective: &Objective) -> bool {
    let mut weights = objective.terms.iter().map(|&(_, weight)| weight);
    cap == Shortfall::ZERO && weights.all(|weight| weight > NEGLIGIBLE)
}

/// What a capped shortfall may come to without its constant: half a millionth more than the cap, because shortfalls
/// are compared after rounding to a millionth.
pub(super) fn cap_limit(cap: Shortfall, objective: &Objective) -> f64 {
    (cap.micro() as f64 + 0.5) / 1e6 - objective.constant
}
