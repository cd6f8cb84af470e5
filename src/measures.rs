//! What a plan comes to: every figure that outputs show, as plain values.
//!
//! Invariant: no I/O and no wording here, and no arithmetic in [`crate::report`].

mod money;
mod rounds;

pub use money::{Cost, cost};
pub use rounds::{Rounds, shortfall};
