//! Local search on a board: visits change places, and now and then a crew-day changes its day.
//!
//! Simulated annealing with a seeded generator and a fixed number of moves, so that the same board and seed give the
//! same result on every machine. Which crew-days are open stays as it is, in number: how many are paid for was
//! decided with a proof and is not the search's business.

mod moves;
mod repack;
mod together;

use super::Watch;
use super::board::{Board, CrewDay, Position, Slot, VisitIx};
use super::spans::Span;
use crate::domain::TeamIx;
use crate::season::{DayIx, Season};
use rand_core::{RngCore, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// What a crew-day too full by one hour costs in the search; all else is relative to this.
pub(super) const HOUR: f64 = 1.0;

/// A seeded source of choices.
#[derive(Debug, Clone)]
pub(super) struct Dice(Xoshiro256PlusPlus);

impl Dice {
    /// The same seed gives the same choices.
    pub(super) fn new(seed: u64) -> Self {
        Dice(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// A seed for other dice.
    pub(super) fn seed(&mut self) -> u64 {
        self.0.next_u64()
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
    /// Whether visits that are not placed may be.
    pub(super) may_enter: bool,
    /// Missed rounds, weighted, at which a valid board is good enough to end early.
    pub(super) enough: f64,
    /// Money that a valid board must cost less than to be good enough; of products, what is used.
    pub(super) cheaper_than: f64,
    /// Where to look for visits to move.
    pub(super) focus: Focus,
}

/// Where to look for visits to move.
#[derive(Debug, Clone, Copy)]
pub(super) struct Focus {
    /// Days on which they stand; the whole season where there is no trouble in particular.
    pub(super) days: Span,
    /// A team that could do them; `None` for all.
    pub(super) team: Option<TeamIx>,
}

/// A search under way.
pub(super) struct Search<'b, 's> {
    board: &'b mut Board<'s>,
    dice: &'b mut Dice,
    /// Open crew-days of each team.
    open: Vec<Open>,
    /// Visits in trouble: on overfull crew-days, or too close to others.
    troubled: Vec<VisitIx>,
    /// Visits that are not placed.
    waiting: Vec<VisitIx>,
    /// Visits on the days in focus.
    near: Vec<VisitIx>,
    /// Visits whose job has alternatives.
    replaceable: Vec<VisitIx>,
    /// What the move under way changed: visits as they stood, and a crew-day that changed its day.
    undo: Vec<(VisitIx, Slot)>,
    shifted: Option<(CrewDay, CrewDay)>,
    /// The greatest change of the energy that the move under way may bring.
    allowed: f64,
    repack: repack::Repack,
    /// Share of the moves of a visit that become an exchange of two crew-days' visits, whichever fit best.
    pub(super) repacked: f64,
    /// Moves tried so far.
    pub(super) tried: u64,
}

/// Crew-days of a team that are out.
#[derive(Debug, Clone, Default)]
struct Open {
    /// By day.
    crew_days: Vec<CrewDay>,
    /// How many of them lie before each day, from the first open day of the season to the day after the last.
    before: Vec<u32>,
}

impl Open {
    /// Positions of those on these days, and of the first after them.
    fn within(&self, season: &Season, days: Span) -> (usize, usize) {
        let before = |day: DayIx| {
            let day = day.clamp(season.first_open, season.days);
            self.before[(day - season.first_open) as usize] as usize
        };
        let first = before(days.from);
        (first, before(days.to + 1).max(first))
    }
}

/// See [`Search::repacked`].
const REPACKED: f64 = 0.1;

/// Moves between two looks at what is in trouble, and at the clock.
const ROUND: u64 = 4_096;

/// What a board must be better by, in hours, to be kept where visits are not given up.
const KEPT: f64 = 0.02;

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
            near: Vec::new(),
            replaceable: Vec::new(),
            undo: Vec::new(),
            shifted: None,
            allowed: 0.0,
            repack: repack::Repack::default(),
            repacked: REPACKED,
            tried: 0,
        };
        search.list_open();
        search
    }

    fn list_open(&mut self) {
        self.open = vec![Open::default(); self.board.season.scenario.teams.len()];
        for (at, bin) in self.board.bins.iter().enumerate() {
            if bin.open {
                self.open[bin.team.0].crew_days.push(CrewDay(at as u32));
            }
        }
        for team in 0..self.open.len() {
            self.count_open(team);
        }
    }

    /// Counts the crew-days of a team that are out before each day.
    fn count_open(&mut self, team: usize) {
        let season = self.board.season;
        let open = &mut self.open[team];
        open.before.clear();
        let mut before = 0;
        for day in season.first_open..=season.days {
            let is_before = |at: &CrewDay| self.board.bin(*at).day < day;
            while open.crew_days.get(before).is_some_and(is_before) {
                before += 1;
            }
            open.before.push(before as u32);
        }
    }

    /// Runs; ends early when nothing is wrong any more. Returns whether the board then holds a valid plan.
    ///
    /// With `may_give_up`, or where nothing is ever enough, the best valid board seen is put back at the end; of boards that
    /// differ by less than a hair, any.
    pub(super) fn run(&mut self, schedule: &Schedule, watch: &dyn Watch) -> bool {
        let cooling = (schedule.cold / schedule.hot).powf(1.0 / schedule.moves.max(1) as f64);
        let mut temperature = schedule.hot;
        let mut best: Option<Best> = None;
        // Keeping a board takes as long as some thousand moves.
        let least_step = if schedule.may_give_up {
            1e-9
        } else {
            KEPT * HOUR
        };
        let to_the_end = schedule.may_give_up || schedule.enough == f64::NEG_INFINITY;
        if to_the_end && self.board.is_valid() {
            best = Some(Best {
                energy: self.board.energy(),
                position: self.board.position(),
            });
        }
        for step in 0..schedule.moves {
            if step % ROUND == 0 {
                self.look_around(schedule);
                if watch.stop() {
                    break;
                }
            }
            temperature *= cooling;
            self.tried += 1;
            if !self.step(temperature, schedule.may_give_up) {
                continue;
            }
            if !self.board.is_valid() {
                continue;
            }
            if !to_the_end {
                if self.is_good(schedule) {
                    return true;
                }
                continue;
            }
            let energy = self.board.energy();
            let better = |best: &Best| energy < best.energy - least_step;
            if best.as_ref().is_none_or(better) {
                best = Some(Best {
                    energy,
                    position: self.board.position(),
                });
            }
        }
        let is_best = |best: &Best| self.board.is_valid() && self.board.energy() <= best.energy;
        if let Some(best) = best.filter(|best| !is_best(best)) {
            self.board.restore(&best.position);
            self.list_open();
        }
        self.board.is_valid() && self.is_good(schedule)
    }

    /// Whether a valid board is good enough to end early.
    fn is_good(&self, schedule: &Schedule) -> bool {
        let strain = &self.board.strain;
        strain.missed <= schedule.enough + 1e-6 && strain.money < schedule.cheaper_than
    }

    /// Lists what is in trouble and what waits.
    fn look_around(&mut self, schedule: &Schedule) {
        let focus = schedule.focus;
        self.troubled.clear();
        self.waiting.clear();
        self.near.clear();
        self.replaceable.clear();
        for open in &self.open {
            for &at in &open.crew_days {
                if self.board.overload(at) > 0 {
                    self.troubled.extend(&self.board.bin(at).visits);
                }
            }
        }
        for demand in 0..self.board.season.demands.len() {
            if self.board.state(demand).1 > 0 {
                let part = self.board.season.demands[demand].part;
                let visits = self.board.visits_at(part).iter();
                self.troubled.extend(visits.map(|standing| standing.visit));
            }
        }
        for at in 0..self.board.slots.len() {
            let visit = VisitIx(at as u32);
            let slot = self.board.slot(visit);
            match slot.place {
                None if schedule.may_enter => self.waiting.push(visit),
                Some(at) if self.board.is_in(focus, slot, at) => {
                    self.near.push(visit);
                    if !self.board.alternatives(slot).is_empty() {
                        self.replaceable.push(visit);
                    }
                }
                None | Some(_) => {}
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
        // Metropolis' rule, with the chance drawn first: what is sure to be refused need not be tried.
        self.allowed = -temperature * (1.0 - self.dice.unit()).ln();
        let kind = self.dice.unit();
        let visit = if !self.waiting.is_empty() && kind < 0.2 {
            self.waiting[self.dice.below(self.waiting.len())]
        } else if !self.troubled.is_empty() && kind < 0.6 {
            self.troubled[self.dice.below(self.troubled.len())]
        } else if !self.near.is_empty() {
            self.near[self.dice.below(self.near.len())]
        } else {
            VisitIx(self.dice.below(self.board.slots.len()) as u32)
        };
        let often = if self.board.strain.overspent > 0.0 {
            0.1
        } else {
            0.02
        };
        if !self.replaceable.is_empty() && self.dice.unit() < often {
            let visit = self.replaceable[self.dice.below(self.replaceable.len())];
            let trades = self.dice.below(2) == 0;
            return self.finish(before, |search| {
                if trades {
                    search.trade(visit)
                } else {
                    search.replace(visit)
                }
            });
        }
        let repacks = self.dice.unit() < self.repacked;
        let together = if self.board.may_share_stop(visit) {
            self.dice.below(12)
        } else {
            usize::MAX
        };
        self.finish(before, |search| match search.board.slot(visit).place {
            Some(at) if kind > 0.985 => search.shift_crew_day(at),
            Some(_) if may_give_up && kind > 0.97 => search.give_up(visit),
            Some(at) if together == 0 => search.join(visit, at),
            Some(at) if together == 1 => search.move_stop(visit, at),
            Some(at) if repacks => search.repack_with(visit, at),
            Some(at) => search.relocate(visit, at),
            None => search.enter(visit, may_give_up),
        })
    }

    /// Makes a move and keeps it if it may stand; returns whether the board changed.
    fn finish(&mut self, before: f64, step: impl FnOnce(&mut Self) -> bool) -> bool {
        if !step(self) || self.board.energy() - before > self.allowed {
            self.take_back();
            return false;
        }
        if let Some((from, to)) = self.shifted {
            let team = self.board.bin(from).team.0;
            let open = &mut self.open[team].crew_days;
            let position = open.partition_point(|&at| at < from);
            open.remove(position);
            let position = open.partition_point(|&at| at < to);
            open.insert(position, to);
            self.count_open(team);
        }
        true
    }
}
