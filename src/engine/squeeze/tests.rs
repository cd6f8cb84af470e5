//! Small boards on which a crew can stay at home.

use super::super::board::{Board, CrewDay};
use super::super::components::tests::{four_weeks, micro, product, rule, site, team, treatment};
use super::super::effort::Efforts;
use super::super::search::Dice;
use super::super::spans::Span;
use super::super::{Effort, Unwatched, dispatch, settle};
use super::{Guide, Squeeze};
use crate::domain::{Every, Exact, Money, Scenario, TeamIx, TreatmentIx};
use crate::season::Season;

/// Sites to get to in so many minutes, with one round each of treatments that take so many, for a team of six hours a day.
fn stops(sites: usize, access: i64, minutes: &[usize]) -> Scenario {
    let mut scenario = four_weeks();
    for at in 0..sites {
        let mut row = site("n", at, 1);
        row.access_min = Exact::from_int(access);
        scenario.sites.push(row);
    }
    scenario.products.push(product(0, 1, 0));
    for (at, &minutes) in minutes.iter().enumerate() {
        scenario.treatments.push(treatment(at, 0, minutes));
        scenario.rules.push(rule(at, &[at], Every::Window, 1));
    }
    scenario.teams.push(team("n", 100));
    scenario
}

/// A board on which the crew goes out on the first days, with these treatments of these sites.
fn board<'s>(season: &'s Season<'s>, days: &[&[(usize, usize)]]) -> Board<'s> {
    let mut board = Board::new(season, dispatch::weights(season));
    for (day, visits) in days.iter().enumerate() {
        let at = board.crew_day(season.jobs[0].options[0].team, day as i32, 1);
        board.set_open(at, true);
        for &(site, treatment) in *visits {
            let job = season.parts[season.first_part[site]].jobs[treatment];
            let visit = board.add(job, 0);
            board.put(visit, 0, at);
        }
    }
    board
}

/// Keeps crews at home, and sends them out, where no round may be missed and the season is one phase.
fn squeeze(board: &mut Board, effort: &settle::Effort) {
    let phases = [Span {
        from: 0,
        to: board.season.days - 1,
    }];
    let squeeze = Squeeze {
        phases: &phases,
        guide: &Guide::new(),
        effort,
        enough: 0.0,
    };
    squeeze.run(board, &mut Dice::new(1), &Unwatched, &mut |_| false);
}

fn crews_out(board: &Board) -> usize {
    board.bins.iter().filter(|bin| bin.open).count()
}

#[test]
fn visits_that_share_their_stops_save_a_day_that_no_free_hours_would() {
    // Apart each visit takes an hour and a half, so three days are full to the minute; two at one stop take two hours.
    let scenario = stops(6, 60, &[30, 30]);
    let season = Season::new(&scenario);
    let mut board = board(
        &season,
        &[
            &[(0, 0), (1, 0), (2, 0), (3, 0)],
            &[(4, 0), (5, 0), (0, 1), (1, 1)],
            &[(2, 1), (3, 1), (4, 1), (5, 1)],
        ],
    );
    assert!(board.is_valid() && crews_out(&board) == 3);
    // Too few moves to shake the board and see what comes of it.
    let quick = Efforts::of(Effort::Quick).settle;
    let effort = settle::Effort {
        squeeze: quick.moves_per_visit / 3,
        squeeze_most: 0,
        ..quick
    };
    squeeze(&mut board, &effort);
    assert!(board.is_valid());
    assert_eq!(crews_out(&board), 2);
}

#[test]
fn a_crew_goes_out_where_it_costs_less_than_the_piece_money_that_it_saves() {
    // Each of twelve visits takes an hour and costs 30 by the piece; a crew of six hours costs 100 a day.
    let mut scenario = stops(12, 0, &[60]);
    scenario.teams[0].contractor = "by the day".to_owned();
    scenario.teams.push(team("n", 0));
    scenario.teams[1].contractor = "by the piece".to_owned();
    for (contractor, piece) in [("by the day", 0), ("by the piece", 30)] {
        let key = (contractor.to_owned(), TreatmentIx(0));
        scenario.rates.insert(key, Exact::from_int(piece));
    }
    let season = Season::new(&scenario);
    let mut board = Board::new(&season, dispatch::weights(&season));
    for (number, &job) in season.parts.iter().flat_map(|part| &part.jobs).enumerate() {
        let at = board.crew_day(TeamIx(1), (number / 6) as i32, 1);
        board.set_open(at, true);
        let visit = board.add(job, 1);
        board.put(visit, 1, at);
    }
    let cost = board.ledger.cost();
    squeeze(&mut board, &Efforts::of(Effort::Normal).settle);
    assert!(board.is_valid());
    let saved = cost - board.ledger.cost();
    assert_eq!(saved, Money::from_micro(micro(12 * 30 - 2 * 100)));
}

#[test]
fn minutes_that_are_free_on_many_days_are_gathered_into_one() {
    // Each site takes 358 minutes in five visits, six sites as good as fill six days; dealt out to seven, fifty minutes are
    // free on each.
    let scenario = stops(6, 0, &[47, 61, 73, 82, 95]);
    let season = Season::new(&scenario);
    let mut days: Vec<Vec<(usize, usize)>> = vec![Vec::new(); 7];
    for number in 0..30 {
        days[number % 7].push((number % 6, number / 6));
    }
    let days: Vec<&[(usize, usize)]> = days.iter().map(Vec::as_slice).collect();
    let start = board(&season, &days);
    assert!(start.is_valid() && crews_out(&start) == 7);
    let normal = Efforts::of(Effort::Normal).settle;
    for (wide, out) in [(0, 7), (normal.wide, 6)] {
        let mut board = start.clone();
        let effort = settle::Effort {
            squeeze: 0,
            squeeze_most: 0,
            wide,
            ..normal
        };
        squeeze(&mut board, &effort);
        assert!(board.is_valid());
        assert_eq!(crews_out(&board), out);
    }
}

#[test]
fn what_a_stop_takes_does_not_depend_on_which_of_its_visits_came_first() {
    // Thirds of hours: each visit's hours are rounded for themselves.
    let season_of = stops(1, 10, &[20, 40, 25]);
    let season = Season::new(&season_of);
    let load = |order: [usize; 3]| {
        let board = board(&season, &[&order.map(|treatment| (0, treatment))]);
        board.bin(CrewDay(0)).load
    };
    let orders = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ];
    let loads = orders.map(load);
    assert!(loads.iter().all(|&other| other == loads[0]), "{loads:?}");
}

#[test]
fn two_crews_with_little_left_to_do_stay_at_home_for_one_that_costs_more() {
    // Two teams of six hours, each with seven visits of an hour in its own zone; the third may do all, and costs more.
    let mut scenario = stops(0, 0, &[60]);
    scenario.teams.clear();
    for (zone, cost) in [("a", 100), ("b", 100), ("c", 150)] {
        let mut team = team(zone, cost);
        if zone == "c" {
            team.zones = vec!["a".to_owned(), "b".to_owned()];
        } else {
            for at in 0..7 {
                scenario.sites.push(site(zone, at, 1));
            }
        }
        scenario.teams.push(team);
    }
    let season = Season::new(&scenario);
    let mut board = Board::new(&season, dispatch::weights(&season));
    for (number, job) in season.parts.iter().flat_map(|part| &part.jobs).enumerate() {
        let team = season.jobs[*job].options[0].team;
        let at = board.crew_day(team, (number % 7 / 6) as i32, 1);
        board.set_open(at, true);
        let visit = board.add(*job, 0);
        board.put(visit, 0, at);
    }
    assert!(board.is_valid() && crews_out(&board) == 4);
    squeeze(&mut board, &Efforts::of(Effort::Quick).settle);
    assert!(board.is_valid() && crews_out(&board) == 3);
    assert_eq!(board.ledger.cost(), Money::from_micro(micro(350)));
}
