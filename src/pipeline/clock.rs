//! How long each stage takes. The only place that asks what time it is.

use crate::report::Seconds;
use std::time::{Duration, Instant};

/// A stop watch with laps.
#[derive(Debug)]
pub struct Clock {
    start: Instant,
    lap: Instant,
    laps: Seconds,
}

impl Clock {
    /// Starts it.
    pub fn start() -> Self {
        let now = Instant::now();
        Clock {
            start: now,
            lap: now,
            laps: Seconds::new(),
        }
    }

    /// Ends a stage.
    pub fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.laps.push((stage, now - self.lap));
        self.lap = now;
    }

    /// Time since the start.
    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// The stages that ended.
    pub fn laps(&self) -> &Seconds {
        &self.laps
    }
}
