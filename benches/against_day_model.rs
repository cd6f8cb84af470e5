//! One run, one case, two ways: our planner, and the season as one model over site, team and day given to HiGHS.
//!
//! `cargo bench --bench against_day_model`. HiGHS gets 60 seconds for the day model; `XIAOSHA_SECONDS=600` gives it ten
//! minutes. `XIAOSHA_SEED=3` takes another case K. Both seek the cheapest plan that misses nothing, with one thread, and
//! both plans are judged by the checker.
#![expect(clippy::print_stdout, reason = "a table of figures is its purpose")]

#[path = "../tests/support/case_k.rs"]
mod case_k;
mod machine;
#[path = "against_day_model/monolith.rs"]
mod monolith;

use std::time::Instant;
use xiaosha::domain::{Plan, Scenario};
use xiaosha::engine::{self, Options, Unwatched};
use xiaosha::season::Season;
use xiaosha::verify;

/// One line of the table.
struct Line {
    who: &'static str,
    cost: Option<f64>,
    bound: f64,
    seconds: f64,
    memory: Option<f64>,
}

fn main() {
    if !machine::is_bench() {
        return;
    }
    let seconds = machine::setting("XIAOSHA_SECONDS").unwrap_or(60.0);
    let scenario = case_k::case_k(machine::setting("XIAOSHA_SEED").unwrap_or(0));

    println!(
        "\n{:<10} {:>12} {:>12} {:>9} {:>9} {:>8}",
        "case K", "cost", "bound", "gap", "seconds", "MiB"
    );
    let ours = machine::with_deep_stack(|| planner(&scenario));
    ours.print();
    let theirs = day_model(&scenario, seconds);
    theirs.print();
    println!(
        "\nday model / xiaosha: {:.1} times the seconds",
        theirs.seconds / ours.seconds
    );
    if let (Some(ours), Some(theirs)) = (ours.cost, theirs.cost) {
        println!("day model / xiaosha: {:.4} times the cost", theirs / ours);
    }
}

fn planner(scenario: &Scenario) -> Line {
    machine::forget_peak_memory();
    let begun = Instant::now();
    let outcome = engine::plan(&Season::new(scenario), &Options::default(), &Unwatched);
    let line = Line {
        who: "xiaosha",
        cost: Some(outcome.cost.to_f64()),
        bound: outcome.bounds.cost.to_f64(),
        seconds: begun.elapsed().as_secs_f64(),
        memory: machine::peak_memory(),
    };
    check("xiaosha", scenario, &outcome.plan);
    line
}

fn day_model(scenario: &Scenario, limit: f64) -> Line {
    machine::forget_peak_memory();
    let begun = Instant::now();
    let answer = monolith::solve(scenario, limit);
    let line = Line {
        who: "day model",
        cost: answer.plan.as_ref().map(|(_, cost)| *cost),
        bound: answer.bound,
        seconds: begun.elapsed().as_secs_f64(),
        memory: machine::peak_memory(),
    };
    if let Some((plan, _)) = &answer.plan {
        check("the day model", scenario, plan);
    }
    println!(
        "day model: {} columns, {} rows",
        answer.columns, answer.rows
    );
    line
}

/// The two answer the same question only if both plans are valid and miss nothing.
fn check(who: &str, scenario: &Scenario, plan: &Plan) {
    let judgement = verify::judge_plan(scenario, plan);
    if !judgement.is_valid() {
        println!("The plan of {who} is not valid: {:?}", judgement.violations);
    }
    if !judgement.is_complete() {
        println!("The plan of {who} misses rounds: {:?}", judgement.shortfall);
    }
}

impl Line {
    fn print(&self) {
        let (cost, gap) = match self.cost {
            Some(cost) => (
                format!("{cost:.2}"),
                format!("{:.3} %", 100.0 * (cost - self.bound) / cost),
            ),
            None => ("none".to_owned(), "none".to_owned()),
        };
        println!(
            "{:<10} {cost:>12} {:>12.2} {gap:>9} {:>9.1} {:>8}",
            self.who,
            self.bound,
            self.seconds,
            machine::shown(self.memory)
        );
    }
}
