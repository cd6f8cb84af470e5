//! Branch and bound over the few whole columns of an allocation, on one linear programme that keeps its basis.
//!
//! HiGHS' own tree spends most of its time on cuts and heuristics that do nothing for these models, where thousands
//! of columns are continuous and a few dozen must be whole. Here each node costs a few pivots. Nodes are taken in the
//! order of their bound, the first ones as a dive, and their number is the only limit: no clock.

use super::solver::{Col, Optimum, Session, Unsolved};

/// How far to go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Simplex iterations after which no further dive is begun.
    pub(super) pivots: u64,
    /// Gap between solution and bound at which to stop, relative to the solution.
    pub(super) relative_gap: f64,
    /// Gap at which to stop, absolute.
    pub(super) absolute_gap: f64,
    /// Models with no more factors than this are given to HiGHS' own tree as well, which takes a second for some ten
    /// thousand.
    pub(super) cut_factors: usize,
}

/// What the tree found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// A solution whose whole columns are whole.
    pub(super) values: Vec<f64>,
    /// Its objective.
    pub(super) value: f64,
    /// No solution is below this.
    pub(super) bound: f64,
}

/// A whole column, the bounds that it starts with, and its class: columns of a higher class are branched on first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whole {
    /// The column.
    pub(super) col: Col,
    /// Least value.
    pub(super) low: f64,
    /// Greatest value.
    pub(super) high: f64,
    /// Class.
    pub(super) class: u8,
}

/// A node: the bounds of each whole column, and a bound for what lies beneath.
#[derive(Debug, Clone)]
struct Node {
    bounds: Vec<(f64, f64)>,
    bound: f64,
}

/// Nodes at most, whatever the work: a dive that finds nothing must end.
const MOST_NODES: usize = 5_000;

/// A value this near to a whole number is whole: HiGHS keeps rows within 1e-7.
const WHOLE: f64 = 1e-6;

/// What is known of a node beside its linear programme.
pub(super) trait Beneath {
    /// What no solution within the session's bounds can be below.
    fn floor(&self, session: &Session) -> f64;
    /// Learns from the linear programme of a node.
    fn learn(&mut self, session: &Session, optimum: &Optimum);
    /// Whether more is known where a column is fixed, so that it is branched on even if it is whole.
    fn decides(&self, _: Col) -> bool {
        false
    }
}

/// Nothing is known, and a leaf is a solution.
struct Nothing;

impl Beneath for Nothing {
    fn floor(&self, _: &Session) -> f64 {
        f64::NEG_INFINITY
    }
    fn learn(&mut self, _: &Session, _: &Optimum) {}
}

/// Minimises the session's objective with the given columns whole.
///
/// `None` when there is no solution within the limits. The session is left with its bounds as they were.
pub(super) fn minimise(
    session: &mut Session,
    whole: &[Whole],
    limits: &Limits,
    stop: &dyn Fn() -> bool,
) -> Option<Found> {
    let found = minimise_over(session, whole, limits, &mut Nothing, stop)?;
    Some(Found {
        bound: found.bound.min(found.value),
        ..found
    })
}

/// Minimises with the given columns whole, where the leaves of the tree are not the end: more is known of what lies
/// beneath. The bound may then be above the value.
pub(super) fn minimise_over(
    session: &mut Session,
    whole: &[Whole],
    limits: &Limits,
    beneath: &mut dyn Beneath,
    stop: &dyn Fn() -> bool,
) -> Option<Found> {
    let root = Node {
        bounds: whole.iter().map(|whole| (whole.low, whole.high)).collect(),
        bound: f64::NEG_INFINITY,
    };
    let mut tree = Tree {
        session,
        whole,
        open: vec![root],
        best: None,
        lowest: f64::INFINITY,
        proven: f64::INFINITY,
        beneath,
    };
    tree.grow(limits, stop);
    for whole in whole {
        tree.session.bound(whole.col, whole.low, whole.high);
    }
    tree.lift_open();
    let bound = tree.bound();
    tree.best.map(|best| Found {
        value: best.objective,
        bound,
        values: best.values,
    })
}

struct Tree<'t> {
    session: &'t mut Session,
    whole: &'t [Whole],
    open: Vec<Node>,
    /// The leaf with the least floor.
    best: Option<Optimum>,
    /// Its floor.
    lowest: f64,
    /// The least bound of nodes that were closed because they were near enough to the best.
    proven: f64,
    beneath: &'t mut dyn Beneath,
}

impl Tree<'_> {
    fn bound(&self) -> f64 {
        let open = self.open.iter().map(|node| node.bound);
        open.fold(self.proven, f64::min)
    }

    fn target(&self, limits: &Limits) -> f64 {
        let gap = limits
            .absolute_gap
            .max(limits.relative_gap * self.lowest.abs());
        if self.best.is_some() {
            self.lowest - gap
        } else {
            f64::INFINITY
        }
    }

    fn grow(&mut self, limits: &Limits, stop: &dyn Fn() -> bool) {
        let mut next: Option<Node> = None;
        let limit = self.session.pivots() + limits.pivots;
        for _ in 0..MOST_NODES {
            if next.is_none() && self.best.is_some() && self.session.pivots() > limit {
                break;
            }
            if stop() {
                break;
            }
            // Down the dive while it lasts, then the node with the least bound.
            let Some(node) = next.take().or_else(|| self.least()) else {
                break;
            };
            if node.bound >= self.target(limits) {
                self.proven = self.proven.min(node.bound);
                continue;
            }
            for (whole, &(low, high)) in self.whole.iter().zip(&node.bounds) {
                self.session.bound(whole.col, low, high);
            }
            let optimum = match self.session.solve() {
                Ok(optimum) => optimum,
                Err(Unsolved::NoSolution) => continue,
                Err(Unsolved::GaveUp) => {
                    self.proven = self.proven.min(node.bound);
                    continue;
                }
            };
            let known = self.beneath.floor(self.session);
            let mut bound = optimum.objective.max(node.bound).max(known);
            let is_known = self.best.is_some() && bound < self.target(limits);
            if is_known {
                self.beneath.learn(self.session, &optimum);
                bound = bound.max(self.beneath.floor(self.session));
            }
            if bound >= self.target(limits) {
                self.proven = self.proven.min(bound);
                continue;
            }
            let branch = self.branch(&optimum);
            let Some((at, value)) = branch.or_else(|| self.undecided(&node, &optimum)) else {
                if !is_known {
                    self.beneath.learn(self.session, &optimum);
                }
                let floor = self.beneath.floor(self.session).max(bound);
                self.proven = self.proven.min(floor);
                if self.best.is_none() || floor < self.lowest {
                    self.lowest = floor;
                    self.best = Some(optimum);
                }
                continue;
            };
            let mut up = Node {
                bounds: node.bounds.clone(),
                bound,
            };
            let mut down = Node {
                bounds: node.bounds,
                bound,
            };
            if branch.is_none() {
                // A choice: first as the programme has it.
                (down.bounds[at], up.bounds[at]) = ((0.0, 0.0), (1.0, 1.0));
                let (first, then) = if value < 0.5 { (down, up) } else { (up, down) };
                self.open.push(then);
                next = Some(first);
                continue;
            }
            up.bounds[at].0 = value.ceil();
            down.bounds[at].1 = value.floor();
            // More crew-days are nearly always feasible, so the dive goes up.
            self.open.push(down);
            next = Some(up);
        }
        self.open.extend(next);
    }

    /// Where choices were tried both ways, leaves know nothing of each other: lifts the bounds of nodes that were left open
    /// to what is known with none made.
    fn lift_open(&mut self) {
        let mut all = self.whole.iter();
        if self.open.is_empty() || !all.any(|whole| self.beneath.decides(whole.col)) {
            return;
        }
        if self.beneath.floor(self.session) == f64::NEG_INFINITY {
            let Ok(optimum) = self.session.solve() else {
                return;
            };
            self.beneath.learn(self.session, &optimum);
        }
        let floor = self.beneath.floor(self.session);
        for node in &mut self.open {
            node.bound = node.bound.max(floor);
        }
    }

    /// Takes the open node with the least bound; ties to the newest, which is deepest.
    fn least(&mut self) -> Option<Node> {
        let at = (0..self.open.len())
            .rev()
            .min_by(|&a, &b| self.open[a].bound.total_cmp(&self.open[b].bound))?;
        Some(self.open.swap_remove(at))
    }

    /// A choice that is whole but not made, and its value.
    fn undecided(&self, node: &Node, optimum: &Optimum) -> Option<(usize, f64)> {
        let all = self.whole.iter().zip(&node.bounds).enumerate();
        let mut open = all
            .filter(|(_, (whole, bounds))| bounds.0 < bounds.1 && self.beneath.decides(whole.col));
        open.next()
            .map(|(at, (whole, _))| (at, optimum.values[whole.col.0]))
    }

    /// The column to branch on: of the last class that has one that is not whole, the one nearest to a whole number.
    fn branch(&self, optimum: &Optimum) -> Option<(usize, f64)> {
        self.whole
            .iter()
            .enumerate()
            .map(|(at, whole)| (at, whole.class, optimum.values[whole.col.0]))
            .filter(|(_, _, value)| (value - value.round()).abs() > WHOLE)
            .max_by(|a, b| {
                let away = |value: f64| (value - value.round()).abs();
                a.1.cmp(&b.1)
                    .then(away(b.2).total_cmp(&away(a.2)))
                    .then(b.0.cmp(&a.0))
            })
            .map(|(at, _, value)| (at, value))
    }
}

#[cfg(test)]
mod tests {
    use super::super::solver::{Model, Objective};
    use super::*;

    #[test]
    fn the_tree_finds_what_a_full_enumeration_finds() {
        // min 5a + 4b + 0.9c, 3a + 2b + c/3 ≥ 7.5, a, b whole in 0..=3, c in 0..=1.
        let mut model = Model::default();
        let (a, b) = (model.whole(0.0, 3.0), model.whole(0.0, 3.0));
        let c = model.column(0.0, 1.0);
        model.at_least(vec![(a, 3.0), (b, 2.0), (c, 1.0 / 3.0)], 7.5);
        let objective = Objective {
            constant: 2.0,
            terms: vec![(a, 5.0), (b, 4.0), (c, 0.9)],
        };
        let mut least = f64::INFINITY;
        for a in 0..=3 {
            for b in 0..=3 {
                let lack = (7.5 - f64::from(3 * a + 2 * b)).max(0.0) * 3.0;
                if lack <= 1.0 {
                    least = least.min(2.0 + f64::from(5 * a + 4 * b) + 0.9 * lack);
                }
            }
        }
        let mut session = Session::new(&model);
        session.set_objective(&objective);
        let limits = Limits {
            pivots: 10_000,
            relative_gap: 0.0,
            absolute_gap: 1e-9,
            cut_factors: 0,
        };
        let whole = [a, b].map(|col| Whole {
            col,
            low: 0.0,
            high: 3.0,
            class: 0,
        });
        let found = minimise(&mut session, &whole, &limits, &|| false).expect("a solution");
        assert!((found.value - least).abs() < 1e-6 && (found.bound - least).abs() < 1e-6);
    }
}
