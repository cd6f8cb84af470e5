//! What the checker says of a plan.

use super::Clause;
use crate::domain::{Exact, Money};
use crate::lang::Text;
use serde::Serialize;
use std::collections::BTreeMap;

/// One rule that a plan breaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Violation {
    /// The line of visits.csv. Where several visits break a limit together it is the first visit, in the order of
    /// visits.csv, with which the limit is passed.
    pub line: Option<u64>,
    /// What is broken.
    pub clause: Clause,
    /// Who or what, with the figures.
    pub message: Text,
}

/// What a plan is worth: whether it is valid, what it misses, what it costs.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// All violations, by line and code; none means that the plan is valid.
    pub violations: Vec<Violation>,
    /// Shortfall of every tier that a rule names, rounded half up to a millionth.
    pub shortfall: BTreeMap<u32, Exact>,
    /// Money for the teams, done and new visits together.
    pub labour: Money,
    /// Money for the packs bought.
    pub products: Money,
    /// New visits judged, parts counted; rows that name nothing known are left out.
    pub visits: usize,
    /// Done visits counted, parts counted; those before the horizon are left out.
    pub done: usize,
    /// Crew-days deployed, done and new.
    pub crew_days: usize,
}

impl Judgement {
    /// Whether no rule is broken.
    pub fn is_valid(&self) -> bool {
        self.violations.is_empty()
    }

    /// Whether no round is missed in any tier.
    pub fn is_complete(&self) -> bool {
        self.shortfall.values().all(Exact::is_zero)
    }

    /// Labour and products.
    pub fn total(&self) -> Money {
        Money::from_micro(self.labour.micro().saturating_add(self.products.micro()))
    }
}
