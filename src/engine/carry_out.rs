//! Carrying out an allocation: placed with some room, settled, and the room taken out again as far as it goes; where not
//! every round can be done, what is saved goes into what is still missed.

mod idle;

use super::allocate::{Allocation, Grain};
use super::board::{Board, Lenience};
use super::patterns::Patterns;
use super::relax::Relaxation;
use super::search::Dice;
use super::shortage::{self, Means};
use super::worth::Worth;
use super::{
    Best, Efforts, Watch, allocate_complete, ceiling, dispatch, finish, settle, spare, squeeze,
    tree,
};
use crate::domain::{Shortfall, TeamIx};
use crate::season::Season;
use std::collections::BTreeMap;

/// What to place.
pub(super) struct Target {
    /// Shortfall by tier.
    pub(super) caps: BTreeMap<u32, Shortfall>,
    /// The cheapest allocation within these.
    pub(super) values: Vec<f64>,
    /// Teams that it does without, of those that cost something to be sent out at all.
    pub(super) idle: Vec<TeamIx>,
    /// What is scarce where not every round can be done; what an hour costs where it can.
    pub(super) worth: Worth,
}

impl Target {
    /// Whether no round is missed.
    pub(super) fn is_complete(&self) -> bool {
        self.caps.values().all(|&cap| cap == Shortfall::ZERO)
    }
}

/// Share of a short tier's rounds that the search may miss beyond the allocation, which takes parts of rounds.
const SHORT_SLACK: f64 = 0.004;

/// Times at most that what is still missed is worked on.
const MOST_ROUNDS: usize = 12;

/// Share of each crew-day that is kept free at first: a board with some room settles at once.
const HEADROOM: f64 = 0.06;

/// The same, where less must do, one after the other.
const HEADROOMS: [f64; 3] = [HEADROOM, 0.04, 0.025];

/// Share of the cost by which a plan must be cheaper than the last one shown to be shown while the search goes on.
pub(super) const SHOWN: f64 = 0.005;

/// A board that was placed with some room and settled.
pub(super) struct Settled<'s> {
    /// The allocation that keeps the room free.
    allocation: Allocation<'s>,
    board: Board<'s>,
    /// What the search goes on with.
    dice: Dice,
    /// Whether hours and money that nobody needs have been taken off it.
    is_light: bool,
}

/// A board on which no round is missed, before anything is proven: most of what planning takes is the proof, and much
/// of the rest is to take the room out again. Kept as a plan where the budget allows it and none has been shown yet. `None`
/// where the room is too much for that.
pub(super) fn at_once<'s>(
    season: &'s Season<'s>,
    effort: &Efforts,
    seed: u64,
    best: &mut Best,
    shows: bool,
) -> Option<Settled<'s>> {
    let watch = best.watch;
    let (mut settled, target) = rough_plan(season, effort, seed, watch)?;
    if shows {
        show_first(&settled, &target, effort, best);
    }
    settled.work_off(0.0, effort, watch);
    settled.is_light = settle::is_good(&settled.board, 0.0);
    if settled.is_light {
        finish::tidy(&mut settled.board);
        lighten(
            &mut settled.board,
            &target.worth,
            effort,
            &mut settled.dice,
            watch,
        );
    }
    Some(settled)
}

/// What the rough allocation with room says, placed; offers what can be made of it in no time.
pub(super) fn first<'s>(season: &'s Season<'s>, effort: &Efforts, seed: u64, best: &mut Best) {
    if let Some((placed, target)) = rough_plan(season, effort, seed, best.watch) {
        show_first(&placed, &target, effort, best);
    }
}

/// What the rough allocation with room says, placed.
fn rough_plan<'s>(
    season: &'s Season<'s>,
    effort: &Efforts,
    seed: u64,
    watch: &dyn Watch,
) -> Option<(Settled<'s>, Target)> {
    let allocation = Allocation::with_headroom(season, Grain::Periods, HEADROOM);
    let (patterns, rough) = (Patterns::default(), rough(effort));
    let target = allocate_complete(&allocation, patterns, &rough, watch)?.target;
    Some((placed_board(allocation, &target.values, 0.0, seed), target))
}

/// Moves per visit that a first plan may take to be settled.
const FIRST: u64 = 20;

/// Moves per visit that it may then take to be made cheaper.
const FIRST_SQUEEZE: u64 = 150;

/// Offers what can be made of a placed board in no time; the board itself is worked on with more care.
fn show_first(placed: &Settled, target: &Target, effort: &Efforts, best: &mut Best) {
    let guide = placed.allocation.crew_days_by_phase(&target.values);
    let mut board = placed.board.clone();
    let mut dice = Dice::new(0);
    let effort = settle::Effort {
        moves_per_visit: FIRST,
        squeeze: FIRST_SQUEEZE,
        wide: 0,
        ..effort.settle
    };
    if !settle::settle(&mut board, &effort, 0.0, &mut dice, best.watch) {
        return;
    }
    finish::tidy(&mut board);
    let squeeze = squeeze::Squeeze {
        phases: &placed.allocation.short_phases,
        guide: &guide,
        effort: &effort,
        enough: board.strain.missed,
    };
    squeeze.run(&mut board, &mut dice, best.watch, &mut |_| false);
    if board.ledger.beyond_lines() == 0.0 {
        best.offer(board.plan());
    }
}

/// How far the allocation with room is taken: no further than its linear programme and one dive.
fn rough(effort: &Efforts) -> tree::Limits {
    tree::Limits {
        pivots: 0,
        ..effort.cost
    }
}

/// Places an allocation with some room, settles it, and takes out the room again as far as it goes; goes on from a board
/// that is settled already.
pub(super) fn carry_out<'s>(
    season: &'s Season<'s>,
    target: &Target,
    settled: Option<Settled<'s>>,
    effort: &Efforts,
    seed: u64,
    best: &mut Best,
) {
    let watch = best.watch;
    let complete = target.is_complete();
    let Settled {
        allocation,
        mut board,
        mut dice,
        is_light,
    } = idle::without_idle(season, target, settled, effort, seed, watch);
    let dice = &mut dice;
    if board.is_valid() && (!complete || board.strain.missed <= 1e-6) {
        if !is_light {
            finish::tidy(&mut board);
            lighten(&mut board, &target.worth, effort, dice, watch);
        }
        save(target, &allocation, &mut board, effort, dice, best);
    }
    board.set_lenience(Lenience::Strict);
    if !board.is_valid() {
        squeeze::keep_to_budget(&mut board, dice);
        finish::give_up_until_valid(&mut board);
    }
    finish::tidy(&mut board);
    best.offer_board(&board);
    let means = Means {
        phases: &allocation.phases,
        worth: &target.worth,
        effort: &effort.settle,
    };
    for _ in 0..MOST_ROUNDS {
        let missed = board.strain.missed;
        if missed <= 1e-6 || watch.stop() {
            break;
        }
        shortage::improve(&mut board, &means, dice, best);
        if board.strain.missed >= missed - 1e-6 {
            break;
        }
        // What crews kept at home save is for what is still missed.
        lighten(&mut board, &target.worth, effort, dice, watch);
        save(target, &allocation, &mut board, effort, dice, best);
        best.offer_board(&board);
    }
}

/// Places an allocation that leaves a share of each crew-day free, and does without what the target does without, and
/// settles it; `None` where there is no such allocation.
fn place<'s>(
    season: &'s Season<'s>,
    target: &Target,
    headroom: f64,
    effort: &Efforts,
    seed: u64,
    watch: &dyn Watch,
) -> Option<Settled<'s>> {
    let stop = || watch.stop();
    let complete = target.is_complete();
    let allocation = Allocation::with_headroom(season, Grain::Periods, headroom);
    let mut relaxation = Relaxation::new(&allocation);
    let rough = rough(effort);
    if complete {
        relaxation.do_without(&target.idle);
    }
    for (&tier, &cap) in &target.caps {
        // Where not every round can be done, the room takes some more away, of the last tiers first.
        let least = if complete {
            None
        } else {
            relaxation.least_shortfall(tier, &rough, &stop)
        };
        let reached = least.map_or(cap, |(found, _)| ceiling(found.value));
        relaxation.cap(tier, reached.max(cap));
    }
    let (found, _) = relaxation.least_cost(&rough, &stop)?;
    // The search may miss what the allocation misses, and a little of the last tiers more for what could not be whole.
    let slack = if complete { 0.0 } else { SHORT_SLACK };
    let enough = dispatch::missed(season, relaxation.caps(), slack);
    drop(relaxation);
    let mut settled = placed_board(allocation, &found.values, enough, seed);
    settled.work_off(enough, effort, watch);
    Some(settled)
}

/// Places the visits of an allocation with room, of which no more than `enough` need be missed.
fn placed_board<'s>(
    allocation: Allocation<'s>,
    values: &[f64],
    enough: f64,
    seed: u64,
) -> Settled<'s> {
    let mut dice = Dice::new(seed);
    let mut board = dispatch::place(allocation.season, &allocation, values, &mut dice);
    if enough > 0.0 {
        finish::shed(&mut board, &finish::OVERSPENT);
    }
    // Room costs money that the budget may not have; it is taken out again before the plan is valid.
    board.set_lenience(Lenience::Money);
    Settled {
        allocation,
        board,
        dice,
        is_light: false,
    }
}

impl Settled<'_> {
    /// Works off what does not fit, until no more than `enough` is missed.
    fn work_off(&mut self, enough: f64, effort: &Efforts, watch: &dyn Watch) {
        settle::settle(
            &mut self.board,
            &effort.settle,
            enough,
            &mut self.dice,
            watch,
        );
    }
}

/// Takes hours and money off a board that its rounds do not need.
fn lighten(board: &mut Board, worth: &Worth, effort: &Efforts, dice: &mut Dice, watch: &dyn Watch) {
    let complete = board.strain.missed <= 1e-6;
    if complete && settle::has_piecework(board.season) {
        // What hours are worth says who does what; then free hours are filled with what others ask money for.
        settle::lighten(board, worth, &effort.settle, dice, watch);
    }
    settle::cheapen(board, &effort.settle, dice, watch);
    if complete {
        spare::drop_spare(board, &effort.settle, dice, watch);
    }
}

/// Keeps crews at home as long as no more rounds are missed; within the budget first, then down to the bound.
fn save(
    target: &Target,
    allocation: &Allocation,
    board: &mut Board,
    effort: &Efforts,
    dice: &mut Dice,
    best: &mut Best,
) {
    let watch = best.watch;
    let complete = board.strain.missed <= 1e-6;
    let gap = effort.near;
    let bound = best.outcome.bounds.cost.to_f64();
    let mut shown = f64::INFINITY;
    // Every plan on the way is as good as the last but for its cost; some of them are shown.
    let mut good = |board: &Board| {
        let cost = board.ledger.cost().to_f64();
        let within = board.ledger.beyond_lines() == 0.0;
        if cost < shown * (1.0 - SHOWN) && within {
            shown = cost;
            best.offer(board.plan());
        }
        // Where rounds are missed for lack of money, what is left of it is for them.
        if complete {
            within && cost - bound <= gap * cost
        } else {
            board.is_lenient() && within
        }
    };
    if good(board) {
        return;
    }
    let phases = &allocation.short_phases;
    let guide = allocation.crew_days_by_phase(&target.values);
    let settle = settle::Effort {
        // Where rounds are missed, only what the budget forbids must go.
        squeeze: effort.settle.squeeze / if complete { 1 } else { 6 },
        wide: if complete { effort.settle.wide } else { 0 },
        ..effort.settle
    };
    let squeeze = squeeze::Squeeze {
        phases,
        guide: &guide,
        effort: &settle,
        enough: board.strain.missed,
    };
    squeeze.run(board, dice, watch, &mut good);
    // With crews at home there are crew-days left for what teams do that are not needed.
    if complete
        && !idle::idle_crews(board, &target.idle).is_empty()
        && let Some(mut other) = idle::handed_over(target, board, effort, dice, watch)
    {
        squeeze.run(&mut other, dice, watch, &mut good);
        if other.strain.money < board.strain.money {
            *board = other;
        }
    }
    settle::cheapen(board, &effort.settle, dice, watch);
}

#[cfg(test)]
mod tests {
    use super::super::components::tests::{four_weeks, product, rule, site, team, treatment};
    use super::super::{Effort, Options, Outcome, Stage, Watch, plan};
    use crate::domain::{Every, Money};
    use crate::season::Season;
    use std::sync::Mutex;

    /// Keeps what each plan shown costs, and what is proven of it then.
    #[derive(Default)]
    struct Shown(Mutex<Vec<(usize, Money, Money)>>);

    impl Watch for Shown {
        fn stage(&self, _: Stage) {}
        fn improved(&self, outcome: &Outcome) {
            let visits = outcome.plan.visits.len();
            let row = (visits, outcome.cost, outcome.bounds.cost);
            self.0.lock().expect("no panic").push(row);
        }
        fn stop(&self) -> bool {
            false
        }
    }

    #[test]
    fn a_first_plan_is_shown_before_anything_is_proven() {
        let mut scenario = four_weeks();
        scenario.products.push(product(0, 1, 0));
        scenario.treatments.push(treatment(0, 0, 50));
        scenario.rules.push(rule(0, &[0], Every::Window, 1));
        scenario.teams.push(team("n", 100));
        for at in 0..30 {
            scenario.sites.push(site("n", at, 1));
        }
        let season = Season::new(&scenario);
        let shown = Shown::default();
        let options = Options {
            seed: 0,
            effort: Effort::Quick,
        };
        let outcome = plan(&season, &options, &shown);
        let shown = shown.0.into_inner().expect("no panic");
        let first = shown.iter().find(|(visits, ..)| *visits > 0);
        let &(visits, cost, bound) = first.expect("a plan");
        assert_eq!(visits, 30, "the first plan misses rounds");
        assert!(cost >= outcome.cost && cost.to_f64() <= 1.5 * outcome.cost.to_f64());
        assert_eq!(bound, Money::ZERO);
        assert!(outcome.bounds.cost > Money::ZERO);
    }
}
