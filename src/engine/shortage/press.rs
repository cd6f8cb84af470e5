//! Making room for one more round where no crew-day has enough of it left: the free minutes of many crew-days are
//! brought together by a search around the one into which the round is pressed.

use crate::engine::Watch;
use crate::engine::board::{Board, CrewDay, Patch, VisitIx};
use crate::engine::parallel;
use crate::engine::search::{Dice, Focus, HOUR, Schedule, Search};
use crate::engine::settle::{Effort, add_missing};
use crate::engine::spans::Span;
use crate::season::DayIx;
use std::collections::BTreeSet;

/// Rounds that are tried at a time; the number is fixed, so that the result does not depend on how many threads there
/// are.
const AT_A_TIME: usize = 4;

/// Days around a crew-day whose visits make room.
const NEAR: DayIx = 12;

/// Presses missed rounds in, those first that are worth most for their hours; the board stays valid.
pub(super) fn press(board: &mut Board, effort: &Effort, dice: &mut Dice, watch: &dyn Watch) {
    add_missing(board);
    let order = super::spend::waiting(board);
    let mut refused: BTreeSet<u32> = BTreeSet::new();
    let mut next = 0;
    while next < order.len() && !watch.stop() {
        let mut tried: Vec<(VisitIx, u64)> = Vec::new();
        while tried.len() < AT_A_TIME && next < order.len() {
            let (worth, visit) = order[next];
            next += 1;
            let job = board.slot(visit).job;
            // Rounds of one job are alike.
            if worth > 0.0
                && !refused.contains(&job)
                && tried.iter().all(|&(other, _)| board.slot(other).job != job)
            {
                tried.push((visit, dice.seed()));
            }
        }
        let found = parallel::map(&tried, |&(visit, seed)| {
            press_in(board, visit, seed, effort, watch)
        });
        for (&(visit, _), patch) in tried.iter().zip(found) {
            let job = board.slot(visit).job;
            if !patch.is_some_and(|patch| adopt(board, &patch)) {
                refused.insert(job);
            }
        }
    }
    board.forget_waiting();
}

/// Puts a visit where it strains a copy of the board least and searches for room; what that changed if there was some.
fn press_in(
    start: &Board,
    visit: VisitIx,
    seed: u64,
    effort: &Effort,
    watch: &dyn Watch,
) -> Option<Patch> {
    let mut board = start.clone();
    let mut dice = Dice::new(seed);
    let at = put_where_it_gains(&mut board, visit)?;
    let enough = board.strain.missed;
    let (team, day) = (board.bin(at).team, board.bin(at).day);
    let focus = Focus {
        days: Span {
            from: day - NEAR,
            to: day + NEAR,
        },
        team: Some(team),
    };
    let schedule = Schedule {
        moves: board.visits_in(focus).max(20) as u64 * effort.moves_per_visit,
        hot: 0.03 * HOUR,
        cold: 0.001 * HOUR,
        may_give_up: false,
        may_enter: false,
        enough,
        cheaper_than: f64::INFINITY,
        focus,
    };
    let fits = board.is_valid() || Search::new(&mut board, &mut dice).run(&schedule, watch);
    fits.then(|| start.changes_to(&board))
}

/// Puts a visit on the crew-day with most room for it of those on which it makes a missed round good.
fn put_where_it_gains(board: &mut Board, visit: VisitIx) -> Option<CrewDay> {
    let season = board.season;
    let job = &season.jobs[board.slot(visit).job as usize];
    let mut places: Vec<(f64, usize, CrewDay)> = Vec::new();
    for (number, option) in job.options.iter().enumerate() {
        for day in season.day_sets[option.days].iter() {
            let squeezed = board.squeeze_on(visit, day);
            let crews = 1..=season.scenario[option.team].crews;
            let crews = crews.map(|crew| board.crew_day(option.team, day, crew));
            let open = crews.filter(|&at| board.bin(at).open);
            let strain = |at: CrewDay| {
                let lacking = board.hours_in(visit, number, at) - board.room(at);
                squeezed + lacking.max(0) as f64 / 1e6
            };
            let least = open
                .map(|at| (strain(at), number, at))
                .min_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
            places.extend(least.filter(|&(_, _, at)| board.allows(visit, number, at)));
        }
    }
    places.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let missed = board.strain.missed;
    for (_, option, at) in places {
        board.put(visit, option, at);
        if board.strain.missed < missed - 1e-9 {
            return Some(at);
        }
        board.lift(visit);
    }
    None
}

/// Takes over what an attempt found, if it still fits and less is missed.
fn adopt(board: &mut Board, patch: &Patch) -> bool {
    let (before, missed) = (board.position(), board.strain.missed);
    let better = board.apply(patch) && board.is_valid() && board.strain.missed < missed - 1e-9;
    if !better {
        board.restore(&before);
    }
    better
}
