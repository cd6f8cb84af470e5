//! What a spreadsheet holds for a text of a table: a number, a date, or the text itself.

use crate::domain::{Day, Exact};
use crate::read::names::Value;
use crate::read::number_text;
use crate::validate::value;
use chrono::NaiveDate;

/// The value of a spreadsheet's cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Typed {
    Blank,
    Text(String),
    Number(f64),
    Date(Day),
}

/// The cell for a text in a column; reading the cell gives the same value again.
pub(super) fn typed(value: Value, text: &str) -> Typed {
    let other = match value {
        _ if text.is_empty() => Some(Typed::Blank),
        Value::Number(_) | Value::Whole(_) => number(text).map(Typed::Number),
        Value::Date => date(text).map(Typed::Date),
        _ => None,
    };
    other.unwrap_or_else(|| Typed::Text(text.to_owned()))
}

/// The number for a text, if a spreadsheet's number is the same.
fn number(text: &str) -> Option<f64> {
    let exact = value::number(text).ok()?;
    let number = exact.to_f64();
    let again = Exact::parse(&number_text(number))?;
    (again == exact).then_some(number)
}

/// The day for a text, if spreadsheets count that far back: they take 1900 for a leap year.
fn date(text: &str) -> Option<Day> {
    let first = NaiveDate::from_ymd_opt(1900, 3, 1)?;
    value::date(text).ok().filter(|&day| day >= first)
}

/// Whether every cell of a column that is carried along is a number as a spreadsheet writes it, so that it can be one:
/// a text that only looks like a number (`01`, a telephone number) stays as it is.
pub(super) fn are_numbers<'c>(cells: impl Iterator<Item = &'c str>) -> bool {
    const MOST_DIGITS: usize = 10;
    let mut any = false;
    for cell in cells.filter(|cell| !cell.is_empty()) {
        let same = cell.len() <= MOST_DIGITS
            && number(cell).is_some_and(|number| number_text(number) == cell);
        if !same {
            return false;
        }
        any = true;
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::names::Range;

    #[test]
    fn a_number_or_date_becomes_one_only_if_nothing_is_lost() {
        let number = |text| typed(Value::Number(Range::FromZero), text);
        assert_eq!(number("1,234.5"), Typed::Number(1234.5));
        assert_eq!(number("0.1"), Typed::Number(0.1));
        assert_eq!(number(""), Typed::Blank);
        for text in ["-", "many", "0.12345678901234567", "1e400"] {
            assert_eq!(number(text), Typed::Text(text.to_owned()));
        }
        let day = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
        assert_eq!(typed(Value::Date, "2026年5月1日"), Typed::Date(day));
        let old = "1900-01-01";
        assert_eq!(typed(Value::Date, old), Typed::Text(old.to_owned()));
        assert_eq!(typed(Value::Id, "01"), Typed::Text("01".to_owned()));
    }

    #[test]
    fn columns_of_numbers_are_told_from_texts_that_look_like_them() {
        assert!(are_numbers(["4000", "", "12.5"].into_iter()));
        assert!(!are_numbers(["4000", "01"].into_iter()));
        assert!(!are_numbers(["13800001111"].into_iter()));
        assert!(!are_numbers(["4,000"].into_iter()));
        assert!(!are_numbers(["", ""].into_iter()));
    }
}
