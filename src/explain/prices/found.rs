//! Prices in large seasons, where no plan is known to be the best: what plans show that are made from the one that
//! stands, with the limit moved.
//!
//! A search does not see every small step, so the limit is moved further until it finds something. If what one unit
//! brings is what the allocation says, that is the price. If it is less, the price is what the plan shows, and how far
//! that holds is seen by moving the limit further, up and down, each time with a plan. If it is much more, the search
//! was lucky, and the plan says nothing of the limit.

use super::{Change, Checked, Priced, Worthwhile, change, figure, worthwhile};
use crate::engine::{self, Counted, Price, Trial};
use crate::explain::bench::{Bench, Tried};
use crate::explain::cures::sized_one;
use crate::verify;

/// Prices in rounds, and prices in money, that are tried in plans at most, those worth most first.
const MOST_TRIED: usize = 12;

/// How far what a plan brings may be from a price, relative to it, for the price to hold there; further beyond what the
/// allocation says, it is no merit of the limit.
const SHARE: f64 = 0.5;

/// The same for the allocation's price to be told.
const AS_SAID: f64 = 0.1;

/// Rounds by weight that the first step should bring, so that the price shows in whole ones.
const FIRST_ROUNDS: f64 = 4.0;

/// Steps tried until one shows something, each twice the last.
const MOST_STEPS: usize = 3;

/// Steps up and down to see how far a price of a plan holds, each twice the last.
const RANGE: i32 = 2;

/// The plans that prices are measured against: what searching alone finds is no merit of a limit.
struct From<'a> {
    /// With the most rounds, for prices in rounds.
    fuller: Bench<'a>,
    /// With the least money, for prices in money.
    leaner: Bench<'a>,
}

/// The prices that plans made from the one that stands confirm; and plans of the same tables that were made on the way.
pub(super) fn by_found_plans(
    bench: &Bench,
    suggested: &[(Priced, Price)],
) -> (Vec<Worthwhile>, Vec<Tried>) {
    let in_rounds = |at: &usize| suggested[*at].1.counted != Counted::Money;
    let mut order: Vec<usize> = (0..suggested.len()).collect();
    // What a price would bring as far as it holds, most first.
    let brings = |at: usize| suggested[at].1.worth * suggested[at].1.up;
    order.sort_by(|&a, &b| brings(b).total_cmp(&brings(a)).then(a.cmp(&b)));
    let (rounds, money): (Vec<usize>, Vec<usize>) = order.into_iter().partition(in_rounds);
    let tried = rounds.into_iter().take(MOST_TRIED);
    let mut tried: Vec<usize> = tried.chain(money.into_iter().take(MOST_TRIED)).collect();
    tried.sort_unstable();
    let base = || bench.base.clone();
    let saves = tried.iter().any(|at| !in_rounds(at));
    let from = From {
        fuller: bench.from(
            bench
                .search_change(bench.scenario, None)
                .unwrap_or_else(base),
        ),
        leaner: bench.from(if saves { bench.leaner() } else { base() }),
    };
    let found = engine::in_parallel(&tried, |&at| {
        let (what, price) = &suggested[at];
        let mut trial = Trials {
            bench,
            from: &from,
            what: *what,
            counted: price.counted,
            same: Vec::new(),
        };
        (trial.confirm(price), trial.same)
    });
    let mut confirmed = Vec::new();
    let mut same = vec![from.fuller.base, from.leaner.base];
    for (price, plans) in found {
        confirmed.extend(price);
        same.extend(plans);
    }
    (confirmed, same)
}

/// By how much a limit is moved to see its price in a plan, the least first.
pub(super) fn steps(price: &Price) -> impl Iterator<Item = &Trial> {
    let enough = |by: f64| match price.counted {
        Counted::Rounds(_) => price.worth * by >= FIRST_ROUNDS,
        Counted::Money => true,
    };
    let last = price.trials.len().saturating_sub(1);
    let first = price.trials.iter().position(|trial| enough(trial.by));
    let from = price.trials.iter().skip(first.unwrap_or(last));
    from.take(MOST_STEPS)
}

/// Plans with a limit moved.
struct Trials<'t, 'a> {
    /// With the plan that stands.
    bench: &'t Bench<'a>,
    from: &'t From<'a>,
    what: Priced,
    counted: Counted,
    /// Plans that turned out not to need the limit moved.
    same: Vec<Tried>,
}

/// What a plan shows.
#[derive(Debug, Clone, Copy)]
struct Shown {
    /// How far the limit must be moved for it.
    needs: f64,
    /// The same, or a round number not far beyond.
    step: f64,
    gained: f64,
}

impl Trials<'_, '_> {
    fn figure(&self, tried: &Tried) -> f64 {
        figure(tried, self.counted)
    }

    /// The plan without the change.
    fn before(&self) -> &Tried {
        match self.counted {
            Counted::Rounds(_) => &self.from.fuller.base,
            Counted::Money => &self.from.leaner.base,
        }
    }

    /// The price as plans show it, if one does.
    fn confirm(&mut self, price: &Price) -> Option<Worthwhile> {
        let shown = steps(price).find_map(|trial| {
            if self.bench.stopped() {
                return None;
            }
            let shown = self.more(trial.by)?;
            let lucky = shown.gained > (1.0 + SHARE) * price.worth * shown.step;
            (!lucky).then_some(shown)
        })?;
        let gained = shown.gained;
        let base = self.figure(&self.bench.base);
        let as_it_is = price.bound.map(|bound| base - bound);
        // What is proven with more is so with less.
        let most = |step: f64| {
            let mut proven = price.trials.iter();
            let proven = proven.find(|trial| trial.by >= step)?;
            Some(base - proven.bound)
        };
        let is_beyond = price.worth * shown.step > most(shown.step)? + 1e-6;
        let is_as_said = gained / shown.needs <= (1.0 + AS_SAID) * price.worth;
        // No price is told that is more than what is proven for its step.
        let step = if is_beyond && is_as_said {
            shown.needs
        } else {
            shown.step
        };
        let (measured, most) = (gained / step, most(step)?);
        let limit = most / step;
        // Where no plan can bring more, whole rounds and crew-days are all that is between plan and allocation.
        let near = if gained >= most - 1e-6 {
            SHARE
        } else {
            AS_SAID
        };
        let may_be = limit >= (1.0 - AS_SAID) * price.worth;
        if may_be && (measured - price.worth).abs() <= near * price.worth {
            let checked = Checked::Found {
                gained,
                most,
                as_it_is,
                allocation: None,
            };
            return Some(Worthwhile {
                worth: price.worth.min(limit),
                step,
                up: price.up.max(step),
                ..worthwhile(self.what, price, checked)
            });
        }
        let checked = Checked::Found {
            gained,
            most,
            as_it_is,
            allocation: Some(price.worth),
        };
        let holds = |by: f64, gained: Option<f64>| {
            let expected = measured * by;
            gained.is_some_and(|gained| (gained - expected).abs() <= SHARE * expected.abs())
        };
        let (mut up, mut down) = (step, 0.0);
        for by in (1..=RANGE).map(|doubling| step * 2_f64.powi(doubling)) {
            // A plan for less is one for more.
            let found = self
                .more(by)
                .map_or(gained, |shown| shown.gained.max(gained));
            if self.bench.stopped() || !holds(by, Some(found)) {
                break;
            }
            up = by;
        }
        for by in (0..RANGE).map(|doubling| -step * 2_f64.powi(doubling)) {
            if self.bench.stopped() || !holds(by, self.less(by)) {
                break;
            }
            down = by;
        }
        Some(Worthwhile {
            worth: measured.min(limit),
            step,
            down,
            up,
            ..worthwhile(self.what, price, checked)
        })
    }

    /// What a plan shows that is made with the limit moved up; `None` where none is better and needs it.
    fn more(&mut self, by: f64) -> Option<Shown> {
        let change = change(self.bench.scenario, self.what, by)?;
        let changed = change.apply(self.bench.scenario);
        let found = match self.counted {
            Counted::Rounds(_) => self.from.fuller.search_change(&changed, None)?,
            Counted::Money => {
                // Only more of a product is a reason to use others than now.
                let rechoose = matches!(self.what, Priced::Packs(_));
                self.from.leaner.try_thinner(&changed, rechoose)?
            }
        };
        let Some(needed) = sized_one(self.bench, &change, &found) else {
            // A plan that does not need the change is no merit of it, and may be better than the one that stands.
            if verify::judge_plan(self.bench.scenario, &found.plan).is_valid() {
                self.same.push(found);
            }
            return None;
        };
        let gained = self.figure(self.before()) - self.figure(&found);
        if gained <= 0.0 {
            return None;
        }
        let needs = match needed {
            Change::Budget { by, .. } => by.to_f64(),
            Change::CrewDays { by, .. } | Change::Packs { by, .. } => by as f64,
            Change::ExtraCrew { days, .. } => days as f64,
            _ => by,
        };
        // A round number is told unless much less is enough.
        let step = if 2.0 * needs <= by { needs } else { by };
        Some(Shown {
            needs,
            step,
            gained,
        })
    }

    /// What a plan loses that is made with the limit moved down, below zero; `None` where it cannot be, or where more
    /// important tiers fall shorter, or the rounds are not to be had for any money.
    fn less(&self, by: f64) -> Option<f64> {
        let changed = change(self.bench.scenario, self.what, by)?.apply(self.bench.scenario);
        let before = self.before();
        let found = match self.counted {
            Counted::Rounds(_) => self.from.fuller.try_less(&changed)?,
            Counted::Money => self.from.leaner.try_less(&changed)?,
        };
        let mut tiers = found.shortfall.iter().zip(&before.shortfall);
        let as_good = match self.counted {
            Counted::Rounds(tier) => tiers.all(|(now, then)| *now.0 >= tier || now.1 <= then.1),
            Counted::Money => tiers.all(|(now, then)| now.1 <= then.1),
        };
        as_good.then(|| self.figure(before) - self.figure(&found))
    }
}
