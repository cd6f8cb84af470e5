//! How a run of a command that plans ended: warnings, where the files are, or why nothing came of it.

use super::{Exit, console, crash};
use crate::finding::Findings;
use crate::lang::{Lang, Text};
use crate::report::WriteError;
use std::path::{Path, PathBuf};

/// Shows what came of a run and in which folder its files are.
pub(super) fn tell(summary: &str, out: &Path, lang: Lang) {
    let label = lang.pick("结果文件夹：", "files: ");
    console::out(&format!("{summary}\n{label}{}\n", shown_path(out)));
}

/// A path as it is shown: `scenarios/x` joined with `plan` mixes separators on Windows.
pub(super) fn shown_path(path: &Path) -> String {
    let path: PathBuf = path.components().collect();
    path.display().to_string()
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
