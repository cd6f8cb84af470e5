//! Writes `sites.csv` of the three Karamay scenarios; every other table is written by hand.
//!
//! `cargo run --example make_karamay [FOLDER]` (default `scenarios`) gives the same bytes each time: one seeded
//! generator, whole numbers only. What is counted in the report is exact here (48 roads, 978 premises, 2,457 bait
//! boxes …); sizes, places and most names are invented, as each scenario's README says.

mod place;
mod spring;
mod summer;
mod table;

use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let scenarios = std::env::args()
        .nth(1)
        .map_or_else(|| PathBuf::from("scenarios"), PathBuf::from);
    write_tables(&scenarios)
}

/// Writes the three tables into folders that exist in `scenarios`.
pub(crate) fn write_tables(scenarios: &Path) -> Result<(), Box<dyn Error>> {
    let summer = summer::sites();
    let spring = spring::sites(&summer);
    let mut year = summer.clone();
    for site in &spring {
        match year.iter_mut().find(|known| known.id == site.id) {
            // A compound is sprayed in summer and baited in spring: one site with the figures of both.
            Some(known) => {
                known.exclude = site.exclude;
                known.measures.extend(&site.measures);
            }
            None => year.push(site.clone()),
        }
    }
    for (folder, sites) in [
        ("karamay-summer", &summer),
        ("karamay-spring", &spring),
        ("karamay-year", &year),
    ] {
        table::write(&scenarios.join(folder).join("sites.csv"), sites)?;
    }
    Ok(())
}
