//! The reference model against the cases whose optimum is known, and against the checker.

#[path = "support/day_model.rs"]
mod day_model;
#[path = "support/generate.rs"]
mod generate;

use day_model::{DayOptimum, Limits};
use generate::Size;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use xiaosha::domain::{Exact, Scenario};
use xiaosha::verify::judge_plan;

/// The plan of the model keeps every clause, and the checker works out the same shortfall and cost.
fn check_judged_alike(scenario: &Scenario, optimum: &DayOptimum) {
    let judgement = judge_plan(scenario, &optimum.visits);
    assert!(
        judgement.is_valid(),
        "{:#?}\n{optimum}",
        judgement.violations
    );
    let shortfall: BTreeMap<u32, Exact> = (optimum.shortfall.iter())
        .map(|(&tier, sum)| {
            let millionths = Exact::from_int(sum.micro()) / Exact::from_int(1_000_000);
            (tier, millionths)
        })
        .collect();
    assert_eq!(judgement.shortfall, shortfall, "{optimum}");
    assert_eq!(judgement.total(), optimum.cost, "{optimum}");
}

#[test]
fn the_cases_have_the_optimum_that_stands_beside_them() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut solved = 0;
    for entry in fs::read_dir(cases).expect("the cases are there") {
        let folder = entry.expect("an entry").path();
        let Ok(expected) = fs::read_to_string(folder.join("expected.json")) else {
            continue;
        };
        let expected: serde_json::Value = serde_json::from_str(&expected).expect("JSON");
        let scenario = generate::read(&folder);
        let optimum = day_model::solve(&scenario, Limits::default()).expect("a plan in time");
        assert!(optimum.proven, "{}", folder.display());
        let shortfall: BTreeMap<String, f64> = (optimum.shortfall.iter())
            .map(|(tier, sum)| (tier.to_string(), sum.to_f64()))
            .collect();
        let found = serde_json::json!({
            "shortfall": shortfall,
            "cost": optimum.cost.to_f64(),
            "proven": true,
        });
        assert_eq!(found, expected, "{}", folder.display());
        check_judged_alike(&scenario, &optimum);
        solved += 1;
    }
    assert!(solved >= 6, "only {solved} cases found");
}

#[test]
fn the_checker_judges_the_plans_of_generated_scenarios_alike() {
    let size = Size::small();
    let mut without_visits = 0;
    let seeds = generate::seeds(40);
    for seed in seeds.clone() {
        let scenario = generate::scenario(seed, &size);
        let optimum = day_model::solve(&scenario, Limits::default());
        let optimum = optimum.unwrap_or_else(|| panic!("seed {seed}: no plan in time"));
        println!("seed {seed}: {optimum}");
        check_judged_alike(&scenario, &optimum);
        without_visits += u64::from(optimum.visits.visits.is_empty());
    }
    assert!(
        without_visits <= 1 + seeds.count() as u64 / 2,
        "{without_visits} plans are empty"
    );
}
