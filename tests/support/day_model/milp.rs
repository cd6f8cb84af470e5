//! The day model: one yes-or-no column for each visit that is possible, and the clauses of a valid plan as rows.
//!
//! Nothing is aggregated and nothing is cut off, so the model is slow and its optimum is the optimum. What is written
//! with a tolerance in the contract is kept to it here; a further half of the last digit that is counted keeps the
//! solver's own tolerances away from the edge.

use super::demand::Demand;
use super::facts::{Candidate, Facts, all, day_limit, micro};
use super::ledger::{Ledger, counts_product, counts_team, dates};
use highs::{Col, RowProblem};
use std::collections::BTreeMap;
use xiaosha::domain::{BudgetLine, Money, ProductIx, SiteIx, TeamIx, TreatmentIx};

/// Half a millionth: sums of whole millionths that differ, differ by more.
const HALF: f64 = 0.5e-6;

/// Columns and rows, and which column means what.
pub(crate) struct Milp {
    pub(crate) problem: RowProblem,
    /// All columns and the cost of each.
    costs: Vec<(Col, f64)>,
    /// Money that is owed whatever is planned.
    pub(crate) owed: f64,
    /// Visits and their columns.
    pub(crate) visits: Vec<(Candidate, Col)>,
    /// Missed rounds of each demand.
    missed: Vec<Col>,
}

/// A sum of columns with factors, and what is added to it.
#[derive(Default)]
struct Sum {
    terms: Vec<(Col, f64)>,
    fixed: f64,
}

impl Milp {
    pub(crate) fn new(facts: &Facts) -> Self {
        let mut milp = Milp {
            problem: RowProblem::default(),
            costs: Vec::new(),
            owed: 0.0,
            visits: Vec::new(),
            missed: Vec::new(),
        };
        for visit in facts.candidates() {
            let column = milp.whole(1.0);
            milp.visits.push((visit, column));
        }
        let crew_days = milp.crew_days(facts);
        milp.no_visit_twice();
        milp.min_gaps(facts);
        milp.missed_rounds(facts);
        let packs = milp.packs(facts);
        milp.money(facts, &crew_days, &packs);
        milp
    }

    /// A column that may be a fraction, from 0.
    fn column(&mut self, most: f64) -> Col {
        let column = self.problem.add_column(0.0, 0.0..=most);
        self.costs.push((column, 0.0));
        column
    }

    /// A column of whole numbers, from 0. All have a limit: a solver may never stop where one has not.
    fn whole(&mut self, most: f64) -> Col {
        let column = self.problem.add_integer_column(0.0, 0.0..=most);
        self.costs.push((column, 0.0));
        column
    }

    fn at_most(&mut self, sum: Sum, limit: f64) {
        let terms = sum.terms.into_iter().filter(|&(_, factor)| factor != 0.0);
        self.problem
            .add_row(..=limit - sum.fixed, terms.collect::<Vec<_>>());
    }

    fn at_least(&mut self, sum: Sum, least: f64) {
        self.problem.add_row(least - sum.fixed.., sum.terms);
    }

    /// A column for each team, crew and day; the visits of a crew-day fit in its hours, a stop's access paid once.
    fn crew_days(&mut self, facts: &Facts) -> BTreeMap<(TeamIx, u32, i64), Col> {
        let mut by_crew_day: BTreeMap<_, BTreeMap<SiteIx, Vec<usize>>> = BTreeMap::new();
        for (index, (visit, _)) in self.visits.iter().enumerate() {
            by_crew_day
                .entry((visit.team, visit.crew, visit.day))
                .or_default()
                .entry(facts.places[visit.place].site)
                .or_default()
                .push(index);
        }
        let mut columns = BTreeMap::new();
        for (&(team, crew, day), stops) in &by_crew_day {
            let deployed = self.whole(1.0);
            let mut hours = Sum::default();
            for (&site, visits) in stops {
                let access = facts.access(site);
                // With one visit possible, visit and stop are the same.
                let stop = if visits.len() > 1 && access.is_positive() {
                    let stop = self.column(1.0);
                    hours.terms.push((stop, micro(&access) as f64 / 1e6));
                    Some(stop)
                } else {
                    None
                };
                for &index in visits {
                    let (visit, column) = &self.visits[index];
                    let column = *column;
                    let mut own = facts.work(visit.place, visit.treatment, visit.team);
                    if visits.len() == 1 {
                        own = own + access.clone();
                    }
                    hours.terms.push((column, micro(&own) as f64 / 1e6));
                    self.implies(column, deployed);
                    if let Some(stop) = stop {
                        self.implies(column, stop);
                    }
                }
            }
            let limit = day_limit(facts.scenario, team) as f64 / 1e6 + HALF;
            hours.terms.push((deployed, -limit));
            self.at_most(hours, 0.0);
            // Crews are alike: one is sent out only with those before it.
            if let Some(&before) = columns.get(&(team, crew - 1, day)) {
                self.implies(deployed, before);
            }
            columns.insert((team, crew, day), deployed);
        }
        columns
    }

    fn implies(&mut self, this: Col, that: Col) {
        self.problem.add_row(..=0.0, [(this, 1.0), (that, -1.0)]);
    }

    /// No place, treatment and day stands twice.
    fn no_visit_twice(&mut self) {
        let mut same: BTreeMap<(usize, TreatmentIx, i64), Vec<(Col, f64)>> = BTreeMap::new();
        for (visit, column) in &self.visits {
            same.entry((visit.place, visit.treatment, visit.day))
                .or_default()
                .push((*column, 1.0));
        }
        for columns in same.into_values().filter(|columns| columns.len() > 1) {
            self.problem.add_row(..=1.0, columns);
        }
    }

    /// In `min_gap` days in a row at most one visit counts, and none near a done one.
    fn min_gaps(&mut self, facts: &Facts) {
        for demand in facts.demands.iter().filter(|demand| demand.min_gap > 0) {
            let counting = self.counting(demand);
            for (&day, columns) in &counting {
                if demand.too_near_to_done(day) {
                    for &column in columns {
                        self.problem.change_column_bounds(column, 0.0..=0.0);
                    }
                }
                let window = counting.range(day..day + demand.min_gap);
                let terms: Vec<(Col, f64)> = (window.flat_map(|(_, columns)| columns))
                    .map(|&column| (column, 1.0))
                    .collect();
                self.problem.add_row(..=1.0, terms);
            }
        }
    }

    /// Columns of the visits that count, by day.
    fn counting(&self, demand: &Demand) -> BTreeMap<i64, Vec<Col>> {
        let mut by_day: BTreeMap<i64, Vec<Col>> = BTreeMap::new();
        for (visit, column) in &self.visits {
            if visit.place == demand.place && demand.counts(visit.treatment, visit.day) {
                by_day.entry(visit.day).or_default().push(*column);
            }
        }
        by_day
    }

    /// Missed rounds are at least the rounds short of those asked, and at least the rounds late.
    ///
    /// Late: dates at most `max_gap` apart, with the day before the window and the day after it, are the same as a date
    /// in every stretch of `max_gap` days of the window. Between two dates that differ by D there are D − 1 days, which
    /// need ⌊(D − 1) / `max_gap`⌋ = ⌈D / `max_gap`⌉ − 1 extra days to have one in every stretch: so *late* is the least
    /// number of extra days. Each row holds a run of extra days, such rows have whole optima, so extra days may be
    /// fractions.
    fn missed_rounds(&mut self, facts: &Facts) {
        for demand in &facts.demands {
            let counting = self.counting(demand);
            let asked: i64 = demand.periods.iter().map(|period| period.asked).sum();
            let mut short = Sum::default();
            for period in &demand.periods {
                let done = (demand.done.iter())
                    .filter(|&&day| period.from <= day && day <= period.to)
                    .count() as i64;
                if period.asked <= done {
                    continue;
                }
                let lacking = self.column((period.asked - done) as f64);
                short.terms.push((lacking, 1.0));
                let mut rounds = Sum {
                    terms: vec![(lacking, 1.0)],
                    fixed: done as f64,
                };
                for (_, columns) in counting.range(period.from..=period.to) {
                    rounds
                        .terms
                        .extend(columns.iter().map(|&column| (column, 1.0)));
                }
                self.at_least(rounds, period.asked as f64);
            }
            let mut late = Sum::default();
            if let Some(max_gap) = demand.max_gap {
                let extra: Vec<Col> = (demand.from..=demand.to)
                    .map(|_| self.column(1.0))
                    .collect();
                late.terms.extend(extra.iter().map(|&day| (day, 1.0)));
                for from in demand.from..=demand.to + 1 - max_gap {
                    let to = from + max_gap - 1;
                    if demand.done.iter().any(|&day| from <= day && day <= to) {
                        continue;
                    }
                    let extras = (from..=to).map(|day| extra[(day - demand.from) as usize]);
                    let visits = counting
                        .range(from..=to)
                        .flat_map(|(_, columns)| columns.clone());
                    let terms: Vec<(Col, f64)> =
                        extras.chain(visits).map(|column| (column, 1.0)).collect();
                    self.problem.add_row(1.0.., terms);
                }
            }
            let most = asked.max(demand.to - demand.from + 1);
            let missed = self.column(most as f64);
            for mut sum in [short, late] {
                if !sum.terms.is_empty() {
                    sum.terms.push((missed, -1.0));
                    self.at_most(sum, 0.0);
                }
            }
            self.missed.push(missed);
        }
    }

    /// Whole packs bought of each product.
    fn packs(&mut self, facts: &Facts) -> BTreeMap<ProductIx, Col> {
        let scenario = facts.scenario;
        let done = Ledger::new(facts, &[]);
        let mut columns = BTreeMap::new();
        for product in all(&scenario.products, ProductIx) {
            let terms = &scenario[product];
            let mut used = Sum {
                terms: Vec::new(),
                fixed: done.used(product).to_f64() - terms.stock.to_f64(),
            };
            for (visit, column) in &self.visits {
                if scenario[visit.treatment].product == Some(product) {
                    let quantity = facts.quantity(visit.place, visit.treatment);
                    used.terms.push((*column, quantity.to_f64()));
                }
            }
            let ever: f64 = used.terms.iter().map(|(_, quantity)| quantity).sum();
            let mut most = ((used.fixed + ever).max(0.0) / terms.pack_size.to_f64()).ceil() + 1.0;
            if let Some(limit) = terms.max_packs {
                // Done visits alone may have passed the limit.
                most = most.min(limit.max(done.packs(product)) as f64);
            }
            let packs = self.whole(most);
            used.terms.push((packs, -terms.pack_size.to_f64()));
            self.at_most(used, 1e-6 + HALF);
            columns.insert(product, packs);
        }
        columns
    }

    /// Teams' days billed and limited, budget lines, and the cost of it all.
    fn money(
        &mut self,
        facts: &Facts,
        crew_days: &BTreeMap<(TeamIx, u32, i64), Col>,
        packs: &BTreeMap<ProductIx, Col>,
    ) {
        let scenario = facts.scenario;
        let done = Ledger::new(facts, &[]);
        let mut teams: Vec<Sum> = Vec::new();
        for team in all(&scenario.teams, TeamIx) {
            let terms = &scenario[team];
            let new_days: Vec<Col> = (crew_days.iter())
                .filter(|((who, _, _), _)| *who == team)
                .map(|(_, &column)| column)
                .collect();
            let deployed = |factor: f64| Sum {
                terms: new_days.iter().map(|&column| (column, factor)).collect(),
                fixed: done.deployed(team) as f64 * factor,
            };
            if let Some(max_days) = terms.max_days {
                let limit = max_days.max(done.deployed(team));
                self.at_most(deployed(1.0), limit as f64);
            }
            let engaged = self.whole(1.0);
            if done.engaged(team) {
                self.problem.change_column_bounds(engaged, 1.0..=1.0);
            }
            for &column in &new_days {
                self.implies(column, engaged);
            }
            let most = terms
                .min_days
                .max(done.deployed(team) + new_days.len() as i64);
            let billed = self.column(most as f64);
            let mut topped_up = deployed(1.0);
            topped_up.terms.push((billed, -1.0));
            self.at_most(topped_up, 0.0);
            let least = [(engaged, terms.min_days as f64), (billed, -1.0)];
            self.problem.add_row(..=0.0, least);
            let mut labour = self.piece_money(facts, team, (0, i64::MAX));
            labour.fixed = done.piece(team).to_f64();
            labour.terms.push((engaged, terms.mobilisation.to_f64()));
            labour.terms.push((billed, terms.cost_per_day.to_f64()));
            teams.push(labour);
        }
        let purchase = |product: ProductIx| (packs[&product], scenario[product].pack_cost.to_f64());

        for line in &scenario.budget {
            let mut spent = Sum::default();
            for team in all(&scenario.teams, TeamIx) {
                if !counts_team(scenario, line, team) {
                    continue;
                }
                match dates(scenario, line) {
                    None => spent.add(&teams[team.0]),
                    Some((from, to)) => {
                        let rate = scenario[team].cost_per_day.to_f64();
                        let days = (crew_days.iter()).filter(|((who, _, day), _)| {
                            *who == team && from <= *day && *day <= to
                        });
                        spent.terms.extend(days.map(|(_, &column)| (column, rate)));
                        spent.add(&self.piece_money(facts, team, (from, to)));
                    }
                }
            }
            let bought =
                all(&scenario.products, ProductIx).filter(|&product| counts_product(line, product));
            spent.terms.extend(bought.map(purchase));
            if dates(scenario, line).is_some() {
                spent.fixed = done.spent(line).to_f64();
            }
            self.at_most(spent, budget_limit(line, done.spent(line)));
        }

        for labour in teams {
            self.owed += labour.fixed;
            for (column, money) in labour.terms {
                self.costs[column.index()].1 += money;
            }
        }
        for (column, money) in all(&scenario.products, ProductIx).map(purchase) {
            self.costs[column.index()].1 += money;
        }
    }

    /// Piece money of a team's new visits on some days.
    fn piece_money(&self, facts: &Facts, team: TeamIx, (from, to): (i64, i64)) -> Sum {
        let visits = self
            .visits
            .iter()
            .filter(|(visit, _)| visit.team == team && from <= visit.day && visit.day <= to);
        Sum {
            terms: visits
                .map(|(visit, column)| {
                    let money = facts.piece(visit.place, visit.treatment, visit.team);
                    (*column, money.to_f64())
                })
                .collect(),
            fixed: 0.0,
        }
    }

    /// Asks for the least shortfall of a tier.
    pub(crate) fn aim_at_shortfall(&mut self, facts: &Facts, tier: u32) {
        for &(column, _) in &self.costs {
            self.problem.change_column_cost(column, 0.0);
        }
        for (column, weight) in self.shortfall(facts, tier) {
            self.problem.change_column_cost(column, weight);
        }
    }

    /// Asks for the least cost.
    pub(crate) fn aim_at_cost(&mut self) {
        for &(column, cost) in &self.costs {
            self.problem.change_column_cost(column, cost);
        }
    }

    /// Keeps a tier's shortfall at what was found.
    pub(crate) fn keep_shortfall(&mut self, facts: &Facts, tier: u32, found: f64) {
        let terms = self.shortfall(facts, tier);
        if found == 0.0 {
            for (column, _) in terms {
                self.problem.change_column_bounds(column, 0.0..=0.0);
            }
        } else {
            // Shortfalls are compared after rounding to a millionth.
            self.problem.add_row(..=found + HALF, terms);
        }
    }

    /// The visits with these numbers.
    pub(crate) fn plan(&self, chosen: &[usize]) -> Vec<&Candidate> {
        chosen.iter().map(|&visit| &self.visits[visit].0).collect()
    }

    fn shortfall(&self, facts: &Facts, tier: u32) -> Vec<(Col, f64)> {
        (facts.demands.iter().zip(&self.missed))
            .filter(|(demand, _)| demand.tier == tier)
            .map(|(demand, &column)| (column, demand.weight.to_f64()))
            .collect()
    }
}

impl Sum {
    fn add(&mut self, other: &Sum) {
        self.terms.extend(&other.terms);
        self.fixed += other.fixed;
    }
}

/// What a line allows: its amount with the contract's tolerance, or what done visits and committed teams alone spend.
fn budget_limit(line: &BudgetLine, alone: Money) -> f64 {
    let tolerated = line.amount + Money::from_micro(5_000);
    tolerated.max(alone).to_f64() + HALF
}
