//! Several scenarios side by side: what differs in their tables and in what their plans come to.
//!
//! A [`Comparison`] is sections of rows; a row has a value for each scenario, its change against the first (the base)
//! and a mark where it is best. Terminal, CSV and page show it alike, and work out nothing themselves.
//!
//! *Best* is said only where it is well defined, among scenarios that ask the same rounds: the fewest missed in a tier
//! among those that miss least in all earlier tiers; the least cost among those that miss least in every tier; the
//! smallest gap among all. Few crew-days or purchases are not good in themselves. A lone contender is not marked, nor
//! are equal values.
//!
//! Invariant: no I/O, and nothing is planned here.

mod best;
mod canonical;
mod figures;
mod inputs;

use crate::domain::{Money, Quantity, Scenario, Shortfall};
use crate::lang::Text;
use crate::measures::Measures;
use crate::read::Tables;

/// A scenario to compare.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Short name, unique: that of its folder.
    pub name: String,
    /// Errors in its tables.
    pub errors: usize,
    /// Tables and plan; `None` when there is no plan, because the tables have errors.
    pub content: Option<Content<'a>>,
}

/// Tables and plan of a scenario without errors.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    /// Its cells, after `extends`.
    pub tables: &'a Tables,
    /// What they say.
    pub scenario: &'a Scenario,
    /// What its plan comes to.
    pub measures: &'a Measures,
}

/// Scenarios side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The scenarios, the base first.
    pub scenarios: Vec<Compared>,
    /// What differs in the tables: a section for each table that differs somewhere, named by its file. Rows stand in the
    /// order of ids, then columns; those that differ nowhere are left out.
    pub inputs: Vec<Section>,
    /// What the plans come to: coverage, money, crew-days, purchases, closeness to the best possible.
    pub figures: Vec<Section>,
}

/// A scenario that takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Short name, unique.
    pub name: String,
    /// The scenario's own name; empty when it has errors.
    pub title: String,
    /// Currency of its money; may be empty.
    pub currency: String,
    /// Errors in its tables; above 0 it has no values.
    pub errors: usize,
}

/// Rows that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Name for programs: a file name, or a word such as `money`.
    pub id: String,
    /// Heading.
    pub title: Text,
    /// Its rows, most important first.
    pub rows: Vec<Row>,
}

/// One line: a value for each scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Name for programs, unique within the section, such as `team/A/used`.
    pub id: String,
    /// What the line is about: a row of a table, a team, a rule.
    pub item: Text,
    /// Which figure or column of it; `None` where the item says it all, and for a row that is added or dropped.
    pub aspect: Option<Text>,
    /// How much the line matters where there is little room.
    pub weight: Weight,
    /// By scenario, the base first.
    pub cells: Vec<Cell>,
}

/// How much a row matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// What everybody asks first: shown though no scenario differs.
    Headline,
    /// Shown where some scenario differs.
    Usual,
    /// For those who look closely; the terminal leaves it to comparison.csv.
    Detail,
}

impl Row {
    /// Whether any scenario differs from the base.
    pub fn differs(&self) -> bool {
        self.cells.iter().any(|cell| cell.change.is_some())
    }
}

/// The value of one scenario in a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// `None` where the scenario has no such thing, or no plan.
    pub value: Option<Value>,
    /// How it differs from the base; `None` for the base, for equal values, and where they cannot be compared.
    pub change: Option<Change>,
    /// Whether it is the best of the row; several are, where they are equal.
    pub best: bool,
}

/// A value with its unit.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number of things.
    Count(i64),
    /// Money, in the scenario's currency.
    Money(Money),
    /// Units of a product.
    Quantity(Quantity),
    /// Rounds × weight.
    Rounds(Shortfall),
    /// A share of what is available, 1 = all of it.
    Share(f64),
    /// How far from the best possible at most, as a share; shown rounded up.
    Gap(f64),
    /// A cell of a table as written; empty where it is blank.
    Text(String),
    /// A row of a table that another scenario lacks: the cells that are given, with their headers.
    Row(Vec<(Text, String)>),
}

/// How a value differs from the base's.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A number is greater or less.
    By {
        /// Value − base, in the same unit.
        difference: Value,
        /// The difference as a share of the base; `None` for a base of 0 and for shares.
        relative: Option<f64>,
    },
    /// A cell says something else.
    Replaced,
    /// The base has no such row or thing.
    Added,
    /// The scenario has no such row or thing any more.
    Dropped,
}

impl Comparison {
    /// Compares scenarios with the first.
    ///
    /// Of one without content every value is `None`; if that is the base, no value has a change.
    pub fn new(entries: &[Entry]) -> Self {
        let contents: Vec<Option<Content>> = entries.iter().map(|entry| entry.content).collect();
        let scenarios = entries.iter().map(|entry| {
            let scenario = entry.content.map(|content| content.scenario);
            Compared {
                name: entry.name.clone(),
                title: scenario.map_or(String::new(), |scenario| scenario.name.clone()),
                currency: scenario.map_or(String::new(), |scenario| scenario.currency.clone()),
                errors: entry.errors,
            }
        });
        Comparison {
            scenarios: scenarios.collect(),
            inputs: inputs::sections(&contents),
            figures: figures::sections(&contents),
        }
    }
}
