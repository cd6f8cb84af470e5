//! A linear programme that keeps its basis from one solve to the next.

use super::{Col, Model, Objective, RowData};
use highs::HighsModelStatus;

/// A linear programme that is solved again and again with small changes, each time from where it stood.
///
/// Whole columns are taken as continuous. Lazy rows are added when a solution breaks them; leaving rows out only makes
/// the programme weaker, so its bounds hold all the same.
pub(crate) struct Session {
    /// Absent for good once HiGHS has failed.
    model: Option<highs::Model>,
    columns: Vec<highs::Col>,
    bounds: Vec<(f64, f64)>,
    rows: Vec<RowData>,
    waiting: Vec<RowData>,
    objective: Objective,
    pivots: u64,
}

/// An optimal solution of a [`Session`].
#[derive(Debug, Clone)]
pub(crate) struct Optimum {
    /// Value of each column.
    pub(crate) values: Vec<f64>,
    /// Objective, which is also the bound.
    pub(crate) objective: f64,
    /// What the objective gains per unit by which a row's limit is moved up, by row of the session.
    pub(crate) duals: Vec<f64>,
}

/// Rounds of adding broken lazy rows, at most.
const LAZY_ROUNDS: usize = 8;

impl Session {
    /// Hands a model to HiGHS for good.
    pub(crate) fn new(model: &Model) -> Self {
        let mut problem = highs::RowProblem::default();
        let columns: Vec<highs::Col> = model
            .columns
            .iter()
            .map(|column| problem.add_column(0.0, column.low..=column.high))
            .collect();
        let (waiting, rows): (Vec<_>, Vec<_>) =
            model.rows.iter().cloned().partition(|row| row.lazy);
        for row in &rows {
            let terms: Vec<_> = row
                .terms
                .iter()
                .map(|&(col, factor)| (columns[col.0], factor))
                .collect();
            problem.add_row(row.low..=row.high, terms);
        }
        let all = model.columns.iter();
        let bounds = all.map(|column| (column.low, column.high)).collect();
        let mut model = problem.optimise(highs::Sense::Minimise);
        model.make_quiet();
        model.set_option("threads", 1);
        model.set_option("parallel", "off");
        model.set_option("random_seed", 0);
        Session {
            model: Some(model),
            columns,
            bounds,
            rows,
            waiting,
            objective: Objective::default(),
            pivots: 0,
        }
    }

    /// The rows in use, in the order of [`Optimum::duals`], and those that wait until a solution breaks them.
    pub(crate) fn rows(&self) -> (&[RowData], &[RowData]) {
        (&self.rows, &self.waiting)
    }

    /// The bounds of every column as they stand.
    pub(crate) fn bounds(&self) -> &[(f64, f64)] {
        &self.bounds
    }

    /// What is minimised.
    pub(crate) fn objective(&self) -> &Objective {
        &self.objective
    }

    /// Changes what to minimise.
    pub(crate) fn set_objective(&mut self, objective: &Objective) {
        let mut factors = vec![0.0; self.columns.len()];
        for &(col, factor) in &objective.terms {
            factors[col.0] += factor;
        }
        if let Some(model) = &mut self.model {
            for (&col, &factor) in self.columns.iter().zip(&factors) {
                model.change_column_cost(col, factor);
            }
        }
        self.objective = objective.clone();
    }

    /// Changes a column's bounds.
    pub(crate) fn bound(&mut self, col: Col, low: f64, high: f64) {
        if self.bounds[col.0] == (low, high) {
            return;
        }
        self.bounds[col.0] = (low, high);
        if let Some(model) = &mut self.model {
            model.change_column_bounds(self.columns[col.0], low..=high);
        }
    }

    /// Adds `Σ factor × column ≤ high`.
    pub(crate) fn at_most(&mut self, terms: &[(Col, f64)], high: f64) {
        let row = RowData {
            terms: terms.to_vec(),
            low: f64::NEG_INFINITY,
            high,
            lazy: false,
        };
        self.add(row);
    }

    fn add(&mut self, row: RowData) {
        let mut factors: std::collections::BTreeMap<usize, f64> = std::collections::BTreeMap::new();
        for &(col, factor) in &row.terms {
            *factors.entry(col.0).or_insert(0.0) += factor;
        }
        let terms: Vec<_> = factors
            .into_iter()
            .map(|(col, factor)| (self.columns[col], factor))
            .collect();
        if let Some(model) = &mut self.model {
            model.add_row(row.low..=row.high, terms);
            self.rows.push(row);
        }
    }

    /// Simplex iterations so far: a measure of work that does not depend on the clock.
    pub(crate) fn pivots(&self) -> u64 {
        self.pivots
    }

    /// Solves.
    pub(crate) fn solve(&mut self) -> Result<Optimum, Unsolved> {
        let mut found = Err(Unsolved::GaveUp);
        for _ in 0..LAZY_ROUNDS {
            let optimum = self.solve_once()?;
            let broken = |row: &RowData| {
                let activity: f64 = row
                    .terms
                    .iter()
                    .map(|&(col, f)| f * optimum.values[col.0])
                    .sum();
                activity > row.high + 1e-6
            };
            let (broken, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.waiting)
                .into_iter()
                .partition(broken);
            self.waiting = rest;
            found = Ok(optimum);
            if broken.is_empty() {
                break;
            }
            for row in broken {
                self.add(row);
            }
        }
        // Rows that were added last have not been solved with: nothing is known of their prices.
        found.map(|mut optimum| {
            optimum.duals.resize(self.rows.len(), 0.0);
            optimum
        })
    }

    fn solve_once(&mut self) -> Result<Optimum, Unsolved> {
        let model = self.model.take().ok_or(Unsolved::GaveUp)?;
        let solved = model.try_solve().map_err(|_| Unsolved::GaveUp)?;
        let status = solved.status();
        self.pivots += solved.simplex_iteration_count().max(0) as u64;
        let objective = solved.objective_value() + self.objective.constant;
        let solution = solved.get_solution();
        let values = solution.columns().to_vec();
        let duals = solution.dual_rows().to_vec();
        self.model = Some(solved.into());
        match status {
            HighsModelStatus::Optimal => Ok(Optimum {
                values,
                objective,
                duals,
            }),
            HighsModelStatus::Infeasible => Err(Unsolved::NoSolution),
            _ => Err(Unsolved::GaveUp),
        }
    }
}

impl Optimum {
    /// What the objective gains per unit by which the limit of a row of the model is moved up; `model` is what the
    /// session was made of, and the row is not lazy.
    pub(crate) fn dual(&self, model: &Model, row: super::Row) -> f64 {
        let before = model.rows[..row.0].iter().filter(|row| !row.lazy).count();
        self.duals[before]
    }
}

/// Why a [`Session`] has no optimum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unsolved {
    /// The rows contradict each other.
    NoSolution,
    /// HiGHS could not tell.
    GaveUp,
}
