//! Prices in words.

use super::words::Words;
use crate::explain::{Checked, Counted, Priced, Prices, Worthwhile};
use crate::lang::{Lang, Text};
use crate::report::currency;
use crate::report::layout::grouped;

impl Words<'_> {
    /// What is priced, one unit of it.
    pub(super) fn priced(&self, what: Priced) -> Text {
        let scenario = self.season.scenario;
        match what {
            Priced::Budget(line) => {
                let (id, zh) = (&scenario.budget[line].id, self.unit(Lang::Zh));
                let en = self.unit(Lang::En);
                Text::new(
                    format!("预算“{id}”每多 1 {zh}").trim_end().to_owned(),
                    format!("1 {en} more on budget line {id}"),
                )
            }
            Priced::CrewDays(team) => {
                let name = &scenario[team].name;
                Text::new(
                    format!("{name}每多 1 个班组工日"),
                    format!("1 crew-day more of {name}"),
                )
            }
            Priced::CrewDaysIn(team, from, to) => {
                let (name, when) = (&scenario[team].name, self.stretch(from, to));
                Text::new(
                    format!("{name} {}每加派 1 个班组工日", when.zh),
                    format!("1 further crew-day of {name}, {}", when.en),
                )
            }
            Priced::Packs(product) => {
                let row = &scenario[product];
                let (name, size, unit) = (&row.name, row.pack_size, &row.unit);
                Text::new(
                    format!("“{name}”每多 1 件（{size} {unit}）"),
                    format!("1 pack more of {name} ({size} {unit})"),
                )
            }
        }
    }

    fn unit(&self, lang: Lang) -> &str {
        currency::unit(&self.season.scenario.currency, lang)
    }

    /// What one unit is worth.
    pub(super) fn worth(&self, price: &Worthwhile) -> Text {
        let worth = self.rounded(price.worth);
        let worth = match price.counted {
            Counted::Rounds(tier) => Text::new(
                format!("第 {tier} 级少缺 {worth} 轮次"),
                format!("{worth} rounds less missed in tier {tier}"),
            ),
            Counted::Money => Text::new(
                format!("省 {worth} {}", self.unit(Lang::Zh)),
                format!("{worth} {} saved", self.unit(Lang::En)),
            ),
        };
        let Some((line, money)) = price.in_money else {
            return worth;
        };
        let (id, money) = (&self.season.scenario.budget[line].id, self.rounded(money));
        let (zh, en) = (self.unit(Lang::Zh), self.unit(Lang::En));
        Text::new(
            format!("{}，抵得上预算“{id}”多 {money} {zh}", worth.zh),
            format!("{}, as much as {money} {en} more on {id}", worth.en),
        )
    }

    /// How a price was checked.
    pub(super) fn checked(&self, price: &Worthwhile) -> Text {
        let Checked::Found {
            gained,
            most,
            allocation,
        } = price.checked
        else {
            return Text::new("两份最优计划相比", "two plans proven to be the best");
        };
        let (gained, most) = (self.rounded(gained), self.rounded(most));
        let (zh, en) = (self.unit(Lang::Zh), self.unit(Lang::En));
        let found = match price.counted {
            Counted::Rounds(_) => Text::new(
                format!("重排的计划少缺 {gained} 轮次，已证明最多少缺 {most}"),
                format!("a plan found misses {gained} fewer, proven: {most} fewer at most"),
            ),
            Counted::Money => Text::new(
                format!("重排的计划省 {gained} {zh}，已证明最多省 {most} {zh}"),
                format!("a plan found saves {gained} {en}, proven: {most} {en} at most"),
            ),
        };
        let Some(said) = allocation.map(|said| self.rounded(said)) else {
            return found;
        };
        let unit = match price.counted {
            Counted::Rounds(_) => Text::new(
                format!("每多 1 个单位少缺 {said} 轮次"),
                format!("one unit more misses {said} fewer rounds"),
            ),
            Counted::Money => Text::new(
                format!("每多 1 个单位省 {said} {zh}"),
                format!("one unit more saves {said} {en}"),
            ),
        };
        Text::new(
            format!(
                "{}；边际价值按这份计划计算；按分配模型，{}",
                found.zh, unit.zh
            ),
            format!(
                "{}; the worth is that of this plan; by the allocation, {}",
                found.en, unit.en
            ),
        )
    }

    /// A price in a sentence.
    pub(super) fn price(&self, price: &Worthwhile) -> Text {
        let (what, worth) = (self.priced(price.what), self.worth(price));
        let (step, down, up) = (
            self.rounded(price.step),
            self.rounded(price.down),
            self.rounded(price.up),
        );
        let (how, holds) = (self.checked(price), holds(price));
        Text::new(
            format!(
                "{}：{}（多给 {step} 复算：{}；在 {down} 至 +{up} 内{}）",
                what.zh, worth.zh, how.zh, holds.zh
            ),
            format!(
                "{}: {} (checked with +{step}: {}; {} from {down} to +{up})",
                what.en, worth.en, how.en, holds.en
            ),
        )
    }

    /// How a price was checked and how it holds, beside columns of the range.
    pub(super) fn checked_with_range(&self, price: &Worthwhile) -> Text {
        let (how, holds) = (self.checked(price), holds(price));
        if !is_rough(price) {
            return how;
        }
        Text::new(
            format!("{}；在这个范围内{}", how.zh, holds.zh),
            format!("{}; {} in this range", how.en, holds.en),
        )
    }

    /// What is said where prices are not confirmed, or there are none.
    #[expect(clippy::unused_self, reason = "called like all other wordings")]
    pub(super) fn not_confirmed(&self, prices: &Prices) -> Option<Text> {
        let rest = prices.unconfirmed;
        if rest > 0 {
            let (are, them) = if rest == 1 {
                ("is", "it")
            } else {
                ("are", "them")
            };
            Some(Text::new(
                format!("另有 {rest} 项按分配模型有价，但没有计划证实，不列"),
                format!(
                    "{rest} more that the allocation suggests {are} not told: no plan found confirms {them}"
                ),
            ))
        } else if prices.confirmed.is_empty() {
            Some(Text::new(
                "各项限制多一点都不值什么",
                "no limit is worth anything more",
            ))
        } else {
            None
        }
    }

    /// A number with about four digits.
    #[expect(clippy::unused_self, reason = "called like all other wordings")]
    pub(super) fn rounded(&self, number: f64) -> String {
        let size = number.abs();
        let digits = if size >= 1000.0 {
            0
        } else if size >= 1.0 {
            2
        } else {
            5
        };
        let text = format!("{number:.digits$}");
        let text = if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.')
        } else {
            &text
        };
        grouped(if text == "-0" { "0" } else { text })
    }

    /// A number for programs.
    #[expect(clippy::unused_self, reason = "called like all other wordings")]
    pub(super) fn exact(&self, number: f64) -> String {
        let text = format!("{number:.6}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        if text == "-0" { "0" } else { text }.to_owned()
    }
}

/// Whether a price is that of a plan, and holds as far as further plans show it within a half.
fn is_rough(price: &Worthwhile) -> bool {
    matches!(
        price.checked,
        Checked::Found {
            allocation: Some(_),
            ..
        }
    )
}

/// How a price holds in its range.
fn holds(price: &Worthwhile) -> Text {
    if is_rough(price) {
        Text::new("大致有效（上下一半以内）", "holds about, within a half,")
    } else {
        Text::new("有效", "holds")
    }
}
