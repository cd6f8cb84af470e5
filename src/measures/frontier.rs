//! What more or less money does: the figures of several plans, each for another amount of money.

use super::{Cost, Measures, Proven, Rounds};
use crate::domain::{Exact, Money, Plan, Shortfall};
use crate::season::Season;
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// Rounds asked at sites of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindFigures {
    /// The word of sites.csv; may be empty.
    pub kind: String,
    /// Rounds asked, in all tiers.
    pub asked: u64,
}

/// A tier in the plan for an amount of money.
#[derive(Debug, Clone, PartialEq)]
pub struct PointTier {
    /// 1 = most important.
    pub tier: u32,
    /// Rounds missed × weight.
    pub shortfall: Shortfall,
    /// Every valid plan for this amount whose shortfall in each earlier tier is at most this plan's has at least this.
    pub bound: Shortfall,
    /// Share of the rounds asked, by weight, that is kept; 1 where none is asked.
    pub covered: f64,
    /// Share that is kept at most by any plan of which the bound speaks.
    pub possible: f64,
}

impl PointTier {
    /// By how much less might be missed.
    pub fn open(&self) -> Shortfall {
        self.shortfall - self.bound
    }
}

/// The plan for an amount of money.
#[derive(Debug, Clone, PartialEq)]
pub struct PointFigures {
    /// What may be spent.
    pub budget: Money,
    /// What the plan costs.
    pub cost: Cost,
    /// New visits.
    pub visits: usize,
    /// Every tier, most important first.
    pub tiers: Vec<PointTier>,
    /// Share of all rounds asked, by weight, that is kept.
    pub covered: f64,
    /// Rounds asked that are kept, in the order of [`FrontierFigures::kinds`].
    pub kept: Vec<u64>,
}

impl PointFigures {
    /// Whether it is proven that no plan for this amount misses less.
    pub fn is_proven(&self) -> bool {
        self.tiers.iter().all(|tier| tier.shortfall == tier.bound)
    }

    /// Whether no round is missed.
    pub fn is_complete(&self) -> bool {
        let mut tiers = self.tiers.iter();
        tiers.all(|tier| tier.shortfall == Shortfall::ZERO)
    }

    fn shortfall(&self) -> impl Iterator<Item = Shortfall> + '_ {
        self.tiers.iter().map(|tier| tier.shortfall)
    }
}

/// The least money for the best coverage that was found with no limit on what may be spent in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnoughFigures {
    /// Whether that coverage is complete.
    pub complete: bool,
    /// Whether no plan at all is complete: a tier is proven to miss something, and a complete plan would be one of those
    /// of which that is proven.
    pub hopeless: bool,
    /// What the cheapest plan found with it costs.
    pub cost: Money,
    /// Every valid plan that misses no more in any tier costs at least this.
    pub bound: Money,
    /// The first point with this coverage, if there is one.
    pub point: Option<usize>,
}

/// What each of several amounts of money allows.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontierFigures {
    /// Kinds of sites at which rounds are asked, in the order in which sites.csv names them.
    pub kinds: Vec<KindFigures>,
    /// Plans, by ascending amount.
    pub points: Vec<PointFigures>,
    /// The point from which on money does less than before, where there is such a point ([`knee`]).
    pub knee: Option<usize>,
    /// What the best coverage costs.
    pub enough: EnoughFigures,
}

impl FrontierFigures {
    /// The figures of plans for several amounts, ascending; `full` is the plan with no limit on what is spent in all.
    ///
    /// The season tells what is asked; its budget does not matter.
    pub fn new(
        season: &Season,
        points: &[(Money, &Plan, &Proven)],
        full: (&Measures, &Proven),
    ) -> Self {
        let asked = Asked::new(season);
        let points: Vec<PointFigures> = points
            .iter()
            .map(|&(budget, plan, proven)| asked.point(season, budget, plan, proven))
            .collect();
        let covered: Vec<(f64, f64)> = points
            .iter()
            .map(|point| (point.budget.to_f64(), point.covered))
            .collect();
        FrontierFigures {
            knee: knee(&covered),
            enough: enough(&points, full),
            kinds: asked.kinds(),
            points,
        }
    }
}

impl FrontierFigures {
    /// Numbers of the tiers, most important first.
    pub fn tiers(&self) -> Vec<u32> {
        let first = self.points.first().map(|point| &point.tiers);
        first.map_or_else(Vec::new, |tiers| {
            tiers.iter().map(|tier| tier.tier).collect()
        })
    }

    /// The first amount from which on nothing of a tier is missed, by the tier's position.
    pub fn tier_complete_from(&self, tier: usize) -> Option<Money> {
        let none = |point: &&PointFigures| point.tiers[tier].shortfall == Shortfall::ZERO;
        let points = self.points.iter().rev().take_while(none);
        points.last().map(|point| point.budget)
    }

    /// The first amount from which on all rounds of a kind of sites are kept.
    pub fn kind_complete_from(&self, kind: usize) -> Option<Money> {
        let all = |point: &&PointFigures| point.kept[kind] == self.kinds[kind].asked;
        let points = self.points.iter().rev().take_while(all);
        points.last().map(|point| point.budget)
    }

    /// The point at which a tier's plan is farthest from what is proven, by the tier's position; the first of these.
    pub fn widest(&self, tier: usize) -> Option<&PointFigures> {
        let points = self.points.iter().rev();
        points.max_by_key(|point| point.tiers[tier].open())
    }

    /// Points of which it is proven that no plan for the amount misses less.
    pub fn proven(&self) -> usize {
        let points = self.points.iter();
        points.filter(|point| point.is_proven()).count()
    }
}

/// What is asked, by tier and kind of site.
struct Asked {
    /// Rounds × weight.
    tiers: BTreeMap<u32, Exact>,
    /// Rounds.
    kinds: IndexMap<String, u64>,
}

impl Asked {
    fn new(season: &Season) -> Self {
        let none = season.tiers().into_iter().map(|tier| (tier, Exact::zero()));
        let mut asked = Asked {
            tiers: none.collect(),
            kinds: IndexMap::new(),
        };
        for site in &season.scenario.sites {
            asked.kinds.entry(site.kind.clone()).or_insert(0);
        }
        for demand in &season.demands {
            let periods = demand.periods(season).iter();
            let rounds: u64 = periods.map(|period| u64::from(period.asked)).sum();
            let site = &season.scenario[season.parts[demand.part].site];
            *asked.kinds.entry(site.kind.clone()).or_insert(0) += rounds;
            let weighted = &demand.weight * &Exact::from_int(rounds as i64);
            let tier = asked.tiers.entry(demand.tier).or_default();
            *tier = &*tier + &weighted;
        }
        asked.kinds.retain(|_, rounds| *rounds > 0);
        asked
    }

    fn kinds(&self) -> Vec<KindFigures> {
        let kinds = self.kinds.iter();
        kinds
            .map(|(kind, &asked)| KindFigures {
                kind: kind.clone(),
                asked,
            })
            .collect()
    }

    fn point(&self, season: &Season, budget: Money, plan: &Plan, proven: &Proven) -> PointFigures {
        let rounds = Rounds::new(season, plan);
        let mut kept = vec![0; self.kinds.len()];
        for (at, demand) in season.demands.iter().enumerate() {
            let periods = demand.periods(season).iter();
            let asked: u32 = periods.map(|period| period.asked).sum();
            let missed = demand.missed(season, rounds.of(at));
            let site = &season.scenario[season.parts[demand.part].site];
            if let Some(kind) = self.kinds.get_index_of(&site.kind) {
                // What comes late may exceed what is asked.
                kept[kind] += u64::from(asked.saturating_sub(missed));
            }
        }
        let (mut all, mut all_kept) = (0.0, 0.0);
        let tiers = rounds.shortfall(season).into_iter();
        let tiers = tiers.map(|(tier, shortfall)| {
            let asked = self.tiers.get(&tier).map_or(0.0, Exact::to_f64);
            let kept = (asked - shortfall.to_f64()).max(0.0);
            all += asked;
            all_kept += kept;
            let bound = proven.shortfall.get(&tier).copied().unwrap_or_default();
            PointTier {
                tier,
                shortfall,
                bound,
                covered: share(kept, asked),
                possible: share((asked - bound.to_f64()).max(0.0), asked),
            }
        });
        let tiers = tiers.collect();
        PointFigures {
            budget,
            cost: super::cost(season, plan),
            visits: plan.visits.len(),
            tiers,
            covered: share(all_kept, all),
            kept,
        }
    }
}

fn share(kept: f64, asked: f64) -> f64 {
    if asked > 0.0 { kept / asked } else { 1.0 }
}

fn enough(points: &[PointFigures], (full, proven): (&Measures, &Proven)) -> EnoughFigures {
    let best = full.shortfall();
    let same = |point: &PointFigures| point.shortfall().eq(best.values().copied());
    let costs = points.iter().filter(|point| same(point));
    let costs = costs.map(|point| point.cost.total());
    EnoughFigures {
        complete: full.is_complete(),
        hopeless: proven
            .shortfall
            .values()
            .any(|&bound| bound > Shortfall::ZERO),
        cost: costs.fold(full.cost.total(), Money::min),
        bound: proven.cost,
        point: points.iter().position(same),
    }
}

/// Distance from the chord below which a curve has no knee: it is nearly straight.
const LEAST_BEND: f64 = 0.02;

/// The knee of a curve that rises and then flattens: the point farthest above the chord of the normalised curve.
///
/// The curve is cut to where it rises (from the last point as low as the first to the first as high as the last) and
/// scaled to a square; the knee is where y − x is greatest, the first of such points. This is the definition of Satopää,
/// Albrecht, Irwin and Raghavan, "Finding a 'Kneedle' in a Haystack", ICDCS Workshops 2011, without smoothing, for the
/// whole curve at once. Up to there a unit of money brings more than it does on average, from there on less. `None`
/// where the curve is nearly straight, or sags.
pub fn knee(curve: &[(f64, f64)]) -> Option<usize> {
    let (first, last) = (curve.first()?.1, curve.last()?.1);
    let from = curve.iter().rposition(|point| point.1 <= first)?;
    let to = curve.iter().position(|point| point.1 >= last)?;
    if to < from + 2 {
        return None;
    }
    let ((x0, y0), (x1, y1)) = (curve[from], curve[to]);
    let above = |at: usize| (curve[at].1 - y0) / (y1 - y0) - (curve[at].0 - x0) / (x1 - x0);
    let mut best: Option<(f64, usize)> = None;
    for at in from + 1..to {
        if best.is_none_or(|(most, _)| above(at) > most) {
            best = Some((above(at), at));
        }
    }
    best.filter(|&(bend, _)| bend >= LEAST_BEND)
        .map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(heights: &[f64]) -> Vec<(f64, f64)> {
        let points = heights.iter().enumerate();
        points.map(|(at, &height)| (at as f64, height)).collect()
    }

    #[test]
    fn the_knee_is_where_a_curve_bends_most() {
        assert_eq!(knee(&curve(&[0.0, 0.5, 0.8, 0.9, 0.95, 1.0])), Some(2));
        // What is flat before and after does not move it.
        let flat = [0.0, 0.0, 0.0, 0.5, 0.8, 0.9, 0.95, 1.0, 1.0, 1.0, 1.0];
        assert_eq!(knee(&curve(&flat)), Some(4));
        // Of two points that are as far away the first.
        assert_eq!(knee(&curve(&[0.0, 0.5, 0.75, 1.0])), Some(1));
    }

    #[test]
    fn a_curve_that_does_not_bend_has_no_knee() {
        assert_eq!(knee(&curve(&[0.0, 0.25, 0.5, 0.75, 1.0])), None);
        assert_eq!(knee(&curve(&[0.0, 0.1, 0.2, 0.4, 1.0])), None);
        assert_eq!(knee(&curve(&[0.5, 0.5, 0.5])), None);
        assert_eq!(knee(&curve(&[0.0, 1.0])), None);
        assert_eq!(knee(&[]), None);
    }
}
