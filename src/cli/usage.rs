//! What is said when the command line cannot be understood.

use super::Exit;
use super::console;
use crate::lang::Lang;
use clap::Error;
use clap::error::{ContextKind, ErrorKind};

/// Shows help, version, or what is wrong with the arguments.
pub(super) fn show(error: &Error, lang: Lang) -> Exit {
    let asked = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    let help = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if asked || help || lang == Lang::En {
        // A reader that went away is no fault.
        let _ = error.print();
    } else {
        console::note(&chinese(error));
    }
    if asked { Exit::Done } else { Exit::Input }
}

/// The fault in Chinese; the words of the library are English only.
fn chinese(error: &Error) -> String {
    let of = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = of(ContextKind::InvalidArg);
    let value = of(ContextKind::InvalidValue);
    let what = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”缺少值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("“{argument}”的值“{value}”无效")
        }
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个参数"),
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", of(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {argument}"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict => {
            let other = of(ContextKind::PriorArg);
            if other.is_empty() || other == argument {
                format!("“{argument}”只能给一次")
            } else {
                format!("“{argument}”不能与“{other}”同时使用")
            }
        }
        _ => "参数有误".to_owned(),
    };
    let choices = of(ContextKind::ValidValue);
    let choices = if choices.is_empty() {
        String::new()
    } else {
        format!("，可选：{}", choices.replace(", ", "、"))
    };
    let near: Vec<String> = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .map(of)
    .filter(|near| !near.is_empty())
    .collect();
    let near = if near.is_empty() {
        String::new()
    } else {
        format!("，是否要写“{}”？", near.join("、"))
    };
    format!("错误：{what}{choices}{near}\n\n用 --help 查看用法\n")
}
