//! Rule 1: the horizon, today, from and to, weekdays and the calendar.

use super::clauses::base;
use super::tiny::*;
use super::{check_broken, check_valid, judged};
use xiaosha::domain::{CalendarScope, CalendarStatus, SiteIx, TeamIx, TreatmentIx};

#[test]
fn a_date_lies_in_the_horizon() {
    check_valid(&base(), "05-04 A 1 s1 spray\n05-31 A 1 s1 spray");
    check_broken(
        &base(),
        "05-03 A 1 s1 spray\n06-01 A 1 s1 spray",
        &["V101:2", "V101:3"],
    );
}

#[test]
fn a_new_visit_lies_on_today_or_later() {
    let mut scenario = base();
    scenario.plan_from = day("05-10");
    check_valid(&scenario, "05-10 A 1 s1 spray");
    check_broken(&scenario, "05-09 A 1 s1 spray", &["V102:2"]);
}

#[test]
fn a_date_lies_in_the_teams_from_and_to_even_if_the_calendar_opens_it() {
    let mut scenario = base();
    scenario.teams[0].from = Some(day("05-06"));
    scenario.teams[0].to = Some(day("05-08"));
    scenario.calendar.push(calendar(
        "05-04",
        "05-31",
        CalendarScope::All,
        CalendarStatus::Open,
    ));
    check_valid(
        &scenario,
        "05-06 A 1 s1 spray\n05-08 A 1 s2 spray\n05-04 B 1 s1 spray",
    );
    check_broken(
        &scenario,
        "05-05 A 1 s1 spray\n05-09 A 1 s2 spray",
        &["V103:2", "V103:3"],
    );
}

#[test]
fn a_date_lies_in_the_products_from_and_to() {
    let mut scenario = base();
    scenario.products[0].from = Some(day("05-06"));
    scenario.products[0].to = Some(day("05-08"));
    check_valid(
        &scenario,
        "05-06 A 1 p/1 bait\n05-08 A 1 p/2 bait\n05-05 A 1 s1 spray",
    );
    check_broken(
        &scenario,
        "05-05 A 1 p/1 bait\n05-09 A 1 p/2 bait",
        &["V104:2", "V104:3"],
    );
}

#[test]
fn weekdays_close_teams_and_sites() {
    let mut scenario = base();
    scenario.teams[0].workdays = weekdays(&[0, 1, 2, 3, 4]);
    scenario.sites[1].workdays = weekdays(&[5]);
    check_valid(&scenario, "05-08 A 1 s1 spray\n05-09 B 1 s2 spray");
    check_broken(
        &scenario,
        "05-09 A 1 s1 spray\n05-08 A 1 s2 spray",
        &["V105:2", "V106:3"],
    );
}

/// Which of 4 … 9 May (Monday … Saturday) are closed for team A at s1, as codes by day, given rows of the calendar.
fn closings(rows: &[(&str, &str, CalendarScope, CalendarStatus)]) -> Vec<String> {
    let mut scenario = base();
    scenario.teams[0].workdays = weekdays(&[0, 1, 2, 3, 4]);
    scenario.sites[0].workdays = weekdays(&[0, 1, 2, 3, 4]);
    for (from, to, scope, status) in rows {
        scenario
            .calendar
            .push(calendar(from, to, scope.clone(), *status));
    }
    let days = ["05-04", "05-05", "05-06", "05-07", "05-08", "05-09"];
    let plan: Vec<String> = days.map(|day| format!("{day} A 1 s1 spray")).to_vec();
    let judgement = judged(&scenario, &plan.join("\n"));
    (judgement.violations.iter())
        .map(|violation| {
            let line = violation.line.expect("a line") as usize;
            format!("{} {}", days[line - 2], violation.clause.code())
        })
        .collect()
}

#[test]
fn the_calendar_closes_and_opens_by_scope() {
    use CalendarScope as Scope;
    use CalendarStatus::{Closed, Open};
    // Without rows Saturday is closed for the team and for the site.
    assert_eq!(closings(&[]), ["05-09 V105", "05-09 V106"]);
    let closes = |scope: CalendarScope| {
        let mut codes = closings(&[("05-05", "05-05", scope, Closed)]);
        codes.truncate(codes.len() - 2);
        codes
    };
    let (s1, spray) = (SiteIx(0), TreatmentIx(0));
    assert_eq!(closes(Scope::All), ["05-05 V105", "05-05 V106"]);
    assert_eq!(closes(Scope::Teams), ["05-05 V105"]);
    assert_eq!(closes(Scope::Sites), ["05-05 V106"]);
    assert_eq!(closes(Scope::Team(TeamIx(0))), ["05-05 V105"]);
    assert_eq!(closes(Scope::Contractor("A".to_owned())), ["05-05 V105"]);
    assert_eq!(closes(Scope::Zone("east".to_owned())), ["05-05 V106"]);
    assert_eq!(closes(Scope::Kind("road".to_owned())), ["05-05 V106"]);
    assert_eq!(closes(Scope::Site(s1, None)), ["05-05 V106"]);
    assert_eq!(closes(Scope::Site(s1, Some(1))), ["05-05 V106"]);
    assert_eq!(closes(Scope::Method("residual".to_owned())), ["05-05 V107"]);
    assert_eq!(closes(Scope::Treatment(spray)), ["05-05 V107"]);
    for other in [
        Scope::Team(TeamIx(1)),
        Scope::Contractor("B".to_owned()),
        Scope::Zone("west".to_owned()),
        Scope::Kind("park".to_owned()),
        Scope::Site(SiteIx(1), None),
        Scope::Method("ulv".to_owned()),
        Scope::Treatment(TreatmentIx(1)),
    ] {
        assert!(closes(other.clone()).is_empty(), "{other:?}");
    }
    // Opening overrides weekdays of what is in the scope, and of nothing else.
    let saturday = |scope| closings(&[("05-09", "05-09", scope, Open)]);
    assert!(saturday(Scope::All).is_empty());
    assert_eq!(saturday(Scope::Teams), ["05-09 V106"]);
    assert_eq!(saturday(Scope::Sites), ["05-09 V105"]);
    assert_eq!(saturday(Scope::Kind("road".to_owned())), ["05-09 V105"]);
}

#[test]
fn the_later_row_of_the_calendar_wins_and_usual_forgets_its_own_scope() {
    use CalendarScope::{All, Site, Sites, Teams};
    use CalendarStatus::{Closed, Open, Usual};
    let weekend = ["05-09 V105", "05-09 V106"];
    assert_eq!(
        closings(&[
            ("05-05", "05-06", All, Closed),
            ("05-06", "05-06", All, Open)
        ]),
        ["05-05 V105", "05-05 V106", weekend[0], weekend[1]]
    );
    // A narrower scope does not win by being narrower, only by standing later.
    let s1 = || Site(SiteIx(0), None);
    assert_eq!(
        closings(&[
            ("05-05", "05-05", s1(), Open),
            ("05-05", "05-05", Sites, Closed)
        ])[0],
        "05-05 V106"
    );
    assert_eq!(
        closings(&[
            ("05-05", "05-05", Sites, Closed),
            ("05-05", "05-05", s1(), Open)
        ]),
        weekend
    );
    // `usual` takes back rows of its own scope on its days; the rows of other scopes stay in force.
    assert_eq!(
        closings(&[
            ("05-05", "05-06", Sites, Closed),
            ("05-06", "05-07", Sites, Usual)
        ]),
        ["05-05 V106", weekend[0], weekend[1]]
    );
    assert_eq!(
        closings(&[
            ("05-05", "05-05", Sites, Closed),
            ("05-05", "05-05", s1(), Usual)
        ])[0],
        "05-05 V106"
    );
    assert_eq!(
        closings(&[
            ("05-05", "05-05", All, Closed),
            ("05-05", "05-05", Teams, Usual)
        ]),
        ["05-05 V105", "05-05 V106", weekend[0], weekend[1]]
    );
    // What `usual` forgets cannot outlive it: the earlier closing of another scope decides again.
    assert_eq!(
        closings(&[
            ("05-05", "05-05", Sites, Closed),
            ("05-05", "05-05", s1(), Open),
            ("05-05", "05-05", s1(), Usual),
        ])[0],
        "05-05 V106"
    );
    // Rows that reach beyond the horizon, and rows outside it.
    assert_eq!(
        closings(&[
            ("04-01", "05-04", Teams, Closed),
            ("04-01", "05-03", Sites, Closed)
        ])[0],
        "05-04 V105"
    );
}

#[test]
fn one_part_of_a_site_can_be_closed() {
    let mut scenario = base();
    let part = CalendarScope::Site(SiteIx(2), Some(2));
    scenario
        .calendar
        .push(calendar("05-05", "05-05", part, CalendarStatus::Closed));
    check_broken(
        &scenario,
        "05-05 A 1 p/1 fog\n05-05 A 1 p/2 fog\n05-05 A 1 p/3 fog",
        &["V106:3"],
    );
}
