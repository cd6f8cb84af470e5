//! `xiaosha record`: from filled-in work orders to done.csv.

use super::arguments::RecordArguments;
use super::{Exit, check, console};
use crate::finding::{self, Findings};
use crate::lang::{Lang, Text};
use crate::pipeline::place::{self, DonePlace};
use crate::record::{self, DoneFile, WorkOrders};
use std::path::Path;

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
    let DonePlace {
        file: out,
        workbook,
    } = match &arguments.out {
        Some(out) => DonePlace {
            file: out.clone(),
            workbook: None,
        },
        None => place::done_place(&arguments.workbook),
    };
    let file = if arguments.force {
        DoneFile::of(&orders.done, lang)
    } else {
        let (file, findings) = DoneFile::joined(&out, &orders.done, lang);
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
    let mut text = told(&orders, &file, &out, lang);
    if let Some(workbook) = &workbook {
        text.push_str(&to_copy(workbook, lang));
    }
    console::out(&text);
    Exit::Done
}

fn warn(findings: &Findings, lang: Lang) {
    if !findings.is_empty() {
        console::note(&finding::render_text(findings, lang, SHOWN));
        console::note("\n");
    }
}

fn told(orders: &WorkOrders, file: &DoneFile, out: &Path, lang: Lang) -> String {
    let (added, known, left_out) = (file.added, file.known, orders.left_out);
    let path = out.display();
    let visits = if added == 1 { "visit" } else { "visits" };
    let were = if known == 1 { "was" } else { "were" };
    match lang {
        Lang::Zh => format!(
            "新记录 {added} 次作业，已有记录 {known} 次，未标为完成的 {left_out} 次没有记入\n文件：{path}\n"
        ),
        Lang::En => format!(
            "{added} {visits} recorded, {known} {were} there already, {left_out} not marked as done are left out\nfile: {path}\n"
        ),
    }
}

/// What is left to do where the scenario is a workbook: the program never writes into one that people keep.
fn to_copy(workbook: &Path, lang: Lang) -> String {
    let (book, sheet) = (workbook.display(), record::done_sheet(lang));
    match lang {
        Lang::Zh => format!(
            "方案是工作簿 {book}，程序不改动它：请把上述文件中的各行复制到它的“{sheet}”工作表，列的顺序相同\n"
        ),
        Lang::En => format!(
            "the scenario is the workbook {book}, which is never changed: copy the rows of this file to its sheet `{sheet}`, the columns stand in the same order\n"
        ),
    }
}
