//! A panic is a fault of the program: the user sees what to send, not a stack trace.

use super::Exit;
use super::console;
use crate::lang::Lang;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};

/// Runs the program and turns a panic, of any thread, into a message and [`Exit::Fault`].
pub(super) fn guard(lang: Lang, program: impl FnOnce() -> Exit) -> Exit {
    let first: Arc<Mutex<Option<String>>> = Arc::default();
    let seen = Arc::clone(&first);
    panic::set_hook(Box::new(move |panic| {
        let mut first = seen.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert_with(|| panic.to_string());
    }));
    let result = panic::catch_unwind(AssertUnwindSafe(program));
    let first = first.lock().unwrap_or_else(PoisonError::into_inner);
    result.unwrap_or_else(|_| {
        let what = first.as_deref().unwrap_or("panic");
        report(lang, what);
        Exit::Fault
    })
}

/// Asks to report a fault of the program.
pub(super) fn report(lang: Lang, what: &str) {
    let version = env!("CARGO_PKG_VERSION");
    let os = std::env::consts::OS;
    let ask = lang.pick(
        "程序内部出错，没有写入任何结果，原有结果未改动。请把下面的内容连同方案一起反馈给维护者：",
        "the program is at fault; nothing was written and earlier output is unchanged. Please report the lines below, with the scenario, to the maintainers:",
    );
    console::note(&format!("{ask}\n\nxiaosha {version} ({os})\n{what}\n"));
}
