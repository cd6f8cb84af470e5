//! A plan explained: found or made, looked into, and the answers written.

use super::key::{PlanKey, efforts_from};
use super::load::Loaded;
use super::{Clock, PlanError, Request, Step, Watcher, better, plan_loaded, reuse, worker};
use crate::domain::{Plan, RuleIx, Scenario};
use crate::engine::{self, Options, Stage};
use crate::explain::{self, Explanation, Filter};
use crate::finding::{Findings, nearest, say};
use crate::lang::{Lang, Text};
use crate::measures::{Measures, Proven};
use crate::report::{self, OutputFolder, PageContent, WriteError};
use crate::season::Season;
use crate::verify;
use std::path::Path;
use std::sync::Arc;

/// What is to be explained.
#[derive(Debug, Clone, Copy)]
pub struct ExplainRequest<'a> {
    /// The scenario, a folder or a workbook.
    pub scenario: &'a Path,
    /// The folder of the plan, or its visits.csv; `None` = the scenario's own plan if it is up to date and made with no less
    /// effort, else a new one.
    pub plan: Option<&'a Path>,
    /// The folder of the scenario's own plan.
    pub own_plan: &'a Path,
    /// The output folder; a new plan is written to `plan` within it.
    pub out: &'a Path,
    /// Where a better plan goes, if one is found; a folder that does not hold the plan that is explained.
    pub better: Option<&'a Path>,
    /// Sites that are asked for in particular, by id.
    pub sites: &'a [String],
    /// Rules that are asked for in particular, by id.
    pub rules: &'a [String],
    /// What the result may depend on.
    pub options: Options,
    /// Language in which the page opens.
    pub lang: Lang,
}

/// A plan explained.
#[derive(Debug)]
pub struct Explained {
    /// What was explained.
    pub scenario: Arc<Scenario>,
    /// Warnings about the tables.
    pub findings: Findings,
    /// The answers.
    pub explanation: Explanation,
}

/// Why nothing was written.
#[derive(Debug)]
pub enum ExplainError {
    /// A site or rule that is asked for is not there, or a better plan would replace the one that is explained.
    Usage(Text),
    /// The tables or the plan have errors.
    Findings(Findings),
    /// The user ended it.
    Interrupted,
    /// The output folder cannot be written.
    Output(WriteError),
    /// A fault of the program.
    Bug(Vec<Text>),
}

impl From<PlanError> for ExplainError {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Findings(findings) => ExplainError::Findings(findings),
            PlanError::Interrupted => ExplainError::Interrupted,
            PlanError::Output(error) => ExplainError::Output(error),
            PlanError::Bug(faults) => ExplainError::Bug(faults),
        }
    }
}

/// Explains a plan and writes the answers, all or nothing.
///
/// # Errors
/// See [`ExplainError`]; earlier output is then as it was.
pub fn explain(
    request: &ExplainRequest,
    watcher: &Arc<dyn Watcher>,
) -> Result<Explained, ExplainError> {
    let mut clock = Clock::start();
    watcher.step(Step::Reading);
    let read = Loaded::read(request.scenario, request.options);
    let (mut loaded, _) = read.map_err(ExplainError::Findings)?;
    let filter = filter(request, &loaded.scenario)?;
    let better_folder = better::prepare(request)?;
    let folder = OutputFolder::prepare(request.out).map_err(ExplainError::Output)?;
    let scenario = Arc::clone(&loaded.scenario);
    let findings = std::mem::take(&mut loaded.findings);
    let (plan, proven) = plan(request, loaded, watcher)?;
    let season = Season::new(&scenario);
    let measures = Measures::new(&season, &plan, &proven);
    clock.lap("read");

    watcher.step(Step::Explaining);
    let looked_into = {
        let (scenario, measures) = (Arc::clone(&scenario), measures.clone());
        let (options, relay) = (request.options, Relay(Arc::clone(watcher)));
        worker::unless_interrupted(
            move || explain::explain(&scenario, &plan, &measures, &filter, options, &relay),
            || watcher.interrupted(),
            // The relay asks for itself.
            || {},
        )
    };
    // What the relay ended early is not whole.
    let whole = looked_into.filter(|_| !watcher.interrupted());
    let explanation = whole.ok_or(ExplainError::Interrupted)?;
    clock.lap("explain");

    watcher.step(Step::Writing);
    let mut page = PageContent::of_plan(&season, &measures);
    report::explain_parts(&season, &explanation, &mut page);
    let files = [
        report::explain_table(&season, &explanation),
        report::page(&page, request.lang),
    ];
    if let (Some(found), Some(place)) = (&explanation.better, better_folder) {
        let known = (&proven, &explanation.present.shortfall);
        better::write(&scenario, found, known, (place, request), &clock)?;
    }
    folder.replace(&files).map_err(ExplainError::Output)?;
    drop(season);
    Ok(Explained {
        scenario,
        findings,
        explanation,
    })
}

/// The plan that is given, or an up-to-date one, or a new one; with what is proven of it.
fn plan(
    request: &ExplainRequest,
    loaded: Loaded,
    watcher: &Arc<dyn Watcher>,
) -> Result<(Plan, Proven), ExplainError> {
    let scenario = Arc::clone(&loaded.scenario);
    // The office's own plan may have been made with more effort; explaining another would help nobody.
    let found = |folder: &Path| {
        let mut efforts = efforts_from(request.options.effort).iter();
        efforts.find_map(|&effort| PlanKey::current(folder, &loaded.origin.with(effort)))?;
        read_back(&scenario, folder)
    };
    if let Some(given) = request.plan {
        let proven = PlanKey::is_proven(given, &loaded.origin).then(|| read_back(&scenario, given));
        if let Some(found) = proven.flatten() {
            return Ok(found);
        }
        let file = if given.is_dir() {
            given.join("visits.csv")
        } else {
            given.to_owned()
        };
        let (plan, findings) = verify::valid_plan(&scenario, &file);
        // Nothing is known of where it comes from, so nothing is taken as proven.
        let plan = plan.ok_or(ExplainError::Findings(findings))?;
        return Ok((plan, Proven::default()));
    }
    let new = request.out.join("plan");
    if let Some(found) = found(request.own_plan).or_else(|| found(&new)) {
        return Ok(found);
    }
    let request = Request {
        scenario: request.scenario,
        out: &new,
        options: request.options,
        time_limit: None,
        lang: request.lang,
    };
    plan_loaded(loaded, &request, watcher, Clock::start())?;
    read_back(&scenario, &new).ok_or_else(|| {
        let folder = new.display();
        ExplainError::Bug(vec![say!(
            "刚写入 {folder} 的计划读回后不一致",
            "the plan just written to {folder} does not read back as it was"
        )])
    })
}

fn read_back(scenario: &Scenario, folder: &Path) -> Option<(Plan, Proven)> {
    let measures = reuse::measures(scenario, folder)?;
    let visits = measures.visits.iter().map(|row| row.visit);
    let plan = Season::new(scenario).plan(visits.collect());
    Some((plan, measures.closeness.proven))
}

/// The sites and rules that are asked for.
fn filter(request: &ExplainRequest, scenario: &Scenario) -> Result<Filter, ExplainError> {
    let mut filter = Filter::default();
    for id in request.sites {
        let id = crate::read::normal(id);
        let (site, part) = match id.rsplit_once('/') {
            Some((site, part)) => (site, part.parse::<u32>().ok()),
            None => (id.as_str(), None),
        };
        let at = scenario.sites.iter().position(|row| row.id == site);
        let known = at.filter(|&at| {
            !id.contains('/')
                || part.is_some_and(|part| (1..=scenario.sites[at].parts).contains(&part))
        });
        let Some(at) = known else {
            let ids = scenario.sites.iter().map(|row| row.id.as_str());
            return Err(unknown(("地点", "site"), &id, nearest(&id, ids)));
        };
        filter.sites.push((at, part));
    }
    for id in request.rules {
        let id = crate::read::normal(id);
        let Some(at) = scenario.rules.iter().position(|row| row.id == id) else {
            let ids = scenario.rules.iter().map(|row| row.id.as_str());
            return Err(unknown(("规则", "rule"), &id, nearest(&id, ids)));
        };
        filter.rules.push(RuleIx(at));
    }
    Ok(filter)
}

fn unknown((zh, en): (&str, &str), id: &str, near: Option<&str>) -> ExplainError {
    let (near_zh, near_en) = near.map_or_else(Default::default, |near| {
        (format!("，是 {near} 吗"), format!("; did you mean {near}?"))
    });
    ExplainError::Usage(say!(
        "没有{zh} {id}{near_zh}",
        "there is no {en} {id}{near_en}"
    ))
}

/// Passes on only the wish to stop.
struct Relay(Arc<dyn Watcher>);

impl engine::Watch for Relay {
    fn stage(&self, _: Stage) {}
    fn improved(&self, _: &engine::Outcome) {}
    fn stop(&self) -> bool {
        self.0.interrupted()
    }
}
