//! What is asked, planned and missed: by period, by rule, by tier.

use super::Rounds;
use crate::domain::{RuleIx, Shortfall};
use crate::season::{DayIx, Season};
use std::collections::{BTreeMap, BTreeSet};

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
    /// Sites that it chose, parts of a site counted as one.
    pub sites: usize,
    /// Rounds asked.
    pub asked: u64,
    /// Rounds done and planned, also beyond what is asked.
    pub planned: u64,
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
            let planned = period.count(days);
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
            sites: 0,
            asked: 0,
            planned: 0,
            missed: 0,
        })
        .collect();
    let mut sites = BTreeSet::new();
    for (at, demand) in season.demands.iter().enumerate() {
        let rule = &mut rules[demand.rule.0];
        let days = rounds.of(at);
        rule.parts += 1;
        if sites.insert((demand.rule, season.parts[demand.part].site)) {
            rule.sites += 1;
        }
        for period in demand.periods(season) {
            rule.asked += u64::from(period.asked);
            rule.planned += u64::from(period.count(days));
        }
        rule.missed += u64::from(demand.missed(season, days));
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
