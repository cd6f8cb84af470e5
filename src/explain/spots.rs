//! Single sites and periods, on request: what is asked, what is done when and by whom, and why the rest is not.

use super::why::{self, Reason};
use crate::domain::{Day, RuleIx, TeamIx, TreatmentIx};
use crate::measures::{Measures, Missed, MissedFigures};
use crate::season::{DayIx, Season};

/// A rule at a site in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The rule.
    pub rule: RuleIx,
    /// The part (position in [`Season::parts`]).
    pub part: usize,
    /// First day of the period.
    pub from: Day,
    /// Last day, included.
    pub to: Day,
    /// Rounds asked.
    pub asked: u32,
    /// Rounds done and planned.
    pub planned: u32,
    /// The new visits that count.
    pub visits: Vec<(Day, TeamIx, TreatmentIx)>,
    /// Rounds missed.
    pub missed: u32,
    /// Rounds that come late in a stretch, and how many days it has; such a stretch stands in a row of its own.
    pub late: Option<DayIx>,
    /// What stands against the missed rounds.
    pub reasons: Vec<Reason>,
}

/// Which sites and rules are asked for; all where nothing is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Sites (positions in [`crate::domain::Scenario::sites`]), or single parts of them (counted from 1).
    pub sites: Vec<(usize, Option<u32>)>,
    /// Rules.
    pub rules: Vec<RuleIx>,
}

impl Filter {
    /// Whether nothing in particular is asked for.
    pub fn is_empty(&self) -> bool {
        self.sites.is_empty() && self.rules.is_empty()
    }

    pub(super) fn has_rule(&self, rule: RuleIx) -> bool {
        self.rules.is_empty() || self.rules.contains(&rule)
    }

    fn has_part(&self, season: &Season, part: usize) -> bool {
        let row = &season.parts[part];
        let same = |&(site, number): &(usize, Option<u32>)| {
            row.site.0 == site && number.is_none_or(|number| number == row.number)
        };
        self.sites.is_empty() || self.sites.iter().any(same)
    }
}

/// Every period of the sites and rules asked for, and every stretch that is too long.
pub(super) fn spots(season: &Season, measures: &Measures, filter: &Filter) -> Vec<Spot> {
    let asked_for =
        |rule: RuleIx, part: usize| filter.has_rule(rule) && filter.has_part(season, part);
    let mut spots = Vec::new();
    for row in &measures.coverage {
        if !asked_for(row.rule, row.part) {
            continue;
        }
        let why = measures.missed.iter().find(|missed| {
            (missed.rule, missed.part, missed.from, missed.to)
                == (row.rule, row.part, row.from, row.to)
                && matches!(missed.kind, Missed::Rounds { .. })
        });
        let counted = measures.visits.iter().filter(|visit| {
            let day = season.day(visit.visit.date);
            visit.part == row.part
                && visit.rules.contains(&row.rule)
                && (row.from..=row.to).contains(&day)
        });
        spots.push(Spot {
            rule: row.rule,
            part: row.part,
            from: season.date(row.from),
            to: season.date(row.to),
            asked: row.asked,
            planned: row.planned,
            visits: counted
                .map(|row| (row.visit.date, row.visit.team, row.visit.treatment))
                .collect(),
            missed: row.missed,
            late: None,
            reasons: reasons(season, measures, why),
        });
    }
    for row in &measures.missed {
        if let Missed::Late { days, .. } = row.kind
            && asked_for(row.rule, row.part)
        {
            spots.push(Spot {
                rule: row.rule,
                part: row.part,
                from: season.date(row.from),
                to: season.date(row.to),
                asked: 0,
                planned: 0,
                visits: Vec::new(),
                missed: row.rounds,
                late: Some(days),
                reasons: reasons(season, measures, Some(row)),
            });
        }
    }
    spots
}

fn reasons(season: &Season, measures: &Measures, row: Option<&MissedFigures>) -> Vec<Reason> {
    row.map_or_else(Vec::new, |row| why::reasons(season, measures, &[row]))
}
