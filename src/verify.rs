//! The independent checker: judges any list of visits against the tables alone.
//!
//! It is written from section 3 of the contract (`docs`) and shares no code with the planner, so that a mistake of one
//! is caught by the other. [`judge`] takes rows as a file holds them, [`judge_plan`] a plan of our own before it is
//! written. Both name every violation with its line and rule, and work out what the plan misses and what it costs.
//!
//! Invariant: this module imports [`crate::domain`], [`crate::lang`], [`crate::finding`] and the reading of tables and
//! cells, nothing of the planner or of what it reports.

mod calendar;
mod clause;
mod coverage;
mod crew_days;
mod disagreement;
mod expected;
mod figures;
mod judgement;
mod limits;
mod permission;
mod places;
mod plan_file;
mod rows;
mod visits;

pub use clause::Clause;
pub use judgement::{Judgement, Violation};
pub use plan_file::{PlanFile, read_plan};
pub use rows::PlanRow;

use crate::domain::{Money, Plan, Scenario, Visit};
use crate::finding::Findings;
use coverage::ByPlace;
use limits::Ledger;
use places::{Order, Places};
use std::path::Path;
use visits::{Named, Visits};

/// Judges the rows of a plan, in any order.
pub fn judge(scenario: &Scenario, rows: &[PlanRow]) -> Judgement {
    Examined::of_rows(scenario, rows).judgement
}

/// The plan that rows name.
///
/// # Errors
/// The violations, when a row names nothing known or holds a cell that cannot be read.
pub fn named_plan(scenario: &Scenario, rows: &[PlanRow]) -> Result<Plan, Vec<Violation>> {
    let places = Places::new(scenario);
    let mut violations = Vec::new();
    let named = rows::resolve(scenario, &places, rows, &mut violations);
    if !violations.is_empty() {
        return Err(violations);
    }
    Ok(plan_of(&named, &places))
}

fn plan_of(named: &[Named], places: &Places) -> Plan {
    let visits = named.iter().map(|row| Visit {
        date: row.date,
        team: row.team,
        crew: row.crew,
        site: places.site(row.place),
        part: places.part(row.place),
        treatment: row.treatment,
    });
    Plan {
        visits: visits.collect(),
    }
}

/// Judges a plan of our own; its visits have the lines that visits.csv will give them (2, 3, …).
pub fn judge_plan(scenario: &Scenario, plan: &Plan) -> Judgement {
    let places = Places::new(scenario);
    let order = Order::new(scenario, &places);
    let mut violations = Vec::new();
    let named = rows::number(scenario, &places, &order, plan, &mut violations);
    Examined::new(scenario, places, &order, named, violations).judgement
}

/// Reads and judges visits.csv, or the folder that holds it. Without a judgement the findings say why it cannot be
/// read; with one they are warnings: what the file and the other files of the plan say that the tables do not.
pub fn judge_file(scenario: &Scenario, path: &Path) -> (Option<Judgement>, Findings) {
    let (file, mut findings) = read_plan(path);
    let judgement = file.map(|file| {
        let examined = Examined::of_rows(scenario, &file.rows);
        disagreement::find(scenario, &file, &examined, &mut findings);
        examined.judgement
    });
    (judgement, findings)
}

/// Reads visits.csv, or the folder that holds it, as a plan to go on with. Where it names what the tables do not have,
/// or breaks a rule, the findings say which line; the plan is then `None`.
pub fn valid_plan(scenario: &Scenario, path: &Path) -> (Option<Plan>, Findings) {
    let (file, mut findings) = read_plan(path);
    let Some(file) = file else {
        return (None, findings);
    };
    let places = Places::new(scenario);
    let order = Order::new(scenario, &places);
    let mut violations = Vec::new();
    let named = rows::resolve(scenario, &places, &file.rows, &mut violations);
    let plan = plan_of(&named, &places);
    let judgement = Examined::new(scenario, places, &order, named, violations).judgement;
    plan_file::refuse(&judgement, &mut findings);
    let valid = judgement.is_valid();
    (valid.then_some(plan), findings)
}

/// A plan that has been judged, with all that was worked out.
struct Examined<'a> {
    judgement: Judgement,
    places: Places,
    visits: Visits,
    ledger: Ledger<'a>,
    /// What is spent of each budget line.
    spent: Vec<Money>,
}

impl<'a> Examined<'a> {
    fn of_rows(scenario: &'a Scenario, rows: &[PlanRow]) -> Self {
        let places = Places::new(scenario);
        let order = Order::new(scenario, &places);
        let mut violations = Vec::new();
        let named = rows::resolve(scenario, &places, rows, &mut violations);
        Self::new(scenario, places, &order, named, violations)
    }

    fn new(
        scenario: &'a Scenario,
        places: Places,
        order: &Order,
        named: Vec<Named>,
        mut violations: Vec<Violation>,
    ) -> Self {
        let new = named.len();
        let mut visits = Visits::new(scenario, &places, order, named);
        crew_days::carry_access(&mut visits.season);
        permission::check(scenario, &places, &visits.season, &mut violations);
        coverage::check_repeats(scenario, &places, &visits.season, &mut violations);
        crew_days::check(scenario, &visits.season, &mut violations);
        let by_place = ByPlace::new(&places, &visits);
        let shortfall = coverage::judge(scenario, &places, &by_place, &mut violations);
        let (ledger, spent) = limits::check(scenario, &visits.season, &mut violations);
        violations.sort_unstable();
        let judgement = Judgement {
            violations,
            shortfall,
            labour: ledger.all_labour(),
            products: ledger.all_purchases(),
            visits: new,
            done: visits.season.len() - new,
            crew_days: ledger.crew_days(),
        };
        Examined {
            judgement,
            places,
            visits,
            ledger,
            spent,
        }
    }
}
