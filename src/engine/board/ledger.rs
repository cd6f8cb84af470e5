//! Money and products of a board: what is spent, and what is spent beyond budget lines and packs.

use crate::domain::{Money, ProductIx, Quantity, TeamIx};
use crate::season::limits::{BUDGET_TOLERANCE, packs_needed, team_money};
use crate::season::{DayIx, Season};

/// What new visits and crew-days cost and use, beside what done ones did.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Ledger {
    season_teams: Vec<TeamAccount>,
    products: Vec<ProductAccount>,
    lines: Vec<LineAccount>,
    money: Money,
}

#[derive(Debug, Clone)]
struct TeamAccount {
    mobilisation: Money,
    cost_per_day: Money,
    min_days: i64,
    owed: bool,
    done_days: i64,
    most_days: Option<i64>,
    new_days: i64,
    piece: Money,
    total: Money,
}

#[derive(Debug, Clone)]
struct ProductAccount {
    used: Quantity,
    stock: Quantity,
    pack_size: i64,
    pack_cost: Money,
    most_packs: Option<i64>,
    packs: i64,
}

#[derive(Debug, Clone)]
struct LineAccount {
    teams: Vec<bool>,
    products: Vec<bool>,
    dates: Option<(DayIx, DayIx)>,
    amount: Money,
    /// Money of the line's days, for a dated line.
    dated: Money,
}

impl TeamAccount {
    fn total(&self) -> Money {
        if self.owed || self.new_days > 0 {
            let days = (self.done_days + self.new_days).max(self.min_days);
            self.mobilisation + self.cost_per_day * days + self.piece
        } else {
            self.piece
        }
    }
}

impl Ledger {
    /// The books with done visits only.
    pub(super) fn new(season: &Season) -> Self {
        let scenario = season.scenario;
        let limits = &season.limits;
        let season_teams: Vec<TeamAccount> = scenario
            .teams
            .iter()
            .enumerate()
            .map(|(at, team)| {
                let owed = team.committed || limits.done_used[at];
                TeamAccount {
                    mobilisation: team.mobilisation,
                    cost_per_day: team.cost_per_day,
                    min_days: team.min_days,
                    owed,
                    done_days: limits.done_days[at],
                    most_days: limits.new_days[at],
                    new_days: 0,
                    piece: limits.done_piece[at],
                    total: team_money(
                        season,
                        TeamIx(at),
                        limits.done_days[at],
                        owed,
                        limits.done_piece[at],
                    ),
                }
            })
            .collect();
        let products: Vec<ProductAccount> = scenario
            .products
            .iter()
            .enumerate()
            .map(|(at, product)| ProductAccount {
                used: limits.done_quantity[at],
                stock: product.stock,
                pack_size: product.pack_size.micro().max(1),
                pack_cost: product.pack_cost,
                most_packs: limits.packs[at],
                packs: packs_needed(season, ProductIx(at), limits.done_quantity[at]),
            })
            .collect();
        let lines = limits
            .budget
            .iter()
            .map(|line| {
                let dated = line.dates.map_or(Money::ZERO, |dates| {
                    (0..scenario.teams.len())
                        .filter(|&at| line.teams[at])
                        .map(|at| season.done_labour(TeamIx(at), dates))
                        .sum()
                });
                LineAccount {
                    teams: line.teams.clone(),
                    products: line.products.clone(),
                    dates: line.dates,
                    amount: line.amount + BUDGET_TOLERANCE,
                    dated,
                }
            })
            .collect();
        let money = season_teams.iter().map(|team| team.total).sum::<Money>()
            + products
                .iter()
                .map(|product| product.pack_cost * product.packs)
                .sum::<Money>();
        Ledger {
            season_teams,
            products,
            lines,
            money,
        }
    }

    /// Total cost, done visits included.
    pub(in crate::engine) fn money(&self) -> f64 {
        self.money.to_f64()
    }

    /// Money beyond budget lines, and money of packs and crew-days beyond their limits.
    pub(super) fn overspent(&self) -> f64 {
        let mut over = 0.0;
        for line in &self.lines {
            let spent = if line.dates.is_some() {
                line.dated
            } else {
                {
                    let teams = self.season_teams.iter().zip(&line.teams);
                    let products = self.products.iter().zip(&line.products);
                    teams
                        .filter(|team| *team.1)
                        .map(|team| team.0.total)
                        .sum::<Money>()
                        + products
                            .filter(|product| *product.1)
                            .map(|product| product.0.pack_cost * product.0.packs)
                            .sum::<Money>()
                }
            };
            over += (spent - line.amount).to_f64().max(0.0);
        }
        for product in &self.products {
            if let Some(most) = product.most_packs
                && product.packs > most
            {
                let price = product.pack_cost.to_f64().max(1.0);
                // By quantity rather than by packs, so that the search sees each visit that leaves.
                let beyond = (product.used - product.stock).micro() - product.pack_size * most;
                over += price * (beyond as f64 / product.pack_size as f64).max(1e-3);
            }
        }
        for team in &self.season_teams {
            if let Some(most) = team.most_days {
                over += (team.new_days - most).max(0) as f64 * team.cost_per_day.to_f64().max(1.0);
            }
        }
        over
    }

    /// Whether the team may deploy another crew-day within `max_days`.
    pub(in crate::engine) fn has_day_left(&self, team: TeamIx) -> bool {
        let account = &self.season_teams[team.0];
        account.most_days.is_none_or(|most| account.new_days < most)
    }

    /// Books crew-days.
    pub(super) fn crew_day(&mut self, team: TeamIx, day: DayIx, times: i64) {
        let account = &mut self.season_teams[team.0];
        account.new_days += times;
        let change = account.cost_per_day * times;
        self.refresh_team(team);
        self.dated(team, day, change);
    }

    /// Books piece money.
    pub(super) fn piece(&mut self, team: TeamIx, day: DayIx, change: Money) {
        if change == Money::ZERO {
            return;
        }
        self.season_teams[team.0].piece += change;
        self.refresh_team(team);
        self.dated(team, day, change);
    }

    /// Books product.
    pub(super) fn product(&mut self, product: ProductIx, change: Quantity) {
        let account = &mut self.products[product.0];
        account.used += change;
        let beyond = (account.used - account.stock).micro() - 1;
        let packs = if beyond <= 0 {
            0
        } else {
            (beyond + account.pack_size - 1) / account.pack_size
        };
        self.money += account.pack_cost * (packs - account.packs);
        account.packs = packs;
    }

    fn refresh_team(&mut self, team: TeamIx) {
        let account = &mut self.season_teams[team.0];
        let total = account.total();
        self.money += total - account.total;
        account.total = total;
    }

    fn dated(&mut self, team: TeamIx, day: DayIx, change: Money) {
        for line in &mut self.lines {
            if let Some((from, to)) = line.dates
                && line.teams[team.0]
                && (from..=to).contains(&day)
            {
                line.dated += change;
            }
        }
    }
}
