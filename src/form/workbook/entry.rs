//! What is offered and checked while a cell is filled in: a line of help, a drop-down list, kinds of numbers and dates.
//!
//! A cell that does not fit is questioned, not refused: `-` and lists of several ids are legal where one is offered.

use super::super::cell::are_numbers;
use super::super::{Form, header};
use super::declared;
use crate::lang::Lang;
use crate::read::names::{
    Column, EVERY, MEASURE_VISIT, Range, Value, Word, YES_NO, in_sheets, refers, sheet_of,
};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula,
    Worksheet, XlsxError, utility,
};

/// Characters of a title and of a message that a spreadsheet takes.
const LONGEST_TITLE: usize = 32;
const LONGEST_MESSAGE: usize = 255;
/// Characters of a list that stands in the cell's own settings, separators included.
const LONGEST_LIST: usize = 255;

/// What is offered for the cells of a form.
pub(super) struct Entries<'a> {
    form: &'a Form,
}

/// First row, column, last row.
type Cells = (u32, u16, u32);

impl<'a> Entries<'a> {
    pub(super) fn new(form: &'a Form) -> Self {
        Entries { form }
    }

    /// Sets help, list and check of a column's cells.
    pub(super) fn offer(
        &self,
        sheet: &mut Worksheet,
        file: &str,
        column: &Column,
        (first, at, last): Cells,
    ) -> Result<(), XlsxError> {
        let lang = self.form.lang;
        let name = header(column, lang);
        let checked = self.check(file, column)?;
        let validation = checked
            .set_input_title(short(&name, LONGEST_TITLE))?
            .set_input_message(short(
                &in_sheets(&message(column, lang), lang),
                LONGEST_MESSAGE,
            ))?
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title(short(&name, LONGEST_TITLE))?;
        sheet.add_data_validation(first, at, last, at, &validation)?;
        Ok(())
    }

    fn check(&self, file: &str, column: &Column) -> Result<DataValidation, XlsxError> {
        let any = DataValidation::new;
        let lang = self.form.lang;
        Ok(match column.value {
            Value::YesNo => any().allow_list_strings(&words(YES_NO, lang))?,
            Value::Fixed(list) => any().allow_list_strings(&words(list, lang))?,
            Value::Period => open(any().allow_list_strings(&words(EVERY, lang))?),
            Value::Scope(list) | Value::Scopes(list) => {
                open(any().allow_list_strings(&words(list, lang))?)
            }
            Value::Weekdays => {
                let stretches = match lang {
                    Lang::Zh => ["周一-周五", "周一-周六", "周六；周日"],
                    Lang::En => ["mon-fri", "mon-sat", "sat;sun"],
                };
                open(any().allow_list_strings(&stretches)?)
            }
            Value::Number(range) => any().allow_decimal_number(match range {
                Range::FromZero => DataValidationRule::GreaterThanOrEqualTo(0.0),
                Range::AboveZero => DataValidationRule::GreaterThan(0.0),
                Range::Between(low, high) => DataValidationRule::Between(low as f64, high as f64),
            }),
            Value::Whole(range) => any().allow_whole_number(match range {
                Range::FromZero => DataValidationRule::GreaterThanOrEqualTo(0),
                Range::AboveZero => DataValidationRule::GreaterThan(0),
                Range::Between(low, high) => DataValidationRule::Between(low as i32, high as i32),
            }),
            Value::Date => any().allow_date(DataValidationRule::GreaterThanOrEqualTo(
                ExcelDateTime::from_ymd(2000, 1, 1)?,
            )),
            Value::Word if column.en == "measure" => self.measures()?,
            Value::Reference => self.listed(file, column).unwrap_or_else(any),
            Value::List | Value::Word => self.listed(file, column).map_or_else(any, open),
            Value::Id | Value::Text => any(),
        })
    }

    /// The ids or words of the table that a column names, whatever rows it will have. Of words the list is a suggestion:
    /// a word stands in it as often as rows have it, and any other is taken as well.
    fn listed(&self, file: &str, column: &Column) -> Option<DataValidation> {
        let (other, id) = refers(file, column.en)?;
        let table = self
            .form
            .tables
            .iter()
            .find(|table| table.declared.file == other)?;
        let at = table
            .headers
            .iter()
            .position(|name| declared(table, name).is_some_and(|column| column.en == id))?;
        let sheet = sheet_of(other).get(self.form.lang);
        let letter = utility::column_number_to_name(at as u16);
        let list = format!(
            "=OFFSET('{sheet}'!${letter}$2,0,0,MAX(1,COUNTA('{sheet}'!${letter}:${letter})-1),1)"
        );
        let list = DataValidation::new().allow_list_formula(Formula::new(list));
        // Ids stand in the first column and are all that there is.
        Some(if table.declared.columns[0].en == id {
            list
        } else {
            open(list)
        })
    }

    /// The measures that the sites have.
    fn measures(&self) -> Result<DataValidation, XlsxError> {
        let lang = self.form.lang;
        let mut names: Vec<&str> = words(MEASURE_VISIT, lang);
        let sites = self.form.tables.iter();
        for table in sites.filter(|table| table.declared.carries_others) {
            for (at, name) in table.headers.iter().enumerate() {
                let cells = table.rows.iter().filter_map(|row| row.get(at));
                if declared(table, name).is_none() && are_numbers(cells.map(String::as_str)) {
                    names.push(name);
                }
            }
        }
        // A list that is too long, or whose entries hold its separator, cannot stand in a cell's settings.
        names.retain(|name| !name.contains([',', '"']));
        while names
            .iter()
            .map(|name| name.chars().count() + 1)
            .sum::<usize>()
            > LONGEST_LIST
        {
            names.pop();
        }
        Ok(open(DataValidation::new().allow_list_strings(&names)?))
    }
}

/// Offers the list, and takes anything else as well.
fn open(validation: DataValidation) -> DataValidation {
    validation.show_error_message(false)
}

fn words(list: &'static [Word], lang: Lang) -> Vec<&'static str> {
    list.iter()
        .map(|word| lang.pick(word.zh[0], word.en))
        .collect()
}

/// The line of help, and what a blank cell means.
fn message(column: &Column, lang: Lang) -> String {
    let (zh, en) = column.help;
    let (default_zh, default_en) = column.default;
    let default = lang.pick(default_zh, default_en);
    let required = if column.required {
        lang.pick("（必填）", " (required)")
    } else {
        ""
    };
    let blank = if default.is_empty() {
        String::new()
    } else {
        format!("{}{default}", lang.pick("；不填时：", "; blank: "))
    };
    format!("{}{required}{blank}", lang.pick(zh, en))
}

fn short(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
