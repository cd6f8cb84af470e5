//! How much work and how much of each product complete coverage needs, month by month.

use super::aims::{RULES, TREATMENTS, Treatment};
use super::sites::{District, Site};
use std::collections::BTreeMap;

/// Minutes for a stop in town.
pub(crate) const ACCESS_MIN: i64 = 10;

/// May to October.
pub(crate) const MONTHS: std::ops::RangeInclusive<u32> = 5..=10;

/// The two trades: spraying from a vehicle, and work by hand (residual, larvicide).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trade {
    Vehicle,
    Hand,
}

impl Trade {
    pub(crate) const BOTH: [Trade; 2] = [Trade::Vehicle, Trade::Hand];

    /// The trade that a method belongs to.
    fn of(method: &str) -> Self {
        if method == "ulv" {
            Trade::Vehicle
        } else {
            Trade::Hand
        }
    }
}

/// Seconds of work, access included, that a district asks of a trade in a month.
pub(crate) fn seconds(district: &District, trade: Trade, month: u32) -> i64 {
    (visits(district, month))
        .filter(|(_, treatment, _)| Trade::of(treatment.method) == trade)
        .map(|(site, treatment, doubled)| {
            let amount = site.measure(treatment.measure).expect("it can be done");
            let fixed = 60 * (site.access_min + treatment.setup_min);
            doubled * (fixed + 3_600 * amount / treatment.rate_per_hour) / 2
        })
        .sum()
}

/// Visits of a district in a month: site, a treatment (the rules' first that is allowed), twice their number.
///
/// A visit counts for every rule that names its treatment, so the rule that asks most decides, method by method.
fn visits(
    district: &District,
    month: u32,
) -> impl Iterator<Item = (&Site, &'static Treatment, i64)> {
    (district.sites.iter()).flat_map(move |site| {
        let mut by_method: BTreeMap<&str, (&Treatment, i64)> = BTreeMap::new();
        for rule in RULES
            .iter()
            .filter(|rule| rule.chooses(site.kind, site.tag))
        {
            let allowed = (TREATMENTS.iter()).find(|treatment| {
                rule.treatments.contains(&treatment.id)
                    && site.measure(treatment.measure).is_some()
                    && !site.exclude.contains(&treatment.id)
            });
            let treatment = allowed.expect("every site can have what is asked");
            let doubled = site.parts * rule.doubled_rounds(month);
            let most = (by_method.entry(treatment.method)).or_insert((treatment, doubled));
            most.1 = most.1.max(doubled);
        }
        by_method
            .into_values()
            .map(move |(treatment, doubled)| (site, treatment, doubled))
    })
}

/// Units of each product, in thousandths, when Bti is used only where it must be and temephos wherever it may.
pub(crate) fn products(districts: &[District]) -> BTreeMap<&'static str, i64> {
    let mut used = BTreeMap::new();
    for district in districts {
        for month in MONTHS {
            for (site, first, doubled) in visits(district, month) {
                let mut take = |treatment: &Treatment, doubled: i64| {
                    let amount = site.measure(treatment.measure).expect("it can be done");
                    let dose = treatment.dose * amount / treatment.dose_per;
                    *used.entry(treatment.product).or_insert(0) += doubled * dose / 2;
                };
                let bti = TREATMENTS
                    .iter()
                    .find(|treatment| treatment.id == "larva_bti");
                let bti = bti.expect("a treatment");
                if first.method == "larvicide" && (6..=8).contains(&month) {
                    // One of the two rounds, by the rule `rotation`.
                    take(bti, doubled / 2);
                    take(first, doubled - doubled / 2);
                } else {
                    take(first, doubled);
                }
            }
        }
    }
    used
}
