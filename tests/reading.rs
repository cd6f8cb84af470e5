//! Correct tables are read correctly: encodings, separators, dates, lists, Chinese names, overlays.

#[path = "support/scenario_patch.rs"]
mod scenario_patch;

use scenario_patch::tiny;
use std::path::{Path, PathBuf};
use xiaosha::domain::{CalendarScope, Exact, Hours, Measure, Money, Quantity};
use xiaosha::validate;

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(name)
}

fn number(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

#[test]
fn every_case_folder_loads_without_errors() {
    for entry in std::fs::read_dir(case("")).unwrap() {
        let folder = entry.unwrap().path();
        if folder.join("scenario.toml").is_file() {
            let (scenario, findings) = validate::load(&folder);
            let text = xiaosha::finding::render_text(&findings, xiaosha::lang::Lang::En, 50);
            assert!(scenario.is_some(), "{}\n{text}", folder.display());
        }
    }
}

#[test]
fn a_chain_of_overlays_in_all_encodings_is_one_scenario() {
    let (scenario, findings) = validate::load(&case("12_overlay"));
    let text = xiaosha::finding::render_text(&findings, xiaosha::lang::Lang::En, 50);
    let scenario = scenario.unwrap_or_else(|| panic!("{text}"));
    assert_eq!(scenario.name, "overlay");
    assert_eq!(scenario.start.to_string(), "2026-05-01");
    assert_eq!(scenario.end.to_string(), "2026-05-31");
    let sites: Vec<&str> = scenario.sites.iter().map(|site| site.id.as_str()).collect();
    assert_eq!(sites, ["w1", "w2", "w3", "w4", "w5"]);
    let (w1, w3) = (&scenario.sites[0], &scenario.sites[2]);
    assert!(w1.name.contains("市场"), "{}", w1.name);
    assert_eq!(w1.measures["area_m2"], number("2400"));
    assert_eq!(w1.access_min, number("10"));
    assert_eq!(
        w3.measures.get("area_m2"),
        None,
        "`-` blanks the base's cell"
    );
    assert_eq!(w3.measures["stalls"], number("8"));
    let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 5, day).unwrap();
    let w2 = &scenario.sites[1];
    assert!(w2.workdays.contains(day(4)) && w2.workdays.contains(day(5)));
    assert!(!w2.workdays.contains(day(6)));

    let [a, b, c] = &scenario.teams[..] else {
        panic!("{:?}", scenario.teams)
    };
    assert_eq!(
        (a.max_days, a.hours_per_day),
        (None, Hours::from_micro(7_000_000))
    );
    assert_eq!(b.cost_per_day, Money::from_micro(650_000_000));
    assert_eq!(
        (b.mobilisation, &b.zones[..]),
        (Money::ZERO, &["a".to_owned()][..])
    );
    assert_eq!(
        (c.max_days, &c.zones[..]),
        (Some(4), &["a".to_owned(), "b".to_owned()][..])
    );
    assert_eq!(c.methods, ["gel"]);
    assert!(
        a.workdays.contains(day(7)) && !a.workdays.contains(day(8)),
        "mon to thu"
    );

    let rules: Vec<&str> = scenario.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(rules, ["markets", "yards"]);
    assert_eq!(scenario.rules[1].rounds, 1);
    assert_eq!(scenario.rules[1].treatments.len(), 2);
    assert_eq!(scenario.rules[1].min_gap, 6);
    let lines: Vec<&str> = scenario
        .budget
        .iter()
        .map(|line| line.id.as_str())
        .collect();
    assert_eq!(lines, ["cap"]);
    let rate = |contractor: &str, at| {
        let key = (contractor.to_owned(), xiaosha::domain::TreatmentIx(at));
        scenario.rates[&key].clone()
    };
    assert_eq!(rate("A", 0), number("0.05"));
    assert_eq!(rate("B", 0), number("0.03"));
    assert_eq!(rate("C", 1), number("2"));
    assert_eq!(scenario.calendar.len(), 3);
    assert_eq!(scenario.calendar[0].scope, CalendarScope::All);
    assert_eq!(
        scenario.products[1].pack_size,
        Quantity::from_micro(4_000_000)
    );
    assert_eq!(
        scenario.treatments[0].measure,
        Measure::Column("area_m2".to_owned())
    );
}

#[test]
fn the_tiny_scenario_is_without_findings() {
    let scenario = tiny().sound();
    assert_eq!(scenario.sites.len(), 3);
    assert_eq!(scenario.plan_from, scenario.start);
}
