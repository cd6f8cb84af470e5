//! What single cells of a work order say.

use crate::domain::{Day, Quantity};
use crate::finding::{Code, say, shown};
use crate::lang::Text;
use crate::orders;
use crate::read::{is_blank, normal};
use crate::validate::value;
use calamine::Data;

/// Why a cell cannot be understood: code, message, what would mend it.
pub(super) type Fault = (Code, Text, Option<Text>);

/// The text of a cell, normalized; empty for a blank one.
pub(super) fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::DateTime(date) => date
            .as_datetime()
            .map(|date| date.date().to_string())
            .unwrap_or_default(),
        cell => normal(&cell.to_string()),
    }
}

/// Whether a cell holds nothing.
pub(super) fn blank(cell: &Data) -> bool {
    is_blank(&text(cell))
}

/// The mark of a visit: done, not done, or none.
pub(super) fn mark(cell: &Data) -> Result<Option<bool>, Fault> {
    if blank(cell) {
        return Ok(None);
    }
    let written = text(cell);
    orders::is_done(&written).map(Some).ok_or_else(|| {
        let written = shown(&written);
        let (done, not) = (orders::DONE, orders::NOT_DONE);
        (
            Code::UnknownWord,
            say!(
                "`{written}` 看不出是否完成",
                "`{written}` does not say whether the visit was done"
            ),
            Some(say!(
                "填 {done} 或 {not}，或者留空",
                "write {done} or {not}, or leave it blank"
            )),
        )
    })
}

/// The amount used, if any.
pub(super) fn amount(cell: &Data) -> Result<Option<Quantity>, Fault> {
    if blank(cell) {
        return Ok(None);
    }
    let number = match cell {
        // A spreadsheet makes a date of `1-2` and TRUE of 真.
        Data::DateTime(_) | Data::Bool(_) | Data::Error(_) => None,
        cell => value::number(&text(cell))
            .ok()
            .and_then(|number| Quantity::from_exact(&number)),
    };
    let Some(number) = number else {
        let written = shown(&text(cell));
        return Err((
            Code::NotANumber,
            say!("`{written}` 不是数字", "`{written}` is not a number"),
            Some(say!(
                "只写数字，不写单位",
                "write the number alone, without its unit"
            )),
        ));
    };
    if number < Quantity::ZERO {
        return Err((
            Code::NumberOutOfRange,
            say!("实际用量不能为负", "an amount cannot be below 0"),
            None,
        ));
    }
    Ok(Some(number))
}

/// The day of a visit.
pub(super) fn date(cell: &Data) -> Result<Day, Fault> {
    if blank(cell) {
        return Err(missing());
    }
    let written = text(cell);
    value::date(&written).map_err(|help| {
        let written = shown(&written);
        (
            Code::NotADate,
            say!("`{written}` 不是日期", "`{written}` is not a date"),
            help.or_else(|| Some(say!("写作 2026-05-01", "write it as 2026-05-01"))),
        )
    })
}

/// The number of a crew.
pub(super) fn crew(cell: &Data) -> Result<u32, Fault> {
    if blank(cell) {
        return Err(missing());
    }
    let written = text(cell);
    let whole = value::number(&written).ok().and_then(|n| n.to_i64());
    let crew = whole.and_then(|crew| u32::try_from(crew).ok());
    crew.filter(|crew| (1..=1_000_000).contains(crew))
        .ok_or_else(|| {
            let written = shown(&written);
            (
                Code::NumberOutOfRange,
                say!(
                    "班组应为 1 起的整数，这里是 `{written}`",
                    "a crew is a whole number from 1 on, not `{written}`"
                ),
                None,
            )
        })
}

fn missing() -> Fault {
    (
        Code::CellMissing,
        say!(
            "已完成的作业缺少这一格",
            "a visit that was done needs this cell"
        ),
        None,
    )
}
