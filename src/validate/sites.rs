//! sites.csv.

use super::row::check_number;
use super::treatments::id_and_name;
use super::{Checked, Draft, settings};
use crate::domain::{Exact, Measure, Site, Weekdays};
use crate::finding::{Finding, Findings};
use crate::read::names::Range;
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// Reads sites.csv; columns that some treatment names are measures.
pub(super) fn read(
    draft: &Draft<'_>,
    settings: &settings::Checked,
    findings: &mut Findings,
) -> Checked<Site> {
    let measured: BTreeSet<&str> = draft
        .treatments
        .rows
        .iter()
        .filter_map(|treatment| match &treatment.measure {
            Measure::Column(name) => Some(name.as_str()),
            Measure::Visit => None,
        })
        .collect();
    draft.read_rows("sites.csv", findings, |row| {
        let (id, name) = id_and_name(row, "site");
        let mut measures = BTreeMap::new();
        let mut texts = IndexMap::new();
        let table = row.table;
        for (column, cell) in table.other_cells(row.row) {
            if !measured.contains(column) {
                texts.insert(column.to_owned(), cell.text.clone());
                continue;
            }
            match check_number(cell, Range::FromZero) {
                Ok(value) => {
                    measures.insert(column.to_owned(), value);
                }
                Err((code, message, help)) => {
                    let place = row.tables.sources.place(cell.origin);
                    let mut finding = Finding::new(code, place, message);
                    finding.help = help;
                    row.findings.add(finding);
                    row.sound = false;
                }
            }
        }
        let (lon, lat) = (row.number("lon"), row.number("lat"));
        Site {
            id,
            name,
            kind: row.word("kind").unwrap_or_default(),
            zone: row.word("zone"),
            lon_lat: lon.zip(lat).map(|(lon, lat)| (lon.to_f64(), lat.to_f64())),
            weight: row.number("weight").unwrap_or_else(Exact::one),
            tags: row.list("tags").unwrap_or_default(),
            workdays: row.weekdays("workdays").unwrap_or(Weekdays::ALL),
            access_min: row
                .number("access_min")
                .unwrap_or_else(|| settings.access_min.clone()),
            exclude: row.list("exclude").unwrap_or_default(),
            parts: row.count("parts").unwrap_or(1),
            measures,
            texts,
        }
    })
}
