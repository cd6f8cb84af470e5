//! Whatever stands in the files: findings or a scenario, never a panic.

#![allow(clippy::format_push_string, reason = "short texts")]

#[path = "support/scenario_patch.rs"]
mod scenario_patch;

use proptest::prelude::*;
use scenario_patch::{Files, tiny};
use xiaosha::finding::{render_json, render_text};
use xiaosha::lang::Lang;
use xiaosha::read::names::{SETTINGS, TABLES};

/// Loads the files and shows the findings; a scenario comes exactly when there is no error.
fn check(files: &Files) -> Result<(), TestCaseError> {
    let (scenario, findings) = files.load();
    prop_assert_eq!(scenario.is_some(), !findings.has_errors());
    for lang in [Lang::Zh, Lang::En] {
        prop_assert!(render_text(&findings, lang, 50).ends_with('\n'));
    }
    prop_assert!(render_json(&findings, 50).ends_with('\n'));
    Ok(())
}

/// Cells that have hurt some program.
const CELLS: &[&str] = &[
    "",
    "-",
    "0",
    "-0",
    "1",
    "2",
    "1.5",
    "-1",
    "1e400",
    "1e30",
    "1e-30",
    "NaN",
    "１２",
    "999999999999",
    "0.000001",
    "12,34",
    "1,234",
    "yes",
    "是",
    "no",
    "mon",
    "mon-fri",
    "周六至周一",
    "2026-02-30",
    "2026-05-02",
    "2026/5/30",
    "0001-01-01",
    "9999-12-31",
    "2026-04-30",
    "month",
    "half-month",
    "week",
    "1d",
    "99999d",
    "A",
    "B",
    "road",
    "road/1",
    "road/2",
    "!road",
    "yard;!yard",
    "!",
    ";",
    "；",
    "：",
    "total",
    "labour",
    "team:A",
    "contractor:A",
    "product:wp",
    "site:road",
    "site:road/1",
    "zone:north",
    "kind:",
    "all",
    "open",
    "closed",
    "usual",
    "spray",
    "gel",
    "spray;gel",
    "residual",
    "bait",
    "area_m2",
    "visit",
    "次",
    "wp",
    "north",
    "a/b",
    "🐀",
    "a b",
    "O'Brien",
    "\u{feff}",
    "\u{3000}x",
    "\u{0}",
    "\u{202e}abc",
    "e\u{301}",
    "ﬁ",
    "½",
    "②",
    "²",
    "\u{37e}",
];

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => proptest::sample::select(CELLS).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => any::<f64>().prop_map(|number| number.to_string()),
    ]
}

/// A table with some of its columns and random cells, quoted.
fn table() -> impl Strategy<Value = (String, String)> {
    (0..TABLES.len()).prop_flat_map(|at| {
        let table = TABLES[at];
        let columns: Vec<&str> = table.columns.iter().map(|column| column.en).collect();
        let count = columns.len();
        (
            proptest::sample::subsequence(columns, 0..=count),
            proptest::collection::vec(proptest::collection::vec(cell(), count), 0..6),
        )
            .prop_map(move |(chosen, rows)| {
                let required = table
                    .columns
                    .iter()
                    .filter(|column| column.required)
                    .map(|column| column.en);
                let mut header: Vec<&str> = required.collect();
                header.extend(
                    chosen
                        .iter()
                        .filter(|column| !header.contains(column))
                        .copied()
                        .collect::<Vec<_>>(),
                );
                let mut text = header.join(",") + "\n";
                for row in &rows {
                    let cells = row.iter().take(header.len());
                    let quoted: Vec<String> = cells
                        .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
                        .collect();
                    text += &(quoted.join(",") + "\n");
                }
                (table.file.to_owned(), text)
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_in_any_file(at in 0..=TABLES.len(), bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let file = TABLES.get(at).map_or("scenario.toml", |table| table.file);
        check(&tiny().with(file, bytes))?;
    }

    #[test]
    fn random_text_in_any_file(at in 0..=TABLES.len(), text in "[ a-z0-9,;\t\"\n\r=\\[\\]{}.:/!年月日\u{0}-]{0,200}") {
        let file = TABLES.get(at).map_or("scenario.toml", |table| table.file);
        check(&tiny().with(file, text))?;
    }

    #[test]
    fn random_cells_in_one_table((file, text) in table()) {
        check(&tiny().with(&file, text))?;
    }

    #[test]
    fn random_cells_in_several_tables(tables in proptest::collection::vec(table(), 1..6)) {
        let files = tables.into_iter().fold(tiny(), |files, (file, text)| files.with(&file, text));
        check(&files)?;
    }

    #[test]
    fn random_overlays(tables in proptest::collection::vec(table(), 1..6)) {
        let base = tiny().moved_to("base").with("scenario.toml", "name = \"leaf\"\nextends = \"base\"\n");
        let files = tables.into_iter().fold(base, |files, (file, text)| files.with(&file, text));
        check(&files)?;
    }

    #[test]
    fn random_settings(values in proptest::collection::vec((0..SETTINGS.len(), cell(), any::<bool>()), 0..5)) {
        let mut text = String::new();
        for (at, cell, quoted) in values {
            let cell = cell.replace(['"', '\\', '\n', '\r'], "");
            let value = if quoted { format!("\"{cell}\"") } else { cell };
            text += &format!("{} = {value}\n", SETTINGS[at].en);
        }
        check(&tiny().with("scenario.toml", text))?;
    }
}
