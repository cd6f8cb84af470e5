//! Work at the same sites that other teams do with other products.

use super::*;

/// Twelve sites at each of which two teams, with methods of their own, have an hour each to do with one unit of a product
/// of their own, in two crew-days each.
fn two_methods(pack_sizes: [usize; 2], pack_costs: [usize; 2], per_day: [usize; 2]) -> Scenario {
    let mut scenario = four_weeks();
    for at in 0..2 {
        let packs = product(at, pack_sizes[at], pack_costs[at]);
        scenario.products.push(packs);
        scenario.treatments.push(treatment(at, at, 60));
        scenario.rules.push(rule(at, &[at], Every::Window, 1));
        scenario.teams.push(team("n", per_day[at]));
        scenario.teams[at].methods = vec![format!("method {at}")];
        scenario.treatments[at].method = format!("method {at}");
    }
    for at in 0..12 {
        scenario.sites.push(site("n", at, 1));
    }
    scenario
}

#[test]
fn work_at_the_same_sites_falls_apart_where_other_teams_do_it_with_other_products() {
    // Four crew-days at 100. Twelve units of one product take three packs at 100, twelve of the other two at 50.
    let scenario = two_methods([5, 7], [100, 50], [100, 100]);
    let season = Season::new(&scenario);
    let components = components(&season);
    assert_eq!(components.len(), 2);
    assert!(components[0].owns == [true, false] && components[1].owns == [false, true]);
    let all = Money::from_micro(micro(800));
    assert_eq!(bound(&season), Some(all));
    let plan = alone(&season, &Unwatched);
    assert!(is_complete(&plan.shortfall) && plan.cost == all);
    let mut sum = Money::ZERO;
    for component in &components {
        let own = extract(&season, component, &[0.0; 2], vec![None; 2]);
        assert!(own.jobs.len() == 12 && own.demands.len() == 12);
        sum += alone(&own, &Unwatched).cost;
    }
    assert_eq!(sum, all);
}

#[test]
fn what_was_paid_to_one_component_is_no_step_in_the_money_of_another() {
    // The first team was paid 7 for a visit and gets 77 for the others; the second costs 200, and 100 for packs.
    let mut scenario = two_methods([5, 7], [0, 50], [0, 100]);
    scenario.teams[0].contractor = "by the piece".to_owned();
    let key = ("by the piece".to_owned(), TreatmentIx(0));
    scenario.rates.insert(key, number(7));
    scenario.plan_from = may(8);
    scenario.done.push(done(0));
    let season = Season::new(&scenario);
    let plan = alone(&season, &Unwatched);
    let all = Money::from_micro(micro(7 + 77 + 200 + 100));
    assert!(is_complete(&plan.shortfall) && plan.cost == all);
    assert_eq!(bound(&season), Some(all));
}
