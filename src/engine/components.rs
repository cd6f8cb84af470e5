//! A city falls apart into components: sites and the teams that can serve them, tied to the rest by nothing but money
//! and products.
//!
//! Where every round can be done, each component is planned on its own, with products priced by the unit, and the
//! plans are put together. The bounds add up:
//!
//! A valid plan of the whole, cut down to a component, obeys every rule of the component. Its labour money is the sum of
//! the components' and of what is owed to teams that nobody needs. Its money for a product is
//! pack cost × ⌈(used − stock) / pack size⌉, not below 0, so for any share y of the price of a unit, 0 ≤ y ≤ pack cost /
//! pack size, it is at least y × (used − stock − 1e-6), and `used` adds up over the components. Budget lines, stocks and
//! packs that can be bought at most are left out, which only makes the bound weaker. So the sum over the components of
//! what each costs at least, with products at y a unit, plus what is owed, less y × (stock + 1e-6 − done) for each
//! product, is a bound for every valid plan of the whole in which no round is missed.
//!
//! Packs of a product may be counted whole instead: with y = 0 for it, the components cost at least what they cost
//! without it, and its packs at least those for the least use of it in any plan without a missed round ([`packs`]).
//! That is the better bound where the use does not depend on the price.

mod gather;
mod packs;

use super::allocate::{Allocation, Grain};
use super::board::{Board, Lenience};
use super::disjoint::DisjointSets;
use super::relax::Relaxation;
use super::search::Dice;
use super::spans::Spans;
use super::squeeze::{Guide, Squeeze};
use super::{Best, Efforts, Options, Stage, Watch, carry_out, dispatch, parallel, plan_alone};
use crate::domain::{Money, ProductIx, Quantity, Shortfall};
use crate::season::limits::{PACK_TOLERANCE, team_money};
use crate::season::{DayIx, Extract, Season};
use gather::Gather;
use std::collections::BTreeMap;

/// Parts of sites and teams that hang together.
struct Component {
    parts: Vec<bool>,
    teams: Vec<bool>,
}

/// Seasons with fewer jobs are planned as one: that takes no time either, and knows that packs are whole.
const FEWEST_JOBS: usize = 1_000;

/// Where the cheapest allocation uses no more of a product than this times the least that any uses, the price does not
/// matter to how much that is.
const ABOUT: f64 = 1.001;

/// What products cost a unit, and how much of them each component may use.
#[derive(Clone)]
struct Terms {
    /// Share of the price that counts, y in the module's words, and more where a product is short; by product.
    prices: Vec<f64>,
    /// By component and product.
    quotas: Vec<Vec<Option<Quantity>>>,
}

impl Terms {
    /// Products at their price, as much as anybody wants.
    fn list(season: &Season, components: usize) -> Self {
        let products = season.scenario.products.len();
        Terms {
            prices: (0..products).map(|at| unit_price(season, at)).collect(),
            quotas: vec![vec![None; products]; components],
        }
    }
}

/// What a component's allocation says.
struct Relaxed {
    /// No plan of the component without a missed round costs less.
    bound: Money,
    /// Units of each product that its cheapest allocation uses.
    uses: Vec<f64>,
    /// What a unit more of a product with a quota would save.
    quota_prices: Vec<(ProductIx, f64)>,
}

/// Plans the components one by one, two or more at a time; whether a plan without any missed round came out.
///
/// The components' plans do not depend on each other, so neither does the result on the order in which they are made.
pub(super) fn plan(season: &Season, options: &Options, best: &mut Best) -> bool {
    if season.extract.is_some() || season.jobs.len() < FEWEST_JOBS {
        return false;
    }
    let components = components(season);
    if components.len() < 2 {
        return false;
    }
    // What no component holds nobody can serve; where that misses a round, no plan is complete.
    let held = |part: usize| components.iter().any(|component| component.parts[part]);
    let lost = season.demands.iter().any(|demand| {
        let done: Vec<DayIx> = demand.done_rounds().collect();
        !held(demand.part) && demand.missed(season, &done) > 0
    });
    if lost {
        return false;
    }
    let watch = best.watch;
    let effort = Efforts::of(options.effort);
    watch.stage(Stage::Allocate);
    // First plans are made at list prices beside the proof, which finds the terms for the plans to come.
    let list = Terms::list(season, components.len());
    let gather = Gather::new(season, watch, components.len());
    let extracts: Vec<(usize, Season)> = components
        .iter()
        .map(|component| extract(season, component, &list.prices, list.quotas[0].clone()))
        .enumerate()
        .collect();
    let ((), found) = parallel::both(
        || {
            parallel::map(&extracts, |(at, own)| {
                let watch = gather.of(*at);
                let mut best = Best::new(own, &watch);
                carry_out::first(own, &effort, options.seed, &mut best);
            });
        },
        || terms(season, &components, &list, options, watch),
    );
    let offer_shown = |best: &mut Best| {
        if watch.stop()
            && let Some(plan) = gather.best_plan()
        {
            best.offer(plan);
        }
    };
    let Some((terms, bound)) = found else {
        offer_shown(best);
        return false;
    };
    let caps: BTreeMap<u32, Shortfall> = season
        .tiers()
        .into_iter()
        .map(|tier| (tier, Shortfall::ZERO))
        .collect();
    best.prove_cost(&caps, bound);
    gather.prove(&best.proofs);
    watch.stage(Stage::Dispatch);
    let numbered: Vec<(usize, &Component)> = components.iter().enumerate().collect();
    let plans = parallel::map(&numbered, |&(at, component)| {
        let own = extract(season, component, &terms.prices, terms.quotas[at].clone());
        plan_alone(&own, options, &gather.of(at)).plan.visits
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
    offer_shown(best);
    let short = best.outcome.shortfall.values();
    watch.stop() || short.copied().all(|short| short == Shortfall::ZERO)
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

/// Terms under which the components together stay within stores and packs, and what a plan of the whole costs at least.
fn terms(
    season: &Season,
    components: &[Component],
    list: &Terms,
    options: &Options,
    watch: &dyn Watch,
) -> Option<(Terms, Money)> {
    let products = season.scenario.products.len();
    let mut terms = list.clone();
    let free = list.quotas.clone();
    let mut relaxed = relax(season, components, &terms, options, watch)?;
    let used = |relaxed: &[Relaxed], at: usize| relaxed.iter().map(|one| one.uses[at]).sum::<f64>();
    // Of some products there is enough in store: those cost nothing.
    let enough: Vec<usize> = (0..products)
        .filter(|&at| terms.prices[at] > 0.0 && used(&relaxed, at) <= in_store(season, at).to_f64())
        .collect();
    if !enough.is_empty() {
        for &at in &enough {
            terms.prices[at] = 0.0;
        }
        relaxed = relax(season, components, &terms, options, watch)?;
    }
    // Of some there is too little: each component gets its share, and for the bound a price that all of them feel.
    let short: Vec<(usize, Quantity)> = (0..products)
        .filter_map(|at| Some((at, most_used(season, at)?)))
        .filter(|&(at, most)| used(&relaxed, at) > most.to_f64())
        .collect();
    let mut bound_prices = terms.prices.clone();
    if !short.is_empty() {
        for &(at, most) in &short {
            let all = used(&relaxed, at);
            for (quotas, one) in terms.quotas.iter_mut().zip(&relaxed) {
                let share = most.to_f64() * one.uses[at] / all;
                quotas[at] = Some(Quantity::from_micro((share * 1e6).floor() as i64));
            }
        }
        let rationed = relax(season, components, &terms, options, watch)?;
        for &(at, _) in &short {
            let mut prices: Vec<f64> = rationed
                .iter()
                .flat_map(|one| &one.quota_prices)
                .filter(|(product, _)| product.0 == at)
                .map(|&(_, price)| price)
                .collect();
            prices.sort_by(f64::total_cmp);
            bound_prices[at] += prices.get(prices.len() / 2).copied().unwrap_or(0.0);
        }
        let priced = Terms {
            prices: bound_prices.clone(),
            quotas: free,
        };
        relaxed = relax(season, components, &priced, options, watch)?;
    }
    let mut bound = whole_bound(season, components, &bound_prices, &terms.prices, &relaxed);
    // Of some as much is used whatever they cost: their packs are whole.
    let least = packs::least_uses(season);
    let whole: Vec<usize> = (0..products)
        .filter(|&at| {
            let uses = used(&relaxed, at);
            let beyond = uses - in_store(season, at).to_f64();
            bound_prices[at] <= terms.prices[at]
                && uses <= ABOUT * least[at].to_f64()
                && !packs::would_replace_others(season, ProductIx(at), &terms.prices)
                && packs::money(season, at, least[at]).to_f64() > terms.prices[at] * beyond + 1e-6
        })
        .collect();
    if !whole.is_empty() {
        for &at in &whole {
            bound_prices[at] = 0.0;
        }
        let priced = Terms {
            prices: bound_prices.clone(),
            quotas: vec![vec![None; products]; components.len()],
        };
        let relaxed = relax(season, components, &priced, options, watch)?;
        let prices: Vec<f64> = (0..products)
            .map(|at| terms.prices[at].min(bound_prices[at]))
            .collect();
        let mut other = whole_bound(season, components, &bound_prices, &prices, &relaxed);
        for &at in &whole {
            other += packs::money(season, at, least[at]);
        }
        bound = bound.max(other);
    }
    Some((terms, bound))
}

/// The bound for the whole: what the components cost at least and what is owed besides, less what stores and packs take
/// off the price of the products (with λ = bound price − price, for which Σ λ × used ≤ λ × the most that can be used).
fn whole_bound(
    season: &Season,
    components: &[Component],
    bound_prices: &[f64],
    prices: &[f64],
    relaxed: &[Relaxed],
) -> Money {
    let mut bound: Money = relaxed.iter().map(|one| one.bound).sum();
    let limits = &season.limits;
    let idle = season
        .teams()
        .filter(|team| !components.iter().any(|own| own.teams[team.0]));
    for team in idle {
        let at = team.0;
        let (days, used) = (limits.done_days[at], limits.done_used[at]);
        bound += team_money(season, team, days, used, limits.done_piece[at]);
    }
    for at in 0..prices.len() {
        let mut off = prices[at] * (in_store(season, at) + PACK_TOLERANCE).micro() as f64;
        if bound_prices[at] > prices[at]
            && let Some(most) = most_used(season, at)
        {
            off += (bound_prices[at] - prices[at]) * (most + PACK_TOLERANCE).micro() as f64;
        }
        bound -= Money::from_micro(off.ceil() as i64 + 1);
    }
    bound.max(Money::ZERO)
}

/// The allocations of all components; `None` where one cannot do without missed rounds, or when stopped.
fn relax(
    season: &Season,
    components: &[Component],
    terms: &Terms,
    options: &Options,
    watch: &dyn Watch,
) -> Option<Vec<Relaxed>> {
    let numbered: Vec<(usize, &Component)> = components.iter().enumerate().collect();
    let effort = Efforts::of(options.effort);
    let relaxed = parallel::map(&numbered, |&(at, component)| {
        let own = extract(season, component, &terms.prices, terms.quotas[at].clone());
        let allocation = Allocation::new(&own, Grain::Periods);
        if allocation.tiers.values().any(|tier| tier.constant > 0.0) {
            return None;
        }
        let mut complete = Relaxation::new(&allocation);
        for tier in own.tiers() {
            complete.cap(tier, Shortfall::ZERO);
        }
        let (found, bound) = complete.least_cost(&effort.cost, &|| watch.stop())?;
        let uses = (0..terms.prices.len()).map(|product| {
            let uses = allocation.uses_of(ProductIx(product));
            uses.iter()
                .map(|&(col, units)| units * found.values[col.0])
                .sum()
        });
        Some(Relaxed {
            bound,
            uses: uses.collect(),
            quota_prices: complete.quota_prices(),
        })
    });
    relaxed.into_iter().collect()
}

fn extract<'a>(
    season: &Season<'a>,
    component: &Component,
    prices: &[f64],
    quotas: Vec<Option<Quantity>>,
) -> Season<'a> {
    let extract = Extract {
        teams: component.teams.clone(),
        unit_prices: prices.to_vec(),
        quotas,
    };
    season.extract(&component.parts, extract)
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

/// The components that have work, by their first part; sites that nobody can serve are in none.
fn components(season: &Season) -> Vec<Component> {
    let parts = season.parts.len();
    // Parts by number, then teams.
    let mut sets = DisjointSets::new(parts + season.scenario.teams.len());
    for job in &season.jobs {
        let site = season.parts[job.part].site;
        sets.join(job.part, season.first_part[site.0]);
        for option in &job.options {
            sets.join(job.part, parts + option.team.0);
        }
    }
    let mut found: BTreeMap<usize, Component> = BTreeMap::new();
    for job in season.jobs.iter().filter(|job| !job.options.is_empty()) {
        let component = found.entry(sets.of(job.part)).or_insert_with(|| Component {
            parts: vec![false; parts],
            teams: vec![false; season.scenario.teams.len()],
        });
        for option in &job.options {
            component.teams[option.team.0] = true;
        }
    }
    for part in 0..parts {
        if let Some(component) = found.get_mut(&sets.of(part)) {
            component.parts[part] = true;
        }
    }
    found.into_values().collect()
}

#[cfg(test)]
pub(super) mod tests;
