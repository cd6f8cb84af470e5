//! On which days a team, a site or a treatment is open.
//!
//! Rows apply in file order, the later one wins, and `usual` forgets earlier rows of the very same scope. So on a day each
//! scope has at most one row in force (the last one that is not forgotten), and among the scopes that speak of a
//! team, site or treatment the row that stands last in the file decides. Without any row the weekday decides.

use super::places::{PlaceIx, Places};
use crate::domain::{
    CalendarRow, CalendarScope, CalendarStatus, Day, Scenario, SiteIx, TeamIx, TreatmentIx,
};
use crate::lang::Text;
use chrono::Datelike;
use std::collections::HashMap;

/// For each day of the horizon the number of the row in force, counted from 1; 0 = none.
type RowsInForce = Vec<u32>;

/// The calendar of a scenario, spread out over the days of the horizon.
pub(super) struct Calendar<'a> {
    scenario: &'a Scenario,
    scopes: Vec<RowsInForce>,
    /// The scopes that speak of each team.
    teams: Vec<Vec<usize>>,
    /// The scopes that speak of each site as a whole.
    sites: Vec<Vec<usize>>,
    /// The scopes that speak of one part of a site.
    parts: HashMap<(SiteIx, u32), usize>,
    /// The scopes that speak of each treatment.
    treatments: Vec<Vec<usize>>,
}

/// Why something is not open.
pub(super) enum Closed<'a> {
    /// By its weekdays.
    Weekday(Day),
    /// By a row of calendar.csv.
    Row(&'a CalendarRow),
}

impl<'a> Calendar<'a> {
    pub(super) fn new(scenario: &'a Scenario) -> Self {
        let days = (scenario.end - scenario.start).num_days().max(-1) + 1;
        let mut numbers: HashMap<&CalendarScope, usize> = HashMap::new();
        let mut scopes: Vec<RowsInForce> = Vec::new();
        for (row_number, row) in (1_u32..).zip(&scenario.calendar) {
            let scope = *numbers.entry(&row.scope).or_insert_with(|| {
                scopes.push(vec![0; days as usize]);
                scopes.len() - 1
            });
            let first = (row.from - scenario.start).num_days().max(0);
            let last = (row.to - scenario.start).num_days().min(days - 1);
            if first <= last {
                let in_force = match row.status {
                    CalendarStatus::Usual => 0,
                    CalendarStatus::Open | CalendarStatus::Closed => row_number,
                };
                scopes[scope][first as usize..=last as usize].fill(in_force);
            }
        }
        let known = |candidates: Vec<CalendarScope>| -> Vec<usize> {
            candidates
                .iter()
                .filter_map(|scope| numbers.get(scope).copied())
                .collect()
        };
        let teams = scenario.teams.iter().enumerate().map(|(ix, team)| {
            known(vec![
                CalendarScope::All,
                CalendarScope::Teams,
                CalendarScope::Team(TeamIx(ix)),
                CalendarScope::Contractor(team.contractor.clone()),
            ])
        });
        let sites = scenario.sites.iter().enumerate().map(|(ix, site)| {
            let mut scopes = vec![
                CalendarScope::All,
                CalendarScope::Sites,
                CalendarScope::Kind(site.kind.clone()),
                CalendarScope::Site(SiteIx(ix), None),
            ];
            scopes.extend(site.zone.clone().map(CalendarScope::Zone));
            known(scopes)
        });
        let treatments = scenario.treatments.iter().enumerate().map(|(ix, row)| {
            known(vec![
                CalendarScope::Method(row.method.clone()),
                CalendarScope::Treatment(TreatmentIx(ix)),
            ])
        });
        let parts = scenario
            .calendar
            .iter()
            .filter_map(|row| match row.scope {
                CalendarScope::Site(site, Some(part)) => Some(((site, part), numbers[&row.scope])),
                _ => None,
            })
            .collect();
        Calendar {
            scenario,
            teams: teams.collect(),
            sites: sites.collect(),
            treatments: treatments.collect(),
            parts,
            scopes,
        }
    }

    /// Why the team does not work on a day of the horizon.
    pub(super) fn team_closed(&self, team: TeamIx, date: Day) -> Option<Closed<'a>> {
        let row = self.decider(self.teams[team.0].iter().copied(), date);
        closed(row, self.scenario[team].workdays.contains(date), date)
    }

    /// Why the place may not be entered on a day of the horizon.
    pub(super) fn site_closed(
        &self,
        places: &Places,
        place: PlaceIx,
        date: Day,
    ) -> Option<Closed<'a>> {
        let site = places.site(place);
        let part = self.parts.get(&(site, places.part(place)));
        let scopes = self.sites[site.0].iter().chain(part).copied();
        let row = self.decider(scopes, date);
        closed(row, self.scenario[site].workdays.contains(date), date)
    }

    /// Why the treatment may not be done on a day of the horizon.
    pub(super) fn treatment_closed(&self, treatment: TreatmentIx, date: Day) -> Option<Closed<'a>> {
        let row = self.decider(self.treatments[treatment.0].iter().copied(), date);
        closed(row, true, date)
    }

    /// The row that decides: of the rows in force in these scopes the one that stands last in the file.
    fn decider(&self, scopes: impl Iterator<Item = usize>, date: Day) -> Option<&'a CalendarRow> {
        let day = (date - self.scenario.start).num_days() as usize;
        let number = scopes.map(|scope| self.scopes[scope][day]).max()?;
        let row = (number as usize).checked_sub(1)?;
        self.scenario.calendar.get(row)
    }
}

fn closed(row: Option<&CalendarRow>, usually_open: bool, date: Day) -> Option<Closed<'_>> {
    match row {
        Some(row) if row.status == CalendarStatus::Open => None,
        Some(row) => Some(Closed::Row(row)),
        None => (!usually_open).then_some(Closed::Weekday(date)),
    }
}

impl Closed<'_> {
    /// The reason, for a message.
    pub(super) fn reason(&self) -> Text {
        match self {
            Closed::Weekday(date) => {
                let weekday = date.weekday().num_days_from_monday() as usize;
                let zh = ["一", "二", "三", "四", "五", "六", "日"][weekday];
                let en = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday];
                Text::new(format!("星期{zh}"), format!("a {en}"))
            }
            Closed::Row(row) if row.reason.is_empty() => {
                Text::new("日历表关闭", "closed in calendar.csv")
            }
            Closed::Row(row) => Text::new(
                format!("日历表关闭：{}", row.reason),
                format!("closed in calendar.csv: {}", row.reason),
            ),
        }
    }
}
