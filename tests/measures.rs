//! Every figure that is written, against the independent checker: it works all of them out again from the tables.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/generate.rs"]
mod generate;

use generate::Size;
use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;
use tempfile::TempDir;
use xiaosha::domain::{Plan, Scenario, Visit};
use xiaosha::finding::render_text;
use xiaosha::lang::Lang;
use xiaosha::measures::{Measures, Proven};
use xiaosha::season::Season;
use xiaosha::{report, verify};

/// Visits here and there, in no order; whether they keep the limits does not matter to the figures.
fn scattered(season: &Season, seed: u64) -> Plan {
    let mut state = seed;
    let mut draw = |below: usize| {
        // Knuth's MMIX generator; its high bits are good enough to scatter visits.
        state = state.wrapping_mul(6_364_136_223_846_793_005);
        state = state.wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut visits = BTreeMap::new();
    for job in &season.jobs {
        let part = &season.parts[job.part];
        for _ in 0..draw(6) {
            if job.options.is_empty() {
                continue;
            }
            let option = &job.options[draw(job.options.len())];
            let days: Vec<_> = season.day_sets[option.days].iter().collect();
            let date = season.date(days[draw(days.len())]);
            let visit = Visit {
                date,
                team: option.team,
                crew: 1 + draw(season.scenario[option.team].crews as usize) as u32,
                site: part.site,
                part: part.number,
                treatment: job.treatment,
            };
            visits.insert((job.part, job.treatment, date), visit);
        }
    }
    Plan {
        visits: visits.into_values().rev().collect(),
    }
}

/// Writes the files of a plan and has them compared with the tables.
fn check(scenario: &Scenario, plan: &Plan, what: &str) {
    let season = Season::new(scenario);
    let measures = Measures::new(&season, plan, &Proven::default());
    let out = TempDir::new().unwrap();
    let seconds = vec![("plan", Duration::from_secs(1))];
    let mut files = report::tables(&season, &measures);
    files.push(report::summary_json(&season, &measures, &seconds));
    for file in &files {
        fs::write(out.path().join(&file.name), &file.bytes).unwrap();
    }
    let (judgement, findings) = verify::judge_file(scenario, out.path());
    let text = render_text(&findings, Lang::En, 20);
    assert!(findings.is_empty(), "{what}: {text}");
    let judgement = judgement.expect("visits.csv is read");
    assert_eq!(judgement.visits, plan.visits.len(), "{what}");
    assert_eq!(judgement.labour, measures.cost.labour, "{what}");
    assert_eq!(judgement.products, measures.cost.products, "{what}");
    assert_eq!(judgement.is_complete(), measures.is_complete(), "{what}");
    let labour = measures.labour;
    assert_eq!(
        labour.days + labour.piece + labour.mobilisation,
        measures.cost.labour,
        "{what}"
    );
}

#[test]
fn all_files_agree_with_the_checker_for_scattered_visits() {
    let (mut visits, mut done) = (0, 0);
    for size in [Size::small(), Size::medium()] {
        for seed in generate::seeds(60) {
            let scenario = generate::scenario(seed, &size);
            let plan = scattered(&Season::new(&scenario), seed);
            visits += plan.visits.len();
            done += scenario.done.len();
            check(&scenario, &plan, &format!("seed {seed} of {size:?}"));
        }
    }
    if generate::seeds(60).count() >= 60 {
        assert!(visits > 2_000 && done > 20, "{visits} visits, {done} done");
    }
}

#[test]
fn all_files_agree_with_the_checker_for_an_empty_plan() {
    for seed in generate::seeds(60) {
        let scenario = generate::scenario(seed, &Size::small());
        check(&scenario, &Plan::default(), &format!("seed {seed}"));
    }
}
