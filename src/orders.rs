//! The sheet of work orders, as `plan` writes it and `record` reads it again: its name, its columns, its words.
//!
//! Each page of the sheet begins with a row of headings by which the columns are found again, whatever was inserted
//! or moved. Ids stand in hidden columns, so that people read names and the program reads ids.

use crate::lang::{Lang, Text};

/// Name of the sheet; further ones, where one cannot hold all pages, have a number after it.
pub const SHEET: (&str, &str) = ("派工单", "Work orders");

/// A column of a work order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Number of the visit on the team's order.
    Number,
    /// Day; read again, so that a clerk can say that the work was done on another.
    Date,
    /// Day of the week.
    Weekday,
    /// Crew; read again.
    Crew,
    /// Name of the site.
    Site,
    /// Where it is.
    Address,
    /// Name of the treatment.
    Treatment,
    /// Name of the product.
    Product,
    /// Quantity planned.
    Planned,
    /// Unit of the product.
    Unit,
    /// Filled in: whether it was done.
    Done,
    /// Filled in: quantity used.
    Actual,
    /// Filled in: who did it.
    Signature,
    /// Hidden: id of the team.
    TeamId,
    /// Hidden: id of the site or part.
    SiteId,
    /// Hidden: id of the treatment.
    TreatmentId,
    /// Hidden: id of the product.
    ProductId,
}

impl Column {
    /// All columns, from left to right; the hidden ones come last.
    pub const ALL: [Column; 17] = [
        Column::Number,
        Column::Date,
        Column::Weekday,
        Column::Crew,
        Column::Site,
        Column::Address,
        Column::Treatment,
        Column::Product,
        Column::Planned,
        Column::Unit,
        Column::Done,
        Column::Actual,
        Column::Signature,
        Column::TeamId,
        Column::SiteId,
        Column::TreatmentId,
        Column::ProductId,
    ];

    /// How many of them are shown.
    pub const SHOWN: usize = 13;

    /// Its heading.
    pub fn heading(self) -> Text {
        let (zh, en) = match self {
            Column::Number => ("序号", "No."),
            Column::Date => ("日期", "Date"),
            Column::Weekday => ("星期", "Day"),
            Column::Crew => ("班组", "Crew"),
            Column::Site => ("地点", "Site"),
            Column::Address => ("地址或坐标", "Address or coordinates"),
            Column::Treatment => ("措施", "Treatment"),
            Column::Product => ("药品", "Product"),
            Column::Planned => ("计划用量", "Planned"),
            Column::Unit => ("单位", "Unit"),
            Column::Done => ("完成", "Done"),
            Column::Actual => ("实际用量", "Actual"),
            Column::Signature => ("签字", "Signature"),
            Column::TeamId => ("队伍编号", "team id"),
            Column::SiteId => ("地点编号", "site id"),
            Column::TreatmentId => ("措施编号", "treatment id"),
            Column::ProductId => ("药品编号", "product id"),
        };
        Text::new(zh, en)
    }

    /// The column of a heading in either language.
    pub fn of_heading(written: &str) -> Option<Column> {
        Column::ALL.into_iter().find(|column| {
            let heading = column.heading();
            heading.zh == written || heading.en.eq_ignore_ascii_case(written)
        })
    }
}

/// The mark in [`Column::Done`] that the sheet offers.
pub const DONE: &str = "√";
/// The mark that says the opposite.
pub const NOT_DONE: &str = "×";

/// Whether a word in [`Column::Done`] says that the visit was done; `None` for a word that says neither.
pub fn is_done(word: &str) -> Option<bool> {
    const YES: [&str; 18] = [
        DONE,
        "✓",
        "✔",
        "☑",
        "v",
        "y",
        "yes",
        "ok",
        "done",
        "true",
        "1",
        "是",
        "有",
        "对",
        "完成",
        "已完成",
        "已做",
        "做了",
    ];
    const NO: [&str; 14] = [
        NOT_DONE,
        "✗",
        "✘",
        "x",
        "n",
        "no",
        "false",
        "0",
        "否",
        "无",
        "没有",
        "未做",
        "未完成",
        "没做",
    ];
    let word = word.to_lowercase();
    if YES.contains(&word.as_str()) {
        Some(true)
    } else if NO.contains(&word.as_str()) {
        Some(false)
    } else {
        None
    }
}

/// The name of the sheet in one language.
pub fn sheet(lang: Lang) -> &'static str {
    lang.pick(SHEET.0, SHEET.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_found_by_its_heading_in_either_language() {
        for column in Column::ALL {
            let heading = column.heading();
            assert_eq!(Column::of_heading(&heading.zh), Some(column));
            assert_eq!(Column::of_heading(&heading.en), Some(column));
        }
        assert_eq!(Column::of_heading("备注"), None);
    }

    #[test]
    fn marks_of_done_and_not_done_differ() {
        assert_eq!(is_done(DONE), Some(true));
        assert_eq!(is_done("YES"), Some(true));
        assert_eq!(is_done(NOT_DONE), Some(false));
        assert_eq!(is_done("也许"), None);
    }
}
