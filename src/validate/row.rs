//! Reads the cells of one row, making a finding of each that is wrong and going on with its default.

use super::value::{self, NumberFault, NumberHint};
use crate::domain::{Day, Exact, Weekdays};
use crate::finding::{Code, Finding, Findings, Place, Severity, say, shown};
use crate::lang::Text;
use crate::read::names::{self, Join, Range, Value, YES_NO, word};
use crate::read::{Cell, Origin, Row, Table, Tables, list, normal};

/// One row while it is read.
pub(super) struct RowReader<'a> {
    pub(super) tables: &'a Tables,
    pub(super) table: &'a Table,
    pub(super) row: &'a Row,
    pub(super) findings: &'a mut Findings,
    /// False once a cell was wrong, so that findings that follow from it can be left out.
    pub(super) sound: bool,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(
        tables: &'a Tables,
        table: &'a Table,
        row: &'a Row,
        findings: &'a mut Findings,
    ) -> Self {
        RowReader {
            tables,
            table,
            row,
            findings,
            sound: !row.broken,
        }
    }

    /// Where a column of this row is: its cell, or where the cell would be.
    pub(super) fn place(&self, column: &str) -> Place {
        self.tables.sources.place(self.origin(column))
    }

    fn origin(&self, column: &str) -> Origin {
        cell_origin(self.tables, self.table, self.row, column)
    }

    /// Adds a finding about a column of this row.
    pub(super) fn add(&mut self, code: Code, column: &str, message: Text, help: Option<Text>) {
        self.sound &= code.severity() != Severity::Error;
        if self.row.broken {
            // Its cells may stand in the wrong columns.
            return;
        }
        let mut finding = Finding::new(code, self.place(column), message);
        finding.help = help;
        self.findings.add(finding);
    }

    /// The cell in a column, if it is given.
    pub(super) fn cell(&self, column: &str) -> Option<&'a Cell> {
        self.table.cell(self.row, column)
    }

    fn declared(&self, column: &str) -> &'static names::Column {
        &self.table.declared.columns[self.table.declared.position(column)]
    }

    /// The cell in a column; a blank one is a finding if the column is required.
    pub(super) fn given(&mut self, column: &str) -> Option<&'a Cell> {
        let cell = self.cell(column);
        if cell.is_none() && self.declared(column).required {
            self.missing(column);
        }
        let readable = cell.filter(|cell| !cell.spoiled);
        self.sound &= readable.is_some() == cell.is_some();
        readable
    }

    /// Makes the finding that a required cell is blank.
    pub(super) fn missing(&mut self, column: &str) {
        self.sound = false;
        // A column that the file lacks has one finding for all its rows.
        if self.origin(column).column > 0 {
            self.add(
                Code::CellMissing,
                column,
                say!("必须填写", "`{column}` must be given"),
                None,
            );
        }
    }

    /// Text that is only shown; empty where not given.
    pub(super) fn text(&mut self, column: &str) -> String {
        self.given(column)
            .map(|cell| cell.text.clone())
            .unwrap_or_default()
    }

    /// An id or free word in the form in which it is compared.
    pub(super) fn word(&mut self, column: &str) -> Option<String> {
        self.given(column).map(|cell| normal(&cell.text))
    }

    /// A list of ids or free words, each once.
    pub(super) fn list(&mut self, column: &str) -> Option<Vec<String>> {
        let cell = self.given(column)?;
        let mut entries: Vec<String> = Vec::new();
        for entry in list(&cell.text) {
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        }
        if entries.is_empty() {
            if self.declared(column).required {
                self.missing(column);
            }
            return None;
        }
        Some(entries)
    }

    /// A number within the declared range.
    pub(super) fn number(&mut self, column: &str) -> Option<Exact> {
        let cell = self.given(column)?;
        let range = match self.declared(column).value {
            Value::Number(range) | Value::Whole(range) => range,
            _ => Range::FromZero,
        };
        let value = self.number_in(cell, column, range)?;
        if matches!(self.declared(column).value, Value::Whole(_)) && !value.is_integer() {
            let written = shown(&cell.text);
            self.add(
                Code::NotANumber,
                column,
                say!("`{written}` 不是整数", "`{written}` is not a whole number"),
                None,
            );
            return None;
        }
        Some(value)
    }

    /// A whole number within the declared range.
    pub(super) fn whole(&mut self, column: &str) -> Option<i64> {
        self.number(column)?.to_i64()
    }

    /// Like [`RowReader::whole`], for ranges that fit.
    pub(super) fn count(&mut self, column: &str) -> Option<u32> {
        u32::try_from(self.whole(column)?).ok()
    }

    fn number_in(&mut self, cell: &Cell, column: &str, range: Range) -> Option<Exact> {
        match check_number(cell, range) {
            Ok(value) => Some(value),
            Err((code, message, help)) => {
                self.add(code, column, message, help);
                None
            }
        }
    }

    /// A number in millionths; one above 0 that would be rounded to 0 is out of range.
    pub(super) fn millionths(&mut self, column: &str) -> Option<i64> {
        let value = self.number(column)?;
        let micro = value.round_half_up(6).unwrap_or_default();
        if micro == 0 && !value.is_zero() {
            self.add(
                Code::NumberOutOfRange,
                column,
                say!(
                    "小于 0.000001，会被舍去",
                    "below 0.000001, which is rounded away"
                ),
                None,
            );
            return None;
        }
        Some(micro)
    }

    /// Columns `from` and `to`, in order.
    pub(super) fn dates(&mut self) -> (Option<Day>, Option<Day>) {
        let (from, to) = (self.date("from"), self.date("to"));
        if let (Some(first), Some(last)) = (from, to)
            && last < first
        {
            self.add(
                Code::WindowReversed,
                "to",
                say!(
                    "{last} 早于开始 {first}",
                    "{last} lies before the beginning, {first}"
                ),
                Some(say!(
                    "对调两个日期，或改正其中一个",
                    "exchange the two dates or mend one"
                )),
            );
            return (None, None);
        }
        (from, to)
    }

    /// Columns `from` and `to` of something that is available between them; a warning if that is never.
    pub(super) fn availability(
        &mut self,
        horizon: Option<(Day, Day)>,
    ) -> (Option<Day>, Option<Day>) {
        let (from, to) = self.dates();
        let Some((start, end)) = horizon else {
            return (from, to);
        };
        let column = if from.is_some_and(|from| from > end) {
            "from"
        } else if to.is_some_and(|to| to < start) {
            "to"
        } else {
            return (from, to);
        };
        self.add(
            Code::NeverAvailable,
            column,
            say!(
                "在计划期 {start} 至 {end} 内始终不可用",
                "not available on any day of the horizon {start} to {end}"
            ),
            None,
        );
        (from, to)
    }

    /// A calendar day.
    pub(super) fn date(&mut self, column: &str) -> Option<Day> {
        let cell = self.given(column)?;
        match value::date(&cell.text) {
            Ok(day) => Some(day),
            Err(hint) => {
                let (message, help) = date_texts(&cell.text, hint);
                self.add(Code::NotADate, column, message, Some(help));
                None
            }
        }
    }

    /// A set of weekdays.
    pub(super) fn weekdays(&mut self, column: &str) -> Option<Weekdays> {
        let cell = self.given(column)?;
        match value::weekdays(&cell.text) {
            Ok(days) => Some(days),
            Err(entry) => {
                let (message, help) = weekday_texts(&entry);
                self.add(Code::NotWeekdays, column, message, Some(help));
                None
            }
        }
    }

    /// `yes` or `no`.
    pub(super) fn yes(&mut self, column: &str) -> Option<bool> {
        let cell = self.given(column)?;
        let answer = word(YES_NO, &normal(&cell.text));
        if answer.is_none() {
            let written = shown(&cell.text);
            self.add(
                Code::UnknownWord,
                column,
                say!(
                    "`{written}` 不是“是”或“否”",
                    "`{written}` is neither `yes` nor `no`"
                ),
                Some(say!("填“是”或“否”", "write `yes` or `no`")),
            );
        }
        answer.map(|answer| answer == "yes")
    }
}

/// Where a column of a row is: its cell, or where the cell would be.
pub(super) fn cell_origin(tables: &Tables, table: &Table, row: &Row, column: &str) -> Origin {
    if let Some(cell) = table.cell(row, column) {
        return cell.origin;
    }
    let mut origin = row.origin;
    let position = table.declared.position(column);
    origin.column = tables.sources.column_of(origin.file, position);
    origin
}

/// A number in a range, or the finding that it is not.
pub(super) fn check_number(cell: &Cell, range: Range) -> Result<Exact, (Code, Text, Option<Text>)> {
    number_of(&cell.text, range)
}

/// Like [`check_number`] for text that is no cell.
pub(super) fn number_of(text: &str, range: Range) -> Result<Exact, (Code, Text, Option<Text>)> {
    let written = shown(text);
    let value = match value::number(text) {
        Ok(value) => value,
        Err(NumberFault::TooGreat) => {
            return Err((
                Code::NumberOutOfRange,
                say!(
                    "`{written}` 过大或过小",
                    "`{written}` is beyond the figures that can be handled"
                ),
                Some(say!("数值须小于 10¹²", "figures must be below 10^12")),
            ));
        }
        Err(NumberFault::NotANumber(hint)) => {
            let help = match hint {
                NumberHint::Plain => say!("填一个数字，例如 12.5", "write a number such as 12.5"),
                NumberHint::Commas => say!(
                    "小数点用“.”；逗号只能每三位一组（1,234.5）",
                    "use `.` for decimals; commas only in groups of three (1,234.5)"
                ),
                NumberHint::Unit => say!(
                    "只填数字，不带单位和货币符号",
                    "write the digits alone, without unit or sign of money"
                ),
            };
            return Err((
                Code::NotANumber,
                say!("`{written}` 不是数字", "`{written}` is not a number"),
                Some(help),
            ));
        }
    };
    let (fits, zh, en) = match range {
        Range::FromZero => (
            !value.is_negative(),
            "不小于 0".to_owned(),
            "at least 0".to_owned(),
        ),
        Range::AboveZero => (
            value.is_positive(),
            "大于 0".to_owned(),
            "above 0".to_owned(),
        ),
        Range::Between(low, high) => (
            value >= Exact::from_int(low) && value <= Exact::from_int(high),
            format!("{low} 到 {high} 之间"),
            format!("from {low} to {high}"),
        ),
    };
    if fits {
        return Ok(value);
    }
    Err((
        Code::NumberOutOfRange,
        say!("`{written}` 应{zh}", "`{written}` must be {en}"),
        None,
    ))
}

/// Message and help for a cell that is no date.
pub(super) fn date_texts(written: &str, hint: Option<Text>) -> (Text, Text) {
    let written = shown(written);
    (
        say!(
            "`{written}` 不是有效日期",
            "`{written}` is not a possible date"
        ),
        hint.unwrap_or_else(|| {
            say!(
                "写作 2026-05-01、2026/5/1 或 2026年5月1日",
                "write 2026-05-01 or 2026/5/1"
            )
        }),
    )
}

/// Message and help for an entry that is no weekday.
pub(super) fn weekday_texts(entry: &str) -> (Text, Text) {
    let entry = shown(entry);
    (
        say!("`{entry}` 不是星期", "`{entry}` is not a weekday"),
        say!(
            "写作 周一;周二，或 周一-周五",
            "write mon;tue or a stretch such as mon-fri"
        ),
    )
}

/// Makes one finding of each file that lacks a required column and gives rows whose cell nothing else gives.
pub(super) fn report_missing_columns(tables: &Tables, table: &Table, findings: &mut Findings) {
    for (position, column) in table.declared.columns.iter().enumerate() {
        // Appended tables and keys are checked with the header.
        let checked =
            matches!(table.declared.join, Join::ByKey(keys) if !keys.contains(&column.en));
        if !column.required || !checked {
            continue;
        }
        let mut files: Vec<(crate::read::FileIx, usize)> = Vec::new();
        for row in table.rows.iter().filter(|row| !row.broken) {
            if table.cell(row, column.en).is_some() {
                continue;
            }
            let file = row.origin.file;
            if tables.sources.column_of(file, position) > 0 {
                continue;
            }
            match files.iter_mut().find(|(known, _)| *known == file) {
                Some((_, rows)) => *rows += 1,
                None => files.push((file, 1)),
            }
        }
        for (file, rows) in files {
            let place = tables.sources.place(Origin {
                file,
                line: 1,
                column: 0,
            });
            let (en, zh) = (column.en, column.zh[0]);
            findings.add(
                Finding::new(
                    Code::ColumnMissing,
                    place,
                    say!(
                        "缺少列 `{zh}`（{en}），{rows} 行需要它",
                        "column `{en}` is missing; {rows} rows need it"
                    ),
                )
                .help(say!(
                    "在表头加上 `{zh}` 或 `{en}`",
                    "add `{en}` or `{zh}` to the header"
                )),
            );
        }
    }
}
