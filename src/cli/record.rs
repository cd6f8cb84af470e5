//! `xiaosha record`: from filled-in work orders to done.csv.

use super::arguments::RecordArguments;
use super::{Exit, check, console};
use crate::finding::{self, Findings};
use crate::lang::{Lang, Text};
use crate::record::{self, DoneFile, WorkOrders};
use std::path::{Path, PathBuf};

/// Warnings shown at most; all are counted.
const SHOWN: usize = 50;

pub(super) fn run(arguments: &RecordArguments, lang: Lang) -> Exit {
    let (orders, findings) = record::read(&arguments.workbook);
    let Some(orders) = orders else {
        return check::refuse(&findings, lang);
    };
    warn(&findings, lang);
    if orders.done.is_empty() {
        let left_out = orders.left_out;
        console::out(&match lang {
            Lang::Zh => format!("没有一次作业标为完成（共 {left_out} 次），没有写入\n"),
            Lang::En => {
                format!("none of {left_out} visits is marked as done; nothing is written\n")
            }
        });
        return Exit::Done;
    }
    let out = match &arguments.out {
        Some(out) => out.clone(),
        None => default_out(&arguments.workbook),
    };
    let file = if arguments.force {
        DoneFile::of(&orders.done)
    } else {
        let (file, findings) = DoneFile::joined(&out, &orders.done);
        let Some(file) = file else {
            return check::refuse(&findings, lang);
        };
        warn(&findings, lang);
        file
    };
    // A file to which nothing is added stays as its owner wrote it.
    if file.added > 0
        && let Err(error) = file.write(&out)
    {
        let path = out.display();
        console::error(
            lang,
            &Text::new(
                format!(
                    "无法写入 {path}（{error}）。请检查权限和磁盘空间，并关闭正在打开它的表格软件；原有内容未改动"
                ),
                format!(
                    "cannot write {path} ({error}). Check permissions and disk space, and close the spreadsheet that has it open; what was there is unchanged"
                ),
            ),
        );
        return Exit::Fault;
    }
    console::out(&told(&orders, &file, &out, lang));
    Exit::Done
}

fn warn(findings: &Findings, lang: Lang) {
    if !findings.is_empty() {
        console::note(&finding::render_text(findings, lang, SHOWN));
        console::note("\n");
    }
}

/// done.csv of the scenario in whose output folder the workbook lies, else beside the workbook.
fn default_out(workbook: &Path) -> PathBuf {
    let name = "done.csv";
    let folder = workbook.parent().unwrap_or(Path::new(""));
    // `plan.xlsx` alone has the empty folder as its parent, and `..` is relative to where we are.
    let above = folder.join("..");
    if !folder.join("scenario.toml").exists() && above.join("scenario.toml").exists() {
        match folder.parent() {
            Some(parent) if folder.file_name().is_some() => parent.join(name),
            _ => above.join(name),
        }
    } else {
        folder.join(name)
    }
}

fn told(orders: &WorkOrders, file: &DoneFile, out: &Path, lang: Lang) -> String {
    let (added, known, left_out) = (file.added, file.known, orders.left_out);
    let path = out.display();
    match lang {
        Lang::Zh => format!(
            "新记录 {added} 次作业，已有记录 {known} 次，未标为完成的 {left_out} 次没有记入\n文件：{path}\n"
        ),
        Lang::En => format!(
            "{added} visits recorded, {known} were there already, {left_out} not marked as done are left out\nfile: {path}\n"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scenario_above_the_workbook_gets_the_record() {
        let home = tempfile::tempdir().unwrap();
        let plan = home.path().join("plan");
        std::fs::create_dir(&plan).unwrap();
        let workbook = plan.join("plan.xlsx");
        assert_eq!(default_out(&workbook), plan.join("done.csv"));
        std::fs::write(home.path().join("scenario.toml"), "").unwrap();
        assert_eq!(default_out(&workbook), home.path().join("done.csv"));
    }
}
