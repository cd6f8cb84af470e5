//! `xiaosha frontier`: files, figures in both languages, ranges, refusals.

#[cfg(unix)]
use super::stopped;
use super::{Desk, code, content, full_season, short_season, stderr, stdout, xiaosha};
use assert_cmd::Command;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn frontier(folder: &Path) -> Command {
    let mut command = xiaosha();
    command.arg("frontier").arg(folder);
    command
}

/// The rows of frontier.csv by column.
fn rows(out: &Path) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(out.join("frontier.csv")).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut lines = text.lines();
    let header: Vec<String> = lines
        .next()
        .unwrap()
        .split(',')
        .map(str::to_owned)
        .collect();
    lines
        .map(|line| {
            let cells = line.split(',').map(str::to_owned);
            header.iter().cloned().zip(cells).collect()
        })
        .collect()
}

#[test]
fn each_amount_has_its_row_and_the_marked_ones_their_marks() {
    let (_desk, folder) = Desk::with(&full_season());
    let mut run = frontier(&folder);
    run.args(["--points", "12"]);
    let said = stdout(&mut run);
    assert_eq!(code(&mut run), Some(0));

    // Four crew-days, eight visits of 20 yuan and five packs cost 3,860; the last but one row is just that.
    let rows = rows(&folder.join("frontier"));
    assert_eq!(rows.len(), 12);
    let (first, enough) = (&rows[0], &rows[10]);
    assert_eq!(
        (first["budget"].as_str(), first["cost"].as_str()),
        ("0.00", "0.00")
    );
    assert_eq!(
        (first["shortfall:1"].as_str(), first["rounds:road"].as_str()),
        ("8", "0")
    );
    assert_eq!(
        (enough["budget"].as_str(), enough["cost"].as_str()),
        ("3860.00", "3860.00")
    );
    assert_eq!(
        (enough["mark"].as_str(), enough["covered"].as_str()),
        ("complete", "1")
    );
    assert_eq!(
        (
            enough["rounds:road"].as_str(),
            enough["asked:road"].as_str()
        ),
        ("8", "8")
    );
    for pair in rows.windows(2) {
        let short = |row: &BTreeMap<String, String>| row["shortfall:1"].parse::<f64>().unwrap();
        assert!(short(&pair[0]) >= short(&pair[1]), "{pair:?}");
    }
    for row in &rows {
        assert_eq!(row["status"], "proven", "{row:?}");
        assert_eq!(row["shortfall:1"], row["bound:1"]);
    }
    assert!(
        said.contains("Complete  3,860.00 CNY (proven: not for less)"),
        "{said}"
    );
    assert!(said.contains("← complete"), "{said}");
    assert!(said.contains("frontier"), "{said}");
}

#[test]
fn the_summary_fits_a_terminal_in_both_languages_and_the_files_are_the_same_every_time() {
    let (_desk, folder) = Desk::with(&short_season());
    let mut before = None;
    for (lang, words) in [
        (
            "zh",
            ["能做到的最多", "总额再多也有缺漏", "各类地点完成的轮次"],
        ),
        (
            "en",
            [
                "Most possible",
                "whatever the total",
                "Rounds kept at each kind of site",
            ],
        ),
    ] {
        let said = stdout(frontier(&folder).args(["--points", "20", "--lang", lang]));
        for word in words {
            assert!(said.contains(word), "{word}: {said}");
        }
        assert!(
            said.lines()
                .all(|line| unicode_width::UnicodeWidthStr::width(line) <= 110),
            "{said}"
        );
        let table = content(&folder.join("frontier"))["frontier.csv"].clone();
        let before = before.get_or_insert_with(|| table.clone());
        assert_eq!(*before, table);
    }
    let out = folder.join("frontier");
    let files: Vec<String> = content(&out).into_keys().collect();
    assert_eq!(files, ["frontier.csv", "report.html"]);
    let page = content(&out);
    let mut run = frontier(&folder);
    run.args(["--points", "20", "--lang", "en", "--quiet"]);
    assert_eq!(stdout(&mut run), "");
    assert_eq!(content(&out), page);
}

#[test]
fn a_range_that_is_given_is_kept() {
    let (desk, folder) = Desk::with(&full_season());
    let out = desk.path("out");
    let mut run = frontier(&folder);
    run.args(["--from", "1000", "--to", "2000", "--points", "3", "--out"]);
    run.arg(&out);
    assert_eq!(code(&mut run), Some(0));
    let budgets: Vec<String> = rows(&out).iter().map(|row| row["budget"].clone()).collect();
    assert_eq!(budgets, ["1000.00", "1500.00", "2000.00"]);
    assert!(!folder.join("frontier").exists());
}

#[test]
fn what_cannot_be_done_is_refused_in_clear_words() {
    let (desk, folder) = Desk::with(&full_season());
    for (arguments, words) in [
        (&["--from", "5", "--to", "5"][..], "no range of amounts"),
        (&["--from", "9999999"], "set it with --from and --to"),
        (&["--from", "-3"], "--from"),
        (&["--points", "1"], "--points"),
        (&["--points", "201"], "--points"),
        (&["--to", "1.5"], "--to"),
        (&["--out", "."], "holds a scenario.toml"),
    ] {
        let mut run = frontier(&folder);
        run.current_dir(&folder).args(arguments);
        assert_eq!(code(&mut run), Some(2), "{arguments:?}");
        let said = stderr(&mut run);
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    assert!(!folder.join("frontier").exists());
    let mut run = frontier(&desk.path("nowhere"));
    assert_eq!(code(&mut run), Some(2));
    assert!(!desk.path("nowhere").exists());
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_earlier_files_as_they_were() {
    let desk = Desk::new();
    let out = desk.path("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("frontier.csv"), "old").unwrap();
    let run = stopped("frontier", &out);
    assert_eq!(run.status.code(), Some(1));
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("nothing was written"), "{said}");
    assert_eq!(content(&out)["frontier.csv"], "old");
    assert_eq!(content(&out).len(), 1);
}
