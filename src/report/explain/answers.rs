//! Answers in words: cures, periods, what complete coverage takes, what things are worth.

use super::words::Words;
use crate::domain::{Money, Shortfall};
use crate::explain::{Amount, Change, Cure, Explanation, LeftOut, ShortRule, Spot, Standing};
use crate::lang::Text;
use crate::report::layout::{self, grouped};
use crate::report::words::plural;
use std::fmt::Write;

impl Words<'_> {
    /// What came of planning the same tables again, where it is better than the present plan.
    pub(super) fn planned_again(&self, explanation: &Explanation) -> Vec<Text> {
        let mut said = Vec::new();
        let base = &explanation.base;
        if *base != explanation.present {
            let (missed, cost) = (base.missed, self.money(base.cost));
            said.push(Text::new(
                format!("表格不变重新编排一次：缺 {missed} 轮次，费用 {}；以下原因和对策以它为准。", cost.zh),
                format!("Planned again as it is: {missed} missed, {}; reasons and cures below are those of that plan.", cost.en),
            ));
        }
        if let Some(better) = &explanation.better {
            let better = &better.standing;
            let (missed, cost) = (better.missed, self.money(better.cost));
            let why = self.better_by(&explanation.present, better);
            said.push(Text::new(
                format!("表格不变找到的最好计划：缺 {missed} 轮次，费用 {}，{}；“--better 文件夹”可写出。", cost.zh, why.zh),
                format!("The best plan found of these tables: {missed} missed, {}, {}; --better DIR writes it.", cost.en, why.en),
            ));
        }
        said
    }

    /// By what a plan is better: it may well miss more rounds, of rules that matter less.
    fn better_by(&self, present: &Standing, better: &Standing) -> Text {
        let mut tiers = present.shortfall.iter();
        let differs = tiers.find(|(tier, short)| better.shortfall.get(tier) != Some(short));
        let Some((tier, short)) = differs else {
            let less = self.money(present.cost - better.cost);
            return Text::new(
                format!("比现有计划省 {}", less.zh),
                format!("{} less than the present plan", less.en),
            );
        };
        let less = *short - better.shortfall.get(tier).copied().unwrap_or_default();
        let less = grouped(less);
        Text::new(
            format!("比现有计划好在第 {tier} 级少缺 {less}（按权重）"),
            format!(
                "better than the present one in that tier {tier} misses {less} less (by weight)"
            ),
        )
    }

    /// What a rule misses.
    pub(super) fn missed(&self, short: &ShortRule) -> Text {
        let rule = &self.season.scenario[short.rule];
        let (name, tier) = (&rule.name, rule.tier);
        let (missed, asked) = (grouped(short.missed), grouped(short.asked));
        let parts = short.parts;
        Text::new(
            format!("{name}（第 {tier} 级）：应做 {asked} 轮次，缺 {missed}，涉及 {parts} 处"),
            format!(
                "{name} (tier {tier}): {missed} of {asked} rounds missed, at {parts} site{}",
                plural(parts as u64)
            ),
        )
    }

    /// A cure with what it brings and costs, and what is proven not to be enough.
    pub(super) fn cure(&self, cure: &Cure) -> Text {
        let (what, brings) = (self.changes(cure), self.brings(cure));
        if cure.change.change == Change::Again {
            return Text::new(
                format!("{}：{}", what.zh, brings.zh),
                format!("{}: {}", what.en, brings.en),
            );
        }
        let (money, least) = (self.signed(cure.money), self.least_after(cure));
        Text::new(
            format!("{}：{}，费用 {}{}", what.zh, brings.zh, money.zh, least.zh),
            format!("{}: {}, cost {}{}", what.en, brings.en, money.en, least.en),
        )
    }

    /// How many rounds a cure brings.
    #[expect(clippy::unused_self, reason = "called like all other wordings")]
    pub(super) fn brings(&self, cure: &Cure) -> Text {
        let (brings, left) = (cure.brings, cure.left);
        if left == 0 {
            let (too_zh, too_en) = if cure.others_too {
                ("，其他规则也都补齐", " and all other rules too")
            } else {
                ("", "")
            };
            Text::new(
                format!("全部补上（{brings} 轮次）{too_zh}"),
                format!("cures it ({brings} round{}){too_en}", plural(brings)),
            )
        } else {
            Text::new(
                format!("补上 {brings} 轮次，还缺 {left}"),
                format!(
                    "brings {brings} round{}, {left} still missed",
                    plural(brings)
                ),
            )
        }
    }

    /// What is proven not to be enough, as the end of a sentence; blank where nothing is.
    pub(super) fn least_after(&self, cure: &Cure) -> Text {
        self.least(cure).map_or_else(
            || Text::new("", ""),
            |text| Text::new(format!("；{}", text.zh), format!("; {}", text.en)),
        )
    }

    fn least(&self, cure: &Cure) -> Option<Text> {
        Some(match cure.least? {
            Amount::Money(money) => {
                let money = self.money(money);
                Text::new(
                    format!("已证明少于 {}做不到这么多（按权重）", money.zh),
                    format!(
                        "proven: less than {} is not enough for as much (by weight)",
                        money.en
                    ),
                )
            }
            Amount::Count(count) => {
                let (unit_zh, unit_en) = match cure.change.change {
                    Change::Packs { .. } => ("件", "pack"),
                    _ => ("个班组工日", "crew-day"),
                };
                let (many, are) = (plural(count), if count == 1 { "is" } else { "are" });
                Text::new(
                    format!("已证明少于 {count} {unit_zh}做不到这么多（按权重）"),
                    format!(
                        "proven: fewer than {count} {unit_en}{many} {are} not enough for as much (by weight)"
                    ),
                )
            }
        })
    }

    /// What is done and missed in a period.
    pub(super) fn spot(&self, spot: &Spot) -> Text {
        let scenario = self.season.scenario;
        if let Some(days) = spot.late {
            let rounds = spot.missed;
            return Text::new(
                format!("相隔 {days} 天，过迟 {rounds} 轮次"),
                format!("{days} days apart, {rounds} late round{}", plural(rounds)),
            );
        }
        let (asked, planned, missed) = (spot.asked, spot.planned, spot.missed);
        let visits: Vec<(Text, &str)> = spot
            .visits
            .iter()
            .map(|(day, team, _)| (self.day(*day), scenario[*team].name.as_str()))
            .collect();
        let list = |of: &dyn Fn(&(Text, &str)) -> String, between: &str| {
            visits.iter().map(of).collect::<Vec<_>>().join(between)
        };
        let mut zh = format!("应做 {asked} 轮次，已做和安排 {planned}");
        let mut en = format!("{asked} asked, {planned} done or planned");
        // Writing to a string cannot fail.
        if missed > 0 {
            let _ = write!(zh, "，缺 {missed}");
            let _ = write!(en, ", {missed} missed");
        }
        if !visits.is_empty() {
            let _ = write!(
                zh,
                "：{}",
                list(&|(day, team)| format!("{}{team}", day.zh), "、")
            );
            let _ = write!(
                en,
                ": {}",
                list(&|(day, team)| format!("{} {team}", day.en), ", ")
            );
        }
        Text::new(zh, en)
    }

    /// What complete coverage takes, and the best that the present money does.
    pub(super) fn complete(&self, explanation: &Explanation) -> Vec<Text> {
        let Some(complete) = &explanation.complete else {
            return Vec::new();
        };
        let cost = self.money(complete.cost);
        let mut lines = Vec::new();
        for (tier, short) in &explanation.base.shortfall {
            let bound = explanation.bound.get(tier).copied().unwrap_or_default();
            if *short > Shortfall::ZERO {
                let (short, bound) = (layout::short(*short), layout::proven_short(bound));
                lines.push(Text::new(
                    format!("现有条件下第 {tier} 级缺 {short}（按权重），已证明至少缺 {bound}"),
                    format!("as the tables are, tier {tier} falls short by {short} (by weight); proven: at least {bound}"),
                ));
            }
        }
        let bound = complete.bound.map(|bound| self.money(bound));
        let (at_least_zh, at_least_en) = bound.map_or_else(Default::default, |bound| {
            (
                format!("；已证明少于 {}不行", bound.zh),
                format!("; proven: less than {} is not enough", bound.en),
            )
        });
        if complete.missed == 0 {
            lines.push(Text::new(
                format!("要全部完成：{}够用（有计划为证）{at_least_zh}", cost.zh),
                format!("all of it for {} (there is a plan){at_least_en}", cost.en),
            ));
        } else {
            let missed = complete.missed;
            let (zh, en) = if complete.hopeless {
                (
                    "单靠钱做不到（已证明）",
                    "money alone cannot do it (proven)",
                )
            } else {
                ("单靠钱没有做到", "money alone was not found to do it")
            };
            lines.push(Text::new(
                format!(
                    "{zh}：钱不限时找到的最好计划仍缺 {missed} 轮次，费用 {}",
                    cost.zh
                ),
                format!(
                    "{en}: the best plan found with any amount misses {missed} round{}, at {}",
                    plural(missed),
                    cost.en
                ),
            ));
        }
        for &(line, spent) in &complete.lines {
            let row = &self.season.scenario.budget[line];
            let id = &row.id;
            let (needs, has) = (self.money(spent), self.money(row.amount));
            let more = spent - row.amount;
            if more > Money::ZERO {
                let more = self.money(more);
                lines.push(Text::new(
                    format!("预算“{id}”要 {}，现有 {}，差 {}", needs.zh, has.zh, more.zh),
                    format!(
                        "budget line {id}: {} needed, {} there, {} lacking",
                        needs.en, has.en, more.en
                    ),
                ));
            } else {
                lines.push(Text::new(
                    format!("预算“{id}”要 {}，现有 {}，够用", needs.zh, has.zh),
                    format!(
                        "budget line {id}: {} needed, {} there: enough",
                        needs.en, has.en
                    ),
                ));
            }
        }
        lines
    }

    /// What is left out to see what it is worth.
    pub(super) fn left_out(&self, what: &LeftOut) -> Text {
        match what {
            LeftOut::Contractor(id) => {
                Text::new(format!("承包方 {id}"), format!("contractor {id}"))
            }
            LeftOut::Rule(rule) => {
                let name = self.rule(*rule);
                Text::new(format!("规则 {name}"), format!("rule {name}"))
            }
        }
    }

    /// What is saved.
    pub(super) fn saves(&self, saves: Money) -> Text {
        if saves == Money::ZERO {
            return Text::new("费用不变", "costs the same");
        }
        if saves < Money::ZERO {
            let more = self.money(-saves);
            Text::new(
                format!("多花 {}", more.zh),
                format!("costs {} more", more.en),
            )
        } else {
            let less = self.money(saves);
            Text::new(
                format!("少花 {}", less.zh),
                format!("costs {} less", less.en),
            )
        }
    }

    /// How many more rounds are missed.
    #[expect(clippy::unused_self, reason = "called like all other wordings")]
    pub(super) fn more_missed(&self, more: i64) -> Text {
        match more {
            0 => Text::new("缺漏不变", "misses the same"),
            1.. => Text::new(
                format!("多缺 {} 轮次", grouped(more)),
                format!("{} more round{} missed", grouped(more), plural(more)),
            ),
            _ => Text::new(
                format!("少缺 {} 轮次", grouped(-more)),
                format!("{} fewer round{} missed", grouped(-more), plural(-more)),
            ),
        }
    }
}
