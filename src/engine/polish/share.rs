//! Which rounds are missed: a site that misses many gets a visit of one that misses few, and a missed round goes from a
//! period to another; where that leaves enough for a further round, it is made. Tried only where something is missed.

use super::Polisher;
use crate::engine::board::{Board, CrewDay, Standing, VisitIx};
use crate::engine::settle;
use crate::season::DayIx;
use std::collections::BTreeMap;

/// Sites looked at for one that gives a visit up; the one that misses the smallest share is taken.
const GIVERS: usize = 3;

/// How far from a site, in the list of its equals by size, those are looked for that mostly give visits up to it.
const ALIKE: usize = 6;

/// Equal sites looked at for one that lacks a round where a crew is sent instead.
const OTHERS: usize = 8;

/// Visits of a crew-day looked at for one that makes room.
const PARTNERS: usize = 4;

/// The demands that miss rounds, and which demands are each other's equals.
pub(super) struct Missing {
    /// Demands that miss rounds, ascending.
    short: Vec<usize>,
    /// Demands of a rule whose missed rounds weigh as much, by what a visit takes of hours and product.
    equals: Vec<Vec<usize>>,
    /// Where each demand stands in these lists.
    place: Vec<(usize, usize)>,
}

impl Missing {
    pub(super) fn new(board: &Board) -> Self {
        let season = board.season;
        let demands = 0..season.demands.len();
        let short = demands.clone().filter(|&demand| board.state(demand).0 > 0);
        let mut missing = Missing {
            short: short.collect(),
            equals: Vec::new(),
            place: Vec::new(),
        };
        if missing.is_nothing() {
            return missing;
        }
        let mut equals: BTreeMap<(usize, u64), Vec<_>> = BTreeMap::new();
        for demand in demands.clone() {
            let row = &season.demands[demand];
            let visit = row.jobs.first().map(|&job| &season.jobs[job]);
            let hours = visit.and_then(|job| job.options.first());
            let hours = hours.map(|option| option.work_and_access);
            let quantity = visit.and_then(|job| job.product);
            let quantity = quantity.map(|(_, quantity)| quantity);
            let price = board.weights.missed[demand].to_bits();
            let list = equals.entry((row.rule.0, price)).or_default();
            list.push((hours, quantity, demand));
        }
        missing.place = vec![(0, 0); demands.len()];
        for mut list in equals.into_values() {
            list.sort_unstable();
            let list: Vec<usize> = list.into_iter().map(|(.., demand)| demand).collect();
            for (at, &demand) in list.iter().enumerate() {
                missing.place[demand] = (missing.equals.len(), at);
            }
            missing.equals.push(list);
        }
        missing
    }

    /// Whether no round is missed.
    pub(super) fn is_nothing(&self) -> bool {
        self.short.is_empty()
    }

    /// Notes whether a demand misses rounds.
    pub(super) fn note(&mut self, demand: usize, misses: bool) {
        match (self.short.binary_search(&demand), misses) {
            (Err(position), true) => self.short.insert(position, demand),
            (Ok(position), false) => {
                self.short.remove(position);
            }
            _ => {}
        }
    }
}

impl Polisher<'_, '_> {
    /// Tries to share missed rounds out more evenly, which may make the plan less comfortable by so much; whether it
    /// was done.
    pub(super) fn share(&mut self, allowed: f64) -> bool {
        self.begin();
        let short = &self.missing.short;
        let demand = short[self.dice.below(short.len())];
        let crew_days = match self.dice.below(8) {
            0 => self.catch_up(demand),
            1 => self.add(demand),
            2 => self.send_elsewhere(demand),
            _ => self.give(demand),
        };
        // A site's round may take more product than that of another, as long as no pack is opened for it.
        let is_no_worse = crew_days.is_some()
            && self.board.is_valid()
            && self.board.ledger.cost() <= self.cost
            && self.is_as_complete();
        // A round more is worth any comfort.
        let missed = |&(demand, before): &(usize, u32)| before > self.board.state(demand).0;
        let allowed = if self.given_up.is_empty() && self.missed.iter().any(missed) {
            f64::INFINITY
        } else {
            allowed
        };
        let kept = self.conclude(crew_days.filter(|_| is_no_worse), allowed);
        if let Some(visit) = self.spare.filter(|_| kept)
            && self.board.slot(visit).place.is_some()
        {
            self.placed.push(visit);
            self.spare = None;
        }
        kept
    }

    /// Gives a demand a further visit where others have left room and product for it.
    fn add(&mut self, demand: usize) -> Option<[CrewDay; 2]> {
        let job = self.some_job(demand)?;
        let (option, to) = self.in_need(demand, job)?;
        let visit = match self.spare {
            Some(visit) => visit,
            None => *self.spare.insert(self.board.add(job, option)),
        };
        self.board.set_job(visit, job);
        self.lift(visit);
        self.put_if_lacking(visit, to).then_some([to, to])
    }

    /// Sends a crew out in a period in which a demand lacks rounds instead of another; where sites that it went to lack
    /// none there, it goes to equal ones that do.
    fn send_elsewhere(&mut self, demand: usize) -> Option<[CrewDay; 2]> {
        let season = self.board.season;
        let job = self.some_job(demand)?;
        let options = &season.jobs[job].options;
        let team = options[self.dice.below(options.len())].team;
        let (first, last) = self.period_in_need(demand)?;
        let (first, last) = (first.max(season.first_open), last.min(season.days - 1));
        let open = &self.open[team.0];
        if open.is_empty() || first > last {
            return None;
        }
        let from = open[self.dice.below(open.len())];
        let day = first + self.dice.below((last - first + 1) as usize) as DayIx;
        let crew = 1 + self.dice.below(season.scenario[team].crews as usize) as u32;
        if (first..=last).contains(&self.board.bin(from).day)
            || !season.day_sets[season.team_days[team.0]].contains(day)
        {
            return None;
        }
        let to = self.board.crew_day(team, day, crew);
        if self.board.bin(to).open {
            return None;
        }
        let visits = self.board.bin(from).visits.clone();
        for &visit in &visits {
            self.given_up.push(self.board.slot(visit).job as usize);
            self.lift(visit);
        }
        self.board.set_open(from, false);
        self.board.set_open(to, true);
        self.shifted = Some((from, to));
        let all = visits
            .into_iter()
            .all(|visit| self.put_where_lacking(visit, to));
        all.then_some([from, to])
    }

    /// Puts a visit, or one for an equal demand, on a crew-day where it makes a round good; whether it could.
    fn put_where_lacking(&mut self, visit: VisitIx, to: CrewDay) -> bool {
        let season = self.board.season;
        if self.put_if_lacking(visit, to) {
            return true;
        }
        let demands = &season.jobs[self.board.slot(visit).job as usize].demands;
        let Some(&demand) = demands.get(self.dice.below(demands.len())) else {
            return false;
        };
        let (class, _) = self.missing.place[demand];
        for _ in 0..OTHERS {
            let equals = &self.missing.equals[class];
            let other = equals[self.dice.below(equals.len())];
            if self.board.state(other).0 > 0
                && let Some(job) = self.some_job(other)
            {
                self.remember(job);
                self.board.set_job(visit, job);
                if self.put_if_lacking(visit, to) {
                    return true;
                }
            }
        }
        false
    }

    /// Puts a visit on a crew-day if it makes a round good there. What else it does is judged with the whole move.
    fn put_if_lacking(&mut self, visit: VisitIx, to: CrewDay) -> bool {
        settle::enter(self.board, visit, to, |now, before| {
            now.missed < before.missed
        })
    }

    /// One of the jobs that count for a demand.
    fn some_job(&mut self, demand: usize) -> Option<usize> {
        let season = self.board.season;
        let jobs = &season.demands[demand].jobs;
        let job = *jobs.get(self.dice.below(jobs.len()))?;
        (!season.jobs[job].options.is_empty()).then_some(job)
    }

    /// Moves a visit of a demand into a period in which a round is missed.
    fn catch_up(&mut self, demand: usize) -> Option<[CrewDay; 2]> {
        let visit = self.counted(demand)?;
        let from = self.board.slot(visit).place?;
        let job = self.board.slot(visit).job as usize;
        let (option, to) = self.in_need(demand, job)?;
        if to == from {
            return None;
        }
        self.relocate(visit, from, option, to)
    }

    /// Gives a demand a visit in place of one of an equal demand, which then misses a round more.
    fn give(&mut self, demand: usize) -> Option<[CrewDay; 2]> {
        let season = self.board.season;
        let job = self.some_job(demand)?;
        let giver = self.giver(demand)?;
        let visit = self.counted(giver)?;
        let from = self.board.slot(visit).place?;
        let (option, to) = if self.dice.below(2) == 0 {
            let team = self.board.bin(from).team;
            let mut options = season.jobs[job].options.iter();
            (options.position(|option| option.team == team)?, from)
        } else {
            self.in_need(demand, job)?
        };
        let day = self.board.bin(to).day;
        if !season.day_sets[season.jobs[job].options[option].days].contains(day) {
            return None;
        }
        self.given_up.push(self.board.slot(visit).job as usize);
        self.lift(visit);
        self.remember(job);
        self.board.set_job(visit, job);
        if self.board.squeeze_on(visit, day) > 0.0 || !self.board.allows(visit, option, to) {
            return None;
        }
        let lacking = self.board.hours_in(visit, option, to) - self.board.room(to);
        if lacking <= 0 {
            self.board.put(visit, option, to);
        } else if to == from {
            return None;
        } else {
            // Another visit goes to where the visit that is given up was.
            let (other, back) = self.makes_room(to, from, lacking)?;
            self.lift(other);
            self.board.put(visit, option, to);
            if !self.board.allows(other, back, from) {
                return None;
            }
            self.board.put(other, back, from);
        }
        Some([from, to])
    }

    /// An equal demand that misses a small share of its rounds: mostly one whose visits take about as much, as larger
    /// ones seldom find the money, the product or the room, and smaller ones leave little of them.
    fn giver(&mut self, demand: usize) -> Option<usize> {
        let (class, place) = self.missing.place[demand];
        let equals = &self.missing.equals[class];
        let mut range = 0..equals.len();
        if self.dice.below(4) > 0 {
            range = place.saturating_sub(ALIKE)..(place + ALIKE + 1).min(equals.len());
        }
        let mut best: Option<(f64, usize)> = None;
        for _ in 0..GIVERS {
            let other = equals[range.start + self.dice.below(range.len())];
            let share = self.comfort.share_missed(self.board, other);
            if other != demand && best.is_none_or(|(least, _)| share < least) {
                best = Some((share, other));
            }
        }
        best.map(|(_, other)| other)
    }

    /// A placed visit that counts for a demand.
    fn counted(&mut self, demand: usize) -> Option<VisitIx> {
        let row = &self.board.season.demands[demand];
        let counts = |standing: &&Standing| {
            row.jobs.contains(&standing.job) && (row.from..=row.to).contains(&standing.day)
        };
        let visits = || self.board.visits_at(row.part).iter().filter(counts);
        let count = visits().count();
        if count == 0 {
            return None;
        }
        let number = self.dice.below(count);
        visits().nth(number).map(|standing| standing.visit)
    }

    /// First and last day of a period in which a demand lacks rounds; where it lacks none, and rounds only come late, of its
    /// window.
    fn period_in_need(&mut self, demand: usize) -> Option<(DayIx, DayIx)> {
        let season = self.board.season;
        let row = &season.demands[demand];
        let lacks = self.comfort.lacks(demand).iter().enumerate();
        let lacking = || lacks.clone().filter(|(_, rounds)| **rounds > 0);
        let count = lacking().count();
        if count == 0 {
            return Some((row.from, row.to));
        }
        let number = self.dice.below(count);
        let (period, _) = lacking().nth(number)?;
        let period = &row.periods(season)[period];
        Some((period.from, period.to))
    }

    /// A crew-day of a team that can do a job, in a period in which a demand lacks rounds.
    fn in_need(&mut self, demand: usize, job: usize) -> Option<(usize, CrewDay)> {
        let season = self.board.season;
        let (first, last) = self.period_in_need(demand)?;
        let options = &season.jobs[job].options;
        let option = self.dice.below(options.len());
        let open = &self.open[options[option].team.0];
        let first = open.partition_point(|&at| self.board.bin(at).day < first);
        let last = open.partition_point(|&at| self.board.bin(at).day <= last);
        (first < last).then(|| (option, open[first + self.dice.below(last - first)]))
    }

    /// A visit of a full crew-day that leaves so much room and fits on another crew-day.
    fn makes_room(&mut self, full: CrewDay, to: CrewDay, lacking: i64) -> Option<(VisitIx, usize)> {
        let team = self.board.bin(to).team;
        for _ in 0..PARTNERS {
            let visits = &self.board.bin(full).visits;
            let other = *visits.get(self.dice.below(visits.len().max(1)))?;
            let now = self.board.slot(other).option as usize;
            if self.board.hours_of(other, now) < lacking {
                continue;
            }
            if let Some(option) = self.board.option_for(other, team)
                && self.is_open(other, option, to)
                && self.board.hours_in(other, option, to) <= self.board.room(to)
            {
                return Some((other, option));
            }
        }
        None
    }
}
