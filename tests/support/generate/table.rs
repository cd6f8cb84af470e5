//! Tables as text, in the many manners in which people save them.

use super::dice::Dice;
use chrono::Datelike;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use xiaosha::domain::Day;
use xiaosha::read::names::TABLES;

/// Rows of one table: cells by English header; what is absent is blank.
#[derive(Clone)]
pub(crate) struct Table {
    pub(crate) file: &'static str,
    pub(crate) rows: Vec<BTreeMap<&'static str, String>>,
}

impl Table {
    pub(crate) fn new(file: &'static str) -> Self {
        Table {
            file,
            rows: Vec::new(),
        }
    }

    /// Adds a row; blank cells may be left out.
    pub(crate) fn row<const N: usize>(&mut self, cells: [(&'static str, String); N]) {
        self.rows.push(BTreeMap::from(cells));
    }
}

/// A scenario as text, not yet written.
#[derive(Clone)]
pub(crate) struct Folder {
    /// Settings of scenario.toml, as TOML.
    pub(crate) settings: Vec<(&'static str, String)>,
    pub(crate) tables: Vec<Table>,
}

impl Folder {
    /// Writes the folder plainly: UTF-8, commas, English headers, ISO dates.
    pub(crate) fn write(&self, folder: &Path) {
        self.write_each(folder, &mut |_| Manner::PLAIN);
    }

    /// Writes the folder with an encoding, separator, language and form of dates drawn for each table.
    pub(crate) fn write_as_people_do(&self, folder: &Path, dice: &mut Dice) {
        self.write_each(folder, &mut |_| Manner::draw(dice));
    }

    fn write_each(&self, folder: &Path, manner: &mut dyn FnMut(&Table) -> Manner) {
        fs::create_dir_all(folder).expect("a folder for the scenario");
        let settings: Vec<String> = (self.settings.iter())
            .map(|(key, value)| format!("{key} = {value}"))
            .collect();
        let settings = settings.join(
            "
",
        );
        fs::write(folder.join("scenario.toml"), settings).expect("scenario.toml is written");
        for table in &self.tables {
            let bytes = manner(table).bytes(table);
            fs::write(folder.join(table.file), bytes).expect("a table is written");
        }
    }
}

/// How a table is saved.
struct Manner {
    separator: char,
    chinese: bool,
    dates: Dates,
    encoding: Encoding,
    line_end: &'static str,
}

#[derive(Clone, Copy)]
enum Dates {
    Iso,
    Slashes,
    Chinese,
}

#[derive(Clone, Copy)]
enum Encoding {
    Utf8,
    Utf8WithBom,
    Gb18030,
    Utf16,
}

impl Manner {
    const PLAIN: Manner = Manner {
        separator: ',',
        chinese: false,
        dates: Dates::Iso,
        encoding: Encoding::Utf8,
        line_end: "\n",
    };

    fn draw(dice: &mut Dice) -> Self {
        Manner {
            separator: dice.pick(&[',', ',', ';', '\t']),
            chinese: dice.chance(40),
            dates: dice.pick(&[Dates::Iso, Dates::Slashes, Dates::Chinese]),
            encoding: dice.pick(&[
                Encoding::Utf8,
                Encoding::Utf8WithBom,
                Encoding::Gb18030,
                Encoding::Utf16,
            ]),
            line_end: dice.pick(&["\n", "\r\n"]),
        }
    }

    fn bytes(&self, table: &Table) -> Vec<u8> {
        let declared = (TABLES.iter())
            .find(|declared| declared.file == table.file)
            .expect("a table of the contract");
        let is_used = |header: &str| table.rows.iter().any(|row| row.contains_key(header));
        let mut headers: Vec<(&str, &str)> = (declared.columns.iter())
            .filter(|column| column.required || is_used(column.en))
            .map(|column| (column.en, column.zh[0]))
            .collect();
        // Measures and other columns of sites.csv.
        let mut others: Vec<&str> = (table.rows.iter())
            .flat_map(|row| row.keys().copied())
            .filter(|&header| headers.iter().all(|&(known, _)| known != header))
            .collect();
        others.sort_unstable();
        others.dedup();
        headers.extend(others.into_iter().map(|header| (header, header)));

        let mut text = String::new();
        let shown = headers
            .iter()
            .map(|&(en, zh)| if self.chinese { zh } else { en });
        self.line(&mut text, shown.map(str::to_owned));
        for row in &table.rows {
            let cells = (headers.iter())
                .map(|(header, _)| self.cell(row.get(header).map_or("", String::as_str)));
            self.line(&mut text, cells);
        }
        match self.encoding {
            Encoding::Utf8 => text.into_bytes(),
            Encoding::Utf8WithBom => format!("\u{feff}{text}").into_bytes(),
            Encoding::Gb18030 => encoding_rs::GB18030.encode(&text).0.into_owned(),
            Encoding::Utf16 => format!("\u{feff}{text}")
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
        }
    }

    fn line(&self, text: &mut String, cells: impl Iterator<Item = String>) {
        let cells: Vec<String> = cells
            .map(|cell| {
                if cell.contains([self.separator, '"', ',', ';']) {
                    format!("\"{}\"", cell.replace('"', "\"\""))
                } else {
                    cell
                }
            })
            .collect();
        text.push_str(&cells.join(&self.separator.to_string()));
        text.push_str(self.line_end);
    }

    fn cell(&self, value: &str) -> String {
        let Ok(date) = value.parse::<Day>() else {
            return value.to_owned();
        };
        let (year, month, day) = (date.year(), date.month(), date.day());
        match self.dates {
            Dates::Iso => value.to_owned(),
            Dates::Slashes => format!("{year}/{month}/{day}"),
            Dates::Chinese => format!("{year}年{month}月{day}日"),
        }
    }
}
