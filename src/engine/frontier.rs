//! The budget frontier: the best coverage for each of several amounts of money, each plan made from its neighbour's.
//!
//! A sweep downwards begins with a plan for which money was no object and gives up what is worth least ([`cut`]); a
//! sweep upwards begins with the plan for the least money and buys what is worth most ([`spend`]). Neither begins a plan
//! from nothing, so a point costs a fraction of what a plan does. The better plan of the two is kept for each amount.
//!
//! What may be spent in all is the only thing in which the points differ, and it is the amount or, where done visits
//! and signed contracts cost more, what these cost. So of two amounts the larger allows every plan that the smaller
//! allows. Two things follow:
//!
//! - A plan for an amount is valid for every larger one. Each point takes over the plan of the point before it where
//!   its own is not better, so that the points are monotone by construction.
//! - What is proven of all plans for an amount holds for all plans for a smaller one. Proofs are collected from the
//!   largest amount downwards, and each point has all those of the larger amounts.

mod bound;

use super::board::{Board, Lenience};
use super::effort::Efforts;
use super::search::Dice;
use super::shortage::{self, Means};
use super::spans::{Span, Spans};
use super::worth::Worth;
use super::{
    Best, Effort, Options, Outcome, Proofs, Stage, Watch, close, dispatch, finish, settle, squeeze,
};
use crate::domain::{Money, Plan, Scenario};
use crate::season::Season;
use bound::{Limited, Prover};

/// The best plans found for several amounts of money, ascending, each with what is proven of it.
///
/// The amounts take the place of the scenario's budget lines over everything ([`Scenario::with_total`]). `full` is
/// what [`super::plan`] found for the scenario without such a line. `None` when stopped.
pub fn frontier(
    scenario: &Scenario,
    full: &Outcome,
    amounts: &[Money],
    options: &Options,
    watch: &dyn Watch,
) -> Option<Vec<Outcome>> {
    debug_assert!(amounts.is_sorted());
    let most = *amounts.last()?;
    let limited = scenario.with_total(Some(Money::ZERO));
    let season = Season::new(&limited);
    // With nothing to spend, the line is what done visits and signed contracts cost.
    let owed = season.limits.budget.last()?.amount;
    let amounts: Vec<Money> = amounts.iter().map(|&amount| amount.max(owed)).collect();
    watch.stage(Stage::Allocate);
    let unlimited = scenario.with_total(None);
    let open = Season::new(&unlimited);
    let model = Limited::new(&open, most.max(owed));
    let mut prover = Prover::new(&model);
    let mut worths: Vec<Worth> = Vec::new();
    for &amount in &amounts {
        worths.push(prover.worth(&season, amount));
        if watch.stop() {
            return None;
        }
    }
    let mut sweep = Sweep {
        tools: Tools {
            phases: Spans::new(&season).phases,
            effort: Efforts::of(options.effort).settle,
            dice: Dice::new(options.seed),
            watch,
        },
        season,
        amounts,
        worths,
    };
    watch.stage(Stage::Dispatch);
    let mut outcomes = sweep.downwards(full)?;
    sweep.upwards(full, &mut outcomes)?;

    watch.stage(Stage::Prove);
    let count = sweep.amounts.len();
    let closed = sweep.close(full, &mut prover, &mut outcomes)?;
    let mut proofs = of_all(full);
    for (at, outcome) in outcomes.iter_mut().enumerate().rev() {
        if watch.stop() {
            return None;
        }
        if let Some(closed) = closed.get(at) {
            proofs = closed.clone();
        }
        prover.prove(sweep.amounts[at], &outcome.shortfall, &mut proofs);
        outcome.bounds = proofs.bounds_for(&outcome.shortfall);
        watch.counted(count - at, count);
    }
    Some(outcomes)
}

/// What is proven of all plans, whatever may be spent.
fn of_all(full: &Outcome) -> Proofs {
    let mut proofs = Proofs::default();
    for (&tier, &bound) in &full.bounds.shortfall {
        let earlier = full.shortfall.range(..tier);
        let caps = earlier.map(|(&tier, &short)| (tier, short)).collect();
        proofs.add_shortfall(caps, tier, bound);
    }
    proofs.add_cost(full.shortfall.clone(), full.bounds.cost);
    proofs
}

/// Keeps a plan if it is better.
fn keep_better(kept: &mut Outcome, found: Outcome) {
    if (&found.shortfall, found.cost) < (&kept.shortfall, kept.cost) {
        *kept = found;
    }
}

/// Going from amount to amount.
struct Sweep<'s, 'w> {
    season: Season<'s>,
    amounts: Vec<Money>,
    /// What is scarce, by amount.
    worths: Vec<Worth>,
    tools: Tools<'w>,
}

impl Sweep<'_, '_> {
    /// What may be spent from now on is the amount of this point.
    fn limit(&mut self, at: usize) {
        let line = self.season.limits.budget.last_mut();
        line.expect("the scenario has a line over everything")
            .amount = self.amounts[at];
    }

    /// From the largest amount to the smallest, each plan from the one before.
    fn downwards(&mut self, full: &Outcome) -> Option<Vec<Outcome>> {
        let count = self.amounts.len();
        let mut outcomes: Vec<Outcome> = Vec::new();
        for at in (0..count).rev() {
            self.limit(at);
            let richer = outcomes.last().unwrap_or(full);
            let outcome = if richer.cost <= self.amounts[at] {
                richer.clone()
            } else {
                let worth = &self.worths[at];
                self.tools.with_less(&self.season, &richer.plan, worth)
            };
            outcomes.push(outcome);
            if self.tools.watch.stop() {
                return None;
            }
            self.tools.watch.counted(outcomes.len(), 2 * count);
        }
        outcomes.reverse();
        Some(outcomes)
    }

    /// From the smallest amount to the largest: each point's plan is at least as good as the one before.
    fn upwards(&mut self, full: &Outcome, outcomes: &mut [Outcome]) -> Option<()> {
        let count = outcomes.len();
        for at in 1..count {
            self.limit(at);
            let poorer = outcomes[at - 1].clone();
            if outcomes[at].shortfall > full.shortfall {
                let found = self.tools.with_more(&self.season, &poorer.plan);
                keep_better(&mut outcomes[at], found);
            }
            keep_better(&mut outcomes[at], poorer);
            if self.tools.watch.stop() {
                return None;
            }
            self.tools.watch.counted(count + at + 1, 2 * count);
        }
        Some(())
    }

    /// Solves small scenarios outright. By point, what is known then; nothing for a scenario that is not small.
    fn close(
        &mut self,
        full: &Outcome,
        prover: &mut Prover,
        outcomes: &mut [Outcome],
    ) -> Option<Vec<Proofs>> {
        // A point may take only its share of what a plan may.
        let effort = Efforts::of(Effort::Quick).close;
        if !close::is_small(&self.season, &effort) {
            return Some(Vec::new());
        }
        let mut known = vec![Proofs::default(); outcomes.len()];
        let mut proofs = of_all(full);
        for at in (0..outcomes.len()).rev() {
            self.limit(at);
            prover.prove(self.amounts[at], &outcomes[at].shortfall, &mut proofs);
            let mut best = Best::resume(&self.season, self.tools.watch, &outcomes[at], proofs);
            close::close(&self.season, &effort, &mut best);
            outcomes[at] = best.outcome;
            proofs = best.proofs;
            known[at] = proofs.clone();
            if self.tools.watch.stop() {
                return None;
            }
        }
        for at in 1..outcomes.len() {
            let poorer = outcomes[at - 1].clone();
            keep_better(&mut outcomes[at], poorer);
        }
        Some(known)
    }
}

/// Part of the moves of a plan that a point may take: most of its work was done for its neighbour.
const SHARE: u64 = 3;

/// What a point is made with.
struct Tools<'w> {
    phases: Vec<Span>,
    effort: settle::Effort,
    dice: Dice,
    watch: &'w dyn Watch,
}

impl Tools<'_> {
    /// A plan for less money than another one costs.
    fn with_less(&mut self, season: &Season, start: &Plan, worth: &Worth) -> Outcome {
        let mut best = Best::new(season, self.watch);
        let mut board = Board::with_plan(season, dispatch::steep_weights(season), start);
        // The lines are exceeded by what is to be given up.
        board.set_lenience(Lenience::MoneyAndDays);
        let phases = &self.phases;
        shortage::cut(&mut board, phases, &self.effort, &mut self.dice, self.watch);
        board.set_lenience(Lenience::Strict);
        if !board.is_valid() {
            squeeze::keep_to_budget(&mut board, &mut self.dice);
            finish::give_up_until_valid(&mut board);
        }
        best.offer_board(&board);
        let effort = settle::Effort {
            moves_per_visit: self.effort.moves_per_visit / SHARE,
            ..self.effort
        };
        let means = Means {
            phases,
            worth,
            effort: &effort,
        };
        shortage::improve(&mut board, &means, &mut self.dice, &mut best);
        best.outcome
    }

    /// A plan for more money than another one costs.
    fn with_more(&mut self, season: &Season, start: &Plan) -> Outcome {
        let mut best = Best::new(season, self.watch);
        let mut board = Board::with_plan(season, dispatch::steep_weights(season), start);
        shortage::spend_more(&mut board, &self.phases, self.watch);
        best.offer_board(&board);
        best.outcome
    }
}
