//! What the search asks of jobs all the time, laid out close together: looking these up in the season would take longer
//! than a move does.

use crate::domain::Team;
use crate::engine::allocate::shared_stops;
use crate::engine::settle::has_piecework;
use crate::engine::spans::Span;
use crate::season::{DayIx, DaySetIx, Season};
use std::ops::Range;

/// Facts of all jobs and demands.
#[derive(Debug)]
pub(super) struct Facts {
    jobs: Vec<JobFacts>,
    options: Vec<OptionFacts>,
    /// Demands, by job.
    demands: Vec<u32>,
    by_demand: Vec<DemandFacts>,
    /// Jobs that count, by demand.
    counted: Vec<u32>,
    /// Periods, by rule.
    periods: Vec<Span>,
}

/// Facts of a demand.
#[derive(Debug, Clone, Copy)]
pub(super) struct DemandFacts {
    /// The window of its rule.
    pub(super) window: Span,
    /// Least difference between the days of two visits.
    pub(super) min_gap: DayIx,
    /// Days around a visit's among which another is looked for where periods are long.
    pub(super) reach: DayIx,
    first_job: u32,
    jobs: u32,
    first_period: u32,
    periods: u32,
}

/// See [`DemandFacts::reach`], where no gap is too great.
const REACH: DayIx = 45;

/// Facts of a job.
#[derive(Debug, Clone, Copy)]
pub(super) struct JobFacts {
    /// The site.
    pub(super) site: u32,
    /// The part.
    pub(super) part: u32,
    first_option: u32,
    options: u32,
    first_demand: u32,
    demands: u32,
    /// Hours, in millionths, that each stop at the site takes beyond the work, where visits may share one. The most that
    /// any visit can carry, so that a crew-day's hours do not depend on which of them does.
    pub(super) access: Option<i64>,
}

/// Facts of a job done by one of the teams that can.
#[derive(Debug, Clone, Copy)]
pub(super) struct OptionFacts {
    /// The team.
    pub(super) team: u32,
    /// Days on which it can.
    pub(super) days: DaySetIx,
    /// Hours without access, in millionths.
    pub(super) work: i64,
    /// Hours with the access of a stop of its own, in millionths.
    pub(super) work_and_access: i64,
    /// What an hour of the crew costs, in hundredths; nothing where no team is paid by the piece.
    pub(super) hour_price: i64,
    /// Piece money.
    pub(super) piece: f64,
}

impl Facts {
    /// The facts of a season.
    pub(super) fn new(season: &Season) -> Self {
        // Where nobody is paid by the piece, hours are of no use before they make up a whole crew-day, and stops that hold
        // on to their visits are in the way of that.
        let counts = has_piecework(season);
        let hour_price = |team: &Team| {
            let hour = team.cost_per_day.to_f64() / team.hours_per_day.to_f64();
            if counts {
                (100.0 * hour).round() as i64
            } else {
                0
            }
        };
        let access = shared_access(season);
        let mut facts = Facts {
            jobs: Vec::with_capacity(season.jobs.len()),
            options: Vec::new(),
            demands: Vec::new(),
            by_demand: Vec::with_capacity(season.demands.len()),
            counted: Vec::new(),
            periods: Vec::new(),
        };
        for job in &season.jobs {
            let site = season.parts[job.part].site.0;
            facts.jobs.push(JobFacts {
                site: site as u32,
                part: job.part as u32,
                first_option: facts.options.len() as u32,
                options: job.options.len() as u32,
                first_demand: facts.demands.len() as u32,
                demands: job.demands.len() as u32,
                access: access[site],
            });
            let options = job.options.iter().map(|option| OptionFacts {
                team: option.team.0 as u32,
                days: option.days,
                work: option.work.micro(),
                work_and_access: option.work_and_access.micro(),
                hour_price: hour_price(&season.scenario[option.team]),
                piece: option.piece.to_f64(),
            });
            facts.options.extend(options);
            facts
                .demands
                .extend(job.demands.iter().map(|&demand| demand as u32));
        }
        facts.add_demands(season);
        facts
    }

    fn add_demands(&mut self, season: &Season) {
        let mut of_rule = Vec::new();
        for periods in &season.limits.periods {
            of_rule.push((self.periods.len() as u32, periods.len() as u32));
            self.periods.extend(periods.iter().map(|period| Span {
                from: period.from,
                to: period.to,
            }));
        }
        for demand in &season.demands {
            let (first_period, periods) = of_rule[demand.rule.0];
            self.by_demand.push(DemandFacts {
                window: Span {
                    from: demand.from,
                    to: demand.to,
                },
                min_gap: demand.min_gap,
                reach: demand.max_gap.unwrap_or(REACH),
                first_job: self.counted.len() as u32,
                jobs: demand.jobs.len() as u32,
                first_period,
                periods,
            });
            self.counted
                .extend(demand.jobs.iter().map(|&job| job as u32));
        }
    }

    /// Facts of a demand.
    pub(super) fn demand(&self, demand: u32) -> &DemandFacts {
        &self.by_demand[demand as usize]
    }

    /// Whether visits of a job count for a demand, in its window.
    pub(super) fn counts(&self, demand: &DemandFacts, job: usize) -> bool {
        self.counted[range(demand.first_job, demand.jobs)].contains(&(job as u32))
    }

    /// The periods of a demand.
    pub(super) fn periods(&self, demand: &DemandFacts) -> &[Span] {
        &self.periods[range(demand.first_period, demand.periods)]
    }

    /// Facts of a job.
    pub(super) fn job(&self, job: u32) -> &JobFacts {
        &self.jobs[job as usize]
    }

    /// The job's teams.
    pub(super) fn options(&self, job: u32) -> &[OptionFacts] {
        let job = self.job(job);
        &self.options[range(job.first_option, job.options)]
    }

    /// The job's demands.
    pub(super) fn demands(&self, job: u32) -> &[u32] {
        let job = self.job(job);
        &self.demands[range(job.first_demand, job.demands)]
    }
}

fn range(first: u32, count: u32) -> Range<usize> {
    first as usize..(first + count) as usize
}

/// The access of stops that visits may share, by site; see [`JobFacts::access`].
fn shared_access(season: &Season) -> Vec<Option<i64>> {
    let mut access = vec![None; season.scenario.sites.len()];
    for (site, _) in shared_stops(season) {
        access[site] = Some(0);
    }
    for job in &season.jobs {
        if let Some(most) = &mut access[season.parts[job.part].site.0] {
            for option in &job.options {
                *most = (option.work_and_access - option.work).micro().max(*most);
            }
        }
    }
    access
}
