//! A city falls apart into components: work and the teams that can do it, tied to the rest by nothing but money and
//! products. So does a district whose sprayers and bait teams have no work in common.
//!
//! Where every round can be done, each component is planned on its own, with products priced by the unit, and the
//! plans are put together. The bounds add up: see [`terms`].

mod gather;
mod packs;
mod terms;

use super::board::{Board, Lenience};
use super::disjoint::DisjointSets;
use super::search::Dice;
use super::spans::Spans;
use super::squeeze::{Guide, Squeeze};
use super::{
    Best, Complete, Efforts, Options, Stage, Watch, carry_out, dispatch, parallel, plan_alone,
};
use crate::domain::{Money, Plan, Quantity, Shortfall};
use crate::season::limits::BUDGET_TOLERANCE;
use crate::season::{BudgetLimit, DayIx, Extract, Season};
use gather::Gather;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use terms::Terms;

/// Jobs and teams that hang together.
struct Component {
    jobs: Vec<bool>,
    teams: Vec<bool>,
    /// Products that no other component uses: their packs are bought here.
    owns: Vec<bool>,
}

/// Seasons with fewer jobs are planned as one: that takes no time either, and knows that packs are whole.
const FEWEST_JOBS: usize = 300;

/// Share of all jobs from which on the largest component leaves others idle, so that the proof goes on beside it.
const MOST_OF_ALL: f64 = 0.8;

/// What came of planning the components one by one.
#[derive(Default)]
pub(super) struct Parted {
    /// Whether a plan without any missed round came out, or the planner was stopped.
    pub(super) is_done: bool,
    /// The best plan that was shown, which depends on when that is asked: for who stops the planner later.
    pub(super) shown: Option<Plan>,
}

/// Plans the components one by one, two or more at a time.
///
/// The components' plans do not depend on each other, so neither does the result on the order in which they are made.
pub(super) fn plan(season: &Season, options: &Options, best: &mut Best) -> Parted {
    if season.extract.is_some() || season.jobs.len() < FEWEST_JOBS {
        return Parted::default();
    }
    let components = components(season);
    if components.len() < 2 {
        return Parted::default();
    }
    // What no component holds nobody can do; where that misses a round, no plan is complete.
    let held = |job: &usize| components.iter().any(|component| component.jobs[*job]);
    let lost = season.demands.iter().any(|demand| {
        let done: Vec<DayIx> = demand.done_rounds().collect();
        !demand.jobs.iter().any(held) && demand.missed(season, &done) > 0
    });
    if lost {
        return Parted::default();
    }
    let watch = best.watch;
    let effort = Efforts::of(options.effort);
    watch.stage(Stage::Allocate);
    // First plans are made at list prices; the proof finds the terms for the plans to come.
    let list = Terms::list(season, &components);
    let gather = Gather::new(season, watch, components.len());
    let extracts: Vec<(usize, Season)> = components
        .iter()
        .map(|component| extract(season, component, &list.prices, list.quotas[0].clone()))
        .enumerate()
        .collect();
    let first_plans = || {
        parallel::map(&extracts, |(at, own)| {
            let watch = gather.of(*at);
            let mut best = Best::new(own, &watch);
            carry_out::first(own, &effort, options.seed, &mut best);
        });
    };
    let prove = || terms::find(season, &components, &list, options, watch);
    let largest = extracts.iter().map(|(_, own)| own.jobs.len()).max();
    let found = if largest.is_some_and(|jobs| jobs as f64 > MOST_OF_ALL * season.jobs.len() as f64)
    {
        parallel::both(first_plans, prove).1
    } else {
        first_plans();
        prove()
    };
    let parted = |is_done: bool| Parted {
        is_done,
        shown: gather.best_plan(),
    };
    let Some((terms, bound, known)) = found else {
        return parted(false);
    };
    let caps: BTreeMap<u32, Shortfall> = season
        .tiers()
        .into_iter()
        .map(|tier| (tier, Shortfall::ZERO))
        .collect();
    // What is shown from now on are the components' plans, not the empty one that stands so far.
    best.note_cost(&caps, bound);
    gather.prove(&best.proofs);
    if is_beyond_budget(season, bound) {
        return parted(false);
    }
    watch.stage(Stage::Dispatch);
    let numbered: Vec<(usize, &Component)> = components.iter().enumerate().collect();
    let known: Vec<Mutex<Option<Complete>>> =
        known.into_iter().map(|one| Mutex::new(Some(one))).collect();
    let plans = parallel::map(&numbered, |&(at, component)| {
        let own = extract(season, component, &terms.prices, terms.quotas[at].clone());
        let known = known[at]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let watch = gather.of(at);
        let share = own.jobs.len() as f64 / season.jobs.len() as f64;
        let effort = effort.for_share(share);
        plan_alone(&own, known, &effort, options.seed, &watch)
            .plan
            .visits
    });
    let plan = season.plan(plans.into_iter().flatten().collect());
    let mut board = Board::with_plan(season, dispatch::weights(season), &plan);
    if board.is_valid() {
        best.offer(plan);
    } else {
        within_budget(&mut board, options, watch);
        if board.is_valid() {
            best.offer(board.plan());
        }
    }
    let short = best.outcome.shortfall.values();
    parted(watch.stop() || short.copied().all(|short| short == Shortfall::ZERO))
}

/// Whether a plan that costs so much breaks a budget line that pays for everything.
fn is_beyond_budget(season: &Season, cost: Money) -> bool {
    let pays_for_all = |line: &&BudgetLimit| {
        let mut all = line.teams.iter().chain(&line.products);
        line.dates.is_none() && all.all(|&paid| paid)
    };
    let mut lines = season.limits.budget.iter().filter(pays_for_all);
    lines.any(|line| cost > line.amount + BUDGET_TOLERANCE)
}

/// Keeps crews at home until the budget lines hold that no component knew of.
fn within_budget(board: &mut Board, options: &Options, watch: &dyn Watch) {
    board.set_lenience(Lenience::Money);
    if board.is_valid() {
        let effort = Efforts::of(options.effort);
        let spans = Spans::new(board.season);
        let squeeze = Squeeze {
            phases: &spans.short_phases,
            guide: &Guide::new(),
            effort: &effort.settle,
            enough: board.strain.missed,
        };
        let mut dice = Dice::new(options.seed);
        let mut within = |board: &Board| board.ledger.beyond_lines() == 0.0;
        squeeze.run(board, &mut dice, watch, &mut within);
    }
    board.set_lenience(Lenience::Strict);
}

fn extract<'a>(
    season: &Season<'a>,
    component: &Component,
    prices: &[f64],
    quotas: Vec<Option<Quantity>>,
) -> Season<'a> {
    let prices = prices.iter().zip(&component.owns);
    let extract = Extract {
        teams: component.teams.clone(),
        unit_prices: prices
            .map(|(&price, owns)| (!owns).then_some(price))
            .collect(),
        quotas,
    };
    season.extract(&component.jobs, extract)
}

/// Whether a product's packs are bought in one of the components.
fn is_owned(components: &[Component], product: usize) -> bool {
    components.iter().any(|component| component.owns[product])
}

/// Money per unit of a product.
fn unit_price(season: &Season, product: usize) -> f64 {
    let row = &season.scenario.products[product];
    row.pack_cost.to_f64() / row.pack_size.to_f64()
}

/// What is left in store after the done visits; below 0 where they used more.
fn in_store(season: &Season, product: usize) -> Quantity {
    season.scenario.products[product].stock - season.limits.done_quantity[product]
}

/// What new visits may use at most, store and packs together.
fn most_used(season: &Season, product: usize) -> Option<Quantity> {
    let packs = season.limits.packs[product]?;
    let row = &season.scenario.products[product];
    // A limit that is none, such as 999,999,999,999 packs, comes near to what fits.
    let bought = row.pack_size.micro().saturating_mul(packs);
    let most = bought.saturating_add(in_store(season, product).micro());
    Some(Quantity::from_micro(most.max(0)))
}

/// The components, the largest first, by jobs and teams among whom to choose; jobs that nobody can do are in none unless somebody can do another one instead.
///
/// Two jobs hang together where the same rule asks for both at a part, or the same team can do both: only then can one
/// be in the way of the other, or share its stop.
fn components(season: &Season) -> Vec<Component> {
    let (jobs, demands) = (season.jobs.len(), season.demands.len());
    let products = season.scenario.products.len();
    // Jobs by number, then demands, then teams.
    let mut sets = DisjointSets::new(jobs + demands + season.scenario.teams.len());
    for (at, job) in season.jobs.iter().enumerate() {
        for demand in &job.demands {
            sets.join(at, jobs + demand);
        }
        for option in &job.options {
            sets.join(at, jobs + demands + option.team.0);
        }
    }
    let mut found: BTreeMap<usize, Component> = BTreeMap::new();
    for (at, job) in season.jobs.iter().enumerate() {
        if job.options.is_empty() {
            continue;
        }
        let component = found.entry(sets.of(at)).or_insert_with(|| Component {
            jobs: vec![false; jobs],
            teams: vec![false; season.scenario.teams.len()],
            owns: vec![false; products],
        });
        for option in &job.options {
            component.teams[option.team.0] = true;
        }
    }
    let mut users = vec![BTreeSet::new(); products];
    for job in 0..jobs {
        let set = sets.of(job);
        if let Some(component) = found.get_mut(&set) {
            component.jobs[job] = true;
            if let Some((product, _)) = season.jobs[job].product {
                users[product.0].insert(set);
            }
        }
    }
    for (product, users) in users.iter().enumerate() {
        if let Some(only) = users.first().filter(|_| users.len() == 1)
            && let Some(component) = found.get_mut(only)
        {
            component.owns[product] = true;
        }
    }
    // What takes longest comes first, so that no thread is left waiting for it.
    let mut components: Vec<Component> = found.into_values().collect();
    components.sort_by_key(|component| {
        let count = |own: &[bool]| own.iter().filter(|&&own| own).count();
        std::cmp::Reverse(count(&component.jobs) * count(&component.teams))
    });
    components
}

#[cfg(test)]
pub(super) mod tests;
