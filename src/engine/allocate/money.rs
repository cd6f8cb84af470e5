//! Money and products, for both grains: mobilisation, billed days, piece money, packs, budget lines; and the cost.

use super::{Allocation, LineRow};
use crate::domain::{ProductIx, TeamIx};
use crate::engine::solver::{Col, Objective};
use crate::season::DayIx;
use crate::season::limits::{BUDGET_TOLERANCE, PACK_TOLERANCE};

/// The money columns of a team.
struct TeamMoney {
    /// Factors of the undated labour money.
    labour: Vec<(Col, f64)>,
    /// Its constant.
    constant: f64,
}

/// Adds everything that is counted over the whole season.
pub(super) fn add_money(allocation: &mut Allocation) {
    let season = allocation.season;
    let money: Vec<TeamMoney> = (0..season.scenario.teams.len())
        .map(|at| {
            let team = TeamIx(at);
            if !season.takes_part(team) {
                return TeamMoney {
                    labour: Vec::new(),
                    constant: 0.0,
                };
            }
            let crew_days: Vec<Col> = allocation
                .crew_days
                .iter()
                .filter(|days| days.team == team)
                .map(|days| days.col)
                .collect();
            if let Some(most) = season.limits.new_days[at] {
                let terms = crew_days.iter().map(|&col| (col, 1.0)).collect();
                let row = allocation.model.at_most(terms, most as f64);
                allocation.most_days.insert(team, row);
            }
            add_labour(allocation, team, &crew_days)
        })
        .collect();
    let packs = add_packs(allocation);
    add_budget(allocation, &money, &packs);
    allocation.packs.clone_from(&packs);
    for team in &money {
        allocation.cost.constant += team.constant;
        allocation.cost.terms.extend(&team.labour);
    }
    for (at, packs) in packs.iter().enumerate() {
        let cost = season.scenario.products[at].pack_cost.to_f64();
        allocation.cost.terms.push((*packs, cost));
    }
    if let Some(extract) = &season.extract {
        for count in &allocation.counts {
            if let Some((product, quantity)) = season.jobs[count.job].product
                && let Some(price) = extract.unit_prices[product.0]
            {
                let price = price * quantity.to_f64();
                allocation.cost.terms.push((count.col, price));
            }
        }
        for (at, quota) in extract.quotas.iter().enumerate() {
            let Some(quota) = quota else { continue };
            let terms = allocation.uses_of(ProductIx(at));
            if !terms.is_empty() {
                let row = allocation.model.at_most(terms, quota.to_f64());
                allocation.quotas.push((ProductIx(at), row));
            }
        }
    }
}

/// Labour money: mobilisation and billed days if used or committed, and piece money.
fn add_labour(allocation: &mut Allocation, team: TeamIx, crew_days: &[Col]) -> TeamMoney {
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
        allocation.choices.push((team, used));
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
            if !season.buys_packs(ProductIx(at)) {
                return allocation.model.column(0.0, 0.0);
            }
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
            let row = allocation.model.at_most(terms, free / size);
            allocation.stock.push((ProductIx(at), row));
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
        let spent = Objective {
            constant: spent,
            terms: terms.clone(),
        };
        for term in &mut terms {
            term.1 /= scale;
        }
        let row = allocation.model.at_most(terms, amount / scale);
        allocation.lines.push(LineRow { spent, row, scale });
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
