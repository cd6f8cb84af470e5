//! The program as a user runs it: commands, messages in both languages, exit codes, files.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "cli/compare.rs"]
mod compare;
#[path = "cli/explain.rs"]
mod explain;
#[path = "cli/forms.rs"]
mod forms;
#[path = "cli/frontier.rs"]
mod frontier;
#[path = "cli/output.rs"]
mod output;
#[path = "cli/stopping.rs"]
mod stopping;
#[path = "cli/summary.rs"]
mod summary;
#[path = "cli/usage.rs"]
mod usage;
#[path = "cli/verdict.rs"]
mod verdict;

#[path = "support/scenario_patch.rs"]
mod scenario_patch;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use scenario_patch::Files;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The program in an English system.
fn xiaosha() -> Command {
    let mut command = cargo_bin_cmd!("xiaosha");
    for variable in ["LANGUAGE", "LC_ALL", "LC_MESSAGES"] {
        command.env_remove(variable);
    }
    command.env("LANG", "en_US.UTF-8");
    command
}

/// A season in which one team of one crew has more to do than it may: each figure of its best plan is determined.
///
/// Four visits of two hours are asked of each of two roads in May, five days apart; two crew-days are allowed, and a visit
/// takes 2 h of 4: so both roads are done on two days, and two rounds of each are missed.
fn short_season() -> Files {
    scenario_patch::tiny()
        .with(
            "scenario.toml",
            "name = \"小城五月 May\"\nstart = 2026-05-01\nend = 2026-05-31\ncurrency = \"CNY\"\n",
        )
        .with(
            "sites.csv",
            "site,kind,area_m2\nroad,road,2000\nyard,road,2000\n",
        )
        .with(
            "treatments.csv",
            "treatment,method,product,measure,dose,rate_per_hour\n\
             spray,residual,wp,area_m2,0.001,1000\n",
        )
        .with(
            "rates.csv",
            "contractor,treatment,piece_rate\nA,spray,0.01\n",
        )
        .with(
            "teams.csv",
            "team,name,methods,hours_per_day,cost_per_day,mobilisation,max_days\n\
             A,甲队,residual,4,700,300,2\n",
        )
        .with(
            "products.csv",
            "product,name,unit,pack_size,pack_cost,stock,max_packs\nwp,可湿性粉剂,kg,3,120,1,3\n",
        )
        .with(
            "coverage.csv",
            "rule,name,kind,treatments,every,rounds,min_gap,max_gap\n\
             roads,道路每月四次,road,spray,month,4,5,31\n",
        )
        .with("budget.csv", "line,scope,amount\ntotal,total,2500\n")
}

/// The same season with time for everything.
fn full_season() -> Files {
    short_season()
        .replace("teams.csv", "700,300,2", "700,300,4")
        .replace(
            "products.csv",
            "wp,可湿性粉剂,kg,3,120,1,3",
            "wp,可湿性粉剂,kg,3,120,1,9",
        )
        .replace("budget.csv", "2500", "25000")
}

/// Scenario folders on disk, removed in the end.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Desk(TempDir::new().unwrap())
    }

    /// A desk with one scenario.
    fn with(files: &Files) -> (Self, PathBuf) {
        let desk = Desk::new();
        let folder = desk.path("a season 一季");
        files.write(&folder);
        (desk, folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// Every file of a folder, by name.
fn content(folder: &Path) -> BTreeMap<String, String> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).unwrap_or_default())
        })
        .collect()
}

/// Marks the files of a plan by the seconds in its summary, at which nobody looks.
fn mark(plan: &Path) {
    let summary = plan.join("summary.json");
    let text = fs::read_to_string(&summary).unwrap();
    fs::write(&summary, text.replace("\"plan\": ", "\"plan\": 9000")).unwrap();
}

/// Whether the plan is the one that was marked, and not another of the same content.
fn is_marked(plan: &Path) -> bool {
    content(plan)["summary.json"].contains("\"plan\": 9000")
}

/// Runs a command on a season that takes long, stops it as Ctrl-C does once it is at work (new files are written beside
/// those of the folder, which must be there), and waits for its end.
#[cfg(unix)]
fn stopped(command: &str, out: &Path) -> std::process::Output {
    use std::process::{Command, Stdio};
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/karamay-year");
    let run = Command::new(assert_cmd::cargo::cargo_bin!("xiaosha"))
        .args(["--lang", "en", command])
        .arg(&scenario)
        .arg("--out")
        .arg(out)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let begun = std::time::Instant::now();
    let at_work = || {
        let mut files = fs::read_dir(out).unwrap();
        files.any(|file| {
            file.unwrap()
                .file_name()
                .to_string_lossy()
                .starts_with(".xiaosha-")
        })
    };
    while !at_work() {
        assert!(begun.elapsed().as_secs() < 120, "it does not begin");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let process = run.id().to_string();
    let sent = Command::new("kill")
        .args(["-INT", &process])
        .status()
        .unwrap();
    let run = run.wait_with_output().unwrap();
    assert!(sent.success(), "it has ended already");
    run
}

fn stdout(command: &mut Command) -> String {
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

fn stderr(command: &mut Command) -> String {
    String::from_utf8(command.output().unwrap().stderr).unwrap()
}

fn code(command: &mut Command) -> Option<i32> {
    command.output().unwrap().status.code()
}
