//! What the benches ask of the machine: memory, room to recurse, numbers from the environment.
#![allow(dead_code, reason = "each bench uses what it needs")]

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use xiaosha::engine::Effort;

/// Whether `cargo bench` runs this; `cargo test --benches` only wants to know that it builds.
pub(crate) fn is_bench() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

/// The most memory held since the start or the last [`forget_peak_memory`], in MiB; only Linux tells.
pub(crate) fn peak_memory() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib / 1024.0)
}

/// Counts the peak anew from what is held now. Where the system refuses, the peak stays that of the whole run.
pub(crate) fn forget_peak_memory() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// MiB for a table.
pub(crate) fn shown(memory: Option<f64>) -> String {
    memory.map_or_else(|| "?".to_owned(), |mib| format!("{mib:.0}"))
}

/// Runs on a thread with the stack that the program gives the planner.
pub(crate) fn with_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let thread = thread::Builder::new()
            .stack_size(64 << 20)
            .spawn_scoped(scope, work);
        (thread.expect("the system gives a thread").join()).expect("the work does not panic")
    })
}

/// The value of an environment variable, if it is set.
pub(crate) fn setting<T: std::str::FromStr>(name: &str) -> Option<T> {
    let text = std::env::var(name).ok()?;
    let value = text.trim().parse().ok();
    Some(value.unwrap_or_else(|| panic!("{name}={text} is not understood")))
}

/// The folder that `XIAOSHA_SCENARIO` names, `karamay-summer` where it is not set.
pub(crate) fn scenario_folder() -> PathBuf {
    let usual = || Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/karamay-summer");
    setting("XIAOSHA_SCENARIO").unwrap_or_else(usual)
}

/// The effort that `XIAOSHA_EFFORT` names, `normal` where it is not set.
pub(crate) fn effort() -> Effort {
    let word = setting("XIAOSHA_EFFORT").unwrap_or_else(|| "normal".to_owned());
    match word.as_str() {
        "quick" => Effort::Quick,
        "normal" => Effort::Normal,
        "thorough" => Effort::Thorough,
        other => panic!("XIAOSHA_EFFORT={other} is not understood"),
    }
}
