//! Dispatch: the rounds and crew-days that were allocated get their days.
//!
//! Crew-days are spread evenly over each block, visits put where they fit best, and the search works off what does
//! not fit. Where that fails, a further crew-day is bought where it helps most; what still has no room is given up,
//! the least important first.

use super::Watch;
use super::allocate::{Allocation, Count};
use super::board::{Board, CrewDay, VisitIx, Weights};
use super::search::{Dice, Schedule, Search};
use super::spans::Span;
use crate::domain::TeamIx;
use crate::season::{DayIx, Season};

/// How hard to search.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// Moves per visit in one search.
    pub(super) moves_per_visit: u64,
    /// Short searches in a row that may help little.
    pub(super) reheats: usize,
    /// Crew-days that may be bought one after another to make room.
    pub(super) extra_days: usize,
}

/// What a squeeze of one day, or a crew-day too full by one hour, costs in the search; all else is relative to this.
const HOUR: f64 = 1.0;

/// Prices of a board: a missed round of a more important tier outweighs those below.
pub(super) fn weights(season: &Season) -> Weights {
    let tiers = season.tiers();
    let mut mean = vec![(0.0, 0.0); tiers.len()];
    let rank = |tier: u32| tiers.partition_point(|&other| other < tier);
    for demand in &season.demands {
        let entry = &mut mean[rank(demand.tier)];
        entry.0 += demand.weight.to_f64();
        entry.1 += 1.0;
    }
    let missed = season
        .demands
        .iter()
        .map(|demand| {
            let at = rank(demand.tier);
            let higher = (tiers.len() - 1 - at) as i32;
            let relative = demand.weight.to_f64() / (mean[at].0 / mean[at].1);
            10.0 * 20f64.powi(higher.min(4)) * relative
        })
        .collect();
    Weights {
        overload: HOUR,
        squeezed: 0.5 * HOUR,
        overspent: 0.05,
        money: 0.002,
        missed,
    }
}

/// Places an allocation's visits and crew-days on a fresh board.
pub(super) fn place<'s>(
    season: &'s Season<'s>,
    allocation: &Allocation,
    values: &[f64],
    dice: &mut Dice,
) -> Board<'s> {
    let mut board = Board::new(season, weights(season));
    // Crew-days are whole in sum over some blocks, not in each: a team's are added up block by block and rounded so
    // that every sum so far is met.
    let mut so_far: Option<(TeamIx, f64, f64)> = None;
    for days in &allocation.crew_days {
        let (sum, opened) = match so_far {
            Some((team, sum, opened)) if team == days.team => (sum, opened),
            _ => (0.0, 0.0),
        };
        let sum = sum + values[days.col.0];
        let wanted = (sum - 1e-6).ceil().max(opened) - opened;
        let block = &allocation.blocks[days.block];
        let done = open_evenly(&mut board, days.team, &block.days, wanted as usize);
        so_far = Some((days.team, sum, opened + done as f64));
    }
    let mut visits = rounded(&mut board, allocation, values);
    // The long ones first, then those with few days to choose from; ties by number.
    visits.sort_by_key(|&(visit, span)| {
        let slot = board.slot(visit);
        let option = &season.jobs[slot.job as usize].options[slot.option as usize];
        (
            std::cmp::Reverse(option.work_and_access),
            span.to - span.from,
            visit,
        )
    });
    for (visit, span) in visits {
        put_best(&mut board, visit, span, dice);
    }
    board
}

/// Opens so many crew-days of a team, spread over the open days among some; returns how many there was room for.
fn open_evenly(board: &mut Board, team: TeamIx, days: &[DayIx], wanted: usize) -> usize {
    let season = board.season;
    let open = &season.day_sets[season.team_days[team.0]];
    let days: Vec<DayIx> = days
        .iter()
        .copied()
        .filter(|&day| open.contains(day))
        .collect();
    let crews = season.scenario[team].crews as usize;
    let wanted = wanted.min(days.len() * crews);
    for number in 0..wanted {
        // The number-th of `wanted` points spread over `days`, one crew after another.
        let round = number / days.len();
        let in_round = number % days.len();
        let of_round = (wanted - round * days.len()).min(days.len());
        let day = days[(2 * in_round + 1) * days.len() / (2 * of_round)];
        let at = board.crew_day(team, day, round as u32 + 1);
        board.set_open(at, true);
    }
    wanted
}

/// Whole visits from fractional counts.
///
/// The counts of a part are added up in the order of their segments; a visit is made each time the sum passes a half.
/// So a part gets its total, and each segment and team its share, up to one visit.
fn rounded(board: &mut Board, allocation: &Allocation, values: &[f64]) -> Vec<(VisitIx, Span)> {
    let season = board.season;
    let mut order: Vec<&Count> = allocation
        .counts
        .iter()
        .filter(|count| values[count.col.0] > 1e-6)
        .collect();
    order.sort_by_key(|count| {
        let job = &season.jobs[count.job];
        (job.part, job.treatment, count.span, count.option)
    });
    let mut visits = Vec::new();
    let mut at = 0;
    while at < order.len() {
        let key = |count: &Count| {
            (
                season.jobs[count.job].part,
                season.jobs[count.job].treatment,
            )
        };
        let part = key(order[at]);
        let mut sum = 0.0;
        let mut made = 0.0;
        while at < order.len() && key(order[at]) == part {
            let count = order[at];
            sum += values[count.col.0];
            while sum - made > 0.5 + 1e-6 {
                visits.push((board.add(count.job, count.option), count.span));
                made += 1.0;
            }
            at += 1;
        }
    }
    visits
}

/// Puts a visit on the open crew-day of its stretch that strains the board least; any team of its job may do it.
fn put_best(board: &mut Board, visit: VisitIx, span: Span, dice: &mut Dice) {
    let season = board.season;
    let slot = board.slot(visit);
    let job = &season.jobs[slot.job as usize];
    let mut best: Option<(f64, usize, CrewDay)> = None;
    for (number, option) in job.options.iter().enumerate() {
        // The team that the allocation chose is preferred by a tenth of an hour.
        let dislike = if number == slot.option as usize {
            0.0
        } else {
            0.1
        };
        let days = &season.day_sets[option.days];
        for day in days
            .iter()
            .skip_while(|&day| day < span.from)
            .take_while(|&day| day <= span.to)
        {
            for crew in 1..=season.scenario[option.team].crews {
                let at = board.crew_day(option.team, day, crew);
                if !board.bin(at).open || !board.allows(visit, number, at) {
                    continue;
                }
                board.put(visit, number, at);
                let room = board.room(at) as f64 / 1e6;
                // Fullest first among those that fit, so that room stays together.
                let strain = board.energy() + 0.01 * room.max(0.0) + dislike + 1e-6 * dice.unit();
                board.lift(visit);
                if best.is_none_or(|(least, ..)| strain < least) {
                    best = Some((strain, number, at));
                }
            }
        }
    }
    if let Some((_, option, at)) = best {
        board.put(visit, option, at);
    }
}

/// Works off what does not fit, by search; whether the board then holds a valid plan that misses no more than
/// `enough`.
pub(super) fn settle(
    board: &mut Board,
    effort: &Effort,
    enough: f64,
    dice: &mut Dice,
    watch: &dyn Watch,
) -> bool {
    let moves = effort.moves_per_visit * board.slots.len().max(100) as u64;
    let slow = Schedule {
        moves,
        hot: 0.3 * HOUR,
        cold: 0.001 * HOUR,
        may_give_up: false,
        enough,
    };
    let good = |board: &Board| board.is_valid() && board.strain.missed <= enough + 1e-6;
    if good(board) || Search::new(board, dice).run(&slow, watch) {
        return true;
    }
    let mut least = board.energy();
    let mut idle = 0;
    while idle < effort.reheats {
        if watch.stop() {
            return false;
        }
        if enough == 0.0 {
            add_missing(board);
        }
        // Hours too much are a matter of where crews go out; minutes, of small changes over and over.
        let hours = board.strain.overload / 1_000_000;
        let warm = hours > 0 && transfer(board, 1 + hours / 8);
        let again = Schedule {
            moves: moves / 4,
            hot: if warm { 0.05 } else { 0.002 } * HOUR,
            cold: 0.0007 * HOUR,
            ..slow
        };
        if Search::new(board, dice).run(&again, watch) {
            return true;
        }
        let energy = board.energy();
        idle = if energy < 0.9 * least { 0 } else { idle + 1 };
        least = least.min(energy);
    }
    false
}

/// Buys crew-days, one after another where they help most, until everything fits.
pub(super) fn settle_at_any_price(
    board: &mut Board,
    effort: &Effort,
    enough: f64,
    dice: &mut Dice,
    watch: &dyn Watch,
) {
    let again = Schedule {
        moves: effort.moves_per_visit * board.slots.len().max(100) as u64 / 8,
        hot: 0.02 * HOUR,
        cold: 0.002 * HOUR,
        may_give_up: false,
        enough,
    };
    for _ in 0..effort.extra_days {
        // As many at once as the overload fills.
        let wanted = 1 + board.strain.overload / 20_000_000;
        let opened = (0..wanted)
            .take_while(|_| open_where_it_helps(board))
            .count();
        let opened = opened + usize::from(enough == 0.0 && open_for_waiting(board));
        if watch.stop() || opened == 0 || Search::new(board, dice).run(&again, watch) {
            return;
        }
    }
}

/// Adds a visit for each missed round that no waiting visit could make good.
fn add_missing(board: &mut Board) {
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

/// Keeps the emptiest crews at home and sends crews of the same teams out where hours are too many instead; the
/// visits of the former wait. Whether any was moved.
fn transfer(board: &mut Board, wanted: i64) -> bool {
    let mut moved = false;
    for _ in 0..wanted {
        let overfull = (0..board.bins.len() as u32)
            .map(CrewDay)
            .max_by_key(|&at| board.overload(at));
        let Some(overfull) = overfull.filter(|&at| board.overload(at) > 0) else {
            break;
        };
        let team = board.bin(overfull).team;
        let day = board.bin(overfull).day;
        let emptiest = (0..board.bins.len() as u32)
            .map(CrewDay)
            .filter(|&at| {
                let bin = board.bin(at);
                bin.open && bin.team == team && (bin.day - day).abs() > 6
            })
            .max_by_key(|&at| board.room(at));
        let Some(emptiest) = emptiest else { break };
        for visit in board.bin(emptiest).visits.clone() {
            board.lift(visit);
        }
        board.set_open(emptiest, false);
        if !open_beside(board, overfull) {
            board.set_open(emptiest, true);
            break;
        }
        moved = true;
    }
    moved
}

/// Opens a crew-day on which a waiting visit would make a missed round good; `false` when there is none.
fn open_for_waiting(board: &mut Board) -> bool {
    let season = board.season;
    for at in 0..board.slots.len() {
        let slot = board.slots[at];
        let job = &season.jobs[slot.job as usize];
        let missed = |board: &Board, &demand: &usize| board.state(demand).0 > 0;
        if slot.place.is_some() || !job.demands.iter().any(|demand| missed(board, demand)) {
            continue;
        }
        let visit = VisitIx(at as u32);
        let before = board.strain.missed;
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
                    let (squeezed, over) = (board.strain.squeezed, board.strain.overspent);
                    board.set_open(candidate, true);
                    board.put(visit, number, candidate);
                    let strain = &board.strain;
                    if strain.missed < before - 1e-6
                        && strain.squeezed <= squeezed
                        && strain.overspent <= over + 1e-9
                    {
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

/// Takes visits off until the board holds a valid plan: each time the one whose leaving relieves most for the
/// rounds that it costs.
pub(super) fn give_up_until_valid(board: &mut Board) {
    while !board.is_valid() {
        let mut best: Option<(f64, VisitIx)> = None;
        for at in 0..board.slots.len() {
            let visit = VisitIx(at as u32);
            let Some(place) = board.slot(visit).place else {
                continue;
            };
            let wrong = |board: &Board| {
                board.strain.overload as f64 / 1e6
                    + board.strain.squeezed as f64
                    + board.strain.overspent * 0.01
            };
            let part = board.part(visit);
            let suspect = board.overload(place) > 0
                || board.strain.overspent > 0.0
                || board.season.parts[part]
                    .demands
                    .iter()
                    .any(|&demand| board.state(demand).1 > 0);
            if !suspect {
                continue;
            }
            let option = board.slot(visit).option as usize;
            let (missed, strain) = (board.strain.missed, wrong(board));
            board.lift(visit);
            let relief = strain - wrong(board);
            let lost = board.strain.missed - missed;
            board.put(visit, option, place);
            if relief > 0.0 {
                let price = (lost + 1e-3) / relief;
                if best.is_none_or(|(least, _)| price < least) {
                    best = Some((price, visit));
                }
            }
        }
        match best {
            Some((_, visit)) => board.lift(visit),
            None => {
                // Only crew-days without visits can be too much now.
                if !close_empty(board) {
                    return;
                }
            }
        }
    }
}

/// Places rounds that are still missed, in exchange for less important ones where there is no room.
pub(super) fn fill(board: &mut Board, effort: &Effort, dice: &mut Dice, watch: &dyn Watch) {
    let season = board.season;
    if season
        .demands
        .iter()
        .enumerate()
        .all(|(at, _)| board.state(at).0 == 0)
    {
        return;
    }
    add_missing(board);
    board.weights.overload *= 20.0;
    board.weights.squeezed *= 20.0;
    board.weights.overspent *= 20.0;
    let moves = effort.moves_per_visit * board.slots.len().max(100) as u64;
    let schedule = Schedule {
        moves,
        hot: 3.0 * HOUR,
        cold: 0.05 * HOUR,
        may_give_up: true,
        enough: 0.0,
    };
    Search::new(board, dice).run(&schedule, watch);
    give_up_until_valid(board);
}

/// Keeps crews without visits at home; whether there were any.
pub(super) fn close_empty(board: &mut Board) -> bool {
    let mut closed = false;
    for at in (0..board.bins.len() as u32).map(CrewDay) {
        if board.bin(at).open && board.bin(at).visits.is_empty() {
            board.set_open(at, false);
            closed = true;
        }
    }
    closed
}

/// Takes off visits whose leaving misses no round.
pub(super) fn drop_useless(board: &mut Board) {
    for at in 0..board.slots.len() {
        let visit = VisitIx(at as u32);
        let slot = board.slot(visit);
        let Some(place) = slot.place else { continue };
        let missed = board.strain.missed;
        board.lift(visit);
        if board.strain.missed > missed + 1e-9 {
            board.put(visit, slot.option as usize, place);
        }
    }
}
