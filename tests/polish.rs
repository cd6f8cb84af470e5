//! Plans that people like: what the last stage may change, what it must not, and the figures that tell.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/generate.rs"]
mod generate;
#[path = "support/tiny.rs"]
mod tiny;

use chrono::{Datelike, Duration};
use generate::Size;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use tiny::{day, exact, money, rule, site, team, treatment};
use xiaosha::domain::{Day, Every, Plan, Scenario, SiteIx, TeamIx, TreatmentIx, Visit};
use xiaosha::engine::{self, Effort, Options, Outcome, Stage, Watch};
use xiaosha::measures::{Measures, Proven};
use xiaosha::report;
use xiaosha::season::Season;
use xiaosha::verify::judge_plan;

/// Seeds of larger scenarios that are planned in a second or two.
const MEDIUM: [u64; 2] = [2, 3];

/// Keeps the plan that stood before the last stage.
#[derive(Default)]
struct Recorder {
    latest: Mutex<Option<Outcome>>,
    before: Mutex<Option<Outcome>>,
}

impl Watch for Recorder {
    fn stage(&self, stage: Stage) {
        if stage == Stage::Polish {
            let latest = self.latest.lock().unwrap().clone();
            *self.before.lock().unwrap() = latest;
        }
    }

    fn improved(&self, outcome: &Outcome) {
        *self.latest.lock().unwrap() = Some(outcome.clone());
    }

    fn stop(&self) -> bool {
        false
    }
}

/// The plan before the last stage (`None` where there was nothing to arrange), and after it.
fn plans(season: &Season, options: Options) -> (Option<Outcome>, Outcome) {
    let recorder = Recorder::default();
    let after = engine::plan(season, &options, &recorder);
    (recorder.before.into_inner().unwrap(), after)
}

fn crew_days(plan: &Plan) -> usize {
    let days = plan.visits.iter();
    let days = days.map(|visit| (visit.date, visit.team, visit.crew));
    days.collect::<BTreeSet<_>>().len()
}

fn measures(season: &Season, plan: &Plan) -> Measures {
    Measures::new(season, plan, &Proven::default())
}

/// Gives every third site no place and scatters the others.
fn scatter(scenario: &mut Scenario) {
    for (at, site) in scenario.sites.iter_mut().enumerate() {
        let (x, y) = (at * 37 % 101, at * 61 % 89);
        site.lon_lat = (at % 3 > 0).then(|| (84.8 + x as f64 / 1_000.0, 45.5 + y as f64 / 1_000.0));
    }
}

fn check(scenario: &Scenario, options: Options, what: &str) -> bool {
    let season = Season::new(scenario);
    let (before, after) = plans(&season, options);
    let judgement = judge_plan(scenario, &after.plan);
    assert!(judgement.is_valid(), "{what}: {:?}", judgement.violations);
    assert_eq!(judgement.total(), after.cost, "{what}");
    let Some(before) = before else { return false };
    for (tier, short) in &after.shortfall {
        assert!(*short <= before.shortfall[tier], "{what}: tier {tier}");
    }
    assert!(after.cost <= before.cost, "{what}");
    assert!(after.bounds.cost <= after.cost, "{what}");
    assert!(crew_days(&after.plan) <= crew_days(&before.plan), "{what}");
    before.plan != after.plan
}

#[test]
fn nothing_is_missed_or_paid_for_comfort() {
    let quick = Options {
        effort: Effort::Quick,
        seed: 3,
    };
    let mut changed = 0;
    for seed in generate::seeds(60) {
        let mut scenario = generate::scenario(seed, &Size::small());
        scatter(&mut scenario);
        changed += u32::from(check(&scenario, quick, &format!("small {seed}")));
    }
    for seed in MEDIUM {
        let mut scenario = generate::scenario(seed, &Size::medium());
        scatter(&mut scenario);
        changed += u32::from(check(&scenario, quick, &format!("medium {seed}")));
    }
    if generate::seeds(60).count() >= 60 {
        assert!(changed > 20, "only {changed} plans were changed");
    }
}

/// Sites of one visit of two hours each, one team of four visits a day.
fn town(sites: &[(&str, &str, (f64, f64))], end: &str) -> Scenario {
    let mut scenario = tiny::scenario("05-04", end);
    for &(id, zone, place) in sites {
        let mut row = site(id, &[("area_m2", "2000")]);
        row.zone = Some(zone.to_owned());
        row.lon_lat = Some(place);
        scenario.sites.push(row);
    }
    let mut spray = treatment("spray", "residual", "area_m2");
    spray.rate_per_hour = Some(exact("1000"));
    scenario.treatments.push(spray);
    scenario.teams.push(team("A", &["residual"], "8"));
    let asked = rule(&scenario, "all", &[0], 1);
    scenario.rules.push(asked);
    scenario
}

#[test]
fn a_crew_stays_in_one_zone_of_far_ones() {
    let sites: Vec<(String, usize)> = (0..12).map(|at| (format!("s{at:02}"), at % 3)).collect();
    let sites: Vec<(&str, &str, (f64, f64))> = sites
        .iter()
        .map(|(id, zone)| {
            let place = (84.0 + 0.2 * *zone as f64, 45.0 + 0.001 * id.len() as f64);
            (id.as_str(), ["north", "south", "west"][*zone], place)
        })
        .collect();
    let scenario = town(&sites, "05-06");
    let season = Season::new(&scenario);
    for seed in 0..5 {
        let options = Options {
            seed,
            ..Options::default()
        };
        let (_, after) = plans(&season, options);
        assert_eq!(after.plan.visits.len(), 12);
        let people = measures(&season, &after.plan).people;
        assert!((people.zones_per_crew_day - 1.0).abs() < 1e-9, "{people:?}");
        assert!(people.km_per_crew_day < 1.0, "{people:?}");
    }
}

#[test]
fn a_crew_that_is_owed_its_days_is_not_sent_out_for_one_short_visit() {
    let mut scenario = town(&[], "05-31");
    for at in 0..7 {
        let mut row = site(&format!("s{at}"), &[("area_m2", "330")]);
        row.lon_lat = Some((84.0, 45.0));
        scenario.sites.push(row);
    }
    let team = &mut scenario.teams[0];
    team.cost_per_day = money("700");
    team.min_days = 20;
    team.committed = true;
    let season = Season::new(&scenario);
    for seed in 0..5 {
        let options = Options {
            seed,
            ..Options::default()
        };
        let (_, after) = plans(&season, options);
        // Seven visits of twenty minutes.
        assert_eq!(after.plan.visits.len(), 7);
        assert_eq!(crew_days(&after.plan), 1);
    }
}

#[test]
fn rounds_are_spaced_evenly_where_there_is_room() {
    let mut scenario = town(&[("a", "north", (84.0, 45.0))], "06-30");
    scenario.rules[0].every = Every::HalfMonth;
    scenario.rules[0].min_gap = 3;
    let season = Season::new(&scenario);
    let (_, after) = plans(&season, Options::default());
    let people = measures(&season, &after.plan).people;
    assert!(people.spread > 0.9, "{people:?}");
}

/// A visit of the first treatment by the first team.
fn visit(date: &str, site: usize) -> Visit {
    Visit {
        date: day(date),
        team: TeamIx(0),
        crew: 1,
        site: SiteIx(site),
        part: 1,
        treatment: TreatmentIx(0),
    }
}

#[test]
fn the_visits_of_a_day_go_along_a_line_and_sites_without_a_place_follow_by_zone() {
    let east = |step: i32| (84.0 + 0.01 * f64::from(step), 45.0);
    let mut scenario = town(
        &[
            ("a", "x", east(3)),
            ("b", "x", east(1)),
            ("c", "x", east(4)),
            ("d", "x", east(2)),
            ("e", "y", east(0)),
            ("f", "y", east(0)),
            ("g", "x", east(0)),
        ],
        "05-31",
    );
    for site in 4..7 {
        scenario.sites[site].lon_lat = None;
    }
    let season = Season::new(&scenario);
    let plan = season.plan((0..7).map(|site| visit("05-04", site)).collect());
    let measures = measures(&season, &plan);
    let seq: Vec<usize> = measures.visits.iter().map(|row| row.seq).collect();
    // Along the line b d a c, from the end that comes first; then g of zone x, then e and f of zone y.
    assert_eq!(seq, [3, 1, 4, 2, 6, 7, 5]);
    let files = report::tables(&season, &measures);
    let file = files.iter().find(|file| file.name == "visits.csv").unwrap();
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    let last: Vec<&str> = text
        .lines()
        .map(|line| line.rsplit(',').next().unwrap())
        .collect();
    assert_eq!(last, ["seq", "3", "1", "4", "2", "6", "7", "5"]);
}

/// Kilometres between two places (spherical law of cosines, unlike the program's formula).
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    if a == b {
        return 0.0;
    }
    let (lat_a, lat_b) = (a.1.to_radians(), b.1.to_radians());
    let turn = (b.0 - a.0).to_radians().cos();
    let cosine = lat_a.sin() * lat_b.sin() + lat_a.cos() * lat_b.cos() * turn;
    6_371.008_8 * cosine.min(1.0).acos()
}

fn spread(season: &Season, plan: &Plan) -> f64 {
    let mut ratios = Vec::new();
    for demand in &season.demands {
        let of_rule = &season.scenario[demand.rule].treatments;
        let new = plan.visits.iter().filter(|visit| {
            season.part_of(visit) == demand.part
                && of_rule.contains(&visit.treatment)
                && (demand.from..=demand.to).contains(&season.day(visit.date))
        });
        let mut days: Vec<i32> = new.map(|visit| season.day(visit.date)).collect();
        days.extend(demand.done_rounds());
        days.sort_unstable();
        if days.len() > 1 {
            let gaps: Vec<i32> = days.windows(2).map(|pair| pair[1] - pair[0]).collect();
            let mean = f64::from(gaps.iter().sum::<i32>()) / gaps.len() as f64;
            let least = f64::from(*gaps.iter().min().unwrap());
            ratios.push(if mean > 0.0 { least / mean } else { 0.0 });
        }
    }
    if ratios.is_empty() {
        return 1.0;
    }
    ratios.iter().sum::<f64>() / ratios.len() as f64
}

fn monday(date: Day) -> Day {
    date - Duration::days(i64::from(date.weekday().num_days_from_monday()))
}

fn level(season: &Season, measures: &Measures) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for (at, team) in season.scenario.teams.iter().enumerate() {
        let mut weeks: BTreeMap<Day, (f64, f64)> = BTreeMap::new();
        for day in 0..season.days {
            if season.day_sets[season.team_days[at]].contains(day) {
                let could = weeks.entry(monday(season.date(day))).or_default();
                could.1 += team.hours_per_day.to_f64() * f64::from(team.crews);
            }
        }
        for row in measures.visits.iter().filter(|row| row.visit.team.0 == at) {
            weeks.get_mut(&monday(row.visit.date)).unwrap().0 += row.hours.to_f64();
        }
        let hours: f64 = weeks.values().map(|week| week.0).sum();
        let could: f64 = weeks.values().map(|week| week.1).sum();
        let squares: f64 = weeks.values().map(|week| week.0 * week.0 / week.1).sum();
        if hours > 0.0 {
            sum += hours * hours * hours / (could * squares);
            weight += hours;
        }
    }
    if weight > 0.0 { sum / weight } else { 1.0 }
}

/// Zones and kilometres, along `seq` as it is written.
fn days(season: &Season, measures: &Measures) -> (f64, f64) {
    let mut days: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in &measures.visits {
        let key = (row.visit.date, row.visit.team, row.visit.crew);
        days.entry(key).or_default().push(row);
    }
    let (mut zones, mut way, mut located) = (0, 0.0, 0);
    for rows in days.values_mut() {
        rows.sort_by_key(|row| row.seq);
        let numbers: Vec<usize> = rows.iter().map(|row| row.seq).collect();
        assert_eq!(numbers, (1..=rows.len()).collect::<Vec<_>>());
        let sites = rows.iter().map(|row| &season.scenario[row.visit.site]);
        let of_day: BTreeSet<_> = sites.clone().map(|site| site.zone.clone()).collect();
        zones += of_day.len();
        let places: Vec<_> = sites.filter_map(|site| site.lon_lat).collect();
        if !places.is_empty() {
            located += 1;
            let legs = places.windows(2);
            way += legs.map(|leg| kilometres(leg[0], leg[1])).sum::<f64>();
        }
    }
    let mean = |sum: f64, count: usize| if count > 0 { sum / count as f64 } else { 0.0 };
    (mean(zones as f64, days.len()), mean(way, located))
}

/// Missed rounds, of periods with so many missed and asked, that go one at a time from the period furthest above its
/// share to the one furthest below, until none is a whole round from its share.
fn moved_between_periods(counts: &mut [(u32, u32)], all: u32, asked: u32) -> u32 {
    // How far a period is above its share, in parts of a round of which all that are asked make one.
    let beyond = |&(missed, of): &(u32, u32)| {
        i64::from(missed) * i64::from(asked) - i64::from(all) * i64::from(of)
    };
    if all == 0 {
        return 0;
    }
    let (last, whole) = (counts.len() - 1, i64::from(asked));
    let mut moves = 0;
    loop {
        counts.sort_by_key(beyond);
        if beyond(&counts[last]) < whole && beyond(&counts[0]) > -whole {
            return moves;
        }
        counts[last].0 -= 1;
        counts[0].0 += 1;
        moves += 1;
    }
}

/// How evenly missed rounds are shared out over sites and over periods, from the rows of coverage.csv: rounds are moved one
/// by one until they are.
fn evenly_missed(measures: &Measures) -> (f64, f64) {
    let mut parts: BTreeMap<_, (u32, u32)> = BTreeMap::new();
    let mut periods: BTreeMap<_, (u32, u32)> = BTreeMap::new();
    for row in &measures.coverage {
        let part = parts.entry((row.rule, row.part)).or_default();
        *part = (part.0 + row.missed, part.1 + row.late.unwrap_or(0));
        let period = periods.entry((row.rule, row.from)).or_default();
        *period = (period.0 + row.missed, period.1 + row.asked);
    }
    let mut sites: BTreeMap<_, Vec<u32>> = BTreeMap::new();
    for ((rule, _), (short, late)) in parts {
        sites.entry(rule).or_default().push(short.max(late));
    }
    let (mut moves, mut missed) = (0, 0);
    for of_rule in sites.values_mut() {
        missed += of_rule.iter().sum::<u32>();
        loop {
            of_rule.sort_unstable();
            let last = of_rule.len() - 1;
            if of_rule[last] < of_rule[0] + 2 {
                break;
            }
            of_rule[last] -= 1;
            of_rule[0] += 1;
            moves += 1;
        }
    }
    let mut rules: BTreeMap<_, Vec<(u32, u32)>> = BTreeMap::new();
    for ((rule, _), counts) in periods {
        rules.entry(rule).or_default().push(counts);
    }
    let (mut period_moves, mut period_missed) = (0, 0);
    for counts in rules.values_mut().filter(|periods| periods.len() > 1) {
        let all: u32 = counts.iter().map(|count| count.0).sum();
        let asked: u32 = counts.iter().map(|count| count.1).sum();
        period_missed += all;
        period_moves += moved_between_periods(counts, all, asked);
    }
    let share = |moves: u32, all: u32| 1.0 - f64::from(moves) / f64::from(all.max(1));
    (share(moves, missed), share(period_moves, period_missed))
}

#[test]
fn the_figures_are_what_a_plain_count_gives() {
    let (mut travelled, mut uneven) = (0.0, 0);
    let small = generate::seeds(30).map(|seed| (seed, Size::small()));
    for (seed, size) in small.chain(MEDIUM.map(|seed| (seed, Size::medium()))) {
        let mut scenario = generate::scenario(seed, &size);
        scatter(&mut scenario);
        let season = Season::new(&scenario);
        let quick = Options {
            effort: Effort::Quick,
            ..Options::default()
        };
        let (_, outcome) = plans(&season, quick);
        let measures = measures(&season, &outcome.plan);
        let summary = report::summary_json(&season, &measures, &Vec::new());
        let summary: serde_json::Value = serde_json::from_slice(&summary.bytes).unwrap();
        let (zones, way) = days(&season, &measures);
        let (even_sites, even_periods) = evenly_missed(&measures);
        uneven += u32::from(even_sites < 1.0) + u32::from(even_periods < 1.0);
        for (key, expected, precision) in [
            ("spread", spread(&season, &outcome.plan), 6e-5),
            ("zones_per_crew_day", zones, 6e-5),
            // Each leg is rounded to a metre.
            ("km_per_crew_day", way, 2e-2),
            ("level", level(&season, &measures), 6e-5),
            ("missed_even_sites", even_sites, 6e-5),
            ("missed_even_periods", even_periods, 6e-5),
        ] {
            let says = summary[key].as_f64().unwrap();
            assert!(
                (says - expected).abs() <= precision,
                "seed {seed}: {key} {says}, {expected}"
            );
        }
        travelled += way;
    }
    assert!(travelled > 0.0);
    if generate::seeds(30).count() >= 30 {
        assert!(uneven > 5, "{uneven}");
    }
}
