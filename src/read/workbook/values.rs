//! The value of a cell as text, as people see it and as a CSV table would hold it.

use calamine::{Data, ExcelDateTime};

/// The text of a value; empty for a blank cell.
pub(super) fn text(value: &Data) -> String {
    match value {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(*number),
        Data::String(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(true) => "yes".to_owned(),
        Data::Bool(false) => "no".to_owned(),
        Data::DateTime(date) => date_text(*date),
        Data::DateTimeIso(text) => {
            let text = text.trim_end_matches('Z');
            text.strip_suffix(".000").unwrap_or(text).to_owned()
        }
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// A number with the 15 digits that a spreadsheet shows at most, without exponent: the noise of binary numbers
/// (0.1 + 0.2) is gone.
pub fn number_text(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{rounded}")
}

/// A whole number with leading zeros, as its format shows it.
pub(super) fn padded(text: String, digits: usize) -> String {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("{text:0>digits$}")
    } else {
        text
    }
}

/// A date as `2026-05-01`, with the time of day if it has one; a time or duration alone as `7:30`.
fn date_text(date: ExcelDateTime) -> String {
    const MOST_DAYS: f64 = 2_958_466.0;
    let days = date.as_f64();
    if !(0.0..MOST_DAYS).contains(&days) {
        return number_text(days);
    }
    if date.is_duration() || days < 1.0 {
        let minutes = (days * 24.0 * 60.0).round() as u64;
        return format!("{}:{:02}", minutes / 60, minutes % 60);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => day,
        (_, _, 0) => format!("{day} {hour}:{minute:02}"),
        _ => format!("{day} {hour}:{minute:02}:{second:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn numbers_are_written_as_people_see_them() {
        for (number, shown) in [
            (1234.5, "1234.5"),
            (12000.0, "12000"),
            (0.1 + 0.2, "0.3"),
            (1.1 * 3.0, "3.3"),
            (-0.0, "0"),
            (-2.5, "-2.5"),
            (0.000_000_1, "0.0000001"),
            (13_800_001_111.0, "13800001111"),
            (1e15, "1000000000000000"),
            (123_456_789_012_345_680.0, "123456789012346000"),
            (1e21, "1000000000000000000000"),
        ] {
            assert_eq!(number_text(number), shown);
        }
    }

    #[test]
    fn dates_and_times_are_written_as_people_see_them() {
        let date = |days| ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false);
        let duration = |days| ExcelDateTime::new(days, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(date_text(date(46143.0)), "2026-05-01");
        assert_eq!(date_text(date(46143.5)), "2026-05-01 12:00");
        assert_eq!(date_text(date(46_143.000_011_574_1)), "2026-05-01 0:00:01");
        assert_eq!(date_text(date(0.3125)), "7:30");
        assert_eq!(date_text(duration(1.5)), "36:00");
        assert_eq!(date_text(date(-1.0)), "-1");
        assert_eq!(date_text(date(1e9)), "1000000000");
        // Workbooks of old Macintoshes count from 1904.
        let mac = ExcelDateTime::new(44681.0, ExcelDateTimeType::DateTime, true);
        assert_eq!(date_text(mac), "2026-05-01");
    }

    #[test]
    fn ids_typed_as_numbers_keep_the_zeros_that_are_shown() {
        assert_eq!(padded("7".to_owned(), 3), "007");
        assert_eq!(padded("1234".to_owned(), 3), "1234");
        assert_eq!(padded("x".to_owned(), 3), "x");
    }
}
