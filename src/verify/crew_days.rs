//! Rule 4: the hours of each crew on each day, with the access of its stops.
//!
//! A stop is all visits of one crew on one day at one site, its parts counted as one site. Its access is carried by its
//! first visit in the order of visits.csv. The parts of a site stand together in that order, because no id contains `/`.

use super::visits::Visit;
use super::{Clause, Violation};
use crate::domain::{Hours, Scenario};
use crate::lang::Text;

/// By how much a crew-day may exceed its hours: 1e-4 h, so that twelve visits of 40 minutes fill eight hours.
const TOLERANCE: i128 = 100;

/// Whether two visits belong to the same crew-day.
pub(super) fn same_crew_day(one: &Visit, other: &Visit) -> bool {
    (one.date, one.team, one.crew) == (other.date, other.team, other.crew)
}

/// Gives each visit its hours; the visits are in the order of visits.csv.
pub(super) fn carry_access(visits: &mut [Visit]) {
    for crew_day in visits.chunk_by_mut(same_crew_day) {
        for stop in crew_day.chunk_by_mut(|one, other| one.site == other.site) {
            for (nth, visit) in stop.iter_mut().enumerate() {
                visit.hours = if nth == 0 {
                    visit.figures.work_and_access
                } else {
                    visit.figures.work
                };
            }
        }
    }
}

/// Judges each crew-day; the visits are in the order of visits.csv and know their hours.
pub(super) fn check(scenario: &Scenario, visits: &[Visit], violations: &mut Vec<Violation>) {
    let micro = |visit: &Visit| i128::from(visit.hours.micro());
    for crew_day in visits.chunk_by(same_crew_day) {
        let team = &scenario[crew_day[0].team];
        let limit = i128::from(team.hours_per_day.micro()) + TOLERANCE;
        let done: i128 = crew_day.iter().filter(|v| !v.is_new()).map(micro).sum();
        let mut sum = done;
        let passed = crew_day.iter().filter(|v| v.is_new()).find(|visit| {
            sum += micro(visit);
            sum > limit && sum > done
        });
        let Some(visit) = passed else { continue };
        let total = hours(crew_day.iter().map(micro).sum());
        let (id, crew, date, limit) = (&team.id, visit.crew, visit.date, team.hours_per_day);
        violations.push(Violation {
            line: visit.line,
            clause: Clause::CrewDayTooLong,
            message: Text::new(
                format!("队伍 {id} 第 {crew} 班组 {date}：{total} 小时，上限 {limit} 小时"),
                format!("team {id} crew {crew} on {date}: {total} h of {limit} h"),
            ),
        });
    }
}

/// A sum as hours; a sum too great to show is shown as the greatest.
fn hours(micro: i128) -> Hours {
    Hours::from_micro(i64::try_from(micro).unwrap_or(i64::MAX))
}
