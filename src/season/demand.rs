//! What each rule asks at each part: periods, rounds, gaps, and how many rounds a list of days misses.

use super::{DayIx, Season, select};
use crate::domain::{Every, Exact, RuleIx, TreatmentIx};
use chrono::Datelike;

/// One period of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: DayIx,
    /// Last day, included.
    pub to: DayIx,
    /// Rounds asked.
    pub asked: u32,
}

impl Period {
    /// How many of these days, which ascend, lie in the period.
    pub fn count(&self, days: &[DayIx]) -> u32 {
        let before = days.partition_point(|&day| day < self.from);
        let until = days.partition_point(|&day| day <= self.to);
        (until - before) as u32
    }
}

/// A rule at a part that it chose.
#[derive(Debug, Clone)]
pub struct Demand {
    /// The rule.
    pub rule: RuleIx,
    /// The part (position in [`Season::parts`]).
    pub part: usize,
    /// First day of the rule's window.
    pub from: DayIx,
    /// Last day of the rule's window, included.
    pub to: DayIx,
    /// Least difference between the days of two counting visits; 0 allows two on one day.
    pub min_gap: DayIx,
    /// Greatest wished difference between successive counting visits.
    pub max_gap: Option<DayIx>,
    /// Importance of one missed round: rule weight × part weight.
    pub weight: Exact,
    /// Tier of the rule.
    pub tier: u32,
    /// Jobs that count (positions in [`Season::jobs`]).
    pub jobs: Vec<usize>,
    /// Days of done visits that count, ascending; those before 0 count for the gap only.
    pub done: Vec<DayIx>,
}

impl Demand {
    /// The periods of the rule, in order.
    pub fn periods<'s>(&self, season: &'s Season) -> &'s [Period] {
        &season.limits.periods[self.rule.0]
    }

    /// Rounds missed when these days hold counting visits (ascending, done visits of the window included, a day
    /// twice when it holds two): the greater of what the periods lack and of what comes late.
    pub fn missed(&self, season: &Season, days: &[DayIx]) -> u32 {
        let mut short = 0;
        let mut next = 0;
        // Days and periods both ascend, so one pass over both suffices; the search asks this all the time.
        for period in self.periods(season) {
            while days.get(next).is_some_and(|&day| day < period.from) {
                next += 1;
            }
            let first = next;
            while days.get(next).is_some_and(|&day| day <= period.to) {
                next += 1;
            }
            short += period.asked.saturating_sub((next - first) as u32);
        }
        self.late(days).max(short)
    }

    /// Rounds that come late: one for each further `max_gap` days between successive counting visits.
    pub fn late(&self, days: &[DayIx]) -> u32 {
        let Some(gap) = self.max_gap else { return 0 };
        let mut earlier = self.from - 1;
        let mut late = 0;
        for &day in days.iter().chain([&(self.to + 1)]) {
            late += ((day - earlier + gap - 1) / gap - 1).max(0);
            earlier = day;
        }
        late as u32
    }

    /// Days of done visits that count as rounds.
    pub fn done_rounds(&self) -> impl Iterator<Item = DayIx> + '_ {
        self.done.iter().copied().filter(|&day| day >= 0)
    }

    /// Whether a new visit on this day keeps the gap to all done visits.
    pub fn keeps_gap_to_done(&self, day: DayIx) -> bool {
        self.done
            .iter()
            .all(|done| (day - done).abs() >= self.min_gap)
    }
}

/// The periods of every rule.
pub(super) fn periods(season: &Season) -> Vec<Vec<Period>> {
    season
        .scenario
        .rules
        .iter()
        .map(|rule| {
            let (from, to) = (season.day(rule.from), season.day(rule.to));
            let mut periods = Vec::new();
            let mut day = from;
            while day <= to {
                let (first, last) = whole_period(season, rule.every, from, to, day);
                let last_kept = last.min(to);
                let kept = i64::from(last_kept - day + 1);
                let whole = i64::from(last - first + 1);
                let rounds = i64::from(rule.rounds);
                periods.push(Period {
                    from: day,
                    to: last_kept,
                    asked: ((2 * rounds * kept + whole) / (2 * whole)) as u32,
                });
                day = last_kept + 1;
            }
            periods
        })
        .collect()
}

/// First and last day of the whole period that holds a day.
fn whole_period(
    season: &Season,
    every: Every,
    from: DayIx,
    to: DayIx,
    day: DayIx,
) -> (DayIx, DayIx) {
    let date = season.date(day);
    let of_month = date.day() as DayIx;
    let month = DayIx::from(date.num_days_in_month());
    match every {
        Every::Window => (from, to),
        Every::Month => (day - of_month + 1, day - of_month + month),
        Every::HalfMonth if of_month <= 15 => (day - of_month + 1, day - of_month + 15),
        Every::HalfMonth => (day - of_month + 16, day - of_month + month),
        Every::Week => {
            let monday = day - date.weekday().num_days_from_monday() as DayIx;
            (monday, monday + 6)
        }
        Every::Days(length) => {
            let length = length as DayIx;
            let first = day - (day - from) % length;
            (first, first + length - 1)
        }
    }
}

/// Adds the demand of every rule at every part that it chooses.
pub(super) fn add_demands(season: &mut Season) {
    season.limits.periods = periods(season);
    let mut done_at = vec![Vec::new(); season.parts.len()];
    for done in &season.done {
        done_at[done.part].push((done.day, done.treatment));
    }
    for (at, rule) in season.scenario.rules.iter().enumerate() {
        let (from, to) = (season.day(rule.from), season.day(rule.to));
        for (part, done_here) in done_at.iter().enumerate() {
            let site = &season.scenario[season.parts[part].site];
            if !select::matches(&rule.selector, site, &season.parts[part])
                || !rule
                    .treatments
                    .iter()
                    .any(|&treatment| super::job::can_be_done(season, part, treatment))
            {
                continue;
            }
            let counts = |&(day, treatment): &(DayIx, TreatmentIx)| {
                rule.treatments.contains(&treatment)
                    && ((from..=to).contains(&day) || (day < 0 && from == 0))
            };
            let mut done: Vec<DayIx> = done_here
                .iter()
                .filter(|v| counts(v))
                .map(|v| v.0)
                .collect();
            done.sort_unstable();
            let demand = Demand {
                rule: RuleIx(at),
                part,
                from,
                to,
                min_gap: rule.min_gap as DayIx,
                max_gap: rule.max_gap.map(|gap| gap as DayIx),
                weight: &rule.weight * &season.parts[part].weight,
                tier: rule.tier,
                jobs: Vec::new(),
                done,
            };
            let position = season.demands.len();
            season.parts[part].demands.push(position);
            season.demands.push(demand);
        }
    }
}
