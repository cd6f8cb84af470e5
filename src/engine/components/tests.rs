//! The bound put together from components is held against plans of the whole, in seasons small enough for good ones.

mod methods;

use super::super::{Effort, Outcome, Proofs, Stage, Unwatched};
use super::*;
use crate::domain::{
    BudgetLine, BudgetScope, Choice, Day, DoneVisit, Every, Exact, Hours, Measure, Product,
    ProductIx, Rule, Scenario, Selector, Site, SiteIx, Team, TeamIx, Treatment, TreatmentIx,
    Weekdays,
};
use crate::measures;
use std::sync::Mutex;

const QUICK: Options = Options {
    seed: 0,
    effort: Effort::Quick,
};

fn number(value: usize) -> Exact {
    Exact::from_int(i64::try_from(value).expect("a small number"))
}

pub(in crate::engine) fn micro(value: usize) -> i64 {
    i64::try_from(value).expect("a small number") * 1_000_000
}

pub(in crate::engine) fn may(day: u32) -> Day {
    Day::from_ymd_opt(2026, 5, day).expect("a day of May")
}

/// Four weeks without any row.
pub(in crate::engine) fn four_weeks() -> Scenario {
    Scenario {
        name: "components".to_owned(),
        currency: String::new(),
        start: may(1),
        end: may(28),
        plan_from: may(1),
        sites: Vec::new(),
        treatments: Vec::new(),
        teams: Vec::new(),
        products: Vec::new(),
        rules: Vec::new(),
        rates: BTreeMap::new(),
        budget: Vec::new(),
        calendar: Vec::new(),
        done: Vec::new(),
        surveys: Vec::new(),
    }
}

pub(in crate::engine) fn site(zone: &str, at: usize, size: usize) -> Site {
    let id = format!("{zone}{at}");
    Site {
        name: id.clone(),
        id,
        kind: String::new(),
        zone: Some(zone.to_owned()),
        lon_lat: None,
        weight: Exact::one(),
        tags: Vec::new(),
        workdays: Weekdays::ALL,
        access_min: Exact::zero(),
        exclude: Vec::new(),
        parts: 1,
        measures: BTreeMap::from([("size".to_owned(), number(size))]),
        texts: indexmap::IndexMap::default(),
    }
}

/// A treatment that uses one unit of a product for each unit of a site's size.
pub(in crate::engine) fn treatment(at: usize, product: usize, minutes: usize) -> Treatment {
    Treatment {
        id: format!("t{at}"),
        name: String::new(),
        pests: Vec::new(),
        method: "bait".to_owned(),
        product: Some(ProductIx(product)),
        measure: Measure::Column("size".to_owned()),
        dose: Exact::one(),
        dose_per: Exact::one(),
        dose_step: None,
        rate_per_hour: None,
        setup_min: number(minutes),
        piece_rate: Exact::zero(),
        residual_days: None,
        dilution: String::new(),
        safety: String::new(),
    }
}

/// A team of one crew in one zone, six hours a day.
pub(in crate::engine) fn team(zone: &str, cost_per_day: usize) -> Team {
    Team {
        id: format!("team {zone}"),
        name: String::new(),
        contractor: zone.to_owned(),
        methods: vec!["bait".to_owned()],
        zones: vec![zone.to_owned()],
        crews: 1,
        people: None,
        hours_per_day: Hours::from_micro(micro(6)),
        speed: Exact::one(),
        cost_per_day: Money::from_micro(micro(cost_per_day)),
        mobilisation: Money::ZERO,
        min_days: 0,
        max_days: None,
        committed: false,
        from: None,
        to: None,
        workdays: Weekdays::ALL,
    }
}

pub(in crate::engine) fn product(at: usize, pack_size: usize, pack_cost: usize) -> Product {
    Product {
        id: format!("p{at}"),
        name: String::new(),
        unit: String::new(),
        pack_size: Quantity::from_micro(micro(pack_size)),
        pack_cost: Money::from_micro(micro(pack_cost)),
        stock: Quantity::ZERO,
        max_packs: None,
        from: None,
        to: None,
        active_ingredient: String::new(),
        moa_group: String::new(),
        registration: String::new(),
        pests: Vec::new(),
    }
}

/// A rule for all sites.
pub(in crate::engine) fn rule(
    at: usize,
    treatments: &[usize],
    every: Every,
    rounds: usize,
) -> Rule {
    Rule {
        id: format!("r{at}"),
        name: String::new(),
        selector: Selector::default(),
        treatments: treatments.iter().map(|&at| TreatmentIx(at)).collect(),
        from: may(1),
        to: may(28),
        every,
        rounds: rounds as u32,
        min_gap: 1,
        max_gap: None,
        tier: 1,
        weight: Exact::one(),
    }
}

/// The first team's visit to the first site on the third day.
fn done(treatment: usize) -> DoneVisit {
    DoneVisit {
        date: may(3),
        team: TeamIx(0),
        crew: 1,
        site: SiteIx(0),
        part: None,
        treatment: TreatmentIx(treatment),
        product: None,
        quantity: None,
        hours: None,
    }
}

/// Two zones, each with its sites and its team, and now and then a signed team without work.
fn drawn(seed: u64) -> Scenario {
    let mut dice = Dice::new(seed);
    let mut one_of = |from: usize, to: usize| from + dice.below(to - from + 1);
    let mut scenario = four_weeks();
    for zone in ["n", "s"] {
        for at in 0..one_of(1, 2) {
            scenario.sites.push(site(zone, at, one_of(1, 4)));
        }
        scenario.teams.push(Team {
            mobilisation: Money::from_micro(micro(100 * one_of(0, 2))),
            min_days: one_of(0, 3) as i64,
            ..team(zone, one_of(100, 300))
        });
    }
    if one_of(0, 1) == 0 {
        scenario.teams.push(Team {
            committed: true,
            mobilisation: Money::from_micro(micro(70)),
            ..team("elsewhere", 50)
        });
    }
    for at in 0..2 {
        scenario.products.push(Product {
            stock: Quantity::from_micro(micro(one_of(0, 5))),
            max_packs: (one_of(0, 3) == 0).then(|| one_of(1, 5) as i64),
            ..product(at, one_of(2, 9), one_of(50, 300))
        });
    }
    for (at, product) in [0, 1, 0].into_iter().enumerate() {
        let minutes = one_of(60, 150);
        scenario.treatments.push(treatment(at, product, minutes));
    }
    // Of one product alone; of either; and over the same visits as the first, or over others.
    let first: &[usize] = if one_of(0, 1) == 0 { &[0] } else { &[0, 1] };
    let second: &[usize] = if one_of(0, 1) == 0 { &[2] } else { &[0, 2] };
    let every = [Every::Window, Every::HalfMonth, Every::Days(14)][one_of(0, 2)];
    scenario.rules.push(rule(0, first, every, one_of(1, 2)));
    scenario
        .rules
        .push(rule(1, second, Every::Window, one_of(0, 2)));
    if one_of(0, 1) == 0 {
        scenario.plan_from = may(8);
        let treatment = one_of(0, 2);
        let quantity = (one_of(0, 1) == 0).then(|| number(one_of(0, 12)));
        scenario.done.push(DoneVisit {
            quantity,
            ..done(treatment)
        });
    }
    scenario
}

fn alone(season: &Season, watch: &dyn Watch) -> Outcome {
    plan_alone(season, None, &Efforts::of(QUICK.effort), QUICK.seed, watch)
}

fn bound(season: &Season) -> Option<Money> {
    let components = components(season);
    let list = Terms::list(season, &components);
    let found = terms::find(season, &components, &list, &QUICK, &Unwatched)?;
    Some(found.1)
}

fn is_complete(shortfall: &BTreeMap<u32, Shortfall>) -> bool {
    shortfall.values().all(|&short| short == Shortfall::ZERO)
}

/// The same with every site for both teams, which have methods of their own; the second may use a product alone.
fn drawn_by_method(seed: u64) -> Scenario {
    let mut scenario = drawn(seed);
    for site in &mut scenario.sites {
        site.zone = Some("n".to_owned());
    }
    for (at, team) in scenario.teams.iter_mut().take(2).enumerate() {
        team.zones = vec!["n".to_owned()];
        team.methods = vec![format!("method {at}")];
    }
    for (treatment, method) in scenario.treatments.iter_mut().zip([0, 0, 1]) {
        treatment.method = format!("method {method}");
    }
    scenario.treatments[2].product = Some(ProductIx(seed as usize % 2));
    scenario.rules[1].treatments = vec![TreatmentIx(2)];
    scenario
}

#[test]
fn no_complete_plan_costs_less_than_the_bound_of_the_components() {
    for draw in [drawn, drawn_by_method] {
        let (mut compared, mut near) = (0, 0);
        for seed in 0..100 {
            let scenario = draw(seed);
            let season = Season::new(&scenario);
            assert_eq!(components(&season).len(), 2);
            let plan = alone(&season, &Unwatched);
            let (true, Some(bound)) = (is_complete(&plan.shortfall), bound(&season)) else {
                continue;
            };
            let cost = plan.cost;
            assert!(bound <= cost, "seed {seed}: {bound} above {cost}");
            compared += 1;
            near += u32::from(bound.to_f64() > 0.6 * cost.to_f64());
        }
        assert!(compared >= 30, "only {compared} seasons could be compared");
        assert!(near >= 15, "{near} of {compared} bounds are near the cost");
    }
}

/// Keeps what it is shown.
#[derive(Default)]
struct Shown(Mutex<Vec<Outcome>>);

impl Watch for Shown {
    fn stage(&self, _: Stage) {}
    fn improved(&self, outcome: &Outcome) {
        self.0.lock().expect("one thread").push(outcome.clone());
    }
    fn stop(&self) -> bool {
        false
    }
}

#[test]
fn who_ends_the_planning_early_gets_what_the_components_have() {
    let mut complete = 0;
    for seed in 0..20 {
        let scenario = drawn(seed);
        let season = Season::new(&scenario);
        let components = components(&season);
        let shown = Shown::default();
        let gather = Gather::new(&season, &shown, components.len());
        let free = vec![None; scenario.products.len()];
        let prices: Vec<f64> = (0..free.len()).map(|at| unit_price(&season, at)).collect();
        let mut visits = Vec::new();
        for (at, component) in components.iter().enumerate() {
            let own = extract(&season, component, &prices, free.clone());
            visits.push(alone(&own, &gather.of(at)).plan.visits);
        }
        let shown = shown.0.into_inner().expect("one thread");
        for outcome in &shown {
            let board = Board::with_plan(&season, dispatch::weights(&season), &outcome.plan);
            assert!(board.is_valid(), "seed {seed}: a plan that is not valid");
            assert_eq!(
                outcome.shortfall,
                measures::shortfall(&season, &outcome.plan)
            );
            assert_eq!(outcome.cost, measures::cost(&season, &outcome.plan).total());
        }
        let all = season.plan(visits.into_iter().flatten().collect());
        let shortfall = measures::shortfall(&season, &all);
        // Products may be too few for all components together.
        let fits = Board::with_plan(&season, dispatch::weights(&season), &all).is_valid();
        if fits
            && is_complete(&shortfall)
            && let Some(last) = shown.last()
        {
            assert_eq!(
                last.shortfall, shortfall,
                "seed {seed}: something is left out"
            );
            complete += 1;
        }
    }
    assert!(complete >= 5, "only {complete} seasons were complete");
}

#[test]
fn what_is_shown_of_all_components_is_within_a_budget_that_none_of_them_knows() {
    // Each zone needs two crew-days at 100; the budget has money for three.
    let mut scenario = four_weeks();
    scenario.products.push(product(0, 1, 0));
    scenario.treatments.push(treatment(0, 0, 60));
    scenario.rules.push(rule(0, &[0], Every::Window, 1));
    for zone in ["north", "south"] {
        scenario.teams.push(team(zone, 100));
        for at in 0..12 {
            scenario.sites.push(site(zone, at, 1));
        }
    }
    scenario.budget.push(BudgetLine {
        id: "total".to_owned(),
        scope_text: "total".to_owned(),
        scopes: vec![BudgetScope::Total],
        from: None,
        to: None,
        amount: Money::from_micro(micro(300)),
    });
    let season = Season::new(&scenario);
    let components = components(&season);
    assert_eq!(components.len(), 2);
    let shown = Shown::default();
    let gather = Gather::new(&season, &shown, components.len());
    for (at, component) in components.iter().enumerate() {
        let own = extract(&season, component, &[0.0], vec![None]);
        let alone = alone(&own, &gather.of(at));
        assert_eq!(alone.plan.visits.len(), 12);
    }
    let caps = BTreeMap::from([(1, Shortfall::from_micro(micro(6)))]);
    let mut proofs = Proofs::default();
    proofs.add_cost(caps, Money::from_micro(micro(300)));
    gather.prove(&proofs);
    let best = gather.best_plan().expect("a plan");
    let shown = shown.0.into_inner().expect("one thread");
    let last = shown.last().expect("a plan");
    assert_eq!(last.plan, best);
    assert_eq!(last.plan.visits.len(), 18);
    assert_eq!(last.cost, Money::from_micro(micro(300)));
    // What is proven later is told of the plan that stands.
    assert_eq!(last.bounds.cost, last.cost);
    assert!(shown.iter().all(|outcome| outcome.cost <= last.cost));
}

#[test]
fn packs_count_whole_where_nothing_replaces_the_product() {
    let mut scenario = four_weeks();
    for zone in ["n", "s"] {
        scenario.sites.push(site(zone, 0, 4));
        scenario.teams.push(team(zone, 100));
    }
    scenario.products.push(product(0, 100, 1_000));
    scenario.treatments.push(treatment(0, 0, 60));
    scenario.rules.push(rule(0, &[0], Every::Window, 1));
    // One crew-day in each zone, and a pack for eight units.
    let cost = Money::from_micro(micro(1_200));
    let found = bound(&Season::new(&scenario)).expect("a bound");
    assert!(found <= cost && found.to_f64() > 1_190.0, "{found}");
    // Done visits used two units more than a pack; what is left of the second is enough for what is still asked.
    scenario.plan_from = may(8);
    for at in 0..2 {
        scenario.done.push(DoneVisit {
            date: may(3),
            team: TeamIx(at),
            crew: 1,
            site: SiteIx(at),
            part: None,
            treatment: TreatmentIx(0),
            product: None,
            quantity: Some(number(51)),
            hours: None,
        });
    }
    scenario.rules[0].rounds = 2;
    let cost = Money::from_micro(micro(4 * 100 + 2 * 1_000));
    let found = bound(&Season::new(&scenario)).expect("a bound");
    assert!(found <= cost && found.to_f64() > 2_390.0, "{found}");
}

#[test]
fn rounds_too_light_to_show_in_the_shortfall_ask_for_no_pack() {
    let mut scenario = four_weeks();
    for zone in ["n", "s"] {
        scenario.sites.push(site(zone, 0, 4));
        scenario.teams.push(team(zone, 100));
    }
    scenario.products.push(product(0, 10, 100));
    scenario.products.push(product(1, 1_000, 5_000));
    for at in 0..2 {
        scenario.treatments.push(treatment(at, at, 60));
    }
    scenario.rules.push(rule(0, &[0], Every::Window, 1));
    let without = scenario.clone();
    scenario.rules.push(Rule {
        weight: Exact::parse("0.0000001").expect("a decimal"),
        selector: Selector {
            site: Some(Choice {
                any_of: vec!["n0".to_owned()],
                ..Choice::default()
            }),
            ..Selector::default()
        },
        ..rule(1, &[1], Every::Window, 1)
    });
    let season = Season::new(&scenario);
    let plan = alone(&Season::new(&without), &Unwatched);
    assert!(is_complete(&measures::shortfall(&season, &plan.plan)));
    assert_eq!(measures::cost(&season, &plan.plan).total(), plan.cost);
    let found = bound(&season).expect("a bound");
    assert!(found <= plan.cost, "{found} above {}", plan.cost);
}

#[test]
fn a_limit_of_as_many_packs_as_can_be_counted_is_none() {
    let mut scenario = four_weeks();
    let size = Quantity::from_micro(micro(25));
    scenario.products.push(Product {
        stock: Quantity::from_micro(micro(50)),
        max_packs: Some(i64::MAX / size.micro()),
        ..product(0, 25, 100)
    });
    let most = most_used(&Season::new(&scenario), 0);
    assert!(most > Some(Quantity::from_micro(micro(1_000_000_000))));
}
