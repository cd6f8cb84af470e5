//! Sending crews out for rounds that found no place.

use super::trade::Trades;
use super::{Waiting, expense, may_help, try_put};
use crate::domain::TeamIx;
use crate::engine::board::{Board, CrewDay};
use crate::season::DayIx;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

/// A crew-day that could be sent out, by what it would bring for its money.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Offer {
    gain: f64,
    at: CrewDay,
    crew: u32,
}

impl Eq for Offer {}

impl PartialOrd for Offer {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Offer {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let by_gain = self.gain.total_cmp(&other.gain);
        by_gain.then(other.at.cmp(&self.at))
    }
}

/// Sends crews out for what waits, each time where that brings most for the money, as far as the limits go.
///
/// What a crew-day would bring only gets less as others take its rounds, so an offer is weighed again when its turn
/// comes, and stands if it is still the best.
pub(super) fn send_out(board: &mut Board, waiting: &mut Vec<Waiting>, trades: &mut Trades) {
    if waiting.is_empty() {
        return;
    }
    let season = board.season;
    let mut offers: BinaryHeap<Offer> = BinaryHeap::new();
    for team in season.teams() {
        for day in season.day_sets[season.team_days[team.0]].iter() {
            offer(board, waiting, (team, day, 1), &mut offers);
        }
    }
    while let Some(best) = offers.pop() {
        let (team, day) = (board.bin(best.at).team, board.bin(best.at).day);
        let now = gain(board, waiting, best.at);
        if now <= 0.0 {
            continue;
        }
        if offers.peek().is_some_and(|next| now < next.gain) {
            offers.push(Offer { gain: now, ..best });
            continue;
        }
        if !board.ledger.has_day_left(team) {
            continue;
        }
        let over = board.strain.overspent;
        board.set_open(best.at, true);
        if board.strain.overspent <= over + 1e-9 {
            trades.ask_again();
            fill(board, waiting, best.at, trades);
        }
        if board.bin(best.at).visits.is_empty() {
            board.set_open(best.at, false);
            continue;
        }
        offer(board, waiting, (team, day, best.crew + 1), &mut offers);
        if waiting.is_empty() {
            return;
        }
    }
}

/// Adds the next crew of a team on a day that is not out yet.
fn offer(
    board: &mut Board,
    waiting: &[Waiting],
    (team, day, crew): (TeamIx, DayIx, u32),
    offers: &mut BinaryHeap<Offer>,
) {
    let crews = board.season.scenario[team].crews;
    let closed = |crew: &u32| !board.bin(board.crew_day(team, day, *crew)).open;
    let Some(crew) = (crew..=crews).find(closed) else {
        return;
    };
    let at = board.crew_day(team, day, crew);
    let gain = gain(board, waiting, at);
    if gain > 0.0 {
        offers.push(Offer { gain, at, crew });
    }
}

/// A job that a waiting visit could become on a crew-day.
#[derive(Debug, Clone, Copy)]
struct Way {
    one: Waiting,
    job: usize,
    option: usize,
    expense: i64,
    /// Hours with the access of a stop of its own, in millionths.
    hours: i64,
}

/// The visits that could stand on a crew-day, in every way in which they could; those of a visit follow each other.
fn ways(board: &mut Board, waiting: &[Waiting], at: CrewDay) -> Vec<Way> {
    let season = board.season;
    let (team, day) = (board.bin(at).team, board.bin(at).day);
    let mut ways = Vec::new();
    for &one in waiting {
        if !may_help(board, one.demand, day) {
            continue;
        }
        for &job in &season.demands[one.demand].jobs {
            let row = &season.jobs[job];
            let Some(number) = row.options.iter().position(|option| option.team == team) else {
                continue;
            };
            let option = &row.options[number];
            if !season.day_sets[option.days].contains(day) {
                continue;
            }
            board.set_job(one.visit, job);
            if board.allows(one.visit, number, at) && board.squeeze_on(one.visit, day) == 0.0 {
                ways.push(Way {
                    one,
                    job,
                    option: number,
                    expense: expense(season, row, option),
                    hours: option.work_and_access.micro(),
                });
            }
        }
    }
    ways
}

/// What it would bring to send a crew out, for its money: weights of rounds, as far as the hours go.
fn gain(board: &mut Board, waiting: &[Waiting], at: CrewDay) -> f64 {
    let mut ways = ways(board, waiting, at);
    if ways.is_empty() {
        return 0.0;
    }
    let price = |way: &Way| board.weights.missed[way.one.demand] / way.hours.max(1) as f64;
    ways.sort_by(|a, b| price(b).total_cmp(&price(a)));
    let mut left = board.capacity(board.bin(at).team);
    let mut sum = 0.0;
    let mut demands = BTreeSet::new();
    for way in &ways {
        // Two rounds of a demand on one day would be too close.
        if way.hours <= left && demands.insert(way.one.demand) {
            left -= way.hours;
            sum += board.weights.missed[way.one.demand];
        }
    }
    let before = board.strain.money;
    board.set_open(at, true);
    let money = board.strain.money - before;
    board.set_open(at, false);
    sum / (money + 1.0)
}

/// Puts on a crew-day what waits and fits, the longest first, each in the cheapest way that the limits allow.
fn fill(board: &mut Board, waiting: &mut Vec<Waiting>, at: CrewDay, trades: &mut Trades) {
    let mut ways = ways(board, waiting, at);
    ways.sort_by_key(|way| (way.one.visit, way.expense, way.hours, way.job));
    let mut visits: Vec<&[Way]> = ways.chunk_by(|a, b| a.one.visit == b.one.visit).collect();
    visits.sort_by_key(|ways| (Reverse(ways[0].hours), ways[0].one.visit));
    let mut placed = Vec::new();
    for ways in visits {
        let mut put = |with: &mut dyn FnMut(&mut Board, &Way) -> bool| {
            ways.iter().any(|way| {
                board.set_job(way.one.visit, way.job);
                let room = board.room(at) - board.hours_in(way.one.visit, way.option, at);
                room >= 0 && board.allows(way.one.visit, way.option, at) && with(board, way)
            })
        };
        if put(&mut |board, way| try_put(board, way.one.visit, way.option, at))
            || put(&mut |board, way| trades.put(board, way.one.visit, way.option, at))
        {
            placed.push(ways[0].one.visit);
        }
    }
    waiting.retain(|one| !placed.contains(&one.visit));
}
