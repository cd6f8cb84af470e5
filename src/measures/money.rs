//! What a plan costs, done visits and signed contracts included.

use crate::domain::{Day, Money, Plan, ProductIx, Quantity, TeamIx, Visit};
use crate::season::{DayIx, Job, Season, TeamOption, limits};

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

/// What labour is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LabourFigures {
    /// Day rates, the top-up to the days owed at least included.
    pub days: Money,
    /// Piece money.
    pub piece: Money,
    /// Mobilisation.
    pub mobilisation: Money,
}

/// What a team does and is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamFigures {
    /// The team.
    pub team: TeamIx,
    /// Crew-days deployed, done and new.
    pub crew_days: i64,
    /// Crew-days that it could field: done ones, and on open days from the first day of planning on as many crews
    /// as it has, at most `max_days` in all.
    pub available: i64,
    /// Labour money.
    pub cost: Money,
}

impl TeamFigures {
    /// The share of its crew-days that is used; `None` where it could field none.
    pub fn share(&self) -> Option<f64> {
        used_share(self.crew_days, self.available)
    }
}

/// Used ÷ available; `None` where nothing is available.
pub(super) fn used_share(used: i64, available: i64) -> Option<f64> {
    (available > 0).then(|| used as f64 / available as f64)
}

/// A row of purchases.csv.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurchaseFigures {
    /// The product.
    pub product: ProductIx,
    /// Units used, done and new.
    pub used: Quantity,
    /// Packs to buy.
    pub packs: i64,
    /// Units in these packs.
    pub bought: Quantity,
    /// Money for them.
    pub cost: Money,
    /// The day of the first visit with which what is used exceeds the stock; `None` where nothing is bought.
    pub short_on: Option<Day>,
}

/// Every team, in input order.
pub(super) fn teams(season: &Season, used: &Use) -> Vec<TeamFigures> {
    (0..season.scenario.teams.len())
        .map(|at| {
            let open = season.day_sets[season.team_days[at]].iter().count() as i64;
            let open = open * i64::from(season.scenario.teams[at].crews);
            let new = season.limits.new_days[at].map_or(open, |most| most.min(open));
            TeamFigures {
                team: TeamIx(at),
                crew_days: used.days[at],
                available: season.limits.done_days[at] + new,
                cost: used.labour(season, TeamIx(at)),
            }
        })
        .collect()
}

/// What labour is paid for.
pub(super) fn labour(season: &Season, used: &Use) -> LabourFigures {
    let mut sum = LabourFigures::default();
    for (at, team) in season.scenario.teams.iter().enumerate() {
        if used.used[at] || team.committed {
            sum.mobilisation += team.mobilisation;
        }
        sum.piece += used.piece[at];
        sum.days += used.labour(season, TeamIx(at)) - used.piece[at];
    }
    sum.days -= sum.mobilisation;
    sum
}

/// Every product, by id.
pub(super) fn purchases(
    season: &Season,
    used: &Use,
    short_on: &[Option<Day>],
) -> Vec<PurchaseFigures> {
    let products = &season.scenario.products;
    let mut order: Vec<usize> = (0..products.len()).collect();
    order.sort_by_key(|&at| &products[at].id);
    order
        .into_iter()
        .map(|at| {
            let product = ProductIx(at);
            let packs = used.packs(season, product);
            PurchaseFigures {
                product,
                used: used.quantity[at],
                packs,
                bought: products[at].pack_size * packs,
                cost: used.packs_money(season, product),
                short_on: short_on[at],
            }
        })
        .collect()
}

/// The job that a visit does, if a rule wants it.
fn job<'a>(season: &'a Season, visit: &Visit) -> Option<&'a Job> {
    season.parts[season.part_of(visit)]
        .jobs
        .iter()
        .map(|&job| &season.jobs[job])
        .find(|job| job.treatment == visit.treatment)
}

/// What the season has worked out for the team of a visit already.
pub(super) fn option<'a>(season: &'a Season, visit: &Visit) -> Option<&'a TeamOption> {
    let options = &job(season, visit)?.options;
    options.iter().find(|option| option.team == visit.team)
}

/// What the contractor is paid for a visit.
pub(super) fn piece_money(season: &Season, visit: &Visit) -> Money {
    match option(season, visit) {
        Some(option) => option.piece,
        None => season.piece_money(season.part_of(visit), visit.treatment, visit.team),
    }
}

/// What a visit uses of its product, if any.
pub(super) fn product(season: &Season, visit: &Visit) -> Option<(ProductIx, Quantity)> {
    let product = season.scenario[visit.treatment].product?;
    match job(season, visit) {
        Some(job) => job.product,
        None => Some((
            product,
            season.quantity(season.part_of(visit), visit.treatment),
        )),
    }
}
