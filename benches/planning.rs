//! How long each stage takes: reading, building, solving, writing; on a real scenario and on a generated district.
//!
//! `cargo bench --bench planning`; `cargo bench --bench planning -- solve` for one group. Building is what the planner
//! works out before it begins; its models are built within solving.

#[path = "../tests/support/city.rs"]
mod city;
mod machine;

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;
use xiaosha::domain::Scenario;
use xiaosha::engine::{self, Effort, Options, Unwatched};
use xiaosha::measures::{Measures, Proven};
use xiaosha::report::{self, OutputFolder};
use xiaosha::season::Season;
use xiaosha::validate;

const QUICK: Options = Options {
    seed: 0,
    effort: Effort::Quick,
};

/// Scenario folders, by name; the generated one lives as long as the guard.
struct Folders {
    named: Vec<(&'static str, PathBuf)>,
    _guard: TempDir,
}

impl Folders {
    fn new() -> Self {
        let guard = TempDir::new().expect("a temporary folder");
        city::folder(1, 3).write(guard.path());
        let summer = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/karamay-summer");
        Folders {
            named: vec![
                ("karamay-summer", summer),
                ("district", guard.path().to_owned()),
            ],
            _guard: guard,
        }
    }

    fn scenarios(&self) -> impl Iterator<Item = (&'static str, Scenario)> {
        (self.named.iter()).map(|(name, folder)| (*name, load(folder)))
    }
}

fn load(folder: &Path) -> Scenario {
    let (scenario, _) = validate::load(folder);
    scenario.expect("a scenario without errors")
}

/// Tables to a checked scenario.
fn read(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read");
    group.sample_size(20);
    for (name, folder) in &Folders::new().named {
        group.bench_function(*name, |bencher| bencher.iter(|| load(black_box(folder))));
    }
    group.finish();
}

/// A scenario worked out for planning: jobs, open days, demands.
fn build(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("build");
    group.sample_size(20);
    for (name, scenario) in Folders::new().scenarios() {
        group.bench_function(name, |bencher| {
            bencher.iter(|| Season::new(black_box(&scenario)));
        });
    }
    group.finish();
}

/// A season to a plan with its proof, at the lowest effort.
fn solve(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("solve");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(30));
    for (name, scenario) in Folders::new().scenarios() {
        let season = Season::new(&scenario);
        group.bench_function(name, |bencher| {
            machine::with_deep_stack(|| {
                bencher.iter(|| engine::plan(black_box(&season), &QUICK, &Unwatched));
            });
        });
    }
    group.finish();
}

/// A plan to its figures and files.
fn write(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("write");
    group.sample_size(20);
    for (name, scenario) in Folders::new().scenarios() {
        let season = Season::new(&scenario);
        let outcome = machine::with_deep_stack(|| engine::plan(&season, &QUICK, &Unwatched));
        let proven = Proven {
            shortfall: outcome.bounds.shortfall,
            cost: outcome.bounds.cost,
        };
        let out = TempDir::new().expect("a temporary folder");
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let measures = Measures::new(&season, black_box(&outcome.plan), &proven);
                let mut files = report::tables(&season, &measures);
                files.push(report::summary_json(&season, &measures, &Vec::new()));
                let folder = OutputFolder::prepare(out.path()).expect("a folder to write to");
                folder.replace(&files).expect("the files are written");
            });
        });
    }
    group.finish();
}

criterion_group!(benches, read, build, solve, write);
criterion_main!(benches);
