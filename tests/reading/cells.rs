//! Cells are read rightly: dates, numbers, weekdays, periods, lists, ids and what is blank.

use super::number;
use crate::scenario_patch::tiny;
use xiaosha::domain::{Choice, Every, Exact, Hours, Measure};

#[test]
fn dates_are_read_in_every_form() {
    use xiaosha::validate::value::date;
    for text in [
        "2026-05-01",
        "2026/5/1",
        "2026/05/01",
        "2026年5月1日",
        "2026年05月01日",
        "2026-5-1",
        "2026-05-01 0:00",
        "2026/5/1 0:00:00",
        "2026-05-01T00:00:00",
        "２０２６－０５－０１",
        "2026年5月1日 00:00",
    ] {
        assert_eq!(date(text).unwrap().to_string(), "2026-05-01", "{text}");
    }
    assert_eq!(date("2028-02-29").unwrap().to_string(), "2028-02-29");
}

#[test]
fn numbers_are_read_exactly() {
    use xiaosha::validate::value::number as read;
    for (text, value) in [
        ("0.1", "0.1"),
        ("1,234", "1234"),
        ("1,234,567.5", "1234567.5"),
        ("１２．５", "12.5"),
        ("１，２３４", "1234"),
        ("-0", "0"),
        ("1e3", "1000"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+5", "5"),
        ("007", "7"),
    ] {
        assert_eq!(read(text).unwrap(), number(value), "{text}");
    }
}

#[test]
fn weekdays_are_lists_or_stretches() {
    use xiaosha::validate::value::weekdays;
    let week = |text: &str| -> String {
        let days = weekdays(text).unwrap();
        (4..11)
            .map(|d| {
                if days.contains(chrono::NaiveDate::from_ymd_opt(2026, 5, d).unwrap()) {
                    'x'
                } else {
                    '.'
                }
            })
            .collect()
    };
    for (text, days) in [
        ("mon;wed", "x.x...."),
        ("MON；Wed", "x.x...."),
        ("周一、周三", "x.x...."),
        ("一，三", "x.x...."),
        ("mon-fri", "xxxxx.."),
        ("周一-周五", "xxxxx.."),
        ("周一至周五", "xxxxx.."),
        ("一到五", "xxxxx.."),
        ("sat-mon", "x....xx"),
        ("周六～周日", ".....xx"),
        ("mon-wed;sun", "xxx...x"),
        ("星期天", "......x"),
        ("tue - thu", ".xxx..."),
        ("sun-sat", "xxxxxxx"),
    ] {
        assert_eq!(week(text), days, "{text}");
    }
}

#[test]
fn periods_are_read_in_both_languages() {
    use xiaosha::validate::value::period;
    for (text, every) in [
        ("window", Every::Window),
        ("整段", Every::Window),
        ("Month", Every::Month),
        ("每月", Every::Month),
        ("half-month", Every::HalfMonth),
        ("半月", Every::HalfMonth),
        ("week", Every::Week),
        ("每周", Every::Week),
        ("10d", Every::Days(10)),
        ("１０ｄ", Every::Days(10)),
        ("10D", Every::Days(10)),
        ("10天", Every::Days(10)),
        ("每10日", Every::Days(10)),
        ("1d", Every::Days(1)),
    ] {
        assert_eq!(period(text), Some(every), "{text}");
    }
    for text in ["", "d", "0d", "-1d", "1.5d", "10", "每天", "99999999999d"] {
        assert_eq!(period(text), None, "{text}");
    }
}

#[test]
fn ids_and_words_are_compared_after_nfkc_and_trimming() {
    let scenario = tiny()
        .replace(
            "teams.csv",
            "A,residual;bait,,",
            "Ａ,\u{3000}ｒesidual ;bait,,",
        )
        .replace("treatments.csv", "gel,bait", " ｇel , bait")
        .with(
            "calendar.csv",
            "date,scope,status\n2026-05-01,team: A,closed\n",
        )
        .sound();
    assert_eq!(scenario.teams[0].id, "A");
    assert_eq!(scenario.teams[0].methods, ["residual", "bait"]);
    assert_eq!(scenario.treatments[1].id, "gel");
}

#[test]
fn a_list_is_split_before_nfkc() {
    // A Greek question mark is a semicolon only after NFKC, so it is part of the word.
    let scenario = tiny()
        .with("sites.csv", "site,kind,tags,area_m2,stalls,zone\nroad,road,a,1,,\nyard,yard,\"x;y、z，w；v,u;p\u{37e}q\",1,,\nmarket,market,,1,1,\n")
        .sound();
    assert_eq!(scenario.sites[1].tags, ["x", "y", "z", "w", "v,u", "p;q"]);
}

#[test]
fn selectors_keep_words_and_exceptions() {
    let scenario = tiny()
        .with("sites.csv", "site,kind,tags,area_m2,stalls,parts\nroad,road,a;b,1,,3\nyard,yard,,1,,\nmarket,market,a,1,1,\n")
        .with(
            "coverage.csv",
            "rule,kind,tag,site,treatments,rounds\nr,road;!yard,！b,road/2;!road/03;yard/1;-x,spray,1\nq,,,!road,spray,1\n",
        );
    assert_eq!(scenario.findings()[0], "E304 coverage.csv:2:4");
    let scenario = scenario.replace("coverage.csv", ";-x", "").scenario();
    let selector = &scenario.rules[0].selector;
    let choice = |choice: &Option<Choice>| {
        let choice = choice.as_ref().unwrap();
        (
            choice.any_of.join(" "),
            choice.none_of.join(" "),
            choice.emptied,
        )
    };
    assert_eq!(
        choice(&selector.kind),
        ("road".into(), "yard".into(), false)
    );
    assert_eq!(choice(&selector.tag), (String::new(), "b".into(), false));
    assert_eq!(
        choice(&selector.site),
        ("road/2 yard".into(), "road/3".into(), false)
    );
    assert!(selector.zone.is_none());
    assert_eq!(
        choice(&scenario.rules[1].selector.site),
        (String::new(), "road".into(), false)
    );
}

#[test]
fn measures_are_columns_that_a_treatment_names() {
    let scenario = tiny()
        .with(
            "sites.csv",
            "site,kind,zone,area_m2,stalls,address,phone,水面\nroad,road,north,4000,,大街 1,0990-1,x\nyard,yard,north,2000,0,,,\nmarket,market,south,1500,12,,,\n",
        )
        .with("coverage.csv", "rule,treatments,rounds\nall,spray;gel;look,1\n")
        .append("treatments.csv", "look,bait,,次,,\n")
        .sound();
    let road = &scenario.sites[0];
    let texts: Vec<(&str, &str)> = road
        .texts
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    assert_eq!(
        texts,
        [("address", "大街 1"), ("phone", "0990-1"), ("水面", "x")]
    );
    assert_eq!(road.measures.len(), 1);
    assert_eq!(scenario.sites[1].measures["stalls"], Exact::zero());
    assert_eq!(scenario.treatments[2].measure, Measure::Visit);
}

#[test]
fn empty_tables_and_blank_optional_cells_are_fine() {
    let scenario = tiny()
        .with("sites.csv", "site\n")
        .with("treatments.csv", "treatment,method,measure\n")
        .with("teams.csv", "team,methods,hours_per_day\n")
        .with("coverage.csv", "rule,treatments\n")
        .with("done.csv", "date,team,site,treatment\n")
        .without("products.csv")
        .sound();
    assert!(scenario.sites.is_empty() && scenario.rules.is_empty());
    let files = tiny().with("teams.csv", "team,methods,hours_per_day,crews,speed,zones,workdays,committed\nA,residual;bait,100,-,,-, - ,\n");
    let team = &files.sound().teams[0];
    assert_eq!(
        (team.crews, team.zones.len(), team.committed),
        (1, 0, false)
    );
    assert_eq!(team.hours_per_day, Hours::from_micro(100_000_000));
}

#[test]
fn new_visits_are_planned_from_today() {
    let with = |settings: &str, done: &str| {
        let files = tiny().append("scenario.toml", settings);
        let files = if done.is_empty() {
            files
        } else {
            files.with(
                "done.csv",
                format!("date,team,site,treatment\n{done},A,road,spray\n"),
            )
        };
        files.scenario().plan_from.to_string()
    };
    assert_eq!(with("", ""), "2026-05-01");
    assert_eq!(with("today = 2026-05-09\n", ""), "2026-05-09");
    assert_eq!(with("today = 2026-04-09\n", ""), "2026-05-01");
    assert_eq!(with("today = 2026-07-09\n", ""), "2026-07-09");
    assert_eq!(with("", "2026-05-07"), "2026-05-08");
    assert_eq!(with("", "2026-04-07"), "2026-05-01");
    assert_eq!(with("today = 2026-05-20\n", "2026-05-07"), "2026-05-20");
}
