//! Why rounds are missed and what would cure it; what money, crews, products, contractors and rules are worth.
//!
//! Everything is derived from the model and from plans of changed tables, each judged by the checker. Values only; the
//! words are in [`crate::report`].

mod bench;
mod budget;
mod candidates;
mod change;
mod cures;
mod prices;
mod spots;
mod why;
mod worth;

pub use crate::engine::Counted;
pub use budget::Complete;
pub use change::Change;
pub use cures::{Amount, Cure};
pub use prices::{Checked, Priced, Worthwhile};
pub use spots::{Filter, Spot};
pub use why::{Hindrance, Reason};
pub use worth::{LeftOut, Worth};

use crate::domain::{Money, Plan, RuleIx, Scenario, Shortfall};
use crate::engine::{self, Options, Watch};
use crate::measures::{Measures, MissedFigures};
use crate::season::Season;
use bench::{Bench, Tried};
use std::collections::{BTreeMap, BTreeSet};

/// A plan explained.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Rules that fall short, in the order of tiers and of the table.
    pub short: Vec<ShortRule>,
    /// The sites and periods asked for; none where nothing in particular is asked for.
    pub spots: Vec<Spot>,
    /// The present plan.
    pub present: Standing,
    /// The plan from which changes are tried: the present one, or a better one of the same tables.
    pub base: Standing,
    /// By tier: no plan within the tables that is as good in the tiers before falls less short; proven.
    pub bound: BTreeMap<u32, Shortfall>,
    /// What complete coverage takes.
    pub complete: Option<Complete>,
    /// What each contractor and each rule costs.
    pub worth: Vec<Worth>,
    /// What one unit more of each limit is worth, where a check confirms it.
    pub prices: Vec<Worthwhile>,
}

/// What a plan comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Rounds missed.
    pub missed: u64,
    /// Shortfall by tier.
    pub shortfall: BTreeMap<u32, Shortfall>,
    /// What it costs.
    pub cost: Money,
}

/// A rule that falls short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortRule {
    /// The rule.
    pub rule: RuleIx,
    /// Rounds asked.
    pub asked: u64,
    /// Rounds missed.
    pub missed: u64,
    /// Parts of sites at which some are missed.
    pub parts: usize,
    /// What stands against them, what stands most often first.
    pub reasons: Vec<Reason>,
    /// What would cure it, what leaves least missed first, of these the cheapest.
    pub cures: Vec<Cure>,
}

/// Explains a plan of a scenario.
pub fn explain(
    scenario: &Scenario,
    plan: &Plan,
    measures: &Measures,
    filter: &Filter,
    options: Options,
    watch: &dyn Watch,
) -> Explanation {
    let season = Season::new(scenario);
    let present = Tried::new(&season, plan.clone());
    let bench = Bench::new(scenario, &season, plan, options, watch);
    let mut rules: Vec<RuleIx> = (0..scenario.rules.len())
        .map(RuleIx)
        .filter(|rule| present.missed[rule.0] > 0 && filter.has_rule(*rule))
        .collect();
    rules.sort_by_key(|&rule| (scenario[rule].tier, rule));
    // Cures are tried from the plan that stands now, so what stands against it counts.
    let base_measures = (bench.base.plan != *plan)
        .then(|| Measures::new(&season, &bench.base.plan, &measures.closeness.proven));
    let base_measures = base_measures.as_ref().unwrap_or(measures);
    // What takes longest comes first, so that no thread is left with it at the end.
    let mut jobs = vec![Job::Complete, Job::Prices];
    jobs.extend(rules.iter().map(|&rule| Job::Cures(rule)));
    jobs.extend(worth::left_out(scenario).into_iter().map(Job::Without));
    let answers = engine::in_parallel(&jobs, |job| match job {
        Job::Complete => Answer::Complete(budget::complete(&bench)),
        Job::Prices => Answer::Prices(prices::prices(&bench)),
        Job::Cures(rule) => {
            let cures = cures::cures(&bench, &season, base_measures, *rule, &present);
            // What planning again mends has no other cause than that it was not placed.
            let told = if bench.base.missed[rule.0] > 0 {
                base_measures
            } else {
                measures
            };
            Answer::Short(short_rule(
                &season,
                measures,
                told,
                (&present, *rule),
                cures,
            ))
        }
        Job::Without(what) => Answer::Worth(worth::without(&bench, what)),
    });
    let mut explanation = Explanation {
        short: Vec::new(),
        spots: if filter.is_empty() {
            Vec::new()
        } else {
            spots::spots(&season, measures, filter)
        },
        present: standing(&present),
        base: standing(&bench.base),
        bound: measures.closeness.proven.shortfall.clone(),
        complete: None,
        worth: Vec::new(),
        prices: Vec::new(),
    };
    for answer in answers {
        match answer {
            Answer::Complete(complete) => explanation.complete = Some(complete),
            Answer::Prices(prices) => explanation.prices = prices,
            Answer::Short(short) => explanation.short.push(short),
            Answer::Worth(worth) => explanation.worth.extend(worth),
        }
    }
    explanation
}

/// A question that is looked into by itself.
enum Job {
    Complete,
    Prices,
    Cures(RuleIx),
    Without(LeftOut),
}

/// What came of it.
enum Answer {
    Complete(Complete),
    Prices(Vec<Worthwhile>),
    Short(ShortRule),
    Worth(Option<Worth>),
}

fn short_rule(
    season: &Season,
    measures: &Measures,
    told: &Measures,
    (present, rule): (&Tried, RuleIx),
    cures: Vec<Cure>,
) -> ShortRule {
    let of_rule = |measures: &'_ Measures| {
        let rows = measures.missed.iter().filter(|row| row.rule == rule);
        rows.cloned().collect::<Vec<MissedFigures>>()
    };
    let parts: BTreeSet<usize> = of_rule(measures).iter().map(|row| row.part).collect();
    let rows = of_rule(told);
    let rows: Vec<&MissedFigures> = rows.iter().collect();
    ShortRule {
        rule,
        asked: measures.rules[rule.0].asked,
        missed: present.missed[rule.0],
        parts: parts.len(),
        reasons: why::reasons(season, told, &rows),
        cures,
    }
}

fn standing(tried: &Tried) -> Standing {
    Standing {
        missed: tried.missed_in_all(),
        shortfall: tried.shortfall.clone(),
        cost: tried.cost(),
    }
}
