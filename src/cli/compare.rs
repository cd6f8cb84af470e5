//! `xiaosha compare`: plans several scenarios and shows what differs.

use super::arguments::CompareArguments;
use super::progress::Progress;
use super::{Exit, check, console, outcome};
use crate::engine::Effort;
use crate::finding::{self, Findings};
use crate::lang::{Lang, Text};
use crate::pipeline::{self, CompareError, CompareRequest, CompareWatcher, Compared, place};
use crate::report;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Findings of a scenario that are shown; all are counted.
const SHOWN: usize = 20;

pub(super) fn run(arguments: &CompareArguments, lang: Lang) -> Exit {
    let base = &arguments.base;
    let scenarios: Vec<PathBuf> = std::iter::once(base)
        .chain(&arguments.scenarios)
        .cloned()
        .collect();
    let out = match &arguments.out {
        Some(out) => out.clone(),
        // A base that is not there must not be made to hold the comparison.
        None if !base.exists() => {
            let (_, findings) = crate::validate::load(base);
            return check::refuse(&findings, lang);
        }
        None => place::comparison_folder(base),
    };
    let request = CompareRequest {
        scenarios: &scenarios,
        out: &out,
        // An office asks what if at a table: how close the plans are to the best stands beside them.
        options: arguments.search.options_or(Effort::Quick),
        lang,
    };
    let progress = Arc::new(Progress::new(lang, arguments.quiet));
    let watcher: Arc<dyn CompareWatcher> = Arc::clone(&progress) as Arc<dyn CompareWatcher>;
    let compared = pipeline::compare(&request, &watcher);
    progress.clear();
    match compared {
        Ok(compared) => show(&compared, &request, arguments.quiet, lang),
        Err(CompareError::Usage(message)) => {
            console::error(lang, &message);
            Exit::Input
        }
        Err(CompareError::Findings(findings)) => {
            for (folder, findings) in scenarios.iter().zip(&findings) {
                refuse(folder, findings, lang);
            }
            Exit::Input
        }
        Err(CompareError::Interrupted) => {
            console::error(
                lang,
                &Text::new(
                    "已中断，没有写出比较；已编好的计划都保留着，再次运行时直接使用",
                    "interrupted, no comparison is written; plans that were finished are kept and used the next time",
                ),
            );
            Exit::Fault
        }
        Err(CompareError::Output(error)) => outcome::refuse_output(&error, lang),
        Err(CompareError::Bug(faults)) => outcome::refuse_bug(&faults, lang),
    }
}

/// The comparison, and after it what is wrong with those that could not be planned.
fn show(compared: &Compared, request: &CompareRequest, quiet: bool, lang: Lang) -> Exit {
    let pairs = || request.scenarios.iter().zip(&compared.findings);
    if !quiet {
        for (folder, findings) in pairs().filter(|(_, findings)| !findings.has_errors()) {
            outcome::note_warnings(findings, folder, lang);
        }
        let summary = report::comparison_summary(&compared.comparison, lang);
        outcome::tell(&summary, request.out, lang);
    }
    let mut exit = Exit::Done;
    for (folder, findings) in pairs().filter(|(_, findings)| findings.has_errors()) {
        refuse(folder, findings, lang);
        exit = Exit::Input;
    }
    exit
}

/// The errors of one of several scenarios, under its folder.
fn refuse(folder: &Path, findings: &Findings, lang: Lang) {
    let folder = folder.display();
    let heading = match lang {
        Lang::Zh => format!("\n{folder} 的表格有错误，未编制计划：\n"),
        Lang::En => format!("\nno plan for {folder}, its tables have errors:\n"),
    };
    console::note(&(heading + &finding::render_text(findings, lang, SHOWN)));
}
