//! `xiaosha verify`: judges a plan from the tables alone.

use super::arguments::VerifyArguments;
use super::{Exit, check};
use crate::lang::Lang;
use crate::validate;

pub(super) fn run(arguments: &VerifyArguments, lang: Lang) -> Exit {
    let (scenario, findings) = validate::load(&arguments.scenario);
    match scenario {
        Some(_) => unimplemented!("reading {}", arguments.plan.display()),
        None => check::refuse(&findings, lang),
    }
}
