//! The budget frontier: valid, monotone, and its bounds held against the independent day model.
//!
//! `XIAOSHA_SCENARIOS=200` compares so many, `XIAOSHA_SEED=17` looks into one.

#[path = "support/day_model.rs"]
mod day_model;
#[path = "support/generate.rs"]
mod generate;

use day_model::Limits;
use generate::Size;
use std::path::Path;
use xiaosha::domain::{Money, Plan, Scenario};
use xiaosha::engine::{self, Effort, Options, Outcome, Unwatched};
use xiaosha::measures;
use xiaosha::season::Season;
use xiaosha::validate;
use xiaosha::verify::judge_plan;

const QUICK: Options = Options {
    seed: 0,
    effort: Effort::Quick,
};

/// The plan without a limit on what is spent in all, and the points for so many amounts up to what it costs.
fn frontier(scenario: &Scenario, count: i64) -> (Outcome, Vec<(Money, Outcome)>) {
    let unlimited = scenario.with_total(None);
    let open = Season::new(&unlimited);
    let full = engine::plan(&open, &QUICK, &Unwatched);
    let owed = measures::cost(&open, &Plan::default()).total();
    let step = (full.cost.micro() - owed.micro()).max(0) / (count - 1);
    let amounts: Vec<Money> = (0..count)
        .map(|at| Money::from_micro(owed.micro() + at * step))
        .collect();
    let outcomes = engine::frontier(scenario, &full, &amounts, &QUICK, &Unwatched);
    let outcomes = outcomes.expect("nobody stops it");
    (full, amounts.into_iter().zip(outcomes).collect())
}

/// What is wrong with the points whatever the optimum is.
fn faults(scenario: &Scenario, points: &[(Money, Outcome)]) -> Vec<String> {
    let mut faults = Vec::new();
    for (amount, outcome) in points {
        let limited = scenario.with_total(Some(*amount));
        let judgement = judge_plan(&limited, &outcome.plan);
        for violation in &judgement.violations {
            faults.push(format!("{amount}: {}", violation.message.en));
        }
        if judgement.total() != outcome.cost {
            faults.push(format!("{amount}: cost {}", outcome.cost));
        }
        if outcome.bounds.cost > outcome.cost {
            faults.push(format!("{amount}: cost is below its bound"));
        }
        for (tier, bound) in &outcome.bounds.shortfall {
            if *bound > outcome.shortfall[tier] {
                faults.push(format!("{amount}: tier {tier} is below its bound {bound}"));
            }
        }
    }
    for pair in points.windows(2) {
        let [(less, poorer), (more, richer)] = pair else {
            continue;
        };
        if poorer.shortfall < richer.shortfall {
            faults.push(format!("{less} does more than {more}"));
        }
        let first = |outcome: &Outcome| outcome.bounds.shortfall.values().next().copied();
        if first(poorer) < first(richer) {
            faults.push(format!("the bound of {less} is below that of {more}"));
        }
    }
    faults
}

#[test]
fn points_of_small_scenarios_are_valid_monotone_and_never_below_their_bounds() {
    let limits = Limits {
        seconds: 5.0,
        ..Limits::default()
    };
    let (mut compared, mut as_good, mut wrong) = (0, 0, Vec::new());
    for seed in generate::seeds(25) {
        let scenario = generate::scenario(seed, &Size::small());
        let (_, points) = frontier(&scenario, 4);
        for fault in faults(&scenario, &points) {
            wrong.push(format!("seed {seed}: {fault}"));
        }
        for (amount, outcome) in &points {
            let limited = scenario.with_total(Some(*amount));
            let optimum = day_model::solve(&limited, limits);
            let Some(optimum) = optimum.filter(|optimum| optimum.proven) else {
                continue;
            };
            compared += 1;
            as_good += usize::from(outcome.shortfall == optimum.shortfall);
            if outcome.shortfall == optimum.shortfall && outcome.bounds.cost > optimum.cost {
                wrong.push(format!(
                    "seed {seed}, {amount}: cost bound above the optimum"
                ));
            }
            if outcome.shortfall < optimum.shortfall {
                wrong.push(format!("seed {seed}, {amount}: better than the best"));
            }
            // A bound speaks of the plans that are as good in all earlier tiers; the optimum is one of them.
            for (tier, best) in &optimum.shortfall {
                if outcome.bounds.shortfall[tier] > *best {
                    wrong.push(format!(
                        "seed {seed}, {amount}: tier {tier}: bound {} above the optimum {best}",
                        outcome.bounds.shortfall[tier]
                    ));
                }
                if outcome.shortfall[tier] < *best {
                    break;
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{as_good} of {compared} points as good as can be");
    assert!(compared >= 2 * generate::seeds(25).count(), "{compared}");
    assert!(as_good * 20 >= compared * 19, "{as_good} of {compared}");
}

#[test]
fn linear_bounds_alone_are_bounds_too() {
    // Too large for the exact model: nothing but the linear programmes proves.
    let size = Size {
        sites: 12..=16,
        days: 40..=60,
        ..Size::small()
    };
    let mut proven = 0;
    for seed in generate::seeds(4) {
        let scenario = generate::scenario(seed, &size);
        let (full, points) = frontier(&scenario, 6);
        let wrong = faults(&scenario, &points);
        assert!(wrong.is_empty(), "seed {seed}: {}", wrong.join("\n"));
        let richest = &points.last().expect("six points").1;
        assert!(richest.shortfall <= full.shortfall, "seed {seed}");
        for (amount, outcome) in &points {
            let poorer = scenario.with_total(Some(*amount));
            let season = Season::new(&poorer);
            // Planned from nothing, nobody finds what was proven to be impossible.
            let alone = engine::plan(&season, &QUICK, &Unwatched);
            for (tier, short) in &alone.shortfall {
                let bound = outcome.bounds.shortfall[tier];
                assert!(bound <= *short, "seed {seed}, {amount}: tier {tier}");
                proven += u32::from(bound.micro() > 0);
                if short != &outcome.shortfall[tier] {
                    break;
                }
            }
        }
    }
    assert!(proven > 0, "no bound says anything");
}

#[test]
fn the_same_input_gives_the_same_points() {
    let scenario = generate::scenario(3, &Size::small());
    assert_eq!(frontier(&scenario, 5), frontier(&scenario, 5));
}

#[test]
fn the_community_is_complete_for_what_its_plan_costs_and_for_no_less() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/community");
    let scenario = validate::load(&folder).0.expect("no errors");
    let (full, points) = frontier(&scenario, 8);
    assert!(full.shortfall.values().all(|short| short.micro() == 0));
    let (last, before) = points.split_last().expect("eight points");
    assert_eq!(last.1.shortfall, full.shortfall);
    for (amount, outcome) in before {
        assert!(outcome.shortfall > full.shortfall, "{amount}");
        assert_eq!(outcome.shortfall, outcome.bounds.shortfall, "{amount}");
    }
}
