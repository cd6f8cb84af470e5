//! One tiny scenario and ways to vary it, so that a test says only what differs.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot write its files fails"
)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use tempfile::TempDir;
use xiaosha::domain::Scenario;
use xiaosha::finding::{Finding, Findings};
use xiaosha::validate;

/// A scenario as files in memory.
#[derive(Clone)]
pub(crate) struct Files(BTreeMap<String, Vec<u8>>);

/// A scenario without findings: three sites, two treatments, two teams, one product, two rules.
pub(crate) fn tiny() -> Files {
    Files(BTreeMap::new())
        .with(
            "scenario.toml",
            "name = \"tiny\"\nstart = 2026-05-01\nend = 2026-05-31\n",
        )
        .with(
            "sites.csv",
            "site,kind,zone,area_m2,stalls\n\
             road,road,north,4000,\n\
             yard,yard,north,2000,\n\
             market,market,south,1500,12\n",
        )
        .with(
            "treatments.csv",
            "treatment,method,product,measure,dose,rate_per_hour\n\
             spray,residual,wp,area_m2,0.001,1000\n\
             gel,bait,,stalls,,6\n",
        )
        .with(
            "teams.csv",
            "team,methods,zones,hours_per_day,cost_per_day\n\
             A,residual;bait,,8,700\n\
             B,residual,north,7,600\n",
        )
        .with("products.csv", "product,pack_size,pack_cost\nwp,6,120\n")
        .with(
            "coverage.csv",
            "rule,kind,treatments,every,rounds,min_gap\n\
             outdoors,road;yard,spray,month,2,7\n\
             markets,market,gel;spray,month,2,5\n",
        )
}

/// No file yet.
pub(crate) fn empty() -> Files {
    Files(BTreeMap::new())
}

impl Files {
    /// No file yet.
    pub(crate) fn none() -> Files {
        Files(BTreeMap::new())
    }

    /// Adds a file or replaces it.
    pub(crate) fn with(mut self, file: &str, content: impl AsRef<[u8]>) -> Files {
        self.0.insert(file.to_owned(), content.as_ref().to_vec());
        self
    }

    /// Removes a file.
    pub(crate) fn without(mut self, file: &str) -> Files {
        self.0.remove(file);
        self
    }

    /// Replaces a piece of text that stands once in a file.
    pub(crate) fn replace(self, file: &str, old: &str, new: &str) -> Files {
        let content = String::from_utf8(self.0[file].clone()).unwrap();
        assert_eq!(content.matches(old).count(), 1, "`{old}` in {file}");
        self.with(file, content.replace(old, new))
    }

    /// Appends to a file.
    pub(crate) fn append(self, file: &str, more: &str) -> Files {
        let mut content = self.0[file].clone();
        content.extend(more.as_bytes());
        self.with(file, content)
    }

    /// Moves all files into a folder of this name; what is added later stands beside it.
    pub(crate) fn moved_to(self, folder: &str) -> Files {
        let moved = self.0.into_iter();
        Files(
            moved
                .map(|(file, content)| (format!("{folder}/{file}"), content))
                .collect(),
        )
    }

    /// Every file with its text.
    pub(crate) fn texts(&self) -> Vec<(&str, &str)> {
        let text = |content| std::str::from_utf8(content).unwrap();
        let files = self.0.iter();
        files
            .map(|(file, content)| (file.as_str(), text(content)))
            .collect()
    }

    /// Writes the files.
    pub(crate) fn write(&self, folder: &Path) {
        for (file, content) in &self.0 {
            let path = folder.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
    }

    /// Writes the files to a folder that is removed with the guard, and loads it.
    pub(crate) fn load(&self) -> (Option<Scenario>, Findings) {
        let folder = TempDir::new().unwrap();
        self.write(folder.path());
        validate::load(folder.path())
    }

    /// The scenario; panics with the findings if there is none.
    pub(crate) fn scenario(&self) -> Scenario {
        let (scenario, findings) = self.load();
        scenario.unwrap_or_else(|| panic!("{}", listed(&findings).join("\n")))
    }

    /// The scenario; panics on any finding.
    pub(crate) fn sound(&self) -> Scenario {
        let (scenario, findings) = self.load();
        assert!(findings.is_empty(), "{}", listed(&findings).join("\n"));
        scenario.unwrap()
    }

    /// The findings, each as `CODE file:line:column`.
    pub(crate) fn findings(&self) -> Vec<String> {
        listed(&self.load().1)
    }
}

/// The findings, each as `CODE file:line:column`.
pub(crate) fn listed(findings: &Findings) -> Vec<String> {
    findings.sorted().into_iter().map(brief).collect()
}

/// `code file:line:column`, or `code file sheet!cell`, without what is not known.
pub(crate) fn brief(finding: &Finding) -> String {
    let mut out = format!("{} {}", finding.code.id(), finding.place.file);
    if let Some(sheet) = &finding.place.sheet {
        write!(out, " {sheet}").unwrap();
        if let Some(cell) = finding.place.cell() {
            write!(out, "!{cell}").unwrap();
            return out;
        }
    }
    if let Some(line) = finding.place.line {
        write!(out, ":{line}").unwrap();
    }
    if let Some(column) = finding.place.column {
        write!(out, ":{column}").unwrap();
    }
    out
}
