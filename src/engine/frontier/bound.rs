//! What no plan for an amount of money can beat.
//!
//! One allocation serves all points. What may be spent in all, and the caps on the shortfalls of earlier tiers, are
//! columns beside it, fixed for each point: Σ cost ≤ money, Σ missed × weight ≤ cap. So a point changes nothing but the
//! bounds of a few columns, and its linear programme begins with the basis of the last one.
//!
//! Why this bounds every valid plan. The allocation of the scenario without a line over everything is a relaxation:
//! each plan that is valid for it maps onto a solution with the same shortfalls and cost ([`super::super::allocate`]). A
//! plan that is valid with the line costs at most the line's amount and the tolerance, so its solution satisfies the row
//! of the money; and one whose shortfall in each earlier tier is at most the cap satisfies the rows of the caps. The
//! linear optimum is at most the value of any such solution, and so at most the shortfall of any such plan.

use crate::domain::{Money, Shortfall};
use crate::engine::Proofs;
use crate::engine::allocate::{Allocation, Grain};
use crate::engine::relax::cap_limit;
use crate::engine::solver::{Col, Optimum, Row, Session};
use crate::engine::worth::Worth;
use crate::engine::{ceiling, dispatch};
use crate::season::Season;
use crate::season::limits::BUDGET_TOLERANCE;
use std::collections::BTreeMap;

/// The allocation with money and caps as columns.
pub(super) struct Limited<'s> {
    allocation: Allocation<'s>,
    /// What new visits and crew-days may cost, in units of `scale`.
    money: Col,
    scale: f64,
    /// The row that holds them.
    spent: Row,
    /// What each tier may miss.
    caps: BTreeMap<u32, Col>,
}

impl<'s> Limited<'s> {
    /// `open` is the season without a line over everything; amounts of money are of the size of `most`.
    pub(super) fn new(open: &'s Season<'s>, most: Money) -> Self {
        let mut allocation = Allocation::new(open, Grain::Periods);
        // Scaled, so that the solver's tolerance is in parts of the amount.
        let scale = most.to_f64().abs().max(1.0);
        let model = &mut allocation.model;
        let money = model.column(0.0, 0.0);
        let terms = allocation.cost.terms.iter();
        let mut terms: Vec<_> = terms.map(|&(col, factor)| (col, factor / scale)).collect();
        terms.push((money, -1.0));
        let spent = model.at_most(terms, 0.0);
        let mut caps = BTreeMap::new();
        for (&tier, objective) in &allocation.tiers {
            let terms = objective.terms.iter();
            let most: f64 = terms.map(|&(col, factor)| factor * model.high(col)).sum();
            let cap = model.column(0.0, most);
            let mut terms = objective.terms.clone();
            terms.push((cap, -1.0));
            model.at_most(terms, 0.0);
            caps.insert(tier, cap);
        }
        Limited {
            allocation,
            money,
            scale,
            spent,
            caps,
        }
    }
}

/// Proves point after point; each tier has a linear programme that keeps its basis.
pub(super) struct Prover<'a, 's> {
    limited: &'a Limited<'s>,
    sessions: BTreeMap<u32, Session>,
}

impl<'a, 's> Prover<'a, 's> {
    /// Nothing is solved yet.
    pub(super) fn new(limited: &'a Limited<'s>) -> Self {
        Prover {
            limited,
            sessions: BTreeMap::new(),
        }
    }

    /// Adds what can be proven of a plan for an amount, by tier, where not all is proven yet.
    pub(super) fn prove(
        &mut self,
        amount: Money,
        written: &BTreeMap<u32, Shortfall>,
        proofs: &mut Proofs,
    ) {
        let mut caps = BTreeMap::new();
        for (&tier, &short) in written {
            if short > proofs.bounds_for(written).shortfall[&tier]
                && let Some(bound) = self.least(tier, amount, &caps)
            {
                proofs.add_shortfall(caps.clone(), tier, bound);
            }
            caps.insert(tier, short);
        }
    }

    /// What is scarce with an amount.
    pub(super) fn worth(&mut self, season: &Season, amount: Money) -> Worth {
        let factors = dispatch::tier_factors(season);
        let mut worth = Worth::nothing(season);
        let mut caps = BTreeMap::new();
        let tiers: Vec<u32> = self.limited.caps.keys().copied().collect();
        for tier in tiers {
            let Some(optimum) = self.solve(tier, amount, &caps) else {
                break;
            };
            if optimum.objective > 1e-6 {
                let limited = self.limited;
                let allocation = &limited.allocation;
                let mut of_tier = Worth::of(season, allocation, &optimum, factors[&tier]);
                let money = -optimum.dual(&allocation.model, limited.spent) / limited.scale;
                for piece in &mut of_tier.piece {
                    *piece += factors[&tier] * money.max(0.0);
                }
                worth = of_tier.or(worth);
            }
            caps.insert(tier, ceiling(optimum.objective));
        }
        worth
    }

    /// What every plan for an amount misses at least in a tier, when earlier tiers stay within their caps.
    fn least(
        &mut self,
        tier: u32,
        amount: Money,
        caps: &BTreeMap<u32, Shortfall>,
    ) -> Option<Shortfall> {
        let optimum = self.solve(tier, amount, caps)?;
        let allocation = &self.limited.allocation;
        Some(allocation.shortfall_bound(tier, optimum.objective))
    }

    fn solve(
        &mut self,
        tier: u32,
        amount: Money,
        caps: &BTreeMap<u32, Shortfall>,
    ) -> Option<Optimum> {
        let limited = self.limited;
        let allocation = &limited.allocation;
        let session = self.sessions.entry(tier).or_insert_with(|| {
            let mut session = Session::new(&allocation.model);
            session.set_objective(&allocation.tiers[&tier]);
            session
        });
        let money = (amount + BUDGET_TOLERANCE).to_f64() - allocation.cost.constant;
        let money = (money / limited.scale).max(0.0);
        session.bound(limited.money, money, money);
        for (tier, &cap) in caps {
            let limit = cap_limit(cap, &allocation.tiers[tier]);
            session.bound(limited.caps[tier], 0.0, limit.max(0.0));
        }
        session.solve().ok()
    }
}
