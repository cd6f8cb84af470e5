//! Which days are open: weekdays, then the rows of calendar.csv in file order, the later one wins.

use super::facts::Place;
use xiaosha::domain::{
    CalendarRow, CalendarScope, CalendarStatus, Day, Scenario, TeamIx, TreatmentIx,
};

/// Whether a team works on a day (its from and to apart).
pub(crate) fn team_open(scenario: &Scenario, team: TeamIx, date: Day) -> bool {
    let usual = scenario[team].workdays.contains(date);
    judged(scenario, date, usual, |scope| match scope {
        CalendarScope::All | CalendarScope::Teams => true,
        CalendarScope::Team(named) => *named == team,
        CalendarScope::Contractor(named) => *named == scenario[team].contractor,
        _ => false,
    })
}

/// Whether a site, or a part of it, may be entered on a day.
pub(crate) fn place_open(scenario: &Scenario, place: &Place, date: Day) -> bool {
    let site = &scenario[place.site];
    let usual = site.workdays.contains(date);
    judged(scenario, date, usual, |scope| match scope {
        CalendarScope::All | CalendarScope::Sites => true,
        CalendarScope::Zone(word) => site.zone.as_ref() == Some(word),
        CalendarScope::Kind(word) => site.kind == *word,
        CalendarScope::Site(named, part) => {
            *named == place.site && part.is_none_or(|part| part == place.part)
        }
        _ => false,
    })
}

/// Whether a treatment may be done on a day (its product's from and to apart).
pub(crate) fn treatment_open(scenario: &Scenario, treatment: TreatmentIx, date: Day) -> bool {
    judged(scenario, date, true, |scope| match scope {
        CalendarScope::Method(word) => *word == scenario[treatment].method,
        CalendarScope::Treatment(named) => *named == treatment,
        _ => false,
    })
}

/// The status that the last row left says; a row `usual` takes out the earlier ones of its very scope.
fn judged(
    scenario: &Scenario,
    date: Day,
    usual: bool,
    concerns: impl Fn(&CalendarScope) -> bool,
) -> bool {
    let mut left: Vec<&CalendarRow> = Vec::new();
    for row in &scenario.calendar {
        if concerns(&row.scope) && row.from <= date && date <= row.to {
            match row.status {
                CalendarStatus::Usual => left.retain(|earlier| earlier.scope != row.scope),
                CalendarStatus::Closed | CalendarStatus::Open => left.push(row),
            }
        }
    }
    left.last()
        .map_or(usual, |row| row.status == CalendarStatus::Open)
}
