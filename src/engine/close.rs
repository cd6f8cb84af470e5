//! Closing the gap: where the scenario is small, the exact model says what the relaxation could not.

use super::allocate::{Allocation, Grain, exact_size};
use super::board::Board;
use super::{Best, dispatch, finish, solver};
use crate::domain::{Plan, Shortfall, Visit};
use crate::season::Season;
use std::collections::BTreeMap;

/// Up to where the exact model is tried, and how far.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// Visit columns at most.
    pub(super) columns: usize,
    /// How far each stage is solved; in nodes for [`USUAL_COLUMNS`].
    pub(super) solve: solver::Effort,
}

/// A node of so many columns takes about as long as one takes; of more, longer by the square.
const USUAL_COLUMNS: usize = 400;

impl Effort {
    /// How far each stage of a model with so many columns is solved, so that none takes much longer than another.
    fn solve(&self, columns: usize) -> solver::Effort {
        let share = (USUAL_COLUMNS as f64 / columns.max(1) as f64)
            .powi(2)
            .min(1.0);
        let nodes = |most: i32| (f64::from(most) * share).ceil() as i32;
        solver::Effort {
            nodes: nodes(self.solve.nodes),
            stall_nodes: nodes(self.solve.stall_nodes),
            ..self.solve
        }
    }
}

/// Whether the exact model is tried.
pub(super) fn is_small(season: &Season, effort: &Effort) -> bool {
    exact_size(season) <= effort.columns
}

/// Solves the exact model for each tier and for the cost, where plan and proof do not meet yet.
pub(super) fn close(season: &Season, effort: &Effort, best: &mut Best) {
    if best.is_proven() || !is_small(season, effort) {
        return;
    }
    let exact = Allocation::new(season, Grain::Days);
    let solve = effort.solve(exact_size(season));
    let mut caps: BTreeMap<u32, Shortfall> = BTreeMap::new();
    for tier in season.tiers() {
        if best.watch.stop() {
            return;
        }
        if best.outcome.shortfall[&tier] > best.outcome.bounds.shortfall[&tier] {
            let start = exact.start(&best.outcome.plan, season);
            let found = exact.least_shortfall(tier, &caps, &solve, start.as_deref());
            if let Some(found) = found {
                let bound = exact.shortfall_bound(tier, found.bound);
                best.prove_shortfall(&caps, tier, bound);
                offer(season, &exact, &found.values, best);
            }
        }
        caps.insert(tier, best.outcome.shortfall[&tier]);
    }
    if best.watch.stop() || best.is_proven() {
        return;
    }
    let start = exact.start(&best.outcome.plan, season);
    if let Some(found) = exact.least_cost(&caps, &solve, start.as_deref()) {
        best.prove_cost(&caps, exact.cost_bound(found.bound));
        offer(season, &exact, &found.values, best);
    }
}

/// Offers the plan of a solution, if it is valid to the last decimal.
fn offer(season: &Season, exact: &Allocation, values: &[f64], best: &mut Best) {
    let visits: Vec<Visit> = exact
        .counts
        .iter()
        .filter(|count| values[count.col.0] > 0.5)
        .map(|count| {
            let job = &season.jobs[count.job];
            let part = &season.parts[job.part];
            Visit {
                date: season.date(count.span.from),
                team: job.options[count.option].team,
                crew: count.crew,
                site: part.site,
                part: part.number,
                treatment: job.treatment,
            }
        })
        .collect();
    let plan = season.plan(visits);
    let mut board = Board::with_plan(season, dispatch::weights(season), &plan);
    if board.is_valid() {
        finish::tidy(&mut board);
        best.offer(board.plan());
    }
}

impl Allocation<'_> {
    /// The values of all columns of the exact model at a plan, as a warm start.
    fn start(&self, plan: &Plan, season: &Season) -> Option<Vec<f64>> {
        let planned: std::collections::BTreeSet<&Visit> = plan.visits.iter().collect();
        let out: std::collections::BTreeSet<_> = plan
            .visits
            .iter()
            .map(|visit| (visit.team, season.day(visit.date), visit.crew))
            .collect();
        let visits = self.counts.iter().map(|count| {
            let job = &season.jobs[count.job];
            let part = &season.parts[job.part];
            let visit = Visit {
                date: season.date(count.span.from),
                team: job.options[count.option].team,
                crew: count.crew,
                site: part.site,
                part: part.number,
                treatment: job.treatment,
            };
            (count.col, f64::from(u8::from(planned.contains(&visit))))
        });
        let crews = self.crew_days.iter().map(|days| {
            let key = (days.team, days.span.from, days.crew);
            (days.col, f64::from(u8::from(out.contains(&key))))
        });
        self.complete(visits.chain(crews))
    }
}
