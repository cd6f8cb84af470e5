//! Printing. A reader that went away (`| head`) is no fault.

use crate::lang::{Lang, Text};
use std::io::{self, Write};

/// What was asked for, to standard output.
pub(super) fn out(text: &str) {
    send(&mut io::stdout().lock(), text);
}

/// What went wrong, to standard error.
pub(super) fn error(lang: Lang, message: &Text) {
    let label = lang.pick("错误：", "error: ");
    note(&format!("{label}{}\n", message.get(lang)));
}

/// What is said besides, to standard error.
pub(super) fn note(text: &str) {
    send(&mut io::stderr().lock(), text);
}

fn send(stream: &mut impl Write, text: &str) {
    // Nobody is left to be told: the stream that would carry the message is the one that failed.
    let _ = stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.flush());
}
