//! Exact decimals and fractions: figures are worked out "in the decimals as written", never in binary.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use std::ops::{Add, Div, Mul, Sub};

/// An exact rational number, such as `0.1`, `2/3` or `13.5`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(BigRational);

impl Default for Exact {
    fn default() -> Self {
        Self::zero()
    }
}

impl Exact {
    /// The number 0.
    pub fn zero() -> Self {
        Exact(BigRational::zero())
    }

    /// The number 1.
    pub fn one() -> Self {
        Self::from_int(1)
    }

    /// A whole number.
    pub fn from_int(value: i64) -> Self {
        Exact(BigRational::from_integer(BigInt::from(value)))
    }

    /// Reads plain decimal notation: optional sign, digits, optional `.` and digits, optional exponent `e±n` with
    /// |n| ≤ 30. Anything else (blank, `NaN`, group commas, other alphabets' digits) is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, rest) = match text.as_bytes().first()? {
            b'-' => (-1, &text[1..]),
            b'+' => (1, &text[1..]),
            _ => (1, text),
        };
        let (mantissa, exponent) = match rest.find(['e', 'E']) {
            Some(at) => (&rest[..at], rest[at + 1..].parse::<i32>().ok()?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty())
            || !all_digits(whole)
            || !all_digits(fraction)
            || exponent.abs() > 30
        {
            return None;
        }
        let digits: BigInt = format!("0{whole}{fraction}").parse().ok()?;
        let scale = exponent - i32::try_from(fraction.len()).ok()?;
        let power = BigInt::from(10).pow(scale.unsigned_abs());
        let value = if scale >= 0 {
            BigRational::from_integer(digits * power)
        } else {
            BigRational::new(digits, power)
        };
        Some(Exact(value * BigInt::from(sign)))
    }

    /// Whether the number is 0.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether the number is above 0.
    pub fn is_positive(&self) -> bool {
        self.0.is_positive()
    }

    /// Whether the number is below 0.
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// Whether the number is whole.
    pub fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    /// The nearest binary number; only for the solver and for drawing.
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// The value as a whole number, if it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        self.is_integer()
            .then(|| self.0.to_integer().to_i64())
            .flatten()
    }

    /// The smallest multiple of `step` that is not below this number; `step` must be above 0.
    #[must_use]
    pub fn round_up_to(&self, step: &Exact) -> Exact {
        Exact((&self.0 / &step.0).ceil() * &step.0)
    }

    /// The largest number of which both are whole multiples; the other number where one is 0.
    #[must_use]
    pub fn gcd(&self, other: &Exact) -> Exact {
        let (mut larger, mut smaller) = (self.0.abs(), other.0.abs());
        while !smaller.is_zero() {
            (larger, smaller) = (smaller.clone(), larger % smaller);
        }
        Exact(larger)
    }

    /// The number of `10^-decimals` units nearest to this number, halves up; `None` if it does not fit.
    ///
    /// Half up means towards positive infinity: 0.5 → 1, −0.5 → 0.
    pub fn round_half_up(&self, decimals: u32) -> Option<i64> {
        let doubled = self.0.numer() * BigInt::from(10).pow(decimals) * 2 + self.0.denom();
        // Not reduced, because only its floor is wanted and common divisors cost most of the time.
        let ratio = BigRational::new_raw(doubled, self.0.denom() * 2);
        ratio.floor().to_integer().to_i64()
    }
}

macro_rules! arithmetic {
    ($($trait:ident $method:ident),*) => {$(
        impl $trait for &Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact {
                Exact((&self.0).$method(&other.0))
            }
        }
        impl $trait for Exact {
            type Output = Exact;
            fn $method(self, other: Exact) -> Exact {
                Exact(self.0.$method(other.0))
            }
        }
    )*};
}
arithmetic!(Add add, Sub sub, Mul mul, Div div);

impl std::iter::Sum for Exact {
    fn sum<I: Iterator<Item = Exact>>(numbers: I) -> Exact {
        numbers.fold(Exact::zero(), |total, next| total + next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_common_divisor_of_fractions() {
        let number = |text| Exact::parse(text).expect("a decimal");
        let third = Exact::one() / number("3");
        assert_eq!(third.gcd(&number("0.5")), Exact::one() / number("6"));
        assert_eq!(number("1.5").gcd(&number("-2.25")), number("0.75"));
        assert_eq!(Exact::zero().gcd(&third), third);
    }

    #[test]
    fn decimals_are_read_exactly() {
        assert_eq!(
            Exact::parse("0.1").expect("a decimal") + Exact::parse("0.2").expect("a decimal"),
            Exact::parse("0.3").expect("a decimal")
        );
        assert_eq!(Exact::parse("1.5E+3"), Some(Exact::from_int(1500)));
        assert_eq!(Exact::parse("-0"), Some(Exact::zero()));
        for text in [
            "", ".", "-", "1e400", "NaN", "1,000", "0x10", "--1", "1.2.3", "e5",
        ] {
            assert_eq!(Exact::parse(text), None, "{text}");
        }
    }

    #[test]
    fn halves_are_rounded_up() {
        let number = |text| Exact::parse(text).expect("a decimal");
        assert_eq!(number("0.005").round_half_up(2), Some(1));
        assert_eq!(number("0.00499").round_half_up(2), Some(0));
        assert_eq!(number("-0.005").round_half_up(2), Some(0));
        assert_eq!(number("1e20").round_half_up(6), None);
    }

    #[test]
    fn quantities_are_rounded_up_to_the_step() {
        let number = |text| Exact::parse(text).expect("a decimal");
        assert_eq!(number("5").round_up_to(&number("2")), number("6"));
        assert_eq!(number("0.3").round_up_to(&number("0.1")), number("0.3"));
    }
}
