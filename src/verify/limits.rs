//! Rules 6 and 7 and all money: crew-days, packs, budget lines.
//!
//! The season is replayed: first what is owed without any visit, then the done visits, then the new ones in the order
//! of visits.csv. Whatever the first two use of a limit is excused; a new visit that uses more of a limit that is
//! passed breaks it.

use super::visits::Visit;
use super::{Clause, Violation};
use crate::domain::{
    BudgetLine, BudgetScope, Day, Money, Product, ProductIx, Scenario, Team, TeamIx,
};
use crate::lang::Text;
use std::collections::HashSet;

/// By how much a budget line may be exceeded: 0.005, in millionths.
const BUDGET_TOLERANCE: i128 = 5_000;

/// How much of a product may be lacking without another pack: 1e-6 units, in millionths.
const PACK_TOLERANCE: i128 = 1;

/// What a team has done so far.
#[derive(Debug, Clone, Default)]
struct TeamUse {
    used: bool,
    crew_days: i64,
    /// Piece money, in millionths.
    pieces: i128,
}

/// The season's use of teams and products so far, in millionths.
pub(super) struct Ledger<'a> {
    scenario: &'a Scenario,
    teams: Vec<TeamUse>,
    crew_days: HashSet<(TeamIx, u32, Day)>,
    /// Quantity used of each product.
    used: Vec<i128>,
}

/// What one visit adds.
struct Added {
    team: TeamIx,
    date: Day,
    crew_days: i128,
    /// Labour money with mobilisation and the top-up to `min_days`.
    labour: i128,
    /// Labour money of this day only.
    on_day: i128,
    product: Option<(ProductIx, Packs)>,
}

#[derive(Default)]
struct Packs {
    packs: i128,
    money: i128,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(scenario: &'a Scenario) -> Self {
        Ledger {
            scenario,
            teams: vec![TeamUse::default(); scenario.teams.len()],
            crew_days: HashSet::new(),
            used: vec![0; scenario.products.len()],
        }
    }

    fn add(&mut self, visit: &Visit) -> Added {
        let scenario = self.scenario;
        let team = &scenario[visit.team];
        let labour_before = self.labour(visit.team);
        let new_crew_day = self.crew_days.insert((visit.team, visit.crew, visit.date));
        let entry = &mut self.teams[visit.team.0];
        let piece = i128::from(visit.figures.piece.micro());
        entry.used = true;
        entry.crew_days += i64::from(new_crew_day);
        entry.pieces += piece;
        let day_rate = if new_crew_day {
            i128::from(team.cost_per_day.micro())
        } else {
            0
        };
        let product = visit.product.map(|product| {
            let before = self.packs(product);
            self.used[product.0] += i128::from(visit.figures.quantity.micro());
            let packs = self.packs(product) - before;
            let money = price(packs, &scenario[product]);
            (product, Packs { packs, money })
        });
        Added {
            team: visit.team,
            date: visit.date,
            crew_days: i128::from(new_crew_day),
            labour: self.labour(visit.team) - labour_before,
            on_day: day_rate + piece,
            product,
        }
    }

    /// A team's labour money: nothing as long as it is neither used nor committed.
    fn labour(&self, ix: TeamIx) -> i128 {
        let (team, entry) = (&self.scenario[ix], &self.teams[ix.0]);
        if !entry.used && !team.committed {
            return 0;
        }
        let days = entry.crew_days.max(team.min_days);
        i128::from(team.mobilisation.micro())
            + i128::from(team.cost_per_day.micro()) * i128::from(days)
            + entry.pieces
    }

    /// Packs to buy of a product.
    pub(super) fn packs(&self, ix: ProductIx) -> i128 {
        let product = &self.scenario[ix];
        let lacking = (self.used[ix.0] - i128::from(product.stock.micro())).max(0);
        let size = i128::from(product.pack_size.micro()).max(1);
        let needed = lacking - PACK_TOLERANCE;
        if needed <= 0 {
            0
        } else {
            (needed + size - 1) / size
        }
    }

    /// Quantity used of a product, in millionths.
    pub(super) fn used(&self, ix: ProductIx) -> i128 {
        self.used[ix.0]
    }

    /// Money for a product's packs.
    pub(super) fn purchase(&self, ix: ProductIx) -> i128 {
        price(self.packs(ix), &self.scenario[ix])
    }

    /// Money for all teams.
    pub(super) fn all_labour(&self) -> Money {
        let teams = (0..self.teams.len()).map(TeamIx);
        money(teams.map(|team| self.labour(team)).sum())
    }

    /// Money for all packs.
    pub(super) fn all_purchases(&self) -> Money {
        let products = (0..self.used.len()).map(ProductIx);
        money(products.map(|product| self.purchase(product)).sum())
    }

    /// Crew-days deployed by all teams.
    pub(super) fn crew_days(&self) -> usize {
        self.crew_days.len()
    }
}

/// What a limit limits.
enum Kind<'a> {
    CrewDays(TeamIx, &'a Team),
    Packs(ProductIx, &'a Product),
    Budget(Account<'a>),
}

/// A budget line with its scopes spread out.
struct Account<'a> {
    line: &'a BudgetLine,
    teams: Vec<bool>,
    products: Vec<bool>,
    /// First and last day of a dated line.
    dates: Option<(Day, Day)>,
}

/// A limit and its use so far.
struct Limit<'a> {
    kind: Kind<'a>,
    /// The use that breaks it, tolerance included, is above this.
    most: i128,
    used: i128,
    /// Line of the first new visit with which the limit is passed.
    passed_at: Option<u64>,
}

impl<'a> Account<'a> {
    fn new(scenario: &'a Scenario, line: &'a BudgetLine) -> Self {
        let mut teams = vec![false; scenario.teams.len()];
        let mut products = vec![false; scenario.products.len()];
        for scope in &line.scopes {
            match scope {
                BudgetScope::Total => {
                    teams.fill(true);
                    products.fill(true);
                }
                BudgetScope::Labour => teams.fill(true),
                BudgetScope::Products => products.fill(true),
                BudgetScope::Contractor(contractor) => {
                    for (held, team) in teams.iter_mut().zip(&scenario.teams) {
                        *held |= team.contractor == *contractor;
                    }
                }
                BudgetScope::Team(team) => teams[team.0] = true,
                BudgetScope::Product(product) => products[product.0] = true,
            }
        }
        let dated = line.from.is_some() || line.to.is_some();
        let dates = (
            line.from.unwrap_or(scenario.start),
            line.to.unwrap_or(scenario.end),
        );
        Account {
            line,
            teams,
            products,
            dates: dated.then_some(dates),
        }
    }

    /// What is owed before any visit: committed teams, unless the line is dated.
    fn owed(&self, ledger: &Ledger) -> i128 {
        if self.dates.is_some() {
            return 0;
        }
        let teams = (0..self.teams.len()).filter(|&team| self.teams[team]);
        teams.map(|team| ledger.labour(TeamIx(team))).sum()
    }

    fn share(&self, added: &Added) -> i128 {
        let labour = match self.dates {
            _ if !self.teams[added.team.0] => 0,
            None => added.labour,
            Some((from, to)) if (from..=to).contains(&added.date) => added.on_day,
            Some(_) => 0,
        };
        match &added.product {
            Some((product, packs)) if self.products[product.0] => labour + packs.money,
            _ => labour,
        }
    }
}

/// Every limit of the scenario, in input order: teams, products, budget lines.
fn limits<'a>(scenario: &'a Scenario, ledger: &Ledger) -> Vec<Limit<'a>> {
    let limit = |kind, most, used| Limit {
        kind,
        most,
        used,
        passed_at: None,
    };
    let teams = scenario.teams.iter().enumerate().filter_map(|(ix, team)| {
        let most = i128::from(team.max_days?);
        Some(limit(Kind::CrewDays(TeamIx(ix), team), most, 0))
    });
    let products = (scenario.products.iter().enumerate()).filter_map(|(ix, product)| {
        let most = i128::from(product.max_packs?);
        Some(limit(Kind::Packs(ProductIx(ix), product), most, 0))
    });
    let lines = scenario.budget.iter().map(|line| {
        let account = Account::new(scenario, line);
        let owed = account.owed(ledger);
        let most = i128::from(line.amount.micro()) + BUDGET_TOLERANCE;
        limit(Kind::Budget(account), most, owed)
    });
    teams.chain(products).chain(lines).collect()
}

impl Limit<'_> {
    fn share(&self, added: &Added) -> i128 {
        match &self.kind {
            Kind::CrewDays(team, _) if *team == added.team => added.crew_days,
            Kind::Packs(product, _) => match &added.product {
                Some((used, packs)) if used == product => packs.packs,
                _ => 0,
            },
            Kind::CrewDays(..) => 0,
            Kind::Budget(account) => account.share(added),
        }
    }

    fn violation(&self, line: u64) -> Violation {
        let used = self.used;
        let (clause, message) = match &self.kind {
            Kind::CrewDays(_, team) => {
                let (id, most) = (&team.id, self.most);
                let message = Text::new(
                    format!("队伍 {id} 共出动 {used} 个班组工日，上限 {most} 个"),
                    format!("team {id} is deployed on {used} crew-days of {most}"),
                );
                (Clause::TooManyCrewDays, message)
            }
            Kind::Packs(_, product) => {
                let (id, most) = (&product.id, self.most);
                let message = Text::new(
                    format!("药品 {id} 共需购买 {used} 包，上限 {most} 包"),
                    format!("product {id}: {used} packs to buy of {most}"),
                );
                (Clause::TooManyPacks, message)
            }
            Kind::Budget(account) => {
                let (id, scope) = (&account.line.id, &account.line.scope_text);
                let (spent, amount) = (money(used), account.line.amount);
                let message = Text::new(
                    format!("预算 {id}（{scope}）：支出 {spent}，额度 {amount}"),
                    format!("budget line {id} ({scope}): {spent} of {amount}"),
                );
                (Clause::BudgetExceeded, message)
            }
        };
        Violation {
            line: Some(line),
            clause,
            message,
        }
    }
}

/// Judges every limit; the visits are in the order of visits.csv. Also tells what is spent of each budget line.
pub(super) fn check<'a>(
    scenario: &'a Scenario,
    visits: &[Visit],
    violations: &mut Vec<Violation>,
) -> (Ledger<'a>, Vec<Money>) {
    let mut ledger = Ledger::new(scenario);
    let mut limits = limits(scenario, &ledger);
    for visit in visits.iter().filter(|visit| !visit.is_new()) {
        let added = ledger.add(visit);
        for limit in &mut limits {
            limit.used += limit.share(&added);
        }
    }
    for visit in visits.iter().filter(|visit| visit.is_new()) {
        let added = ledger.add(visit);
        for limit in &mut limits {
            let share = limit.share(&added);
            limit.used += share;
            if share > 0 && limit.used > limit.most && limit.passed_at.is_none() {
                limit.passed_at = visit.line;
            }
        }
    }
    violations.extend(
        (limits.iter()).filter_map(|limit| limit.passed_at.map(|line| limit.violation(line))),
    );
    let budget = limits
        .iter()
        .filter(|limit| matches!(limit.kind, Kind::Budget(_)));
    let spent = budget.map(|limit| money(limit.used)).collect();
    (ledger, spent)
}

/// Money for so many packs, held to what sums can bear.
fn price(packs: i128, product: &Product) -> i128 {
    let price = packs.saturating_mul(i128::from(product.pack_cost.micro()));
    price.min(i128::from(i64::MAX))
}

/// A sum as money; a sum too great is the greatest.
pub(super) fn money(micro: i128) -> Money {
    Money::from_micro(i64::try_from(micro).unwrap_or(i64::MAX))
}
