//! What a plan comes to: every figure that outputs show, as plain values.
//!
//! Invariant: no I/O and no wording here, and no arithmetic in [`crate::report`].

mod breakdown;
mod budget;
mod campaign;
mod closeness;
mod coverage;
mod density;
mod due;
mod frontier;
mod missed;
mod money;
mod people;
mod rounds;
mod route;
mod stock;
mod tight;
mod visits;
mod weeks;
mod work;

pub use breakdown::{
    Breakdown, DemandFigures, PlaceFigures, RulePeriodFigures, TeamDayFigures, WeekLoad,
};
pub use budget::BudgetFigures;
pub use campaign::{CampaignRound, campaign, kinds, zone_of, zones};
pub use closeness::{Closeness, Proven, gap};
pub use coverage::{CoverageFigures, RuleFigures, TierFigures};
pub use density::{DensityFigures, Found, densities};
pub use due::{DueFigures, DueTotals, due};
pub use frontier::{EnoughFigures, FrontierFigures, KindFigures, PointFigures, PointTier, knee};
pub use missed::{Missed, MissedFigures, Obstacle, per_cent_of_choices};
pub use money::{Cost, LabourFigures, PurchaseFigures, TeamFigures, cost};
pub use people::{PeopleFigures, workable_weeks};
pub use rounds::{Rounds, shortfall};
pub use route::{Route, metres};
pub use tight::{Limit, TightLimit};
pub use visits::{CrewDayFigures, VisitFigures};
pub use weeks::{IssueFigures, WeekFigures};
pub use work::{Tally, Work, done, gather, person_days, planned, tally};

use crate::domain::{Plan, ProductIx, Shortfall};
use crate::season::Season;
use money::Use;
use std::collections::BTreeMap;

/// Every figure of a plan, in the order in which files list them.
#[derive(Debug, Clone)]
pub struct Measures {
    /// New visits.
    pub visits: Vec<VisitFigures>,
    /// Number of done visits in the horizon, parts counted.
    pub done: usize,
    /// Crew-days, done and new.
    pub crew_days: Vec<CrewDayFigures>,
    /// What each team does in each week, by week and team id.
    pub weeks: Vec<WeekFigures>,
    /// What is handed out, by date, team id and product id.
    pub issues: Vec<IssueFigures>,
    /// Every product, by id.
    pub purchases: Vec<PurchaseFigures>,
    /// Every rule, site part and period, by rule id, part id and date.
    pub coverage: Vec<CoverageFigures>,
    /// Everything that is missed and why, by rule id, part id and date.
    pub missed: Vec<MissedFigures>,
    /// Every budget line, in input order.
    pub budget: Vec<BudgetFigures>,
    /// Every team, in input order.
    pub teams: Vec<TeamFigures>,
    /// Every rule, in input order.
    pub rules: Vec<RuleFigures>,
    /// Every tier that a rule names, most important first.
    pub tiers: Vec<TierFigures>,
    /// What labour is paid for.
    pub labour: LabourFigures,
    /// What the plan costs.
    pub cost: Cost,
    /// How close the plan is to the best possible.
    pub closeness: Closeness,
    /// How much people like the plan.
    pub people: PeopleFigures,
    /// The limits of which the greatest share is used, tightest first, at most three.
    pub tightest: Vec<TightLimit>,
}

/// What a plan uses of everything that tables limit, done and new visits together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spending {
    /// Every budget line, in input order.
    pub budget: Vec<BudgetFigures>,
    /// Crew-days, by team.
    pub crew_days: Vec<i64>,
    /// Packs bought, by product.
    pub packs: Vec<i64>,
    /// What it costs.
    pub cost: Cost,
}

/// What a plan uses; quicker than all its [`Measures`].
pub fn spending(season: &Season, plan: &Plan) -> Spending {
    let used = Use::new(season, plan);
    let visits = visits::visits(season, plan);
    let products = 0..season.scenario.products.len();
    Spending {
        budget: budget::lines(season, &used, &visits),
        packs: products
            .map(|at| used.packs(season, ProductIx(at)))
            .collect(),
        cost: used.cost(season),
        crew_days: used.days,
    }
}

impl Measures {
    /// Works out the figures of a plan of which this is proven.
    pub fn new(season: &Season, plan: &Plan, proven: &Proven) -> Self {
        let used = Use::new(season, plan);
        let rounds = Rounds::new(season, plan);
        let shortfall = rounds.shortfall(season);
        let visits = visits::visits(season, plan);
        let crew_days = visits::crew_days(season, &visits);
        let rules = coverage::rules(season, &rounds);
        let cost = used.cost(season);
        let budget = budget::lines(season, &used, &visits);
        let teams = money::teams(season, &used);
        let purchases = money::purchases(season, &used, &stock::short_on(season, &visits));
        let deployed = missed::Deployed::new(season, &visits);
        Measures {
            people: people::people(season, &rounds, &visits),
            done: season.done.iter().filter(|done| done.day >= 0).count(),
            weeks: weeks::weeks(season, &visits),
            issues: weeks::issues(season, &visits),
            missed: missed::missed(season, &rounds, &used, &budget, &deployed),
            coverage: coverage::periods(season, &rounds),
            tiers: coverage::tiers(season, &rules, &shortfall),
            labour: money::labour(season, &used),
            closeness: Closeness::new(&shortfall, cost.total(), proven),
            tightest: tight::tightest(season, &teams, &purchases, &budget),
            visits,
            crew_days,
            purchases,
            budget,
            teams,
            rules,
            cost,
        }
    }

    /// Whether no round is missed in any tier.
    pub fn is_complete(&self) -> bool {
        self.tiers.iter().all(|tier| tier.missed == 0)
    }

    /// Shortfall by tier.
    pub fn shortfall(&self) -> BTreeMap<u32, Shortfall> {
        let tiers = self.tiers.iter();
        tiers.map(|tier| (tier.tier, tier.shortfall)).collect()
    }

    /// Rounds asked, in all tiers.
    pub fn asked(&self) -> u64 {
        self.tiers.iter().map(|tier| tier.asked).sum()
    }

    /// Rounds missed, in all tiers.
    pub fn missed(&self) -> u64 {
        self.tiers.iter().map(|tier| tier.missed).sum()
    }

    /// Rounds asked that are not missed; what comes late may exceed what is asked, then none.
    pub fn kept(&self) -> u64 {
        self.asked().saturating_sub(self.missed())
    }

    /// The share of the crew-days of all teams that is used; `None` where they could field none.
    pub fn crew_days_share(&self) -> Option<f64> {
        money::used_share(self.crew_days.len() as i64, self.crew_days_available())
    }

    /// Crew-days that all teams together could field.
    pub fn crew_days_available(&self) -> i64 {
        self.teams.iter().map(|team| team.available).sum()
    }
}
