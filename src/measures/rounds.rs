//! Which days count for which demand, and what is missed.

use crate::domain::{Exact, Plan, Shortfall};
use crate::season::{DayIx, Demand, Season};
use std::collections::BTreeMap;

/// Days of the visits that count for each demand, done and new.
#[derive(Debug, Clone)]
pub struct Rounds {
    days: Vec<Vec<DayIx>>,
}

impl Rounds {
    /// Finds the counting visits of every demand.
    pub fn new(season: &Season, plan: &Plan) -> Self {
        let mut days: Vec<Vec<DayIx>> = season
            .demands
            .iter()
            .map(|demand| demand.done_rounds().collect())
            .collect();
        for visit in &plan.visits {
            let day = season.day(visit.date);
            for &at in &season.parts[season.part_of(visit)].demands {
                let demand = &season.demands[at];
                let treatments = &season.scenario[demand.rule].treatments;
                if (demand.from..=demand.to).contains(&day) && treatments.contains(&visit.treatment)
                {
                    days[at].push(day);
                }
            }
        }
        for list in &mut days {
            list.sort_unstable();
        }
        Rounds { days }
    }

    /// The days of a demand (position in [`Season::demands`]), ascending, a day twice when it holds two rounds.
    pub fn of(&self, demand: usize) -> &[DayIx] {
        &self.days[demand]
    }

    /// Missed rounds × weight by tier, worked out exactly and rounded half up to a millionth; every tier is named.
    pub fn shortfall(&self, season: &Season) -> BTreeMap<u32, Shortfall> {
        let mut tiers: BTreeMap<u32, Exact> = season
            .tiers()
            .into_iter()
            .map(|tier| (tier, Exact::zero()))
            .collect();
        let mut add = |of: &Demand, missed: i64| {
            if let Some(sum) = tiers.get_mut(&of.tier) {
                *sum = &*sum + &(&of.weight * &Exact::from_int(missed));
            }
        };
        // Neighbours mostly weigh the same (parts of a site, sites of a kind): one exact product for a run of them.
        let mut run: Option<(&Demand, i64)> = None;
        for (demand, days) in season.demands.iter().zip(&self.days) {
            let missed = i64::from(demand.missed(season, days));
            if missed == 0 {
                continue;
            }
            match &mut run {
                Some((of, sum)) if of.tier == demand.tier && of.weight == demand.weight => {
                    *sum += missed;
                }
                _ => {
                    if let Some((of, sum)) = run.replace((demand, missed)) {
                        add(of, sum);
                    }
                }
            }
        }
        if let Some((of, sum)) = run {
            add(of, sum);
        }
        tiers
            .into_iter()
            .map(|(tier, sum)| {
                let sum = Shortfall::from_exact(&sum);
                (
                    tier,
                    sum.expect("figures are limited when the tables are read"),
                )
            })
            .collect()
    }
}

/// The shortfall of a plan by tier; every tier that a rule names is there.
pub fn shortfall(season: &Season, plan: &Plan) -> BTreeMap<u32, Shortfall> {
    Rounds::new(season, plan).shortfall(season)
}
