//! A bound by parts: what ties the parts together is priced, then each part is solved whole on its own.
//!
//! A linear relaxation lets every team send out half a crew in every phase, and branching on a few dozen such figures
//! of a season that falls apart into months multiplies the trees of the months with each other. Lagrangian relaxation
//! adds them up instead (Geoffrion 1974, Math. Program. Study 2: 82–114). For any prices y of the rows that tie parts
//! together (y ≥ 0 where the row has a lower limit in force, y ≤ 0 where an upper),
//!
//! min c·x  ≥  Σ tying rows y·limit  +  Σ parts min { (c − yA)·x : rows and bounds of the part, whole columns whole }:
//!
//! for every solution x, c·x = (c − yA)·x + y·(Ax) and y·(Ax) ≥ y·limit row by row. The prices are the duals of the
//! linear relaxation, so the sum is at least its objective. Where a part has no whole column, the same duals are
//! optimal for it, and weighing its rows too costs nothing.
//!
//! A choice such as whether a team is hired is one of the season's columns. Where it is 0 for good, whatever it allows is
//! 0 in every solution, so the parts may be solved with these columns at 0; what that proves holds only there, and the
//! tree tries each choice both ways.

use super::disjoint::DisjointSets;
use super::solver::{Col, Model, Objective, Optimum, RowData, Session};
use super::tree::{self, Limits, Whole};
use std::collections::BTreeMap;

/// Where a column belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Home {
    /// To one phase.
    Phase(u32),
    /// To no phase: it may fall into several.
    Wide,
    /// To the season as a whole: money and packs.
    Season,
    /// Wherever the columns belong that it shares rows with.
    Open,
}

/// A part that has whole columns: positions of its columns and of its rows, first those in use, then those that wait.
struct Part {
    columns: Vec<usize>,
    rows: Vec<usize>,
}

/// Columns that are 0 where a choice is 0.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// 0 or 1, one of the season's columns.
    pub(super) made: Col,
    /// What it allows.
    pub(super) allows: Vec<Col>,
}

/// Prices under which the parts have been solved; good for all bounds of the season's columns that leave these choices
/// at 0.
struct Priced {
    /// Positions of choices that were 0 for good, and with them what they allow.
    not_made: Vec<usize>,
    /// What tying rows and parts add up to.
    sum: f64,
    /// What is left of the cost of each of the season's columns.
    season: Vec<(usize, f64)>,
}

/// What is known of the parts.
pub(super) struct Parts<'m> {
    model: &'m Model,
    homes: Vec<Home>,
    choices: Vec<Choice>,
    limits: Limits,
    priced: Vec<Priced>,
}

/// Choices up to which each is tried both ways.
const MOST_CHOICES: usize = 6;

/// Sets of prices at most: the duals of one leaf of the tree serve the others nearly as well as their own.
const MOST_PRICES: usize = 12;

impl<'m> Parts<'m> {
    /// Knows nothing yet; `homes` and `model` (for what is whole) are by column.
    pub(super) fn new(
        model: &'m Model,
        homes: &[Home],
        choices: Vec<Choice>,
        limits: &Limits,
    ) -> Self {
        Parts {
            model,
            homes: homes.to_vec(),
            choices,
            limits: *limits,
            priced: Vec::new(),
        }
    }

    /// What no solution within these bounds of the columns can be below, by the prices known.
    fn floor(&self, bounds: &[(f64, f64)]) -> f64 {
        let not_made = |&at: &usize| is_not_made(&self.choices[at], bounds);
        let holds = |priced: &&Priced| priced.not_made.iter().all(not_made);
        let floors = self.priced.iter().filter(holds).map(|priced| {
            let season = priced.season.iter();
            let least = season.map(|&(at, cost)| (cost * bounds[at].0).min(cost * bounds[at].1));
            priced.sum + least.sum::<f64>()
        });
        floors.fold(f64::NEG_INFINITY, f64::max)
    }

    /// Solves the parts under the duals of an optimum of the session, unless enough prices are known.
    fn learn(&mut self, session: &Session, optimum: &Optimum) {
        if self.priced.len() < MOST_PRICES && self.limits.pivots > 0 {
            let rows = session.rows().0.iter().zip(&optimum.duals);
            let prices: Vec<f64> = rows.map(|(row, &dual)| valid_price(row, dual)).collect();
            let least = optimum.objective;
            self.priced.push(self.priced(session, least, &prices));
            if let Some(prices) = self.at_full_rates(session, prices) {
                self.priced.push(self.priced(session, least, &prices));
            }
        }
    }

    /// The prices under which crew-days that are billed whether they are used or not cost all that they are billed for;
    /// `None` where they do already.
    ///
    /// A linear programme fills such days with what saves most elsewhere, and so prices a day at what it saves at the
    /// margin. At that price, parts whose crew-days must be whole would take many more of them than are billed. Any prices
    /// are valid, and of both the better ones count.
    fn at_full_rates(&self, session: &Session, mut prices: Vec<f64>) -> Option<Vec<f64>> {
        let used = session.rows().0;
        let is_season = |col: &Col| self.homes[col.0] == Home::Season;
        let mut changed = false;
        for &(billed, rate) in &session.objective().terms {
            if !is_season(&billed) || rate <= 0.0 {
                continue;
            }
            let has = |row: &RowData| row.terms.iter().any(|&(col, _)| col == billed);
            let rows = (0..used.len()).filter(|&at| has(&used[at]));
            let (alone, beside): (Vec<usize>, Vec<usize>) =
                rows.partition(|&at| used[at].terms.iter().all(|(col, _)| is_season(col)));
            if let [row] = beside[..]
                && used[row].low.is_finite()
                && used[row].terms.contains(&(billed, 1.0))
                && prices[row] < rate - 1e-6
            {
                prices[row] = rate;
                for other in alone {
                    prices[other] = 0.0;
                }
                changed = true;
            }
        }
        changed.then_some(prices)
    }

    /// Solves the parts under prices that are valid for their rows; the linear programme's objective is `least`.
    fn priced(&self, session: &Session, least: f64, prices: &[f64]) -> Priced {
        let (used, waiting) = session.rows();
        let mut bounds = session.bounds().to_vec();
        let mut not_made = Vec::new();
        for (at, choice) in self.choices.iter().enumerate() {
            if is_not_made(choice, &bounds) {
                not_made.push(at);
                for col in &choice.allows {
                    bounds[col.0].1 = bounds[col.0].0.max(0.0);
                }
            }
        }
        let bounds = &bounds[..];
        let homes = settled(&self.homes, used);
        let ties: Vec<bool> = used.iter().map(|row| is_tie(row, &homes)).collect();
        let parts = parts(session, self.model, bounds, &homes, &ties);
        // Rows of a part that has nothing whole are priced like those that tie.
        let mut inside = vec![false; used.len()];
        let mut alone = vec![true; bounds.len()];
        for part in &parts {
            for &row in part.rows.iter().filter(|&&row| row < used.len()) {
                inside[row] = true;
            }
            for &column in &part.columns {
                alone[column] = false;
            }
        }
        let mut costs = vec![0.0; bounds.len()];
        for &(col, factor) in &session.objective().terms {
            costs[col.0] += factor;
        }
        let mut sum = session.objective().constant;
        for (at, row) in used.iter().enumerate() {
            if !inside[at] && prices[at] != 0.0 {
                sum += prices[at] * limit(row, prices[at]);
                for &(col, factor) in &row.terms {
                    costs[col.0] -= prices[at] * factor;
                }
            }
        }
        let mut season = Vec::new();
        for (at, &(low, high)) in bounds.iter().enumerate() {
            if homes[at] == Home::Season {
                season.push((at, costs[at]));
            } else if alone[at] {
                sum += (costs[at] * low).min(costs[at] * high);
            }
        }
        let count = parts.len().max(1);
        let gap = self.limits.relative_gap * least.abs() / count as f64;
        let limits = Limits {
            relative_gap: 0.0,
            absolute_gap: gap.max(self.limits.absolute_gap),
            pivots: self.limits.pivots / count as u64,
            ..self.limits
        };
        let model = self.model;
        let least_of = |part: &Part| {
            let rows: Vec<&RowData> = part
                .rows
                .iter()
                .map(|&row| used.get(row).unwrap_or_else(|| &waiting[row - used.len()]))
                .collect();
            let linear = linear(part, &costs, prices, used, bounds);
            solve(part, &rows, &costs, bounds, model, &limits)
                .map_or(linear, |whole| whole.max(linear))
        };
        sum += parts.iter().map(least_of).sum::<f64>();
        Priced {
            not_made,
            sum,
            season,
        }
    }
}

impl tree::Beneath for Parts<'_> {
    fn floor(&self, session: &Session) -> f64 {
        Parts::floor(self, session.bounds())
    }

    fn learn(&mut self, session: &Session, optimum: &Optimum) {
        Parts::learn(self, session, optimum);
    }

    fn decides(&self, col: Col) -> bool {
        let few = self.choices.len() <= MOST_CHOICES;
        few && self.choices.iter().any(|choice| choice.made == col)
    }
}

/// Whether a choice is 0 for good.
fn is_not_made(choice: &Choice, bounds: &[(f64, f64)]) -> bool {
    bounds[choice.made.0].1 < 0.5
}

/// A dual that is valid as a price: its sign suits the limits that the row has.
fn valid_price(row: &RowData, dual: f64) -> f64 {
    if (dual > 0.0 && row.low.is_finite()) || (dual < 0.0 && row.high.is_finite()) {
        dual
    } else {
        0.0
    }
}

/// The limit of a row that a price other than 0 speaks of.
fn limit(row: &RowData, price: f64) -> f64 {
    if price > 0.0 { row.low } else { row.high }
}

/// Homes of the columns that had none: the phase of the columns in a row of theirs that all belong to one.
fn settled(homes: &[Home], rows: &[RowData]) -> Vec<Home> {
    let mut settled = homes.to_vec();
    for row in rows {
        let mut phases = row
            .terms
            .iter()
            .map(|(col, _)| homes[col.0])
            .filter(|&home| home != Home::Open);
        let Some(first) = phases.next() else { continue };
        if matches!(first, Home::Phase(_)) && phases.all(|home| home == first) {
            for (col, _) in &row.terms {
                if settled[col.0] == Home::Open {
                    settled[col.0] = first;
                }
            }
        }
    }
    for home in &mut settled {
        if *home == Home::Open {
            *home = Home::Wide;
        }
    }
    settled
}

/// Whether a row ties parts together.
fn is_tie(row: &RowData, homes: &[Home]) -> bool {
    let mut all = row.terms.iter().map(|(col, _)| homes[col.0]);
    let first = all.next();
    first == Some(Home::Season) || all.any(|home| Some(home) != first)
}

/// The connected parts that have whole columns, when tying rows are taken away.
fn parts(
    session: &Session,
    model: &Model,
    bounds: &[(f64, f64)],
    homes: &[Home],
    ties: &[bool],
) -> Vec<Part> {
    let (used, waiting) = session.rows();
    let mut sets = DisjointSets::new(homes.len());
    for (row, _) in used.iter().zip(ties).filter(|(_, tie)| !**tie) {
        if let Some(&(first, _)) = row.terms.first() {
            for &(col, _) in &row.terms {
                sets.join(first.0, col.0);
            }
        }
    }
    let mut parts: BTreeMap<usize, Part> = BTreeMap::new();
    for (at, home) in homes.iter().enumerate() {
        let (low, high) = bounds[at];
        if *home != Home::Season && model.is_whole(Col(at)) && low < high {
            parts.entry(sets.of(at)).or_insert_with(|| Part {
                columns: Vec::new(),
                rows: Vec::new(),
            });
        }
    }
    for at in 0..homes.len() {
        if let Some(part) = parts.get_mut(&sets.of(at)) {
            part.columns.push(at);
        }
    }
    let all = used.iter().chain(waiting).enumerate();
    for (at, row) in all {
        let waits = at >= used.len();
        let Some(&(first, _)) = row.terms.first() else {
            continue;
        };
        let here = sets.of(first.0);
        let inside = if waits {
            row.terms.iter().all(|(col, _)| sets.of(col.0) == here)
        } else {
            !ties[at]
        };
        if inside && let Some(part) = parts.get_mut(&here) {
            part.rows.push(at);
        }
    }
    parts.into_values().collect()
}

/// The bound of a part by prices alone.
fn linear(
    part: &Part,
    costs: &[f64],
    prices: &[f64],
    rows: &[RowData],
    bounds: &[(f64, f64)],
) -> f64 {
    let mut left: BTreeMap<usize, f64> = part.columns.iter().map(|&at| (at, costs[at])).collect();
    let mut sum = 0.0;
    for &at in part.rows.iter().filter(|&&at| at < rows.len()) {
        let (row, price) = (&rows[at], prices[at]);
        if price != 0.0 {
            sum += price * limit(row, price);
            for (col, factor) in &row.terms {
                *left.entry(col.0).or_insert(0.0) -= price * factor;
            }
        }
    }
    sum + left
        .iter()
        .map(|(&at, cost)| (cost * bounds[at].0).min(cost * bounds[at].1))
        .sum::<f64>()
}

/// The least of a part with its whole columns whole, if the tree finds any.
fn solve(
    part: &Part,
    rows: &[&RowData],
    costs: &[f64],
    bounds: &[(f64, f64)],
    whole: &Model,
    limits: &Limits,
) -> Option<f64> {
    let mut model = Model::default();
    let mut objective = Objective::default();
    let mut wholes = Vec::new();
    let mut position: BTreeMap<usize, Col> = BTreeMap::new();
    for &at in &part.columns {
        let (low, high) = bounds[at];
        let col = model.column(low, high);
        position.insert(at, col);
        objective.terms.push((col, costs[at]));
        if whole.is_whole(Col(at)) {
            wholes.push(Whole {
                col,
                low,
                high,
                class: 0,
            });
        }
    }
    for row in rows {
        let terms = row
            .terms
            .iter()
            .map(|(col, factor)| (position[&col.0], *factor))
            .collect();
        model.add(RowData { terms, ..**row });
    }
    let mut session = Session::new(&model);
    session.set_objective(&objective);
    let found = tree::minimise(&mut session, &wholes, limits, &|| false)?;
    Some(found.bound)
}

#[cfg(test)]
mod tests;
