//! What more or less money would do: shortfall against budget, a chart for each tier; rounds at each kind of site.

mod words;

use super::chart::{BLUE, Chart, DRAWN, FAINT, INK, LETTERS, Mark, ORANGE, VERMILLION, round_step};
use super::say::{Both, say};
use crate::domain::Money;
use crate::lang::Text;
use crate::measures::{FrontierFigures, PointFigures};
use crate::report::layout::{self, grouped, per_cent};
use plotters::prelude::{
    ChartBuilder, Circle, Color, DashedLineSeries, IntoFont, LineSeries, PathElement, Rectangle,
    ShapeStyle,
};
use words::Words;

/// Size of one tier's drawing.
const TIER: (u32, u32) = (960, 260);
/// Size of the drawing of a kind of sites.
const KIND: (u32, u32) = (460, 170);

/// Everything that the section shows.
pub(super) struct FrontierView {
    /// What the best coverage costs, the knee, how much is proven.
    pub(super) findings: Vec<Both>,
    /// Tiers in which some plan falls short.
    pub(super) tiers: Vec<Drawn>,
    /// Every kind of sites.
    pub(super) kinds: Vec<Drawn>,
    /// A row for each amount: coverage.
    pub(super) coverage: Vec<CoverageRow>,
    /// A row for each amount: budget, then rounds by kind.
    pub(super) rounds: Vec<Vec<String>>,
}

/// A chart with its heading and what it says.
pub(super) struct Drawn {
    /// What it is about.
    pub(super) name: Both,
    /// The same in words.
    pub(super) told: Both,
    /// The drawing.
    pub(super) chart: Chart,
}

/// An amount and what can be done for it.
pub(super) struct CoverageRow {
    /// What may be spent.
    pub(super) budget: String,
    /// What the plan costs.
    pub(super) cost: String,
    /// Shortfall and its bound of the tiers with a chart.
    pub(super) tiers: Vec<[String; 2]>,
    /// Share of all rounds kept.
    pub(super) covered: String,
    /// Whether it is proven that no plan misses less, and what is marked.
    pub(super) remark: Both,
}

impl FrontierView {
    /// The section of these figures.
    pub(super) fn new(figures: &FrontierFigures, currency: &str) -> Self {
        let words = Words { figures, currency };
        let short: Vec<(usize, u32)> = figures
            .tiers()
            .into_iter()
            .enumerate()
            .filter(|&(at, _)| figures.tier_complete_from(at) != first(figures))
            .collect();
        let rounds = figures.points.iter().map(|point| {
            let kept = point.kept.iter().map(grouped);
            std::iter::once(grouped(point.budget)).chain(kept).collect()
        });
        FrontierView {
            findings: words.findings(),
            tiers: short
                .iter()
                .map(|&(at, tier)| Drawn {
                    name: say(format!("第 {tier} 级"), format!("Tier {tier}")),
                    told: words.tier(at),
                    chart: tier_chart(&words, at, tier),
                })
                .collect(),
            kinds: (0..figures.kinds.len())
                .map(|at| Drawn {
                    name: words.kind_name(at).into(),
                    told: words.kind(at),
                    chart: kind_chart(&words, at),
                })
                .collect(),
            coverage: (0..figures.points.len())
                .map(|at| words.row(at, &short))
                .collect(),
            rounds: rounds.collect(),
        }
    }

    /// All drawings.
    pub(super) fn charts(&self) -> impl Iterator<Item = &Chart> {
        let all = self.tiers.iter().chain(&self.kinds);
        all.map(|drawn| &drawn.chart)
    }
}

fn first(figures: &FrontierFigures) -> Option<Money> {
    figures.points.first().map(|point| point.budget)
}

/// The curves of a drawing.
struct Curves<'a> {
    id: String,
    size: (u32, u32),
    /// Greatest value of the vertical axis.
    top: f64,
    /// Labels of the horizontal axis.
    labels: usize,
    /// Size of a dot.
    dot: i32,
    /// The value of each point.
    value: &'a dyn Fn(&PointFigures) -> f64,
    /// What is proven of each point.
    bound: Option<&'a dyn Fn(&PointFigures) -> f64>,
    /// What a point tells.
    told: &'a dyn Fn(&PointFigures) -> Text,
}

fn tier_chart(words: &Words, at: usize, tier: u32) -> Chart {
    let value = |point: &PointFigures| point.tiers[at].shortfall.to_f64();
    let worst = words.figures.points.iter().map(value).fold(0.0, f64::max);
    let step = round_step(worst, 4.0);
    let told = |point: &PointFigures| {
        let [cost_zh, cost] = words.money(point.cost.total());
        let of = &point.tiers[at];
        let (short, bound) = (layout::short(of.shortfall), layout::proven_short(of.bound));
        let covered = per_cent(of.covered);
        Text::new(
            format!("缺漏 {short}（已证明不少于 {bound}），完成 {covered}；费用 {cost_zh}"),
            format!("shortfall {short} (proven: at least {bound}), {covered} kept; cost {cost}"),
        )
    };
    draw(
        words,
        &Curves {
            id: format!("frontier-{tier}"),
            size: TIER,
            top: (worst / step).ceil() * step,
            labels: 8,
            dot: 4,
            value: &value,
            bound: Some(&|point| point.tiers[at].bound.to_f64()),
            told: &told,
        },
    )
}

fn kind_chart(words: &Words, at: usize) -> Chart {
    let asked = words.figures.kinds[at].asked;
    let name = words.kind_name(at);
    let told = |point: &PointFigures| {
        let kept = grouped(point.kept[at]);
        let asked = grouped(asked);
        Text::new(
            format!("{}：应做 {asked} 轮次，完成 {kept}", name.zh),
            format!("{}: {kept} of {asked} rounds kept", name.en),
        )
    };
    draw(
        words,
        &Curves {
            id: format!("frontier-kind-{at}"),
            size: KIND,
            top: asked as f64 * 1.04,
            labels: 4,
            dot: 2,
            value: &|point| point.kept[at] as f64,
            bound: None,
            told: &told,
        },
    )
}

fn draw(words: &Words, curves: &Curves) -> Chart {
    let points = &words.figures.points;
    let (least, most) = range(words.figures);
    let top = curves.top.max(f64::MIN_POSITIVE);
    Chart::draw(curves.id.clone(), curves.size, |area, marks| {
        let mut chart = ChartBuilder::on(area)
            .margin(8)
            .margin_right(24)
            .x_label_area_size(28)
            .y_label_area_size(60)
            .build_cartesian_2d(least..most, 0.0..top)
            .expect(DRAWN);
        chart
            .configure_mesh()
            .light_line_style(FAINT.mix(0.0))
            .bold_line_style(FAINT)
            .axis_style(INK)
            .label_style(("sans-serif", LETTERS).into_font().color(&INK))
            .x_labels(curves.labels)
            .y_labels(6)
            .x_label_formatter(&|value| grouped(format!("{value:.0}")))
            .y_label_formatter(&|value| grouped(value))
            .draw()
            .expect(DRAWN);
        let (knee, (bound, cost)) = marked(words.figures);
        if (least..=most).contains(&cost) {
            let from = bound.max(least);
            let band = Rectangle::new([(from, 0.0), (cost, top)], ORANGE.mix(0.25).filled());
            chart.draw_series([band]).expect(DRAWN);
            let line = PathElement::new([(cost, 0.0), (cost, top)], ORANGE.stroke_width(2));
            chart.draw_series([line]).expect(DRAWN);
        }
        if let Some(knee) = knee {
            let line = DashedLineSeries::new([(knee, 0.0), (knee, top)], 2, 4, INK.into());
            chart.draw_series(line).expect(DRAWN);
        }
        let at = |point: &PointFigures, value: f64| (point.budget.to_f64(), value);
        if let Some(bound) = curves.bound {
            let bounds = points.iter().map(|point| at(point, bound(point)));
            let dashed = VERMILLION.stroke_width(2);
            chart
                .draw_series(DashedLineSeries::new(bounds, 6, 4, dashed))
                .expect(DRAWN);
        }
        let line = || points.iter().map(|point| at(point, (curves.value)(point)));
        chart
            .draw_series(LineSeries::new(line(), BLUE.stroke_width(2)))
            .expect(DRAWN);
        let dot: ShapeStyle = BLUE.filled();
        chart
            .draw_series(line().map(|place| Circle::new(place, curves.dot, dot)))
            .expect(DRAWN);
        for (point, place) in points.iter().zip(line()) {
            let (x, y) = chart.backend_coord(&place);
            marks.push(Mark {
                x,
                y,
                name: grouped(point.budget),
                text: (curves.told)(point),
                group: None,
            });
        }
    })
}

/// Least and greatest amount with some room on either side.
fn range(figures: &FrontierFigures) -> (f64, f64) {
    let budgets = || figures.points.iter().map(|point| point.budget.to_f64());
    let (least, most) = (
        budgets().fold(f64::INFINITY, f64::min),
        budgets().fold(f64::NEG_INFINITY, f64::max),
    );
    let room = ((most - least) * 0.03).max(most.abs() * 0.01).max(1.0);
    (least - room, most + room)
}

/// The amounts that a line marks: the knee, and what the best coverage costs at least and at most.
fn marked(figures: &FrontierFigures) -> (Option<f64>, (f64, f64)) {
    let knee = figures.knee.map(|at| figures.points[at].budget.to_f64());
    let enough = figures.enough;
    let cost = enough.cost.to_f64();
    (knee, (enough.bound.to_f64().min(cost), cost))
}
