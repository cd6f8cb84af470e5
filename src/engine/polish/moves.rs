//! The moves: a visit goes to another crew-day, or changes places with another; a crew-day goes to another day.

use super::Polisher;
use crate::engine::board::{CrewDay, Standing, VisitIx};
use crate::season::DayIx;

/// Partners looked at for an exchange.
const PARTNERS: usize = 4;

/// Days within which a crew-day or a visit looks for another day at random.
const REACH: usize = 15;

impl Polisher<'_, '_> {
    /// Tries a move, which may make the plan less comfortable by so much; whether it was made.
    pub(super) fn step(&mut self, allowed: f64) -> bool {
        self.begin();
        let visit = self.placed[self.dice.below(self.placed.len())];
        let Some(from) = self.board.slot(visit).place else {
            return false;
        };
        let kind = self.dice.unit();
        let crew_days = if kind < 0.05 {
            self.shift(from)
        } else {
            let target = if kind < 0.4 {
                self.near(visit)
            } else if kind < 0.75 {
                self.between(visit)
            } else {
                self.anywhere(visit, from)
            };
            match target {
                Some((option, to)) if to != from => self.relocate(visit, from, option, to),
                _ => return false,
            }
        };
        let is_no_worse = crew_days.is_some() && self.is_no_worse();
        self.conclude(crew_days.filter(|_| is_no_worse), allowed)
    }

    /// Keeps a move that changed these crew-days if it makes the plan less comfortable by no more than so much, and takes
    /// it back otherwise; whether it was kept.
    pub(super) fn conclude(&mut self, crew_days: Option<[CrewDay; 2]>, allowed: f64) -> bool {
        let Some(crew_days) = crew_days else {
            self.take_back();
            return false;
        };
        let change = self.comfort.change(self.board, &self.undo, &crew_days);
        if change > allowed {
            self.comfort.refuse(self.board);
            self.take_back();
            return false;
        }
        self.comfort.accept();
        self.keep();
        if let Some((from, to)) = self.shifted {
            let open = &mut self.open[self.board.bin(from).team.0];
            let position = open.partition_point(|&at| at < from);
            open.remove(position);
            let position = open.partition_point(|&at| at < to);
            open.insert(position, to);
        }
        true
    }

    /// The crew-day of a visit at a site nearby.
    fn near(&mut self, visit: VisitIx) -> Option<(usize, CrewDay)> {
        let season = self.board.season;
        let site = season.parts[self.board.part(visit)].site.0;
        let sites = self.nearby.of(site);
        if sites.is_empty() {
            return None;
        }
        let other = sites[self.dice.below(sites.len())];
        let parts = season.first_part[other]..season.first_part[other + 1];
        let visits = self
            .board
            .visits_at(parts.start + self.dice.below(parts.len()));
        if visits.is_empty() {
            return None;
        }
        let to = self
            .board
            .slot(visits[self.dice.below(visits.len())].visit)
            .place?;
        let option = self.board.option_for(visit, self.board.bin(to).team)?;
        Some((option, to))
    }

    /// A crew-day about halfway between the rounds before and after, for one of the rules.
    fn between(&mut self, visit: VisitIx) -> Option<(usize, CrewDay)> {
        let season = self.board.season;
        let slot = self.board.slot(visit);
        let job = &season.jobs[slot.job as usize];
        let demand = job.demands[self.dice.below(job.demands.len())];
        let row = &season.demands[demand];
        let own = self.board.day(visit)?;
        let mut before = row.done_rounds().last();
        let mut after = None;
        for &Standing {
            visit: other,
            day,
            job,
        } in self.board.visits_at(job.part)
        {
            if other == visit || !row.jobs.contains(&job) {
                continue;
            }
            if day > own {
                after = Some(day);
                break;
            }
            before = Some(day);
        }
        let middle = match (before, after) {
            (Some(before), Some(after)) => DayIx::midpoint(before, after),
            _ => own,
        };
        let option = self.option(visit);
        let open = &self.open[job.options[option].team.0];
        if open.is_empty() {
            return None;
        }
        // One of a few crew-days about the middle.
        let position = open.partition_point(|&at| self.board.bin(at).day < middle);
        let around = 6.min(open.len());
        let first = position.saturating_sub(around / 2).min(open.len() - around);
        Some((option, open[first + self.dice.below(around)]))
    }

    /// A crew-day within some days.
    fn anywhere(&mut self, visit: VisitIx, from: CrewDay) -> Option<(usize, CrewDay)> {
        let day = self.board.bin(from).day;
        let reach = REACH as DayIx;
        let option = self.option(visit);
        let job = self.board.slot(visit).job as usize;
        let team = self.board.season.jobs[job].options[option].team;
        let open = &self.open[team.0];
        let first = open.partition_point(|&at| self.board.bin(at).day < day - reach);
        let last = open.partition_point(|&at| self.board.bin(at).day <= day + reach);
        (first < last).then(|| (option, open[first + self.dice.below(last - first)]))
    }

    /// The team that makes a visit, now and then another one.
    fn option(&mut self, visit: VisitIx) -> usize {
        let slot = self.board.slot(visit);
        let options = self.board.season.jobs[slot.job as usize].options.len();
        if options > 1 && self.dice.below(4) == 0 {
            self.dice.below(options)
        } else {
            slot.option as usize
        }
    }

    /// Whether a visit's team, place and product allow the day of a crew-day.
    pub(super) fn is_open(&self, visit: VisitIx, option: usize, to: CrewDay) -> bool {
        let season = self.board.season;
        let job = &season.jobs[self.board.slot(visit).job as usize];
        season.day_sets[job.options[option].days].contains(self.board.bin(to).day)
    }

    /// Moves a visit, in exchange for one of the crew-day's where there is no room. The crew-days that it changed.
    pub(super) fn relocate(
        &mut self,
        visit: VisitIx,
        from: CrewDay,
        option: usize,
        to: CrewDay,
    ) -> Option<[CrewDay; 2]> {
        if !self.is_open(visit, option, to) {
            return None;
        }
        let lacking = self.board.hours_in(visit, option, to) - self.board.room(to);
        let others = self.board.bin(to).visits.len();
        let partner = if others > 0 && (lacking > 0 || self.dice.below(4) == 0) {
            self.partner(visit, from, to, lacking)
        } else {
            None
        };
        if lacking > 0 && partner.is_none() {
            return None;
        }
        self.lift(visit);
        if let Some((other, _)) = partner {
            self.lift(other);
        }
        if !self.board.allows(visit, option, to) {
            return None;
        }
        self.board.put(visit, option, to);
        if let Some((other, back)) = partner {
            if !self.board.allows(other, back, from) {
                return None;
            }
            self.board.put(other, back, from);
        }
        Some([from, to])
    }

    /// A visit of a crew-day that leaves room for another and fits in its place.
    fn partner(
        &mut self,
        visit: VisitIx,
        from: CrewDay,
        to: CrewDay,
        lacking: i64,
    ) -> Option<(VisitIx, usize)> {
        let team = self.board.bin(from).team;
        let own = self.board.slot(visit).option as usize;
        let room = self.board.room(from) + self.board.hours_of(visit, own);
        for _ in 0..PARTNERS {
            let visits = &self.board.bin(to).visits;
            let other = visits[self.dice.below(visits.len())];
            let now = self.board.slot(other).option as usize;
            if self.board.hours_of(other, now) < lacking {
                continue;
            }
            if let Some(back) = self.board.option_for(other, team)
                && self.board.hours_in(other, back, from) <= room
                && self.is_open(other, back, from)
            {
                return Some((other, back));
            }
        }
        None
    }

    /// Sends a crew out on another day instead, with all its visits; changes days with a crew that is out then.
    fn shift(&mut self, from: CrewDay) -> Option<[CrewDay; 2]> {
        let season = self.board.season;
        let bin = self.board.bin(from);
        let (team, day) = (bin.team, bin.day);
        let reach = 1 + self.dice.below(REACH) as DayIx;
        let other = if self.dice.below(2) == 0 {
            day - reach
        } else {
            day + reach
        };
        if !season.day_sets[season.team_days[team.0]].contains(other) {
            return None;
        }
        let crew = 1 + self.dice.below(season.scenario[team].crews as usize) as u32;
        let to = self.board.crew_day(team, other, crew);
        let mut moving: Vec<(VisitIx, CrewDay)> = Vec::new();
        for (at, goal) in [(from, to), (to, from)] {
            moving.extend(self.board.bin(at).visits.iter().map(|&visit| (visit, goal)));
        }
        let option = |board: &crate::engine::board::Board, visit| board.slot(visit).option as usize;
        if !moving
            .iter()
            .all(|&(visit, goal)| self.is_open(visit, option(self.board, visit), goal))
        {
            return None;
        }
        for &(visit, _) in &moving {
            self.lift(visit);
        }
        if !self.board.bin(to).open {
            self.board.set_open(from, false);
            self.board.set_open(to, true);
            self.shifted = Some((from, to));
        }
        for (visit, goal) in moving {
            let option = option(self.board, visit);
            if !self.board.allows(visit, option, goal) {
                return None;
            }
            self.board.put(visit, option, goal);
        }
        Some([from, to])
    }
}
