//! Bounds by parts against optima of small random models.

use super::super::search::Dice;
use super::*;

/// Two phases with two teams each, whose crew-days must be whole; work of three kinds may be done in either phase. The
/// second team must be hired before it is sent out.
fn season(dice: &mut Dice) -> (Model, Objective, Vec<Home>, Vec<Whole>, Choice) {
    let mut model = Model::default();
    let mut objective = Objective::default();
    let (mut homes, mut wholes) = (Vec::new(), Vec::new());
    let mut spread: Vec<Vec<(Col, f64)>> = vec![Vec::new(); 3];
    let mut of_second = Vec::new();
    for phase in 0..2 {
        let mut hours = Vec::new();
        for team in 0..2 {
            let days = model.whole(0.0, 9.0);
            homes.push(Home::Phase(phase));
            wholes.push(Whole {
                col: days,
                low: 0.0,
                high: 9.0,
                class: 0,
            });
            if team == 1 {
                of_second.push(days);
            } else {
                objective.terms.push((days, 700.0 + 300.0 * dice.unit()));
            }
            hours.push((days, 6.0 + 2.0 * dice.unit()));
        }
        let own = 12.0 + 9.0 * dice.unit();
        let mut row = hours.clone();
        for kind in &mut spread {
            let part = model.column(0.0, 8.0);
            homes.push(Home::Open);
            row.push((part, -1.0));
            kind.push((part, 1.0));
        }
        model.at_least(row, own);
    }
    for kind in spread {
        model.at_least(kind, 2.0 + 5.0 * dice.unit());
    }
    let packs = model.whole(0.0, 4.0);
    homes.push(Home::Season);
    objective.terms.push((packs, 90.0));
    model.at_least(vec![(packs, 1.0), (Col(0), -0.2)], 0.5);
    wholes.push(Whole {
        col: packs,
        low: 0.0,
        high: 4.0,
        class: 1,
    });
    let made = model.whole(0.0, 1.0);
    homes.push(Home::Season);
    objective.terms.push((made, 2_500.0 * dice.unit()));
    for &days in &of_second {
        model.at_most(vec![(days, 1.0), (made, -9.0)], 0.0);
    }
    // Four crew-days are billed in any case.
    let billed = model.column(0.0, 18.0);
    homes.push(Home::Season);
    objective.terms.push((billed, 700.0 + 300.0 * dice.unit()));
    model.at_least(vec![(billed, 1.0), (made, -4.0)], 0.0);
    let mut row: Vec<(Col, f64)> = of_second.iter().map(|&days| (days, -1.0)).collect();
    row.push((billed, 1.0));
    model.at_least(row, 0.0);
    wholes.push(Whole {
        col: made,
        low: 0.0,
        high: 1.0,
        class: 1,
    });
    let choice = Choice {
        made,
        allows: of_second,
    };
    (model, objective, homes, wholes, choice)
}

#[test]
fn a_floor_lies_between_the_linear_bound_and_the_optimum() {
    let limits = Limits {
        pivots: 100_000,
        relative_gap: 0.0,
        absolute_gap: 1e-9,
        cut_factors: 0,
    };
    let (mut above, mut lifted, mut dice) = (0, 0, Dice::new(7));
    for _ in 0..200 {
        let (model, objective, homes, wholes, choice) = season(&mut dice);
        let mut session = Session::new(&model);
        session.set_objective(&objective);
        let relaxed = session.solve().expect("a linear optimum");
        let mut parts = Parts::new(&model, &homes, Vec::new(), &limits);
        parts.learn(&session, &relaxed);
        let floor = parts.floor(session.bounds());
        // Hired or not, each with its own prices.
        let whole: Vec<Whole> = (wholes.iter().copied())
            .filter(|whole| homes[whole.col.0] == Home::Season)
            .collect();
        let mut parts = Parts::new(&model, &homes, vec![choice], &limits);
        let found = tree::minimise_over(&mut session, &whole, &limits, &mut parts, &|| false);
        let decided = found.expect("a solution").bound;
        let best = tree::minimise(&mut session, &wholes, &limits, &|| false);
        let best = best.expect("a whole optimum").value;
        assert!(floor <= best + 1e-6, "{floor} is above the optimum {best}");
        assert!(floor >= relaxed.objective - 1e-6);
        assert!(
            decided <= best + 1e-6,
            "{decided} is above the optimum {best}"
        );
        lifted += usize::from(decided > floor + 1.0);
        above += usize::from(floor > relaxed.objective + 1.0);
    }
    assert!(above > 100, "whole crew-days count for nothing: {above}");
    assert!(lifted > 100, "a choice made counts for nothing: {lifted}");
}
