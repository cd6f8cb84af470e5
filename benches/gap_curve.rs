//! The curve gap against time, for the three efforts: writes `docs/gap.csv` and `docs/gap.svg`.
//!
//! `cargo bench --bench gap_curve`; `XIAOSHA_OUT=FOLDER` writes elsewhere, `XIAOSHA_SECONDS=60` asks the planner to stop
//! after a minute (default 300 seconds for each curve). Every better plan and every better bound is a point. There is a
//! gap only while it is proven that nothing more could be covered; before that a plan costs less than the bound because
//! it does less, and the column `gap` stays blank.
#![expect(clippy::print_stdout, reason = "it says what it has written")]

#[path = "../tests/support/case_k.rs"]
mod case_k;
#[path = "gap_curve/drawing.rs"]
mod drawing;
mod machine;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use xiaosha::domain::{Money, Scenario};
use xiaosha::engine::{self, Effort, Options, Outcome, Stage, Watch};
use xiaosha::measures;
use xiaosha::season::Season;
use xiaosha::validate;

const EFFORTS: [(&str, Effort); 3] = [
    ("quick", Effort::Quick),
    ("normal", Effort::Normal),
    ("thorough", Effort::Thorough),
];

/// One case at one effort.
struct Curve {
    case: &'static str,
    effort: &'static str,
    points: Vec<Point>,
    /// When the planner came to its end.
    seconds: f64,
}

/// A better plan or bound.
struct Point {
    seconds: f64,
    cost: Money,
    bound: Money,
    /// None while more might be covered.
    gap: Option<f64>,
}

impl Point {
    /// Whether cost, bound and gap are those of another point.
    fn says_the_same(&self, other: &Point) -> bool {
        (self.cost, self.bound, self.gap) == (other.cost, other.bound, other.gap)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    if !machine::is_bench() {
        return Ok(());
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = machine::setting("XIAOSHA_OUT").unwrap_or_else(|| root.join("docs"));
    let (summer, _) = validate::load(&root.join("scenarios/karamay-summer"));
    let cases = [
        ("case K", case_k::case_k(0)),
        ("karamay-summer", summer.ok_or("karamay-summer has errors")?),
    ];
    let mut curves = Vec::new();
    for (case, scenario) in &cases {
        for (word, effort) in EFFORTS {
            let curve = machine::with_deep_stack(|| follow(case, scenario, word, effort));
            println!(
                "{case}, {word}: {:.1} s, {} points",
                curve.seconds,
                curve.points.len()
            );
            curves.push(curve);
        }
    }
    write(&curves, &out.join("gap.csv"))?;
    drawing::draw(&curves, &out.join("gap.svg"))?;
    println!("written: gap.csv and gap.svg in {}", out.display());
    Ok(())
}

fn follow(case: &'static str, scenario: &Scenario, word: &'static str, effort: Effort) -> Curve {
    let follower = Follower {
        begun: Instant::now(),
        limit: Duration::from_secs(machine::setting("XIAOSHA_SECONDS").unwrap_or(300)),
        points: Mutex::default(),
    };
    let options = Options {
        effort,
        ..Options::default()
    };
    engine::plan(&Season::new(scenario), &options, &follower);
    Curve {
        case,
        effort: word,
        seconds: follower.begun.elapsed().as_secs_f64(),
        points: follower.points.into_inner().expect("the planner has ended"),
    }
}

/// Notes every improvement.
struct Follower {
    begun: Instant,
    limit: Duration,
    points: Mutex<Vec<Point>>,
}

impl Watch for Follower {
    fn stage(&self, _: Stage) {}

    fn improved(&self, outcome: &Outcome) {
        let proven = |(tier, short)| outcome.bounds.shortfall.get(tier) == Some(short);
        let covered = outcome.shortfall.iter().all(proven);
        let bound = outcome.bounds.cost;
        let gap = (covered && bound > Money::ZERO).then(|| measures::gap(outcome.cost, bound));
        let mut points = self.points.lock().expect("nobody panics here");
        let point = Point {
            seconds: self.begun.elapsed().as_secs_f64(),
            cost: outcome.cost,
            bound,
            gap,
        };
        // The planner also tells of a plan that people like better and of what it ends with: neither is better here.
        // A thorough search begins again from a first plan: what it shows on its way counts once it is better.
        let is_worse =
            |last: &Point| last.gap.is_some() && last.gap < point.gap.or(Some(f64::INFINITY));
        let is_new = |last: &Point| !last.says_the_same(&point) && !is_worse(last);
        if points.last().is_none_or(is_new) {
            points.push(point);
        }
    }

    fn stop(&self) -> bool {
        self.begun.elapsed() > self.limit
    }
}

fn write(curves: &[Curve], path: &PathBuf) -> Result<(), Box<dyn Error>> {
    let mut table = csv::Writer::from_path(path)?;
    table.write_record(["case", "effort", "seconds", "cost", "bound", "gap"])?;
    for curve in curves {
        for point in &curve.points {
            table.write_record([
                curve.case.to_owned(),
                curve.effort.to_owned(),
                format!("{:.3}", point.seconds),
                point.cost.to_string(),
                point.bound.to_string(),
                point
                    .gap
                    .map_or_else(String::new, |gap| format!("{gap:.6}")),
            ])?;
        }
    }
    table.flush()?;
    Ok(())
}
