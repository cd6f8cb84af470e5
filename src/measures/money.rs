//! What a plan costs, done visits and signed contracts included.

use crate::domain::{Money, Plan, ProductIx, Quantity, TeamIx, Visit};
use crate::season::{DayIx, Season, limits};

/// Money of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cost {
    /// Crew-days, mobilisation and piece money.
    pub labour: Money,
    /// Packs bought.
    pub products: Money,
}

impl Cost {
    /// Labour and products.
    pub fn total(self) -> Money {
        self.labour + self.products
    }
}

/// What is used of teams and products, done and new visits together.
#[derive(Debug, Clone)]
pub(super) struct Use {
    /// Crew-days (team, day, crew) that are deployed in the horizon, ascending, each once.
    pub(super) crew_days: Vec<(TeamIx, DayIx, u32)>,
    /// Number of crew-days, by team.
    pub(super) days: Vec<i64>,
    /// Whether the team makes any visit, by team.
    pub(super) used: Vec<bool>,
    /// Piece money, by team.
    pub(super) piece: Vec<Money>,
    /// Product used, by product.
    pub(super) quantity: Vec<Quantity>,
}

impl Use {
    /// Adds up what done visits and a plan use.
    pub(super) fn new(season: &Season, plan: &Plan) -> Self {
        let limits = &season.limits;
        let mut sum = Use {
            crew_days: Vec::with_capacity(plan.visits.len()),
            days: vec![0; season.scenario.teams.len()],
            used: limits.done_used.clone(),
            piece: limits.done_piece.clone(),
            quantity: limits.done_quantity.clone(),
        };
        let done = season.done.iter().filter(|done| done.day >= 0);
        sum.crew_days
            .extend(done.map(|done| (done.team, done.day, done.crew)));
        for visit in &plan.visits {
            let team = visit.team;
            sum.crew_days
                .push((team, season.day(visit.date), visit.crew));
            sum.used[team.0] = true;
            sum.piece[team.0] += piece_money(season, visit);
            if let Some((product, quantity)) = product(season, visit) {
                sum.quantity[product.0] += quantity;
            }
        }
        sum.crew_days.sort_unstable();
        sum.crew_days.dedup();
        for (team, ..) in &sum.crew_days {
            sum.days[team.0] += 1;
        }
        sum
    }

    /// Labour money of a team over the whole season.
    pub(super) fn labour(&self, season: &Season, team: TeamIx) -> Money {
        let at = team.0;
        limits::team_money(season, team, self.days[at], self.used[at], self.piece[at])
    }

    /// Packs to buy of a product.
    pub(super) fn packs(&self, season: &Season, product: ProductIx) -> i64 {
        limits::packs_needed(season, product, self.quantity[product.0])
    }

    /// Money for the packs of a product.
    pub(super) fn packs_money(&self, season: &Season, product: ProductIx) -> Money {
        season.scenario[product].pack_cost * self.packs(season, product)
    }

    /// What it costs.
    pub(super) fn cost(&self, season: &Season) -> Cost {
        let teams = (0..season.scenario.teams.len()).map(TeamIx);
        let products = (0..season.scenario.products.len()).map(ProductIx);
        Cost {
            labour: teams.map(|team| self.labour(season, team)).sum(),
            products: products
                .map(|product| self.packs_money(season, product))
                .sum(),
        }
    }
}

/// What a plan costs.
pub fn cost(season: &Season, plan: &Plan) -> Cost {
    Use::new(season, plan).cost(season)
}

/// What the contractor is paid for a visit; looked up where the season has worked it out already.
pub(super) fn piece_money(season: &Season, visit: &Visit) -> Money {
    let part = season.part_of(visit);
    season.parts[part]
        .jobs
        .iter()
        .map(|&job| &season.jobs[job])
        .find(|job| job.treatment == visit.treatment)
        .and_then(|job| job.options.iter().find(|option| option.team == visit.team))
        .map_or_else(
            || season.piece_money(part, visit.treatment, visit.team),
            |option| option.piece,
        )
}

/// What a visit uses of its product, if any; looked up where the season has worked it out already.
pub(super) fn product(season: &Season, visit: &Visit) -> Option<(ProductIx, Quantity)> {
    let part = season.part_of(visit);
    let product = season.scenario[visit.treatment].product?;
    let job = season.parts[part]
        .jobs
        .iter()
        .map(|&job| &season.jobs[job])
        .find(|job| job.treatment == visit.treatment);
    match job {
        Some(job) => job.product,
        None => Some((product, season.quantity(part, visit.treatment))),
    }
}
