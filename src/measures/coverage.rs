//! What is asked, planned and missed: by period, by rule, by tier.

use super::Rounds;
use crate::domain::{RuleIx, Shortfall};
use crate::season::{DayIx, Season};
use std::collections::BTreeMap;

/// A rule at a part in a period: a row of coverage.csv.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageFigures {
    /// The rule.
    pub rule: RuleIx,
    /// The part (position in [`Season::parts`]).
    pub part: usize,
    /// First day of the period.
    pub from: DayIx,
    /// Last day of the period, included.
    pub to: DayIx,
    /// Rounds asked.
    pub asked: u32,
    /// Rounds done and planned.
    pub planned: u32,
    /// Rounds that the period lacks.
    pub missed: u32,
    /// Rounds that come late over the whole window, on the first period of each rule and part.
    pub late: Option<u32>,
}

/// What a rule comes to over all its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFigures {
    /// The rule.
    pub rule: RuleIx,
    /// Parts that it chose.
    pub parts: usize,
    /// Rounds asked.
    pub asked: u64,
    /// Rounds missed: per part the greater of what its periods lack and of what comes late.
    pub missed: u64,
}

impl RuleFigures {
    /// Rounds asked that are not missed; what comes late may exceed what is asked, then none.
    pub fn kept(&self) -> u64 {
        self.asked.saturating_sub(self.missed)
    }
}

/// What a tier comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierFigures {
    /// 1 = most important.
    pub tier: u32,
    /// Rounds asked.
    pub asked: u64,
    /// Rounds missed.
    pub missed: u64,
    /// Rounds missed × weight.
    pub shortfall: Shortfall,
}

/// Rows of coverage.csv, by rule id, part id and date.
pub(super) fn periods(season: &Season, rounds: &Rounds) -> Vec<CoverageFigures> {
    let mut order: Vec<usize> = (0..season.demands.len()).collect();
    order.sort_by_key(|&at| {
        let demand = &season.demands[at];
        (
            &season.scenario[demand.rule].id,
            season.parts[demand.part].rank,
        )
    });
    let mut rows = Vec::new();
    for at in order {
        let demand = &season.demands[at];
        let days = rounds.of(at);
        for (number, period) in demand.periods(season).iter().enumerate() {
            let before = days.partition_point(|&day| day < period.from);
            let until = days.partition_point(|&day| day <= period.to);
            let planned = (until - before) as u32;
            rows.push(CoverageFigures {
                rule: demand.rule,
                part: demand.part,
                from: period.from,
                to: period.to,
                asked: period.asked,
                planned,
                missed: period.asked.saturating_sub(planned),
                late: (number == 0).then(|| demand.late(days)),
            });
        }
    }
    rows
}

/// What each rule comes to, in input order.
pub(super) fn rules(season: &Season, rounds: &Rounds) -> Vec<RuleFigures> {
    let mut rules: Vec<RuleFigures> = (0..season.scenario.rules.len())
        .map(|at| RuleFigures {
            rule: RuleIx(at),
            parts: 0,
            asked: 0,
            missed: 0,
        })
        .collect();
    for (at, demand) in season.demands.iter().enumerate() {
        let rule = &mut rules[demand.rule.0];
        let periods = demand.periods(season).iter();
        rule.parts += 1;
        rule.asked += periods.map(|period| u64::from(period.asked)).sum::<u64>();
        rule.missed += u64::from(demand.missed(season, rounds.of(at)));
    }
    rules
}

/// What each tier comes to, most important first.
pub(super) fn tiers(
    season: &Season,
    rules: &[RuleFigures],
    shortfall: &BTreeMap<u32, Shortfall>,
) -> Vec<TierFigures> {
    shortfall
        .iter()
        .map(|(&tier, &shortfall)| {
            let of_tier = rules
                .iter()
                .filter(|rule| season.scenario[rule.rule].tier == tier);
            TierFigures {
                tier,
                asked: of_tier.clone().map(|rule| rule.asked).sum(),
                missed: of_tier.map(|rule| rule.missed).sum(),
                shortfall,
            }
        })
        .collect()
}
