//! The least money for complete coverage, and the best coverage within the present money.

use super::bench::{Bench, Tried};
use super::change::{PLENTY, without_budget};
use crate::domain::{Money, RuleIx, Shortfall};
use crate::engine::{self, Least, Limit};
use crate::season::Season;
use crate::verify;
use std::collections::BTreeMap;

/// What complete coverage takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complete {
    /// Cost of a plan, judged valid but for the amounts of the budget lines.
    pub cost: Money,
    /// No plan that does as much costs less, whatever the budget lines say: proven.
    pub bound: Option<Money>,
    /// Rounds that it misses all the same: money alone does not help them.
    pub missed: u64,
    /// Whether it is proven that no money helps them all.
    pub hopeless: bool,
    /// What it spends of each budget line, by position in the table.
    pub lines: Vec<(usize, Money)>,
}

/// The cheapest plan found that does everything, if money does not matter.
pub(super) fn complete(bench: &Bench) -> (Complete, Tried) {
    let rich = without_budget(bench.scenario);
    let season = Season::new(&rich);
    let mut best: Option<Tried> = bench.try_change(&rich, None);
    let outcome = bench.plan(&season);
    let planned = Tried::new(&season, outcome.plan);
    let better =
        |best: &Tried| (&planned.shortfall, planned.cost()) < (&best.shortfall, best.cost());
    if best.as_ref().is_none_or(better) && verify::judge_plan(&rich, &planned.plan).is_valid() {
        best = Some(planned);
    }
    let best = best.unwrap_or_else(|| bench.base.clone());
    let none: BTreeMap<RuleIx, Shortfall> = best
        .weighted
        .keys()
        .map(|&rule| (rule, Shortfall::ZERO))
        .collect();
    let missed = best.missed_in_all();
    // Where rounds are missed all the same, the bound is for plans that miss no more of any rule.
    let most = if missed == 0 { &none } else { &best.weighted };
    // Proven without any line, so that it holds whatever the lines say.
    let mut unlimited = bench.scenario.clone();
    unlimited.budget.clear();
    let open = Season::new(&unlimited);
    let relaxed = engine::least_use(&open, Limit::Cost, most);
    let relaxed = match relaxed {
        Least::AtLeast(cost) => Some(Money::from_micro((cost * 100.0).floor() as i64 * 10_000)),
        Least::Impossible | Least::Unknown => None,
    };
    // The outcome's bound speaks of plans at most as short as it is, so of complete ones, and of such as keep the lines
    // of its season; any other spends more than they allow.
    let by_plan = (missed == 0).then(|| outcome.bounds.cost.min(PLENTY));
    let hopeless = missed > 0 && engine::least_use(&open, Limit::Cost, &none) == Least::Impossible;
    let complete = Complete {
        cost: best.cost(),
        bound: relaxed.max(by_plan),
        missed,
        hopeless,
        lines: best
            .spending
            .budget
            .iter()
            .map(|line| (line.line, line.spent))
            .collect(),
    };
    (complete, best)
}
