//! On which days teams, sites and treatments are open: weekdays, availability and calendar.csv.
//!
//! Rows apply in file order and the later one wins. `usual` makes the earlier rows of the very same scope void on its
//! days. `open` and `closed` override weekdays, never a from/to.

use super::{DayIx, DaySet, DaySetIx, Season};
use crate::domain::{CalendarScope, CalendarStatus, SiteIx, TeamIx, TreatmentIx, Weekdays};

/// Days on which each team works and new visits may stand.
pub(super) fn team_days(season: &mut Season) -> Vec<DaySetIx> {
    let scenario = season.scenario;
    (0..scenario.teams.len())
        .map(|at| {
            let team = &scenario.teams[at];
            let mut set = open_days(season, team.workdays, |scope| match scope {
                CalendarScope::All | CalendarScope::Teams => true,
                CalendarScope::Team(named) => *named == TeamIx(at),
                CalendarScope::Contractor(id) => *id == team.contractor,
                _ => false,
            });
            let from = team.from.map_or(0, |day| season.day(day));
            let to = team.to.map_or(season.days - 1, |day| season.day(day));
            let from = from.max(season.first_open);
            set = set.and(&DaySet::stretch(season.days, from, to));
            season.day_sets.intern(set)
        })
        .collect()
}

/// Days on which a part of a site may be entered.
pub(super) fn site_days(season: &mut Season, site: SiteIx, number: u32) -> DaySetIx {
    let set = site_set(season, site, number);
    season.day_sets.intern(set)
}

/// Days on which a part of a site may be entered, as a set.
pub(super) fn site_set(season: &Season, site: SiteIx, number: u32) -> DaySet {
    let row = &season.scenario[site];
    open_days(season, row.workdays, |scope| match scope {
        CalendarScope::All | CalendarScope::Sites => true,
        CalendarScope::Zone(zone) => row.zone.as_ref() == Some(zone),
        CalendarScope::Kind(kind) => *kind == row.kind,
        CalendarScope::Site(named, part) => {
            *named == site && part.is_none_or(|part| part == number)
        }
        _ => false,
    })
}

/// Days on which a treatment may be done, its product's from/to included.
pub(super) fn treatment_days(season: &mut Season, treatment: TreatmentIx) -> DaySetIx {
    let set = treatment_set(season, treatment);
    season.day_sets.intern(set)
}

/// Days on which a treatment may be done, as a set.
pub(super) fn treatment_set(season: &Season, treatment: TreatmentIx) -> DaySet {
    let row = &season.scenario[treatment];
    let mut set = open_days(season, Weekdays::ALL, |scope| match scope {
        CalendarScope::Method(method) => *method == row.method,
        CalendarScope::Treatment(named) => *named == treatment,
        _ => false,
    });
    if let Some(product) = row.product {
        let product = &season.scenario[product];
        let from = product.from.map_or(0, |day| season.day(day));
        let to = product.to.map_or(season.days - 1, |day| season.day(day));
        set = set.and(&DaySet::stretch(season.days, from, to));
    }
    set
}

/// Weekdays, then the rows whose scope applies.
fn open_days(
    season: &Season,
    weekdays: Weekdays,
    applies: impl Fn(&CalendarScope) -> bool,
) -> DaySet {
    let mut set = DaySet::empty(season.days);
    for day in 0..season.days {
        if weekdays.contains(season.date(day)) {
            set.insert(day);
        }
    }
    let rows: Vec<_> = season
        .scenario
        .calendar
        .iter()
        .filter(|row| applies(&row.scope))
        .collect();
    for (at, row) in rows.iter().enumerate() {
        let void = |day: DayIx| {
            let date = season.date(day);
            rows[at + 1..].iter().any(|later| {
                later.status == CalendarStatus::Usual
                    && later.scope == row.scope
                    && later.from <= date
                    && date <= later.to
            })
        };
        let from = season.day(row.from).max(0);
        let to = season.day(row.to).min(season.days - 1);
        for day in from..=to {
            if row.status == CalendarStatus::Usual || void(day) {
                continue;
            }
            match row.status {
                CalendarStatus::Open => set.insert(day),
                _ => set.remove(day),
            }
        }
    }
    set
}
