//! Rows of teams, products and money: hours within crew-days, packs, mobilisation, budget lines; and the cost.

use super::{Allocation, CrewDays};
use crate::domain::{Hours, ProductIx, TeamIx};
use crate::engine::solver::Col;
use crate::engine::spans::{Span, Spans};
use crate::season::limits::{BUDGET_TOLERANCE, CREW_DAY_TOLERANCE, PACK_TOLERANCE};
use crate::season::{DayIx, Season};
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

/// The money columns of a team.
struct TeamMoney {
    /// Factors of the undated labour money.
    labour: Vec<(Col, f64)>,
    /// Its constant.
    constant: f64,
}

/// Adds everything that couples sites: teams, products, budget lines; and the cost.
pub(super) fn add_teams(allocation: &mut Allocation, spans: &Spans) {
    let season = allocation.season;
    let loads = loads(allocation, spans);
    let mut money = Vec::new();
    for at in 0..season.scenario.teams.len() {
        let team = TeamIx(at);
        let days = add_crew_days(allocation, spans, team);
        add_hours(allocation, team, &days, &loads);
        add_distinct_days(allocation, spans, team, &days);
        let crew_days = days.iter().flatten().copied().collect::<Vec<_>>();
        money.push(add_money(allocation, team, &crew_days));
    }
    let packs = add_packs(allocation);
    add_budget(allocation, &money, &packs);
    for team in &money {
        allocation.cost.constant += team.constant;
        allocation.cost.terms.extend(&team.labour);
    }
    for (at, packs) in packs.iter().enumerate() {
        let cost = season.scenario.products[at].pack_cost.to_f64();
        allocation.cost.terms.push((*packs, cost));
    }
}

/// The work of each team by the stretch of blocks in which it may be done.
///
/// Where a site has one job only, each of its visits is a stop and takes its access. Elsewhere stops get a column of
/// their own: a stop holds each job at most once, so there are at least as many stops as visits of any one job.
fn loads(allocation: &mut Allocation, spans: &Spans) -> BTreeMap<(TeamIx, (usize, usize)), Load> {
    let season = allocation.season;
    let mut jobs_at = vec![0; season.scenario.sites.len()];
    for job in &season.jobs {
        jobs_at[season.parts[job.part].site.0] += 1;
    }
    let mut loads: BTreeMap<(TeamIx, (usize, usize)), Load> = BTreeMap::new();
    let mut visits_at: BTreeMap<(usize, TeamIx, Span), Vec<Col>> = BTreeMap::new();
    for count in &allocation.counts {
        let job = &season.jobs[count.job];
        let option = &job.options[count.option];
        let site = season.parts[job.part].site.0;
        let shares = jobs_at[site] > 1 && option.work < option.work_and_access;
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
        let access = &season.scenario.sites[site].access_min;
        // A visit's hours are rounded once, so the access that it carries may be a millionth short of the exact.
        let hours = access.to_f64() / 60.0 - 1e-6;
        let most = f64::from(span.to - span.from + 1) * visits.len() as f64;
        let stops = allocation.model.column(0.0, most);
        for visit in visits {
            allocation
                .model
                .at_least(vec![(stops, 1.0), (visit, -1.0)], 0.0);
        }
        let load = loads.entry((team, spans.blocks_of(span))).or_default();
        load.hours.push((stops, hours.max(0.0)));
    }
    loads
}

/// What a valid plan may put into one crew-day.
fn crew_day(season: &Season, team: TeamIx) -> Hours {
    season.scenario[team].hours_per_day + CREW_DAY_TOLERANCE
}

/// Crew-days by block: at most the crews on each open day, and `max_days` in all.
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
                    col,
                });
                col
            })
        })
        .collect();
    if let Some(most) = season.limits.new_days[team.0] {
        let terms = days.iter().flatten().map(|&col| (col, 1.0)).collect();
        allocation.model.at_most(terms, most as f64);
    }
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
    let limit = crew_day(allocation.season, team).to_f64();
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

/// Labour money: mobilisation and billed days if used or committed, and piece money.
fn add_money(allocation: &mut Allocation, team: TeamIx, crew_days: &[Col]) -> TeamMoney {
    let season = allocation.season;
    let row = &season.scenario[team];
    let done_days = season.limits.done_days[team.0];
    let mut labour: Vec<(Col, f64)> = Vec::new();
    let mut constant = season.limits.done_piece[team.0].to_f64();
    for count in &allocation.counts {
        let option = &season.jobs[count.job].options[count.option];
        if option.team == team {
            labour.push((count.col, option.piece.to_f64()));
        }
    }
    let owed = row.committed || season.limits.done_used[team.0];
    let most: f64 = crew_days
        .iter()
        .map(|&col| allocation.model.high(col))
        .sum();
    let rate = row.cost_per_day.to_f64();
    if owed {
        constant += row.mobilisation.to_f64();
    }
    let used = (!owed && (row.mobilisation.micro() > 0 || row.min_days > 0)).then(|| {
        let used = allocation.model.whole(0.0, 1.0);
        for &col in crew_days {
            let high = allocation.model.high(col);
            allocation
                .model
                .at_most(vec![(col, 1.0), (used, -high)], 0.0);
        }
        labour.push((used, row.mobilisation.to_f64()));
        used
    });
    if row.min_days <= done_days {
        labour.extend(crew_days.iter().map(|&col| (col, rate)));
        constant += rate * done_days as f64;
    } else {
        let high = most + done_days as f64 + row.min_days as f64;
        let billed = allocation.model.column(0.0, high);
        let mut terms: Vec<(Col, f64)> = crew_days.iter().map(|&col| (col, -1.0)).collect();
        terms.push((billed, 1.0));
        allocation.model.at_least(terms, done_days as f64);
        match used {
            Some(used) => {
                let terms = vec![(billed, 1.0), (used, -(row.min_days as f64))];
                allocation.model.at_least(terms, 0.0);
            }
            None => allocation.model.bound(billed, row.min_days as f64, high),
        }
        labour.push((billed, rate));
    }
    TeamMoney { labour, constant }
}

/// Packs: whole, enough for what is used beyond the store, at most what can be bought.
fn add_packs(allocation: &mut Allocation) -> Vec<Col> {
    let season = allocation.season;
    let products = season.scenario.products.len();
    let mut used: Vec<Vec<(Col, f64)>> = vec![Vec::new(); products];
    let mut most = vec![0.0; products];
    for count in &allocation.counts {
        if let Some((product, quantity)) = season.jobs[count.job].product
            && quantity.micro() > 0
        {
            used[product.0].push((count.col, quantity.to_f64()));
            most[product.0] += quantity.to_f64() * allocation.model.high(count.col);
        }
    }
    (0..products)
        .map(|at| {
            let row = &season.scenario[ProductIx(at)];
            let size = row.pack_size.to_f64();
            let done = season.limits.done_quantity[at].to_f64();
            let enough = (((done + most[at] - row.stock.to_f64()) / size).ceil() + 1.0).max(0.0);
            let limit = season.limits.packs[at].map_or(enough, |packs| enough.min(packs as f64));
            let packs = allocation.model.whole(0.0, limit);
            // In units of packs, so that a pack of millions of pieces does not unbalance the row.
            let mut terms: Vec<(Col, f64)> = used[at]
                .iter()
                .map(|&(col, quantity)| (col, quantity / size))
                .collect();
            terms.push((packs, -1.0));
            let free = row.stock.to_f64() + PACK_TOLERANCE.to_f64() - done;
            allocation.model.at_most(terms, free / size);
            packs
        })
        .collect()
}

/// Every budget line. A dated line counts crew-days of blocks and visits of segments that lie wholly within it.
fn add_budget(allocation: &mut Allocation, money: &[TeamMoney], packs: &[Col]) {
    let season = allocation.season;
    for line in &season.limits.budget {
        let mut terms: Vec<(Col, f64)> = Vec::new();
        let mut spent = 0.0;
        for (at, team) in money.iter().enumerate().filter(|(at, _)| line.teams[*at]) {
            match line.dates {
                None => {
                    terms.extend(&team.labour);
                    spent += team.constant;
                }
                Some((from, to)) => {
                    dated_labour(allocation, TeamIx(at), (from, to), &mut terms);
                    spent += season.done_labour(TeamIx(at), (from, to)).to_f64();
                }
            }
        }
        for (at, &packs) in packs
            .iter()
            .enumerate()
            .filter(|(at, _)| line.products[*at])
        {
            terms.push((packs, season.scenario.products[at].pack_cost.to_f64()));
        }
        let amount = (line.amount + BUDGET_TOLERANCE).to_f64() - spent;
        // Scaled, so that the solver's tolerance is in parts of the line.
        let scale = amount.abs().max(1.0);
        for term in &mut terms {
            term.1 /= scale;
        }
        allocation.model.at_most(terms, amount / scale);
    }
}

/// Crew-days and piece money of new visits on a line's days.
fn dated_labour(
    allocation: &Allocation,
    team: TeamIx,
    (from, to): (DayIx, DayIx),
    terms: &mut Vec<(Col, f64)>,
) {
    let season = allocation.season;
    let rate = season.scenario[team].cost_per_day.to_f64();
    for days in &allocation.crew_days {
        if days.team == team && days.span.within(from, to) {
            terms.push((days.col, rate));
        }
    }
    for count in &allocation.counts {
        let option = &season.jobs[count.job].options[count.option];
        if option.team == team && count.span.within(from, to) {
            terms.push((count.col, option.piece.to_f64()));
        }
    }
}
