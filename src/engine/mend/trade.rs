//! Trading: where a product is short, visits that have another treatment leave it to a round that has none.

use super::{Waiting, expense, places};
use crate::domain::{ProductIx, Quantity};
use crate::engine::board::{Board, CrewDay, Slot, Strain, VisitIx};
use std::collections::BTreeMap;

/// Visits that are asked to give way to a round at most, those first that do so most cheaply.
const MOST_ASKED: usize = 200;

/// Rounding in sums of money and of rounds.
const HAIR: f64 = 1e-9;

/// Trades made for the rounds of a plan.
///
/// A product that could not be freed for a round is not asked for again for one that takes as much, until a crew-day more
/// makes room: what is missed is put in on many days, and each would be refused alike.
#[derive(Debug, Default)]
pub(super) struct Trades {
    in_vain: BTreeMap<ProductIx, Quantity>,
}

impl Trades {
    /// Asks again for what was in vain: a crew is sent out, and there is room for what found none.
    pub(super) fn ask_again(&mut self) {
        self.in_vain.clear();
    }

    /// Puts a visit on a crew-day that has room for it, where only the product is lacking and other visits give way.
    /// If they cannot, everything stays as it was; nothing that is done is given up.
    pub(super) fn put(
        &mut self,
        board: &mut Board,
        visit: VisitIx,
        option: usize,
        at: CrewDay,
    ) -> bool {
        let job = &board.season.jobs[board.slot(visit).job as usize];
        let Some((product, quantity)) = job.product else {
            return false;
        };
        if self
            .in_vain
            .get(&product)
            .is_some_and(|&least| quantity >= least)
        {
            return false;
        }
        let before = board.strain;
        board.put(visit, option, at);
        let now = board.strain;
        let short = now.overspent > before.overspent + HAIR;
        let mends = now.missed < before.missed - HAIR;
        if !short || !mends || now.squeezed > before.squeezed || now.overload > before.overload {
            board.lift(visit);
            return false;
        }
        let mut changed: Vec<(VisitIx, Slot)> = Vec::new();
        let users = users(board, product, visit);
        for &other in &users {
            let slot = board.slot(other);
            if give_way(board, other, product) {
                changed.push((other, slot));
                if board.strain.overspent <= before.overspent + HAIR {
                    return true;
                }
            }
        }
        board.lift(visit);
        for &(other, slot) in changed.iter().rev() {
            put_back(board, other, slot);
        }
        // Where nobody has another treatment, less would not help either.
        let least = if users.is_empty() {
            Quantity::ZERO
        } else {
            quantity
        };
        self.in_vain.insert(product, least);
        false
    }
}

/// Visits that use a product and could do without, those that would take least money for what they free first.
fn users(board: &Board, product: ProductIx, but: VisitIx) -> Vec<VisitIx> {
    let season = board.season;
    let mut users: Vec<(f64, VisitIx)> = Vec::new();
    for visit in (0..board.slots.len() as u32).map(VisitIx) {
        let slot = board.slot(visit);
        let job = &season.jobs[slot.job as usize];
        let Some((_, quantity)) = job.product.filter(|&(used, _)| used == product) else {
            continue;
        };
        if visit == but || slot.place.is_none() {
            continue;
        }
        let now = expense(season, job, &job.options[slot.option as usize]);
        let others = without(board, slot, product).into_iter().flat_map(|job| {
            let job = &season.jobs[job];
            let options = job.options.iter();
            options.map(|option| expense(season, job, option))
        });
        if let Some(then) = others.min() {
            let price = (then - now) as f64 / (quantity.micro() as f64).max(1.0);
            users.push((price, visit));
        }
    }
    users.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    users.truncate(MOST_ASKED);
    users.into_iter().map(|(_, visit)| visit).collect()
}

/// What a visit could be instead, without a product.
fn without(board: &Board, slot: Slot, product: ProductIx) -> Vec<usize> {
    let other = |job: &usize| {
        let used = board.season.jobs[*job].product;
        used.is_none_or(|(used, _)| used != product)
    };
    let jobs = board.alternatives(slot).iter().copied();
    jobs.filter(other).collect()
}

/// Makes a visit one that does without a product: by the same crew if that can, else by another that is out. It then
/// counts for all rounds for which it is needed; if that cannot be, it stays as it is.
fn give_way(board: &mut Board, visit: VisitIx, product: ProductIx) -> bool {
    let slot = board.slot(visit);
    let Some(at) = slot.place else { return false };
    let before = Before::of(board, slot.job as usize);
    let others = without(board, slot, product);
    board.lift(visit);
    let team = board.bin(at).team;
    for &job in &others {
        board.set_job(visit, job);
        if let Some(option) = board.option_for(visit, team)
            && board.allows(visit, option, at)
            && before.puts(board, visit, option, at)
        {
            return true;
        }
    }
    let needed = before.demands.iter().map(|&(demand, _)| demand);
    let needed = needed.filter(|&demand| board.state(demand).0 > 0);
    let demand = needed.min();
    let elsewhere = demand.map_or_else(Vec::new, |demand| places(board, Waiting { visit, demand }));
    for (.., job, option, to) in elsewhere {
        if others.contains(&job) {
            board.set_job(visit, job);
            if before.puts(board, visit, option, to) {
                return true;
            }
        }
    }
    put_back(board, visit, slot);
    false
}

/// How things stand before a visit gives way.
struct Before {
    strain: Strain,
    /// Rounds missed of the demands for which it counts.
    demands: Vec<(usize, u32)>,
}

impl Before {
    fn of(board: &Board, job: usize) -> Self {
        let demands = board.season.jobs[job].demands.iter();
        Before {
            strain: board.strain,
            demands: demands
                .map(|&demand| (demand, board.state(demand).0))
                .collect(),
        }
    }

    /// Puts the visit on a crew-day that allows it; takes it off again, and says so, unless less is overspent than
    /// before and nothing else is worse.
    fn puts(&self, board: &mut Board, visit: VisitIx, option: usize, at: CrewDay) -> bool {
        board.put(visit, option, at);
        let mut demands = self.demands.iter();
        if board.strain.saves(&self.strain)
            && demands.all(|&(demand, missed)| board.state(demand).0 <= missed)
        {
            return true;
        }
        board.lift(visit);
        false
    }
}

/// Makes a visit what it was, where it was.
fn put_back(board: &mut Board, visit: VisitIx, slot: Slot) {
    board.lift(visit);
    board.set_job(visit, slot.job as usize);
    if let Some(at) = slot.place {
        board.put(visit, slot.option as usize, at);
    }
}
