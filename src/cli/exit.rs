//! Exit codes.

use std::process::{ExitCode, Termination};

/// How the program ends; other programs rely on these numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// A fault of the program or the machine.
    Fault = 1,
    /// Wrong usage, or findings in the input.
    Input = 2,
    /// `verify` found the plan invalid, or `plan --require-full` fell short.
    Short = 3,
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}
