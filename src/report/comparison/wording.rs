//! Values and changes of a comparison in words.

use crate::compare::{Change, Value};
use crate::lang::Lang;
use crate::report::layout::{grouped, per_cent, small_per_cent};

/// What a scenario is called in the head of a column.
pub(crate) fn letter(at: usize, lang: Lang) -> String {
    match at {
        0 => lang.pick("基准", "base").to_owned(),
        1..=26 => char::from(b'A' + (at - 1) as u8).to_string(),
        _ => format!("#{at}"),
    }
}

/// A value as it is shown; money without its currency.
pub fn shown_value(value: &Value, lang: Lang) -> String {
    match value {
        Value::Count(number) => grouped(number),
        Value::Money(money) => grouped(money),
        Value::Quantity(quantity) => grouped(quantity),
        Value::Rounds(rounds) => grouped(rounds),
        Value::Share(share) => per_cent(*share),
        Value::Gap(gap) => small_per_cent(*gap),
        Value::Text(text) if text.is_empty() => lang.pick("（空）", "(blank)").to_owned(),
        Value::Text(text) => text.clone(),
        Value::Row(cells) => {
            let cells = cells
                .iter()
                .map(|(header, text)| format!("{}={text}", header.get(lang)));
            cells.collect::<Vec<_>>().join(lang.pick("，", ", "))
        }
    }
}

/// A change as it is shown: `+1,200.00`, `added`; shares in percentage points.
pub fn shown_change(change: &Change, lang: Lang) -> String {
    let difference = match change {
        Change::By { difference, .. } => difference,
        Change::Replaced => return lang.pick("已改", "changed").to_owned(),
        Change::Added => return lang.pick("新增", "added").to_owned(),
        Change::Dropped => return lang.pick("去掉", "dropped").to_owned(),
    };
    let points = |share: f64, decimals: usize| {
        let unit = lang.pick("百分点", "pp");
        format!("{:+.decimals$} {unit}", share * 100.0)
    };
    match difference {
        Value::Share(share) => points(*share, 1),
        Value::Gap(gap) => points(*gap, 2),
        other => signed(shown_value(other, lang)),
    }
}

/// The change as a share of the base, `+3.2 %`; `None` where that says nothing.
pub fn shown_relative(change: &Change) -> Option<String> {
    match change {
        Change::By {
            relative: Some(relative),
            ..
        } => Some(format!("{:+.1} %", relative * 100.0)),
        _ => None,
    }
}

/// With `+` before what is not below zero.
fn signed(number: String) -> String {
    if number.starts_with('-') {
        number
    } else {
        format!("+{number}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Money;

    #[test]
    fn a_change_has_its_sign_and_unit() {
        let by = |difference, relative| Change::By {
            difference,
            relative,
        };
        let money = |yuan: i64| Value::Money(Money::from_micro(yuan * 1_000_000));
        let less = by(money(-1200), Some(-0.0316));
        assert_eq!(shown_change(&less, Lang::Zh), "-1,200.00");
        assert_eq!(shown_relative(&less).as_deref(), Some("-3.2 %"));
        let more = by(Value::Count(3), None);
        assert_eq!(shown_change(&more, Lang::En), "+3");
        assert_eq!(shown_relative(&more), None);
        let share = by(Value::Share(0.125), None);
        assert_eq!(shown_change(&share, Lang::Zh), "+12.5 百分点");
        assert_eq!(shown_change(&Change::Added, Lang::Zh), "新增");
    }
}
