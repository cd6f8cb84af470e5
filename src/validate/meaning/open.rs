//! On which days teams, sites and treatments are open, as far as warnings need it.

use super::Context;
use crate::domain::{CalendarRow, CalendarScope, CalendarStatus, Day, Weekdays};
use crate::validate::Draft;
use chrono::Days;

/// For each day of the horizon whether something is open.
type Open = Vec<bool>;

/// Open days, worked out when they are first asked for.
pub(super) struct OpenDays<'a> {
    draft: &'a Draft<'a>,
    calendar: &'a [CalendarRow],
    start: Day,
    length: usize,
    teams: Vec<Option<Open>>,
    sites: Vec<Option<Open>>,
    treatments: Vec<Option<Open>>,
}

impl<'a> OpenDays<'a> {
    pub(super) fn new(draft: &'a Draft<'a>, context: &Context<'a>) -> Self {
        let (start, end) = draft.window();
        OpenDays {
            draft,
            calendar: context.calendar,
            start,
            length: (end - start).num_days() as usize + 1,
            teams: vec![None; draft.teams.rows.len()],
            sites: vec![None; draft.sites.rows.len()],
            treatments: vec![None; draft.treatments.rows.len()],
        }
    }

    /// Whether a team, a site and a treatment are open together on some day of a window within the horizon.
    pub(super) fn meet(
        &mut self,
        team: usize,
        site: usize,
        treatment: usize,
        (from, to): (Day, Day),
    ) -> bool {
        let (team_row, treatment_row) = (
            &self.draft.teams.rows[team],
            &self.draft.treatments.rows[treatment],
        );
        let product = treatment_row
            .product
            .map(|ix| &self.draft.products.rows[ix.0]);
        let from = [team_row.from, product.and_then(|product| product.from)]
            .into_iter()
            .flatten()
            .fold(from, Day::max);
        let to = [team_row.to, product.and_then(|product| product.to)]
            .into_iter()
            .flatten()
            .fold(to, Day::min);
        if to < from {
            return false;
        }
        self.prepare(team, site, treatment);
        let (Some(team), Some(site), Some(treatment)) = (
            &self.teams[team],
            &self.sites[site],
            &self.treatments[treatment],
        ) else {
            return false;
        };
        let position = |day: Day| (day - self.start).num_days() as usize;
        (position(from)..=position(to)).any(|day| team[day] && site[day] && treatment[day])
    }

    fn prepare(&mut self, team: usize, site: usize, treatment: usize) {
        if self.teams[team].is_none() {
            let row = &self.draft.teams.rows[team];
            self.teams[team] = Some(self.open(row.workdays, |scope| match scope {
                CalendarScope::All | CalendarScope::Teams => true,
                CalendarScope::Team(ix) => ix.0 == team,
                CalendarScope::Contractor(contractor) => *contractor == row.contractor,
                _ => false,
            }));
        }
        if self.sites[site].is_none() {
            let row = &self.draft.sites.rows[site];
            self.sites[site] = Some(self.open(row.workdays, |scope| match scope {
                CalendarScope::All | CalendarScope::Sites => true,
                CalendarScope::Zone(zone) => row.zone.as_ref() == Some(zone),
                CalendarScope::Kind(kind) => row.kind == *kind,
                // A row about one part leaves the others as they are.
                CalendarScope::Site(ix, part) => ix.0 == site && part.is_none(),
                _ => false,
            }));
        }
        if self.treatments[treatment].is_none() {
            let row = &self.draft.treatments.rows[treatment];
            self.treatments[treatment] = Some(self.open(Weekdays::ALL, |scope| match scope {
                CalendarScope::Method(method) => *method == row.method,
                CalendarScope::Treatment(ix) => ix.0 == treatment,
                _ => false,
            }));
        }
    }

    fn open(&self, workdays: Weekdays, concerns: impl Fn(&CalendarScope) -> bool) -> Open {
        let rows: Vec<&CalendarRow> = self
            .calendar
            .iter()
            .filter(|row| concerns(&row.scope))
            .collect();
        (0..self.length)
            .map(|day| {
                let day = self.start + Days::new(day as u64);
                decided(&rows, day).unwrap_or_else(|| workdays.contains(day))
            })
            .collect()
    }
}

/// What the last row that is not forgotten says of a day.
fn decided(rows: &[&CalendarRow], day: Day) -> Option<bool> {
    let mut forgotten: Vec<&CalendarScope> = Vec::new();
    for row in rows.iter().rev() {
        if day < row.from || day > row.to || forgotten.contains(&&row.scope) {
            continue;
        }
        match row.status {
            CalendarStatus::Closed => return Some(false),
            CalendarStatus::Open => return Some(true),
            CalendarStatus::Usual => forgotten.push(&row.scope),
        }
    }
    None
}
