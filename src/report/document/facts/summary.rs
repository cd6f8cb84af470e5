//! What the template of a summary can name: the season so far, from done.csv and surveys.csv.

use super::super::words;
use super::{Area, BudgetRow, Costs, Head, Month, Purchase, Subject, Task, grouped};
use crate::domain::{Exact, Quantity, TeamIx, TreatmentIx};
use crate::measures::{self, DueFigures, DueTotals, Found};
use crate::report::dates;
use serde::Serialize;

/// Places named where rounds are missing; further ones are counted.
const NAMED: usize = 12;

#[derive(Serialize)]
pub(in super::super) struct SummaryFacts {
    #[serde(flatten)]
    head: Head,
    until: String,
    covered: String,
    season_over: bool,
    visits: usize,
    sites: usize,
    crew_days: usize,
    person_days: Option<u64>,
    some_person_days: bool,
    hours: String,
    done_period: String,
    used: String,
    treatments: Vec<Task>,
    areas: Vec<Area>,
    months: Vec<Month>,
    area_names: Vec<String>,
    teams: Vec<TeamDone>,
    due: Vec<Due>,
    short: Vec<Due>,
    asked: u64,
    done: u64,
    missed: u64,
    ahead: u64,
    products: Vec<Purchase>,
    cost: Costs,
    budget: Vec<BudgetRow>,
    surveys: Vec<Density>,
}

#[derive(Serialize)]
struct TeamDone {
    name: String,
    contractor: String,
    visits: usize,
    crew_days: i64,
    person_days: Option<u64>,
    hours: String,
    period: String,
    cost: String,
}

#[derive(Serialize, Clone)]
struct Due {
    name: String,
    asked: u64,
    done: u64,
    missed: u64,
    ahead: u64,
    places: String,
}

#[derive(Serialize)]
struct Density {
    zone: String,
    pest: String,
    index: String,
    limit: String,
    before: String,
    before_date: String,
    after: String,
    after_date: String,
    fall: String,
    within: Option<bool>,
}

/// The figures of a summary; the measures are those of done visits alone.
pub(in super::super) fn summary(subject: &Subject) -> SummaryFacts {
    let season = subject.season;
    let works = measures::done(season);
    let all: Vec<_> = works.iter().collect();
    let tally = measures::tally(season, &all);
    let by_treatment = measures::gather(season, &works, |work| work.treatment);
    let mut figures = measures::due(season, &subject.measures.coverage, season.first_open);
    figures.retain(|figures| figures.asked + figures.ahead > 0);
    let total = DueTotals::of(&figures);
    let due: Vec<Due> = figures
        .iter()
        .map(|figures| due_row(subject, figures))
        .collect();
    let areas = subject.areas(&works);
    let amounts = subject.amounts(&tally);
    let teams = teams(subject, &works);
    let last_day = season.date(season.first_open.max(1) - 1);
    SummaryFacts {
        head: subject.head(),
        until: dates::full(last_day, subject.lang),
        covered: dates::stretch(season.scenario.start, last_day, true, subject.lang),
        season_over: season.first_open >= season.days,
        visits: amounts.visits,
        sites: amounts.sites,
        crew_days: amounts.crew_days,
        person_days: amounts.person_days,
        some_person_days: teams.iter().any(|team| team.person_days.is_some()),
        hours: amounts.hours,
        done_period: match (tally.first, tally.last) {
            (Some(first), Some(last)) => dates::stretch(first, last, true, subject.lang),
            _ => String::new(),
        },
        used: amounts.used,
        treatments: by_treatment
            .iter()
            .map(|(&treatment, tally): (&TreatmentIx, _)| subject.task(treatment, tally))
            .collect(),
        area_names: areas.iter().map(|area| area.name.clone()).collect(),
        areas,
        months: subject.months(&works),
        teams,
        asked: total.asked,
        done: total.done,
        missed: total.missed,
        ahead: total.ahead,
        short: due.iter().filter(|row| row.missed > 0).cloned().collect(),
        due,
        products: subject.purchases(),
        cost: subject.costs(),
        budget: subject.budget(),
        surveys: surveys(subject),
    }
}

fn due_row(subject: &Subject, figures: &DueFigures) -> Due {
    let scenario = subject.scenario();
    let names = figures.sites.iter().map(|&site| &scenario[site].name);
    let mut places = subject.joined(names.take(NAMED));
    let total = figures.sites.len();
    let rest = total.saturating_sub(NAMED);
    if rest > 0 {
        places += &subject.pick(&format!("等{total}处"), &format!(" and {rest} more"));
    }
    Due {
        name: scenario[figures.rule].name.clone(),
        asked: figures.asked,
        done: figures.done,
        missed: figures.missed,
        ahead: figures.ahead,
        places,
    }
}

fn teams(subject: &Subject, works: &[measures::Work]) -> Vec<TeamDone> {
    let mut tallies = measures::gather(subject.season, works, |work| work.team);
    let figures = subject.measures.teams.iter();
    figures
        .filter_map(|figures| {
            let tally = tallies.remove(&figures.team)?;
            let TeamIx(at) = figures.team;
            let row = &subject.scenario().teams[at];
            let amounts = subject.amounts(&tally);
            Some(TeamDone {
                name: row.name.clone(),
                contractor: row.contractor.clone(),
                visits: amounts.visits,
                crew_days: figures.crew_days,
                person_days: amounts.person_days,
                hours: amounts.hours,
                period: amounts.period,
                cost: grouped(figures.cost),
            })
        })
        .collect()
}

fn surveys(subject: &Subject) -> Vec<Density> {
    let plain = |exact: &Exact| {
        let value = Quantity::from_exact(exact);
        value.map_or(String::new(), grouped)
    };
    let value = |found: &Option<Found>| {
        let found = found.as_ref();
        found.map_or(String::new(), |found| plain(&found.value))
    };
    let date = |found: &Option<Found>| {
        let found = found.as_ref();
        found.map_or(String::new(), |found| subject.day(found.date))
    };
    let pairs = measures::densities(&subject.scenario().surveys);
    pairs
        .iter()
        .map(|pair| Density {
            zone: pair
                .zone
                .clone()
                .unwrap_or_else(|| subject.pick("全辖区", "the whole district")),
            pest: words::pest(&pair.pest, subject.lang),
            index: pair.index.clone(),
            limit: pair.limit.as_ref().map_or(String::new(), plain),
            before: value(&pair.before),
            before_date: date(&pair.before),
            after: value(&pair.after),
            after_date: date(&pair.after),
            fall: pair.fall.as_ref().map_or(String::new(), |fall| {
                let tenths = fall.round_half_up(1).unwrap_or_default();
                Quantity::from_micro(tenths.saturating_mul(100_000)).to_string()
            }),
            within: pair.within,
        })
        .collect()
}
