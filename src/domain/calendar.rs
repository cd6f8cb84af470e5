//! Days, weekdays and the rows of calendar.csv.

use super::scenario::{SiteIx, TeamIx, TreatmentIx};
use chrono::{Datelike, NaiveDate};

/// A calendar day; there are no time zones.
pub type Day = NaiveDate;

/// A set of weekdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weekdays(u8);

impl Weekdays {
    /// All seven days.
    pub const ALL: Weekdays = Weekdays(0b111_1111);
    /// No day.
    pub const NONE: Weekdays = Weekdays(0);

    /// Adds a weekday, 0 = Monday … 6 = Sunday.
    pub fn insert(&mut self, weekday: u32) {
        self.0 |= 1 << (weekday % 7);
    }

    /// Whether the day's weekday is in the set.
    pub fn contains(self, day: Day) -> bool {
        self.0 >> day.weekday().num_days_from_monday() & 1 == 1
    }

    /// Whether no weekday is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What a row of calendar.csv speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CalendarScope {
    /// All teams and all sites.
    All,
    /// All teams.
    Teams,
    /// All sites.
    Sites,
    /// One team.
    Team(TeamIx),
    /// The teams of a contractor.
    Contractor(String),
    /// The sites of a zone.
    Zone(String),
    /// The sites of a kind.
    Kind(String),
    /// One site, or one part of it (counted from 1).
    Site(SiteIx, Option<u32>),
    /// The treatments of a method.
    Method(String),
    /// One treatment.
    Treatment(TreatmentIx),
}

/// What a row of calendar.csv sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CalendarStatus {
    /// No work.
    Closed,
    /// Work, weekdays notwithstanding (a make-up working day, 调休).
    Open,
    /// Earlier rows of this very scope are forgotten on these days.
    Usual,
}

/// One row of calendar.csv; rows apply in order, the later one wins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarRow {
    /// First day.
    pub from: Day,
    /// Last day, included.
    pub to: Day,
    /// What it speaks of.
    pub scope: CalendarScope,
    /// What it sets.
    pub status: CalendarStatus,
    /// Shown; may be empty.
    pub reason: String,
}
