//! Rules 2 to 5: the team, repeats, hours and gaps; what rows name.

use super::tiny::*;
use super::{check_broken, check_valid, judged};
use xiaosha::domain::{Choice, ProductIx, Scenario, Selector, TreatmentIx};

/// May 2026 from Monday the 4th; two roads in the east, a park in the west, a team that can do everything in 8 h days.
pub(crate) fn base() -> Scenario {
    let mut scenario = scenario("05-04", "05-31");
    for id in ["s1", "s2"] {
        let mut road = site(id, &[("area_m2", "2000")]);
        road.kind = "road".into();
        road.zone = Some("east".to_owned());
        scenario.sites.push(road);
    }
    let mut park = site(
        "p",
        &[("area_m2", "9000"), ("stations", "4"), ("ponds", "0")],
    );
    park.kind = "park".into();
    park.zone = Some("west".to_owned());
    park.parts = 3;
    scenario.sites.push(park);
    let mut spray = treatment("spray", "residual", "area_m2");
    spray.rate_per_hour = Some(exact("1000"));
    let mut bait = treatment("bait", "bait", "stations");
    bait.product = Some(ProductIx(0));
    bait.dose = exact("0.5");
    let fog = treatment("fog", "ulv", "visit");
    let oil = treatment("oil", "ulv", "ponds");
    scenario.treatments.extend([spray, bait, fog, oil]);
    scenario.products.push(product("wax", "10"));
    let all = ["residual", "bait", "ulv"];
    scenario
        .teams
        .extend([team("A", &all, "8"), team("B", &all, "8")]);
    scenario
}

fn spray_rule(scenario: &Scenario, min_gap: u32) -> xiaosha::domain::Rule {
    let mut roads = rule(scenario, "roads", &[0], 1);
    roads.min_gap = min_gap;
    roads
}

#[test]
fn an_empty_plan_is_valid_whatever_was_done_and_signed() {
    let mut tight = base();
    tight.teams[0].max_days = Some(1);
    tight.teams[0].committed = true;
    tight.teams[0].mobilisation = money("1000");
    tight.products[0].max_packs = Some(0);
    tight
        .budget
        .push(line("all", &[xiaosha::domain::BudgetScope::Total], "0"));
    let mut gaps = rule(&tight, "gaps", &[0, 1, 2], 1);
    gaps.min_gap = 10;
    tight.rules.push(gaps);
    tight.done.extend([
        done("05-04", 0, 0, 0),
        done("05-04", 0, 0, 0),
        done("05-05", 0, 2, 1),
        done("05-06", 0, 2, 3),
    ]);
    tight.done[0].hours = Some(exact("20"));
    tight.plan_from = day("05-07");
    check_valid(&tight, "");
}

#[test]
fn rows_that_name_nothing_known_are_reported_together() {
    check_broken(
        &base(),
        "05-04 A 1 s1 spray
         2026-02-30 A 1 s2 spray
         05-04 X 1 s2 spray
         05-04 A 2 s2 spray
         05-04 A 0 s2 spray
         05-04 A one s2 spray
         05-04 A 1 s9 spray
         05-04 A 1 p/4 spray
         05-04 A 1 p/01 spray
         05-04 A 1 s2 Spray
         nonsense X x s9 y",
        &[
            "V001:3", "V002:4", "V003:5", "V003:6", "V003:7", "V004:8", "V004:9", "V004:10",
            "V005:11", "V001:12", "V002:12", "V003:12", "V004:12", "V005:12",
        ],
    );
}

#[test]
fn ids_are_compared_after_trimming_and_nfkc() {
    // Full-width letters, digits and slash as an input method leaves them.
    check_valid(&base(), "05-04 Ａ 1 ｐ／２ ｓpray");
}

#[test]
fn a_site_named_without_part_means_all_its_parts() {
    let scenario = base();
    let judgement = judged(&scenario, "05-04 A 1 p fog");
    assert!(judgement.is_valid());
    assert_eq!(judgement.visits, 3);
    check_broken(
        &scenario,
        "05-04 A 1 p fog
         05-04 B 1 p/2 fog",
        &["V301:3"],
    );
}

#[test]
fn a_team_needs_the_method() {
    let mut scenario = base();
    scenario.teams[1].methods = words(&["ulv"]);
    check_valid(&scenario, "05-05 B 1 s1 fog");
    check_broken(&scenario, "05-05 B 1 s1 spray", &["V201:2"]);
}

#[test]
fn a_team_needs_the_zone() {
    let mut scenario = base();
    scenario.teams[1].zones = words(&["east", "north"]);
    scenario.sites[1].zone = None;
    check_valid(
        &scenario,
        "05-05 B 1 s1 fog\n05-05 A 1 p/1 fog\n05-05 A 1 s2 fog",
    );
    check_broken(
        &scenario,
        "05-05 B 1 p/1 fog\n05-05 B 1 s2 fog",
        &["V202:2", "V202:3"],
    );
}

#[test]
fn a_treatment_needs_its_measure_above_zero() {
    check_valid(&base(), "05-05 A 1 p/1 bait\n05-05 A 1 s1 fog");
    check_broken(
        &base(),
        "05-05 A 1 s1 bait\n05-05 A 1 p/1 oil",
        &["V203:2", "V203:3"],
    );
}

#[test]
fn a_site_may_exclude_a_treatment_its_method_or_its_product() {
    for word in ["bait", "wax"] {
        let mut scenario = base();
        scenario.sites[2].exclude = words(&["gel", word]);
        check_broken(
            &scenario,
            "05-05 A 1 p/1 bait\n05-05 A 1 p/1 spray",
            &["V204:2"],
        );
    }
    let mut scenario = base();
    scenario.sites[0].exclude = words(&["ulv"]);
    check_broken(
        &scenario,
        "05-05 A 1 s1 fog\n05-05 A 1 s1 spray",
        &["V204:2"],
    );
}

#[test]
fn no_treatment_stands_twice_at_a_site_on_a_day() {
    let mut scenario = base();
    check_valid(
        &scenario,
        "05-05 A 1 s1 spray\n05-05 A 1 s1 fog\n05-05 A 1 s2 spray\n05-06 A 1 s1 spray",
    );
    // By another team too; the row that stands first in the file is kept.
    check_broken(
        &scenario,
        "05-05 B 1 s1 spray\n05-05 A 1 s1 spray",
        &["V301:3"],
    );
    scenario.done.push(done("05-05", 0, 0, 0));
    check_broken(
        &scenario,
        "05-05 B 1 s1 spray\n05-06 B 1 s1 spray",
        &["V301:2"],
    );
    // A done visit to all parts meets each of them.
    scenario.done.push(done("05-05", 0, 2, 2));
    check_broken(&scenario, "05-05 B 1 p/3 fog", &["V301:2"]);
}

#[test]
fn the_hours_of_a_crew_fit_its_day() {
    let mut scenario = base();
    scenario.teams[0].crews = 2;
    scenario.teams[0].hours_per_day = hours("4");
    // 2,000 m² at 1,000 m² an hour: 2 h each.
    check_valid(
        &scenario,
        "05-05 A 1 s1 spray\n05-05 A 1 s2 spray\n05-05 A 2 p/1 spray\n05-06 A 1 s1 spray",
    );
    // 3 h at p/1 and 2 h at s1, which comes before s2 however the rows stand.
    check_broken(
        &scenario,
        "05-05 A 1 s2 spray\n05-05 A 1 p/1 spray\n05-05 A 1 s1 spray",
        &["V401:4"],
    );
    let judgement = judged(&scenario, "05-05 A 1 s1 spray\n05-05 A 1 p/1 spray");
    assert_eq!(
        judgement.violations[0].message.en,
        "team A crew 1 on 2026-05-05: 5 h of 4 h"
    );
}

#[test]
fn twelve_visits_of_forty_minutes_fill_eight_hours() {
    let mut scenario = base();
    scenario.treatments[2].setup_min = exact("40");
    for number in 3..13 {
        scenario.sites.push(site(&format!("s{number}"), &[]));
    }
    let plan: Vec<String> = (1..13).map(|n| format!("05-05 A 1 s{n} fog")).collect();
    // 12 × 0.666667 = 8.000004, within the tolerance of 0.0001.
    check_valid(&scenario, &plan.join("\n"));
    scenario.teams[0].hours_per_day = hours("7.999904");
    check_valid(&scenario, &plan.join("\n"));
    scenario.teams[0].hours_per_day = hours("7.999903");
    // The last in the order of ids is s9, on line 10.
    check_broken(&scenario, &plan.join("\n"), &["V401:10"]);
}

#[test]
fn counting_visits_keep_the_rules_gap() {
    let mut scenario = base();
    scenario.rules.push(spray_rule(&scenario, 7));
    check_valid(
        &scenario,
        "05-05 A 1 s1 spray\n05-12 A 1 s1 spray\n05-05 A 1 s2 spray",
    );
    check_broken(
        &scenario,
        "05-11 A 1 s1 spray\n05-05 A 1 s1 spray",
        &["V501:2"],
    );
    // Treatments that the rule does not list keep no gap.
    check_valid(&scenario, "05-05 A 1 s1 spray\n05-06 A 1 s1 fog");
    // Each part is a site of its own.
    check_valid(&scenario, "05-05 A 1 p/1 spray\n05-06 A 1 p/2 spray");
    let judgement = judged(&scenario, "05-05 A 1 s1 spray\n05-11 B 1 s1 spray");
    assert_eq!(
        judgement.violations[0].message.en,
        "rule roads at site s1: 6 days are between 2026-05-11 and 2026-05-05 (line 2), at least 7 asked"
    );
}

#[test]
fn only_pairs_that_one_rule_counts_keep_a_gap() {
    let mut scenario = base();
    let mut early = spray_rule(&scenario, 7);
    early.to = day("05-10");
    let mut late = spray_rule(&scenario, 7);
    late.from = day("05-11");
    scenario.rules.extend([early, late]);
    check_valid(&scenario, "05-10 A 1 s1 spray\n05-11 A 1 s1 spray");
    // A rule of two treatments keeps its gap between them.
    let mut both = rule(&scenario, "both", &[0, 2], 1);
    both.min_gap = 3;
    scenario.rules = vec![both];
    check_valid(&scenario, "05-10 A 1 s1 spray\n05-13 A 1 s1 fog");
    check_broken(
        &scenario,
        "05-10 A 1 s1 spray\n05-12 A 1 s1 fog",
        &["V501:3"],
    );
    // The default gap of 1 forbids two rounds on one day, 0 allows them.
    scenario.rules[0].min_gap = 1;
    check_broken(
        &scenario,
        "05-10 A 1 s1 fog\n05-10 A 1 s1 spray",
        &["V501:3"],
    );
    scenario.rules[0].min_gap = 0;
    check_valid(&scenario, "05-10 A 1 s1 fog\n05-10 A 1 s1 spray");
}

#[test]
fn a_rule_keeps_its_gap_only_where_it_chooses() {
    let mut scenario = base();
    let mut roads = spray_rule(&scenario, 7);
    roads.selector.kind = Some(Choice {
        any_of: words(&["road"]),
        ..Choice::default()
    });
    scenario.rules.push(roads);
    check_valid(&scenario, "05-05 A 1 p/1 spray\n05-06 A 1 p/1 spray");
    scenario.rules[0].selector = Selector::default();
    check_broken(
        &scenario,
        "05-05 A 1 p/1 spray\n05-06 A 1 p/1 spray",
        &["V501:3"],
    );
}

#[test]
fn a_gap_to_a_done_visit_is_kept_and_a_pair_of_done_visits_is_excused() {
    let mut scenario = base();
    scenario.rules.push(spray_rule(&scenario, 7));
    scenario
        .done
        .extend([done("05-04", 0, 0, 0), done("05-06", 0, 0, 0)]);
    scenario.plan_from = day("05-07");
    check_valid(&scenario, "05-13 A 1 s1 spray");
    check_broken(&scenario, "05-12 A 1 s1 spray", &["V501:2"]);
    // Before the done ones as well, where a new visit may not stand in any case.
    scenario.done.remove(0);
    check_broken(&scenario, "05-04 A 1 s1 spray", &["V102:2", "V501:2"]);
}

#[test]
fn visits_before_the_horizon_count_for_gaps_of_rules_that_begin_with_it() {
    let mut scenario = base();
    let mut later = spray_rule(&scenario, 20);
    later.from = day("05-05");
    let mut beginning = spray_rule(&scenario, 7);
    beginning.treatments = vec![TreatmentIx(0), TreatmentIx(2)];
    scenario.rules.extend([later, beginning]);
    scenario
        .done
        .extend([done("04-30", 0, 0, 0), done("04-20", 0, 0, 2)]);
    check_valid(&scenario, "05-07 A 1 s1 spray\n05-04 A 1 s2 spray");
    check_broken(&scenario, "05-06 A 1 s1 spray", &["V501:2"]);
    // They count for nothing else: no round, no use, no money.
    let judgement = judged(&scenario, "");
    assert_eq!((judgement.done, judgement.crew_days), (0, 0));
    assert_eq!(judgement.shortfall[&1], exact("6"));
}
