//! The scenarios that come with the program: read without a finding, and true to the report that they follow.

#[path = "../examples/make_karamay/main.rs"]
#[expect(dead_code, reason = "its `main` is the example's, not the test's")]
mod make_karamay;

use std::fs;
use std::path::{Path, PathBuf};
use xiaosha::domain::{Exact, Scenario};
use xiaosha::finding::render_text;
use xiaosha::lang::Lang;
use xiaosha::validate;

const GENERATED: [&str; 3] = ["karamay-summer", "karamay-spring", "karamay-year"];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name)
}

fn load(name: &str) -> Scenario {
    let (scenario, findings) = validate::load(&folder(name));
    let text = render_text(&findings, Lang::En, 20);
    assert_eq!(
        (findings.errors(), findings.warnings()),
        (0, 0),
        "{name}: {text}"
    );
    scenario.expect("a scenario without errors")
}

/// Number of sites of a kind.
fn count(scenario: &Scenario, kind: &str) -> usize {
    let sites = scenario.sites.iter();
    sites.filter(|site| site.kind == kind).count()
}

/// Sum of a measure over all sites.
fn sum(scenario: &Scenario, measure: &str) -> Exact {
    let sites = scenario.sites.iter();
    sites
        .filter_map(|site| site.measures.get(measure).cloned())
        .sum()
}

#[test]
fn every_scenario_folder_is_read_without_a_finding() {
    let mut names: Vec<String> = fs::read_dir(folder(""))
        .expect("the folder of scenarios")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 7, "{names:?}");
    for name in names {
        load(&name);
    }
}

#[test]
fn the_site_tables_of_karamay_are_made_again_byte_for_byte() {
    let again = tempfile::tempdir().expect("a folder");
    for name in GENERATED {
        fs::create_dir(again.path().join(name)).expect("a folder");
    }
    make_karamay::write_tables(again.path()).expect("the tables");
    for name in GENERATED {
        let read = |root: &Path| fs::read(root.join(name).join("sites.csv")).expect("a table");
        assert!(read(again.path()) == read(&folder("")), "{name}");
    }
}

#[test]
fn the_summer_has_the_places_that_the_report_counts_or_names() {
    let summer = load("karamay-summer");
    assert_eq!(summer.sites.len(), 331);
    assert_eq!(count(&summer, "road"), 48);
    assert_eq!(count(&summer, "residential"), 52);
    for name in [
        "世纪公园",
        "步行街",
        "九龙潭",
        "生活垃圾场",
        "金龙镇养殖基地1区",
        "芦苇湿地1",
        "水塘1",
        "外来人员居住地1",
        "迎宾路",
        "游泳馆",
        "高尔夫球场",
        "新行政办公区",
        "驻军营区",
        "南泉小区",
        "南苑小区",
        "南林小区",
        "泽福小区",
        "汇福小区",
        "润福小区",
        "雅典娜小区",
        "穿城河左岸第1段",
    ] {
        assert!(summer.sites.iter().any(|site| site.name == name), "{name}");
    }
}

#[test]
fn the_spring_adds_up_to_the_figures_of_the_report() {
    let spring = load("karamay-spring");
    assert_eq!(spring.sites.len(), 1_300);
    assert_eq!(count(&spring, "premises"), 978);
    assert_eq!(sum(&spring, "boxes"), Exact::from_int(2_457));
    assert_eq!(sum(&spring, "floor_m2"), Exact::from_int(110_000));
    assert_eq!(sum(&spring, "households"), Exact::from_int(69_700));
    let grids = spring.sites.iter().filter(|site| site.kind == "grid");
    // K + community + grid
    let mut communities: Vec<&str> = grids.map(|grid| &grid.id[1..3]).collect();
    communities.dedup();
    assert_eq!(communities.len(), 52);
    for (product, stock) in [
        ("roach_sticker", 140_000),
        ("bait_bag", 160_000),
        ("household_rodenticide", 580),
    ] {
        let product = spring.products.iter().find(|p| p.id == product);
        assert_eq!(
            product.map(|p| p.stock.micro()),
            Some(stock * 1_000_000),
            "{product:?}"
        );
    }
}

#[test]
fn the_year_has_every_site_of_summer_and_spring() {
    let year = load("karamay-year");
    assert_eq!(year.sites.len(), 1_579);
    for name in ["karamay-summer", "karamay-spring"] {
        for site in load(name).sites {
            assert!(
                year.sites.iter().any(|known| known.id == site.id),
                "{}",
                site.id
            );
        }
    }
}
