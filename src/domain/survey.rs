//! A row of surveys.csv.

use super::{Day, Exact};

/// Whether a survey was made before or after the treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SurveyPhase {
    /// Before (灭前).
    Before,
    /// After (灭后).
    After,
}

/// A density that was measured; information for reports.
#[derive(Debug, Clone)]
pub struct Survey {
    /// When; may lie outside the horizon.
    pub date: Day,
    /// Where; `None` = the whole district.
    pub zone: Option<String>,
    /// Pest, as written.
    pub pest: String,
    /// What was measured, such as 停落指数; as written.
    pub index: String,
    /// What was found, in the unit of the index.
    pub value: Exact,
    /// What the standard allows, in the same unit.
    pub limit: Option<Exact>,
    /// Before or after the treatment.
    pub phase: SurveyPhase,
}
