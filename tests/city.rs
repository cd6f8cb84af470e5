//! The large scenarios of the benches are what they claim to be, and are planned.

#[path = "support/case_k.rs"]
mod case_k;
#[path = "support/city.rs"]
mod city;

use std::collections::BTreeSet;
use xiaosha::domain::{Day, Exact, Measure, Plan, Scenario};
use xiaosha::engine::{self, Effort, Options, Unwatched};
use xiaosha::measures::{Measures, Proven};
use xiaosha::season::Season;
use xiaosha::verify::judge_plan;

fn measures(scenario: &Scenario, plan: &Plan) -> Measures {
    let season = Season::new(scenario);
    Measures::new(&season, plan, &Proven::default())
}

/// `第12区` of a zone `第12区东街道`.
fn district(zone: &str) -> &str {
    let (before, _) = zone.split_once('区').expect("a zone of a district");
    before
}

#[test]
fn case_k_has_the_sites_rounds_hours_and_days_that_it_claims() {
    for seed in 0..5 {
        let scenario = case_k::case_k(seed);
        assert_eq!(scenario.sites.len(), 230);
        let open = |site: &&xiaosha::domain::Site| site.zone.as_deref() == Some("all");
        assert_eq!(scenario.sites.iter().filter(open).count(), 230 - 69);

        let nothing = measures(&scenario, &Plan::default());
        assert_eq!(nothing.asked(), 1_560);
        assert_eq!(nothing.crew_days_available(), 3 * 158);

        let mut work = Exact::zero();
        for (rule, treatment) in scenario.rules.iter().zip(&scenario.treatments) {
            let Measure::Column(column) = &treatment.measure else {
                panic!("work of case K depends on size");
            };
            let size: Exact = (scenario.sites.iter())
                .filter_map(|site| site.measures.get(column).cloned())
                .sum();
            let rate = treatment.rate_per_hour.clone().expect("a rate");
            work = work + size * Exact::from_int(6 * i64::from(rule.rounds)) / rate;
        }
        // 2,523 hours, less than a hundredth more or less.
        assert!((work.to_f64() / 2_523.0 - 1.0).abs() < 0.01, "{work:?}");
    }
}

#[test]
fn the_seed_deals_out_sizes_and_zones_of_case_k() {
    let (one, again, other) = (case_k::case_k(1), case_k::case_k(1), case_k::case_k(2));
    assert_eq!(format!("{one:?}"), format!("{again:?}"));
    assert_ne!(format!("{one:?}"), format!("{other:?}"));
}

#[test]
fn every_district_of_a_city_has_its_sites_crews_and_zones() {
    let scenario = city::city(12, 3);
    for number in 1..=12 {
        let name = format!("第{number}");
        let here = |zone: &String| district(zone) == name;
        let sites = (scenario.sites.iter()).filter(|site| site.zone.as_ref().is_some_and(here));
        assert!((230..=330).contains(&sites.count()), "{name}");
        let teams = (scenario.teams.iter()).filter(|team| team.zones.iter().any(here));
        let crews: Vec<u32> = teams.map(|team| team.crews).collect();
        assert!((2..=4).contains(&crews.len()), "{name}: {crews:?}");
        assert!(
            (3..=6).contains(&crews.iter().sum::<u32>()),
            "{name}: {crews:?}"
        );
    }
    let districts: Vec<BTreeSet<&str>> = (scenario.teams.iter())
        .map(|team| team.zones.iter().map(|zone| district(zone)).collect())
        .collect();
    assert!(districts.iter().any(|served| served.len() == 2));
    assert!(districts.iter().any(|served| served.len() == 3));
    assert!(districts.iter().all(|served| served.len() <= 3));
    assert_eq!(scenario.budget.len(), 1);
}

#[test]
fn the_same_numbers_make_the_same_city() {
    let (one, again, other) = (city::city(2, 1), city::city(2, 1), city::city(2, 2));
    assert_eq!(format!("{one:?}"), format!("{again:?}"));
    assert_ne!(format!("{one:?}"), format!("{other:?}"));
}

#[test]
fn everything_that_a_district_asks_can_be_done_with_the_crews_and_the_money_that_it_has() {
    let scenario = city::city(1, 3);
    assert_eq!(
        scenario.end,
        Day::from_ymd_opt(2026, 10, 31).expect("a day")
    );
    let options = Options {
        effort: Effort::Quick,
        ..Options::default()
    };
    let outcome = engine::plan(&Season::new(&scenario), &options, &Unwatched);
    let judgement = judge_plan(&scenario, &outcome.plan);
    assert!(judgement.is_valid(), "{:?}", judgement.violations);
    assert!(judgement.is_complete(), "{:?}", outcome.shortfall);

    let visits = outcome.plan.visits.len();
    assert!((1_350..=1_650).contains(&visits), "{visits} visits");
    let figures = measures(&scenario, &outcome.plan);
    let crew_days = figures.crew_days.len() as f64 / figures.crew_days_available() as f64;
    assert!(
        (0.80..=0.92).contains(&crew_days),
        "{crew_days} of the crew-days"
    );
    let left = figures.budget[0].left.to_f64() / figures.budget[0].amount.to_f64();
    assert!((0.0..0.10).contains(&left), "{left} of the budget");
}

#[test]
fn districts_are_planned_apart_and_put_together_with_one_bound() {
    let scenario = city::city(4, 0);
    let options = Options {
        effort: Effort::Quick,
        ..Options::default()
    };
    let outcome = engine::plan(&Season::new(&scenario), &options, &Unwatched);
    let judgement = judge_plan(&scenario, &outcome.plan);
    assert!(judgement.is_valid(), "{:?}", judgement.violations);
    assert!(judgement.is_complete(), "{:?}", outcome.shortfall);
    assert_eq!(judgement.total(), outcome.cost);
    let (cost, bound) = (outcome.cost.to_f64(), outcome.bounds.cost.to_f64());
    assert!(
        bound <= cost && cost - bound < 0.05 * cost,
        "{cost} {bound}"
    );
}
