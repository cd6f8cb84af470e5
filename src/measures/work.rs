//! What is worked: visits, new or done, gathered by whatever a document lists them by.

use super::Measures;
use crate::domain::{Day, Exact, Hours, Measure, ProductIx, Quantity, TeamIx, TreatmentIx};
use crate::season::Season;
use std::collections::{BTreeMap, BTreeSet};

/// A visit, new or done; one part each.
#[derive(Debug, Clone)]
pub struct Work {
    /// When.
    pub date: Day,
    /// Who.
    pub team: TeamIx,
    /// Which crew.
    pub crew: u32,
    /// Where (position in [`Season::parts`]).
    pub part: usize,
    /// What.
    pub treatment: TreatmentIx,
    /// What is used of which product.
    pub used: Option<(ProductIx, Quantity)>,
    /// Hours with the access that it carries.
    pub hours: Hours,
}

/// What some visits come to.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Visits, parts counted.
    pub visits: usize,
    /// Different sites, their parts counted as one.
    pub sites: usize,
    /// Crew-days on which at least one of them is made.
    pub crew_days: usize,
    /// People on these crew-days, each counted on each day; `None` where a team does not say how many are in a crew.
    pub person_days: Option<u64>,
    /// Teams that make them.
    pub teams: BTreeSet<TeamIx>,
    /// Hours.
    pub hours: Hours,
    /// Day of the first.
    pub first: Option<Day>,
    /// Day of the last.
    pub last: Option<Day>,
    /// What is used of each product.
    pub used: BTreeMap<ProductIx, Quantity>,
    /// Measure of the places treated, each once; only where all visits are of one treatment.
    pub amount: Exact,
    /// Measure treated, a place once for each visit; only where all visits are of one treatment.
    pub amount_in_all: Exact,
}

/// The new visits of a plan, in the order of visits.csv.
pub fn planned(measures: &Measures) -> Vec<Work> {
    let rows = measures.visits.iter();
    rows.map(|row| Work {
        date: row.visit.date,
        team: row.visit.team,
        crew: row.visit.crew,
        part: row.part,
        treatment: row.visit.treatment,
        used: row.product.map(|product| (product, row.quantity)),
        hours: row.hours,
    })
    .collect()
}

/// The done visits of the horizon, by date and in the order of done.csv.
pub fn done(season: &Season) -> Vec<Work> {
    let done = season.done.iter().filter(|done| done.day >= 0);
    let mut works: Vec<Work> = done
        .map(|done| Work {
            date: season.date(done.day),
            team: done.team,
            crew: done.crew,
            part: done.part,
            treatment: done.treatment,
            used: done.used,
            hours: done.hours,
        })
        .collect();
    works.sort_by_key(|work| work.date);
    works
}

/// What the visits come to, by a key.
pub fn gather<Key: Ord>(
    season: &Season,
    works: &[Work],
    key: impl Fn(&Work) -> Key,
) -> BTreeMap<Key, Tally> {
    let mut groups: BTreeMap<Key, Vec<&Work>> = BTreeMap::new();
    for work in works {
        groups.entry(key(work)).or_default().push(work);
    }
    groups
        .into_iter()
        .map(|(key, works)| (key, tally(season, &works)))
        .collect()
}

/// What all the visits come to.
pub fn tally(season: &Season, works: &[&Work]) -> Tally {
    let mut sum = Tally {
        visits: works.len(),
        first: works.iter().map(|work| work.date).min(),
        last: works.iter().map(|work| work.date).max(),
        ..Tally::default()
    };
    let mut sites = BTreeSet::new();
    let mut crew_days = BTreeSet::new();
    let mut parts = BTreeSet::new();
    for work in works {
        sites.insert(season.parts[work.part].site);
        sum.teams.insert(work.team);
        crew_days.insert((work.date, work.team, work.crew));
        sum.hours += work.hours;
        if let Some((product, quantity)) = work.used {
            *sum.used.entry(product).or_default() += quantity;
        }
        let amount = amount(season, work.part, work.treatment);
        if parts.insert(work.part) {
            sum.amount = &sum.amount + &amount;
        }
        sum.amount_in_all = &sum.amount_in_all + &amount;
    }
    sum.sites = sites.len();
    sum.crew_days = crew_days.len();
    sum.person_days = person_days(season, crew_days.iter().map(|&(_, team, _)| team));
    sum
}

/// The people on crew-days of these teams; `None` where one does not say how many are in a crew.
pub fn person_days(season: &Season, teams: impl Iterator<Item = TeamIx>) -> Option<u64> {
    teams
        .map(|team| season.scenario[team].people.map(u64::from))
        .sum()
}

/// The measure of a treatment at a part; 0 where the site lacks it.
fn amount(season: &Season, part: usize, treatment: TreatmentIx) -> Exact {
    match &season.scenario[treatment].measure {
        Measure::Visit => Exact::one(),
        Measure::Column(column) => {
            let site = &season.scenario[season.parts[part].site];
            let whole = site.measures.get(column);
            whole.map_or_else(Exact::zero, |whole| {
                whole / &Exact::from_int(i64::from(site.parts))
            })
        }
    }
}
