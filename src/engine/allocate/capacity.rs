//! Rows of teams in the allocation by period: hours and sizes of visits within crew-days.

use super::{Allocation, Count, CrewDays, HoursRow};
use crate::domain::{Hours, TeamIx};
use crate::engine::patterns::Packing;
use crate::engine::solver::Col;
use crate::engine::spans::{Block, Spans};
use crate::season::Season;
use crate::season::limits::CREW_DAY_TOLERANCE;
use std::collections::{BTreeMap, BTreeSet};

/// Columns with their factors.
type Terms = Vec<(Col, f64)>;

/// Work that one team may do in a stretch of blocks.
#[derive(Default)]
struct Load {
    /// Hours, by column.
    hours: Vec<(Col, f64)>,
    /// Hours that a visit takes of its crew-day at least, and its job, by column.
    visits: Vec<(Col, Hours, usize)>,
}

/// Adds what holds visits within crew-days.
pub(super) fn add_capacity(allocation: &mut Allocation, spans: &Spans) {
    let season = allocation.season;
    let loads = loads(allocation, spans);
    for team in season.teams() {
        let days = add_crew_days(allocation, spans, team);
        add_hours(allocation, team, &days, &loads);
        add_distinct_days(allocation, spans, team, &days);
    }
}

/// The work of each team by the stretch of blocks in which it may be done.
///
/// Where no two visits of a team at a site can share a stop, each visit is one and takes its access. Elsewhere a site's
/// stops by a team get a column for each stretch that no segment of its jobs crosses: a stop holds each job at most
/// once, so there are at least as many stops as visits of any one job.
fn loads(allocation: &mut Allocation, spans: &Spans) -> BTreeMap<(TeamIx, Vec<usize>), Load> {
    let season = allocation.season;
    let shared = shared_stops(season);
    let mut loads: BTreeMap<(TeamIx, Vec<usize>), Load> = BTreeMap::new();
    let mut visits_at: BTreeMap<(usize, TeamIx), Vec<&Count>> = BTreeMap::new();
    let counts = allocation.counts.clone();
    for count in &counts {
        let job = &season.jobs[count.job];
        let option = &job.options[count.option];
        let site = season.parts[job.part].site.0;
        let hours = if shared.contains(&(site, option.team)) {
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
        load.visits.push((count.col, hours, count.job));
    }
    for ((site, team), mut visits) in visits_at {
        visits.sort_by_key(|count| count.span);
        let mut rest = &visits[..];
        while let [first, ..] = rest {
            let mut last = first.span.to;
            let together = rest
                .iter()
                .take_while(|count| {
                    let overlaps = count.span.from <= last;
                    last = last.max(if overlaps { count.span.to } else { last });
                    overlaps
                })
                .count();
            let (stretch, later) = rest.split_at(together);
            add_stops(allocation, spans, (site, team), stretch, &mut loads);
            rest = later;
        }
    }
    loads
}

/// The stops of a team at a site in a stretch that holds all visits whose segments reach into it.
fn add_stops(
    allocation: &mut Allocation,
    spans: &Spans,
    (site, team): (usize, TeamIx),
    visits: &[&Count],
    loads: &mut BTreeMap<(TeamIx, Vec<usize>), Load>,
) {
    let season = allocation.season;
    // By job, and by demand: visits of one demand with a gap lie on different days, so each is a stop.
    let mut apart: BTreeMap<(bool, usize), Terms> = BTreeMap::new();
    let mut most = 0.0;
    let mut blocks: BTreeSet<usize> = BTreeSet::new();
    for count in visits {
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
    let fits = fits_in_one_stop(season, team, visits);
    let mut all: Terms = visits.iter().map(|count| (count.col, -1.0)).collect();
    all.push((stops, fits as f64));
    allocation.model.at_least(all, 0.0);
    let key = (team, blocks.into_iter().collect());
    let load = loads.entry(key).or_default();
    load.hours.push((stops, access_hours(season, site)));
}

/// The most visits that fit into one stop: a stop holds each job at most once, and lies within a crew-day.
fn fits_in_one_stop(season: &Season, team: TeamIx, visits: &[&Count]) -> usize {
    let jobs: BTreeSet<(usize, usize)> = visits
        .iter()
        .map(|count| (count.job, count.option))
        .collect();
    let mut works: Vec<Hours> = jobs
        .iter()
        .map(|&(job, option)| season.jobs[job].options[option].work)
        .collect();
    works.sort_unstable();
    let mut left = crew_day(season, team);
    let fitting = works.iter().take_while(|&&work| {
        left -= work;
        left >= Hours::ZERO
    });
    fitting.count().max(1)
}

/// Sites and teams where two visits may share a stop: of different parts, or of jobs at one part that no rule with a
/// gap counts both on all days.
pub(in crate::engine) fn shared_stops(season: &Season) -> BTreeSet<(usize, TeamIx)> {
    let mut jobs: BTreeMap<(usize, TeamIx), Vec<usize>> = BTreeMap::new();
    for (at, job) in season.jobs.iter().enumerate() {
        for option in &job.options {
            if option.work < option.work_and_access {
                let key = (season.parts[job.part].site.0, option.team);
                jobs.entry(key).or_default().push(at);
            }
        }
    }
    let apart = |a: usize, b: usize| {
        let (a, b) = (&season.jobs[a], &season.jobs[b]);
        a.part == b.part
            && a.demands.iter().any(|demand| {
                let row = &season.demands[*demand];
                row.min_gap >= 1
                    && row.from <= season.first_open
                    && row.to >= season.days - 1
                    && b.demands.contains(demand)
            })
    };
    jobs.into_iter()
        .filter(|(_, jobs)| {
            let mut pairs = jobs.iter().enumerate();
            pairs.any(|(at, &a)| jobs[at + 1..].iter().any(|&b| !apart(a, b)))
        })
        .map(|(key, _)| key)
        .collect()
}

/// Hours that a stop takes at least beyond the work: a visit's hours are rounded once, so the access that it carries
/// may be a millionth short of the exact.
pub(super) fn access_hours(season: &Season, site: usize) -> f64 {
    (season.scenario.sites[site].access_min.to_f64() / 60.0 - 1e-6).max(0.0)
}

/// What a valid plan may put into one crew-day.
pub(in crate::engine) fn crew_day(season: &Season, team: TeamIx) -> Hours {
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
    for group in groups(&spans.blocks) {
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

/// Blocks whose crew-days must be whole together: those of a phase.
///
/// Crew-days are whole in every block. Asking it of sums only is weaker, and keeps the programme small.
fn groups(blocks: &[Block]) -> Vec<std::ops::Range<usize>> {
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        match groups.last_mut() {
            Some(group) if blocks[group.start].phase == block.phase => group.end = at + 1,
            _ => groups.push(at..at + 1),
        }
    }
    groups
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
            let row = allocation.model.at_most(terms, 0.0);
            allocation.hours.push(HoursRow {
                team,
                crew_days,
                row,
            });
        }
    }
    let sets: BTreeMap<&Vec<usize>, BTreeSet<usize>> = own
        .iter()
        .map(|&(blocks, _)| (blocks, blocks.iter().copied().collect()))
        .collect();
    let whole = crew_day(allocation.season, team).to_f64();
    for set in sets.values() {
        let visits: Vec<(Col, Hours, usize)> = own
            .iter()
            .filter(|(blocks, _)| sets[blocks].is_subset(set))
            .flat_map(|&(_, load)| load.visits.iter().copied())
            .collect();
        let crew_days: Vec<Col> = set.iter().filter_map(|&block| days[block]).collect();
        let size = |&(col, hours, _): &(Col, Hours, usize)| (col, hours.to_f64() / whole);
        let inside: Vec<(Col, f64)> = visits.iter().map(size).collect();
        if allocation.headroom == 0.0 {
            let packing = Packing::new(team, &visits, crew_days.clone());
            allocation.packings.push(packing);
        }
        for function in DualFeasible::all(&inside) {
            let stronger = inside
                .iter()
                .any(|&(_, size)| function.at(size) > size + 1e-6);
            if !stronger {
                continue;
            }
            let mut terms: Terms = inside
                .iter()
                .map(|&(col, size)| (col, function.at(size)))
                .filter(|&(_, value)| value > 0.0)
                .collect();
            terms.extend(crew_days.iter().map(|&col| (col, -1.0)));
            allocation.model.rarely_at_most(terms, 0.0);
        }
    }
}

/// Thresholds tried for one stretch of blocks.
const MOST_THRESHOLDS: usize = 8;

/// A dual feasible function: of items that fit together into one, its values add up to at most 1.
#[derive(Debug, Clone, Copy)]
enum DualFeasible {
    /// u^(k) of Fekete and Schepers: x where (k + 1)·x is whole, else ⌊(k + 1)·x⌋ / k.
    Classes(u32),
    /// U^(ε) of Fekete and Schepers, after Martello and Toth: 1 above 1 − ε, 0 below ε, x between. An item above 1 − ε
    /// leaves room for small ones only, which count nothing.
    Threshold(f64),
}

impl DualFeasible {
    /// Functions that may say something of items of these sizes.
    fn all(items: &[(Col, f64)]) -> Vec<DualFeasible> {
        let mut large: Vec<f64> = items.iter().map(|&(_, size)| size).collect();
        large.retain(|size| *size > 0.5 && *size < 1.0);
        large.sort_by(f64::total_cmp);
        large.dedup();
        let classes = (1..=5).map(DualFeasible::Classes);
        let step = large.len().div_ceil(MOST_THRESHOLDS).max(1);
        let thresholds = large.iter().step_by(step);
        classes
            .chain(thresholds.map(|size| DualFeasible::Threshold(1.0 - size + 1e-6)))
            .collect()
    }

    /// The value for a size; one that lies within rounding of a step is taken as below it, which only weakens the row.
    fn at(self, size: f64) -> f64 {
        match self {
            DualFeasible::Classes(classes) => {
                let k = f64::from(classes);
                let steps = (k + 1.0) * size;
                if (steps - steps.round()).abs() < 1e-9 {
                    size.min((steps.round() - 1.0).max(0.0) / k).max(0.0)
                } else {
                    steps.floor() / k
                }
            }
            DualFeasible::Threshold(small) if size < small + 1e-9 => 0.0,
            DualFeasible::Threshold(small) if size > 1.0 - small + 1e-9 => 1.0,
            DualFeasible::Threshold(_) => size,
        }
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
