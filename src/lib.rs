//! xiaosha (消杀): plans a district's pest-control season.
//!
//! Which contracted team treats which site with which product on which day, how much to buy, what it costs, and what
//! cannot be done for the money: from CSV tables or a workbook, with a proof of how close the plan is to the best.
//! [`pipeline`] tells the whole story on a page; `ARCHITECTURE.md` is the map.
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
pub mod domain;
pub mod engine;
pub mod finding;
pub mod form;
pub mod lang;
pub mod measures;
pub mod pipeline;
pub mod read;
pub mod report;
pub mod season;
pub mod validate;
pub mod verify;
