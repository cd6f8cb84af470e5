//! Gaps that leave no room for the rounds asked.

use super::choose::{Chosen, can_be_done};
use crate::domain::{Day, Every, Rule};
use crate::finding::{Code, Finding, Findings, say, shown};
use crate::validate::Draft;
use chrono::{Datelike, Days};

/// A period of a rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Period {
    from: Day,
    to: Day,
    /// Rounds asked.
    pub(super) asked: i64,
}

/// The periods of a rule, in order.
pub(super) fn periods(rule: &Rule) -> Vec<Period> {
    let mut periods = Vec::new();
    let mut from = rule.from;
    while from <= rule.to {
        let (first, last) = whole_period(rule, from);
        let to = last.min(rule.to);
        let (kept, whole) = (length(from, to), length(first, last));
        let asked = (2 * i64::from(rule.rounds) * kept + whole) / (2 * whole);
        periods.push(Period { from, to, asked });
        let Some(next) = to.succ_opt() else { break };
        from = next;
    }
    periods
}

fn length(from: Day, to: Day) -> i64 {
    (to - from).num_days() + 1
}

/// First and last day of the whole period that holds a day.
fn whole_period(rule: &Rule, day: Day) -> (Day, Day) {
    let on = |number| day.with_day(number).unwrap_or(day);
    let end_of_month = (28..=31)
        .rev()
        .find_map(|number| day.with_day(number))
        .unwrap_or(day);
    match rule.every {
        Every::Window => (rule.from, rule.to),
        Every::Month => (on(1), end_of_month),
        Every::HalfMonth if day.day() <= 15 => (on(1), on(15)),
        Every::HalfMonth => (on(16), end_of_month),
        Every::Week => {
            let since_monday = u64::from(day.weekday().num_days_from_monday());
            let monday = day - Days::new(since_monday);
            (monday, monday + Days::new(6))
        }
        // Blocks begin with the window, so a period always begins a block.
        Every::Days(days) => (day, day + Days::new(u64::from(days) - 1)),
    }
}

/// The greatest number of rounds between two days, both included, when they keep a gap; 0 for no days.
fn room(from: Day, to: Day, gap: u32, treatments: usize) -> i64 {
    if to < from {
        return 0;
    }
    let days = length(from, to);
    if gap == 0 {
        days * treatments as i64
    } else {
        (days - 1) / i64::from(gap) + 1
    }
}

/// Warns when the rule's own `min_gap` leaves no room for its rounds.
pub(super) fn report_own(draft: &Draft<'_>, at: usize, findings: &mut Findings) {
    let rule = &draft.rules.rows[at];
    let Some((from, to, asked, room)) = crowded(rule, |from, to| {
        room(from, to, rule.min_gap, rule.treatments.len())
    }) else {
        return;
    };
    let gap = rule.min_gap;
    findings.add(
        Finding::new(
            Code::GapForbidsRounds,
            draft.place("coverage.csv", at, "min_gap"),
            say!(
                "{from} 至 {to} 要求 {asked} 轮，但间隔 {gap} 天最多只能 {room} 轮",
                "{asked} rounds are asked from {from} to {to}, but a gap of {gap} days leaves room for {room}"
            ),
        )
        .help(say!(
            "减小 min_gap 或减少轮次",
            "lower min_gap or ask for fewer rounds"
        )),
    );
}

/// The first run of periods that asks for more rounds than there is room for.
fn crowded(rule: &Rule, room: impl Fn(Day, Day) -> i64) -> Option<(Day, Day, i64, i64)> {
    let periods = periods(rule);
    for (at, first) in periods.iter().enumerate() {
        let mut asked = 0;
        for last in &periods[at..] {
            asked += last.asked;
            let room = room(first.from, last.to);
            if asked > room {
                return Some((first.from, last.to, asked, room));
            }
        }
    }
    None
}

/// Warns when a rule's rounds all count for another rule too, whose longer `min_gap` leaves no room for them.
pub(super) fn report_pairs(draft: &Draft<'_>, chosen: &[Chosen], findings: &mut Findings) {
    let rules = &draft.rules;
    for (at, rule) in rules.rows.iter().enumerate() {
        for (other_at, other) in rules.rows.iter().enumerate() {
            let overlap = rule.from <= other.to && other.from <= rule.to;
            let both_sound = rules.sound[at] && rules.sound[other_at];
            if at == other_at || !both_sound || !overlap || other.min_gap <= rule.min_gap {
                continue;
            }
            report_pair(draft, chosen, (at, rule), (other_at, other), findings);
        }
    }
}

fn report_pair(
    draft: &Draft<'_>,
    chosen: &[Chosen],
    (at, rule): (usize, &Rule),
    (other_at, other): (usize, &Rule),
    findings: &mut Findings,
) {
    let own = |from, to| room(from, to, rule.min_gap, rule.treatments.len());
    let both = |from: Day, to: Day| {
        let (inner_from, inner_to) = (from.max(other.from), to.min(other.to));
        if inner_to < inner_from {
            return own(from, to);
        }
        let before = inner_from.pred_opt().map_or(0, |last| own(from, last));
        let after = inner_to.succ_opt().map_or(0, |first| own(first, to));
        before + room(inner_from, inner_to, other.min_gap, other.treatments.len()) + after
    };
    if crowded(rule, own).is_some() {
        return;
    }
    let Some((from, to, asked, room)) = crowded(rule, both) else {
        return;
    };
    // All that can be done for this rule at the site counts for the other.
    let shared = chosen[at].sites.iter().filter(|(site, _)| {
        let others = &chosen[other_at].sites;
        others.binary_search_by_key(site, |(site, _)| *site).is_ok()
            && rule.treatments.iter().all(|treatment| {
                other.treatments.contains(treatment) || !can_be_done(draft, *site, *treatment)
            })
    });
    let sites = shared.count();
    if sites == 0 {
        return;
    }
    let (id, other_id, gap) = (shown(&rule.id), shown(&other.id), other.min_gap);
    findings.add(
        Finding::new(
            Code::GapsOfTwoRules,
            draft.place("coverage.csv", at, "rounds"),
            say!(
                "规则 `{id}` 在 {from} 至 {to} 要求 {asked} 轮，但这些作业也算规则 `{other_id}` 的轮次，其间隔 {gap} 天最多只容 {room} 轮（{sites} 个地点）",
                "rule `{id}` asks for {asked} rounds from {from} to {to}, but they also count for rule `{other_id}`, whose min_gap {gap} leaves room for {room} ({sites} sites)"
            ),
        )
        .help(say!(
            "减小 `{other_id}` 的 min_gap，或让两条规则用不同的措施",
            "lower the min_gap of `{other_id}`, or let the two rules list different treatments"
        )),
    );
}
