//! The independent checker: judges any list of visits against the tables alone.
//!
//! It is written from section 3 of the contract (`docs`) and shares no code with the planner, so that a mistake of one
//! is caught by the other. [`judge`] takes rows as a file holds them, [`judge_plan`] a plan of our own before it is
//! written. Both name every violation with its line and rule, and work out what the plan misses and what it costs.
//!
//! Invariant: this module imports [`crate::domain`], [`crate::lang`] and the reading of tables, nothing of the planner.

mod calendar;
mod clause;
mod coverage;
mod crew_days;
mod figures;
mod judgement;
mod limits;
mod permission;
mod places;
mod rows;
mod visits;

pub use clause::Clause;
pub use judgement::{Judgement, Violation};
pub use rows::PlanRow;

use crate::domain::{Plan, Scenario};
use places::{Order, Places};
use visits::{Named, Visits};

/// Judges the rows of a plan, in any order.
pub fn judge(scenario: &Scenario, rows: &[PlanRow]) -> Judgement {
    let places = Places::new(scenario);
    let order = Order::new(scenario, &places);
    let mut violations = Vec::new();
    let named = rows::resolve(scenario, &places, rows, &mut violations);
    examine(scenario, &places, &order, named, violations)
}

/// Judges a plan of our own; its visits have the lines that visits.csv will give them (2, 3, …).
pub fn judge_plan(scenario: &Scenario, plan: &Plan) -> Judgement {
    let places = Places::new(scenario);
    let order = Order::new(scenario, &places);
    let mut violations = Vec::new();
    let named = rows::number(scenario, &places, &order, plan, &mut violations);
    examine(scenario, &places, &order, named, violations)
}

fn examine(
    scenario: &Scenario,
    places: &Places,
    order: &Order,
    named: Vec<Named>,
    mut violations: Vec<Violation>,
) -> Judgement {
    let new = named.len();
    let mut visits = Visits::new(scenario, places, order, named);
    crew_days::carry_access(&mut visits.season);
    permission::check(scenario, places, &visits.season, &mut violations);
    coverage::check_repeats(scenario, places, &visits.season, &mut violations);
    crew_days::check(scenario, &visits.season, &mut violations);
    let by_place = coverage::ByPlace::new(places, &visits);
    let shortfall = coverage::judge(scenario, places, &by_place, &mut violations);
    let ledger = limits::check(scenario, &visits.season, &mut violations);
    violations.sort_unstable();
    Judgement {
        violations,
        shortfall,
        labour: ledger.all_labour(),
        products: ledger.all_purchases(),
        visits: new,
        done: visits.season.len() - new,
        crew_days: ledger.crew_days(),
    }
}
