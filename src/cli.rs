//! The command line: what the user typed, what is shown, which exit code comes of it.
//!
//! Invariant: only this module and `main.rs` print, and nobody but `main.rs` imports it.

mod arguments;
mod check;
mod compare;
mod console;
mod convert;
mod crash;
mod document;
mod exit;
mod explain;
mod frontier;
mod help;
mod init;
mod outcome;
mod plan;
mod progress;
mod record;
mod usage;
mod verify;

pub use exit::Exit;

use crate::lang::Lang;
use arguments::{Arguments, Command};
use clap::FromArgMatches;
use std::ffi::OsString;

/// Runs the program; a panic becomes a message that asks to report it.
pub fn run(args: Vec<OsString>) -> Exit {
    let lang = language(&args);
    crash::guard(lang, move || {
        let parsed = help::command(lang)
            .try_get_matches_from(args)
            .and_then(|matches| Arguments::from_arg_matches(&matches));
        match parsed {
            Ok(arguments) => dispatch(&arguments.command, lang),
            Err(error) => usage::show(&error, lang),
        }
    })
}

fn dispatch(command: &Command, lang: Lang) -> Exit {
    match command {
        Command::Check(arguments) => check::run(arguments, lang),
        Command::Plan(arguments) => plan::run(arguments, lang),
        Command::Verify(arguments) => verify::run(arguments, lang),
        Command::Compare(arguments) => compare::run(arguments, lang),
        Command::Explain(arguments) => explain::run(arguments, lang),
        Command::Frontier(arguments) => frontier::run(arguments, lang),
        Command::Record(arguments) => record::run(arguments, lang),
        Command::Document(arguments) => document::run(arguments, lang),
        Command::Init(arguments) => init::run(arguments, lang),
        Command::Convert(arguments) => convert::run(arguments, lang),
    }
}

/// The language: `--lang` wherever it stands, else that of the system. Needed before the arguments are parsed,
/// because help and faults are told in it.
fn language(args: &[OsString]) -> Lang {
    let words: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let given = words.iter().enumerate().find_map(|(at, word)| {
        let value = word.strip_prefix("--lang=");
        value.or_else(|| (*word == "--lang").then(|| words.get(at + 1).copied())?)
    });
    match given {
        Some("zh") => Lang::Zh,
        Some("en") => Lang::En,
        _ if sys_locale::get_locale().is_some_and(|locale| locale.starts_with("zh")) => Lang::Zh,
        _ => Lang::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_found_wherever_it_stands() {
        let lang = |line: &str| language(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(lang("xiaosha check x --lang zh"), Lang::Zh);
        assert_eq!(lang("xiaosha --lang=zh check x"), Lang::Zh);
        assert_eq!(lang("xiaosha --lang en --lang=zh"), Lang::En);
    }
}
