//! The page for people: one file that opens by double-click, in Chinese and English, for screen and A4.
//!
//! Templates, style sheet and script are files in `page/`. Askama escapes whatever a template writes; the one way past
//! it is markup that is made here (`safe` in `page.html`): drawings, style sheet, script, and JSON without a `<`. The
//! script puts texts on the page as text. The page asks for nothing from a network.

mod calendar;
mod chart;
mod comparison;
mod content;
mod data;
mod frontier;
mod heat;
mod load;
mod map;
mod plan;
mod say;

pub use content::{AnswerTable, Cure, Explanation, PageContent, PlanContent};

use super::OutputFile;
use super::currency;
use crate::domain::Money;
use crate::lang::{Lang, Text};
use crate::measures::Breakdown;
use askama::Template;
use calendar::{Calendar, DayCell};
use chart::Chart;
use comparison::ComparisonView;
use frontier::FrontierView;
use heat::HeatTable;
use load::TeamLoad;
use map::zone_name;
use plan::PlanTables;
use say::{Both, say};

/// The page; it opens in `lang` and holds both languages.
pub fn page(content: &PageContent, lang: Lang) -> OutputFile {
    let view = Page::new(content, lang);
    OutputFile {
        name: "report.html".to_owned(),
        bytes: view
            .render()
            .expect("writing to memory cannot fail")
            .into_bytes(),
    }
}

/// Everything that the templates write.
#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    lang: Lang,
    content: &'a PageContent<'a>,
    plan: Option<Plan>,
    frontier: Option<FrontierView>,
    comparison: Option<ComparisonView>,
    style: &'static str,
    script: &'static str,
    data: String,
}

/// The sections of a plan.
struct Plan {
    tables: PlanTables,
    calendar: Calendar,
    heat: Vec<HeatTable>,
    map: Option<Chart>,
    zones: Vec<Both>,
    loads: Vec<TeamLoad>,
}

impl Plan {
    fn new(plan: PlanContent, breakdown: &Breakdown) -> Self {
        let zones = breakdown.zones.keys();
        Plan {
            tables: plan::tables(plan, breakdown),
            calendar: calendar::calendar(plan, breakdown),
            heat: heat::heat(plan, breakdown),
            map: map::map(plan, breakdown),
            zones: zones
                .map(|zone| zone_name(zone.as_deref()).into())
                .collect(),
            loads: load::loads(plan, breakdown),
        }
    }
}

impl<'a> Page<'a> {
    fn new(content: &'a PageContent<'a>, lang: Lang) -> Self {
        let breakdown = content
            .plan
            .map(|plan| Breakdown::new(plan.season, plan.measures));
        let plan = content.plan.zip(breakdown.as_ref());
        let sections = plan.map(|(plan, breakdown)| Plan::new(plan, breakdown));
        let frontier = content.frontier.as_ref();
        let frontier = frontier.map(|figures| FrontierView::new(figures, content.currency));
        let data = {
            let of_plan = sections.iter().flat_map(|plan| {
                let loads = plan.loads.iter().map(|load| &load.chart);
                plan.map.iter().chain(loads)
            });
            let of_frontier = frontier.iter().flat_map(FrontierView::charts);
            let charts = of_plan.chain(of_frontier);
            let marks = charts.map(|chart| (chart.id.as_str(), chart.marks.as_slice()));
            data::json(plan, marks)
        };
        Page {
            lang,
            content,
            plan: sections,
            frontier,
            comparison: content.comparison.map(comparison::view),
            style: include_str!("page/page.css"),
            script: include_str!("page/page.js"),
            data,
        }
    }

    /// A wording in both languages, Chinese first.
    #[expect(clippy::unused_self, reason = "templates call methods, not functions")]
    fn say(&self, zh: &str, en: &str) -> Both {
        say(zh, en)
    }

    /// A message in both languages.
    #[expect(clippy::unused_self, reason = "templates call methods, not functions")]
    fn text(&self, text: &Text) -> Both {
        text.into()
    }

    /// A difference in money with its sign and currency.
    fn more(&self, money: Money) -> Both {
        currency::difference(money, self.content.currency).into()
    }

    /// The currency in brackets, for the head of a column.
    fn currency(&self) -> Both {
        let name = |lang| currency::word(self.content.currency, lang);
        let [zh, en] = [Lang::Zh, Lang::En].map(name);
        if zh.is_empty() {
            say("", "")
        } else {
            say(format!("（{zh}）"), format!(" ({en})"))
        }
    }
}

#[cfg(test)]
mod tests {
    /// Relative luminance of a colour `#rrggbb`, as the accessibility guidelines define it.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn letters_stand_out_from_every_ground() {
        let style = include_str!("page/page.css");
        let colour = |name: &str| {
            let at = style.find(&format!("--{name}: #")).unwrap() + name.len() + 4;
            let value = style[at..].split(';').next().unwrap();
            // `#fff` is short for `#ffffff`.
            match value.as_bytes() {
                [b'#', r, g, b] => [r, r, g, g, b, b]
                    .iter()
                    .fold("#".to_owned(), |text, &&byte| {
                        text + char::from(byte).encode_utf8(&mut [0; 4])
                    }),
                _ => value.to_owned(),
            }
        };
        let ink = colour("ink");
        let grounds = [
            "k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "h1", "h2", "h3", "h4", "h5",
            "soft",
        ];
        for ground in grounds {
            let found = contrast(&ink, &colour(ground));
            assert!(found >= 4.5, "{ground}: {found}");
        }
        for (letters, ground) in [("quiet", "ground"), ("quiet", "soft"), ("strong", "ground")] {
            let found = contrast(&colour(letters), &colour(ground));
            assert!(found >= 4.5, "{letters} on {ground}: {found}");
        }
    }
}
