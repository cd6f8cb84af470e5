//! Wide searches: what is left free in many crew-days, months apart, is gathered until a crew can stay at home.
//!
//! When no near search finds room any more, a team's crew-days are full but for a minute or two each, and a crew-day's
//! worth of such minutes takes some hundred crew-days to find. One long search over all of them, from a temperature at
//! which work moves between months down to one at which a minute counts, packs them tighter than many short ones can.

use super::level::crew_days_out;
use super::{Change, Key, Squeeze, keep_at_home};
use crate::domain::TeamIx;
use crate::engine::Watch;
use crate::engine::board::{Board, CrewDay, Patch, VisitIx};
use crate::engine::search::{Dice, Focus, HOUR, Schedule, Search};
use crate::engine::settle::{has_piecework, is_good};
use crate::engine::spans::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Moves per visit, times the share of the hours that stays free; and how many these may be.
const MOVES: f64 = 20.0;
const LEAST_MOVES: f64 = 2_000.0;
const MOST_MOVES: f64 = 10_000.0;

/// Slices of a search, before each of which work is levelled out between teams and months.
const SLICES: u32 = 8;

/// The slice from which on money and free hours that lie together count for less than before.
const SETTLING: u32 = 6;

/// Share of the hours that must stay free: on `karamay-summer` searches down to 0.0021 succeeded, and tighter ones are tried.
const TIGHTEST: f64 = 0.0015;

/// What counts as free where somebody is paid by the piece: such crews fill up with what is dear elsewhere.
const BY_PIECE: f64 = 0.004;

/// Share of the moves of a visit that become an exchange of two crew-days' visits, whichever fit best: with so little room
/// nearly all others are refused.
const REPACKED: f64 = 0.3;

/// Crew-days beyond what an allocation without any room to spare takes, from which on one of them may stay at home.
const ENOUGH_BEYOND: f64 = 0.5;

/// How much more it counts than elsewhere that free hours lie together: a visit that must leave a team needs its whole time
/// on one crew-day of another, which else have minutes each.
const GATHERED: f64 = 5.0;

/// Temperatures at the beginning, where work moves between months, and at the end, where a minute counts.
const HOT: f64 = 0.04 * HOUR;
const COLD: f64 = 0.0015 * HOUR;

/// A crew-day less of one team, and perhaps one more of a cheaper one, somewhere in a stretch of days.
type Aim = (TeamIx, Option<TeamIx>, Span);

/// A change that may succeed, and where its search looks.
#[derive(Clone, Copy)]
struct Wide {
    aim: Aim,
    change: Change,
    focus: Focus,
    moves: u64,
}

impl Squeeze<'_> {
    /// Runs until nothing more can be saved within the effort, as [`Squeeze::run`]; whether the board was good.
    pub(super) fn widen(
        &self,
        board: &mut Board,
        families: &[usize],
        dice: &mut Dice,
        watch: &dyn Watch,
        good: &mut dyn FnMut(&Board) -> bool,
    ) -> bool {
        let visits = board.slots.len() as u64;
        let mut left = (self.effort.wide * visits).min(self.effort.wide_most);
        let mut in_vain: BTreeMap<Aim, u32> = BTreeMap::new();
        while !watch.stop() {
            let Some(wide) = self.widest(board, families, &in_vain) else {
                return false;
            };
            if wide.moves > left {
                return false;
            }
            left -= wide.moves;
            let found = self.search_widely(board, families, wide, dice.seed(), watch);
            if found.is_some_and(|patch| self.adopt(board, &patch)) {
                let days = wide.focus.days;
                let apart = |other: Span| other.to < days.from || days.to < other.from;
                in_vain.retain(|&(.., other), _| apart(other));
                if good(board) {
                    return true;
                }
            } else {
                *in_vain.entry(wide.aim).or_insert(0) += 1;
            }
        }
        false
    }

    /// Makes a change on a copy of the board and searches for room; what it takes, if there is any.
    fn search_widely<'s>(
        &self,
        start: &Board<'s>,
        families: &[usize],
        wide: Wide,
        seed: u64,
        watch: &dyn Watch,
    ) -> Option<Patch> {
        let mut board: Board<'s> = start.clone();
        let mut dice = Dice::new(seed);
        let at = self.emptiest(&board, wide.change.home?)?;
        keep_at_home(&mut board, &[at], &mut dice);
        if let Some(key) = wide.change.out {
            self.open_one(&mut board, key);
        }
        board.reweigh(|weights| weights.gathered *= GATHERED);
        let cooling = (COLD / HOT).powf(1.0 / f64::from(SLICES));
        let mut temperature = HOT;
        for slice in 0..SLICES {
            if slice == SETTLING {
                // What is still too much must go, even if that costs some of what was saved, and tears free hours apart.
                board.reweigh(|weights| {
                    weights.money /= 4.0;
                    weights.gathered /= GATHERED;
                });
            }
            let moves_days = slice < SETTLING;
            self.level_out(&mut board, families, wide.focus, moves_days, &mut dice);
            let schedule = Schedule {
                moves: wide.moves / u64::from(SLICES),
                hot: temperature,
                cold: temperature * cooling,
                may_give_up: false,
                may_enter: true,
                enough: self.enough,
                cheaper_than: start.strain.money,
                focus: wide.focus,
            };
            temperature *= cooling;
            let mut search = Search::new(&mut board, &mut dice);
            search.repacked = REPACKED;
            if search.run(&schedule, watch) {
                break;
            }
        }
        let settled = is_good(&board, self.enough) && board.strain.money < start.strain.money;
        settled.then(|| start.changes_to(&board))
    }

    /// The change that saves most for a search, of those that were tried in vain least often.
    fn widest(
        &self,
        board: &Board,
        families: &[usize],
        in_vain: &BTreeMap<Aim, u32>,
    ) -> Option<Wide> {
        let season = board.season;
        let (mut out, mut home): (BTreeMap<Key, f64>, BTreeSet<Key>) = Default::default();
        for at in (0..board.bins.len() as u32).map(CrewDay) {
            let bin = board.bin(at);
            let key = (bin.team, self.phase(board, at));
            if bin.open {
                *out.entry(key).or_insert(0.0) += 1.0;
            } else if season.day_sets[season.team_days[bin.team.0]].contains(bin.day) {
                home.insert(key);
            }
        }
        // Crew-days out beyond the guide.
        let beyond = |team: TeamIx, days: Span| {
            let inside = |key: &Key| {
                let phase = self.phases[key.1];
                key.0 == team && phase.within(days.from, days.to)
            };
            let guide = self.guide.iter().filter(|(key, _)| inside(key));
            let out = out.iter().filter(|(key, _)| inside(key));
            out.map(|(_, out)| out).sum::<f64>() - guide.map(|(_, days)| days).sum::<f64>()
        };
        let cost = |team: TeamIx| season.scenario[team].cost_per_day.to_f64();
        // Crews that are paid by the piece fill up with what is dear elsewhere, so that as good as nothing stays free.
        let by_piece = has_piecework(season);
        let mut stretches: BTreeMap<(TeamIx, Span), Vec<Key>> = BTreeMap::new();
        for &key in out.keys() {
            if board.ledger.saves_by_staying(key.0) {
                let days = self.reach(board, families, key);
                stretches.entry((key.0, days)).or_default().push(key);
            }
        }
        let mut best: Option<((u32, f64), Wide)> = None;
        for ((team, days), mut keys) in stretches {
            if beyond(team, days) < ENOUGH_BEYOND {
                continue;
            }
            // Where most hours are free already.
            keys.sort_by_key(|&key| {
                let days = self.phases[key.1];
                std::cmp::Reverse(free_in(board, families, team, days).0)
            });
            let (free, hours) = free_in(board, families, team, days);
            let focus = Focus {
                days,
                team: Some(team),
            };
            let visits = board.visits_in(focus) as f64;
            let cheaper = season.teams().filter(|&other| {
                families[other.0] == families[team.0]
                    && cost(other) < cost(team)
                    && board.ledger.has_day_left(other)
                    && beyond(other, days) <= -ENOUGH_BEYOND
            });
            for other in cheaper.map(Some).chain([None]) {
                let aim = (team, other, days);
                let tried = in_vain.get(&aim).copied().unwrap_or(0);
                let goes = |key: &&Key| other.is_none_or(|other| home.contains(&(other, key.1)));
                // Each search in another phase.
                let Some(&key) = keys.iter().filter(goes).cycle().nth(tried as usize) else {
                    continue;
                };
                let needed = board.capacity(team) - other.map_or(0, |other| board.capacity(other));
                let slack = (free - needed) as f64 / (hours - needed) as f64;
                if tried >= self.effort.wide_tries || slack < TIGHTEST {
                    continue;
                }
                // The less stays free, the longer.
                let left = if by_piece { BY_PIECE } else { slack };
                let moves = visits * (MOVES / left).clamp(LEAST_MOVES, MOST_MOVES);
                let saved = cost(team) - other.map_or(0.0, cost);
                let rank = (tried, -saved / moves.max(1.0));
                if best.as_ref().is_none_or(|(least, _)| rank < *least) {
                    let wide = Wide {
                        aim,
                        change: Change {
                            home: Some(key),
                            also: None,
                            out: other.map(|other| (other, key.1)),
                        },
                        focus,
                        moves: moves as u64,
                    };
                    best = Some((rank, wide));
                }
            }
        }
        best.map(|(_, wide)| wide)
    }

    /// The phases among which a team's work may move, directly or step by step.
    fn reach(&self, board: &Board, families: &[usize], (team, phase): Key) -> Span {
        let mut reach = self.phases[phase];
        let all = (0..board.slots.len() as u32).map(VisitIx);
        let spans: Vec<(Span, Span)> = all
            .filter_map(|visit| {
                let at = board.slot(visit).place?;
                let near = families[board.bin(at).team.0] == families[team.0];
                near.then(|| (self.phases[self.phase(board, at)], board.same_rounds(visit)))
            })
            .collect();
        loop {
            let mut wider = reach;
            for (stands, span) in &spans {
                if reach.from <= stands.from && stands.to <= reach.to {
                    wider.from = wider.from.min(span.from);
                    wider.to = wider.to.max(span.to);
                }
            }
            // Whole phases.
            for phase in self.phases {
                if phase.from <= wider.to && wider.from <= phase.to {
                    wider.from = wider.from.min(phase.from);
                    wider.to = wider.to.max(phase.to);
                }
            }
            if wider == reach {
                return reach;
            }
            reach = wider;
        }
    }
}

/// Hours free, and all hours, of the crew-days of a team's family on these days, in millionths.
fn free_in(board: &Board, families: &[usize], team: TeamIx, days: Span) -> (i64, i64) {
    let (mut free, mut hours) = (0, 0);
    for at in crew_days_out(board, families, team, days) {
        free += board.room(at);
        hours += board.capacity(board.bin(at).team);
    }
    (free, hours)
}
