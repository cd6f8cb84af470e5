//! Squeezing: crew-days are kept at home, one after another, for as long as the others can take their work.

use super::Watch;
use super::board::{Board, CrewDay, Position};
use super::dispatch::put_best;
use super::search::{Dice, Focus, HOUR, Schedule, Search};
use super::settle::{Effort, everywhere, is_good, season_span};
use super::spans::Span;
use crate::domain::TeamIx;
use crate::season::DayIx;
use std::collections::{BTreeMap, BTreeSet};

/// A team in a phase.
type Key = (TeamIx, usize);

/// A team and phase in which a crew stays at home, and one in which one goes out instead.
type Change = (Key, Option<Key>);

/// Crew-days by team and phase that an allocation without any room to spare takes.
pub(super) type Guide = BTreeMap<Key, f64>;

/// What it takes off a change's rank that its phase has too few hours free.
const UNLIKELY: f64 = 3.0;

/// Refusals after which a team and phase is left alone until something else has changed.
const MOST_REFUSALS: u32 = 3;

/// Keeps crews at home, one crew-day after another, as long as the search then finds room for all the work; `good`
/// sees each board that is valid and cheaper, and says whether it is good enough to end.
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
    /// Runs until nothing more can be saved within the effort.
    pub(super) fn run(
        &self,
        board: &mut Board,
        dice: &mut Dice,
        watch: &dyn Watch,
        good: &mut dyn FnMut(&Board) -> bool,
    ) {
        let visits = board.slots.len().max(100) as u64;
        let mut left = (self.effort.squeeze * visits).min(self.effort.squeeze_most);
        let mut refused: BTreeMap<Change, u32> = BTreeMap::new();
        let mut stuck = false;
        while !watch.stop() {
            let Some(change) = self.candidate(board, &refused) else {
                // Everything was refused: the same crew-days with their work placed otherwise may do better.
                let before = board.position();
                let shake = Schedule {
                    moves: self.effort.moves_per_visit * board.slots.len().max(100) as u64 / 2,
                    hot: 0.15 * HOUR,
                    cold: 0.001 * HOUR,
                    may_give_up: false,
                    enough: f64::NEG_INFINITY,
                    focus: everywhere(board),
                };
                if shake.moves > left {
                    return;
                }
                let mut search = Search::new(board, dice);
                search.run(&shake, watch);
                left -= search.tried.min(left);
                if !is_good(board, self.enough) {
                    board.restore(&before);
                }
                refused.clear();
                if !stuck {
                    stuck = true;
                    continue;
                }
                return;
            };
            let tries = refused.get(&change).copied().unwrap_or(0);
            let focus = self.focus(change.0, tries);
            let near = board.visits_in(focus).max(20) as u64;
            let moves = (near * self.effort.moves_per_visit / 8)
                << (3 * tries.min(1) + tries.saturating_sub(1));
            if moves > left {
                return;
            }
            let before: Position = board.position();
            let (money, overspent) = (board.strain.money, board.strain.overspent);
            if let Some(at) = self.emptiest(board, change.0) {
                keep_at_home(board, at, dice);
            }
            if let Some(key) = change.1 {
                self.open_one(board, key);
            }
            let schedule = Schedule {
                moves,
                hot: 0.03 * HOUR,
                cold: 0.001 * HOUR,
                may_give_up: false,
                enough: self.enough,
                focus,
            };
            let mut search = Search::new(board, dice);
            let settled = search.run(&schedule, watch);
            left -= search.tried.min(left);
            if settled && board.strain.money < money && board.strain.overspent <= overspent {
                // Elsewhere nothing has changed.
                let phase = change.0.1;
                refused.retain(|(key, _), _| key.1.abs_diff(phase) > 1);
                stuck = false;
                if good(board) {
                    return;
                }
            } else {
                board.restore(&before);
                *refused.entry(change).or_insert(0) += 1;
            }
        }
    }

    /// The phase, with its neighbours where it was refused before, with theirs where it was refused again.
    fn focus(&self, (team, phase): Key, tries: u32) -> Focus {
        let wider = usize::from(tries > 1);
        let days = Span {
            from: self.phases[phase.saturating_sub(wider)].from,
            to: self.phases[(phase + wider).min(self.phases.len() - 1)].to,
        };
        Focus {
            days,
            team: Some(team),
        }
    }

    fn phase(&self, board: &Board, at: CrewDay) -> usize {
        let day = board.bin(at).day;
        self.phases.partition_point(|phase| phase.to < day)
    }

    /// What to try next: a team and phase in which a crew stays at home, and perhaps one of a cheaper team in which
    /// one goes out instead. First what was refused least often and has most hours free; crew-days beyond the guide
    /// count for up to half a crew-day.
    fn candidate(&self, board: &Board, refused: &BTreeMap<Change, u32>) -> Option<Change> {
        let mut out: BTreeMap<Key, (f64, f64)> = BTreeMap::new();
        let mut home: BTreeSet<Key> = BTreeSet::new();
        for at in (0..board.bins.len() as u32).map(CrewDay) {
            let bin = board.bin(at);
            let key = (bin.team, self.phase(board, at));
            if bin.open {
                let share = board.room(at) as f64 / board.capacity(bin.team) as f64;
                let (count, room) = out.entry(key).or_insert((0.0, 0.0));
                *count += 1.0;
                *room += share;
            } else {
                home.insert(key);
            }
        }
        let beyond = |key: &Key| {
            let count = out.get(key).map_or(0.0, |entry| entry.0);
            (count - self.guide.get(key).copied().unwrap_or(0.0)).clamp(-1.0, 1.0)
        };
        let mut free = vec![0.0; self.phases.len()];
        for ((team, phase), &(_, room)) in &out {
            free[*phase] += room * board.capacity(*team) as f64;
        }
        // Without so many hours free in the phase, or in it and its neighbours, there can be no room for the work.
        let likely = |phase: usize, needed: i64| {
            let near = &free[phase.saturating_sub(1)..(phase + 2).min(free.len())];
            if free[phase] >= needed as f64 {
                Some(0.0)
            } else {
                (near.iter().sum::<f64>() >= needed as f64).then_some(UNLIKELY)
            }
        };
        let mut changes: Vec<(Change, f64)> = Vec::new();
        for (&key, &(_, room)) in &out {
            if !board.ledger.saves_by_staying(key.0) {
                continue;
            }
            let hours = board.capacity(key.0);
            if let Some(less) = likely(key.1, hours) {
                changes.push(((key, None), room + 0.5 * beyond(&key) - less));
            }
            let cost = board.season.scenario[key.0].cost_per_day;
            for &other in &home {
                let cheaper = board.season.scenario[other.0].cost_per_day < cost;
                if other.1 == key.1
                    && cheaper
                    && board.ledger.has_day_left(other.0)
                    && let Some(less) = likely(key.1, hours - board.capacity(other.0))
                {
                    let gain = room + 0.5 * (beyond(&key) - beyond(&other)) - less;
                    changes.push(((key, Some(other)), gain));
                }
            }
        }
        let tries = |change: &Change| refused.get(change).copied().unwrap_or(0);
        changes
            .into_iter()
            .filter(|(change, _)| tries(change) < MOST_REFUSALS)
            .map(|(change, gain)| (change, 2.0 * f64::from(tries(&change)) - gain))
            .min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)))
            .map(|(change, _)| change)
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

    /// Sends a crew of a team out in a phase, on the day that is farthest from the team's other crew-days.
    fn open_one(&self, board: &mut Board, (team, phase): Key) {
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
    }
}

/// Keeps the emptiest crews at home until the budget lines hold.
pub(super) fn keep_to_budget(board: &mut Board, dice: &mut Dice) {
    while board.ledger.beyond_lines() > 0.0 {
        let open = (0..board.bins.len() as u32).map(CrewDay);
        let emptiest = open
            .filter(|&at| board.bin(at).open && board.ledger.saves_by_staying(board.bin(at).team))
            .max_by_key(|&at| board.room(at));
        let Some(at) = emptiest else { return };
        keep_at_home(board, at, dice);
    }
}

/// Keeps a crew at home and puts its visits where they strain the board least.
pub(super) fn keep_at_home(board: &mut Board, at: CrewDay, dice: &mut Dice) {
    let season = board.season;
    let visits = board.bin(at).visits.clone();
    let day = board.bin(at).day;
    for &visit in &visits {
        board.lift(visit);
    }
    board.set_open(at, false);
    for visit in visits {
        let job = &season.jobs[board.slot(visit).job as usize];
        let mut span = season_span(board);
        for &demand in &job.demands {
            let periods = season.demands[demand].periods(season).iter();
            for period in periods.filter(|period| period.from <= day && day <= period.to) {
                span.from = span.from.max(period.from);
                span.to = span.to.min(period.to);
            }
        }
        put_best(board, visit, span, dice);
    }
}
