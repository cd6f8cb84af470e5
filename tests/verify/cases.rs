//! The cases with a proven optimum: for each a best plan worked out by hand has exactly the shortfalls and the cost that are
//! proven, so the checker agrees with the exact model and verifier that found them.

use super::judged;
use super::tiny::exact;
use std::path::Path;
use xiaosha::domain::Exact;
use xiaosha::validate;

/// Judges a plan of `tests/cases/NAME` and compares with its expected.json.
#[track_caller]
fn check_case(name: &str, plan: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(name);
    let (scenario, findings) = validate::load(&folder);
    let scenario = scenario.unwrap_or_else(|| panic!("{:#?}", findings.sorted()));
    let judgement = judged(&scenario, plan);
    assert!(judgement.is_valid(), "{:#?}", judgement.violations);
    let text = std::fs::read(folder.join("expected.json")).expect("the case has its optimum");
    let expected: serde_json::Value = serde_json::from_slice(&text).expect("valid JSON");
    let number = |value: &serde_json::Value| exact(&value.to_string());
    let shortfall = expected["shortfall"].as_object().expect("by tier");
    let shortfall: Vec<(u32, Exact)> = (shortfall.iter())
        .map(|(tier, value)| (tier.parse().expect("a tier"), number(value)))
        .collect();
    assert_eq!(
        judgement.shortfall.into_iter().collect::<Vec<_>>(),
        shortfall
    );
    let cost = exact(&(judgement.labour + judgement.products).to_string());
    assert_eq!(cost, number(&expected["cost"]));
}

#[test]
fn min_gap_across_rules() {
    // Ulv on 4, 12 and 19 May; the residual rounds fill the 8th to eight hours (2.2 + 2.3 + 3.5) and end on the 23rd.
    let roads = ["s1", "s2", "s3"];
    let ulv = ["05-04", "05-12", "05-19"].map(|day| roads.map(|s| format!("{day} A 1 {s} ulv")));
    let residual =
        "05-08 A 1 s1 res\n05-08 A 1 s2 res\n05-08 A 1 s4 res\n05-23 A 1 s3 res\n05-23 A 1 s4 res";
    check_case(
        "01_min_gap",
        &format!("{}\n{residual}", ulv.concat().join("\n")),
    );
}

#[test]
fn crews_packed_to_the_last_minute() {
    check_case(
        "04_crews_packing",
        "05-04 X 1 q1 yard
         05-04 X 1 q3 yard
         05-04 X 1 q6 yard
         05-04 X 2 q2 yard
         05-04 X 2 q4 yard
         05-04 X 2 q5 yard
         05-05 X 1 q4 lane
         05-05 X 1 q5 lane
         05-05 X 1 q6 lane",
    );
}

#[test]
fn packs_and_store_used_up() {
    // 235 stations of wax take 23.5 kg, two packs and the store; 93 of grain 12.09 kg of 12.2.
    check_case(
        "06_packs",
        "05-04 Z 1 r1 wax
         05-04 Z 1 r2 wax
         05-04 Z 1 r3 wax
         05-04 Z 1 r4 wax
         05-04 Z 1 r5 wax
         05-04 Z 1 r1 gel
         05-04 Z 1 r3 gel
         05-11 Z 1 r1 grain
         05-11 Z 1 r4 grain
         05-11 Z 1 r5 grain
         05-11 Z 1 r2 wax
         05-11 Z 1 r3 wax",
    );
}

#[test]
fn tiers_under_shortage() {
    check_case(
        "08_tiers",
        "05-05 W 1 u3 wash
         05-05 W 1 u6 wash
         05-05 E 1 u1 wash
         05-05 E 1 u5 wash
         05-06 E 1 u2 wash
         05-06 E 1 u7 wash",
    );
}

#[test]
fn a_chain_of_overlays() {
    // Each half-month a day of A for the far yard and w5, and two of C, whose four days are all used.
    let half = |first: &str, second: &str| {
        format!(
            "{first} A 1 w4 spray\n{first} A 1 w5 spray\n\
             {first} C 1 w1 gel\n{first} C 1 w2 gel\n{second} C 1 w3 gel"
        )
    };
    let plan = [half("05-05", "05-06"), half("05-19", "05-20")].join("\n");
    check_case("12_overlay", &plan);
}

#[test]
fn stops_shared_by_treatments_and_parts() {
    let mut plan = Vec::new();
    for (day, premises) in [("04-06", ["p1", "p2", "p3"]), ("04-07", ["p4", "p5", "p6"])] {
        plan.extend(premises.map(|site| format!("{day} A 1 {site} roach")));
        let allowed = premises.iter().filter(|&&site| site != "p6");
        plan.extend(allowed.map(|site| format!("{day} A 1 {site} rat")));
    }
    // Two parts of the park and one access fill the five hours.
    for (first, second) in [("04-06", "04-07"), ("04-13", "04-14")] {
        plan.extend([1, 2].map(|part| format!("{first} B 1 park/{part} spray")));
        plan.push(format!("{second} B 1 park/3 spray"));
    }
    check_case("15_stops_parts", &plan.join("\n"));
}
