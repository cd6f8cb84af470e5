//! The checker against plans worked out by hand: for each clause of the contract's section 3 a plan that keeps it and
//! one that breaks it and nothing else.

#[path = "support/busy.rs"]
mod busy;
#[path = "support/tiny.rs"]
mod tiny;

#[path = "verify/cases.rs"]
mod cases;
#[path = "verify/clauses.rs"]
mod clauses;
#[path = "verify/days.rs"]
mod days;
#[path = "verify/figures.rs"]
mod figures;
#[path = "verify/files.rs"]
mod files;
#[path = "verify/independence.rs"]
mod independence;
#[path = "verify/limits.rs"]
mod limits;
#[path = "verify/rounds.rs"]
mod rounds;
#[path = "verify/scale.rs"]
mod scale;

use xiaosha::domain::Scenario;
use xiaosha::verify::{Judgement, PlanRow, judge};

/// Rows such as `05-04 A 1 s1 spray`, one a line, the first on line 2 as in visits.csv.
fn rows(plan: &str) -> Vec<PlanRow> {
    let lines = plan.lines().map(str::trim).filter(|line| !line.is_empty());
    (2..)
        .zip(lines)
        .map(|(line, text)| {
            let cells: Vec<&str> = text.split_whitespace().collect();
            let [date, team, crew, site, treatment] = cells[..] else {
                panic!("five cells in {text}");
            };
            let date = if date.len() == 5 {
                format!("2026-{date}")
            } else {
                date.to_owned()
            };
            PlanRow {
                line,
                date: date.parse().map_err(|_| date),
                team: team.to_owned(),
                crew: crew.parse().map_err(|_| crew.to_owned()),
                site: site.to_owned(),
                treatment: treatment.to_owned(),
            }
        })
        .collect()
}

fn judged(scenario: &Scenario, plan: &str) -> Judgement {
    judge(scenario, &rows(plan))
}

/// Code and line of each violation, such as `V101:2`.
fn codes(scenario: &Scenario, plan: &str) -> Vec<String> {
    let judgement = judged(scenario, plan);
    (judgement.violations.iter())
        .map(|violation| {
            let line = violation
                .line
                .map_or("-".to_owned(), |line| line.to_string());
            format!("{}:{line}", violation.clause.code())
        })
        .collect()
}

#[track_caller]
fn check_valid(scenario: &Scenario, plan: &str) {
    let judgement = judged(scenario, plan);
    assert!(judgement.is_valid(), "{:#?}", judgement.violations);
}

#[track_caller]
fn check_broken(scenario: &Scenario, plan: &str, expected: &[&str]) {
    assert_eq!(codes(scenario, plan), expected, "{plan}");
}
