//! What is missed, and what stands against one visit more.
//!
//! For a period that lacks rounds, and for a stretch longer than `max_gap`, every *choice* is tried: a treatment of the
//! rule, a team that has its method and the zone, a day of the stretch. For each choice the first limit is named that
//! one visit more would break while all others stay where they are. So each reason is certain as it is said; whether
//! moving other visits would make room is another question.

use super::{BudgetFigures, Rounds};
use crate::domain::{Hours, Money, ProductIx, RuleIx, TeamIx, Visit};
use crate::measures::money::Use;
use crate::season::{DayIx, DaySet, Demand, Job, Season, limits};
use std::collections::{BTreeMap, HashMap, HashSet};

/// In which way rounds are missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missed {
    /// A period holds fewer rounds than asked.
    Rounds {
        /// Rounds asked.
        asked: u32,
        /// Rounds done and planned.
        planned: u32,
    },
    /// A stretch between two counting visits, or between one and an end of the window, is too long.
    Late {
        /// Days from one to the other.
        days: DayIx,
        /// Days wished at most.
        max_gap: DayIx,
    },
}

/// What stands against a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// Team, site, treatment or product is not available on the day.
    Closed,
    /// The very visit stands in the plan already.
    Taken,
    /// A counting visit is nearer than `min_gap`.
    Gap,
    /// So much of the product cannot be bought.
    Product(ProductIx),
    /// The visit is longer than the team's day.
    TooLong(TeamIx),
    /// The team may not be deployed on more days.
    CrewDays(TeamIx),
    /// No crew of the team has so many hours left.
    Hours(TeamIx),
    /// The budget line (position in the table) has too little left.
    Budget(usize),
    /// Nothing: one visit more would keep all limits. The planner has not placed it.
    Nothing,
}

/// Rounds that a rule misses at a part in a period, or that come late, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissedFigures {
    /// The rule.
    pub rule: RuleIx,
    /// The part (position in [`Season::parts`]).
    pub part: usize,
    /// First day on which a visit more would help.
    pub from: DayIx,
    /// Last day, included.
    pub to: DayIx,
    /// In which way.
    pub kind: Missed,
    /// Rounds missed.
    pub rounds: u32,
    /// Teams that have the method of a treatment of the rule, and the zone.
    pub teams: usize,
    /// Whether the stretch ends before the first day of planning.
    pub past: bool,
    /// Choices by what stands against them; none where `teams` is 0 or the stretch is past.
    pub choices: BTreeMap<Obstacle, u32>,
    /// Days of the choices, by what stands against them.
    pub days: BTreeMap<Obstacle, DaySet>,
}

/// Of a hundred choices, how many one thing stands against, rounded up; `None` where it is all or none of them.
pub fn per_cent_of_choices(choices: u64, all: u64) -> Option<u64> {
    (0 < choices && choices < all).then(|| (choices * 100).div_ceil(all))
}

/// Everything that is missed, by rule id, part id and date: periods of a rule at a part first, then stretches.
pub(super) fn missed(
    season: &Season,
    rounds: &Rounds,
    used: &Use,
    budget: &[BudgetFigures],
    hours: &Deployed,
) -> Vec<MissedFigures> {
    let mut order: Vec<usize> = (0..season.demands.len()).collect();
    order.sort_by_key(|&at| {
        let demand = &season.demands[at];
        (
            &season.scenario[demand.rule].id,
            season.parts[demand.part].rank,
        )
    });
    let trial = Trial {
        season,
        rounds,
        used,
        budget,
        deployed: hours,
    };
    let mut rows = Vec::new();
    for at in order {
        let demand = &season.demands[at];
        let days = rounds.of(at);
        for period in demand.periods(season) {
            let planned = period.count(days);
            if planned < period.asked {
                let kind = Missed::Rounds {
                    asked: period.asked,
                    planned,
                };
                let stretch = (period.from, period.to);
                rows.push(trial.row(demand, stretch, kind, period.asked - planned, |_| true));
            }
        }
        let Some(max_gap) = demand.max_gap else {
            continue;
        };
        let late = |days: DayIx| (days + max_gap - 1) / max_gap - 1;
        let mut earlier = demand.from - 1;
        for &later in days.iter().chain([&(demand.to + 1)]) {
            let length = later - earlier;
            if late(length) > 0 {
                let kind = Missed::Late {
                    days: length,
                    max_gap,
                };
                // A day next to either end may leave as much late as before.
                let helps = |day| late(day - earlier) + late(later - day) < late(length);
                let stretch = (earlier + 1, later - 1);
                rows.push(trial.row(demand, stretch, kind, late(length) as u32, helps));
            }
            earlier = later;
        }
    }
    rows
}

/// Which crews are out when, for how long, and where.
#[derive(Debug, Default)]
pub(super) struct Deployed {
    /// Hours of each crew that is out.
    hours: HashMap<(TeamIx, DayIx), BTreeMap<u32, Hours>>,
    /// Sites at which a crew stops.
    stops: HashSet<(TeamIx, DayIx, u32, usize)>,
    /// Visits by part, treatment and day.
    visits: HashSet<(usize, usize, DayIx)>,
}

impl Deployed {
    /// From the new visits; done ones lie before the first day of planning.
    pub(super) fn new(season: &Season, visits: &[super::VisitFigures]) -> Self {
        let mut deployed = Deployed::default();
        for row in visits {
            let Visit {
                team,
                crew,
                site,
                treatment,
                date,
                ..
            } = row.visit;
            let day = season.day(date);
            *deployed
                .hours
                .entry((team, day))
                .or_default()
                .entry(crew)
                .or_default() += row.hours;
            deployed.stops.insert((team, day, crew, site.0));
            deployed.visits.insert((row.part, treatment.0, day));
        }
        deployed
    }
}

/// A job with a team that fits it.
struct Offer<'a> {
    job: &'a Job,
    team: TeamIx,
    work: Hours,
    work_and_access: Hours,
    piece: Money,
}

impl<'a> Offer<'a> {
    /// Looked up where the season has worked it out already.
    fn new(season: &Season, job: &'a Job, team: TeamIx) -> Self {
        let hours = |carries_access| season.hours(job.part, job.treatment, team, carries_access);
        let known = job.options.iter().find(|option| option.team == team);
        let (work, work_and_access, piece) = if let Some(option) = known {
            (option.work, option.work_and_access, option.piece)
        } else {
            let piece = season.piece_money(job.part, job.treatment, team);
            (hours(false), hours(true), piece)
        };
        Offer {
            job,
            team,
            work,
            work_and_access,
            piece,
        }
    }

    fn hours(&self, carries_access: bool) -> Hours {
        if carries_access {
            self.work_and_access
        } else {
            self.work
        }
    }
}

/// A plan to which one visit more is added on trial.
struct Trial<'a> {
    season: &'a Season<'a>,
    rounds: &'a Rounds,
    used: &'a Use,
    budget: &'a [BudgetFigures],
    deployed: &'a Deployed,
}

impl Trial<'_> {
    fn row(
        &self,
        demand: &Demand,
        (from, to): (DayIx, DayIx),
        kind: Missed,
        rounds: u32,
        helps: impl Fn(DayIx) -> bool,
    ) -> MissedFigures {
        let season = self.season;
        let mut choices = BTreeMap::new();
        let mut days = BTreeMap::new();
        let first = from.max(season.first_open);
        let mut teams = HashSet::new();
        for job in demand.jobs.iter().map(|&job| &season.jobs[job]) {
            for team in (0..season.scenario.teams.len()).map(TeamIx) {
                if !season.team_fits(job.part, job.treatment, team) {
                    continue;
                }
                teams.insert(team);
                if first > to {
                    continue;
                }
                let offer = Offer::new(season, job, team);
                for day in (first..=to).filter(|&day| helps(day)) {
                    let obstacle = self.obstacle(&offer, day);
                    *choices.entry(obstacle).or_insert(0) += 1;
                    let none = || DaySet::empty(season.days);
                    days.entry(obstacle).or_insert_with(none).insert(day);
                }
            }
        }
        MissedFigures {
            rule: demand.rule,
            part: demand.part,
            from,
            to,
            kind,
            rounds,
            teams: teams.len(),
            past: to < season.first_open,
            choices,
            days,
        }
    }

    /// The first limit that one visit more would break.
    fn obstacle(&self, offer: &Offer, day: DayIx) -> Obstacle {
        let season = self.season;
        let (job, team) = (offer.job, offer.team);
        let open = &season.day_sets[job.open];
        if !open.contains(day) || !season.day_sets[season.team_days[team.0]].contains(day) {
            return Obstacle::Closed;
        }
        let same = (job.part, job.treatment.0, day);
        if self.deployed.visits.contains(&same) {
            return Obstacle::Taken;
        }
        if !self.keeps_gaps(job, day) {
            return Obstacle::Gap;
        }
        if let Some((product, quantity)) = job.product {
            let used = self.used.quantity[product.0] + quantity;
            let packs = limits::packs_needed(season, product, used);
            if season.limits.packs[product.0].is_some_and(|most| packs > most) {
                return Obstacle::Product(product);
            }
        }
        let fresh = match self.crew(offer, day) {
            Ok(fresh) => fresh,
            Err(obstacle) => return obstacle,
        };
        match self.spent_line(offer, day, fresh) {
            Some(line) => Obstacle::Budget(line),
            None => Obstacle::Nothing,
        }
    }

    /// Whether the day is far enough from all visits that count for a rule for which this one would count.
    fn keeps_gaps(&self, job: &Job, day: DayIx) -> bool {
        job.demands.iter().all(|&at| {
            let demand = &self.season.demands[at];
            let near = |other: &DayIx| (day - other).abs() < demand.min_gap;
            !(demand.from..=demand.to).contains(&day)
                || !(self.rounds.of(at).iter().any(near) || demand.done.iter().any(near))
        })
    }

    /// Whether a crew more must go out, or why no crew can do it.
    fn crew(&self, offer: &Offer, day: DayIx) -> Result<bool, Obstacle> {
        let season = self.season;
        let (job, team) = (offer.job, offer.team);
        let row = &season.scenario[team];
        let site = season.parts[job.part].site;
        let most = row.hours_per_day + limits::CREW_DAY_TOLERANCE;
        let out = self.deployed.hours.get(&(team, day));
        let room = out.into_iter().flatten().any(|(&crew, &spent)| {
            let stops = self.deployed.stops.contains(&(team, day, crew, site.0));
            spent + offer.hours(!stops) <= most
        });
        if room {
            return Ok(false);
        }
        if out.is_some_and(|out| out.len() >= row.crews as usize) {
            return Err(Obstacle::Hours(team));
        }
        if offer.hours(true) > most {
            return Err(Obstacle::TooLong(team));
        }
        let new_days = self.used.days[team.0] - season.limits.done_days[team.0];
        if season.limits.new_days[team.0].is_some_and(|most| new_days >= most) {
            return Err(Obstacle::CrewDays(team));
        }
        Ok(true)
    }

    /// The first budget line that one visit more would overspend.
    fn spent_line(&self, offer: &Offer, day: DayIx, fresh: bool) -> Option<usize> {
        let season = self.season;
        let (job, team, piece) = (offer.job, offer.team, offer.piece);
        let (days, so_far) = (self.used.days[team.0], self.used.piece[team.0]);
        let days = days + i64::from(fresh);
        let labour = limits::team_money(season, team, days, true, so_far + piece)
            - self.used.labour(season, team);
        let of_day = if fresh {
            season.scenario[team].cost_per_day
        } else {
            Money::ZERO
        };
        let packs = job.product.map(|(product, quantity)| {
            let used = self.used.quantity[product.0] + quantity;
            let more =
                limits::packs_needed(season, product, used) - self.used.packs(season, product);
            (product, season.scenario[product].pack_cost * more)
        });
        self.budget
            .iter()
            .zip(&season.limits.budget)
            .find_map(|(line, limit)| {
                let paid = match limit.dates {
                    _ if !limit.teams[team.0] => Money::ZERO,
                    None => labour,
                    Some((from, to)) if (from..=to).contains(&day) => of_day + piece,
                    Some(_) => Money::ZERO,
                };
                let bought = packs
                    .filter(|(product, _)| limit.products[product.0])
                    .map_or(Money::ZERO, |(_, money)| money);
                let more = paid + bought;
                let over = line.spent + more > limit.amount + limits::BUDGET_TOLERANCE;
                (more > Money::ZERO && over).then_some(line.line)
            })
    }
}
