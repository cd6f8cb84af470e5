//! Hours, money and product quantities as whole millionths, so that sums are exact and units do not mix.

use super::Exact;
use serde::{Serialize, Serializer};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

macro_rules! unit {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(i64);

        impl $name {
            /// Nothing of it.
            pub const ZERO: Self = Self(0);

            /// From whole millionths.
            pub const fn from_micro(micro: i64) -> Self {
                Self(micro)
            }

            /// As whole millionths.
            pub const fn micro(self) -> i64 {
                self.0
            }

            /// As a binary number; only for the solver and for drawing.
            pub fn to_f64(self) -> f64 {
                self.0 as f64 / 1e6
            }

            /// Rounded half up to the nearest millionth; `None` if it does not fit.
            pub fn from_exact(value: &Exact) -> Option<Self> {
                value.round_half_up(6).map(Self)
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }
        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }
        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }
        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }
        impl Mul<i64> for $name {
            type Output = Self;
            fn mul(self, times: i64) -> Self {
                Self(self.0 * times)
            }
        }
        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
                values.fold(Self::ZERO, Add::add)
            }
        }
    };
}

unit! {
    /// Working hours of one crew, in millionths of an hour.
    Hours
}
unit! {
    /// Money in the scenario's currency, in millionths of its unit; shown with two decimals.
    Money
}
unit! {
    /// Units of a product (kg, L, box …), in millionths.
    Quantity
}
unit! {
    /// Missed rounds × rule weight × site weight, in millionths: the precision in which plans are compared.
    Shortfall
}

impl Money {
    /// Rounded half up to 0.01, the precision of a visit's piece money; `None` if it does not fit.
    pub fn from_exact_cents(value: &Exact) -> Option<Self> {
        value
            .round_half_up(2)
            .and_then(|cents| cents.checked_mul(10_000))
            .map(Money)
    }
}

/// Writes millionths as a decimal without trailing zeros.
fn write_plain(micro: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let sign = if micro < 0 { "-" } else { "" };
    let (whole, fraction) = (
        micro.unsigned_abs() / 1_000_000,
        micro.unsigned_abs() % 1_000_000,
    );
    let digits = format!("{fraction:06}");
    match digits.trim_end_matches('0') {
        "" => f.pad(&format!("{sign}{whole}")),
        shown => f.pad(&format!("{sign}{whole}.{shown}")),
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_plain(self.0, f)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_plain(self.0, f)
    }
}

impl fmt::Display for Shortfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_plain(self.0, f)
    }
}

/// Two decimals, halves up.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cents = self.0.saturating_add(5_000).div_euclid(10_000);
        let sign = if cents < 0 { "-" } else { "" };
        f.pad(&format!(
            "{sign}{}.{:02}",
            cents.unsigned_abs() / 100,
            cents.unsigned_abs() % 100
        ))
    }
}

/// In JSON a number with at most two decimals.
impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cents = self.0.saturating_add(5_000).div_euclid(10_000);
        serializer.serialize_f64(cents as f64 / 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_shown_without_trailing_zeros_and_money_with_two_decimals() {
        assert_eq!(Hours::from_micro(1_500_000).to_string(), "1.5");
        assert_eq!(Quantity::from_micro(-1).to_string(), "-0.000001");
        assert_eq!(Quantity::from_micro(3_000_000).to_string(), "3");
        assert_eq!(Money::from_micro(1_234_565_000).to_string(), "1234.57");
        assert_eq!(Money::from_micro(-10_000).to_string(), "-0.01");
        assert_eq!(Money::from_micro(-1).to_string(), "0.00");
    }
}
