//! The plan of the whole from what the components have so far, for who watches and may end the planning early.
//!
//! What is shown depends on which component is ahead, and so on threads; what is planned in the end does not.

use super::super::board::Board;
use super::super::carry_out::SHOWN;
use super::super::search::Dice;
use super::super::{Outcome, Proofs, Stage, Watch, cost, dispatch, finish, squeeze};
use crate::domain::{Money, Plan, Shortfall, Visit};
use crate::measures;
use crate::season::Season;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Puts the components' plans together.
pub(super) struct Gather<'g, 's> {
    season: &'g Season<'s>,
    watch: &'g dyn Watch,
    so_far: Mutex<SoFar>,
}

struct SoFar {
    /// What is proven of the whole.
    proofs: Proofs,
    /// The best plan of each component.
    plans: Vec<Option<OfOne>>,
    /// Components that were missing in the last plan shown, and what the others' plans came to.
    shown: Option<(usize, f64)>,
    /// The best plan of the whole that was shown.
    best: Option<Outcome>,
}

/// A plan of one component.
struct OfOne {
    visits: Vec<Visit>,
    cost: Money,
    shortfall: BTreeMap<u32, Shortfall>,
}

/// How many times fewer components must be missing than in the last plan shown: to put a city together takes time too.
const STILL_MISSING: usize = 8;

impl<'g, 's> Gather<'g, 's> {
    /// Nothing is planned yet of so many components.
    pub(super) fn new(season: &'g Season<'s>, watch: &'g dyn Watch, components: usize) -> Self {
        let so_far = SoFar {
            proofs: Proofs::default(),
            plans: (0..components).map(|_| None).collect(),
            shown: None,
            best: None,
        };
        Gather {
            season,
            watch,
            so_far: Mutex::new(so_far),
        }
    }

    /// What is proven of the whole from now on.
    pub(super) fn prove(&self, proofs: &Proofs) {
        let mut so_far = self.so_far.lock().unwrap_or_else(PoisonError::into_inner);
        so_far.proofs = proofs.clone();
        if let Some(best) = &mut so_far.best {
            best.bounds = proofs.bounds_for(&best.shortfall);
            self.watch.improved(best);
        }
    }

    /// The best plan of the whole that was shown, which depends on when that is asked.
    pub(super) fn best_plan(&self) -> Option<Plan> {
        let so_far = self.so_far.lock().unwrap_or_else(PoisonError::into_inner);
        so_far.best.as_ref().map(|outcome| outcome.plan.clone())
    }

    /// Who watches one of the components.
    pub(super) fn of(&self, component: usize) -> OfComponent<'_, 'g, 's> {
        OfComponent {
            gather: self,
            component,
        }
    }

    /// Takes a better plan of a component; shows the whole where most of what was missing is there, where the component
    /// misses less, or where the whole is clearly cheaper.
    fn take(&self, component: usize, outcome: &Outcome) {
        let mut so_far = self.so_far.lock().unwrap_or_else(PoisonError::into_inner);
        let now = OfOne {
            visits: outcome.plan.visits.clone(),
            cost: outcome.cost,
            shortfall: outcome.shortfall.clone(),
        };
        let before = so_far.plans[component].replace(now);
        let misses_less = before.is_some_and(|before| outcome.shortfall < before.shortfall);
        let there: Vec<&OfOne> = so_far.plans.iter().flatten().collect();
        let missing = so_far.plans.len() - there.len();
        let money: Money = there.iter().map(|own| own.cost).sum();
        let money = money.to_f64();
        let worth_it = so_far
            .shown
            .is_none_or(|(without, before)| match missing.cmp(&without) {
                std::cmp::Ordering::Less => STILL_MISSING * missing <= without,
                _ => money < before * (1.0 - SHOWN),
            });
        if !worth_it && !misses_less {
            return;
        }
        let visits = there.iter().flat_map(|own| &own.visits).copied();
        let plan = self.season.plan(visits.collect());
        so_far.shown = Some((missing, money));
        let mut board = Board::with_plan(self.season, dispatch::weights(self.season), &plan);
        if !board.is_valid() {
            // No component knows of the budget. A plan within it may miss some rounds for now.
            within_budget_at_once(&mut board);
        }
        let plan = board.plan();
        let shortfall = measures::shortfall(self.season, &plan);
        let outcome = Outcome {
            cost: cost(self.season, &plan),
            bounds: so_far.proofs.bounds_for(&shortfall),
            shortfall,
            plan,
        };
        let better =
            |known: &Outcome| (&outcome.shortfall, outcome.cost) < (&known.shortfall, known.cost);
        if board.is_valid() && so_far.best.as_ref().is_none_or(better) {
            self.watch.improved(&outcome);
            so_far.best = Some(outcome);
        }
    }
}

/// Keeps crews at home, and gives up rounds, until a plan that breaks a budget line is within it.
fn within_budget_at_once(board: &mut Board) {
    squeeze::keep_to_budget(board, &mut Dice::new(0));
    finish::give_up_at_once(board);
    finish::tidy(board);
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
