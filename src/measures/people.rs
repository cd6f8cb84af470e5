//! What people like about a plan besides coverage and money: even rounds, short days in one zone, level weeks.
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
}

/// The figures of a plan.
pub(super) fn people(season: &Season, rounds: &Rounds, visits: &[VisitFigures]) -> PeopleFigures {
    let days = CrewDays::new(visits);
    PeopleFigures {
        spread: spread(season, rounds),
        zones_per_crew_day: days.zones(season),
        km_per_crew_day: days.kilometres(season),
        level: level(season, visits),
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
}
