//! What a page can show; each part is shown when it is there.

use crate::domain::{Day, Money};
use crate::lang::Text;
use crate::measures::{FrontierFigures, Measures};
use crate::season::Season;

/// What stands on a page. A command fills the parts that it has.
#[derive(Debug, Clone)]
pub struct PageContent<'a> {
    /// Heading: the scenario's name, or what is compared.
    pub title: Text,
    /// First and last day spoken of.
    pub dates: (Day, Day),
    /// Currency of all money on the page; may be empty.
    pub currency: &'a str,
    /// A plan with all its sections.
    pub plan: Option<PlanContent<'a>>,
    /// What more or less money would do.
    pub frontier: Option<FrontierFigures>,
    /// Several scenarios side by side.
    pub comparison: Option<Comparison>,
    /// Why rounds are missed, and what would cure it; empty when nothing was looked into.
    pub explanations: Vec<Explanation>,
}

impl<'a> PageContent<'a> {
    /// The page of one plan.
    pub fn of_plan(season: &'a Season<'a>, measures: &'a Measures) -> Self {
        let scenario = season.scenario;
        PageContent {
            title: Text::new(&*scenario.name, &*scenario.name),
            dates: (scenario.start, scenario.end),
            currency: &scenario.currency,
            plan: Some(PlanContent { season, measures }),
            frontier: None,
            comparison: None,
            explanations: Vec::new(),
        }
    }
}

/// A plan and its figures.
#[derive(Debug, Clone, Copy)]
pub struct PlanContent<'a> {
    /// What was planned.
    pub season: &'a Season<'a>,
    /// What the plan comes to.
    pub measures: &'a Measures,
}

/// Several scenarios side by side, as rows of texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// Heading of each scenario's column, the base first.
    pub scenarios: Vec<Text>,
    /// Rows that belong together.
    pub sections: Vec<ComparisonSection>,
}

/// Rows that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparisonSection {
    /// What they are about.
    pub title: Text,
    /// The rows.
    pub rows: Vec<ComparisonRow>,
}

/// One figure of each scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparisonRow {
    /// Which figure.
    pub label: Text,
    /// By scenario, as [`Comparison::scenarios`].
    pub cells: Vec<ComparisonCell>,
}

/// The figure of one scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparisonCell {
    /// The figure with its unit; empty where the scenario has none.
    pub value: Text,
    /// How it differs from the base, where it does.
    pub change: Option<Text>,
    /// Whether it is the best of its row.
    pub best: bool,
}

/// Why rounds are missed, and what would cure it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What is missed, and why.
    pub what: Text,
    /// What would cure it, cheapest first.
    pub cures: Vec<Cure>,
}

/// Something that would let missed rounds be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cure {
    /// What is to be done.
    pub what: Text,
    /// What it would cost; `None` where money alone does not help.
    pub money: Option<Money>,
}
