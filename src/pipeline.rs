//! The story of a run, told once: read, check, plan, verify, measure, write.
//!
//! Invariant: only this module knows all stages, and no stage knows this module.

mod audit;
mod better;
mod clock;
mod compare;
mod document;
mod explain;
mod frontier;
mod key;
mod load;
pub mod place;
mod reuse;
mod worker;

pub use clock::Clock;
pub use compare::{CompareError, CompareRequest, CompareWatcher, Compared, compare};
pub use document::{DocumentError, DocumentRequest, Documents, document};
pub use explain::{ExplainError, ExplainRequest, Explained, explain};
pub use frontier::{
    FrontierDone, FrontierError, FrontierRequest, FrontierWatcher, Range, frontier,
};

use crate::domain::Scenario;
use crate::engine::{self, Options, Outcome, Stage};
use crate::finding::Findings;
use crate::lang::{Lang, Text};
use crate::measures::{Measures, Proven};
use crate::report::{self, OutputFile, OutputFolder, PageContent, WriteError};
use crate::season::Season;
use crate::verify;
use key::PlanKey;
use load::Loaded;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// What is to be planned, and how.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The scenario, a folder or a workbook.
    pub scenario: &'a Path,
    /// The output folder.
    pub out: &'a Path,
    /// What the result may depend on.
    pub options: Options,
    /// When to take the best plan so far.
    pub time_limit: Option<Duration>,
    /// Language of the workbook and the calendars, and the one in which the page opens.
    pub lang: Lang,
}

/// A step of the run, for who watches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Reading and checking the tables.
    Reading,
    /// Planning.
    Planning(Stage),
    /// Checking the plan and working out its figures.
    Checking,
    /// Looking into what falls short and what things are worth.
    Explaining,
    /// Writing the files.
    Writing,
}

/// Who watches a run, and may end the planning early.
pub trait Watcher: Send + Sync {
    /// The run begins a step.
    fn step(&self, step: Step);
    /// A better plan, or a better bound, than any before.
    fn improved(&self, outcome: &Outcome);
    /// Whether to take the best plan so far.
    fn interrupted(&self) -> bool;
}

/// Nobody watches; a run goes on to its end.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Watcher for Unwatched {
    fn step(&self, _: Step) {}
    fn improved(&self, _: &Outcome) {}
    fn interrupted(&self) -> bool {
        false
    }
}

/// How the planning ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The planner came to its end: same input and options, same plan.
    Finished,
    /// The time limit was reached; the plan depends on the machine.
    TimeLimit,
    /// The user ended it; the plan depends on when.
    Interrupted,
}

/// A plan that was verified and written.
#[derive(Debug)]
pub struct Planned {
    /// What was planned.
    pub scenario: Arc<Scenario>,
    /// Warnings about the tables.
    pub findings: Findings,
    /// What the plan comes to.
    pub measures: Measures,
    /// How the planning ended.
    pub end: End,
}

/// Why nothing was written.
#[derive(Debug)]
pub enum PlanError {
    /// The tables have errors.
    Findings(Findings),
    /// The user ended the planning before there was any visit.
    Interrupted,
    /// The output folder cannot be written.
    Output(WriteError),
    /// The planner's plan fails the check, or figures disagree: a fault of the program.
    Bug(Vec<Text>),
}

/// Plans a scenario and writes the result, all or nothing.
///
/// # Errors
/// See [`PlanError`]; earlier output is then as it was.
pub fn plan(request: &Request, watcher: &Arc<dyn Watcher>) -> Result<Planned, PlanError> {
    let clock = Clock::start();
    watcher.step(Step::Reading);
    let read = Loaded::read(request.scenario, request.options);
    let (loaded, _) = read.map_err(PlanError::Findings)?;
    plan_loaded(loaded, request, watcher, clock)
}

/// Every file of a plan but summary.json and plan.key.
fn files(season: &Season, measures: &Measures, lang: Lang) -> Vec<OutputFile> {
    let tables_and_page = || {
        let mut files = report::tables(season, measures);
        let page = PageContent::of_plan(season, measures);
        files.push(report::page(&page, lang));
        files
    };
    // The workbook of a city takes about as long as all else.
    let (mut files, documents) = engine::both_in_parallel(tables_and_page, || {
        report::documents(season, measures, lang)
    });
    files.extend(documents);
    files
}

/// Plans what has been read.
fn plan_loaded(
    loaded: Loaded,
    request: &Request,
    watcher: &Arc<dyn Watcher>,
    mut clock: Clock,
) -> Result<Planned, PlanError> {
    let scenario = loaded.scenario;
    let folder = OutputFolder::prepare(request.out).map_err(PlanError::Output)?;
    clock.lap("read");

    let (outcome, end) = worker::run(&scenario, request, watcher, clock.elapsed());
    if end == End::Interrupted && outcome.plan.visits.is_empty() {
        return Err(PlanError::Interrupted);
    }
    clock.lap("plan");

    watcher.step(Step::Checking);
    let judgement = verify::judge_plan(&scenario, &outcome.plan);
    clock.lap("verify");

    let season = Season::new(&scenario);
    let proven = Proven {
        shortfall: outcome.bounds.shortfall.clone(),
        cost: outcome.bounds.cost,
    };
    let measures = Measures::new(&season, &outcome.plan, &proven);
    let faults = audit::faults(&judgement, &measures, &outcome);
    if !faults.is_empty() {
        return Err(PlanError::Bug(faults));
    }
    clock.lap("measures");

    watcher.step(Step::Writing);
    let mut files = files(&season, &measures, request.lang);
    clock.lap("report");
    files.push(report::summary_json(&season, &measures, clock.laps()));
    let finished = end == End::Finished;
    files.push(PlanKey::of(&loaded.origin, request.lang, finished, &files));
    folder.replace(&files).map_err(PlanError::Output)?;

    drop(season);
    Ok(Planned {
        scenario,
        findings: loaded.findings,
        measures,
        end,
    })
}
