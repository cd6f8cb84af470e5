//! Making room for what is worth more: a round that is missed takes the place of several that are worth less together.
//!
//! The search exchanges one visit for another; a long visit of an important tier needs the room of several.

use super::cut::lost_by;
use crate::engine::Watch;
use crate::engine::board::{Board, CrewDay, VisitIx};
use crate::engine::finish;
use crate::engine::settle::add_missing;

/// Share of what a round is worth that may be lost for it at most.
const WORTH_IT: f64 = 0.9;

/// Places missed rounds where less is lost for them, the most important first; the board stays valid.
pub(super) fn force(board: &mut Board, watch: &dyn Watch) {
    add_missing(board);
    let lost: Vec<f64> = (0..board.slots.len() as u32)
        .map(|at| lost_by(board, VisitIx(at)))
        .collect();
    let mut waiting: Vec<(f64, VisitIx)> = (0..board.slots.len() as u32)
        .map(VisitIx)
        .filter(|&visit| board.slot(visit).place.is_none())
        .map(|visit| (board.makes_good(visit), visit))
        .collect();
    waiting.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    // Rounds of the least important sort are exchanged by the search.
    let least = waiting.last().map_or(0.0, |&(gain, _)| gain);
    waiting.retain(|&(gain, _)| gain > 10.0 * least);
    for (_, visit) in waiting {
        if watch.stop() {
            break;
        }
        let gain = board.makes_good(visit);
        if let Some(place) = cheapest_place(board, visit, &lost, WORTH_IT * gain) {
            let (missed, before) = (board.strain.missed, board.position());
            for other in place.leaving {
                board.lift(other);
            }
            board.put(visit, place.option, place.at);
            if !board.is_valid() {
                finish::give_up_until_valid(board);
            }
            if !board.is_valid() || board.strain.missed > missed - 1e-9 {
                board.restore(&before);
            }
        }
    }
    board.forget_waiting();
}

/// A place for a visit, and the visits that leave for it.
struct Place {
    option: usize,
    at: CrewDay,
    leaving: Vec<VisitIx>,
}

/// Where least is lost, if that is less than `most`.
fn cheapest_place(board: &Board, visit: VisitIx, lost: &[f64], most: f64) -> Option<Place> {
    let season = board.season;
    let job = &season.jobs[board.slot(visit).job as usize];
    let missed: Vec<_> = job
        .demands
        .iter()
        .map(|&demand| &season.demands[demand])
        .collect();
    let mut least = most;
    let mut best = None;
    for (number, option) in job.options.iter().enumerate() {
        for day in season.day_sets[option.days].iter() {
            let counts = missed
                .iter()
                .any(|demand| (demand.from..=demand.to).contains(&day));
            if !counts {
                continue;
            }
            let close = board.too_close(visit, day);
            let given_up: f64 = close.iter().map(|other| lost[other.0 as usize]).sum();
            if given_up >= least {
                continue;
            }
            for crew in 1..=season.scenario[option.team].crews {
                let at = board.crew_day(option.team, day, crew);
                if !board.bin(at).open || !board.allows(visit, number, at) {
                    continue;
                }
                let room = room_for(board, visit, number, at, lost, &close);
                let Some((price, mut leaving)) = room else {
                    continue;
                };
                let price = price + given_up;
                if price < least {
                    leaving.extend(&close);
                    least = price;
                    best = Some(Place {
                        option: number,
                        at,
                        leaving,
                    });
                }
            }
        }
    }
    best
}

/// The visits that leave a crew-day for another, those first that are worth least for their hours, and what is lost;
/// those that are gone already make no room, which is on the safe side.
fn room_for(
    board: &Board,
    visit: VisitIx,
    option: usize,
    at: CrewDay,
    lost: &[f64],
    gone: &[VisitIx],
) -> Option<(f64, Vec<VisitIx>)> {
    let mut lacking = board.hours_in(visit, option, at) - board.room(at);
    let hours = |other: VisitIx| {
        let option = board.slot(other).option as usize;
        board.hours_in(other, option, at)
    };
    let mut others = board.bin(at).visits.clone();
    others.retain(|other| !gone.contains(other));
    let price = |other: &VisitIx| lost[other.0 as usize] / (hours(*other).max(1) as f64);
    others.sort_by(|a, b| price(a).total_cmp(&price(b)).then(a.cmp(b)));
    let mut leaving = Vec::new();
    let mut sum = 0.0;
    for other in others {
        if lacking <= 0 {
            break;
        }
        lacking -= hours(other);
        sum += lost[other.0 as usize];
        leaving.push(other);
    }
    (lacking <= 0).then_some((sum, leaving))
}
