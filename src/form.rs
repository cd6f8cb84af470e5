//! A scenario as files that people fill in: a folder of CSV tables, or a workbook with help and drop-down lists.
//!
//! Templates, the example and conversions are written here, all from the declared table of names in
//! [`crate::read::names`]. Limits: a conversion carries what the tables say, not fonts, notes or other sheets of a
//! workbook, nor comments or other files of a folder.

mod cell;
mod convert;
mod example;
mod folder;
mod help;
mod place;
mod workbook;

pub use convert::{ConvertError, convert};
pub use place::WriteError;

use crate::lang::Lang;
use crate::read::names::{self, Column, SETTINGS, TABLES};
use crate::read::{Own, OwnTable};
use std::path::Path;

/// A scenario to be written.
#[derive(Debug)]
pub struct Form {
    /// Language of headers that the form adds, of sheet names and of help.
    lang: Lang,
    /// Settings that are given, by English key.
    settings: Vec<(&'static str, String)>,
    tables: Vec<OwnTable>,
    /// Whether the form is to be filled in: it explains itself, and names what is not given.
    template: bool,
}

impl Form {
    /// All tables with headers alone.
    pub fn blank(lang: Lang) -> Self {
        let tables = TABLES.iter().map(|declared| OwnTable {
            declared,
            headers: template_columns(declared)
                .map(|column| header(column, lang))
                .collect(),
            rows: Vec::new(),
        });
        Form {
            lang,
            settings: Vec::new(),
            tables: tables.collect(),
            template: true,
        }
    }

    /// All tables, filled in for a small district that plans as it stands.
    pub fn example(lang: Lang) -> Self {
        let mut form = Form::blank(lang);
        form.settings = example::settings(lang);
        for table in &mut form.tables {
            example::fill(table, lang);
        }
        form
    }

    /// What a scenario itself says, to be written in another form.
    fn of(own: Own, lang: Lang) -> Self {
        Form {
            lang,
            settings: own.settings,
            tables: own.tables,
            template: false,
        }
    }

    /// Writes the form, a workbook if the path ends in `.xlsx`, else a folder; whole or not at all.
    ///
    /// # Errors
    /// When the name is of another kind of file, anything of the same name is there, or the system refuses.
    pub fn write(&self, path: &Path) -> Result<(), WriteError> {
        if place::is_other_kind(path) {
            return Err(WriteError::OtherKind(path.to_owned()));
        }
        if place::is_workbook_name(path) {
            let bytes = workbook::bytes(self).map_err(WriteError::Unwritable)?;
            place::write_file(path, &bytes)
        } else {
            place::write_folder(path, &folder::files(self))
        }
    }

    fn setting(&self, key: &str) -> Option<&str> {
        let given = self.settings.iter().find(|(known, _)| *known == key);
        given.map(|(_, value)| value.as_str())
    }

    /// The settings that the form names.
    fn named_settings(&self) -> impl Iterator<Item = &'static Column> {
        SETTINGS
            .iter()
            .filter(|setting| self.template || self.setting(setting.en).is_some())
    }
}

/// The columns that templates have: all but `drop`, which is for scenarios that extend others.
fn template_columns(declared: &'static names::Table) -> impl Iterator<Item = &'static Column> {
    declared.columns.iter().filter(|column| column.en != "drop")
}

/// The name of a column in a language.
fn header(column: &Column, lang: Lang) -> String {
    lang.pick(column.zh[0], column.en).to_owned()
}
