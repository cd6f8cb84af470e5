//! Exit codes of `plan --require-full` and of `verify`.

use super::{Desk, code, full_season, short_season, stderr, stdout, xiaosha};
use std::fs;

#[test]
fn a_plan_that_must_be_full_and_falls_short_exits_with_3_and_is_written() {
    let (_desk, folder) = Desk::with(&short_season());
    let mut plan = xiaosha();
    plan.args(["plan", "--require-full"]).arg(&folder);
    assert_eq!(code(&mut plan), Some(3));
    assert!(folder.join("plan/visits.csv").exists());
    let (_desk, folder) = Desk::with(&full_season());
    let mut plan = xiaosha();
    plan.args(["plan", "--require-full"]).arg(&folder);
    assert_eq!(code(&mut plan), Some(0));
}

#[test]
fn a_plan_of_ours_is_valid_and_a_spoiled_one_is_not() {
    let (desk, folder) = Desk::with(&full_season());
    assert_eq!(code(xiaosha().arg("plan").arg(&folder)), Some(0));
    let plan = folder.join("plan");

    let mut verify = xiaosha();
    verify.arg("verify").arg(&folder).arg(&plan);
    assert_eq!(code(&mut verify), Some(0));
    let said = stdout(&mut verify);
    assert!(
        said.starts_with("the plan is valid\n8 new visits"),
        "{said}"
    );
    assert_eq!(stderr(&mut verify), "", "the files agree with the tables");
    let said = stdout(verify.args(["--lang", "zh"]));
    assert!(said.starts_with("计划有效\n新作业 8 次"), "{said}");

    let visits = fs::read_to_string(plan.join("visits.csv")).unwrap();
    let spoiled = desk.path("edited.csv");
    fs::write(&spoiled, visits.replace("yard", "road")).unwrap();
    let mut verify = xiaosha();
    verify.arg("verify").arg(&folder).arg(&spoiled);
    assert_eq!(code(&mut verify), Some(3));
    let said = stdout(&mut verify);
    assert!(
        said.contains("V301 visits.csv:3") && said.contains("the plan is invalid"),
        "{said}"
    );
    let json = stdout(verify.args(["--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["valid"], false);
    assert_eq!(json["violations"][0]["code"], "V301");
}

#[test]
fn a_plan_that_cannot_be_read_is_an_input_fault() {
    let (desk, folder) = Desk::with(&full_season());
    let mut verify = xiaosha();
    verify.arg("verify").arg(&folder).arg(desk.path("nowhere"));
    assert_eq!(code(&mut verify), Some(2));
    assert!(stderr(&mut verify).contains("nowhere"));
}
