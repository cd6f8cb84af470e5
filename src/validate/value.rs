//! What single cells say: numbers, dates, weekdays, periods.

use crate::domain::{Day, Every, Exact, Weekdays};
use crate::finding::say;
use crate::lang::Text;
use crate::read::names::{EVERY, EVERY_DAYS, WEEKDAYS, word};
use crate::read::{list, normal};
use chrono::NaiveDate;

/// Why a cell is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// No number at all; with what would probably mend it.
    NotANumber(NumberHint),
    /// A number of 10^12 or more, or with an exponent beyond what money and doses need.
    TooGreat,
}

/// What would probably make a number of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberHint {
    /// Nothing in particular.
    Plain,
    /// Commas do not stand in groups of three.
    Commas,
    /// A unit or sign of money stands beside the digits.
    Unit,
}

/// Reads a number: `.` for decimals, commas only in groups of three, full-width digits too.
pub fn number(text: &str) -> Result<Exact, NumberFault> {
    const LONGEST: usize = 60;
    let text = normal(text);
    let hint = |hint| Err(NumberFault::NotANumber(hint));
    if text.len() > LONGEST {
        return if text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            Err(NumberFault::TooGreat)
        } else {
            hint(NumberHint::Plain)
        };
    }
    let plain = if text.contains(',') {
        match without_commas(&text) {
            Some(plain) => plain,
            None if text.bytes().any(|b| b.is_ascii_digit()) => return hint(NumberHint::Commas),
            None => return hint(NumberHint::Plain),
        }
    } else {
        text
    };
    let Some(value) = Exact::parse(&plain) else {
        let finite = plain.parse::<f64>().is_ok() && plain.bytes().any(|b| b.is_ascii_digit());
        return if finite {
            Err(NumberFault::TooGreat)
        } else if plain.bytes().any(|b| b.is_ascii_digit()) {
            hint(NumberHint::Unit)
        } else {
            hint(NumberHint::Plain)
        };
    };
    let bound = Exact::from_int(1_000_000_000_000);
    if value >= bound || value <= Exact::zero() - bound {
        return Err(NumberFault::TooGreat);
    }
    Ok(value)
}

/// The number without its group commas, if they stand in strict groups of three.
fn without_commas(text: &str) -> Option<String> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let whole = unsigned.split('.').next()?;
    let rest = &unsigned[whole.len()..];
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let strict = (1..=3).contains(&first.len())
        && digits(first)
        && groups.all(|group| group.len() == 3 && digits(group))
        && !rest.contains(',');
    strict.then(|| text.replace(',', ""))
}

/// Reads a day: `2026-05-01`, `2026/5/1` or `2026年5月1日`, an added time of midnight being ignored.
///
/// The error is what would mend it, where that can be told.
pub fn date(text: &str) -> Result<Day, Option<Text>> {
    let text = normal(text);
    let parts = without_midnight(&text).and_then(date_parts);
    match parts {
        Some((year, month, day)) => NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
            (1..=12).contains(&month).then(|| {
                let last = (28..=31)
                    .rev()
                    .find(|&day| NaiveDate::from_ymd_opt(year, month, day).is_some())
                    .unwrap_or(28);
                say!(
                    "{year} 年 {month} 月只有 {last} 天",
                    "{year}-{month:02} has {last} days"
                )
            })
        }),
        None => Err(date_hint(&text)),
    }
}

fn without_midnight(text: &str) -> Option<&str> {
    let Some((date, time)) = text.split_once([' ', 'T']) else {
        return Some(text);
    };
    let time = time.trim();
    matches!(time, "0:00" | "00:00" | "0:00:00" | "00:00:00").then_some(date.trim())
}

fn date_parts(text: &str) -> Option<(i32, u32, u32)> {
    let parts: Vec<&str> = if let Some(rest) = text.strip_suffix('日') {
        let (year, rest) = rest.split_once('年')?;
        let (month, day) = rest.split_once('月')?;
        vec![year.trim(), month.trim(), day.trim()]
    } else if text.contains('/') {
        text.split('/').collect()
    } else {
        text.split('-').collect()
    };
    let [year, month, day] = parts[..] else {
        return None;
    };
    let digits = |part: &str, least: usize, most: usize| {
        (least..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(year, 4, 4) || !digits(month, 1, 2) || !digits(day, 1, 2) {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

/// The date that a cell of another form probably means.
fn date_hint(text: &str) -> Option<Text> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        if let (5, Ok(serial)) = (text.len(), text.parse::<u64>()) {
            // Spreadsheets count days from 1899-12-30.
            let day = NaiveDate::from_ymd_opt(1899, 12, 30)?
                .checked_add_days(chrono::Days::new(serial))?;
            return Some(say!(
                "看起来是表格软件的日期序号，即 {day}；请把单元格设为日期或文本格式",
                "this looks like a spreadsheet's day number, {day}; format the cell as a date or as text"
            ));
        }
        if text.len() == 8 {
            let day = NaiveDate::parse_from_str(text, "%Y%m%d").ok()?;
            return Some(say!("写作 {day}", "write {day}"));
        }
    }
    if text.contains('.') {
        let day = date_parts(&text.replace('.', "-"))
            .and_then(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day))?;
        return Some(say!("写作 {day}", "write {day}"));
    }
    None
}

/// Reads a list of weekdays or stretches of them; the error is the entry that is none.
pub fn weekdays(text: &str) -> Result<Weekdays, String> {
    let mut days = Weekdays::NONE;
    for entry in list(text) {
        let (first, last) = stretch(&entry).ok_or(entry)?;
        let mut day = first;
        days.insert(day);
        while day != last {
            day = (day + 1) % 7;
            days.insert(day);
        }
    }
    if days.is_empty() {
        return Err(text.to_owned());
    }
    Ok(days)
}

/// First and last weekday of an entry such as `mon`, `mon-fri` or `周六至周一`.
fn stretch(entry: &str) -> Option<(u32, u32)> {
    if let Some(day) = weekday(entry) {
        return Some((day, day));
    }
    let (first, last) = entry.split_once(['-', '~', '–', '—', '至', '到'])?;
    Some((weekday(first.trim())?, weekday(last.trim())?))
}

fn weekday(written: &str) -> Option<u32> {
    let en = word(WEEKDAYS, written)?;
    let position = WEEKDAYS.iter().position(|day| day.en == en)?;
    u32::try_from(position).ok()
}

/// Reads the period of a rule.
pub fn period(text: &str) -> Option<Every> {
    let text = normal(text);
    match word(EVERY, &text) {
        Some("window") => return Some(Every::Window),
        Some("month") => return Some(Every::Month),
        Some("half-month") => return Some(Every::HalfMonth),
        Some("week") => return Some(Every::Week),
        _ => {}
    }
    let text = text.to_ascii_lowercase();
    let (english, begins, ends) = EVERY_DAYS;
    let digits = if let Some(digits) = text.strip_suffix(english) {
        digits
    } else {
        let digits = ends.iter().find_map(|end| text.strip_suffix(end))?;
        let begin = begins.iter().find_map(|begin| digits.strip_prefix(begin));
        begin.unwrap_or(digits)
    };
    let digits = digits.trim();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let days: u32 = digits.parse().ok()?;
    (1..=100_000).contains(&days).then_some(Every::Days(days))
}
