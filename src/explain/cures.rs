//! Which single changes of the tables would let missed rounds of a rule be done, and what each would cost.
//!
//! What stands against the rounds says which limits to move. Each limit is first taken away; what the plan then uses
//! beyond it is how far it must be moved, and with it moved so far the plan stands, judged by the checker. Where seasons
//! are small, less is tried until it is not enough any more. What is *proven* not to be enough comes from the allocation
//! (see [`crate::engine::least_use`]).

use super::bench::{Bench, Tried, is_exceeded};
use super::{Change, candidates};
use crate::domain::{Day, Money, RuleIx, Shortfall, Visit};
use crate::engine::{self, Least, Limit};
use crate::measures::{BudgetFigures, Measures};
use crate::season::{Season, limits};
use std::collections::{BTreeMap, BTreeSet};

/// A change under which more of a rule's rounds are done; no other rule misses more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cure {
    /// What is changed.
    pub change: Change,
    /// Rounds of the rule that it brings.
    pub brings: u64,
    /// Rounds of the rule that are still missed.
    pub left: u64,
    /// What the plan then costs more, or less where below zero.
    pub money: Money,
    /// What the change comes to in use: crew-days on days opened, sites that use a smaller gap, visits on added days.
    pub used: u64,
    /// No plan that does as much, and misses no more of any other rule, moves the limit by less: proven.
    pub least: Option<Amount>,
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

/// The cures of a rule: those that leave least missed first, of these the cheapest.
pub(super) fn cures(
    bench: &Bench,
    season: &Season,
    measures: &Measures,
    rule: RuleIx,
    present: &Tried,
) -> Vec<Cure> {
    let mut cures: Vec<(Cure, Option<(Change, Tried)>)> = Vec::new();
    // What a search for this rule alone finds without any change is no merit of a change.
    let own = bench.try_one(&Change::Again, rule);
    let bench = &bench.from(own.unwrap_or_else(|| bench.base.clone()));
    let (before, now) = (present.missed[rule.0], bench.base.missed[rule.0]);
    if now < before {
        let again = Cure {
            change: Change::Again,
            brings: before - now,
            left: now,
            money: bench.base.cost() - present.cost(),
            used: 0,
            least: None,
        };
        cures.push((again, None));
    }
    if now > 0 {
        for widest in candidates::candidates(season, measures, bench, rule) {
            if bench.stopped() {
                break;
            }
            let tried = cure(bench, rule, &widest);
            cures.extend(tried.map(|(cure, found)| (cure, Some((widest, found)))));
        }
    }
    cures.sort_by_key(|(cure, _)| (cure.left, cure.money));
    for (cure, behind) in cures.iter_mut().take(MOST_PROVEN) {
        let proven = |(widest, found): &(Change, Tried)| least(bench, widest, rule, found);
        cure.least = behind.as_ref().and_then(proven);
    }
    cures.into_iter().map(|(cure, _)| cure).collect()
}

/// Tries one limit: taken away, then moved as far as is needed.
fn cure(bench: &Bench, rule: RuleIx, widest: &Change) -> Option<(Cure, Tried)> {
    let freed = bench.try_one(widest, rule)?;
    if freed.missed[rule.0] >= bench.base.missed[rule.0] {
        return None;
    }
    let mut change = sized(bench, widest, &freed)?;
    let mut found = freed;
    let goal = found.missed[rule.0];
    if bench.small {
        for _ in 0..MOST_LESS {
            let Some(less) = smaller(&change) else { break };
            let tried = bench.try_one(&less, rule);
            let Some(tried) = tried.filter(|tried| tried.missed[rule.0] <= goal) else {
                break;
            };
            change = sized(bench, &less, &tried).unwrap_or(less);
            found = tried;
        }
    }
    if let Change::MinGap { .. } = change {
        (change, found) = milder_gap(bench, rule, change, found);
    }
    // With the limit moved just so far, the plan must stand by itself; a better one may be found.
    let moved = change.apply(bench.scenario);
    if !crate::verify::judge_plan(&moved, &found.plan).is_valid() {
        found = bench.try_one(&change, rule)?;
        if found.missed[rule.0] > goal {
            return None;
        }
    }
    let cure = Cure {
        brings: bench.base.missed[rule.0] - found.missed[rule.0],
        left: found.missed[rule.0],
        money: found.cost() - bench.base.cost(),
        used: used(bench, &change, &found),
        least: None,
        change,
    };
    Some((cure, found))
}

/// Gaps tried between one that does and one that does not.
const MOST_GAPS: usize = 4;

/// The greatest gap found with which as much is done.
fn milder_gap(bench: &Bench, rule: RuleIx, change: Change, found: Tried) -> (Change, Tried) {
    let Change::MinGap { rule: of, to } = change else {
        return (change, found);
    };
    let (mut does, mut does_not, mut best) = (to, bench.scenario[of].min_gap, found);
    for _ in 0..MOST_GAPS {
        if does_not - does < 2 {
            break;
        }
        let to = u32::midpoint(does, does_not);
        let tried = bench.try_one(&Change::MinGap { rule: of, to }, rule);
        match tried.filter(|tried| tried.missed[rule.0] <= best.missed[rule.0]) {
            Some(tried) => (does, best) = (to, tried),
            None => does_not = to,
        }
    }
    let found = Change::MinGap { rule: of, to: does };
    // The plan may not even use all of it.
    (sized(bench, &found, &best).unwrap_or(found), best)
}

/// The change with its amount just as the plan needs it; `None` where it needs none.
fn sized(bench: &Bench, widest: &Change, tried: &Tried) -> Option<Change> {
    let scenario = bench.scenario;
    let plan = &tried.plan.visits;
    let days_of = |keep: &dyn Fn(&&Visit) -> bool| -> Option<(Day, Day)> {
        let dates = || {
            plan.iter()
                .filter(|visit| keep(visit))
                .map(|visit| visit.date)
        };
        Some((dates().min()?, dates().max()?))
    };
    Some(match widest {
        Change::Budget { line, .. } => {
            let amount = scenario.budget[*line].amount;
            let over = tried.spending.budget[*line].spent - amount;
            if over <= limits::BUDGET_TOLERANCE {
                return None;
            }
            Change::Budget {
                line: *line,
                by: whole(over),
            }
        }
        Change::CrewDays { team, .. } => {
            let by = tried.spending.crew_days[team.0] - scenario[*team].max_days?;
            (by > 0).then_some(Change::CrewDays { team: *team, by })?
        }
        Change::ExtraCrew { team, .. } => {
            let added = scenario.teams.len();
            let days = tried.spending.crew_days[added];
            let (from, to) = days_of(&|visit| visit.team.0 == added)?;
            Change::ExtraCrew {
                team: *team,
                from,
                to,
                days,
            }
        }
        Change::Packs { product, .. } => {
            let by = tried.spending.packs[product.0] - scenario[*product].max_packs?;
            (by > 0).then_some(Change::Packs {
                product: *product,
                by,
            })?
        }
        Change::Open { scope, .. } => {
            let opened = candidates::opened(bench, scope, &tried.plan);
            Change::Open {
                scope: scope.clone(),
                from: *opened.first()?,
                to: *opened.last()?,
            }
        }
        Change::ProductDates { product, .. } => {
            let row = &scenario[*product];
            let (first, last) =
                days_of(&|visit| scenario[visit.treatment].product == Some(*product))?;
            Change::ProductDates {
                product: *product,
                from: row.from.map_or(scenario.start, |from| from.min(first)),
                to: row.to.map_or(scenario.end, |to| to.max(last)),
            }
        }
        Change::TeamDates { team, .. } => {
            let row = &scenario[*team];
            let (first, last) = days_of(&|visit| visit.team == *team)?;
            Change::TeamDates {
                team: *team,
                from: row.from.map_or(scenario.start, |from| from.min(first)),
                to: row.to.map_or(scenario.end, |to| to.max(last)),
            }
        }
        Change::MinGap { rule, to } => {
            let mut least = scenario[*rule].min_gap;
            for days in candidates::rounds_of(
                &Change::MinGap {
                    rule: *rule,
                    to: *to,
                }
                .apply(scenario),
                *rule,
                &tried.plan,
            ) {
                for pair in days.windows(2) {
                    least = least.min((pair[1] - pair[0]).num_days() as u32);
                }
            }
            (least < scenario[*rule].min_gap).then_some(Change::MinGap {
                rule: *rule,
                to: least,
            })?
        }
        Change::Window { rule, .. } => {
            let rounds = candidates::rounds_of(&widest.apply(scenario), *rule, &tried.plan);
            let row = &scenario[*rule];
            let all = || rounds.iter().flatten().copied();
            Change::Window {
                rule: *rule,
                from: all().min()?.min(row.from),
                to: all().max()?.max(row.to),
            }
        }
        Change::Again | Change::Skill { .. } | Change::Parts { .. } => widest.clone(),
    })
}

/// Whole units of money, from a hundred on.
fn whole(money: Money) -> Money {
    let unit = if money < Money::from_micro(100_000_000) {
        10_000
    } else {
        1_000_000
    };
    Money::from_micro((money.micro() + unit - 1).div_euclid(unit) * unit)
}

/// The same change with a little less of it, where it can be less.
fn smaller(change: &Change) -> Option<Change> {
    match change {
        Change::Budget { line, by } => {
            let by = *by - Money::from_micro(10_000);
            (by > Money::ZERO).then_some(Change::Budget { line: *line, by })
        }
        Change::CrewDays { team, by } if *by > 1 => Some(Change::CrewDays {
            team: *team,
            by: by - 1,
        }),
        Change::ExtraCrew {
            team,
            from,
            to,
            days,
        } if *days > 1 => Some(Change::ExtraCrew {
            team: *team,
            from: *from,
            to: *to,
            days: days - 1,
        }),
        Change::Packs { product, by } if *by > 1 => Some(Change::Packs {
            product: *product,
            by: by - 1,
        }),
        Change::MinGap { rule, to } => Some(Change::MinGap {
            rule: *rule,
            to: to + 1,
        }),
        _ => None,
    }
}

/// What the change comes to in use.
fn used(bench: &Bench, change: &Change, tried: &Tried) -> u64 {
    match change {
        Change::MinGap { rule, .. } => {
            let moved = change.apply(bench.scenario);
            let gap = i64::from(bench.scenario[*rule].min_gap);
            let closer = |days: &Vec<Day>| {
                days.windows(2)
                    .any(|pair| (pair[1] - pair[0]).num_days() < gap)
            };
            let sites = candidates::rounds_of(&moved, *rule, &tried.plan);
            sites.iter().filter(|days| closer(days)).count() as u64
        }
        Change::Open { scope, .. } => candidates::opened(bench, scope, &tried.plan).len() as u64,
        Change::Skill { team, method, zone } => {
            let scenario = bench.scenario;
            let new = tried.plan.visits.iter().filter(|visit| {
                visit.team == *team
                    && (method.as_ref() == Some(&scenario[visit.treatment].method)
                        || zone.is_some() && scenario[visit.site].zone == *zone)
            });
            new.count() as u64
        }
        _ => 0,
    }
}

/// By how much the limit must be moved at least, whatever the plan.
///
/// With the limit moved by x, a plan that adds to its use uses at most present + x, and of a budget line its tolerance
/// more. What every plan uses at least that is as good, less the present limit and the tolerance, is so a bound on x. A
/// limit that done visits and signed contracts exceed by themselves allows plans that add nothing to its use without
/// being moved at all: nothing is said of it.
fn least(bench: &Bench, widest: &Change, rule: RuleIx, found: &Tried) -> Option<Amount> {
    let (limit, present): (Limit, f64) = match widest {
        Change::Budget { line, .. } => {
            let line = *line;
            (
                Limit::Budget(line),
                bench.scenario.budget[line].amount.to_f64(),
            )
        }
        Change::CrewDays { team, .. } => (
            Limit::CrewDays(*team),
            bench.scenario[*team].max_days? as f64,
        ),
        Change::ExtraCrew { .. } => {
            let added = crate::domain::TeamIx(bench.scenario.teams.len());
            (Limit::CrewDays(added), 0.0)
        }
        Change::Packs { product, .. } => (
            Limit::Packs(*product),
            bench.scenario[*product].max_packs? as f64,
        ),
        _ => return None,
    };
    if is_exceeded(&Season::new(bench.scenario), limit) {
        return None;
    }
    let most = caps(bench, rule, found);
    let freed = widest.apply(bench.scenario);
    let Least::AtLeast(use_at_least) = engine::least_use(&Season::new(&freed), limit, &most) else {
        return None;
    };
    let beyond = use_at_least - present;
    match limit {
        Limit::Budget(_) | Limit::Cost => {
            let cents = ((beyond - limits::BUDGET_TOLERANCE.to_f64()) * 100.0).floor() as i64;
            (cents > 0).then_some(Amount::Money(Money::from_micro(cents * 10_000)))
        }
        Limit::CrewDays(_) | Limit::Packs(_) => {
            let count = beyond.ceil() as i64;
            (count > 0).then_some(Amount::Count(count))
        }
    }
}

/// What a plan may miss by rule to be as good as the one that stands, and as one found for a rule.
fn caps(bench: &Bench, rule: RuleIx, found: &Tried) -> BTreeMap<RuleIx, Shortfall> {
    let mut most = bench.base.weighted.clone();
    most.insert(rule, found.weighted[&rule]);
    most
}

/// Lines that a plan overspends, or could not spend more of.
pub(super) fn spent_lines(budget: &[BudgetFigures]) -> BTreeSet<usize> {
    let nearly = |line: &&BudgetFigures| line.left.to_f64() <= 0.02 * line.amount.to_f64();
    budget.iter().filter(nearly).map(|line| line.line).collect()
}
