//! What people like about a plan besides coverage and money: even rounds, short days in one zone, level weeks, and missed
//! rounds that are not heaped on one site or month.
//!
//! None of it is proven, and none of it is bought with a round or a yuan.

use super::rounds::Rounds;
use super::route::Route;
use super::visits::VisitFigures;
use crate::domain::{Day, SiteIx, TeamIx};
use crate::season::{DayIx, Season};
use chrono::Weekday;
use std::collections::{BTreeMap, BTreeSet};

/// How much people like a plan; see each figure for its formula.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PeopleFigures {
    /// How evenly rounds are spaced: over all rules and site parts with at least two counting visits, done ones
    /// included, the mean of least gap / mean gap between successive visits. 1 = all gaps alike, also where there is
    /// none; 0 = two on one day.
    pub spread: f64,
    /// Zones in which a crew works on a day: mean over the crew-days of new visits; sites without a zone are one zone.
    /// 0 without any.
    pub zones_per_crew_day: f64,
    /// Kilometres from a crew's first site to its last, on the straight line in the order `seq`: mean over the crew-days of
    /// new visits with at least one site that has coordinates; sites without are left out. 0 without any.
    pub km_per_crew_day: f64,
    /// How level the weeks are: for each team with new visits (Σ h)² / (Σ c × Σ h² / c) over the weeks from the first day
    /// of planning in which it can work, h its hours and c the hours that its crews could work; the mean over teams,
    /// weighted by their hours. 1 = every week the same share of what could be worked, also where there are no visits.
    pub level: f64,
    /// How evenly missed rounds are shared out over sites: 1 − moves / missed. For each rule, moves are the missed rounds that
    /// would have to go to another site (part) until none misses two more than another; both are summed over rules. 1 = as
    /// evenly as whole rounds can be, also where none is missed.
    pub missed_even_sites: f64,
    /// The same over the periods of each rule, in the measure of the rounds that these ask. Rules with one period, and rounds
    /// that only come late (`max_gap`), have no say.
    pub missed_even_periods: f64,
}

/// The figures of a plan.
pub(super) fn people(season: &Season, rounds: &Rounds, visits: &[VisitFigures]) -> PeopleFigures {
    let days = CrewDays::new(visits);
    PeopleFigures {
        spread: spread(season, rounds),
        zones_per_crew_day: days.zones(season),
        km_per_crew_day: days.kilometres(season),
        level: level(season, visits),
        missed_even_sites: missed_even(&missed_by_site(season, rounds)),
        missed_even_periods: missed_even(&missed_by_period(season, rounds)),
    }
}

fn mean(sum: f64, count: usize, none: f64) -> f64 {
    if count == 0 { none } else { sum / count as f64 }
}

fn spread(season: &Season, rounds: &Rounds) -> f64 {
    let demands = 0..season.demands.len();
    let of_demands: Vec<f64> = demands
        .filter_map(|demand| evenness(rounds.of(demand)))
        .collect();
    mean(of_demands.iter().sum(), of_demands.len(), 1.0)
}

/// Least gap / mean gap of ascending days; `None` of fewer than two.
fn evenness(days: &[DayIx]) -> Option<f64> {
    let least = days.windows(2).map(|pair| pair[1] - pair[0]).min()?;
    let whole = days[days.len() - 1] - days[0];
    if whole == 0 {
        return Some(0.0);
    }
    Some(f64::from(least) * (days.len() - 1) as f64 / f64::from(whole))
}

/// The sites of each crew-day, by date, team and crew.
struct CrewDays(BTreeMap<(Day, TeamIx, u32), BTreeSet<SiteIx>>);

impl CrewDays {
    fn new(visits: &[VisitFigures]) -> Self {
        let mut days: BTreeMap<_, BTreeSet<SiteIx>> = BTreeMap::new();
        for VisitFigures { visit, .. } in visits {
            let sites = days.entry((visit.date, visit.team, visit.crew));
            sites.or_default().insert(visit.site);
        }
        CrewDays(days)
    }

    fn zones(&self, season: &Season) -> f64 {
        let of_days = self.0.values().map(|sites| {
            let zones = sites
                .iter()
                .map(|&site| season.scenario[site].zone.as_deref());
            zones.collect::<BTreeSet<_>>().len()
        });
        mean(of_days.sum::<usize>() as f64, self.0.len(), 0.0)
    }

    fn kilometres(&self, season: &Season) -> f64 {
        let (mut metres, mut days) = (0, 0);
        for sites in self.0.values() {
            let places: Vec<_> = stops(season, sites.iter().copied())
                .iter()
                .filter_map(|&site| season.scenario[site].lon_lat)
                .collect();
            if !places.is_empty() {
                metres += Route::through(&places).metres;
                days += 1;
            }
        }
        mean(metres as f64 / 1e3, days, 0.0)
    }
}

/// Sites in the order of their ids (of their first part's rank).
fn stops(season: &Season, sites: impl Iterator<Item = SiteIx>) -> Vec<SiteIx> {
    let mut stops: Vec<SiteIx> = sites.collect();
    stops.sort_by_key(|&site| (season.parts[season.first_part[site.0]].rank, site));
    stops
}

/// The visiting order of a crew-day's sites: those with coordinates on a short path, then the others by zone and id.
pub(super) fn visiting_order(season: &Season, sites: impl Iterator<Item = SiteIx>) -> Vec<SiteIx> {
    let (located, mut others): (Vec<SiteIx>, Vec<SiteIx>) = stops(season, sites)
        .into_iter()
        .partition(|&site| season.scenario[site].lon_lat.is_some());
    let places: Vec<_> = located
        .iter()
        .filter_map(|&site| season.scenario[site].lon_lat)
        .collect();
    // A stable sort: within a zone by id.
    others.sort_by_key(|&site| season.scenario[site].zone.as_deref());
    let path = Route::through(&places).order.into_iter();
    path.map(|at| located[at]).chain(others).collect()
}

/// Hours that a team's crews could work in each week from the first day of planning, in millionths, by Monday; weeks in
/// which the team cannot work are left out.
pub fn workable_weeks(season: &Season, team: TeamIx) -> BTreeMap<Day, i64> {
    let row = &season.scenario[team];
    let a_day = row.hours_per_day.micro() * i64::from(row.crews);
    let mut weeks = BTreeMap::new();
    for day in season.day_sets[season.team_days[team.0]].iter() {
        let monday = season.date(day).week(Weekday::Mon).first_day();
        *weeks.entry(monday).or_insert(0) += a_day;
    }
    weeks
}

fn level(season: &Season, visits: &[VisitFigures]) -> f64 {
    let mut worked: BTreeMap<TeamIx, BTreeMap<Day, i64>> = BTreeMap::new();
    for row in visits {
        let monday = row.visit.date.week(Weekday::Mon).first_day();
        let weeks = worked.entry(row.visit.team).or_default();
        *weeks.entry(monday).or_insert(0) += row.hours.micro();
    }
    let (mut sum, mut hours) = (0.0, 0.0);
    for (team, weeks) in worked {
        let whole = weeks.values().sum::<i64>() as f64;
        let could = workable_weeks(season, team);
        let squares: f64 = weeks
            .iter()
            .map(|(monday, &hours)| {
                let could = could.get(monday).copied().unwrap_or(1);
                (hours as f64).powi(2) / could as f64
            })
            .sum();
        if squares > 0.0 {
            let could = could.values().sum::<i64>() as f64;
            sum += whole * (whole * whole / (could * squares)).min(1.0);
            hours += whole;
        }
    }
    if hours > 0.0 { sum / hours } else { 1.0 }
}

/// Rounds missed and asked of each site (part), by rule.
fn missed_by_site(season: &Season, rounds: &Rounds) -> Vec<Vec<(u64, u64)>> {
    let mut rules = vec![Vec::new(); season.scenario.rules.len()];
    for (at, demand) in season.demands.iter().enumerate() {
        let missed = demand.missed(season, rounds.of(at));
        // What would be missed without any visit: rounds asked or, if more, what comes late.
        let asked = demand.missed(season, &[]);
        rules[demand.rule.0].push((u64::from(missed), u64::from(asked)));
    }
    rules
}

/// Rounds missed and asked in each period, by rule.
fn missed_by_period(season: &Season, rounds: &Rounds) -> Vec<Vec<(u64, u64)>> {
    let periods = season.limits.periods.iter();
    let mut rules: Vec<_> = periods.map(|periods| vec![(0, 0); periods.len()]).collect();
    for (at, demand) in season.demands.iter().enumerate() {
        let sums = &mut rules[demand.rule.0];
        for (sum, period) in sums.iter_mut().zip(demand.periods(season)) {
            let counted = period.count(rounds.of(at));
            sum.0 += u64::from(period.asked.saturating_sub(counted));
            sum.1 += u64::from(period.asked);
        }
    }
    rules.retain(|periods| periods.len() > 1);
    rules
}

/// The share of missed rounds that may stay where they are if they are to be shared out evenly, over lists of missed and
/// asked rounds.
fn missed_even(lists: &[Vec<(u64, u64)>]) -> f64 {
    let missed = lists.iter().flatten().map(|entry| entry.0);
    let missed = missed.sum::<u64>() as f64;
    let moves: u64 = lists.iter().map(|list| moves_to_even(list)).sum();
    if missed > 0.0 {
        1.0 - moves as f64 / missed
    } else {
        1.0
    }
}

/// Missed rounds that have to go elsewhere until each place misses its part of them, by what it is asked, rounded down or
/// up to whole rounds.
fn moves_to_even(places: &[(u64, u64)]) -> u64 {
    let missed: u64 = places.iter().map(|place| place.0).sum();
    let asked: u64 = places.iter().map(|place| place.1).sum();
    if missed == 0 {
        return 0;
    }
    let part = |place: &(u64, u64)| missed * place.1 / asked;
    let is_whole = |place: &(u64, u64)| (missed * place.1).is_multiple_of(asked);
    // What the parts rounded down leave over may stay where more is missed and the part is not a whole number.
    let over = missed - places.iter().map(part).sum::<u64>();
    let more = || places.iter().filter(|place| place.0 > part(place));
    let beyond: u64 = more().map(|place| place.0 - part(place)).sum();
    let rounded_up = more().filter(|place| !is_whole(place)).count() as u64;
    beyond - over.min(rounded_up)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(figure: Option<f64>, expected: f64) -> bool {
        figure.is_some_and(|figure| (figure - expected).abs() < 1e-12)
    }

    #[test]
    fn rounds_are_even_when_the_least_gap_is_the_mean_gap() {
        assert_eq!(evenness(&[]), None);
        assert_eq!(evenness(&[4]), None);
        assert!(close(evenness(&[1, 8, 15]), 1.0));
        // Gaps 2 and 8, mean 5.
        assert!(close(evenness(&[0, 2, 10]), 0.4));
        assert!(close(evenness(&[3, 3, 9]), 0.0));
        assert!(close(evenness(&[3, 3]), 0.0));
    }
    #[test]
    fn missed_rounds_are_even_when_none_has_to_go_elsewhere() {
        assert_eq!(moves_to_even(&[(0, 3), (0, 3)]), 0);
        assert_eq!(moves_to_even(&[(1, 3), (2, 3), (1, 3)]), 0);
        // Two of three rounds at the first have to go to the others.
        assert_eq!(moves_to_even(&[(3, 3), (0, 3), (0, 3)]), 2);
        assert_eq!(moves_to_even(&[(0, 3), (3, 3), (3, 3), (0, 3)]), 2);
        // A short period misses less.
        assert_eq!(moves_to_even(&[(1, 2), (3, 6)]), 0);
        assert_eq!(moves_to_even(&[(2, 2), (2, 6)]), 1);
        // A part that is whole is not rounded up.
        assert_eq!(moves_to_even(&[(3, 4), (0, 1), (0, 1)]), 1);
        let all = missed_even(&[vec![(3, 3), (0, 3), (0, 3)], vec![(1, 1), (0, 1)]]);
        assert!(close(Some(all), 0.5));
        assert!(close(Some(missed_even(&[])), 1.0));
    }
}
