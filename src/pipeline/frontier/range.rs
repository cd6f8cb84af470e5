//! Which amounts of money a frontier looks at.

use crate::domain::Money;
use crate::lang::Text;

/// A unit of money, in which amounts are whole.
const UNIT: i64 = 1_000_000;

/// Amounts evenly spread, in whole units of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The least; without it what done visits and signed contracts cost.
    pub from: Option<Money>,
    /// The greatest; without it a step more than what the best coverage found costs.
    pub to: Option<Money>,
    /// How many, at least two.
    pub points: usize,
}

impl Range {
    /// Whether there can be such amounts, as far as that can be said before planning.
    pub(super) fn check(&self) -> Result<(), Text> {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from >= to => Err(not_below(from, to)),
            _ => Ok(()),
        }
    }

    /// The amounts, ascending, each once; `owed` is what is paid without any new visit, `enough` what the best coverage
    /// found costs.
    ///
    /// Without an end the last but one is just enough for the best coverage found, and the last is a step beyond.
    pub(super) fn amounts(&self, owed: Money, enough: Money) -> Result<Vec<Money>, Text> {
        let from = self.from.unwrap_or_else(|| whole_above(owed));
        let count = self.points.max(2) as i64;
        let (to, steps) = match self.to {
            Some(to) => (to, count - 1),
            None => (whole_above(enough), (count - 2).max(1)),
        };
        if from >= to {
            // Nothing that money buys is asked.
            return match (self.from, self.to) {
                (None, None) => Ok(vec![to]),
                _ => Err(not_below(from, to)),
            };
        }
        let span = i128::from(to.micro() - from.micro());
        let at = |step: i64| {
            let exact = span * i128::from(step) / i128::from(steps) + i128::from(from.micro());
            let whole = (exact + i128::from(UNIT / 2)).div_euclid(i128::from(UNIT));
            let micro = i64::try_from(whole).ok()?.checked_mul(UNIT)?;
            Some(Money::from_micro(micro))
        };
        let mut amounts: Vec<Money> = (0..count).filter_map(at).collect();
        amounts.dedup();
        Ok(amounts)
    }
}

/// The least whole amount that is not below this.
fn whole_above(amount: Money) -> Money {
    Money::from_micro((amount.micro() + UNIT - 1).div_euclid(UNIT) * UNIT)
}

fn not_below(from: Money, to: Money) -> Text {
    Text::new(
        format!("经费范围不对：起点 {from} 不小于终点 {to}，请用 --from 和 --to 指定"),
        format!(
            "no range of amounts: it would go from {from} to {to}; set it with --from and --to"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yuan(yuan: i64) -> Money {
        Money::from_micro(yuan * UNIT)
    }

    fn amounts(from: Option<i64>, to: Option<i64>, points: usize) -> Vec<i64> {
        let range = Range {
            from: from.map(yuan),
            to: to.map(yuan),
            points,
        };
        let found = range.amounts(Money::from_micro(99_500_001), yuan(400));
        let found = found.expect("there are amounts");
        found.iter().map(|amount| amount.micro() / UNIT).collect()
    }

    #[test]
    fn amounts_reach_from_what_is_owed_to_a_step_beyond_enough() {
        assert_eq!(amounts(None, None, 5), [100, 200, 300, 400, 500]);
        assert_eq!(amounts(None, None, 2), [100, 400]);
        assert_eq!(amounts(Some(0), None, 4), [0, 200, 400, 600]);
    }

    #[test]
    fn amounts_are_whole_and_ends_that_are_given_are_kept() {
        assert_eq!(amounts(Some(10), Some(20), 4), [10, 13, 17, 20]);
        assert_eq!(amounts(None, Some(102), 9), [100, 101, 102]);
    }

    #[test]
    fn a_range_without_amounts_is_refused_unless_nothing_costs_anything() {
        let range = |from: Option<i64>, to: Option<i64>| Range {
            from: from.map(yuan),
            to: to.map(yuan),
            points: 5,
        };
        assert!(range(Some(5), Some(5)).check().is_err());
        assert!(range(Some(5), None).check().is_ok());
        assert!(range(Some(500), None).amounts(yuan(0), yuan(400)).is_err());
        assert!(range(None, Some(50)).amounts(yuan(99), yuan(400)).is_err());
        let nothing = range(None, None).amounts(yuan(7), yuan(7));
        assert_eq!(nothing.expect("one amount"), [yuan(7)]);
    }
}
