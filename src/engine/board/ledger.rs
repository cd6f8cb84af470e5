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
    /// What the units cost that are left in the last packs.
    started: Money,
    lenience: Lenience,
}

/// What may be exceeded for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum Lenience {
    /// Nothing.
    Strict,
    /// Budget lines.
    Money,
    /// Budget lines and the crew-days that teams may add.
    MoneyAndDays,
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
    takes_part: bool,
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
    /// Its share of [`Ledger::started`].
    booked: Money,
    /// Money of what is used beyond what can be had.
    beyond: f64,
    /// What may be used, in a part of a larger season.
    quota: Option<Quantity>,
    /// Where products are not bought in packs.
    unit_price: Option<f64>,
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

impl ProductAccount {
    /// What the units cost that are left in the last pack, about: only the search asks.
    fn started(&self) -> Money {
        if self.unit_price.is_some() || self.packs == 0 {
            return Money::ZERO;
        }
        let needed = (self.used - self.stock).micro().max(0) as f64;
        let left = self.packs as f64 - needed / self.pack_size as f64;
        Money::from_micro((left.max(0.0) * self.pack_cost.micro() as f64) as i64)
    }

    /// Money of what is used beyond what can be had.
    fn money_beyond(&self) -> f64 {
        let mut over = 0.0;
        if let Some(quota) = self.quota
            && self.used > quota
        {
            let price = self.unit_price.unwrap_or(0.0).max(1.0);
            over += price * (self.used - quota).to_f64();
        }
        if let Some(most) = self.most_packs
            && self.packs > most
        {
            let price = self.pack_cost.to_f64().max(1.0);
            // By quantity rather than by packs, so that the search sees each visit that leaves.
            let beyond = (self.used - self.stock).micro() - self.pack_size * most;
            over += price * (beyond as f64 / self.pack_size as f64).max(1e-3);
        }
        over
    }
}

impl TeamAccount {
    fn total(&self) -> Money {
        if !self.takes_part {
            Money::ZERO
        } else if self.owed || self.new_days > 0 {
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
                let takes_part = season.takes_part(TeamIx(at));
                TeamAccount {
                    mobilisation: team.mobilisation,
                    cost_per_day: team.cost_per_day,
                    min_days: team.min_days,
                    owed,
                    done_days: limits.done_days[at],
                    most_days: limits.new_days[at],
                    new_days: 0,
                    piece: limits.done_piece[at],
                    takes_part,
                    total: if takes_part {
                        team_money(
                            season,
                            TeamIx(at),
                            limits.done_days[at],
                            owed,
                            limits.done_piece[at],
                        )
                    } else {
                        Money::ZERO
                    },
                }
            })
            .collect();
        let mut products: Vec<ProductAccount> = scenario
            .products
            .iter()
            .enumerate()
            .map(|(at, product)| ProductAccount {
                used: if season.buys_packs(ProductIx(at)) {
                    limits.done_quantity[at]
                } else {
                    Quantity::ZERO
                },
                quota: season
                    .extract
                    .as_ref()
                    .and_then(|extract| extract.quotas[at]),
                stock: product.stock,
                pack_size: product.pack_size.micro().max(1),
                pack_cost: product.pack_cost,
                most_packs: limits.packs[at],
                packs: if season.buys_packs(ProductIx(at)) {
                    packs_needed(season, ProductIx(at), limits.done_quantity[at])
                } else {
                    0
                },
                booked: Money::ZERO,
                beyond: 0.0,
                unit_price: season.unit_price(ProductIx(at)),
            })
            .collect();
        for product in &mut products {
            product.booked = product.started();
            product.beyond = product.money_beyond();
        }
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
            money,
            started: products.iter().map(|product| product.booked).sum(),
            products,
            lines,
            lenience: Lenience::Strict,
        }
    }

    /// Total cost, done visits included, with products by the unit: so the search sees what each visit adds, and not
    /// only the one for which a pack is opened.
    pub(in crate::engine) fn money(&self) -> f64 {
        (self.money - self.started).to_f64()
    }

    /// Total cost, exactly.
    pub(in crate::engine) fn cost(&self) -> Money {
        self.money
    }

    /// Money beyond budget lines and crew-days beyond their limits, unless these may be exceeded for now, and money of
    /// packs beyond their limits.
    pub(super) fn overspent(&self) -> f64 {
        let beyond = match self.lenience {
            Lenience::Strict => self.beyond(),
            Lenience::Money => self.beyond_days(),
            Lenience::MoneyAndDays => 0.0,
        };
        beyond + self.beyond_packs()
    }

    /// What may be exceeded from now on.
    pub(super) fn set_lenience(&mut self, lenience: Lenience) {
        self.lenience = lenience;
    }

    /// What may be exceeded.
    pub(super) fn lenience(&self) -> Lenience {
        self.lenience
    }

    /// Money beyond budget lines and of crew-days beyond their limits, whether that matters for now or not.
    pub(in crate::engine) fn beyond(&self) -> f64 {
        self.beyond_lines() + self.beyond_days()
    }

    /// Money beyond budget lines.
    pub(in crate::engine) fn beyond_lines(&self) -> f64 {
        let mut over = 0.0;
        for line in &self.lines {
            let spent = self.spent(line);
            over += (spent - line.amount).to_f64().max(0.0);
        }
        over
    }

    fn spent(&self, line: &LineAccount) -> Money {
        if line.dates.is_some() {
            return line.dated;
        }
        let teams = self.season_teams.iter().zip(&line.teams);
        let teams = teams.filter(|team| *team.1).map(|team| team.0.total);
        let products = self.products.iter().zip(&line.products);
        let packs = products.filter(|product| *product.1);
        teams.sum::<Money>()
            + packs
                .map(|product| product.0.pack_cost * product.0.packs)
                .sum::<Money>()
    }

    /// The lines of which too much is spent, by position.
    pub(in crate::engine) fn lines_beyond(&self) -> Vec<usize> {
        let lines = self.lines.iter().enumerate();
        let beyond = lines.filter(|(_, line)| self.spent(line) > line.amount);
        beyond.map(|(at, _)| at).collect()
    }

    /// Whether a crew-day of the team on this day is paid from a line.
    pub(in crate::engine) fn is_paid_from(&self, line: usize, team: TeamIx, day: DayIx) -> bool {
        let line = &self.lines[line];
        let dates = line
            .dates
            .is_none_or(|(from, to)| (from..=to).contains(&day));
        dates && line.teams[team.0]
    }

    /// Money of packs beyond their limits.
    fn beyond_packs(&self) -> f64 {
        self.products.iter().map(|product| product.beyond).sum()
    }

    /// Money of crew-days beyond their limits.
    fn beyond_days(&self) -> f64 {
        let beyond = |team: &TeamAccount| {
            let most = team.most_days.unwrap_or(i64::MAX);
            (team.new_days - most).max(0) as f64 * team.cost_per_day.to_f64().max(1.0)
        };
        self.season_teams.iter().map(beyond).sum()
    }

    /// Whether the team has more crew-days than it may.
    pub(in crate::engine) fn has_too_many_days(&self, team: TeamIx) -> bool {
        let account = &self.season_teams[team.0];
        account
            .most_days
            .is_some_and(|most| account.new_days > most)
    }

    /// Whether the team may deploy another crew-day within `max_days`, if that matters for now.
    pub(in crate::engine) fn has_day_left(&self, team: TeamIx) -> bool {
        let account = &self.season_teams[team.0];
        self.lenience == Lenience::MoneyAndDays
            || account.most_days.is_none_or(|most| account.new_days < most)
    }

    /// Lets a team add no crew-day from now on.
    pub(in crate::engine) fn keep_at_home(&mut self, team: TeamIx) {
        self.season_teams[team.0].most_days = Some(0);
    }

    /// Whether a crew-day less of the team costs less.
    pub(in crate::engine) fn saves_by_staying(&self, team: TeamIx) -> bool {
        let account = &self.season_teams[team.0];
        let days = account.done_days + account.new_days;
        account.cost_per_day.micro() > 0 && days > account.min_days
    }

    /// What the team costs more with so many crew-days and so much piece money more.
    pub(in crate::engine) fn with_more(&self, team: TeamIx, days: i64, piece: Money) -> Money {
        let mut account = self.season_teams[team.0].clone();
        account.new_days += days;
        account.piece += piece;
        account.total() - account.total
    }

    /// Whether what is used of a product is paid from a budget line that holds.
    fn is_budgeted(&self, product: ProductIx) -> bool {
        self.lenience == Lenience::Strict && self.lines.iter().any(|line| line.products[product.0])
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

    /// Books product; whether what is overspent may have changed.
    pub(super) fn product(&mut self, product: ProductIx, change: Quantity) -> bool {
        let budgeted = self.is_budgeted(product);
        let account = &mut self.products[product.0];
        account.used += change;
        if let Some(price) = account.unit_price {
            let money = (change.micro() as f64 * price).round();
            self.money += Money::from_micro(money as i64);
            account.packs = 0;
        } else {
            let beyond = (account.used - account.stock).micro() - 1;
            let packs = if beyond <= 0 {
                0
            } else {
                (beyond + account.pack_size - 1) / account.pack_size
            };
            self.money += account.pack_cost * (packs - account.packs);
            account.packs = packs;
            let started = account.started();
            self.started += started - account.booked;
            account.booked = started;
        }
        let beyond = account.money_beyond();
        let changed = beyond.to_bits() != account.beyond.to_bits();
        account.beyond = beyond;
        budgeted || changed
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
