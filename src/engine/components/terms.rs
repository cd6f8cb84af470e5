//! Terms for the components, and what they prove together.
//!
//! A valid plan of the whole, cut down to a component, obeys every rule of the component. Its labour money is the sum of
//! the components' and of what is owed to teams that nobody needs. Its money for a product is
//! pack cost × ⌈(used − stock) / pack size⌉, not below 0, so for any share y of the price of a unit, 0 ≤ y ≤ pack cost /
//! pack size, it is at least y × (used − stock − 1e-6), and `used` adds up over the components. Budget lines, stocks and
//! packs that can be bought at most are left out, which only makes the bound weaker. So the sum over the components of
//! what each costs at least, with products at y a unit, plus what is owed, less y × (stock + 1e-6 − done) for each
//! product, is a bound for every valid plan of the whole in which no round is missed.
//!
//! Packs of a product that one component alone uses are bought there, whole, for what done visits used as well; y is 0 for
//! it in the sum above. Packs of another may be counted whole too: with y = 0 for it, the components cost at least what
//! they cost without it, and its packs at least those for the least use of it in any plan without a missed round
//! ([`packs`]). That is the better bound where the use does not depend on the price.

use super::super::allocate::{Allocation, Grain};
use super::super::patterns::Patterns;
use super::super::{Complete, Efforts, Options, Watch, allocate_complete, parallel, tree};
use super::{Component, extract, in_store, is_owned, most_used, packs, unit_price};
use crate::domain::{Money, ProductIx, Quantity};
use crate::season::Season;
use crate::season::limits::{PACK_TOLERANCE, team_money};

/// Where the cheapest allocation uses no more of a product than this times the least that any uses, the price does not
/// matter to how much that is.
const ABOUT: f64 = 1.001;

/// What products cost a unit, and how much of them each component may use.
#[derive(Clone)]
pub(super) struct Terms {
    /// Share of the price that counts, y in the module's words, and more where a product is short; by product.
    pub(super) prices: Vec<f64>,
    /// By component and product.
    pub(super) quotas: Vec<Vec<Option<Quantity>>>,
}

impl Terms {
    /// Products at their price, as much as anybody wants; those that one component buys for itself at none.
    pub(super) fn list(season: &Season, components: &[Component]) -> Self {
        let products = season.scenario.products.len();
        let price = |at| {
            if is_owned(components, at) {
                0.0
            } else {
                unit_price(season, at)
            }
        };
        Terms {
            prices: (0..products).map(price).collect(),
            quotas: vec![vec![None; products]; components.len()],
        }
    }
}

/// What a component's allocation says.
struct Relaxed {
    complete: Complete,
    /// Units of each product that it uses.
    uses: Vec<f64>,
}

/// Terms under which the components together stay within stores and packs, what a plan of the whole costs at least, and
/// what each component's allocation says under the terms.
pub(super) fn find(
    season: &Season,
    components: &[Component],
    list: &Terms,
    options: &Options,
    watch: &dyn Watch,
) -> Option<(Terms, Money, Vec<Complete>)> {
    let products = season.scenario.products.len();
    let mut terms = list.clone();
    let limits = Efforts::of(options.effort).cost_of_each(components.len());
    let rough = tree::Limits {
        pivots: 0,
        ..limits
    };
    let none = vec![Patterns::default(); components.len()];
    let relax = |patterns: &[Patterns], terms: &[&Terms], limits| {
        relax(season, components, patterns, terms, limits, watch)
    };
    let roughly = |terms: &Terms| Some(relax(&none, &[terms], &rough)?.remove(0));
    let mut relaxed = roughly(&terms)?;
    let used = |relaxed: &[Relaxed], at: usize| relaxed.iter().map(|one| one.uses[at]).sum::<f64>();
    // Of some products there is enough in store: those cost nothing.
    let enough: Vec<usize> = (0..products)
        .filter(|&at| terms.prices[at] > 0.0 && used(&relaxed, at) <= in_store(season, at).to_f64())
        .collect();
    if !enough.is_empty() {
        for &at in &enough {
            terms.prices[at] = 0.0;
        }
        relaxed = roughly(&terms)?;
    }
    // Of some there is too little: each component gets its share, and for the bound a price that all of them feel.
    let short: Vec<(usize, Quantity)> = (0..products)
        .filter(|&at| !is_owned(components, at))
        .filter_map(|at| Some((at, most_used(season, at)?)))
        .filter(|&(at, most)| used(&relaxed, at) > most.to_f64())
        .collect();
    let mut priced = terms.clone();
    if !short.is_empty() {
        for &(at, most) in &short {
            let all = used(&relaxed, at);
            for (quotas, one) in terms.quotas.iter_mut().zip(&relaxed) {
                let share = most.to_f64() * one.uses[at] / all;
                quotas[at] = Some(Quantity::from_micro((share * 1e6).floor() as i64));
            }
        }
        let rationed = roughly(&terms)?;
        for &(at, _) in &short {
            let mut prices: Vec<f64> = rationed
                .iter()
                .flat_map(|one| &one.complete.quota_prices)
                .filter(|(product, _)| product.0 == at)
                .map(|&(_, price)| price)
                .collect();
            prices.sort_by(f64::total_cmp);
            priced.prices[at] += prices.get(prices.len() / 2).copied().unwrap_or(0.0);
        }
        relaxed = roughly(&priced)?;
    }
    // Of some as much is used whatever they cost: their packs are whole.
    let least = packs::least_uses(season);
    let whole: Vec<usize> = (0..products)
        .filter(|&at| !is_owned(components, at))
        .filter(|&at| {
            let uses = used(&relaxed, at);
            let beyond = uses - in_store(season, at).to_f64();
            priced.prices[at] <= terms.prices[at]
                && uses <= ABOUT * least[at].to_f64()
                && !packs::would_replace_others(season, ProductIx(at), &terms.prices)
                && packs::money(season, at, least[at]).to_f64() > terms.prices[at] * beyond + 1e-6
        })
        .collect();
    let mut in_packs = priced.clone();
    for &at in &whole {
        in_packs.prices[at] = 0.0;
    }
    // What is planned with comes first: the others know its patterns. Without quotas it is a bound by itself.
    let planned = relax(&none, &[&terms], &limits)?.remove(0);
    let known = planned.iter().map(|one| one.complete.patterns.clone());
    let patterns: Vec<Patterns> = known.collect();
    let mut others: Vec<&Terms> = Vec::new();
    if !short.is_empty() {
        others.push(&priced);
    }
    if !whole.is_empty() {
        others.push(&in_packs);
    }
    let others = relax(&patterns, &others, &limits)?;
    let mut others = others.iter();
    let by_unit = if short.is_empty() {
        Some(&planned)
    } else {
        others.next()
    };
    let bound_by = |bound_prices: &[f64], prices: &[f64], relaxed: &Vec<Relaxed>| {
        whole_bound(season, components, bound_prices, prices, relaxed)
    };
    let mut bound = by_unit.map_or(Money::ZERO, |relaxed| {
        bound_by(&priced.prices, &terms.prices, relaxed)
    });
    if let Some(relaxed) = others.next() {
        let prices = terms.prices.iter().zip(&in_packs.prices);
        let prices: Vec<f64> = prices.map(|(price, other)| price.min(*other)).collect();
        let packs = whole.iter().map(|&at| packs::money(season, at, least[at]));
        let other = bound_by(&in_packs.prices, &prices, relaxed) + packs.sum::<Money>();
        bound = bound.max(other);
    }
    let known = planned.into_iter();
    Some((terms, bound, known.map(|one| one.complete).collect()))
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
    let mut bound: Money = relaxed.iter().map(|one| one.complete.bound).sum();
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
        // A product without a price takes nothing off.
        if off != 0.0 {
            bound -= Money::from_micro(off.ceil() as i64 + 1);
        }
    }
    bound.max(Money::ZERO)
}

/// The allocations of all components under each of some terms; `None` where one cannot do without missed rounds, or when
/// stopped.
fn relax(
    season: &Season,
    components: &[Component],
    patterns: &[Patterns],
    terms: &[&Terms],
    limits: &tree::Limits,
    watch: &dyn Watch,
) -> Option<Vec<Vec<Relaxed>>> {
    let pairs: Vec<(usize, &Terms)> = (0..components.len())
        .flat_map(|at| terms.iter().map(move |&terms| (at, terms)))
        .collect();
    let relaxed = parallel::map(&pairs, |&(at, terms)| {
        let component = &components[at];
        let own = extract(season, component, &terms.prices, terms.quotas[at].clone());
        let allocation = Allocation::new(&own, Grain::Periods);
        let patterns = patterns[at].clone();
        let complete = allocate_complete(&allocation, patterns, limits, watch)?;
        let uses = (0..terms.prices.len()).map(|product| {
            let uses = allocation.uses_of(ProductIx(product));
            uses.iter()
                .map(|&(col, units)| units * complete.target.values[col.0])
                .sum()
        });
        Some(Relaxed {
            uses: uses.collect(),
            complete,
        })
    });
    let mut by_terms: Vec<Vec<Relaxed>> = terms.iter().map(|_| Vec::new()).collect();
    for (number, relaxed) in relaxed.into_iter().enumerate() {
        by_terms[number % terms.len()].push(relaxed?);
    }
    Some(by_terms)
}
