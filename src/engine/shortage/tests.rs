//! Small boards on which each step has one right answer.

use super::super::allocate::{Allocation, Grain};
use super::super::board::{Board, Lenience};
use super::super::components::tests::{four_weeks, product, rule, site, team, treatment};
use super::super::effort::Efforts;
use super::super::relax::Relaxation;
use super::super::search::Dice;
use super::super::spans::Span;
use super::super::{Effort, Unwatched, dispatch};
use super::{Worth, cut, press, release};
use crate::domain::{Choice, Every, Exact, Money, Rule, Scenario};
use crate::season::Season;

/// Sites that take so many half-hours each, a round at each, and a team with six hours a day.
fn half_hours(works: &[usize]) -> Scenario {
    let mut scenario = four_weeks();
    for (at, &work) in works.iter().enumerate() {
        scenario.sites.push(site("n", at, work));
    }
    scenario.products.push(product(0, 1, 0));
    let mut work = treatment(0, 0, 0);
    work.rate_per_hour = Some(Exact::from_int(2));
    scenario.treatments.push(work);
    scenario.teams.push(team("n", 100));
    scenario.rules.push(rule(0, &[0], Every::Window, 1));
    scenario
}

/// A board whose crews go out on the first days, each with the visits at these sites.
fn board<'s>(season: &'s Season<'s>, days: &[&[usize]]) -> Board<'s> {
    let mut board = Board::new(season, dispatch::steep_weights(season));
    for (day, sites) in days.iter().enumerate() {
        let at = board.crew_day(season.jobs[0].options[0].team, day as i32, 1);
        board.set_open(at, true);
        for &site in *sites {
            let job = season.parts[season.first_part[site]].jobs[0];
            let visit = board.add(job, 0);
            board.put(visit, 0, at);
        }
    }
    assert!(board.is_valid(), "the board begins with a valid plan");
    board
}

/// Sites that have a visit.
fn served(board: &Board) -> Vec<usize> {
    let sites = board.season.scenario.sites.len();
    let parts = (0..sites).map(|site| board.season.first_part[site]);
    parts
        .enumerate()
        .filter(|&(_, part)| !board.visits_at(part).is_empty())
        .map(|(site, _)| site)
        .collect()
}

#[test]
fn a_long_round_leaves_for_several_short_ones() {
    let scenario = half_hours(&[10, 2, 2, 2, 2]);
    let season = Season::new(&scenario);
    let mut board = board(&season, &[&[0, 1]]);
    release::release(&mut board, &Unwatched);
    assert!(board.is_valid());
    assert_eq!(served(&board), [1, 2, 3, 4]);
}

#[test]
fn a_long_round_stays_where_nothing_better_waits() {
    let scenario = half_hours(&[10, 2, 11]);
    let season = Season::new(&scenario);
    let mut board = board(&season, &[&[0, 1]]);
    release::release(&mut board, &Unwatched);
    assert_eq!(served(&board), [0, 1]);
}

#[test]
fn free_minutes_of_two_days_are_brought_together_for_a_further_round() {
    // 8 + 3 and 7 + 4 of 12 half-hours; the round of 2 fits once 3 and 4 have changed places.
    let scenario = half_hours(&[8, 3, 7, 4, 2]);
    let season = Season::new(&scenario);
    let mut board = board(&season, &[&[0, 1], &[2, 3]]);
    let effort = Efforts::of(Effort::Normal).settle;
    press::press(&mut board, &effort, &mut Dice::new(1), &Unwatched);
    assert!(board.is_valid());
    assert_eq!(served(&board), [0, 1, 2, 3, 4]);
}

#[test]
fn what_is_worth_least_is_given_up_when_money_or_crew_days_are_less() {
    let mut scenario = half_hours(&[12, 12]);
    // The first site's round matters more.
    let only = |id: &str| {
        Some(Choice {
            any_of: vec![id.to_owned()],
            ..Choice::default()
        })
    };
    scenario.rules[0].selector.site = only("n0");
    let mut second = Rule {
        tier: 2,
        ..rule(1, &[0], Every::Window, 1)
    };
    second.selector.site = only("n1");
    scenario.rules.push(second);
    let mut short_of_days = scenario.clone();
    short_of_days.teams[0].max_days = Some(1);
    let short_of_money = scenario.with_total(Some(Money::from_micro(100_000_000)));
    for scenario in [short_of_days, short_of_money] {
        let season = Season::new(&scenario);
        let mut board = Board::new(&season, dispatch::steep_weights(&season));
        board.set_lenience(Lenience::MoneyAndDays);
        for (day, job) in [(0, 0), (1, 1)] {
            let at = board.crew_day(season.jobs[0].options[0].team, day, 1);
            board.set_open(at, true);
            let visit = board.add(job, 0);
            board.put(visit, 0, at);
        }
        let phases = [Span {
            from: 0,
            to: season.days - 1,
        }];
        let effort = Efforts::of(Effort::Quick).settle;
        cut(&mut board, &phases, &effort, &mut Dice::new(1), &Unwatched);
        board.set_lenience(Lenience::Strict);
        assert!(board.is_valid());
        assert_eq!(served(&board), [0]);
    }
}

#[test]
fn an_hour_is_worth_what_the_round_at_the_margin_asks_for_it() {
    let mut scenario = half_hours(&[2, 2, 2, 2, 2, 2, 5]);
    let worth = |scenario: &Scenario| {
        let season = Season::new(scenario);
        let allocation = Allocation::new(&season, Grain::Periods);
        let optimum = Relaxation::new(&allocation).shortfall_relaxed(1);
        let optimum = optimum.expect("the allocation has a solution");
        Worth::of(&season, &allocation, &optimum, 1.0)
    };
    assert!(worth(&scenario).hour[0].abs() < 1e-9, "nothing is scarce");
    scenario.teams[0].max_days = Some(1);
    // The six short rounds fill the day; a further hour is for the long one, which takes two and a half.
    assert!((worth(&scenario).hour[0] - 0.4).abs() < 1e-6);
}
