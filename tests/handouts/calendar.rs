//! The calendars, by the letter of RFC 5545 and read with Python's icalendar.

use super::{documents, is_there, named_season, some_visits, visits};
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use tempfile::TempDir;
use xiaosha::lang::Lang;

/// The calendars of the named season, by file name.
fn calendars(lang: Lang) -> BTreeMap<String, String> {
    let scenario = named_season().scenario();
    let files = documents(&scenario, &some_visits(&scenario), lang).into_iter();
    files
        .filter(|(name, _)| name.starts_with("calendar-"))
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect()
}

/// The content lines of a calendar, folds undone.
fn lines(calendar: &str) -> Vec<String> {
    let unfolded = calendar.replace("\r\n ", "");
    unfolded.split("\r\n").map(str::to_owned).collect()
}

fn values<'l>(lines: &'l [String], name: &str) -> Vec<&'l str> {
    let of = lines.iter().filter_map(|line| line.split_once(':'));
    of.filter(|(key, _)| key.split(';').next() == Some(name))
        .map(|(_, value)| value)
        .collect()
}

#[test]
fn there_is_one_for_the_office_and_one_for_each_team_under_safe_names() {
    let names: Vec<String> = calendars(Lang::Zh).into_keys().collect();
    assert_eq!(
        names,
        [
            "calendar-office.ics",
            "calendar-team-A.ics",
            "calendar-team-a_.ics"
        ]
    );
}

#[test]
fn lines_end_and_fold_as_the_standard_says_and_nothing_is_stamped_with_the_clock() {
    for (name, calendar) in calendars(Lang::Zh) {
        assert!(calendar.ends_with("END:VCALENDAR\r\n"), "{name}");
        assert_eq!(
            calendar.matches('\n').count(),
            calendar.matches("\r\n").count()
        );
        for line in calendar.split("\r\n") {
            assert!(line.len() <= 75, "{name}: {line}");
        }
        let lines = lines(&calendar);
        assert_eq!(values(&lines, "TZID"), ["Asia/Shanghai"]);
        let stamps = values(&lines, "DTSTAMP");
        assert!(
            stamps.iter().all(|&stamp| stamp == "20260501T000000Z"),
            "{stamps:?}"
        );
    }
}

#[test]
fn an_entry_is_a_crew_day_that_lasts_all_day() {
    let calendars = calendars(Lang::Zh);
    let team = lines(&calendars["calendar-team-A.ics"]);
    assert_eq!(
        values(&team, "SUMMARY"),
        [
            "甲队 第 1 班组：作业 1 次",
            "甲队 第 2 班组：作业 1 次",
            "甲队 第 1 班组：作业 1 次",
            "甲队 第 1 班组：作业 1 次"
        ]
    );
    assert_eq!(
        team.iter()
            .filter(|line| line.starts_with("DTSTART;VALUE=DATE"))
            .count(),
        4
    );
    let text = team.join("\n");
    assert!(
        text.contains("DTSTART;VALUE=DATE:20260504") && text.contains("DTEND;VALUE=DATE:20260505")
    );
    let office = lines(&calendars["calendar-office.ics"]);
    let summaries = values(&office, "SUMMARY");
    assert_eq!(summaries.len(), 6);
    assert_eq!(summaries[5], "药品到货期限：可湿性粉剂 1 件（共 6 kg）");
    let description = values(&lines(&calendars["calendar-team-a_.ics"]), "DESCRIPTION").join("");
    assert_eq!(
        description,
        "消杀作业 2026-05-04 周一\\n1. +院子\\, 东\\; 西\\\\n（@北街 1 号 <南>），滞留喷洒，可湿性粉剂 2 kg"
    );
}

#[test]
fn a_new_plan_renews_the_entries_of_the_days_that_it_still_has() {
    let uids = |files: &super::Files, rows: &[(u32, usize, u32, &str, &str)]| {
        let scenario = files.scenario();
        let plan = visits(&scenario, rows);
        let file = documents(&scenario, &plan, Lang::Zh).remove("calendar-team-A.ics");
        let lines = lines(&String::from_utf8(file.unwrap()).unwrap());
        let uids: Vec<String> = values(&lines, "UID")
            .iter()
            .map(|&uid| uid.to_owned())
            .collect();
        let sequence: Vec<u32> = values(&lines, "SEQUENCE")
            .iter()
            .map(|s| s.parse().unwrap())
            .collect();
        (uids, sequence)
    };
    let (first, before) = uids(
        &named_season(),
        &[(4, 0, 1, "road", "spray"), (5, 0, 1, "yard", "spray")],
    );
    let later = named_season().replace("scenario.toml", "currency", "today = 2026-05-03\ncurrency");
    let (second, after) = uids(
        &later,
        &[(4, 0, 1, "yard", "spray"), (5, 0, 2, "road", "spray")],
    );
    assert_eq!(first[0], second[0]);
    assert_ne!(first[1], second[1]);
    assert!(after[0] > before[0]);
    let renamed = named_season().replace("scenario.toml", "5月", "6月");
    let (other, _) = uids(&renamed, &[(4, 0, 1, "road", "spray")]);
    assert_ne!(first[0], other[0]);
}

/// Prints one line for each entry: file, first day, last day, UID, summary, description; fails on what is not valid.
const READER: &str = "
import sys, json, icalendar
for path in sys.argv[1:]:
    calendar = icalendar.Calendar.from_ical(open(path, 'rb').read())
    assert not calendar.errors, calendar.errors
    assert calendar['VERSION'] == '2.0' and calendar['PRODID']
    zones = [str(zone['TZID']) for zone in calendar.walk('VTIMEZONE')]
    for event in calendar.walk('VEVENT'):
        assert not event.errors, event.errors
        print(json.dumps([path, zones, str(event.decoded('DTSTART')), str(event.decoded('DTEND')),
            str(event['UID']), str(event['SUMMARY']), str(event['DESCRIPTION'])]))
";

#[test]
fn another_languages_reader_finds_the_same_entries() {
    if !is_there("python3", &["-c", "import icalendar"], "Python's icalendar") {
        return;
    }
    let desk = TempDir::new().unwrap();
    for (name, calendar) in calendars(Lang::Zh) {
        fs::write(desk.path().join(name), calendar).unwrap();
    }
    let run = Command::new("python3")
        .args(["-c", READER, "calendar-office.ics", "calendar-team-a_.ics"])
        .current_dir(desk.path())
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{error}");
    let entries: Vec<serde_json::Value> = String::from_utf8(run.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(entries.len(), 7);
    let team = &entries[6];
    assert_eq!(team[1], serde_json::json!(["Asia/Shanghai"]));
    assert_eq!(
        (team[2].as_str(), team[3].as_str()),
        (Some("2026-05-04"), Some("2026-05-05"))
    );
    assert_eq!(
        team[6],
        "消杀作业 2026-05-04 周一\n1. +院子, 东; 西\\n（@北街 1 号 <南>），滞留喷洒，可湿性粉剂 2 kg"
    );
    // The team's entry is the office's entry of the same crew-day.
    let same = entries[..6].iter().filter(|entry| entry[4] == team[4]);
    assert_eq!(same.count(), 1);
}
