//! What becomes of a plan that is mended. Where products are short, a missed round may be done by any of its treatments,
//! and a visit that has another leaves the scarce product to a round that has none; where money is, crews stay at home.

use super::tiny::{self, line, money, product, rule, team, treatment};
use super::{explained, options, week};
use std::collections::BTreeMap;
use xiaosha::domain::{
    BudgetScope, Plan, ProductIx, Scenario, Shortfall, SiteIx, TeamIx, TreatmentIx, Visit,
};
use xiaosha::engine::{self, Unwatched};
use xiaosha::explain::{Amount, Change};
use xiaosha::season::Season;
use xiaosha::verify::judge_plan;

const BTI: TreatmentIx = TreatmentIx(0);
const TEMEPHOS: TreatmentIx = TreatmentIx(1);

/// Ponds that each want one visit with bti or temephos, which takes a crew's whole day; so many packs of each, one a
/// visit.
fn ponds(count: usize, bti: i64, temephos: i64) -> Scenario {
    let mut ponds = week(count, "480");
    ponds.treatments = ["bti", "temephos"]
        .iter()
        .enumerate()
        .map(|(at, id)| {
            let mut larvicide = treatment(id, "larvicide", "visit");
            larvicide.setup_min = tiny::exact("480");
            larvicide.product = Some(ProductIx(at));
            larvicide.dose = tiny::exact("2");
            larvicide
        })
        .collect();
    ponds.products = [("bti", "20", bti), ("temephos", "30", temephos)]
        .iter()
        .map(|&(id, cost, most)| {
            let mut product = product(id, "2");
            product.pack_cost = money(cost);
            product.max_packs = Some(most);
            product
        })
        .collect();
    ponds.teams = vec![team("A", &["larvicide"], "8")];
    ponds.rules = vec![rule(&ponds, "ponds", &[0, 1], 1)];
    ponds
}

fn visit(date: &str, site: usize, treatment: TreatmentIx) -> Visit {
    Visit {
        date: tiny::day(date),
        team: TeamIx(0),
        crew: 1,
        site: SiteIx(site),
        part: 1,
        treatment,
    }
}

/// A plan mended for all rules; it is valid.
fn mended_plan(scenario: &Scenario, start: &[Visit]) -> Vec<Visit> {
    let season = Season::new(scenario);
    let start = Plan {
        visits: start.to_vec(),
    };
    let plan = engine::mend(&season, &start, None, &options(), &Unwatched);
    assert!(judge_plan(scenario, &plan).is_valid(), "{plan:?}");
    plan.visits
}

/// The treatment at each site of a plan mended for all rules; it is valid.
fn mended(scenario: &Scenario, start: &[Visit]) -> BTreeMap<usize, TreatmentIx> {
    let visits = mended_plan(scenario, start).into_iter();
    visits
        .map(|visit| (visit.site.0, visit.treatment))
        .collect()
}

#[test]
fn a_missed_round_is_done_with_another_treatment_where_the_first_has_no_product() {
    let ponds = ponds(1, 0, 1);
    assert_eq!(mended(&ponds, &[]), [(0, TEMEPHOS)].into());
}

#[test]
fn a_visit_leaves_a_scarce_product_to_a_round_that_can_only_be_done_with_it() {
    // Fish live in the second pond: bti or nothing, and all bti there is goes into the first.
    let mut ponds = ponds(2, 1, 1);
    ponds.sites[1].exclude = tiny::words(&["temephos"]);
    let start = [visit("05-04", 0, BTI)];
    assert_eq!(mended(&ponds, &start), [(0, TEMEPHOS), (1, BTI)].into());
}

#[test]
fn as_many_visits_change_as_it_takes_and_none_does_where_it_would_be_in_vain() {
    // The last pond takes three packs of bti; only where the others all leave theirs is that enough.
    let mut ponds = ponds(4, 3, 3);
    ponds.treatments[0].measure = xiaosha::domain::Measure::Column("water".to_owned());
    for (at, site) in ponds.sites.iter_mut().enumerate() {
        let water = if at == 3 { "3" } else { "1" };
        site.measures.insert("water".to_owned(), tiny::exact(water));
    }
    ponds.sites[3].exclude = tiny::words(&["temephos"]);
    let start = [
        visit("05-04", 0, BTI),
        visit("05-05", 1, BTI),
        visit("05-06", 2, BTI),
    ];
    let all = [(0, TEMEPHOS), (1, TEMEPHOS), (2, TEMEPHOS), (3, BTI)];
    assert_eq!(mended(&ponds, &start), all.into());
    // With temephos for two of them the three rounds that are done stay as they are.
    ponds.products[1].max_packs = Some(2);
    let kept = [(0, BTI), (1, BTI), (2, BTI)];
    assert_eq!(mended(&ponds, &start), kept.into());
}

#[test]
fn in_a_large_season_a_pack_of_the_other_product_cures_what_cannot_be_done_with_it() {
    // Fish live in half of the ponds, which matter less; bti lacks for one of them, and nobody has any temephos.
    let mut ponds = ponds(80, 79, 0);
    ponds.teams[0].crews = 20;
    for site in ponds.sites.iter_mut().step_by(2) {
        site.exclude = tiny::words(&["temephos"]);
        site.weight = tiny::exact("0.5");
    }
    let found = explained(&ponds);
    assert_eq!(found.present.shortfall[&1], Shortfall::from_micro(500_000));
    let cures = &found.short[0].cures;
    for (at, cost) in [(0, "20"), (1, "30")] {
        let product = ProductIx(at);
        let cure = cures
            .iter()
            .find(|cure| cure.change.change == Change::Packs { product, by: 1 })
            .unwrap_or_else(|| panic!("{cures:?}"));
        assert_eq!((cure.left, cure.money), (0, money(cost)));
        assert_eq!(cure.least, Some(Amount::Count(1)));
    }
}

#[test]
fn where_the_money_is_less_crews_stay_at_home_and_the_others_do_as_much_as_before() {
    // Two visits a crew-day, which is all that costs anything; money for five crew-days of eight.
    let mut week = week(15, "240");
    week.teams[0].crews = 2;
    let season = Season::new(&week);
    let whole = engine::plan(&season, &options(), &Unwatched).plan;
    assert_eq!(whole.visits.len(), 15);
    week.budget = vec![line("labour", &[BudgetScope::Labour], "3600")];
    assert_eq!(mended(&week, &whole.visits).len(), 10);
}

#[test]
fn where_the_money_of_one_contractor_or_of_some_days_is_less_only_its_crews_stay_at_home() {
    // The emptiest crew-day is one of A's, on the first day; B is out on all five, two visits each.
    let mut week = week(11, "240");
    let mut b = team("B", &["ulv"], "8");
    b.cost_per_day = money("700");
    week.teams.push(b);
    let mut start = vec![visit("05-04", 0, TreatmentIx(0))];
    for site in 1..11 {
        let date = format!("05-{:02}", 4 + (site - 1) / 2);
        let team = TeamIx(1);
        start.push(Visit {
            team,
            ..visit(&date, site, TreatmentIx(0))
        });
    }
    let of_b = line("B", &[BudgetScope::Contractor("B".to_owned())], "1400");
    let mut last_days = line("last days", &[BudgetScope::Labour], "700");
    last_days.from = Some(tiny::day("05-07"));
    last_days.to = Some(tiny::day("05-08"));
    for line in [of_b, last_days] {
        week.budget = vec![line];
        let plan = mended_plan(&week, &start);
        assert_eq!(plan.len(), 11, "{plan:?}");
        let stays = |visit: &Visit| visit.team == TeamIx(0) && visit.date == tiny::day("05-04");
        assert!(plan.iter().any(stays), "{plan:?}");
    }
}

#[test]
fn a_visit_leaves_a_scarce_product_once_a_further_crew_makes_room() {
    // Temephos takes a whole day, bti half of one; the second pond can only be done with bti, and there is one pack. It
    // has room beside the first pond only as long as that keeps its bti.
    let mut ponds = ponds(2, 1, 1);
    ponds.treatments[0].setup_min = tiny::exact("240");
    ponds.sites[1].exclude = tiny::words(&["temephos"]);
    let start = [visit("05-04", 0, BTI)];
    assert_eq!(mended(&ponds, &start), [(0, TEMEPHOS), (1, BTI)].into());
}
