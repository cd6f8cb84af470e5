//! Which limits might be moved for the missed rounds of a rule: those that stand against one visit more, and those that
//! are nearly used up.

use super::bench::Bench;
use super::change::PLENTY;
use super::why::closed_choices;
use super::{Change, cures};
use crate::domain::{
    CalendarScope, Day, Every, Plan, ProductIx, RuleIx, Scenario, SiteIx, TeamIx, TreatmentIx,
};
use crate::measures::{Measures, MissedFigures, Obstacle, Rounds};
use crate::season::{DayIx, Season};
use chrono::{Datelike, Days, Months};
use std::collections::{BTreeMap, BTreeSet};

/// Candidates tried for one rule at most; what stands against most comes first.
const MOST: usize = 8;

/// Days by which a window is made longer at either end.
const LONGER: u64 = 14;

/// Everything that might be changed for a rule, what stands against most choices first; each change takes its limit
/// away as far as tables allow.
pub(super) fn candidates(
    season: &Season,
    measures: &Measures,
    bench: &Bench,
    rule: RuleIx,
) -> Vec<Change> {
    let rows: Vec<&MissedFigures> = measures
        .missed
        .iter()
        .filter(|row| row.rule == rule)
        .collect();
    let mut list = List {
        season,
        rows: &rows,
        found: Vec::new(),
    };
    let mut obstacles: BTreeMap<Obstacle, u64> = BTreeMap::new();
    for row in &rows {
        for (&obstacle, &choices) in &row.choices {
            *obstacles.entry(obstacle).or_insert(0) += u64::from(choices);
        }
    }
    let mut obstacles: Vec<(Obstacle, u64)> = obstacles.into_iter().collect();
    obstacles.sort_by_key(|&(_, choices)| std::cmp::Reverse(choices));
    if rows.iter().any(|row| row.teams == 0) {
        list.skills();
    }
    for (obstacle, _) in obstacles {
        list.against(obstacle, rule);
    }
    list.nearly_used_up(bench, rule);
    list.longer_window(rule);
    list.found.truncate(MOST);
    list.found
}

struct List<'a> {
    season: &'a Season<'a>,
    rows: &'a [&'a MissedFigures],
    found: Vec<Change>,
}

impl List<'_> {
    fn add(&mut self, widest: Change) {
        if !self.found.contains(&widest) {
            self.found.push(widest);
        }
    }

    fn against(&mut self, obstacle: Obstacle, rule: RuleIx) {
        match obstacle {
            Obstacle::Budget(line) => self.add(Change::Budget { line, by: PLENTY }),
            Obstacle::CrewDays(team) => self.crew_days(team),
            Obstacle::Hours(team) => self.extra_crew(team, obstacle),
            Obstacle::Product(product) => self.packs(product),
            Obstacle::Gap => self.gaps(rule),
            Obstacle::TooLong(_) => self.parts(),
            Obstacle::Closed => self.closed(),
            Obstacle::Taken | Obstacle::Nothing => {}
        }
    }

    fn crew_days(&mut self, team: TeamIx) {
        let days = i64::from(self.season.days) * i64::from(self.season.scenario[team].crews);
        self.add(Change::CrewDays { team, by: days });
    }

    fn packs(&mut self, product: ProductIx) {
        self.add(Change::Packs {
            product,
            by: 1_000_000,
        });
    }

    /// A further crew in the months in which the team is full.
    fn extra_crew(&mut self, team: TeamIx, obstacle: Obstacle) {
        let scenario = self.season.scenario;
        let days = self
            .rows
            .iter()
            .filter_map(|row| row.days.get(&obstacle))
            .flat_map(|days| [days.iter().next(), days.iter().last()])
            .flatten();
        let days: Vec<DayIx> = days.collect();
        let (Some(&first), Some(&last)) = (days.iter().min(), days.iter().max()) else {
            return;
        };
        let (from, to) = (self.season.date(first), self.season.date(last));
        let from = from.with_day(1).expect("every month has a first day");
        let next = to.with_day(1).expect("every month has a first day") + Months::new(1);
        self.add(Change::ExtraCrew {
            team,
            from: from.max(scenario.start),
            to: (next - Days::new(1)).min(scenario.end),
            days: i64::from(self.season.days),
        });
    }

    /// Gaps of the rules that count the visits.
    fn gaps(&mut self, rule: RuleIx) {
        let season = self.season;
        let mut rules: Vec<RuleIx> = vec![rule];
        for row in self.rows {
            let demand = season.demand_at(row.rule, row.part);
            for &job in demand.iter().flat_map(|demand| &demand.jobs) {
                let others = season.jobs[job].demands.iter();
                rules.extend(others.map(|&other| season.demands[other].rule));
            }
        }
        let mut seen = BTreeSet::new();
        for rule in rules {
            let gap = season.scenario[rule].min_gap;
            if gap > 1 && seen.insert(rule) {
                self.add(Change::MinGap { rule, to: 1 });
            }
        }
    }

    /// The first site of which a visit is longer than a day, split.
    fn parts(&mut self) {
        let season = self.season;
        for row in self.rows {
            let site = season.parts[row.part].site;
            let longest = |obstacle: &Obstacle| match obstacle {
                Obstacle::TooLong(team) => Some(*team),
                _ => None,
            };
            let Some(team) = row.choices.keys().find_map(longest) else {
                continue;
            };
            let Some(demand) = season.demand_at(row.rule, row.part) else {
                continue;
            };
            let hours = demand.jobs.iter().map(|&job| {
                let treatment = season.jobs[job].treatment;
                season.hours(row.part, treatment, team, true).to_f64()
            });
            let day = season.scenario[team].hours_per_day.to_f64();
            let parts = (hours.fold(0.0, f64::max) / day).ceil() as u32;
            let parts = parts * season.scenario[site].parts;
            if (2..=64).contains(&parts) {
                self.add(Change::Parts { site, parts });
                return;
            }
        }
    }

    /// What is closed while all else is open.
    fn closed(&mut self) {
        let season = self.season;
        let scenario = season.scenario;
        let mut teams = BTreeSet::new();
        let mut sites = BTreeSet::new();
        let mut treatments: BTreeSet<TreatmentIx> = BTreeSet::new();
        let (mut first, mut last) = (season.days, -1);
        closed_choices(season, self.rows, |choice| {
            first = first.min(choice.day);
            last = last.max(choice.day);
            match (choice.team_open, choice.site_open, choice.treatment_open) {
                (false, true, true) => {
                    teams.insert(choice.team);
                }
                (true, false, true) => {
                    sites.insert(season.parts[choice.job.part].site);
                }
                (true, true, false) => {
                    treatments.insert(choice.job.treatment);
                }
                _ => {}
            }
        });
        if last < first {
            return;
        }
        let (from, to) = (season.date(first), season.date(last));
        let open = |scope| Change::Open { scope, from, to };
        for team in teams {
            let row = &scenario[team];
            if row.from.is_some_and(|begin| begin > from) || row.to.is_some_and(|end| end < to) {
                let (from, to) = (scenario.start, scenario.end);
                self.add(Change::TeamDates { team, from, to });
            }
            self.add(open(CalendarScope::Team(team)));
        }
        match sites.iter().collect::<Vec<_>>()[..] {
            [] => {}
            [&site] => self.add(open(CalendarScope::Site(site, None))),
            [first, ..] => {
                let kind = &scenario[*first].kind;
                let alike = |site: &SiteIx| scenario[*site].kind == *kind;
                let all = !kind.is_empty() && sites.iter().all(alike);
                self.add(open(if all {
                    CalendarScope::Kind(kind.clone())
                } else {
                    CalendarScope::Sites
                }));
            }
        }
        for treatment in treatments {
            if let Some(product) = scenario[treatment].product {
                let row = &scenario[product];
                if row.from.is_some() || row.to.is_some() {
                    let (from, to) = (scenario.start, scenario.end);
                    self.add(Change::ProductDates { product, from, to });
                }
            }
            self.add(open(CalendarScope::Method(
                scenario[treatment].method.clone(),
            )));
        }
    }

    /// A method or a zone for a team that lacks it.
    fn skills(&mut self) {
        let season = self.season;
        let scenario = season.scenario;
        let mut lacking: BTreeMap<(TeamIx, Option<String>, Option<String>), u64> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| row.teams == 0) {
            let zone = &scenario[season.parts[row.part].site].zone;
            let Some(demand) = season.demand_at(row.rule, row.part) else {
                continue;
            };
            for &job in &demand.jobs {
                let method = &scenario[season.jobs[job].treatment].method;
                for team in season.teams() {
                    let own = &scenario[team];
                    let learns = (!own.methods.contains(method)).then(|| method.clone());
                    let in_zone = own.zones.is_empty()
                        || zone.as_ref().is_some_and(|zone| own.zones.contains(zone));
                    // A site without a zone is nobody's who has zones.
                    let enters = match (in_zone, zone) {
                        (true, _) => None,
                        (false, None) => continue,
                        (false, Some(zone)) => Some(zone.clone()),
                    };
                    *lacking.entry((team, learns, enters)).or_insert(0) += u64::from(row.rounds);
                }
            }
        }
        let mut lacking: Vec<_> = lacking.into_iter().collect();
        // One thing to learn before two, then what serves most.
        lacking.sort_by_key(|((_, method, zone), rounds)| {
            let both = method.is_some() && zone.is_some();
            (both, std::cmp::Reverse(*rounds))
        });
        for ((team, method, zone), _) in lacking {
            self.add(Change::Skill { team, method, zone });
        }
    }

    /// Limits of which hardly anything is left, though something else stands in front of them.
    fn nearly_used_up(&mut self, bench: &Bench, rule: RuleIx) {
        let season = self.season;
        let scenario = season.scenario;
        let spending = &bench.base.spending;
        for line in cures::spent_lines(&spending.budget) {
            self.add(Change::Budget { line, by: PLENTY });
        }
        for team in season.teams() {
            if scenario[team]
                .max_days
                .is_some_and(|most| spending.crew_days[team.0] >= most)
            {
                self.crew_days(team);
            }
        }
        for &treatment in &scenario[rule].treatments {
            if let Some(product) = scenario[treatment].product
                && season.limits.packs[product.0]
                    .is_some_and(|most| spending.packs[product.0] >= most)
            {
                self.packs(product);
            }
        }
    }

    /// A window that could be longer without asking for more.
    fn longer_window(&mut self, rule: RuleIx) {
        let scenario = self.season.scenario;
        let row = &scenario[rule];
        let from = (row.from - Days::new(LONGER)).max(scenario.start);
        let to = (row.to + Days::new(LONGER)).min(scenario.end);
        if row.every == Every::Window && (row.from > from || row.to < to) {
            self.add(Change::Window { rule, from, to });
        }
    }
}

/// Days on which a plan has visits that the present calendar forbids for something that is to be opened.
pub(super) fn opened(bench: &Bench, scope: &CalendarScope, plan: &Plan) -> Vec<Day> {
    let season = Season::new(bench.scenario);
    let mut days = BTreeSet::new();
    for visit in &plan.visits {
        let day = season.day(visit.date);
        let closed = match scope {
            CalendarScope::Team(team) => {
                visit.team == *team && !season.day_sets[season.team_days[team.0]].contains(day)
            }
            CalendarScope::Method(_) => !season.treatment_days(visit.treatment).contains(day),
            _ => !season.site_days(season.part_of(visit)).contains(day),
        };
        if closed {
            days.insert(visit.date);
        }
    }
    days.into_iter().collect()
}

/// The dates of a rule's rounds at each part that it chooses, done ones included.
pub(super) fn rounds_of(scenario: &Scenario, rule: RuleIx, plan: &Plan) -> Vec<Vec<Day>> {
    let season = Season::new(scenario);
    let rounds = Rounds::new(&season, plan);
    let demands = season.demands.iter().enumerate();
    demands
        .filter(|(_, demand)| demand.rule == rule)
        .map(|(at, _)| rounds.of(at).iter().map(|&day| season.date(day)).collect())
        .collect()
}
