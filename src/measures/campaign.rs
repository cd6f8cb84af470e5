//! The rounds of a campaign as the public sees them: in each zone, one round after the other, each over a stretch of
//! days.
//!
//! The n-th visit that a rule's period wants at a place belongs to round n of that period; rounds of rules with the
//! same period go together, because one notice tells of both. A visit that several rules count is told of once, for
//! the most important of them.

use super::Work;
use crate::domain::Scenario;
use crate::season::{DayIx, Season};
use chrono::Datelike;
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One round in one zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignRound {
    /// The zone (position in [`zones`]).
    pub zone: usize,
    /// Which round of the zone, counted from 1 by first day.
    pub number: usize,
    /// Its visits (positions among the works), in their order.
    pub works: Vec<usize>,
}

/// What makes visits one round: zone, first and last day of the period, which visit of it.
type Key = (usize, DayIx, DayIx, u32);

/// The zones in the order in which sites.csv first names them; `None` stands for sites without a zone.
pub fn zones(scenario: &Scenario) -> Vec<Option<String>> {
    let mut zones: Vec<Option<String>> = Vec::new();
    for site in &scenario.sites {
        if !zones.contains(&site.zone) {
            zones.push(site.zone.clone());
        }
    }
    zones
}

/// The sites that some rule chooses, counted by kind; kinds in the order in which the tables name them.
pub fn kinds<'a>(season: &Season<'a>) -> IndexMap<&'a str, usize> {
    let scenario = season.scenario;
    let mut seen = BTreeSet::new();
    let mut kinds = IndexMap::new();
    for part in &season.parts {
        if !part.demands.is_empty() && seen.insert(part.site) {
            *kinds.entry(scenario[part.site].kind.as_str()).or_insert(0) += 1;
        }
    }
    kinds
}

/// The zone of a visit (position in [`zones`]).
pub fn zone_of(season: &Season, zones: &[Option<String>], work: &Work) -> usize {
    let zone = &season.scenario[season.parts[work.part].site].zone;
    zones
        .iter()
        .position(|known| known == zone)
        .expect("every zone of a site is listed")
}

/// The rounds of each zone by first day; works are in the order of their dates.
pub fn campaign(season: &Season, zones: &[Option<String>], works: &[Work]) -> Vec<CampaignRound> {
    let mut counted: HashMap<(usize, DayIx), u32> = HashMap::new();
    let mut rounds: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (at, work) in works.iter().enumerate() {
        let day = season.day(work.date);
        let wanted = season.parts[work.part].demands.iter().filter(|&&demand| {
            let demand = &season.demands[demand];
            let rule = &season.scenario[demand.rule];
            (demand.from..=demand.to).contains(&day) && rule.treatments.contains(&work.treatment)
        });
        let first = wanted.min_by_key(|&&demand| {
            let demand = &season.demands[demand];
            (demand.tier, demand.rule)
        });
        let period = first.and_then(|&demand| {
            let mut periods = season.demands[demand].periods(season).iter();
            let period = periods.find(|period| (period.from..=period.to).contains(&day))?;
            let number = counted.entry((demand, period.from)).or_default();
            *number += 1;
            Some((period.from, period.to, *number))
        });
        // A visit that no rule wants is told of with its month.
        let (from, to, number) = period.unwrap_or_else(|| {
            let from = day - work.date.day0() as DayIx;
            (
                from,
                from + DayIx::from(work.date.num_days_in_month()) - 1,
                0,
            )
        });
        let key = (zone_of(season, zones, work), from, to, number);
        rounds.entry(key).or_default().push(at);
    }
    let mut rounds: Vec<(Key, Vec<usize>)> = rounds.into_iter().collect();
    rounds.sort_by_key(|(key, of)| (key.0, of.first().map(|&at| works[at].date), *key));
    let mut numbers = vec![0; zones.len()];
    rounds
        .into_iter()
        .map(|((zone, ..), of)| {
            numbers[zone] += 1;
            CampaignRound {
                zone,
                number: numbers[zone],
                works: of,
            }
        })
        .collect()
}
