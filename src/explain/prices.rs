//! What one more yuan on a budget line, one more crew-day of a team in a month, one more pack is worth.
//!
//! Crew-days by team and month are those of a further crew that may come out on no day so far: a limit like any other.
//! Where seasons are small, a price is told only if two plans that are proven to be the best, with the limit as it is
//! and moved by the step, differ by just so much.

use super::bench::{Bench, is_exceeded};
use super::change::{Change, add_crew};
use crate::domain::{Day, Money, ProductIx, Scenario, TeamIx};
use crate::engine::{self, Counted, Limit, Price};
use crate::season::Season;
use chrono::{Datelike, Days, Months};

/// What is priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priced {
    /// Money of a budget line, by position in the table.
    Budget(usize),
    /// Crew-days of a team beyond its `max_days`.
    CrewDays(TeamIx),
    /// Crew-days of a team in a month, by a further crew: first and last day.
    CrewDaysIn(TeamIx, Day, Day),
    /// Packs of a product beyond its `max_packs`.
    Packs(ProductIx),
}

/// How a price was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// By the allocation, solved again with the limit moved.
    Allocation,
    /// By plans proven to be the best, with the limit as it is and moved.
    Plans,
}

/// What one unit more is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worthwhile {
    /// What is priced.
    pub what: Priced,
    /// Rounds by weight of a tier, or money.
    pub counted: Counted,
    /// Worth of one unit more.
    pub worth: f64,
    /// By how much the limit was moved to check it.
    pub step: f64,
    /// By how much it may be lower for the price to hold; not above 0.
    pub down: f64,
    /// By how much it may be higher.
    pub up: f64,
    /// How it was checked.
    pub checked: Checked,
}

/// Prices of everything that tables limit, as far as the check confirms them.
pub(super) fn prices(bench: &Bench) -> Vec<Worthwhile> {
    let mut scenario = bench.scenario.clone();
    let mut limits: Vec<(Priced, Limit, f64)> = Vec::new();
    for (at, line) in bench.scenario.budget.iter().enumerate() {
        limits.push((
            Priced::Budget(at),
            Limit::Budget(at),
            money_step(line.amount),
        ));
    }
    for (at, team) in bench.scenario.teams.iter().enumerate() {
        let team_at = TeamIx(at);
        if team.max_days.is_some() {
            limits.push((Priced::CrewDays(team_at), Limit::CrewDays(team_at), 1.0));
        }
        for (from, to) in months(bench.scenario) {
            let added = TeamIx(scenario.teams.len());
            add_crew(&mut scenario, team_at, (from, to), Some(0));
            let what = Priced::CrewDaysIn(team_at, from, to);
            limits.push((what, Limit::CrewDays(added), 1.0));
        }
    }
    for (at, product) in bench.scenario.products.iter().enumerate() {
        if product.max_packs.is_some() {
            let product = ProductIx(at);
            limits.push((Priced::Packs(product), Limit::Packs(product), 1.0));
        }
    }
    let season = Season::new(&scenario);
    limits.retain(|&(_, limit, _)| !is_exceeded(&season, limit));
    let moved: Vec<(Limit, f64)> = limits
        .iter()
        .map(|&(_, limit, step)| (limit, step))
        .collect();
    let found = engine::prices(&season, &moved, &|| bench.stopped());
    let named = found.into_iter().filter_map(|price| {
        let (what, ..) = *limits.iter().find(|(_, limit, _)| *limit == price.limit)?;
        Some(of(what, &price))
    });
    if bench.small {
        return named.filter_map(|price| by_plans(bench, price)).collect();
    }
    named.collect()
}

fn of(what: Priced, price: &Price) -> Worthwhile {
    Worthwhile {
        what,
        counted: price.counted,
        worth: price.worth,
        step: price.step,
        down: price.down,
        up: price.up,
        checked: Checked::Allocation,
    }
}

/// About one per cent of an amount, a round number.
fn money_step(amount: Money) -> f64 {
    let one = (amount.to_f64() / 100.0).max(1.0);
    let power = 10f64.powi(one.log10().floor() as i32);
    let lead = one / power;
    let lead = if lead >= 5.0 {
        5.0
    } else if lead >= 2.0 {
        2.0
    } else {
        1.0
    };
    lead * power
}

/// The months in which new visits may stand, as far as they do.
fn months(scenario: &Scenario) -> Vec<(Day, Day)> {
    let mut months = Vec::new();
    let mut from = scenario.plan_from.max(scenario.start);
    while from <= scenario.end {
        let first = from.with_day(1).expect("every month has a first day");
        let next = first + Months::new(1);
        months.push((from, (next - Days::new(1)).min(scenario.end)));
        from = next;
    }
    months
}

/// Steps of a limit that plans are tried at, times the least.
const MOST_STEPS: i64 = 4;

/// The price as plans have it that are proven to be the best: the worth of the least step that is worth anything.
fn by_plans(bench: &Bench, price: Worthwhile) -> Option<Worthwhile> {
    let at = |amount: f64| value(bench, &price, amount);
    let base = at(0.0)?;
    let steps: Vec<f64> = match price.what {
        Priced::Budget(_) => {
            let scenario = bench.scenario;
            let rates = scenario.teams.iter().map(|team| team.cost_per_day);
            let packs = scenario.products.iter().map(|product| product.pack_cost);
            let mut steps: Vec<f64> = rates
                .chain(packs)
                .filter(|money| *money > Money::ZERO)
                .map(Money::to_f64)
                .chain([price.step])
                .collect();
            steps.sort_by(f64::total_cmp);
            steps.dedup();
            steps
        }
        _ => vec![1.0],
    };
    let (step, gained) = steps
        .into_iter()
        .find_map(|step| Some((step, base - at(step)?)).filter(|(_, gained)| *gained > 1e-6))?;
    let holds = |steps: i64| {
        let moved = step * steps as f64;
        at(moved).is_some_and(|value| (base - value - gained * steps as f64).abs() < 1e-6)
    };
    let up = (2..=MOST_STEPS).take_while(|&steps| holds(steps)).last();
    let down = (1..=MOST_STEPS).take_while(|&steps| holds(-steps)).last();
    Some(Worthwhile {
        worth: gained / step,
        step,
        up: step * up.unwrap_or(1) as f64,
        down: -step * down.unwrap_or(0) as f64,
        checked: Checked::Plans,
        ..price
    })
}

/// The shortfall or the cost of the best plan with a limit moved; `None` where it is not proven to be the best.
fn value(bench: &Bench, price: &Worthwhile, moved: f64) -> Option<f64> {
    let scenario = bench.scenario;
    let whole = moved.round() as i64;
    let changed = match price.what {
        _ if moved == 0.0 => scenario.clone(),
        Priced::Budget(line) => {
            let by = Money::from_micro((moved * 1e6).round() as i64);
            (scenario.budget[line].amount + by >= Money::ZERO)
                .then(|| Change::Budget { line, by }.apply(scenario))?
        }
        Priced::CrewDays(team) => (scenario[team].max_days? + whole >= 0)
            .then(|| Change::CrewDays { team, by: whole }.apply(scenario))?,
        Priced::Packs(product) => (scenario[product].max_packs? + whole >= 0)
            .then(|| Change::Packs { product, by: whole }.apply(scenario))?,
        // There are no fewer than none.
        Priced::CrewDaysIn(..) if whole < 0 => return None,
        Priced::CrewDaysIn(team, from, to) => Change::ExtraCrew {
            team,
            from,
            to,
            days: whole,
        }
        .apply(scenario),
    };
    let season = Season::new(&changed);
    let outcome = bench.plan(&season);
    if outcome.shortfall != outcome.bounds.shortfall {
        return None;
    }
    match price.counted {
        Counted::Rounds(tier) => Some(outcome.shortfall[&tier].to_f64()),
        // Money is compared at equal coverage only.
        Counted::Money => (outcome.cost <= outcome.bounds.cost
            && outcome.shortfall == bench.base.shortfall)
            .then(|| outcome.cost.to_f64()),
    }
}
