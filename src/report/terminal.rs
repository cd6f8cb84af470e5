//! The summary that an office head understands in ten seconds.

use super::currency;
use super::layout::{blocks, columns, grouped, per_cent, small_per_cent};
use crate::domain::{Money, Scenario};
use crate::lang::Lang;
use crate::measures::{Limit, Measures, TightLimit};

/// Lists longer than this are cut; the files hold the rest.
const LISTED: usize = 8;
/// Rules named as the ones that miss most.
const WORST: usize = 3;

/// Covered or not, money by kind, crew-days, what to buy, the tightest limits, how close to the best possible.
pub fn summary(scenario: &Scenario, measures: &Measures, lang: Lang) -> String {
    let view = View::new(scenario, measures, lang);
    let to = lang.pick("至", "to");
    let (name, start, end) = (&scenario.name, scenario.start, scenario.end);
    let title = format!("{name}  {start} {to} {end}\n\n");
    title
        + &blocks(&[
            (lang.pick("完成情况", "Coverage"), view.coverage()),
            (lang.pick("费用", "Cost"), view.cost()),
            (lang.pick("用工", "Crew-days"), view.crew_days()),
            (lang.pick("采购", "To buy"), view.purchases()),
            (lang.pick("最紧的限制", "Tightest"), view.tightest()),
            (lang.pick("离最优", "Best possible"), view.closeness()),
        ])
}

/// What the summary is about, and for whom; the page says the same in the same words.
pub(super) struct View<'a> {
    scenario: &'a Scenario,
    measures: &'a Measures,
    lang: Lang,
}

impl<'a> View<'a> {
    pub(super) fn new(scenario: &'a Scenario, measures: &'a Measures, lang: Lang) -> Self {
        View {
            scenario,
            measures,
            lang,
        }
    }

    pub(super) fn money(&self, amount: Money) -> String {
        currency::money(amount, &self.scenario.currency, self.lang)
    }

    pub(super) fn coverage(&self) -> Vec<String> {
        let (asked, missed) = (self.measures.asked(), self.measures.missed());
        let (asked, visits) = (grouped(asked), grouped(self.measures.visits.len()));
        if missed == 0 {
            return vec![self.lang.say(
                format!("全部完成：应做 {asked} 轮次，一次不缺；新安排作业 {visits} 次"),
                format!("complete: {asked} rounds asked, none missed; {visits} new visits"),
            )];
        }
        let missed = grouped(missed);
        let mut lines = vec![self.lang.say(
            format!("未能全部完成：应做 {asked} 轮次，缺 {missed} 轮次；新安排作业 {visits} 次"),
            format!("short: {asked} rounds asked, {missed} missed; {visits} new visits"),
        )];
        let tiers: Vec<[String; 3]> = self
            .measures
            .tiers
            .iter()
            .map(|tier| {
                let (number, asked, missed) =
                    (tier.tier, grouped(tier.asked), grouped(tier.missed));
                [
                    self.lang
                        .say(format!("第 {number} 级"), format!("tier {number}")),
                    self.lang
                        .say(format!("应做 {asked}"), format!("{asked} asked")),
                    self.lang
                        .say(format!("缺 {missed}"), format!("{missed} missed")),
                ]
            })
            .collect();
        if tiers.len() > 1 {
            lines.extend(columns(&tiers));
        }
        let mut worst: Vec<_> = self.measures.rules.iter().collect();
        worst.retain(|rule| rule.missed > 0);
        worst.sort_by_key(|rule| std::cmp::Reverse(rule.missed));
        let rest = worst.len().saturating_sub(WORST);
        let named: Vec<String> = worst
            .iter()
            .take(WORST)
            .map(|rule| {
                let name = &self.scenario[rule.rule].name;
                format!("{name} {}", grouped(rule.missed))
            })
            .collect();
        let mut line = self.lang.say(
            format!("  缺得最多：{}", named.join("，")),
            format!("  most missed: {}", named.join(", ")),
        );
        if rest > 0 {
            line += &self
                .lang
                .say(format!("，另有 {rest} 项"), format!(", and {rest} more"));
        }
        lines.push(line);
        lines
    }

    fn cost(&self) -> Vec<String> {
        let (cost, labour) = (self.measures.cost, self.measures.labour);
        let kinds = [
            (self.lang.pick("出工", "day rates"), labour.days),
            (self.lang.pick("计件", "piece work"), labour.piece),
            (self.lang.pick("进场", "mobilisation"), labour.mobilisation),
        ];
        let kinds: Vec<String> = kinds
            .iter()
            .filter(|(_, amount)| *amount != Money::ZERO)
            .map(|(kind, amount)| format!("{kind} {}", grouped(amount)))
            .collect();
        let kinds = kinds.join(self.lang.pick("，", ", "));
        let rows = [
            [
                self.lang.pick("人工", "labour").to_owned(),
                grouped(cost.labour),
                kinds,
            ],
            [
                self.lang.pick("药品", "products").to_owned(),
                grouped(cost.products),
                String::new(),
            ],
        ];
        let mut lines = vec![self.money(cost.total())];
        lines.extend(columns(&rows));
        lines
    }

    fn crew_days(&self) -> Vec<String> {
        let used = self.measures.crew_days.len();
        let available = self.measures.crew_days_available();
        let (used, of) = (grouped(used), grouped(available));
        let share = self
            .measures
            .crew_days_share()
            .map_or_else(String::new, |share| {
                let share = per_cent(share);
                self.lang.say(format!("（{share}）"), format!(" ({share})"))
            });
        let mut lines = vec![self.lang.say(
            format!("{used} 个班组工日，可用 {of} 个{share}"),
            format!("{used} of {of} available{share}"),
        )];
        let rows: Vec<[String; 3]> = self
            .measures
            .teams
            .iter()
            .take(LISTED)
            .map(|team| {
                [
                    self.scenario[team.team].name.clone(),
                    format!("{} / {}", grouped(team.crew_days), grouped(team.available)),
                    self.money(team.cost),
                ]
            })
            .collect();
        lines.extend(columns(&rows));
        lines.extend(self.rest(self.measures.teams.len(), "crew_days.csv"));
        lines
    }

    fn purchases(&self) -> Vec<String> {
        let scenario = self.scenario;
        let mut bought: Vec<_> = self.measures.purchases.iter().collect();
        bought.retain(|row| row.packs > 0);
        if bought.is_empty() {
            return vec![self.lang.pick("无需采购", "nothing").to_owned()];
        }
        let total = bought.len();
        bought.sort_by_key(|row| std::cmp::Reverse(row.cost));
        let rows: Vec<[String; 3]> = bought
            .into_iter()
            .take(LISTED)
            .map(|row| {
                let product = &scenario[row.product];
                let unit = if product.unit.is_empty() {
                    String::new()
                } else {
                    format!(" {}", product.unit)
                };
                let (packs, bought) = (grouped(row.packs), grouped(row.bought));
                let size = &product.pack_size;
                [
                    product.name.clone(),
                    if row.bought.micro() == row.packs * 1_000_000 {
                        format!("{packs}{unit}")
                    } else {
                        format!("{packs} × {size}{unit} = {bought}{unit}")
                    },
                    self.money(row.cost),
                ]
            })
            .collect();
        let mut lines = columns(&rows);
        for line in &mut lines {
            *line = line.trim_start().to_owned();
        }
        lines.extend(self.rest(total, "purchases.csv"));
        lines
    }

    fn rest(&self, total: usize, file: &str) -> Option<String> {
        let rest = total.checked_sub(LISTED).filter(|&rest| rest > 0)?;
        Some(self.lang.say(
            format!("另有 {rest} 项，见 {file}"),
            format!("and {rest} more, see {file}"),
        ))
    }

    fn tightest(&self) -> Vec<String> {
        if self.measures.tightest.is_empty() {
            return vec![self.lang.pick("没有限制", "no limits").to_owned()];
        }
        let rows: Vec<[String; 3]> = self
            .measures
            .tightest
            .iter()
            .map(|tight| self.tight(tight))
            .collect();
        let lines = columns(&rows).into_iter();
        lines.map(|line| line.trim_start().to_owned()).collect()
    }

    pub(super) fn tight(&self, tight: &TightLimit) -> [String; 3] {
        let scenario = self.scenario;
        let (what, figures) = match tight.limit {
            Limit::CrewDays {
                team,
                used,
                available,
            } => {
                let name = &scenario[team].name;
                (
                    self.lang
                        .say(format!("{name}的工日"), format!("crew-days of {name}")),
                    format!("{} / {}", grouped(used), grouped(available)),
                )
            }
            Limit::Product {
                product,
                used,
                available,
            } => {
                let row = &scenario[product];
                let (name, unit) = (&row.name, &row.unit);
                (
                    self.lang.say(
                        format!("{name}的库存和可购量"),
                        format!("stock and purchases of {name}"),
                    ),
                    format!("{} / {} {unit}", grouped(used), grouped(available)),
                )
            }
            Limit::Budget {
                line,
                spent,
                amount,
            } => {
                let id = &scenario.budget[line].id;
                (
                    self.lang.say(format!("预算 {id}"), format!("budget {id}")),
                    format!("{} / {}", grouped(spent), self.money(amount)),
                )
            }
        };
        [what, per_cent(tight.share), figures]
    }

    pub(super) fn closeness(&self) -> Vec<String> {
        let close = &self.measures.closeness;
        if close.is_optimal() {
            return vec![
                self.lang
                    .pick("已证明没有更好的计划", "proven: no plan is better")
                    .to_owned(),
            ];
        }
        let mut lines = Vec::new();
        match close.open_tier {
            Some((tier, open)) => lines.push(self.lang.say(
                format!("第 {tier} 级的缺漏最多还可能减少 {open}（按权重计的轮次）"),
                format!("tier {tier} might miss up to {open} less (rounds by weight)"),
            )),
            None if self.measures.is_complete() => {}
            None => lines.push(
                self.lang
                    .pick("已证明无法再少缺", "proven: nothing more can be covered")
                    .to_owned(),
            ),
        }
        if close.saving > Money::ZERO {
            let (saving, gap) = (self.money(close.saving), small_per_cent(close.gap));
            lines.push(if close.proven.cost == Money::ZERO {
                self.lang
                    .pick(
                        "尚未证明费用还能省多少",
                        "not proven how much could still be saved",
                    )
                    .to_owned()
            } else if self.measures.is_complete() {
                self.lang.say(
                    format!("已证明：要全部完成，费用最多只能再省 {saving}（{gap}）"),
                    format!("proven: full coverage could cost at most {saving} ({gap}) less"),
                )
            } else {
                self.lang.say(
                    format!("已证明：不多缺一轮，费用最多只能再省 {saving}（{gap}）"),
                    format!("proven: missing no more, it could cost at most {saving} ({gap}) less"),
                )
            });
        }
        lines
    }
}
