//! `explain`: what falls short, what would cure it, in both languages; files; wrong usage.

use super::scenario_patch::{self, Files};
use super::{Desk, code, content, short_season, stderr, stdout, xiaosha};
use std::fs;
use std::path::Path;

/// Two roads, one team that may come out on two days: two crew-days are lacking and nothing else.
fn two_days_short() -> Files {
    short_season()
        .replace(
            "products.csv",
            "wp,可湿性粉剂,kg,3,120,1,3",
            "wp,可湿性粉剂,kg,3,120,1,9",
        )
        .replace("budget.csv", "2500", "25000")
}

fn explain(folder: &Path, more: &[&str]) -> assert_cmd::Command {
    let mut command = xiaosha();
    command.arg("explain").arg(folder).args(more);
    command
}

/// The rows of explain.csv of one part.
fn rows(folder: &Path, part: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(folder.join("explain/explain.csv")).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let records = reader.records().map(Result::unwrap);
    records
        .filter(|row| &row[0] == part)
        .map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn a_cure_that_is_told_works_when_it_is_written_into_the_table() {
    let (_desk, folder) = Desk::with(&two_days_short());
    let mut run = explain(&folder, &[]);
    let said = stdout(&mut run);
    assert!(said.contains("4 of 8 rounds missed, at 2 sites"), "{said}");
    assert!(
        said.contains("crew-days of 甲队 are used up: 2 of 2"),
        "{said}"
    );
    assert!(
        said.contains("+2 crew-days of 甲队: cures it (4 rounds), cost +"),
        "{said}"
    );
    assert!(
        said.contains("proven: fewer than 2 are not enough for as much (by weight)"),
        "{said}"
    );
    let said = stdout(&mut explain(&folder, &["--lang", "zh"]));
    assert!(said.contains("甲队的班组工日已用完：2/2"), "{said}");
    assert!(
        said.contains("甲队多出勤 2 个班组工日：全部补上（4 轮次），费用 +"),
        "{said}"
    );

    let cures = rows(&folder, "cure");
    let cure = cures
        .iter()
        .find(|row| row[7] == "+2 crew-days of 甲队")
        .unwrap();
    assert_eq!(
        (cure[8].as_str(), cure[9].as_str(), cure[11].as_str()),
        ("4", "0", "2")
    );
    // Written by hand: complete, and as much dearer as was said.
    let cost = |folder: &Path| {
        let mut plan = xiaosha();
        plan.args(["plan", "--quiet", "--require-full"]).arg(folder);
        let exit = code(&mut plan);
        let json = fs::read(folder.join("plan/summary.json")).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        (exit, json["cost"]["total"].as_f64().unwrap())
    };
    let before = cost(&folder);
    two_days_short()
        .replace("teams.csv", "700,300,2", "700,300,4")
        .write(&folder);
    let after = cost(&folder);
    assert_eq!((before.0, after.0), (Some(3), Some(0)));
    assert_eq!(cure[10], format!("{:.2}", after.1 - before.1));
}

#[test]
fn the_same_tables_give_the_same_files_whether_the_plan_was_there_or_not() {
    let (_desk, folder) = Desk::with(&two_days_short());
    assert_eq!(code(&mut explain(&folder, &["--quiet"])), Some(0));
    let first = content(&folder.join("explain"));
    assert!(first.contains_key("explain.csv") && first.contains_key("report.html"));
    xiaosha()
        .args(["plan", "--quiet"])
        .arg(&folder)
        .assert()
        .success();
    assert_eq!(code(&mut explain(&folder, &["--quiet"])), Some(0));
    let own = content(&folder.join("explain"));
    assert_eq!(first["explain.csv"], own["explain.csv"]);
    assert_eq!(first["report.html"], own["report.html"]);
    // A plan that is given is taken as it is; nothing is taken as proven of one without its key.
    let plan = folder.join("plan/visits.csv");
    let out = folder.join("other");
    let mut given = explain(&folder, &[plan.to_str().unwrap(), "--quiet"]);
    given.arg("--out").arg(&out);
    assert_eq!(code(&mut given), Some(0));
    assert_eq!(content(&out)["explain.csv"], own["explain.csv"]);
}

#[test]
fn a_site_and_a_rule_are_told_period_by_period() {
    let (_desk, folder) = Desk::with(&two_days_short());
    let said = stdout(&mut explain(&folder, &["--site", "road"]));
    assert!(
        said.contains(
            "road  道路每月四次  1 May to 31 May\n  4 asked, 2 done or planned, 2 missed: "
        ),
        "{said}"
    );
    assert!(!said.contains("\nyard  "), "{said}");
    let periods = rows(&folder, "period");
    assert_eq!(periods.len(), 1);
    let said = stdout(&mut explain(&folder, &["--rule", "roads"]));
    assert!(
        said.contains("\nyard  ") && said.contains("\nroad  "),
        "{said}"
    );
    let unknown = stderr(&mut explain(&folder, &["--rule", "rods"]));
    assert!(
        unknown.contains("there is no rule rods; did you mean roads?"),
        "{unknown}"
    );
    assert_eq!(code(&mut explain(&folder, &["--site", "nowhere"])), Some(2));
}

#[test]
fn a_complete_season_is_told_to_be_complete_with_what_it_takes() {
    let (_desk, folder) = Desk::with(&super::full_season());
    let said = stdout(&mut explain(&folder, &[]));
    assert!(said.contains("Nothing is missed, at a cost of "), "{said}");
    assert!(
        said.contains("Complete  all of it for ") && said.contains("(there is a plan)"),
        "{said}"
    );
    assert!(said.contains("contractor A"), "{said}");
}

#[test]
fn tables_with_errors_and_plans_that_do_not_fit_are_refused() {
    let (_desk, folder) = Desk::with(&scenario_patch::tiny().replace("teams.csv", "8,700", "8,x"));
    assert_eq!(code(&mut explain(&folder, &[])), Some(2));
    assert!(!folder.join("explain").exists());
    let (_desk, folder) = Desk::with(&two_days_short());
    let bad = folder.join("bad.csv");
    fs::write(
        &bad,
        "date,team,crew,site,treatment\n2026-05-04,Z,1,road,spray\n",
    )
    .unwrap();
    let mut run = explain(&folder, &[bad.to_str().unwrap()]);
    assert_eq!(code(&mut run), Some(2));
}
