//! A board and what stands on it: kept and put back, from a plan and as a plan.

use super::{Board, CrewDay, Position, VisitIx, Weights};
use crate::domain::{Plan, TeamIx, Visit};
use crate::season::{DayIx, Season};

impl<'s> Board<'s> {
    /// Where everything stands.
    pub(in crate::engine) fn position(&self) -> Position {
        let open = (0..self.bins.len() as u32).map(CrewDay);
        Position {
            slots: self.slots.clone(),
            open: open.filter(|&at| self.bin(at).open).collect(),
        }
    }

    /// Puts everything back to where it stood; visits added since then are not placed.
    pub(in crate::engine) fn restore(&mut self, position: &Position) {
        let known = position.slots.len();
        let changed: Vec<u32> = (0..self.slots.len() as u32)
            .filter(|&at| position.slots.get(at as usize) != self.slots.get(at as usize))
            .collect();
        for &at in &changed {
            self.lift(VisitIx(at));
        }
        let mut open = position.open.iter().copied().peekable();
        for at in (0..self.bins.len() as u32).map(CrewDay) {
            let was_open = open.next_if_eq(&at).is_some();
            if self.bin(at).open != was_open {
                self.set_open(at, was_open);
            }
        }
        for &at in changed.iter().filter(|&&at| (at as usize) < known) {
            let slot = position.slots[at as usize];
            self.set_job(VisitIx(at), slot.job as usize);
            match slot.place {
                Some(place) => self.put(VisitIx(at), slot.option as usize, place),
                None => self.slots[at as usize].option = slot.option,
            }
        }
    }

    /// Forgets the visits that are not placed; the others get new numbers.
    pub(in crate::engine) fn forget_waiting(&mut self) {
        let mut next = 0;
        let numbers: Vec<VisitIx> = self
            .slots
            .iter()
            .map(|slot| {
                let number = VisitIx(next);
                next += u32::from(slot.place.is_some());
                number
            })
            .collect();
        self.slots.retain(|slot| slot.place.is_some());
        let bins = self.bins.iter_mut().flat_map(|bin| &mut bin.visits);
        let parts = self.at_part.iter_mut().flatten();
        for visit in bins.chain(parts.map(|standing| &mut standing.visit)) {
            *visit = numbers[visit.0 as usize];
        }
    }

    /// A board on which a plan stands.
    pub(in crate::engine) fn with_plan(
        season: &'s Season<'s>,
        weights: Weights,
        plan: &Plan,
    ) -> Self {
        let mut board = Board::new(season, weights);
        for visit in &plan.visits {
            let part = season.part_of(visit);
            let job = season.parts[part]
                .jobs
                .iter()
                .copied()
                .find(|&job| season.jobs[job].treatment == visit.treatment)
                .expect("a plan of ours has only visits that some rule wants");
            let option = season.jobs[job]
                .options
                .iter()
                .position(|option| option.team == visit.team)
                .expect("a plan of ours has only teams that can do the job");
            let at = board.crew_day(visit.team, season.day(visit.date), visit.crew);
            board.set_open(at, true);
            let known = board.add(job, option);
            board.put(known, option, at);
        }
        board
    }

    /// The placed visits as a plan; the crews of a team that are out on a day are numbered from 1.
    pub(in crate::engine) fn plan(&self) -> Plan {
        let season = self.season;
        let mut visits: Vec<Visit> = Vec::new();
        let mut crew = 0;
        let mut last: Option<(TeamIx, DayIx)> = None;
        for bin in self.bins.iter().filter(|bin| !bin.visits.is_empty()) {
            crew = if last == Some((bin.team, bin.day)) {
                crew + 1
            } else {
                1
            };
            last = Some((bin.team, bin.day));
            for &visit in &bin.visits {
                let job = &season.jobs[self.slot(visit).job as usize];
                let part = &season.parts[job.part];
                visits.push(Visit {
                    date: season.date(bin.day),
                    team: bin.team,
                    crew,
                    site: part.site,
                    part: part.number,
                    treatment: job.treatment,
                });
            }
        }
        season.plan(visits)
    }
}
