//! Rules 3 and 5, and the rounds that are missed.

use super::figures;
use super::places::{PlaceIx, Places};
use super::visits::{Visit, Visits};
use super::{Clause, Violation};
use crate::domain::{Choice, Day, Every, Exact, Rule, Scenario, Site};
use crate::lang::Text;
use chrono::{Datelike, Days, NaiveDate};
use std::collections::{BTreeMap, HashMap};

/// A period of a rule's window, and the rounds that it asks of each site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) from: Day,
    pub(super) to: Day,
    pub(super) asked: u64,
}

/// The visits at each place, in the order of their dates.
pub(super) struct ByPlace<'a> {
    season: Vec<Vec<&'a Visit>>,
    earlier: Vec<Vec<&'a Visit>>,
}

impl<'a> ByPlace<'a> {
    pub(super) fn new(places: &Places, visits: &'a Visits) -> Self {
        let mut season = vec![Vec::new(); places.len()];
        let mut earlier = vec![Vec::new(); places.len()];
        for visit in &visits.season {
            season[visit.place].push(visit);
        }
        for visit in &visits.earlier {
            earlier[visit.place].push(visit);
        }
        ByPlace { season, earlier }
    }

    /// The visits that a rule counts at a place that it chooses, by date.
    pub(super) fn counted(
        &self,
        demand: &Demand,
        place: PlaceIx,
    ) -> impl Iterator<Item = &'a Visit> {
        let season = self.season[place].iter().copied();
        season.filter(|visit| demand.counts(visit))
    }
}

/// What a rule asks, spread out.
pub(super) struct Demand<'a> {
    pub(super) rule: &'a Rule,
    pub(super) periods: Vec<Period>,
    /// The places that it chooses, in input order.
    pub(super) chosen: Vec<PlaceIx>,
    /// Whether each treatment is a round.
    treatments: Vec<bool>,
}

/// What one chosen place misses of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Missed {
    /// Visits counted in each period.
    pub(super) counted: Vec<u64>,
    /// Rounds late by `max_gap`.
    pub(super) late: u64,
    /// The greater of the rounds short in the periods and those late.
    pub(super) rounds: u64,
}

impl<'a> Demand<'a> {
    pub(super) fn new(scenario: &'a Scenario, places: &Places, rule: &'a Rule) -> Self {
        let mut treatments = vec![false; scenario.treatments.len()];
        for treatment in &rule.treatments {
            treatments[treatment.0] = true;
        }
        let chosen = (0..places.len()).filter(|&place| {
            let site = places.site(place);
            let part = places.part(place);
            matches(rule, &scenario[site], part)
                && (rule.treatments.iter())
                    .any(|&treatment| figures::can_be_done(scenario, site, treatment))
        });
        Demand {
            rule,
            periods: periods(rule),
            chosen: chosen.collect(),
            treatments,
        }
    }

    /// Whether the rule lists the visit's treatment and its window holds the date.
    pub(super) fn counts(&self, visit: &Visit) -> bool {
        self.treatments[visit.treatment.0] && (self.rule.from..=self.rule.to).contains(&visit.date)
    }

    /// What a chosen place misses.
    pub(super) fn missed(&self, visits: &ByPlace, place: PlaceIx) -> Missed {
        let counting = || visits.counted(self, place);
        let mut counted = vec![0; self.periods.len()];
        for visit in counting() {
            let period = self
                .periods
                .partition_point(|period| period.to < visit.date);
            counted[period] += 1;
        }
        let short = (self.periods.iter().zip(&counted))
            .map(|(period, &counted)| period.asked.saturating_sub(counted))
            .sum();
        let late = self.rule.max_gap.map_or(0, |max_gap| {
            let dates = counting().map(|visit| day_number(visit.date));
            late(
                day_number(self.rule.from) - 1,
                dates,
                day_number(self.rule.to) + 1,
                u64::from(max_gap),
            )
        });
        Missed {
            counted,
            late,
            rounds: late.max(short),
        }
    }

    /// Rule 5: successive counting visits at a chosen place keep `min_gap`, unless both are done. It is enough to look
    /// at neighbours: whatever lies too close to a new visit, its neighbour on that side lies no farther.
    fn check_gaps(
        &self,
        scenario: &Scenario,
        places: &Places,
        visits: &ByPlace,
        place: PlaceIx,
        violations: &mut Vec<Violation>,
    ) {
        let rule = self.rule;
        // A window that begins with the horizon looks back on what was done before it.
        let earlier = (rule.from == scenario.start)
            .then(|| {
                let listed = |visit: &&&Visit| self.treatments[visit.treatment.0];
                let dates = visits.earlier[place].iter().filter(listed);
                dates.max_by_key(|visit| visit.date)
            })
            .flatten();
        let counting = visits.counted(self, place);
        let mut previous: Option<&Visit> = None;
        for visit in earlier.copied().into_iter().chain(counting) {
            if let Some(previous) = previous.replace(visit)
                && (previous.is_new() || visit.is_new())
            {
                let days = (visit.date - previous.date).num_days();
                if days < i64::from(rule.min_gap) {
                    violations.push(gap_too_short(scenario, places, rule, previous, visit));
                }
            }
        }
    }
}

fn gap_too_short(
    scenario: &Scenario,
    places: &Places,
    rule: &Rule,
    previous: &Visit,
    visit: &Visit,
) -> Violation {
    // The later of the two is named, unless it is done and cannot be changed.
    let (named, other) = if visit.is_new() {
        (visit, previous)
    } else {
        (previous, visit)
    };
    let days = (visit.date - previous.date).num_days();
    let site = places.id(scenario, visit.place);
    let (other_zh, other_en) = match other.line {
        Some(line) => (format!("第 {line} 行"), format!("line {line}")),
        None => ("已完成".to_owned(), "done".to_owned()),
    };
    let (id, gap, date, other_date) = (&rule.id, rule.min_gap, named.date, other.date);
    let are = if days == 1 { "day is" } else { "days are" };
    Violation {
        line: named.line,
        clause: Clause::GapTooShort,
        message: Text::new(
            format!(
                "规则 {id}，地点 {site}：{date} 与 {other_date}（{other_zh}）只隔 {days} 天，至少应隔 {gap} 天"
            ),
            format!(
                "rule {id} at site {site}: {days} {are} between {date} and {other_date} ({other_en}), at least {gap} asked"
            ),
        ),
    }
}

/// Rule 3: no treatment stands twice at a place on one day, done visits included.
pub(super) fn check_repeats(
    scenario: &Scenario,
    places: &Places,
    visits: &[Visit],
    violations: &mut Vec<Violation>,
) {
    let mut first: HashMap<_, Option<u64>> = HashMap::with_capacity(visits.len());
    let done = visits.iter().filter(|visit| !visit.is_new());
    let mut new: Vec<&Visit> = visits.iter().filter(|visit| visit.is_new()).collect();
    // Of equal visits the one that stands first in the file is kept, whatever its team.
    new.sort_by_key(|visit| visit.line);
    for visit in done.chain(new) {
        let key = (visit.place, visit.treatment, visit.date);
        let Some(&other) = first.get(&key) else {
            first.insert(key, visit.line);
            continue;
        };
        if !visit.is_new() {
            continue;
        }
        let (treatment, date) = (&scenario[visit.treatment].id, visit.date);
        let site = places.id(scenario, visit.place);
        let (zh, en) = match other {
            Some(line) => (format!("第 {line} 行"), format!("line {line}")),
            None => ("done.csv".to_owned(), "done.csv".to_owned()),
        };
        violations.push(Violation {
            line: visit.line,
            clause: Clause::Twice,
            message: Text::new(
                format!("{date} 在地点 {site} 做 {treatment}，{zh} 已有"),
                format!("{treatment} at site {site} on {date} stands already in {en}"),
            ),
        });
    }
}

/// Rule 5 for every rule, and the shortfall of each tier, rounded half up to a millionth.
pub(super) fn judge(
    scenario: &Scenario,
    places: &Places,
    visits: &ByPlace,
    violations: &mut Vec<Violation>,
) -> BTreeMap<u32, Exact> {
    let weights = Weights::new(scenario);
    let mut shortfall: BTreeMap<u32, Exact> = BTreeMap::new();
    for rule in &scenario.rules {
        let demand = Demand::new(scenario, places, rule);
        let mut missed = vec![0_u64; weights.distinct.len()];
        for &place in &demand.chosen {
            demand.check_gaps(scenario, places, visits, place, violations);
            missed[weights.of_site[places.site(place).0]] += demand.missed(visits, place).rounds;
        }
        let weighted: Exact = missed
            .iter()
            .zip(&weights.distinct)
            .filter(|&(&rounds, _)| rounds > 0)
            .map(|(&rounds, weight)| &whole(rounds) * weight)
            .sum();
        let tier = shortfall.entry(rule.tier).or_insert_with(Exact::zero);
        *tier = &*tier + &(&weighted * &rule.weight);
    }
    for value in shortfall.values_mut() {
        *value = to_millionths(value);
    }
    shortfall
}

/// The weights of places, each value once, so that exact sums are few.
struct Weights {
    distinct: Vec<Exact>,
    /// For each site the number of its parts' weight.
    of_site: Vec<usize>,
}

impl Weights {
    fn new(scenario: &Scenario) -> Self {
        let mut numbers: HashMap<Exact, usize> = HashMap::new();
        let mut distinct = Vec::new();
        let of_site = scenario.sites.iter().map(|site| {
            let weight = &site.weight / &Exact::from_int(i64::from(site.parts));
            *numbers.entry(weight).or_insert_with_key(|weight| {
                distinct.push(weight.clone());
                distinct.len() - 1
            })
        });
        let of_site = of_site.collect();
        Weights { distinct, of_site }
    }
}

fn whole(count: u64) -> Exact {
    Exact::from_int(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Rounded half up to a millionth, however great.
fn to_millionths(value: &Exact) -> Exact {
    let millionth = &Exact::one() / &Exact::from_int(1_000_000);
    let half = &millionth / &Exact::from_int(2);
    // ⌊x⌋ = −⌈−x⌉
    let down = (&(&Exact::zero() - value) - &half).round_up_to(&millionth);
    &Exact::zero() - &down
}

/// Whether a part of a site matches every column that the rule gives.
fn matches(rule: &Rule, site: &Site, part: u32) -> bool {
    let choose = |choice: &Option<Choice>, is: &dyn Fn(&String) -> bool| {
        choice.as_ref().is_none_or(|choice| {
            let taken = choice.any_of.is_empty() || choice.any_of.iter().any(is);
            !choice.emptied && taken && !choice.none_of.iter().any(is)
        })
    };
    let selector = &rule.selector;
    choose(&selector.kind, &|word| *word == site.kind)
        && choose(&selector.zone, &|word| site.zone.as_ref() == Some(word))
        && choose(&selector.tag, &|word| site.tags.contains(word))
        && choose(&selector.site, &|word| names_part(word, site, part))
}

/// Whether `id` or `id/2` means this part of the site.
fn names_part(word: &str, site: &Site, part: u32) -> bool {
    let Some(rest) = word.strip_prefix(&site.id) else {
        return false;
    };
    rest.is_empty() || rest.strip_prefix('/') == Some(part.to_string().as_str())
}

/// The periods of a rule's window, in order and without a hole between them.
pub(super) fn periods(rule: &Rule) -> Vec<Period> {
    let mut periods = Vec::new();
    let mut from = rule.from;
    while from <= rule.to {
        let whole = whole_period(rule, from);
        let begun = from - whole.0;
        let left = whole.1 - begun.num_days() as u64;
        let in_window = (rule.to - from).num_days() as u64 + 1;
        let kept = left.min(in_window);
        let to = from + Days::new(kept - 1);
        let rounds = u64::from(rule.rounds);
        periods.push(Period {
            from,
            to,
            asked: (2 * rounds * kept + whole.1) / (2 * whole.1),
        });
        from = to + Days::new(1);
    }
    periods
}

/// First day of the whole period that holds `day`, and its length in days. Periods that the window cuts at its start are
/// begun before it, except blocks of days, which count from the first day of the window.
fn whole_period(rule: &Rule, day: Day) -> (Day, u64) {
    let on = |day_of_month| {
        day.with_day(day_of_month)
            .expect("a day that every month has")
    };
    let month = || month_length(day);
    match rule.every {
        Every::Window => (day, (rule.to - rule.from).num_days() as u64 + 1),
        Every::Month => (on(1), month()),
        Every::HalfMonth if day.day() <= 15 => (on(1), 15),
        Every::HalfMonth => (on(16), month() - 15),
        Every::Week => {
            let since_monday = u64::from(day.weekday().num_days_from_monday());
            (day - Days::new(since_monday), 7)
        }
        // `day` is the first of its block, because the blocks before it were walked through.
        Every::Days(days) => (day, u64::from(days)),
    }
}

fn month_length(day: Day) -> u64 {
    (28..=31)
        .rev()
        .find(|&last| NaiveDate::from_ymd_opt(day.year(), day.month(), last).is_some())
        .map_or(28, u64::from)
}

fn day_number(day: Day) -> i64 {
    i64::from(day.num_days_from_ce())
}

/// Σ over successive dates of {before, dates, after} of (⌈days between / `max_gap`⌉ − 1); equal dates are one.
fn late(before: i64, dates: impl Iterator<Item = i64>, after: i64, max_gap: u64) -> u64 {
    let mut previous = before;
    let mut late = 0;
    for date in dates.chain([after]) {
        if date > previous {
            late += (date.abs_diff(previous)).div_ceil(max_gap) - 1;
            previous = date;
        }
    }
    late
}
