//! Progress on standard error while a person watches; nothing otherwise. Also where Ctrl-C arrives.

use crate::engine::{Outcome, Stage};
use crate::lang::Lang;
use crate::measures;
use crate::pipeline::{CompareWatcher, FrontierWatcher, Step, Watcher};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A line that says the step, the gap and the time.
pub(super) struct Progress {
    lang: Lang,
    line: ProgressBar,
    state: Mutex<State>,
    interrupted: Arc<AtomicBool>,
}

/// What the line says.
#[derive(Default)]
struct State {
    step: &'static str,
    gap: Option<f64>,
}

/// Whether Ctrl-C was pressed.
fn listen() -> Arc<AtomicBool> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&interrupted);
    // Without a handler Ctrl-C ends the program at once, which leaves earlier output as it was.
    let _ = ctrlc::set_handler(move || heard.store(true, Ordering::Relaxed));
    interrupted
}

/// A line on standard error if that is a terminal, else one that nobody sees.
fn line(quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let line = ProgressBar::new_spinner();
    line.set_style(
        ProgressStyle::with_template("{spinner} {msg}  {elapsed}").expect("the template is right"),
    );
    line.enable_steady_tick(Duration::from_millis(100));
    line
}

/// A step in words.
fn words(step: Step, lang: Lang) -> &'static str {
    let (zh, en) = match step {
        Step::Reading => ("读取表格", "reading"),
        Step::Planning(Stage::Allocate) => ("分配轮次和工日", "allocating rounds and crew-days"),
        Step::Planning(Stage::Dispatch) => ("安排日期和班组", "placing days and crews"),
        Step::Planning(Stage::Exact) => ("逐日求精", "closing the gap day by day"),
        Step::Planning(Stage::Prove) => ("证明离最优多远", "proving how close it is"),
        Step::Planning(Stage::Polish) => ("把日程排顺", "arranging days for people"),
        Step::Explaining => ("查找原因和对策", "looking for reasons and cures"),
        Step::Checking => ("核验计划", "checking the plan"),
        Step::Writing => ("写入文件", "writing"),
    };
    lang.pick(zh, en)
}

impl Progress {
    /// Shows progress if standard error is a terminal, and listens for Ctrl-C.
    pub(super) fn new(lang: Lang, quiet: bool) -> Self {
        Progress {
            lang,
            line: line(quiet),
            state: Mutex::default(),
            interrupted: listen(),
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        self.line.finish_and_clear();
    }

    fn update(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut state);
        let gap = state.gap.map(|gap| {
            let per_cent = format!("{:.2} %", gap * 100.0);
            match self.lang {
                Lang::Zh => format!("，与最优最多差 {per_cent}"),
                Lang::En => format!(", at most {per_cent} from the best"),
            }
        });
        self.line
            .set_message(format!("{}{}", state.step, gap.unwrap_or_default()));
    }
}

impl Watcher for Progress {
    fn step(&self, step: Step) {
        self.update(|state| state.step = words(step, self.lang));
    }

    fn improved(&self, outcome: &Outcome) {
        // The gap in money says something only when no more can be covered.
        let covered = outcome.shortfall == outcome.bounds.shortfall;
        let gap = measures::gap(outcome.cost, outcome.bounds.cost);
        self.update(|state| state.gap = covered.then_some(gap).filter(|&gap| gap < 1.0));
    }

    fn interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }
}

/// A line that says which plans are being made, and how many are there.
pub(super) struct CompareProgress {
    lang: Lang,
    line: ProgressBar,
    plans: Mutex<Vec<PlanState>>,
    interrupted: Arc<AtomicBool>,
}

/// How far a plan is.
struct PlanState {
    name: String,
    step: Option<&'static str>,
    planned: bool,
}

impl CompareProgress {
    /// Shows progress if standard error is a terminal, and listens for Ctrl-C.
    pub(super) fn new(lang: Lang, quiet: bool) -> Self {
        CompareProgress {
            lang,
            line: line(quiet),
            plans: Mutex::default(),
            interrupted: listen(),
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        self.line.finish_and_clear();
    }

    fn update(&self, change: impl FnOnce(&mut Vec<PlanState>)) {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut plans);
        let there = plans.iter().filter(|plan| plan.planned).count();
        let mut message = match self.lang {
            Lang::Zh => format!("计划 {there}/{}", plans.len()),
            Lang::En => format!("plans {there}/{}", plans.len()),
        };
        for plan in plans.iter().filter(|plan| !plan.planned) {
            if let Some(step) = plan.step {
                // Writing to a string cannot fail.
                let _ = write!(message, "  {}: {step}", plan.name);
            }
        }
        self.line.set_message(message);
    }
}

impl CompareWatcher for CompareProgress {
    fn begin(&self, names: &[String]) {
        let plans = names.iter().map(|name| PlanState {
            name: name.clone(),
            step: None,
            planned: false,
        });
        self.update(|state| *state = plans.collect());
    }

    fn step(&self, scenario: usize, step: Step) {
        let step = words(step, self.lang);
        self.update(|plans| plans[scenario].step = Some(step));
    }

    fn planned(&self, scenario: usize) {
        self.update(|plans| plans[scenario].planned = true);
    }

    fn interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }
}

/// A line that says the step, and how many of the amounts are done with.
pub(super) struct FrontierProgress {
    lang: Lang,
    line: ProgressBar,
    step: Mutex<&'static str>,
    interrupted: Arc<AtomicBool>,
}

impl FrontierProgress {
    /// Shows progress if standard error is a terminal, and listens for Ctrl-C.
    pub(super) fn new(lang: Lang, quiet: bool) -> Self {
        FrontierProgress {
            lang,
            line: line(quiet),
            step: Mutex::default(),
            interrupted: listen(),
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        self.line.finish_and_clear();
    }
}

impl FrontierWatcher for FrontierProgress {
    fn step(&self, step: Step) {
        let step = words(step, self.lang);
        *self.step.lock().unwrap_or_else(PoisonError::into_inner) = step;
        self.line.set_message(step);
    }

    fn counted(&self, done: usize, of: usize) {
        let step = *self.step.lock().unwrap_or_else(PoisonError::into_inner);
        self.line.set_message(format!("{step}  {done}/{of}"));
    }

    fn interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }
}
