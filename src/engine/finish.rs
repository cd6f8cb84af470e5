//! Finishing: a board that does not hold a valid plan is made to, and what is of no use is taken off.

use super::board::{Board, CrewDay, VisitIx};

/// What counts as wrong, in units of which one is worth as much as another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wrong {
    overload: f64,
    squeezed: f64,
    overspent: f64,
}

/// Everything that makes a plan invalid.
const ANY: Wrong = Wrong {
    overload: 1.0,
    squeezed: 1.0,
    overspent: 0.01,
};

/// Money and products only.
pub(super) const OVERSPENT: Wrong = Wrong {
    overload: 0.0,
    squeezed: 0.0,
    overspent: 0.01,
};

impl Wrong {
    fn of(&self, board: &Board) -> f64 {
        let strain = &board.strain;
        self.overload * (strain.overload as f64 / 1e6)
            + self.squeezed * strain.squeezed as f64
            + self.overspent * strain.overspent
    }
}

/// Takes visits off until the board holds a valid plan.
pub(super) fn give_up_until_valid(board: &mut Board) {
    while !board.is_valid() {
        shed(board, &ANY);
        // Only crew-days without visits can be too much now.
        if !close_empty(board) {
            return;
        }
    }
}

/// The same at once, and with less care: which visits leave is not weighed again each time one has left.
pub(super) fn give_up_at_once(board: &mut Board) {
    while !board.is_valid() {
        let mut wrong = ANY.of(board);
        let before = wrong;
        let mut priced = reliefs(board, &ANY);
        priced.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for (_, visit) in priced {
            let slot = board.slot(visit);
            let Some(place) = slot.place.filter(|_| wrong > 1e-9) else {
                break;
            };
            board.lift(visit);
            if ANY.of(board) < wrong {
                wrong = ANY.of(board);
            } else {
                board.put(visit, slot.option as usize, place);
            }
        }
        if !close_empty(board) && wrong >= before {
            return;
        }
    }
}

/// Takes visits off until nothing is wrong, or no visit matters: each time the one whose leaving relieves most for the
/// rounds that it costs.
pub(super) fn shed(board: &mut Board, wrong: &Wrong) {
    while wrong.of(board) > 1e-9 {
        let priced = reliefs(board, wrong).into_iter();
        match priced.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))) {
            Some((_, visit)) => board.lift(visit),
            None => return,
        }
    }
}

/// Visits whose leaving would relieve what is wrong, with the rounds that this costs for a unit of relief.
fn reliefs(board: &mut Board, wrong: &Wrong) -> Vec<(f64, VisitIx)> {
    let mut priced = Vec::new();
    for at in 0..board.slots.len() {
        let visit = VisitIx(at as u32);
        let Some(place) = board.slot(visit).place else {
            continue;
        };
        let part = board.part(visit);
        let suspect = board.overload(place) > 0
            || board.strain.overspent > 0.0
            || board.season.parts[part]
                .demands
                .iter()
                .any(|&demand| board.state(demand).1 > 0);
        if !suspect {
            continue;
        }
        let option = board.slot(visit).option as usize;
        let (missed, before) = (board.strain.missed, wrong.of(board));
        board.lift(visit);
        let relief = before - wrong.of(board);
        let lost = board.strain.missed - missed;
        board.put(visit, option, place);
        if relief > 0.0 {
            priced.push(((lost + 1e-3) / relief, visit));
        }
    }
    priced
}

/// Takes off visits that are of no use, and keeps crews at home that then have none.
pub(super) fn tidy(board: &mut Board) {
    drop_useless(board);
    close_empty(board);
}

/// Keeps crews without visits at home; whether there were any.
pub(super) fn close_empty(board: &mut Board) -> bool {
    let mut closed = false;
    for at in (0..board.bins.len() as u32).map(CrewDay) {
        if board.bin(at).open && board.bin(at).visits.is_empty() {
            board.set_open(at, false);
            closed = true;
        }
    }
    closed
}

/// Takes off visits whose leaving misses no round.
pub(super) fn drop_useless(board: &mut Board) {
    for at in 0..board.slots.len() {
        let visit = VisitIx(at as u32);
        let slot = board.slot(visit);
        let Some(place) = slot.place else { continue };
        let missed = board.strain.missed;
        board.lift(visit);
        if board.strain.missed > missed + 1e-9 {
            board.put(visit, slot.option as usize, place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::board::Board;
    use super::super::components::tests::{
        four_weeks, micro, product, rule, site, team, treatment,
    };
    use super::super::dispatch;
    use super::*;
    use crate::domain::{Every, Money, Rule};
    use crate::season::Season;

    #[test]
    fn what_the_money_does_not_pay_is_given_up_of_the_last_tier() {
        // Ten visits of each of two tiers for ten yuan each, a crew-day for a hundred, and 250 yuan.
        let mut scenario = four_weeks();
        scenario.products.push(product(0, 1, 10));
        for at in 0..2 {
            scenario.treatments.push(treatment(at, 0, 15));
            scenario.rules.push(Rule {
                tier: 1 + at as u32,
                ..rule(at, &[at], Every::Window, 1)
            });
        }
        scenario.sites.extend((0..10).map(|at| site("n", at, 1)));
        scenario.teams.push(team("n", 100));
        let scenario = scenario.with_total(Some(Money::from_micro(micro(250))));
        let season = Season::new(&scenario);
        let give_up = |how: fn(&mut Board)| {
            let mut board = Board::new(&season, dispatch::weights(&season));
            let crew = board.crew_day(season.jobs[0].options[0].team, 0, 1);
            board.set_open(crew, true);
            for job in 0..season.jobs.len() {
                let visit = board.add(job, 0);
                board.put(visit, 0, crew);
            }
            assert!(!board.is_valid());
            how(&mut board);
            assert!(board.is_valid());
            let missed = |tier: u32| {
                let demands = season.demands.iter().enumerate();
                let own = demands.filter(|(_, demand)| demand.tier == tier);
                own.map(|(at, _)| board.state(at).0).sum::<u32>()
            };
            [missed(1), missed(2)]
        };
        assert_eq!(give_up(give_up_at_once), [0, 5]);
        assert_eq!(give_up(give_up_until_valid), [0, 5]);
    }
}
