//! A scenario worked out for planning: what can be done where, by whom, on which days, and what is asked.
//!
//! [`Season`] turns the tables' words into arrays: days are numbers from the first day of the horizon, sites with
//! parts are taken apart, a *job* is a treatment that some rule wants at a part, a *demand* is a rule at a part.
//! Everything that planner and reports need to know is looked up here; the checker works it out again on its own.

mod dayset;
mod demand;
mod job;
pub mod limits;
mod openness;
mod select;

use crate::domain::{
    Day, DoneVisit, Exact, Hours, Money, Plan, ProductIx, Quantity, RuleIx, Scenario, SiteIx,
    TeamIx, TreatmentIx, Visit,
};
pub use dayset::{DaySet, DaySetIx, DaySets};
pub use demand::{Demand, Period};
pub use job::{Job, TeamOption};
pub use limits::{BudgetLimit, Limits};
use std::collections::{BTreeMap, BTreeSet};

/// A day of the season: 0 = first day of the horizon; done visits may lie before it.
pub type DayIx = i32;

/// A site, or one part of a site that is too large for one crew-day: what a visit names.
#[derive(Debug, Clone)]
pub struct Part {
    /// The site.
    pub site: SiteIx,
    /// Which part of it, counted from 1.
    pub number: u32,
    /// The id that a plan uses: `id`, or `id/2`.
    pub id: String,
    /// Rank of the id among all parts, by code point: the order of visits.csv.
    pub rank: u32,
    /// Importance of a missed round.
    pub weight: Exact,
    /// Demands at this part (positions in [`Season::demands`]).
    pub demands: Vec<usize>,
    /// Jobs at this part (positions in [`Season::jobs`]).
    pub jobs: Vec<usize>,
}

/// A visit that happened, one part each.
#[derive(Debug, Clone)]
pub struct Done {
    /// When; below 0 before the horizon, where it counts for gaps only.
    pub day: DayIx,
    /// Who.
    pub team: TeamIx,
    /// Which crew.
    pub crew: u32,
    /// Which part (position in [`Season::parts`]).
    pub part: usize,
    /// What was done.
    pub treatment: TreatmentIx,
    /// What was used of which product.
    pub used: Option<(ProductIx, Quantity)>,
    /// Hours with the access that it carries.
    pub hours: Hours,
    /// What the contractor is paid for the work.
    pub piece: Money,
}

/// A scenario worked out for planning.
#[derive(Debug)]
pub struct Season<'a> {
    /// The tables.
    pub scenario: &'a Scenario,
    /// Days of the horizon.
    pub days: DayIx,
    /// First day on which a new visit may stand; `days` when the season is over.
    pub first_open: DayIx,
    /// Parts, those of a site together, sites in table order.
    pub parts: Vec<Part>,
    /// First part of each site, by [`SiteIx`], and one past the last at the end.
    pub first_part: Vec<usize>,
    /// Treatments that some rule wants at a part where they can be done.
    pub jobs: Vec<Job>,
    /// Rules at parts.
    pub demands: Vec<Demand>,
    /// All day sets in use.
    pub day_sets: DaySets,
    /// Days on which each team works, by [`TeamIx`]; new visits only.
    pub team_days: Vec<DaySetIx>,
    /// Visits that happened.
    pub done: Vec<Done>,
    /// Limits, relaxed to what done visits and signed contracts use alone.
    pub limits: Limits,
    /// Rank of each treatment's id by code point, by [`TreatmentIx`].
    pub treatment_rank: Vec<u32>,
    /// Rank of each team's id by code point, by [`TeamIx`].
    pub team_rank: Vec<u32>,
    /// What sets this season apart, where it is a part of a larger one.
    pub extract: Option<Extract>,
}

/// A part of a larger season: some work with the teams that can do it.
///
/// Money is shared with the rest, so there are no budget lines here. Products that the rest uses as well cost so much a
/// unit; the others are bought here, in whole packs.
#[derive(Debug, Clone)]
pub struct Extract {
    /// Whether a team takes part, by [`TeamIx`].
    pub teams: Vec<bool>,
    /// Money per unit, by [`ProductIx`]; `None` where packs are bought here.
    pub unit_prices: Vec<Option<f64>>,
    /// What new visits may use, by [`ProductIx`]; `None` = no limit.
    pub quotas: Vec<Option<Quantity>>,
}

impl<'a> Season<'a> {
    /// Works a scenario out.
    pub fn new(scenario: &'a Scenario) -> Self {
        let days = day_number(scenario, scenario.end) + 1;
        let first_open = day_number(scenario, scenario.plan_from).clamp(0, days);
        let (parts, first_part) = parts(scenario);
        let treatment_rank = ranks(scenario.treatments.iter().map(|t| t.id.as_str()));
        let mut season = Season {
            scenario,
            days,
            first_open,
            parts,
            first_part,
            jobs: Vec::new(),
            demands: Vec::new(),
            day_sets: DaySets::default(),
            team_days: Vec::new(),
            done: Vec::new(),
            limits: Limits::default(),
            treatment_rank,
            team_rank: ranks(scenario.teams.iter().map(|team| team.id.as_str())),
            extract: None,
        };
        season.done = job::done_visits(&season);
        season.team_days = openness::team_days(&mut season);
        demand::add_demands(&mut season);
        job::add_jobs(&mut season);
        season.limits = limits::limits(&season);
        season
    }

    /// The part of this season that some jobs make up (by position in [`Season::jobs`]): they, their demands, which
    /// must ask for no other jobs, and the teams that can do them.
    #[must_use]
    pub fn extract(&self, jobs: &[bool], extract: Extract) -> Season<'a> {
        let kept = |keep: &dyn Fn(usize) -> bool, count: usize| -> Vec<Option<usize>> {
            let mut next = 0;
            (0..count)
                .map(|at| {
                    keep(at).then(|| {
                        next += 1;
                        next - 1
                    })
                })
                .collect()
        };
        let asked = |demand: usize| self.demands[demand].jobs.iter().any(|&job| jobs[job]);
        let demands = kept(&asked, self.demands.len());
        let jobs = kept(&|job| jobs[job], self.jobs.len());
        let moved = |list: &[usize], to: &[Option<usize>]| -> Vec<usize> {
            list.iter().filter_map(|&at| to[at]).collect()
        };
        let of_jobs = self
            .jobs
            .iter()
            .zip(&jobs)
            .filter(|(_, kept)| kept.is_some());
        let of_demands = self.demands.iter().zip(&demands);
        let packs = self.limits.packs.iter().zip(&extract.unit_prices);
        let packs = packs.map(|(most, price)| most.filter(|_| price.is_none()));
        Season {
            scenario: self.scenario,
            parts: self
                .parts
                .iter()
                .map(|part| Part {
                    demands: moved(&part.demands, &demands),
                    jobs: moved(&part.jobs, &jobs),
                    ..part.clone()
                })
                .collect(),
            first_part: self.first_part.clone(),
            jobs: of_jobs
                .map(|(job, _)| Job {
                    demands: moved(&job.demands, &demands),
                    ..job.clone()
                })
                .collect(),
            demands: of_demands
                .filter(|(_, kept)| kept.is_some())
                .map(|(demand, _)| Demand {
                    jobs: moved(&demand.jobs, &jobs),
                    ..demand.clone()
                })
                .collect(),
            day_sets: self.day_sets.clone(),
            team_days: self.team_days.clone(),
            done: self.done.clone(),
            limits: Limits {
                budget: Vec::new(),
                packs: packs.collect(),
                ..self.limits.clone()
            },
            treatment_rank: self.treatment_rank.clone(),
            team_rank: self.team_rank.clone(),
            extract: Some(extract),
            ..*self
        }
    }

    /// Whether a team takes part in this season.
    pub fn takes_part(&self, team: TeamIx) -> bool {
        let extract = self.extract.as_ref();
        extract.is_none_or(|extract| extract.teams[team.0])
    }

    /// Whether a product's packs are bought in this season; else it costs so much a unit.
    pub fn buys_packs(&self, product: ProductIx) -> bool {
        self.unit_price(product).is_none()
    }

    /// Money per unit of a product that is shared with the rest of a larger season.
    pub fn unit_price(&self, product: ProductIx) -> Option<f64> {
        let extract = self.extract.as_ref()?;
        extract.unit_prices[product.0]
    }

    /// The teams that take part.
    pub fn teams(&self) -> impl Iterator<Item = TeamIx> + '_ {
        let all = (0..self.scenario.teams.len()).map(TeamIx);
        all.filter(|&team| self.takes_part(team))
    }

    /// The day with this number.
    pub fn date(&self, day: DayIx) -> Day {
        self.scenario.start + chrono::Duration::days(i64::from(day))
    }

    /// The number of a date.
    pub fn day(&self, date: Day) -> DayIx {
        day_number(self.scenario, date)
    }

    /// The position in [`Season::parts`] of a visit's part.
    pub fn part_of(&self, visit: &Visit) -> usize {
        self.first_part[visit.site.0] + visit.part as usize - 1
    }

    /// The number of parts of the site that a part belongs to.
    pub fn parts_at(&self, site: SiteIx) -> usize {
        self.first_part[site.0 + 1] - self.first_part[site.0]
    }

    /// Labour money of done visits on a stretch of days: crew-days deployed and piece money.
    pub fn done_labour(&self, team: TeamIx, (from, to): (DayIx, DayIx)) -> Money {
        let mut crew_days = BTreeSet::new();
        let mut piece = Money::ZERO;
        for done in &self.done {
            if done.day >= 0 && done.team == team && (from..=to).contains(&done.day) {
                crew_days.insert((done.day, done.crew));
                piece += done.piece;
            }
        }
        piece + self.scenario[team].cost_per_day * crew_days.len() as i64
    }

    /// Visits in the order of visits.csv: by date, team id, crew, part id, treatment id.
    pub fn plan(&self, mut visits: Vec<Visit>) -> Plan {
        visits.sort_by_cached_key(|visit| {
            (
                visit.date,
                self.team_rank[visit.team.0],
                visit.crew,
                self.parts[self.part_of(visit)].rank,
                self.treatment_rank[visit.treatment.0],
            )
        });
        Plan { visits }
    }

    /// All tiers that rules name, most important first.
    pub fn tiers(&self) -> Vec<u32> {
        let mut tiers: Vec<u32> = self.scenario.rules.iter().map(|rule| rule.tier).collect();
        tiers.sort_unstable();
        tiers.dedup();
        tiers
    }

    /// What the contractor is paid for one visit, rounded to 0.01.
    pub fn piece_money(&self, part: usize, treatment: TreatmentIx, team: TeamIx) -> Money {
        job::piece_money(self, part, treatment, team)
    }

    /// What one visit uses of its product, rounded to a millionth.
    pub fn quantity(&self, part: usize, treatment: TreatmentIx) -> Quantity {
        job::quantity(self, part, treatment)
    }

    /// Hours of one visit, with the access of its stop if it carries it, rounded to a millionth.
    pub fn hours(
        &self,
        part: usize,
        treatment: TreatmentIx,
        team: TeamIx,
        carries_access: bool,
    ) -> Hours {
        job::hours(self, part, treatment, team, carries_access)
    }

    /// Whether a team has the method of a treatment and the zone of a part.
    pub fn team_fits(&self, part: usize, treatment: TreatmentIx, team: TeamIx) -> bool {
        job::team_fits(self, part, treatment, team)
    }

    /// Days on which a part may be entered.
    pub fn site_days(&self, part: usize) -> DaySet {
        let part = &self.parts[part];
        openness::site_set(self, part.site, part.number)
    }

    /// Days on which a treatment may be done, its product's from and to included.
    pub fn treatment_days(&self, treatment: TreatmentIx) -> DaySet {
        openness::treatment_set(self, treatment)
    }

    /// The demand of a rule at a part, if the rule chose it.
    pub fn demand_at(&self, rule: RuleIx, part: usize) -> Option<&Demand> {
        self.parts[part]
            .demands
            .iter()
            .map(|&at| &self.demands[at])
            .find(|demand| demand.rule == rule)
    }
}

/// Days from the first day of the horizon.
fn day_number(scenario: &Scenario, date: Day) -> DayIx {
    (date - scenario.start).num_days() as DayIx
}

/// Takes sites apart.
fn parts(scenario: &Scenario) -> (Vec<Part>, Vec<usize>) {
    let mut parts = Vec::new();
    let mut first_part = Vec::with_capacity(scenario.sites.len() + 1);
    for (at, site) in scenario.sites.iter().enumerate() {
        first_part.push(parts.len());
        let count = Exact::from_int(i64::from(site.parts));
        let weight = &site.weight / &count;
        for number in 1..=site.parts {
            parts.push(Part {
                site: SiteIx(at),
                number,
                id: site.part_id(number),
                rank: 0,
                weight: weight.clone(),
                demands: Vec::new(),
                jobs: Vec::new(),
            });
        }
    }
    first_part.push(parts.len());
    for (part, rank) in ranks(parts.iter().map(|part| part.id.as_str()))
        .into_iter()
        .enumerate()
    {
        parts[part].rank = rank;
    }
    (parts, first_part)
}

/// Position of each id when sorted by code point.
fn ranks<'i>(ids: impl Iterator<Item = &'i str>) -> Vec<u32> {
    let sorted: BTreeMap<&str, Vec<usize>> =
        ids.enumerate()
            .fold(BTreeMap::new(), |mut sorted, (at, id)| {
                sorted.entry(id).or_insert_with(Vec::new).push(at);
                sorted
            });
    let mut rank = vec![0; sorted.values().map(Vec::len).sum()];
    for (position, at) in sorted.values().flatten().enumerate() {
        rank[*at] = position as u32;
    }
    rank
}

/// The parts that a done visit speaks of.
fn done_parts(season: &Season, done: &DoneVisit) -> std::ops::Range<usize> {
    let first = season.first_part[done.site.0];
    match done.part {
        Some(number) => first + number as usize - 1..first + number as usize,
        None => first..season.first_part[done.site.0 + 1],
    }
}
