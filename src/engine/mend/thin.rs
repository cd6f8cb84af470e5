//! Thinning: the same rounds for less money.

use super::hand_over::hand_over;
use crate::domain::Plan;
use crate::engine::again::possible;
use crate::engine::board::Board;
use crate::engine::choices::choose_again;
use crate::engine::effort::Efforts;
use crate::engine::search::Dice;
use crate::engine::spans::Spans;
use crate::engine::squeeze::{Guide, Squeeze};
use crate::engine::{Best, Options, Watch, dispatch, finish, settle};
use crate::season::Season;

/// Moves of the search that keeps crews at home.
const MOST_SAVING: u64 = 400_000;

/// A plan of the season that keeps what `start` does as far as that is still possible and wanted, for as little money as
/// a search finds to be needed: crews stay at home whose work others can take, and crew-days go to cheaper teams as they
/// are.
pub fn thin(season: &Season, start: &Plan, options: &Options, watch: &dyn Watch) -> Plan {
    let mut dice = Dice::new(options.seed);
    let mut board = Board::with_plan(season, dispatch::weights(season), &possible(season, start));
    if !board.is_valid() {
        finish::give_up_until_valid(&mut board);
    }
    finish::tidy(&mut board);
    let mut best = Best::new(season, watch);
    best.offer_board(&board);
    let effort = settle::Effort {
        squeeze: 400,
        squeeze_most: MOST_SAVING,
        wide: 0,
        ..Efforts::of(options.effort).settle
    };
    let spans = Spans::new(season);
    let squeeze = Squeeze {
        phases: &spans.phases,
        guide: &Guide::new(),
        effort: &effort,
        enough: board.strain.missed,
    };
    squeeze.run(&mut board, &mut dice, watch, &mut |board| {
        best.offer_board(board);
        false
    });
    let mut board = Board::with_plan(season, dispatch::weights(season), &best.outcome.plan);
    hand_over(&mut board);
    best.offer_board(&board);
    best.outcome.plan
}

/// The same plan with treatments chosen anew, where that costs less: by the same crews on the same days.
pub fn rechoose(season: &Season, plan: &Plan, watch: &dyn Watch) -> Plan {
    let mut best = Best::new(season, watch);
    best.offer(plan.clone());
    choose_again(season, &mut best);
    best.outcome.plan
}
