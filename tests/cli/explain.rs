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
        said.contains("proven: fewer than 2 crew-days are not enough for as much (by weight)"),
        "{said}"
    );
    let said = stdout(&mut explain(&folder, &["--lang", "zh"]));
    assert!(said.contains("甲队的班组工日已用完：2/2"), "{said}");
    assert!(
        said.contains("甲队多出勤 2 个班组工日：全部补上（4 轮次），费用 +"),
        "{said}"
    );

    assert!(
        said.contains("已证明少于 2 个班组工日做不到这么多（按权重）"),
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
fn an_own_plan_of_greater_effort_is_explained_and_what_is_proven_of_a_given_one_counts() {
    let (_desk, folder) = Desk::with(&two_days_short());
    let mut plan = xiaosha();
    plan.args(["plan", "--quiet", "--effort", "thorough"]);
    assert_eq!(code(plan.arg(&folder)), Some(0));
    assert_eq!(code(&mut explain(&folder, &["--quiet"])), Some(0));
    assert!(!folder.join("explain/plan").exists());
    let own = folder.join("plan");
    let proven = "tier 1 falls short by 4 (by weight); proven: at least 4";
    let said = stdout(&mut explain(
        &folder,
        &[own.to_str().unwrap(), "--effort", "quick"],
    ));
    assert!(said.contains(proven), "{said}");
    // Of a plan that was changed by hand nothing is proven.
    let visits = fs::read_to_string(own.join("visits.csv")).unwrap();
    let (head, _) = visits.trim_end().rsplit_once('\n').unwrap();
    fs::write(own.join("visits.csv"), head.to_owned() + "\n").unwrap();
    let said = stdout(&mut explain(&folder, &[own.to_str().unwrap()]));
    assert!(!said.contains(proven), "{said}");
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

/// A plan of a single visit, in a folder of its own.
fn poor_plan(folder: &Path) -> std::path::PathBuf {
    let poor = folder.join("poor");
    fs::create_dir(&poor).unwrap();
    let visit = "date,team,crew,site,treatment\n2026-05-04,A,1,road,spray\n";
    fs::write(poor.join("visits.csv"), visit).unwrap();
    poor
}

#[test]
fn a_better_plan_is_written_where_it_is_wanted_and_the_present_one_stays() {
    let (_desk, folder) = Desk::with(&two_days_short());
    let poor = poor_plan(&folder);
    let before = content(&poor);
    let better = folder.join("better");
    let mut run = explain(&folder, &[poor.to_str().unwrap()]);
    run.arg("--better").arg(&better);
    let said = stdout(&mut run);
    assert!(
        said.contains("7 rounds are missed") && said.contains("found of these tables: 4 missed, "),
        "{said}"
    );
    assert!(said.contains("better plan: "), "{said}");
    assert_eq!(content(&poor), before);
    let mut verify = xiaosha();
    verify.arg("verify").arg(&folder).arg(&better);
    assert_eq!(code(&mut verify), Some(0));
    let files = content(&better);
    let summary: serde_json::Value = serde_json::from_str(&files["summary.json"]).unwrap();
    assert_eq!(summary["shortfall"]["1"], 4);
    // It is not what `plan` makes, so it is not taken for it.
    assert!(files.contains_key("report.html") && !files.contains_key("plan.key"));
    let told = rows(&folder, "better");
    assert_eq!(told[0][8], "4");
    assert_eq!(
        told[0][10].parse::<f64>().ok(),
        summary["cost"]["total"].as_f64()
    );
}

#[test]
fn a_better_plan_never_replaces_the_present_one_and_none_is_written_where_there_is_none() {
    let (_desk, folder) = Desk::with(&two_days_short());
    let poor = poor_plan(&folder);
    let before = content(&poor);
    let file = poor.join("visits.csv");
    for given in [&poor, &file] {
        let mut run = explain(&folder, &[given.to_str().unwrap()]);
        let detour = folder.join("plan/../poor/.");
        fs::create_dir_all(folder.join("plan")).unwrap();
        assert_eq!(code(run.arg("--better").arg(&detour)), Some(2));
        let said = stderr(&mut run);
        assert!(
            said.contains("which a better plan never replaces"),
            "{said}"
        );
    }
    assert_eq!(content(&poor), before);
    assert!(!folder.join("explain").exists());
    let better = folder.join("better");
    let said = stdout(explain(&folder, &[]).arg("--better").arg(&better));
    assert!(said.contains("no better plan was found"), "{said}");
    assert!(!better.exists());
}

#[test]
fn where_nothing_cures_it_is_told_what_was_tried() {
    // More rounds than there are days; the team may come out on every one of them.
    let tables = scenario_patch::tiny()
        .with(
            "teams.csv",
            "team,methods,hours_per_day,cost_per_day,max_days\nA,residual,8,700,31\n",
        )
        .with(
            "coverage.csv",
            "rule,kind,treatments,every,rounds,min_gap\noutdoors,road,spray,month,32,1\n",
        );
    let (_desk, folder) = Desk::with(&tables);
    let said = stdout(&mut explain(&folder, &[]));
    assert!(said.contains("1 of 32 rounds missed"), "{said}");
    assert!(
        said.contains("nothing that was tried brings a round: any number of crew-days of A"),
        "{said}"
    );
    assert!(
        said.contains("money alone cannot do it (proven): the best plan found with any amount misses 1 round, at "),
        "{said}"
    );
    let said = stdout(&mut explain(&folder, &["--lang", "zh"]));
    assert!(said.contains("试过的都补不上一轮：A班组工日不限"), "{said}");
    assert_eq!(rows(&folder, "tried").len(), 1);
}
