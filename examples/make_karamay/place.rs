//! What a generated site is, where the zones lie, and figures that add up to a given sum.

use rand_xoshiro::Xoshiro256StarStar;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

/// A row of sites.csv.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) zone: Zone,
    /// Longitude and latitude in 1e-5 degrees.
    pub(crate) lon_lat: (u32, u32),
    pub(crate) weight: &'static str,
    pub(crate) tags: &'static str,
    pub(crate) workdays: &'static str,
    pub(crate) exclude: &'static str,
    pub(crate) parts: u32,
    /// Column and figure.
    pub(crate) measures: Vec<(&'static str, u32)>,
}

/// A sub-district, or the outskirts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    Tianshan,
    Shengli,
    Kunlun,
    Yinhe,
    Jinlong,
    Outskirts,
}

/// The five sub-districts of the town, with the number of communities (52) that the scenarios give to each.
pub(crate) const SUB_DISTRICTS: [(Zone, usize); 5] = [
    (Zone::Tianshan, 13),
    (Zone::Shengli, 12),
    (Zone::Kunlun, 10),
    (Zone::Yinhe, 10),
    (Zone::Jinlong, 7),
];

impl Zone {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Zone::Tianshan => "天山路街道",
            Zone::Shengli => "胜利路街道",
            Zone::Kunlun => "昆仑路街道",
            Zone::Yinhe => "银河路街道",
            Zone::Jinlong => "金龙镇街道",
            Zone::Outskirts => "城郊",
        }
    }

    /// A made-up centre and half-width, in 1e-5 degrees.
    fn square(self) -> ((u32, u32), u32) {
        match self {
            Zone::Tianshan => ((8_487_500, 4_560_000), 900),
            Zone::Shengli => ((8_486_000, 4_558_700), 800),
            Zone::Kunlun => ((8_488_800, 4_558_200), 800),
            Zone::Yinhe => ((8_486_600, 4_557_000), 800),
            Zone::Jinlong => ((8_493_500, 4_553_500), 1_000),
            Zone::Outskirts => ((8_490_500, 4_554_500), 6_500),
        }
    }
}

/// The zone of the `nth` of `count` places that are shared out evenly by community.
pub(crate) fn shared_out(nth: usize, count: usize) -> Zone {
    let mut left = (nth * 52 + 26) / count;
    for (zone, communities) in SUB_DISTRICTS {
        if left < communities {
            return zone;
        }
        left -= communities;
    }
    Zone::Outskirts
}

/// Seeded source of places and sizes.
pub(crate) struct Dice(Xoshiro256StarStar);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Dice(Xoshiro256StarStar::seed_from_u64(seed))
    }

    /// A multiple of `step` from `low` to `high`, both included.
    pub(crate) fn size(&mut self, low: u32, high: u32, step: u32) -> u32 {
        let choices = u64::from((high - low) / step + 1);
        low + step * (self.0.next_u64() % choices) as u32
    }

    /// A place in the zone.
    pub(crate) fn spot(&mut self, zone: Zone) -> (u32, u32) {
        let ((lon, lat), half) = zone.square();
        (
            self.size(lon - half, lon + half, 1),
            self.size(lat - half, lat + half, 1),
        )
    }

    /// Whole numbers drawn in proportion to sizes in the given ranges, that add up to `sum` exactly.
    pub(crate) fn shares(
        &mut self,
        ranges: impl Iterator<Item = (u32, u32)>,
        sum: u32,
    ) -> Vec<u32> {
        // Hundredths, so that narrow ranges are drawn evenly.
        let drawn: Vec<u64> = ranges
            .map(|(low, high)| u64::from(self.size(100 * low, 100 * high, 1)))
            .collect();
        let total: u64 = drawn.iter().sum();
        // Rounding the running sums, not the shares, makes the last running sum exact.
        let mut running = 0;
        let mut given = 0;
        drawn
            .iter()
            .map(|size| {
                running += size;
                let upto = (running * u64::from(sum) + total / 2) / total;
                let share = upto - given;
                given = upto;
                share as u32
            })
            .collect()
    }
}
