//! The last stage: of plans that miss as little and cost as little, one that people like.
//!
//! In the contract's order: no visit that serves no rule, few crew-days, the same team at a site, its parts close
//! together in time, rounds evenly spaced, a crew's day in one zone and on a short path, level weeks. Visits and whole
//! crew-days change places as long as the plan stays valid, no demand misses more rounds, no money is added and no crew
//! is sent out more often. So nothing that is proven of the plan changes, and it is checked again at the end.

mod comfort;
mod gather;
mod moves;
mod nearby;

use super::board::{Board, CrewDay, Slot, VisitIx};
use super::search::Dice;
use super::{Best, Effort, Options, Stage, Watch, dispatch, finish};
use comfort::Comfort;
use nearby::Nearby;

/// How long to search.
#[derive(Debug, Clone, Copy)]
struct Schedule {
    /// Moves tried.
    moves: u64,
    /// Temperature at the beginning, in the units of [`Comfort`].
    hot: f64,
    /// Temperature at the end.
    cold: f64,
}

impl Schedule {
    fn new(effort: Effort, visits: usize) -> Self {
        // For each of the first visits, and for each further one.
        let (first, further) = match effort {
            Effort::Quick => (50, 50),
            Effort::Normal => (400, 100),
            Effort::Thorough => (2_000, 1_000),
        };
        let visits = visits.max(20) as u64;
        let few = visits.min(FEW);
        Schedule {
            moves: first * few + further * (visits - few),
            hot: 0.2,
            cold: 0.05,
        }
    }
}

/// Visits up to which a season is small enough to search long.
const FEW: u64 = 3_000;

/// Moves between two looks at whether to stop.
const ROUND: u64 = 1_024;

/// Makes the best plan one that people like, as far as that costs nothing.
pub(super) fn polish(options: &Options, best: &mut Best) {
    let (season, watch) = (best.season, best.watch);
    if best.outcome.plan.visits.is_empty() || watch.stop() {
        return;
    }
    watch.stage(Stage::Polish);
    let mut board = Board::with_plan(season, dispatch::weights(season), &best.outcome.plan);
    if !board.is_valid() {
        return;
    }
    finish::tidy(&mut board);
    let crew_days = |board: &Board| board.bins.iter().filter(|bin| bin.open).count();
    let schedule = Schedule::new(options.effort, board.slots.len());
    let mut dice = Dice::new(options.seed);
    let mut polisher = Polisher::new(&mut board, &mut dice);
    let (days, before) = (crew_days(polisher.board), polisher.comfort.sum());
    polisher.gather(schedule.moves / 8, watch);
    let position = polisher.board.position();
    let gathered = polisher.comfort.sum();
    polisher.run(&schedule, watch);
    if polisher.comfort.sum() > gathered {
        polisher.board.restore(&position);
        best.offer_equal(polisher.board);
        return;
    }
    polisher.gather(schedule.moves / 8, watch);
    debug_assert!(polisher.comfort.is_up_to_date(polisher.board));
    // What makes fewer crew-days may be less even.
    if crew_days(polisher.board) < days || polisher.comfort.sum() <= before {
        best.offer_equal(polisher.board);
    }
}

/// A search for comfort under way.
struct Polisher<'b, 's> {
    board: &'b mut Board<'s>,
    dice: &'b mut Dice,
    comfort: Comfort<'s>,
    nearby: Nearby,
    /// Open crew-days of each team, by day.
    open: Vec<Vec<CrewDay>>,
    /// Every placed visit.
    placed: Vec<VisitIx>,
    /// Money that must not be exceeded: what the plan costs so far.
    money: f64,
    /// What the move under way changed: visits as they stood, and a crew-day that changed its day.
    undo: Vec<(VisitIx, Slot)>,
    shifted: Option<(CrewDay, CrewDay)>,
    /// Rounds that the demands touched by the move under way missed before it.
    missed: Vec<(usize, u32)>,
}

impl<'b, 's> Polisher<'b, 's> {
    fn new(board: &'b mut Board<'s>, dice: &'b mut Dice) -> Self {
        let mut open = vec![Vec::new(); board.season.scenario.teams.len()];
        for (at, bin) in board.bins.iter().enumerate() {
            if bin.open {
                open[bin.team.0].push(CrewDay(at as u32));
            }
        }
        let visits = (0..board.slots.len() as u32).map(VisitIx);
        let placed = visits
            .filter(|&visit| board.slot(visit).place.is_some())
            .collect();
        Polisher {
            comfort: Comfort::new(board),
            nearby: Nearby::new(board),
            open,
            placed,
            money: board.strain.money,
            undo: Vec::new(),
            shifted: None,
            missed: Vec::new(),
            board,
            dice,
        }
    }

    /// Simulated annealing: the number of moves is fixed, and so is the result for the same seed.
    fn run(&mut self, schedule: &Schedule, watch: &dyn Watch) {
        if self.placed.is_empty() {
            return;
        }
        let cooling = (schedule.cold / schedule.hot).powf(1.0 / schedule.moves as f64);
        let mut temperature = schedule.hot;
        for step in 0..schedule.moves {
            if step % ROUND == 0 && watch.stop() {
                return;
            }
            temperature *= cooling;
            let allowed = -temperature * (1.0 - self.dice.unit()).ln();
            self.step(allowed);
        }
    }

    /// Whether the board holds a plan that is no worse than before the move under way.
    fn is_no_worse(&self) -> bool {
        let missed = self.missed.iter();
        self.board.is_valid()
            && self.board.strain.money <= self.money
            && missed
                .clone()
                .all(|&(demand, before)| self.board.state(demand).0 <= before)
    }

    fn begin(&mut self) {
        self.undo.clear();
        self.missed.clear();
        self.shifted = None;
    }

    fn lift(&mut self, visit: VisitIx) {
        let slot = self.board.slot(visit);
        for &demand in &self.board.season.jobs[slot.job as usize].demands {
            let known = self.missed.iter().any(|&(known, _)| known == demand);
            if !known {
                self.missed.push((demand, self.board.state(demand).0));
            }
        }
        self.undo.push((visit, slot));
        self.board.lift(visit);
    }

    /// Puts everything back to where it stood before the move under way.
    fn take_back(&mut self) {
        for &(visit, _) in &self.undo {
            self.board.lift(visit);
        }
        if let Some((from, to)) = self.shifted.take() {
            self.board.set_open(to, false);
            self.board.set_open(from, true);
        }
        for &(visit, slot) in &self.undo {
            if let Some(at) = slot.place {
                self.board.put(visit, slot.option as usize, at);
            }
        }
    }
}
