//! Giving up one long round for several short ones that are worth more together.
//!
//! The mirror image of [`super::force`]: the search takes a visit off only for another one.

use super::cut::lost_by;
use super::spend::{fill, waiting};
use crate::engine::Watch;
use crate::engine::board::{Board, VisitIx};
use crate::engine::settle::add_missing;

/// Takes visits off, those first that are worth least for their hours, where what then fits in is worth more; the board
/// stays valid.
pub(super) fn release(board: &mut Board, watch: &dyn Watch) {
    add_missing(board);
    let mut placed: Vec<(f64, VisitIx)> = (0..board.slots.len() as u32)
        .map(VisitIx)
        .filter_map(|visit| {
            let slot = board.slot(visit);
            let hours = board.hours_in(visit, slot.option as usize, slot.place?);
            Some((lost_by(board, visit) / (hours.max(1) as f64), visit))
        })
        .collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for (_, visit) in placed {
        if watch.stop() {
            break;
        }
        let slot = board.slot(visit);
        let Some(at) = slot.place else { continue };
        let missed = board.strain.missed;
        let mut order = waiting(board);
        let most = order.first().map_or(0.0, |&(worth, _)| worth);
        let hours = board.hours_in(visit, slot.option as usize, at) as f64 / 1e6;
        // Not even the best would make good in these hours what is lost.
        if most * (hours + board.room(at) as f64 / 1e6) <= lost_by(board, visit) {
            continue;
        }
        board.lift(visit);
        order.retain(|&(_, other)| other != visit);
        let entered = fill(board, at, &order);
        if board.strain.missed >= missed - 1e-9 {
            for other in entered {
                board.lift(other);
            }
            board.put(visit, slot.option as usize, at);
        }
    }
    board.forget_waiting();
}
