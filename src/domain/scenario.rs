//! Everything that is known before planning, consistent by construction.

use super::{CalendarRow, Day, Exact, Money, Product, Rule, Site, Survey, Team, Treatment};
use std::collections::BTreeMap;

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident in $field:ident of $type:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);

        impl std::ops::Index<$name> for Scenario {
            type Output = $type;
            fn index(&self, index: $name) -> &$type {
                &self.$field[index.0]
            }
        }
    )*};
}

index! {
    /// Position of a site in [`Scenario::sites`].
    SiteIx in sites of Site,
    /// Position of a treatment in [`Scenario::treatments`].
    TreatmentIx in treatments of Treatment,
    /// Position of a team in [`Scenario::teams`].
    TeamIx in teams of Team,
    /// Position of a product in [`Scenario::products`].
    ProductIx in products of Product,
    /// Position of a rule in [`Scenario::rules`].
    RuleIx in rules of Rule,
}

/// Money that a budget line limits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum BudgetScope {
    /// Labour and products.
    Total,
    /// All labour money.
    Labour,
    /// All product money.
    Products,
    /// Labour money of a contractor's teams.
    Contractor(String),
    /// Labour money of one team.
    Team(TeamIx),
    /// Money spent on one product's packs.
    Product(ProductIx),
}

/// A row of budget.csv.
#[derive(Debug, Clone)]
pub struct BudgetLine {
    /// Unique id.
    pub id: String,
    /// The scope cell as written, for output.
    pub scope_text: String,
    /// The union of these, each yuan once; empty only when all that it named was dropped.
    pub scopes: Vec<BudgetScope>,
    /// First day, for a dated line; `None` with a `to` = start of the horizon.
    pub from: Option<Day>,
    /// Last day, for a dated line; `None` with a `from` = end of the horizon.
    pub to: Option<Day>,
    /// What may be spent.
    pub amount: Money,
}

/// A row of done.csv: a visit that happened. A row on a site with parts means each part once.
#[derive(Debug, Clone)]
pub struct DoneVisit {
    /// When; may lie before the horizon.
    pub date: Day,
    /// Who.
    pub team: TeamIx,
    /// Which crew; may exceed the team's number of crews.
    pub crew: u32,
    /// Where.
    pub site: SiteIx,
    /// One part (counted from 1), or all of them.
    pub part: Option<u32>,
    /// What was done.
    pub treatment: TreatmentIx,
    /// Product used, where given.
    pub product: Option<ProductIx>,
    /// Quantity used, where given; of all parts together when `part` is `None`.
    pub quantity: Option<Exact>,
    /// Hours worked with access, where given; of all parts together when `part` is `None`.
    pub hours: Option<Exact>,
}

/// A season to plan: what the tables say, checked and resolved.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Shown in every output.
    pub name: String,
    /// Shown beside money; may be empty.
    pub currency: String,
    /// First day of the horizon.
    pub start: Day,
    /// Last day of the horizon, included.
    pub end: Day,
    /// First day on which a new visit may stand (`today`, or the day after the last done visit, or `start`);
    /// after `end` when the season is over, never before `start`.
    pub plan_from: Day,
    /// Rows of sites.csv, in input order.
    pub sites: Vec<Site>,
    /// Rows of treatments.csv, in input order.
    pub treatments: Vec<Treatment>,
    /// Rows of teams.csv, in input order.
    pub teams: Vec<Team>,
    /// Rows of products.csv, in input order.
    pub products: Vec<Product>,
    /// Rows of coverage.csv, in input order.
    pub rules: Vec<Rule>,
    /// Piece rates of rates.csv by contractor and treatment; they replace the treatment's own.
    pub rates: BTreeMap<(String, TreatmentIx), Exact>,
    /// Rows of budget.csv, in input order.
    pub budget: Vec<BudgetLine>,
    /// Rows of calendar.csv, in file order, the base's first.
    pub calendar: Vec<CalendarRow>,
    /// Rows of done.csv, in file order, the base's first.
    pub done: Vec<DoneVisit>,
    /// Rows of surveys.csv, in file order, the base's first; information for reports.
    pub surveys: Vec<Survey>,
}

impl Scenario {
    /// The scenario with one budget line over everything in place of those that it has, or with none.
    ///
    /// Only undated lines whose scope is `total` alone are replaced; the new one stands last.
    #[must_use]
    pub fn with_total(&self, amount: Option<Money>) -> Scenario {
        let mut changed = self.clone();
        let is_total = |line: &BudgetLine| {
            line.scopes == [BudgetScope::Total] && line.from.is_none() && line.to.is_none()
        };
        changed.budget.retain(|line| !is_total(line));
        changed.budget.extend(amount.map(|amount| BudgetLine {
            id: "total".to_owned(),
            scope_text: "total".to_owned(),
            scopes: vec![BudgetScope::Total],
            from: None,
            to: None,
            amount,
        }));
        changed
    }
}
