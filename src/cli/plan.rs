//! `xiaosha plan`: plans, writes the files, shows the summary.

use super::Exit;
use super::arguments::PlanArguments;
use super::check;
use super::console;
use super::crash;
use super::progress::Progress;
use crate::finding::Findings;
use crate::lang::{Lang, Text};
use crate::pipeline::{self, End, PlanError, Planned, Request, Watcher, place};
use crate::report::{self, WriteError};
use std::fmt::Write;
use std::path::{Path, PathBuf};
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
        Err(PlanError::Output(error)) => refuse_output(&error, lang),
        Err(PlanError::Bug(faults)) => refuse_bug(&faults, lang),
    }
}

/// Says why the output folder cannot be written.
pub(super) fn refuse_output(error: &WriteError, lang: Lang) -> Exit {
    console::error(lang, &error.text());
    if error.is_wrong_usage() {
        Exit::Input
    } else {
        Exit::Fault
    }
}

/// Reports a fault of the program.
pub(super) fn refuse_bug(faults: &[Text], lang: Lang) -> Exit {
    let lines: Vec<&str> = faults.iter().map(|fault| fault.get(lang)).collect();
    crash::report(lang, &lines.join("\n"));
    Exit::Fault
}

/// Says that a run was ended and left everything as it was.
pub(super) fn interrupted(lang: Lang) -> Exit {
    console::error(
        lang,
        &Text::new(
            "已中断：没有写入结果，原有结果未改动",
            "interrupted: nothing was written, earlier output is unchanged",
        ),
    );
    Exit::Fault
}

/// Says that there are warnings about the tables, if there are.
pub(super) fn note_warnings(findings: &Findings, scenario: &Path, lang: Lang) {
    let warnings = findings.warnings();
    if warnings == 0 {
        return;
    }
    let scenario = scenario.display();
    console::note(&match lang {
        Lang::Zh => {
            format!("提醒：表格中有 {warnings} 处值得留意，可用 xiaosha check {scenario} 查看\n\n")
        }
        Lang::En => format!(
            "note: {warnings} warning{} about the tables, see xiaosha check {scenario}\n\n",
            if warnings == 1 { "" } else { "s" }
        ),
    });
}

fn show(planned: &Planned, request: &Request, lang: Lang) {
    note_warnings(&planned.findings, request.scenario, lang);
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
    let label = lang.pick("结果文件夹：", "files: ");
    let _ = writeln!(text, "\n{label}{}", shown_path(request.out));
    console::out(&text);
}

/// A path with the separators of the system: `scenarios/x` joined with `plan` mixes them on Windows.
pub(super) fn shown_path(path: &Path) -> String {
    let parts: PathBuf = path.components().collect();
    parts.display().to_string()
}
