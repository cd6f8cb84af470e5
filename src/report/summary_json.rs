//! summary.json, with numbers in plain decimals; and what is proven, read from it again.
//!
//! Written by hand because every number must be a plain decimal: no exponent, money with two places, bounds rounded
//! down, gap rounded up.

use crate::domain::{Exact, Money, Shortfall};
use crate::measures::{Measures, Proven};
use crate::season::Season;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

/// How long each stage took, in the order of the run.
pub type Seconds = Vec<(&'static str, Duration)>;

/// The whole file.
pub(super) fn render(season: &Season, measures: &Measures, seconds: &Seconds) -> String {
    let proven = &measures.closeness.proven;
    let people = &measures.people;
    let status = if measures.is_complete() {
        "complete"
    } else {
        "short"
    };
    let cost = [
        ("total", measures.cost.total().to_string()),
        ("labour", measures.cost.labour.to_string()),
        ("products", measures.cost.products.to_string()),
    ];
    let seconds = seconds
        .iter()
        .map(|(stage, time)| (*stage, format!("{:.3}", time.as_secs_f64())));
    let entries = [
        ("scenario", text(&season.scenario.name)),
        ("status", text(status)),
        ("visits", measures.visits.len().to_string()),
        ("done", measures.done.to_string()),
        ("crew_days", measures.crew_days.len().to_string()),
        ("shortfall", by_tier(&measures.shortfall())),
        ("shortfall_bound", by_tier(&proven.shortfall)),
        ("cost", object(cost, 1)),
        ("cost_bound", money_down(proven.cost)),
        ("gap", ratio_up(measures.closeness.gap)),
        ("spread", decimals(people.spread, 4)),
        ("zones_per_crew_day", decimals(people.zones_per_crew_day, 4)),
        ("km_per_crew_day", decimals(people.km_per_crew_day, 3)),
        ("level", decimals(people.level, 4)),
        ("missed_even_sites", decimals(people.missed_even_sites, 4)),
        (
            "missed_even_periods",
            decimals(people.missed_even_periods, 4),
        ),
        ("seconds", object(seconds, 1)),
    ];
    let mut json = object(entries, 0);
    json.push('\n');
    json
}

/// What a summary.json says is proven; `None` if it is no summary of ours.
pub fn read_proven(json: &[u8]) -> Option<Proven> {
    let summary: serde_json::Value = serde_json::from_slice(json).ok()?;
    let number = |value: &serde_json::Value| Exact::parse(&value.as_number()?.to_string());
    let tiers = summary.get("shortfall_bound")?.as_object()?.iter();
    let shortfall = tiers.map(|(tier, bound)| {
        let bound = Shortfall::from_exact(&number(bound)?)?;
        Some((tier.parse().ok()?, bound))
    });
    Some(Proven {
        shortfall: shortfall.collect::<Option<_>>()?,
        cost: Money::from_exact(&number(summary.get("cost_bound")?)?)?,
    })
}

/// A JSON object whose values are JSON already.
fn object<K: AsRef<str>>(entries: impl IntoIterator<Item = (K, String)>, depth: usize) -> String {
    let mut json = String::from("{");
    for (at, (key, value)) in entries.into_iter().enumerate() {
        let comma = if at > 0 { "," } else { "" };
        let indent = "  ".repeat(depth + 1);
        // Writing to a string cannot fail.
        let _ = write!(json, "{comma}\n{indent}{}: {value}", text(key.as_ref()));
    }
    if json.len() > 1 {
        json.push('\n');
        json.push_str(&"  ".repeat(depth));
    }
    json.push('}');
    json
}

fn by_tier(shortfall: &BTreeMap<u32, Shortfall>) -> String {
    let entries = shortfall.iter();
    object(
        entries.map(|(tier, short)| (tier.to_string(), short.to_string())),
        1,
    )
}

fn text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Two decimals, rounded down: a bound must not promise more than is proven.
pub(super) fn money_down(money: Money) -> String {
    Money::from_micro(money.micro().div_euclid(10_000) * 10_000).to_string()
}

/// At most nine decimals, rounded up: a gap must not look closed while it is open.
pub(super) fn ratio_up(ratio: f64) -> String {
    decimals((ratio * 1e9).ceil() / 1e9, 9)
}

/// Rounded to so many decimals, without trailing zeros.
fn decimals(number: f64, places: usize) -> String {
    let digits = format!("{number:.places$}");
    let plain = digits.trim_end_matches('0').trim_end_matches('.');
    plain.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_rounded_down_and_gaps_up() {
        assert_eq!(money_down(Money::from_micro(12_349_999)), "12.34");
        assert_eq!(ratio_up(0.0), "0");
        assert_eq!(ratio_up(0.25), "0.25");
        assert_eq!(ratio_up(1e-12), "0.000000001");
        assert_eq!(ratio_up(1.0), "1");
    }

    #[test]
    fn what_is_proven_is_read_as_it_was_written() {
        let json = br#"{"shortfall_bound": {"1": 0, "2": 12.000001}, "cost_bound": 1234567890.12}"#;
        let proven = read_proven(json).unwrap();
        let tiers = [(1, 0), (2, 12_000_001)];
        let tiers = tiers.map(|(tier, micro)| (tier, Shortfall::from_micro(micro)));
        assert_eq!(proven.shortfall, BTreeMap::from(tiers));
        assert_eq!(proven.cost.to_string(), "1234567890.12");
        assert_eq!(read_proven(b"{}"), None);
    }

    #[test]
    fn figures_are_rounded_and_end_without_zeros() {
        assert_eq!(decimals(0.0, 4), "0");
        assert_eq!(decimals(10.0, 3), "10");
        assert_eq!(decimals(2.0 / 3.0, 4), "0.6667");
        assert_eq!(decimals(0.99999, 4), "1");
    }

    #[test]
    fn names_are_quoted_for_json() {
        assert_eq!(text("消杀 \"A\"\n"), "\"消杀 \\\"A\\\"\\n\"");
        assert_eq!(object(Vec::<(&str, String)>::new(), 1), "{}");
    }
}
