//! The exact grain: a column for every visit that could be, by day and crew.
//!
//! Nothing is relaxed here but the millionths by which hours are rounded, so an optimal solution is an optimal plan
//! and the solver's bound is a bound for every valid plan.

use super::capacity::{access_hours, crew_day, shared_stops};
use super::rows::{open_days, within};
use super::{Allocation, Count, CrewDays};
use crate::domain::TeamIx;
use crate::engine::solver::Col;
use crate::engine::spans::Span;
use crate::season::{DayIx, Demand, Season};
use std::collections::BTreeMap;

/// Number of columns that the visits of the exact model take; it is built only where this is small.
pub(in crate::engine) fn size(season: &Season) -> usize {
    season
        .jobs
        .iter()
        .flat_map(|job| &job.options)
        .map(|option| {
            let days = season.day_sets[option.days].count(0, season.days);
            days * season.scenario[option.team].crews as usize
        })
        .sum()
}

/// One column for each job, team, day and crew on which some demand counts it.
pub(super) fn add_visits(allocation: &mut Allocation) {
    let season = allocation.season;
    for (at, job) in season.jobs.iter().enumerate() {
        for (option, team) in job.options.iter().enumerate() {
            for day in season.day_sets[team.days].iter() {
                let wanted = job.demands.iter().any(|&demand| {
                    let demand = &season.demands[demand];
                    (demand.from..=demand.to).contains(&day)
                });
                if !wanted {
                    continue;
                }
                for crew in 1..=season.scenario[team.team].crews {
                    let col = allocation.model.whole(0.0, 1.0);
                    allocation.counts.push(Count {
                        job: at,
                        option,
                        span: Span { from: day, to: day },
                        crew,
                        col,
                    });
                }
            }
        }
    }
}

/// At most one visit of a demand in any `min_gap` days; with no gap, at most one of each job on a day.
pub(super) fn add_gaps(allocation: &mut Allocation, demand: &Demand, counts: &[Count]) {
    let season = allocation.season;
    if demand.min_gap == 0 {
        let mut on_day: BTreeMap<(usize, DayIx), Vec<(Col, f64)>> = BTreeMap::new();
        for count in counts {
            on_day
                .entry((count.job, count.span.from))
                .or_default()
                .push((count.col, 1.0));
        }
        for terms in on_day.into_values().filter(|terms| terms.len() > 1) {
            allocation.model.at_most(terms, 1.0);
        }
        return;
    }
    // A window of gap days that begins on a day without possible visits says no more than the next one.
    for day in open_days(season, &demand.jobs).iter() {
        let terms = within(counts, day, day + demand.min_gap - 1);
        if terms.len() > 1 {
            allocation.model.at_most(terms, 1.0);
        }
    }
}

/// Late rounds, exactly: the least number of further days such that every `max_gap` days of the window hold a
/// counting visit or a further day.
///
/// Between two successive dates with difference d, ⌈d / g⌉ − 1 further days are needed and suffice. The rows have
/// their ones in a stretch, so for whole visits the least sum of the columns is whole without asking.
pub(super) fn add_late(
    allocation: &mut Allocation,
    demand: &Demand,
    counts: &[Count],
) -> (Vec<(Col, f64)>, f64) {
    let gap = demand.max_gap.expect("asked only where there is a wish");
    let further: Vec<Col> = (demand.from..=demand.to)
        .map(|_| allocation.model.column(0.0, 1.0))
        .collect();
    for first in demand.from..=demand.to - gap + 1 {
        let last = first + gap - 1;
        if demand
            .done_rounds()
            .any(|day| (first..=last).contains(&day))
        {
            continue;
        }
        let mut terms = within(counts, first, last);
        let stretch = (first - demand.from) as usize..=(last - demand.from) as usize;
        terms.extend(further[stretch].iter().map(|&col| (col, 1.0)));
        allocation.model.at_least(terms, 1.0);
    }
    (further.into_iter().map(|col| (col, 1.0)).collect(), 0.0)
}

/// Hours of each crew on each day.
pub(super) fn add_capacity(allocation: &mut Allocation) {
    let season = allocation.season;
    let shared = shared_stops(season);
    let mut load: BTreeMap<(TeamIx, DayIx, u32), Vec<(Col, f64)>> = BTreeMap::new();
    let mut visits: BTreeMap<(TeamIx, DayIx, u32), Vec<Col>> = BTreeMap::new();
    let mut stops: BTreeMap<(TeamIx, DayIx, u32, usize), Vec<Col>> = BTreeMap::new();
    for count in &allocation.counts {
        let job = &season.jobs[count.job];
        let option = &job.options[count.option];
        let site = season.parts[job.part].site.0;
        let crew_day = (option.team, count.span.from, count.crew);
        let hours = if shared.contains(&(site, option.team)) {
            let stop = (crew_day.0, crew_day.1, crew_day.2, site);
            stops.entry(stop).or_default().push(count.col);
            option.work
        } else {
            option.work_and_access
        };
        load.entry(crew_day)
            .or_default()
            .push((count.col, hours.to_f64()));
        visits.entry(crew_day).or_default().push(count.col);
    }
    for ((team, day, crew, site), cols) in stops {
        let stop = allocation.model.column(0.0, 1.0);
        for col in cols {
            allocation
                .model
                .at_least(vec![(stop, 1.0), (col, -1.0)], 0.0);
        }
        let hours = access_hours(season, site);
        load.entry((team, day, crew))
            .or_default()
            .push((stop, hours));
    }
    let mut earlier: Option<(TeamIx, DayIx, Col)> = None;
    for ((team, day, crew), mut terms) in load {
        let out = allocation.model.whole(0.0, 1.0);
        allocation.crew_days.push(CrewDays {
            team,
            span: Span { from: day, to: day },
            block: 0,
            crew,
            col: out,
        });
        terms.push((out, -crew_day(season, team).to_f64()));
        allocation.model.at_most(terms, 0.0);
        for &visit in &visits[&(team, day, crew)] {
            allocation
                .model
                .at_most(vec![(visit, 1.0), (out, -1.0)], 0.0);
        }
        // Crews are alike: a later one goes out only with the earlier.
        if let Some((same_team, same_day, before)) = earlier
            && same_team == team
            && same_day == day
        {
            allocation
                .model
                .at_most(vec![(out, 1.0), (before, -1.0)], 0.0);
        }
        earlier = Some((team, day, out));
    }
}
