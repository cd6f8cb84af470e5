//! The picture of the curves: one panel for each case, both axes logarithmic.

use super::Curve;
use plotters::prelude::*;
use std::error::Error;
use std::path::Path;

/// Gaps below this, in per cent, are drawn here: a logarithm has no zero.
const FLOOR: f64 = 0.001;

/// Seconds at the left edge.
const LEFT: f64 = 0.05;

/// Quick, normal, thorough: told apart in grey, too.
const COLOURS: [RGBColor; 3] = [
    RGBColor(230, 159, 0),
    RGBColor(0, 114, 178),
    RGBColor(20, 20, 20),
];

/// Draws all curves.
pub(crate) fn draw(curves: &[Curve], path: &Path) -> Result<(), Box<dyn Error>> {
    let mut cases: Vec<&str> = curves.iter().map(|curve| curve.case).collect();
    cases.dedup();
    let area = SVGBackend::new(path, (960, 420)).into_drawing_area();
    area.fill(&WHITE)?;
    let last = curves.iter().map(|curve| curve.seconds).fold(1.0, f64::max);
    for (case, panel) in cases.iter().zip(area.split_evenly((1, cases.len()))) {
        let mut chart = ChartBuilder::on(&panel)
            .caption(*case, ("sans-serif", 18))
            .margin(10)
            .x_label_area_size(40)
            .y_label_area_size(64)
            .build_cartesian_2d(
                (LEFT..2.0 * last).log_scale(),
                (0.8 * FLOOR..100.0).log_scale(),
            )?;
        chart
            .configure_mesh()
            .x_desc("seconds")
            .y_desc("proven gap, %")
            .x_label_formatter(&|seconds| format!("{seconds}"))
            .y_label_formatter(&|gap| format!("{gap}"))
            .label_style(("sans-serif", 14))
            .light_line_style(WHITE)
            .draw()?;
        let here = curves.iter().filter(|curve| curve.case == *case);
        for (curve, colour) in here.zip(COLOURS) {
            chart
                .draw_series(LineSeries::new(staircase(curve), colour.stroke_width(2)))?
                .label(curve.effort)
                .legend(move |(x, y)| {
                    PathElement::new([(x, y), (x + 20, y)], colour.stroke_width(2))
                });
        }
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::UpperRight)
            .label_font(("sans-serif", 14))
            .background_style(WHITE)
            .border_style(RGBColor(200, 200, 200))
            .draw()?;
    }
    area.present()?;
    Ok(())
}

/// A gap holds until the next one is found, the last until the planner's end.
fn staircase(curve: &Curve) -> Vec<(f64, f64)> {
    let mut corners: Vec<(f64, f64)> = Vec::new();
    for point in &curve.points {
        let Some(gap) = point.gap else { continue };
        let (seconds, gap) = (point.seconds.max(LEFT), (100.0 * gap).clamp(FLOOR, 100.0));
        if let Some(&(_, before)) = corners.last() {
            corners.push((seconds, before));
        }
        corners.push((seconds, gap));
    }
    if let Some(&(_, gap)) = corners.last() {
        corners.push((curve.seconds.max(LEFT), gap));
    }
    corners
}
