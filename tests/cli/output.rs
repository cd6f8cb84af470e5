//! The files that `plan` writes, all or nothing.

use super::{Desk, code, content, full_season, short_season, stderr, stdout, xiaosha};
use std::fs;
#[cfg(unix)]
use std::path::{Path, PathBuf};

const FILES: [&str; 11] = [
    "budget.csv",
    "calendar-office.ics",
    "calendar-team-A.ics",
    "coverage.csv",
    "crew_days.csv",
    "plan.key",
    "plan.xlsx",
    "purchases.csv",
    "report.html",
    "summary.json",
    "visits.csv",
];

#[test]
fn the_files_have_the_columns_and_formats_of_the_contract() {
    let (_desk, folder) = Desk::with(&short_season());
    assert_eq!(code(xiaosha().arg("plan").arg(&folder)), Some(0));
    let files = content(&folder.join("plan"));
    assert_eq!(files.keys().collect::<Vec<_>>(), FILES);
    let lines = |name: &str| files[name].lines().collect::<Vec<_>>();
    let visits = lines("visits.csv");
    assert_eq!(
        visits[0],
        "date,team,crew,site,treatment,product,quantity,hours,piece_cost,rules,seq"
    );
    assert_eq!(visits.len(), 5);
    assert!(
        visits[1].ends_with(",A,1,road,spray,wp,2,2,20.00,roads,1"),
        "{}",
        visits[1]
    );
    assert!(
        visits[2].ends_with(",A,1,yard,spray,wp,2,2,20.00,roads,2"),
        "{}",
        visits[2]
    );
    let crew_days = lines("crew_days.csv");
    assert_eq!(crew_days[0], "date,team,crew,visits,hours,cost");
    assert!(
        crew_days[1].ends_with(",A,1,2,4,740.00"),
        "{}",
        crew_days[1]
    );
    assert_eq!(crew_days.len(), 3);
    assert_eq!(
        files["purchases.csv"],
        "product,unit,used,stock,packs,quantity_bought,cost\nwp,kg,8,1,3,9,360.00\n"
    );
    let coverage = lines("coverage.csv");
    assert_eq!(coverage[0], "rule,site,from,to,asked,planned,missed,late");
    assert_eq!(coverage[1], "roads,road,2026-05-01,2026-05-31,4,2,2,0");
    assert_eq!(coverage[2], "roads,yard,2026-05-01,2026-05-31,4,2,2,0");
    assert_eq!(
        files["budget.csv"],
        "line,scope,amount,spent,left\ntotal,total,2500.00,2140.00,360.00\n"
    );
    let summary: serde_json::Value = serde_json::from_str(&files["summary.json"]).unwrap();
    let keys: Vec<&str> = files["summary.json"]
        .lines()
        .filter_map(|line| line.strip_prefix("  \"")?.split('"').next())
        .collect();
    let expected = [
        "scenario",
        "status",
        "visits",
        "done",
        "crew_days",
        "shortfall",
        "shortfall_bound",
        "cost",
        "cost_bound",
        "gap",
        "spread",
        "zones_per_crew_day",
        "km_per_crew_day",
        "level",
        "missed_even_sites",
        "missed_even_periods",
        "seconds",
    ];
    assert_eq!(keys, expected);
    assert_eq!(summary["scenario"], "小城五月 May");
    assert_eq!(summary["status"], "short");
    assert_eq!(summary["shortfall"]["1"], 4);
    assert_eq!(summary["cost"]["total"], 2140.0);
    assert_eq!(summary["cost"]["labour"], 1780.0);
}

#[test]
fn the_same_input_and_options_give_the_same_bytes() {
    let (desk, folder) = Desk::with(&full_season());
    let mut runs = Vec::new();
    for name in ["first", "second"] {
        let out = desk.path(name);
        let mut plan = xiaosha();
        plan.args(["plan", "--seed", "7"])
            .arg(&folder)
            .arg("--out")
            .arg(&out);
        assert_eq!(code(&mut plan), Some(0));
        let mut files = content(&out);
        let summary = files["summary.json"].clone();
        let (steady, seconds) = summary.split_once("\"seconds\"").unwrap();
        assert!(seconds.contains("\"plan\""));
        files.insert("summary.json".to_owned(), steady.to_owned());
        runs.push(files);
    }
    assert_eq!(runs[0], runs[1]);
}

#[test]
fn a_new_plan_replaces_the_earlier_one_and_leaves_other_files_alone() {
    let (_desk, folder) = Desk::with(&full_season());
    let out = folder.join("plan");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("visits.csv"), "old").unwrap();
    fs::write(out.join("notes.txt"), "mine").unwrap();
    assert_eq!(code(xiaosha().arg("plan").arg(&folder)), Some(0));
    let files = content(&out);
    assert!(files["visits.csv"].starts_with("date,team"));
    assert_eq!(files["notes.txt"], "mine");
    assert_eq!(files.len(), FILES.len() + 1);
}

#[test]
fn a_run_that_fails_leaves_the_earlier_output_as_it_was() {
    let (_desk, folder) = Desk::with(&full_season());
    let out = folder.join("plan");
    assert_eq!(code(xiaosha().arg("plan").arg(&folder)), Some(0));

    // The tables are spoiled.
    let before = content(&out);
    let teams = fs::read_to_string(folder.join("teams.csv")).unwrap();
    fs::write(folder.join("teams.csv"), teams.replace("residual", "")).unwrap();
    assert_eq!(code(xiaosha().arg("plan").arg(&folder)), Some(2));
    assert_eq!(content(&out), before);
    fs::write(folder.join("teams.csv"), teams).unwrap();

    // A file cannot be replaced: here a folder stands in its place, on Windows a spreadsheet may hold it open.
    fs::remove_file(out.join("visits.csv")).unwrap();
    fs::create_dir(out.join("visits.csv")).unwrap();
    let before = content(&out);
    let mut plan = xiaosha();
    plan.arg("plan").arg(&folder);
    assert_eq!(code(&mut plan), Some(1));
    assert_eq!(content(&out), before);
    let said = stderr(plan.args(["--lang", "zh"]));
    assert!(
        said.contains("visits.csv") && said.contains("原有结果未改动"),
        "{said}"
    );
}

#[test]
fn an_output_folder_that_cannot_be_is_refused_before_planning() {
    let (desk, folder) = Desk::with(&full_season());
    let tables = content(&folder);
    let mut plan = xiaosha();
    plan.arg("plan").arg(&folder).arg("--out");
    let mut into_itself = xiaosha();
    into_itself
        .arg("plan")
        .arg(&folder)
        .arg("--out")
        .arg(&folder);
    assert_eq!(code(&mut into_itself), Some(2));
    assert!(stderr(&mut into_itself).contains("scenario.toml"));
    assert_eq!(content(&folder), tables);

    let file = desk.path("file");
    fs::write(&file, "").unwrap();
    assert_eq!(code(plan.arg(&file)), Some(2));
    assert!(stderr(&mut plan).contains("is not a folder"));

    let mut below = xiaosha();
    below
        .arg("plan")
        .arg(&folder)
        .arg("--out")
        .arg(file.join("plan"));
    assert_eq!(code(&mut below), Some(1));
    assert!(stderr(&mut below).contains("cannot write"));
}

#[test]
fn quiet_says_nothing() {
    let (_desk, folder) = Desk::with(&full_season());
    let mut plan = xiaosha();
    plan.args(["plan", "--quiet"]).arg(&folder);
    assert_eq!(stdout(&mut plan) + &stderr(&mut plan), "");
    assert!(folder.join("plan/visits.csv").exists());
}

#[test]
fn files_for_programs_hold_ids_as_they_are_and_those_for_people_no_formula() {
    let season = short_season().replace("sites.csv", "\nroad,", "\n=x,");
    let (desk, folder) = Desk::with(&season);
    assert_eq!(
        code(xiaosha().args(["plan", "--quiet"]).arg(&folder)),
        Some(0)
    );
    let files = content(&folder.join("plan"));
    for name in ["visits.csv", "coverage.csv"] {
        assert!(files[name].contains(",=x,"), "{}", files[name]);
    }
    let named = season.replace("sites.csv", "\n=x,road,2000", "\n=x,=y,2000");
    named.write(&desk.path("named"));
    let mut compare = xiaosha();
    compare.arg("compare").arg(&folder).arg(desk.path("named"));
    assert_eq!(code(&mut compare), Some(0));
    let table = fs::read_to_string(folder.join("comparison/comparison.csv")).unwrap();
    assert!(
        table.contains(", =x/kind,") && table.contains(", =y,"),
        "{table}"
    );
    assert!(!table.contains(",=") && !table.contains("\n="), "{table}");
}

#[cfg(unix)]
#[test]
fn written_files_can_be_read_by_whoever_the_umask_lets() {
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;
    fn modes(folder: &Path, found: &mut Vec<(PathBuf, u32)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            if path.is_dir() {
                modes(&path, found);
            }
            found.push((path, mode));
        }
    }
    for umask in ["022", "027"] {
        let desk = Desk::new();
        let commands: [&[&str]; 8] = [
            &["init", "season", "--example"],
            &["convert", "season", "season.xlsx"],
            &["plan", "season"],
            // A second time the files are there already.
            &["plan", "season"],
            &["document", "season", "--kind", "plan"],
            &[
                "document",
                "season",
                "--kind",
                "notice",
                "--out",
                "papers/notice.docx",
            ],
            &["compare", "season", "season.xlsx", "--out", "both"],
            &["record", "signed.xlsx", "--out", "done.csv"],
        ];
        for command in commands {
            if command[0] == "record" {
                sign(
                    &desk.path("season/plan/plan.xlsx"),
                    &desk.path("signed.xlsx"),
                );
            }
            let run = Command::new("sh")
                .args(["-c", "umask $0; exec \"$@\"", umask])
                .arg(assert_cmd::cargo::cargo_bin!("xiaosha"))
                .args(command)
                .args(["--lang", "en"])
                .current_dir(desk.path("."))
                .output()
                .unwrap();
            assert_eq!(run.status.code(), Some(0), "{command:?}: {run:?}");
        }
        fs::remove_file(desk.path("signed.xlsx")).unwrap();
        let mask = u32::from_str_radix(umask, 8).unwrap();
        let mut found = Vec::new();
        modes(&desk.path("."), &mut found);
        for (path, mode) in &found {
            let all = if path.is_dir() { 0o777 } else { 0o666 };
            let (path, wanted) = (path.display(), all & !mask);
            assert_eq!(*mode, wanted, "{path}: {mode:o}, umask {umask}");
        }
        for name in [
            "season.xlsx",
            "done.csv",
            "papers/notice.docx",
            "both/comparison.csv",
        ] {
            let there = |(path, _): &(PathBuf, u32)| path.ends_with(name);
            assert!(found.iter().any(there), "{name} in {found:?}");
        }
    }
}

/// The work orders of a plan with the first visit marked as done.
#[cfg(unix)]
fn sign(plan: &Path, signed: &Path) {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    use xiaosha::orders::{Column, SHEET};
    let mut orders: Xlsx<_> = open_workbook(plan).unwrap();
    let cells = orders.worksheet_range(SHEET.1).unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(SHEET.1).unwrap();
    let mut marks = 0;
    for (row, line) in cells.rows().enumerate() {
        for (at, cell) in line.iter().enumerate() {
            let text = match cell {
                Data::DateTime(date) => date.as_datetime().unwrap().date().to_string(),
                cell => cell.to_string(),
            };
            sheet.write_string(row as u32, at as u16, text).unwrap();
        }
        if matches!(line[Column::Date as usize], Data::DateTime(_)) && marks == 0 {
            let done = Column::Done as u16;
            sheet.write_string(row as u32, done, "√").unwrap();
            marks += 1;
        }
    }
    assert_eq!(marks, 1);
    book.save(signed).unwrap();
}
