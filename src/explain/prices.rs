//! What one more yuan on a budget line, one more crew-day of a team in a month, one more pack is worth.
//!
//! Crew-days by team and month are those of a further crew that may come out on no day so far: a limit like any other.
//! They are looked into where all crews of the team are out on some day of the month; elsewhere a crew is at home that
//! could come. A price is told only if plans confirm it. Where seasons are small, two plans that are proven to be the
//! best, with the limit as it is and moved by the step, must differ by just so much. Elsewhere the plan that stands is
//! made better with the limit moved; where it is better by something else than the allocation says, that is the price.

mod found;

use super::bench::{Bench, Tried, is_exceeded};
use super::change::{Change, add_crew};
use crate::domain::{Day, Money, ProductIx, Scenario, TeamIx};
use crate::engine::{self, Counted, Limit, Price};
use crate::measures::Proven;
use crate::season::Season;
use chrono::{Datelike, Days, Months};
use std::collections::{BTreeMap, BTreeSet};

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

/// How a price was checked, with the limit moved by the step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Checked {
    /// By plans proven to be the best, with the limit as it is and moved.
    Plans,
    /// By a plan made from the one that stands; judged valid.
    Found {
        /// By how much that plan is better, in rounds or money.
        gained: f64,
        /// No plan is better than the one that stands by more: proven.
        most: f64,
        /// The same with the limit as it is; `None` where the solver gives up.
        as_it_is: Option<f64>,
        /// What one unit more is worth by the allocation, where that is not what the plan shows: the price is then that
        /// of the plan, and holds as far as further plans show it.
        allocation: Option<f64>,
    },
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
    /// As much as so much more money on a budget line is worth, where both are counted in rounds of one tier: the
    /// position of the line, and the money.
    pub in_money: Option<(usize, f64)>,
    /// By how much the limit was moved to check it.
    pub step: f64,
    /// By how much it may be lower for the price to hold; not above 0.
    pub down: f64,
    /// By how much it may be higher.
    pub up: f64,
    /// How it was checked.
    pub checked: Checked,
}

/// Prices of what tables limit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prices {
    /// Those that plans confirm.
    pub confirmed: Vec<Worthwhile>,
    /// Budget lines whose price no plan was found to confirm, with what is proven of more money on them.
    pub bounded: Vec<Bounded>,
    /// Further prices that the allocation gives and that no plan was found to confirm.
    pub unconfirmed: usize,
}

/// What is proven of a limit whose price no plan confirms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounded {
    /// The limit.
    pub what: Priced,
    /// Rounds by weight of a tier, or money.
    pub counted: Counted,
    /// By how much the limit is moved.
    pub step: f64,
    /// No plan is then better than the one that stands by more.
    pub most: f64,
    /// The same with the limit as it is; `None` where the solver gives up.
    pub as_it_is: Option<f64>,
}

/// Months of teams that are looked into at most, those with most days on which all crews are out first.
const MOST_MONTHS: usize = 36;

/// Prices of everything that tables limit, as far as plans confirm them, and plans of the same tables that were made on
/// the way.
pub(super) fn prices(bench: &Bench) -> (Prices, Vec<Tried>) {
    let mut scenario = bench.scenario.clone();
    let mut limits: Vec<(Priced, Limit, f64)> = Vec::new();
    for (at, line) in bench.scenario.budget.iter().enumerate() {
        let step = money_step(line.amount);
        limits.push((Priced::Budget(at), Limit::Budget(at), step));
    }
    for (at, team) in bench.scenario.teams.iter().enumerate() {
        if team.max_days.is_some() {
            let team = TeamIx(at);
            limits.push((Priced::CrewDays(team), Limit::CrewDays(team), 1.0));
        }
    }
    for (team, from, to) in busy_months(bench) {
        let added = TeamIx(scenario.teams.len());
        add_crew(&mut scenario, team, (from, to), Some(0));
        let what = Priced::CrewDaysIn(team, from, to);
        limits.push((what, Limit::CrewDays(added), 1.0));
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
    let stop = || bench.stopped();
    let suggested: Vec<(Priced, Price)> = engine::prices(&season, &bench.base.plan, &moved, &stop)
        .into_iter()
        .map(|price| (limits[price.at].0, price))
        .collect();
    let (mut confirmed, same) = if bench.small {
        let each = suggested.iter();
        let confirmed = each.filter_map(|(what, price)| by_best_plans(bench, *what, price));
        (confirmed.collect(), Vec::new())
    } else {
        found::by_found_plans(bench, &suggested)
    };
    in_money(&mut confirmed);
    let is_told = |what: Priced, counted: Counted| {
        let mut told = confirmed.iter();
        told.any(|price| (price.what, price.counted) == (what, counted))
    };
    let rest = suggested.iter().filter(|(what, price)| {
        matches!(what, Priced::Budget(_)) && !is_told(*what, price.counted)
    });
    let bounded: Vec<Bounded> = rest
        .filter_map(|(what, price)| bounded(bench, *what, price))
        .collect();
    let prices = Prices {
        unconfirmed: suggested.len() - confirmed.len() - bounded.len(),
        confirmed,
        bounded,
    };
    (prices, same)
}

/// What is proven of the last step that plans are tried with.
fn bounded(bench: &Bench, what: Priced, price: &Price) -> Option<Bounded> {
    let step = found::steps(price).last()?;
    let base = figure(&bench.base, price.counted);
    Some(Bounded {
        what,
        counted: price.counted,
        step: step.by,
        most: base - step.bound,
        as_it_is: price.bound.map(|bound| base - bound),
    })
}

/// Says no more of the limits as they are than is proven of the plan that stands: that may be more than the allocation
/// proves.
pub(super) fn sharpen(prices: &mut Prices, base: &Tried, proven: &Proven) {
    let open = |counted: Counted| match counted {
        Counted::Rounds(tier) => {
            let bound = proven.shortfall.get(&tier)?;
            Some((base.shortfall[&tier] - *bound).to_f64())
        }
        Counted::Money => Some((base.cost() - proven.cost).to_f64()),
    };
    let sharper = |as_it_is: &mut Option<f64>, counted: Counted| {
        if let Some(open) = open(counted) {
            *as_it_is = Some(as_it_is.map_or(open, |now| now.min(open)));
        }
    };
    for price in &mut prices.confirmed {
        if let Checked::Found { as_it_is, .. } = &mut price.checked {
            sharper(as_it_is, price.counted);
        }
    }
    for bounded in &mut prices.bounded {
        sharper(&mut bounded.as_it_is, bounded.counted);
    }
}

/// What a price is counted in, of a plan.
fn figure(tried: &Tried, counted: Counted) -> f64 {
    match counted {
        Counted::Rounds(tier) => tried.shortfall[&tier].to_f64(),
        Counted::Money => tried.cost().to_f64(),
    }
}

/// Says of each price in rounds how much money on a budget line is worth as much.
fn in_money(prices: &mut [Worthwhile]) {
    let mut lines: BTreeMap<u32, (usize, f64)> = BTreeMap::new();
    for price in &*prices {
        if let (Priced::Budget(line), Counted::Rounds(tier)) = (price.what, price.counted) {
            lines.entry(tier).or_insert((line, price.worth));
        }
    }
    for price in prices {
        if let Counted::Rounds(tier) = price.counted
            && !matches!(price.what, Priced::Budget(_))
        {
            let line = lines.get(&tier);
            price.in_money = line.map(|&(line, one)| (line, price.worth / one));
        }
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

/// The months of teams in which all their crews are out on some day, with their first and last days, by team.
fn busy_months(bench: &Bench) -> Vec<(TeamIx, Day, Day)> {
    let scenario = bench.scenario;
    let mut out: BTreeSet<(TeamIx, Day, u32)> = BTreeSet::new();
    for visit in &bench.base.plan.visits {
        out.insert((visit.team, visit.date, visit.crew));
    }
    let mut crews: BTreeMap<(TeamIx, Day), u32> = BTreeMap::new();
    for (team, day, _) in out {
        *crews.entry((team, day)).or_insert(0) += 1;
    }
    let mut months: BTreeMap<(TeamIx, Day), usize> = BTreeMap::new();
    for ((team, day), crews) in crews {
        if crews >= scenario[team].crews {
            *months.entry((team, first_of_month(day))).or_insert(0) += 1;
        }
    }
    let mut months: Vec<((TeamIx, Day), usize)> = months.into_iter().collect();
    months.sort_by_key(|&(month, days)| (std::cmp::Reverse(days), month));
    months.truncate(MOST_MONTHS);
    months.sort();
    let begin = scenario.plan_from.max(scenario.start);
    let stretch = |((team, first), _): ((TeamIx, Day), usize)| {
        let last = first + Months::new(1) - Days::new(1);
        (team, first.max(begin), last.min(scenario.end))
    };
    months.into_iter().map(stretch).collect()
}

fn first_of_month(day: Day) -> Day {
    day.with_day(1).expect("every month has a first day")
}

/// A price with how it was checked.
fn worthwhile(what: Priced, price: &Price, checked: Checked) -> Worthwhile {
    Worthwhile {
        what,
        counted: price.counted,
        worth: price.worth,
        in_money: None,
        step: price.step,
        down: price.down,
        up: price.up,
        checked,
    }
}

/// Steps of a limit that plans are tried at, times the least.
const MOST_STEPS: i64 = 4;

/// The price as plans have it that are proven to be the best: the worth of the least step that is worth anything.
fn by_best_plans(bench: &Bench, what: Priced, price: &Price) -> Option<Worthwhile> {
    let at = |amount: f64| value(bench, what, price.counted, amount);
    let base = at(0.0)?;
    let steps: Vec<f64> = match what {
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
        ..worthwhile(what, price, Checked::Plans)
    })
}

/// The shortfall or the cost of the best plan with a limit moved; `None` where it is not proven to be the best.
fn value(bench: &Bench, what: Priced, counted: Counted, by: f64) -> Option<f64> {
    let changed = change(bench.scenario, what, by)?.apply(bench.scenario);
    let season = Season::new(&changed);
    let outcome = bench.plan(&season);
    if outcome.shortfall != outcome.bounds.shortfall {
        return None;
    }
    match counted {
        Counted::Rounds(tier) => Some(outcome.shortfall[&tier].to_f64()),
        // Money is compared at equal coverage only.
        Counted::Money => (outcome.cost <= outcome.bounds.cost
            && outcome.shortfall == bench.base.shortfall)
            .then(|| outcome.cost.to_f64()),
    }
}

/// The change that moves a limit; `None` where it cannot be moved so far down.
fn change(scenario: &Scenario, what: Priced, by: f64) -> Option<Change> {
    let whole = by.round() as i64;
    Some(match what {
        _ if by == 0.0 => Change::Again,
        Priced::Budget(line) => {
            let by = Money::from_micro((by * 1e6).round() as i64);
            (scenario.budget[line].amount + by >= Money::ZERO)
                .then_some(Change::Budget { line, by })?
        }
        Priced::CrewDays(team) => (scenario[team].max_days? + whole >= 0)
            .then_some(Change::CrewDays { team, by: whole })?,
        Priced::Packs(product) => (scenario[product].max_packs? + whole >= 0)
            .then_some(Change::Packs { product, by: whole })?,
        // There are no fewer than none.
        Priced::CrewDaysIn(..) if whole < 0 => return None,
        Priced::CrewDaysIn(team, from, to) => Change::ExtraCrew {
            team,
            from,
            to,
            days: whole,
        },
    })
}
