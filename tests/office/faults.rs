//! What stops a document, and what the user is told.

use crate::{Desk, refused, season};
use std::fs;

#[test]
fn without_a_plan_the_command_that_makes_one_is_named() {
    let desk = Desk::new(&season());
    for (lang, says) in [("zh", "先运行 xiaosha plan"), ("en", "run xiaosha plan")] {
        let (code, said) = refused(&mut desk.document("plan", lang));
        assert_eq!(code, Some(2));
        assert!(said.contains("E611") && said.contains(says), "{said}");
    }
}

#[test]
fn a_plan_that_no_longer_fits_the_tables_is_refused_line_by_line() {
    let desk = Desk::planned(&season());
    let path = desk.scenario().join("plan/visits.csv");
    let visits = fs::read_to_string(&path).unwrap();
    let first = visits.lines().nth(1).unwrap();
    let moved = visits.replace(first, &first.replace("2026-06", "2026-09"));
    fs::write(&path, moved).unwrap();
    let (code, said) = refused(&mut desk.document("notice", "en"));
    assert_eq!(code, Some(2));
    assert!(
        said.contains("E612") && said.contains("visits.csv:2"),
        "{said}"
    );
    assert!(!desk.scenario().join("documents").exists());
}

#[test]
fn a_plan_made_before_visits_were_recorded_is_out_of_date() {
    let desk = Desk::planned(&season());
    let toml = desk.scenario().join("scenario.toml");
    let text = fs::read_to_string(&toml).unwrap();
    fs::write(&toml, format!("{text}today = 2026-06-20\n")).unwrap();
    for (lang, says) in [("zh", "计划已过时"), ("en", "the plan is out of date")] {
        let (code, said) = refused(&mut desk.document("plan", lang));
        assert_eq!(code, Some(2));
        assert!(
            said.contains(says) && said.matches("E612").count() == 1,
            "{said}"
        );
    }
}

#[test]
fn an_earlier_document_survives_a_fault() {
    let desk = Desk::planned(&season());
    let out = desk.scenario().join("documents/工作方案.docx");
    desk.document("plan", "zh").assert().success();
    let before = fs::read(&out).unwrap();
    fs::remove_file(desk.scenario().join("plan/visits.csv")).unwrap();
    desk.document("plan", "zh").assert().code(2);
    assert!(fs::read(&out).unwrap() == before);
    let left: Vec<_> = fs::read_dir(out.parent().unwrap()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn faults_of_surveys_are_findings() {
    let files = season().with(
        "surveys.csv",
        "date,zone,pest,index,value,phase\n\
         2026-06-31,城北,蝇,阳性率,-1,later\n\
         2026-06-01,,,x,1,before\n",
    );
    let found = files.findings();
    assert_eq!(
        found,
        [
            "E308 surveys.csv:2:1",
            "E307 surveys.csv:2:5",
            "E310 surveys.csv:2:6",
            "E301 surveys.csv:3:3",
            "W323 surveys.csv:2:2",
        ]
    );
}
