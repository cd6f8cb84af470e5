//! A district's year must be judged while one waits: the time grows with the visits, not with their square.

use super::busy::{StopWatch, Whose};
use super::tiny::*;
use chrono::Days;
use xiaosha::domain::{
    Every, Measure, Plan, ProductIx, Scenario, SiteIx, TeamIx, TreatmentIx, Visit,
};
use xiaosha::verify::{PlanRow, judge, judge_plan};

const SITES: usize = 1_500;
const TREATMENTS: usize = 8;
const TEAMS: usize = 4;
const CREWS: usize = 5;

/// 1,500 sites, eight treatments, four teams of five crews, 16 rules, a year.
fn year() -> Scenario {
    let mut scenario = scenario("2026-01-01", "2026-12-31");
    for number in 0..SITES {
        let area = format!("{}.{}", 100 + number * 7, number % 10);
        let mut site = site(
            &format!("s{number}"),
            &[("area_m2", &area), ("households", "120")],
        );
        site.weight = exact(&format!("1.{}", number % 4));
        site.access_min = exact("10");
        scenario.sites.push(site);
    }
    for number in 0..TREATMENTS {
        let measure = if number % 2 == 0 {
            "area_m2"
        } else {
            "households"
        };
        let mut treatment = treatment(&format!("t{number}"), "ulv", measure);
        treatment.measure = Measure::Column(measure.to_owned());
        treatment.product = Some(ProductIx(number % 3));
        treatment.dose = exact("0.075");
        treatment.dose_per = exact("10000");
        treatment.dose_step = Some(exact("0.01"));
        treatment.rate_per_hour = Some(exact("7300"));
        treatment.piece_rate = exact("0.0013");
        scenario.treatments.push(treatment);
    }
    for number in 0..3 {
        scenario
            .products
            .push(product(&format!("p{number}"), "2.5"));
    }
    for number in 0..TEAMS {
        let mut team = team(&format!("team{number}"), &["ulv"], "1000");
        team.crews = CREWS as u32;
        team.speed = exact("1.1");
        team.cost_per_day = money("900");
        team.max_days = Some(100_000);
        scenario.teams.push(team);
    }
    for number in 0..16 {
        let mut rule = rule(&scenario, &format!("r{number}"), &[number % TREATMENTS], 2);
        rule.every = Every::Month;
        rule.max_gap = (number % 2 == 0).then_some(30);
        rule.min_gap = u32::from(number % 3 != 0);
        rule.tier = 1 + number as u32 % 3;
        scenario.rules.push(rule);
    }
    scenario
}

/// So many visits, no two alike.
fn visits(scenario: &Scenario, count: usize) -> Vec<Visit> {
    (0..count)
        .map(|number| Visit {
            date: scenario.start + Days::new((number * 7 % 365) as u64),
            team: TeamIx(number % TEAMS),
            crew: 1 + (number % CREWS) as u32,
            site: SiteIx(number % SITES),
            part: 1,
            treatment: TreatmentIx(number / SITES % TREATMENTS),
        })
        .collect()
}

#[test]
fn sixty_thousand_visits_are_judged_within_seconds() {
    let scenario = year();
    let visits = visits(&scenario, 60_000);
    let rows: Vec<PlanRow> = (2..)
        .zip(&visits)
        .map(|(line, visit)| PlanRow {
            line,
            date: Ok(visit.date),
            team: scenario[visit.team].id.clone(),
            crew: Ok(visit.crew),
            site: scenario[visit.site].id.clone(),
            treatment: scenario[visit.treatment].id.clone(),
        })
        .collect();
    for count in [0, 15_000, 60_000] {
        let watch = StopWatch::start(Whose::Thread);
        let judgement = judge(&scenario, &rows[..count]);
        let by_rows = watch.seconds();
        let plan = Plan {
            visits: visits[..count].to_vec(),
        };
        let watch = StopWatch::start(Whose::Thread);
        let of_plan = judge_plan(&scenario, &plan);
        let by_plan = watch.seconds();
        println!(
            "{count} visits: {by_rows:.2} s as rows, {by_plan:.2} s as a plan, {} violations",
            judgement.violations.len()
        );
        assert_eq!(judgement.visits, count);
        assert_eq!(judgement.shortfall, of_plan.shortfall);
        assert_eq!(judgement.total(), of_plan.total());
        // Far above what a release build takes on a slow machine.
        assert!(by_rows.max(by_plan) < 10.0);
    }
}

#[test]
fn a_plan_that_repeats_one_visit_is_judged_within_seconds() {
    let scenario = year();
    let visit = visits(&scenario, 1)[0];
    let plan = Plan {
        visits: vec![visit; 20_000],
    };
    let watch = StopWatch::start(Whose::Thread);
    let judgement = judge_plan(&scenario, &plan);
    assert!(judgement.violations.len() > 19_999);
    assert!(watch.seconds() < 10.0);
}
