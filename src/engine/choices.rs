//! Choosing again: visits stay on their crew-days, and what is done there is chosen anew, with packs counted whole.
//!
//! The search sees products by the unit, so that each visit counts; what is paid is packs. Here one small programme
//! decides together on all visits where there is a choice: a column for each treatment that could take a visit's place,
//! and whole packs. It proves nothing: where a choice could touch a gap it is left out, and the board judges the result.

use super::board::{Board, Standing, VisitIx};
use super::solver::{Col, Effort, Model, Objective};
use super::{Best, dispatch};
use crate::domain::ProductIx;
use crate::season::Season;
use crate::season::limits::PACK_TOLERANCE;
use std::collections::{BTreeMap, BTreeSet};

/// With more columns than this the programme takes too long.
const MOST_COLUMNS: usize = 10_000;

/// With more columns than this the programme is first solved without whole packs.
const MANY_COLUMNS: usize = 1_000;

/// Share of the plan's cost that whole packs must be able to save for a programme of many columns to be solved.
const WORTH_IT: f64 = 2e-4;

/// How far the programme is solved.
const FAR: Effort = Effort {
    relative_gap: 1e-9,
    absolute_gap: 0.005,
    nodes: 200,
    stall_nodes: 200,
    whole: true,
};

/// A visit and a job that it may be.
struct Choice {
    visit: VisitIx,
    job: usize,
    option: usize,
    col: Col,
}

/// Chooses treatments again, and keeps the plan if it then costs less.
pub(super) fn choose_again(season: &Season, best: &mut Best) {
    if season.extract.is_some() || best.is_proven() {
        return;
    }
    let mut board = Board::with_plan(season, dispatch::weights(season), &best.outcome.plan);
    let mut model = Model::default();
    let choices = choices(&board, &mut model);
    if choices.is_empty() || choices.len() > MOST_COLUMNS {
        return;
    }
    let mut made: Vec<f64> = choices
        .iter()
        .map(|choice| f64::from(u8::from(is_made(&board, choice))))
        .collect();
    let cost = add_rows(&board, &choices, &mut model, &mut made);
    if choices.len() > MANY_COLUMNS {
        let parts = Effort {
            whole: false,
            ..FAR
        };
        let most = cost.value(&made) - model.minimise(&cost, &parts, None).objective;
        if most <= WORTH_IT * best.outcome.cost.to_f64() {
            return;
        }
    }
    let Some(values) = model.minimise(&cost, &FAR, None).values else {
        return;
    };
    let chosen = |choice: &&Choice| values[choice.col.0] > 0.5 && !is_made(&board, choice);
    let changes: Vec<&Choice> = choices.iter().filter(chosen).collect();
    let places: Vec<_> = changes
        .iter()
        .map(|choice| board.slot(choice.visit).place)
        .collect();
    for choice in &changes {
        board.lift(choice.visit);
        board.set_job(choice.visit, choice.job);
    }
    for (choice, place) in changes.iter().zip(places) {
        if let Some(place) = place {
            board.put(choice.visit, choice.option, place);
        }
    }
    best.offer_board(&board);
}

/// Whether a visit is what was chosen.
fn is_made(board: &Board, choice: &Choice) -> bool {
    board.slot(choice.visit).job as usize == choice.job
}

/// The jobs that each visit with a choice may be, one column each; visits without a choice have none.
fn choices(board: &Board, model: &mut Model) -> Vec<Choice> {
    let mut choices = Vec::new();
    for visit in (0..board.slots.len() as u32).map(VisitIx) {
        let slot = board.slot(visit);
        let others: Vec<usize> = board
            .alternatives(slot)
            .iter()
            .copied()
            .filter(|&job| may_become(board, visit, job))
            .collect();
        if others.is_empty() {
            continue;
        }
        for job in [slot.job as usize].into_iter().chain(others) {
            if let Some(option) = option(board, visit, job) {
                choices.push(Choice {
                    visit,
                    job,
                    option,
                    col: model.whole(0.0, 1.0),
                });
            }
        }
    }
    choices
}

/// The option of a job for the crew that makes a visit, if it is open that day.
fn option(board: &Board, visit: VisitIx, job: usize) -> Option<usize> {
    let bin = board.bin(board.slot(visit).place?);
    let options = &board.season.jobs[job].options;
    options.iter().position(|option| {
        option.team == bin.team && board.season.day_sets[option.days].contains(bin.day)
    })
}

/// Whether a visit may become one of another job, whatever becomes of the others at its part: no gap is then too short
/// and none too long.
fn may_become(board: &Board, visit: VisitIx, job: usize) -> bool {
    let season = board.season;
    let Some(day) = board.day(visit) else {
        return false;
    };
    let before = &season.jobs[board.slot(visit).job as usize].demands;
    let after = &season.jobs[job].demands;
    let counted = |demand: &usize| {
        let row = &season.demands[*demand];
        (row.from..=row.to).contains(&day)
    };
    let leaves_none = before
        .iter()
        .filter(|&demand| counted(demand))
        .all(|one| after.contains(one) || season.demands[*one].max_gap.is_none());
    let could_be = |other: VisitIx, wanted: &[usize]| {
        let slot = board.slot(other);
        wanted.contains(&(slot.job as usize))
            || board
                .alternatives(slot)
                .iter()
                .any(|job| wanted.contains(job))
    };
    let mut others = board.visits_at(board.part(visit)).iter();
    let apart = others.all(|standing| {
        let (other, away) = (standing.visit, (standing.day - day).abs());
        let joined = after
            .iter()
            .filter(|&demand| counted(demand) && !before.contains(demand));
        other == visit
            || joined
                .map(|&demand| &season.demands[demand])
                .all(|row| away >= row.min_gap || !could_be(other, &row.jobs))
                && (away > 0 || !could_be(other, &[job]))
    });
    leaves_none && apart && option(board, visit, job).is_some()
}

/// Adds the rows, and the columns of packs with as many as are bought for what is made now; the cost, but for what does
/// not depend on the choices.
fn add_rows(
    board: &Board,
    choices: &[Choice],
    model: &mut Model,
    made: &mut Vec<f64>,
) -> Objective {
    let season = board.season;
    let mut cost = Objective::default();
    let mut of_visit: BTreeMap<VisitIx, Vec<&Choice>> = BTreeMap::new();
    let mut of_part: BTreeMap<usize, BTreeSet<VisitIx>> = BTreeMap::new();
    let mut longer: BTreeMap<_, Vec<(Col, f64)>> = BTreeMap::new();
    for choice in choices {
        of_visit.entry(choice.visit).or_default().push(choice);
        let part = board.part(choice.visit);
        of_part.entry(part).or_default().insert(choice.visit);
        let slot = board.slot(choice.visit);
        let before = &season.jobs[slot.job as usize].options[slot.option as usize];
        let after = &season.jobs[choice.job].options[choice.option];
        cost.terms.push((choice.col, after.piece.to_f64()));
        let more = (after.work - before.work).to_f64();
        longer
            .entry(slot.place)
            .or_default()
            .push((choice.col, more));
    }
    for own in of_visit.values() {
        let one = own.iter().map(|choice| (choice.col, 1.0)).collect();
        model.equal(one, 1.0);
    }
    // Crews have the hours.
    for (place, terms) in longer {
        if let Some(place) = place.filter(|_| terms.iter().any(|&(_, more)| more > 0.0)) {
            model.at_most(terms, board.room(place) as f64 / 1e6);
        }
    }
    // No period loses a round.
    for (&part, visits) in &of_part {
        let jobs = visits.iter().flat_map(|visit| &of_visit[visit]);
        let demands: BTreeSet<usize> = jobs
            .flat_map(|choice| season.jobs[choice.job].demands.iter().copied())
            .collect();
        for demand in demands {
            keep_rounds(board, (part, demand), &of_visit, model);
        }
    }
    add_packs(board, &of_visit, model, &mut cost, made);
    cost
}

/// Each period keeps the rounds that it has, or as many as it asks.
fn keep_rounds(
    board: &Board,
    (part, demand): (usize, usize),
    of_visit: &BTreeMap<VisitIx, Vec<&Choice>>,
    model: &mut Model,
) {
    let season = board.season;
    let row = &season.demands[demand];
    let counts = |job: usize| row.jobs.contains(&job);
    for period in row.periods(season) {
        let inside = |day| (period.from..=period.to).contains(&day);
        let (mut has, mut fixed) = (0_u32, 0_u32);
        let mut terms: Vec<(Col, f64)> = Vec::new();
        for &Standing { day, visit, job } in board.visits_at(part) {
            if !inside(day) {
                continue;
            }
            let now = u32::from(counts(job));
            has += now;
            match of_visit.get(&visit) {
                None => fixed += now,
                Some(own) => {
                    let counting = own.iter().filter(|choice| counts(choice.job));
                    terms.extend(counting.map(|choice| (choice.col, 1.0)));
                }
            }
        }
        let done = row.done_rounds().filter(|&day| inside(day)).count() as u32;
        let wanted = has.min(period.asked.saturating_sub(done));
        if wanted > fixed {
            model.at_least(terms, f64::from(wanted - fixed));
        }
    }
}

/// Packs of every product that a choice uses, whole and within what can be bought.
fn add_packs(
    board: &Board,
    of_visit: &BTreeMap<VisitIx, Vec<&Choice>>,
    model: &mut Model,
    cost: &mut Objective,
    made: &mut Vec<f64>,
) {
    let season = board.season;
    let mut used: BTreeMap<ProductIx, Vec<(Col, f64)>> = BTreeMap::new();
    for choice in of_visit.values().flatten() {
        if let Some((product, quantity)) = season.jobs[choice.job].product {
            let terms = used.entry(product).or_default();
            terms.push((choice.col, quantity.to_f64()));
        }
    }
    for (product, mut terms) in used {
        let row = &season.scenario[product];
        let visits = (0..board.slots.len() as u32).map(VisitIx);
        let fixed = visits
            .filter(|visit| !of_visit.contains_key(visit) && board.slot(*visit).place.is_some())
            .filter_map(|visit| season.jobs[board.slot(visit).job as usize].product)
            .filter(|&(other, _)| other == product)
            .map(|(_, quantity)| quantity)
            .sum::<crate::domain::Quantity>();
        let free = row.stock + PACK_TOLERANCE - season.limits.done_quantity[product.0] - fixed;
        let size = row.pack_size.to_f64();
        let most: f64 = terms.iter().map(|&(_, quantity)| quantity).sum();
        let enough = ((most - free.to_f64()) / size).ceil().max(0.0) + 1.0;
        let limit = season.limits.packs[product.0].map_or(enough, |packs| enough.min(packs as f64));
        let packs = model.whole(0.0, limit);
        let now: f64 = terms.iter().map(|&(col, units)| units * made[col.0]).sum();
        made.push(((now - free.to_f64()) / size - 1e-9).ceil().max(0.0));
        for term in &mut terms {
            term.1 /= size;
        }
        terms.push((packs, -1.0));
        model.at_most(terms, free.to_f64() / size);
        cost.terms.push((packs, row.pack_cost.to_f64()));
    }
}

#[cfg(test)]
mod tests;
