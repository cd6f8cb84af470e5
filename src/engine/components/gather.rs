//! The plan of the whole from what the components have so far, for who watches and may end the planning early.
//!
//! What is shown depends on which component is ahead, and so on threads; what is planned in the end does not.

use super::super::board::Board;
use super::super::carry_out::SHOWN;
use super::super::{Outcome, Proofs, Stage, Watch, cost, dispatch};
use crate::domain::{Money, Visit};
use crate::measures;
use crate::season::Season;
use std::sync::{Mutex, PoisonError};

/// Puts the components' plans together.
pub(super) struct Gather<'g, 's> {
    season: &'g Season<'s>,
    watch: &'g dyn Watch,
    proofs: &'g Proofs,
    so_far: Mutex<SoFar>,
}

struct SoFar {
    /// The best visits of each component, and what they cost.
    plans: Vec<Option<(Vec<Visit>, Money)>>,
    /// Components that were missing in the last plan shown, and what the others' plans came to.
    shown: Option<(usize, f64)>,
}

impl<'g, 's> Gather<'g, 's> {
    /// Nothing is planned yet of so many components.
    pub(super) fn new(
        season: &'g Season<'s>,
        watch: &'g dyn Watch,
        proofs: &'g Proofs,
        components: usize,
    ) -> Self {
        let so_far = SoFar {
            plans: vec![None; components],
            shown: None,
        };
        Gather {
            season,
            watch,
            proofs,
            so_far: Mutex::new(so_far),
        }
    }

    /// Who watches one of the components.
    pub(super) fn of(&self, component: usize) -> OfComponent<'_, 'g, 's> {
        OfComponent {
            gather: self,
            component,
        }
    }

    /// Takes a better plan of a component; shows the whole where half of what was missing is there, or where it is
    /// clearly cheaper.
    fn take(&self, component: usize, outcome: &Outcome) {
        let mut so_far = self.so_far.lock().unwrap_or_else(PoisonError::into_inner);
        so_far.plans[component] = Some((outcome.plan.visits.clone(), outcome.cost));
        let there: Vec<&(Vec<Visit>, Money)> = so_far.plans.iter().flatten().collect();
        let missing = so_far.plans.len() - there.len();
        let money: Money = there.iter().map(|(_, money)| *money).sum();
        let money = money.to_f64();
        let worth_it = so_far
            .shown
            .is_none_or(|(without, before)| match missing.cmp(&without) {
                std::cmp::Ordering::Less => 2 * missing <= without,
                _ => money < before * (1.0 - SHOWN),
            });
        if !worth_it {
            return;
        }
        let visits = there.iter().flat_map(|(visits, _)| visits).copied();
        let plan = self.season.plan(visits.collect());
        so_far.shown = Some((missing, money));
        let board = Board::with_plan(self.season, dispatch::weights(self.season), &plan);
        if !board.is_valid() {
            return;
        }
        let shortfall = measures::shortfall(self.season, &plan);
        self.watch.improved(&Outcome {
            cost: cost(self.season, &plan),
            bounds: self.proofs.bounds_for(&shortfall),
            shortfall,
            plan,
        });
    }
}

/// Watches one component.
pub(super) struct OfComponent<'o, 'g, 's> {
    gather: &'o Gather<'g, 's>,
    component: usize,
}

impl Watch for OfComponent<'_, '_, '_> {
    fn stage(&self, _: Stage) {}

    fn improved(&self, outcome: &Outcome) {
        if !outcome.plan.visits.is_empty() {
            self.gather.take(self.component, outcome);
        }
    }

    fn stop(&self) -> bool {
        self.gather.watch.stop()
    }
}
