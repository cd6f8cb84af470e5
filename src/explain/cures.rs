//! Which changes of the tables would let missed rounds of a rule be done, and what each would cost.
//!
//! What stands against the rounds says which limits to move. Each limit is first taken away; what the plan then uses
//! beyond it is how far it must be moved, and with it moved so far the plan stands, judged by the checker. Where seasons
//! are small, less is tried until it is not enough any more. Where no single change cures a rule, two are made together;
//! and where money alone lets a plan do everything, that is a cure as well. What is *proven* not to be enough comes from
//! the allocation (see [`crate::engine::least_use`]).

mod amount;
mod least;

use super::bench::{Bench, Tried};
use super::{Change, candidates};
use crate::domain::{Money, RuleIx, Scenario};
use crate::measures::{BudgetFigures, Measures};
use crate::season::{Season, limits};
use crate::verify;
pub(super) use amount::sized_one;
use amount::{sized, smaller, used, whole};
use least::least;
use std::collections::BTreeSet;

/// A change under which more of a rule's rounds are done; no other rule misses more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cure {
    /// What is changed.
    pub change: Made,
    /// What is changed beside it, where one change does less.
    pub also: Option<Made>,
    /// Rounds of the rule that it brings.
    pub brings: u64,
    /// Rounds of the rule that are still missed.
    pub left: u64,
    /// What the plan then costs more, or less where below zero.
    pub money: Money,
    /// Whether other rules fall short, and are cured with it.
    pub others_too: bool,
    /// No plan that does as much, and misses no more of any other rule, moves the limit by less: proven.
    pub least: Option<Amount>,
}

/// A change that is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What is changed.
    pub change: Change,
    /// What it comes to in use: crew-days on days opened, sites that use a smaller gap, visits on added days.
    pub used: u64,
}

/// A limit that was taken away to see what that brings, or two.
pub type Attempt = (Change, Option<Change>);

/// What was found for a rule.
pub(super) struct Found {
    /// The cures: those that leave least missed first, of these the cheapest.
    pub(super) cures: Vec<Cure>,
    /// What was tried.
    pub(super) tried: Vec<Attempt>,
    /// A plan of the same tables that misses less of the rule and no more of any other, if one was found.
    pub(super) again: Option<Tried>,
}

/// By how much a limit is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Amount {
    /// Money.
    Money(Money),
    /// Crew-days or packs.
    Count(i64),
}

/// Cures of a rule of which it is looked into how little would not be enough.
const MOST_PROVEN: usize = 3;

/// Smaller amounts tried at most, where seasons are small.
const MOST_LESS: usize = 8;

/// Pairs of changes that are tried at most, where no single one cures.
const MOST_PAIRS: usize = 3;

/// The cures of a rule.
pub(super) fn cures(
    bench: &Bench,
    season: &Season,
    measures: &Measures,
    rule: RuleIx,
    present: &Tried,
) -> Found {
    let mut cures: Vec<(Cure, Option<(Change, Tried)>)> = Vec::new();
    // What a search for this rule alone finds without any change is no merit of a change.
    let own = bench.try_one(&Change::Again, rule);
    let again = own.clone();
    let bench = &bench.from(own.unwrap_or_else(|| bench.base.clone()));
    let (before, now) = (present.missed[rule.0], bench.base.missed[rule.0]);
    if now < before {
        let again = Cure {
            change: Made {
                change: Change::Again,
                used: 0,
            },
            also: None,
            brings: before - now,
            left: now,
            money: bench.base.cost() - present.cost(),
            others_too: cures_others(present, &bench.base, rule),
            least: None,
        };
        cures.push((again, None));
    }
    let mut tried: Vec<Attempt> = Vec::new();
    if now > 0 {
        let candidates = candidates::candidates(season, measures, bench, rule);
        for widest in &candidates {
            if bench.stopped() {
                break;
            }
            tried.push((widest.clone(), None));
            let found = cure(bench, rule, &[widest]);
            cures.extend(found.map(|(cure, found)| (cure, Some((widest.clone(), found)))));
        }
        let best = cures.iter().min_by_key(|(cure, _)| cure.left);
        let left = best.map_or(now, |(cure, _)| cure.left);
        let first = best.and_then(|(_, behind)| Some(behind.as_ref()?.0.clone()));
        if left > 0 {
            for (one, other) in pairs(&candidates, first.as_ref()) {
                if bench.stopped() {
                    break;
                }
                tried.push((one.clone(), Some(other.clone())));
                let found = cure(bench, rule, &[one, other]);
                // Two changes are told only if they do more than any single one.
                let found = found.filter(|(cure, _)| cure.left < left);
                cures.extend(found.map(|(cure, _)| (cure, None)));
            }
        }
    }
    cures.sort_by_key(|(cure, _)| (cure.left, cure.money));
    let single = cures.iter_mut().filter(|(_, behind)| behind.is_some());
    for (cure, behind) in single.take(MOST_PROVEN) {
        let proven = |(widest, found): &(Change, Tried)| least(bench, widest, rule, found);
        cure.least = behind.as_ref().and_then(proven);
    }
    Found {
        cures: cures.into_iter().map(|(cure, _)| cure).collect(),
        tried,
        again,
    }
}

/// Pairs of changes: what does most by itself with each other one, what stands against most first.
fn pairs<'c>(
    candidates: &'c [Change],
    first: Option<&'c Change>,
) -> impl Iterator<Item = (&'c Change, &'c Change)> {
    // Visits at a site that is split cannot be told from those of the site as it is.
    let fits = |change: &&Change| !matches!(change, Change::Parts { .. });
    let able: Vec<&Change> = candidates.iter().filter(fits).collect();
    let first = first.filter(fits).or_else(|| able.first().copied());
    let mut pairs = Vec::new();
    for &one in first.iter().chain(&able) {
        for &other in &able {
            if one != other && !pairs.contains(&(one, other)) && !pairs.contains(&(other, one)) {
                pairs.push((one, other));
            }
        }
    }
    pairs.into_iter().take(MOST_PAIRS)
}

/// What money alone cures, shown by a plan that does everything: one line that holds more, or two.
pub(super) fn by_money(bench: &Bench, rule: RuleIx, complete: &Tried) -> Option<Cure> {
    let scenario = bench.scenario;
    if complete.missed_in_all() > 0 {
        return None;
    }
    let lacking = complete.spending.budget.iter().filter_map(|line| {
        let over = line.spent - scenario.budget[line.line].amount;
        (over > limits::BUDGET_TOLERANCE).then(|| Made {
            change: Change::Budget {
                line: line.line,
                by: whole(over),
            },
            used: 0,
        })
    });
    let mut lacking: Vec<Made> = lacking.collect();
    let also = (lacking.len() == 2).then(|| lacking.pop()).flatten();
    let [change]: [Made; 1] = lacking.try_into().ok()?;
    let made = [Some(&change), also.as_ref()].into_iter().flatten();
    let moved = applied(scenario, made.map(|made| &made.change));
    let valid = verify::judge_plan(&moved, &complete.plan).is_valid();
    valid.then(|| Cure {
        change,
        also,
        brings: bench.base.missed[rule.0],
        left: 0,
        money: complete.cost() - bench.base.cost(),
        others_too: cures_others(&bench.base, complete, rule),
        least: None,
    })
}

/// Whether other rules miss rounds before and none after.
fn cures_others(before: &Tried, after: &Tried, rule: RuleIx) -> bool {
    before.missed_in_all() > before.missed[rule.0] && after.missed_in_all() == 0
}

/// The tables with changes made one after another.
fn applied<'c>(scenario: &Scenario, changes: impl IntoIterator<Item = &'c Change>) -> Scenario {
    let mut tables = scenario.clone();
    for change in changes {
        tables = change.apply(&tables);
    }
    tables
}

/// Tries one limit or two: taken away, then moved as far as is needed.
fn cure(bench: &Bench, rule: RuleIx, widest: &[&Change]) -> Option<(Cure, Tried)> {
    let open = applied(bench.scenario, widest.iter().copied());
    let freed = bench.search_change(&open, Some(rule))?;
    if freed.missed[rule.0] >= bench.base.missed[rule.0] {
        return None;
    }
    let goal = freed.missed[rule.0];
    let mut changes = sized(bench, widest, &open, &freed)?;
    let mut found = freed;
    if bench.small
        && let [change] = &mut changes[..]
    {
        for _ in 0..MOST_LESS {
            let Some(less) = smaller(change) else { break };
            let tried = bench.try_one(&less, rule);
            let Some(tried) = tried.filter(|tried| tried.missed[rule.0] <= goal) else {
                break;
            };
            *change = sized_one(bench, &less, &tried).unwrap_or(less);
            found = tried;
        }
    }
    let gap = |change: &Change| matches!(change, Change::MinGap { .. });
    if let Some(at) = changes.iter().position(gap) {
        found = milder_gap(bench, rule, (&mut changes, at), found);
    }
    // With the limits moved just so far, the plan must stand by itself; a better one may be found.
    let moved = applied(bench.scenario, &changes);
    if !verify::judge_plan(&moved, &found.plan).is_valid() {
        found = bench.try_change(&moved, Some(rule))?;
        if found.missed[rule.0] > goal {
            return None;
        }
    }
    let mut made = changes.into_iter().map(|change| Made {
        used: used(bench, &change, &moved, &found),
        change,
    });
    let cure = Cure {
        brings: bench.base.missed[rule.0] - found.missed[rule.0],
        left: found.missed[rule.0],
        money: found.cost() - bench.base.cost(),
        others_too: cures_others(&bench.base, &found, rule),
        least: None,
        change: made.next()?,
        also: made.next(),
    };
    Some((cure, found))
}

/// Gaps tried between one that does and one that does not.
const MOST_GAPS: usize = 4;

/// Makes the gap among some changes, at a position, the greatest found with which as much is done; gives the plan.
fn milder_gap(
    bench: &Bench,
    rule: RuleIx,
    (changes, at): (&mut Vec<Change>, usize),
    found: Tried,
) -> Tried {
    let Change::MinGap { rule: of, to } = changes[at] else {
        return found;
    };
    let (mut does, mut does_not, mut best) = (to, bench.scenario[of].min_gap, found);
    for _ in 0..MOST_GAPS {
        if does_not - does < 2 {
            break;
        }
        let to = u32::midpoint(does, does_not);
        changes[at] = Change::MinGap { rule: of, to };
        let tables = applied(bench.scenario, &*changes);
        let tried = bench.try_change(&tables, Some(rule));
        match tried.filter(|tried| tried.missed[rule.0] <= best.missed[rule.0]) {
            Some(tried) => (does, best) = (to, tried),
            None => does_not = to,
        }
    }
    changes[at] = Change::MinGap { rule: of, to: does };
    // The plan may not even use all of it.
    let open = applied(bench.scenario, &*changes);
    let all: Vec<&Change> = changes.iter().collect();
    if let Some(needed) = sized(bench, &all, &open, &best) {
        *changes = needed;
    }
    best
}

/// Lines that a plan overspends, or could not spend more of.
pub(super) fn spent_lines(budget: &[BudgetFigures]) -> BTreeSet<usize> {
    let nearly = |line: &&BudgetFigures| line.left.to_f64() <= 0.02 * line.amount.to_f64();
    budget.iter().filter(nearly).map(|line| line.line).collect()
}
