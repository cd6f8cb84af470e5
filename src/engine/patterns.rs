//! Packing patterns: how many crew-days visits of given sizes need, when no visit is cut in two.
//!
//! Hours within crew-days let a visit lie half in one crew-day and half in another. What a crew-day can hold is a
//! pattern: visits of different jobs that fit into it together. Let w be weights of the sizes under which no pattern
//! weighs more than 1. Every visit of a team in a stretch of blocks lies in one of its crew-days there, and what lies in
//! one is part of a pattern, so Σ w(size) over these visits is at most the number of these crew-days. The weights that
//! ask for most crew-days are the duals of the cutting stock programme of Gilmore and Gomory (1961, Oper. Res. 9:
//! 849–859). They are found from the dual side: patterns that weigh more than 1 become rows until there are none, and
//! weights are divided by what the heaviest pattern weighs, so that they hold at any point (Farley 1990, Oper. Res. 38:
//! 922–923).
//!
//! Which pattern is heaviest is worked out by dynamic programming over whole units of time, in which no set of visits
//! that fits together takes more than the crew-day has. Weights are multiples of 2⁻³⁰, so that sums of them are exact.

mod knapsack;

use super::allocate::{Allocation, crew_day};
use super::solver::{Col, Model, Objective, Session};
use crate::domain::{Hours, TeamIx};
use knapsack::Knapsack;
use std::collections::{BTreeMap, BTreeSet};

/// Work of a team in a stretch of blocks that must fit into its crew-days there.
pub(super) struct Packing {
    /// The team.
    pub(super) team: TeamIx,
    /// Visit counts, with the hours that a visit takes of its crew-day at least.
    pub(super) visits: Vec<(Col, Hours)>,
    /// Those hours, ascending, and how many different jobs take so long: a crew does each at most once a day.
    pub(super) sizes: Vec<(Hours, usize)>,
    /// Crew-day counts.
    pub(super) crew_days: Vec<Col>,
}

impl Packing {
    /// From visit counts with their hours and jobs.
    pub(super) fn new(team: TeamIx, visits: &[(Col, Hours, usize)], crew_days: Vec<Col>) -> Self {
        let jobs: BTreeSet<(Hours, usize)> =
            visits.iter().map(|&(_, hours, job)| (hours, job)).collect();
        let mut sizes: BTreeMap<Hours, usize> = BTreeMap::new();
        for (hours, _) in jobs {
            *sizes.entry(hours).or_insert(0) += 1;
        }
        Packing {
            team,
            visits: visits.iter().map(|&(col, hours, _)| (col, hours)).collect(),
            sizes: sizes.into_iter().collect(),
            crew_days,
        }
    }

    fn position(&self, hours: Hours) -> usize {
        self.sizes.partition_point(|&(size, _)| size < hours)
    }
}

/// `Σ weight × visits − crew-days ≤ 0`.
pub(super) struct PatternRow {
    /// Columns with their factors.
    pub(super) terms: Vec<(Col, f64)>,
    /// Position in [`Allocation::packings`].
    pub(super) packing: usize,
}

/// Crew-days beyond a whole number by which a row must be broken to be worth adding.
const WORTH_ADDING: f64 = 0.001;

/// Visits, and shares of a crew-day, that are too few to count.
const NOTHING: f64 = 1e-6;
const ROUNDING: f64 = 1e-9;

/// Patterns that are looked for at a time at most.
const MOST_PATTERNS: usize = 400;

/// Weights are multiples of this.
const STEP: f64 = 1.0 / (1u64 << 30) as f64;

/// What is known of how visits can be packed. Stretches with as many jobs of each size have patterns in common.
#[derive(Debug, Clone, Default)]
pub(super) struct Patterns {
    known: BTreeMap<(TeamIx, Vec<(Hours, usize)>), Weights>,
}

/// Weights of some sizes.
#[derive(Debug, Clone)]
struct Weights {
    knapsack: Knapsack,
    /// Patterns found so far.
    patterns: Vec<Vec<usize>>,
    /// Weights that hold, found so far.
    found: Vec<Vec<f64>>,
    /// Visits of each size for which no weights ask for so many crew-days.
    enough: Vec<(Vec<f64>, f64)>,
}

impl Patterns {
    /// Rows that these values of an allocation's columns break.
    pub(super) fn broken(&mut self, allocation: &Allocation, values: &[f64]) -> Vec<PatternRow> {
        let mut rows = Vec::new();
        for (at, packing) in allocation.packings.iter().enumerate() {
            let crew_days: f64 = packing.crew_days.iter().map(|col| values[col.0]).sum();
            let mut visits = vec![0.0; packing.sizes.len()];
            for &(col, hours) in &packing.visits {
                visits[packing.position(hours)] += values[col.0];
            }
            let weights = self
                .known
                .entry((packing.team, packing.sizes.clone()))
                .or_insert_with(|| {
                    let crew_day = crew_day(allocation.season, packing.team);
                    Weights::new(&packing.sizes, crew_day)
                });
            let Some(weights) = weights.heaviest(&visits, crew_days) else {
                continue;
            };
            let weigh = |&(col, hours): &(Col, Hours)| (col, weights[packing.position(hours)]);
            let visits = packing.visits.iter().map(weigh);
            let crew_days = packing.crew_days.iter().map(|&col| (col, -1.0));
            rows.push(PatternRow {
                terms: visits
                    .filter(|&(_, weight)| weight > 0.0)
                    .chain(crew_days)
                    .collect(),
                packing: at,
            });
        }
        rows
    }
}

impl Weights {
    fn new(sizes: &[(Hours, usize)], crew_day: Hours) -> Self {
        let knapsack = Knapsack::new(sizes, crew_day);
        // Each size alone, as often as it fits: every weight is limited by some pattern.
        let patterns = (0..sizes.len()).map(|at| knapsack.only(at)).collect();
        Weights {
            knapsack,
            patterns,
            found: Vec::new(),
            enough: Vec::new(),
        }
    }

    /// Weights under which so many visits of each size weigh more than there are crew-days, and than the next whole
    /// number of them; `None` where there are none.
    fn heaviest(&mut self, visits: &[f64], crew_days: f64) -> Option<Vec<f64>> {
        let enough = (crew_days - WORTH_ADDING).ceil() + WORTH_ADDING;
        let found = self
            .found
            .iter()
            .map(|weights| (sum(weights, visits), weights));
        let best = found.max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, weights)) = best.filter(|(weight, _)| *weight > enough) {
            return Some(weights.clone());
        }
        let fewer = |known: &[f64]| {
            visits
                .iter()
                .zip(known)
                .all(|(now, then)| *now <= then + NOTHING)
        };
        if self
            .enough
            .iter()
            .any(|(known, most)| *most <= enough && fewer(known))
        {
            return None;
        }
        let weights = self.search(visits, enough);
        match &weights {
            Some(weights) => self.found.push(weights.clone()),
            None => self.enough.push((visits.to_vec(), enough)),
        }
        weights
    }

    /// Weights under which so many visits of each size weigh more than so many crew-days.
    fn search(&mut self, visits: &[f64], enough: f64) -> Option<Vec<f64>> {
        // No weights ask for more crew-days than some packing needs.
        let packed = self.knapsack.packed(visits);
        if packed.iter().map(|(times, _)| times).sum::<f64>() <= enough {
            return None;
        }
        self.patterns
            .extend(packed.into_iter().map(|(_, pattern)| pattern));
        let mut model = Model::default();
        let columns: Vec<Col> = visits.iter().map(|_| model.column(0.0, 1.0)).collect();
        for pattern in &self.patterns {
            model.at_most(terms(&columns, pattern), 1.0);
        }
        let mut programme = Session::new(&model);
        let factors = visits.iter().map(|number| -number);
        programme.set_objective(&Objective {
            constant: 0.0,
            terms: columns.iter().copied().zip(factors).collect(),
        });
        for _ in 0..MOST_PATTERNS {
            let optimum = programme.solve().ok()?;
            let most = sum(&optimum.values, visits);
            if most <= enough {
                return None;
            }
            let (heaviest, pattern) = self.knapsack.heaviest(&optimum.values);
            if heaviest <= 1.0 + ROUNDING || most / heaviest > enough + WORTH_ADDING {
                let weights = self.rounded(&optimum.values, heaviest.max(1.0));
                return (sum(&weights, visits) > enough).then_some(weights);
            }
            programme.at_most(&terms(&columns, &pattern), 1.0);
            self.patterns.push(pattern);
        }
        None
    }

    /// The weights, divided and rounded so that they hold.
    fn rounded(&self, weights: &[f64], divisor: f64) -> Vec<f64> {
        let down = |weight: &f64| ((weight / divisor - ROUNDING).max(0.0) / STEP).floor() * STEP;
        let weights: Vec<f64> = weights.iter().map(down).collect();
        let (heaviest, _) = self.knapsack.heaviest(&weights);
        if heaviest <= 1.0 {
            weights
        } else {
            vec![0.0; weights.len()]
        }
    }
}

/// What visits weigh together.
fn sum(weights: &[f64], visits: &[f64]) -> f64 {
    weights
        .iter()
        .zip(visits)
        .map(|(weight, number)| weight * number)
        .sum()
}

fn terms(columns: &[Col], pattern: &[usize]) -> Vec<(Col, f64)> {
    let all = columns
        .iter()
        .zip(pattern)
        .filter(|(_, number)| **number > 0);
    all.map(|(&col, &number)| (col, number as f64)).collect()
}

#[cfg(test)]
mod tests;
