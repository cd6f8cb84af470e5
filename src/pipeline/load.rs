//! A scenario, folder or workbook, read and checked, with the mark of what stands in it.

use super::key::Origin;
use crate::domain::Scenario;
use crate::engine::Options;
use crate::finding::Findings;
use crate::read::{self, Tables};
use crate::validate;
use std::path::Path;
use std::sync::Arc;

/// A scenario without errors.
pub(super) struct Loaded {
    /// What its tables say.
    pub(super) scenario: Arc<Scenario>,
    /// Warnings about them.
    pub(super) findings: Findings,
    /// What a plan of it would be made from.
    pub(super) origin: Origin,
}

impl Loaded {
    /// Reads and checks a scenario; its cells, after `extends`, come beside.
    ///
    /// # Errors
    /// All findings, when one of them is an error.
    pub(super) fn read(folder: &Path, options: Options) -> Result<(Self, Tables), Findings> {
        let mut findings = Findings::new();
        let tables = read::tables(folder, &mut findings);
        let scenario = tables
            .as_ref()
            .and_then(|tables| validate::scenario(tables, &mut findings));
        validate::speak_of_sheets(&mut findings);
        match scenario.zip(tables) {
            Some((scenario, tables)) => {
                let loaded = Loaded {
                    scenario: Arc::new(scenario),
                    findings,
                    origin: Origin::new(&tables, options),
                };
                Ok((loaded, tables))
            }
            None => Err(findings),
        }
    }
}
