//! Which scenario is best, where that is well defined.

use super::{Cell, Content};
use crate::domain::{Exact, Shortfall};
use crate::season::Season;
use std::collections::{BTreeMap, BTreeSet};

/// Rounds asked by rule, and with their weights by tier.
type Asked<'a> = (Vec<(&'a str, u32, u64)>, BTreeMap<u32, Exact>);

/// Scenarios that can be said to be better or worse than each other.
pub(super) struct Contest {
    /// The contenders of each tier: those that miss least in all earlier ones.
    by_tier: BTreeMap<u32, BTreeSet<usize>>,
    /// Those that miss least in every tier.
    of_cost: BTreeSet<usize>,
}

impl Contest {
    /// Among the scenarios that ask the same rounds as the base: one that asks less does not miss less.
    pub(super) fn new(contents: &[Option<Content>]) -> Self {
        let asked: Vec<Option<Asked>> = contents
            .iter()
            .map(|content| Some(asked(content.as_ref()?)))
            .collect();
        let base = asked.first().and_then(Option::as_ref);
        let mut contenders: BTreeSet<usize> = (0..contents.len())
            .filter(|&at| base.is_some() && asked[at].as_ref() == base)
            .collect();
        let tiers: BTreeSet<u32> = base
            .into_iter()
            .flat_map(|(_, tiers)| tiers.keys().copied())
            .collect();
        let mut by_tier = BTreeMap::new();
        for tier in tiers {
            by_tier.insert(tier, contenders.clone());
            let missed = |at: &usize| missed(contents[*at].as_ref(), tier);
            let least = contenders.iter().map(missed).min();
            contenders.retain(|at| Some(missed(at)) == least);
        }
        Contest {
            by_tier,
            of_cost: contenders,
        }
    }

    /// Marks the least of a row in which a tier's misses stand.
    pub(super) fn mark_tier<V: PartialOrd>(
        &self,
        tier: u32,
        cells: &mut [Cell],
        value: impl Fn(usize) -> V,
    ) {
        if let Some(contenders) = self.by_tier.get(&tier) {
            mark_least(contenders, cells, value);
        }
    }

    /// Marks the least of a row of total cost.
    pub(super) fn mark_cost<V: PartialOrd>(&self, cells: &mut [Cell], value: impl Fn(usize) -> V) {
        mark_least(&self.of_cost, cells, value);
    }
}

/// Marks the contenders that have the least value, if another one has more.
pub(super) fn mark_least<V: PartialOrd>(
    contenders: &BTreeSet<usize>,
    cells: &mut [Cell],
    value: impl Fn(usize) -> V,
) {
    for &at in contenders {
        let mine = value(at);
        let beaten = contenders.iter().any(|&other| value(other) < mine);
        let beats = contenders.iter().any(|&other| mine < value(other));
        cells[at].best = beats && !beaten;
    }
}

fn missed(content: Option<&Content>, tier: u32) -> Shortfall {
    let tiers = content
        .into_iter()
        .flat_map(|content| &content.measures.tiers);
    let mut of_tier = tiers.filter(|figures| figures.tier == tier);
    of_tier
        .next()
        .map_or(Shortfall::ZERO, |figures| figures.shortfall)
}

fn asked<'a>(content: &Content<'a>) -> Asked<'a> {
    let scenario = content.scenario;
    let mut rules: Vec<(&str, u32, u64)> = content
        .measures
        .rules
        .iter()
        .map(|row| {
            (
                scenario[row.rule].id.as_str(),
                scenario[row.rule].tier,
                row.asked,
            )
        })
        .collect();
    rules.sort_unstable();
    let season = Season::new(scenario);
    let mut tiers: BTreeMap<u32, Exact> = BTreeMap::new();
    for demand in &season.demands {
        let periods = demand.periods(&season).iter();
        let rounds: i64 = periods.map(|period| i64::from(period.asked)).sum();
        let tier = tiers.entry(demand.tier).or_insert_with(Exact::zero);
        *tier = &*tier + &(&demand.weight * &Exact::from_int(rounds));
    }
    (rules, tiers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(contenders: &[usize], values: &[i64]) -> Vec<usize> {
        let mut cells = vec![Cell::default(); values.len()];
        mark_least(&contenders.iter().copied().collect(), &mut cells, |at| {
            values[at]
        });
        (0..cells.len()).filter(|&at| cells[at].best).collect()
    }

    #[test]
    fn the_least_is_best_if_it_beats_another() {
        assert_eq!(marked(&[0, 1, 2], &[5, 3, 3]), [1, 2]);
        assert_eq!(marked(&[0, 1], &[5, 5, 3]), [0; 0]);
        assert_eq!(marked(&[2], &[5, 5, 3]), [0; 0]);
        assert_eq!(marked(&[0, 2], &[5, 1, 3]), [2]);
    }
}
