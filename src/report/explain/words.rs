//! Reasons and changes in words of the trade, in both languages.

use crate::domain::{Day, Money, Quantity, RuleIx, TeamIx};
use crate::explain::{Hindrance, Reason};
use crate::lang::{Lang, Text};
use crate::measures;
use crate::report::currency;
use crate::report::layout::grouped;
use crate::report::words::plural;
use crate::season::Season;
use chrono::Datelike;
use std::fmt::Write;

/// Stretches of days that are named; the rest are counted.
const NAMED: usize = 3;

/// Wording about a season.
#[derive(Debug)]
pub(super) struct Words<'a> {
    pub(super) season: &'a Season<'a>,
}

impl Words<'_> {
    /// Money with its currency.
    pub(super) fn money(&self, amount: Money) -> Text {
        currency::both(amount, &self.season.scenario.currency)
    }

    /// Money with its currency and sign.
    pub(super) fn signed(&self, amount: Money) -> Text {
        currency::difference(amount, &self.season.scenario.currency)
    }

    /// A day: without its year where the season lies within one.
    pub(super) fn day(&self, day: Day) -> Text {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let scenario = self.season.scenario;
        if scenario.start.year() != scenario.end.year() {
            return Text::new(day.to_string(), day.to_string());
        }
        let (month, of_month) = (day.month(), day.day());
        Text::new(
            format!("{month}月{of_month}日"),
            format!("{of_month} {}", MONTHS[month as usize - 1]),
        )
    }

    /// A stretch of days.
    pub(super) fn stretch(&self, from: Day, to: Day) -> Text {
        let (first, last) = (self.day(from), self.day(to));
        if from == to {
            return first;
        }
        Text::new(
            format!("{}—{}", first.zh, last.zh),
            format!("{} to {}", first.en, last.en),
        )
    }

    fn stretches(&self, stretches: &[(Day, Day)]) -> Text {
        let named: Vec<Text> = stretches
            .iter()
            .take(NAMED)
            .map(|&(from, to)| self.stretch(from, to))
            .collect();
        let join = |lang: Lang, between: &str| {
            let texts: Vec<&str> = named.iter().map(|text| text.get(lang)).collect();
            texts.join(between)
        };
        let (mut zh, mut en) = (join(Lang::Zh, "、"), join(Lang::En, ", "));
        let rest = stretches.len().saturating_sub(NAMED);
        if rest > 0 {
            // Writing to a string cannot fail.
            let _ = write!(zh, "等 {} 段", stretches.len());
            let ending = if rest == 1 { "" } else { "es" };
            let _ = write!(en, " and {rest} more stretch{ending}");
        }
        Text::new(zh, en)
    }

    pub(super) fn team(&self, team: TeamIx) -> &str {
        &self.season.scenario[team].name
    }

    /// A rule by its name.
    pub(super) fn rule(&self, rule: RuleIx) -> &str {
        &self.season.scenario[rule].name
    }

    pub(super) fn quantity(quantity: Quantity, unit: &str) -> String {
        format!("{} {unit}", grouped(quantity))
            .trim_end()
            .to_owned()
    }

    /// The reasons, each with what share of all choices it stands against.
    pub(super) fn reasons(&self, reasons: &[Reason]) -> Vec<Text> {
        let all = reasons.iter().map(|reason| reason.choices).sum();
        let said = reasons.iter().map(|reason| self.reason(reason, all));
        said.collect()
    }

    fn reason(&self, reason: &Reason, all_choices: u64) -> Text {
        let text = self.hindrance(reason);
        let Some(share) = measures::per_cent_of_choices(reason.choices, all_choices) else {
            return text;
        };
        Text::new(
            format!("{}（占可选安排的 {share} %）", text.zh),
            format!("{} ({share} % of the choices)", text.en),
        )
    }

    fn hindrance(&self, reason: &Reason) -> Text {
        let scenario = self.season.scenario;
        let when = self.stretches(&reason.stretches);
        match &reason.what {
            Hindrance::NoTeam { methods, zones } => {
                let rounds = reason.rounds;
                let zones: Vec<&str> = zones.iter().flatten().map(String::as_str).collect();
                let (zone_zh, zone_en) = if zones.is_empty() {
                    (String::new(), String::new())
                } else {
                    (
                        format!("又可到{}", zones.join("、")),
                        format!(" and may work in {}", zones.join(", ")),
                    )
                };
                let (zh, en) = (methods.join("、"), methods.join(", "));
                Text::new(
                    format!("没有一支队伍会做“{zh}”{zone_zh}（{rounds} 轮次）"),
                    format!(
                        "no team can do {en}{zone_en} ({rounds} round{})",
                        plural(rounds)
                    ),
                )
            }
            Hindrance::Past => {
                let (from, rounds) = (self.day(scenario.plan_from), reason.rounds);
                Text::new(
                    format!("全在{}以前，已不能安排（{rounds} 轮次）", from.zh),
                    format!(
                        "all before {}, from which new visits are planned ({rounds} round{})",
                        from.en,
                        plural(rounds)
                    ),
                )
            }
            Hindrance::TeamFull {
                team,
                worked,
                available,
            } => {
                let name = self.team(*team);
                let short = reason.stretches.first().zip(reason.stretches.last());
                let week = short.is_some_and(|(a, b)| (b.1 - a.0).num_days() >= 6);
                let (worked, available) = (tenths(*worked), tenths(*available));
                let (zh, en) = if week {
                    ("每周 ", " h a week")
                } else {
                    ("", " h")
                };
                Text::new(
                    format!("{name} {}已排满：{zh}{worked}/{available} 小时", when.zh),
                    format!("{name} is full {}: {worked} of {available}{en}", when.en),
                )
            }
            Hindrance::CrewDaysUsed { team, used, most } => {
                let name = self.team(*team);
                Text::new(
                    format!("{name}的班组工日已用完：{used}/{most}"),
                    format!("crew-days of {name} are used up: {used} of {most}"),
                )
            }
            Hindrance::ProductUsedUp {
                product,
                used,
                available,
                last,
            } => {
                let row = &scenario[*product];
                let name = &row.name;
                let (used, all) = (grouped(used), Self::quantity(*available, &row.unit));
                let on = last.map(|day| self.day(day));
                let on_zh = on.as_ref().map_or(String::new(), |day| day.zh.clone());
                let on_en = on.map_or(String::new(), |day| format!(" on {}", day.en));
                Text::new(
                    format!("药品“{name}”{on_zh}用完：{used}/{all}（库存加可购）"),
                    format!(
                        "product {name} used up{on_en}: {used} of {all} in store and to be bought"
                    ),
                )
            }
            Hindrance::BudgetSpent {
                line,
                spent,
                amount,
            } => {
                let id = &scenario.budget[*line].id;
                let (spent, amount) = (grouped(spent), self.money(*amount));
                Text::new(
                    format!("预算“{id}”已用完：{spent}/{}", amount.zh),
                    format!("budget line {id} spent: {spent} of {}", amount.en),
                )
            }
            Hindrance::TooClose => Text::new(
                "与已排的轮次相隔不足最小间隔",
                "nearer to another round than min_gap allows",
            ),
            Hindrance::TooLong { team, day } => {
                let name = self.team(*team);
                Text::new(
                    format!("一次作业超过{name}每日工时 {day} 小时"),
                    format!("one visit is longer than the {day} h day of {name}"),
                )
            }
            Hindrance::Closed {
                team,
                site,
                treatment,
            } => {
                let mut zh = Vec::new();
                let mut en = Vec::new();
                for (count, words) in [
                    (team, ("队伍不出勤", "teams do not work")),
                    (site, ("地点不开放", "sites are closed")),
                    (
                        treatment,
                        ("措施或药品不可用", "treatment or product is not to be had"),
                    ),
                ] {
                    if *count > 0 {
                        zh.push(words.0);
                        en.push(words.1);
                    }
                }
                let (zh, en) = (zh.join("或"), en.join(", or "));
                Text::new(format!("{}{zh}", when.zh), format!("{en}: {}", when.en))
            }
            Hindrance::Taken => Text::new(
                "当天已有同一作业",
                "the same visit stands on the day already",
            ),
            Hindrance::Nothing => Text::new(
                "没有碰到任何限制，是编排时没有排上",
                "no limit stands against it: the planner did not place it",
            ),
        }
    }
}

/// Hours with one decimal, rounded down: what is nearly full must not look full.
fn tenths(hours: crate::domain::Hours) -> String {
    let tenths = hours.micro().div_euclid(100_000);
    if tenths % 10 == 0 {
        grouped(tenths / 10)
    } else {
        format!("{}.{}", grouped(tenths / 10), tenths % 10)
    }
}
