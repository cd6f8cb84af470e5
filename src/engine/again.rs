//! Planning again from a plan of a season much like this one: where little has changed, most of it stands.
//!
//! What no longer fits is taken off, what has room now is put on. No bound is proven here; [`super::plan`] does that.

use super::board::Board;
use super::effort::Efforts;
use super::search::Dice;
use super::shortage::{self, Means};
use super::spans::Spans;
use super::worth::Worth;
use super::{Best, Options, Outcome, Watch, dispatch, finish};
use crate::domain::Plan;
use crate::season::Season;

/// The best plan found from `start`, a plan of a season with the same sites, treatments and teams in the same order;
/// limits, days, prices and rules may differ. Visits that are impossible now are left out. The bounds of the outcome
/// are empty.
pub fn replan(season: &Season, start: &Plan, options: &Options, watch: &dyn Watch) -> Outcome {
    let effort = Efforts::of(options.effort);
    let mut dice = Dice::new(options.seed);
    let mut best = Best::new(season, watch);
    let mut board = Board::with_plan(season, dispatch::weights(season), &possible(season, start));
    if !board.is_valid() {
        finish::give_up_until_valid(&mut board);
    }
    best.offer_board(&board);
    finish::tidy(&mut board);
    if board.strain.missed > 1e-6 {
        let means = Means {
            phases: &Spans::new(season).phases,
            worth: &Worth::nothing(season),
            effort: &effort.settle,
        };
        shortage::improve(&mut board, &means, &mut dice, &mut best);
    }
    best.offer_board(&board);
    best.outcome
}

/// The visits that some team may still make.
pub(super) fn possible(season: &Season, plan: &Plan) -> Plan {
    let fits = |visit: &crate::domain::Visit| {
        let part = season.part_of(visit);
        let day = season.day(visit.date);
        season.parts[part].jobs.iter().any(|&job| {
            let job = &season.jobs[job];
            visit.crew <= season.scenario[visit.team].crews
                && job.treatment == visit.treatment
                && job.options.iter().any(|option| {
                    option.team == visit.team && season.day_sets[option.days].contains(day)
                })
        })
    };
    Plan {
        visits: plan
            .visits
            .iter()
            .filter(|visit| fits(visit))
            .copied()
            .collect(),
    }
}
