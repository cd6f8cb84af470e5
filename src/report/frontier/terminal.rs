//! The frontier on a terminal: what enough costs, the knee, coverage by tier, rounds by kind of site.

use crate::domain::{Money, Scenario};
use crate::lang::Lang;
use crate::measures::{FrontierFigures, PointTier};
use crate::report::currency;
use crate::report::layout::{blocks, grouped, padded, per_cent};
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

/// Amounts that are shown at most, besides those that are marked; frontier.csv has all.
const ROWS: usize = 13;
/// Amounts beside each other in the table of kinds, at most.
const COLUMNS: usize = 5;

/// What enough costs, the knee, and the amounts in a table.
pub fn summary(scenario: &Scenario, figures: &FrontierFigures, lang: Lang) -> String {
    let view = View {
        figures,
        lang,
        currency: &scenario.currency,
    };
    let to = lang.pick("至", "to");
    let (name, start, end) = (&scenario.name, scenario.start, scenario.end);
    format!(
        "{name}  {start} {to} {end}\n\n{}\n{}\n{}",
        view.findings(),
        view.coverage(),
        view.kinds()
    )
}

struct View<'a> {
    figures: &'a FrontierFigures,
    lang: Lang,
    currency: &'a str,
}

impl View<'_> {
    fn money(&self, amount: Money) -> String {
        currency::money(amount, self.currency, self.lang)
    }

    fn findings(&self) -> String {
        let figures = self.figures;
        let enough = figures.enough;
        let (cost, bound) = (self.money(enough.cost), self.money(enough.bound));
        let what = match (enough.complete, enough.cost <= enough.bound) {
            (_, true) => self.lang.say(
                format!("{cost}（已证明不能更少）"),
                format!("{cost} (proven: not for less)"),
            ),
            (..) => self.lang.say(
                format!("{cost}可以做到；已证明至少要 {bound}"),
                format!("possible for {cost}; proven: at least {bound}"),
            ),
        };
        let label = if enough.complete {
            self.lang.pick("全部完成", "Complete")
        } else {
            self.lang.pick("能做到的最多", "Most possible")
        };
        let mut enough = vec![what];
        if !figures.enough.complete {
            let why = if figures.enough.hopeless {
                self.lang.pick(
                    "总额再多也有缺漏：别的限制不允许",
                    "some rounds are missed whatever the total: other limits forbid them",
                )
            } else {
                self.lang.pick(
                    "总额不限时，找到的最好计划仍有缺漏",
                    "even without a limit on the total the best plan found misses some rounds",
                )
            };
            enough.push(why.to_owned());
        }
        let knee = match figures.knee {
            None => self
                .lang
                .pick(
                    "没有明显的拐点：多花的钱处处差不多有用",
                    "none: a little more money does about as much everywhere",
                )
                .to_owned(),
            Some(at) => {
                let point = &figures.points[at];
                let (budget, share) = (self.money(point.budget), per_cent(point.covered));
                self.lang.say(
                    format!("{budget}，完成全部轮次的 {share}（按权重）；再多的钱作用递减"),
                    format!(
                        "{budget} for {share} of all rounds by weight; beyond it money does less"
                    ),
                )
            }
        };
        let (proven, all) = (figures.proven(), figures.points.len());
        let proof = if proven == all {
            self.lang.say(
                format!("{all} 档经费全部已证明缺漏不能再少"),
                format!("all {all} amounts: no plan misses less"),
            )
        } else {
            self.lang.say(
                format!("{all} 档经费中 {proven} 档已证明缺漏不能再少，其余各档标出至多可能做到多少"),
                format!("{proven} of {all} amounts: no plan misses less; the others show what might be possible"),
            )
        };
        blocks(&[
            (label, enough),
            (self.lang.pick("拐点", "Knee"), vec![knee]),
            (self.lang.pick("证明", "Proof"), vec![proof]),
        ])
    }

    /// Amounts that are shown: some of all, evenly, and those that are marked.
    fn shown(&self, most: usize) -> Vec<usize> {
        let count = self.figures.points.len();
        let most = most.min(count).max(1);
        let mut shown: BTreeSet<usize> = (0..most)
            .map(|number| number * (count.max(1) - 1) / (most - 1).max(1))
            .collect();
        shown.extend(self.figures.knee);
        shown.extend(self.figures.enough.point);
        shown.into_iter().filter(|&at| at < count).collect()
    }

    fn coverage(&self) -> String {
        let mut head = vec![
            self.lang.pick("经费", "Budget").to_owned(),
            self.lang.pick("费用", "Cost").to_owned(),
        ];
        for tier in self.figures.tiers() {
            head.push(
                self.lang
                    .say(format!("第 {tier} 级"), format!("Tier {tier}")),
            );
        }
        head.push(self.lang.pick("全部", "All").to_owned());
        head.push(String::new());
        let mut rows = vec![head];
        let shown = self.shown(ROWS);
        for &at in &shown {
            let point = &self.figures.points[at];
            let mut row = vec![grouped(point.budget), grouped(point.cost.total())];
            row.extend(point.tiers.iter().map(bracket));
            row.push(per_cent(point.covered));
            row.push(self.mark(at));
            rows.push(row);
        }
        let title = self.lang.pick(
            "完成的轮次（按权重；a–b %：计划做到 a，至多可能做到 b）",
            "Rounds kept, by weight (a–b %: a in the plan, at most b possible)",
        );
        let mut out = format!("{title}\n{}", set(&rows));
        if shown.len() < self.figures.points.len() {
            out += self
                .lang
                .pick("  其余见 frontier.csv\n", "  all amounts: frontier.csv\n");
        }
        out
    }

    fn mark(&self, at: usize) -> String {
        let enough = if self.figures.enough.complete {
            self.lang.pick("全部完成", "complete")
        } else {
            self.lang.pick("能做到的最多", "most possible")
        };
        let knee = (self.figures.knee == Some(at)).then(|| self.lang.pick("拐点", "knee"));
        let enough = (self.figures.enough.point == Some(at)).then_some(enough);
        let marks: Vec<&str> = knee.into_iter().chain(enough).collect();
        if marks.is_empty() {
            String::new()
        } else {
            format!("← {}", marks.join(self.lang.pick("，", ", ")))
        }
    }

    fn kinds(&self) -> String {
        let shown = self.shown(COLUMNS - 2);
        let mut head = vec![String::new()];
        head.push(self.lang.pick("应做", "Asked").to_owned());
        head.extend(shown.iter().map(|&at| {
            let budget = self.figures.points[at].budget;
            grouped(budget.micro() / 1_000_000)
        }));
        let mut rows = vec![head];
        for (at, kind) in self.figures.kinds.iter().enumerate() {
            let name = match kind.kind.as_str() {
                "" => self.lang.pick("（未填类别）", "(no kind)"),
                kind => kind,
            };
            let mut row = vec![name.to_owned(), grouped(kind.asked)];
            let kept = shown
                .iter()
                .map(|&point| self.figures.points[point].kept[at]);
            row.extend(kept.map(grouped));
            rows.push(row);
        }
        let title = self.lang.pick(
            "各类地点完成的轮次，按经费",
            "Rounds kept at each kind of site, by budget",
        );
        format!("{title}\n{}", set_named(&rows))
    }
}

/// A tier's share as a figure, or as a bracket where more may be possible.
fn bracket(tier: &PointTier) -> String {
    let covered = per_cent(tier.covered);
    if tier.shortfall == tier.bound {
        return covered;
    }
    let most = (tier.possible * 1000.0 - 1e-9).ceil() / 10.0;
    format!("{}–{most:.1} %", covered.trim_end_matches(" %"))
}

/// Rows of figures, each column ending at one place; the last column begins at one.
fn set(rows: &[Vec<String>]) -> String {
    lines(rows, |at, columns| at + 1 < columns)
}

/// Rows that begin with a name.
fn set_named(rows: &[Vec<String>]) -> String {
    lines(rows, |at, _| at > 0)
}

fn lines(rows: &[Vec<String>], ends: impl Fn(usize, usize) -> bool) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|at| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        })
        .collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            line.push_str("  ");
            if ends(at, columns) {
                line.push_str(&" ".repeat(widths[at] - cell.width()));
                line.push_str(cell);
            } else {
                line.push_str(&padded(cell, widths[at]));
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
