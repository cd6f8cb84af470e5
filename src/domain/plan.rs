//! A plan: the list of new visits.

use super::Day;
use super::scenario::{SiteIx, TeamIx, TreatmentIx};

/// One planned visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Visit {
    /// When.
    pub date: Day,
    /// Who.
    pub team: TeamIx,
    /// Which crew of the team, counted from 1.
    pub crew: u32,
    /// Where.
    pub site: SiteIx,
    /// Which part of the site, counted from 1; 1 for a site that has one part.
    pub part: u32,
    /// What is done.
    pub treatment: TreatmentIx,
}

/// New visits, sorted as visits.csv is: by date, then team id, crew, site (part) id and treatment id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The visits.
    pub visits: Vec<Visit>,
}
