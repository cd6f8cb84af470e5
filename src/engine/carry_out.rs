//! Carrying out an allocation: placed with some room, settled, and the room taken out again as far as it goes; where not
//! every round can be done, what is saved goes into what is still missed.

use super::allocate::{Allocation, Grain};
use super::board::{Board, Lenience};
use super::relax::Relaxation;
use super::search::Dice;
use super::shortage::{self, Means};
use super::worth::Worth;
use super::{Best, Efforts, ceiling, dispatch, finish, settle, spare, squeeze, tree};
use crate::domain::Shortfall;
use crate::season::Season;
use std::collections::BTreeMap;

/// What to place.
pub(super) struct Target {
    /// Shortfall by tier.
    pub(super) caps: BTreeMap<u32, Shortfall>,
    /// The cheapest allocation within these.
    pub(super) values: Vec<f64>,
    /// What is scarce where not every round can be done; what an hour costs where it can.
    pub(super) worth: Worth,
}

/// Share of a short tier's rounds that the search may miss beyond the allocation, which takes parts of rounds.
const SHORT_SLACK: f64 = 0.004;

/// Times at most that what is still missed is worked on.
const MOST_ROUNDS: usize = 12;

/// Share of each crew-day that is kept free at first: a board with some room settles at once.
const HEADROOM: f64 = 0.06;

/// Share of the cost by which a plan must be cheaper than the last one shown to be shown while the search goes on.
pub(super) const SHOWN: f64 = 0.005;

/// Places an allocation with some room, settles it, and takes out the room again as far as it goes.
pub(super) fn carry_out(
    season: &Season,
    target: &Target,
    effort: &Efforts,
    dice: &mut Dice,
    best: &mut Best,
) {
    let watch = best.watch;
    let stop = || watch.stop();
    let complete = target.caps.values().all(|&cap| cap == Shortfall::ZERO);
    let allocation = Allocation::with_headroom(season, Grain::Periods, HEADROOM);
    let mut relaxation = Relaxation::new(&allocation);
    let rough = tree::Limits {
        pivots: 0,
        ..effort.cost
    };
    for (&tier, &cap) in &target.caps {
        // Where not every round can be done, the room takes some more away, of the last tiers first.
        let least = if complete {
            None
        } else {
            relaxation.least_shortfall(tier, &rough, &stop)
        };
        let reached = least.map_or(cap, |(found, _)| ceiling(found.value));
        relaxation.cap(tier, reached.max(cap));
    }
    let found = relaxation.least_cost(&rough, &stop);
    let values = found.map_or_else(|| target.values.clone(), |(found, _)| found.values);
    let mut board = dispatch::place(season, &allocation, &values, dice);
    // The search may miss what the allocation misses, and a little of the last tiers more for what could not be whole.
    let enough = dispatch::missed(
        season,
        relaxation.caps(),
        if complete { 0.0 } else { SHORT_SLACK },
    );
    if !complete {
        finish::shed(&mut board, &finish::OVERSPENT);
    }
    // Room costs money that the budget may not have; it is taken out again before the plan is valid.
    board.set_lenience(Lenience::Money);
    settle::settle(&mut board, &effort.settle, enough, dice, watch);
    if board.is_valid() && (!complete || board.strain.missed <= 1e-6) {
        finish::tidy(&mut board);
        save(target, &allocation, &mut board, effort, dice, best);
    }
    board.set_lenience(Lenience::Strict);
    if !board.is_valid() {
        squeeze::keep_to_budget(&mut board, dice);
        finish::give_up_until_valid(&mut board);
    }
    finish::tidy(&mut board);
    best.offer_board(&board);
    let means = Means {
        phases: &allocation.phases,
        worth: &target.worth,
        effort: &effort.settle,
    };
    for _ in 0..MOST_ROUNDS {
        let missed = board.strain.missed;
        if missed <= 1e-6 || watch.stop() {
            break;
        }
        shortage::improve(&mut board, &means, dice, best);
        if board.strain.missed >= missed - 1e-6 {
            break;
        }
        // What crews kept at home save is for what is still missed.
        save(target, &allocation, &mut board, effort, dice, best);
        best.offer_board(&board);
    }
}

/// Keeps crews at home as long as no more rounds are missed; within the budget first, then down to the bound.
fn save(
    target: &Target,
    allocation: &Allocation,
    board: &mut Board,
    effort: &Efforts,
    dice: &mut Dice,
    best: &mut Best,
) {
    let watch = best.watch;
    let complete = board.strain.missed <= 1e-6;
    let gap = effort.near;
    let bound = best.outcome.bounds.cost.to_f64();
    let mut shown = f64::INFINITY;
    // Every plan on the way is as good as the last but for its cost; some of them are shown.
    let mut good = |board: &Board| {
        let cost = board.ledger.cost().to_f64();
        let within = board.ledger.beyond_lines() == 0.0;
        if cost < shown * (1.0 - SHOWN) && within {
            shown = cost;
            best.offer(board.plan());
        }
        // Where rounds are missed for lack of money, what is left of it is for them.
        if complete {
            cost - bound <= gap * cost
        } else {
            board.is_lenient() && within
        }
    };
    if complete && settle::has_piecework(board.season) {
        settle::lighten(board, &target.worth, &effort.settle, dice, watch);
    } else {
        settle::cheapen(board, &effort.settle, dice, watch);
    }
    if complete {
        spare::drop_spare(board, &effort.settle, dice, watch);
    }
    if good(board) {
        return;
    }
    let phases = &allocation.short_phases;
    let guide = allocation.crew_days_by_phase(&target.values);
    let settle = settle::Effort {
        // Where rounds are missed, only what the budget forbids must go.
        squeeze: effort.settle.squeeze / if complete { 1 } else { 6 },
        ..effort.settle
    };
    let squeeze = squeeze::Squeeze {
        phases,
        guide: &guide,
        effort: &settle,
        enough: board.strain.missed,
    };
    squeeze.run(board, dice, watch, &mut good);
    settle::cheapen(board, &effort.settle, dice, watch);
}
