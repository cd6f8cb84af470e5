//! `xiaosha plan`: plans, writes the files, shows the summary.

use super::Exit;
use super::arguments::PlanArguments;
use super::check;
use super::console;
use super::outcome;
use super::progress::Progress;
use crate::lang::{Lang, Text};
use crate::pipeline::{self, End, PlanError, Planned, Request, Watcher, place};
use crate::report;
use std::fmt::Write;
use std::sync::Arc;

pub(super) fn run(arguments: &PlanArguments, lang: Lang) -> Exit {
    let default = || place::plan_folder(&arguments.scenario);
    let out = arguments.out.clone().unwrap_or_else(default);
    let request = Request {
        scenario: &arguments.scenario,
        out: &out,
        options: arguments.search.options(),
        time_limit: arguments.time_limit,
        lang,
    };
    let progress = Arc::new(Progress::new(lang, arguments.quiet));
    let watcher: Arc<dyn Watcher> = Arc::clone(&progress) as Arc<dyn Watcher>;
    let planned = pipeline::plan(&request, &watcher);
    progress.clear();
    match planned {
        Ok(planned) => {
            if !arguments.quiet {
                show(&planned, &request, lang);
            }
            if arguments.require_full && !planned.measures.is_complete() {
                Exit::Short
            } else {
                Exit::Done
            }
        }
        Err(PlanError::Findings(findings)) => check::refuse(&findings, lang),
        Err(PlanError::Interrupted) => {
            console::error(
                lang,
                &Text::new(
                    "已中断：还没有任何计划，没有写入结果，原有结果未改动",
                    "interrupted before there was a plan: nothing was written, earlier output is unchanged",
                ),
            );
            Exit::Fault
        }
        Err(PlanError::Output(error)) => outcome::refuse_output(&error, lang),
        Err(PlanError::Bug(faults)) => outcome::refuse_bug(&faults, lang),
    }
}

fn show(planned: &Planned, request: &Request, lang: Lang) {
    outcome::note_warnings(&planned.findings, request.scenario, lang);
    // Writing to a string cannot fail.
    let mut text = report::summary(&planned.scenario, &planned.measures, lang);
    let early = match planned.end {
        End::Finished => None,
        End::TimeLimit => Some(lang.pick(
            "已到时间上限：这是目前最好的计划，再次运行可能略有不同",
            "time limit reached: the best plan so far; another run may differ",
        )),
        End::Interrupted => Some(lang.pick(
            "已按要求提前结束：这是目前最好的计划",
            "ended early on request: the best plan so far",
        )),
    };
    if let Some(early) = early {
        let _ = writeln!(text, "\n{early}");
    }
    outcome::tell(&text, request.out, lang);
}
