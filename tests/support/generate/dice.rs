//! Seeded choices.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};
use std::ops::RangeInclusive;

/// Draws the same things for the same seed, on every machine.
pub(crate) struct Dice(Xoshiro256PlusPlus);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Dice(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// A whole number, both ends included.
    pub(crate) fn within(&mut self, range: RangeInclusive<i64>) -> i64 {
        let count =
            u64::try_from(range.end() - range.start() + 1).expect("a range that is not empty");
        // The bias of the remainder is far below what any test could see.
        range.start() + (self.0.next_u64() % count) as i64
    }

    /// Yes in so many cases of a hundred.
    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.within(1..=100) <= percent
    }

    /// One of these.
    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        let index = self.within(0..=from.len() as i64 - 1);
        from[index as usize].clone()
    }

    /// At least one of these, in their order.
    pub(crate) fn some<T: Clone>(&mut self, from: &[T], percent: i64) -> Vec<T> {
        let mut kept: Vec<T> = Vec::new();
        for one in from {
            if self.chance(percent) {
                kept.push(one.clone());
            }
        }
        if kept.is_empty() {
            kept.push(self.pick(from));
        }
        kept
    }

    /// One of these or, in the other cases, a blank cell.
    pub(crate) fn maybe(&mut self, percent: i64, from: &[&str]) -> String {
        if self.chance(percent) {
            self.pick(from).to_owned()
        } else {
            String::new()
        }
    }
}
