//! Rows of demands: rounds asked, gaps kept, rounds that come late; and the steps in which figures move.

use super::days;
use super::{Allocation, Count, Grain, Grid};
use crate::domain::{Exact, Money};
use crate::engine::solver::{Col, Objective};
use crate::engine::spans::{Span, Spans, late_stretches};
use crate::season::{DayIx, DaySet, Demand, Season};
use std::collections::BTreeMap;

/// One column for each job, team and segment in which the team can do the job for some demand.
pub(super) fn add_counts(allocation: &mut Allocation, spans: &Spans) {
    let season = allocation.season;
    for (at, job) in season.jobs.iter().enumerate() {
        for &span in &spans.segments[at] {
            let wanted = job.demands.iter().any(|&demand| {
                let demand = &season.demands[demand];
                span.within(demand.from, demand.to)
            });
            if !wanted {
                continue;
            }
            for (option, team) in job.options.iter().enumerate() {
                let most = most_visits(season, &job.demands, &season.day_sets[team.days], span);
                if most > 0 {
                    let col = allocation.model.column(0.0, most as f64);
                    allocation.counts.push(Count {
                        job: at,
                        option,
                        span,
                        crew: 1,
                        col,
                    });
                }
            }
        }
    }
}

/// The most visits of one job on these days of a segment: one a day, and the gap of each demand that counts them.
fn most_visits(season: &Season, demands: &[usize], days: &DaySet, span: Span) -> usize {
    demands
        .iter()
        .map(|&demand| &season.demands[demand])
        .filter(|demand| span.within(demand.from, demand.to))
        .map(|demand| days.spaced_count(span.from, span.to, demand.min_gap))
        .min()
        .unwrap_or(0)
}

/// Rows of every demand, and the objective of every tier.
pub(super) fn add_demands(allocation: &mut Allocation) {
    let season = allocation.season;
    for tier in season.tiers() {
        allocation.tiers.insert(tier, Objective::default());
    }
    // Counts are added job by job, so those of a job stand together.
    let mut of_job: Vec<(usize, usize)> = vec![(0, 0); season.jobs.len()];
    for (at, count) in allocation.counts.iter().enumerate() {
        let range = &mut of_job[count.job];
        if range.1 == 0 {
            range.0 = at;
        }
        range.1 = at + 1;
    }
    for demand in &season.demands {
        let counts: Vec<Count> = demand
            .jobs
            .iter()
            .flat_map(|&job| {
                allocation.counts[of_job[job].0..of_job[job].1]
                    .iter()
                    .copied()
            })
            .filter(|count| count.span.within(demand.from, demand.to))
            .collect();
        add_missed(allocation, demand, &counts);
        match allocation.grain {
            Grain::Periods => add_gaps(allocation, demand, &counts),
            Grain::Days => days::add_gaps(allocation, demand, &counts),
        }
    }
}

/// Visits in a stretch of days that is a union of segments.
pub(super) fn within(counts: &[Count], from: DayIx, to: DayIx) -> Vec<(Col, f64)> {
    counts
        .iter()
        .filter(|count| count.span.within(from, to))
        .map(|count| (count.col, 1.0))
        .collect()
}

/// Missed rounds: what each period lacks, and what comes late.
///
/// A plan's missed rounds are max(Σ periods max(0, asked − counted), late). Counted rounds of a period are its done
/// ones and the sum of its segments' counts, because no segment crosses a period's end. `late` is at least the
/// number of disjoint stretches of `max_gap` days without a visit ([`late_stretches`]), and each such stretch is a
/// union of segments.
fn add_missed(allocation: &mut Allocation, demand: &Demand, counts: &[Count]) {
    let season = allocation.season;
    let done: Vec<DayIx> = demand.done_rounds().collect();
    let done_in = |from: DayIx, to: DayIx| {
        done.iter()
            .filter(|&&day| (from..=to).contains(&day))
            .count() as f64
    };
    let mut lacking = Vec::new();
    let mut lost = 0.0;
    for period in demand.periods(season) {
        let asked = f64::from(period.asked) - done_in(period.from, period.to);
        if asked <= 0.0 {
            continue;
        }
        let mut terms = within(counts, period.from, period.to);
        if terms.is_empty() {
            lost += asked;
            continue;
        }
        let missed = allocation.model.column(0.0, asked);
        lacking.push((missed, 1.0));
        terms.push((missed, 1.0));
        allocation.model.at_least(terms, asked);
    }
    let weight = demand.weight.to_f64();
    if demand.max_gap.is_none() {
        let terms: Vec<(Col, f64)> = lacking.iter().map(|&(col, _)| (col, weight)).collect();
        add_to_objectives(allocation, demand, lost * weight, &terms);
        return;
    }
    let (late, surely_late) = match allocation.grain {
        Grain::Periods => add_late(allocation, demand, counts),
        Grain::Days => days::add_late(allocation, demand, counts),
    };
    let most = f64::from(season.days) + lost + lacking.len() as f64 * f64::from(season.days);
    let missed = allocation.model.column(0.0, most);
    for (mut terms, known) in [(lacking, lost), (late, surely_late)] {
        for term in &mut terms {
            term.1 = -1.0;
        }
        terms.push((missed, 1.0));
        allocation.model.at_least(terms, known);
    }
    add_to_objectives(allocation, demand, 0.0, &[(missed, weight)]);
}

/// Adds what a demand misses to the shortfall of its tier and of its rule.
fn add_to_objectives(
    allocation: &mut Allocation,
    demand: &Demand,
    constant: f64,
    terms: &[(Col, f64)],
) {
    let tier = allocation.tiers.entry(demand.tier).or_default();
    let rule = allocation.rules.entry(demand.rule).or_default();
    for objective in [tier, rule] {
        objective.constant += constant;
        objective.terms.extend(terms);
    }
}

/// Columns that add up to no more than the late rounds, and late rounds that no visit can mend.
fn add_late(
    allocation: &mut Allocation,
    demand: &Demand,
    counts: &[Count],
) -> (Vec<(Col, f64)>, f64) {
    let mut late = Vec::new();
    let mut surely = 0.0;
    for stretch in late_stretches(demand.from, demand.to, demand.max_gap) {
        if demand.done_rounds().any(|day| stretch.contains(day)) {
            continue;
        }
        let mut terms = within(counts, stretch.from, stretch.to);
        if terms.is_empty() {
            surely += 1.0;
            continue;
        }
        let one = allocation.model.column(0.0, 1.0);
        late.push((one, 1.0));
        terms.push((one, 1.0));
        allocation.model.at_least(terms, 1.0);
    }
    (late, surely)
}

/// Gaps: a stretch of days holds at most so many visits of a demand as fit with the gap between them.
///
/// Added for single segments and for pairs of neighbours, where this says more than the columns' own bounds. With
/// `min_gap` 0, two visits on one day are of different treatments, so each job's own bound says all.
fn add_gaps(allocation: &mut Allocation, demand: &Demand, counts: &[Count]) {
    let season = allocation.season;
    if demand.min_gap == 0 {
        for &job in &demand.jobs {
            let own: Vec<Count> = counts
                .iter()
                .copied()
                .filter(|count| count.job == job)
                .collect();
            for segment in stretches(&own) {
                let terms = within(&own, segment.from, segment.to);
                if terms.len() > 1 {
                    let most = open_days(season, &[job]).count(segment.from, segment.to);
                    allocation.model.at_most(terms, most as f64);
                }
            }
        }
        return;
    }
    let days = open_days(season, &demand.jobs);
    let fits = |from: DayIx, to: DayIx| days.spaced_count(from, to, demand.min_gap);
    let inside = stretches(counts);
    for (at, segment) in inside.iter().enumerate() {
        let alone = fits(segment.from, segment.to);
        let terms = within(counts, segment.from, segment.to);
        if terms.len() > 1 {
            allocation.model.rarely_at_most(terms, alone as f64);
        }
        if let Some(next) = inside.get(at + 1)
            && next.from == segment.to + 1
        {
            let both = fits(segment.from, next.to);
            if both < alone + fits(next.from, next.to) {
                let terms = within(counts, segment.from, next.to);
                if !terms.is_empty() {
                    allocation.model.rarely_at_most(terms, both as f64);
                }
            }
        }
    }
}

/// The stretches between all ends of the counts' segments. A count whose segment is cut by another job's is left out
/// of the rows of the shorter stretches, which makes them weaker and no less true.
fn stretches(counts: &[Count]) -> Vec<Span> {
    let ends: std::collections::BTreeSet<DayIx> = counts
        .iter()
        .flat_map(|count| [count.span.from, count.span.to + 1])
        .collect();
    let ends: Vec<DayIx> = ends.into_iter().collect();
    ends.windows(2)
        .map(|pair| Span {
            from: pair[0],
            to: pair[1] - 1,
        })
        .collect()
}

/// Days on which some team can do some of these jobs.
pub(super) fn open_days(season: &Season, jobs: &[usize]) -> DaySet {
    let mut union = DaySet::empty(season.days);
    for &job in jobs {
        for option in &season.jobs[job].options {
            union = union.or(&season.day_sets[option.days]);
        }
    }
    union
}

/// The steps in which cost and shortfalls move.
pub(super) fn grid(season: &Season) -> Grid {
    let jobs = season.jobs.iter();
    let mut products = jobs.filter_map(|job| job.product.map(|(product, _)| product));
    if products.any(|product| !season.buys_packs(product)) {
        return Grid {
            cost: (0, 0),
            shortfall: shortfall_steps(season),
        };
    }
    let scenario = season.scenario;
    // Of a part of a larger season, what its own teams were paid.
    let paid = season.teams().map(|team| season.limits.done_piece[team.0]);
    let constant = paid.map(Money::micro).sum();
    let mut step = 0;
    for team in &scenario.teams {
        step = gcd(step, team.cost_per_day.micro());
        step = gcd(step, team.mobilisation.micro());
    }
    for product in &scenario.products {
        step = gcd(step, product.pack_cost.micro());
    }
    for option in season.jobs.iter().flat_map(|job| &job.options) {
        step = gcd(step, option.piece.micro());
    }
    Grid {
        cost: (constant, step),
        shortfall: shortfall_steps(season),
    }
}

fn shortfall_steps(season: &Season) -> BTreeMap<u32, Exact> {
    let mut steps: BTreeMap<u32, Exact> = BTreeMap::new();
    for demand in &season.demands {
        let step = steps.entry(demand.tier).or_default();
        *step = step.gcd(&demand.weight);
    }
    steps
}

/// Greatest common divisor; `gcd(0, n) = n`.
fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}
