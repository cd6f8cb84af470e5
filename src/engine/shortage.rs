//! Where not every round can be done: which are given up, and what is done with what there is.

mod cut;
mod force;
mod press;
mod release;
mod spend;
#[cfg(test)]
mod tests;

use super::board::{Board, Lenience, Weights};
use super::search::{Dice, HOUR, Schedule, Search};
use super::settle::{self, add_missing, everywhere};
use super::spans::Span;
use super::worth::Worth;
use super::{Best, Watch, finish};
use crate::domain::TeamIx;
use crate::season::DayIx;
pub(super) use cut::cut;

/// A team in a phase.
type Key = (TeamIx, usize);

/// The phase that holds a day.
fn phase_of(phases: &[Span], day: DayIx) -> usize {
    phases.partition_point(|phase| phase.to < day)
}

/// How many times as much as the least important missed round an important one is worth.
const IMPORTANT: f64 = 10.0;

/// Share of what is scarce is worth at the margin that a visit is charged: at the whole, rounds at the margin would stay
/// away although there is room for them.
const TOLL: f64 = 0.7;

/// With what a plan is improved.
pub(super) struct Means<'m> {
    /// The phases of the season.
    pub(super) phases: &'m [Span],
    /// What is scarce.
    pub(super) worth: &'m Worth,
    /// How hard to try.
    pub(super) effort: &'m settle::Effort,
}

/// One round of improvement: spends what is left, exchanges rounds for such as are worth more or take less, brings the
/// free minutes together for further ones, and spends what that saved.
///
/// What is worth much is forced in; the rest is left to the search. Each step leaves a valid board.
pub(super) fn improve(board: &mut Board, means: &Means, dice: &mut Dice, best: &mut Best) {
    let watch = best.watch;
    spend_more(board, means.phases, watch);
    best.offer_board(board);
    advance(board, means, dice, watch);
    best.offer_board(board);
    exchange(board, means, dice, watch);
    spend_more(board, means.phases, watch);
    best.offer_board(board);
    press::press(board, means.effort, dice, watch);
    best.offer_board(board);
}

/// Makes room for rounds that are worth more than what leaves for them, and sends crews out as long as the money lasts.
pub(super) fn spend_more(board: &mut Board, phases: &[Span], watch: &dyn Watch) {
    release::release(board, watch);
    force::force(board, watch);
    spend::spend(board, phases, watch);
}

/// Sends crews out for important rounds that are missed, and gives up less important ones for the money and the
/// crew-days that this takes; left as it was where that misses more.
fn advance(board: &mut Board, means: &Means, dice: &mut Dice, watch: &dyn Watch) {
    let season = board.season;
    let missed = (0..season.demands.len()).filter(|&demand| board.state(demand).0 > 0);
    let worths = missed.map(|demand| board.weights.missed[demand]);
    let (least, most) = worths.fold((f64::INFINITY, 0.0_f64), |(least, most), worth| {
        (least.min(worth), most.max(worth))
    });
    if most <= IMPORTANT * least {
        return;
    }
    let (before, missed) = (board.clone(), board.strain.missed);
    board.set_lenience(Lenience::MoneyAndDays);
    settle::open_for_important(board, IMPORTANT * least);
    board.forget_waiting();
    cut(board, means.phases, means.effort, dice, watch);
    board.set_lenience(Lenience::Strict);
    if !board.is_valid() || board.strain.missed >= missed {
        *board = before;
    }
}

/// Places rounds that are missed in exchange for less important ones, or for such as take more of what is scarce.
fn exchange(board: &mut Board, means: &Means, dice: &mut Dice, watch: &dyn Watch) {
    add_missing(board);
    let weights = board.weights.clone();
    board.reweigh(Weights::mind_limits);
    board.set_worth(means.worth.times(TOLL));
    let visits = board.slots.len().max(100) as u64;
    let schedule = Schedule {
        moves: means.effort.moves_per_visit * visits,
        hot: 0.3 * HOUR,
        cold: 0.02 * HOUR,
        may_give_up: true,
        may_enter: true,
        enough: 0.0,
        cheaper_than: f64::INFINITY,
        focus: everywhere(board),
    };
    Search::new(board, dice).run(&schedule, watch);
    board.set_worth(weights.worth.clone());
    board.reweigh(|changed| *changed = weights);
    finish::give_up_until_valid(board);
    finish::tidy(board);
    board.forget_waiting();
}
