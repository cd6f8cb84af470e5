//! Squeezing: crew-days are kept at home, one after another, for as long as the others can take their work.
//!
//! Several changes are tried at a time, each on a board of its own, and what they found is put together where they do
//! not touch. Their number is fixed, so that the result does not depend on how many threads there are.

mod choose;
mod level;
#[cfg(test)]
mod tests;
mod wide;

use super::board::{Board, CrewDay, Patch, VisitIx};
use super::disjoint::DisjointSets;
use super::dispatch::put_best;
use super::search::{Dice, Focus, HOUR, Schedule, Search};
use super::settle::{Effort, everywhere, is_good};
use super::spans::Span;
use super::{Watch, parallel};
use crate::domain::TeamIx;
use crate::season::{DayIx, Season};
use std::collections::{BTreeMap, BTreeSet};

/// A team in a phase.
type Key = (TeamIx, usize);

/// A team and phase in which a crew stays at home, perhaps another with it, and one in which one goes out instead; or only
/// the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    home: Option<Key>,
    also: Option<Key>,
    out: Option<Key>,
}

impl Change {
    /// Where it happens.
    fn key(&self) -> Option<Key> {
        self.home.or(self.out)
    }

    /// Whether two changes may concern the same crews' days.
    fn touches(&self, other: &Change, families: &[usize]) -> bool {
        let (Some((team, phase)), Some((other, near))) = (self.key(), other.key()) else {
            return false;
        };
        families[team.0] == families[other.0] && phase.abs_diff(near) <= 1
    }
}

/// Crew-days by team and phase that an allocation without any room to spare takes.
pub(super) type Guide = BTreeMap<Key, f64>;

/// Changes that are tried at a time.
const AT_A_TIME: usize = 4;

/// Refusals after which a change is left alone until something else has changed.
const MOST_REFUSALS: u32 = 12;

/// Share of an effort's moves per visit that the largest season may take, whatever the effort allows for all together.
const LEAST_SHARE: f64 = 0.5;

/// Part of [`Effort::idle`] that an effort's moves per visit may be in vain from the start.
const IDLE_AT_FIRST: f64 = 1.0 / 4.0;

/// Share of the money that is worth naming.
const WORTH_NAMING: f64 = 1e-4;

/// How much less is searched near by once more when wide searches have found something.
const AFTERWARDS: u64 = 4;

/// How much longer each further search for the same change takes; all after the last as long as that.
const LONGER: [u64; 3] = [1, 32, 64];

/// Days around a crew-day whose visits are moved first when it stays at home.
const NEAR: DayIx = 15;

/// What is known of a change that was refused.
#[derive(Debug, Default)]
struct Refusal {
    times: u32,
    /// Hours that were too much when the last search ended.
    lacking: f64,
    /// Where the last search ended; the next goes on from there.
    reached: Patch,
}

/// A change that is tried.
struct Attempt<'r> {
    change: Change,
    /// What is known of it if it was tried before.
    before: Option<&'r Refusal>,
    focus: Focus,
    moves: u64,
    seed: u64,
}

/// What an attempt came to.
struct Tried {
    moves: u64,
    settled: bool,
    lacking: f64,
    patch: Patch,
}

/// Keeps crews at home, one crew-day after another, as long as the search then finds room for all the work.
pub(super) struct Squeeze<'g> {
    /// The phases of the season.
    pub(super) phases: &'g [Span],
    /// What the crew-days tend towards.
    pub(super) guide: &'g Guide,
    /// How hard to try.
    pub(super) effort: &'g Effort,
    /// Missed rounds, weighted, that a board may have.
    pub(super) enough: f64,
}

impl Squeeze<'_> {
    /// Runs until nothing more can be saved within the effort. `good` sees each board that is valid and cheaper, and
    /// says whether it is good enough to end.
    pub(super) fn run(
        &self,
        board: &mut Board,
        dice: &mut Dice,
        watch: &dyn Watch,
        good: &mut dyn FnMut(&Board) -> bool,
    ) {
        let families = families(board.season);
        if self.narrow(board, &families, dice, watch, good) {
            return;
        }
        let money = board.strain.money;
        let is_good = self.widen(board, &families, dice, watch, good);
        if !is_good && board.strain.money < money {
            // Crews that stayed at home elsewhere may have left room for a change near by.
            let effort = Effort {
                squeeze: self.effort.squeeze / AFTERWARDS,
                ..*self.effort
            };
            let afterwards = Squeeze {
                effort: &effort,
                ..*self
            };
            afterwards.narrow(board, &families, dice, watch, good);
        }
    }

    /// Searches near the crew-days that stay at home; whether the board was good.
    fn narrow(
        &self,
        board: &mut Board,
        families: &[usize],
        dice: &mut Dice,
        watch: &dyn Watch,
        good: &mut dyn FnMut(&Board) -> bool,
    ) -> bool {
        let visits = board.slots.len().max(100) as u64;
        let wanted = self.effort.squeeze * visits;
        let share = (LEAST_SHARE * wanted as f64) as u64;
        let mut left = wanted.min(self.effort.squeeze_most.max(share));
        let all = left;
        let idle = (IDLE_AT_FIRST * self.effort.idle * wanted as f64) as u64;
        // Moves that had been made, and the money, when something worth naming was last saved.
        let (mut then, mut money) = (0, board.strain.money);
        let mut refused: BTreeMap<Change, Refusal> = BTreeMap::new();
        let mut stuck = false;
        while !watch.stop() {
            let used = all - left;
            if money - board.strain.money > WORTH_NAMING * money {
                (then, money) = (used, board.strain.money);
            }
            if used - then > idle.max((self.effort.idle * used as f64) as u64) {
                return false;
            }
            let changes = self.candidates(board, families, &refused);
            if changes.is_empty() {
                // Everything was refused: the same crew-days with their work placed otherwise may do better.
                if stuck || !self.shake(board, dice, watch, &mut left) {
                    return false;
                }
                refused.clear();
                stuck = true;
                continue;
            }
            let attempts: Vec<Attempt> = changes
                .into_iter()
                .map(|change| self.attempt(board, change, refused.get(&change), dice))
                .collect();
            let moves: u64 = attempts.iter().map(|attempt| attempt.moves).sum();
            if moves > left {
                return false;
            }
            let results = parallel::map(&attempts, |attempt| self.work_on(attempt, board, watch));
            let changes: Vec<Change> = attempts.iter().map(|attempt| attempt.change).collect();
            let mut adopted = false;
            for (change, tried) in changes.into_iter().zip(results) {
                left -= tried.moves.min(left);
                if tried.settled && self.adopt(board, &tried.patch) {
                    adopted = true;
                    // Elsewhere nothing has changed.
                    refused.retain(|other, _| !other.touches(&change, families));
                    stuck = false;
                    if good(board) {
                        return true;
                    }
                } else if !(tried.settled && adopted) {
                    // What was settled beside one that is adopted already is tried again.
                    let refusal = refused.entry(change).or_default();
                    // Where a long search came no nearer, others are tried first.
                    let nearer = refusal.times < 2 || tried.lacking < refusal.lacking - 1e-6;
                    refusal.times += if nearer { 1 } else { 4 };
                    refusal.lacking = tried.lacking;
                    refusal.reached = tried.patch;
                }
            }
        }
        false
    }

    /// Places the work of the same crew-days otherwise, so that the free hours lie better together; `false` when that
    /// would take more moves than are left.
    fn shake(&self, board: &mut Board, dice: &mut Dice, watch: &dyn Watch, left: &mut u64) -> bool {
        let schedule = Schedule {
            moves: self.effort.moves_per_visit * board.slots.len().max(100) as u64 / 2,
            hot: 0.15 * HOUR,
            cold: 0.001 * HOUR,
            may_give_up: false,
            may_enter: true,
            enough: f64::NEG_INFINITY,
            cheaper_than: f64::INFINITY,
            focus: everywhere(board),
        };
        if schedule.moves > *left {
            return false;
        }
        let before = board.position();
        let mut search = Search::new(board, dice);
        search.run(&schedule, watch);
        *left -= search.tried.min(*left);
        if !is_good(board, self.enough) {
            board.restore(&before);
        }
        true
    }

    fn attempt<'r>(
        &self,
        board: &Board,
        change: Change,
        before: Option<&'r Refusal>,
        dice: &mut Dice,
    ) -> Attempt<'r> {
        let tries = before.map_or(0, |refusal| refusal.times);
        let focus = self.focus(board, change, tries);
        let near = board.visits_in(focus).max(20) as u64;
        let level = LONGER[LONGER.len().min(tries as usize + 1) - 1];
        Attempt {
            change,
            before,
            focus,
            moves: near * self.effort.moves_per_visit * level / 8,
            seed: dice.seed(),
        }
    }

    /// Makes a change on a copy of the board and searches for room.
    fn work_on<'s>(&self, attempt: &Attempt, start: &Board<'s>, watch: &dyn Watch) -> Tried {
        let mut board: Board<'s> = start.clone();
        let mut dice = Dice::new(attempt.seed);
        let goes_on = attempt
            .before
            .is_some_and(|refusal| board.apply(&refusal.reached));
        if !goes_on {
            let home = attempt.change.home;
            for key in home.into_iter().chain(attempt.change.also) {
                if let Some(at) = self.emptiest(&board, key) {
                    keep_at_home(&mut board, &[at], &mut dice);
                }
            }
            if let Some(key) = attempt.change.out {
                self.open_one(&mut board, key);
            }
        }
        // A crew that goes out takes over what is paid by the piece: the more the better.
        let enough = if attempt.change.home.is_some() {
            self.enough
        } else {
            f64::NEG_INFINITY
        };
        let schedule = Schedule {
            moves: attempt.moves,
            hot: if goes_on { 0.01 } else { 0.03 } * HOUR,
            cold: 0.001 * HOUR,
            may_give_up: false,
            may_enter: true,
            enough,
            cheaper_than: start.strain.money,
            focus: attempt.focus,
        };
        let mut search = Search::new(&mut board, &mut dice);
        search.run(&schedule, watch);
        let moves = search.tried;
        let settled = is_good(&board, self.enough) && board.strain.money < start.strain.money;
        let unfit = |is: bool| f64::from(u8::from(is));
        let strain = &board.strain;
        Tried {
            moves,
            settled,
            lacking: strain.overload as f64 / 1e6
                + unfit(strain.squeezed > 0)
                + unfit(strain.missed > self.enough + 1e-6),
            patch: start.changes_to(&board),
        }
    }

    /// Takes over what an attempt found, if it still fits and saves money.
    fn adopt(&self, board: &mut Board, patch: &Patch) -> bool {
        let before = board.position();
        let (money, overspent) = (board.strain.money, board.strain.overspent);
        let beyond = board.ledger.beyond_lines();
        if !board.apply(patch) {
            return false;
        }
        let better = is_good(board, self.enough)
            && board.strain.money < money
            && board.strain.overspent <= overspent
            && board.ledger.beyond_lines() <= beyond;
        if !better {
            board.restore(&before);
        }
        better
    }

    /// The phase, at first only near the crew-day that stays at home; with its neighbours where it was refused twice and
    /// some of its work may be done there.
    fn focus(&self, board: &Board, change: Change, tries: u32) -> Focus {
        let Some((team, phase)) = change.key() else {
            return everywhere(board);
        };
        let mut days = self.phases[phase];
        if tries < 2
            && let Some(key) = change.home
            && let Some(at) = self.emptiest(board, key)
        {
            let day = board.bin(at).day;
            days.from = days.from.max(day - NEAR);
            days.to = days.to.min(day + NEAR);
        }
        let here = Focus {
            days,
            team: Some(team),
        };
        let wider = Span {
            from: self.phases[phase.saturating_sub(1)].from,
            to: self.phases[(phase + 1).min(self.phases.len() - 1)].to,
        };
        let may_leave = |at: VisitIx| {
            let slot = board.slot(at);
            let near = slot
                .place
                .is_some_and(|place| board.is_in(here, slot, place));
            near && !board.same_rounds(at).within(here.days.from, here.days.to)
        };
        if tries > 1 && (0..board.slots.len() as u32).any(|at| may_leave(VisitIx(at))) {
            Focus {
                days: wider,
                ..here
            }
        } else {
            here
        }
    }

    fn phase(&self, board: &Board, at: CrewDay) -> usize {
        let day = board.bin(at).day;
        self.phases.partition_point(|phase| phase.to < day)
    }

    /// The emptiest crew of a team in a phase.
    fn emptiest(&self, board: &Board, (team, phase): Key) -> Option<CrewDay> {
        (0..board.bins.len() as u32)
            .map(CrewDay)
            .filter(|&at| {
                let bin = board.bin(at);
                bin.open && bin.team == team && self.phase(board, at) == phase
            })
            .max_by_key(|&at| board.room(at))
    }

    /// Sends a crew of a team out in a phase, on the day that is farthest from the team's other crew-days; whether one was
    /// at home.
    fn open_one(&self, board: &mut Board, (team, phase): Key) -> bool {
        let all = (0..board.bins.len() as u32).map(CrewDay);
        let of_team: Vec<CrewDay> = all.filter(|&at| board.bin(at).team == team).collect();
        let open: Vec<DayIx> = of_team
            .iter()
            .filter(|&&at| board.bin(at).open)
            .map(|&at| board.bin(at).day)
            .collect();
        let season = board.season;
        let days = &season.day_sets[season.team_days[team.0]];
        let alone = |at: CrewDay| {
            let day = board.bin(at).day;
            open.iter()
                .map(|other| (other - day).abs())
                .min()
                .unwrap_or(DayIx::MAX)
        };
        let best = of_team
            .iter()
            .copied()
            .filter(|&at| {
                let bin = board.bin(at);
                !bin.open && self.phase(board, at) == phase && days.contains(bin.day)
            })
            .max_by_key(|&at| (alone(at), std::cmp::Reverse(at)));
        if let Some(at) = best {
            board.set_open(at, true);
        }
        best.is_some()
    }
}

/// Keeps crews at home until the budget lines hold, the emptiest first whose staying brings the plan nearer to them: what
/// a crew-day costs is saved at once, and by no visit alone.
pub(super) fn keep_to_budget(board: &mut Board, dice: &mut Dice) {
    let mut in_vain = BTreeSet::new();
    loop {
        let (lines, over) = (board.ledger.lines_beyond(), board.ledger.beyond_lines());
        let relieves = |at: CrewDay| {
            let (bin, ledger) = (board.bin(at), &board.ledger);
            let mut lines = lines.iter();
            ledger.saves_by_staying(bin.team)
                && lines.any(|&line| ledger.is_paid_from(line, bin.team, bin.day))
        };
        let all = (0..board.bins.len() as u32).map(CrewDay);
        let out = all.filter(|&at| board.bin(at).open && !in_vain.contains(&at));
        let relieving = out.filter(|&at| relieves(at));
        let Some(at) = relieving.max_by_key(|&at| board.room(at)) else {
            return;
        };
        let before = board.position();
        keep_at_home(board, &[at], dice);
        if board.ledger.beyond_lines() >= over {
            board.restore(&before);
            in_vain.insert(at);
        }
    }
}

/// Keeps crews at home and puts their visits where they strain the board least.
pub(super) fn keep_at_home(board: &mut Board, crews: &[CrewDay], dice: &mut Dice) {
    let visits = crews.iter().flat_map(|&at| board.bin(at).visits.clone());
    let visits: Vec<(VisitIx, Span)> = visits
        .map(|visit| (visit, board.same_rounds(visit)))
        .collect();
    for &(visit, _) in &visits {
        board.lift(visit);
    }
    for &at in crews {
        board.set_open(at, false);
    }
    for (visit, span) in visits {
        put_best(board, visit, span, dice);
    }
}

/// Families of teams, by team: those that share work, directly or through others, have the same number.
fn families(season: &Season) -> Vec<usize> {
    let teams = season.scenario.teams.len();
    let mut sets = DisjointSets::new(teams);
    for job in &season.jobs {
        for pair in job.options.windows(2) {
            sets.join(pair[0].team.0, pair[1].team.0);
        }
    }
    (0..teams).map(|team| sets.of(team)).collect()
}
