//! The board on which visits are placed: crew-days with their loads, sites with their visits, money spent.
//!
//! Everything that a move changes is kept up to date, so that a move costs a fraction of a microsecond. A board may
//! hold an impossible plan (overfull crew-days, visits too close together): the search pays for that and works it off.

mod facts;
mod ledger;
mod look;
mod patch;
mod plan;
mod strain;

use super::search::Focus;
use super::worth::Worth;
use crate::domain::TeamIx;
use crate::season::limits::CREW_DAY_TOLERANCE;
use crate::season::{DayIx, Job, Season, TeamOption};
use facts::Facts;
use ledger::Ledger;
pub(super) use ledger::Lenience;
pub(super) use patch::Patch;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
pub(super) use strain::{Strain, Weights};

/// A visit that the board knows, placed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct VisitIx(pub(super) u32);

/// A crew on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct CrewDay(pub(super) u32);

/// What is done, by whom, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    /// Position in [`Season::jobs`].
    pub(super) job: u32,
    /// Position in the job's options.
    pub(super) option: u32,
    /// Its site.
    pub(super) site: u32,
    /// Where it stands.
    pub(super) place: Option<CrewDay>,
}

/// A placed visit as its part sees it: what the search asks most often stands in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Standing {
    /// The day.
    pub(super) day: DayIx,
    /// The visit.
    pub(super) visit: VisitIx,
    /// Position in [`Season::jobs`].
    pub(super) job: usize,
}

/// One crew on one day.
#[derive(Debug, Clone)]
pub(super) struct Bin {
    /// The team.
    pub(super) team: TeamIx,
    /// The day.
    pub(super) day: DayIx,
    /// Whether the crew is sent out.
    pub(super) open: bool,
    /// Hours of its visits, in millionths.
    pub(super) load: i64,
    /// Its visits.
    pub(super) visits: Vec<VisitIx>,
}

/// Where visits stand and which crews are out.
#[derive(Debug, Clone)]
pub(super) struct Position {
    slots: Vec<Slot>,
    open: Vec<CrewDay>,
}

/// Visits on crew-days.
#[derive(Debug, Clone)]
pub(super) struct Board<'s> {
    /// The season.
    pub(super) season: &'s Season<'s>,
    /// All visits known.
    pub(super) slots: Vec<Slot>,
    /// All crew-days, by team, then day, then crew.
    pub(super) bins: Vec<Bin>,
    first_bin: Vec<usize>,
    /// Placed visits of each part, by day.
    at_part: Vec<Vec<Standing>>,
    facts: Arc<Facts>,
    /// Parts by site.
    site_parts: Arc<Vec<Range<usize>>>,
    /// For each job the others of its part that some rule counts as well.
    alternatives: Arc<Vec<Vec<usize>>>,
    /// Missed rounds and squeeze of each demand as it stands.
    state: Vec<(u32, i64)>,
    /// Money and products.
    pub(super) ledger: Ledger,
    /// Prices.
    pub(super) weights: Weights,
    /// What is wrong now.
    pub(super) strain: Strain,
    /// Capacity of a crew-day by team, in millionths of an hour.
    capacity: Vec<i64>,
    days_buffer: Vec<DayIx>,
}

impl<'s> Board<'s> {
    /// An empty board with no crew sent out.
    pub(super) fn new(season: &'s Season<'s>, weights: Weights) -> Self {
        let scenario = season.scenario;
        let mut bins = Vec::new();
        let mut first_bin = Vec::new();
        for (at, team) in scenario.teams.iter().enumerate() {
            first_bin.push(bins.len());
            let crews = if season.takes_part(TeamIx(at)) {
                team.crews
            } else {
                0
            };
            for day in season.first_open..season.days {
                for _ in 0..crews {
                    bins.push(Bin {
                        team: TeamIx(at),
                        day,
                        open: false,
                        load: 0,
                        visits: Vec::new(),
                    });
                }
            }
        }
        first_bin.push(bins.len());
        let capacity = scenario
            .teams
            .iter()
            .map(|team| (team.hours_per_day + CREW_DAY_TOLERANCE).micro())
            .collect();
        let mut board = Board {
            season,
            slots: Vec::new(),
            bins,
            first_bin,
            at_part: vec![Vec::new(); season.parts.len()],
            facts: Arc::new(Facts::new(season)),
            site_parts: Arc::new(site_parts(season)),
            alternatives: Arc::new(alternatives(season)),
            state: vec![(0, 0); season.demands.len()],
            ledger: Ledger::new(season),
            weights,
            strain: Strain::default(),
            capacity,
            days_buffer: Vec::new(),
        };
        for demand in 0..season.demands.len() {
            board.state[demand] = board.judge(demand);
            board.strain.missed += board.weights.missed[demand] * f64::from(board.state[demand].0);
        }
        board.strain.overspent = board.ledger.overspent();
        board.strain.money = board.ledger.money();
        board
    }

    /// The sum that the search makes small.
    pub(super) fn energy(&self) -> f64 {
        self.weights.sum(&self.strain)
    }

    /// Whether the board holds a valid plan.
    pub(super) fn is_valid(&self) -> bool {
        self.strain.overload == 0 && self.strain.squeezed == 0 && self.strain.overspent <= 1e-9
    }

    /// Adds a visit that is not placed.
    pub(super) fn add(&mut self, job: usize, option: usize) -> VisitIx {
        self.slots.push(Slot {
            job: job as u32,
            option: option as u32,
            site: self.facts.job(job as u32).site,
            place: None,
        });
        VisitIx(self.slots.len() as u32 - 1)
    }

    /// Makes a visit that is not placed one of another job.
    pub(super) fn set_job(&mut self, visit: VisitIx, job: usize) {
        let slot = &mut self.slots[visit.0 as usize];
        debug_assert!(slot.place.is_none());
        if slot.job != job as u32 {
            slot.job = job as u32;
            slot.site = self.facts.job(job as u32).site;
            slot.option = 0;
        }
    }

    /// Jobs of the same part that some rule of a visit's job counts as well.
    pub(super) fn alternatives(&self, slot: Slot) -> &[usize] {
        &self.alternatives[slot.job as usize]
    }

    /// A visit's slot.
    pub(super) fn slot(&self, visit: VisitIx) -> Slot {
        self.slots[visit.0 as usize]
    }

    /// A crew-day.
    pub(super) fn bin(&self, at: CrewDay) -> &Bin {
        &self.bins[at.0 as usize]
    }

    /// The crew-day of a team's crew (counted from 1) on an open day.
    pub(super) fn crew_day(&self, team: TeamIx, day: DayIx, crew: u32) -> CrewDay {
        let crews = self.season.scenario[team].crews;
        let day = (day - self.season.first_open) as u32;
        CrewDay(self.first_bin[team.0] as u32 + day * crews + crew - 1)
    }

    /// The part that a visit is at.
    pub(super) fn part(&self, visit: VisitIx) -> usize {
        self.season.jobs[self.slot(visit).job as usize].part
    }

    /// The day on which a visit stands.
    pub(super) fn day(&self, visit: VisitIx) -> Option<DayIx> {
        self.slot(visit).place.map(|at| self.bin(at).day)
    }

    /// Placed visits of a part, by day.
    pub(super) fn visits_at(&self, part: usize) -> &[Standing] {
        &self.at_part[part]
    }

    /// Number of visits in focus.
    pub(super) fn visits_in(&self, focus: Focus) -> usize {
        let slots = self.slots.iter();
        let placed =
            slots.filter(|slot| slot.place.is_some_and(|at| self.is_in(focus, **slot, at)));
        placed.count()
    }

    /// Whether a visit that stands on a crew-day is in focus.
    pub(super) fn is_in(&self, focus: Focus, slot: Slot, at: CrewDay) -> bool {
        let options = &self.season.jobs[slot.job as usize].options;
        focus.days.contains(self.bin(at).day)
            && focus
                .team
                .is_none_or(|team| options.iter().any(|option| option.team == team))
    }

    /// What may be exceeded from now on: crew-days are first sent out freely, and kept at home again later.
    pub(super) fn set_lenience(&mut self, lenience: Lenience) {
        self.ledger.set_lenience(lenience);
        self.strain.overspent = self.ledger.overspent();
    }

    /// Whether budget lines do not matter for now.
    pub(super) fn is_lenient(&self) -> bool {
        self.ledger.lenience() != Lenience::Strict
    }

    /// Changes the prices; those of missed rounds are followed by [`Board::recount`].
    pub(super) fn reweigh(&mut self, change: impl FnOnce(&mut Weights)) {
        change(&mut self.weights);
    }

    /// Adds up again what is missed, after prices of missed rounds have changed.
    pub(super) fn recount(&mut self) {
        let states = self.state.iter().zip(&self.weights.missed);
        self.strain.missed = states
            .map(|(state, price)| price * f64::from(state.0))
            .sum();
    }

    /// Changes what is scarce, and what that is worth.
    pub(super) fn set_worth(&mut self, worth: Worth) {
        self.weights.worth = worth;
        let worth = &self.weights.worth;
        let bins = self.bins.iter();
        let hours: f64 = bins.map(|bin| worth.hours(bin.team, bin.load)).sum();
        let placed = self.slots.iter().filter(|slot| slot.place.is_some());
        let rest = placed.map(|slot| {
            let job = &self.season.jobs[slot.job as usize];
            self.taken(job, &job.options[slot.option as usize])
        });
        self.strain.scarce = hours + rest.sum::<f64>();
    }

    /// Sends a crew out, or keeps it at home; only an empty crew-day can be closed.
    pub(super) fn set_open(&mut self, at: CrewDay, open: bool) {
        let bin = &mut self.bins[at.0 as usize];
        debug_assert!(open || bin.visits.is_empty());
        if bin.open != open {
            bin.open = open;
            let (team, day) = (bin.team, bin.day);
            let gathered = self.gathered(at);
            self.strain.gathered += if open { gathered } else { -gathered };
            self.ledger.crew_day(team, day, if open { 1 } else { -1 });
            self.strain.overspent = self.ledger.overspent();
            self.strain.money = self.ledger.money();
        }
    }

    /// Takes a visit off its crew-day.
    pub(super) fn lift(&mut self, visit: VisitIx) {
        let slot = self.slot(visit);
        let Some(at) = slot.place else { return };
        self.weigh(at, -1);
        let hours = self.hours_in(visit, slot.option as usize, at);
        self.strain.under_way -= self.under_way(visit, slot.option as usize, hours);
        let bin = &mut self.bins[at.0 as usize];
        bin.load -= hours;
        self.strain.scarce -= self.weights.worth.hours(bin.team, hours);
        let position = bin
            .visits
            .iter()
            .position(|&other| other == visit)
            .expect("a placed visit stands on its crew-day");
        bin.visits.swap_remove(position);
        let day = bin.day;
        self.weigh(at, 1);
        self.slots[visit.0 as usize].place = None;
        let part = self.part(visit);
        self.at_part[part].retain(|other| other.visit != visit);
        self.account(visit, day, -1);
        self.rejudge(slot.job as usize);
    }

    /// Puts a visit on a crew-day that allows it.
    pub(super) fn put(&mut self, visit: VisitIx, option: usize, at: CrewDay) {
        debug_assert!(self.slot(visit).place.is_none() && self.allows(visit, option, at));
        self.weigh(at, -1);
        let hours = self.hours_in(visit, option, at);
        self.strain.under_way += self.under_way(visit, option, hours);
        let bin = &mut self.bins[at.0 as usize];
        bin.load += hours;
        self.strain.scarce += self.weights.worth.hours(bin.team, hours);
        bin.visits.push(visit);
        let day = bin.day;
        self.weigh(at, 1);
        let slot = &mut self.slots[visit.0 as usize];
        slot.option = option as u32;
        slot.place = Some(at);
        let job = slot.job as usize;
        let part = self.part(visit);
        let standing = Standing { day, visit, job };
        let position = self.at_part[part].partition_point(|other| *other < standing);
        self.at_part[part].insert(position, standing);
        self.account(visit, day, 1);
        self.rejudge(job);
    }

    /// Takes the load of a crew-day that is out into account, or out of it.
    fn weigh(&mut self, at: CrewDay, times: i64) {
        self.strain.overload += times * self.overload(at);
        self.strain.gathered += times * self.gathered(at);
    }

    /// Books a visit's product and piece money.
    fn account(&mut self, visit: VisitIx, day: DayIx, times: i64) {
        let slot = self.slot(visit);
        let job = &self.season.jobs[slot.job as usize];
        let option = &job.options[slot.option as usize];
        if option.piece.micro() == 0 && job.product.is_none() {
            return;
        }
        self.strain.scarce += self.taken(job, option) * times as f64;
        self.ledger.piece(option.team, day, option.piece * times);
        let mut changed = option.piece.micro() != 0;
        if let Some((product, quantity)) = job.product {
            changed |= self.ledger.product(product, quantity * times);
        }
        if changed {
            self.strain.overspent = self.ledger.overspent();
        }
        self.strain.money = self.ledger.money();
    }

    /// What a visit takes of scarce money and products, at their worth.
    fn taken(&self, job: &Job, option: &TeamOption) -> f64 {
        let worth = &self.weights.worth;
        let product = job.product.map_or(0.0, |(product, quantity)| {
            worth.unit[product.0] * quantity.to_f64()
        });
        worth.piece[option.team.0] * option.piece.to_f64() + product
    }

    /// Works out again the demands that a job counts for.
    fn rejudge(&mut self, job: usize) {
        let season = self.season;
        for &demand in &season.jobs[job].demands {
            let before = self.state[demand];
            let now = self.judge(demand);
            self.state[demand] = now;
            self.strain.squeezed += now.1 - before.1;
            self.strain.missed +=
                self.weights.missed[demand] * (f64::from(now.0) - f64::from(before.0));
        }
    }

    /// Missed rounds of a demand, and days by which its visits are too close together.
    fn judge(&mut self, demand: usize) -> (u32, i64) {
        let season = self.season;
        let row = &season.demands[demand];
        let mut days = std::mem::take(&mut self.days_buffer);
        days.clear();
        days.extend(row.done_rounds());
        let done = days.len();
        for &Standing { day, job, .. } in &self.at_part[row.part] {
            if row.jobs.contains(&job) && (row.from..=row.to).contains(&day) {
                days.push(day);
            }
        }
        let squeezed = days[done..]
            .windows(2)
            .map(|pair| i64::from((row.min_gap - (pair[1] - pair[0])).max(0)))
            .sum();
        let missed = row.missed(season, &days);
        self.days_buffer = days;
        (missed, squeezed)
    }
}

/// Parts by site: those of a site follow each other.
fn site_parts(season: &Season) -> Vec<Range<usize>> {
    let mut ranges = vec![0..0; season.scenario.sites.len()];
    for (at, part) in season.parts.iter().enumerate() {
        let range = &mut ranges[part.site.0];
        if range.end == 0 {
            range.start = at;
        }
        range.end = at + 1;
    }
    ranges
}

/// For each job the others of its part that some rule counts as well.
fn alternatives(season: &Season) -> Vec<Vec<usize>> {
    let of = |job: usize| {
        let demands = season.jobs[job].demands.iter();
        let all = demands.flat_map(|&demand| season.demands[demand].jobs.iter().copied());
        let others: BTreeSet<usize> = all
            .filter(|&other| other != job && !season.jobs[other].options.is_empty())
            .collect();
        others.into_iter().collect()
    };
    (0..season.jobs.len()).map(of).collect()
}
