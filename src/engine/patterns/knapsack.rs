//! The heaviest set of visits that fits into a crew-day.

use crate::domain::Hours;

/// Units of time, in seconds, in which sizes may be whole.
const UNITS: [i64; 9] = [60, 30, 20, 15, 12, 10, 6, 5, 4];

/// Hours, in millionths, by which a size may be off a whole number of units: it was rounded to a millionth.
const OFF: i64 = 2;

/// Steps into which a crew-day is cut where sizes are whole in no unit.
const STEPS: i64 = 3_000;

/// Visits that are too few to count.
const NOTHING: f64 = 1e-9;

/// Sizes in whole units.
#[derive(Debug, Clone)]
pub(super) struct Knapsack {
    sizes: Vec<usize>,
    /// How many of each size at most.
    most: Vec<usize>,
    room: usize,
}

impl Knapsack {
    /// Any set of these visits, at most so many of each size, that fits into the crew-day fits in units as well.
    ///
    /// Where every size is n units but for a rounding of at most [`OFF`], and so are k visits, their units take no more
    /// than the crew-day and k roundings. Elsewhere sizes are rounded down to steps of the crew-day, of which there are
    /// [`STEPS`].
    pub(super) fn new(sizes: &[(Hours, usize)], crew_day: Hours) -> Self {
        let crew_day = crew_day.micro();
        let micro: Vec<i64> = sizes.iter().map(|(size, _)| size.micro()).collect();
        let most: Vec<usize> = sizes.iter().map(|&(_, most)| most).collect();
        let shortest = micro.iter().copied().min().unwrap_or(1).max(1);
        let visits = (crew_day / shortest).min(most.iter().sum::<usize>() as i64);
        // A second is 2,500 / 9 millionths of an hour.
        let units = |seconds: i64| -> Option<Vec<usize>> {
            let unit = 2_500 * seconds;
            let whole = |&size: &i64| {
                let number = (9 * size + unit / 2) / unit;
                ((9 * size - number * unit).abs() <= 9 * OFF).then_some(number as usize)
            };
            micro.iter().map(whole).collect()
        };
        let found = UNITS.iter().find_map(|&seconds| {
            let room = 9 * (crew_day + visits * OFF) / (2_500 * seconds);
            Some((units(seconds)?, room as usize)).filter(|_| room <= STEPS)
        });
        let (sizes, room) = found.unwrap_or_else(|| {
            let steps = micro
                .iter()
                .map(|size| (size * STEPS / crew_day.max(1)) as usize);
            (steps.collect(), STEPS as usize)
        });
        Knapsack { sizes, most, room }
    }

    /// How many of a size fit, alone.
    fn fits(&self, at: usize, room: usize) -> usize {
        let most = self.most[at];
        (room.checked_div(self.sizes[at])).map_or(most, |fitting| most.min(fitting))
    }

    /// Whether a pattern fits.
    #[cfg(test)]
    pub(super) fn holds(&self, pattern: &[usize]) -> bool {
        let all = pattern.iter().zip(&self.sizes);
        all.map(|(number, size)| number * size).sum::<usize>() <= self.room
    }

    /// As many visits of one size as fit.
    pub(super) fn only(&self, at: usize) -> Vec<usize> {
        let mut pattern = vec![0; self.sizes.len()];
        pattern[at] = self.fits(at, self.room);
        pattern
    }

    /// A packing of so many visits of each size, the longest first: patterns, and how many times each is used.
    pub(super) fn packed(&self, visits: &[f64]) -> Vec<(f64, Vec<usize>)> {
        let mut left = visits.to_vec();
        let mut packed = Vec::new();
        loop {
            let mut pattern = vec![0; left.len()];
            let (mut room, mut times) = (self.room, f64::INFINITY);
            for at in (0..left.len()).rev() {
                // A part of a visit that is left over takes a whole one's place.
                let there = (left[at] - NOTHING).ceil().max(0.0) as usize;
                let number = self.fits(at, room).min(there);
                if number > 0 {
                    pattern[at] = number;
                    room -= number * self.sizes[at];
                    times = times.min(left[at] / number as f64);
                }
            }
            if times == f64::INFINITY {
                return packed;
            }
            for (left, &number) in left.iter_mut().zip(&pattern) {
                *left -= times * number as f64;
            }
            packed.push((times, pattern));
        }
    }

    /// What the heaviest pattern weighs, and how many visits of each size it has.
    pub(super) fn heaviest(&self, weights: &[f64]) -> (f64, Vec<usize>) {
        let weighing: Vec<usize> = (0..self.sizes.len())
            .filter(|&at| weights[at] > 0.0)
            .collect();
        // The heaviest within each room, and how many of the last size it has, size after size.
        let mut best = vec![0.0; self.room + 1];
        let mut taken: Vec<Vec<u16>> = Vec::with_capacity(weighing.len());
        let mut next = best.clone();
        for &at in &weighing {
            let (size, weight) = (self.sizes[at], weights[at]);
            let mut numbers = vec![0u16; self.room + 1];
            next.copy_from_slice(&best);
            for number in 1..=self.fits(at, self.room) {
                let (used, gained) = (number * size, number as f64 * weight);
                for room in used..=self.room {
                    let weight = best[room - used] + gained;
                    if weight > next[room] {
                        next[room] = weight;
                        numbers[room] = number as u16;
                    }
                }
            }
            std::mem::swap(&mut best, &mut next);
            taken.push(numbers);
        }
        let mut pattern = vec![0; self.sizes.len()];
        let mut room = self.room;
        for (&at, numbers) in weighing.iter().zip(&taken).rev() {
            let number = usize::from(numbers[room]);
            pattern[at] = number;
            room -= number * self.sizes[at];
        }
        (best[self.room], pattern)
    }
}
