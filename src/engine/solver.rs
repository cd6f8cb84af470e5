//! The one place that speaks to HiGHS.
//!
//! A [`Model`] is plain rows and columns, so that it can be solved for one objective after another. It is handed to
//! HiGHS through `good_lp`; the `highs` model beneath gives what `good_lp` hides: bound, duals, warm start.
//!
//! Determinism: one thread and no clock; effort is limited by nodes. Safety: objective values are worked out again
//! from the column values, because HiGHS 1.16 with a warm start has been seen to report an objective that its values
//! do not have; integer columns must be bounded, because an unbounded one can keep HiGHS busy for ever.

mod session;

use good_lp::{Expression, ProblemVariables, SolverModel, Variable, variable};
use highs::{HighsModelStatus, HighsSolutionStatus};
pub(crate) use session::{Optimum, Session, Unsolved};

/// What whole columns and rows may be off by in a model that is solved to the end. HiGHS' own 1e-6 is as much as the
/// contract's finest steps (a millionth of a unit makes another pack, half a millionth another shortfall): a plan that
/// breaks a limit by so little was taken for valid, and presolve was seen to lose every plan that reaches a cap exactly.
const TOLERANCE: f64 = 1e-9;

/// A column of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Col(pub(crate) usize);

/// A row of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Row(pub(crate) usize);

#[derive(Debug, Clone)]
struct Column {
    low: f64,
    high: f64,
    whole: bool,
}

/// `low ≤ Σ factor × column ≤ high`.
#[derive(Debug, Clone)]
pub(crate) struct RowData {
    /// Factors.
    pub(crate) terms: Vec<(Col, f64)>,
    /// Least value.
    pub(crate) low: f64,
    /// Greatest value.
    pub(crate) high: f64,
    /// Whether a [`Session`] leaves the row out until a solution breaks it.
    pub(crate) lazy: bool,
}

/// A linear or mixed-integer programme without objective.
#[derive(Debug, Clone, Default)]
pub(crate) struct Model {
    columns: Vec<Column>,
    rows: Vec<RowData>,
}

/// What to minimise: a constant and a factor per column.
#[derive(Debug, Clone, Default)]
pub(crate) struct Objective {
    /// The constant.
    pub(crate) constant: f64,
    /// Factors; a column may occur several times.
    pub(crate) terms: Vec<(Col, f64)>,
}

/// How far to solve.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    /// Relative gap at which to stop.
    pub(crate) relative_gap: f64,
    /// Absolute gap at which to stop.
    pub(crate) absolute_gap: f64,
    /// Branch-and-bound nodes at most.
    pub(crate) nodes: i32,
    /// Nodes without progress at most.
    pub(crate) stall_nodes: i32,
    /// Whether whole columns must be whole; `false` solves the linear relaxation.
    pub(crate) whole: bool,
}

/// What a solve found.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// Value of each column; `None` when no solution was found.
    pub(crate) values: Option<Vec<f64>>,
    /// Objective of `values`, worked out from them.
    pub(crate) objective: f64,
    /// No solution is below this, up to the solver's tolerance.
    pub(crate) bound: f64,
    /// Whether the model has no solution at all.
    pub(crate) infeasible: bool,
}

impl Model {
    /// Adds a column that may take any value between two finite bounds.
    pub(crate) fn column(&mut self, low: f64, high: f64) -> Col {
        self.columns.push(Column {
            low,
            high,
            whole: false,
        });
        Col(self.columns.len() - 1)
    }

    /// Adds a column that must be whole.
    pub(crate) fn whole(&mut self, low: f64, high: f64) -> Col {
        debug_assert!(
            high.is_finite(),
            "an unbounded integer may keep HiGHS busy for ever"
        );
        self.columns.push(Column {
            low,
            high,
            whole: true,
        });
        Col(self.columns.len() - 1)
    }

    /// The column that will be added next.
    pub(crate) fn next_column(&self) -> Col {
        Col(self.columns.len())
    }

    /// Makes a column whole.
    pub(crate) fn make_whole(&mut self, col: Col) {
        self.columns[col.0].whole = true;
    }

    /// Changes a column's bounds.
    pub(crate) fn bound(&mut self, col: Col, low: f64, high: f64) {
        self.columns[col.0].low = low;
        self.columns[col.0].high = high;
    }

    /// A column's lower bound.
    pub(crate) fn low(&self, col: Col) -> f64 {
        self.columns[col.0].low
    }

    /// A column's upper bound.
    pub(crate) fn high(&self, col: Col) -> f64 {
        self.columns[col.0].high
    }

    /// Adds a row as it is.
    pub(crate) fn add(&mut self, row: RowData) {
        self.rows.push(row);
    }

    /// Adds a column to a row.
    pub(crate) fn add_to_row(&mut self, row: Row, col: Col, factor: f64) {
        self.rows[row.0].terms.push((col, factor));
    }

    /// Whether a column must be whole.
    pub(crate) fn is_whole(&self, col: Col) -> bool {
        self.columns[col.0].whole
    }

    /// Adds `Σ factor × column ≤ high`.
    pub(crate) fn at_most(&mut self, terms: Vec<(Col, f64)>, high: f64) -> Row {
        self.row(terms, f64::NEG_INFINITY, high)
    }

    /// Adds `Σ factor × column ≥ low`.
    pub(crate) fn at_least(&mut self, terms: Vec<(Col, f64)>, low: f64) -> Row {
        self.row(terms, low, f64::INFINITY)
    }

    /// Adds `Σ factor × column = value`.
    pub(crate) fn equal(&mut self, terms: Vec<(Col, f64)>, value: f64) -> Row {
        self.row(terms, value, value)
    }

    fn row(&mut self, terms: Vec<(Col, f64)>, low: f64, high: f64) -> Row {
        self.rows.push(RowData {
            terms,
            low,
            high,
            lazy: false,
        });
        Row(self.rows.len() - 1)
    }

    /// Adds `Σ factor × column ≤ high`, which few solutions break.
    pub(crate) fn rarely_at_most(&mut self, terms: Vec<(Col, f64)>, high: f64) {
        let row = self.at_most(terms, high);
        self.rows[row.0].lazy = true;
    }

    /// Factors of all rows that a [`Session`] starts with.
    pub(crate) fn factors(&self) -> usize {
        let rows = self.rows.iter().filter(|row| !row.lazy);
        rows.map(|row| row.terms.len()).sum()
    }

    /// Columns that must be whole.
    pub(crate) fn whole_columns(&self) -> Vec<Col> {
        let columns = self.columns.iter().enumerate();
        columns
            .filter(|(_, column)| column.whole)
            .map(|(at, _)| Col(at))
            .collect()
    }

    /// Minimises, from a warm start if one is given.
    ///
    /// With a warm start, an answer whose reported objective its values do not have is thrown away and the model
    /// solved again without.
    pub(crate) fn minimise(
        &self,
        objective: &Objective,
        effort: &Effort,
        start: Option<&[f64]>,
    ) -> Answer {
        let (answer, reported) = self.run(objective, effort, start);
        let scale = answer.objective.abs().max(1.0);
        let trusted =
            answer.values.is_none() || (answer.objective - reported).abs() <= 1e-6 * scale;
        if start.is_some() && (!trusted || answer.infeasible) {
            return self.run(objective, effort, None).0;
        }
        answer
    }

    /// One run of HiGHS: the answer and the objective as HiGHS reports it.
    fn run(&self, objective: &Objective, effort: &Effort, start: Option<&[f64]>) -> (Answer, f64) {
        if self.columns.is_empty() {
            let feasible = self
                .rows
                .iter()
                .all(|row| row.low <= 1e-9 && row.high >= -1e-9);
            let answer = Answer {
                values: feasible.then(Vec::new),
                objective: objective.constant,
                bound: objective.constant,
                infeasible: !feasible,
            };
            return (answer, objective.constant);
        }
        let whole = effort.whole && self.columns.iter().any(|column| column.whole);
        let mut model = self.to_highs(objective, whole);
        model.make_quiet();
        model.set_option("threads", 1);
        model.set_option("parallel", "off");
        model.set_option("random_seed", 0);
        if whole {
            model.set_option("mip_feasibility_tolerance", TOLERANCE);
            model.set_option("primal_feasibility_tolerance", TOLERANCE);
            model.set_option("mip_rel_gap", effort.relative_gap);
            model.set_option("mip_abs_gap", effort.absolute_gap);
            model.set_option("mip_max_nodes", effort.nodes);
            model.set_option("mip_max_stall_nodes", effort.stall_nodes);
            if let Some(values) = start {
                model.set_solution(Some(values), None, None, None);
            }
        }
        let Ok(solved) = model.try_solve() else {
            return (Self::nothing(false), f64::NAN);
        };
        let status = solved.status();
        if status == HighsModelStatus::Infeasible
            || status == HighsModelStatus::UnboundedOrInfeasible
        {
            return (Self::nothing(true), f64::NAN);
        }
        let has_solution = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
        let reported = solved.objective_value() + objective.constant;
        let bound = if whole {
            solved
                .double_info_value(c"mip_dual_bound")
                .unwrap_or(f64::NEG_INFINITY)
                + objective.constant
        } else if status == HighsModelStatus::Optimal {
            reported
        } else {
            f64::NEG_INFINITY
        };
        let values = has_solution.then(|| solved.get_solution().columns().to_vec());
        let value = values
            .as_ref()
            .map_or(f64::INFINITY, |values| objective.value(values));
        let answer = Answer {
            objective: value,
            // The bound of a solve is never above the value of a solution that it found.
            bound: bound.min(value),
            values,
            infeasible: false,
        };
        (answer, reported)
    }

    fn nothing(infeasible: bool) -> Answer {
        Answer {
            values: None,
            objective: f64::INFINITY,
            bound: if infeasible {
                f64::INFINITY
            } else {
                f64::NEG_INFINITY
            },
            infeasible,
        }
    }

    fn to_highs(&self, objective: &Objective, whole: bool) -> highs::Model {
        let mut variables = ProblemVariables::new();
        let columns: Vec<Variable> = self
            .columns
            .iter()
            .map(|column| {
                let definition = variable().min(column.low).max(column.high);
                variables.add(if whole && column.whole {
                    definition.integer()
                } else {
                    definition
                })
            })
            .collect();
        let expression = |terms: &[(Col, f64)]| {
            let mut sum = Expression::with_capacity(terms.len());
            for &(col, factor) in terms {
                sum.add_mul(factor, columns[col.0]);
            }
            sum
        };
        let mut problem = variables
            .minimise(expression(&objective.terms))
            .using(good_lp::highs);
        for row in self.rows.iter().filter(|row| !row.lazy) {
            if row.low >= row.high {
                problem.add_constraint(expression(&row.terms).eq(row.low));
                continue;
            }
            if row.high.is_finite() {
                problem.add_constraint(expression(&row.terms).leq(row.high));
            }
            if row.low.is_finite() {
                problem.add_constraint(expression(&row.terms).geq(row.low));
            }
        }
        problem.into_inner()
    }
}

impl Objective {
    /// The value at a solution.
    pub(crate) fn value(&self, values: &[f64]) -> f64 {
        let terms: f64 = self
            .terms
            .iter()
            .map(|&(col, factor)| factor * values[col.0])
            .sum();
        self.constant + terms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: Effort = Effort {
        relative_gap: 0.0,
        absolute_gap: 1e-9,
        nodes: 1000,
        stall_nodes: 1000,
        whole: true,
    };

    #[test]
    fn a_whole_programme_is_solved_with_its_bound() {
        let mut model = Model::default();
        let (a, b) = (model.whole(0.0, 10.0), model.whole(0.0, 10.0));
        model.at_least(vec![(a, 3.0), (b, 2.0)], 7.0);
        let objective = Objective {
            constant: 1.0,
            terms: vec![(a, 5.0), (b, 4.0)],
        };
        let answer = model.minimise(&objective, &FULL, None);
        assert!((answer.objective - 14.0).abs() < 1e-6);
        assert!((answer.bound - 14.0).abs() < 1e-6);
        let mut relaxed = Session::new(&model);
        relaxed.set_objective(&objective);
        let optimum = relaxed.solve().expect("the relaxation has a solution");
        assert!((optimum.objective - (1.0 + 35.0 / 3.0)).abs() < 1e-6);
        let again = model.minimise(&objective, &FULL, Some(&[1.0, 2.0]));
        assert!((again.objective - 14.0).abs() < 1e-6);
    }

    #[test]
    fn no_solution_is_told_apart_from_none_found() {
        let mut model = Model::default();
        let a = model.whole(0.0, 1.0);
        model.at_least(vec![(a, 1.0)], 2.0);
        let answer = model.minimise(&Objective::default(), &FULL, None);
        assert!(answer.infeasible && answer.values.is_none());
    }
}
