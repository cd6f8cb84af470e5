//! The figures of a plan taken apart for calendars, maps and charts.
//!
//! Each is a sum of rows of [`Measures`]; what the rows say is not worked out again.

use super::Measures;
use crate::domain::{Day, Hours, RuleIx, Site, SiteIx, TeamIx, TreatmentIx};
use crate::season::{DayIx, Season};
use chrono::Datelike;
use std::collections::BTreeMap;

/// A team's work on a day, done and new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamDayFigures {
    /// Who.
    pub team: TeamIx,
    /// When.
    pub day: DayIx,
    /// Crews deployed.
    pub crews: usize,
    /// Visits, parts counted.
    pub visits: usize,
    /// Hours of the visits.
    pub hours: Hours,
    /// What is done, each treatment once, in input order.
    pub treatments: Vec<TreatmentIx>,
}

/// A team's work in a week, Monday to Sunday, of which the days outside the horizon are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekLoad {
    /// Who.
    pub team: TeamIx,
    /// First day of the week that lies in the horizon.
    pub from: DayIx,
    /// Last day of the week that lies in the horizon.
    pub to: DayIx,
    /// Crew-days deployed, done and new.
    pub crew_days: i64,
    /// Crew-days that the team could field on the open days of the week, those deployed before the first day of
    /// planning counted; `max_days`, which limits the whole season, is not regarded.
    pub available: i64,
    /// Hours of the visits.
    pub hours: Hours,
}

/// A rule in a period, over all its sites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulePeriodFigures {
    /// The rule.
    pub rule: RuleIx,
    /// First day of the period.
    pub from: DayIx,
    /// Last day of the period, included.
    pub to: DayIx,
    /// Parts that the rule chose.
    pub parts: usize,
    /// Rounds asked.
    pub asked: u64,
    /// Rounds asked that are done or planned; more than a part asks for does not make up for another's lack.
    pub met: u64,
}

/// A rule at a part, over all its periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemandFigures {
    /// The rule.
    pub rule: RuleIx,
    /// The part (position in [`Season::parts`]).
    pub part: usize,
    /// Rounds asked.
    pub asked: u64,
    /// Rounds done and planned.
    pub planned: u64,
    /// Rounds missed: the greater of what the periods lack and of what comes late.
    pub missed: u64,
}

/// What is asked and missed at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlaceFigures {
    /// Sites.
    pub sites: usize,
    /// Rounds asked.
    pub asked: u64,
    /// Rounds missed.
    pub missed: u64,
    /// New visits, parts counted.
    pub visits: usize,
}

/// The figures of a plan by team and day, team and week, rule and period, site and zone.
#[derive(Debug, Clone)]
pub struct Breakdown {
    /// Days on which a team works, by team in input order and day.
    pub team_days: Vec<TeamDayFigures>,
    /// All weeks of all teams, by team in input order and week.
    pub weeks: Vec<WeekLoad>,
    /// All periods of all rules that chose a site, by rule in input order and date.
    pub rule_periods: Vec<RulePeriodFigures>,
    /// Every rule at every part that it chose, in the order of coverage.csv.
    pub demands: Vec<DemandFigures>,
    /// Every site, in input order.
    pub sites: Vec<PlaceFigures>,
    /// Every zone by name, first the sites without one, if there are any.
    pub zones: BTreeMap<Option<String>, PlaceFigures>,
    /// Sites without coordinates, which no map shows.
    pub unplaced: usize,
}

impl Breakdown {
    /// Takes the figures of a plan apart.
    pub fn new(season: &Season, measures: &Measures) -> Self {
        let team_days = team_days(season, measures);
        let demands = demands(measures);
        let sites = sites(season, measures, &demands);
        let no_place = |site: &&Site| site.lon_lat.is_none();
        Breakdown {
            unplaced: season.scenario.sites.iter().filter(no_place).count(),
            weeks: weeks(season, &team_days),
            rule_periods: rule_periods(measures),
            zones: zones(season, &sites),
            team_days,
            demands,
            sites,
        }
    }

    /// The weeks of one team.
    pub fn weeks_of(&self, team: TeamIx) -> impl Iterator<Item = &WeekLoad> {
        self.weeks.iter().filter(move |week| week.team == team)
    }
}

fn team_days(season: &Season, measures: &Measures) -> Vec<TeamDayFigures> {
    let mut days: BTreeMap<(TeamIx, Day), TeamDayFigures> = BTreeMap::new();
    for row in &measures.crew_days {
        let day = days
            .entry((row.team, row.date))
            .or_insert_with(|| TeamDayFigures {
                team: row.team,
                day: season.day(row.date),
                crews: 0,
                visits: 0,
                hours: Hours::ZERO,
                treatments: Vec::new(),
            });
        day.crews += 1;
        day.visits += row.visits;
        day.hours += row.hours;
    }
    let done = season.done.iter().filter(|done| done.day >= 0);
    let done = done.map(|done| (done.team, season.date(done.day), done.treatment));
    let new = measures.visits.iter().map(|row| row.visit);
    let new = new.map(|visit| (visit.team, visit.date, visit.treatment));
    for (team, date, treatment) in done.chain(new) {
        if let Some(day) = days.get_mut(&(team, date))
            && let Err(place) = day.treatments.binary_search(&treatment)
        {
            day.treatments.insert(place, treatment);
        }
    }
    days.into_values().collect()
}

/// First and last day of each week of the horizon.
fn week_bounds(season: &Season) -> Vec<(DayIx, DayIx)> {
    let mut bounds = Vec::new();
    let mut from = 0;
    while from < season.days {
        let weekday = season.date(from).weekday().num_days_from_monday() as DayIx;
        let to = (from + 6 - weekday).min(season.days - 1);
        bounds.push((from, to));
        from = to + 1;
    }
    bounds
}

fn weeks(season: &Season, team_days: &[TeamDayFigures]) -> Vec<WeekLoad> {
    let bounds = week_bounds(season);
    let mut weeks = Vec::with_capacity(bounds.len() * season.scenario.teams.len());
    for (at, row) in season.scenario.teams.iter().enumerate() {
        let open = &season.day_sets[season.team_days[at]];
        let worked: Vec<&TeamDayFigures> = team_days
            .iter()
            .filter(|day| day.team == TeamIx(at))
            .collect();
        for &(from, to) in &bounds {
            let of_week = worked.iter().filter(|day| (from..=to).contains(&day.day));
            let before = of_week.clone().filter(|day| day.day < season.first_open);
            let open_days = open.count(from.max(season.first_open), to) as i64;
            weeks.push(WeekLoad {
                team: TeamIx(at),
                from,
                to,
                crew_days: of_week.clone().map(|day| day.crews as i64).sum(),
                available: open_days * i64::from(row.crews)
                    + before.map(|day| day.crews as i64).sum::<i64>(),
                hours: of_week.map(|day| day.hours).sum(),
            });
        }
    }
    weeks
}

fn rule_periods(measures: &Measures) -> Vec<RulePeriodFigures> {
    let mut periods: BTreeMap<(RuleIx, DayIx), RulePeriodFigures> = BTreeMap::new();
    for row in &measures.coverage {
        let period = periods
            .entry((row.rule, row.from))
            .or_insert_with(|| RulePeriodFigures {
                rule: row.rule,
                from: row.from,
                to: row.to,
                parts: 0,
                asked: 0,
                met: 0,
            });
        period.parts += 1;
        period.asked += u64::from(row.asked);
        period.met += u64::from(row.asked - row.missed);
    }
    periods.into_values().collect()
}

fn demands(measures: &Measures) -> Vec<DemandFigures> {
    let rows = &measures.coverage;
    rows.chunk_by(|a, b| (a.rule, a.part) == (b.rule, b.part))
        .map(|of_demand| {
            let lacking: u64 = of_demand.iter().map(|row| u64::from(row.missed)).sum();
            let late = of_demand.iter().filter_map(|row| row.late).sum::<u32>();
            DemandFigures {
                rule: of_demand[0].rule,
                part: of_demand[0].part,
                asked: of_demand.iter().map(|row| u64::from(row.asked)).sum(),
                planned: of_demand.iter().map(|row| u64::from(row.planned)).sum(),
                missed: lacking.max(u64::from(late)),
            }
        })
        .collect()
}

fn sites(season: &Season, measures: &Measures, demands: &[DemandFigures]) -> Vec<PlaceFigures> {
    let one = PlaceFigures {
        sites: 1,
        ..PlaceFigures::default()
    };
    let mut sites = vec![one; season.scenario.sites.len()];
    for demand in demands {
        let SiteIx(site) = season.parts[demand.part].site;
        sites[site].asked += demand.asked;
        sites[site].missed += demand.missed;
    }
    for row in &measures.visits {
        sites[row.visit.site.0].visits += 1;
    }
    sites
}

fn zones(season: &Season, sites: &[PlaceFigures]) -> BTreeMap<Option<String>, PlaceFigures> {
    let mut zones: BTreeMap<Option<String>, PlaceFigures> = BTreeMap::new();
    for (row, figures) in season.scenario.sites.iter().zip(sites) {
        let zone = zones.entry(row.zone.clone()).or_default();
        zone.sites += figures.sites;
        zone.asked += figures.asked;
        zone.missed += figures.missed;
        zone.visits += figures.visits;
    }
    zones
}
