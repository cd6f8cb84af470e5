//! xiaosha (消杀): plans a district's pest-control season.
pub mod cli;
pub mod domain;
pub mod engine;
pub mod finding;
pub mod lang;
pub mod measures;
pub mod pipeline;
pub mod read;
pub mod report;
pub mod season;
pub mod validate;
pub mod verify;
