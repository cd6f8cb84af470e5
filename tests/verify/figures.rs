//! Quantities, hours, money and stops, worked out by hand.

use super::tiny::*;
use super::{check_broken, check_valid, judged};
use xiaosha::domain::{BudgetScope, ProductIx, Scenario, TeamIx, TreatmentIx};

/// One site `s` of 7 m², one treatment `t` by m², one team `A`, one product `wax`.
fn one(area: &str) -> Scenario {
    let mut scenario = scenario("05-04", "05-10");
    scenario.sites.push(site("s", &[("m2", area)]));
    let mut spray = treatment("t", "ulv", "m2");
    spray.product = Some(ProductIx(0));
    scenario.treatments.push(spray);
    let mut wax = product("wax", "1");
    wax.pack_cost = money("1");
    scenario.products.push(wax);
    scenario.teams.push(team("A", &["ulv"], "8"));
    scenario
}

/// The most hours that a crew-day may lack is the tolerance, so `limit` holds and a millionth less does not.
#[track_caller]
fn check_hours(mut scenario: Scenario, plan: &str, expected: &str) {
    let tolerance = 100;
    let total = hours(expected).micro();
    for team in &mut scenario.teams {
        team.hours_per_day = xiaosha::domain::Hours::from_micro(total - tolerance);
    }
    check_valid(&scenario, plan);
    for team in &mut scenario.teams {
        team.hours_per_day = xiaosha::domain::Hours::from_micro(total - tolerance - 1);
    }
    let judgement = judged(&scenario, plan);
    assert!(!judgement.is_valid(), "fewer than {expected} h");
}

#[test]
fn work_hours_are_set_up_and_amount_over_rate_times_speed() {
    let mut scenario = one("7");
    scenario.treatments[0].setup_min = exact("6");
    // 6 min, and no more without a rate.
    check_hours(scenario.clone(), "05-04 A 1 s t", "0.1");
    scenario.treatments[0].rate_per_hour = Some(exact("2"));
    // 0.1 + 7 / 2
    check_hours(scenario.clone(), "05-04 A 1 s t", "3.6");
    scenario.teams[0].speed = exact("1.25");
    // 0.1 + 7 / 2.5
    check_hours(scenario.clone(), "05-04 A 1 s t", "2.9");
    scenario.teams[0].speed = exact("0.9");
    // 0.1 + 7 / 1.8 = 3.98888…
    check_hours(scenario, "05-04 A 1 s t", "3.988889");
}

#[test]
fn hours_are_rounded_half_up_once_work_and_access_together() {
    let mut scenario = one("1");
    scenario.treatments[0].rate_per_hour = Some(exact("800000"));
    // 0.00000125 h of work and 0.0000004 h of access are 0.00000165: up to 0.000002. Apart they would be 0.000001.
    scenario.sites[0].access_min = exact("0.000024");
    let mut second = treatment("u", "ulv", "visit");
    second.setup_min = exact("60");
    scenario.treatments.push(second);
    check_hours(scenario.clone(), "05-04 A 1 s t\n05-04 A 1 s u", "1.000002");
    // 0.0000005 exactly is a half and goes up.
    scenario.sites[0].access_min = exact("0");
    scenario.treatments[0].rate_per_hour = Some(exact("2000000"));
    check_hours(scenario, "05-04 A 1 s t\n05-04 A 1 s u", "1.000001");
}

#[test]
fn access_is_carried_once_for_each_stop() {
    let mut scenario = one("1");
    scenario.sites[0].access_min = exact("30");
    scenario.sites.push(site("r", &[("m2", "1")]));
    scenario.sites[1].access_min = exact("15");
    scenario.treatments[0].rate_per_hour = Some(exact("1"));
    scenario.treatments.push(treatment("u", "ulv", "visit"));
    scenario.teams.push(team("B", &["ulv"], "8"));
    scenario.teams[0].crews = 2;
    check_hours(scenario.clone(), "05-04 A 1 s t", "1.5");
    // A second treatment at the same stop brings no access; another site does.
    check_hours(scenario.clone(), "05-04 A 1 s t\n05-04 A 1 s u", "1.5");
    check_hours(
        scenario.clone(),
        "05-04 A 1 s t\n05-04 A 1 s u\n05-04 A 1 r u",
        "1.75",
    );
    // Another crew, another team or another day is another stop.
    check_hours(scenario.clone(), "05-04 A 1 s t\n05-04 A 2 s u", "1.5");
    check_hours(scenario.clone(), "05-04 A 1 s t\n05-05 A 1 s t", "1.5");
    check_hours(scenario, "05-04 B 1 s u\n05-04 A 1 s t", "1.5");
}

#[test]
fn the_parts_of_a_site_share_a_stop_and_the_measure() {
    let mut scenario = one("10");
    scenario.sites[0].parts = 3;
    scenario.sites[0].access_min = exact("30");
    scenario.treatments[0].rate_per_hour = Some(exact("1"));
    scenario.treatments[0].dose = exact("1");
    // 10 m² in 3 parts: 3.333333 h and kg each; the first carries 0.5 h.
    check_hours(scenario.clone(), "05-04 A 1 s/2 t", "3.833333");
    check_hours(
        scenario.clone(),
        "05-04 A 1 s/2 t\n05-04 A 1 s/3 t",
        "7.166666",
    );
    check_hours(scenario.clone(), "05-04 A 1 s t", "10.499999");
    scenario.teams[0].hours_per_day = hours("20");
    scenario.products[0].pack_size = quantity("3.333333");
    assert_eq!(judged(&scenario, "05-04 A 1 s t").products, money("3"));
    // `visit` is 1 for each part.
    scenario.treatments[0].measure = xiaosha::domain::Measure::Visit;
    check_hours(scenario, "05-04 A 1 s t", "3.5");
}

#[test]
fn access_is_rounded_with_the_first_visit_in_the_order_of_the_written_plan() {
    // 0.0000004 h of access with 0.0000003 h of work is 0.000001; with none it is 0. The first by id carries it.
    let mut scenario = one("1");
    scenario.sites[0].access_min = exact("0.000024");
    let mut first = treatment("a", "ulv", "visit");
    first.setup_min = exact("0.000018");
    let mut last = treatment("b", "ulv", "visit");
    last.setup_min = exact("60");
    scenario.treatments = vec![last.clone(), first.clone()];
    // Whatever the order of the rows: (0.0000003 + 0.0000004 → 0.000001) + 1.
    check_hours(scenario.clone(), "05-04 A 1 s b\n05-04 A 1 s a", "1.000001");
    check_hours(scenario.clone(), "05-04 A 1 s a\n05-04 A 1 s b", "1.000001");
    // Carried by the long visit, both round down.
    first.id = "c".to_owned();
    scenario.treatments = vec![last, first];
    check_hours(scenario, "05-04 A 1 s c\n05-04 A 1 s b", "1");
}

#[test]
fn quantities_are_rounded_up_to_the_dose_step_and_then_to_a_millionth() {
    let packs = |area: &str, dose: &str, per: &str, step: Option<&str>| {
        let mut scenario = one(area);
        scenario.products[0].pack_size = quantity("0.000001");
        scenario.treatments[0].dose = exact(dose);
        scenario.treatments[0].dose_per = exact(per);
        scenario.treatments[0].dose_step = step.map(exact);
        // Packs of a millionth cost 1 each; the pack tolerance of a millionth takes one off.
        judged(&scenario, "05-04 A 1 s t").products
    };
    // 0.075 per 10,000 m² on 20,000 m²: 0.15.
    assert_eq!(packs("20000", "0.075", "10000", None), money("149999"));
    // 0.15 in steps of 0.1: 0.2.
    assert_eq!(
        packs("20000", "0.075", "10000", Some("0.1")),
        money("199999")
    );
    // 0.3 is a multiple of 0.1, although not in binary.
    assert_eq!(packs("3", "0.1", "1", Some("0.1")), money("299999"));
    // 1/3 is 0.333333; 2/3 is 0.666667.
    assert_eq!(packs("1", "1", "3", None), money("333332"));
    assert_eq!(packs("2", "1", "3", None), money("666666"));
    // 0.0000025 is a half and goes up to 0.000003.
    assert_eq!(packs("1", "0.0000025", "1", None), money("2"));
}

#[test]
fn piece_money_is_rounded_half_up_to_the_cent_for_each_visit() {
    let mut scenario = one("7");
    let paid = |scenario: &Scenario| judged(scenario, "05-04 A 1 s t\n05-05 A 1 s t").labour;
    scenario.treatments[0].piece_rate = exact("0.0015");
    // 0.0105 is 0.01, twice.
    assert_eq!(paid(&scenario), money("0.02"));
    scenario.treatments[0].piece_rate = exact("0.015");
    // 0.105 is a half and goes up to 0.11, twice; in binary it would be a little less.
    assert_eq!(paid(&scenario), money("0.22"));
}

#[test]
fn a_contractors_rate_replaces_the_treatments_rate() {
    let mut scenario = one("7");
    scenario.teams.push(team("B", &["ulv"], "8"));
    scenario.teams[1].contractor = "firm".to_owned();
    scenario.treatments[0].piece_rate = exact("1");
    let key = ("firm".to_owned(), TreatmentIx(0));
    scenario.rates.insert(key, exact("0.5"));
    assert_eq!(judged(&scenario, "05-04 A 1 s t").labour, money("7"));
    assert_eq!(judged(&scenario, "05-04 B 1 s t").labour, money("3.5"));
}

#[test]
fn done_visits_use_what_they_say_and_the_tables_where_they_say_nothing() {
    let mut scenario = one("9");
    scenario.sites[0].parts = 3;
    scenario.treatments[0].dose = exact("1");
    scenario.treatments[0].piece_rate = exact("2");
    scenario.teams[0].cost_per_day = money("100");
    scenario.products.push(product("oil", "1"));
    scenario.products[1].pack_cost = money("1000");
    scenario.plan_from = day("05-06");
    scenario.done.push(done("05-04", 0, 0, 0));
    // Three parts of 3 m²: 9 kg, piece money 18, one crew-day.
    let judgement = judged(&scenario, "");
    assert_eq!(
        (judgement.labour, judgement.products),
        (money("118"), money("9"))
    );
    assert_eq!(
        (judgement.visits, judgement.done, judgement.crew_days),
        (0, 3, 1)
    );
    // Ten kilograms given are split evenly: 3 × 3.333333 kg, 9.999999 in all, and a pack tolerance of a millionth.
    scenario.done[0].quantity = Some(exact("10"));
    assert_eq!(judged(&scenario, "").products, money("10"));
    scenario.products[0].pack_size = quantity("9.999998");
    assert_eq!(judged(&scenario, "").products, money("1"));
    // Another product than the treatment's.
    scenario.done[0].product = Some(ProductIx(1));
    assert_eq!(judged(&scenario, "").products, money("10000"));
    // One part only, by a crew that the team does not have.
    scenario.done[0].part = Some(2);
    scenario.done[0].crew = 7;
    scenario.done[0].quantity = None;
    let judgement = judged(&scenario, "");
    assert_eq!(
        (judgement.labour, judgement.products),
        (money("106"), money("3000"))
    );
    assert_eq!((judgement.done, judgement.crew_days), (1, 1));
}

#[test]
fn given_hours_of_a_done_visit_include_the_access_and_fill_the_day() {
    let mut scenario = one("9");
    scenario.sites[0].parts = 3;
    scenario.sites[0].access_min = exact("60");
    scenario.treatments[0].rate_per_hour = Some(exact("3"));
    scenario.sites.push(site("r", &[("m2", "3")]));
    scenario.done.push(done("05-04", 0, 0, 0));
    // From the tables 3 × 1 h and 1 h of access, so 4 h are left on the (wrong) same day; given 7.5 h leave half an hour.
    check_hours(scenario.clone(), "05-04 A 1 r t", "5");
    scenario.done[0].hours = Some(exact("7.5"));
    check_hours(scenario.clone(), "05-04 A 1 r t", "8.5");
    // What done visits alone exceed is excused as long as nothing is added.
    scenario.done[0].hours = Some(exact("9"));
    scenario.teams[0].hours_per_day = hours("8");
    scenario.treatments.push(treatment("free", "ulv", "visit"));
    check_valid(&scenario, "05-04 A 1 r free");
    check_broken(&scenario, "05-04 A 1 r free\n05-04 A 1 r t", &["V401:3"]);
}

#[test]
fn labour_is_mobilisation_days_and_pieces_of_the_teams_used_or_committed() {
    let mut scenario = one("7");
    scenario.teams.push(team("B", &["ulv"], "8"));
    for team in &mut scenario.teams {
        team.crews = 2;
        team.cost_per_day = money("100");
        team.mobilisation = money("1000");
        team.min_days = 3;
    }
    scenario.treatments[0].piece_rate = exact("1");
    scenario.treatments.push(treatment("u", "ulv", "visit"));
    let cost = |scenario: &Scenario, plan: &str| judged(scenario, plan).labour;
    assert_eq!(cost(&scenario, ""), money("0"));
    // Two crew-days are billed as three.
    assert_eq!(
        cost(&scenario, "05-04 A 1 s t\n05-05 A 1 s t"),
        money("1314")
    );
    // Two visits of a crew on a day are one crew-day, two crews are two.
    let four = "05-04 A 1 s t\n05-04 A 1 s u\n05-05 A 1 s t\n05-05 A 2 s u\n05-06 A 1 s u";
    assert_eq!(judged(&scenario, four).crew_days, 4);
    assert_eq!(cost(&scenario, four), money("1414"));
    // A committed team is owed its mobilisation and min_days in any case, once.
    scenario.teams[1].committed = true;
    assert_eq!(cost(&scenario, ""), money("1300"));
    assert_eq!(cost(&scenario, "05-04 B 1 s u"), money("1300"));
    assert_eq!(cost(&scenario, "05-04 A 1 s t"), money("2607"));
}

#[test]
fn packs_are_bought_for_what_the_store_lacks() {
    let mut scenario = one("1");
    scenario.treatments[0].dose = exact("13.5");
    scenario.products[0].pack_size = quantity("10");
    scenario.products[0].pack_cost = money("200");
    let cost = |scenario: &Scenario| judged(scenario, "05-04 A 1 s t").products;
    assert_eq!(cost(&scenario), money("400"));
    scenario.products[0].stock = quantity("3.5");
    assert_eq!(cost(&scenario), money("200"));
    scenario.products[0].stock = quantity("3.499999");
    // A millionth is tolerated, two are not.
    assert_eq!(cost(&scenario), money("200"));
    scenario.products[0].stock = quantity("3.499998");
    assert_eq!(cost(&scenario), money("400"));
    scenario.products[0].stock = quantity("13.499999");
    assert_eq!(cost(&scenario), money("0"));
    scenario.products[0].stock = quantity("20");
    assert_eq!(cost(&scenario), money("0"));
}

#[test]
fn the_total_is_labour_and_products() {
    let mut scenario = one("1");
    scenario.treatments[0].dose = exact("1");
    scenario.teams[0].cost_per_day = money("0.5");
    scenario
        .budget
        .push(line("all", &[BudgetScope::Total], "1.495"));
    let judgement = judged(&scenario, "05-04 A 1 s t");
    assert_eq!(judgement.total(), money("1.5"));
    assert!(judgement.is_valid());
    assert_eq!(scenario[TeamIx(0)].id, "A");
}
