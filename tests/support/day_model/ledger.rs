//! Crew-days, money and packs of done and new visits together, exactly as the contract sums them.

use super::facts::{Candidate, Facts, all, day_number};
use std::collections::{BTreeMap, BTreeSet};
use xiaosha::domain::{
    BudgetLine, BudgetScope, Exact, Money, ProductIx, Quantity, Scenario, Shortfall, TeamIx,
};

/// What done visits, committed teams and some new visits use.
pub(crate) struct Ledger<'a> {
    scenario: &'a Scenario,
    /// Team, crew and day of every crew-day deployed.
    crew_days: BTreeSet<(TeamIx, u32, i64)>,
    /// Piece money by team and day.
    piece: Vec<(TeamIx, i64, Money)>,
    used: BTreeMap<ProductIx, Quantity>,
}

impl<'a> Ledger<'a> {
    pub(crate) fn new(facts: &Facts<'a>, new: &[&Candidate]) -> Self {
        let scenario = facts.scenario;
        let mut ledger = Ledger {
            scenario,
            crew_days: facts.done_crew_days(),
            piece: Vec::new(),
            used: BTreeMap::new(),
        };
        for done in facts.done_in_horizon() {
            let money = facts.piece(done.place, done.treatment, done.team);
            ledger.piece.push((done.team, done.day, money));
            if let Some(product) = done.product {
                *ledger.used.entry(product).or_default() += done.quantity;
            }
        }
        for visit in new {
            ledger.crew_days.insert((visit.team, visit.crew, visit.day));
            let money = facts.piece(visit.place, visit.treatment, visit.team);
            ledger.piece.push((visit.team, visit.day, money));
            if let Some(product) = scenario[visit.treatment].product {
                *ledger.used.entry(product).or_default() +=
                    facts.quantity(visit.place, visit.treatment);
            }
        }
        ledger
    }

    /// Crew-days that a team is deployed.
    pub(crate) fn deployed(&self, team: TeamIx) -> i64 {
        self.deployed_between(team, 0, i64::MAX)
    }

    fn deployed_between(&self, team: TeamIx, from: i64, to: i64) -> i64 {
        (self.crew_days.iter())
            .filter(|&&(who, _, day)| who == team && from <= day && day <= to)
            .count() as i64
    }

    fn piece_between(&self, team: TeamIx, from: i64, to: i64) -> Money {
        (self.piece.iter())
            .filter(|&&(who, day, _)| who == team && from <= day && day <= to)
            .map(|&(_, _, money)| money)
            .sum()
    }

    /// Piece money of a team.
    pub(crate) fn piece(&self, team: TeamIx) -> Money {
        self.piece_between(team, 0, i64::MAX)
    }

    /// Whether the team owes mobilisation and `min_days`.
    pub(crate) fn engaged(&self, team: TeamIx) -> bool {
        self.scenario[team].committed || self.deployed(team) > 0
    }

    fn labour(&self, team: TeamIx) -> Money {
        let terms = &self.scenario[team];
        let owed = if self.engaged(team) {
            terms.mobilisation + terms.cost_per_day * self.deployed(team).max(terms.min_days)
        } else {
            Money::ZERO
        };
        owed + self.piece(team)
    }

    /// Units of a product that are used.
    pub(crate) fn used(&self, product: ProductIx) -> Quantity {
        self.used.get(&product).copied().unwrap_or_default()
    }

    /// Packs bought of a product.
    pub(crate) fn packs(&self, product: ProductIx) -> i64 {
        let terms = &self.scenario[product];
        let wanted = (self.used(product) - terms.stock).micro().max(0) - 1;
        // The ceiling of a quotient whose divisor is above 0.
        (-(-wanted).div_euclid(terms.pack_size.micro())).max(0)
    }

    fn purchase(&self, product: ProductIx) -> Money {
        self.scenario[product].pack_cost * self.packs(product)
    }

    /// Money that a budget line counts.
    pub(crate) fn spent(&self, line: &BudgetLine) -> Money {
        let scenario = self.scenario;
        let labour = all(&scenario.teams, TeamIx)
            .filter(|&team| counts_team(scenario, line, team))
            .map(|team| match dates(scenario, line) {
                None => self.labour(team),
                Some((from, to)) => {
                    scenario[team].cost_per_day * self.deployed_between(team, from, to)
                        + self.piece_between(team, from, to)
                }
            })
            .sum::<Money>();
        let products = all(&scenario.products, ProductIx)
            .filter(|&product| counts_product(line, product))
            .map(|product| self.purchase(product))
            .sum::<Money>();
        labour + products
    }

    /// Labour and products.
    pub(crate) fn total(&self) -> Money {
        let labour: Money = all(&self.scenario.teams, TeamIx)
            .map(|team| self.labour(team))
            .sum();
        let products: Money = all(&self.scenario.products, ProductIx)
            .map(|product| self.purchase(product))
            .sum();
        labour + products
    }
}

/// Whether a line counts the labour money of a team.
pub(crate) fn counts_team(scenario: &Scenario, line: &BudgetLine, team: TeamIx) -> bool {
    line.scopes.iter().any(|scope| match scope {
        BudgetScope::Total | BudgetScope::Labour => true,
        BudgetScope::Contractor(contractor) => scenario[team].contractor == *contractor,
        BudgetScope::Team(named) => *named == team,
        BudgetScope::Products | BudgetScope::Product(_) => false,
    })
}

/// Whether a line counts the purchases of a product.
pub(crate) fn counts_product(line: &BudgetLine, product: ProductIx) -> bool {
    line.scopes.iter().any(|scope| match scope {
        BudgetScope::Total | BudgetScope::Products => true,
        BudgetScope::Product(named) => *named == product,
        BudgetScope::Labour | BudgetScope::Contractor(_) | BudgetScope::Team(_) => false,
    })
}

/// First and last day of a dated line.
pub(crate) fn dates(scenario: &Scenario, line: &BudgetLine) -> Option<(i64, i64)> {
    (line.from.is_some() || line.to.is_some()).then(|| {
        let number = |day| day_number(scenario, day);
        (
            line.from.map_or(0, number),
            line.to.map_or(number(scenario.end), number),
        )
    })
}

/// Shortfall of every tier that a rule names.
pub(crate) fn shortfall(facts: &Facts, new: &[&Candidate]) -> BTreeMap<u32, Shortfall> {
    let mut exact: BTreeMap<u32, Exact> = (facts.scenario.rules.iter())
        .map(|rule| (rule.tier, Exact::zero()))
        .collect();
    for demand in &facts.demands {
        let days: Vec<i64> = (new.iter())
            .filter(|visit| {
                visit.place == demand.place && demand.counts(visit.treatment, visit.day)
            })
            .map(|visit| visit.day)
            .chain(demand.done.iter().copied())
            .collect();
        let missed = &Exact::from_int(demand.missed(&days)) * &demand.weight;
        let tier = exact.entry(demand.tier).or_insert_with(Exact::zero);
        *tier = &*tier + &missed;
    }
    (exact.into_iter())
        .map(|(tier, sum)| (tier, Shortfall::from_exact(&sum).expect("fits")))
        .collect()
}
