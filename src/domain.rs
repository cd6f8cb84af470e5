//! What a season is made of, in words of the trade. No I/O, no solver.
//!
//! Invariant: this module imports nothing of ours. A [`Scenario`] says what the tables say, checked and with
//! references resolved, but *not* worked out: which sites a rule chooses, on which days a place is open, how many
//! rounds a period asks. The planner ([`crate::season`]) and the checker ([`crate::verify`]) each work that out for
//! themselves, so that a mistake in one is caught by the other.

mod calendar;
mod exact;
mod plan;
mod rule;
mod scenario;
mod site;
mod survey;
mod team;
mod treatment;
mod units;

pub use calendar::{CalendarRow, CalendarScope, CalendarStatus, Day, Weekdays};
pub use exact::Exact;
pub use plan::{Plan, Visit};
pub use rule::{Choice, Every, Rule, Selector};
pub use scenario::{
    BudgetLine, BudgetScope, DoneVisit, ProductIx, RuleIx, Scenario, SiteIx, TeamIx, TreatmentIx,
};
pub use site::Site;
pub use survey::{Survey, SurveyPhase};
pub use team::Team;
pub use treatment::{Measure, Product, Treatment};
pub use units::{Hours, Money, Quantity, Shortfall};
