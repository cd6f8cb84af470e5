//! Settling: the search works off what does not fit. Where it cannot, a further crew-day is bought where it helps most.

use super::Watch;
use super::board::{Board, CrewDay, Slot, Strain, VisitIx};
use super::search::{Dice, Focus, HOUR, Schedule, Search};
use super::spans::Span;
use super::worth::Worth;
use crate::season::{DayIx, Season};

/// How hard to search.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// Moves per visit in one search.
    pub(super) moves_per_visit: u64,
    /// Crew-days that may be bought one after another to make room.
    pub(super) extra_days: usize,
    /// Moves per visit, in all, to keep crews at home.
    pub(super) squeeze: u64,
    /// Moves, in all, to keep crews at home.
    pub(super) squeeze_most: u64,
    /// Share of the moves to keep crews at home that may be in vain at the end.
    pub(super) idle: f64,
    /// Moves per visit, in all, to search widely when that is at its end.
    pub(super) wide: u64,
    /// Moves, in all, to search widely.
    pub(super) wide_most: u64,
    /// Wide searches in vain for a crew-day of a team before the team is left alone.
    pub(super) wide_tries: u32,
}

/// All days on which visits may stand.
pub(super) fn season_span(board: &Board) -> Span {
    Span {
        from: board.season.first_open,
        to: board.season.days - 1,
    }
}

/// Every visit.
pub(super) fn everywhere(board: &Board) -> Focus {
    Focus {
        days: season_span(board),
        team: None,
    }
}

/// Works off what does not fit, by search, and buys crew-days where they help most until everything fits; whether the
/// board then holds a valid plan that misses no more than `enough`.
pub(super) fn settle(
    board: &mut Board,
    effort: &Effort,
    enough: f64,
    dice: &mut Dice,
    watch: &dyn Watch,
) -> bool {
    let visits = board.slots.len().max(100) as u64;
    let whole = everywhere(board);
    let slow = Schedule {
        moves: effort.moves_per_visit * visits,
        hot: 0.2 * HOUR,
        cold: 0.002 * HOUR,
        may_give_up: false,
        may_enter: true,
        enough,
        cheaper_than: f64::INFINITY,
        focus: whole,
    };
    if is_good(board, enough) || Search::new(board, dice).run(&slow, watch) {
        return true;
    }
    let mut moves = slow.moves / 4;
    let mut hot = 0.05 * HOUR;
    for _ in 0..effort.extra_days {
        if watch.stop() {
            break;
        }
        if enough == 0.0 {
            add_missing(board);
        }
        // As many at once as the overload fills.
        let wanted = 1 + board.strain.overload / 10_000_000;
        let opened = (0..wanted)
            .take_while(|_| open_where_it_helps(board))
            .count();
        let opened = opened + usize::from(enough == 0.0 && open_for_waiting(board, 0.0));
        let fits = board.strain.overload == 0 && board.strain.squeezed == 0;
        if opened == 0 && fits && enough > 0.0 {
            // Money or products are too little for what stands: rounds are given up for them, which no search does here.
            break;
        }
        if opened == 0 {
            // Nobody is left to send out: the search begins hotter and takes longer.
            hot = (2.0 * hot).min(0.4 * HOUR);
            moves += moves / 4;
        }
        let focus = trouble(board).unwrap_or(whole);
        let again = Schedule {
            moves,
            hot,
            cold: 0.001 * HOUR,
            focus,
            ..slow
        };
        if Search::new(board, dice).run(&again, watch) {
            break;
        }
        if opened == 0 && moves > 4 * slow.moves {
            break;
        }
    }
    is_good(board, enough)
}

/// Whether teams ask different piece money for the same work.
pub(super) fn has_piecework(season: &Season) -> bool {
    season.jobs.iter().any(|job| {
        let first = job.options.first().map(|option| option.piece);
        job.options.iter().any(|option| Some(option.piece) != first)
    })
}

/// Takes hours off crews that are paid by the day, at what these are worth against piece money: visits share stops and
/// go to whoever asks least for them, so that crews may be kept at home.
pub(super) fn lighten(
    board: &mut Board,
    worth: &Worth,
    effort: &Effort,
    dice: &mut Dice,
    watch: &dyn Watch,
) {
    if !board.is_valid() {
        return;
    }
    let (before, missed) = (board.position(), board.strain.missed);
    board.set_worth(worth.clone());
    let cold = colder(board, effort.moves_per_visit, 0.03);
    Search::new(board, dice).run(&cold, watch);
    // Rounds of little weight may cost less than the hours that they take.
    if board.strain.missed > missed + 1e-6 {
        board.restore(&before);
    }
    board.set_worth(Worth::nothing(board.season));
}

/// A search to the end that keeps the best board, with so many moves per visit, from a temperature in hours down.
fn colder(board: &Board, moves_per_visit: u64, hot: f64) -> Schedule {
    Schedule {
        moves: moves_per_visit * board.slots.len().max(100) as u64,
        hot: hot * HOUR,
        cold: 0.0005 * HOUR,
        may_give_up: false,
        may_enter: true,
        enough: f64::NEG_INFINITY,
        cheaper_than: f64::INFINITY,
        focus: everywhere(board),
    }
}

/// How much longer the search for cheaper hands takes than the one that settles a board where no round is missed: what
/// it finds is small and many.
const CHEAPENED: u64 = 4;

/// Gives visits to the teams that ask least for them by the piece, where they have room, and the treatments that cost
/// least to where there is a choice.
pub(super) fn cheapen(board: &mut Board, effort: &Effort, dice: &mut Dice, watch: &dyn Watch) {
    let chooses = |slot: &Slot| !board.alternatives(*slot).is_empty();
    let has_choice = has_piecework(board.season) || board.slots.iter().any(chooses);
    if !board.is_valid() || !has_choice {
        return;
    }
    let before = board.position();
    let (cost, missed) = (board.ledger.cost(), board.strain.missed);
    let weights = board.weights.clone();
    let longer = if missed <= 1e-6 { CHEAPENED } else { 1 };
    // An hour must stay dearer than what anybody asks for it, or crews would be overfilled to save money.
    board.reweigh(|weights| weights.money *= 2.0);
    let cold = colder(board, longer * effort.moves_per_visit, 0.01);
    Search::new(board, dice).run(&cold, watch);
    board.reweigh(|changed| *changed = weights);
    if !board.is_valid() || board.ledger.cost() > cost || board.strain.missed > missed + 1e-6 {
        board.restore(&before);
    }
}

pub(super) fn is_good(board: &Board, enough: f64) -> bool {
    board.is_valid() && board.strain.missed <= enough + 1e-6
}

/// The days on which something is wrong, and a few more; `None` where nothing is, or rounds are missed.
fn trouble(board: &Board) -> Option<Focus> {
    let over = board.bins.iter().enumerate();
    let over = over.filter(|&(at, _)| board.overload(CrewDay(at as u32)) > 0);
    let mut days: Vec<DayIx> = over.map(|(_, bin)| bin.day).collect();
    for (demand, row) in board.season.demands.iter().enumerate() {
        let (missed, squeezed) = board.state(demand);
        if missed > 0 {
            return None;
        }
        if squeezed > 0 {
            let visits = board.visits_at(row.part).iter();
            days.extend(visits.map(|standing| standing.day));
        }
    }
    let days = Span {
        from: days.iter().min()? - 10,
        to: days.iter().max()? + 10,
    };
    Some(Focus { days, team: None })
}

/// Adds a visit for each missed round that no waiting visit could make good.
pub(super) fn add_missing(board: &mut Board) {
    let season = board.season;
    let mut waiting = vec![0; season.demands.len()];
    for slot in board.slots.iter().filter(|slot| slot.place.is_none()) {
        for &demand in &season.jobs[slot.job as usize].demands {
            waiting[demand] += 1;
        }
    }
    for demand in 0..season.demands.len() {
        let jobs: Vec<usize> = season.demands[demand]
            .jobs
            .iter()
            .copied()
            .filter(|&job| !season.jobs[job].options.is_empty())
            .collect();
        if jobs.is_empty() {
            continue;
        }
        for number in waiting[demand]..board.state(demand).0 as usize {
            let job = jobs[number % jobs.len()];
            board.add(job, 0);
            for &other in &season.jobs[job].demands {
                waiting[other] += 1;
            }
        }
    }
}

/// Sends further crews out for missed rounds that are worth at least so much.
pub(super) fn open_for_important(board: &mut Board, least: f64) {
    add_missing(board);
    while open_for_waiting(board, least) {}
}

/// Opens a crew-day on which a waiting visit would make a missed round good, the most important first, and puts what
/// else waits beside it; `false` when there is none that is worth so much.
fn open_for_waiting(board: &mut Board, least: f64) -> bool {
    let waiting = waiting(board);
    for &(worth, visit) in &waiting {
        if worth < least {
            break;
        }
        let slot = board.slot(visit);
        let season = board.season;
        let job = &season.jobs[slot.job as usize];
        let before = board.strain;
        for (number, option) in job.options.iter().enumerate() {
            if !board.ledger.has_day_left(option.team) {
                continue;
            }
            for day in season.day_sets[option.days].iter() {
                for crew in 1..=season.scenario[option.team].crews {
                    let candidate = board.crew_day(option.team, day, crew);
                    if board.bin(candidate).open || !board.allows(visit, number, candidate) {
                        continue;
                    }
                    board.set_open(candidate, true);
                    board.put(visit, number, candidate);
                    if board.strain.mends(&before) {
                        for &(_, other) in &waiting {
                            enter(board, other, candidate, Strain::mends);
                        }
                        return true;
                    }
                    board.lift(visit);
                    board.set_open(candidate, false);
                }
            }
        }
    }
    false
}

/// Visits that wait and would make a missed round good, with what that is worth; the most important first.
fn waiting(board: &Board) -> Vec<(f64, VisitIx)> {
    let all = (0..board.slots.len() as u32).map(VisitIx);
    let mut waiting: Vec<(f64, VisitIx)> = all
        .filter(|&visit| board.slot(visit).place.is_none())
        .filter_map(|visit| {
            let worth = board.makes_good(visit);
            (worth > 0.0).then_some((worth, visit))
        })
        .collect();
    waiting.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    waiting
}

/// Puts a waiting visit on a crew-day that has room for it and does not bring it too close to others, if that helps: in
/// the eyes of a judge that sees the strain now and before; whether it could.
pub(super) fn enter(
    board: &mut Board,
    visit: VisitIx,
    at: CrewDay,
    helps: impl Fn(&Strain, &Strain) -> bool,
) -> bool {
    let (team, day) = (board.bin(at).team, board.bin(at).day);
    let Some(option) = board.option_for(visit, team) else {
        return false;
    };
    if board.slot(visit).place.is_some()
        || board.hours_in(visit, option, at) > board.room(at)
        || board.squeeze_on(visit, day) > 0.0
        || !board.allows(visit, option, at)
    {
        return false;
    }
    let before = board.strain;
    board.put(visit, option, at);
    let helps = helps(&board.strain, &before);
    if !helps {
        board.lift(visit);
    }
    helps
}

/// Opens a crew-day beside the fullest one that allows it; `false` when there is none.
fn open_where_it_helps(board: &mut Board) -> bool {
    let mut fullest: Vec<(i64, CrewDay)> = (0..board.bins.len() as u32)
        .map(CrewDay)
        .filter_map(|at| {
            let over = board.overload(at);
            (over > 0).then_some((-over, at))
        })
        .collect();
    fullest.sort_unstable();
    fullest.into_iter().any(|(_, at)| open_beside(board, at))
}

/// Opens the nearest closed crew-day of the same team, within `max_days` and the budget.
fn open_beside(board: &mut Board, at: CrewDay) -> bool {
    let season = board.season;
    let (team, day) = (board.bin(at).team, board.bin(at).day);
    if !board.ledger.has_day_left(team) {
        return false;
    }
    let mut near: Option<(DayIx, CrewDay)> = None;
    for other in season.day_sets[season.team_days[team.0]].iter() {
        for crew in 1..=season.scenario[team].crews {
            let candidate = board.crew_day(team, other, crew);
            let away = (other - day).abs();
            if !board.bin(candidate).open
                && away <= 15
                && near.is_none_or(|near| (away, candidate) < near)
            {
                near = Some((away, candidate));
            }
        }
    }
    let Some((_, candidate)) = near else {
        return false;
    };
    let over = board.strain.overspent;
    board.set_open(candidate, true);
    if board.strain.overspent > over + 1e-9 {
        board.set_open(candidate, false);
        return false;
    }
    true
}
