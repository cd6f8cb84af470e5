//! From a scenario and its plan to a document of the office.

use crate::domain::{Plan, Scenario};
use crate::finding::{Code, Finding, Findings, Place, nearest, say, shown};
use crate::lang::Lang;
use crate::measures::{Measures, Proven};
use crate::read;
use crate::report::document::{self, Kind, Notice, Template, TemplateFault};
use crate::report::{FileNames, OutputFile, OutputFolder, WriteError, safe_part, write_file};
use crate::season::Season;
use crate::{validate, verify};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What is to be written, and from what.
#[derive(Debug, Clone, Copy)]
pub struct DocumentRequest<'a> {
    /// The scenario, a folder or a workbook.
    pub scenario: &'a Path,
    /// The folder of the plan, or its visits.csv; a summary needs none.
    pub plan: &'a Path,
    /// What kind of document.
    pub kind: Kind,
    /// Its language.
    pub lang: Lang,
    /// The template of the office; `None` = the built-in one.
    pub template: Option<&'a Path>,
    /// Notices of this zone only.
    pub zone: Option<&'a str>,
    /// Notices of this round only.
    pub round: Option<usize>,
    /// A file whose name ends in `.docx`; for notices also a folder, in which each is a file of its own.
    pub out: &'a Path,
}

/// What was written.
#[derive(Debug)]
pub struct Documents {
    /// The file, or the folder of the files.
    pub out: PathBuf,
    /// Number of files.
    pub files: usize,
    /// Number of notices; 1 for other documents.
    pub documents: usize,
}

/// Why nothing was written.
#[derive(Debug)]
pub enum DocumentError {
    /// The tables, the plan or the template have errors.
    Findings(Findings),
    /// The place cannot be written.
    Output(WriteError),
}

impl From<Findings> for DocumentError {
    fn from(findings: Findings) -> Self {
        DocumentError::Findings(findings)
    }
}

impl From<WriteError> for DocumentError {
    fn from(error: WriteError) -> Self {
        DocumentError::Output(error)
    }
}

/// Writes a document, all or nothing.
///
/// # Errors
/// See [`DocumentError`]; earlier files are then as they were.
pub fn document(request: &DocumentRequest) -> Result<Documents, DocumentError> {
    let (scenario, findings) = validate::load(request.scenario);
    let scenario = scenario.ok_or(findings)?;
    let template = template(request)?;
    let plan = match request.kind {
        Kind::Summary => {
            if scenario.done.iter().all(|done| done.date < scenario.start) {
                return Err(nothing_done(request.scenario).into());
            }
            Plan::default()
        }
        Kind::Plan | Kind::Notice => plan(request, &scenario)?,
    };
    let season = Season::new(&scenario);
    // Documents say nothing of proofs, so none is needed.
    let measures = Measures::new(&season, &plan, &Proven::default());
    let (lang, kind) = (request.lang, request.kind);
    let filled = |fault| fault_finding(request, &fault);
    let bytes = match kind {
        Kind::Plan => document::work_plan(&season, &measures, &template, lang).map_err(filled)?,
        Kind::Summary => document::summary(&season, &measures, &template, lang).map_err(filled)?,
        Kind::Notice => {
            let all = document::notices(&season, &measures, &template, lang).map_err(filled)?;
            return write_notices(request, &chosen(request, &all)?);
        }
    };
    write_file(request.out, &bytes)?;
    Ok(Documents {
        out: request.out.to_owned(),
        files: 1,
        documents: 1,
    })
}

/// The template that is asked for.
fn template(request: &DocumentRequest) -> Result<Template, Findings> {
    let Some(path) = request.template else {
        return Ok(Template::built_in(request.kind, request.lang));
    };
    let mut findings = Findings::new();
    let text = read::text(path, &path.to_string_lossy(), &mut findings);
    let text = text.ok_or(findings)?;
    Template::parse(&text).map_err(|fault| fault_finding(request, &fault))
}

fn fault_finding(request: &DocumentRequest, fault: &TemplateFault) -> Findings {
    let name = request
        .template
        .map_or_else(String::new, |path| path.to_string_lossy().into_owned());
    let mut findings = Findings::new();
    let place = Place {
        line: fault.line,
        ..Place::file(name)
    };
    let finding = Finding::new(Code::TemplateFault, place, fault.reason.clone());
    findings.add(finding.help(say!(
        "写法和可用的名称见 docs/templates.md；--write-template 可得到自带的模板",
        "docs/templates.md tells the form and the names; --write-template gives the built-in template"
    )));
    findings
}

/// The plan, known to fit the tables.
fn plan(request: &DocumentRequest, scenario: &Scenario) -> Result<Plan, Findings> {
    let file = if request.plan.is_dir() {
        request.plan.join("visits.csv")
    } else {
        request.plan.to_owned()
    };
    let folder = request.scenario.display();
    if !file.exists() {
        let mut findings = Findings::new();
        let missing = file.display();
        let finding = Finding::new(
            Code::PlanMissing,
            Place::file(file.to_string_lossy()),
            say!(
                "还没有计划：找不到 {missing}",
                "there is no plan yet: {missing} is missing"
            ),
        );
        findings.add(finding.help(say!(
            "先运行 xiaosha plan {folder}，或用 --plan 指明计划所在的文件夹",
            "run xiaosha plan {folder} first, or name the folder of the plan with --plan"
        )));
        return Err(findings);
    }
    let (plan, findings) = verify::valid_plan(scenario, &file);
    plan.ok_or_else(|| outdated(request, scenario, &file).unwrap_or(findings))
}

/// The one finding about a plan made before visits were recorded: that it is out of date says more than all the rules
/// that it breaks now.
fn outdated(request: &DocumentRequest, scenario: &Scenario, file: &Path) -> Option<Findings> {
    let (rows, _) = verify::read_plan(file);
    let plan = verify::named_plan(scenario, &rows?.rows).ok()?;
    let first = scenario.plan_from;
    if plan.visits.iter().all(|visit| visit.date >= first) {
        return None;
    }
    let folder = request.scenario.display();
    let finding = Finding::new(
        Code::PlanInvalid,
        Place::file(file.to_string_lossy()),
        say!(
            "计划已过时：其中有 {first} 以前的作业，而现在从这一天起安排新作业",
            "the plan is out of date: it has visits before {first}, from which new ones are planned now"
        ),
    );
    let mut findings = Findings::new();
    findings.add(finding.help(say!(
        "重新运行 xiaosha plan {folder}",
        "run xiaosha plan {folder} again"
    )));
    Some(findings)
}

fn nothing_done(scenario: &Path) -> Findings {
    let mut findings = Findings::new();
    let mut place = Place::file("done.csv");
    if scenario.is_file() {
        // No sheet: the workbook may not have it yet, and the message names it.
        place = Place::file(scenario.to_string_lossy());
    }
    let finding = Finding::new(
        Code::NothingToTell,
        place,
        say!(
            "done.csv 中没有计划期内已完成的作业",
            "done.csv holds no visit of the horizon"
        ),
    );
    findings.add(finding.help(say!(
        "把已完成的作业登记到 done.csv 后再写总结",
        "enter what was done in done.csv first"
    )));
    validate::speak_of_sheets(&mut findings);
    findings
}

/// The notices that the request asks for.
fn chosen<'n>(
    request: &DocumentRequest,
    all: &'n [Notice],
) -> Result<Vec<&'n Notice>, DocumentError> {
    let zone = request.zone.map(read::normal);
    let of_zone = |notice: &&Notice| zone.is_none() || notice.zone == zone;
    let of_round = |notice: &&Notice| request.round.is_none_or(|round| notice.number == round);
    let chosen: Vec<&Notice> = all.iter().filter(of_zone).filter(of_round).collect();
    if !chosen.is_empty() {
        return Ok(chosen);
    }
    let mut findings = Findings::new();
    let rounds = all.iter().filter(of_zone).count();
    let zones: BTreeSet<&str> = all
        .iter()
        .filter_map(|notice| notice.zone.as_deref())
        .collect();
    let (message, help) = match (&zone, request.round) {
        (Some(zone), _) if rounds == 0 => {
            let near = nearest(zone, zones.iter().copied());
            let zone = shown(zone);
            let known = near.map_or_else(
                || zones.iter().copied().collect::<Vec<_>>().join(", "),
                str::to_owned,
            );
            (
                say!(
                    "计划中没有片区 `{zone}` 的作业",
                    "the plan has no visit in zone `{zone}`"
                ),
                (!known.is_empty()).then(|| say!("有：{known}", "there is: {known}")),
            )
        }
        (_, Some(round)) if rounds > 0 => (
            say!("没有第 {round} 轮", "there is no round {round}"),
            Some(say!(
                "轮次从 1 数起，见不加 --round 时写出的公告",
                "rounds are counted from 1; without --round all are written"
            )),
        ),
        _ => (say!("计划中没有作业", "the plan has no visit"), None),
    };
    let mut finding = Finding::new(Code::NothingToTell, Place::default(), message);
    finding.help = help;
    findings.add(finding);
    Err(findings.into())
}

fn write_notices(
    request: &DocumentRequest,
    notices: &[&Notice],
) -> Result<Documents, DocumentError> {
    let lang = request.lang;
    let ends = request.out.extension();
    let one_file = ends.is_some_and(|ends| ends.eq_ignore_ascii_case("docx"));
    let mut written = Documents {
        out: request.out.to_owned(),
        files: 1,
        documents: notices.len(),
    };
    if one_file {
        let all = document::set_notices(notices.iter().copied(), lang);
        write_file(request.out, &all)?;
        return Ok(written);
    }
    let folder = OutputFolder::prepare(request.out)?;
    let mut names = FileNames::default();
    let files: Vec<OutputFile> = notices
        .iter()
        .map(|&notice| OutputFile {
            name: names.distinct(&file_stem(notice, lang), ".docx"),
            bytes: document::set_notices([notice], lang),
        })
        .collect();
    written.files = files.len();
    folder.replace(&files)?;
    Ok(written)
}

/// The file of a notice, without its ending.
fn file_stem(notice: &Notice, lang: Lang) -> String {
    let zone = notice.zone.as_deref();
    let zone = safe_part(zone.unwrap_or(lang.pick("辖区", "district")));
    let number = notice.number;
    match lang {
        Lang::Zh => format!("消杀公告-{zone}-第{number:02}轮"),
        Lang::En => format!("notice-{zone}-round-{number:02}"),
    }
}
