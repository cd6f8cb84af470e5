//! What the tables allow but surely do not mean: warnings that need several tables at once.
//!
//! They are made of rows without errors only, so that one wrong cell does not draw a dozen others after it.

mod choose;
mod figures;
mod gaps;
mod open;
mod rules;
mod serve;
mod work;

use super::Draft;
use crate::domain::{CalendarRow, Day, DoneVisit, Exact, TreatmentIx};
use crate::finding::{Findings, shown};
use choose::Chosen;
use std::collections::BTreeMap;

/// What else is known when the tables have been read.
pub(super) struct Context<'a> {
    /// Piece rates by contractor and treatment.
    pub(super) rates: &'a BTreeMap<(String, TreatmentIx), Exact>,
    /// Days that differ.
    pub(super) calendar: &'a [CalendarRow],
    /// The season so far.
    pub(super) done: &'a [DoneVisit],
    /// First day of new visits.
    pub(super) plan_from: Day,
}

/// Makes all warnings of meaning.
pub(super) fn report(draft: &Draft<'_>, context: &Context<'_>, findings: &mut Findings) {
    let sound = !findings.has_errors();
    work::report(draft, context, findings);
    if draft.horizon.is_none() {
        return;
    }
    figures::report(draft, context, findings);
    let chosen: Vec<Chosen> = draft
        .rules
        .rows
        .iter()
        .zip(&draft.rules.sound)
        .map(|(rule, &sound)| {
            if sound {
                choose::chosen(draft, rule)
            } else {
                Chosen::default()
            }
        })
        .collect();
    for (at, chosen) in chosen.iter().enumerate() {
        if draft.rules.sound[at] {
            choose::report(draft, at, chosen, findings);
            rules::report(draft, at, findings);
            gaps::report_own(draft, at, findings);
        }
    }
    gaps::report_pairs(draft, &chosen, findings);
    serve::report_too_long(draft, &chosen, findings);
    if sound {
        serve::report_unserved(draft, context, &chosen, findings);
    }
}

/// A few ids, as many as a message can name.
fn some_ids<'a>(ids: impl IntoIterator<Item = &'a str>) -> String {
    const NAMED: usize = 3;
    let mut ids = ids.into_iter();
    let mut out = String::new();
    for id in ids.by_ref().take(NAMED) {
        if !out.is_empty() {
            out += ", ";
        }
        out.extend(["`", &shown(id), "`"]);
    }
    if ids.next().is_some() {
        out += " …";
    }
    out
}
