//! The board on which visits are placed: crew-days with their loads, sites with their visits, money spent.
//!
//! Everything that a move changes is kept up to date, so that a move costs a fraction of a microsecond. A board may
//! hold an impossible plan (overfull crew-days, visits too close together): the search pays for that and works it off.

mod ledger;

use crate::domain::{Plan, TeamIx, Visit};
use crate::season::limits::CREW_DAY_TOLERANCE;
use crate::season::{DayIx, Season};
use ledger::Ledger;

/// A visit that the board knows, placed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct VisitIx(pub(super) u32);

/// A crew on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct CrewDay(pub(super) u32);

/// What is done, by whom, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// Position in [`Season::jobs`].
    pub(super) job: u32,
    /// Position in the job's options.
    pub(super) option: u32,
    /// Where it stands.
    pub(super) place: Option<CrewDay>,
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

/// What is wrong with a board, and what it costs; see [`Weights`] for the sum.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Strain {
    /// Hours beyond the crews' days, in millionths.
    pub(super) overload: i64,
    /// Days by which visits are too close together.
    pub(super) squeezed: i64,
    /// Money beyond budget lines and packs beyond what can be bought, in money.
    pub(super) overspent: f64,
    /// Missed rounds, weighted by tier.
    pub(super) missed: f64,
    /// Money.
    pub(super) money: f64,
}

/// Where visits stand and which crews are out.
#[derive(Debug, Clone)]
pub(super) struct Position {
    slots: Vec<Slot>,
    open: Vec<CrewDay>,
}

/// Prices of what is wrong.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// Per hour of overload.
    pub(super) overload: f64,
    /// Per day of squeeze.
    pub(super) squeezed: f64,
    /// Per unit of money overspent.
    pub(super) overspent: f64,
    /// Per unit of money.
    pub(super) money: f64,
    /// Per missed round of each demand.
    pub(super) missed: Vec<f64>,
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
    at_part: Vec<Vec<VisitIx>>,
    /// Whether a site has several jobs, so that visits may share a stop.
    shares_stops: Vec<bool>,
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
            for day in season.first_open..season.days {
                for _ in 0..team.crews {
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
        let mut jobs_at = vec![0; scenario.sites.len()];
        for job in &season.jobs {
            jobs_at[season.parts[job.part].site.0] += 1;
        }
        // Ten millionths are kept back for the rounding of stops that several visits share.
        let capacity = scenario
            .teams
            .iter()
            .map(|team| (team.hours_per_day + CREW_DAY_TOLERANCE).micro() - 10)
            .collect();
        let mut board = Board {
            season,
            slots: Vec::new(),
            bins,
            first_bin,
            at_part: vec![Vec::new(); season.parts.len()],
            shares_stops: jobs_at.into_iter().map(|jobs| jobs > 1).collect(),
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
        let strain = &self.strain;
        self.weights.overload * (strain.overload as f64 / 1e6)
            + self.weights.squeezed * strain.squeezed as f64
            + self.weights.overspent * strain.overspent
            + self.weights.money * strain.money
            + strain.missed
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
            place: None,
        });
        VisitIx(self.slots.len() as u32 - 1)
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
    pub(super) fn visits_at(&self, part: usize) -> &[VisitIx] {
        &self.at_part[part]
    }

    /// Missed rounds and squeeze of a demand as it stands.
    pub(super) fn state(&self, demand: usize) -> (u32, i64) {
        self.state[demand]
    }

    /// Hours beyond the crew's day, in millionths.
    pub(super) fn overload(&self, at: CrewDay) -> i64 {
        let bin = self.bin(at);
        (bin.load - self.capacity[bin.team.0]).max(0)
    }

    /// Hours that are left in a crew-day, in millionths; below 0 when it is overfull.
    pub(super) fn room(&self, at: CrewDay) -> i64 {
        let bin = self.bin(at);
        self.capacity[bin.team.0] - bin.load
    }

    /// Hours that a visit would add to a crew-day, in millionths.
    pub(super) fn hours_in(&self, visit: VisitIx, option: usize, at: CrewDay) -> i64 {
        let job = &self.season.jobs[self.slot(visit).job as usize];
        let option = &job.options[option];
        let site = self.season.parts[job.part].site.0;
        let shared =
            self.shares_stops[site]
                && self.bin(at).visits.iter().any(|&other| {
                    other != visit && self.season.parts[self.part(other)].site.0 == site
                });
        if shared {
            option.work.micro()
        } else {
            option.work_and_access.micro()
        }
    }

    /// Whether a visit may stand on a crew-day with one of its job's options: right team, open day, not twice a day.
    pub(super) fn allows(&self, visit: VisitIx, option: usize, at: CrewDay) -> bool {
        let slot = self.slot(visit);
        let job = &self.season.jobs[slot.job as usize];
        let bin = self.bin(at);
        job.options[option].team == bin.team
            && self.season.day_sets[job.options[option].days].contains(bin.day)
            && !self.at_part[job.part].iter().any(|&other| {
                other != visit
                    && self.slot(other).job == slot.job
                    && self.day(other) == Some(bin.day)
            })
    }

    /// The option of a visit's job for a team.
    pub(super) fn option_for(&self, visit: VisitIx, team: TeamIx) -> Option<usize> {
        let job = &self.season.jobs[self.slot(visit).job as usize];
        job.options.iter().position(|option| option.team == team)
    }

    /// Sends a crew out, or keeps it at home; only an empty crew-day can be closed.
    pub(super) fn set_open(&mut self, at: CrewDay, open: bool) {
        let bin = &mut self.bins[at.0 as usize];
        debug_assert!(open || bin.visits.is_empty());
        if bin.open != open {
            bin.open = open;
            let (team, day) = (bin.team, bin.day);
            self.ledger.crew_day(team, day, if open { 1 } else { -1 });
            self.strain.overspent = self.ledger.overspent();
            self.strain.money = self.ledger.money();
        }
    }

    /// Takes a visit off its crew-day.
    pub(super) fn lift(&mut self, visit: VisitIx) {
        let slot = self.slot(visit);
        let Some(at) = slot.place else { return };
        self.strain.overload -= self.overload(at);
        let hours = self.hours_in(visit, slot.option as usize, at);
        let bin = &mut self.bins[at.0 as usize];
        bin.load -= hours;
        let position = bin
            .visits
            .iter()
            .position(|&other| other == visit)
            .expect("a placed visit stands on its crew-day");
        bin.visits.swap_remove(position);
        let day = bin.day;
        self.strain.overload += self.overload(at);
        self.slots[visit.0 as usize].place = None;
        let part = self.part(visit);
        self.at_part[part].retain(|&other| other != visit);
        self.account(visit, day, -1);
        self.rejudge(slot.job as usize);
    }

    /// Puts a visit on a crew-day that allows it.
    pub(super) fn put(&mut self, visit: VisitIx, option: usize, at: CrewDay) {
        debug_assert!(self.slot(visit).place.is_none() && self.allows(visit, option, at));
        self.strain.overload -= self.overload(at);
        let hours = self.hours_in(visit, option, at);
        let bin = &mut self.bins[at.0 as usize];
        bin.load += hours;
        bin.visits.push(visit);
        let day = bin.day;
        self.strain.overload += self.overload(at);
        let slot = &mut self.slots[visit.0 as usize];
        slot.option = option as u32;
        slot.place = Some(at);
        let job = slot.job as usize;
        let part = self.part(visit);
        let position = self.at_part[part].partition_point(|&other| {
            let other_day = self.day(other).expect("visits at a part are placed");
            (other_day, other) < (day, visit)
        });
        self.at_part[part].insert(position, visit);
        self.account(visit, day, 1);
        self.rejudge(job);
    }

    /// Books a visit's product and piece money.
    fn account(&mut self, visit: VisitIx, day: DayIx, times: i64) {
        let slot = self.slot(visit);
        let job = &self.season.jobs[slot.job as usize];
        let option = &job.options[slot.option as usize];
        if option.piece.micro() == 0 && job.product.is_none() {
            return;
        }
        self.ledger.piece(option.team, day, option.piece * times);
        if let Some((product, quantity)) = job.product {
            self.ledger.product(product, quantity * times);
        }
        self.strain.overspent = self.ledger.overspent();
        self.strain.money = self.ledger.money();
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
        for &visit in &self.at_part[row.part] {
            let slot = self.slots[visit.0 as usize];
            if season.jobs[slot.job as usize].demands.contains(&demand)
                && let Some(at) = slot.place
            {
                let day = self.bins[at.0 as usize].day;
                if (row.from..=row.to).contains(&day) {
                    days.push(day);
                }
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

    /// Where everything stands.
    pub(super) fn position(&self) -> Position {
        let open = (0..self.bins.len() as u32).map(CrewDay);
        Position {
            slots: self.slots.clone(),
            open: open.filter(|&at| self.bin(at).open).collect(),
        }
    }

    /// Puts everything back to where it stood; visits added since then are not placed.
    pub(super) fn restore(&mut self, position: &Position) {
        for at in 0..self.slots.len() {
            self.lift(VisitIx(at as u32));
        }
        for at in 0..self.bins.len() as u32 {
            self.set_open(CrewDay(at), false);
        }
        for &at in &position.open {
            self.set_open(at, true);
        }
        for (at, slot) in position.slots.iter().enumerate() {
            if let Some(place) = slot.place {
                self.put(VisitIx(at as u32), slot.option as usize, place);
            }
        }
    }

    /// A board on which a plan stands.
    pub(super) fn with_plan(season: &'s Season<'s>, weights: Weights, plan: &Plan) -> Self {
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
    pub(super) fn plan(&self) -> Plan {
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
