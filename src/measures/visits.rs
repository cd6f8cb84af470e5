//! Visits and crew-days with their figures.

use super::{money, people};
use crate::domain::{
    Day, Hours, Money, Plan, ProductIx, Quantity, RuleIx, SiteIx, TeamIx, TreatmentIx, Visit,
};
use crate::season::{DayIx, Season};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A new visit: a row of visits.csv.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitFigures {
    /// Date, team, crew, site, part and treatment.
    pub visit: Visit,
    /// The part (position in [`Season::parts`]).
    pub part: usize,
    /// Product used, if any.
    pub product: Option<ProductIx>,
    /// What is used of it.
    pub quantity: Quantity,
    /// Hours with the access of the stop, if the visit carries it.
    pub hours: Hours,
    /// What the contractor is paid for the work.
    pub piece: Money,
    /// Rules that it counts for, by id.
    pub rules: Vec<RuleIx>,
    /// Its place in the visiting order of the crew's day, counted from 1: sites on a short path, visits at a site in
    /// the order of visits.csv.
    pub seq: usize,
}

/// A row of `crew_days.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrewDayFigures {
    /// When.
    pub date: Day,
    /// Who.
    pub team: TeamIx,
    /// Which crew.
    pub crew: u32,
    /// Visits, parts counted.
    pub visits: usize,
    /// Hours of the visits.
    pub hours: Hours,
    /// Day rate and piece money.
    pub cost: Money,
}

/// New visits in the order of visits.csv.
pub(super) fn visits(season: &Season, plan: &Plan) -> Vec<VisitFigures> {
    let mut visits: Vec<(usize, Visit)> = plan
        .visits
        .iter()
        .map(|visit| (season.part_of(visit), *visit))
        .collect();
    visits.sort_by_key(|(part, visit)| {
        (
            visit.date,
            &season.scenario[visit.team].id,
            visit.crew,
            season.parts[*part].rank,
            season.treatment_rank[visit.treatment.0],
        )
    });
    let mut stops = HashSet::new();
    let mut visits: Vec<VisitFigures> = visits
        .into_iter()
        .map(|(part, visit)| {
            let first_of_stop = stops.insert((visit.date, visit.team, visit.crew, visit.site));
            let used = money::product(season, &visit);
            VisitFigures {
                visit,
                part,
                product: used.map(|(product, _)| product),
                quantity: used.map_or(Quantity::ZERO, |(_, quantity)| quantity),
                hours: hours(season, part, &visit, first_of_stop),
                piece: money::piece_money(season, &visit),
                rules: rules(season, part, visit.treatment, season.day(visit.date)),
                seq: 0,
            }
        })
        .collect();
    let crew_day = |row: &VisitFigures| (row.visit.date, row.visit.team, row.visit.crew);
    for day in visits.chunk_by_mut(|a, b| crew_day(a) == crew_day(b)) {
        put_in_order(season, day);
    }
    visits
}

/// Numbers the visits of a crew-day in visiting order.
fn put_in_order(season: &Season, day: &mut [VisitFigures]) {
    let sites: BTreeSet<SiteIx> = day.iter().map(|row| row.visit.site).collect();
    let order = people::visiting_order(season, sites.into_iter());
    let mut seq = 0;
    for site in order {
        for row in day.iter_mut().filter(|row| row.visit.site == site) {
            seq += 1;
            row.seq = seq;
        }
    }
}

/// Hours of a visit; looked up where the season has worked them out already.
fn hours(season: &Season, part: usize, visit: &Visit, carries_access: bool) -> Hours {
    match money::option(season, visit) {
        Some(option) if carries_access => option.work_and_access,
        Some(option) => option.work,
        None => season.hours(part, visit.treatment, visit.team, carries_access),
    }
}

/// The rules that a visit counts for, by id.
fn rules(season: &Season, part: usize, treatment: TreatmentIx, day: DayIx) -> Vec<RuleIx> {
    let scenario = season.scenario;
    let mut rules: Vec<RuleIx> = season.parts[part]
        .demands
        .iter()
        .map(|&at| &season.demands[at])
        .filter(|demand| {
            (demand.from..=demand.to).contains(&day)
                && scenario[demand.rule].treatments.contains(&treatment)
        })
        .map(|demand| demand.rule)
        .collect();
    rules.sort_by_key(|&rule| &scenario[rule].id);
    rules
}

/// Crew-days of done and new visits, by date, team id and crew.
pub(super) fn crew_days(season: &Season, new: &[VisitFigures]) -> Vec<CrewDayFigures> {
    let scenario = season.scenario;
    let done = season.done.iter().filter(|done| done.day >= 0);
    let done = done.map(|done| {
        let date = season.date(done.day);
        (date, done.team, done.crew, done.hours, done.piece)
    });
    let new = new.iter().map(|row| {
        let visit = row.visit;
        (visit.date, visit.team, visit.crew, row.hours, row.piece)
    });
    let mut days: BTreeMap<(Day, &str, u32), CrewDayFigures> = BTreeMap::new();
    for (date, team, crew, hours, piece) in done.chain(new) {
        let day = days
            .entry((date, &scenario[team].id, crew))
            .or_insert_with(|| CrewDayFigures {
                date,
                team,
                crew,
                visits: 0,
                hours: Hours::ZERO,
                cost: scenario[team].cost_per_day,
            });
        day.visits += 1;
        day.hours += hours;
        day.cost += piece;
    }
    days.into_values().collect()
}
