//! Seconds of the processor, which say more than a clock where others use the machine too.
#![allow(dead_code, reason = "each test and bench counts one of the two")]

use std::fs;
use std::time::Instant;

/// Whose seconds count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Those of all threads of this process.
    Process,
    /// Those of the thread that asks.
    Thread,
}

/// Counts from its start on; by the clock where the system does not tell (only Linux does, in hundredths).
pub(crate) struct StopWatch {
    whose: Whose,
    busy: Option<f64>,
    clock: Instant,
}

impl StopWatch {
    pub(crate) fn start(whose: Whose) -> Self {
        StopWatch {
            whose,
            busy: busy(whose),
            clock: Instant::now(),
        }
    }

    pub(crate) fn seconds(&self) -> f64 {
        let busy = busy(self.whose).zip(self.busy);
        busy.map_or_else(
            || self.clock.elapsed().as_secs_f64(),
            |(now, then)| now - then,
        )
    }
}

/// Seconds that a processor has been kept busy so far.
fn busy(whose: Whose) -> Option<f64> {
    let stat = fs::read_to_string(match whose {
        Whose::Process => "/proc/self/stat",
        Whose::Thread => "/proc/thread-self/stat",
    });
    let stat = stat.ok()?;
    // The name before it may hold blanks and brackets.
    let (_, rest) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}
