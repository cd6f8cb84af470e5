//! Spending what is left: crews are sent out where most is gained for the money.

use super::{Key, phase_of};
use crate::domain::TeamIx;
use crate::engine::Watch;
use crate::engine::board::{Board, CrewDay, VisitIx};
use crate::engine::settle::add_missing;
use crate::engine::spans::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Days of a phase on which a further crew is tried.
const TRIED: usize = 3;

/// Sends crews out for rounds that are missed, as long as the money lasts; the board stays valid.
pub(super) fn spend(board: &mut Board, phases: &[Span], watch: &dyn Watch) {
    add_missing(board);
    let mut hopeless: BTreeSet<Key> = BTreeSet::new();
    while board.strain.missed > 1e-9 && !watch.stop() {
        let order = waiting(board);
        let before = board.position();
        let (missed, money) = (board.strain.missed, board.strain.money);
        let mut best: Option<(f64, CrewDay)> = None;
        for (key, days) in at_home(board, phases) {
            if hopeless.contains(&key) {
                continue;
            }
            let mut gained = false;
            for at in days {
                let placed = send(board, at, &order);
                let gain = missed - board.strain.missed;
                let price = board.strain.money - money;
                gained |= gain > 1e-9;
                if gain > 1e-9 {
                    let gain = gain / price.max(1e-6);
                    if best.is_none_or(|(most, _)| gain > most) {
                        best = Some((gain, at));
                    }
                }
                for visit in placed {
                    board.lift(visit);
                }
                board.set_open(at, false);
            }
            if !gained {
                hopeless.insert(key);
            }
        }
        board.restore(&before);
        let Some((_, at)) = best else { break };
        send(board, at, &order);
    }
    board.forget_waiting();
}

/// Visits that are not placed, with what they make good for an hour; those first that make most good.
pub(super) fn waiting(board: &Board) -> Vec<(f64, VisitIx)> {
    let season = board.season;
    let mut order: Vec<(f64, VisitIx)> = (0..board.slots.len() as u32)
        .map(VisitIx)
        .filter(|&visit| board.slot(visit).place.is_none())
        .map(|visit| {
            let job = &season.jobs[board.slot(visit).job as usize];
            let hours = job.options.iter().map(|option| option.work_and_access);
            let hours = hours.min().unwrap_or_default().to_f64();
            (board.makes_good(visit) / hours.max(1e-6), visit)
        })
        .collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    order
}

/// A few days of each team and phase on which a crew is at home that could be sent out.
fn at_home(board: &Board, phases: &[Span]) -> BTreeMap<Key, Vec<CrewDay>> {
    let season = board.season;
    let mut home: BTreeMap<Key, Vec<CrewDay>> = BTreeMap::new();
    let mut last: Option<(TeamIx, i32)> = None;
    for at in (0..board.bins.len() as u32).map(CrewDay) {
        let bin = board.bin(at);
        // One crew a day is tried: crews are alike.
        if bin.open || last == Some((bin.team, bin.day)) {
            continue;
        }
        let open = &season.day_sets[season.team_days[bin.team.0]];
        if open.contains(bin.day) && board.ledger.has_day_left(bin.team) {
            last = Some((bin.team, bin.day));
            let key = (bin.team, phase_of(phases, bin.day));
            home.entry(key).or_default().push(at);
        }
    }
    for days in home.values_mut() {
        let all = std::mem::take(days);
        let tried = TRIED.min(all.len());
        *days = (0..tried)
            .map(|number| all[(2 * number + 1) * all.len() / (2 * tried)])
            .collect();
    }
    home
}

/// Sends a crew out with as many of the waiting visits as fit; those that it took.
fn send(board: &mut Board, at: CrewDay, order: &[(f64, VisitIx)]) -> Vec<VisitIx> {
    board.set_open(at, true);
    if board.strain.overspent > 1e-9 {
        return Vec::new();
    }
    fill(board, at, order)
}

/// Puts as many of the waiting visits on a crew-day as fit and make something good; those that it took.
pub(super) fn fill(board: &mut Board, at: CrewDay, order: &[(f64, VisitIx)]) -> Vec<VisitIx> {
    let mut placed = Vec::new();
    let (team, day) = (board.bin(at).team, board.bin(at).day);
    for &(_, visit) in order {
        if board.slot(visit).place.is_some() {
            continue;
        }
        let Some(option) = board.option_for(visit, team) else {
            continue;
        };
        if board.hours_in(visit, option, at) > board.room(at)
            || !board.allows(visit, option, at)
            || board.squeeze_on(visit, day) > 0.0
        {
            continue;
        }
        let missed = board.strain.missed;
        board.put(visit, option, at);
        if board.strain.missed < missed - 1e-9 && board.is_valid() {
            placed.push(visit);
        } else {
            board.lift(visit);
        }
    }
    placed
}
