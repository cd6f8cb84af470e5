//! How much of a change a plan needs, what it comes to in use, and a little less of it.

use super::candidates;
use crate::domain::{Day, Money, Scenario, Visit};
use crate::explain::Change;
use crate::explain::bench::{Bench, Tried};
use crate::season::limits;

/// Changes with their amounts just as the plan needs them; `None` where it needs none of one. `open` are the tables with
/// all of them made.
pub(super) fn sized(
    bench: &Bench,
    widest: &[&Change],
    open: &Scenario,
    tried: &Tried,
) -> Option<Vec<Change>> {
    let mut added = bench.scenario.teams.len();
    let mut changes = Vec::new();
    for change in widest {
        changes.push(amount(bench, change, (open, added), tried)?);
        added += usize::from(matches!(change, Change::ExtraCrew { .. }));
    }
    Some(changes)
}

/// The same for one change alone.
pub(in crate::explain) fn sized_one(
    bench: &Bench,
    widest: &Change,
    tried: &Tried,
) -> Option<Change> {
    let open = widest.apply(bench.scenario);
    sized(bench, &[widest], &open, tried)?.pop()
}

/// A change with its amount just as the plan needs it; a crew that it adds has the position `added`.
fn amount(
    bench: &Bench,
    widest: &Change,
    (open, added): (&Scenario, usize),
    tried: &Tried,
) -> Option<Change> {
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
        Change::MinGap { rule, .. } => {
            let mut least = scenario[*rule].min_gap;
            for days in candidates::rounds_of(open, *rule, &tried.plan) {
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
            let rounds = candidates::rounds_of(open, *rule, &tried.plan);
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
pub(super) fn whole(money: Money) -> Money {
    let unit = if money < Money::from_micro(100_000_000) {
        10_000
    } else {
        1_000_000
    };
    Money::from_micro((money.micro() + unit - 1).div_euclid(unit) * unit)
}

/// The same change with a little less of it, where it can be less.
pub(super) fn smaller(change: &Change) -> Option<Change> {
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

/// What the change comes to in use; `moved` are the tables with all changes made.
pub(super) fn used(bench: &Bench, change: &Change, moved: &Scenario, tried: &Tried) -> u64 {
    match change {
        Change::MinGap { rule, .. } => {
            let gap = i64::from(bench.scenario[*rule].min_gap);
            let closer = |days: &Vec<Day>| {
                days.windows(2)
                    .any(|pair| (pair[1] - pair[0]).num_days() < gap)
            };
            let sites = candidates::rounds_of(moved, *rule, &tried.plan);
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
