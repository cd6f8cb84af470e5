//! What a crew-day costs its team, told before it is sent out or kept at home.

use crate::domain::{Every, Money, TeamIx};
use crate::engine::board::Board;
use crate::engine::components::tests::{four_weeks, micro, product, rule, site, team, treatment};
use crate::engine::dispatch;
use crate::season::Season;

fn yuan(amount: usize) -> Money {
    Money::from_micro(micro(amount))
}

#[test]
fn what_a_crew_day_more_or_less_costs_is_known_beforehand() {
    // A comes for 300 and is paid for three days at least; a visit costs 40 beside.
    let mut scenario = four_weeks();
    scenario.sites.push(site("n", 0, 1));
    scenario.products.push(product(0, 1, 0));
    let mut bait = treatment(0, 0, 60);
    bait.piece_rate = crate::domain::Exact::from_int(40);
    scenario.treatments.push(bait);
    scenario.rules.push(rule(0, &[0], Every::Week, 1));
    let mut a = team("n", 100);
    a.mobilisation = yuan(300);
    a.min_days = 3;
    scenario.teams.push(a);
    let season = Season::new(&scenario);
    let mut board = Board::new(&season, dispatch::weights(&season));
    let a = TeamIx(0);
    let mut told = Vec::new();
    for day in [0, 1, 2, 3] {
        let at = board.crew_day(a, day, 1);
        let more = board.ledger.with_more(a, 1, Money::ZERO);
        let before = board.ledger.cost();
        board.set_open(at, true);
        assert_eq!(board.ledger.cost() - before, more);
        assert_eq!(
            board.ledger.with_more(a, -1, Money::ZERO),
            Money::ZERO - more
        );
        told.push(more);
    }
    // All three days with the first.
    assert_eq!(told, [yuan(600), yuan(0), yuan(0), yuan(100)]);
    let visit = board.add(0, 0);
    let before = board.ledger.cost();
    let piece = season.jobs[0].options[0].piece;
    assert_eq!(board.ledger.with_more(a, 0, piece), yuan(40));
    let at = board.crew_day(a, 0, 1);
    board.put(visit, 0, at);
    assert_eq!(board.ledger.cost() - before, yuan(40));
}
