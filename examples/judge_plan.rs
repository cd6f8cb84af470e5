//! Judges a plan, of whatever origin, from the tables alone.
//!
//! `cargo run --release --example judge_plan -- scenarios/community out/visits.csv`

use std::path::Path;
use xiaosha::finding;
use xiaosha::lang::Lang;
use xiaosha::validate;
use xiaosha::verify::{self, Judgement};

/// The judgement of a visits.csv, or of the folder that holds it; what is wrong if one of both cannot be read.
pub(crate) fn judge(scenario: &Path, plan: &Path) -> Result<Judgement, String> {
    let unread = |findings| finding::render_text(&findings, Lang::En, 20);
    let (scenario, findings) = validate::load(scenario);
    let scenario = scenario.ok_or_else(|| unread(findings))?;
    let (judgement, findings) = verify::judge_file(&scenario, plan);
    judgement.ok_or_else(|| unread(findings))
}

/// What the judgement says, one violation a line.
pub(crate) fn text(judgement: &Judgement) -> String {
    let violations = judgement.violations.iter().map(|violation| {
        let line = violation.line.map(|line| format!("line {line}: "));
        line.unwrap_or_default() + &violation.message.en
    });
    let verdict = if judgement.is_valid() {
        "valid"
    } else {
        "invalid"
    };
    let (visits, cost) = (judgement.visits, judgement.total());
    let verdict = format!("{verdict}, {visits} visits, cost {cost}");
    let tiers = judgement.shortfall.iter().map(|(tier, missed)| {
        let missed = missed.to_f64();
        format!("tier {tier} misses {missed} rounds by weight")
    });
    let lines: Vec<String> = violations.chain([verdict]).chain(tiers).collect();
    lines.join("\n")
}

#[allow(clippy::print_stdout, reason = "the example shows its result")]
fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let (Some(scenario), Some(plan)) = (arguments.next(), arguments.next()) else {
        return Err("usage: judge_plan SCENARIO PLAN".to_owned());
    };
    println!("{}", text(&judge(Path::new(&scenario), Path::new(&plan))?));
    Ok(())
}
