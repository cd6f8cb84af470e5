//! What each rule asks at each place that it chooses, period by period.

use super::facts::{Done, Place, can_be_done, day_number};
use chrono::{Datelike, Days, Months};
use std::collections::BTreeSet;
use xiaosha::domain::{Choice, Day, Every, Exact, Rule, Scenario, TreatmentIx};

/// A stretch of days and the rounds asked in it.
pub(crate) struct Period {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) asked: i64,
}

/// A rule at one place.
pub(crate) struct Demand {
    pub(crate) rule: String,
    pub(crate) tier: u32,
    /// Shortfall of one missed round.
    pub(crate) weight: Exact,
    pub(crate) place: usize,
    treatments: Vec<TreatmentIx>,
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) min_gap: i64,
    pub(crate) max_gap: Option<i64>,
    pub(crate) periods: Vec<Period>,
    /// Days of the done visits that count.
    pub(crate) done: Vec<i64>,
    /// Days of all done visits that keep new ones at `min_gap`: those that count, and those before the horizon if the
    /// window begins with it.
    pub(crate) done_near: Vec<i64>,
}

impl Demand {
    /// Whether a visit here with this treatment on this day counts.
    pub(crate) fn counts(&self, treatment: TreatmentIx, day: i64) -> bool {
        self.from <= day && day <= self.to && self.treatments.contains(&treatment)
    }

    /// Whether a new visit that counts would stand too close to a done one.
    pub(crate) fn too_near_to_done(&self, day: i64) -> bool {
        self.done_near
            .iter()
            .any(|done| (day - done).abs() < self.min_gap)
    }

    /// Rounds missed when the counting visits stand on these days (with repeats, in any order).
    pub(crate) fn missed(&self, days: &[i64]) -> i64 {
        let short = (self.periods.iter())
            .map(|period| {
                let counted = days
                    .iter()
                    .filter(|&&day| period.from <= day && day <= period.to)
                    .count();
                (period.asked - counted as i64).max(0)
            })
            .sum();
        let late = self.max_gap.map_or(0, |max_gap| {
            let mut dates: BTreeSet<i64> = days.iter().copied().collect();
            dates.extend([self.from - 1, self.to + 1]);
            let dates: Vec<i64> = dates.into_iter().collect();
            dates
                .windows(2)
                .map(|pair| (pair[1] - pair[0] + max_gap - 1) / max_gap - 1)
                .sum()
        });
        i64::max(short, late)
    }
}

/// Every rule at every place that it chooses.
pub(crate) fn demands(scenario: &Scenario, places: &[Place], done: &[Done]) -> Vec<Demand> {
    let mut demands = Vec::new();
    for rule in &scenario.rules {
        for (place, at) in places.iter().enumerate() {
            if !chooses(scenario, rule, at) {
                continue;
            }
            let from = day_number(scenario, rule.from);
            let to = day_number(scenario, rule.to);
            let done_days = |earliest: i64| -> Vec<i64> {
                (done.iter())
                    .filter(|done| done.place == place && rule.treatments.contains(&done.treatment))
                    .map(|done| done.day)
                    .filter(|&day| earliest <= day && day <= to)
                    .collect()
            };
            demands.push(Demand {
                rule: rule.id.clone(),
                tier: rule.tier,
                weight: &rule.weight * &at.weight,
                place,
                treatments: rule.treatments.clone(),
                from,
                to,
                min_gap: i64::from(rule.min_gap),
                max_gap: rule.max_gap.map(i64::from),
                periods: periods(scenario, rule),
                done: done_days(from),
                done_near: done_days(if from == 0 { i64::MIN } else { from }),
            });
        }
    }
    demands
}

fn chooses(scenario: &Scenario, rule: &Rule, place: &Place) -> bool {
    let site = &scenario[place.site];
    let selector = &rule.selector;
    let word = |mine: &str| {
        let mine = mine.to_owned();
        move |entry: &str| !mine.is_empty() && entry == mine
    };
    matches(selector.kind.as_ref(), word(&site.kind))
        && matches(
            selector.zone.as_ref(),
            word(site.zone.as_deref().unwrap_or("")),
        )
        && matches(selector.tag.as_ref(), |entry| {
            site.tags.iter().any(|tag| tag == entry)
        })
        && matches(selector.site.as_ref(), |entry| {
            entry == site.id || entry == place.id
        })
        && (rule.treatments.iter()).any(|&treatment| can_be_done(scenario, place.site, treatment))
}

fn matches(choice: Option<&Choice>, is_mine: impl Fn(&str) -> bool) -> bool {
    let Some(choice) = choice else { return true };
    !choice.emptied
        && (choice.any_of.is_empty() || choice.any_of.iter().any(|entry| is_mine(entry)))
        && !choice.none_of.iter().any(|entry| is_mine(entry))
}

fn periods(scenario: &Scenario, rule: &Rule) -> Vec<Period> {
    let rounds = i64::from(rule.rounds);
    let mut periods = Vec::new();
    let mut day = rule.from;
    while day <= rule.to {
        // The whole period that holds this day, first and last day; `None` = the window.
        let whole = match rule.every {
            Every::Window => None,
            Every::Month => {
                let first = day.with_day(1).expect("every month has a first");
                Some((first, month_end(first)))
            }
            Every::HalfMonth => {
                let first = day.with_day(1).expect("every month has a first");
                let fifteenth = first + Days::new(14);
                if day <= fifteenth {
                    Some((first, fifteenth))
                } else {
                    Some((fifteenth + Days::new(1), month_end(first)))
                }
            }
            Every::Week => {
                let monday = day - Days::new(u64::from(day.weekday().num_days_from_monday()));
                Some((monday, monday + Days::new(6)))
            }
            Every::Days(count) => Some((day, day + Days::new(u64::from(count) - 1))),
        };
        let last = whole.map_or(rule.to, |(_, last)| last.min(rule.to));
        let asked = match whole {
            None => rounds,
            Some((first, last_of_whole)) => {
                let whole = (last_of_whole - first).num_days() + 1;
                let kept = (last - day).num_days() + 1;
                (2 * rounds * kept + whole) / (2 * whole)
            }
        };
        periods.push(Period {
            from: day_number(scenario, day),
            to: day_number(scenario, last),
            asked,
        });
        day = last + Days::new(1);
    }
    periods
}

fn month_end(first: Day) -> Day {
    first + Months::new(1) - Days::new(1)
}
