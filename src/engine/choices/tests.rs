//! Choices are held against all choices there are.

use super::super::components::tests::{
    four_weeks, may, micro, product, rule, site, team, treatment,
};
use super::super::search::Dice;
use super::super::{Unwatched, cost};
use super::*;
use crate::domain::{Every, Plan, Scenario, SiteIx, TeamIx, TreatmentIx, Visit};
use crate::domain::{Money, Quantity};
use crate::measures;
use crate::season::Season;

/// Four sites with two rounds each, of either product; one of them of the second. The longer treatment may not fit.
fn drawn(dice: &mut Dice) -> Scenario {
    let mut scenario = four_weeks();
    for at in 0..4 {
        scenario.sites.push(site("n", at, 3 + dice.below(7)));
    }
    for at in 0..2 {
        let packs = product(at, 8 + dice.below(4), 90 + dice.below(30));
        scenario.products.push(crate::domain::Product {
            stock: Quantity::from_micro(micro(dice.below(5))),
            ..packs
        });
        let minutes = [60, 60 + 40 * dice.below(2)][at];
        scenario.treatments.push(treatment(at, at, minutes));
    }
    scenario.teams.push(team("n", 100));
    scenario.rules.push(rule(0, &[0, 1], Every::Window, 2));
    scenario.rules.push(rule(1, &[1], Every::Window, 1));
    scenario
}

/// Two visits at each site, four on a day; bit by bit of the second treatment.
fn plan(season: &Season, seconds: usize) -> Plan {
    let visits = (0..8).map(|at| Visit {
        date: may(4 + 7 * (at / 4) as u32),
        team: TeamIx(0),
        crew: 1,
        site: SiteIx(at % 4),
        part: 1,
        treatment: TreatmentIx(seconds >> at & 1),
    });
    season.plan(visits.collect())
}

#[test]
fn of_all_choices_the_cheapest_is_kept() {
    let mut dice = Dice::new(3);
    let (mut cheaper, mut short_of_hours) = (0, 0);
    for _ in 0..60 {
        let scenario = drawn(&mut dice);
        let season = Season::new(&scenario);
        let mut best = Best::new(&season, &Unwatched);
        best.offer(plan(&season, 0b1100_0011));
        let start = best.outcome.clone();
        choose_again(&season, &mut best);
        let mut least = Money::from_micro(i64::MAX);
        for seconds in 0..256 {
            let plan = plan(&season, seconds);
            let board = Board::with_plan(&season, dispatch::weights(&season), &plan);
            short_of_hours += usize::from(!board.is_valid());
            if board.is_valid() && measures::shortfall(&season, &plan) == start.shortfall {
                least = least.min(cost(&season, &plan));
            }
        }
        assert_eq!(best.outcome.cost, least);
        cheaper += usize::from(least < start.cost);
    }
    assert!(cheaper > 10, "nothing was to be gained: {cheaper}");
    assert!(short_of_hours > 0, "every choice had the hours");
}
