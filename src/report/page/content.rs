//! What a page can show; each part is shown when it is there.

use crate::compare::Comparison;
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
    pub comparison: Option<&'a Comparison>,
    /// What came of planning the same tables again; empty when nothing was, or nothing is better.
    pub planned_again: Vec<Text>,
    /// Why rounds are missed, and what would cure it; empty when nothing was looked into.
    pub explanations: Vec<Explanation>,
    /// What things are worth, as tables.
    pub answers: Vec<AnswerTable>,
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
            planned_again: Vec::new(),
            explanations: Vec::new(),
            answers: Vec::new(),
        }
    }

    /// The page of a comparison; `dates` are those of the base.
    pub fn of_comparison(comparison: &'a Comparison, dates: (Day, Day)) -> Self {
        let base = comparison.scenarios.first();
        let title = base.map_or("", |base| match base.errors {
            0 => &*base.title,
            _ => &*base.name,
        });
        PageContent {
            title: Text::new(
                format!("方案比较：{title}"),
                format!("Scenarios compared: {title}"),
            ),
            dates,
            // A comparison says itself what its money is counted in.
            currency: "",
            plan: None,
            frontier: None,
            comparison: Some(comparison),
            planned_again: Vec::new(),
            explanations: Vec::new(),
            answers: Vec::new(),
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

/// Why rounds are missed, and what would cure it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What is missed.
    pub what: Text,
    /// Why.
    pub why: Vec<Text>,
    /// What would cure it, cheapest first.
    pub cures: Vec<Cure>,
}

/// Something that would let missed rounds be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cure {
    /// What is to be done.
    pub what: Text,
    /// What it would cost more, or less where below zero; `None` where there is nothing to pay for.
    pub money: Option<Money>,
    /// What is proven of it; blank where nothing is.
    pub proven: Text,
}

/// A table of answers, as texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerTable {
    /// What it is about.
    pub caption: Text,
    /// Heads of the columns, and whether a column holds numbers.
    pub head: Vec<(Text, bool)>,
    /// Rows of cells, one for each head.
    pub rows: Vec<Vec<Text>>,
}
