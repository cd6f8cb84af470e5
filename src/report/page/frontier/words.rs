//! The frontier in words of both languages: what its charts say, and the remarks of its table.

use super::CoverageRow;
use crate::domain::Money;
use crate::lang::{Lang, Text};
use crate::measures::{FrontierFigures, PointFigures};
use crate::report::currency;
use crate::report::layout::{self, grouped, per_cent};
use crate::report::page::say::{Both, say};

/// The figures in words.
pub(super) struct Words<'a> {
    /// What each amount allows.
    pub(super) figures: &'a FrontierFigures,
    /// Currency of all money.
    pub(super) currency: &'a str,
}

impl Words<'_> {
    /// Money with its currency, Chinese first.
    pub(super) fn money(&self, amount: Money) -> [String; 2] {
        [Lang::Zh, Lang::En].map(|lang| currency::money(amount, self.currency, lang))
    }

    /// What the best coverage costs, the knee, how much is proven.
    pub(super) fn findings(&self) -> Vec<Both> {
        let figures = self.figures;
        let enough = figures.enough;
        let [cost_zh, cost] = self.money(enough.cost);
        let [bound_zh, bound] = self.money(enough.bound);
        let mut said = vec![match (enough.complete, enough.cost <= enough.bound) {
            (true, true) => say(
                format!("全部轮次最少要花 {cost_zh}，这已得到证明。"),
                format!(
                    "Every round can be done for {cost}, and it is proven that less is not enough."
                ),
            ),
            (true, false) => say(
                format!("全部轮次 {cost_zh}可以完成；已证明少于 {bound_zh}不可能全部完成。"),
                format!(
                    "Every round can be done for {cost}; it is proven that less than {bound} is not enough."
                ),
            ),
            (false, _) if !enough.hopeless => say(
                format!(
                    "总额不限时，找到的最好计划仍有缺漏；它要花 {cost_zh}（已证明不少于 {bound_zh}）。"
                ),
                format!(
                    "Even without a limit on the total the best plan found misses some rounds; it costs {cost} (proven: at least {bound})."
                ),
            ),
            (false, _) => say(
                format!(
                    "总额再多也有缺漏，因为别的限制不允许；能做到的最多要花 {cost_zh}（已证明不少于 {bound_zh}）。"
                ),
                format!(
                    "Some rounds are missed whatever may be spent in all, because other limits forbid them; the most that was found possible costs {cost} (proven: at least {bound})."
                ),
            ),
        }];
        said.push(match figures.knee {
            None => say(
                "曲线没有明显的拐点：多花的钱处处差不多有用。",
                "The curve has no marked knee: a little more money does about as much everywhere.",
            ),
            Some(at) => {
                let point = &figures.points[at];
                let [budget_zh, budget] = self.money(point.budget);
                let share = per_cent(point.covered);
                say(
                    format!("拐点在 {budget_zh}：能完成全部轮次的 {share}（按权重）。在此之前，多花的钱作用高于平均；在此之后，作用递减。"),
                    format!("The knee is at {budget}, for which {share} of all rounds by weight are kept. Up to there more money does more than on average, beyond it less."),
                )
            }
        });
        let (proven, all) = (figures.proven(), figures.points.len());
        said.push(if proven == all {
            say(
                format!("{all} 档经费全部已证明缺漏不能再少。"),
                format!("For all {all} amounts it is proven that no plan misses less."),
            )
        } else {
            say(
                format!("{all} 档经费中，{proven} 档已证明缺漏不能再少；其余各档，最好的可能在实线与虚线之间。"),
                format!("For {proven} of the {all} amounts it is proven that no plan misses less; for the others the best possible lies between the two lines."),
            )
        });
        said
    }

    /// A tier's chart in words.
    pub(super) fn tier(&self, at: usize) -> Both {
        let figures = self.figures;
        let ends = figures.points.first().zip(figures.points.last());
        let Some((least, most)) = ends else {
            return say("", "");
        };
        let short = |point: &PointFigures| layout::short(point.tiers[at].shortfall);
        let [least_zh, least_en] = self.money(least.budget);
        let [most_zh, most_en] = self.money(most.budget);
        let (from, to) = (short(least), short(most));
        let mut zh = vec![format!(
            "经费从 {least_zh}增到 {most_zh}，缺漏从 {from} 降到 {to}"
        )];
        let mut en = vec![format!(
            "From {least_en} to {most_en} the shortfall goes from {from} to {to}"
        )];
        if let Some(amount) = figures.tier_complete_from(at) {
            let [amount_zh, amount_en] = self.money(amount);
            zh.push(format!("，{amount_zh}起没有缺漏"));
            en.push(format!("; from {amount_en} on nothing is missed"));
        }
        if let Some(point) = figures.widest(at).filter(|point| !point.is_proven()) {
            let [budget_zh, budget_en] = self.money(point.budget);
            let open = layout::short(point.tiers[at].open());
            zh.push(format!("。离已证明的下限最远相差 {open}（{budget_zh}）"));
            en.push(format!(
                ". It is at most {open} above what is proven (at {budget_en})"
            ));
        }
        say(zh.concat() + "。", en.concat() + ".")
    }

    /// The word for a kind of sites.
    pub(super) fn kind_name(&self, at: usize) -> Text {
        match self.figures.kinds[at].kind.as_str() {
            "" => Text::new("（未填类别）", "(no kind)"),
            kind => Text::new(kind, kind),
        }
    }

    /// The chart of a kind of sites in words.
    pub(super) fn kind(&self, at: usize) -> Both {
        let figures = self.figures;
        let asked = grouped(figures.kinds[at].asked);
        let kept = |point: Option<&PointFigures>| grouped(point.map_or(0, |point| point.kept[at]));
        let (from, to) = (kept(figures.points.first()), kept(figures.points.last()));
        let (mut zh, mut en) = (
            vec![format!("应做 {asked} 轮次，完成 {from} 至 {to}")],
            vec![format!("{asked} rounds asked, {from} to {to} kept")],
        );
        if let Some(amount) = figures.kind_complete_from(at) {
            let [amount_zh, amount_en] = self.money(amount);
            zh.push(format!("；{amount_zh}起全部完成"));
            en.push(format!("; all of them from {amount_en} on"));
        }
        say(zh.concat(), en.concat())
    }

    /// An amount as a row.
    pub(super) fn row(&self, at: usize, tiers: &[(usize, u32)]) -> CoverageRow {
        let figures = self.figures;
        let point = &figures.points[at];
        let (mut zh, mut en) = if point.is_proven() {
            (vec!["已证明缺漏不能再少"], vec!["proven: none misses less"])
        } else {
            (Vec::new(), Vec::new())
        };
        if figures.knee == Some(at) {
            zh.push("拐点");
            en.push("knee");
        }
        if figures.enough.point == Some(at) {
            let complete = figures.enough.complete;
            zh.push(if complete {
                "全部完成"
            } else {
                "能做到的最多"
            });
            en.push(if complete {
                "complete"
            } else {
                "most possible"
            });
        }
        CoverageRow {
            budget: grouped(point.budget),
            cost: grouped(point.cost.total()),
            tiers: tiers
                .iter()
                .map(|&(tier, _)| {
                    let tier = &point.tiers[tier];
                    [
                        layout::short(tier.shortfall),
                        layout::proven_short(tier.bound),
                    ]
                })
                .collect(),
            covered: per_cent(point.covered),
            remark: say(zh.join("，"), en.join(", ")),
        }
    }
}
