//! A sheet that is one table: headings that stay in view and on every printed page, filters, A4.

use super::View;
use super::cells::{Cell, FITS, LINE, clipped, lines, put, put_text, set_width};
use crate::domain::RuleIx;
use crate::season::DayIx;
use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, IgnoreError, Worksheet};

/// Rows of a sheet at most: spreadsheets take a million, but nobody can work with so many.
const MOST_ROWS: usize = 200_000;

/// Height of a row at most, in points; the format takes 409.
const TALLEST: f64 = 400.0;

/// A column: its heading in both languages, its width in characters.
pub(super) type Column = ((&'static str, &'static str), f64);

/// Columns that say which rule asks what where and when.
pub(super) const DEMAND: [Column; 8] = [
    (("规则编号", "Rule id"), 14.0),
    (("规则", "Rule"), 28.0),
    (("等级", "Tier"), 6.0),
    (("地点编号", "Site id"), 14.0),
    (("地点", "Site"), 24.0),
    (("片区", "Zone"), 13.0),
    (("起", "From"), 11.0),
    (("止", "To"), 11.0),
];

/// The cells of [`DEMAND`].
pub(super) fn demand_cells<'v>(
    view: &View<'v>,
    rule: RuleIx,
    part: usize,
    (from, to): (DayIx, DayIx),
) -> Vec<Cell<'v>> {
    let season = view.season;
    let rule = &season.scenario[rule];
    let part = &season.parts[part];
    let zone = season.scenario[part.site].zone.as_deref();
    vec![
        Cell::Text(&rule.id),
        Cell::Text(&rule.name),
        Cell::Number(f64::from(rule.tier)),
        Cell::Text(&part.id),
        Cell::Made(view.site_name(part)),
        Cell::Text(zone.unwrap_or_default()),
        Cell::Date(season.date(from)),
        Cell::Date(season.date(to)),
    ]
}

/// What a listing is about.
pub(super) struct Listing<'a> {
    /// Name of the sheet.
    pub(super) name: &'a str,
    /// Lines above the table.
    pub(super) intro: Vec<String>,
    /// Its columns.
    pub(super) columns: &'a [Column],
    /// Columns in which anything above 0 is marked.
    pub(super) alarms: &'a [u16],
    /// The CSV file that holds the same rows, all of them.
    pub(super) whole: &'a str,
}

impl Listing<'_> {
    /// The sheet, and its first row after the table.
    pub(super) fn sheet<'c>(
        &self,
        view: &View,
        rows: impl Iterator<Item = Vec<Cell<'c>>>,
    ) -> (Worksheet, u32) {
        let mut sheet = view.new_sheet();
        let styles = &view.styles;
        sheet.set_name(self.name).expect("a short name of our own");
        for (at, line) in self.intro.iter().enumerate() {
            put_text(&mut sheet, at as u32, 0, line, &styles.note);
        }
        let head = self.intro.len() as u32;
        let last_column = self.columns.len() as u16 - 1;
        let mut heading_lines = 1.0_f64;
        for (at, (heading, width)) in self.columns.iter().enumerate() {
            let column = at as u16;
            let heading = view.heading(view.pick(heading.0, heading.1));
            put_text(&mut sheet, head, column, &heading, &styles.head);
            heading_lines = heading_lines.max(lines(&heading, *width));
            set_width(&mut sheet, at, *width);
        }
        let height = heading_lines * LINE + 4.0;
        sheet.set_row_height(head, height).expect(FITS);
        let mut next = head + 1;
        let mut left_out = 0_usize;
        for row in rows {
            if (next - head) as usize > MOST_ROWS {
                left_out += 1;
                continue;
            }
            let mut tallest = 1.0_f64;
            for (column, cell) in row.iter().enumerate() {
                put(&mut sheet, next, column as u16, cell, styles);
                if let Cell::Wrapped(text) = cell {
                    tallest = tallest.max(lines(text, self.columns[column].1));
                }
            }
            // Not every program makes room for wrapped lines by itself.
            if tallest > 1.0 {
                let height = (tallest * LINE + 2.0).min(TALLEST);
                sheet.set_row_height(next, height).expect(FITS);
            }
            next += 1;
        }
        let last = (next - 1).max(head);
        sheet.autofilter(head, 0, last, last_column).expect(FITS);
        sheet.set_freeze_panes(head + 1, 0).expect(FITS);
        sheet.set_repeat_rows(head, head).expect(FITS);
        sheet
            .ignore_error_range(head, 0, last, last_column, IgnoreError::NumberStoredAsText)
            .expect(FITS);
        if last > head {
            for &column in self.alarms {
                let above = ConditionalFormatCell::new()
                    .set_rule(ConditionalFormatCellRule::GreaterThan(0))
                    .set_format(&styles.alarm);
                sheet
                    .add_conditional_format(head + 1, column, last, column, &above)
                    .expect(FITS);
            }
        }
        if left_out > 0 {
            let (shown, whole) = (MOST_ROWS, self.whole);
            let line = view.lang.say(
                format!("本表只列前 {shown} 行，另有 {left_out} 行，全部内容见 {whole}"),
                format!("the first {shown} rows; {left_out} more are in {whole}"),
            );
            put_text(&mut sheet, next, 0, &line, &styles.note);
            next += 1;
        }
        print_on_a4(view, &mut sheet, self.name);
        (sheet, next)
    }
}

/// A4 across, as wide as the page, with the name of the season above and the number of the page below.
pub(super) fn print_on_a4(view: &View, sheet: &mut Worksheet, name: &str) {
    sheet.set_paper_size(9);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    margins_text(view, sheet, name);
}

/// The name of the season above each page, its number below.
pub(super) fn margins_text(view: &View, sheet: &mut Worksheet, name: &str) {
    // `&` begins a command in a header, and a header holds 255 characters.
    let season = clipped(&view.season.scenario.name, 60).replace('&', "&&");
    sheet.set_header(format!("&L{season}&R{name}"));
    sheet.set_footer(view.pick("&C第 &P 页，共 &N 页", "&Cpage &P of &N"));
}
