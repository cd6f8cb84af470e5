//! The heat map: rounds done of rounds asked, by rule and period.
//!
//! Rules of one period stand in one table. Others with the same periods share a table; a long row of periods is cut into tables that fit a printed page.

use super::content::PlanContent;
use crate::lang::Text;
use crate::measures::{Breakdown, RuleFigures, RulePeriodFigures};
use crate::report::layout::grouped;
use crate::season::{DayIx, Season};
use chrono::Datelike;

/// Periods side by side.
const ACROSS: usize = 12;

/// Rules that have the same periods, or a stretch of these, or a single period each.
pub(super) struct HeatTable {
    /// Heads of the columns: a month, or first and last day; none for rules of a single period.
    pub(super) periods: Vec<(String, String)>,
    /// The rules.
    pub(super) rows: Vec<HeatRow>,
}

/// A rule.
pub(super) struct HeatRow {
    /// Its name.
    pub(super) name: String,
    /// Its tier.
    pub(super) tier: u32,
    /// First and last day of a single period.
    pub(super) dates: String,
    /// A cell for each period.
    pub(super) cells: Vec<HeatCell>,
}

/// A rule in a period.
pub(super) struct HeatCell {
    /// Class of the style sheet: `h0` nothing asked, `h1` nothing done … `h5` all done.
    pub(super) class: &'static str,
    /// Done / asked.
    pub(super) figures: String,
    /// Name of the rule and the dates.
    pub(super) title: String,
    /// The figures in words.
    pub(super) text: Text,
}

/// First and last day.
type Stretch = (DayIx, DayIx);

/// A rule and its periods.
type Rule<'a> = (&'a RuleFigures, Vec<&'a RulePeriodFigures>);

/// Sets out the rules that chose a site.
pub(super) fn heat(plan: PlanContent, breakdown: &Breakdown) -> Vec<HeatTable> {
    let of_rule = |rule| -> Rule {
        let periods = breakdown.rule_periods.iter();
        (rule, periods.filter(|row| row.rule == rule.rule).collect())
    };
    let rules = plan.measures.rules.iter().map(of_rule);
    // Groups in the order in which their first rules stand in the table.
    let mut groups: Vec<(Vec<Stretch>, Vec<Rule>)> = Vec::new();
    for rule in rules.filter(|(_, periods)| !periods.is_empty()) {
        let mut dates: Vec<_> = rule.1.iter().map(|row| (row.from, row.to)).collect();
        if dates.len() == 1 {
            dates.clear();
        }
        match groups.iter_mut().find(|(known, _)| *known == dates) {
            Some((_, group)) => group.push(rule),
            None => groups.push((dates, vec![rule])),
        }
    }
    let mut tables = Vec::new();
    for (dates, rules) in &groups {
        if dates.is_empty() {
            tables.push(HeatTable {
                periods: Vec::new(),
                rows: rules.iter().map(|rule| row(plan, rule, 0)).collect(),
            });
        }
        for (block, dates) in dates.chunks(ACROSS).enumerate() {
            tables.push(HeatTable {
                periods: dates
                    .iter()
                    .map(|dates| head(plan.season, *dates))
                    .collect(),
                rows: rules.iter().map(|rule| row(plan, rule, block)).collect(),
            });
        }
    }
    tables
}

/// The row of a rule in a block of periods.
fn row(plan: PlanContent, (rule, periods): &Rule, block: usize) -> HeatRow {
    let cells = periods.iter().skip(block * ACROSS).take(ACROSS);
    let dates = match periods.as_slice() {
        [only] => format!(
            "{} – {}",
            plan.season.date(only.from),
            plan.season.date(only.to)
        ),
        _ => String::new(),
    };
    HeatRow {
        name: plan.season.scenario[rule.rule].name.clone(),
        tier: plan.season.scenario[rule.rule].tier,
        dates,
        cells: cells.map(|row| cell(plan.season, row)).collect(),
    }
}

/// A whole month by its name, any other stretch by its first and last day.
fn head(season: &Season, (from, to): Stretch) -> (String, String) {
    let (first, last) = (season.date(from), season.date(to));
    let whole_month = first.day() == 1
        && last.month() == first.month()
        && last.day() == u32::from(last.num_days_in_month());
    if whole_month && first.year() == last.year() {
        return (first.format("%Y-%m").to_string(), String::new());
    }
    (
        first.format("%m-%d").to_string(),
        last.format("–%m-%d").to_string(),
    )
}

fn cell(season: &Season, row: &RulePeriodFigures) -> HeatCell {
    let (asked, met, parts) = (row.asked, row.met, row.parts);
    let (from, to) = (season.date(row.from), season.date(row.to));
    HeatCell {
        class: class(met, asked),
        figures: if asked == 0 {
            "–".to_owned()
        } else {
            format!("{}/{}", grouped(met), grouped(asked))
        },
        title: format!("{}  {from} – {to}", season.scenario[row.rule].name),
        text: Text::new(
            format!(
                "{parts} 个地点：应做 {asked} 轮次，完成 {met}，缺 {}",
                asked - met
            ),
            format!(
                "{parts} site{}: {asked} rounds asked, {met} met, {} missed",
                if parts == 1 { "" } else { "s" },
                asked - met
            ),
        ),
    }
}

fn class(met: u64, asked: u64) -> &'static str {
    match (met, asked) {
        (_, 0) => "h0",
        (0, _) => "h1",
        (met, asked) if met >= asked => "h5",
        (met, asked) if met * 2 < asked => "h2",
        (met, asked) if met * 10 < asked * 9 => "h3",
        _ => "h4",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_period_without_a_missed_round_looks_complete() {
        let classes = [(0, 0), (0, 9), (4, 9), (8, 9), (999, 1000), (9, 9)];
        assert_eq!(
            classes.map(|(met, asked)| class(met, asked)),
            ["h0", "h1", "h2", "h3", "h4", "h5"]
        );
    }
}
