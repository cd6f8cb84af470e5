//! done.csv: new rows are added to those that are there, each once.
//!
//! A file that is there may have any encoding, separator and headers that a table may have. It is written anew in UTF-8
//! with a byte order mark, for spreadsheets, its rows first, in their order and as they were written. Its headers stay in
//! their language; a file without rows gets those of the reader's.

use super::{DoneRow, Key};
use crate::domain::Quantity;
use crate::finding::{Code, Finding, Findings, Place, say};
use crate::lang::Lang;
use crate::read::names::{TABLES, Table as Declared};
use crate::read::{self, Row, Sources, Table, normal};
use crate::spreadsheet::guarded;
use crate::validate::value;
use crate::whole_file;
use std::collections::HashMap;
use std::io;
use std::path::Path;

/// The columns that are written, in the order that templates have.
const COLUMNS: [&str; 8] = [
    "date",
    "team",
    "site",
    "treatment",
    "crew",
    "product",
    "quantity",
    "hours",
];

/// What is to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DoneFile {
    rows: Vec<[String; COLUMNS.len()]>,
    /// Whether the headers are Chinese.
    chinese: bool,
    /// Visits that are new to the file.
    pub added: usize,
    /// Visits that it held already.
    pub known: usize,
}

impl DoneFile {
    /// The visits alone, whatever the file holds.
    pub fn of(done: &[DoneRow], lang: Lang) -> Self {
        DoneFile {
            rows: done.iter().map(cells).collect(),
            chinese: lang == Lang::Zh,
            added: done.len(),
            known: 0,
        }
    }

    /// The visits after those of the file, if it is there.
    ///
    /// `None` with findings if the file cannot be read, or if something of it would be lost.
    pub fn joined(path: &Path, done: &[DoneRow], lang: Lang) -> (Option<Self>, Findings) {
        let mut findings = Findings::new();
        let mut sources = Sources::default();
        let name = findings.announce_path(path);
        let table = read::table(path, &name, declared(), &mut sources, &mut findings);
        if findings.has_errors() {
            return (None, findings);
        }
        let Some(table) = table else {
            return (Some(DoneFile::of(done, lang)), findings);
        };
        if findings.warnings() > 0 {
            let lost = Finding::new(
                Code::DoneFileHasMore,
                Place::file(&name),
                say!(
                    "{name} 里有 done.csv 没有的列，追加会丢失它们",
                    "{name} has columns that done.csv has not; adding rows would lose them"
                ),
            )
            .help(say!(
                "用 --out 写到另一个文件，或者用 --force 放弃原有内容",
                "write to another file with --out, or give up what is there with --force"
            ));
            findings.add(lost);
            return (None, findings);
        }
        let mut file = join(&table, &sources, done, &mut findings);
        file.chinese = has_chinese_headers(&table, &sources).unwrap_or(lang == Lang::Zh);
        (Some(file), findings)
    }

    /// Writes the file whole or not at all.
    ///
    /// # Errors
    /// When the system refuses; a file that was there is then as it was.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        let declared = declared();
        let headers = COLUMNS.map(|name| {
            let column = &declared.columns[declared.position(name)];
            if self.chinese { column.zh[0] } else { name }
        });
        writer.write_record(headers)?;
        for row in &self.rows {
            let cells = row.iter().map(|cell| guarded(cell).into_owned());
            writer.write_record(cells)?;
        }
        let bytes = writer
            .into_inner()
            .map_err(csv::IntoInnerError::into_error)?;
        whole_file::replace(path, &bytes)
    }
}

fn declared() -> &'static Declared {
    TABLES
        .iter()
        .find(|table| table.file == "done.csv")
        .expect("done.csv is a declared table")
}

/// Whether the file names its columns in Chinese; `None` where it has no rows to tell by.
fn has_chinese_headers(table: &Table, sources: &Sources) -> Option<bool> {
    let mut origin = table.rows.first()?.origin;
    origin.column = sources.column_of(origin.file, table.declared.position("date"));
    let header = sources.place(origin).header?;
    Some(!header.is_ascii())
}

fn join(table: &Table, sources: &Sources, done: &[DoneRow], findings: &mut Findings) -> DoneFile {
    let mut file = DoneFile::default();
    let mut known: HashMap<Key<'_>, usize> = HashMap::new();
    let rows: Vec<Option<DoneRow>> = table.rows.iter().map(|row| row_of(table, row)).collect();
    for (at, row) in table.rows.iter().enumerate() {
        let text = |column| {
            table
                .cell(row, column)
                .map_or("", |cell| cell.text.as_str())
        };
        file.rows
            .push(COLUMNS.map(|column| text(column).to_owned()));
        if let Some(row) = &rows[at] {
            known.entry(row.key()).or_insert(at);
        }
    }
    for row in done {
        let Some(&at) = known.get(&row.key()) else {
            file.rows.push(cells(row));
            file.added += 1;
            continue;
        };
        file.known += 1;
        let there = rows[at].as_ref().and_then(|there| there.quantity);
        if let (Some(there), Some(here)) = (there, row.quantity)
            && there != here
        {
            findings.add(Finding::new(
                Code::RecordedOtherwise,
                sources.place(table.rows[at].origin),
                say!(
                    "已记录的用量是 {there}，派工单上是 {here}；已有的一行保持不变",
                    "the amount recorded is {there}, the work order says {here}; the row stays as it is"
                ),
            ));
        }
    }
    file
}

/// A row of the file as far as it can be understood; `check` judges it later.
fn row_of(table: &Table, row: &Row) -> Option<DoneRow> {
    let text = |column| {
        let cell = table.cell(row, column);
        cell.map_or(String::new(), |cell| normal(&cell.text))
    };
    let number = |column| value::number(&text(column)).ok();
    let crew = number("crew").and_then(|crew| u32::try_from(crew.to_i64()?).ok());
    Some(DoneRow {
        date: value::date(&text("date")).ok()?,
        team: text("team"),
        crew: crew.unwrap_or(1),
        site: text("site"),
        treatment: text("treatment"),
        product: text("product"),
        quantity: number("quantity").and_then(|quantity| Quantity::from_exact(&quantity)),
    })
}

fn cells(row: &DoneRow) -> [String; COLUMNS.len()] {
    [
        row.date.to_string(),
        row.team.clone(),
        row.site.clone(),
        row.treatment.clone(),
        row.crew.to_string(),
        row.product.clone(),
        row.quantity
            .map(|amount| amount.to_string())
            .unwrap_or_default(),
        String::new(),
    ]
}
