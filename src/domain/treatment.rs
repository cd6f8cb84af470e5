//! Rows of treatments.csv and products.csv.

use super::scenario::ProductIx;
use super::{Day, Exact, Money, Quantity};

/// Which figure of a site says how much work a treatment is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Measure {
    /// `visit`: 1 for every visit.
    Visit,
    /// A column of sites.csv.
    Column(String),
}

/// Something that can be done at a site.
#[derive(Debug, Clone)]
pub struct Treatment {
    /// Unique id.
    pub id: String,
    /// Shown; the id where none is given.
    pub name: String,
    /// Pests that it acts against; shown.
    pub pests: Vec<String>,
    /// Skill that a team needs.
    pub method: String,
    /// Product used, if any.
    pub product: Option<ProductIx>,
    /// What is measured.
    pub measure: Measure,
    /// Product units per `dose_per` measure units, at least 0.
    pub dose: Exact,
    /// Measure units to which `dose` refers, above 0.
    pub dose_per: Exact,
    /// The quantity of a visit is rounded up to a multiple of this.
    pub dose_step: Option<Exact>,
    /// Measure units that one crew treats in an hour at speed 1, above 0; `None` = no time beyond set-up and access.
    pub rate_per_hour: Option<Exact>,
    /// Minutes per visit.
    pub setup_min: Exact,
    /// Money per measure unit paid to the contractor, unless rates.csv says otherwise.
    pub piece_rate: Exact,
    /// Days that the effect lasts; information only.
    pub residual_days: Option<Exact>,
    /// Text for work orders; may be empty.
    pub dilution: String,
    /// Text for work orders; may be empty.
    pub safety: String,
}

/// Bait or insecticide.
#[derive(Debug, Clone)]
pub struct Product {
    /// Unique id.
    pub id: String,
    /// Shown; the id where none is given.
    pub name: String,
    /// kg, L, pack …; may be empty.
    pub unit: String,
    /// Units in a pack, above 0.
    pub pack_size: Quantity,
    /// Money per pack.
    pub pack_cost: Money,
    /// Units in store, free to use.
    pub stock: Quantity,
    /// Packs that can be bought at most.
    pub max_packs: Option<i64>,
    /// No visit with it before this day.
    pub from: Option<Day>,
    /// No visit with it after this day.
    pub to: Option<Day>,
    /// Shown; may be empty.
    pub active_ingredient: String,
    /// IRAC or RRAC class; shown; may be empty.
    pub moa_group: String,
    /// WP… or PD… number; shown; may be empty.
    pub registration: String,
    /// Pests on the label; shown.
    pub pests: Vec<String>,
}
