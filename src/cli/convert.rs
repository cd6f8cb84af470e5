//! `xiaosha convert`: from folder to workbook and back.

use super::arguments::ConvertArguments;
use super::{Exit, check, console, init};
use crate::finding::{self, Findings};
use crate::form::{self, ConvertError};
use crate::lang::Lang;

pub(super) fn run(arguments: &ConvertArguments, lang: Lang) -> Exit {
    let mut findings = Findings::new();
    match form::convert(&arguments.scenario, &arguments.target, lang, &mut findings) {
        Ok(()) => {
            if !findings.is_empty() {
                console::note(&finding::render_text(&findings, lang, check::SHOWN));
            }
            let target = arguments.target.display();
            console::out(&match lang {
                Lang::Zh => format!("已写入 {target}\n"),
                Lang::En => format!("wrote {target}\n"),
            });
            Exit::Done
        }
        Err(ConvertError::Findings) => check::refuse(&findings, lang),
        Err(ConvertError::Write(error)) => init::refuse(&error, lang),
    }
}
