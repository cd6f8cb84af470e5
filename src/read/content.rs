//! What a file or a sheet holds before its header is understood: rows of text.

use super::csv::{Record, Records, separator};
use super::decode::{decode, foreign};
use super::file;
use super::workbook::Grid;
use crate::finding::{Findings, Place};
use std::path::Path;

/// Rows of text of one table.
pub(super) enum Content {
    /// A CSV file, decoded.
    Csv {
        /// Its text.
        text: String,
        /// Whether bytes could not be decoded.
        spoiled: bool,
    },
    /// A sheet of a workbook.
    Sheet(Grid),
}

impl Content {
    /// The text of a CSV file; `None` if there is none, `Err` with a finding if it cannot be read.
    pub(super) fn csv(
        path: &Path,
        place: &Place,
        findings: &mut Findings,
    ) -> Option<Result<Self, ()>> {
        let bytes = match file::bytes(path, &place.file, findings) {
            Ok(bytes) => bytes?,
            Err(()) => return Some(Err(())),
        };
        if let Some(finding) = foreign(&bytes, &place.file) {
            findings.add(finding);
            return Some(Err(()));
        }
        let decoded = decode(&bytes);
        Some(Ok(Content::Csv {
            text: decoded.text,
            spoiled: decoded.spoiled,
        }))
    }

    /// The rows, one by one.
    pub(super) fn records(&self) -> Box<dyn Iterator<Item = Record<'_>> + '_> {
        match self {
            Content::Csv { text, .. } => Box::new(Records::new(text, separator(text))),
            Content::Sheet(grid) => Box::new(grid.records()),
        }
    }

    /// Whether bytes could not be decoded.
    pub(super) fn is_spoiled(&self) -> bool {
        matches!(self, Content::Csv { spoiled: true, .. })
    }

    /// Columns of a sheet, whose rows end with their last cell; `None` for CSV, whose rows are as long as the header.
    pub(super) fn width(&self) -> Option<usize> {
        match self {
            Content::Csv { .. } => None,
            Content::Sheet(grid) => Some(grid.width),
        }
    }

    /// Regions of merged cells, as first row, first column, last row, last column, all from 1.
    pub(super) fn merged(&self) -> &[[u32; 4]] {
        match self {
            Content::Csv { .. } => &[],
            Content::Sheet(grid) => &grid.merged,
        }
    }

    /// The row from which on a sheet was not kept, because there was too much.
    pub(super) fn cut(&self) -> Option<u32> {
        match self {
            Content::Csv { .. } => None,
            Content::Sheet(grid) => grid.cut,
        }
    }
}
