//! The example of `init --example`: a small district in summer, with mosquitoes and rats. It is invented; doses and
//! prices are of a usual size, nothing more.

use super::header;
use crate::lang::Lang;
use crate::read::OwnTable;
use crate::read::names::SETTINGS;

macro_rules! texts {
    ($lang:literal: $($file:literal)*) => {
        &[$(($file, include_str!(concat!("example/", $lang, "/", $file)))),*]
    };
}

type Texts = &'static [(&'static str, &'static str)];

const ZH: Texts = texts!("zh": "settings.csv" "sites.csv" "treatments.csv" "teams.csv" "products.csv" "coverage.csv" "budget.csv" "calendar.csv");
const EN: Texts = texts!("en": "settings.csv" "sites.csv" "treatments.csv" "teams.csv" "products.csv" "coverage.csv" "budget.csv" "calendar.csv");

/// Header and rows of a file of the example; none if it has no such file.
fn rows(file: &str, lang: Lang) -> Vec<Vec<String>> {
    let texts = match lang {
        Lang::Zh => ZH,
        Lang::En => EN,
    };
    let Some((_, text)) = texts.iter().find(|(name, _)| *name == file) else {
        return Vec::new();
    };
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes())
        .into_records()
        .map(|record| {
            let record = record.expect("the example is written with the program; a test reads it");
            record.iter().map(str::to_owned).collect()
        })
        .collect()
}

/// The settings of the example.
pub(super) fn settings(lang: Lang) -> Vec<(&'static str, String)> {
    let rows = rows("settings.csv", lang);
    let given = SETTINGS.iter().filter_map(|setting| {
        let name = header(setting, lang);
        let row = rows.iter().find(|row| row[0] == name)?;
        Some((setting.en, row[1].clone()))
    });
    given.collect()
}

/// Fills the rows of the example into a table with its headers; columns of its own are added.
pub(super) fn fill(table: &mut OwnTable, lang: Lang) {
    let mut rows = rows(table.declared.file, lang).into_iter();
    let Some(headers) = rows.next() else {
        return;
    };
    for name in &headers {
        if !table.headers.contains(name) {
            table.headers.push(name.clone());
        }
    }
    table.rows = rows
        .map(|row| {
            let cell = |name: &String| {
                let at = headers.iter().position(|header| header == name);
                at.map_or_else(String::new, |at| row[at].clone())
            };
            table.headers.iter().map(cell).collect()
        })
        .collect();
}
