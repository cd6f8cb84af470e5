//! Mending: rounds that a plan misses are put in where it has room, crews are sent out for the rest where that is worth
//! most, and nothing that is done now is given up for it. Any treatment of a rule will do; where a product is short, a
//! visit that has another treatment leaves it to a round that has none.
//!
//! Meant for trying many small changes of a season from one plan: only what is missed is worked on, at a cost that
//! grows with it. No bound is proven here.

mod hand_over;
mod send;
#[cfg(test)]
mod tests;
mod thin;
mod trade;

use super::again::possible;
use super::board::{Board, CrewDay, Standing, VisitIx};
use super::search::{Dice, HOUR, Schedule, Search};
use super::squeeze::keep_to_budget;
use super::{Options, Watch, dispatch, finish, settle};
use crate::domain::{Plan, RuleIx};
use crate::season::{DayIx, Job, Season, TeamOption};
pub use thin::{rechoose, thin};
use trade::Trades;

/// Moves of the search for what found no place at once.
const MOST_MOVES: u64 = 40_000;

/// Prices of rounds that a plan has already, against those that are put in.
const PROTECTED: f64 = 8.0;

/// A plan of the season that keeps what `start` does as far as that is still possible, and does more of the rounds
/// that it misses: of one rule, or of all. The season has the same sites, treatments and teams in the same order;
/// further teams may follow.
pub fn mend(
    season: &Season,
    start: &Plan,
    rule: Option<RuleIx>,
    options: &Options,
    watch: &dyn Watch,
) -> Plan {
    let mut dice = Dice::new(options.seed);
    let mut board = Board::with_plan(season, dispatch::weights(season), &possible(season, start));
    if !board.is_valid() {
        keep_to_budget(&mut board, &mut dice);
        finish::give_up_until_valid(&mut board);
    }
    let mut waiting = waiting(&mut board, rule);
    let mut trades = Trades::default();
    place(&mut board, &mut waiting, &mut trades);
    send::send_out(&mut board, &mut waiting, &mut trades);
    if !waiting.is_empty() && !watch.stop() {
        await_any(&mut board, &waiting);
        search(&mut board, rule, &mut dice, watch);
    }
    finish::tidy(&mut board);
    board.plan()
}

/// A round that is missed, as a visit that has no place yet.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    visit: VisitIx,
    demand: usize,
}

/// The jobs that some team could do, of those that count for a demand.
fn served<'s>(season: &'s Season, demand: usize) -> impl Iterator<Item = usize> + use<'s> {
    let jobs = season.demands[demand].jobs.iter().copied();
    jobs.filter(|&job| !season.jobs[job].options.is_empty())
}

/// A visit for each missed round, the weightiest first. Which of its jobs it becomes is open.
fn waiting(board: &mut Board, rule: Option<RuleIx>) -> Vec<Waiting> {
    let season = board.season;
    let mut waiting = Vec::new();
    for (demand, row) in season.demands.iter().enumerate() {
        if rule.is_some_and(|rule| row.rule != rule) {
            continue;
        }
        let Some(job) = served(season, demand).next() else {
            continue;
        };
        for _ in 0..board.state(demand).0 {
            let visit = board.add(job, 0);
            waiting.push(Waiting { visit, demand });
        }
    }
    let price = |one: &Waiting| board.weights.missed[one.demand];
    waiting.sort_by(|a, b| price(b).total_cmp(&price(a)).then(a.visit.cmp(&b.visit)));
    waiting
}

/// Lets each round that still waits do so once for each job that it could become: the search places what fits.
fn await_any(board: &mut Board, waiting: &[Waiting]) {
    let season = board.season;
    for one in waiting {
        for (number, job) in served(season, one.demand).enumerate() {
            if number == 0 {
                board.set_job(one.visit, job);
            } else {
                board.add(job, 0);
            }
        }
    }
}

/// Piece money and product that a visit takes, the product by the unit, in millionths.
fn expense(season: &Season, job: &Job, option: &TeamOption) -> i64 {
    let used = job.product.map_or(0, |(product, quantity)| {
        let product = &season.scenario[product];
        let unit = product.pack_cost.to_f64() / product.pack_size.to_f64().max(1e-6);
        (unit * quantity.to_f64() * 1e6) as i64
    });
    option.piece.micro() + used
}

/// Whether a visit on this day could make a round good that a demand lacks.
fn may_help(board: &Board, demand: usize, day: DayIx) -> bool {
    let row = &board.season.demands[demand];
    if !(row.from..=row.to).contains(&day) || board.state(demand).0 == 0 {
        return false;
    }
    if row.max_gap.is_some() {
        return true;
    }
    let periods = row.periods(board.season);
    let at = periods.partition_point(|period| period.to < day);
    periods.get(at).is_some_and(|period| {
        let counted = |standing: &&Standing| {
            row.jobs.contains(&standing.job) && (period.from..=period.to).contains(&standing.day)
        };
        let done = row.done_rounds();
        let done = done.filter(|day| (period.from..=period.to).contains(day));
        let planned = board.visits_at(row.part).iter().filter(counted).count() + done.count();
        planned < period.asked as usize
    })
}

/// Puts a visit on a crew-day; takes it back, and says so, if that mends nothing or breaks a limit.
fn try_put(board: &mut Board, visit: VisitIx, option: usize, at: CrewDay) -> bool {
    let before = board.strain;
    board.put(visit, option, at);
    let mends = board.strain.mends(&before);
    if !mends {
        board.lift(visit);
    }
    mends
}

/// Where a visit could stand on crew-days that are out, what costs least first, of these the fullest.
fn places(board: &mut Board, one: Waiting) -> Vec<(i64, i64, usize, usize, CrewDay)> {
    let season = board.season;
    let mut places = Vec::new();
    for &job in &season.demands[one.demand].jobs {
        board.set_job(one.visit, job);
        let row = &season.jobs[job];
        for (number, option) in row.options.iter().enumerate() {
            let expense = expense(season, row, option);
            for day in season.day_sets[option.days].iter() {
                if !may_help(board, one.demand, day) {
                    continue;
                }
                let mut apart = None;
                for crew in 1..=season.scenario[option.team].crews {
                    let at = board.crew_day(option.team, day, crew);
                    if !board.bin(at).open {
                        continue;
                    }
                    let room = board.room(at) - board.hours_in(one.visit, number, at);
                    if room < 0 {
                        continue;
                    }
                    let apart = *apart.get_or_insert_with(|| {
                        board.allows(one.visit, number, at)
                            && board.squeeze_on(one.visit, day) == 0.0
                    });
                    if apart {
                        places.push((expense, room, job, number, at));
                    }
                }
            }
        }
    }
    places.sort_unstable_by_key(|place| (place.0, place.1, place.4, place.2, place.3));
    places
}

/// Puts in what has room on crew-days that are out; others give way to it where a product is short.
fn place(board: &mut Board, waiting: &mut Vec<Waiting>, trades: &mut Trades) {
    waiting.retain(|&one| {
        let places = places(board, one);
        let mut put = |with: &mut dyn FnMut(&mut Board, usize, CrewDay) -> bool| {
            places.iter().any(|&(.., job, option, at)| {
                board.set_job(one.visit, job);
                with(board, option, at)
            })
        };
        let placed = put(&mut |board, option, at| try_put(board, one.visit, option, at))
            || put(&mut |board, option, at| trades.put(board, one.visit, option, at));
        !placed
    });
}

/// Moves visits about to make room for what waits. Kept only if no rule misses more than before.
fn search(board: &mut Board, rule: Option<RuleIx>, dice: &mut Dice, watch: &dyn Watch) {
    let season = board.season;
    let missed = |board: &Board| {
        let mut by_rule = vec![0; season.scenario.rules.len()];
        for (at, demand) in season.demands.iter().enumerate() {
            by_rule[demand.rule.0] += board.state(at).0;
        }
        by_rule
    };
    let (before, position, strain) = (missed(board), board.position(), board.strain.missed);
    let weights = board.weights.clone();
    board.reweigh(|weights| {
        weights.mind_limits();
        for (demand, price) in season.demands.iter().zip(&mut weights.missed) {
            if rule.is_some_and(|rule| demand.rule != rule) {
                *price *= PROTECTED;
            }
        }
    });
    // The sum was made with the old prices; what is missed now is the same all along but for these.
    board.recount();
    let schedule = Schedule {
        moves: (60 * board.slots.len().max(20) as u64).min(MOST_MOVES),
        hot: 3.0 * HOUR,
        cold: 0.05 * HOUR,
        may_give_up: true,
        may_enter: true,
        enough: 0.0,
        cheaper_than: f64::INFINITY,
        focus: settle::everywhere(board),
    };
    Search::new(board, dice).run(&schedule, watch);
    board.reweigh(|changed| *changed = weights);
    board.recount();
    let worse = missed(board)
        .iter()
        .zip(&before)
        .any(|(now, then)| now > then);
    if !board.is_valid() || worse || board.strain.missed >= strain - 1e-9 {
        board.restore(&position);
    }
}
