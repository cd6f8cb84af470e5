//! The budget frontier of a scenario: planned without a limit on what is spent in all, then for one amount after
//! another; every plan judged before anything is written.

mod range;

pub use range::Range;

use super::load::Loaded;
use super::{Step, audit, worker};
use crate::domain::{Money, Plan, Scenario};
use crate::engine::{self, Options, Outcome, Stage};
use crate::finding::Findings;
use crate::lang::{Lang, Text};
use crate::measures::{self, FrontierFigures, Measures, Proven};
use crate::report::{self, OutputFolder, PageContent, WriteError};
use crate::season::Season;
use crate::verify;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whose frontier is wanted, and for which amounts.
#[derive(Debug, Clone, Copy)]
pub struct FrontierRequest<'a> {
    /// The scenario, a folder or a workbook.
    pub scenario: &'a Path,
    /// The output folder.
    pub out: &'a Path,
    /// What the result may depend on.
    pub options: Options,
    /// The amounts.
    pub range: Range,
    /// The language in which the page opens.
    pub lang: Lang,
}

/// Who watches a frontier being made, and may end it.
pub trait FrontierWatcher: Send + Sync {
    /// The run begins a step.
    fn step(&self, step: Step);
    /// So much of the amounts is done with in this step.
    fn counted(&self, done: usize, of: usize);
    /// Whether to end without a frontier.
    fn interrupted(&self) -> bool;
}

impl FrontierWatcher for super::Unwatched {
    fn step(&self, _: Step) {}
    fn counted(&self, _: usize, _: usize) {}
    fn interrupted(&self) -> bool {
        false
    }
}

/// A frontier that was written.
#[derive(Debug)]
pub struct FrontierDone {
    /// Whose frontier it is.
    pub scenario: Arc<Scenario>,
    /// Warnings about the tables.
    pub findings: Findings,
    /// What each amount allows.
    pub figures: FrontierFigures,
}

/// Why there is no frontier.
#[derive(Debug)]
pub enum FrontierError {
    /// The tables have errors.
    Findings(Findings),
    /// There are no amounts between those given.
    Usage(Text),
    /// The user ended it; nothing was written.
    Interrupted,
    /// The output folder cannot be written.
    Output(WriteError),
    /// A plan fails the check, or figures disagree: a fault of the program.
    Bug(Vec<Text>),
}

/// Plans a scenario for several amounts and writes what each allows, all or nothing.
///
/// # Errors
/// See [`FrontierError`]; earlier output is then as it was.
pub fn frontier(
    request: &FrontierRequest,
    watcher: &Arc<dyn FrontierWatcher>,
) -> Result<FrontierDone, FrontierError> {
    watcher.step(Step::Reading);
    request.range.check().map_err(FrontierError::Usage)?;
    let read = Loaded::read(request.scenario, request.options);
    let (loaded, _) = read.map_err(FrontierError::Findings)?;
    let scenario = loaded.scenario;
    let folder = OutputFolder::prepare(request.out).map_err(FrontierError::Output)?;

    let swept = {
        let relay = Arc::new(Relay {
            watcher: Arc::clone(watcher),
            stop: AtomicBool::new(false),
        });
        let (scenario, range, options) = (Arc::clone(&scenario), request.range, request.options);
        let heard = Arc::clone(&relay);
        worker::unless_interrupted(
            move || Swept::new(&scenario, &range, &options, &*relay),
            || watcher.interrupted(),
            || heard.stop.store(true, Ordering::Relaxed),
        )
    };
    let swept = swept.flatten().ok_or(FrontierError::Interrupted)?;
    let swept = swept.map_err(FrontierError::Usage)?;

    watcher.step(Step::Checking);
    let figures = swept.figures(&scenario).map_err(FrontierError::Bug)?;

    watcher.step(Step::Writing);
    let page = PageContent {
        title: Text::new(
            format!("经费与效果：{}", scenario.name),
            format!("Money and result: {}", scenario.name),
        ),
        dates: (scenario.start, scenario.end),
        currency: &scenario.currency,
        plan: None,
        frontier: Some(figures.clone()),
        comparison: None,
        planned_again: Vec::new(),
        explanations: Vec::new(),
        answers: Vec::new(),
    };
    let files = [
        report::frontier_table(&figures),
        report::page(&page, request.lang),
    ];
    folder.replace(&files).map_err(FrontierError::Output)?;
    Ok(FrontierDone {
        scenario,
        findings: loaded.findings,
        figures,
    })
}

/// Tells the watcher of the pipeline what the planner does.
struct Relay {
    watcher: Arc<dyn FrontierWatcher>,
    stop: AtomicBool,
}

impl engine::Watch for Relay {
    fn stage(&self, stage: Stage) {
        self.watcher.step(Step::Planning(stage));
    }

    fn improved(&self, _: &Outcome) {}

    fn stop(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn counted(&self, done: usize, of: usize) {
        self.watcher.counted(done, of);
    }
}

/// Plans for all amounts.
struct Swept {
    /// The best plan with no limit on what is spent in all.
    full: Outcome,
    amounts: Vec<Money>,
    outcomes: Vec<Outcome>,
}

impl Swept {
    /// Plans; `None` when stopped, a message when there are no amounts.
    fn new(
        scenario: &Scenario,
        range: &Range,
        options: &Options,
        watch: &dyn engine::Watch,
    ) -> Option<Result<Self, Text>> {
        let unlimited = scenario.with_total(None);
        let open = Season::new(&unlimited);
        let full = engine::plan(&open, options, watch);
        if watch.stop() {
            return None;
        }
        let owed = measures::cost(&open, &Plan::default()).total();
        let amounts = match range.amounts(owed, full.cost) {
            Ok(amounts) => amounts,
            Err(message) => return Some(Err(message)),
        };
        let outcomes = engine::frontier(scenario, &full, &amounts, options, watch)?;
        // On the way to less money a plan may have been found that is better still. What is proven of its cost among
        // plans for the largest amount holds for all: any other costs more than that amount.
        let best = outcomes
            .last()
            .filter(|last| last.shortfall < full.shortfall);
        Some(Ok(Swept {
            full: best.unwrap_or(&full).clone(),
            amounts,
            outcomes,
        }))
    }

    /// The figures of all plans, when planner, measures and checker agree on every one.
    fn figures(&self, scenario: &Scenario) -> Result<FrontierFigures, Vec<Text>> {
        let unlimited = scenario.with_total(None);
        let open = Season::new(&unlimited);
        let (full, full_proven) = audited(&unlimited, &self.full)?;
        let mut points = Vec::new();
        for (&amount, outcome) in self.amounts.iter().zip(&self.outcomes) {
            let limited = scenario.with_total(Some(amount));
            let (_, proven) = audited(&limited, outcome).map_err(|faults| {
                let name = |fault: &Text| {
                    Text::new(
                        format!("经费 {amount}：{}", fault.zh),
                        format!("budget {amount}: {}", fault.en),
                    )
                };
                faults.iter().map(name).collect::<Vec<_>>()
            })?;
            points.push((amount, &outcome.plan, proven));
        }
        let points: Vec<_> = points.iter().map(|(a, b, c)| (*a, *b, c)).collect();
        Ok(FrontierFigures::new(&open, &points, (&full, &full_proven)))
    }
}

/// What a plan comes to, when planner, measures and checker agree.
fn audited(scenario: &Scenario, outcome: &Outcome) -> Result<(Measures, Proven), Vec<Text>> {
    let season = Season::new(scenario);
    let proven = Proven {
        shortfall: outcome.bounds.shortfall.clone(),
        cost: outcome.bounds.cost,
    };
    let measures = Measures::new(&season, &outcome.plan, &proven);
    let judgement = verify::judge_plan(scenario, &outcome.plan);
    let faults = audit::faults(&judgement, &measures, outcome);
    if faults.is_empty() {
        Ok((measures, proven))
    } else {
        Err(faults)
    }
}
