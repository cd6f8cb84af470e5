//! The last stage: of plans that miss as little and cost as little, one that people like.
//!
//! In the contract's order: no visit that serves no rule, few crew-days, the same team at a site, its parts close
//! together in time, rounds evenly spaced, a crew's day in one zone and on a short path, level weeks. Where rounds are
//! missed, before all but the first two: that they are shared out over sites and periods. Visits and whole crew-days
//! change places, and visits are given up for those of other sites, as long as the plan stays valid, the shortfall of
//! no tier grows, no money is added and no crew is sent out more often. So nothing that is proven of the plan changes,
//! and it is checked again at the end.

mod comfort;
mod gather;
mod moves;
mod nearby;
mod share;

use super::board::{Board, CrewDay, Slot, VisitIx};
use super::search::Dice;
use super::{Best, Effort, Options, Stage, Watch, dispatch, finish};
use crate::domain::Money;
use comfort::Comfort;
use nearby::Nearby;
use share::Missing;

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
        // For each of the first visits, for each further one, and for each of a large city.
        let (first, further, last) = match effort {
            Effort::Quick => (50, 50, 30),
            Effort::Normal => (400, 100, 30),
            Effort::Thorough => (2_000, 1_000, 1_000),
        };
        let visits = visits.max(20) as u64;
        let few = visits.min(FEW);
        let some = visits.min(MANY) - few;
        Schedule {
            moves: first * few + further * some + last * (visits - few - some),
            hot: 0.2,
            cold: 0.05,
        }
    }
}

/// Visits up to which a season is small enough to search long.
const FEW: u64 = 3_000;

/// Visits from which on a season is a large city's.
const MANY: u64 = 15_000;

/// Moves between two looks at whether to stop.
const ROUND: u64 = 1_024;

/// Where rounds are missed, one move in so many shares them out.
const SHARE: u64 = 16;

/// Moves that share missed rounds out before all others, as these are then arranged around what is missed: one for so many
/// of the others, and so many at least.
const SHARE_FIRST: (u64, u64) = (8, 4_096);

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
    let missed = polisher.board.strain.missed;
    polisher.gather(schedule.moves / 8, watch);
    let (part, least) = SHARE_FIRST;
    polisher.share_out((schedule.moves / part).max(least), watch);
    let position = polisher.board.position();
    let (gathered, shared) = (polisher.comfort.sum(), polisher.board.strain.missed);
    polisher.run(&schedule, watch);
    if polisher.comfort.sum() > gathered && polisher.board.strain.missed >= shared {
        polisher.board.restore(&position);
        best.offer_equal(polisher.board);
        return;
    }
    polisher.gather(schedule.moves / 8, watch);
    debug_assert!(polisher.comfort.is_up_to_date(polisher.board));
    // What makes fewer crew-days or misses less may be less even.
    if crew_days(polisher.board) < days
        || polisher.board.strain.missed < missed
        || polisher.comfort.sum() <= before
    {
        best.offer_equal(polisher.board);
    }
}

/// A search for comfort under way.
struct Polisher<'b, 's> {
    board: &'b mut Board<'s>,
    dice: &'b mut Dice,
    comfort: Comfort<'s>,
    nearby: Nearby,
    missing: Missing,
    /// Open crew-days of each team, by day.
    open: Vec<Vec<CrewDay>>,
    /// Every placed visit.
    placed: Vec<VisitIx>,
    /// A visit that is not placed, for further rounds.
    spare: Option<VisitIx>,
    /// Money that must not be exceeded: what the plan costs so far, with products by the unit and by the pack.
    money: f64,
    cost: Money,
    /// What the move under way changed: visits as they stood, and a crew-day that changed its day.
    undo: Vec<(VisitIx, Slot)>,
    shifted: Option<(CrewDay, CrewDay)>,
    /// Rounds that the demands touched by the move under way missed before it.
    missed: Vec<(usize, u32)>,
    /// Jobs of the visits that the move under way gives up.
    given_up: Vec<usize>,
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
            missing: Missing::new(board),
            open,
            placed,
            spare: None,
            money: board.strain.money,
            cost: board.ledger.cost(),
            undo: Vec::new(),
            shifted: None,
            missed: Vec::new(),
            given_up: Vec::new(),
            board,
            dice,
        }
    }

    /// Shares missed rounds out over sites and periods, as far as that goes without a loss.
    fn share_out(&mut self, moves: u64, watch: &dyn Watch) {
        for step in 0..moves {
            if self.missing.is_nothing() || (step % ROUND == 0 && watch.stop()) {
                return;
            }
            self.share(0.0);
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
            if step % SHARE == 0 && !self.missing.is_nothing() {
                self.share(allowed);
            } else {
                self.step(allowed);
            }
        }
    }

    /// Whether the board holds a plan that is no worse than before the move under way.
    fn is_no_worse(&self) -> bool {
        self.board.is_valid() && self.board.strain.money <= self.money && self.is_as_complete()
    }

    /// Whether nothing more is missed than before the move under way: by no demand but those of visits that are given up,
    /// and in no tier. The sums are exact, as prices of missed rounds are whole multiples of one power of two.
    fn is_as_complete(&self) -> bool {
        let season = self.board.season;
        let more = |&(demand, before): &(usize, u32)| {
            f64::from(self.board.state(demand).0) - f64::from(before)
        };
        let mut longer = self.missed.iter().filter(|entry| more(entry) > 0.0);
        longer.all(|&(demand, _)| {
            let may_miss_more = |&job: &usize| season.jobs[job].demands.contains(&demand);
            let tier = season.demands[demand].tier;
            let same = self.missed.iter();
            let same = same.filter(|entry| season.demands[entry.0].tier == tier);
            let sums = same.map(|entry| self.board.weights.missed[entry.0] * more(entry));
            self.given_up.iter().any(may_miss_more) && sums.sum::<f64>() <= 0.0
        })
    }

    /// Keeps what the move under way has done to the plan.
    fn keep(&mut self) {
        self.money = self.board.strain.money;
        self.cost = self.cost.min(self.board.ledger.cost());
        for &(demand, before) in &self.missed {
            let now = self.board.state(demand).0;
            if now != before {
                self.missing.note(demand, now > 0);
            }
        }
    }

    fn begin(&mut self) {
        self.undo.clear();
        self.missed.clear();
        self.shifted = None;
        self.given_up.clear();
    }

    fn lift(&mut self, visit: VisitIx) {
        let slot = self.board.slot(visit);
        self.remember(slot.job as usize);
        self.undo.push((visit, slot));
        self.board.lift(visit);
    }

    /// Notes what the demands miss for which a job counts.
    fn remember(&mut self, job: usize) {
        for &demand in &self.board.season.jobs[job].demands {
            let known = self.missed.iter().any(|&(known, _)| known == demand);
            if !known {
                self.missed.push((demand, self.board.state(demand).0));
            }
        }
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
            self.board.set_job(visit, slot.job as usize);
            if let Some(at) = slot.place {
                self.board.put(visit, slot.option as usize, at);
            }
        }
    }
}
