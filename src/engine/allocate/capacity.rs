//! Rows of teams in the allocation by period: hours and sizes of visits within crew-days.

use super::{Allocation, Count, CrewDays};
use crate::domain::{Hours, TeamIx};
use crate::engine::solver::Col;
use crate::engine::spans::{Block, Spans};
use crate::season::Season;
use crate::season::limits::CREW_DAY_TOLERANCE;
use std::collections::{BTreeMap, BTreeSet};

/// Crew-day figures that must be whole: more would make the programme slow, and hardly better.
const MOST_WHOLE: usize = 30;

/// Columns with their factors.
type Terms = Vec<(Col, f64)>;

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
/// Where a site has one job only, each of its visits is a stop and takes its access. Elsewhere a site's stops by a team
/// get a column: a stop holds each job at most once, so there are at least as many stops as visits of any one job.
fn loads(allocation: &mut Allocation, spans: &Spans) -> BTreeMap<(TeamIx, Vec<usize>), Load> {
    let season = allocation.season;
    let shared = sites_with_several_jobs(season);
    let mut loads: BTreeMap<(TeamIx, Vec<usize>), Load> = BTreeMap::new();
    let mut visits_at: BTreeMap<(usize, TeamIx), Vec<&Count>> = BTreeMap::new();
    let counts = allocation.counts.clone();
    for count in &counts {
        let job = &season.jobs[count.job];
        let option = &job.options[count.option];
        let site = season.parts[job.part].site.0;
        let shares = shared[site] && option.work < option.work_and_access;
        let hours = if shares {
            visits_at
                .entry((site, option.team))
                .or_default()
                .push(count);
            option.work
        } else {
            option.work_and_access
        };
        let blocks = spans.blocks_of(count.span, &season.day_sets[option.days]);
        let load = loads.entry((option.team, blocks)).or_default();
        load.hours.push((count.col, hours.to_f64()));
        let size = hours.to_f64() / crew_day(season, option.team).to_f64();
        load.sizes.push((count.col, size));
    }
    for ((site, team), visits) in visits_at {
        // By job, and by demand: visits of one demand with a gap lie on different days, so each is a stop.
        let mut apart: BTreeMap<(bool, usize), Vec<(Col, f64)>> = BTreeMap::new();
        let mut most = 0.0;
        let mut blocks: BTreeSet<usize> = BTreeSet::new();
        for count in &visits {
            most += allocation.model.high(count.col);
            let job = &season.jobs[count.job];
            let demands = job.demands.iter().copied().filter(|&demand| {
                let demand = &season.demands[demand];
                demand.min_gap >= 1 && count.span.within(demand.from, demand.to)
            });
            let keys = demands.map(|demand| (true, demand));
            for key in keys.chain([(false, count.job)]) {
                apart.entry(key).or_default().push((count.col, -1.0));
            }
            let days = &season.day_sets[job.options[count.option].days];
            blocks.extend(spans.blocks_of(count.span, days));
        }
        let stops = allocation.model.column(0.0, most);
        for mut terms in apart.into_values() {
            terms.push((stops, 1.0));
            allocation.model.at_least(terms, 0.0);
        }
        let key = (team, blocks.into_iter().collect());
        let load = loads.entry(key).or_default();
        load.hours.push((stops, access_hours(season, site)));
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
        .enumerate()
        .map(|(at, block)| {
            let days = block.days.iter().filter(|&&day| open.contains(day)).count();
            let most = crews * days as i64;
            (most > 0).then(|| {
                let col = allocation.model.column(0.0, most as f64);
                allocation.crew_days.push(CrewDays {
                    team,
                    span: block.span,
                    block: at,
                    crew: 1,
                    col,
                });
                col
            })
        })
        .collect();
    for group in groups(season, &spans.blocks) {
        let inside: Vec<Col> = days[group].iter().flatten().copied().collect();
        match inside[..] {
            [] => {}
            [only] => allocation.model.make_whole(only),
            _ => {
                let high = inside.iter().map(|&col| allocation.model.high(col)).sum();
                let sum = allocation.model.whole(0.0, high);
                let mut terms: Vec<(Col, f64)> = inside.iter().map(|&col| (col, 1.0)).collect();
                terms.push((sum, -1.0));
                allocation.model.equal(terms, 0.0);
            }
        }
    }
    days
}

/// Blocks whose crew-days must be whole together: single ones where there are few, else those of a month, or more.
///
/// Crew-days are whole in every block. Asking it of sums only is weaker, and keeps the programme small.
fn groups(season: &Season, blocks: &[Block]) -> Vec<std::ops::Range<usize>> {
    let teams = season.scenario.teams.len().max(1);
    let mut size = 1;
    while blocks.len().div_ceil(size) * teams > MOST_WHOLE && size < blocks.len() {
        size += 1;
    }
    (0..blocks.len())
        .step_by(size)
        .map(|first| first..(first + size).min(blocks.len()))
        .collect()
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
    loads: &BTreeMap<(TeamIx, Vec<usize>), Load>,
) {
    let limit = crew_day(allocation.season, team).to_f64() * (1.0 - allocation.headroom);
    let own: Vec<(&Vec<usize>, &Load)> = loads
        .iter()
        .filter(|((of, _), _)| *of == team)
        .map(|((_, blocks), load)| (blocks, load))
        .collect();
    let mut in_block: Vec<Vec<(Col, f64)>> = vec![Vec::new(); days.len()];
    for &(blocks, load) in &own {
        if let [only] = blocks[..] {
            in_block[only].extend(&load.hours);
            continue;
        }
        let mut spread = load.hours.clone();
        for &block in blocks {
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
    let sets: BTreeMap<&Vec<usize>, BTreeSet<usize>> = own
        .iter()
        .map(|&(blocks, _)| (blocks, blocks.iter().copied().collect()))
        .collect();
    for set in sets.values() {
        let inside: Vec<(Col, f64)> = own
            .iter()
            .filter(|(blocks, _)| sets[blocks].is_subset(set))
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
            terms.extend(
                set.iter()
                    .filter_map(|&block| days[block])
                    .map(|col| (col, -1.0)),
            );
            allocation.model.rarely_at_most(terms, 0.0);
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
/// many crew-days. Matters where there are few of either.
fn add_distinct_days(
    allocation: &mut Allocation,
    spans: &Spans,
    team: TeamIx,
    days: &[Option<Col>],
) {
    let season = allocation.season;
    let mut rows: BTreeMap<(usize, Vec<usize>), Terms> = BTreeMap::new();
    for count in &allocation.counts {
        let job = &season.jobs[count.job];
        if job.options[count.option].team != team {
            continue;
        }
        for &demand in &job.demands {
            let row = &season.demands[demand];
            if row.min_gap >= 1 && count.span.within(row.from, row.to) {
                let days = &season.day_sets[job.options[count.option].days];
                rows.entry((demand, spans.blocks_of(count.span, days)))
                    .or_default()
                    .push((count.col, 1.0));
            }
        }
    }
    let mut in_all: BTreeMap<usize, Vec<(Col, f64)>> = BTreeMap::new();
    for ((demand, blocks), mut terms) in rows {
        in_all.entry(demand).or_default().extend(&terms);
        terms.extend(
            blocks
                .iter()
                .filter_map(|&block| days[block])
                .map(|col| (col, -1.0)),
        );
        allocation.model.rarely_at_most(terms, 0.0);
    }
    for mut terms in in_all.into_values() {
        terms.extend(days.iter().flatten().map(|&col| (col, -1.0)));
        allocation.model.rarely_at_most(terms, 0.0);
    }
}
