//! What a cell means, in one form for every way in which it can be written.
//!
//! `1,000` and `1000`, `2026/5/1` and `2026-05-01`, `每月` and `month` are no difference.

use crate::read::names::{Column, MEASURE_VISIT, Value, Word, YES_NO, word};
use crate::read::{list, normal};
use crate::validate::value;

/// The meaning of a cell in a column; a cell that cannot be read that way stands for itself.
pub(super) fn canonical(column: &Column, text: &str) -> String {
    if column.en == "measure" {
        return known(MEASURE_VISIT, &normal(text)).unwrap_or_else(|| normal(text));
    }
    of_kind(column.value, text)
}

fn of_kind(kind: Value, text: &str) -> String {
    let plain = || normal(text);
    let meaning = match kind {
        Value::Number(_) | Value::Whole(_) => number(text),
        Value::Date => value::date(text).ok().map(|day| day.to_string()),
        Value::Weekdays => value::weekdays(text).ok().map(|days| format!("{days:?}")),
        Value::Period => value::period(text).map(|every| format!("{every:?}")),
        Value::YesNo => known(YES_NO, &plain()),
        Value::Fixed(words) => known(words, &plain()),
        Value::List => Some(list(text).join(";")),
        Value::Scope(words) => Some(scope(words, &plain())),
        Value::Scopes(words) => {
            let scopes = list(text).into_iter().map(|entry| scope(words, &entry));
            Some(scopes.collect::<Vec<_>>().join(";"))
        }
        Value::Id | Value::Reference | Value::Text | Value::Word => None,
    };
    meaning.unwrap_or_else(plain)
}

/// The meaning of a cell in a column that is carried along: a number if it is one.
pub(super) fn carried(text: &str) -> String {
    number(text).unwrap_or_else(|| normal(text))
}

fn number(text: &str) -> Option<String> {
    let number = value::number(text).ok()?;
    Some(format!("{number:?}"))
}

fn known(words: &'static [Word], written: &str) -> Option<String> {
    word(words, written).map(str::to_owned)
}

/// A scope such as `队伍:A`, its first word in English.
fn scope(words: &'static [Word], written: &str) -> String {
    let Some((head, id)) = written.split_once(':') else {
        return known(words, written).unwrap_or_else(|| written.to_owned());
    };
    let head = normal(head) + ":";
    known(words, &head).unwrap_or(head) + &normal(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::names::{BUDGET_SCOPES, Range};

    #[test]
    fn the_same_meaning_has_one_form() {
        let same = |kind, a, b| assert_eq!(of_kind(kind, a), of_kind(kind, b), "{a} and {b}");
        same(Value::Number(Range::FromZero), "1,000.50", "1000.5");
        same(Value::Date, "2026年5月1日", "2026/05/01");
        same(Value::Weekdays, "mon-fri", "周一;周二;周三;周四;周五");
        same(Value::Period, "每10天", "10d");
        same(Value::Period, "每月", "Month");
        same(Value::YesNo, "是", "yes");
        same(Value::List, "a；b", "a; b");
        same(
            Value::Scopes(BUDGET_SCOPES),
            "队伍：A；药品费",
            "team:A;products",
        );
        same(Value::Text, "Ａ", "A");
        assert_eq!(carried("1,000"), carried("1000"));
    }

    #[test]
    fn another_meaning_has_another_form() {
        let differ = |kind, a, b| assert_ne!(of_kind(kind, a), of_kind(kind, b), "{a} and {b}");
        differ(Value::Number(Range::FromZero), "1", "1.000001");
        differ(Value::Period, "10d", "week");
        differ(Value::List, "a;b", "a");
        differ(Value::Text, "month", "每月");
        assert_ne!(carried("甲"), carried("乙"));
    }
}
