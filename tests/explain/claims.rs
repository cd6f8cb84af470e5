//! What is claimed beside cures: that two changes are needed, that nothing helps, what is proven, what is closed, and
//! that there is a better plan.

use super::tiny::{self, calendar, done, line, money, team};
use super::{check_cure, check_not_enough, explained, optimum, options, week};
use xiaosha::domain::{BudgetScope, CalendarScope, CalendarStatus, Plan, SiteIx, TeamIx};
use xiaosha::engine::Unwatched;
use xiaosha::explain::{Amount, Change, Filter, Hindrance, explain};
use xiaosha::measures::{Measures, Proven};
use xiaosha::season::Season;
use xiaosha::verify::judge_plan;

#[test]
fn where_two_limits_stand_in_the_way_both_are_moved_together() {
    let mut week = week(3, "480");
    week.budget = vec![
        line("labour", &[BudgetScope::Labour], "1400"),
        line("total", &[BudgetScope::Total], "1400"),
    ];
    let found = explained(&week);
    let short = &found.short[0];
    assert_eq!(short.missed, 1);
    let [cure] = &short.cures[..] else {
        panic!("{short:?}")
    };
    let more = |line| Change::Budget {
        line,
        by: money("700"),
    };
    let also = cure.also.as_ref().map(|also| &also.change);
    assert_eq!((&cure.change.change, also), (&more(0), Some(&more(1))));
    check_cure(&week, cure);
    // Each by itself was tried before, and both are needed.
    assert!(
        short
            .tried
            .iter()
            .filter(|(_, also)| also.is_none())
            .count()
            >= 2
    );
    check_not_enough(&week, &more(0));
    check_not_enough(&week, &more(1));
}

#[test]
fn where_nothing_cures_it_is_said_what_was_tried_and_that_no_money_helps() {
    // Six rounds at one site, and five days.
    let mut week = week(1, "60");
    week.rules[0].rounds = 6;
    week.budget = vec![line("labour", &[BudgetScope::Labour], "3500")];
    let found = explained(&week);
    let short = &found.short[0];
    assert_eq!((short.missed, &short.cures[..]), (1, &[][..]));
    let tried = |attempt: &(Change, Option<Change>)| {
        matches!(attempt, (Change::Budget { line: 0, .. }, None))
    };
    assert!(short.tried.iter().any(tried), "{short:?}");
    let complete = found.complete.expect("it was looked into");
    assert_eq!((complete.missed, complete.hopeless), (1, true));
    let rich = Change::Budget {
        line: 0,
        by: money("100000"),
    };
    check_not_enough(&week, &rich);
    // Where money does help, nothing is said to be hopeless.
    week.rules[0].rounds = 5;
    week.budget[0].amount = money("2800");
    let complete = explained(&week).complete.expect("it was looked into");
    assert_eq!((complete.missed, complete.hopeless), (0, false));
}

#[test]
fn of_a_limit_that_done_visits_exceed_nothing_is_proven() {
    // Two days of work are done where one is allowed; the other four sites take two more.
    let mut week = week(8, "240");
    week.teams[0].max_days = Some(1);
    week.plan_from = tiny::day("05-06");
    week.done = vec![
        done("05-04", 0, 0, 0),
        done("05-04", 0, 1, 0),
        done("05-05", 0, 2, 0),
        done("05-05", 0, 3, 0),
    ];
    let found = explained(&week);
    let team = TeamIx(0);
    let cure = &found.short[0].cures;
    let cure = cure
        .iter()
        .find(|cure| cure.change.change == Change::CrewDays { team, by: 3 })
        .unwrap_or_else(|| panic!("{found:?}"));
    assert_eq!((cure.left, cure.least), (0, None));
    check_cure(&week, cure);
    // Within its limit the same team has its proof.
    week.teams[0].max_days = Some(2);
    let found = explained(&week);
    let mut cures = found.short[0].cures.iter();
    let cure = cures.find(|cure| cure.change.change == Change::CrewDays { team, by: 2 });
    assert_eq!(cure.expect("two days").least, Some(Amount::Count(2)));
}

#[test]
fn closed_days_are_counted_by_who_is_closed_and_no_open_choice_among_them() {
    // A may not come at all on Monday, the road is closed on Tuesday, spraying on Wednesday; B has no day left.
    let mut week = week(1, "60");
    let mut b = team("B", &["ulv"], "8");
    b.max_days = Some(0);
    week.teams.push(b);
    week.teams[0].max_days = Some(0);
    let closed = |day: &str, scope| calendar(day, day, scope, CalendarStatus::Closed);
    week.calendar = vec![
        closed("05-04", CalendarScope::Team(TeamIx(0))),
        closed("05-05", CalendarScope::Site(SiteIx(0), None)),
        closed("05-06", CalendarScope::Method("ulv".to_owned())),
    ];
    let found = explained(&week);
    let reasons = &found.short[0].reasons;
    let closed = reasons
        .iter()
        .find(|reason| matches!(reason.what, Hindrance::Closed { .. }))
        .unwrap_or_else(|| panic!("{reasons:?}"));
    // On Tuesday and Wednesday for both teams, on Monday for A only.
    let by = Hindrance::Closed {
        team: 1,
        site: 2,
        treatment: 2,
    };
    assert_eq!((&closed.what, closed.choices), (&by, 5));
}

#[test]
fn a_better_plan_that_is_found_comes_with_what_it_is_worth_and_is_valid() {
    let week = week(4, "240");
    let season = Season::new(&week);
    let empty = Plan::default();
    let measures = Measures::new(&season, &empty, &Proven::default());
    let filter = Filter::default();
    let found = explain(&week, &empty, &measures, &filter, options(), &Unwatched);
    let better = found.better.expect("four visits are better than none");
    assert!(judge_plan(&week, &better.plan).is_valid());
    let best = optimum(&week);
    assert_eq!(better.standing.shortfall, best.shortfall);
    assert_eq!(better.standing.cost, best.cost);
    assert_eq!((found.present.missed, better.standing.missed), (4, 0));
    // Of the best there is none.
    assert_eq!(explained(&week).better, None);
}
