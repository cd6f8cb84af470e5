//! The budget frontier against as many separate plans, in one run.
//!
//! `cargo bench --bench frontier`; `XIAOSHA_SCENARIO=FOLDER` takes another scenario than `karamay-summer`,
//! `XIAOSHA_POINTS=20` so many amounts (default 60), `XIAOSHA_SEPARATE=6` plans only so many of them separately, evenly
//! chosen, and reckons with their mean (default all), `XIAOSHA_EFFORT=quick|normal|thorough` (default normal).
//!
//! Seconds are those of the processor where the system tells them: both sides keep one busy nearly all the time.
//! The frontier's time includes the plan without a limit with which it begins, and all proofs. Each separate plan is
//! what `xiaosha plan` would make of the scenario with that amount.
#![expect(clippy::print_stdout, reason = "it says what it has measured")]

#[path = "../tests/support/busy.rs"]
mod busy;
mod machine;

use busy::{StopWatch, Whose};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use xiaosha::domain::{Money, Plan, Shortfall};
use xiaosha::engine::{self, Options, Outcome, Unwatched};
use xiaosha::measures;
use xiaosha::season::Season;
use xiaosha::validate;

fn main() -> Result<(), Box<dyn Error>> {
    if !machine::is_bench() {
        return Ok(());
    }
    let folder = machine::scenario_folder();
    let points: i64 = machine::setting("XIAOSHA_POINTS").unwrap_or(60);
    let separate: i64 = machine::setting("XIAOSHA_SEPARATE").unwrap_or(points);
    let options = Options {
        seed: 0,
        effort: machine::effort(),
    };
    machine::with_deep_stack(|| measure(&folder, points, separate, &options))?;
    Ok(())
}

fn measure(folder: &Path, points: i64, separate: i64, options: &Options) -> Result<(), String> {
    let (scenario, _) = validate::load(folder);
    let scenario = scenario.ok_or("the scenario has errors")?;

    let watch = StopWatch::start(Whose::Process);
    let unlimited = scenario.with_total(None);
    let open = Season::new(&unlimited);
    let full = engine::plan(&open, options, &Unwatched);
    let first = watch.seconds();
    let owed = measures::cost(&open, &Plan::default()).total();
    let step = (full.cost.micro() - owed.micro()) / (points - 1).max(1);
    let amounts: Vec<Money> = (0..points)
        .map(|at| Money::from_micro(owed.micro() + at * step))
        .collect();
    let frontier = engine::frontier(&scenario, &full, &amounts, options, &Unwatched);
    let frontier = frontier.ok_or("nobody stops it")?;
    let together = watch.seconds();
    println!(
        "frontier of {points} points: {together:.1} s, of which {first:.1} s for the plan without a limit"
    );

    let (mut seconds, mut better, mut worse) = (0.0, 0, 0);
    println!(
        "budget  |  frontier: missed by tier (at least)  |  separate plan: missed by tier (at least), seconds"
    );
    for number in 0..separate {
        let at = ((2 * number + 1) * points / (2 * separate.max(1))) as usize;
        let limited = scenario.with_total(Some(amounts[at]));
        let season = Season::new(&limited);
        let watch = StopWatch::start(Whose::Process);
        let alone = engine::plan(&season, options, &Unwatched);
        let took = watch.seconds();
        seconds += took;
        better += u32::from(frontier[at].shortfall < alone.shortfall);
        worse += u32::from(frontier[at].shortfall > alone.shortfall);
        let told = |outcome: &Outcome| shown(&outcome.shortfall, &outcome.bounds.shortfall);
        let (ours, theirs) = (told(&frontier[at]), told(&alone));
        println!("{}  |  {ours}  |  {theirs}  {took:.1} s", amounts[at]);
    }
    let all = seconds / separate.max(1) as f64 * points as f64;
    println!(
        "{points} separate plans: {all:.1} s ({separate} measured); the frontier takes {:.3} of that",
        together / all
    );
    println!(
        "of {separate} amounts the frontier misses less than the separate plan in {better}, more in {worse}"
    );
    Ok(())
}

fn shown(missed: &BTreeMap<u32, Shortfall>, bound: &BTreeMap<u32, Shortfall>) -> String {
    let tiers = missed.iter().map(|(tier, missed)| {
        let bound = bound.get(tier).copied().unwrap_or_default();
        format!("{missed} ({bound})")
    });
    tiers.collect::<Vec<_>>().join(", ")
}
