//! A plan that was written, read back from its files: judged and measured anew, with what was proven of it.

use super::audit;
use crate::domain::Scenario;
use crate::engine::{Bounds, Outcome};
use crate::measures::Measures;
use crate::report;
use crate::season::Season;
use crate::verify;
use std::fs;
use std::path::Path;

/// What the plan in a folder comes to; `None` when it cannot be read, or is not what its files say.
pub(super) fn measures(scenario: &Scenario, folder: &Path) -> Option<Measures> {
    let (file, _) = verify::read_plan(folder);
    let plan = verify::named_plan(scenario, &file?.rows).ok()?;
    let proven = report::read_proven(&fs::read(folder.join("summary.json")).ok()?)?;
    let measures = Measures::new(&Season::new(scenario), &plan, &proven);
    let outcome = Outcome {
        shortfall: measures.shortfall(),
        cost: measures.cost.total(),
        bounds: Bounds {
            shortfall: proven.shortfall,
            cost: proven.cost,
        },
        plan,
    };
    let judgement = verify::judge_plan(scenario, &outcome.plan);
    audit::faults(&judgement, &measures, &outcome)
        .is_empty()
        .then_some(measures)
}
