//! A row of sites.csv.

use super::{Exact, Weekdays};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// A place where work is done.
#[derive(Debug, Clone)]
pub struct Site {
    /// Unique id.
    pub id: String,
    /// Shown; the id where none is given.
    pub name: String,
    /// Free word: `road`, `residential`, `breeding_site` …; empty when not given.
    pub kind: String,
    /// Sub-district; `None` means that only teams without zones serve it.
    pub zone: Option<String>,
    /// WGS84 longitude and latitude in degrees.
    pub lon_lat: Option<(f64, f64)>,
    /// Importance of a missed round here, above 0; of the whole site, its parts together.
    pub weight: Exact,
    /// Free words.
    pub tags: Vec<String>,
    /// Weekdays on which the site may be entered.
    pub workdays: Weekdays,
    /// Minutes to get to and into the site, per stop.
    pub access_min: Exact,
    /// Methods, products and treatments that are not allowed here, as written.
    pub exclude: Vec<String>,
    /// Number of parts that the site stands for, at least 1; each part is visited on its own.
    pub parts: u32,
    /// Measures of the whole site, by column; only cells that are given.
    pub measures: BTreeMap<String, Exact>,
    /// Other columns, shown only, in column order; only cells that are given.
    pub texts: IndexMap<String, String>,
}

impl Site {
    /// The id that a plan uses for a part (counted from 1): `id/2`, or the id itself when the site has one part.
    pub fn part_id(&self, part: u32) -> String {
        if self.parts == 1 {
            self.id.clone()
        } else {
            format!("{}/{part}", self.id)
        }
    }
}
