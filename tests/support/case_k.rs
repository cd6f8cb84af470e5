//! Case "K": one district, one season, as the planner's first experiments had it; the day model is slow on it.
//!
//! 230 sites (48 roads, 52 compounds and 100 institutions with one round a month, 14 days apart; 30 hotspots with two, 10
//! days apart), May to October 2026 without Sundays, three teams of one crew: 1,560 visits with 2,523 hours of work. A
//! stop costs 20 minutes more, which makes about 3,040 hours, or 395 of the 474 crew-days that there are: the two teams
//! whose hours are cheapest are needed on nearly every day.
#![allow(dead_code, reason = "each test binary uses what it needs")]

#[path = "tiny.rs"]
mod tiny;

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};
use xiaosha::domain::{Choice, Every, Exact, Rule, Scenario, Selector, Site, Team, Treatment};

/// Sites of one kind: how many, what is measured, and what a crew does of it in an hour.
struct Kind {
    word: &'static str,
    letter: char,
    sites: i64,
    measure: &'static str,
    rate_per_hour: i64,
    /// Smallest and largest; the others are spread evenly between.
    sizes: (i64, i64),
    rounds: u32,
    min_gap: u32,
}

/// Work: 345.6 + 624 + 840 + 712.8 = 2,522.4 hours.
const KINDS: [Kind; 4] = [
    Kind {
        word: "road",
        letter: 'R',
        sites: 48,
        measure: "length_m",
        rate_per_hour: 5_000,
        sizes: (3_000, 9_000),
        rounds: 1,
        min_gap: 14,
    },
    Kind {
        word: "residential",
        letter: 'C',
        sites: 52,
        measure: "area_m2",
        rate_per_hour: 50_000,
        sizes: (60_000, 140_000),
        rounds: 1,
        min_gap: 14,
    },
    Kind {
        word: "institution",
        letter: 'I',
        sites: 100,
        measure: "green_m2",
        rate_per_hour: 5_000,
        sizes: (3_000, 11_000),
        rounds: 1,
        min_gap: 14,
    },
    Kind {
        word: "hotspot",
        letter: 'H',
        sites: 30,
        measure: "crowded_m2",
        rate_per_hour: 50_000,
        sizes: (48_000, 150_000),
        rounds: 2,
        min_gap: 10,
    },
];

/// Id, hours per day, day rate.
const TEAMS: [(&str, &str, &str); 3] = [
    ("A", "8", "1020"),
    ("B", "7.5", "900"),
    ("C", "7.75", "960"),
];

/// The zone that every team serves; each has one more, named like the team.
const SHARED: &str = "all";

/// The case; the seed deals sizes and zones out among the sites, the sums are the same for every seed.
pub(crate) fn case_k(seed: u64) -> Scenario {
    let mut dice = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut scenario = tiny::scenario("05-01", "10-31");
    "case K".clone_into(&mut scenario.name);
    scenario.teams = TEAMS.iter().map(team).collect();
    for kind in &KINDS {
        let (smallest, largest) = kind.sizes;
        let step = |nth: i64| smallest + (largest - smallest) * nth / (kind.sites - 1);
        let mut sizes: Vec<i64> = (0..kind.sites).map(step).collect();
        shuffle(&mut sizes, &mut dice);
        // 69 of the 230 sites, three in ten of each kind, are open to one team.
        let mut zones: Vec<&str> = (0..kind.sites as usize)
            .map(|nth| match nth % 10 {
                1 | 4 | 8 => TEAMS[nth / 10 % TEAMS.len()].0,
                _ => SHARED,
            })
            .collect();
        shuffle(&mut zones, &mut dice);
        for (nth, (size, zone)) in sizes.into_iter().zip(zones).enumerate() {
            let id = format!("{}{:03}", kind.letter, nth + 1);
            scenario.sites.push(site(&id, kind, size, zone));
        }
        let treatment = scenario.treatments.len();
        scenario.treatments.push(spraying(kind));
        scenario.rules.push(rule(&scenario, kind, treatment));
    }
    scenario
}

fn shuffle<T>(list: &mut [T], dice: &mut Xoshiro256PlusPlus) {
    for last in (1..list.len()).rev() {
        list.swap(last, (dice.next_u64() % (last as u64 + 1)) as usize);
    }
}

fn site(id: &str, kind: &Kind, size: i64, zone: &str) -> Site {
    Site {
        kind: kind.word.to_owned(),
        zone: Some(zone.to_owned()),
        access_min: Exact::from_int(20),
        ..tiny::site(id, &[(kind.measure, &size.to_string())])
    }
}

fn spraying(kind: &Kind) -> Treatment {
    let id = format!("spray_{}", kind.word);
    Treatment {
        rate_per_hour: Some(Exact::from_int(kind.rate_per_hour)),
        ..tiny::treatment(&id, "spray", kind.measure)
    }
}

fn rule(scenario: &Scenario, kind: &Kind, treatment: usize) -> Rule {
    let kinds = Choice {
        any_of: vec![kind.word.to_owned()],
        ..Choice::default()
    };
    Rule {
        selector: Selector {
            kind: Some(kinds),
            ..Selector::default()
        },
        every: Every::Month,
        min_gap: kind.min_gap,
        ..tiny::rule(scenario, kind.word, &[treatment], kind.rounds)
    }
}

fn team(&(id, hours_per_day, rate): &(&str, &str, &str)) -> Team {
    Team {
        zones: tiny::words(&[SHARED, id]),
        cost_per_day: tiny::money(rate),
        workdays: tiny::weekdays(&[0, 1, 2, 3, 4, 5]),
        ..tiny::team(id, &["spray"], hours_per_day)
    }
}
