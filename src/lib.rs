//! xiaosha (消杀): plans a district's pest-control season.
pub mod domain;
pub mod engine;
pub mod lang;
pub mod measures;
pub mod season;
pub mod verify;
