//! Single rules that are legal but surely not meant.

use super::gaps::periods;
use crate::domain::Every;
use crate::finding::Finding;
use crate::finding::{Code, Findings, say, shown};
use crate::lang::Text;
use crate::validate::Draft;

/// Days of a period from which on rounds without `max_gap` may cluster.
const LONG: i64 = 45;

/// Warns of what is odd about one rule.
pub(super) fn report(draft: &Draft<'_>, at: usize, findings: &mut Findings) {
    let rule = &draft.rules.rows[at];
    let mut add = |code, column, message: Text, help: Text| {
        let place = draft.place("coverage.csv", at, column);
        findings.add(Finding::new(code, place, message).help(help));
    };
    let id = shown(&rule.id);
    if let Some(max_gap) = rule.max_gap.filter(|&max_gap| max_gap < rule.min_gap) {
        let min_gap = rule.min_gap;
        add(
            Code::MaxGapBelowMinGap,
            "max_gap",
            say!(
                "最大间隔 {max_gap} 小于最小间隔 {min_gap}，总会有漏轮",
                "max_gap {max_gap} is below min_gap {min_gap}, so rounds are always late"
            ),
            say!("让最大间隔不小于最小间隔", "make max_gap at least min_gap"),
        );
    }
    let asked: i64 = periods(rule).iter().map(|period| period.asked).sum();
    if asked == 0 && rule.max_gap.is_none() {
        let column = if rule.rounds == 0 { "rounds" } else { "every" };
        add(
            Code::RuleAsksNothing,
            column,
            say!(
                "规则 `{id}` 没有要求任何轮次",
                "rule `{id}` asks for no round"
            ),
            say!(
                "填写 rounds 或 max_gap，或删去这条规则",
                "give rounds or max_gap, or delete the rule"
            ),
        );
    }
    let days = (rule.to - rule.from).num_days() + 1;
    let span = i64::from(rule.rounds.saturating_sub(1)) * i64::from(rule.min_gap) + 1;
    if rule.every == Every::Window
        && rule.rounds >= 2
        && rule.max_gap.is_none()
        && days >= LONG
        && span * 2 <= days
    {
        let rounds = rule.rounds;
        add(
            Code::RoundsMayCluster,
            "rounds",
            say!(
                "{rounds} 轮可以都落在 {days} 天的头 {span} 天里",
                "all {rounds} rounds may fall in the first {span} of {days} days"
            ),
            say!(
                "填写 max_gap，或按 每月、每周 等周期要求轮次",
                "give max_gap, or ask for rounds every month or week"
            ),
        );
    }
    let effects = rule.treatments.iter().filter_map(|treatment| {
        let treatment = &draft.treatments.rows[treatment.0];
        Some((treatment.residual_days.as_ref()?, treatment))
    });
    let (mut shortest, mut longest) = (None, None);
    for effect in effects {
        if shortest.is_none_or(|(days, _)| effect.0 < days) {
            shortest = Some(effect);
        }
        if longest.is_none_or(|(days, _)| effect.0 > days) {
            longest = Some(effect);
        }
    }
    if let (Some((short, first)), Some((long, second))) = (shortest, longest)
        && *long > short * &crate::domain::Exact::from_int(5)
    {
        let (first, second) = (shown(&first.id), shown(&second.id));
        let (short, long) = (short.to_f64(), long.to_f64());
        add(
            Code::ResidualsDiffer,
            "treatments",
            say!(
                "`{first}` 持效 {short} 天，`{second}` 持效 {long} 天，却算同样的一轮",
                "a round is `{first}` with {short} days of effect or `{second}` with {long}"
            ),
            say!("为每项措施各写一条规则", "write one rule per treatment"),
        );
    }
}
