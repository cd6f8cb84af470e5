//! Moves of what belongs together: visits that share a stop, and treatments that share a product.

use super::Search;
use crate::engine::board::{CrewDay, VisitIx};

/// Visits that leave a crew-day at most to make room for a stop.
const MOST_BACK: usize = 4;

impl Search<'_, '_> {
    /// Moves a visit to a crew-day that stops at its site already, so that both share the way there.
    pub(super) fn join(&mut self, visit: VisitIx, from: CrewDay) -> bool {
        let near = self.board.same_rounds(visit);
        let mut chosen = None;
        let mut seen = 0;
        for part in self.board.parts_beside(visit) {
            for other in self.board.visits_at(part) {
                let Some(at) = self.board.slot(other.visit).place else {
                    continue;
                };
                if at != from && near.contains(self.board.bin(at).day) {
                    seen += 1;
                    if self.dice.below(seen) == 0 {
                        chosen = Some(at);
                    }
                }
            }
        }
        let Some(to) = chosen else { return false };
        let Some(option) = self.board.option_for(visit, self.board.bin(to).team) else {
            return false;
        };
        self.go_to(visit, from, option, to)
    }

    /// Moves all visits that a crew makes at a site to another crew-day, in exchange for some of its visits where there
    /// is no room.
    pub(super) fn move_stop(&mut self, visit: VisitIx, from: CrewDay) -> bool {
        let site = self.board.site(visit);
        let visits = self.board.bin(from).visits.iter().copied();
        let stop: Vec<VisitIx> = visits
            .filter(|&other| self.board.site(other) == site)
            .collect();
        let Some((_, to)) = self.target(visit) else {
            return false;
        };
        if to == from {
            return false;
        }
        let (here, there) = (self.board.bin(from).team, self.board.bin(to).team);
        let mut comes = Vec::with_capacity(stop.len());
        for &visit in &stop {
            let Some(option) = self.board.option_for(visit, there) else {
                return false;
            };
            comes.push((visit, option));
        }
        for &visit in &stop {
            self.lift(visit);
        }
        for (visit, option) in comes {
            if !self.board.allows(visit, option, to) {
                return false;
            }
            self.put(visit, option, to);
        }
        for _ in 0..MOST_BACK {
            if self.board.room(to) >= 0 {
                break;
            }
            let all = &self.board.bin(to).visits;
            let other = all[self.dice.below(all.len())];
            if self.board.site(other) == site {
                continue;
            }
            let Some(back) = self.board.option_for(other, here) else {
                continue;
            };
            self.lift(other);
            if !self.board.allows(other, back, from) {
                return false;
            }
            self.put(other, back, from);
        }
        true
    }

    /// Gives up one product for another at a visit, and the other way round at another visit: where a product is short,
    /// neither could change alone.
    pub(super) fn trade(&mut self, visit: VisitIx) -> bool {
        let other = self.replaceable[self.dice.below(self.replaceable.len())];
        let product =
            |search: &Self, job: usize| search.board.season.jobs[job].product.map(|used| used.0);
        let (mine, its) = (
            self.board.slot(visit).job as usize,
            self.board.slot(other).job as usize,
        );
        let (mine, its) = (product(self, mine), product(self, its));
        if other == visit || mine == its {
            return false;
        }
        for (visit, wanted) in [(visit, its), (other, mine)] {
            let slot = self.board.slot(visit);
            let others = self.board.alternatives(slot).iter().copied();
            let Some(job) = others.into_iter().find(|&job| product(self, job) == wanted) else {
                return false;
            };
            if !self.replace_by(visit, job) {
                return false;
            }
        }
        true
    }
}
