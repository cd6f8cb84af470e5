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
pub use cures::{Amount, Attempt, Cure, Made};
pub use prices::{Bounded, Checked, Priced, Prices, Worthwhile};
pub use spots::{Filter, Spot};
pub use why::{Hindrance, Reason};
pub use worth::{LeftOut, Worth};

use crate::domain::{Money, Plan, RuleIx, Scenario, Shortfall};
use crate::engine::{self, Options, Watch};
use crate::measures::{Measures, MissedFigures};
use crate::season::Season;
use crate::verify;
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
    /// The best plan of the same tables that was found, where it is better than the present one; judged valid.
    pub better: Option<Better>,
    /// By tier: no plan within the tables that is as good in the tiers before falls less short; proven.
    pub bound: BTreeMap<u32, Shortfall>,
    /// What complete coverage takes.
    pub complete: Option<Complete>,
    /// What each contractor and each rule costs.
    pub worth: Vec<Worth>,
    /// What one unit more of each limit is worth, where a check confirms it.
    pub prices: Prices,
}

/// A plan that is better than the one explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Better {
    /// The plan.
    pub plan: Plan,
    /// What it comes to.
    pub standing: Standing,
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
    /// Limits that were taken away to see what that brings.
    pub tried: Vec<Attempt>,
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
            let found = cures::cures(&bench, &season, base_measures, *rule, &present);
            // What planning again mends has no other cause than that it was not placed.
            let told = if bench.base.missed[rule.0] > 0 {
                base_measures
            } else {
                measures
            };
            let short = short_rule(&season, measures, told, (&present, *rule));
            Answer::Short(short, found)
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
        better: None,
        bound: measures.closeness.proven.shortfall.clone(),
        complete: None,
        worth: Vec::new(),
        prices: Prices::default(),
    };
    let mut richest = None;
    // Every plan of the same tables that was found on the way.
    let mut found_again = vec![bench.base.clone()];
    for answer in answers {
        match answer {
            Answer::Complete((complete, plan)) => {
                explanation.complete = Some(complete);
                // Money may not have been what was lacking.
                if verify::judge_plan(scenario, &plan.plan).is_valid() {
                    found_again.push(plan.clone());
                }
                richest = Some(plan);
            }
            Answer::Prices((mut prices, plans)) => {
                prices::sharpen(&mut prices, &bench.base, &measures.closeness.proven);
                explanation.prices = prices;
                found_again.extend(plans);
            }
            Answer::Short(mut short, found) => {
                found_again.extend(found.again);
                short.tried = found.tried;
                short.cures = found.cures;
                explanation.short.push(short);
            }
            Answer::Worth(worth) => explanation.worth.extend(worth),
        }
    }
    for short in &mut explanation.short {
        add_money(&bench, richest.as_ref(), short);
    }
    explanation.better = found_again
        .into_iter()
        .fold(None, |best: Option<Tried>, plan| {
            let than = best.as_ref().unwrap_or(&present);
            if plan.is_better(than) {
                Some(plan)
            } else {
                best
            }
        })
        .map(|found| Better {
            standing: standing(&found),
            plan: found.plan,
        });
    explanation
}

/// Adds what money alone cures where nothing else does.
fn add_money(bench: &Bench, richest: Option<&Tried>, short: &mut ShortRule) {
    if bench.base.missed[short.rule.0] == 0 || short.cures.iter().any(|cure| cure.left == 0) {
        return;
    }
    let cure = richest.and_then(|plan| cures::by_money(bench, short.rule, plan));
    if let Some(cure) = cure {
        short.cures.insert(0, cure);
    }
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
    Complete((Complete, Tried)),
    Prices((Prices, Vec<Tried>)),
    Short(ShortRule, cures::Found),
    Worth(Option<Worth>),
}

fn short_rule(
    season: &Season,
    measures: &Measures,
    told: &Measures,
    (present, rule): (&Tried, RuleIx),
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
        cures: Vec::new(),
        tried: Vec::new(),
    }
}

fn standing(tried: &Tried) -> Standing {
    Standing {
        missed: tried.missed_in_all(),
        shortfall: tried.shortfall.clone(),
        cost: tried.cost(),
    }
}
