//! How time and memory grow with the size of the city.
//!
//! `cargo bench --bench city` plans cities of 1, 4 and 10 districts; `XIAOSHA_DISTRICTS=1,4,10,40,100` plans these.
//! `XIAOSHA_EFFORT=quick|normal|thorough` and `XIAOSHA_SEED` choose the effort and the cities. Each city is written as a
//! folder and goes through what `xiaosha plan` does: read, plan, verify, write. The exponent is the slope of
//! log(seconds) over log(visits), by least squares.
#![expect(clippy::print_stdout, reason = "a table of figures is its purpose")]

#[path = "../tests/support/city.rs"]
mod city;
mod machine;

use std::sync::{Arc, Mutex};
use std::time::Instant;
use xiaosha::engine::{Options, Outcome};
use xiaosha::pipeline::{self, Request, Step, Watcher};

/// What a run came to.
struct Run {
    visits: usize,
    seconds: f64,
}

fn main() {
    if !machine::is_bench() {
        return;
    }
    let sizes = machine::setting("XIAOSHA_DISTRICTS").unwrap_or_else(|| "1,4,10".to_owned());
    let sizes: Vec<usize> = (sizes.split(','))
        .map(|size| {
            size.trim()
                .parse()
                .expect("XIAOSHA_DISTRICTS lists numbers")
        })
        .collect();
    println!(
        "\n{:>9} {:>7} {:>8} {:>7} {:>8} {:>7} {:>7} {:>8} {:>8} {:>9} {:>7}",
        "districts",
        "sites",
        "visits",
        "read",
        "plan",
        "check",
        "write",
        "seconds",
        "missed",
        "gap",
        "MiB"
    );
    let runs: Vec<Run> = sizes.into_iter().map(run).collect();
    if let Some(exponent) = exponent(&runs) {
        println!("\nseconds grow with visits to the power of {exponent:.2}");
    }
}

/// Plans one city and prints its line.
fn run(districts: usize) -> Run {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let seed = machine::setting("XIAOSHA_SEED").unwrap_or(0);
    city::folder(districts, seed).write(folder.path());
    let options = Options {
        effort: machine::effort(),
        ..Options::default()
    };
    let request = Request {
        scenario: folder.path(),
        out: &folder.path().join("plan"),
        options,
        lang: xiaosha::lang::Lang::En,
        time_limit: None,
    };
    machine::forget_peak_memory();
    let begun = Instant::now();
    let steps = Arc::new(Steps(Mutex::default()));
    let watcher: Arc<dyn Watcher> = steps.clone();
    let planned = pipeline::plan(&request, &watcher).expect("a plan that passes the check");
    let seconds = begun.elapsed().as_secs_f64();
    let memory = machine::peak_memory();

    let measures = &planned.measures;
    let visits = measures.visits.len();
    println!(
        "{districts:>9} {:>7} {visits:>8} {:>7.2} {:>8.2} {:>7.2} {:>7.2} {seconds:>8.2} {:>8} {:>7.3} % {:>7}",
        planned.scenario.sites.len(),
        steps.seconds(|step| step == Step::Reading),
        steps.seconds(|step| matches!(step, Step::Planning(_))),
        steps.seconds(|step| step == Step::Checking),
        steps.seconds(|step| step == Step::Writing),
        measures.missed(),
        100.0 * measures.closeness.gap,
        machine::shown(memory)
    );
    if let Some((tier, open)) = measures.closeness.open_tier {
        println!(
            "{:>9} tier {tier}: up to {open} of what is missed is not proven to be necessary",
            ""
        );
    }
    Run { visits, seconds }
}

/// Slope of the straight line through (log visits, log seconds); none for a single size.
fn exponent(runs: &[Run]) -> Option<f64> {
    let points: Vec<(f64, f64)> = (runs.iter())
        .map(|run| ((run.visits as f64).ln(), run.seconds.ln()))
        .collect();
    let count = points.len() as f64;
    let mean_x = points.iter().map(|(x, _)| x).sum::<f64>() / count;
    let mean_y = points.iter().map(|(_, y)| y).sum::<f64>() / count;
    let spread: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    let together: f64 = (points.iter())
        .map(|(x, y)| (x - mean_x) * (y - mean_y))
        .sum();
    (spread > 0.0).then(|| together / spread)
}

/// When each step of a run began.
struct Steps(Mutex<Vec<(Step, Instant)>>);

impl Steps {
    /// Seconds spent in some steps; the last one lasts until now.
    fn seconds(&self, which: impl Fn(Step) -> bool) -> f64 {
        let begun = self.0.lock().expect("no step panics");
        let ends = begun
            .iter()
            .skip(1)
            .map(|&(_, at)| at)
            .chain([Instant::now()]);
        (begun.iter().zip(ends))
            .filter(|&(&(step, _), _)| which(step))
            .map(|(&(_, from), to)| (to - from).as_secs_f64())
            .sum()
    }
}

impl Watcher for Steps {
    fn step(&self, step: Step) {
        let mut begun = self.0.lock().expect("no step panics");
        begun.push((step, Instant::now()));
    }

    fn improved(&self, _: &Outcome) {}

    fn interrupted(&self) -> bool {
        false
    }
}
