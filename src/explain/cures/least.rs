//! What is proven not to be enough of a change.

use super::Amount;
use crate::domain::{Money, RuleIx, Shortfall, TeamIx};
use crate::engine::{self, Least, Limit};
use crate::explain::Change;
use crate::explain::bench::{Bench, Tried, is_exceeded};
use crate::season::{Season, limits};
use std::collections::BTreeMap;

/// By how much the limit must be moved at least, whatever the plan.
///
/// With the limit moved by x, a plan that adds to its use uses at most present + x, and of a budget line its tolerance
/// more. What every plan uses at least that is as good, less the present limit and the tolerance, is so a bound on x. A
/// limit that done visits and signed contracts exceed by themselves allows plans that add nothing to its use without
/// being moved at all: nothing is said of it.
pub(super) fn least(bench: &Bench, widest: &Change, rule: RuleIx, found: &Tried) -> Option<Amount> {
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
            let added = TeamIx(bench.scenario.teams.len());
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
