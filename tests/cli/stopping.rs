//! Time limits, Ctrl-C, readers that go away.

#[cfg(unix)]
use super::stopped;
use super::{Desk, code, full_season, stderr, stdout, xiaosha};
use std::fs;
use std::path::Path;

#[test]
fn a_time_limit_gives_a_valid_plan_with_what_is_proven_of_it() {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/karamay-year");
    let desk = Desk::new();
    let out = desk.path("out");
    let mut plan = xiaosha();
    plan.args(["plan", "--time-limit", "0.5"])
        .arg(&scenario)
        .arg("--out")
        .arg(&out);
    let run = plan.output().unwrap();
    assert_eq!(run.status.code(), Some(0));
    let said = String::from_utf8(run.stdout).unwrap();
    assert!(said.contains("time limit reached"), "{said}");
    let mut verify = xiaosha();
    verify.arg("verify").arg(&scenario).arg(&out);
    assert_eq!(code(&mut verify), Some(0));
    assert_eq!(stderr(&mut verify), "");
}

#[test]
fn a_limit_that_is_not_reached_is_not_mentioned() {
    let (_desk, folder) = Desk::with(&full_season());
    let mut plan = xiaosha();
    plan.args(["plan", "--time-limit", "300"]).arg(&folder);
    assert!(!stdout(&mut plan).contains("time limit"));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    use std::process::{Command, Stdio};
    let (_desk, folder) = Desk::with(&full_season());
    let mut run = Command::new(assert_cmd::cargo::cargo_bin!("xiaosha"))
        .args(["--lang", "en", "plan"])
        .arg(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(run.stdout.take());
    let run = run.wait_with_output().unwrap();
    assert_eq!(run.status.code(), Some(0));
    assert_eq!(String::from_utf8(run.stderr).unwrap(), "");
}

#[cfg(unix)]
#[test]
fn ctrl_c_takes_the_best_plan_so_far_or_leaves_things_as_they_were() {
    let desk = Desk::new();
    let out = desk.path("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("visits.csv"), "old").unwrap();
    let run = stopped("plan", &out);
    let visits = fs::read_to_string(out.join("visits.csv")).unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    match run.status.code() {
        Some(0) => assert!(visits.starts_with("date,team")),
        Some(1) => {
            assert!(said.contains("earlier output is unchanged"), "{said}");
            assert_eq!(visits, "old");
        }
        other => panic!("{other:?}: {said}"),
    }
}
