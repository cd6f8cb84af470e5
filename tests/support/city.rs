//! Cities of any number of districts, each of Karamay's make-up: for measuring how time grows with size.
//!
//! A district has 230–330 sites, zones of its own, two to four teams with three to six crews, and asks for about 1,500
//! visits from May to October in three tiers. Districts hang together by contractors whose teams work in two or three of
//! them, by one budget over all and by one store of products. All sizes and prices are invented. There is work for
//! about 84 % of the crew-days that the contracts hold, and money for a few per cent more than everything costs, so a
//! complete plan exists.
#![allow(dead_code, reason = "each test binary uses what it needs")]

#[path = "city/aims.rs"]
mod aims;
#[allow(
    clippy::duplicate_mod,
    reason = "a test may draw small scenarios as well"
)]
#[path = "generate/dice.rs"]
mod dice;
#[path = "city/means.rs"]
mod means;
#[path = "city/sites.rs"]
mod sites;
#[allow(
    clippy::duplicate_mod,
    reason = "a test may draw small scenarios as well"
)]
#[path = "generate/table.rs"]
mod table;
#[path = "city/work.rs"]
mod work;

use dice::Dice;
pub(crate) use table::Folder;
use xiaosha::domain::Scenario;

/// A city of so many districts, read from its tables as a user's is; the same for the same numbers.
pub(crate) fn city(districts: usize, seed: u64) -> Scenario {
    let place = tempfile::tempdir().expect("a temporary folder");
    folder(districts, seed).write(place.path());
    let (scenario, findings) = xiaosha::validate::load(place.path());
    assert!(
        findings.is_empty(),
        "city({districts}, {seed}): {findings:?}"
    );
    scenario.expect("a scenario where nothing was found")
}

/// The tables of a city, not yet written.
pub(crate) fn folder(districts: usize, seed: u64) -> Folder {
    let mut dice = Dice::new(seed);
    let districts: Vec<sites::District> = (1..=districts)
        .map(|number| sites::District::draw(number, &mut dice))
        .collect();
    let teams = means::teams(&districts, &mut dice);
    let used = work::products(&districts);
    Folder {
        settings: vec![
            ("name", format!("\"{}个区的城市\"", districts.len())),
            ("start", "2026-05-01".to_owned()),
            ("end", "2026-10-31".to_owned()),
            ("currency", "\"CNY\"".to_owned()),
            ("workdays", "\"mon-sat\"".to_owned()),
            ("access_min", work::ACCESS_MIN.to_string()),
        ],
        tables: vec![
            sites::table(&districts),
            aims::treatments(),
            means::team_table(&teams),
            means::product_table(&used),
            aims::coverage(),
            means::budget(&teams, &used),
            aims::calendar(),
        ],
    }
}
