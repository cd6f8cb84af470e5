//! plan.xlsx: the plan as an office works with it. One sheet per file in the folder of this module.
//!
//! Dates inside the file come from the scenario, so the same plan gives the same bytes.

mod budget;
mod cells;
mod coverage;
mod issue;
mod listing;
mod missed;
mod orders;
mod overview;
mod purchases;
mod visits;

use super::{currency, dates, words};
use crate::lang::Lang;
use crate::measures::Measures;
use crate::season::{Part, Season};
use crate::spreadsheet;
use cells::Styles;
use chrono::Datelike;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Worksheet};

/// What the sheets are about, and for whom.
struct View<'a> {
    season: &'a Season<'a>,
    measures: &'a Measures,
    lang: Lang,
    styles: Styles,
}

impl View<'_> {
    /// Name of a part's site, with the number of the part where it has several.
    fn site_name(&self, part: &Part) -> String {
        let site = &self.season.scenario[part.site];
        if self.season.parts_at(part.site) == 1 {
            site.name.clone()
        } else {
            format!("{}/{}", site.name, part.number)
        }
    }

    /// Where a site is: its address if the table carries one, else its coordinates.
    fn place(&self, part: &Part) -> String {
        let site = &self.season.scenario[part.site];
        words::address(site)
    }

    /// An empty sheet.
    fn new_sheet(&self) -> Worksheet {
        spreadsheet::sheet(self.lang).expect(cells::FITS)
    }

    /// A heading of ours in which `¤` stands for the currency, if the season names one.
    fn heading(&self, heading: &str) -> String {
        let unit = match currency::word(&self.season.scenario.currency, self.lang) {
            "" => String::new(),
            word => self.lang.say(format!("（{word}）"), format!(" ({word})")),
        };
        heading.replace('¤', &unit)
    }

    fn weekday(&self, date: crate::domain::Day) -> &'static str {
        dates::short_weekday(date, self.lang)
    }

    fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        self.lang.pick(zh, en)
    }
}

/// The whole file.
pub(super) fn render(season: &Season, measures: &Measures, lang: Lang) -> Vec<u8> {
    let view = View {
        season,
        measures,
        lang,
        styles: Styles::new(lang),
    };
    let mut workbook = spreadsheet::workbook(lang).expect(cells::FITS);
    workbook.set_properties(&properties(season));
    workbook.push_worksheet(overview::sheet(&view));
    for sheet in orders::sheets(&view) {
        workbook.push_worksheet(sheet);
    }
    workbook.push_worksheet(visits::sheet(&view));
    workbook.push_worksheet(purchases::sheet(&view));
    workbook.push_worksheet(issue::sheet(&view));
    workbook.push_worksheet(coverage::sheet(&view));
    workbook.push_worksheet(budget::sheet(&view));
    workbook.push_worksheet(missed::sheet(&view));
    workbook
        .save_to_buffer()
        .expect("names, texts, rows and dates keep the limits of the format")
}

fn properties(season: &Season) -> DocProperties {
    let scenario = season.scenario;
    let made = scenario.plan_from;
    // The format knows no day before 1900.
    let year = u16::try_from(made.year().clamp(1900, 9999)).expect("four digits");
    let made = ExcelDateTime::from_ymd(year, made.month() as u8, made.day() as u8)
        .or_else(|_| ExcelDateTime::from_ymd(year, 1, 1))
        .expect("the first of January of any year is a day");
    DocProperties::new()
        .set_title(cells::clipped(&scenario.name, 200))
        .set_author("xiaosha")
        .set_creation_datetime(&made)
}
