//! visits.csv as it lies on the disk, ours or edited by hand, and the files beside it.

use super::{Judgement, PlanRow};
use crate::finding::{Code, Finding, Findings, Place, say};
use crate::read::names::{Table as Declared, plan};
use crate::read::{self, Row, Sources, Table, normal};
use crate::validate::value;
use std::path::Path;

/// A plan as its files say it.
#[derive(Debug)]
pub struct PlanFile {
    /// The rows of visits.csv.
    pub rows: Vec<PlanRow>,
    pub(super) sources: Sources,
    pub(super) visits: Table,
    /// The other tables of the plan that lie beside visits.csv.
    pub(super) beside: Vec<Table>,
    /// summary.json, if it lies beside visits.csv.
    pub(super) summary: Option<serde_json::Value>,
}

/// The tables that `plan` writes beside visits.csv.
const BESIDE: [&Declared; 4] = [
    &plan::CREW_DAYS,
    &plan::PURCHASES,
    &plan::COVERED,
    &plan::SPENT,
];

/// Reads visits.csv, or the folder that holds it, with all encodings, separators and headers that a scenario's tables may
/// have. Without a plan the findings say why; with one they are warnings.
///
/// Cells that are no date or number do not stop the reading; [`super::judge`] names them.
pub fn read_plan(path: &Path) -> (Option<PlanFile>, Findings) {
    let mut findings = Findings::new();
    let file = if path.is_dir() {
        path.join(plan::VISITS.file)
    } else {
        path.to_owned()
    };
    let name = findings.announce_path(&file);
    let mut sources = Sources::default();
    let table = read::table(&file, &name, &plan::VISITS, &mut sources, &mut findings);
    let Some(visits) = table else {
        let shown = file.display();
        findings.add(
            Finding::new(
                Code::FileUnreadable,
                Place::file(name),
                say!("找不到文件 {shown}", "there is no file {shown}"),
            )
            .help(say!(
                "给出 visits.csv，或它所在的文件夹",
                "name visits.csv or the folder that holds it"
            )),
        );
        return (None, findings);
    };
    if findings.has_errors() {
        return (None, findings);
    }
    let mut plan_file = PlanFile {
        rows: visits
            .rows
            .iter()
            .map(|row| plan_row(&visits, row))
            .collect(),
        sources,
        visits,
        beside: Vec::new(),
        summary: None,
    };
    // A copy under another name was made to be edited; the files beside it speak of the original. And in a scenario's
    // own folder coverage.csv and budget.csv are the scenario's.
    if let Some(folder) = file.parent()
        && name == plan::VISITS.file
        && !folder.join("scenario.toml").exists()
    {
        plan_file.read_beside(folder, &mut findings);
    }
    (Some(plan_file), findings)
}

impl PlanFile {
    fn read_beside(&mut self, folder: &Path, findings: &mut Findings) {
        for declared in BESIDE {
            let mut found = Findings::new();
            let path = folder.join(declared.file);
            let table = read::table(
                &path,
                declared.file,
                declared,
                &mut self.sources,
                &mut found,
            );
            findings.announce(declared.file);
            if found.has_errors() {
                let first = found.sorted()[0];
                skipped(declared.file, &first.message, findings);
            } else {
                self.beside.extend(table);
            }
        }
        let name = "summary.json";
        findings.announce(name);
        match std::fs::read(folder.join(name)) {
            Ok(bytes) => match serde_json::from_slice(&bytes) {
                Ok(summary) => self.summary = Some(summary),
                Err(error) => skipped(name, &say!("{error}", "{error}"), findings),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => skipped(name, &say!("{error}", "{error}"), findings),
        }
    }
}

/// Makes a finding of every rule that a plan breaks.
pub(super) fn refuse(judgement: &Judgement, findings: &mut Findings) {
    let name = plan::VISITS.file;
    for violation in &judgement.violations {
        let line = violation.line.and_then(|line| u32::try_from(line).ok());
        let place = Place {
            line,
            ..Place::file(name)
        };
        let (code, reason) = (violation.clause.code(), &violation.message);
        let (zh, en) = (&reason.zh, &reason.en);
        findings.add(Finding::new(
            Code::PlanInvalid,
            place,
            say!("{zh}（{code}）", "{en} ({code})"),
        ));
    }
}

fn skipped(file: &str, reason: &crate::lang::Text, findings: &mut Findings) {
    let (zh, en) = (&reason.zh, &reason.en);
    let message = say!("未作比较：{zh}", "not compared: {en}");
    findings.add(Finding::new(
        Code::PlanFileSkipped,
        Place::file(file),
        message,
    ));
}

fn plan_row(table: &Table, row: &Row) -> PlanRow {
    let text = |column| {
        let cell = table.cell(row, column);
        cell.map_or(String::new(), |cell| cell.text.clone())
    };
    let (date, crew) = (text("date"), text("crew"));
    let whole = value::number(&crew).ok().and_then(|number| number.to_i64());
    PlanRow {
        line: u64::from(row.origin.line),
        date: value::date(&date).map_err(|_| date),
        team: normal(&text("team")),
        crew: whole.and_then(|crew| u32::try_from(crew).ok()).ok_or(crew),
        site: normal(&text("site")),
        treatment: normal(&text("treatment")),
    }
}
