//! What was due by a day: rounds of the periods that have ended.

use super::CoverageFigures;
use crate::domain::{RuleIx, SiteIx};
use crate::season::{DayIx, Season};
use indexmap::IndexSet;

/// What a rule was due to have done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueFigures {
    /// The rule.
    pub rule: RuleIx,
    /// Rounds asked in periods that have ended.
    pub asked: u64,
    /// Rounds done in these periods, also beyond what was asked.
    pub done: u64,
    /// Rounds that these periods lack.
    pub missed: u64,
    /// Sites that lack rounds, each once.
    pub sites: IndexSet<SiteIx>,
    /// Rounds asked in periods that have not ended.
    pub ahead: u64,
}

/// What all rules were due to have done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DueTotals {
    /// Rounds asked in periods that have ended.
    pub asked: u64,
    /// Rounds done in these periods, also beyond what was asked.
    pub done: u64,
    /// Rounds that these periods lack.
    pub missed: u64,
    /// Rounds asked in periods that have not ended.
    pub ahead: u64,
}

impl DueTotals {
    /// Adds up what rules were due to have done.
    pub fn of(rules: &[DueFigures]) -> Self {
        rules
            .iter()
            .fold(DueTotals::default(), |sum, rule| DueTotals {
                asked: sum.asked + rule.asked,
                done: sum.done + rule.done,
                missed: sum.missed + rule.missed,
                ahead: sum.ahead + rule.ahead,
            })
    }
}

/// Every rule in input order; periods that end before `today` are due. `coverage` is that of done visits alone.
pub fn due(season: &Season, coverage: &[CoverageFigures], today: DayIx) -> Vec<DueFigures> {
    let mut rules: Vec<DueFigures> = (0..season.scenario.rules.len())
        .map(|at| DueFigures {
            rule: RuleIx(at),
            asked: 0,
            done: 0,
            missed: 0,
            sites: IndexSet::new(),
            ahead: 0,
        })
        .collect();
    for row in coverage {
        let rule = &mut rules[row.rule.0];
        if row.to >= today {
            rule.ahead += u64::from(row.asked);
            continue;
        }
        rule.asked += u64::from(row.asked);
        rule.done += u64::from(row.planned);
        rule.missed += u64::from(row.missed);
        if row.missed > 0 {
            rule.sites.insert(season.parts[row.part].site);
        }
    }
    rules
}
