//! The planner on a thread of its own, so that a limit or Ctrl-C can end the wait.
//!
//! The solver cannot be stopped within a solve. When time is up the planner is asked to stop and given a moment to
//! come to an end; then the best plan that it has published is taken and the thread is left behind.

use super::{End, Request, Step, Watcher};
use crate::domain::{Plan, Scenario};
use crate::engine::{self, Bounds, Outcome, Stage};
use crate::measures;
use crate::season::Season;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long the planner may take to come to an end once it is asked to.
const GRACE: Duration = Duration::from_secs(2);
/// How often limit and Ctrl-C are looked at.
const TICK: Duration = Duration::from_millis(20);
/// The solver recurses deeper than the two megabytes that a thread has by default allow for.
const STACK: usize = 64 << 20;

/// What the planner has published, and whether it should stop.
struct Board {
    best: Mutex<Option<Outcome>>,
    stop: AtomicBool,
    watcher: Arc<dyn Watcher>,
}

impl engine::Watch for Board {
    fn stage(&self, stage: Stage) {
        self.watcher.step(Step::Planning(stage));
    }

    fn improved(&self, outcome: &Outcome) {
        let mut best = self.best.lock().unwrap_or_else(PoisonError::into_inner);
        // Of a plan in the making another part may have shown a better one already.
        let worse =
            |known: &Outcome| (&outcome.shortfall, outcome.cost) > (&known.shortfall, known.cost);
        if !best.as_ref().is_some_and(worse) {
            self.watcher.improved(outcome);
            *best = Some(outcome.clone());
        }
    }

    fn stop(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// Plans until the planner's end, the limit (of which some is spent already) or an interruption.
///
/// A panic of the planner goes on here.
pub(super) fn run(
    scenario: &Arc<Scenario>,
    request: &Request,
    watcher: &Arc<dyn Watcher>,
    spent: Duration,
) -> (Outcome, End) {
    let start = Instant::now();
    let board = Arc::new(Board {
        best: Mutex::new(None),
        stop: AtomicBool::new(false),
        watcher: Arc::clone(watcher),
    });
    let (sender, receiver) = mpsc::channel();
    let planner = {
        let (scenario, board, options) =
            (Arc::clone(scenario), Arc::clone(&board), request.options);
        thread::Builder::new()
            .name("planner".to_owned())
            .stack_size(STACK)
            .spawn(move || {
                let season = Season::new(&scenario);
                // Nobody listens any more when time is up.
                let _ = sender.send(engine::plan(&season, &options, &*board));
            })
            .expect("the system gives a thread")
    };
    let limit = request.time_limit;
    let mut stopped: Option<(End, Instant)> = None;
    loop {
        match receiver.recv_timeout(TICK) {
            Ok(outcome) => return (outcome, stopped.map_or(End::Finished, |(end, _)| end)),
            Err(RecvTimeoutError::Disconnected) => match planner.join() {
                Err(panic) => panic::resume_unwind(panic),
                Ok(()) => unreachable!("the planner sends before it ends"),
            },
            Err(RecvTimeoutError::Timeout) => {}
        }
        if let Some((end, since)) = stopped {
            if since.elapsed() > GRACE {
                let best = board.best.lock().unwrap_or_else(PoisonError::into_inner);
                return (best.clone().unwrap_or_else(|| nothing(scenario)), end);
            }
            continue;
        }
        let end = if watcher.interrupted() {
            End::Interrupted
        } else if limit.is_some_and(|limit| start.elapsed() + spent >= limit) {
            End::TimeLimit
        } else {
            continue;
        };
        board.stop.store(true, Ordering::Relaxed);
        stopped = Some((end, Instant::now()));
    }
}

/// Does work on a thread of its own, deep enough for the solver; `None` when the user ended it.
///
/// The work is then told to `stop` and given a moment; if it does not come to an end the thread is left behind. A panic
/// of the work goes on here.
pub(super) fn unless_interrupted<R: Send + 'static>(
    work: impl FnOnce() -> R + Send + 'static,
    interrupted: impl Fn() -> bool,
    stop: impl Fn(),
) -> Option<R> {
    let (sender, receiver) = mpsc::channel();
    let worker = thread::Builder::new()
        .name("planner".to_owned())
        .stack_size(STACK)
        .spawn(move || {
            // Nobody listens any more after an interruption.
            let _ = sender.send(work());
        })
        .expect("the system gives a thread");
    let mut stopped: Option<Instant> = None;
    loop {
        match receiver.recv_timeout(TICK) {
            Ok(result) => return stopped.is_none().then_some(result),
            Err(RecvTimeoutError::Disconnected) => match worker.join() {
                Err(panic) => panic::resume_unwind(panic),
                Ok(()) => unreachable!("the worker sends before it ends"),
            },
            Err(RecvTimeoutError::Timeout) => {}
        }
        if stopped.is_some_and(|since| since.elapsed() > GRACE) {
            return None;
        }
        if stopped.is_none() && interrupted() {
            stop();
            stopped = Some(Instant::now());
        }
    }
}

/// The empty plan, which is always valid, with nothing proven of it.
fn nothing(scenario: &Scenario) -> Outcome {
    let season = Season::new(scenario);
    let plan = Plan::default();
    Outcome {
        shortfall: measures::shortfall(&season, &plan),
        cost: measures::cost(&season, &plan).total(),
        bounds: Bounds::default(),
        plan,
    }
}
