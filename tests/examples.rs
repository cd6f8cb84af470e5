//! The examples, run on the community.

#[path = "../examples/judge_plan.rs"]
#[expect(dead_code, reason = "its `main` is the example's, not the test's")]
mod judge_plan;
#[path = "../examples/plan_folder.rs"]
#[expect(dead_code, reason = "its `main` is the example's, not the test's")]
mod plan_folder;
#[path = "../examples/sweep_budget.rs"]
#[expect(dead_code, reason = "its `main` is the example's, not the test's")]
mod sweep_budget;

use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;
use xiaosha::validate;

fn community() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios/community")
}

#[test]
fn a_folder_is_planned_and_its_plan_judged() {
    let home = TempDir::new().unwrap();
    let out = home.path().join("plan");
    let said = plan_folder::plan_folder(&community(), &out).unwrap();
    assert!(
        said.contains("21 visits, 0 of 21 rounds missed, cost 6130.00"),
        "{said}"
    );
    assert!(said.contains("社区灭鼠员: 4 of 24 crew-days"), "{said}");

    let judgement = judge_plan::judge(&community(), &out).unwrap();
    assert!(judgement.is_valid() && judgement.is_complete());
    let said = judge_plan::text(&judgement);
    assert!(
        said.starts_with("valid, 21 visits, cost 6130.00\n"),
        "{said}"
    );

    let visits = fs::read_to_string(out.join("visits.csv")).unwrap();
    let edited = home.path().join("edited.csv");
    fs::write(&edited, visits.replace("灭鼠员", "喷洒队")).unwrap();
    let said = judge_plan::text(&judge_plan::judge(&community(), &edited).unwrap());
    assert!(said.contains("line ") && said.contains("invalid"), "{said}");
}

#[test]
fn less_money_misses_more() {
    let (scenario, _) = validate::load(&community());
    let points = sweep_budget::sweep(&scenario.unwrap(), "总额", 4).unwrap();
    assert_eq!(points.len(), 5);
    assert_eq!((points[0].missed, points[4].missed), (0, 21));
    for pair in points.windows(2) {
        assert!(pair[0].missed <= pair[1].missed && pair[0].cost >= pair[1].cost);
    }
    let table = sweep_budget::table(&points);
    assert!(
        table.contains("       6500.00       6130.00       0\n"),
        "{table}"
    );
    assert!(
        table.ends_with("          0.00          0.00      21\n"),
        "{table}"
    );
}

#[test]
fn what_cannot_be_read_is_told() {
    let home = TempDir::new().unwrap();
    let said = plan_folder::plan_folder(home.path(), &home.path().join("plan")).unwrap_err();
    assert!(said.contains("scenario.toml"), "{said}");
    let said = judge_plan::judge(&community(), home.path()).unwrap_err();
    assert!(said.contains("visits.csv"), "{said}");
    let (scenario, _) = validate::load(&community());
    let said = sweep_budget::sweep(&scenario.unwrap(), "none", 2)
        .err()
        .unwrap();
    assert_eq!(said, "there is no budget line none");
}
