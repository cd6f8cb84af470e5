//! Rows of teams in the allocation by period: hours and sizes of visits within crew-days.

use super::{Allocation, CrewDays};
use crate::domain::{Hours, TeamIx};
use crate::engine::solver::Col;
use crate::engine::spans::{Span, Spans};
use crate::season::Season;
use crate::season::limits::CREW_DAY_TOLERANCE;
use std::collections::BTreeMap;

/// Rows that hold a job's visits of a block apart are added where there are at most so many.
const MOST_DISTINCT_DAY_ROWS: usize = 4_000;

/// Work that one team may do in a stretch of blocks.
#[derive(Default)]
struct Load {
    /// Hours, by column.
    hours: Vec<(Col, f64)>,
    /// Share of a crew-day that a visit needs at least, by column.
    sizes: Vec<(Col, f64)>,
}

/// Adds what holds visits within crew-days.
pub(super) fn add_capacity(allocation: &mut Allocation, spans: &Spans) {
    let season = allocation.season;
    let loads = loads(allocation, spans);
    for at in 0..season.scenario.teams.len() {
        let team = TeamIx(at);
        let days = add_crew_days(allocation, spans, team);
        add_hours(allocation, team, &days, &loads);
        add_distinct_days(allocation, spans, team, &days);
    }
}

/// The work of each team by the stretch of blocks in which it may be done.
///
/// Where a site has one job only, each of its visits is a stop and takes its access. Elsewhere stops get a column of
/// their own: a stop holds each job at most once, so there are at least as many stops as visits of any one job.
fn loads(allocation: &mut Allocation, spans: &Spans) -> BTreeMap<(TeamIx, (usize, usize)), Load> {
    let season = allocation.season;
    let shared = sites_with_several_jobs(season);
    let mut loads: BTreeMap<(TeamIx, (usize, usize)), Load> = BTreeMap::new();
    let mut visits_at: BTreeMap<(usize, TeamIx, Span), Vec<Col>> = BTreeMap::new();
    for count in &allocation.counts {
        let job = &season.jobs[count.job];
        let option = &job.options[count.option];
        let site = season.parts[job.part].site.0;
        let shares = shared[site] && option.work < option.work_and_access;
        let hours = if shares {
            visits_at
                .entry((site, option.team, count.span))
                .or_default()
                .push(count.col);
            option.work
        } else {
            option.work_and_access
        };
        let load = loads
            .entry((option.team, spans.blocks_of(count.span)))
            .or_default();
        load.hours.push((count.col, hours.to_f64()));
        let size = hours.to_f64() / crew_day(season, option.team).to_f64();
        load.sizes.push((count.col, size));
    }
    for ((site, team, span), visits) in visits_at {
        let hours = access_hours(season, site);
        let most = f64::from(span.to - span.from + 1) * visits.len() as f64;
        let stops = allocation.model.column(0.0, most);
        for visit in visits {
            allocation
                .model
                .at_least(vec![(stops, 1.0), (visit, -1.0)], 0.0);
        }
        let load = loads.entry((team, spans.blocks_of(span))).or_default();
        load.hours.push((stops, hours));
    }
    loads
}

/// Whether visits at a site may share a stop, by site.
pub(super) fn sites_with_several_jobs(season: &Season) -> Vec<bool> {
    let mut jobs = vec![0; season.scenario.sites.len()];
    for job in &season.jobs {
        jobs[season.parts[job.part].site.0] += 1;
    }
    jobs.into_iter().map(|count| count > 1).collect()
}

/// Hours that a stop takes at least beyond the work: a visit's hours are rounded once, so the access that it carries
/// may be a millionth short of the exact.
pub(super) fn access_hours(season: &Season, site: usize) -> f64 {
    (season.scenario.sites[site].access_min.to_f64() / 60.0 - 1e-6).max(0.0)
}

/// What a valid plan may put into one crew-day.
pub(super) fn crew_day(season: &Season, team: TeamIx) -> Hours {
    season.scenario[team].hours_per_day + CREW_DAY_TOLERANCE
}

/// Crew-days by block: at most the crews on each open day.
fn add_crew_days(allocation: &mut Allocation, spans: &Spans, team: TeamIx) -> Vec<Option<Col>> {
    let season = allocation.season;
    let open = &season.day_sets[season.team_days[team.0]];
    let crews = i64::from(season.scenario[team].crews);
    let days: Vec<Option<Col>> = spans
        .blocks
        .iter()
        .map(|block| {
            let most = crews * open.count(block.from, block.to) as i64;
            (most > 0).then(|| {
                let col = allocation.model.whole(0.0, most as f64);
                allocation.crew_days.push(CrewDays {
                    team,
                    span: *block,
                    crew: 1,
                    col,
                });
                col
            })
        })
        .collect();
    days
}

/// Hours within crew-days, and as many crew-days as visits of these sizes need.
///
/// Work that may fall into several blocks is spread over them by columns of its own; a plan's visits lie each in one
/// block, which is one such spread. Sizes: for a dual feasible function u and items that fit together into one
/// crew-day, Σ u(size) ≤ 1 (Fekete and Schepers 2001, Math. Program. 91: 11–31), so Σ u(size) over the visits of a
/// stretch is at most the crew-days of the stretch.
fn add_hours(
    allocation: &mut Allocation,
    team: TeamIx,
    days: &[Option<Col>],
    loads: &BTreeMap<(TeamIx, (usize, usize)), Load>,
) {
    let limit = crew_day(allocation.season, team).to_f64() * (1.0 - allocation.headroom);
    let own: Vec<(&(usize, usize), &Load)> = loads
        .range((team, (0, 0))..=(team, (usize::MAX, usize::MAX)))
        .map(|((_, stretch), load)| (stretch, load))
        .collect();
    let mut in_block: Vec<Vec<(Col, f64)>> = vec![Vec::new(); days.len()];
    for &(&(first, last), load) in &own {
        if first == last {
            in_block[first].extend(&load.hours);
            continue;
        }
        let mut spread = load.hours.clone();
        for block in first..=last {
            if let Some(crew_days) = days[block] {
                let most = allocation.model.high(crew_days) * limit;
                let part = allocation.model.column(0.0, most);
                in_block[block].push((part, 1.0));
                spread.push((part, -1.0));
            }
        }
        allocation.model.at_most(spread, 0.0);
    }
    for (block, mut terms) in in_block.into_iter().enumerate() {
        if let Some(crew_days) = days[block] {
            terms.push((crew_days, -limit));
            allocation.model.at_most(terms, 0.0);
        }
    }
    for &(&(first, last), _) in &own {
        let inside: Vec<(Col, f64)> = own
            .iter()
            .filter(|&&(&(from, to), _)| first <= from && to <= last)
            .flat_map(|&(_, load)| load.sizes.iter().copied())
            .collect();
        for classes in 1..=5 {
            let stronger = inside
                .iter()
                .any(|&(_, size)| dual_feasible(size, classes) > size + 1e-6);
            if !stronger {
                continue;
            }
            let mut terms: Vec<(Col, f64)> = inside
                .iter()
                .map(|&(col, size)| (col, dual_feasible(size, classes)))
                .filter(|&(_, value)| value > 0.0)
                .collect();
            terms.extend(days[first..=last].iter().flatten().map(|&col| (col, -1.0)));
            allocation.model.at_most(terms, 0.0);
        }
    }
}

/// The dual feasible function u^(k) of Fekete and Schepers: x where (k + 1)·x is whole, else ⌊(k + 1)·x⌋ / k.
///
/// A size that lies within rounding of a step is taken as below it, which only weakens the row.
fn dual_feasible(size: f64, classes: u32) -> f64 {
    let k = f64::from(classes);
    let steps = (k + 1.0) * size;
    if (steps - steps.round()).abs() < 1e-9 {
        size.min((steps.round() - 1.0).max(0.0) / k).max(0.0)
    } else {
        steps.floor() / k
    }
}

/// Visits of one demand by one team lie on different days where its gap is at least a day, so there are at least as
/// many crew-days. Matters where there are few of either; left out where there would be many rows.
fn add_distinct_days(
    allocation: &mut Allocation,
    spans: &Spans,
    team: TeamIx,
    days: &[Option<Col>],
) {
    let season = allocation.season;
    let mut rows: BTreeMap<(usize, (usize, usize)), Vec<(Col, f64)>> = BTreeMap::new();
    for count in &allocation.counts {
        let job = &season.jobs[count.job];
        if job.options[count.option].team != team {
            continue;
        }
        for &demand in &job.demands {
            let row = &season.demands[demand];
            if row.min_gap >= 1 && count.span.within(row.from, row.to) {
                rows.entry((demand, spans.blocks_of(count.span)))
                    .or_default()
                    .push((count.col, 1.0));
            }
        }
    }
    if rows.len() > MOST_DISTINCT_DAY_ROWS {
        return;
    }
    let mut in_all: BTreeMap<usize, Vec<(Col, f64)>> = BTreeMap::new();
    for ((demand, (first, last)), mut terms) in rows {
        in_all.entry(demand).or_default().extend(&terms);
        terms.extend(days[first..=last].iter().flatten().map(|&col| (col, -1.0)));
        allocation.model.at_most(terms, 0.0);
    }
    for mut terms in in_all.into_values() {
        terms.extend(days.iter().flatten().map(|&col| (col, -1.0)));
        allocation.model.at_most(terms, 0.0);
    }
}
