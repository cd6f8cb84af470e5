//! A better plan that `explain` found on its way: written as any plan is, and never over the one that is explained.

use super::{Clock, ExplainError, ExplainRequest, audit, files};
use crate::domain::{Money, Scenario, Shortfall};
use crate::engine::{Bounds, Outcome};
use crate::explain::Better;
use crate::finding::say;
use crate::measures::{Measures, Proven};
use crate::report::{self, OutputFolder};
use crate::season::Season;
use crate::verify;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder for a better plan, if one is wanted.
///
/// # Errors
/// When it holds the plan that is explained or the answers, or cannot be written.
pub(super) fn prepare(request: &ExplainRequest) -> Result<Option<OutputFolder>, ExplainError> {
    let Some(folder) = request.better else {
        return Ok(None);
    };
    let new = request.out.join("plan");
    let mut taken = vec![request.own_plan, request.out, &new];
    if let Some(given) = request.plan {
        taken.push(given);
        taken.extend(given.parent().filter(|_| !given.is_dir()));
    }
    let wanted = real(folder);
    if taken.into_iter().any(|path| real(path) == wanted) {
        let folder = folder.display();
        return Err(ExplainError::Usage(say!(
            "{folder} 是现有计划或本次结果的文件夹，更好的计划不会覆盖它，请另选文件夹",
            "{folder} is the folder of the present plan or of the answers, which a better plan never replaces: choose another"
        )));
    }
    let folder = OutputFolder::prepare(folder).map_err(ExplainError::Output)?;
    Ok(Some(folder))
}

/// The path without links and detours, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let found = path.ancestors().find_map(|above| {
        let rest = path.strip_prefix(above).ok()?;
        // Joining nothing would add a separator.
        let above = above.canonicalize().ok()?;
        Some(if rest.as_os_str().is_empty() {
            above
        } else {
            above.join(rest)
        })
    });
    found.unwrap_or(path)
}

/// Writes the plan with all its files, all or nothing, once the checker agrees. It gets no plan.key: it is not what
/// `plan` makes of these tables.
///
/// # Errors
/// When checker and figures disagree, or the folder cannot be written.
pub(super) fn write(
    scenario: &Scenario,
    better: &Better,
    (known, present): (&Proven, &BTreeMap<u32, Shortfall>),
    (folder, request): (OutputFolder, &ExplainRequest),
    clock: &Clock,
) -> Result<(), ExplainError> {
    let season = Season::new(scenario);
    let shortfall = better.standing.shortfall.clone();
    let proven = still_proven(known, present, &shortfall);
    let measures = Measures::new(&season, &better.plan, &proven);
    let judgement = verify::judge_plan(scenario, &better.plan);
    let outcome = Outcome {
        plan: better.plan.clone(),
        shortfall,
        cost: better.standing.cost,
        bounds: Bounds {
            shortfall: proven.shortfall,
            cost: proven.cost,
        },
    };
    let faults = audit::faults(&judgement, &measures, &outcome);
    if !faults.is_empty() {
        return Err(ExplainError::Bug(faults));
    }
    let mut files = files(&season, &measures, request.lang);
    files.push(report::summary_json(&season, &measures, clock.laps()));
    folder.replace(&files).map_err(ExplainError::Output)
}

/// What is known of a plan, as far as it holds for a better one: a bound speaks of plans that miss no more in the tiers
/// before, so of the better plan as long as that does not.
fn still_proven(
    known: &Proven,
    present: &BTreeMap<u32, Shortfall>,
    better: &BTreeMap<u32, Shortfall>,
) -> Proven {
    let mut within = true;
    let mut proven = Proven::default();
    for (tier, short) in better {
        let bound = known.shortfall.get(tier).copied().filter(|_| within);
        proven.shortfall.insert(*tier, bound.unwrap_or_default());
        within &= present.get(tier).is_some_and(|present| short <= present);
    }
    proven.cost = if within { known.cost } else { Money::ZERO };
    proven
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_tier(rounds: [i64; 3]) -> BTreeMap<u32, Shortfall> {
        let each = (1..).zip(rounds);
        each.map(|(tier, rounds)| (tier, Shortfall::from_micro(rounds * 1_000_000)))
            .collect()
    }

    #[test]
    fn bounds_are_kept_only_where_the_better_plan_is_one_they_speak_of() {
        let known = Proven {
            shortfall: by_tier([1, 2, 3]),
            cost: Money::from_micro(5),
        };
        let present = by_tier([2, 4, 6]);
        let all = still_proven(&known, &present, &by_tier([2, 3, 6]));
        assert_eq!((all.shortfall, all.cost), (by_tier([1, 2, 3]), known.cost));
        // Better in the first tier for more in the second: nothing is known of what comes after.
        let some = still_proven(&known, &present, &by_tier([1, 5, 3]));
        assert_eq!(
            (some.shortfall, some.cost),
            (by_tier([1, 2, 0]), Money::ZERO)
        );
    }

    #[test]
    fn a_folder_is_known_by_whatever_path_leads_to_it() {
        let home = tempfile::tempdir().unwrap();
        let plan = home.path().join("plan");
        std::fs::create_dir(&plan).unwrap();
        assert_eq!(real(&plan.join(".")), real(&plan));
        assert_eq!(real(&plan.join("new")), real(&plan).join("new"));
        #[cfg(unix)]
        {
            let link = home.path().join("link");
            std::os::unix::fs::symlink(&plan, &link).unwrap();
            assert_eq!(real(&link.join("new")), real(&plan.join("new")));
        }
    }
}
