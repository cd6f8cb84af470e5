//! Random scenarios over the whole grammar of the contract, the same for the same seed.
//!
//! They are written as folders of text and read as a user's are, so that reading is tested with them. Everything drawn
//! is legal: a scenario that the reader refuses is a fault of one of the two.
#![allow(dead_code, reason = "each test binary uses what it needs")]

#[path = "generate/aims.rs"]
mod aims;
#[path = "generate/dice.rs"]
mod dice;
#[path = "generate/draft.rs"]
mod draft;
#[path = "generate/means.rs"]
mod means;
#[path = "generate/table.rs"]
mod table;

use dice::Dice;
use std::ops::RangeInclusive;
use std::path::Path;
pub(crate) use table::Folder;
use tempfile::TempDir;
use xiaosha::domain::Scenario;

/// How large a scenario may be, both ends included.
#[derive(Debug, Clone)]
pub(crate) struct Size {
    pub(crate) sites: RangeInclusive<i64>,
    pub(crate) teams: RangeInclusive<i64>,
    pub(crate) days: RangeInclusive<i64>,
    pub(crate) rules: RangeInclusive<i64>,
    pub(crate) treatments: RangeInclusive<i64>,
    pub(crate) products: RangeInclusive<i64>,
    /// Methods in use, at most 3.
    pub(crate) methods: usize,
    /// Budget lines pay for at most about so many crew-days.
    pub(crate) budget_crew_days: i64,
}

impl Size {
    /// 1–6 sites, 1–3 teams, 5–30 days: the day model solves most of these in well under a second.
    pub(crate) fn small() -> Self {
        Size {
            sites: 1..=6,
            teams: 1..=3,
            days: 5..=30,
            rules: 1..=4,
            treatments: 1..=3,
            products: 0..=2,
            methods: 2,
            budget_crew_days: 12,
        }
    }

    /// 20–60 sites, 2–4 teams, 2–3 months.
    pub(crate) fn medium() -> Self {
        Size {
            sites: 20..=60,
            teams: 2..=4,
            days: 60..=92,
            rules: 3..=7,
            treatments: 2..=5,
            products: 1..=3,
            methods: 3,
            budget_crew_days: 150,
        }
    }
}

/// The folder of a seed, not yet written.
pub(crate) fn folder(seed: u64, size: &Size) -> Folder {
    draft::folder(seed, size)
}

/// The scenario of a seed, written in a manner drawn with it and read back.
pub(crate) fn scenario(seed: u64, size: &Size) -> Scenario {
    let place = TempDir::new().expect("a temporary folder");
    let mut manner = Dice::new(!seed);
    folder(seed, size).write_as_people_do(place.path(), &mut manner);
    read(place.path())
}

/// Reads a folder that must be without errors.
pub(crate) fn read(folder: &Path) -> Scenario {
    let (scenario, findings) = xiaosha::validate::load(folder);
    scenario.unwrap_or_else(|| panic!("{}: {findings:?}", folder.display()))
}

/// The seeds of a run: from 0, as many as `XIAOSHA_SCENARIOS` says, `usual` without it; or the one seed of
/// `XIAOSHA_SEED`, to look into it.
pub(crate) fn seeds(usual: u64) -> std::ops::Range<u64> {
    let number = |name: &str| {
        let text = std::env::var(name).ok()?;
        Some(
            text.parse::<u64>()
                .unwrap_or_else(|_| panic!("{name} is not a number")),
        )
    };
    match number("XIAOSHA_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("XIAOSHA_SCENARIOS").unwrap_or(usual),
    }
}
