//! `xiaosha frontier`: what each of many amounts of money allows.

use super::arguments::FrontierArguments;
use super::progress::Progress;
use super::{Exit, check, console, outcome};
use crate::lang::Lang;
use crate::pipeline::{self, FrontierError, FrontierRequest, FrontierWatcher, Range, place};
use crate::report;
use std::sync::Arc;

pub(super) fn run(arguments: &FrontierArguments, lang: Lang) -> Exit {
    let out = match &arguments.out {
        Some(out) => out.clone(),
        None => place::frontier_folder(&arguments.scenario),
    };
    let request = FrontierRequest {
        scenario: &arguments.scenario,
        out: &out,
        options: arguments.search.options(),
        range: Range {
            from: arguments.from,
            to: arguments.to,
            points: usize::from(arguments.points),
        },
        lang,
    };
    let progress = Arc::new(Progress::new(lang, arguments.quiet));
    let watcher: Arc<dyn FrontierWatcher> = Arc::clone(&progress) as Arc<dyn FrontierWatcher>;
    let done = pipeline::frontier(&request, &watcher);
    progress.clear();
    match done {
        Ok(done) => {
            if !arguments.quiet {
                outcome::note_warnings(&done.findings, request.scenario, lang);
                let summary = report::frontier_summary(&done.scenario, &done.figures, lang);
                outcome::tell(&summary, request.out, lang);
            }
            Exit::Done
        }
        Err(FrontierError::Findings(findings)) => check::refuse(&findings, lang),
        Err(FrontierError::Usage(message)) => {
            console::error(lang, &message);
            Exit::Input
        }
        Err(FrontierError::Interrupted) => outcome::interrupted(lang),
        Err(FrontierError::Output(error)) => outcome::refuse_output(&error, lang),
        Err(FrontierError::Bug(faults)) => outcome::refuse_bug(&faults, lang),
    }
}
