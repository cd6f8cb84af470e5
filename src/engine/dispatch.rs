//! Dispatch: the rounds and crew-days that were allocated get their days.
//!
//! Crew-days are spread evenly over each block, and visits put where they fit best. What does not fit yet is worked off
//! in [`super::settle`].

use super::allocate::{Allocation, Count};
use super::board::{Board, CrewDay, VisitIx, Weights};
use super::search::{Dice, HOUR};
use super::spans::Span;
use super::worth::Worth;
use crate::domain::{Shortfall, TeamIx};
use crate::season::{DayIx, Season};
use std::collections::BTreeMap;

/// Prices of a board: a missed round of a more important tier outweighs those below.
pub(super) fn weights(season: &Season) -> Weights {
    weights_by(season, STEP)
}

/// The same, where no round of a tier is worth any number of the tiers below.
pub(super) fn steep_weights(season: &Season) -> Weights {
    weights_by(season, STEEP_STEP)
}

/// How many rounds of the next tier one of a tier outweighs: enough to guide a search, few enough to let it move.
const STEP: f64 = 20.0;

/// See [`steep_weights`]; five tiers of these are still told apart from a millionth of a round.
const STEEP_STEP: f64 = 200.0;

fn weights_by(season: &Season, step: f64) -> Weights {
    let factors = factors_by(season, step);
    let prices = season
        .demands
        .iter()
        .map(|demand| factors[&demand.tier] * demand.weight.to_f64());
    let rounds = season.demands.iter().map(|demand| {
        let periods = demand.periods(season);
        let asked: u32 = periods.iter().map(|period| period.asked).sum();
        f64::from(asked + 1)
    });
    let missed = exactly_summed(&prices.collect::<Vec<f64>>(), rounds.sum());
    Weights {
        overload: HOUR,
        gathered: 0.01 * HOUR,
        squeezed: 0.5 * HOUR,
        overspent: 0.05,
        money: 0.002,
        missed,
        worth: Worth::nothing(season),
    }
}

/// Prices rounded so that sums of up to so many of the greatest are exact, in whatever order they are added and taken
/// off: a board that has done a hundred million moves is as complete as a fresh one.
fn exactly_summed(prices: &[f64], count: f64) -> Vec<f64> {
    let greatest = prices.iter().copied().fold(0.0, f64::max);
    // Multiples of a power of two below 2^53 of them; a search may multiply prices by a small power of two.
    let step = ((64.0 * greatest * count).max(1e-9).log2().ceil() - 53.0).exp2();
    let rounded = |price: &f64| (price / step).round().max(1.0) * step;
    prices.iter().map(rounded).collect()
}

/// What a unit of shortfall costs on a board with [`weights`], by tier.
pub(super) fn tier_factors(season: &Season) -> BTreeMap<u32, f64> {
    factors_by(season, STEP)
}

fn factors_by(season: &Season, step: f64) -> BTreeMap<u32, f64> {
    let tiers = season.tiers();
    let mut mean: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    for demand in &season.demands {
        let entry = mean.entry(demand.tier).or_insert((0.0, 0.0));
        entry.0 += demand.weight.to_f64();
        entry.1 += 1.0;
    }
    let factor = |(at, &tier): (usize, &u32)| {
        let higher = (tiers.len() - 1 - at) as i32;
        let (sum, count) = mean.get(&tier).copied().unwrap_or((1.0, 1.0));
        (tier, 10.0 * step.powi(higher.min(4)) / (sum / count))
    };
    tiers.iter().enumerate().map(factor).collect()
}

/// Missed rounds, weighted as on a board, of these shortfalls, with a share of the rounds of each short tier more.
pub(super) fn missed(season: &Season, shortfall: &BTreeMap<u32, Shortfall>, slack: f64) -> f64 {
    let mut asked: BTreeMap<u32, f64> = BTreeMap::new();
    for demand in &season.demands {
        let rounds: u32 = demand
            .periods(season)
            .iter()
            .map(|period| period.asked)
            .sum();
        *asked.entry(demand.tier).or_insert(0.0) += f64::from(rounds) * demand.weight.to_f64();
    }
    let factors = tier_factors(season);
    let of_tier = |(tier, short): (&u32, &Shortfall)| {
        let short = short.to_f64();
        let more = if short > 0.0 {
            slack * asked.get(tier).copied().unwrap_or(0.0)
        } else {
            0.0
        };
        factors[tier] * (short + more)
    };
    shortfall.iter().map(of_tier).sum()
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
pub(super) fn put_best(board: &mut Board, visit: VisitIx, span: Span, dice: &mut Dice) {
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
            let squeeze = board.squeeze_on(visit, day);
            for crew in 1..=season.scenario[option.team].crews {
                let at = board.crew_day(option.team, day, crew);
                if !board.bin(at).open {
                    continue;
                }
                let hours = board.hours_in(visit, number, at);
                let room = (board.room(at) - hours) as f64 / 1e6;
                // Fullest first among those that fit, so that room stays together; a stop that is shared saves hours.
                let strain = squeeze + (-room).max(0.0) + 0.01 * room.max(0.0) + dislike;
                let strain = strain + hours as f64 / 1e6;
                let strain = strain + 1e-6 * dice.unit();
                if best.is_none_or(|(least, ..)| strain < least) && board.allows(visit, number, at)
                {
                    best = Some((strain, number, at));
                }
            }
        }
    }
    if let Some((_, option, at)) = best {
        board.put(visit, option, at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_add_up_exactly_whatever_the_order() {
        let mut dice = Dice::new(3);
        let prices = (0..50).map(|_| 10.0 * 20f64.powf(4.0 * dice.unit()) / 3.0);
        let prices = exactly_summed(&prices.collect::<Vec<f64>>(), 5_000.0);
        let mut sum = 0.0;
        let mut missed = vec![0; prices.len()];
        for _ in 0..1_000_000 {
            let at = dice.below(prices.len());
            let change = if missed[at] > 0 && dice.below(2) == 0 {
                -1
            } else {
                1
            };
            missed[at] += change;
            sum += prices[at] * f64::from(change);
        }
        for (at, &price) in prices.iter().enumerate() {
            sum -= price * f64::from(missed[at]);
        }
        assert!(sum.abs() < f64::MIN_POSITIVE, "{sum} is left over");
    }
}
