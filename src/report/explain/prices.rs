//! Prices in words.

use super::words::Words;
use crate::explain::{Bounded, Checked, Counted, Priced, Prices, Worthwhile};
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

    /// So much more of what is priced, in its unit.
    pub(super) fn amount(&self, what: Priced, number: f64) -> Text {
        let shown = self.rounded(number);
        let many = if shown == "1" { "" } else { "s" };
        match what {
            Priced::Budget(_) => Text::in_both(|lang| format!("{shown} {}", self.unit(lang))),
            Priced::CrewDays(_) | Priced::CrewDaysIn(..) => Text::new(
                format!("{shown} 个班组工日"),
                format!("{shown} crew-day{many}"),
            ),
            Priced::Packs(_) => Text::new(format!("{shown} 件"), format!("{shown} pack{many}")),
        }
    }

    /// Rounds or money that something brings.
    pub(super) fn brought(&self, counted: Counted, number: f64) -> Text {
        let shown = self.rounded(number);
        match counted {
            Counted::Rounds(_) => Text::new(
                format!("{shown} 轮次"),
                format!("{shown} round{}", if shown == "1" { "" } else { "s" }),
            ),
            Counted::Money => Text::in_both(|lang| format!("{shown} {}", self.unit(lang))),
        }
    }

    /// What one unit is worth.
    pub(super) fn worth(&self, price: &Worthwhile) -> Text {
        let brought = self.brought(price.counted, price.worth);
        let worth = match price.counted {
            Counted::Rounds(tier) => Text::new(
                format!("第 {tier} 级少缺 {}", brought.zh),
                format!("{} less missed in tier {tier}", brought.en),
            ),
            Counted::Money => {
                return Text::new(
                    format!("省 {}", brought.zh),
                    format!("{} saved", brought.en),
                );
            }
        };
        if let Priced::Budget(_) = price.what {
            let one = 1.0 / price.worth;
            // Nobody wants cents of hundreds.
            let one = if one >= 100.0 { one.round() } else { one };
            let one = self.amount(price.what, one);
            return Text::new(
                format!("{}，约 {}一轮", worth.zh, one.zh),
                format!("{}, about {} a round", worth.en, one.en),
            );
        }
        let Some((line, money)) = price.in_money else {
            return worth;
        };
        let id = &self.season.scenario.budget[line].id;
        let money = self.amount(Priced::Budget(line), money);
        Text::new(
            format!("{}，抵得上预算“{id}”多 {}", worth.zh, money.zh),
            format!("{}, as much as {} more on {id}", worth.en, money.en),
        )
    }

    /// What the allocation says of one unit more, where plans say otherwise.
    pub(super) fn said(&self, price: &Worthwhile) -> Option<Text> {
        let Checked::Found {
            allocation: Some(said),
            ..
        } = price.checked
        else {
            return None;
        };
        let (one, said) = (
            self.amount(price.what, 1.0),
            self.brought(price.counted, said),
        );
        Some(match price.counted {
            Counted::Rounds(_) => Text::new(
                format!("按分配模型，每多 {}少缺 {}", one.zh, said.zh),
                format!("by the allocation, {} more misses {} less", one.en, said.en),
            ),
            Counted::Money => Text::new(
                format!("按分配模型，每多 {}省 {}", one.zh, said.zh),
                format!("by the allocation, {} more saves {}", one.en, said.en),
            ),
        })
    }

    /// How a price was checked.
    fn checked(&self, price: &Worthwhile) -> Text {
        let step = self.amount(price.what, price.step);
        let (gained, most) = self.figures(price);
        match (price.checked, price.counted) {
            (Checked::Plans, _) => Text::new(
                format!("多给 {}，两份已证明最优的计划相差 {}", step.zh, gained.zh),
                format!(
                    "with +{}, two plans proven to be the best differ by {}",
                    step.en, gained.en
                ),
            ),
            (Checked::Found { .. }, Counted::Rounds(_)) => Text::new(
                format!(
                    "多给 {}，找到的计划少缺 {}；已证明至多少缺 {}",
                    step.zh, gained.zh, most.zh
                ),
                format!(
                    "with +{}, a plan found brings {}; proven: none brings more than {}",
                    step.en, gained.en, most.en
                ),
            ),
            (Checked::Found { .. }, Counted::Money) => Text::new(
                format!(
                    "多给 {}，找到的计划省 {}；已证明至多省 {}",
                    step.zh, gained.zh, most.zh
                ),
                format!(
                    "with +{}, a plan found saves {}; proven: none saves more than {}",
                    step.en, gained.en, most.en
                ),
            ),
        }
    }

    /// What the step brought, and the most that any plan could.
    pub(super) fn figures(&self, price: &Worthwhile) -> (Text, Text) {
        let (gained, most) = match price.checked {
            Checked::Plans => {
                // The best with it and the best without.
                let both = self.brought(price.counted, price.worth * price.step);
                return (both.clone(), both);
            }
            Checked::Found {
                gained,
                most,
                as_it_is,
                ..
            } => (gained, self.most(price.counted, most, as_it_is)),
        };
        (self.brought(price.counted, gained), most)
    }

    /// The most that any plan could bring, and how much of it the tables as they are might bring already.
    pub(super) fn most(&self, counted: Counted, most: f64, as_it_is: Option<f64>) -> Text {
        let most = self.brought(counted, most);
        let Some(now) = as_it_is.filter(|&now| now > 1e-6) else {
            return most;
        };
        let now = self.brought(counted, now);
        Text::new(
            format!("{}（其中不多给也可能有 {}）", most.zh, now.zh),
            format!("{} ({} of that perhaps without any more)", most.en, now.en),
        )
    }

    /// How far the limit may be moved for a price to hold.
    pub(super) fn range(&self, price: &Worthwhile) -> Text {
        let (down, up) = (self.rounded(price.down), self.amount(price.what, price.up));
        Text::new(
            format!("{down} 至 +{}", up.zh),
            format!("{down} to +{}", up.en),
        )
    }

    /// A heading with the currency.
    pub(super) fn in_currency(&self, zh: &str, en: &str) -> Text {
        let word = |lang| currency::word(&self.season.scenario.currency, lang);
        match (word(Lang::Zh), word(Lang::En)) {
            ("", _) => Text::new(zh, en),
            (unit_zh, unit_en) => {
                Text::new(format!("{zh}（{unit_zh}）"), format!("{en} ({unit_en})"))
            }
        }
    }

    /// A price in a sentence.
    pub(super) fn price(&self, price: &Worthwhile) -> Text {
        let (what, worth) = (self.priced(price.what), self.worth(price));
        let (how, holds) = (self.checked(price), holds(price));
        let range = self.range(price);
        let (said_zh, said_en) = self.said(price).map_or_else(Default::default, |said| {
            (format!("；{}", said.zh), format!("; {}", said.en))
        });
        Text::new(
            format!(
                "{}：{}。{}；在 {}之间{}{said_zh}",
                what.zh, worth.zh, how.zh, range.zh, holds.zh
            ),
            format!(
                "{}: {}. Checked {}; {} from {}{said_en}",
                what.en, worth.en, how.en, holds.en, range.en
            ),
        )
    }

    /// What is to be said of a price beside its figures: how well it holds, and what the allocation says.
    pub(super) fn remark(&self, price: &Worthwhile) -> Text {
        let Some(said) = self.said(price) else {
            return match price.checked {
                Checked::Plans => Text::new(
                    "两份计划都已证明最优",
                    "both plans are proven to be the best",
                ),
                Checked::Found { .. } => Text::same(""),
            };
        };
        let holds = holds(price);
        Text::new(
            format!("在这个范围内{}；{}", holds.zh, said.zh),
            format!("{} in this range; {}", holds.en, said.en),
        )
    }

    /// What is proven of more money on a line whose price no plan confirms, in a sentence.
    pub(super) fn bounded(&self, bounded: &Bounded) -> Text {
        let what = self.priced(bounded.what);
        let step = self.amount(bounded.what, bounded.step);
        let most = self.most(bounded.counted, bounded.most, bounded.as_it_is);
        let (zh, en) = match bounded.counted {
            Counted::Rounds(tier) => (
                format!("第 {tier} 级至多少缺 {}", most.zh),
                format!("no plan brings more in tier {tier} than {}", most.en),
            ),
            Counted::Money => (
                format!("至多省 {}", most.zh),
                format!("no plan saves more than {}", most.en),
            ),
        };
        Text::new(
            format!(
                "{}：没有计划证实值多少；已证明多给 {}，{zh}",
                what.zh, step.zh
            ),
            format!(
                "{}: no plan found confirms what it is worth; proven: with +{}, {en}",
                what.en, step.en
            ),
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
        } else if prices.confirmed.is_empty() && prices.bounded.is_empty() {
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
            // Three that count.
            2 + (-size.max(1e-6).log10()).ceil() as usize
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

/// How a price holds in its range.
fn holds(price: &Worthwhile) -> Text {
    // That of a plan holds as far as further plans show it within a half.
    if let Checked::Found {
        allocation: Some(_),
        ..
    } = price.checked
    {
        Text::new("大致有效，出入不过一半", "holds about, within a half,")
    } else {
        Text::new("有效", "holds")
    }
}
