//! The least that any plan without a missed round uses of a product, and what its packs cost.
//!
//! A demand all of whose jobs use a product needs, in each period, as many visits with it as rounds are asked there and
//! not done yet. Periods that have no day in common hold different visits, of whatever demands of the part they are. So
//! the needs of any periods of a part that do not overlap add up; the greatest such sum (weighted interval scheduling,
//! Kleinberg and Tardos 2005, chapter 6) is used at least.
//!
//! A plan whose shortfall is 0 misses no round of a demand whose rounds weigh enough to show in it; the others may be
//! missed and ask nothing here.

use crate::domain::{Money, ProductIx, Quantity};
use crate::engine::relax::NEGLIGIBLE;
use crate::season::limits::packs_needed;
use crate::season::{DayIx, Demand, Season};
use std::collections::BTreeMap;

/// Share of a product's price that what it replaces may cost.
const MUCH: f64 = 0.1;

/// Units of each product that new visits use at least where the shortfall is 0.
pub(super) fn least_uses(season: &Season) -> Vec<Quantity> {
    let mut uses = vec![Quantity::ZERO; season.scenario.products.len()];
    for part in &season.parts {
        let mut needs: BTreeMap<ProductIx, Vec<(DayIx, DayIx, Quantity)>> = BTreeMap::new();
        for demand in part.demands.iter().map(|&at| &season.demands[at]) {
            if demand.weight.to_f64() <= NEGLIGIBLE {
                continue;
            }
            let Some((product, quantity)) = only_product(season, demand) else {
                continue;
            };
            let done: Vec<DayIx> = demand.done_rounds().collect();
            for period in demand.periods(season) {
                let inside = |day: &&DayIx| (period.from..=period.to).contains(*day);
                let done = done.iter().filter(inside).count() as u32;
                let missing = period.asked.saturating_sub(done);
                if missing > 0 {
                    let need = (period.from, period.to, quantity * i64::from(missing));
                    needs.entry(product).or_default().push(need);
                }
            }
        }
        for (product, needs) in needs {
            uses[product.0] += greatest_sum(needs);
        }
    }
    uses
}

/// What the packs cost for what done visits used and so much that new ones use.
pub(super) fn money(season: &Season, product: usize, used: Quantity) -> Money {
    let all = season.limits.done_quantity[product] + used;
    season.scenario.products[product].pack_cost * packs_needed(season, ProductIx(product), all)
}

/// Whether a product, if it cost nothing, would save much of others: then its use depends on its price.
pub(super) fn would_replace_others(season: &Season, product: ProductIx, prices: &[f64]) -> bool {
    let cost = |job: usize| {
        let used = season.jobs[job].product;
        used.map_or(0.0, |(used, quantity)| prices[used.0] * quantity.to_f64())
    };
    let uses = |job: usize| {
        season.jobs[job]
            .product
            .is_some_and(|(used, _)| used == product)
    };
    season.demands.iter().any(|demand| {
        let jobs = || demand.jobs.iter().copied();
        let own = jobs()
            .filter(|&job| uses(job))
            .map(cost)
            .fold(f64::INFINITY, f64::min);
        let other = jobs()
            .filter(|&job| !uses(job))
            .map(cost)
            .fold(0.0, f64::max);
        other > MUCH * own
    })
}

/// The product that every visit for a demand uses, and the least of it.
fn only_product(season: &Season, demand: &Demand) -> Option<(ProductIx, Quantity)> {
    let mut jobs = demand.jobs.iter().map(|&job| season.jobs[job].product);
    let (product, mut least) = jobs.next()??;
    for job in jobs {
        let (other, quantity) = job?;
        if other != product {
            return None;
        }
        least = least.min(quantity);
    }
    Some((product, least))
}

/// The greatest sum of needs whose stretches of days do not overlap.
fn greatest_sum(mut needs: Vec<(DayIx, DayIx, Quantity)>) -> Quantity {
    needs.sort_by_key(|need| need.1);
    // The greatest sum among the first so many.
    let mut greatest = vec![Quantity::ZERO];
    for (at, &(from, _, quantity)) in needs.iter().enumerate() {
        let before = needs[..at].partition_point(|need| need.1 < from);
        greatest.push(greatest[at].max(greatest[before] + quantity));
    }
    greatest[needs.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_add_up_where_their_days_do_not_overlap() {
        let units = |number: i64| Quantity::from_micro(number * 1_000_000);
        let month = |from: DayIx, need: i64| (from, from + 29, units(need));
        let season = (0, 89, units(4));
        assert_eq!(
            greatest_sum(vec![month(0, 1), month(30, 1), month(60, 1), season]),
            units(4)
        );
        assert_eq!(
            greatest_sum(vec![month(0, 2), month(30, 1), season, month(60, 2)]),
            units(5)
        );
        assert_eq!(greatest_sum(vec![month(0, 2), month(29, 3)]), units(3));
    }
}
