//! Allocation: how many rounds in which segment by which team, how many crew-days in which block.
//!
//! A relaxation: every valid plan maps onto a solution with the same shortfall and cost, by counting its visits per
//! (job, team, segment), its crew-days per (team, block), its packs. Each row below is obeyed by those counts; the
//! argument stands beside it. So the least shortfall and the least cost here are bounds for every valid plan.
//!
//! Days and crews are left out. That costs little: how many rounds and crew-days there are in which period, by whom,
//! carries nearly all of the cost.
//!
//! With [`Grain::Days`] nothing is left out: every segment is a day and every crew has its own columns. That is the
//! exact model, for scenarios that are small enough.

mod capacity;
mod days;
mod money;
mod rows;

pub(super) use capacity::{crew_day, shared_stops};
pub(super) use days::size as exact_size;

use super::lagrange::{Choice, Home};
use super::patterns::Packing;
use super::relax::{allows_none, cap_limit};
use super::solver::{Answer, Col, Effort, Model, Objective, Row};
use super::spans::{Block, Span, Spans};
use crate::domain::{Exact, Money, ProductIx, RuleIx, Shortfall, TeamIx};
use crate::season::Season;
use std::collections::BTreeMap;

/// How fine the model is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    /// Counts by segment and block: a relaxation.
    Periods,
    /// Visits by day and crew: exact.
    Days,
}

/// Visits of one job by one team in one segment; in the exact model by one crew on one day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Count {
    /// Position in [`Season::jobs`].
    pub(super) job: usize,
    /// Position in the job's options.
    pub(super) option: usize,
    /// The segment.
    pub(super) span: Span,
    /// The crew, counted from 1, in the exact model; else 1.
    pub(super) crew: u32,
    /// How many.
    pub(super) col: Col,
}

/// Crew-days of one team in one block; in the exact model of one crew on one day.
#[derive(Debug, Clone, Copy)]
pub(super) struct CrewDays {
    /// The team.
    pub(super) team: TeamIx,
    /// The stretch of days that holds them.
    pub(super) span: Span,
    /// Position of the block in [`Allocation::blocks`]; 0 in the exact model.
    pub(super) block: usize,
    /// The crew, counted from 1, in the exact model; else 1.
    pub(super) crew: u32,
    /// How many.
    pub(super) col: Col,
}

/// A row that holds a team's hours within its crew-days of a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct HoursRow {
    pub(super) team: TeamIx,
    pub(super) crew_days: Col,
    pub(super) row: Row,
}

/// The row that holds a budget line, in parts of what is left of it.
#[derive(Debug)]
pub(super) struct LineRow {
    /// What the line has spent.
    pub(super) spent: Objective,
    pub(super) row: Row,
    /// What is left of it; at least 1.
    pub(super) scale: f64,
}

/// The model and what its columns mean.
pub(super) struct Allocation<'s> {
    pub(super) season: &'s Season<'s>,
    grain: Grain,
    headroom: f64,
    /// Rows and columns.
    pub(super) model: Model,
    /// Visit counts.
    pub(super) counts: Vec<Count>,
    /// Crew-day counts.
    pub(super) crew_days: Vec<CrewDays>,
    /// Blocks; none in the exact model.
    pub(super) blocks: Vec<Block>,
    /// Phases; none in the exact model.
    pub(super) phases: Vec<Span>,
    /// Phases for the search; none in the exact model.
    pub(super) short_phases: Vec<Span>,
    /// The first column of money and products.
    pub(super) first_money: Col,
    /// The rows that hold products to their quotas, in a part of a larger season.
    pub(super) quotas: Vec<(ProductIx, Row)>,
    /// The shortfall of each tier.
    pub(super) tiers: BTreeMap<u32, Objective>,
    /// The shortfall of each rule.
    pub(super) rules: BTreeMap<RuleIx, Objective>,
    /// The budget lines, by position in the table.
    pub(super) lines: Vec<LineRow>,
    /// Whether teams are sent out at all, where that costs something: 0 or 1.
    pub(super) choices: Vec<(TeamIx, Col)>,
    /// Packs bought, by product; none of those that cost so much a unit in a part of a larger season.
    pub(super) packs: Vec<Col>,
    /// The rows that hold what is used of a product within packs and store, in packs.
    pub(super) stock: Vec<(ProductIx, Row)>,
    /// The rows that hold hours within the crew-days of a block.
    pub(super) hours: Vec<HoursRow>,
    /// Work that must fit into crew-days, by team and stretch of blocks; none where a share of these stays free.
    pub(super) packings: Vec<Packing>,
    /// The rows that hold teams to the crew-days that they may add, by team.
    pub(super) most_days: BTreeMap<TeamIx, Row>,
    /// The total cost.
    pub(super) cost: Objective,
    grid: Grid,
}

/// Steps in which figures can move at all: a bound between two steps holds for the upper one.
#[derive(Debug, Default)]
struct Grid {
    /// Cost is this constant plus a multiple of the step, in millionths.
    cost: (i64, i64),
    /// By tier: the shortfall is a multiple of this, the greatest common divisor of the weights.
    shortfall: BTreeMap<u32, Exact>,
}

/// What an allocation stage found.
pub(super) struct Allocated {
    /// Values of all columns.
    pub(super) values: Vec<f64>,
    /// No valid plan (within the caps) is below this.
    pub(super) bound: f64,
}

impl<'s> Allocation<'s> {
    /// Builds the model that proves.
    pub(super) fn new(season: &'s Season<'s>, grain: Grain) -> Self {
        Self::with_headroom(season, grain, 0.0)
    }

    /// Builds a model in which a share of each crew-day stays free: easier to place, and no proof.
    pub(super) fn with_headroom(season: &'s Season<'s>, grain: Grain, headroom: f64) -> Self {
        let mut allocation = Allocation {
            season,
            grain,
            headroom,
            model: Model::default(),
            counts: Vec::new(),
            crew_days: Vec::new(),
            blocks: Vec::new(),
            phases: Vec::new(),
            short_phases: Vec::new(),
            first_money: Col(0),
            quotas: Vec::new(),
            tiers: BTreeMap::new(),
            rules: BTreeMap::new(),
            lines: Vec::new(),
            choices: Vec::new(),
            packs: Vec::new(),
            stock: Vec::new(),
            hours: Vec::new(),
            packings: Vec::new(),
            most_days: BTreeMap::new(),
            cost: Objective::default(),
            grid: Grid::default(),
        };
        match grain {
            Grain::Periods => {
                let spans = Spans::new(season);
                rows::add_counts(&mut allocation, &spans);
                rows::add_demands(&mut allocation);
                capacity::add_capacity(&mut allocation, &spans);
                allocation.blocks = spans.blocks;
                allocation.phases = spans.phases;
                allocation.short_phases = spans.short_phases;
            }
            Grain::Days => {
                days::add_visits(&mut allocation);
                rows::add_demands(&mut allocation);
                days::add_capacity(&mut allocation);
            }
        }
        allocation.first_money = allocation.model.next_column();
        money::add_money(&mut allocation);
        allocation.grid = rows::grid(season);
        allocation
    }

    /// The least shortfall of a tier when earlier tiers stay within their caps.
    pub(super) fn least_shortfall(
        &self,
        tier: u32,
        caps: &BTreeMap<u32, Shortfall>,
        effort: &Effort,
        start: Option<&[f64]>,
    ) -> Option<Allocated> {
        solve(&self.capped(caps), &self.tiers[&tier], effort, start)
    }

    /// The least cost when all tiers stay within their caps.
    pub(super) fn least_cost(
        &self,
        caps: &BTreeMap<u32, Shortfall>,
        effort: &Effort,
        start: Option<&[f64]>,
    ) -> Option<Allocated> {
        solve(&self.capped(caps), &self.cost, effort, start)
    }

    /// The values of all columns that go with fixed values of some, at least cost.
    pub(super) fn complete(&self, fixed: impl Iterator<Item = (Col, f64)>) -> Option<Vec<f64>> {
        let mut model = self.model.clone();
        for (col, value) in fixed {
            model.bound(col, value, value);
        }
        let mut objective = self.cost.clone();
        for tier in self.tiers.values() {
            objective.terms.extend(&tier.terms);
        }
        let effort = Effort {
            relative_gap: 0.0,
            absolute_gap: 1e-6,
            nodes: 100,
            stall_nodes: 100,
            whole: true,
        };
        model.minimise(&objective, &effort, None).values
    }

    /// The shortfall bound that follows from a solver's bound: never negative, lifted to the next possible figure.
    pub(super) fn shortfall_bound(&self, tier: u32, bound: f64) -> Shortfall {
        let step = self.grid.shortfall.get(&tier);
        lifted(bound, self.tiers[&tier].terms.len(), step)
    }

    /// The cost bound that follows from a solver's bound: lifted to the next possible figure.
    ///
    /// HiGHS accepts reduced costs that are off by 1e-7, so a bound may be wrong by that much for each visit; 1e-4
    /// and 2e-9 of the amount are far more than was ever seen, and far less than 0.01.
    pub(super) fn cost_bound(&self, bound: f64) -> Money {
        let micro = ((bound - 1e-4 - 2e-9 * bound.abs()) * 1e6).floor();
        if !micro.is_finite() {
            return Money::ZERO;
        }
        let (constant, step) = self.grid.cost;
        Money::from_micro(constant + next_multiple((micro as i64 - constant).max(0), step))
    }

    /// Visit counts with what they use of a product.
    pub(super) fn uses_of(&self, product: ProductIx) -> Vec<(Col, f64)> {
        let uses = self.counts.iter().filter_map(|count| {
            let (used, quantity) = self.season.jobs[count.job].product?;
            (used == product).then(|| (count.col, quantity.to_f64()))
        });
        uses.collect()
    }

    /// Crew-days by team and phase of the search.
    pub(super) fn crew_days_by_phase(&self, values: &[f64]) -> BTreeMap<(TeamIx, usize), f64> {
        let mut by_phase = BTreeMap::new();
        for days in &self.crew_days {
            let from = self.blocks[days.block].span.from;
            let phases = &self.short_phases;
            let phase = phases.partition_point(|phase| phase.to < from);
            *by_phase.entry((days.team, phase)).or_insert(0.0) += values[days.col.0];
        }
        by_phase
    }

    /// Teams that are not sent out, of those that cost something to be sent out at all.
    pub(super) fn idle(&self, values: &[f64]) -> Vec<TeamIx> {
        let choices = self.choices.iter();
        let idle = choices.filter(|(_, made)| values[made.0] < 0.5);
        idle.map(|&(team, _)| team).collect()
    }

    /// Whether teams are sent out at all, with their crew-days.
    pub(super) fn hired(&self) -> Vec<Choice> {
        let of = |team| {
            let own = self.crew_days.iter().filter(move |days| days.team == team);
            own.map(|days| days.col).collect()
        };
        let choices = self.choices.iter();
        let hired = choices.map(|&(team, made)| Choice {
            made,
            allows: of(team),
        });
        hired.collect()
    }

    /// Where each column belongs.
    pub(super) fn homes(&self) -> Vec<Home> {
        let mut homes = vec![Home::Open; self.model.next_column().0];
        for count in &self.counts {
            let phase = self
                .phases
                .partition_point(|phase| phase.to < count.span.from);
            let within = |phase: &Span| count.span.within(phase.from, phase.to);
            homes[count.col.0] = match self.phases.get(phase).filter(|phase| within(phase)) {
                Some(_) => Home::Phase(phase as u32),
                None => Home::Wide,
            };
        }
        for days in &self.crew_days {
            if let Some(block) = self.blocks.get(days.block) {
                homes[days.col.0] = Home::Phase(block.phase as u32);
            }
        }
        for home in &mut homes[self.first_money.0..] {
            *home = Home::Season;
        }
        homes
    }

    /// The model with each capped tier's shortfall held to its cap.
    pub(super) fn capped(&self, caps: &BTreeMap<u32, Shortfall>) -> Model {
        let mut model = self.model.clone();
        for (tier, cap) in caps {
            let objective = &self.tiers[tier];
            if allows_none(*cap, objective) {
                for &(col, _) in &objective.terms {
                    model.bound(col, 0.0, 0.0);
                }
            } else {
                model.at_most(objective.terms.clone(), cap_limit(*cap, objective));
            }
        }
        model
    }
}

/// Minimises one objective.
fn solve(
    model: &Model,
    objective: &Objective,
    effort: &Effort,
    start: Option<&[f64]>,
) -> Option<Allocated> {
    let Answer { values, bound, .. } = model.minimise(objective, effort, start);
    Some(Allocated {
        values: values?,
        bound,
    })
}

/// The least shortfall from a solver's bound of a sum of so many columns on, where shortfalls are multiples of a step.
///
/// HiGHS accepts reduced costs that are off by 1e-7, so a bound may be wrong by that much for each column; no less is
/// taken off. That costs nothing where it is less than the step: the true bound is a multiple, to which the rest is
/// lifted, and up to half a step more may be taken off to be on the safe side. A finer step is as good as none.
fn lifted(bound: f64, columns: usize, step: Option<&Exact>) -> Shortfall {
    let width = step.map_or(0.0, Exact::to_f64);
    let error = (1e-7 * columns as f64).max(1e-6) + 1e-9 * bound.abs();
    let slack = (width / 2.0).min(1e-4 + 2e-9 * bound.abs()).max(error);
    let least = (bound - slack).max(0.0);
    let micro = match step {
        Some(step) if width > error => {
            // Multiplied exactly and rounded as a plan's shortfall is: thirds sum up to whole rounds.
            (step * &Exact::from_int((least / width).ceil() as i64)).round_half_up(6)
        }
        _ => Some((least * 1e6).ceil() as i64),
    };
    micro
        .filter(|_| least.is_finite())
        .map_or(Shortfall::ZERO, Shortfall::from_micro)
}

/// The least multiple of `step` that is not below `value`; `value` itself when there is no step.
fn next_multiple(value: i64, step: i64) -> i64 {
    if step <= 0 {
        value
    } else {
        (value + step - 1).div_euclid(step) * step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solver_off_by_its_tolerance_lifts_no_bound_to_the_next_round() {
        let round = Exact::one();
        let rounds = |number: i64| Shortfall::from_micro(number * 1_000_000);
        let with = |bound, step: &Exact| lifted(bound, 1_500, Some(step));
        assert_eq!(with(5.000_05, &round), rounds(5));
        assert_eq!(with(4.999_95, &round), rounds(5));
        assert_eq!(with(5.01, &round), rounds(6));
        assert_eq!(with(-0.5, &round), rounds(0));
        assert_eq!(with(f64::INFINITY, &round), rounds(0));
        assert!(lifted(5.000_1, 1_500, None) < rounds(5));
        let fine = Exact::one() / Exact::from_int(100_000);
        assert!(with(5.000_1, &fine) < rounds(5));
    }

    #[test]
    fn bounds_of_thirds_are_rounded_as_shortfalls_are() {
        let third = Exact::one() / Exact::from_int(3);
        let with = |bound| lifted(bound, 30, Some(&third));
        assert_eq!(with(32.833_333), Shortfall::from_micro(33_000_000));
        assert_eq!(with(32.666_666_7), Shortfall::from_micro(32_666_667));
        assert_eq!(with(32.333_33), Shortfall::from_micro(32_333_333));
    }
}
