//! Spare visits: periods have all their rounds without them, and only the greatest gap needs them as the others stand.
//!
//! Each is taken off, and the search moves others until no gap is too long; where it cannot, the visit stays.

use super::Watch;
use super::board::{Board, VisitIx};
use super::search::{Dice, Focus, HOUR, Schedule, Search};
use super::settle::{Effort, is_good, season_span};
use super::spans::Span;
use crate::season::DayIx;

/// Spare visits that are tried at most.
const MOST_TRIED: usize = 40;

/// Days around a spare visit in which others are moved.
const NEAR: DayIx = 30;

/// Takes off spare visits that others can stand in for.
pub(super) fn drop_spare(board: &mut Board, effort: &Effort, dice: &mut Dice, watch: &dyn Watch) {
    if !board.is_valid() {
        return;
    }
    let mut at = 0;
    for _ in 0..MOST_TRIED {
        let spare = (at..board.slots.len()).find(|&at| is_spare(board, VisitIx(at as u32)));
        let Some(found) = spare.filter(|_| !watch.stop()) else {
            return;
        };
        at = found;
        if !stand_in(board, VisitIx(found as u32), effort, dice, watch) {
            at += 1;
        }
    }
}

/// Whether every period has its rounds without a visit, and some demand of it wishes for a greatest gap.
fn is_spare(board: &Board, visit: VisitIx) -> bool {
    let season = board.season;
    let Some(day) = board.day(visit) else {
        return false;
    };
    let demands = season.jobs[board.slot(visit).job as usize].demands.iter();
    let counted: Vec<_> = demands
        .map(|&demand| &season.demands[demand])
        .filter(|row| (row.from..=row.to).contains(&day))
        .collect();
    let enough = counted.iter().all(|row| {
        let periods = row.periods(season).iter();
        let mut own = periods.filter(|period| (period.from..=period.to).contains(&day));
        own.all(|period| {
            let inside = |day: &DayIx| (period.from..=period.to).contains(day);
            let others = board.visits_at(row.part).iter().filter(|other| {
                other.visit != visit && row.jobs.contains(&other.job) && inside(&other.day)
            });
            others.count() + row.done_rounds().filter(inside).count() >= period.asked as usize
        })
    });
    enough && counted.iter().any(|row| row.max_gap.is_some())
}

/// Takes a visit off, and moves others until the board is as good as before; whether that went.
fn stand_in(
    board: &mut Board,
    visit: VisitIx,
    effort: &Effort,
    dice: &mut Dice,
    watch: &dyn Watch,
) -> bool {
    let Some(day) = board.day(visit) else {
        return false;
    };
    let before = board.clone();
    board.lift(visit);
    board.forget_waiting();
    let season = season_span(board);
    let focus = Focus {
        days: Span {
            from: (day - NEAR).max(season.from),
            to: (day + NEAR).min(season.to),
        },
        team: None,
    };
    let enough = before.strain.missed;
    let schedule = Schedule {
        moves: effort.moves_per_visit * board.visits_in(focus).max(20) as u64 / 2,
        hot: 0.05 * HOUR,
        cold: 0.001 * HOUR,
        may_give_up: false,
        may_enter: true,
        enough,
        cheaper_than: f64::INFINITY,
        focus,
    };
    let went = Search::new(board, dice).run(&schedule, watch) && is_good(board, enough);
    if !went {
        *board = before;
    }
    went
}

#[cfg(test)]
mod tests {
    use super::super::components::tests::{four_weeks, product, rule, site, team, treatment};
    use super::super::{Effort, Unwatched, dispatch, effort::Efforts};
    use super::*;
    use crate::domain::{Every, Rule, Scenario};
    use crate::season::Season;

    /// A site whose rule asks for two rounds in four weeks, no more than so many days apart.
    fn two_rounds(max_gap: u32) -> Scenario {
        let mut scenario = four_weeks();
        scenario.sites.push(site("n", 0, 1));
        scenario.products.push(product(0, 1, 1));
        scenario.treatments.push(treatment(0, 0, 60));
        scenario.teams.push(team("n", 100));
        scenario.rules.push(Rule {
            max_gap: Some(max_gap),
            ..rule(0, &[0], Every::Window, 2)
        });
        scenario
    }

    /// Visits left of three, on the 5th, the 14th and the 22nd, where crews are out every day.
    fn left_of_three(scenario: &Scenario) -> usize {
        let season = Season::new(scenario);
        let mut board = Board::new(&season, dispatch::weights(&season));
        for day in 0..season.days {
            let at = board.crew_day(season.jobs[0].options[0].team, day, 1);
            board.set_open(at, true);
            if [4, 13, 21].contains(&day) {
                let visit = board.add(0, 0);
                board.put(visit, 0, at);
            }
        }
        let effort = Efforts::of(Effort::Normal).settle;
        drop_spare(&mut board, &effort, &mut Dice::new(1), &Unwatched);
        assert!(is_good(&board, 0.0), "a round is missed");
        board.visits_at(0).len()
    }

    #[test]
    fn a_spare_visit_goes_where_the_others_can_keep_the_gap() {
        assert_eq!(left_of_three(&two_rounds(10)), 2);
    }

    #[test]
    fn a_visit_stays_that_the_gap_needs_however_the_others_stand() {
        // Three stretches of at most nine days hold 26 days; with two visits one would be longer.
        assert_eq!(left_of_three(&two_rounds(9)), 3);
    }
}
