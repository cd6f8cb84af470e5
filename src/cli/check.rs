//! `xiaosha check`: every finding at once.

use super::Exit;
use super::arguments::{CheckArguments, Format};
use super::console;
use crate::finding::{self, Findings};
use crate::lang::{Lang, Text};
use crate::validate;

/// Findings shown at most; all are counted.
pub(super) const SHOWN: usize = 50;

pub(super) fn run(arguments: &CheckArguments, lang: Lang) -> Exit {
    if let Some(code) = &arguments.explain {
        return explain(code, lang);
    }
    let scenario = arguments.scenario.as_ref().expect("required by clap");
    let (_, findings) = validate::load(scenario);
    match arguments.format {
        Format::Json => console::out(&finding::render_json(&findings, SHOWN)),
        Format::Text if findings.is_empty() => {
            console::out(lang.pick("检查通过，没有发现问题\n", "no findings\n"));
        }
        Format::Text => console::out(&finding::render_text(&findings, lang, SHOWN)),
    }
    verdict(&findings)
}

/// Errors stop a plan; warnings do not.
pub(super) fn verdict(findings: &Findings) -> Exit {
    if findings.has_errors() {
        Exit::Input
    } else {
        Exit::Done
    }
}

/// Shows the errors that stop a command.
pub(super) fn refuse(findings: &Findings, lang: Lang) -> Exit {
    console::note(&finding::render_text(findings, lang, SHOWN));
    Exit::Input
}

fn explain(code: &str, lang: Lang) -> Exit {
    if let Some(text) = finding::explain(&code.to_uppercase(), lang) {
        console::out(&text);
        return Exit::Done;
    }
    console::error(
        lang,
        &Text::new(
            format!("没有编号为 {code} 的问题"),
            format!("there is no code {code}"),
        ),
    );
    Exit::Input
}
