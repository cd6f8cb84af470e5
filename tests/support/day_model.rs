//! The independent reference of the tests: every clause of the contract in one plain model, day by day, solved by HiGHS.
//!
//! Written from the contract alone; it shares the domain types with the program and nothing else. It is slow where the
//! planner is quick, so it is for small scenarios, and for showing how slow it is.
#![allow(dead_code, reason = "each test binary uses what it needs")]

#[path = "day_model/calendar.rs"]
mod calendar;
#[path = "day_model/demand.rs"]
mod demand;
#[path = "day_model/facts.rs"]
mod facts;
#[path = "day_model/ledger.rs"]
mod ledger;
#[path = "day_model/milp.rs"]
mod milp;

use facts::{Candidate, Facts};
use highs::{HighsModelStatus, RowProblem, Sense};
use ledger::Ledger;
use milp::Milp;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Instant;
use xiaosha::domain::{Money, Plan, Scenario, Shortfall, Visit};

/// How long and how large.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Seconds for all stages together.
    pub(crate) seconds: f64,
    /// Columns; a larger model is not tried.
    pub(crate) columns: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            seconds: 60.0,
            columns: 60_000,
        }
    }
}

/// An optimal plan, or the best that was found in time.
#[derive(Debug, Clone)]
pub(crate) struct DayOptimum {
    /// By tier, for every tier that a rule names.
    pub(crate) shortfall: BTreeMap<u32, Shortfall>,
    /// Labour and products, done and new.
    pub(crate) cost: Money,
    /// The new visits.
    pub(crate) visits: Plan,
    /// Whether no plan is better.
    pub(crate) proven: bool,
    /// Columns of the model.
    pub(crate) columns: usize,
    /// Seconds for all stages together.
    pub(crate) seconds: f64,
}

impl fmt::Display for DayOptimum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "missed")?;
        for (tier, sum) in &self.shortfall {
            write!(f, " {tier}: {sum}")?;
        }
        let (visits, proven) = (
            self.visits.visits.len(),
            if self.proven { "" } else { "not " },
        );
        let (cost, columns, seconds) = (self.cost, self.columns, self.seconds);
        write!(
            f,
            "; cost {cost}; {visits} visits; {proven}proven; {columns} columns, {seconds:.2} s"
        )
    }
}

/// The cost stage alone, in a given time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CostStage {
    /// Cost of the best plan found, if any.
    pub(crate) cost: Option<f64>,
    /// No complete plan costs less.
    pub(crate) bound: f64,
    /// Columns of the model.
    pub(crate) columns: usize,
    /// Rows of the model.
    pub(crate) rows: usize,
    /// Seconds to build and to solve it.
    pub(crate) seconds: f64,
}

impl CostStage {
    /// (cost − bound) / cost; infinite without a plan.
    pub(crate) fn gap(&self) -> f64 {
        self.cost
            .map_or(f64::INFINITY, |cost| (cost - self.bound) / cost)
    }
}

/// The least shortfall tier by tier, then the least cost. Where time runs out in one stage the rest are left out; `None`
/// when the model is too large or no plan was found at all.
pub(crate) fn solve(scenario: &Scenario, limits: Limits) -> Option<DayOptimum> {
    let begun = Instant::now();
    let facts = Facts::new(scenario);
    let mut milp = Milp::new(&facts);
    let columns = milp.problem.num_cols();
    if columns > limits.columns {
        return None;
    }
    let mut proven = true;
    let tiers: Vec<u32> = ledger::shortfall(&facts, &[]).into_keys().collect();
    let mut chosen: Vec<usize> = Vec::new();
    for tier in tiers.into_iter().map(Some).chain([None]) {
        match tier {
            Some(tier) => milp.aim_at_shortfall(&facts, tier),
            None => milp.aim_at_cost(),
        }
        let left = (limits.seconds - begun.elapsed().as_secs_f64()).max(0.01);
        let solved = run(milp.problem.clone(), left);
        let values = solved.values?;
        chosen = (0..milp.visits.len())
            .filter(|&visit| values[milp.visits[visit].1.index()] > 0.5)
            .collect();
        let plan = milp.plan(&chosen);
        let found = tier.map_or_else(
            || Ledger::new(&facts, &plan).total().to_f64(),
            |tier| ledger::shortfall(&facts, &plan)[&tier].to_f64(),
        );
        let told = solved.objective + if tier.is_none() { milp.owed } else { 0.0 };
        // What the plan is worth by its own figures; a solver that says otherwise has erred.
        let agreed = (found - told).abs() <= 1e-5 * found.abs().max(1.0);
        proven &= solved.optimal && agreed;
        if !proven {
            break;
        }
        if let Some(tier) = tier {
            milp.keep_shortfall(&facts, tier, found);
        }
    }
    let plan = milp.plan(&chosen);
    Some(DayOptimum {
        shortfall: ledger::shortfall(&facts, &plan),
        cost: Ledger::new(&facts, &plan).total(),
        visits: in_order(&facts, &plan),
        proven,
        columns,
        seconds: begun.elapsed().as_secs_f64(),
    })
}

/// The least cost at which no round is missed, sought for so many seconds.
pub(crate) fn complete_at_least_cost(scenario: &Scenario, seconds: f64) -> CostStage {
    let begun = Instant::now();
    let facts = Facts::new(scenario);
    let mut milp = Milp::new(&facts);
    for tier in ledger::shortfall(&facts, &[]).into_keys() {
        milp.keep_shortfall(&facts, tier, 0.0);
    }
    milp.aim_at_cost();
    let (columns, rows) = (milp.problem.num_cols(), milp.problem.num_rows());
    let solved = run(milp.problem, seconds);
    CostStage {
        cost: solved.values.map(|_| solved.objective + milp.owed),
        bound: solved.bound + milp.owed,
        columns,
        rows,
        seconds: begun.elapsed().as_secs_f64(),
    }
}

struct Solved {
    /// Values of the columns, if a solution was found.
    values: Option<Vec<f64>>,
    objective: f64,
    bound: f64,
    optimal: bool,
}

fn run(problem: RowProblem, seconds: f64) -> Solved {
    if problem.num_cols() == 0 {
        return Solved {
            values: Some(Vec::new()),
            objective: 0.0,
            bound: 0.0,
            optimal: true,
        };
    }
    let mut model = problem.optimise(Sense::Minimise);
    // As the planner has it: HiGHS has one number of threads for the whole process.
    model.set_option("threads", 1);
    model.set_option("time_limit", seconds);
    model.set_option("mip_rel_gap", 0.0);
    model.set_option("mip_abs_gap", 1e-6);
    model.set_option("mip_feasibility_tolerance", 1e-9);
    model.set_option("primal_feasibility_tolerance", 1e-9);
    let solved = model.solve();
    let optimal = solved.status() == HighsModelStatus::Optimal;
    let feasible = solved.primal_solution_status() == highs::HighsSolutionStatus::Feasible;
    let bound = solved
        .double_info_value(c"mip_dual_bound")
        .expect("every solve has a bound");
    Solved {
        values: feasible.then(|| solved.get_solution().columns().to_vec()),
        objective: solved.objective_value(),
        bound,
        optimal,
    }
}

/// The visits as visits.csv has them: by date, team, crew, place and treatment, ids by code point.
fn in_order(facts: &Facts, plan: &[&Candidate]) -> Plan {
    let scenario = facts.scenario;
    let mut visits: Vec<&Candidate> = plan.to_vec();
    visits.sort_by_key(|visit| {
        (
            visit.day,
            &scenario[visit.team].id,
            visit.crew,
            &facts.places[visit.place].id,
            &scenario[visit.treatment].id,
        )
    });
    Plan {
        visits: (visits.into_iter())
            .map(|visit| Visit {
                date: scenario.start + chrono::Days::new(visit.day.unsigned_abs()),
                team: visit.team,
                crew: visit.crew,
                site: facts.places[visit.place].site,
                part: facts.places[visit.place].part,
                treatment: visit.treatment,
            })
            .collect(),
    }
}
