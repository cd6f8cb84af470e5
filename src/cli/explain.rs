//! `xiaosha explain`: what falls short and why, what would cure it, what things are worth.

use super::Exit;
use super::arguments::ExplainArguments;
use super::progress::Progress;
use super::{check, console, outcome};
use crate::lang::Lang;
use crate::pipeline::{self, ExplainError, ExplainRequest, Explained, Watcher, place};
use crate::report;
use crate::season::Season;
use std::sync::Arc;

pub(super) fn run(arguments: &ExplainArguments, lang: Lang) -> Exit {
    let scenario = &arguments.scenario;
    let out = match &arguments.out {
        Some(out) => out.clone(),
        // A scenario that is not there must not be made to hold the answers.
        None if !scenario.exists() => {
            let (_, findings) = crate::validate::load(scenario);
            return check::refuse(&findings, lang);
        }
        None => place::explanation_folder(scenario),
    };
    let request = ExplainRequest {
        scenario,
        plan: arguments.plan.as_deref(),
        own_plan: &place::plan_folder(scenario),
        out: &out,
        better: arguments.better.as_deref(),
        sites: &arguments.site,
        rules: &arguments.rule,
        options: arguments.search.options(),
        lang,
    };
    let progress = Arc::new(Progress::new(lang, arguments.quiet));
    let watcher: Arc<dyn Watcher> = Arc::clone(&progress) as Arc<dyn Watcher>;
    let explained = pipeline::explain(&request, &watcher);
    progress.clear();
    match explained {
        Ok(explained) => {
            if !arguments.quiet {
                show(&explained, &request, lang);
            }
            Exit::Done
        }
        Err(ExplainError::Usage(message)) => {
            console::error(lang, &message);
            Exit::Input
        }
        Err(ExplainError::Findings(findings)) => check::refuse(&findings, lang),
        Err(ExplainError::Interrupted) => outcome::interrupted(lang),
        Err(ExplainError::Output(error)) => outcome::refuse_output(&error, lang),
        Err(ExplainError::Bug(faults)) => outcome::refuse_bug(&faults, lang),
    }
}

fn show(explained: &Explained, request: &ExplainRequest, lang: Lang) {
    outcome::note_warnings(&explained.findings, request.scenario, lang);
    let season = Season::new(&explained.scenario);
    let summary = report::explain_summary(&season, &explained.explanation, lang);
    outcome::tell(&summary, request.out, lang);
    if let Some(better) = request.better {
        let place = outcome::shown_path(better);
        let line = if explained.explanation.better.is_some() {
            let label = lang.pick("更好的计划：", "better plan: ");
            format!("{label}{place}\n")
        } else {
            let none = lang.pick(
                "没有找到更好的计划，没有写入：",
                "no better plan was found, nothing written to ",
            );
            format!("{none}{place}\n")
        };
        console::out(&line);
    }
}
