//! What is missed for less and less money: lowers a budget line step by step and plans the season each time.
//!
//! `cargo run --release --example sweep_budget -- scenarios/community 总额 6`

use std::path::Path;
use xiaosha::domain::{Money, Scenario};
use xiaosha::engine::{self, Effort, Options, Unwatched};
use xiaosha::measures::{self, Rounds};
use xiaosha::season::Season;
use xiaosha::{finding, lang::Lang, validate};

/// A budget and what can be done for it.
pub(crate) struct Point {
    /// What may be spent.
    pub(crate) amount: Money,
    /// What is spent.
    pub(crate) cost: Money,
    /// Rounds missed, in all tiers.
    pub(crate) missed: u64,
}

/// Plans with the whole amount of a budget line, then with less and less, down to nothing in so many equal steps.
pub(crate) fn sweep(scenario: &Scenario, line: &str, steps: u32) -> Result<Vec<Point>, String> {
    let at = scenario.budget.iter().position(|row| row.id == line);
    let at = at.ok_or_else(|| format!("there is no budget line {line}"))?;
    let whole = scenario.budget[at].amount.micro();
    let options = Options {
        effort: Effort::Quick,
        ..Options::default()
    };
    let points = (0..=steps).rev().map(|step| {
        let mut poorer = scenario.clone();
        let share = i128::from(whole) * i128::from(step) / i128::from(steps.max(1));
        let amount = Money::from_micro(i64::try_from(share).expect("less than the whole"));
        poorer.budget[at].amount = amount;

        let season = Season::new(&poorer);
        let plan = engine::plan(&season, &options, &Unwatched).plan;
        let rounds = Rounds::new(&season, &plan);
        let demands = season.demands.iter().enumerate();
        Point {
            amount,
            cost: measures::cost(&season, &plan).total(),
            missed: demands
                .map(|(at, demand)| u64::from(demand.missed(&season, rounds.of(at))))
                .sum(),
        }
    });
    Ok(points.collect())
}

/// The points as a table.
pub(crate) fn table(points: &[Point]) -> String {
    let rows = points.iter().map(|point| {
        let (amount, cost) = (point.amount.to_string(), point.cost.to_string());
        format!("{amount:>14}{cost:>14}{:>8}\n", point.missed)
    });
    format!("{:>14}{:>14}{:>8}\n", "budget", "cost", "missed") + &rows.collect::<String>()
}

#[allow(clippy::print_stdout, reason = "the example shows its result")]
fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, line, steps] = &arguments[..] else {
        return Err("usage: sweep_budget SCENARIO BUDGET-LINE STEPS".to_owned());
    };
    let steps = steps.parse().map_err(|_| format!("{steps} is no number"))?;
    let (scenario, findings) = validate::load(Path::new(folder));
    let scenario = scenario.ok_or_else(|| finding::render_text(&findings, Lang::En, 20))?;
    print!("{}", table(&sweep(&scenario, line, steps)?));
    Ok(())
}
