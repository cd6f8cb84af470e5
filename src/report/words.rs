//! Words that several documents share: which crew, where a site is, which week it is.

use crate::domain::Site;
use crate::lang::Lang;
use crate::measures::WeekFigures;
use chrono::Datelike;
use std::fmt::Display;

/// The ending of an English noun after a number.
pub(super) fn plural(number: impl TryInto<i64>) -> &'static str {
    if number.try_into().is_ok_and(|number| number == 1) {
        ""
    } else {
        "s"
    }
}

/// A crew of a team by its number, which the page fills in where it builds texts itself.
pub(super) fn crew(number: impl Display, lang: Lang) -> String {
    lang.say(format!("第 {number} 班组"), format!("crew {number}"))
}

/// Headers of sites.csv that carry an address.
const ADDRESS: [&str; 4] = ["address", "地址", "详细地址", "位置"];

/// Where a site is: its address if the table carries one, else its coordinates.
pub(super) fn address(site: &Site) -> String {
    let named = ADDRESS.iter().find_map(|name| {
        let mut texts = site.texts.iter();
        texts.find(|(column, _)| column.eq_ignore_ascii_case(name))
    });
    match (named, site.lon_lat) {
        (Some((_, address)), _) => address.clone(),
        (None, Some((lon, lat))) => format!("{lon}, {lat}"),
        (None, None) => String::new(),
    }
}

/// The week of a team, by ISO 8601: its year and number, its Monday and Sunday.
pub(super) fn week(figures: &WeekFigures, lang: Lang) -> String {
    let (year, week) = figures.week;
    let monday = figures.monday;
    let sunday = monday + chrono::Duration::days(6);
    match lang {
        Lang::Zh => format!(
            "{year}年第{week}周（{}月{}日至{}月{}日）",
            monday.month(),
            monday.day(),
            sunday.month(),
            sunday.day()
        ),
        Lang::En => format!("{year} week {week} ({monday} to {sunday})"),
    }
}
