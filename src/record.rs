//! From filled-in work orders to done.csv.
//!
//! A visit counts as done when its row has the mark, or has no mark but an amount or a signature. All other rows are
//! left out and counted. A cell that cannot be understood is a finding; with any error nothing is written.

mod done_file;
mod fields;
mod sheet;

pub use done_file::DoneFile;
pub use sheet::{WorkOrders, read};

use crate::domain::{Day, Quantity};
use crate::lang::Lang;
use crate::read::names::sheet_of;

/// A visit that a work order says was done; ids as the sheet holds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneRow {
    /// When.
    pub date: Day,
    /// Who.
    pub team: String,
    /// Which crew, from 1.
    pub crew: u32,
    /// Where: a site or a part.
    pub site: String,
    /// What was done.
    pub treatment: String,
    /// Product used; empty for none.
    pub product: String,
    /// Amount used, in units of the product; `None` where the sheet gives none, so that the planned amount counts.
    pub quantity: Option<Quantity>,
}

/// The sheet of a workbook that holds what done.csv holds in a folder.
pub fn done_sheet(lang: Lang) -> &'static str {
    sheet_of("done.csv").get(lang)
}

/// What makes two rows the same visit.
type Key<'r> = (Day, &'r str, u32, &'r str, &'r str);

impl DoneRow {
    fn key(&self) -> Key<'_> {
        (
            self.date,
            &self.team,
            self.crew,
            &self.site,
            &self.treatment,
        )
    }
}
