//! Missed rounds that nothing but chance decides on: shared out over sites and months, never at the cost of a round or a yuan.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/tiny.rs"]
mod tiny;

use tiny::{exact, line, money, rule, site, team, treatment};
use xiaosha::domain::{BudgetScope, Every, ProductIx, Scenario};
use xiaosha::engine::{self, Effort, Options, Outcome, Unwatched};
use xiaosha::measures::{Measures, PeopleFigures, Proven, Rounds};
use xiaosha::season::Season;
use xiaosha::verify::judge_plan;

/// So many sites, each with a visit of two hours a month for four months, and one team of two visits a day; a visit costs
/// 50 yuan.
fn town(sites: usize) -> Scenario {
    let mut scenario = tiny::scenario("05-01", "08-31");
    for at in 0..sites {
        let row = site(&format!("s{at:02}"), &[("area_m2", "2000")]);
        scenario.sites.push(row);
    }
    let mut spray = treatment("spray", "residual", "area_m2");
    spray.rate_per_hour = Some(exact("1000"));
    spray.piece_rate = exact("0.025");
    scenario.treatments.push(spray);
    scenario.teams.push(team("A", &["residual"], "4"));
    let mut asked = rule(&scenario, "all", &[0], 1);
    asked.every = Every::Month;
    asked.min_gap = 7;
    scenario.rules.push(asked);
    scenario
}

/// The plan of a season that lacks so many rounds for so much money at best, and is proven to.
fn optimum(season: &Season, options: Options, short: u32, cost: &str) -> Outcome {
    let outcome = engine::plan(season, &options, &Unwatched);
    let judgement = judge_plan(season.scenario, &outcome.plan);
    assert!(judgement.is_valid(), "{:?}", judgement.violations);
    assert_eq!(outcome.shortfall[&1].to_string(), short.to_string());
    assert_eq!(outcome.shortfall, outcome.bounds.shortfall);
    assert_eq!(outcome.cost, money(cost));
    assert_eq!(outcome.cost, judgement.total());
    outcome
}

/// Rounds missed at each site and in each period of the first rule.
fn missed(season: &Season, outcome: &Outcome) -> (Vec<u32>, Vec<u32>) {
    let rounds = Rounds::new(season, &outcome.plan);
    let mut periods = vec![0; season.limits.periods[0].len()];
    let mut sites = Vec::new();
    for (at, demand) in season.demands.iter().enumerate() {
        let days = rounds.of(at);
        sites.push(demand.missed(season, days));
        for (sum, period) in periods.iter_mut().zip(demand.periods(season)) {
            *sum += period.asked.saturating_sub(period.count(days));
        }
    }
    (sites, periods)
}

fn is_even(missed: &[u32]) -> bool {
    missed.iter().max().unwrap() - missed.iter().min().unwrap() <= 1
}

fn people(season: &Season, outcome: &Outcome) -> PeopleFigures {
    Measures::new(season, &outcome.plan, &Proven::default()).people
}

/// Plans with several seeds and efforts, each as complete and cheap as is proven possible, and even.
fn check(scenario: &Scenario, short: u32, cost: &str) {
    let season = Season::new(scenario);
    for effort in [Effort::Quick, Effort::Normal] {
        for seed in 0..4 {
            let outcome = optimum(&season, Options { seed, effort }, short, cost);
            let (sites, periods) = missed(&season, &outcome);
            assert!(is_even(&sites), "{effort:?} {seed}: {sites:?}");
            assert!(is_even(&periods), "{effort:?} {seed}: {periods:?}");
            let figures = people(&season, &outcome);
            for figure in [figures.missed_even_sites, figures.missed_even_periods] {
                assert!((figure - 1.0).abs() < 1e-12, "{figures:?}");
            }
        }
    }
}

#[test]
fn half_the_money_leaves_each_site_and_month_half_its_rounds() {
    let mut scenario = town(8);
    // Sixteen visits of 32, two on each of eight days.
    scenario
        .budget
        .push(line("total", &[BudgetScope::Total], "800"));
    check(&scenario, 16, "800");
}

#[test]
fn two_thirds_of_the_crew_days_leave_each_site_and_month_two_thirds_of_its_rounds() {
    let mut scenario = town(6);
    // Two visits on each of eight days, of 24.
    scenario.teams[0].max_days = Some(8);
    check(&scenario, 8, "800");
}

#[test]
fn too_little_product_is_shared_out_by_packs() {
    let mut scenario = town(5);
    let mut bait = tiny::product("bait", "10");
    bait.max_packs = Some(3);
    scenario.products.push(bait);
    scenario.treatments[0].product = Some(ProductIx(0));
    scenario.treatments[0].dose = exact("3.5");
    scenario.treatments[0].dose_per = exact("2000");
    // Thirty units for eight visits, of 20.
    check(&scenario, 12, "400");
}

#[test]
fn a_larger_site_does_not_get_a_round_that_takes_one_from_two_others() {
    let mut scenario = town(5);
    let large = scenario.sites[4].measures.get_mut("area_m2");
    *large.unwrap() = exact("4000");
    scenario
        .budget
        .push(line("total", &[BudgetScope::Total], "600"));
    // Twelve visits of small sites; one of the large one would cost as much as two of them.
    let season = Season::new(&scenario);
    let outcome = optimum(&season, Options::default(), 8, "600");
    let (sites, _) = missed(&season, &outcome);
    assert_eq!(sites[4], 4);
    assert!(is_even(&sites[..4]), "{sites:?}");
    // Two of the eight missed rounds would have to go to small sites: 4 1 1 1 1 becomes 2 2 2 1 1.
    let figures = people(&season, &outcome);
    assert!((figures.missed_even_sites - 0.75).abs() < 1e-12);
}

#[test]
fn a_site_that_weighs_more_does_not_miss_a_round_for_evenness() {
    let mut scenario = town(4);
    scenario.sites[0].weight = exact("2");
    scenario
        .budget
        .push(line("total", &[BudgetScope::Total], "350"));
    let season = Season::new(&scenario);
    for seed in 0..4 {
        let options = Options {
            seed,
            ..Options::default()
        };
        // Seven of sixteen rounds: four of the first site, and three sites miss nine, none of them more than three.
        let outcome = optimum(&season, options, 9, "350");
        let (sites, periods) = missed(&season, &outcome);
        assert_eq!(sites, [0, 3, 3, 3]);
        assert!(is_even(&periods), "{periods:?}");
    }
}

#[test]
fn rounds_that_come_late_are_shared_out_as_well() {
    let mut scenario = town(4);
    scenario.rules[0].rounds = 0;
    scenario.rules[0].max_gap = Some(25);
    scenario
        .budget
        .push(line("total", &[BudgetScope::Total], "400"));
    // Four sites of four rounds each: 123 days hold four whole gaps.
    let season = Season::new(&scenario);
    for seed in 0..4 {
        let options = Options {
            seed,
            ..Options::default()
        };
        let outcome = optimum(&season, options, 8, "400");
        let (sites, _) = missed(&season, &outcome);
        assert_eq!(sites, [2; 4], "{seed}");
    }
}
