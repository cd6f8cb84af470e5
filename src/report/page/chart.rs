//! What all charts share: a drawing as SVG text, its colours and fonts, and marks that can be pointed at.
//!
//! Charts hold numbers, dates and names only; words stand beside them in both languages.

use crate::lang::Text;
use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, IntoDrawingArea, IntoFont, RGBColor, SVGBackend, TextStyle};
use serde::Serialize;

/// The name of a colour that is told apart by people with any common colour vision (Okabe and Ito's palette).
pub(super) const BLUE: RGBColor = RGBColor(0, 114, 178);
/// See [`BLUE`].
pub(super) const ORANGE: RGBColor = RGBColor(230, 159, 0);
/// See [`BLUE`].
pub(super) const VERMILLION: RGBColor = RGBColor(190, 75, 0);
/// Lines behind the data.
pub(super) const FAINT: RGBColor = RGBColor(222, 226, 230);
/// What is possible, behind what is.
pub(super) const PALE: RGBColor = RGBColor(214, 219, 224);
/// Axes and writing.
pub(super) const INK: RGBColor = RGBColor(33, 37, 41);

/// Height of letters in charts.
pub(super) const LETTERS: i32 = 13;

/// Drawing into memory has no way to fail.
pub(super) const DRAWN: &str = "a drawing in memory takes every shape";

/// A place in a drawing that tells something when it is pointed at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Mark {
    /// Distance from the left edge.
    pub(super) x: i32,
    /// Distance from the upper edge.
    pub(super) y: i32,
    /// What it is: a name, a date, a sum.
    pub(super) name: String,
    /// What is to be said of it.
    pub(super) text: Text,
    /// What it belongs to, where that can be chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) group: Option<usize>,
}

/// A drawing with its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chart {
    /// Unique on the page.
    pub(super) id: String,
    /// The drawing.
    pub(super) svg: String,
    /// What can be pointed at.
    pub(super) marks: Vec<Mark>,
}

impl Chart {
    /// Draws on a sheet of this size.
    pub(super) fn draw(
        id: impl Into<String>,
        size: (u32, u32),
        drawing: impl FnOnce(&DrawingArea<SVGBackend, Shift>, &mut Vec<Mark>),
    ) -> Self {
        let mut svg = String::new();
        let mut marks = Vec::new();
        {
            let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            drawing(&area, &mut marks);
            area.present().expect(DRAWN);
        }
        // The page sizes a drawing by its style sheet, and names it in words of both languages.
        let at = svg.find("viewBox").unwrap_or_default();
        let svg = format!(
            "<svg aria-hidden=\"true\" focusable=\"false\" style=\"--wide:{}px\" {}",
            size.0,
            &svg[at..]
        );
        let svg = svg.replace(" xmlns=\"http://www.w3.org/2000/svg\"", "");
        let id = id.into();
        Chart { id, svg, marks }
    }
}

/// Writing of the usual size and colour.
pub(super) fn writing() -> TextStyle<'static> {
    ("sans-serif", LETTERS).into_font().color(&INK)
}

/// The least round number (1, 2 or 5 × a power of ten) that `steps` times covers a length; above 0.
pub(super) fn round_step(length: f64, steps: f64) -> f64 {
    let raw = (length / steps).max(f64::MIN_POSITIVE);
    let power = 10_f64.powf(raw.log10().floor());
    let factors = [1.0, 2.0, 5.0, 10.0].into_iter();
    factors
        .map(|factor| factor * power)
        .find(|step| *step >= raw * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_axes_are_round() {
        let step = |length, steps| format!("{}", round_step(length, steps));
        assert_eq!(step(100.0, 5.0), "20");
        assert_eq!(step(101.0, 5.0), "50");
        assert_eq!(step(7.0, 4.0), "2");
        assert!(round_step(0.0, 4.0) > 0.0);
    }

    #[test]
    fn a_drawing_has_no_size_of_its_own_and_escapes_what_it_writes() {
        let chart = Chart::draw("x", (100, 50), |area, _| {
            area.draw(&plotters::element::Text::new("<b>&", (0, 0), writing()))
                .expect(DRAWN);
        });
        assert!(
            chart.svg.starts_with("<svg aria-hidden=\"true\" focusable=\"false\" style=\"--wide:100px\" viewBox=\"0 0 100 50\""),
            "{}",
            chart.svg
        );
        assert!(chart.svg.contains("&lt;b&gt;&amp;"), "{}", chart.svg);
    }
}
