//! Setting text for a terminal: numbers people can read, blocks aligned by the width that characters take.

use crate::domain::Shortfall;
use std::fmt::Display;
use unicode_width::UnicodeWidthStr;

/// A number with a comma after every three digits before the point.
pub(super) fn grouped(number: impl Display) -> String {
    let plain = number.to_string();
    let (sign, rest) = match plain.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", plain.as_str()),
    };
    let (whole, fraction) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

/// A shortfall with two decimals at most, rounded up: a plan is not shown to miss less than it does.
pub(super) fn short(shortfall: Shortfall) -> String {
    grouped(Shortfall::from_micro(hundredths(shortfall, 9_999)))
}

/// What is proven to be missed at least, with two decimals at most, rounded down.
pub(super) fn proven_short(bound: Shortfall) -> String {
    grouped(Shortfall::from_micro(hundredths(bound, 0)))
}

fn hundredths(shortfall: Shortfall, more: i64) -> i64 {
    shortfall.micro().saturating_add(more).div_euclid(10_000) * 10_000
}

/// A share in per cent with one decimal, rounded down: 99.97 % used is not 100 %.
pub(super) fn per_cent(share: f64) -> String {
    format!("{:.1} %", (share * 1000.0 + 1e-9).floor() / 10.0)
}

/// A small share in per cent with two decimals, rounded up: what is open must not look closed.
pub(super) fn small_per_cent(share: f64) -> String {
    // Adding 0 turns −0 into 0.
    format!("{:.2} %", (share * 10_000.0 - 1e-9).ceil() / 100.0 + 0.0)
}

/// A share for programs and spreadsheets: six decimals at most, without trailing zeros.
pub(super) fn fraction(share: f64) -> String {
    let digits = format!("{share:.6}");
    let plain = digits.trim_end_matches('0').trim_end_matches('.');
    if plain == "-0" { "0" } else { plain }.to_owned()
}

/// Labelled blocks of lines, the lines of all blocks beginning in one column.
pub(super) fn blocks(blocks: &[(&str, Vec<String>)]) -> String {
    let widest = blocks.iter().map(|(label, _)| label.width()).max();
    let column = widest.unwrap_or(0) + 2;
    let mut out = String::new();
    for (label, lines) in blocks {
        let mut before = (*label).to_owned();
        for line in lines {
            out.push_str(&padded(&before, column));
            out.push_str(line);
            out.push('\n');
            before.clear();
        }
    }
    out
}

/// Rows of cells as lines, the cells of each column beginning at one place.
pub(super) fn columns<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let width = |at: usize| rows.iter().map(|row| row[at].width()).max().unwrap_or(0);
    rows.iter()
        .map(|row| {
            let mut line = String::from("  ");
            for (at, cell) in row.iter().enumerate() {
                line.push_str(&padded(cell, width(at) + 2));
            }
            line.trim_end().to_owned()
        })
        .collect()
}

/// Text with spaces up to a display width.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Money;

    #[test]
    fn digits_are_grouped_by_threes() {
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(
            grouped(Money::from_micro(-1_234_567_890_000)),
            "-1,234,567.89"
        );
    }

    #[test]
    fn a_shortfall_is_rounded_up_and_what_is_proven_of_it_down() {
        let third = Shortfall::from_micro(1_335_333_333);
        assert_eq!(
            (short(third).as_str(), proven_short(third).as_str()),
            ("1,335.34", "1,335.33")
        );
        let half = Shortfall::from_micro(500_000);
        assert_eq!(
            (short(half).as_str(), proven_short(half).as_str()),
            ("0.5", "0.5")
        );
    }

    #[test]
    fn fractions_are_plain_decimals() {
        assert_eq!(fraction(0.5), "0.5");
        assert_eq!(fraction(-1.0), "-1");
        assert_eq!(fraction(-1e-9), "0");
        assert_eq!(fraction(1.0 / 3.0), "0.333333");
    }

    #[test]
    fn chinese_takes_two_columns_a_character() {
        let shown = blocks(&[
            ("费用", vec!["1".into(), "2".into()]),
            ("ab", vec!["3".into()]),
        ]);
        assert_eq!(shown, "费用  1\n      2\nab    3\n");
        let rows = [["甲队".into(), "1".into()], ["B".into(), "2".into()]];
        assert_eq!(columns(&rows), ["  甲队  1", "  B     2"]);
    }

    #[test]
    fn nothing_short_of_full_is_shown_as_full() {
        assert_eq!(per_cent(0.9999), "99.9 %");
        assert_eq!(per_cent(1.0), "100.0 %");
        assert_eq!(small_per_cent(0.000_001), "0.01 %");
        assert_eq!(small_per_cent(0.0), "0.00 %");
    }
}
