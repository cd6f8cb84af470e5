//! Every reason why a round is missed, against the independent checker: each choice is put into the plan and judged.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/generate.rs"]
mod generate;
#[path = "support/scenario_patch.rs"]
mod scenario_patch;

use generate::Size;
use std::collections::{BTreeMap, BTreeSet};
use xiaosha::domain::{Plan, Scenario, TeamIx, Visit};
use xiaosha::engine::{self, Effort, Options, Unwatched};
use xiaosha::measures::{Measures, Missed, MissedFigures, Obstacle, Proven, Rounds};
use xiaosha::season::{DayIx, Season};
use xiaosha::verify::{self, Clause};

/// Kinds of obstacles that a checker can tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Closed,
    Taken,
    Gap,
    Product,
    Crew,
    Budget,
    Nothing,
}

fn kind(obstacle: Obstacle) -> Kind {
    match obstacle {
        Obstacle::Closed => Kind::Closed,
        Obstacle::Taken => Kind::Taken,
        Obstacle::Gap => Kind::Gap,
        Obstacle::Product(_) => Kind::Product,
        Obstacle::TooLong(_) | Obstacle::CrewDays(_) | Obstacle::Hours(_) => Kind::Crew,
        Obstacle::Budget(_) => Kind::Budget,
        Obstacle::Nothing => Kind::Nothing,
    }
}

/// What the checker says of one visit more, by the crew that breaks least.
fn judged(scenario: &Scenario, plan: &Plan, visit: Visit) -> Kind {
    let of_crew = |crew| {
        let mut plan = plan.clone();
        plan.visits.push(Visit { crew, ..visit });
        let season = Season::new(scenario);
        let plan = season.plan(plan.visits);
        let judgement = verify::judge_plan(scenario, &plan);
        let clauses = judgement.violations.iter();
        clauses.map(|v| v.clause).collect::<BTreeSet<Clause>>()
    };
    let crews = 1..=scenario[visit.team].crews;
    let broken: Vec<BTreeSet<Clause>> = crews.map(of_crew).collect();
    let any = |clauses: &[Clause]| clauses.iter().any(|clause| broken[0].contains(clause));
    let closed = [
        Clause::BeforeToday,
        Clause::TeamUnavailable,
        Clause::ProductUnavailable,
        Clause::TeamClosed,
        Clause::SiteClosed,
        Clause::TreatmentClosed,
    ];
    let crew = [Clause::CrewDayTooLong, Clause::TooManyCrewDays];
    if any(&closed) {
        Kind::Closed
    } else if any(&[Clause::Twice]) {
        Kind::Taken
    } else if any(&[Clause::GapTooShort]) {
        Kind::Gap
    } else if any(&[Clause::TooManyPacks]) {
        Kind::Product
    } else if broken.iter().any(BTreeSet::is_empty) {
        Kind::Nothing
    } else if broken
        .iter()
        .all(|broken| crew.iter().any(|clause| broken.contains(clause)))
    {
        Kind::Crew
    } else {
        Kind::Budget
    }
}

/// The choices of a row, tried one by one.
fn tried(season: &Season, plan: &Plan, row: &MissedFigures) -> BTreeMap<Kind, u32> {
    let scenario = season.scenario;
    let part = &season.parts[row.part];
    let zone = &scenario[part.site].zone;
    let demand = season.demand_at(row.rule, row.part).unwrap();
    let mut found = BTreeMap::new();
    for treatment in demand.jobs.iter().map(|&job| season.jobs[job].treatment) {
        for (at, team) in scenario.teams.iter().enumerate() {
            let in_zone = zone.as_ref().is_some_and(|zone| team.zones.contains(zone));
            if !team.methods.contains(&scenario[treatment].method)
                || !(team.zones.is_empty() || in_zone)
            {
                continue;
            }
            for day in row.from.max(season.first_open)..=row.to {
                if !helps(row, day) {
                    continue;
                }
                let visit = Visit {
                    date: season.date(day),
                    team: TeamIx(at),
                    crew: 1,
                    site: part.site,
                    part: part.number,
                    treatment,
                };
                *found.entry(judged(scenario, plan, visit)).or_insert(0) += 1;
            }
        }
    }
    found
}

/// Whether a visit on this day would leave less late.
fn helps(row: &MissedFigures, day: DayIx) -> bool {
    let Missed::Late { days, max_gap } = row.kind else {
        return true;
    };
    let late = |days: DayIx| (days - 1) / max_gap;
    let before = day - (row.from - 1);
    late(before) + late(days - before) < late(days)
}

fn measures(season: &Season, plan: &Plan) -> Measures {
    Measures::new(season, plan, &Proven::default())
}

#[test]
fn each_reason_is_what_the_checker_says_of_one_visit_more() {
    let mut seen: BTreeMap<Kind, u32> = BTreeMap::new();
    for seed in generate::seeds(40) {
        let scenario = generate::scenario(seed, &Size::small());
        let season = Season::new(&scenario);
        let options = Options {
            effort: Effort::Quick,
            ..Options::default()
        };
        let mut plan = engine::plan(&season, &options, &Unwatched).plan;
        // Half of the scenarios lose some visits, so that something can be missed without any reason.
        if seed % 2 == 0 {
            let mut number = 0;
            plan.visits.retain(|_| {
                number += 1;
                number % 3 > 0
            });
        }
        let figures = measures(&season, &plan);
        for row in figures.missed.iter().take(2) {
            let mut said = BTreeMap::new();
            for (obstacle, count) in &row.choices {
                *said.entry(kind(*obstacle)).or_insert(0) += count;
            }
            assert_eq!(said, tried(&season, &plan, row), "seed {seed}: {row:?}");
            for (kind, count) in said {
                *seen.entry(kind).or_insert(0) += count;
            }
        }
    }
    if generate::seeds(40).count() >= 40 {
        assert_eq!(seen.len(), 7, "not all reasons occur: {seen:?}");
    }
}

#[test]
fn what_is_listed_adds_up_to_what_is_missed() {
    for seed in generate::seeds(20) {
        let scenario = generate::scenario(seed, &Size::medium());
        let season = Season::new(&scenario);
        let plan = Plan::default();
        let figures = measures(&season, &plan);
        let rounds = Rounds::new(&season, &plan);
        let (mut short, mut late): (BTreeMap<_, u32>, BTreeMap<_, u32>) = Default::default();
        for row in &figures.missed {
            let sums = match row.kind {
                Missed::Rounds { .. } => &mut short,
                Missed::Late { .. } => &mut late,
            };
            *sums.entry((row.rule, row.part)).or_insert(0) += row.rounds;
        }
        for (at, demand) in season.demands.iter().enumerate() {
            let key = (demand.rule, demand.part);
            let listed = |sums: &BTreeMap<_, u32>| sums.get(&key).copied().unwrap_or(0);
            assert_eq!(
                listed(&short).max(listed(&late)),
                demand.missed(&season, rounds.of(at)),
                "seed {seed}: {key:?}"
            );
        }
    }
}

#[test]
fn a_site_that_no_team_can_serve_and_a_period_that_is_over_are_told() {
    let scenario = scenario_patch::tiny()
        .replace("sites.csv", "market,market,south", "market,market,")
        .replace("teams.csv", "A,residual;bait,,8", "A,residual;bait,north,8")
        .with(
            "done.csv",
            "date,team,site,treatment\n2026-05-20,A,road,spray\n",
        )
        .scenario();
    let season = Season::new(&scenario);
    let figures = measures(&season, &Plan::default());
    let of = |rule: &str| {
        let rows = figures.missed.iter();
        let mut rows = rows.filter(|row| scenario[row.rule].id == rule);
        rows.next().unwrap().clone()
    };
    let markets = of("markets");
    assert_eq!((markets.teams, markets.choices.len()), (0, 0));
    let outdoors = of("outdoors");
    assert_eq!(
        (outdoors.teams, outdoors.past, outdoors.rounds),
        (2, false, 1)
    );
    // Two teams on each of the days from 21 May on, the first six of them too near to the visit of 20 May.
    assert_eq!(outdoors.choices[&Obstacle::Gap], 12);
    assert_eq!(outdoors.choices.values().sum::<u32>(), 22);
}
