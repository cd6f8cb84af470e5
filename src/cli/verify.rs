//! `xiaosha verify`: judges a plan from the tables alone.

use super::arguments::{Format, VerifyArguments};
use super::{Exit, check, console};
use crate::domain::{Money, Shortfall};
use crate::finding::{self, Findings};
use crate::lang::{Lang, Text};
use crate::validate;
use crate::verify::{self, Judgement};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Violations and warnings shown at most; all are counted.
const SHOWN: usize = 50;

pub(super) fn run(arguments: &VerifyArguments, lang: Lang) -> Exit {
    let (scenario, findings) = validate::load(&arguments.scenario);
    let Some(scenario) = scenario else {
        return check::refuse(&findings, lang);
    };
    let (judgement, findings) = verify::judge_file(&scenario, &arguments.plan);
    let Some(judgement) = judgement else {
        return check::refuse(&findings, lang);
    };
    match arguments.format {
        Format::Text => {
            if !findings.is_empty() {
                console::note(&finding::render_text(&findings, lang, SHOWN));
                console::note("\n");
            }
            console::out(&text(&judgement, &scenario.currency, lang));
        }
        Format::Json => console::out(&json(&judgement, &findings)),
    }
    if judgement.is_valid() {
        Exit::Done
    } else {
        Exit::Short
    }
}

/// Violations, one a line, then what the plan is worth.
fn text(judgement: &Judgement, currency: &str, lang: Lang) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    for violation in judgement.violations.iter().take(SHOWN) {
        let code = violation.clause.code();
        let line = violation.line.map(|line| format!(" visits.csv:{line}"));
        let (line, colon) = (line.unwrap_or_default(), lang.pick("：", ": "));
        let message = violation.message.get(lang);
        let _ = writeln!(out, "{code}{line}{colon}{message}");
    }
    let found = judgement.violations.len();
    let more = found.saturating_sub(SHOWN);
    if more > 0 {
        let _ = match lang {
            Lang::Zh => writeln!(out, "另有 {more} 处"),
            Lang::En => writeln!(out, "and {more} more"),
        };
    }
    if found > 0 {
        out.push('\n');
    }
    let _ = match (lang, found) {
        (Lang::Zh, 0) => writeln!(out, "计划有效"),
        (Lang::En, 0) => writeln!(out, "the plan is valid"),
        (Lang::Zh, _) => writeln!(out, "计划无效：违反 {found} 处"),
        (Lang::En, 1) => writeln!(out, "the plan is invalid: 1 violation"),
        (Lang::En, _) => writeln!(out, "the plan is invalid: {found} violations"),
    };
    let (visits, done, crew_days) = (judgement.visits, judgement.done, judgement.crew_days);
    let total = format!("{} {currency}", judgement.total());
    let (total, labour, products) = (total.trim_end(), judgement.labour, judgement.products);
    let _ = match lang {
        Lang::Zh => writeln!(
            out,
            "新作业 {visits} 次，已完成 {done} 次，班组工日 {crew_days} 个\n\
             费用 {total}：人工 {labour}，药品 {products}"
        ),
        Lang::En => writeln!(
            out,
            "{visits} new visits, {done} done, {crew_days} crew-days\n\
             cost {total}: labour {labour}, products {products}"
        ),
    };
    for (tier, missed) in shortfall(judgement) {
        let _ = match lang {
            Lang::Zh => writeln!(out, "第 {tier} 级缺漏 {missed}（按权重计的轮次）"),
            Lang::En => writeln!(out, "tier {tier} misses {missed} (rounds by weight)"),
        };
    }
    out
}

/// What `--format json` says.
#[derive(Serialize)]
struct JsonReport<'a> {
    valid: bool,
    complete: bool,
    count: usize,
    shown: usize,
    violations: Vec<JsonViolation<'a>>,
    visits: usize,
    done: usize,
    crew_days: usize,
    shortfall: BTreeMap<u32, f64>,
    cost: JsonCost,
    warnings: Value,
}

#[derive(Serialize)]
struct JsonViolation<'a> {
    code: &'static str,
    line: Option<u64>,
    title: Text,
    message: &'a Text,
}

#[derive(Serialize)]
struct JsonCost {
    total: Money,
    labour: Money,
    products: Money,
}

fn json(judgement: &Judgement, findings: &Findings) -> String {
    let violations: Vec<JsonViolation> = judgement
        .violations
        .iter()
        .take(SHOWN)
        .map(|violation| JsonViolation {
            code: violation.clause.code(),
            line: violation.line,
            title: violation.clause.title(),
            message: &violation.message,
        })
        .collect();
    let warnings = serde_json::from_str(&finding::render_json(findings, SHOWN));
    let report = JsonReport {
        valid: judgement.is_valid(),
        complete: judgement.is_complete(),
        count: judgement.violations.len(),
        shown: violations.len(),
        violations,
        visits: judgement.visits,
        done: judgement.done,
        crew_days: judgement.crew_days,
        shortfall: shortfall(judgement)
            .map(|(tier, missed)| (tier, missed.to_f64()))
            .collect(),
        cost: JsonCost {
            total: judgement.total(),
            labour: judgement.labour,
            products: judgement.products,
        },
        warnings: warnings.expect("findings are written as JSON"),
    };
    let mut out = serde_json::to_string_pretty(&report).expect("strings and numbers are JSON");
    out.push('\n');
    out
}

fn shortfall(judgement: &Judgement) -> impl Iterator<Item = (u32, Shortfall)> + '_ {
    judgement.shortfall.iter().map(|(&tier, missed)| {
        let missed = Shortfall::from_exact(missed);
        (
            tier,
            missed.expect("figures are limited when the tables are read"),
        )
    })
}
