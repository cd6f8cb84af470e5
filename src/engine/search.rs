//! Local search on a board: visits change places, and now and then a crew-day changes its day.
//!
//! Simulated annealing with a seeded generator and a fixed number of moves, so that the same board and seed give the
//! same result on every machine. Which crew-days are open stays as it is, in number: how many are paid for was
//! decided with a proof and is not the search's business.

use super::Watch;
use super::board::{Board, CrewDay, Position, VisitIx};
use crate::season::DayIx;
use rand_core::{RngCore, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// A seeded source of choices.
#[derive(Debug, Clone)]
pub(super) struct Dice(Xoshiro256PlusPlus);

impl Dice {
    /// The same seed gives the same choices.
    pub(super) fn new(seed: u64) -> Self {
        Dice(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// A number below `count`, which must be above 0.
    pub(super) fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.0.next_u64()) * count as u128) >> 64) as usize
    }

    /// A number from 0 up to, but without, 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// How a search runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schedule {
    /// Moves tried.
    pub(super) moves: u64,
    /// Temperature at the beginning.
    pub(super) hot: f64,
    /// Temperature at the end.
    pub(super) cold: f64,
    /// Whether visits may be given up for others.
    pub(super) may_give_up: bool,
    /// Missed rounds, weighted, at which a valid board is good enough to end early.
    pub(super) enough: f64,
}

/// A search under way.
pub(super) struct Search<'b, 's> {
    board: &'b mut Board<'s>,
    dice: &'b mut Dice,
    /// Open crew-days of each team, by day.
    open: Vec<Vec<CrewDay>>,
    /// Visits in trouble: on overfull crew-days, or too close to others.
    troubled: Vec<VisitIx>,
    /// Visits that are not placed.
    waiting: Vec<VisitIx>,
    /// What the move under way changed: visits with where they stood, and a crew-day that changed its day.
    undo: Vec<(VisitIx, usize, Option<CrewDay>)>,
    shifted: Option<(CrewDay, CrewDay)>,
}

/// Moves between two looks at what is in trouble, and at the clock.
const ROUND: u64 = 4_096;

/// The best board seen.
struct Best {
    energy: f64,
    position: Position,
}

impl<'b, 's> Search<'b, 's> {
    /// A search on a board.
    pub(super) fn new(board: &'b mut Board<'s>, dice: &'b mut Dice) -> Self {
        let mut search = Search {
            board,
            dice,
            open: Vec::new(),
            troubled: Vec::new(),
            waiting: Vec::new(),
            undo: Vec::new(),
            shifted: None,
        };
        search.list_open();
        search
    }

    fn list_open(&mut self) {
        self.open = vec![Vec::new(); self.board.season.scenario.teams.len()];
        for (at, bin) in self.board.bins.iter().enumerate() {
            if bin.open {
                self.open[bin.team.0].push(CrewDay(at as u32));
            }
        }
    }

    /// Runs; ends early when nothing is wrong any more. Returns whether the board then holds a valid plan.
    ///
    /// With `may_give_up`, the best valid board seen is put back at the end.
    pub(super) fn run(&mut self, schedule: &Schedule, watch: &dyn Watch) -> bool {
        let cooling = (schedule.cold / schedule.hot).powf(1.0 / schedule.moves.max(1) as f64);
        let mut temperature = schedule.hot;
        let mut best: Option<Best> = None;
        for step in 0..schedule.moves {
            if step % ROUND == 0 {
                self.look_around();
                if watch.stop() {
                    break;
                }
            }
            temperature *= cooling;
            if !self.step(temperature, schedule.may_give_up) {
                continue;
            }
            if !self.board.is_valid() {
                continue;
            }
            if !schedule.may_give_up {
                if self.board.strain.missed <= schedule.enough + 1e-6 {
                    return true;
                }
                continue;
            }
            let energy = self.board.energy();
            if best.as_ref().is_none_or(|best| energy < best.energy - 1e-9) {
                best = Some(Best {
                    energy,
                    position: self.board.position(),
                });
            }
        }
        if let Some(best) = best {
            self.board.restore(&best.position);
            self.list_open();
        }
        self.board.is_valid() && self.board.strain.missed <= schedule.enough + 1e-6
    }

    /// Lists what is in trouble and what waits.
    fn look_around(&mut self) {
        self.troubled.clear();
        self.waiting.clear();
        for open in &self.open {
            for &at in open {
                if self.board.overload(at) > 0 {
                    self.troubled.extend(&self.board.bin(at).visits);
                }
            }
        }
        for demand in 0..self.board.season.demands.len() {
            if self.board.state(demand).1 > 0 {
                let part = self.board.season.demands[demand].part;
                self.troubled.extend(self.board.visits_at(part));
            }
        }
        for at in 0..self.board.slots.len() {
            let visit = VisitIx(at as u32);
            if self.board.slot(visit).place.is_none() {
                self.waiting.push(visit);
            }
        }
    }

    /// Tries one move; returns whether the board changed.
    fn step(&mut self, temperature: f64, may_give_up: bool) -> bool {
        if self.board.slots.is_empty() {
            return false;
        }
        let before = self.board.energy();
        self.undo.clear();
        self.shifted = None;
        let kind = self.dice.unit();
        let visit = if !self.waiting.is_empty() && kind < 0.2 {
            self.waiting[self.dice.below(self.waiting.len())]
        } else if !self.troubled.is_empty() && kind < 0.6 {
            self.troubled[self.dice.below(self.troubled.len())]
        } else {
            VisitIx(self.dice.below(self.board.slots.len()) as u32)
        };
        let done = match self.board.slot(visit).place {
            Some(at) if kind > 0.985 => self.shift_crew_day(at),
            Some(_) if may_give_up && kind > 0.97 => self.give_up(visit),
            Some(at) => self.relocate(visit, at),
            None => self.enter(visit, may_give_up),
        };
        if !done {
            self.take_back();
            return false;
        }
        let change = self.board.energy() - before;
        if change <= 0.0 || self.dice.unit() < (-change / temperature).exp() {
            if let Some((from, to)) = self.shifted {
                let open = &mut self.open[self.board.bin(from).team.0];
                let position = open.partition_point(|&at| at < from);
                open.remove(position);
                let position = open.partition_point(|&at| at < to);
                open.insert(position, to);
            }
            return true;
        }
        self.take_back();
        false
    }

    fn lift(&mut self, visit: VisitIx) {
        let slot = self.board.slot(visit);
        self.undo.push((visit, slot.option as usize, slot.place));
        self.board.lift(visit);
    }

    fn put(&mut self, visit: VisitIx, option: usize, at: CrewDay) {
        if self.undo.iter().all(|&(known, ..)| known != visit) {
            let slot = self.board.slot(visit);
            self.undo.push((visit, slot.option as usize, slot.place));
        }
        self.board.put(visit, option, at);
    }

    fn take_back(&mut self) {
        let undo = std::mem::take(&mut self.undo);
        for &(visit, ..) in &undo {
            self.board.lift(visit);
        }
        if let Some((from, to)) = self.shifted.take() {
            self.board.set_open(to, false);
            self.board.set_open(from, true);
        }
        for &(visit, option, place) in &undo {
            if let Some(at) = place {
                self.board.put(visit, option, at);
            }
        }
        self.undo = undo;
    }

    fn give_up(&mut self, visit: VisitIx) -> bool {
        self.lift(visit);
        true
    }

    /// Moves a visit to another open crew-day, in exchange for one of its visits where there is no room.
    fn relocate(&mut self, visit: VisitIx, from: CrewDay) -> bool {
        let Some((option, to)) = self.target(visit) else {
            return false;
        };
        if to == from {
            return false;
        }
        let short = self.board.hours_in(visit, option, to) > self.board.room(to);
        if short && self.dice.below(10) > 0 && !self.board.bin(to).visits.is_empty() {
            return self.exchange(visit, from, option, to);
        }
        self.lift(visit);
        if !self.board.allows(visit, option, to) {
            return false;
        }
        self.put(visit, option, to);
        true
    }

    fn exchange(&mut self, visit: VisitIx, from: CrewDay, option: usize, to: CrewDay) -> bool {
        let others = self.board.bin(to).visits.len();
        let other = self.board.bin(to).visits[self.dice.below(others)];
        let Some(back) = self.board.option_for(other, self.board.bin(from).team) else {
            return false;
        };
        self.lift(visit);
        self.lift(other);
        if !self.board.allows(visit, option, to) {
            return false;
        }
        self.put(visit, option, to);
        if !self.board.allows(other, back, from) {
            return false;
        }
        self.put(other, back, from);
        true
    }

    /// Places a visit that waits; where there is no room, it may take the place of another.
    fn enter(&mut self, visit: VisitIx, may_give_up: bool) -> bool {
        let Some((option, to)) = self.target(visit) else {
            return false;
        };
        let short = self.board.hours_in(visit, option, to) > self.board.room(to);
        let others = self.board.bin(to).visits.len();
        if short && may_give_up && others > 0 && self.dice.below(4) > 0 {
            let other = self.board.bin(to).visits[self.dice.below(others)];
            self.lift(other);
        }
        if !self.board.allows(visit, option, to) {
            return false;
        }
        self.put(visit, option, to);
        true
    }

    /// An open crew-day of some team that could do the visit, on a day for which it might count.
    fn target(&mut self, visit: VisitIx) -> Option<(usize, CrewDay)> {
        let season = self.board.season;
        let slot = self.board.slot(visit);
        let job = &season.jobs[slot.job as usize];
        let option = if job.options.len() == 1 || (slot.place.is_some() && self.dice.below(4) > 0) {
            slot.option as usize
        } else {
            self.dice.below(job.options.len())
        };
        let team = job.options.get(option)?.team;
        let (from, to) = self.stretch(visit)?;
        let open = &self.open[team.0];
        let first = open.partition_point(|&at| self.board.bin(at).day < from);
        let last = open.partition_point(|&at| self.board.bin(at).day <= to);
        if first == last {
            return None;
        }
        let at = open[first + self.dice.below(last - first)];
        let day = self.board.bin(at).day;
        season.day_sets[job.options[option].days]
            .contains(day)
            .then_some((option, at))
    }

    /// The days among which a visit looks for another: its period; now and then the whole window.
    fn stretch(&mut self, visit: VisitIx) -> Option<(DayIx, DayIx)> {
        let season = self.board.season;
        let job = &season.jobs[self.board.slot(visit).job as usize];
        let demand = &season.demands[job.demands[self.dice.below(job.demands.len())]];
        let day = self.board.day(visit);
        if self.dice.below(16) == 0 {
            return Some((demand.from, demand.to));
        }
        let periods = demand.periods(season);
        let period = match day {
            Some(day) => {
                let at = periods.partition_point(|period| period.to < day);
                periods.get(at)?
            }
            None => &periods[self.dice.below(periods.len())],
        };
        let reach = demand.max_gap.unwrap_or(45);
        match day {
            Some(day) if period.to - period.from > 2 * reach => {
                Some(((day - reach).max(period.from), (day + reach).min(period.to)))
            }
            _ => Some((period.from, period.to)),
        }
    }

    /// Sends a crew out on another day instead, with all its visits.
    fn shift_crew_day(&mut self, from: CrewDay) -> bool {
        let season = self.board.season;
        let bin = self.board.bin(from);
        let (team, day) = (bin.team, bin.day);
        let reach = 1 + self.dice.below(10) as DayIx;
        let other = if self.dice.below(2) == 0 {
            day - reach
        } else {
            day + reach
        };
        if !season.day_sets[season.team_days[team.0]].contains(other) {
            return false;
        }
        let crews = season.scenario[team].crews;
        let crew = 1 + self.dice.below(crews as usize) as u32;
        let to = self.board.crew_day(team, other, crew);
        if self.board.bin(to).open {
            return self.exchange_days(from, to);
        }
        let visits = self.board.bin(from).visits.clone();
        for &visit in &visits {
            self.lift(visit);
        }
        self.board.set_open(from, false);
        self.board.set_open(to, true);
        self.shifted = Some((from, to));
        for &visit in &visits {
            let option = self.board.slot(visit).option as usize;
            if !self.board.allows(visit, option, to) {
                return false;
            }
            self.put(visit, option, to);
        }
        true
    }

    /// Exchanges all visits of two crew-days of a team.
    fn exchange_days(&mut self, a: CrewDay, b: CrewDay) -> bool {
        if a == b {
            return false;
        }
        let (of_a, of_b) = (
            self.board.bin(a).visits.clone(),
            self.board.bin(b).visits.clone(),
        );
        for &visit in of_a.iter().chain(&of_b) {
            self.lift(visit);
        }
        for (visits, to) in [(of_a, b), (of_b, a)] {
            for visit in visits {
                let option = self.board.slot(visit).option as usize;
                if !self.board.allows(visit, option, to) {
                    return false;
                }
                self.put(visit, option, to);
            }
        }
        true
    }
}
