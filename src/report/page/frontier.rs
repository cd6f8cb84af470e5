//! What more or less money would do: shortfall against budget, a chart for each tier.

use super::chart::{BLUE, Chart, DRAWN, FAINT, INK, LETTERS, Mark, VERMILLION, round_step};
use super::content::{Frontier, FrontierPoint};
use crate::domain::Shortfall;
use crate::lang::Text;
use crate::report::layout::grouped;
use plotters::prelude::{
    ChartBuilder, Circle, Color, DashedLineSeries, IntoFont, LineSeries, ShapeStyle,
};
use std::collections::BTreeSet;

/// Size of one tier's drawing.
const SIZE: (u32, u32) = (960, 260);

/// A tier's chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TierFrontier {
    /// 1 = most important.
    pub(super) tier: u32,
    /// Shortfall and its bound against the budget.
    pub(super) chart: Chart,
}

/// Tiers in which some plan falls short, most important first.
pub(super) fn tiers(
    frontier: &Frontier,
    money: impl Fn(&FrontierPoint) -> Text,
) -> Vec<TierFrontier> {
    let points = &frontier.points;
    let tiers: BTreeSet<u32> = points
        .iter()
        .flat_map(|point| &point.shortfall)
        .filter(|(_, short)| **short > Shortfall::ZERO)
        .map(|(tier, _)| *tier)
        .collect();
    let chart = |tier: u32| TierFrontier {
        tier,
        chart: chart(tier, points, &money),
    };
    tiers.into_iter().map(chart).collect()
}

/// Shortfall and bound of a point in a tier.
pub(super) fn of_tier(point: &FrontierPoint, tier: u32) -> (Shortfall, Shortfall) {
    let of = |tiers: &std::collections::BTreeMap<u32, Shortfall>| {
        tiers.get(&tier).copied().unwrap_or_default()
    };
    (of(&point.shortfall), of(&point.bound))
}

fn chart(tier: u32, points: &[FrontierPoint], money: &impl Fn(&FrontierPoint) -> Text) -> Chart {
    let budgets = || points.iter().map(|point| point.budget.to_f64());
    let (least, most) = (
        budgets().fold(f64::INFINITY, f64::min),
        budgets().fold(f64::NEG_INFINITY, f64::max),
    );
    let room = ((most - least) * 0.03).max(most.abs() * 0.01).max(1.0);
    let worst = points.iter().map(|point| of_tier(point, tier).0.to_f64());
    let worst = worst.fold(0.0, f64::max);
    let step = round_step(worst, 4.0);
    let top = (worst / step).ceil() * step;
    Chart::draw(format!("frontier-{tier}"), SIZE, |area, marks| {
        let mut chart = ChartBuilder::on(area)
            .margin(8)
            .margin_right(24)
            .x_label_area_size(28)
            .y_label_area_size(60)
            .build_cartesian_2d(least - room..most + room, 0.0..top)
            .expect(DRAWN);
        chart
            .configure_mesh()
            .light_line_style(FAINT.mix(0.0))
            .bold_line_style(FAINT)
            .axis_style(INK)
            .label_style(("sans-serif", LETTERS).into_font().color(&INK))
            .x_labels(8)
            .y_labels(6)
            .x_label_formatter(&|value| grouped(format!("{value:.0}")))
            .y_label_formatter(&|value| grouped(value))
            .draw()
            .expect(DRAWN);
        let at = |point: &FrontierPoint, value: Shortfall| (point.budget.to_f64(), value.to_f64());
        let bound = points.iter().map(|point| at(point, of_tier(point, tier).1));
        chart
            .draw_series(DashedLineSeries::new(
                bound,
                6,
                4,
                VERMILLION.stroke_width(2),
            ))
            .expect(DRAWN);
        let short = || points.iter().map(|point| at(point, of_tier(point, tier).0));
        chart
            .draw_series(LineSeries::new(short(), BLUE.stroke_width(2)))
            .expect(DRAWN);
        let dot: ShapeStyle = BLUE.filled();
        chart
            .draw_series(short().map(|place| Circle::new(place, 5, dot)))
            .expect(DRAWN);
        for (point, place) in points.iter().zip(short()) {
            let (x, y) = chart.backend_coord(&place);
            let (short, bound) = of_tier(point, tier);
            let (short, bound) = (grouped(short), grouped(bound));
            let cost = money(point);
            marks.push(Mark {
                x,
                y,
                name: grouped(point.budget),
                text: Text::new(
                    format!("缺漏 {short}（已证明不少于 {bound}）；费用 {}", cost.zh),
                    format!(
                        "shortfall {short} (proven: at least {bound}); cost {}",
                        cost.en
                    ),
                ),
                group: None,
            });
        }
    })
}
