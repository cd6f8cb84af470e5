//! Missed rounds: chosen sites, periods, late rounds, tiers.

use super::judged;
use super::tiny::*;
use xiaosha::domain::{Choice, Every, Rule, Scenario, Weekdays};

/// One site and one treatment, 4 May (a Monday) to 31 May.
fn one() -> Scenario {
    let mut scenario = scenario("05-04", "05-31");
    scenario.sites.push(site("s", &[("m2", "1")]));
    scenario.treatments.push(treatment("t", "ulv", "m2"));
    scenario.teams.push(team("A", &["ulv"], "8"));
    scenario
}

/// Missed rounds of one rule, given by changes to a rule of all sites and `rounds` 0, under a plan.
#[track_caller]
fn check_missed(scenario: &Scenario, change: impl Fn(&mut Rule), plan: &str, expected: &str) {
    let mut scenario = scenario.clone();
    let mut asked = rule(&scenario, "r", &[0], 0);
    change(&mut asked);
    scenario.rules.push(asked);
    assert_eq!(judged(&scenario, plan).shortfall[&1], exact(expected));
}

#[test]
fn rounds_are_missed_period_by_period() {
    // Four whole weeks of two rounds; three rounds in the first week do not help the second.
    let plan =
        "05-04 A 1 s t\n05-06 A 1 s t\n05-10 A 1 s t\n05-11 A 1 s t\n05-25 A 1 s t\n05-31 A 1 s t";
    let weekly = |rule: &mut Rule| {
        rule.every = Every::Week;
        rule.rounds = 2;
    };
    check_missed(&one(), weekly, plan, "3");
    check_missed(&one(), weekly, "", "8");
    check_missed(&one(), |rule| rule.rounds = 8, plan, "2");
    check_missed(&one(), |_| (), "", "0");
}

#[test]
fn a_cut_period_asks_in_proportion_halves_up() {
    let within = |from: &'static str, to: &'static str, every, rounds, expected| {
        let mut wide = one();
        wide.start = day("2026-01-01");
        wide.end = day("2026-12-31");
        wide.plan_from = wide.start;
        let change = |rule: &mut Rule| {
            rule.from = day(from);
            rule.to = day(to);
            rule.every = every;
            rule.rounds = rounds;
        };
        check_missed(&wide, change, "", expected);
    };
    // (2·rounds·kept + whole) div (2·whole)
    // May: 1 × 15/31 is 0, 1 × 16/31 is 1; 5 × 28/31 = 4.5161 is 5.
    within("05-01", "05-15", Every::Month, 1, "0");
    within("05-16", "05-31", Every::Month, 1, "1");
    within("05-04", "05-31", Every::Month, 5, "5");
    // June has 30 days: 1 × 15/30 is a half and goes up; 3 × 15/30 = 1.5 is 2.
    within("06-01", "06-15", Every::Month, 1, "1");
    within("06-16", "06-30", Every::Month, 3, "2");
    // February: 2 × 14/28 = 1; whole months ask for all, across the turn of a month the parts are asked apart.
    within("02-01", "02-14", Every::Month, 2, "1");
    within("02-01", "04-30", Every::Month, 2, "6");
    within("04-16", "05-15", Every::Month, 2, "2");
    // Half-months: the second half of February has 13 days, of May 16.
    within("02-16", "02-28", Every::HalfMonth, 3, "3");
    within("02-16", "02-21", Every::HalfMonth, 1, "0");
    within("02-16", "02-22", Every::HalfMonth, 1, "1");
    within("05-08", "05-23", Every::HalfMonth, 1, "2");
    within("05-09", "05-22", Every::HalfMonth, 1, "0");
    within("01-01", "12-31", Every::HalfMonth, 1, "24");
    // Weeks run from Monday to Sunday: 1 May 2026 is a Friday, so 3/7 are kept.
    within("05-01", "05-03", Every::Week, 1, "0");
    within("05-01", "05-04", Every::Week, 1, "0");
    within("04-30", "05-04", Every::Week, 1, "1");
    within("05-01", "05-03", Every::Week, 7, "3");
    // Blocks of 10 days from the first day of the window; 5/10 of the last are a half, 4/10 less.
    within("05-04", "05-28", Every::Days(10), 1, "3");
    within("05-04", "05-27", Every::Days(10), 1, "2");
    within("05-04", "05-06", Every::Days(1), 2, "6");
    within("05-04", "05-06", Every::Days(4_000_000_000), 2, "0");
    // A window asks for all its rounds.
    within("05-04", "05-06", Every::Window, 5, "5");
}

#[test]
fn late_rounds_are_counted_by_max_gap() {
    let gap = |days: u32| {
        move |rule: &mut Rule| {
            rule.max_gap = Some(days);
            rule.min_gap = 0;
        }
    };
    // From 3 May to 1 June 29 days lie between: ⌈29/7⌉ − 1 = 4.
    check_missed(&one(), gap(7), "", "4");
    check_missed(&one(), gap(29), "", "0");
    check_missed(&one(), gap(28), "", "1");
    // 3 May, 10, 17, 24, 31 May, 1 June: none. Without the 17th: 10 to 24 is 14 days, one late.
    let plan = "05-10 A 1 s t\n05-24 A 1 s t\n05-31 A 1 s t";
    check_missed(&one(), gap(7), &format!("{plan}\n05-17 A 1 s t"), "0");
    check_missed(&one(), gap(7), plan, "1");
    // 3 May to 11 May is 8 days: one late; to 17 May 6 days.
    check_missed(
        &one(),
        gap(7),
        "05-11 A 1 s t\n05-17 A 1 s t\n05-24 A 1 s t\n05-31 A 1 s t",
        "1",
    );
    // Two visits on a day are one date, not a gap of −1.
    let mut two = one();
    two.treatments.push(treatment("u", "ulv", "m2"));
    let both = |rule: &mut Rule| {
        gap(7)(rule);
        rule.treatments.push(xiaosha::domain::TreatmentIx(1));
    };
    check_missed(&two, both, &format!("{plan}\n05-10 A 1 s u"), "1");
}

#[test]
fn the_greater_of_missing_and_late_counts() {
    let ask = |rounds: u32| {
        move |rule: &mut Rule| {
            rule.max_gap = Some(7);
            rule.rounds = rounds;
        }
    };
    // Without visits 4 are late.
    check_missed(&one(), ask(3), "", "4");
    check_missed(&one(), ask(6), "", "6");
    // 10 May: 5 of 6 missing, 3 late.
    check_missed(&one(), ask(6), "05-10 A 1 s t", "5");
}

#[test]
fn shortfall_weighs_rules_sites_and_parts_by_tier() {
    let mut scenario = one();
    scenario.sites[0].weight = exact("2.5");
    let mut parted = site("p", &[("m2", "1")]);
    parted.parts = 3;
    parted.weight = exact("1");
    scenario.sites.push(parted);
    let mut heavy = rule(&scenario, "heavy", &[0], 2);
    heavy.weight = exact("0.2");
    heavy.tier = 2;
    let light = rule(&scenario, "light", &[0], 1);
    let mut other = rule(&scenario, "other", &[0], 1);
    other.tier = 7;
    other.selector.kind = Some(Choice {
        any_of: words(&["none"]),
        ..Choice::default()
    });
    scenario.rules.extend([heavy, light, other]);
    let judgement = judged(&scenario, "05-04 A 1 p/2 t");
    // Tier 1: s misses 1 × 2.5, two parts 1/3 each: 3.166667. Tier 2: 0.2 × (2 × 2.5 + (2 + 1 + 2)/3) = 1.333333.
    assert_eq!(judgement.shortfall[&1], exact("3.166667"));
    assert_eq!(judgement.shortfall[&2], exact("1.333333"));
    assert_eq!(judgement.shortfall[&7], exact("0"));
    assert_eq!(judgement.shortfall.len(), 3);
    assert!(!judgement.is_complete());
}

#[test]
fn shortfall_is_rounded_half_up() {
    let mut scenario = one();
    scenario.sites[0].weight = exact("0.0000005");
    check_missed(&scenario, |rule| rule.rounds = 1, "", "0.000001");
    check_missed(&scenario, |rule| rule.rounds = 5, "", "0.000003");
    scenario.sites[0].weight = exact("0.00000049");
    check_missed(&scenario, |rule| rule.rounds = 1, "", "0");
}

#[test]
fn any_listed_treatment_is_a_round_and_no_other() {
    let mut scenario = one();
    scenario.treatments.push(treatment("u", "ulv", "m2"));
    scenario.treatments.push(treatment("v", "ulv", "m2"));
    let ask = |rule: &mut Rule| {
        rule.treatments.push(xiaosha::domain::TreatmentIx(1));
        rule.rounds = 4;
    };
    check_missed(
        &scenario,
        ask,
        "05-04 A 1 s t\n05-05 A 1 s u\n05-06 A 1 s v",
        "2",
    );
}

#[test]
fn done_visits_are_rounds() {
    let mut scenario = one();
    scenario.done.push(done("05-04", 0, 0, 0));
    scenario.plan_from = day("05-05");
    check_missed(&scenario, |rule| rule.rounds = 2, "", "1");
    check_missed(&scenario, |rule| rule.rounds = 2, "05-06 A 1 s t", "0");
    let late = |rule: &mut Rule| rule.max_gap = Some(14);
    // 3 May, 4 May, 1 June: 28 days, one late.
    check_missed(&scenario, late, "", "1");
}

#[test]
fn a_round_outside_the_window_does_not_count() {
    let window = |rule: &mut Rule| {
        rule.from = day("05-10");
        rule.to = day("05-20");
        rule.rounds = 3;
    };
    let plan = "05-09 A 1 s t\n05-10 A 1 s t\n05-20 A 1 s t\n05-21 A 1 s t";
    check_missed(&one(), window, plan, "1");
}

/// Roads `r1` (east, tags a and b) and `r2` (west), park `p` in two parts (east), pond `q` without zone.
fn town() -> Scenario {
    let mut scenario = one();
    scenario.sites.clear();
    for (id, kind, zone, tags) in [
        ("r1", "road", Some("east"), &["a", "b"][..]),
        ("r2", "road", Some("west"), &["b"]),
        ("p", "park", Some("east"), &[]),
        ("q", "pond", None, &[]),
    ] {
        let mut site = site(id, &[("m2", "1")]);
        site.kind = kind.into();
        site.zone = zone.map(str::to_owned);
        site.tags = words(tags);
        scenario.sites.push(site);
    }
    // Weights tell the sites apart: r1 1, r2 10, p 100 each part, q 1000.
    for (site, weight) in scenario.sites.iter_mut().zip(["1", "10", "200", "1000"]) {
        site.weight = exact(weight);
    }
    scenario.sites[2].parts = 2;
    scenario
}

fn choice(words: &str) -> Choice {
    let mut choice = Choice::default();
    for word in words.split_whitespace() {
        match word.strip_prefix('!') {
            Some(none) => choice.none_of.push(none.to_owned()),
            None => choice.any_of.push(word.to_owned()),
        }
    }
    choice
}

#[test]
fn a_rule_chooses_the_sites_that_match_every_column() {
    let chosen = |change: &dyn Fn(&mut Rule), expected| {
        let ask = |rule: &mut Rule| {
            rule.rounds = 1;
            change(rule);
        };
        check_missed(&town(), ask, "", expected);
    };
    chosen(&|_| (), "1211");
    chosen(&|rule| rule.selector.kind = Some(choice("road")), "11");
    chosen(
        &|rule| rule.selector.kind = Some(choice("road park")),
        "211",
    );
    chosen(&|rule| rule.selector.kind = Some(choice("!road")), "1200");
    chosen(
        &|rule| rule.selector.kind = Some(choice("road park !park")),
        "11",
    );
    chosen(&|rule| rule.selector.zone = Some(choice("east")), "201");
    // A site without a zone matches no zone, but `!east` takes only the east away.
    chosen(
        &|rule| rule.selector.zone = Some(choice("east west")),
        "211",
    );
    chosen(&|rule| rule.selector.zone = Some(choice("!east")), "1010");
    chosen(&|rule| rule.selector.tag = Some(choice("a")), "1");
    chosen(&|rule| rule.selector.tag = Some(choice("b")), "11");
    chosen(&|rule| rule.selector.tag = Some(choice("b !a")), "10");
    chosen(&|rule| rule.selector.tag = Some(choice("!b")), "1200");
    chosen(&|rule| rule.selector.site = Some(choice("r1 q")), "1001");
    chosen(&|rule| rule.selector.site = Some(choice("p")), "200");
    chosen(&|rule| rule.selector.site = Some(choice("p/2 r2")), "110");
    chosen(&|rule| rule.selector.site = Some(choice("p !p/1")), "100");
    chosen(&|rule| rule.selector.site = Some(choice("!p")), "1011");
    chosen(&|rule| rule.selector.site = Some(choice("p/3 r")), "0");
    let both = |rule: &mut Rule| {
        rule.selector.kind = Some(choice("road"));
        rule.selector.zone = Some(choice("east"));
    };
    chosen(&both, "1");
    // A list that `drop` has emptied chooses none, even with words taken away.
    let emptied = |rule: &mut Rule| {
        rule.selector.kind = Some(Choice {
            emptied: true,
            ..choice("!road")
        });
    };
    chosen(&emptied, "0");
    chosen(&|rule| rule.treatments.clear(), "0");
}

#[test]
fn a_rule_chooses_sites_where_one_of_its_treatments_can_be_done() {
    let mut scenario = town();
    scenario.sites[0].measures.clear();
    scenario.sites[1]
        .measures
        .insert("m2".to_owned(), exact("0"));
    scenario.sites[3].exclude = words(&["ulv"]);
    let ask = |rule: &mut Rule| rule.rounds = 1;
    check_missed(&scenario, ask, "", "200");
    // Even where no team can serve it.
    scenario.teams[0].methods.clear();
    scenario.teams[0].workdays = Weekdays::NONE;
    check_missed(&scenario, ask, "", "200");
    // A second treatment makes them chosen.
    scenario.treatments.push(treatment("u", "gel", "visit"));
    let two = |rule: &mut Rule| {
        rule.rounds = 1;
        rule.treatments.push(xiaosha::domain::TreatmentIx(1));
    };
    check_missed(&scenario, two, "", "1211");
}
