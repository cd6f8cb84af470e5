//! The season as one model over site, team and day, as lean as it can be written.
//!
//! A yes-or-no column for each visit that is possible and for each crew-day; rows: the hours of a crew-day, the rounds
//! of each site and month, and at most one visit at a site in any `min_gap` days in a row. That is all that case K
//! asks: one crew to a team, one treatment to a site, no money but day rates. The reference model of the tests
//! (`tests/support/day_model`) says the same of any scenario, in nearly four times as many rows.

use chrono::Datelike;
use highs::{Col, HighsSolutionStatus, RowProblem, Sense};
use std::collections::BTreeMap;
use xiaosha::domain::{
    Day, Exact, Measure, Plan, Rule, Scenario, Site, SiteIx, TeamIx, TreatmentIx, Visit,
};

/// What HiGHS found.
pub(crate) struct Answer {
    /// The best plan, and what HiGHS says that it costs.
    pub(crate) plan: Option<(Plan, f64)>,
    /// No complete plan costs less.
    pub(crate) bound: f64,
    /// Columns of the model.
    pub(crate) columns: usize,
    /// Rows of the model.
    pub(crate) rows: usize,
}

/// Seeks the cheapest plan that misses nothing, for so many seconds.
pub(crate) fn solve(scenario: &Scenario, seconds: f64) -> Answer {
    let (problem, visits) = model(scenario);
    let (columns, rows) = (problem.num_cols(), problem.num_rows());
    let mut model = problem.optimise(Sense::Minimise);
    // As the planner has it: HiGHS has one number of threads for the whole process.
    model.set_option("threads", 1);
    model.set_option("time_limit", seconds);
    let solved = model.solve();
    let found = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
    let plan = found.then(|| {
        let values = solved.get_solution();
        let chosen = (visits.iter()).filter(|(_, column)| values.columns()[column.index()] > 0.5);
        let mut visits: Vec<Visit> = chosen.map(|&(visit, _)| visit).collect();
        // Ids of teams and sites sort as their numbers do.
        visits.sort_unstable();
        (Plan { visits }, solved.objective_value())
    });
    Answer {
        plan,
        bound: (solved.double_info_value(c"mip_dual_bound")).expect("every solve has a bound"),
        columns,
        rows,
    }
}

/// The model, and the columns of the visits.
fn model(scenario: &Scenario) -> (RowProblem, Vec<(Visit, Col)>) {
    let mut problem = RowProblem::default();
    let mut visits = Vec::new();
    let mut crew_days: BTreeMap<(usize, Day), Vec<(Col, f64)>> = BTreeMap::new();
    let days: Vec<Day> = (scenario.start.iter_days())
        .take_while(|&day| day <= scenario.end)
        .collect();
    for (at, site) in scenario.sites.iter().enumerate() {
        let rule = rule_for(scenario, site);
        let treatment = rule.treatments[0];
        let hours = hours(scenario, site, treatment);
        let mut by_day: BTreeMap<Day, Vec<(Col, f64)>> = BTreeMap::new();
        for (nth, team) in scenario.teams.iter().enumerate() {
            if site
                .zone
                .as_ref()
                .is_none_or(|zone| !team.zones.contains(zone))
            {
                continue;
            }
            for &date in days.iter().filter(|&&day| team.workdays.contains(day)) {
                let column = problem.add_integer_column(0.0, 0.0..=1.0);
                by_day.entry(date).or_default().push((column, 1.0));
                crew_days
                    .entry((nth, date))
                    .or_default()
                    .push((column, hours));
                let visit = Visit {
                    date,
                    team: TeamIx(nth),
                    crew: 1,
                    site: SiteIx(at),
                    part: 1,
                    treatment,
                };
                visits.push((visit, column));
            }
        }
        let mut by_month: BTreeMap<u32, Vec<(Col, f64)>> = BTreeMap::new();
        for (&day, columns) in &by_day {
            by_month.entry(day.month()).or_default().extend(columns);
            let end = day + chrono::Days::new(rule.min_gap.into());
            let near = by_day.range(day..end).flat_map(|(_, columns)| columns);
            problem.add_row(..=1.0, near.copied().collect::<Vec<_>>());
        }
        for columns in by_month.into_values() {
            problem.add_row(f64::from(rule.rounds).., columns);
        }
    }
    for ((team, _), mut visits) in crew_days {
        let team = &scenario.teams[team];
        let deployed = problem.add_integer_column(team.cost_per_day.to_f64(), 0.0..=1.0);
        visits.push((deployed, -team.hours_per_day.to_f64()));
        problem.add_row(..=0.0, visits);
    }
    (problem, visits)
}

/// The one rule that chooses a site.
fn rule_for<'a>(scenario: &'a Scenario, site: &Site) -> &'a Rule {
    let chooses = |rule: &&Rule| {
        let kinds = rule.selector.kind.as_ref();
        kinds.is_some_and(|kinds| kinds.any_of.contains(&site.kind))
    };
    (scenario.rules.iter().find(chooses)).expect("each site of case K has a rule")
}

/// Hours of a visit that is a stop of its own.
fn hours(scenario: &Scenario, site: &Site, treatment: TreatmentIx) -> f64 {
    let treatment = &scenario[treatment];
    let Measure::Column(column) = &treatment.measure else {
        panic!("work of case K depends on size");
    };
    let rate = (treatment.rate_per_hour.as_ref()).expect("treatments of case K have a rate");
    let access = &site.access_min / &Exact::from_int(60);
    (access + &site.measures[column] / rate).to_f64()
}
