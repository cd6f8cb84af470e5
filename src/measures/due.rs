//! What was due by a day: rounds of the periods that have ended.

use super::CoverageFigures;
use crate::domain::RuleIx;
use crate::season::{DayIx, Season};

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
    /// Places that lack rounds (positions in [`Season::parts`]), each once.
    pub places: Vec<usize>,
    /// Rounds asked in periods that have not ended.
    pub ahead: u64,
}

/// Every rule in input order; periods that end before `today` are due. `coverage` is that of done visits alone.
pub fn due(season: &Season, coverage: &[CoverageFigures], today: DayIx) -> Vec<DueFigures> {
    let mut rules: Vec<DueFigures> = (0..season.scenario.rules.len())
        .map(|at| DueFigures {
            rule: RuleIx(at),
            asked: 0,
            done: 0,
            missed: 0,
            places: Vec::new(),
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
        if row.missed > 0 && !rule.places.contains(&row.part) {
            rule.places.push(row.part);
        }
    }
    rules
}
