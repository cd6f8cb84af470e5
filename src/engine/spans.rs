//! How the season is cut: segments at each site, blocks for the crews.
//!
//! A *segment* of a site is a stretch of days that no period, window or dated budget line of that site cuts: two
//! visits of one job in the same segment count for the same periods of the same rules. A *block* is a stretch of days
//! within which a team's crew-days are counted together. Blocks are the common refinement of all segments where that
//! gives few, and weeks otherwise; a segment is then charged to the blocks that it touches, which is a relaxation.

use crate::season::{DayIx, Season};
use std::collections::BTreeSet;

/// More blocks than this are merged into weeks.
const MOST_BLOCKS: usize = 48;

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
    /// Segments of each site, ascending, from the first open day on, by site.
    pub(super) segments: Vec<Vec<Span>>,
    /// Blocks, ascending, from the first open day to the end.
    pub(super) blocks: Vec<Span>,
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
        let segments = (0..season.scenario.sites.len())
            .map(|site| {
                let mut cuts = shared.clone();
                for part in season.first_part[site]..season.first_part[site + 1] {
                    for &demand in &season.parts[part].demands {
                        add_cuts(season, demand, &mut cuts);
                    }
                }
                all.extend(&cuts);
                spans(season, &cuts)
            })
            .collect();
        for team in &season.scenario.teams {
            all.extend(team.from.map(|day| season.day(day)));
            all.extend(team.to.map(|day| season.day(day) + 1));
        }
        let mut blocks = spans(season, &all);
        if blocks.len() > MOST_BLOCKS {
            let weeks: BTreeSet<DayIx> = (season.first_open..season.days)
                .step_by(
                    ((season.days - season.first_open) as usize)
                        .div_ceil(MOST_BLOCKS)
                        .max(7),
                )
                .chain([season.days])
                .collect();
            blocks = spans(season, &weeks);
        }
        Spans { segments, blocks }
    }

    /// The blocks, first and last, that a stretch of days touches.
    pub(super) fn blocks_of(&self, span: Span) -> (usize, usize) {
        let first = self.blocks.partition_point(|block| block.to < span.from);
        let last = self.blocks.partition_point(|block| block.from <= span.to) - 1;
        (first, last)
    }
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
