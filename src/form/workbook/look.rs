//! How cells look: headers by whether a column is required, values by what they are.

use crate::lang::Lang;
use crate::read::names::Value;
use crate::spreadsheet;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The formats of a workbook.
pub(super) struct Look {
    /// Header of a column that every row gives.
    pub(super) required: Format,
    /// Header of another declared column.
    pub(super) optional: Format,
    /// Header of a column of the office's own.
    pub(super) other: Format,
    /// Name of a setting.
    pub(super) label: Format,
    /// Name of a setting that must be given.
    pub(super) required_label: Format,
    /// A line of help.
    pub(super) wrapped: Format,
    /// The first line of a group.
    pub(super) wrapped_first: Format,
    text: Format,
    number: Format,
    whole: Format,
    date: Format,
}

impl Look {
    pub(super) fn new(lang: Lang) -> Self {
        let plain = || spreadsheet::plain(lang);
        let dark = Color::RGB(0x1F_5F_5B);
        let light = Color::RGB(0xDC_EB_E9);
        let line = Color::RGB(0xA6_C5_C2);
        let header = plain()
            .set_bold()
            .set_align(FormatAlign::VerticalCenter)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(line);
        let required = header
            .clone()
            .set_background_color(dark)
            .set_font_color(Color::White);
        let optional = header.clone().set_background_color(light);
        let other = header.set_italic();
        let wrapped = plain().set_text_wrap().set_align(FormatAlign::Top);
        Look {
            label: plain().set_background_color(light),
            required_label: plain().set_background_color(light).set_bold(),
            wrapped_first: wrapped
                .clone()
                .set_border_top(FormatBorder::Thin)
                .set_border_top_color(line),
            wrapped,
            required,
            optional,
            other,
            text: plain().set_num_format("@"),
            number: plain(),
            whole: plain().set_num_format("0"),
            date: plain()
                .set_num_format("yyyy-mm-dd")
                .set_align(FormatAlign::Left),
        }
    }

    /// The format of the cells of a column.
    pub(super) fn of(&self, value: Value) -> &Format {
        match value {
            Value::Number(_) => &self.number,
            Value::Whole(_) => &self.whole,
            Value::Date => &self.date,
            _ => &self.text,
        }
    }
}
