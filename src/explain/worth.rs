//! What each contractor and each rule costs: the plan without it, and the difference.

use super::bench::Bench;
use super::change::{without_contractor, without_rule};
use crate::domain::{Money, RuleIx, Scenario};

/// What is left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// A contractor with all its teams.
    Contractor(String),
    /// A rule.
    Rule(RuleIx),
}

/// What a plan without something comes to, against the plan with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worth {
    /// What is left out.
    pub what: LeftOut,
    /// What the plan without it costs; judged valid.
    pub cost: Money,
    /// What the plan costs less without it; below zero where it costs more.
    pub saves: Money,
    /// Rounds of the other rules that the plan without it misses.
    pub missed: u64,
    /// How many more than with it; below zero where they are fewer.
    pub more_missed: i64,
}

/// Each contractor, then each rule, in input order.
pub(super) fn left_out(scenario: &Scenario) -> Vec<LeftOut> {
    let mut contractors: Vec<&str> = Vec::new();
    for team in &scenario.teams {
        if !contractors.contains(&team.contractor.as_str()) {
            contractors.push(&team.contractor);
        }
    }
    let contractors = contractors
        .into_iter()
        .map(|contractor| LeftOut::Contractor(contractor.to_owned()));
    let rules = (0..scenario.rules.len()).map(|rule| LeftOut::Rule(RuleIx(rule)));
    contractors.chain(rules).collect()
}

/// The plan without something, against the plan with it.
pub(super) fn without(bench: &Bench, what: &LeftOut) -> Option<Worth> {
    if bench.stopped() {
        return None;
    }
    let changed: Scenario = match what {
        LeftOut::Contractor(contractor) => without_contractor(bench.scenario, contractor),
        LeftOut::Rule(rule) => without_rule(bench.scenario, *rule),
    };
    let tried = bench.try_without(&changed)?;
    let own = match what {
        LeftOut::Contractor(_) => 0,
        LeftOut::Rule(rule) => bench.base.missed[rule.0],
    };
    let missed = tried.missed_in_all();
    let with = bench.base.missed_in_all() - own;
    Some(Worth {
        what: what.clone(),
        cost: tried.cost(),
        saves: bench.base.cost() - tried.cost(),
        missed,
        more_missed: missed as i64 - with as i64,
    })
}
