//! Nothing is written before planner, measures and the independent checker agree.

use crate::domain::{Exact, Money, Shortfall};
use crate::engine::Outcome;
use crate::lang::Text;
use crate::measures::Measures;
use crate::verify::Judgement;
use std::collections::BTreeMap;

/// Violations named at most; the first tell enough.
const NAMED: usize = 20;

/// What is wrong with a plan of our own; anything at all is a fault of the program.
pub(super) fn faults(judgement: &Judgement, measures: &Measures, outcome: &Outcome) -> Vec<Text> {
    let mut faults: Vec<Text> = judgement
        .violations
        .iter()
        .take(NAMED)
        .map(|violation| {
            let line = violation.line.map(|line| format!(" visits.csv:{line}"));
            let start = violation.clause.code().to_owned() + &line.unwrap_or_default();
            let message = &violation.message;
            Text::new(
                format!("{start}：{}", message.zh),
                format!("{start}: {}", message.en),
            )
        })
        .collect();
    let mut differ = |zh: &str, en: &str, figures: [String; 2]| {
        let [ours, theirs] = figures;
        faults.push(Text::new(
            format!("{zh}不一致：{ours} 与 {theirs}"),
            format!("{en} differs: {ours} and {theirs}"),
        ));
    };
    let shortfall = measures.shortfall();
    let judged: BTreeMap<u32, Option<Shortfall>> = judgement
        .shortfall
        .iter()
        .map(|(&tier, exact)| (tier, Shortfall::from_exact(exact)))
        .collect();
    if shortfall
        .iter()
        .map(|(&tier, &short)| (tier, Some(short)))
        .ne(judged)
    {
        let judged = judgement.shortfall.iter();
        let judged: BTreeMap<u32, f64> = judged.map(|(t, s)| (*t, Exact::to_f64(s))).collect();
        let figures = [format!("{shortfall:?}"), format!("{judged:?}")];
        differ("缺漏（核验）", "shortfall (checked)", figures);
    }
    if shortfall != outcome.shortfall {
        let figures = [format!("{shortfall:?}"), format!("{:?}", outcome.shortfall)];
        differ("缺漏（规划）", "shortfall (planned)", figures);
    }
    let money = |a: Money, b: Money| [a.to_string(), b.to_string()];
    let cost = measures.cost;
    for (zh, en, ours, theirs) in [
        ("人工费", "labour money", cost.labour, judgement.labour),
        ("药品费", "product money", cost.products, judgement.products),
        ("总费用", "total cost", cost.total(), outcome.cost),
    ] {
        if ours != theirs {
            differ(zh, en, money(ours, theirs));
        }
    }
    // A bound above the value that it bounds was never a bound.
    let proven = &measures.closeness.proven;
    if proven.cost > cost.total() {
        let figures = money(proven.cost, cost.total());
        differ("费用下限高于费用，", "cost bound above the cost,", figures);
    }
    for (tier, bound) in &proven.shortfall {
        if shortfall.get(tier).is_none_or(|short| bound > short) {
            let figures = [format!("{bound}"), format!("{:?}", shortfall.get(tier))];
            differ(
                "缺漏下限高于缺漏，",
                "shortfall bound above the shortfall,",
                figures,
            );
        }
    }
    faults
}
