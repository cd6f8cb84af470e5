//! Why rounds are missed: what stands against one visit more, with the figures of the limit that does.

use crate::domain::{Day, Hours, Money, ProductIx, Quantity, TeamIx};
use crate::measures::{Measures, MissedFigures, Obstacle};
use crate::season::{DayIx, DaySet, Job, Season};
use std::collections::BTreeMap;

/// What stands against rounds that are missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hindrance {
    /// No team has both a method that does it and the zone.
    NoTeam {
        /// Methods that would do it.
        methods: Vec<String>,
        /// Zones of the sites; `None` for sites without one.
        zones: Vec<Option<String>>,
    },
    /// The days lie before the first day of planning.
    Past,
    /// All crews of a team are out and full.
    TeamFull {
        /// The team.
        team: TeamIx,
        /// Hours a week that its crews work in the stretches.
        worked: Hours,
        /// Hours a week that they could work.
        available: Hours,
    },
    /// A team may not be deployed on more days.
    CrewDaysUsed {
        /// The team.
        team: TeamIx,
        /// Crew-days deployed.
        used: i64,
        /// Crew-days allowed.
        most: i64,
    },
    /// So much of a product cannot be bought.
    ProductUsedUp {
        /// The product.
        product: ProductIx,
        /// What is used.
        used: Quantity,
        /// What is in store and can be bought.
        available: Quantity,
        /// The day of its last visit.
        last: Option<Day>,
    },
    /// A budget line is spent.
    BudgetSpent {
        /// Position of the line in the table.
        line: usize,
        /// What is spent.
        spent: Money,
        /// What may be spent.
        amount: Money,
    },
    /// A counting visit is nearer than `min_gap`.
    TooClose,
    /// The visit is longer than the team's day.
    TooLong {
        /// The team.
        team: TeamIx,
        /// Hours of its day.
        day: Hours,
    },
    /// Teams, sites or treatments are closed.
    Closed {
        /// Choices on which only the team is closed.
        team: u32,
        /// Choices on which the site is closed.
        site: u32,
        /// Choices on which the site is open, but treatment or product are not to be had.
        treatment: u32,
    },
    /// The very visit stands in the plan already.
    Taken,
    /// Nothing: one visit more would keep all limits, and the planner has not placed it.
    Nothing,
}

/// What stands against rounds, how often and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What.
    pub what: Hindrance,
    /// Rounds of which this is said.
    pub rounds: u64,
    /// Choices of treatment, team and day against which it stands.
    pub choices: u64,
    /// Days of these choices: stretches from first to last, in order.
    pub stretches: Vec<(Day, Day)>,
}

/// Everything that stands against some missed rounds, what stands most often first, days off last.
pub(super) fn reasons(
    season: &Season,
    measures: &Measures,
    missed: &[&MissedFigures],
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let unserved: Vec<&&MissedFigures> = missed.iter().filter(|row| row.teams == 0).collect();
    if !unserved.is_empty() {
        reasons.push(no_team(season, &unserved));
    }
    let past: u64 = missed
        .iter()
        .filter(|row| row.teams > 0 && row.past)
        .map(|row| u64::from(row.rounds))
        .sum();
    if past > 0 {
        reasons.push(Reason {
            what: Hindrance::Past,
            rounds: past,
            choices: 0,
            stretches: Vec::new(),
        });
    }
    let mut found: BTreeMap<Obstacle, (u64, u64, DaySet)> = BTreeMap::new();
    for row in missed {
        for (&obstacle, &choices) in &row.choices {
            let none = || (0, 0, DaySet::empty(season.days));
            let entry = found.entry(obstacle).or_insert_with(none);
            entry.0 += u64::from(row.rounds);
            entry.1 += u64::from(choices);
            entry.2 = entry.2.or(&row.days[&obstacle]);
        }
    }
    let mut by_choices: Vec<_> = found.into_iter().collect();
    // Days off stand against most rounds; they are told after what could be otherwise.
    by_choices.sort_by_key(|(obstacle, (_, choices, _))| {
        let usual = matches!(obstacle, Obstacle::Closed | Obstacle::Taken);
        (usual, std::cmp::Reverse(*choices))
    });
    reasons.extend(
        by_choices
            .into_iter()
            .map(|(obstacle, (rounds, choices, days))| Reason {
                what: hindrance(season, measures, missed, obstacle, &days),
                rounds,
                choices,
                stretches: stretches(season, obstacle, &days),
            }),
    );
    reasons
}

fn no_team(season: &Season, rows: &[&&MissedFigures]) -> Reason {
    let scenario = season.scenario;
    let mut methods = Vec::new();
    let mut zones = Vec::new();
    for row in rows {
        let demand = season.demand_at(row.rule, row.part);
        for &job in demand.iter().flat_map(|demand| &demand.jobs) {
            let method = &scenario[season.jobs[job].treatment].method;
            if !methods.contains(method) {
                methods.push(method.clone());
            }
        }
        let zone = &scenario[season.parts[row.part].site].zone;
        if !zones.contains(zone) {
            zones.push(zone.clone());
        }
    }
    Reason {
        what: Hindrance::NoTeam { methods, zones },
        rounds: rows.iter().map(|row| u64::from(row.rounds)).sum(),
        choices: 0,
        stretches: Vec::new(),
    }
}

/// An obstacle with the figures of its limit.
fn hindrance(
    season: &Season,
    measures: &Measures,
    missed: &[&MissedFigures],
    obstacle: Obstacle,
    days: &DaySet,
) -> Hindrance {
    let scenario = season.scenario;
    match obstacle {
        Obstacle::Closed => closed(season, missed),
        Obstacle::Taken => Hindrance::Taken,
        Obstacle::Gap => Hindrance::TooClose,
        Obstacle::Nothing => Hindrance::Nothing,
        Obstacle::Product(product) => {
            let row = &scenario[product];
            let figures = measures.purchases.iter().find(|row| row.product == product);
            let packs = season.limits.packs[product.0].unwrap_or(0);
            let visits = measures.visits.iter();
            let last = visits.filter(|visit| visit.product == Some(product));
            Hindrance::ProductUsedUp {
                product,
                used: figures.map_or(Quantity::ZERO, |row| row.used),
                available: row.stock + row.pack_size * packs,
                last: last.map(|visit| visit.visit.date).max(),
            }
        }
        Obstacle::TooLong(team) => Hindrance::TooLong {
            team,
            day: scenario[team].hours_per_day,
        },
        Obstacle::CrewDays(team) => Hindrance::CrewDaysUsed {
            team,
            used: measures.teams[team.0].crew_days,
            most: scenario[team].max_days.unwrap_or(0),
        },
        Obstacle::Hours(team) => full(season, measures, team, days),
        Obstacle::Budget(line) => {
            let row = &measures.budget[line];
            Hindrance::BudgetSpent {
                line,
                spent: row.spent,
                amount: row.amount,
            }
        }
    }
}

/// How full a team is on some days, by the week.
fn full(season: &Season, measures: &Measures, team: TeamIx, days: &DaySet) -> Hindrance {
    let row = &season.scenario[team];
    let count = days.iter().count() as i64;
    let worked: Hours = measures
        .crew_days
        .iter()
        .filter(|out| out.team == team && days.contains(season.day(out.date)))
        .map(|out| out.hours)
        .sum();
    let could = row.hours_per_day * (i64::from(row.crews) * count);
    // Days that the team works in a week, over the stretch.
    let (first, last) = (days.iter().next(), days.iter().last());
    let (first, last) = (first.unwrap_or(0), last.unwrap_or(0));
    let open = &season.day_sets[season.team_days[team.0]];
    let weekly = open.count(first, last) as i64 * 7;
    let length = i64::from(last - first + 1);
    let a_week = |hours: Hours| {
        let micro = i128::from(hours.micro()) * i128::from(weekly);
        let days = i128::from(count.max(1)) * i128::from(length.max(1));
        Hours::from_micro((micro / days) as i64)
    };
    // A stretch of less than a week is told as it is.
    let (worked, available) = if length < 7 {
        (worked, could)
    } else {
        (a_week(worked), a_week(could))
    };
    Hindrance::TeamFull {
        team,
        worked,
        available,
    }
}

/// A choice of treatment, team and day that is closed, and which of team, site and treatment are open on it.
pub(super) struct ClosedChoice<'a> {
    /// The treatment at a part.
    pub(super) job: &'a Job,
    /// The team.
    pub(super) team: TeamIx,
    /// The day.
    pub(super) day: DayIx,
    /// Whether the team works.
    pub(super) team_open: bool,
    /// Whether the site may be entered.
    pub(super) site_open: bool,
    /// Whether treatment and product are to be had.
    pub(super) treatment_open: bool,
}

/// Looks at every choice of some missed rounds that is closed.
pub(super) fn closed_choices(
    season: &Season,
    missed: &[&MissedFigures],
    mut look: impl FnMut(&ClosedChoice),
) {
    for row in missed {
        let Some(days) = row.days.get(&Obstacle::Closed) else {
            continue;
        };
        let Some(demand) = season.demand_at(row.rule, row.part) else {
            continue;
        };
        let site_days = season.site_days(row.part);
        for job in demand.jobs.iter().map(|&job| &season.jobs[job]) {
            let treatment_days = season.treatment_days(job.treatment);
            for team in season.teams() {
                if !season.team_fits(row.part, job.treatment, team) {
                    continue;
                }
                let team_days = &season.day_sets[season.team_days[team.0]];
                for day in days.iter() {
                    let choice = ClosedChoice {
                        job,
                        team,
                        day,
                        team_open: team_days.contains(day),
                        site_open: site_days.contains(day),
                        treatment_open: treatment_days.contains(day),
                    };
                    // The day may be closed for another treatment or team only.
                    if !(choice.team_open && choice.site_open && choice.treatment_open) {
                        look(&choice);
                    }
                }
            }
        }
    }
}

/// Who is closed, by choices.
fn closed(season: &Season, missed: &[&MissedFigures]) -> Hindrance {
    let (mut team, mut site, mut treatment) = (0, 0, 0);
    closed_choices(season, missed, |choice| {
        if !choice.site_open {
            site += 1;
        } else if !choice.treatment_open {
            treatment += 1;
        } else {
            team += 1;
        }
    });
    Hindrance::Closed {
        team,
        site,
        treatment,
    }
}

/// The days as stretches: days between two on which the team is closed, or all are, do not part them.
fn stretches(season: &Season, obstacle: Obstacle, days: &DaySet) -> Vec<(Day, Day)> {
    let works = |day: DayIx| match obstacle {
        Obstacle::Hours(team) | Obstacle::CrewDays(team) | Obstacle::TooLong(team) => {
            season.day_sets[season.team_days[team.0]].contains(day)
        }
        _ => {
            let mut teams = season.teams();
            teams.any(|team| season.day_sets[season.team_days[team.0]].contains(day))
        }
    };
    let mut found: Vec<(DayIx, DayIx)> = Vec::new();
    for day in days.iter() {
        match found.last_mut() {
            Some((_, to)) if !(*to + 1..day).any(works) => *to = day,
            _ => found.push((day, day)),
        }
    }
    let dates = found
        .into_iter()
        .map(|(from, to)| (season.date(from), season.date(to)));
    dates.collect()
}
