//! Dates as people write them.

use crate::domain::Day;
use crate::lang::Lang;
use chrono::Datelike;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month_name(day: Day) -> &'static str {
    MONTHS[day.month0() as usize]
}

/// 2026年6月1日, 1 June 2026.
pub(super) fn full(day: Day, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => format!("{} {} {}", day.day(), month_name(day), day.year()),
    }
}

/// 6月1日, 1 June; for documents within one year.
pub(super) fn short(day: Day, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}月{}日", day.month(), day.day()),
        Lang::En => format!("{} {}", day.day(), month_name(day)),
    }
}

/// A stretch of days, each part of a date said once.
pub(super) fn stretch(from: Day, to: Day, with_year: bool, lang: Lang) -> String {
    let one = |day| {
        if with_year {
            full(day, lang)
        } else {
            short(day, lang)
        }
    };
    let same_year = from.year() == to.year();
    let same_month = same_year && from.month() == to.month();
    if from == to {
        return one(from);
    }
    match lang {
        Lang::Zh if same_month => format!("{}至{}日", one(from), to.day()),
        Lang::Zh if same_year => format!("{}至{}", one(from), short(to, lang)),
        Lang::Zh => format!("{}至{}", full(from, lang), full(to, lang)),
        Lang::En if same_month => format!("{} to {}", from.day(), one(to)),
        Lang::En if same_year => format!("{} to {}", short(from, lang), one(to)),
        Lang::En => format!("{} to {}", full(from, lang), full(to, lang)),
    }
}

/// 2026年6月, June 2026.
pub(super) fn month(day: Day, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月", day.year(), day.month()),
        Lang::En => format!("{} {}", month_name(day), day.year()),
    }
}

/// Names of weekdays, Monday first: in full, short, and as small as a column of a calendar.
const WEEKDAYS: [[(&str, &str); 3]; 7] = [
    [("星期一", "Monday"), ("周一", "Mon"), ("一", "M")],
    [("星期二", "Tuesday"), ("周二", "Tue"), ("二", "T")],
    [("星期三", "Wednesday"), ("周三", "Wed"), ("三", "W")],
    [("星期四", "Thursday"), ("周四", "Thu"), ("四", "T")],
    [("星期五", "Friday"), ("周五", "Fri"), ("五", "F")],
    [("星期六", "Saturday"), ("周六", "Sat"), ("六", "S")],
    [("星期日", "Sunday"), ("周日", "Sun"), ("日", "S")],
];

fn weekday_names(day: Day) -> [(&'static str, &'static str); 3] {
    WEEKDAYS[day.weekday().num_days_from_monday() as usize]
}

/// 星期一, Monday.
pub(super) fn weekday(day: Day, lang: Lang) -> &'static str {
    let [(zh, en), ..] = weekday_names(day);
    lang.pick(zh, en)
}

/// 周一, Mon.
pub(super) fn short_weekday(day: Day, lang: Lang) -> &'static str {
    let [_, (zh, en), _] = weekday_names(day);
    lang.pick(zh, en)
}

/// 一, M.
pub(super) fn letter_of_weekday(day: Day, lang: Lang) -> &'static str {
    let [.., (zh, en)] = weekday_names(day);
    lang.pick(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_says_year_and_month_once() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let zh = |from, to| stretch(day(from), day(to), true, Lang::Zh);
        assert_eq!(zh("2026-06-01", "2026-06-01"), "2026年6月1日");
        assert_eq!(zh("2026-06-01", "2026-06-12"), "2026年6月1日至12日");
        assert_eq!(zh("2026-06-01", "2026-07-02"), "2026年6月1日至7月2日");
        assert_eq!(
            zh("2026-12-30", "2027-01-02"),
            "2026年12月30日至2027年1月2日"
        );
        let en = |from, to| stretch(day(from), day(to), false, Lang::En);
        assert_eq!(en("2026-06-01", "2026-06-12"), "1 to 12 June");
        assert_eq!(en("2026-06-01", "2026-07-02"), "1 June to 2 July");
    }
}
