//! Rules 6 and 7: crew-days, packs, budget lines, and what is excused.

use super::tiny::*;
use super::{check_broken, check_valid, judged};
use xiaosha::domain::{BudgetScope as Scope, ProductIx, Scenario, TeamIx};

/// Three sites; two treatments by visit with 2 kg of wax or oil and a piece rate of 10; teams A and B of the firm and C of
/// its own, two crews each, 100 a day.
fn base() -> Scenario {
    let mut scenario = scenario("05-04", "05-31");
    for id in ["s1", "s2", "s3"] {
        scenario.sites.push(site(id, &[]));
    }
    for (ix, id) in ["wax", "oil"].into_iter().enumerate() {
        let mut product = product(id, "5");
        product.pack_cost = money("30");
        scenario.products.push(product);
        let mut treatment = treatment(id, "ulv", "visit");
        treatment.product = Some(ProductIx(ix));
        treatment.dose = exact("2");
        treatment.piece_rate = exact("10");
        scenario.treatments.push(treatment);
    }
    for (id, contractor) in [("A", "firm"), ("B", "firm"), ("C", "C")] {
        let mut team = team(id, &["ulv"], "8");
        team.contractor = contractor.into();
        team.crews = 2;
        team.cost_per_day = money("100");
        scenario.teams.push(team);
    }
    scenario
}

#[test]
fn crew_days_stay_within_max_days() {
    let mut scenario = base();
    scenario.teams[0].max_days = Some(3);
    let three = "05-04 A 1 s1 wax\n05-04 A 2 s2 wax\n05-05 A 1 s1 wax\n05-05 A 1 s2 wax";
    check_valid(&scenario, three);
    check_valid(&scenario, &format!("{three}\n05-06 B 1 s1 wax"));
    // The visit in excess is the first on the fourth crew-day.
    check_broken(
        &scenario,
        &format!("05-06 A 1 s1 wax\n{three}"),
        &["V601:2"],
    );
    let judgement = judged(&scenario, &format!("{three}\n05-06 A 1 s1 wax"));
    assert_eq!(
        judgement.violations[0].message.en,
        "team A is deployed on 4 crew-days of 3"
    );
}

#[test]
fn max_days_that_done_visits_exceed_allows_no_more() {
    let mut scenario = base();
    scenario.teams[0].max_days = Some(1);
    scenario
        .done
        .extend([done("05-04", 0, 0, 0), done("05-05", 0, 0, 0)]);
    check_valid(&scenario, "05-06 B 1 s1 wax");
    check_broken(&scenario, "05-06 A 1 s1 wax", &["V601:2"]);
    // Not deployed, so nothing is added: a further visit on a done crew-day.
    check_valid(&scenario, "05-05 A 1 s2 wax");
}

#[test]
fn packs_stay_within_max_packs() {
    let mut scenario = base();
    scenario.products[0].max_packs = Some(1);
    scenario.products[0].stock = quantity("1");
    // 6 kg are the store and one pack.
    let three = "05-04 A 1 s1 wax\n05-04 A 1 s2 wax\n05-04 A 1 s3 wax";
    check_valid(&scenario, three);
    check_valid(&scenario, &format!("{three}\n05-05 A 1 s1 oil"));
    check_broken(
        &scenario,
        &format!("{three}\n05-05 A 1 s1 wax\n05-06 A 1 s1 wax"),
        &["V602:5"],
    );
    scenario.products[0].stock = quantity("0.999999");
    check_valid(&scenario, three);
    scenario.products[0].stock = quantity("0.999998");
    check_broken(&scenario, three, &["V602:4"]);
}

#[test]
fn packs_that_done_visits_need_already_may_be_used_up() {
    let mut scenario = base();
    scenario.products[0].max_packs = Some(0);
    scenario.done.push(done("05-04", 0, 0, 0));
    // The pack of 5 kg that is bought already serves two visits of 2 kg.
    check_valid(&scenario, "05-06 A 1 s1 wax");
    check_broken(&scenario, "05-06 A 1 s1 wax\n05-07 A 1 s1 wax", &["V602:3"]);
}

/// Whether a budget of just this amount holds, and one a cent lower does not.
#[track_caller]
fn check_spent(scenario: &Scenario, scopes: &[Scope], plan: &str, amount: &str) {
    let mut scenario = scenario.clone();
    scenario.budget = vec![line("cap", scopes, amount)];
    check_valid(&scenario, plan);
    scenario.budget[0].amount -= money("0.01");
    let judgement = judged(&scenario, plan);
    let codes: Vec<&str> = judgement
        .violations
        .iter()
        .map(|v| v.clause.code())
        .collect();
    assert_eq!(codes, ["V701"], "less than {amount}");
}

#[test]
fn a_budget_line_limits_its_scopes_each_yuan_once() {
    let mut scenario = base();
    scenario.teams[0].mobilisation = money("1000");
    scenario.teams[2].min_days = 2;
    // A: 1000 + 100 + 10; B: 100 + 20; C: 2 × 100 + 10; wax: 3 visits, 6 kg, two packs; oil: one pack.
    let plan = "05-04 A 1 s1 wax\n05-04 B 1 s2 wax\n05-04 B 1 s2 oil\n05-05 C 1 s3 wax";
    let check = |scopes: &[Scope], amount| check_spent(&scenario, scopes, plan, amount);
    let firm = || Scope::Contractor("firm".to_owned());
    check(&[Scope::Total], "1530");
    check(&[Scope::Labour], "1440");
    check(&[Scope::Products], "90");
    check(&[firm()], "1230");
    check(&[Scope::Team(TeamIx(2))], "210");
    check(&[Scope::Product(ProductIx(0))], "60");
    check(
        &[Scope::Product(ProductIx(1)), Scope::Team(TeamIx(1))],
        "150",
    );
    // Unions: A belongs to the firm, and everything to the total.
    check(&[firm(), Scope::Team(TeamIx(0))], "1230");
    check(
        &[firm(), Scope::Contractor("C".to_owned()), Scope::Labour],
        "1440",
    );
    check(&[Scope::Product(ProductIx(0)), Scope::Total], "1530");
    check(
        &[
            Scope::Products,
            Scope::Product(ProductIx(0)),
            Scope::Team(TeamIx(2)),
        ],
        "300",
    );
    assert_eq!(judged(&scenario, plan).total(), money("1530"));
}

#[test]
fn a_line_without_scopes_limits_nothing() {
    let mut scenario = base();
    scenario.budget.push(line("gone", &[], "0"));
    check_valid(&scenario, "05-04 A 1 s1 wax");
}

#[test]
fn budget_lines_tolerate_half_a_cent() {
    let mut scenario = base();
    scenario
        .budget
        .push(line("cap", &[Scope::Labour], "109.995"));
    check_valid(&scenario, "05-04 A 1 s1 wax");
    scenario.budget[0].amount = money("109.994999");
    check_broken(&scenario, "05-04 A 1 s1 wax", &["V701:2"]);
}

#[test]
fn the_visit_that_passes_the_budget_is_named() {
    let mut scenario = base();
    scenario
        .budget
        .push(line("labour", &[Scope::Labour], "250"));
    check_broken(
        &scenario,
        "05-06 A 1 s1 wax\n05-04 A 1 s1 wax\n05-05 A 1 s1 wax",
        &["V701:2"],
    );
    let judgement = judged(
        &scenario,
        "05-04 A 1 s1 wax\n05-05 A 1 s1 wax\n05-06 A 1 s1 wax",
    );
    assert_eq!(
        judgement.violations[0].message.en,
        "budget line labour (labour): 330.00 of 250.00"
    );
}

#[test]
fn a_dated_line_counts_days_and_pieces_of_its_days_only() {
    let mut scenario = base();
    scenario.teams[0].mobilisation = money("1000");
    scenario.teams[0].min_days = 9;
    let plan =
        "05-04 A 1 s1 wax\n05-05 A 1 s1 wax\n05-05 A 2 s2 oil\n05-06 A 1 s1 wax\n05-05 C 1 s3 wax";
    let dated = |from: Option<&str>, to: Option<&str>, scopes: &[Scope], amount: &str| {
        let mut scenario = scenario.clone();
        scenario.budget.push(line("cap", scopes, amount));
        scenario.budget[0].from = from.map(day);
        scenario.budget[0].to = to.map(day);
        check_valid(&scenario, plan);
        scenario.budget[0].amount -= money("0.01");
        assert!(!judged(&scenario, plan).is_valid(), "less than {amount}");
    };
    let a = [Scope::Team(TeamIx(0))];
    dated(Some("05-05"), Some("05-05"), &a, "220");
    dated(Some("05-05"), None, &a, "330");
    dated(None, Some("05-05"), &a, "330");
    dated(Some("05-01"), Some("06-30"), &a, "440");
    dated(Some("05-05"), Some("05-05"), &[Scope::Labour], "330");
    dated(
        Some("05-05"),
        Some("05-05"),
        &[Scope::Contractor("C".to_owned())],
        "110",
    );
    // What a committed team is owed belongs to no day.
    let mut committed = scenario.clone();
    committed.teams[0].committed = true;
    committed.budget.push(line("week", &a, "110"));
    committed.budget[0].from = Some(day("05-06"));
    check_valid(&committed, plan);
    committed.budget[0].amount = money("109.99");
    check_broken(&committed, plan, &["V701:5"]);
}

#[test]
fn what_done_visits_and_committed_teams_spend_beyond_a_line_is_excused() {
    let mut scenario = base();
    scenario.teams[0].committed = true;
    scenario.teams[0].mobilisation = money("1000");
    scenario.teams[0].min_days = 3;
    scenario.treatments[1].piece_rate = exact("0");
    scenario.done.push(done("05-04", 0, 0, 0));
    scenario.plan_from = day("05-05");
    scenario
        .budget
        .push(line("labour", &[Scope::Labour], "500"));
    // 1000 + 3 × 100 + 10 are owed. Two more days of the committed team without piece money add nothing.
    check_valid(&scenario, "05-05 A 1 s1 oil\n05-06 A 1 s1 oil");
    check_broken(
        &scenario,
        "05-05 A 1 s1 oil\n05-06 A 1 s1 oil\n05-07 A 1 s1 oil",
        &["V701:4"],
    );
    check_broken(&scenario, "05-05 A 1 s1 oil\n05-06 A 1 s1 wax", &["V701:3"]);
    // Where they leave something it may be spent, and no more.
    scenario.budget[0].amount = money("1410");
    check_valid(
        &scenario,
        "05-05 A 1 s1 oil\n05-06 A 1 s1 oil\n05-07 A 1 s1 oil",
    );
    check_broken(
        &scenario,
        "05-05 A 1 s1 oil\n05-06 A 1 s1 oil\n05-07 A 1 s1 oil\n05-08 A 1 s1 oil",
        &["V701:5"],
    );
}

#[test]
fn figures_beyond_all_measure_break_limits_and_nothing_else() {
    let mut scenario = base();
    scenario.sites[0]
        .measures
        .insert("m2".to_owned(), exact("9e11"));
    let mut spray = scenario.treatments[0].clone();
    spray.id = "spray".into();
    spray.measure = xiaosha::domain::Measure::Column("m2".to_owned());
    spray.dose = exact("9e11");
    spray.piece_rate = exact("9e11");
    spray.rate_per_hour = Some(exact("0.000001"));
    scenario.treatments.push(spray);
    scenario.products[0].pack_size = quantity("0.000001");
    scenario.products[0].pack_cost = money("9e11");
    scenario.products[0].max_packs = Some(1_000_000);
    scenario.budget.push(line("all", &[Scope::Total], "9e11"));
    let plan: Vec<String> = (10..32)
        .map(|day| format!("05-{day} A 1 s1 spray"))
        .collect();
    let judgement = judged(&scenario, &plan.join("\n"));
    let codes: std::collections::BTreeSet<&str> = judgement
        .violations
        .iter()
        .map(|v| v.clause.code())
        .collect();
    assert_eq!(
        codes.into_iter().collect::<Vec<_>>(),
        ["V401", "V602", "V701"]
    );
    assert_eq!(judgement.total().micro(), i64::MAX);
}
