//! How the season is cut: segments for each job, blocks for the crews.
//!
//! A *segment* of a job is a stretch of days that no period or window of a rule that counts the job cuts, nor a dated
//! budget line: two of its visits in the same segment count for the same periods of the same rules. A *block* is a
//! set of days within which a team's crew-days are counted together: those days of a stretch that all jobs treat alike
//! (the Saturdays on which schools are open, say). Stretches are the common refinement of all segments where that gives
//! few, and weeks otherwise; a segment is then charged to the blocks that it touches, which is a relaxation.

use crate::season::{DayIx, DaySet, Season};
use std::collections::{BTreeMap, BTreeSet};

/// More stretches than this are merged into weeks.
const MOST_STRETCHES: usize = 48;

/// With more blocks than this, the days of a stretch are not told apart.
const MOST_BLOCKS: usize = 160;

/// A stretch of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Span {
    /// First day.
    pub(super) from: DayIx,
    /// Last day.
    pub(super) to: DayIx,
}

impl Span {
    /// Whether the day lies in it.
    pub(super) fn contains(self, day: DayIx) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// Whether it lies wholly within another stretch.
    pub(super) fn within(self, from: DayIx, to: DayIx) -> bool {
        from <= self.from && self.to <= to
    }
}

/// The cuts of a season.
#[derive(Debug)]
pub(super) struct Spans {
    /// Segments of each job, ascending, from the first open day on, by job.
    pub(super) segments: Vec<Vec<Span>>,
    /// Blocks, in the order of their stretches, from the first open day to the end.
    pub(super) blocks: Vec<Block>,
    /// Phases: unions of stretches, in order, chosen so that little work may fall into either of two.
    pub(super) phases: Vec<Span>,
    /// The same, with long ones cut further whatever crosses, for the search.
    pub(super) short_phases: Vec<Span>,
}

/// Days of a stretch within which crew-days are counted together.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// The stretch.
    pub(super) span: Span,
    /// Its days, ascending.
    pub(super) days: Vec<DayIx>,
    /// Position in [`Spans::phases`].
    pub(super) phase: usize,
}

impl Spans {
    /// Cuts a season.
    pub(super) fn new(season: &Season) -> Self {
        let mut shared = BTreeSet::from([season.first_open, season.days]);
        for line in &season.limits.budget {
            if let Some((from, to)) = line.dates {
                shared.extend([from, to + 1]);
            }
        }
        let mut all = shared.clone();
        let segments: Vec<Vec<Span>> = season
            .jobs
            .iter()
            .map(|job| {
                let mut cuts = shared.clone();
                for &demand in &job.demands {
                    add_cuts(season, demand, &mut cuts);
                }
                all.extend(&cuts);
                spans(season, &cuts)
            })
            .collect();
        for team in season.teams().map(|team| &season.scenario[team]) {
            all.extend(team.from.map(|day| season.day(day)));
            all.extend(team.to.map(|day| season.day(day) + 1));
        }
        let mut stretches = spans(season, &all);
        if stretches.len() > MOST_STRETCHES {
            let days = (season.days - season.first_open) as usize;
            let weeks: BTreeSet<DayIx> = (season.first_open..season.days)
                .step_by(days.div_ceil(MOST_STRETCHES).max(7))
                .chain([season.days])
                .collect();
            stretches = spans(season, &weeks);
        }
        let (phases, short_phases) = phases(season, &stretches, &segments);
        let mut blocks = blocks(season, &stretches, &phases, &kinds_of_days(season));
        if blocks.len() > MOST_BLOCKS {
            let alike = vec![0; season.days as usize];
            blocks = self::blocks(season, &stretches, &phases, &alike);
        }
        Spans {
            segments,
            blocks,
            phases,
            short_phases,
        }
    }

    /// The blocks that hold one of these days within a stretch, ascending.
    pub(super) fn blocks_of(&self, span: Span, days: &DaySet) -> Vec<usize> {
        let first = self
            .blocks
            .partition_point(|block| block.span.to < span.from);
        let holds = |block: &Block| {
            block
                .days
                .iter()
                .any(|&day| span.contains(day) && days.contains(day))
        };
        (first..self.blocks.len())
            .take_while(|&at| self.blocks[at].span.from <= span.to)
            .filter(|&at| holds(&self.blocks[at]))
            .collect()
    }
}

/// A number for each day: days with the same number are open or closed alike for every job and team.
fn kinds_of_days(season: &Season) -> Vec<usize> {
    let sets: BTreeSet<_> = season
        .jobs
        .iter()
        .map(|job| job.open)
        .chain(season.teams().map(|team| season.team_days[team.0]))
        .collect();
    let mut known: Vec<Vec<bool>> = Vec::new();
    (0..season.days)
        .map(|day| {
            let open: Vec<bool> = sets
                .iter()
                .map(|&set| season.day_sets[set].contains(day))
                .collect();
            known
                .iter()
                .position(|other| *other == open)
                .unwrap_or_else(|| {
                    known.push(open);
                    known.len() - 1
                })
        })
        .collect()
}

/// Least days of a phase.
const SHORTEST_PHASE: DayIx = 6;

/// Share of the work of an average month that may have a choice between two phases.
const MOST_CHOICE: f64 = 0.3;

/// Least days of a phase that is cut for the search only.
const SHORTEST_CUT: DayIx = 21;

/// The phases, cut where the least work crosses, between stretches; and the same with long ones cut further, whatever
/// crosses, for the search, which may move work over any cut.
fn phases(season: &Season, stretches: &[Span], segments: &[Vec<Span>]) -> (Vec<Span>, Vec<Span>) {
    let mut hours: Vec<(Span, f64)> = Vec::new();
    for (job, segments) in season.jobs.iter().zip(segments) {
        let work = job.options.iter().map(|option| option.work_and_access);
        let work = work.min().unwrap_or_default().to_f64();
        hours.extend(segments.iter().map(|&span| (span, work)));
    }
    let total: f64 = hours.iter().map(|(_, work)| work).sum();
    let month = 30.0 * total / f64::from((season.days - season.first_open).max(1));
    let mut crossing: Vec<(f64, DayIx)> = stretches
        .iter()
        .skip(1)
        .map(|stretch| {
            let cut = stretch.from;
            let crosses = |span: &Span| span.from < cut && cut <= span.to;
            let over = hours.iter().filter(|(span, _)| crosses(span));
            (over.map(|(_, work)| work).sum::<f64>(), cut)
        })
        .collect();
    crossing.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut cuts = BTreeSet::from([season.first_open, season.days]);
    let mut cut_where = |most: f64, shortest: DayIx| {
        for &(over, cut) in &crossing {
            let before = cuts.range(..cut).next_back().copied();
            let after = cuts.range(cut..).next().copied();
            let far = |other: Option<DayIx>| other.is_none_or(|o| (o - cut).abs() >= shortest);
            if over <= most && far(before) && far(after) {
                cuts.insert(cut);
            }
        }
        spans(season, &cuts)
    };
    let phases = cut_where(MOST_CHOICE * month, SHORTEST_PHASE);
    (phases, cut_where(f64::INFINITY, SHORTEST_CUT))
}

/// The days of each stretch, told apart by kind.
fn blocks(season: &Season, stretches: &[Span], phases: &[Span], kinds: &[usize]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for &span in stretches {
        let mut by_kind: BTreeMap<usize, Vec<DayIx>> = BTreeMap::new();
        for day in span.from..=span.to.min(season.days - 1) {
            by_kind.entry(kinds[day as usize]).or_default().push(day);
        }
        let phase = phases.partition_point(|phase| phase.to < span.from);
        let of_kind = by_kind.into_values();
        blocks.extend(of_kind.map(|days| Block { span, days, phase }));
    }
    blocks
}

/// The stretches between cuts that lie in the open part of the season.
fn spans(season: &Season, cuts: &BTreeSet<DayIx>) -> Vec<Span> {
    let inside: Vec<DayIx> = cuts
        .iter()
        .copied()
        .filter(|cut| (season.first_open..=season.days).contains(cut))
        .collect();
    inside
        .windows(2)
        .map(|pair| Span {
            from: pair[0],
            to: pair[1] - 1,
        })
        .collect()
}

/// Where a demand's periods begin and end, and where a wish for a greatest gap wants a cut.
fn add_cuts(season: &Season, demand: usize, cuts: &mut BTreeSet<DayIx>) {
    let demand = &season.demands[demand];
    for period in demand.periods(season) {
        cuts.extend([period.from, period.to + 1]);
    }
    for stretch in late_stretches(demand.from, demand.to, demand.max_gap) {
        cuts.extend([stretch.from, stretch.to + 1]);
    }
}

/// Disjoint stretches of `max_gap` days in a window: each without a visit adds at least one late round.
///
/// Proof. Late rounds are Σ (⌈d / g⌉ − 1) over the differences d of successive dates of {from − 1, visits, to + 1}.
/// Between two successive dates lie ρ = d − 1 days without a visit, and ⌈(ρ + 1) / g⌉ − 1 = ⌊ρ / g⌋. Disjoint
/// stretches of g days each that hold no visit lie each between two successive dates; m of them between the same two
/// need ρ ≥ m·g, so that pair alone adds at least m.
pub(super) fn late_stretches(
    from: DayIx,
    to: DayIx,
    max_gap: Option<DayIx>,
) -> impl Iterator<Item = Span> {
    let gap = max_gap.unwrap_or(DayIx::MAX);
    let count = (to - from + 1) / gap;
    (0..count).map(move |at| Span {
        from: from + at * gap,
        to: from + (at + 1) * gap - 1,
    })
}
