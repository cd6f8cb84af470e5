//! The one declared table of names: every table, column and fixed word, in English and Chinese.
//!
//! The reader maps headers and words by it, templates are written from it and the column reference is printed from
//! it, so the three cannot disagree. The first Chinese name of each is the one that templates write.

mod aims;
mod means;
pub mod plan;
mod reference;
mod settings;
mod sheets;
mod words;

pub use reference::{content, reference};
pub use settings::SETTINGS;
pub use sheets::{HELP_SHEET, SETTINGS_SHEET, SheetName, in_sheets, refers, sheet_of};
pub use words::{
    BUDGET_SCOPES, CALENDAR_SCOPES, EVERY, EVERY_DAYS, MEASURE_VISIT, PHASE, STATUS, WEEKDAYS,
    YES_NO,
};

use crate::lang::Text;

/// A fixed word: it has a meaning to the program, whichever language it is written in.
#[derive(Debug)]
pub struct Word {
    /// English; also the name by which the program knows it.
    pub en: &'static str,
    /// Chinese, the one that templates write first.
    pub zh: &'static [&'static str],
    /// What it means, Chinese and English.
    pub help: (&'static str, &'static str),
}

impl Word {
    const fn new(
        en: &'static str,
        zh: &'static [&'static str],
        help: (&'static str, &'static str),
    ) -> Self {
        Word { en, zh, help }
    }
}

/// The word of a list that is written so, in either language; English in any case.
pub fn word(words: &'static [Word], written: &str) -> Option<&'static str> {
    words
        .iter()
        .find(|word| word.en.eq_ignore_ascii_case(written) || word.zh.contains(&written))
        .map(|word| word.en)
}

/// Which numbers a column takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// ≥ 0.
    FromZero,
    /// > 0.
    AboveZero,
    /// Both included.
    Between(i64, i64),
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy)]
pub enum Value {
    /// An id that the row defines.
    Id,
    /// One id of another table.
    Reference,
    /// Text that is only shown.
    Text,
    /// One free word.
    Word,
    /// A list of ids or free words.
    List,
    /// A decimal number.
    Number(Range),
    /// A whole number.
    Whole(Range),
    /// A calendar day.
    Date,
    /// A list or stretch of weekdays.
    Weekdays,
    /// `yes` or `no`.
    YesNo,
    /// One of the fixed words.
    Fixed(&'static [Word]),
    /// One of the fixed words, or `10d`: blocks of so many days.
    Period,
    /// One scope, such as `team:A`.
    Scope(&'static [Word]),
    /// A list of scopes.
    Scopes(&'static [Word]),
}

/// A column of a table or a setting of scenario.toml.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// English header; also the name by which the program knows it.
    pub en: &'static str,
    /// Chinese headers, the one that templates write first.
    pub zh: &'static [&'static str],
    /// What its cells hold.
    pub value: Value,
    /// Whether every row must give it.
    pub required: bool,
    /// Value of a blank cell, for the column reference; empty when a blank stays blank.
    pub default: (&'static str, &'static str),
    /// One line of help, Chinese and English.
    pub help: (&'static str, &'static str),
}

impl Column {
    const fn new(
        en: &'static str,
        zh: &'static [&'static str],
        value: Value,
        help: (&'static str, &'static str),
    ) -> Self {
        Column {
            en,
            zh,
            value,
            required: false,
            default: ("", ""),
            help,
        }
    }

    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn default(mut self, same: &'static str) -> Self {
        self.default = (same, same);
        self
    }

    const fn default_text(mut self, zh: &'static str, en: &'static str) -> Self {
        self.default = (zh, en);
        self
    }

    /// Whether a header, after NFKC and trimming, names this column.
    fn is_named(&self, header: &str) -> bool {
        self.en == header || self.zh.contains(&header)
    }
}

/// How the rows of a folder join those of the folder that it extends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// Rows with the same values in these columns are one row, patched cell by cell.
    ByKey(&'static [&'static str]),
    /// Rows are added after the base's.
    Append,
}

/// A table.
#[derive(Debug)]
pub struct Table {
    /// File name.
    pub file: &'static str,
    /// What it holds, Chinese and English.
    pub title: (&'static str, &'static str),
    /// Whether it must exist, here or in a folder that is extended.
    pub required: bool,
    /// How an overlay patches it.
    pub join: Join,
    /// Whether columns of other names are carried along (sites.csv).
    pub carries_others: bool,
    /// Whether rows may end early, the cells left out being blank: a line that a hand adds to a plan.
    pub short_rows: bool,
    /// Its columns.
    pub columns: &'static [Column],
}

impl Table {
    /// Position of the column that a header names, after NFKC and trimming; English in any case.
    pub fn column_named(&self, header: &str) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.is_named(header))
            .or_else(|| {
                self.columns
                    .iter()
                    .position(|column| column.en.eq_ignore_ascii_case(header))
            })
    }

    /// Position of a column by its English name.
    pub fn position(&self, en: &str) -> usize {
        self.columns
            .iter()
            .position(|column| column.en == en)
            .expect("the program asks only for declared columns")
    }

    /// What the table holds.
    pub fn title(&self) -> Text {
        Text::new(self.title.0, self.title.1)
    }
}

/// The tables, in reading order: what there is before what is wanted.
pub const TABLES: &[&Table] = &[
    &means::SITES,
    &means::TREATMENTS,
    &means::TEAMS,
    &means::RATES,
    &means::PRODUCTS,
    &aims::COVERAGE,
    &aims::BUDGET,
    &aims::CALENDAR,
    &aims::DONE,
    &aims::SURVEYS,
];

/// The `drop` column of tables whose rows have ids.
const DROP: Column = Column::new(
    "drop",
    &["删除"],
    Value::YesNo,
    (
        "在沿用其他方案时填“是”，去掉被沿用方案中的这一行",
        "`yes` in a scenario that extends another removes the base's row",
    ),
);
