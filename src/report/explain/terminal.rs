//! A plan explained on the terminal.

use super::words::Words;
use crate::domain::Money;
use crate::explain::{Explanation, Reason, ShortRule, Spot};
use crate::lang::{Lang, Text};
use crate::report::currency;
use crate::report::layout::{blocks, columns};
use crate::season::Season;
use std::fmt::Write;

/// Reasons and cures that are named of one rule; explain.csv has all.
const NAMED: usize = 4;

/// Periods that are named; explain.csv has all.
const MOST_SPOTS: usize = 60;

/// What falls short and why, what would cure it, and what things are worth.
pub fn summary(season: &Season, explanation: &Explanation, lang: Lang) -> String {
    let view = View {
        words: Words { season },
        lang,
    };
    let mut out = view.standing(explanation);
    for short in &explanation.short {
        out.push('\n');
        out.push_str(&view.short(short));
    }
    view.spots(&explanation.spots, &mut out);
    out.push('\n');
    out.push_str(&view.complete(explanation));
    view.prices(explanation, &mut out);
    view.worth(explanation, &mut out);
    out
}

struct View<'a> {
    words: Words<'a>,
    lang: Lang,
}

impl View<'_> {
    fn get(&self, text: &Text) -> String {
        text.get(self.lang).to_owned()
    }

    fn money(&self, amount: Money) -> String {
        let code = &self.words.season.scenario.currency;
        currency::money(amount, code, self.lang)
    }

    fn standing(&self, explanation: &Explanation) -> String {
        let scenario = self.words.season.scenario;
        let (from, to) = (scenario.start, scenario.end);
        let name = &scenario.name;
        let mut out = self.lang.say(
            format!("{name}  {from} 至 {to}\n\n"),
            format!("{name}  {from} to {to}\n\n"),
        );
        let present = &explanation.present;
        let (missed, cost) = (present.missed, self.money(present.cost));
        let line = if missed == 0 {
            self.lang.say(
                format!("全部完成，费用 {cost}。"),
                format!("Nothing is missed, at a cost of {cost}."),
            )
        } else {
            self.lang.say(
                format!("缺 {missed} 轮次，费用 {cost}。"),
                format!(
                    "{missed} round{} missed, at a cost of {cost}.",
                    if missed == 1 { " is" } else { "s are" }
                ),
            )
        };
        let _ = writeln!(out, "{line}");
        for text in self.words.planned_again(explanation) {
            let _ = writeln!(out, "{}", text.get(self.lang));
        }
        out
    }

    fn short(&self, short: &ShortRule) -> String {
        let mut out = self.get(&self.words.missed(short)) + "\n";
        let why = self.lang.pick("  原因", "  why");
        let cure = self.lang.pick("  对策", "  cure");
        let mut cures: Vec<String> = short
            .cures
            .iter()
            .take(NAMED)
            .map(|cure| self.get(&self.words.cure(cure)))
            .collect();
        let tried = self.words.tried(&short.tried, &short.cures, NAMED);
        cures.extend(tried.map(|text| self.get(&text)));
        if cures.is_empty() {
            cures.push(
                self.lang
                    .pick(
                        "没有哪项限制可以放宽",
                        "there is no limit that could be moved",
                    )
                    .to_owned(),
            );
        }
        out.push_str(&blocks(&[
            (why, self.reasons(&short.reasons)),
            (cure, cures),
        ]));
        out
    }

    fn reasons(&self, reasons: &[Reason]) -> Vec<String> {
        let said = self.words.reasons(reasons);
        said.iter().take(NAMED).map(|text| self.get(text)).collect()
    }

    fn spots(&self, spots: &[Spot], out: &mut String) {
        for spot in spots.iter().take(MOST_SPOTS) {
            let season = self.words.season;
            let (rule, site) = (self.words.rule(spot.rule), &season.parts[spot.part].id);
            let when = self.get(&self.words.stretch(spot.from, spot.to));
            let what = self.get(&self.words.spot(spot));
            let _ = writeln!(out, "\n{site}  {rule}  {when}\n  {what}");
            for reason in self.reasons(&spot.reasons) {
                let _ = writeln!(out, "  - {reason}");
            }
        }
        let rest = spots.len().saturating_sub(MOST_SPOTS);
        if rest > 0 {
            let line = self.lang.say(
                format!("另有 {rest} 项，见 explain.csv"),
                format!("and {rest} more, see explain.csv"),
            );
            let _ = writeln!(out, "\n{line}");
        }
    }

    fn complete(&self, explanation: &Explanation) -> String {
        let lines = self.words.complete(explanation);
        let lines: Vec<String> = lines.iter().map(|text| self.get(text)).collect();
        let label = self.lang.pick("全部完成", "Complete");
        blocks(&[(label, lines)])
    }

    fn prices(&self, explanation: &Explanation, out: &mut String) {
        let prices = explanation.prices.confirmed.iter();
        let mut lines: Vec<String> = prices
            .map(|price| self.get(&self.words.price(price)))
            .collect();
        let bounded = explanation.prices.bounded.iter();
        lines.extend(bounded.map(|bounded| self.get(&self.words.bounded(bounded))));
        if let Some(rest) = self.words.not_confirmed(&explanation.prices) {
            lines.push(self.get(&rest));
        }
        let label = self.lang.pick("边际价值", "Prices");
        let _ = write!(out, "\n{}", blocks(&[(label, lines)]));
    }

    fn worth(&self, explanation: &Explanation, out: &mut String) {
        if explanation.worth.is_empty() {
            return;
        }
        let _ = writeln!(
            out,
            "\n{}",
            self.lang.pick(
                "去掉一家承包方或一条规则，其余照旧重新安排（已核验的计划；缺的只计其余规则）：",
                "Without a contractor or a rule, the rest arranged anew (checked plans; missed: of the other rules):"
            )
        );
        let rows: Vec<[String; 3]> = explanation
            .worth
            .iter()
            .map(|worth| {
                [
                    self.get(&self.words.left_out(&worth.what)),
                    self.get(&self.words.saves(worth.saves)),
                    self.get(&self.words.more_missed(worth.more_missed)),
                ]
            })
            .collect();
        for line in columns(&rows) {
            let _ = writeln!(out, "{line}");
        }
    }
}
