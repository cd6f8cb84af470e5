//! Changes of the tables in words: what is changed, and what was tried.

use super::words::Words;
use crate::domain::CalendarScope;
use crate::explain::{Attempt, Change, Cure, Made};
use crate::lang::Text;
use crate::report::words::plural;

impl Words<'_> {
    /// What is changed for a cure, one thing or two.
    pub(super) fn changes(&self, cure: &Cure) -> Text {
        let first = self.made(&cure.change);
        let Some(also) = &cure.also else { return first };
        let second = self.made(also);
        Text::new(
            format!("{}，同时{}", first.zh, second.zh),
            format!("{}, and {}", first.en, second.en),
        )
    }

    /// What was tried for a rule, the first so many by name, and how far the best of it came; `None` where something cures
    /// it.
    pub(super) fn tried(&self, tried: &[Attempt], cures: &[Cure], named: usize) -> Option<Text> {
        if tried.is_empty() || cures.iter().any(|cure| cure.left == 0) {
            return None;
        }
        let each = tried.iter().take(named);
        let each: Vec<Text> = each.map(|attempt| self.attempt(attempt)).collect();
        let list = |of: &dyn Fn(&Text) -> String, between: &str| {
            each.iter().map(of).collect::<Vec<_>>().join(between)
        };
        let (zh, en) = (
            list(&|text| text.zh.clone(), "；"),
            list(&|text| text.en.clone(), "; "),
        );
        let rest = tried.len().saturating_sub(named);
        let (zh, en) = if rest > 0 {
            (
                format!("{zh}；另有 {rest} 种，见 explain.csv"),
                format!("{en}; and {rest} more, see explain.csv"),
            )
        } else {
            (zh, en)
        };
        Some(match cures.iter().map(|cure| cure.left).min() {
            None => Text::new(
                format!("试过的都补不上一轮：{zh}"),
                format!("nothing that was tried brings a round: {en}"),
            ),
            Some(left) => Text::new(
                format!("试过的都不能全部补上，最好的还缺 {left} 轮次。试过：{zh}"),
                format!(
                    "nothing that was tried cures it, the best leaves {left} round{} missed. Tried: {en}",
                    plural(left)
                ),
            ),
        })
    }

    fn attempt(&self, (one, other): &Attempt) -> Text {
        let one = self.lever(one);
        let Some(other) = other else { return one };
        let other = self.lever(other);
        Text::new(
            format!("{}，同时{}", one.zh, other.zh),
            format!("{} and {}", one.en, other.en),
        )
    }

    /// A limit that is taken away as far as tables allow.
    fn lever(&self, change: &Change) -> Text {
        let scenario = self.season.scenario;
        match change {
            Change::Budget { line, .. } => {
                let id = &scenario.budget[*line].id;
                Text::new(
                    format!("预算“{id}”不限"),
                    format!("any amount on budget line {id}"),
                )
            }
            Change::CrewDays { team, .. } => {
                let name = self.team(*team);
                Text::new(
                    format!("{name}班组工日不限"),
                    format!("any number of crew-days of {name}"),
                )
            }
            Change::ExtraCrew { team, from, to, .. } => {
                let (name, when) = (self.team(*team), self.stretch(*from, *to));
                Text::new(
                    format!("{name} {}加派 1 个班组", when.zh),
                    format!("a further crew of {name}, {}", when.en),
                )
            }
            Change::Packs { product, .. } => {
                let name = &scenario[*product].name;
                Text::new(format!("“{name}”不限量"), format!("any amount of {name}"))
            }
            // Of the others the whole stretch, gap or skill is what was tried.
            Change::MinGap { rule, to } => {
                let name = self.rule(*rule);
                Text::new(
                    format!("“{name}”最小间隔改为 {to} 天"),
                    format!("gap of {name} {to} day{}", plural(*to)),
                )
            }
            Change::Open { scope, from, to } => {
                let (who, when) = (self.scope(scope), self.stretch(*from, *to));
                Text::new(
                    format!("{} {}停工日照常开放", who.zh, when.zh),
                    format!("open {} on closed days, {}", who.en, when.en),
                )
            }
            Change::Skill { team, method, zone } => {
                let (zh, en) = Self::skill(method.as_deref(), zone.as_deref());
                let name = self.team(*team);
                Text::new(format!("让{name}{zh}"), format!("give {name} {en}"))
            }
            Change::Again
            | Change::ProductDates { .. }
            | Change::TeamDates { .. }
            | Change::Window { .. }
            | Change::Parts { .. } => self.made(&Made {
                change: change.clone(),
                used: 0,
            }),
        }
    }

    fn skill(method: Option<&str>, zone: Option<&str>) -> (String, String) {
        let mut zh = Vec::new();
        let mut en = Vec::new();
        if let Some(method) = method {
            zh.push(format!("会做“{method}”"));
            en.push(format!("method {method}"));
        }
        if let Some(zone) = zone {
            zh.push(format!("可到“{zone}”"));
            en.push(format!("zone {zone}"));
        }
        (zh.join("并"), en.join(" and "))
    }

    /// What is changed.
    fn made(&self, made: &Made) -> Text {
        let (change, used) = (&made.change, made.used);
        let scenario = self.season.scenario;
        match change {
            Change::Again => Text::new(
                "表格不用改，重新编排一次就能排上",
                "nothing to change, another search has found a plan",
            ),
            Change::Budget { line, by } => {
                let (id, by) = (&scenario.budget[*line].id, self.money(*by));
                Text::new(
                    format!("预算“{id}”增加 {}", by.zh),
                    format!("+{} on budget line {id}", by.en),
                )
            }
            Change::CrewDays { team, by } => {
                let name = self.team(*team);
                Text::new(
                    format!("{name}多出勤 {by} 个班组工日"),
                    format!("+{by} crew-day{} of {name}", plural(*by)),
                )
            }
            Change::ExtraCrew {
                team,
                from,
                to,
                days,
            } => {
                let (name, when) = (self.team(*team), self.stretch(*from, *to));
                Text::new(
                    format!("{name} {}加派 1 个班组，出勤 {days} 个班组工日", when.zh),
                    format!(
                        "+{days} crew-day{} of {name} by a further crew, {}",
                        plural(*days),
                        when.en
                    ),
                )
            }
            Change::Packs { product, by } => {
                let row = &scenario[*product];
                let all = Self::quantity(row.pack_size * *by, &row.unit);
                let name = &row.name;
                Text::new(
                    format!("多备“{name}”{all}（{by} 件）"),
                    format!("+{all} of {name} ({by} pack{})", plural(*by)),
                )
            }
            Change::ProductDates { product, from, to } => {
                let (name, when) = (&scenario[*product].name, self.stretch(*from, *to));
                Text::new(
                    format!("“{name}”可用日期改为{}", when.zh),
                    format!("{name} to be had {}", when.en),
                )
            }
            Change::TeamDates { team, from, to } => {
                let (name, when) = (self.team(*team), self.stretch(*from, *to));
                Text::new(
                    format!("{name}可用日期改为{}", when.zh),
                    format!("{name} available {}", when.en),
                )
            }
            Change::MinGap { rule, to } => {
                let (name, gap) = (self.rule(*rule), scenario[*rule].min_gap);
                Text::new(
                    format!(
                        "“{name}”最小间隔由 {gap} 天改为 {to} 天（{used} 处用到；先核对药品标签）"
                    ),
                    format!(
                        "gap of {name} {gap} → {to} days (used at {used} site{}; see first what the label allows)",
                        plural(used)
                    ),
                )
            }
            Change::Window { rule, from, to } => {
                let (name, when) = (self.rule(*rule), self.stretch(*from, *to));
                Text::new(
                    format!("“{name}”的时段改为{}", when.zh),
                    format!("window of {name} {}", when.en),
                )
            }
            Change::Open { scope, from, to } => {
                let (who, when) = (self.scope(scope), self.stretch(*from, *to));
                Text::new(
                    format!("{} {}停工日照常开放（用到 {used} 天）", who.zh, when.zh),
                    format!(
                        "open {} on closed days, {} ({used} day{} used)",
                        who.en,
                        when.en,
                        plural(used)
                    ),
                )
            }
            Change::Skill { team, method, zone } => {
                let (zh, en) = Self::skill(method.as_deref(), zone.as_deref());
                let name = self.team(*team);
                Text::new(
                    format!("让{name}{zh}（作业 {used} 次）"),
                    format!("give {name} {en} ({used} visit{})", plural(used)),
                )
            }
            Change::Parts { site, parts } => {
                let name = &scenario[*site].name;
                Text::new(
                    format!("“{name}”分成 {parts} 份（parts）"),
                    format!("split {name} into {parts} parts"),
                )
            }
        }
    }

    fn scope(&self, scope: &CalendarScope) -> Text {
        let scenario = self.season.scenario;
        match scope {
            CalendarScope::All => Text::new("全部", "everything"),
            CalendarScope::Teams => Text::new("各队", "all teams"),
            CalendarScope::Sites => Text::new("各地点", "all sites"),
            CalendarScope::Team(team) => Text::same(self.team(*team)),
            CalendarScope::Contractor(id) | CalendarScope::Zone(id) => Text::same(id),
            CalendarScope::Kind(kind) => Text::new(
                format!("类型“{kind}”的地点"),
                format!("sites of kind {kind}"),
            ),
            CalendarScope::Site(site, _) => Text::same(&scenario[*site].name),
            CalendarScope::Method(method) => {
                Text::new(format!("方法“{method}”"), format!("method {method}"))
            }
            CalendarScope::Treatment(treatment) => Text::same(&scenario[*treatment].name),
        }
    }
}
