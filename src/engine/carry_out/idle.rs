//! Teams that are not needed: the room that is left at first may hire one of which nothing is needed in the end.

use super::super::allocate::{Allocation, Grain};
use super::super::board::{Board, CrewDay};
use super::super::search::Dice;
use super::super::{Efforts, Watch, dispatch, settle, squeeze};
use super::{HEADROOM, HEADROOMS, SHORT_SLACK, Settled, Target, place, placed_board};
use crate::domain::TeamIx;
use crate::season::Season;

/// Share of all crew-days that the others can take over from teams that are not needed; with more, all is placed anew.
const HANDED_OVER: f64 = 0.1;

/// A settled board that sends out no team that the cheapest allocation does without, if there is one.
///
/// The room that is left at first may take a team of which nothing is needed in the end; no search would do without it,
/// one crew-day after another, while what is owed for sending it out at all stays the same.
pub(super) fn without_idle<'s>(
    season: &'s Season<'s>,
    target: &Target,
    settled: Option<Settled<'s>>,
    effort: &Efforts,
    seed: u64,
    watch: &dyn Watch,
) -> Settled<'s> {
    let place = |headroom: f64| place(season, target, headroom, effort, seed, watch);
    let Some(mut settled) = settled else {
        let mut placed = HEADROOMS.into_iter().filter_map(place);
        return placed.next().unwrap_or_else(|| {
            let allocation = Allocation::with_headroom(season, Grain::Periods, HEADROOM);
            let enough = dispatch::missed(season, &target.caps, SHORT_SLACK);
            let mut settled = placed_board(allocation, &target.values, enough, seed);
            settled.work_off(enough, effort, watch);
            settled
        });
    };
    let crews = idle_crews(&settled.board, &target.idle);
    if crews.is_empty() {
        return settled;
    }
    let out = settled.board.bins.iter().filter(|bin| bin.open).count();
    if crews.len() as f64 <= HANDED_OVER * out as f64
        && let Some(board) = handed_over(target, &settled.board, effort, &mut settled.dice, watch)
    {
        settled.board = board;
        return settled;
    }
    let anew = HEADROOMS[1..].iter().find_map(|&headroom| {
        let anew = place(headroom)?;
        let does_without = idle_crews(&anew.board, &target.idle).is_empty();
        (settle::is_good(&anew.board, 0.0) && does_without).then_some(anew)
    });
    anew.unwrap_or(settled)
}

/// Crew-days of teams that are not needed.
pub(super) fn idle_crews(board: &Board, idle: &[TeamIx]) -> Vec<CrewDay> {
    let bins = board.bins.iter().enumerate();
    let crews = bins.filter(|(_, bin)| bin.open && idle.contains(&bin.team));
    crews.map(|(at, _)| CrewDay(at as u32)).collect()
}

/// A board on which others have taken over what teams do that are not needed, if they can.
pub(super) fn handed_over<'s>(
    target: &Target,
    board: &Board<'s>,
    effort: &Efforts,
    dice: &mut Dice,
    watch: &dyn Watch,
) -> Option<Board<'s>> {
    let crews = idle_crews(board, &target.idle);
    let (mut board, missed) = (board.clone(), board.strain.missed);
    for &team in &target.idle {
        board.ledger.keep_at_home(team);
    }
    squeeze::keep_at_home(&mut board, &crews, dice);
    settle::settle(&mut board, &effort.settle, missed, dice, watch).then_some(board)
}

#[cfg(test)]
mod tests {
    use super::super::super::components::tests::{
        four_weeks, product, rule, site, team, treatment,
    };
    use super::super::super::patterns::Patterns;
    use super::super::super::{Best, Effort, Unwatched, allocate_complete};
    use super::super::at_once;
    use super::*;
    use crate::domain::{Every, Money, Scenario};

    /// Sites with a round of so many minutes each, for a team that is owed its money and, if it has too much to do, another.
    fn with_a_spare_team(sites: usize, minutes: usize) -> Scenario {
        let mut scenario = four_weeks();
        scenario.products.push(product(0, 1, 0));
        scenario.treatments.push(treatment(0, 0, minutes));
        scenario.rules.push(rule(0, &[0], Every::Window, 1));
        for at in 0..sites {
            scenario.sites.push(site("n", at, 1));
        }
        let mut own = team("n", 100);
        (own.committed, own.max_days) = (true, Some(20));
        let mut spare = team("n", 100);
        "spare".clone_into(&mut spare.id);
        spare.mobilisation = Money::from_micro(500_000_000);
        scenario.teams.extend([own, spare]);
        scenario
    }

    /// Crew-days of the spare team in what is placed and settled.
    fn spare_crew_days(scenario: &Scenario) -> usize {
        let season = Season::new(scenario);
        let effort = Efforts::of(Effort::Normal);
        let mut best = Best::new(&season, &Unwatched);
        let settled = at_once(&season, &effort, 0, &mut best, false).expect("a board");
        let out = |settled: &Settled| {
            let bins = settled.board.bins.iter();
            bins.filter(|bin| bin.open && bin.team == TeamIx(1)).count()
        };
        assert!(out(&settled) > 0, "the room asks for the spare team");
        let allocation = Allocation::new(&season, Grain::Periods);
        let patterns = Patterns::default();
        let complete = allocate_complete(&allocation, patterns, &effort.cost, &Unwatched);
        let target = complete.expect("every round can be done").target;
        let settled = without_idle(&season, &target, Some(settled), &effort, 0, &Unwatched);
        assert!(settle::is_good(&settled.board, 0.0));
        out(&settled)
    }

    #[test]
    fn room_at_first_hires_nobody_in_the_end() {
        // 116 hours of work in at most 120.
        assert_eq!(spare_crew_days(&with_a_spare_team(232, 30)), 0);
        // In two more days, which the other team cannot do.
        assert!(spare_crew_days(&with_a_spare_team(264, 30)) >= 2);
    }
}
