//! Work on several items at a time; the results do not depend on how many threads there are.

use std::panic;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The solver recurses deeper than the two megabytes that a thread has by default allow for.
const STACK: usize = 64 << 20;

/// Both results; the first is worked out on this thread.
pub(crate) fn both<A, B: Send>(
    here: impl FnOnce() -> A,
    there: impl FnOnce() -> B + Send,
) -> (A, B) {
    thread::scope(|scope| {
        let other = thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, there)
            .expect("the system gives a thread");
        let first = here();
        match other.join() {
            Ok(second) => (first, second),
            Err(panic) => panic::resume_unwind(panic),
        }
    })
}

/// The result for each item, in the order of the items.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let workers = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let workers = workers.min(items.len());
    if workers < 2 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let results: Vec<Mutex<Option<R>>> = items.iter().map(|_| Mutex::new(None)).collect();
    thread::scope(|scope| {
        let work = || {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(item) = items.get(at) else { break };
                let result = work(item);
                *results[at].lock().expect("a slot is written once") = Some(result);
            }
        };
        let handles: Vec<_> = (0..workers)
            .map(|_| {
                thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, work)
                    .expect("the system gives a thread")
            })
            .collect();
        for handle in handles {
            if let Err(panic) = handle.join() {
                panic::resume_unwind(panic);
            }
        }
    });
    let results = results
        .into_iter()
        .map(|slot| slot.into_inner().ok().flatten());
    results
        .map(|result| result.expect("every item was worked on"))
        .collect()
}
