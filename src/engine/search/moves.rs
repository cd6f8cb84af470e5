//! The moves of the search. Each returns whether it could be made; what it changed can be taken back.

use super::Search;
use crate::engine::board::{CrewDay, VisitIx};
use crate::season::DayIx;

impl Search<'_, '_> {
    /// Does another treatment instead, by the same team on the same day where it can.
    pub(super) fn replace(&mut self, visit: VisitIx) -> bool {
        let slot = self.board.slot(visit);
        let others = self.board.alternatives(slot);
        let job = others[self.dice.below(others.len())];
        self.replace_by(visit, job)
    }

    /// Does another job instead, by the same crew on the same day.
    pub(super) fn replace_by(&mut self, visit: VisitIx, job: usize) -> bool {
        let Some(at) = self.board.slot(visit).place else {
            return false;
        };
        let team = self.board.bin(at).team;
        self.lift(visit);
        self.board.set_job(visit, job);
        let Some(option) = self.board.option_for(visit, team) else {
            return false;
        };
        if !self.board.allows(visit, option, at) {
            return false;
        }
        self.put(visit, option, at);
        true
    }

    pub(super) fn lift(&mut self, visit: VisitIx) {
        self.undo.push((visit, self.board.slot(visit)));
        self.board.lift(visit);
    }

    pub(super) fn put(&mut self, visit: VisitIx, option: usize, at: CrewDay) {
        if self.undo.iter().all(|&(known, _)| known != visit) {
            self.undo.push((visit, self.board.slot(visit)));
        }
        self.board.put(visit, option, at);
    }

    pub(super) fn take_back(&mut self) {
        let undo = std::mem::take(&mut self.undo);
        for &(visit, _) in &undo {
            self.board.lift(visit);
        }
        if let Some((from, to)) = self.shifted.take() {
            self.board.set_open(to, false);
            self.board.set_open(from, true);
        }
        for &(visit, slot) in &undo {
            self.board.set_job(visit, slot.job as usize);
            if let Some(at) = slot.place {
                self.board.put(visit, slot.option as usize, at);
            }
        }
        self.undo = undo;
    }

    pub(super) fn give_up(&mut self, visit: VisitIx) -> bool {
        self.lift(visit);
        true
    }

    /// Moves a visit to another open crew-day, in exchange for one of its visits where there is no room.
    pub(super) fn relocate(&mut self, visit: VisitIx, from: CrewDay) -> bool {
        let Some((option, to)) = self.target(visit) else {
            return false;
        };
        self.go_to(visit, from, option, to)
    }

    /// Moves a visit to a crew-day, in exchange for one of its visits where there is no room.
    pub(super) fn go_to(
        &mut self,
        visit: VisitIx,
        from: CrewDay,
        option: usize,
        to: CrewDay,
    ) -> bool {
        if to == from {
            return false;
        }
        let short = self.board.hours_in(visit, option, to) > self.board.room(to);
        if short && self.dice.below(10) > 0 && !self.board.bin(to).visits.is_empty() {
            return self.exchange(visit, from, option, to);
        }
        if self.is_hopeless(&[(visit, option, to)]) {
            return false;
        }
        self.lift(visit);
        if !self.board.allows(visit, option, to) {
            return false;
        }
        self.put(visit, option, to);
        true
    }

    /// Repacks a visit's crew-day together with another on which the visit could stand.
    pub(super) fn repack_with(&mut self, visit: VisitIx, from: CrewDay) -> bool {
        let Some((_, to)) = self.target(visit) else {
            return false;
        };
        self.repack(from, to)
    }

    /// Whether a move is sure to be refused.
    fn is_hopeless(&self, moves: &[(VisitIx, usize, CrewDay)]) -> bool {
        self.board.is_hopeless(moves, self.allowed)
    }

    /// Exchanges a visit for one of another crew-day, or for two or three where one is too short to make room.
    fn exchange(&mut self, visit: VisitIx, from: CrewDay, option: usize, to: CrewDay) -> bool {
        let mut others: [(VisitIx, usize); 3] = [(visit, 0); 3];
        let mut count = 0;
        let mut lacking = self.board.hours_in(visit, option, to) - self.board.room(to);
        let team = self.board.bin(from).team;
        let many = if self.dice.below(2) == 0 {
            1
        } else {
            others.len()
        };
        while count < many && (count == 0 || lacking > 0) {
            let all = &self.board.bin(to).visits;
            let other = all[self.dice.below(all.len())];
            if others[..count].iter().any(|&(known, _)| known == other) {
                break;
            }
            let Some(back) = self.board.option_for(other, team) else {
                return false;
            };
            let old = self.board.slot(other).option as usize;
            lacking -= self.board.hours_of(other, old);
            others[count] = (other, back);
            count += 1;
        }
        let mut moves = [(visit, option, to); 4];
        for (entry, &(other, back)) in moves[1..].iter_mut().zip(&others[..count]) {
            *entry = (other, back, from);
        }
        let moves = &moves[..=count];
        if self.is_hopeless(moves) {
            return false;
        }
        for &(visit, ..) in moves {
            self.lift(visit);
        }
        for &(visit, option, to) in moves {
            if !self.board.allows(visit, option, to) {
                return false;
            }
            self.put(visit, option, to);
        }
        true
    }

    /// Places a visit that waits; where there is no room, it may take the place of another.
    pub(super) fn enter(&mut self, visit: VisitIx, may_give_up: bool) -> bool {
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
    pub(super) fn target(&mut self, visit: VisitIx) -> Option<(usize, CrewDay)> {
        let (board, dice) = (&*self.board, &mut *self.dice);
        let slot = board.slot(visit);
        let mut teams = board.teams_of(visit);
        let option = if teams.len() == 1 || (slot.place.is_some() && dice.below(4) > 0) {
            slot.option as usize
        } else {
            dice.below(teams.len())
        };
        let team = teams.nth(option)?;
        let days = board.stretch(visit, &mut |count| dice.below(count))?;
        let (first, last) = self.open[team.0].within(board.season, days);
        if first == last {
            return None;
        }
        let at = self.open[team.0].crew_days[first + dice.below(last - first)];
        let can = board.can_stand_on(visit, option, board.bin(at).day);
        can.then_some((option, at))
    }

    /// Sends a crew out on another day instead, with all its visits.
    pub(super) fn shift_crew_day(&mut self, from: CrewDay) -> bool {
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
