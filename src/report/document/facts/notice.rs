//! What the template of a public notice can name: one round in one zone.

use super::{Head, Label, Precautions, Subject};
use crate::domain::TreatmentIx;
use crate::measures::{self, CampaignRound, Work};
use crate::report::dates;
use indexmap::{IndexMap, IndexSet};
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
pub(in super::super) struct NoticeFacts {
    #[serde(flatten)]
    head: Head,
    zone: String,
    number: usize,
    first: String,
    last: String,
    when: String,
    work_days: usize,
    sites: usize,
    treatments: String,
    products: Vec<Label>,
    teams: String,
    contractors: String,
    days: Vec<DayRow>,
    precautions: Precautions,
}

#[derive(Serialize)]
struct DayRow {
    date: String,
    weekday: &'static str,
    places: String,
    treatment: String,
    product: String,
    team: String,
}

/// A notice and whose it is.
pub(in super::super) struct Notice {
    /// The zone's word; `None` for sites without a zone.
    pub(in super::super) zone: Option<String>,
    /// Which round of the zone, from 1.
    pub(in super::super) number: usize,
    pub(in super::super) facts: NoticeFacts,
}

/// The notices of a plan, zone by zone.
pub(in super::super) fn notices(subject: &Subject) -> Vec<Notice> {
    let works = measures::planned(subject.measures);
    let rounds = measures::campaign(subject.season, &subject.zones, &works);
    rounds
        .iter()
        .map(|round| Notice {
            zone: subject.zones[round.zone].clone(),
            number: round.number,
            facts: facts(subject, round, &works),
        })
        .collect()
}

fn facts(subject: &Subject, round: &CampaignRound, works: &[Work]) -> NoticeFacts {
    let scenario = subject.scenario();
    let works: Vec<&Work> = round.works.iter().map(|&at| &works[at]).collect();
    let tally = measures::tally(subject.season, &works);
    let treatments: BTreeSet<TreatmentIx> = works.iter().map(|work| work.treatment).collect();
    let teams: IndexSet<_> = works.iter().map(|work| work.team).collect();
    let contractors: IndexSet<&str> = teams
        .iter()
        .map(|&team| scenario[team].contractor.as_str())
        .collect();
    let full = |day: Option<_>| day.map_or(String::new(), |day| dates::full(day, subject.lang));
    let days: BTreeSet<_> = works.iter().map(|work| work.date).collect();
    NoticeFacts {
        head: subject.head(),
        zone: subject.zone(round.zone),
        number: round.number,
        first: full(tally.first),
        last: full(tally.last),
        when: match (tally.first, tally.last) {
            (Some(first), Some(last)) => dates::stretch(first, last, true, subject.lang),
            _ => String::new(),
        },
        work_days: days.len(),
        sites: tally.sites,
        treatments: subject.joined(treatments.iter().map(|&at| &scenario[at].name)),
        products: subject.labels(&treatments),
        teams: subject.joined(teams.iter().map(|&team| &scenario[team].name)),
        contractors: subject.joined(contractors),
        days: day_rows(subject, &works),
        precautions: subject.precautions(&treatments),
    }
}

/// One row for each day, treatment and team: the places by name, parts of a site once.
fn day_rows(subject: &Subject, works: &[&Work]) -> Vec<DayRow> {
    let scenario = subject.scenario();
    let mut rows: IndexMap<_, IndexSet<&str>> = IndexMap::new();
    for work in works {
        let site = subject.season.parts[work.part].site;
        let places = rows
            .entry((work.date, work.treatment, work.team))
            .or_default();
        places.insert(scenario[site].name.as_str());
    }
    rows.into_iter()
        .map(|((date, treatment, team), places)| {
            let row = &scenario[treatment];
            let product = row.product.map(|product| scenario[product].name.clone());
            DayRow {
                date: subject.day(date),
                weekday: dates::weekday(date, subject.lang),
                places: subject.joined(places),
                treatment: row.name.clone(),
                product: product.unwrap_or_default(),
                team: scenario[team].name.clone(),
            }
        })
        .collect()
}
