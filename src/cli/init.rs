//! `xiaosha init`: a template, blank or filled in with an example.

use super::arguments::InitArguments;
use super::{Exit, console};
use crate::form::{Form, WriteError};
use crate::lang::Lang;
use std::path::Path;

pub(super) fn run(arguments: &InitArguments, lang: Lang) -> Exit {
    let form = if arguments.example {
        Form::example(lang)
    } else {
        Form::blank(lang)
    };
    match form.write(&arguments.target) {
        Ok(()) => {
            console::out(&next(&arguments.target, arguments.example, lang));
            Exit::Done
        }
        Err(error) => refuse(&error, lang),
    }
}

/// Tells why nothing was written.
pub(super) fn refuse(error: &WriteError, lang: Lang) -> Exit {
    console::error(lang, &error.text());
    if error.is_wrong_usage() {
        Exit::Input
    } else {
        Exit::Fault
    }
}

/// What was written and what to do with it.
fn next(target: &Path, example: bool, lang: Lang) -> String {
    let target = target.display();
    match (lang, example) {
        (Lang::Zh, false) => {
            format!("已写入模板 {target}\n请用 Excel 或 WPS 填写，再运行：xiaosha check {target}\n")
        }
        (Lang::Zh, true) => format!(
            "已写入示例 {target}\n可直接编制计划：xiaosha plan {target}\n改成本辖区的数据后，先用 xiaosha check {target} 检查\n"
        ),
        (Lang::En, false) => format!(
            "wrote the template {target}\nfill it in with a spreadsheet, then run: xiaosha check {target}\n"
        ),
        (Lang::En, true) => format!(
            "wrote the example {target}\nit plans as it stands: xiaosha plan {target}\nput in the data of your district, then run: xiaosha check {target}\n"
        ),
    }
}
