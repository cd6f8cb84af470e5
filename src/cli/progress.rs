//! Progress on standard error while a person watches; nothing otherwise. Also where Ctrl-C arrives.

use crate::engine::{Outcome, Stage};
use crate::lang::Lang;
use crate::measures;
use crate::pipeline::{Step, Watcher};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
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

impl Progress {
    /// Shows progress if standard error is a terminal, and listens for Ctrl-C.
    pub(super) fn new(lang: Lang, quiet: bool) -> Self {
        let interrupted = Arc::new(AtomicBool::new(false));
        let heard = Arc::clone(&interrupted);
        // Without a handler Ctrl-C ends the program at once, which leaves earlier output as it was.
        let _ = ctrlc::set_handler(move || heard.store(true, Ordering::Relaxed));
        let line = if quiet || !std::io::stderr().is_terminal() {
            ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden())
        } else {
            let line = ProgressBar::new_spinner();
            line.set_style(
                ProgressStyle::with_template("{spinner} {msg}  {elapsed}")
                    .expect("the template is right"),
            );
            line.enable_steady_tick(Duration::from_millis(100));
            line
        };
        Progress {
            lang,
            line,
            state: Mutex::default(),
            interrupted,
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
        let (zh, en) = match step {
            Step::Reading => ("读取表格", "reading"),
            Step::Planning(Stage::Allocate) => {
                ("分配轮次和工日", "allocating rounds and crew-days")
            }
            Step::Planning(Stage::Dispatch) => ("安排日期和班组", "placing days and crews"),
            Step::Planning(Stage::Exact) => ("逐日求精", "closing the gap day by day"),
            Step::Planning(Stage::Prove) => ("证明离最优多远", "proving how close it is"),
            Step::Checking => ("核验计划", "checking the plan"),
            Step::Writing => ("写入文件", "writing"),
        };
        self.update(|state| state.step = self.lang.pick(zh, en));
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
