//! A row of teams.csv.

use super::{Day, Exact, Hours, Money, Weekdays};

/// A contracted team (消杀队伍): identical crews that a contractor can field.
#[derive(Debug, Clone)]
pub struct Team {
    /// Unique id.
    pub id: String,
    /// Shown; the id where none is given.
    pub name: String,
    /// Who is paid; the team id where none is given.
    pub contractor: String,
    /// Methods that it can do.
    pub methods: Vec<String>,
    /// Zones that it may work in; empty = everywhere.
    pub zones: Vec<String>,
    /// Crews that it can field on one day, at least 1.
    pub crews: u32,
    /// People in one crew, at least 1; `None` = unknown.
    pub people: Option<u32>,
    /// Working hours of one crew on one day, above 0.
    pub hours_per_day: Hours,
    /// Multiplies `rate_per_hour`, above 0.
    pub speed: Exact,
    /// Money per crew for each day on which it is deployed.
    pub cost_per_day: Money,
    /// Money once, if the team is used at all.
    pub mobilisation: Money,
    /// Crew-days billed at least, if used at all.
    pub min_days: i64,
    /// Crew-days deployed at most.
    pub max_days: Option<i64>,
    /// The contract is signed: mobilisation and `min_days` are owed even if the team is not used.
    pub committed: bool,
    /// First day available; `None` = start of the horizon.
    pub from: Option<Day>,
    /// Last day available; `None` = end of the horizon.
    pub to: Option<Day>,
    /// Weekdays worked.
    pub workdays: Weekdays,
}
