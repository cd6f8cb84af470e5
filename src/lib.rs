//! xiaosha (消杀): plans a district's pest-control season.
//!
//! Which contracted team treats which site with which product on which day, how much to buy, what it costs, and what
//! cannot be done for the money: from CSV tables or a workbook, with a proof of how close the plan is to the best.
//! [`pipeline`] tells the whole story on a page; `ARCHITECTURE.md` is the map.
//!
//! - [`pipeline::plan`] plans a folder and writes the files, [`pipeline::compare`] does so for several and says what
//!   differs (`examples/plan_folder.rs`).
//! - [`validate::load`] gives a [`domain::Scenario`], plain values that may be changed; [`season::Season`] works it out,
//!   [`engine::plan`] plans it, [`measures::Measures`] are the figures (`examples/sweep_budget.rs`).
//! - [`verify::judge_file`] judges any plan, of whatever origin (`examples/judge_plan.rs`).
//!
//! ```
//! use std::path::Path;
//! use xiaosha::engine::{self, Options, Unwatched};
//! use xiaosha::season::Season;
//! use xiaosha::{validate, verify};
//!
//! let (scenario, findings) = validate::load(Path::new("scenarios/community"));
//! let scenario = scenario.expect("a scenario without errors");
//! assert!(findings.is_empty());
//!
//! let outcome = engine::plan(&Season::new(&scenario), &Options::default(), &Unwatched);
//! let judgement = verify::judge_plan(&scenario, &outcome.plan);
//! assert!(judgement.is_valid() && judgement.is_complete());
//! ```

pub mod cli;
pub mod compare;
pub mod domain;
pub mod engine;
pub mod explain;
pub mod finding;
pub mod form;
pub mod lang;
pub mod measures;
pub mod orders;
pub mod pipeline;
pub mod read;
pub mod record;
pub mod report;
pub mod season;
pub mod spreadsheet;
pub mod validate;
pub mod verify;
pub mod whole_file;
