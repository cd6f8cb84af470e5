//! The horizon, windows, the season so far.

use crate::scenario_patch::{Files, tiny};
use crate::{check, check_help};

#[test]
fn dates_that_cannot_be() {
    for date in [
        "2026-02-30",
        "2026-13-01",
        "2026/0/1",
        "26-05-01",
        "5/1/2026",
        "tomorrow",
        "2026-05",
        "2026-05-01 8:00",
        "20260501",
        "46143",
        "2026.5.1",
    ] {
        check(
            &tiny().with(
                "calendar.csv",
                format!("date,scope,status\n{date},all,closed\n"),
            ),
            &["E308 calendar.csv:2:1"],
        );
    }
    let calendar = |date: &str| {
        tiny().with(
            "calendar.csv",
            format!("date,scope,status\n{date},all,closed\n"),
        )
    };
    check_help(&calendar("2026-02-30"), "2026-02 has 28 days");
    check_help(&calendar("2026.5.1"), "write 2026-05-01");
    check_help(
        &calendar("46143"),
        "this looks like a spreadsheet's day number, 2026-05-01; format the cell as a date or as text",
    );
    check(
        &tiny().replace("scenario.toml", "2026-05-31", "\"2026-02-30\""),
        &["E308 scenario.toml:3:7"],
    );
}

#[test]
fn horizons_that_cannot_be() {
    check(
        &tiny().replace("scenario.toml", "2026-05-31", "2026-04-30"),
        &["E401 scenario.toml:3:7"],
    );
    check(
        &tiny().replace("scenario.toml", "2026-05-31", "2029-05-05"),
        &["E402 scenario.toml:3:7"],
    );
    check(
        &tiny().replace("scenario.toml", "2026-05-31", "2029-05-04"),
        &[],
    );
    check(
        &tiny().replace("scenario.toml", "2026-05-31", "2026-05-01"),
        &["W515 coverage.csv:2:4", "W515 coverage.csv:3:4"],
    );
}

fn coverage(from: &str, to: &str) -> Files {
    tiny().with(
        "coverage.csv",
        format!("rule,treatments,from,to,rounds\nr,spray;gel,{from},{to},1\n"),
    )
}

#[test]
fn windows_of_rules() {
    check(
        &coverage("2026-05-10", "2026-05-09"),
        &["E403 coverage.csv:2:4"],
    );
    check(&coverage("2026-06-01", ""), &["E404 coverage.csv:2:3"]);
    check(&coverage("", "2026-04-30"), &["E404 coverage.csv:2:4"]);
    check(
        &coverage("2026-04-30", "2026-06-01"),
        &["W421 coverage.csv:2:3", "W421 coverage.csv:2:4"],
    );
    check(&coverage("2026-05-31", "2026-05-31"), &[]);
}

#[test]
fn windows_of_teams_products_and_the_calendar() {
    let teams = |from: &str, to: &str| {
        tiny().append("teams.csv", "").with(
            "teams.csv",
            format!("team,methods,hours_per_day,from,to\nA,residual;bait,8,,\nB,residual,7,{from},{to}\n"),
        )
    };
    check(&teams("2026-05-10", "2026-05-09"), &["E403 teams.csv:3:5"]);
    check(&teams("2026-06-10", ""), &["W422 teams.csv:3:4"]);
    check(&teams("", "2026-04-10"), &["W422 teams.csv:3:5"]);
    check(
        &tiny()
            .append("products.csv", "x,1,1\n")
            .replace("products.csv", "pack_size,pack_cost", "from,to")
            .replace("products.csv", "wp,6,120", "wp,,")
            .replace("products.csv", "x,1,1", "x,,2026-04-01"),
        &["W422 products.csv:3:3"],
    );
    check(
        &tiny().with(
            "calendar.csv",
            "date,to,scope,status\n2026-05-02,2026-05-01,all,closed\n",
        ),
        &["E403 calendar.csv:2:2"],
    );
    // Rows of the calendar outside the horizon are ignored.
    check(
        &tiny().with("calendar.csv", "date,scope,status\n2020-05-02,all,closed\n"),
        &[],
    );
}

fn done(today: &str, rows: &str) -> Files {
    let files = tiny().with("done.csv", format!("date,team,site,treatment\n{rows}"));
    if today.is_empty() {
        files
    } else {
        files.append("scenario.toml", &format!("today = {today}\n"))
    }
}

#[test]
fn the_season_so_far() {
    let road = |date: &str| format!("{date},A,road,spray\n");
    check(
        &done("2026-05-10", &road("2026-06-01")),
        &["E405 done.csv:2:1"],
    );
    check(
        &done("2026-05-10", &road("2026-05-10")),
        &["E406 done.csv:2:1"],
    );
    check(&done("2026-05-10", &road("2026-05-09")), &[]);
    check(&done("2026-05-10", &road("2026-04-01")), &[]);
    check(
        &done("", &(road("2026-05-04") + &road("2026-05-12"))),
        &["W423 done.csv:3:1"],
    );
    check(&done("2026-06-01", ""), &["W424 scenario.toml:4:9"]);
    let team_b = "2026-05-04,B,road,spray\n";
    check(
        &done("2026-05-10", &(road("2026-05-04") + team_b)),
        &["W425 done.csv:3:1"],
    );
    // Limits that a done visit breaks are no findings: A has one crew, and the market is not in B's zone.
    let files = tiny().append("scenario.toml", "today = 2026-05-10\n").with(
        "done.csv",
        "date,team,site,treatment,crew,product,quantity,hours\n2026-05-04,B,market,gel,7,wp,1e3,99\n",
    );
    check(&files, &[]);
}

#[test]
fn dates_of_budget_lines() {
    let budget =
        |row: &str| tiny().with("budget.csv", format!("line,scope,from,to,amount\n{row}\n"));
    check(
        &budget("a,labour;total,2026-05-02,,1"),
        &["E407 budget.csv:2:3"],
    );
    check(
        &budget("a,product:wp,,2026-05-02,1"),
        &["E407 budget.csv:2:4"],
    );
    check(
        &budget("a,labour,2026-05-03,2026-05-02,1"),
        &["E403 budget.csv:2:4"],
    );
    check(
        &budget("a,labour;team:A;contractor:B,2026-06-03,,1"),
        &["W426 budget.csv:2:3"],
    );
    check(&budget("a,labour;team:A;contractor:B,2026-05-03,,0"), &[]);
    check(&budget("a,labour,,,-1"), &["E307 budget.csv:2:5"]);
}
