//! sites.csv.

use super::row::check_number;
use super::treatments::id_and_name;
use super::{Checked, Draft, settings};
use crate::domain::{Exact, Measure, Site, Weekdays};
use crate::finding::{Code, Finding, Findings, nearest, say, shown};
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
            if cell.spoiled {
                row.sound = false;
                continue;
            }
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
        let half = match (row.cell("lon"), row.cell("lat")) {
            (Some(_), None) => Some("lat"),
            (None, Some(_)) => Some("lon"),
            _ => None,
        };
        if let Some(missing) = half {
            row.add(
                Code::HalfCoordinates,
                missing,
                say!(
                    "`{missing}` 没有填，位置不起作用",
                    "`{missing}` is blank, so the place is not used"
                ),
                None,
            );
        }
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

/// Warns of carried columns whose header looks like a misspelt declared one.
pub(super) fn report_misspelt_columns(draft: &Draft<'_>, findings: &mut Findings) {
    let table = draft.site_ids.table;
    let declared = table.declared.columns;
    for (at, name) in table.others.iter().enumerate() {
        let is_measure = draft.treatments.rows.iter().any(
            |treatment| matches!(&treatment.measure, Measure::Column(measure) if measure == name),
        );
        if is_measure || name.chars().count() < 3 {
            continue;
        }
        let names = declared
            .iter()
            .flat_map(|column| std::iter::once(&column.en).chain(column.zh));
        let cell = table
            .rows
            .iter()
            .find_map(|row| row.at(declared.len() + at));
        let (Some(near), Some(cell)) = (nearest(name, names.copied()), cell) else {
            continue;
        };
        let mut place = draft.tables.sources.place(cell.origin);
        place.line = Some(1);
        let written = shown(name);
        findings.add(
            Finding::new(
                Code::UnknownColumn,
                place,
                say!(
                    "`{written}` 不是规定的列，只作为文字保留",
                    "`{written}` is not a column that means anything here and is carried as text"
                ),
            )
            .help(say!("最接近的是 `{near}`", "the nearest is `{near}`")),
        );
    }
}
