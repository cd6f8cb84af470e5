//! The map of sites: where they lie, how far each is covered.
//!
//! Degrees are drawn as on the ground around the middle latitude; a district is small enough for that.

use super::chart::{BLUE, Chart, DRAWN, INK, Mark, ORANGE, PALE, VERMILLION, writing};
use super::content::PlanContent;
use crate::lang::Text;
use crate::measures::{Breakdown, PlaceFigures};
use plotters::prelude::{Circle, Color, EmptyElement};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{RGBColor, ShapeStyle};

/// Width of the drawing.
const WIDTH: u32 = 960;
/// Room around the sites for halves of circles and of names.
const MARGIN: f64 = 44.0;
/// A flat or tall district is drawn within these bounds of height ÷ width.
const SHAPES: std::ops::RangeInclusive<f64> = 0.35..=0.8;

/// How far a site is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Covered {
    /// No rule asks for anything.
    NothingAsked,
    /// No round is missed.
    Complete,
    /// Some rounds are missed.
    Partly,
    /// At least as many rounds are missed as are asked.
    Not,
}

impl Covered {
    pub(super) fn of(place: &PlaceFigures) -> Self {
        match (place.asked, place.missed) {
            (0, 0) => Covered::NothingAsked,
            (_, 0) => Covered::Complete,
            (asked, missed) if missed < asked => Covered::Partly,
            _ => Covered::Not,
        }
    }

    /// Fill, rim and radius: size tells as much as colour.
    fn look(self) -> (RGBColor, RGBColor, i32) {
        match self {
            Covered::NothingAsked => (PALE, INK, 3),
            Covered::Complete => (BLUE, BLUE, 4),
            Covered::Partly => (ORANGE, INK, 5),
            Covered::Not => (VERMILLION, INK, 7),
        }
    }
}

/// The sites that have coordinates; `None` when none has.
pub(super) fn map(plan: PlanContent, breakdown: &Breakdown) -> Option<Chart> {
    let scenario = plan.season.scenario;
    let zones: Vec<&Option<String>> = breakdown.zones.keys().collect();
    let mut places: Vec<(usize, (f64, f64))> = scenario
        .sites
        .iter()
        .enumerate()
        .filter_map(|(site, row)| Some((site, row.lon_lat?)))
        .collect();
    let middle = {
        let latitudes = places.iter().map(|(_, (_, lat))| *lat);
        latitudes.sum::<f64>() / places.len().max(1) as f64
    };
    for (_, (lon, _)) in &mut places {
        *lon *= middle.to_radians().cos();
    }
    let frame = Frame::around(&places.iter().map(|(_, place)| *place))?;
    // What lacks most is drawn last, on top.
    places.sort_by_key(|(site, _)| breakdown.sites[*site].missed);

    Some(Chart::draw("map", (WIDTH, frame.height), |area, marks| {
        for (site, place) in &places {
            let figures = &breakdown.sites[*site];
            let (x, y) = frame.at(*place);
            let (fill, rim, radius) = Covered::of(figures).look();
            let fill: ShapeStyle = fill.mix(0.75).filled();
            area.draw(
                &(EmptyElement::at((x, y))
                    + Circle::new((0, 0), radius, fill)
                    + Circle::new((0, 0), radius, rim.stroke_width(1))),
            )
            .expect(DRAWN);
            let row = &scenario.sites[*site];
            marks.push(Mark {
                x,
                y,
                name: if row.name == row.id {
                    row.id.clone()
                } else {
                    format!("{} ({})", row.name, row.id)
                },
                text: told(figures),
                group: zones.iter().position(|zone| **zone == row.zone),
            });
        }
        // Each zone is named in the middle of its sites.
        for zone in zones.iter().filter(|zone| zone.is_some()) {
            let of_zone = places
                .iter()
                .filter(|(site, _)| scenario.sites[*site].zone == **zone)
                .map(|(_, place)| *place);
            let Some(middle) = median(of_zone) else {
                continue;
            };
            let name = zone.as_deref().unwrap_or_default();
            let style = writing().pos(Pos::new(HPos::Center, VPos::Center));
            let (x, y) = frame.at(middle);
            area.draw(&plotters::element::Text::new(name, (x, y), style))
                .expect(DRAWN);
        }
    }))
}

fn told(figures: &PlaceFigures) -> Text {
    let PlaceFigures {
        asked,
        missed,
        visits,
        ..
    } = figures;
    if *asked == 0 {
        return Text::new("没有规则要求作业", "no rule asks for work here");
    }
    let plural = if *visits == 1 { "" } else { "s" };
    Text::new(
        format!("应做 {asked} 轮次，缺 {missed}；新安排作业 {visits} 次"),
        format!("{asked} rounds asked, {missed} missed; {visits} new visit{plural}"),
    )
}

/// Name of a zone for a list to choose from.
pub(super) fn zone_name(zone: Option<&str>) -> Text {
    match zone {
        Some(zone) => Text::same(zone),
        None => Text::new("（未分片区）", "(no zone)"),
    }
}

/// The point whose coordinates are in the middle of those of all points.
fn median(points: impl Iterator<Item = (f64, f64)>) -> Option<(f64, f64)> {
    let (mut xs, mut ys): (Vec<f64>, Vec<f64>) = points.unzip();
    xs.sort_by(f64::total_cmp);
    ys.sort_by(f64::total_cmp);
    Some((*xs.get(xs.len() / 2)?, *ys.get(ys.len() / 2)?))
}

/// From degrees to the drawing.
struct Frame {
    left: f64,
    upper: f64,
    scale: f64,
    /// Shifts that put the sites in the middle.
    shift: (f64, f64),
    height: u32,
}

impl Frame {
    fn around(points: &(impl Iterator<Item = (f64, f64)> + Clone)) -> Option<Self> {
        let least = |numbers: &mut dyn Iterator<Item = f64>| numbers.reduce(f64::min);
        let most = |numbers: &mut dyn Iterator<Item = f64>| numbers.reduce(f64::max);
        let (left, right) = (
            least(&mut points.clone().map(|point| point.0))?,
            most(&mut points.clone().map(|point| point.0))?,
        );
        let (lower, upper) = (
            least(&mut points.clone().map(|point| point.1))?,
            most(&mut points.clone().map(|point| point.1))?,
        );
        // A single site, or a row of them, still needs some ground.
        let (wide, tall) = ((right - left).max(1e-4), (upper - lower).max(1e-4));
        let inner_width = f64::from(WIDTH) - 2.0 * MARGIN;
        let shape = (tall / wide).clamp(*SHAPES.start(), *SHAPES.end());
        let inner_height = inner_width * shape;
        let scale = (inner_width / wide).min(inner_height / tall);
        Some(Frame {
            left,
            upper,
            scale,
            shift: (
                MARGIN + (inner_width - (right - left) * scale) / 2.0,
                MARGIN + (inner_height - (upper - lower) * scale) / 2.0,
            ),
            height: (inner_height + 2.0 * MARGIN).round() as u32,
        })
    }

    fn at(&self, (x, y): (f64, f64)) -> (i32, i32) {
        (
            ((x - self.left) * self.scale + self.shift.0).round() as i32,
            ((self.upper - y) * self.scale + self.shift.1).round() as i32,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corners_of_a_district_lie_within_the_drawing() {
        for (right, upper) in [(84.9, 45.7), (84.9, 45.5001), (84.8001, 45.7), (84.8, 45.5)] {
            let corners = [(84.8, 45.5), (right, upper)];
            let frame = Frame::around(&corners.into_iter()).expect("there are points");
            for corner in corners {
                let (x, y) = frame.at(corner);
                assert!((40..=WIDTH as i32 - 40).contains(&x), "{x}");
                assert!((40..=frame.height as i32 - 40).contains(&y), "{y}");
            }
            let ((_, south), (_, north)) = (frame.at(corners[0]), frame.at(corners[1]));
            assert!(north <= south, "north is up");
        }
    }

    #[test]
    fn a_site_is_covered_when_nothing_is_missed() {
        let place = |asked, missed| PlaceFigures {
            asked,
            missed,
            ..PlaceFigures::default()
        };
        assert_eq!(Covered::of(&place(0, 0)), Covered::NothingAsked);
        assert_eq!(Covered::of(&place(3, 0)), Covered::Complete);
        assert_eq!(Covered::of(&place(3, 2)), Covered::Partly);
        assert_eq!(Covered::of(&place(3, 3)), Covered::Not);
    }
}
