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

/// A line that says what is being done and for how long.
pub(super) struct Progress {
    lang: Lang,
    line: ProgressBar,
    said: Mutex<Said>,
    interrupted: Arc<AtomicBool>,
}

/// What the line says.
#[derive(Default)]
struct Said {
    step: &'static str,
    /// How far the step is.
    far: String,
    /// How far each of several plans is.
    plans: Vec<PlanState>,
}

/// How far a plan is.
struct PlanState {
    name: String,
    step: Option<&'static str>,
    planned: bool,
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
            said: Mutex::default(),
            interrupted: listen(),
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        self.line.finish_and_clear();
    }

    /// Changes what is said of one plan.
    fn say(&self, change: impl FnOnce(&mut Said)) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut said);
        self.line.set_message(format!("{}{}", said.step, said.far));
    }

    /// Changes what is said of several plans.
    fn say_of_plans(&self, change: impl FnOnce(&mut Vec<PlanState>)) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let plans = &mut said.plans;
        change(plans);
        let there = plans.iter().filter(|plan| plan.planned).count();
        let label = self.lang.pick("计划", "plans");
        let mut message = format!("{label} {there}/{}", plans.len());
        for plan in plans.iter().filter(|plan| !plan.planned) {
            if let Some(step) = plan.step {
                // Writing to a string cannot fail.
                let _ = write!(message, "  {}: {step}", plan.name);
            }
        }
        self.line.set_message(message);
    }

    fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }
}

impl Watcher for Progress {
    fn step(&self, step: Step) {
        self.say(|said| said.step = words(step, self.lang));
    }

    fn improved(&self, outcome: &Outcome) {
        // The gap in money says something only when no more can be covered.
        let covered = outcome.shortfall == outcome.bounds.shortfall;
        let gap = measures::gap(outcome.cost, outcome.bounds.cost);
        let far = if covered && gap < 1.0 {
            let per_cent = format!("{:.2} %", gap * 100.0);
            self.lang.say(
                format!("，与最优最多差 {per_cent}"),
                format!(", at most {per_cent} from the best"),
            )
        } else {
            String::new()
        };
        self.say(|said| said.far = far);
    }

    fn interrupted(&self) -> bool {
        self.is_interrupted()
    }
}

impl CompareWatcher for Progress {
    fn begin(&self, names: &[String]) {
        let plans = names.iter().map(|name| PlanState {
            name: name.clone(),
            step: None,
            planned: false,
        });
        self.say_of_plans(|state| *state = plans.collect());
    }

    fn step(&self, scenario: usize, step: Step) {
        let step = words(step, self.lang);
        self.say_of_plans(|plans| plans[scenario].step = Some(step));
    }

    fn planned(&self, scenario: usize) {
        self.say_of_plans(|plans| plans[scenario].planned = true);
    }

    fn interrupted(&self) -> bool {
        self.is_interrupted()
    }
}

impl FrontierWatcher for Progress {
    fn step(&self, step: Step) {
        self.say(|said| {
            said.step = words(step, self.lang);
            said.far.clear();
        });
    }

    fn counted(&self, done: usize, of: usize) {
        self.say(|said| said.far = format!("  {done}/{of}"));
    }

    fn interrupted(&self) -> bool {
        self.is_interrupted()
    }
}
