//! rates.csv.

use super::Draft;
use super::ids::Referent;
use crate::domain::{Exact, TreatmentIx};
use crate::finding::Findings;
use std::collections::BTreeMap;

/// Reads rates.csv.
pub(super) fn read(
    draft: &Draft<'_>,
    findings: &mut Findings,
) -> BTreeMap<(String, TreatmentIx), Exact> {
    let rows = draft.read_rows("rates.csv", findings, |row| {
        let contractor = row.word("contractor")?;
        let treatment = row.word("treatment")?;
        draft.warn_of_rate(&contractor, row);
        let rate = row.number("piece_rate");
        match draft.treatment_ids.refer(&treatment, "treatment", row) {
            Referent::Row(at) => Some(((contractor, TreatmentIx(at)), rate?)),
            Referent::Dropped | Referent::Unknown => None,
        }
    });
    rows.rows.into_iter().flatten().collect()
}
