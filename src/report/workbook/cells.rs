//! Writing cells: texts that stay texts, numbers, money, dates; the looks that all sheets share.

use crate::domain::{Day, Money};
use crate::lang::Lang;
use crate::spreadsheet::{self, is_like_a_formula};
use chrono::Datelike;
use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

/// A cell holds at most 32,767 characters, counted in UTF-16; longer texts are cut.
const LONGEST: usize = 16_000;

/// A look, with its variant for texts that a spreadsheet would take for a formula when somebody edits the cell.
#[derive(Debug)]
pub(super) struct Style {
    plain: Format,
    quoted: Format,
}

impl Style {
    pub(super) fn new(format: Format) -> Self {
        Style {
            quoted: format.clone().set_quote_prefix(),
            plain: format,
        }
    }

    /// The look of anything but a text.
    pub(super) fn format(&self) -> &Format {
        &self.plain
    }

    fn of(&self, text: &str) -> &Format {
        if is_like_a_formula(text) || text.starts_with(['\n', '\'']) {
            &self.quoted
        } else {
            &self.plain
        }
    }
}

/// The looks that sheets share.
#[derive(Debug)]
pub(super) struct Styles {
    /// Name of a sheet or page.
    pub(super) title: Style,
    /// A line of explanation.
    pub(super) note: Style,
    /// Headings of columns.
    pub(super) head: Style,
    /// Text on one line.
    pub(super) text: Style,
    /// Text on as many lines as it needs.
    pub(super) wrapped: Style,
    /// Any number, as many decimals as it has.
    pub(super) number: Style,
    /// Two decimals.
    pub(super) money: Style,
    /// A share in per cent.
    pub(super) share: Style,
    /// A day.
    pub(super) date: Style,
    /// A sum below a column, in money.
    pub(super) sum: Style,
    /// To be filled in by hand.
    pub(super) fill_in: Style,
    /// What calls for attention, over the look of the cell.
    pub(super) alarm: Format,
}

impl Styles {
    pub(super) fn new(lang: Lang) -> Self {
        let plain = || spreadsheet::plain(lang);
        let base = || {
            plain()
                .set_font_size(10)
                .set_align(FormatAlign::VerticalCenter)
        };
        let cell = || {
            base()
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x00BF_BFBF))
        };
        Styles {
            title: Style::new(plain().set_font_size(14).set_bold()),
            note: Style::new(base().set_font_color(Color::RGB(0x0059_5959))),
            head: Style::new(
                cell()
                    .set_bold()
                    .set_text_wrap()
                    .set_background_color(Color::RGB(0x00DD_EBF7))
                    .set_align(FormatAlign::Center)
                    .set_align(FormatAlign::VerticalCenter),
            ),
            text: Style::new(cell()),
            wrapped: Style::new(cell().set_text_wrap()),
            // A little away from the text that often follows.
            number: Style::new(cell().set_align(FormatAlign::Right).set_indent(1)),
            money: Style::new(cell().set_num_format("#,##0.00")),
            share: Style::new(cell().set_num_format("0.0%")),
            date: Style::new(
                cell()
                    .set_num_format("yyyy-mm-dd")
                    .set_align(FormatAlign::Center),
            ),
            sum: Style::new(cell().set_bold().set_num_format("#,##0.00")),
            fill_in: Style::new(cell().set_background_color(Color::RGB(0x00FF_F9E5))),
            alarm: Format::new()
                .set_font_color(Color::RGB(0x009C_0006))
                .set_background_color(Color::RGB(0x00FF_C7CE)),
        }
    }
}

/// Height of a line of text in the usual size, in points.
pub(super) const LINE: f64 = 13.5;

/// Pixels of a character in the usual size and of a digit in the default one, by which columns are measured.
const CHARACTER: (f64, f64) = (7.0, 8.0);

/// Sets the width of a column, in characters of the usual size; a Chinese one counts as two.
pub(super) fn set_width(sheet: &mut Worksheet, column: usize, width: f64) {
    let digits = width * CHARACTER.0 / CHARACTER.1;
    sheet.set_column_width(column as u16, digits).expect(FITS);
}

/// Lines that a text takes in a column so many characters wide; wide characters do not fill a line to its end.
pub(super) fn lines(text: &str, width: f64) -> f64 {
    let lines = text
        .lines()
        .map(|line| (line.width() as f64 / (width - 2.0)).ceil().max(1.0));
    lines.sum::<f64>().max(1.0)
}

/// What a cell holds.
#[derive(Debug, Clone)]
pub(super) enum Cell<'a> {
    /// Text of the input or of ours; never a formula.
    Text(&'a str),
    /// Text made up for the cell.
    Made(String),
    /// Text on several lines.
    Wrapped(String),
    /// A count, quantity or number of hours.
    Number(f64),
    /// Money.
    Money(Money),
    /// A share, 1 = 100 %.
    Share(f64),
    /// A day.
    Date(Day),
    /// To be filled in by hand.
    FillIn,
    /// Nothing.
    Blank,
}

/// Writing to a sheet can fail only beyond the limits of the format, which callers keep.
pub(super) const FITS: &str = "rows, columns and texts keep the limits of the format";

/// A text at most so many characters long.
pub(super) fn clipped(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Writes a text that stays a text.
pub(super) fn put_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, style: &Style) {
    let format = style.of(text);
    let written = if text.len() > LONGEST {
        sheet.write_string_with_format(row, column, clipped(text, LONGEST), format)
    } else {
        sheet.write_string_with_format(row, column, text, format)
    };
    written.expect(FITS);
}

/// Writes a day.
pub(super) fn put_date(sheet: &mut Worksheet, row: u32, column: u16, date: Day, style: &Style) {
    match excel_date(date) {
        Ok(written) => {
            sheet
                .write_datetime_with_format(row, column, &written, style.format())
                .expect(FITS);
        }
        // The format knows no day before 1900.
        Err(_) => put_text(sheet, row, column, &date.to_string(), style),
    }
}

fn excel_date(date: Day) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(date.year()).unwrap_or_default();
    ExcelDateTime::from_ymd(year, date.month() as u8, date.day() as u8)
}

/// The number by which the format knows a day.
pub(super) fn day_number(date: Day) -> Option<f64> {
    excel_date(date).ok().map(|day| day.to_excel())
}

/// Writes a cell in the look that belongs to it.
pub(super) fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, styles: &Styles) {
    let number = |sheet: &mut Worksheet, number: f64, style: &Style| {
        sheet
            .write_number_with_format(row, column, number, style.format())
            .expect(FITS);
    };
    match cell {
        Cell::Text(text) => put_text(sheet, row, column, text, &styles.text),
        Cell::Made(text) => put_text(sheet, row, column, text, &styles.text),
        Cell::Wrapped(text) => put_text(sheet, row, column, text, &styles.wrapped),
        Cell::Number(value) => number(sheet, *value, &styles.number),
        Cell::Money(value) => number(sheet, value.to_f64(), &styles.money),
        Cell::Share(value) => number(sheet, *value, &styles.share),
        Cell::Date(date) => put_date(sheet, row, column, *date, &styles.date),
        Cell::FillIn | Cell::Blank => {
            let style = match cell {
                Cell::FillIn => &styles.fill_in,
                _ => &styles.text,
            };
            sheet.write_blank(row, column, style.format()).expect(FITS);
        }
    }
}
