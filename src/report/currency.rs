//! The currency of a season in words, and money with it.

use super::layout::grouped;
use crate::domain::Money;
use crate::lang::{Lang, Text};

/// The word for a currency; empty where a scenario names none.
pub(super) fn word(code: &str, lang: Lang) -> &str {
    match (code, lang) {
        ("CNY", Lang::Zh) => "元",
        (code, _) => code,
    }
}

/// The word for a currency where a sentence cannot do without one.
pub(super) fn unit(code: &str, lang: Lang) -> &str {
    match word(code, lang) {
        "" => lang.pick("元", "unit of money"),
        word => word,
    }
}

/// Money with its currency, if it has one.
pub(super) fn money(amount: Money, code: &str, lang: Lang) -> String {
    format!("{} {}", grouped(amount), word(code, lang))
        .trim_end()
        .to_owned()
}

/// A difference in money with its sign and currency, in both languages.
pub(super) fn difference(amount: Money, code: &str) -> Text {
    let sign = if amount > Money::ZERO { "+" } else { "" };
    Text::in_both(|lang| format!("{sign}{}", money(amount, code, lang)))
}

/// Money with its currency, in both languages.
pub(super) fn both(amount: Money, code: &str) -> Text {
    Text::in_both(|lang| money(amount, code, lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_has_the_word_of_the_language_and_none_where_no_currency_is_named() {
        let amount = Money::from_micro(1_234_500_000);
        assert_eq!(
            both(amount, "CNY"),
            Text::new("1,234.50 元", "1,234.50 CNY")
        );
        assert_eq!(both(amount, "USD"), Text::same("1,234.50 USD"));
        assert_eq!(both(amount, ""), Text::same("1,234.50"));
        assert_eq!(unit("", Lang::Zh), "元");
        assert_eq!(unit("", Lang::En), "unit of money");
    }
}
