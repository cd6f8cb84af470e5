//! `xiaosha document`: papers of the office from a plan.

use super::Exit;
use super::arguments::DocumentArguments;
use super::{check, console, outcome};
use crate::lang::Lang;
use crate::pipeline::{self, DocumentError, DocumentRequest, Documents, place};
use crate::report::document::{Kind, built_in_text};
use crate::report::write_file;
use std::path::Path;

pub(super) fn run(arguments: &DocumentArguments, lang: Lang) -> Exit {
    let kind = Kind::from(arguments.kind);
    if let Some(file) = &arguments.write_template {
        return write_template(kind, file, lang);
    }
    let scenario = arguments.scenario.as_ref().expect("required by clap");
    let plan = arguments.plan.clone();
    let out = arguments.out.clone();
    let request = DocumentRequest {
        scenario,
        plan: &plan.unwrap_or_else(|| place::plan_folder(scenario)),
        kind,
        lang,
        template: arguments.template.as_deref(),
        zone: arguments.zone.as_deref(),
        round: arguments.round,
        out: &out.unwrap_or_else(|| place::documents_folder(scenario).join(file_name(kind, lang))),
    };
    match pipeline::document(&request) {
        Ok(written) => {
            console::out(&told(&written, kind, lang));
            Exit::Done
        }
        Err(DocumentError::Findings(findings)) => check::refuse(&findings, lang),
        Err(DocumentError::Output(error)) => outcome::refuse_output(&error, lang),
    }
}

fn file_name(kind: Kind, lang: Lang) -> String {
    let title = kind.title();
    format!("{}.docx", title.get(lang).replace(' ', "-"))
}

fn told(written: &Documents, kind: Kind, lang: Lang) -> String {
    let out = written.out.display();
    let (files, documents) = (written.files, written.documents);
    match (kind, lang) {
        (Kind::Notice, Lang::Zh) if files > 1 => format!("已写出 {files} 份公告：{out}\n"),
        (Kind::Notice, Lang::Zh) if documents == 1 => format!("已写出公告：{out}\n"),
        (Kind::Notice, Lang::En) if documents == 1 => format!("notice written: {out}\n"),
        (Kind::Notice, Lang::Zh) => {
            format!("已写出公告（共 {documents} 份，每份另起一页）：{out}\n")
        }
        (_, Lang::Zh) => format!("已写出{}：{out}\n", kind.title().zh),
        (Kind::Notice, Lang::En) if files > 1 => format!("{files} notices written: {out}\n"),
        (Kind::Notice, Lang::En) => {
            format!("notices written ({documents}, each on a page of its own): {out}\n")
        }
        (_, Lang::En) => format!("{} written: {out}\n", kind.title().en),
    }
}

fn write_template(kind: Kind, file: &Path, lang: Lang) -> Exit {
    match write_file(file, built_in_text(kind, lang).as_bytes()) {
        Ok(()) => {
            let file = file.display();
            console::out(&match lang {
                Lang::Zh => format!("已写出模板：{file}\n"),
                Lang::En => format!("template written: {file}\n"),
            });
            Exit::Done
        }
        Err(error) => outcome::refuse_output(&error, lang),
    }
}
