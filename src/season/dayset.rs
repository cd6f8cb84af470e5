//! Sets of days, each distinct set kept once.

use super::DayIx;
use std::collections::HashMap;
use std::sync::Arc;

/// A set of days of the horizon.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DaySet {
    words: Vec<u64>,
}

impl DaySet {
    /// No day of a horizon of so many days.
    pub fn empty(days: DayIx) -> Self {
        DaySet {
            words: vec![0; (days.max(0) as usize).div_ceil(64)],
        }
    }

    /// The days `from..=to` that lie in the horizon.
    pub fn stretch(days: DayIx, from: DayIx, to: DayIx) -> Self {
        let mut set = Self::empty(days);
        for day in from.max(0)..=to.min(days - 1) {
            set.insert(day);
        }
        set
    }

    /// Adds a day of the horizon.
    pub fn insert(&mut self, day: DayIx) {
        self.words[day as usize / 64] |= 1 << (day as usize % 64);
    }

    /// Takes a day away.
    pub fn remove(&mut self, day: DayIx) {
        self.words[day as usize / 64] &= !(1 << (day as usize % 64));
    }

    /// Whether the day is in the set; a day outside the horizon is not.
    pub fn contains(&self, day: DayIx) -> bool {
        day >= 0
            && self
                .words
                .get(day as usize / 64)
                .is_some_and(|word| word >> (day as usize % 64) & 1 == 1)
    }

    /// The days that are in both.
    #[must_use]
    pub fn and(&self, other: &DaySet) -> DaySet {
        DaySet {
            words: self
                .words
                .iter()
                .zip(&other.words)
                .map(|(a, b)| a & b)
                .collect(),
        }
    }

    /// The days that are in either.
    #[must_use]
    pub fn or(&self, other: &DaySet) -> DaySet {
        DaySet {
            words: self
                .words
                .iter()
                .zip(&other.words)
                .map(|(a, b)| a | b)
                .collect(),
        }
    }

    /// Whether there is no day in the set.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    /// The days, ascending.
    pub fn iter(&self) -> impl Iterator<Item = DayIx> + '_ {
        self.words.iter().enumerate().flat_map(|(at, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    (at * 64) as DayIx + bit as DayIx
                })
            })
        })
    }

    /// Number of days of the set in `from..=to`.
    pub fn count(&self, from: DayIx, to: DayIx) -> usize {
        self.iter()
            .skip_while(|&day| day < from)
            .take_while(|&day| day <= to)
            .count()
    }

    /// The greatest number of days of the set in `from..=to` that differ pairwise by at least `gap` days (`gap ≥ 1`).
    ///
    /// Taking each day as early as possible is best: exchanging the first day of any other choice for an earlier one
    /// keeps it valid.
    pub fn spaced_count(&self, from: DayIx, to: DayIx, gap: DayIx) -> usize {
        let mut next = from;
        let mut count = 0;
        for day in self.iter() {
            if day > to {
                break;
            }
            if day >= next {
                count += 1;
                next = day + gap.max(1);
            }
        }
        count
    }
}

/// Position of a set in [`DaySets`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DaySetIx(pub u32);

/// All day sets in use, each once: thousands of sites share a handful.
#[derive(Debug, Clone, Default)]
pub struct DaySets {
    sets: Vec<Arc<DaySet>>,
    index: HashMap<Arc<DaySet>, DaySetIx>,
    meets: HashMap<(DaySetIx, DaySetIx), DaySetIx>,
}

impl DaySets {
    /// The position of a set, added if new.
    pub fn intern(&mut self, set: DaySet) -> DaySetIx {
        if let Some(&known) = self.index.get(&set) {
            return known;
        }
        let ix = DaySetIx(self.sets.len() as u32);
        let set = Arc::new(set);
        self.sets.push(Arc::clone(&set));
        self.index.insert(set, ix);
        ix
    }

    /// The position of the days that are in both sets.
    pub fn and(&mut self, a: DaySetIx, b: DaySetIx) -> DaySetIx {
        let key = (a.min(b), a.max(b));
        if let Some(&known) = self.meets.get(&key) {
            return known;
        }
        let ix = self.intern(self.sets[a.0 as usize].and(&self.sets[b.0 as usize]));
        self.meets.insert(key, ix);
        ix
    }

    /// Number of distinct sets.
    pub fn len(&self) -> usize {
        self.sets.len()
    }

    /// Whether there is no set.
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }
}

impl std::ops::Index<DaySetIx> for DaySets {
    type Output = DaySet;
    fn index(&self, ix: DaySetIx) -> &DaySet {
        &self.sets[ix.0 as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_with_a_gap_from_the_earliest_on() {
        let mut set = DaySet::stretch(100, 60, 70);
        set.remove(67);
        assert_eq!(set.count(60, 70), 10);
        assert_eq!(set.spaced_count(60, 70, 7), 2);
        assert_eq!(set.spaced_count(0, 99, 1), 10);
        assert!(!set.contains(67) && !set.contains(-1) && !set.contains(1000));
        assert_eq!(set.iter().next(), Some(60));
    }
}
