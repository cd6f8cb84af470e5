//! Documents of the office, written by the program and read back with other libraries, and with `LibreOffice` where it
//! is installed.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read its files fails"
)]

#[path = "office/faults.rs"]
mod faults;
#[path = "office/notices.rs"]
mod notices;
#[path = "office/plans.rs"]
mod plans;
#[path = "office/render.rs"]
mod render;
#[path = "office/summaries.rs"]
mod summaries;
#[path = "office/template.rs"]
mod template;

#[path = "support/docx.rs"]
mod docx;
#[path = "support/scenario_patch.rs"]
mod scenario_patch;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use docx::Seen;
use scenario_patch::Files;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Two streets with a round of each treatment a month; flies by spray, rats by bait.
fn season() -> Files {
    scenario_patch::tiny()
        .with(
            "scenario.toml",
            "name = \"小城六月\"\nstart = 2026-06-01\nend = 2026-06-30\ncurrency = \"CNY\"\n",
        )
        .with(
            "sites.csv",
            "site,name,kind,zone,area_m2,stations\n\
             road,和平路,road,城东,4000,\n\
             yard,和平里,residential,城东,2000,6\n\
             market,西市,market,城西,1500,12\n",
        )
        .with(
            "treatments.csv",
            "treatment,name,pest,method,product,measure,dose,rate_per_hour,safety\n\
             spray,超低容量喷雾,蚊;蝇,ulv,ulv,area_m2,0.001,1000,戴口罩\n\
             bait,毒饵站补药,鼠,bait,wax,stations,0.05,6,贴警示标志\n",
        )
        .with(
            "teams.csv",
            "team,name,contractor,methods,hours_per_day,cost_per_day,mobilisation\n\
             A,甲队,甲公司,ulv;bait,8,700,300\n",
        )
        .with(
            "products.csv",
            "product,name,unit,pack_size,pack_cost,stock,active_ingredient,registration\n\
             ulv,溴氰菊酯,L,5,120,1,溴氰菊酯,WP20080001\n\
             wax,蜡块,kg,5,60,0,溴敌隆,\n",
        )
        .with(
            "coverage.csv",
            "rule,name,kind,treatments,every,rounds,min_gap\n\
             air,灭蚊蝇,,spray,half-month,1,7\n\
             rats,灭鼠,residential;market,bait,month,1,7\n",
        )
        .with("budget.csv", "line,scope,amount\n总额,total,25000\n")
}

/// The same season when it is over: what was done, and what was found.
fn past_season() -> Files {
    season()
        .with(
            "scenario.toml",
            "name = \"小城六月\"\nstart = 2026-06-01\nend = 2026-06-30\ntoday = 2026-07-01\n",
        )
        .with(
            "done.csv",
            "date,team,site,treatment\n\
             2026-06-02,A,road,spray\n\
             2026-06-02,A,yard,spray\n\
             2026-06-03,A,market,spray\n\
             2026-06-03,A,market,bait\n\
             2026-06-17,A,road,spray\n",
        )
        .with(
            "surveys.csv",
            "日期,片区,病媒,指标,监测值,限值,阶段\n\
             2026-05-30,城西,蝇,室内有蝇房间阳性率（%）,20,9,灭前\n\
             2026-06-20,城西,蝇,室内有蝇房间阳性率（%）,5,9,灭后\n",
        )
}

/// A scenario folder on disk, removed in the end.
struct Desk {
    home: TempDir,
}

impl Desk {
    fn new(files: &Files) -> Self {
        let desk = Desk {
            home: TempDir::new().unwrap(),
        };
        files.write(&desk.scenario());
        desk
    }

    /// With a plan.
    fn planned(files: &Files) -> Self {
        let desk = Desk::new(files);
        let mut plan = xiaosha();
        plan.arg("plan").arg(desk.scenario()).arg("--quiet");
        plan.assert().success();
        desk
    }

    fn scenario(&self) -> PathBuf {
        self.path("方案")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The command that writes a document.
    fn document(&self, kind: &str, lang: &str) -> Command {
        let mut command = xiaosha();
        command.arg("document").arg(self.scenario());
        command.args(["--kind", kind, "--lang", lang]);
        command
    }

    /// Writes a document and reads it back.
    fn written(&self, kind: &str, lang: &str) -> Seen {
        docx::read(&self.write(kind, lang))
    }

    fn write(&self, kind: &str, lang: &str) -> PathBuf {
        let out = self.path(&format!("{kind}.{lang}.docx"));
        let mut command = self.document(kind, lang);
        command.arg("--out").arg(&out).assert().success();
        out
    }

    /// A table of the plan.
    fn rows(&self, file: &str) -> Vec<csv::StringRecord> {
        let path = self.scenario().join("plan").join(file);
        let mut reader = csv::Reader::from_path(path).unwrap();
        reader.records().map(Result::unwrap).collect()
    }

    fn summary(&self) -> serde_json::Value {
        let path = self.scenario().join("plan/summary.json");
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    }
}

fn xiaosha() -> Command {
    cargo_bin_cmd!("xiaosha")
}

/// What a command that fails says, and its exit code.
fn refused(command: &mut Command) -> (Option<i32>, String) {
    let output = command.output().unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// Money as documents write it.
fn money(amount: &serde_json::Value) -> String {
    let plain = format!("{:.2}", amount.as_f64().unwrap());
    let (whole, cents) = plain.split_once('.').unwrap();
    let digits: Vec<char> = whole.chars().rev().collect();
    let groups: Vec<String> = digits
        .chunks(3)
        .map(|group| group.iter().rev().collect())
        .collect();
    let groups: Vec<String> = groups.into_iter().rev().collect();
    format!("{}.{cents}", groups.join(","))
}

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name)
}
