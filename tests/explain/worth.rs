//! What money, crew-days, contractors and rules are worth, against best plans of an independent model.

use super::tiny::{self, line, money, product, rule, team};
use super::{explained, optimum, week};
use xiaosha::domain::{BudgetScope, Measure, Money, Plan, ProductIx, RuleIx, TeamIx};
use xiaosha::explain::{Change, Checked, Counted, LeftOut, Priced};
use xiaosha::lang::Lang;
use xiaosha::measures::{Measures, Proven};
use xiaosha::report::{self, PageContent};
use xiaosha::season::Season;

#[test]
fn a_budget_has_the_price_by_which_two_best_plans_differ_and_holds_as_far_as_it_says() {
    let mut week = week(4, "480");
    week.budget = vec![line("labour", &[BudgetScope::Labour], "1500")];
    let found = explained(&week);
    let price = found
        .prices
        .confirmed
        .iter()
        .find(|price| price.what == Priced::Budget(0) && price.counted == Counted::Rounds(1))
        .unwrap_or_else(|| panic!("{:?}", found.prices));
    assert_eq!((price.checked, price.step), (Checked::Plans, 700.0));
    assert_eq!((price.down, price.up), (-1400.0, 1400.0));
    let short = |moved: f64| {
        let by = Money::from_micro((moved * 1e6) as i64);
        let changed = Change::Budget { line: 0, by }.apply(&week);
        optimum(&changed).shortfall[&1].to_f64()
    };
    for steps in -2..=2 {
        let moved = 700.0 * f64::from(steps);
        assert!((short(0.0) - short(moved) - price.worth * moved).abs() < 1e-6);
    }
}

#[test]
fn in_a_large_season_a_price_is_told_with_a_plan_that_shows_it_and_what_is_proven_at_most() {
    // Two visits a crew-day, and money for forty crew-days of seventy-five.
    let mut week = week(150, "240");
    week.teams[0].crews = 20;
    week.budget = vec![line("labour", &[BudgetScope::Labour], "28000")];
    let found = explained(&week);
    assert_eq!(found.present.missed, 70);
    let mut prices = found.prices.confirmed.iter();
    let price = prices
        .find(|price| price.what == Priced::Budget(0) && price.counted == Counted::Rounds(1))
        .unwrap_or_else(|| panic!("{:?}", found.prices));
    assert!((price.worth - 2.0 / 700.0).abs() < 1e-6, "{price:?}");
    let Checked::Found {
        gained,
        most,
        as_it_is: Some(as_it_is),
        allocation: None,
    } = price.checked
    else {
        panic!("{price:?}")
    };
    // With so much more money, two rounds for each crew-day that it pays.
    let truly = 2.0 * ((28_000.0 + price.step) / 700.0).floor() - 80.0;
    assert!((0.0..=truly).contains(&gained) && gained > 0.0, "{price:?}");
    assert!(most >= truly && most < truly + 2.0, "{price:?}");
    // The plan that stands is the best: nothing of it is to be had without more money.
    assert!(as_it_is.abs() < 1e-6, "{price:?}");
    assert!(price.step <= price.up, "{price:?}");
}

#[test]
fn in_a_large_season_no_price_is_more_than_is_proven_for_its_step() {
    // Three units a visit, four a pack: four packs more bring five rounds, and not the five and a third of the model.
    let mut week = week(150, "60");
    let mut bait = product("bait", "4");
    bait.max_packs = Some(10);
    week.products.push(bait);
    week.treatments[0].product = Some(ProductIx(0));
    week.treatments[0].dose = tiny::exact("3");
    let found = explained(&week);
    assert_eq!(found.present.missed, 137);
    let mut prices = found.prices.confirmed.iter();
    let price = prices
        .find(|price| price.what == Priced::Packs(ProductIx(0)))
        .unwrap_or_else(|| panic!("{:?}", found.prices));
    let Checked::Found { gained, most, .. } = price.checked else {
        panic!("{price:?}")
    };
    assert_eq!((price.step, gained, most), (4.0, 5.0, 5.0));
    assert!(price.worth * price.step <= most + 1e-6, "{price:?}");
}

#[test]
fn in_a_large_season_a_price_that_whole_crew_days_do_not_bring_is_that_of_plans() {
    // B is a little faster than A and costs less a day; the allocation sees hours, and plans whole crew-days.
    let mut week = week(150, "0");
    week.treatments[0].measure = Measure::Column("area".to_owned());
    week.treatments[0].rate_per_hour = Some(tiny::exact("100"));
    for (at, site) in week.sites.iter_mut().enumerate() {
        let area = (130 + at * 53 % 170).to_string();
        site.measures.insert("area".to_owned(), tiny::exact(&area));
    }
    week.teams[0].crews = 20;
    let mut b = team("B", &["ulv"], "8");
    b.speed = tiny::exact("1.05");
    b.cost_per_day = money("640");
    b.crews = 5;
    b.max_days = Some(10);
    week.teams.push(b);
    let found = explained(&week);
    assert_eq!(found.present.missed, 0);
    let mut prices = found.prices.confirmed.iter();
    let price = prices
        .find(|price| price.what == Priced::CrewDays(TeamIx(1)))
        .unwrap_or_else(|| panic!("{:?}", found.prices));
    let Checked::Found {
        gained,
        most,
        allocation: Some(said),
        ..
    } = price.checked
    else {
        panic!("{price:?}")
    };
    // A crew-day of B's for one of A's saves just this much.
    assert_eq!((price.counted, price.worth), (Counted::Money, 60.0));
    assert!((gained - 60.0 * price.step).abs() < 1e-6, "{price:?}");
    assert!(said > 66.0 && most >= gained, "{price:?}");
    assert!(price.step <= price.up && price.down <= 0.0, "{price:?}");
    // The office reads what each figure is of, and how well the range holds.
    let season = Season::new(&week);
    for (lang, words) in [
        (
            Lang::Zh,
            [
                "按分配模型，每多 1 个班组工日省 ",
                "之间大致有效，出入不过一半",
            ],
        ),
        (
            Lang::En,
            [
                "by the allocation, 1 crew-day more saves ",
                "holds about, within a half, from",
            ],
        ),
    ] {
        let shown = report::explain_summary(&season, &found, lang);
        for words in words {
            assert!(shown.contains(words), "{shown}");
        }
    }
    let nothing = Measures::new(&season, &Plan::default(), &Proven::default());
    let mut page = PageContent::of_plan(&season, &nothing);
    report::explain_parts(&season, &found, &mut page);
    let cells = page.answers.iter().flat_map(|table| &table.rows).flatten();
    let cells: Vec<&str> = cells.map(|cell| cell.en.as_str()).collect();
    let remark =
        "holds about, within a half, in this range; by the allocation, 1 crew-day more saves ";
    assert!(
        cells.iter().any(|cell| cell.starts_with(remark)),
        "{cells:?}"
    );
    assert!(cells.contains(&"+1 crew-day"), "{cells:?}");
}

#[test]
fn a_budget_line_whose_price_no_plan_confirms_is_told_with_what_is_proven() {
    // Money for two crew-days and a bit: no step that is tried pays for a third.
    let mut week = week(150, "240");
    week.budget = vec![line("labour", &[BudgetScope::Labour], "1500")];
    let found = explained(&week);
    assert_eq!(found.present.missed, 146);
    let mut confirmed = found.prices.confirmed.iter();
    assert!(
        !confirmed.any(|price| price.what == Priced::Budget(0)),
        "{:?}",
        found.prices
    );
    let [bounded] = &found.prices.bounded[..] else {
        panic!("{:?}", found.prices)
    };
    assert_eq!(
        (bounded.what, bounded.counted),
        (Priced::Budget(0), Counted::Rounds(1))
    );
    // The price is a share of the two rounds of a crew-day.
    assert!(bounded.step < 600.0, "{bounded:?}");
    assert!((0.0..2.0).contains(&bounded.most), "{bounded:?}");
    let season = Season::new(&week);
    let shown = report::explain_summary(&season, &found, Lang::En);
    let said =
        "1 CNY more on budget line labour: no plan found confirms what it is worth; proven: with +";
    let said = said.replace(
        "CNY",
        if week.currency.is_empty() {
            "unit of money"
        } else {
            &week.currency
        },
    );
    assert!(shown.contains(&said), "{shown}");
}

#[test]
fn a_crew_day_of_a_cheaper_team_is_worth_what_it_saves() {
    // A comes at 700 a day whenever it is wanted; B at 500, on one day only.
    let mut week = week(4, "480");
    let mut b = team("B", &["ulv"], "8");
    b.cost_per_day = money("500");
    b.max_days = Some(1);
    week.teams.push(b);
    let found = explained(&week);
    assert_eq!(found.present.missed, 0);
    let price = found
        .prices
        .confirmed
        .iter()
        .find(|price| price.what == Priced::CrewDays(TeamIx(1)))
        .unwrap_or_else(|| panic!("{:?}", found.prices));
    assert_eq!(
        (price.counted, price.worth, price.step),
        (Counted::Money, 200.0, 1.0)
    );
    let more = Change::CrewDays {
        team: TeamIx(1),
        by: 1,
    };
    let saved = optimum(&week).cost - optimum(&more.apply(&week)).cost;
    assert_eq!(saved, money("200"));
}

#[test]
fn a_contractor_and_a_rule_cost_what_the_best_plan_without_them_costs_less() {
    let mut week = week(4, "240");
    let mut b = team("B", &["ulv"], "8");
    b.cost_per_day = money("900");
    b.mobilisation = money("1000");
    b.committed = true;
    week.teams.push(b);
    let second = rule(&week, "second", &[0], 2);
    week.rules.push(second);
    let found = explained(&week);
    let worth = |what: LeftOut| {
        let mut all = found.worth.iter();
        all.find(|worth| worth.what == what)
            .expect("it was looked into")
            .clone()
    };
    let without_b = worth(LeftOut::Contractor("B".to_owned()));
    let mut alone = week.clone();
    alone.teams.pop();
    let best = optimum(&alone);
    assert_eq!(without_b.cost, best.cost);
    assert_eq!(without_b.saves, optimum(&week).cost - best.cost);
    assert_eq!((without_b.missed, without_b.more_missed), (0, 0));
    let without_a = worth(LeftOut::Contractor("A".to_owned()));
    assert!(without_a.saves < Money::ZERO, "{without_a:?}");
    let without_second = worth(LeftOut::Rule(RuleIx(1)));
    let mut simpler = week.clone();
    simpler.rules.pop();
    assert_eq!(without_second.cost, optimum(&simpler).cost);
}
