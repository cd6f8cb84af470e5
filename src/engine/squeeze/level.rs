//! Levelling: work moves between teams and months until none has too much of it, and each about the same share of its hours
//! free where little is.
//!
//! A search sees single crew-days. Where a month has no minute left while another has hours, its crew-days may each be
//! too full by so little that no visit is worth moving; and crew-days themselves move by some days only. Here the hours
//! of a team in a phase count as one.

use super::{Key, Squeeze, keep_at_home};
use crate::domain::TeamIx;
use crate::engine::board::{Board, CrewDay, VisitIx};
use crate::engine::search::{Dice, Focus};
use crate::engine::spans::Span;
use std::collections::BTreeMap;

/// Places tried for each visit.
const TRIES: usize = 12;

/// Hours of a team in a phase.
#[derive(Debug, Clone, Copy, Default)]
struct Hours {
    /// Of all crew-days, in millionths.
    all: i64,
    /// Not taken; below 0 where there is too much work.
    free: i64,
}

/// Crew-days that change their phase at a time, at most.
const MOST_DAYS: usize = 6;

/// How much less must lack when a crew-day changes its phase.
const LESS: f64 = 0.9;

/// Share of the hours that is enough to leave free; where there is less in all, each team and phase gets the same.
const ENOUGH_FREE: f64 = 0.004;

/// The hours of some teams, by phase.
struct Levels {
    hours: BTreeMap<Key, Hours>,
    /// Share that should be free everywhere.
    share: f64,
}

impl Levels {
    /// Hours that lack of the share that should be free, if so many more become free.
    fn lacking(&self, key: Key, more: i64) -> f64 {
        let hours = self.hours.get(&key).copied().unwrap_or_default();
        let free = (hours.free + more) as f64;
        (self.share * hours.all as f64 - free).max(0.0)
    }

    /// How much lacks, what lacks in one place counting more than what lacks in many.
    fn lack(&self) -> f64 {
        let all = self.hours.keys();
        all.map(|&key| self.lacking(key, 0).powi(2)).sum()
    }

    /// Whether less lacks when work leaves here and enters there, so many hours each.
    fn lack_less(&self, (here, leaves): (Key, i64), (there, enters): (Key, i64)) -> bool {
        let lack = |more: [i64; 2]| {
            self.lacking(here, more[0]).powi(2) + self.lacking(there, more[1]).powi(2)
        };
        lack([leaves, -enters]) < lack([0, 0])
    }

    fn add(&mut self, key: Key, free: i64) {
        if let Some(hours) = self.hours.get_mut(&key) {
            hours.free += free;
        }
    }
}

impl Squeeze<'_> {
    /// Levels out what the crew-days in focus have to do, of all teams that share work with the focused one.
    pub(super) fn level_out(
        &self,
        board: &mut Board,
        families: &[usize],
        focus: Focus,
        moves_days: bool,
        dice: &mut Dice,
    ) {
        let Some(team) = focus.team else { return };
        let out = |board: &Board| crew_days_out(board, families, team, focus.days);
        let crews = out(board);
        self.move_visits(board, &crews, dice);
        if moves_days {
            self.move_days(board, &out, dice);
        }
    }

    fn levels(&self, board: &Board, out: &[CrewDay]) -> Levels {
        let mut hours: BTreeMap<Key, Hours> = BTreeMap::new();
        for &at in out {
            let entry = hours.entry(self.key(board, at)).or_default();
            entry.all += board.capacity(board.bin(at).team);
            entry.free += board.room(at);
        }
        let all: i64 = hours.values().map(|hours| hours.all).sum();
        let free: i64 = hours.values().map(|hours| hours.free).sum();
        Levels {
            hours,
            share: (free as f64 / all.max(1) as f64).min(ENOUGH_FREE),
        }
    }

    /// The team and phase of a crew-day.
    fn key(&self, board: &Board, at: CrewDay) -> Key {
        (board.bin(at).team, self.phase(board, at))
    }

    /// Moves visits of these crew-days among them where hours then lack less.
    fn move_visits(&self, board: &mut Board, out: &[CrewDay], dice: &mut Dice) {
        let mut levels = self.levels(board, out);
        let all = out.iter().flat_map(|&at| &board.bin(at).visits);
        let visits: Vec<VisitIx> = all.copied().collect();
        for _ in 0..TRIES * visits.len() {
            let visit = visits[dice.below(visits.len())];
            let to = out[dice.below(out.len())];
            let slot = board.slot(visit);
            let Some(from) = slot.place else { continue };
            let (here, there) = (self.key(board, from), self.key(board, to));
            let Some(option) = board.option_for(visit, there.0).filter(|_| here != there) else {
                continue;
            };
            let leaves = board.hours_in(visit, slot.option as usize, from);
            let enters = board.hours_in(visit, option, to);
            let helps = levels.lack_less((here, leaves), (there, enters))
                && board.allows(visit, option, to)
                && board.is_as_good_on(visit, board.bin(to).day);
            if !helps {
                continue;
            }
            let missed = board.strain.missed;
            board.lift(visit);
            board.put(visit, option, to);
            if board.strain.missed > missed + 1e-6 {
                // Too long a stretch without a visit.
                board.lift(visit);
                board.put(visit, slot.option as usize, from);
                continue;
            }
            levels.add(here, leaves);
            levels.add(there, -enters);
        }
    }

    /// Sends crews out where hours lack most instead of in another phase, as long as less lacks when visits have then been
    /// moved.
    fn move_days(&self, board: &mut Board, out: &dyn Fn(&Board) -> Vec<CrewDay>, dice: &mut Dice) {
        for _ in 0..MOST_DAYS {
            let levels = self.levels(board, &out(board));
            let keys = || levels.hours.keys();
            let lack = |key: &&Key| levels.lacking(**key, 0);
            let Some(&lacking) = keys().max_by(|a, b| lack(a).total_cmp(&lack(b))) else {
                return;
            };
            let mut best: Option<(f64, Board)> = None;
            for &from in keys().filter(|key| key.0 == lacking.0 && **key != lacking) {
                let mut other = board.clone();
                let mut own = dice.clone();
                let Some(at) = self.emptiest(&other, from) else {
                    continue;
                };
                keep_at_home(&mut other, &[at], &mut own);
                if !self.open_one(&mut other, lacking) {
                    return;
                }
                let crews = out(&other);
                self.move_visits(&mut other, &crews, &mut own);
                let lack = self.levels(&other, &crews).lack();
                if best.as_ref().is_none_or(|(least, _)| lack < *least) {
                    best = Some((lack, other));
                }
            }
            match best {
                Some((lack, other)) if lack < LESS * levels.lack() => *board = other,
                Some(_) | None => return,
            }
        }
    }
}

/// Crew-days out, on these days, of the teams that share work with one.
pub(super) fn crew_days_out(
    board: &Board,
    families: &[usize],
    team: TeamIx,
    days: Span,
) -> Vec<CrewDay> {
    let all = (0..board.bins.len() as u32).map(CrewDay);
    all.filter(|&at| {
        let bin = board.bin(at);
        bin.open && families[bin.team.0] == families[team.0] && days.contains(bin.day)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Guide, families};
    use super::*;
    use crate::domain::{Every, Hours, Scenario};
    use crate::engine::components::tests::{four_weeks, product, rule, site, team, treatment};
    use crate::engine::effort::Efforts;
    use crate::engine::{Effort, dispatch};
    use crate::season::Season;

    /// Sites with a round of 31 minutes each, for so many teams that work three hours a day.
    fn rounds_of_half_an_hour(sites: usize, every: Every, teams: usize) -> Scenario {
        let mut scenario = four_weeks();
        scenario.products.push(product(0, 1, 0));
        scenario.treatments.push(treatment(0, 0, 31));
        scenario.rules.push(rule(0, &[0], every, 1));
        for at in 0..sites {
            scenario.sites.push(site("n", at, 1));
        }
        for _ in 0..teams {
            let mut team = team("n", 100);
            team.hours_per_day = Hours::from_micro(3_000_000);
            scenario.teams.push(team);
        }
        scenario
    }

    /// Levels out a board whose season falls into two halves.
    fn level_out(board: &mut Board) {
        let halves = [Span { from: 0, to: 14 }, Span { from: 15, to: 27 }];
        let squeeze = Squeeze {
            phases: &halves,
            guide: &Guide::new(),
            effort: &Efforts::of(Effort::Normal).settle,
            enough: 0.0,
        };
        let focus = Focus {
            days: Span { from: 0, to: 27 },
            team: Some(TeamIx(0)),
        };
        let families = families(board.season);
        squeeze.level_out(board, &families, focus, true, &mut Dice::new(1));
    }

    /// Visits of the crews that are out, by a sort.
    fn visits_by<K: Ord>(board: &Board, sort: impl Fn(CrewDay) -> K) -> Vec<usize> {
        let mut counts: BTreeMap<K, usize> = BTreeMap::new();
        for at in (0..board.bins.len() as u32).map(CrewDay) {
            if board.bin(at).open {
                *counts.entry(sort(at)).or_insert(0) += board.bin(at).visits.len();
            }
        }
        counts.into_values().collect()
    }

    #[test]
    fn a_team_with_too_much_work_in_all_hands_over_no_more_than_it_must() {
        // The first team has twelve visits on two days of three hours each, twelve minutes too much; the second, one.
        let scenario = rounds_of_half_an_hour(13, Every::Window, 2);
        let season = Season::new(&scenario);
        let mut board = Board::new(&season, dispatch::weights(&season));
        let jobs = season.parts.iter().flat_map(|part| &part.jobs);
        for (number, &job) in jobs.enumerate() {
            let option = number / 12;
            let at = board.crew_day(TeamIx(option), number as i32 % 2, 1);
            board.set_open(at, true);
            let visit = board.add(job, option);
            board.put(visit, option, at);
        }
        assert!(board.strain.overload > 0);
        level_out(&mut board);
        assert_eq!(visits_by(&board, |at| board.bin(at).team), [11, 2]);
    }

    #[test]
    fn a_crew_goes_out_in_the_half_of_the_season_that_lacks_hours() {
        // Six visits in each half, which must stay there: on four days in the first, on one, too full, in the second.
        let scenario = rounds_of_half_an_hour(6, Every::HalfMonth, 1);
        let season = Season::new(&scenario);
        let mut board = Board::new(&season, dispatch::weights(&season));
        let jobs: Vec<usize> = season
            .parts
            .iter()
            .flat_map(|part| part.jobs.clone())
            .collect();
        for (number, &job) in jobs.iter().enumerate() {
            for day in [number as i32 % 4, 20] {
                let at = board.crew_day(TeamIx(0), day, 1);
                board.set_open(at, true);
                let visit = board.add(job, 0);
                board.put(visit, 0, at);
            }
        }
        assert!(board.strain.overload > 0);
        let missed = board.strain.missed;
        level_out(&mut board);
        let half = |at: CrewDay| board.bin(at).day / 15;
        assert_eq!(visits_by(&board, half), [6, 6]);
        let out = |of: i32| {
            let all = crew_days_out(
                &board,
                &families(&season),
                TeamIx(0),
                Span { from: 0, to: 27 },
            );
            all.into_iter().filter(|&at| half(at) == of).count()
        };
        assert_eq!((out(0), out(1)), (3, 2));
        assert!(board.strain.missed <= missed);
    }
}
