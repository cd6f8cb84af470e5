//! 派工单: work orders to be printed, handed out, filled in and read again by `record`.
//!
//! One A4 page for each team and week, or as many as its visits need: a page is broken by hand, so that each begins
//! with its own title and headings, tells how to handle what is used on it and ends with a line to sign. Rows are as
//! high as their longest text, estimated by the width that characters take.

use super::View;
use super::cells::{FITS, LINE, Style, clipped, lines, put_date, put_text, set_width};
use super::listing::margins_text;
use crate::domain::TreatmentIx;
use crate::lang::Lang;
use crate::measures::{VisitFigures, WeekFigures};
use crate::orders::{self, Column};
use crate::report::words;
use crate::spreadsheet;
use rust_xlsxwriter::{
    DataValidation, DataValidationRule, Format, FormatAlign, FormatBorder, IgnoreError, Worksheet,
};

/// Width of each column in characters; the hidden ones do not matter.
const WIDTHS: [f64; Column::ALL.len()] = [
    5.0, 11.0, 6.0, 5.0, 21.0, 19.0, 16.0, 20.0, 9.0, 6.0, 6.0, 9.0, 12.0, 8.0, 8.0, 8.0, 8.0,
];
/// Per cent of the full size at which all shown columns fit across an A4 page, also where the face is not there and a
/// wider one stands in for it.
const SCALE: u16 = 83;
/// Height of all rows that fit a page at this scale, in points, with some to spare for other programs' fonts.
const PAGE: f64 = 590.0;
/// Height of a visit at least: room for a signature.
const VISIT: f64 = 27.0;
/// Height of a visit at most; longer texts are cut off on paper.
const TALLEST: f64 = 120.0;
/// Title, what is done, headings and the line to sign.
const FRAME: f64 = 26.0 + LINE + 22.0 + 28.0;
/// Page breaks that the format takes on one sheet.
const MOST_PAGES: usize = 1_000;

/// A page: a stretch of a week's visits.
struct Page<'a> {
    week: &'a WeekFigures,
    /// Positions in the week.
    visits: std::ops::Range<usize>,
    number: usize,
    of: usize,
}

/// The looks of a work order.
struct Looks {
    title: Style,
    summary: Style,
    head: Style,
    text: Style,
    centred: Style,
    date: Style,
    needs: Format,
    note: Format,
    sign: Style,
    hidden: Style,
}

impl Looks {
    fn new(lang: Lang) -> Self {
        let base = || {
            spreadsheet::plain(lang)
                .set_font_size(10)
                .set_align(FormatAlign::VerticalCenter)
        };
        let cell = || base().set_border(FormatBorder::Thin);
        let centred = || cell().set_align(FormatAlign::Center);
        Looks {
            title: Style::new(base().set_font_size(14).set_bold()),
            summary: Style::new(base()),
            head: Style::new(centred().set_bold().set_text_wrap()),
            text: Style::new(cell().set_text_wrap()),
            centred: Style::new(centred().set_text_wrap()),
            date: Style::new(centred().set_num_format("yyyy-mm-dd")),
            needs: base().set_text_wrap(),
            note: cell().set_text_wrap(),
            sign: Style::new(base()),
            hidden: Style::new(base()),
        }
    }
}

/// The sheets: one, unless it would need more page breaks than the format takes.
pub(super) fn sheets(view: &View) -> Vec<Worksheet> {
    let pages: Vec<Page> = view
        .measures
        .weeks
        .iter()
        .flat_map(|week| pages(view, week))
        .collect();
    if pages.is_empty() {
        return vec![sheet(view, 1, &pages)];
    }
    let sheets = pages.chunks(MOST_PAGES).enumerate();
    sheets
        .map(|(at, pages)| sheet(view, at + 1, pages))
        .collect()
}

/// Breaks a week into pages.
fn pages<'a>(view: &View, week: &'a WeekFigures) -> Vec<Page<'a>> {
    let mut cuts = vec![0];
    let frame = FRAME + text_height(&needs(view, week));
    let mut height = frame;
    let mut told: Vec<TreatmentIx> = Vec::new();
    for (at, row) in visits(view, week).enumerate() {
        let treatment = row.visit.treatment;
        let note = |told: &[TreatmentIx]| match handling(view, treatment) {
            Some(text) if !told.contains(&treatment) => note_height(&text),
            _ => 0.0,
        };
        let more = visit_height(view, row) + note(&told);
        if height + more > PAGE && cuts.last().is_some_and(|&first| at > first) {
            cuts.push(at);
            told.clear();
            height = frame + visit_height(view, row) + note(&told);
        } else {
            height += more;
        }
        if !told.contains(&treatment) {
            told.push(treatment);
        }
    }
    cuts.push(week.visits.len());
    let of = cuts.len() - 1;
    cuts.windows(2)
        .enumerate()
        .map(|(at, cut)| Page {
            week,
            visits: cut[0]..cut[1],
            number: at + 1,
            of,
        })
        .collect()
}

fn visits<'v>(view: &'v View, week: &'v WeekFigures) -> impl Iterator<Item = &'v VisitFigures> {
    let visits = &view.measures.visits;
    week.visits.iter().map(move |&at| &visits[at])
}

/// What a visit's row shows as text, by column.
fn texts(view: &View, row: &VisitFigures) -> [(Column, String); 5] {
    let scenario = view.season.scenario;
    let part = &view.season.parts[row.part];
    let product = row.product.map(|product| &scenario[product]);
    [
        (Column::Site, view.site_name(part)),
        (Column::Address, view.place(part)),
        (
            Column::Treatment,
            scenario[row.visit.treatment].name.clone(),
        ),
        (
            Column::Product,
            product.map_or(String::new(), |product| product.name.clone()),
        ),
        (
            Column::Unit,
            product.map_or(String::new(), |product| product.unit.clone()),
        ),
    ]
}

fn visit_height(view: &View, row: &VisitFigures) -> f64 {
    let lines = texts(view, row)
        .iter()
        .map(|(column, text)| lines(text, WIDTHS[*column as usize]))
        .fold(1.0, f64::max);
    (lines * LINE).clamp(VISIT, TALLEST)
}

/// Height of a text across the page.
fn text_height(text: &str) -> f64 {
    let shown: f64 = WIDTHS[..Column::SHOWN].iter().sum();
    (lines(text, shown) * LINE).min(TALLEST)
}

fn note_height(text: &str) -> f64 {
    text_height(text) + 3.0
}

/// How to dilute and what to take care of, if the table says it.
fn handling(view: &View, treatment: TreatmentIx) -> Option<String> {
    let row = &view.season.scenario[treatment];
    let colon = view.pick("：", ": ");
    let said: Vec<String> = [
        (view.pick("配制", "Dilution"), &row.dilution),
        (view.pick("安全", "Safety"), &row.safety),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(label, text)| format!("{label}{colon}{text}"))
    .collect();
    let name = &row.name;
    (!said.is_empty()).then(|| {
        let said = said.join(view.pick("。", ". "));
        match view.lang {
            Lang::Zh => format!("【{name}】{said}"),
            Lang::En => format!("[{name}] {said}"),
        }
    })
}

fn sheet(view: &View, number: usize, pages: &[Page]) -> Worksheet {
    let mut sheet = view.new_sheet();
    let name = match number {
        1 => orders::sheet(view.lang).to_owned(),
        _ => format!("{} {number}", orders::sheet(view.lang)),
    };
    sheet.set_name(&name).expect("a short name of our own");
    for (at, width) in WIDTHS.iter().enumerate() {
        set_width(&mut sheet, at, *width);
    }
    let (shown, all) = (Column::SHOWN as u16, Column::ALL.len() as u16);
    sheet.set_column_range_hidden(shown, all - 1).expect(FITS);
    sheet.set_paper_size(9);
    sheet.set_landscape();
    sheet.set_print_scale(SCALE);
    sheet.set_print_center_horizontally(true);
    sheet.set_margins(0.35, 0.35, 0.5, 0.5, 0.25, 0.25);
    margins_text(view, &mut sheet, &name);
    let looks = Looks::new(view.lang);
    if pages.is_empty() {
        let none = view.pick("没有需要派工的作业。", "There is no work to hand out.");
        put_text(&mut sheet, 0, 0, none, &looks.summary);
        return sheet;
    }
    let mut next = 0;
    let mut breaks = Vec::new();
    for page in pages {
        if next > 0 {
            breaks.push(next);
        }
        next = write(view, &mut sheet, &looks, page, next);
    }
    sheet.set_page_breaks(&breaks).expect("not too many pages");
    sheet.set_print_area(0, 0, next - 1, shown - 1).expect(FITS);
    sheet
        .ignore_error_range(0, 0, next - 1, all - 1, IgnoreError::NumberStoredAsText)
        .expect(FITS);
    sheet
}

/// Writes a page and gives the row after it.
fn write(view: &View, sheet: &mut Worksheet, looks: &Looks, page: &Page, first: u32) -> u32 {
    let scenario = view.season.scenario;
    let week = page.week;
    let mut row = first;
    let high = |sheet: &mut Worksheet, row, height: f64| {
        sheet.set_row_height(row, height).expect(FITS);
    };
    let title = title(view, page);
    put_text(sheet, row, 0, &title, &looks.title);
    high(sheet, row, 26.0);
    row += 1;
    put_text(sheet, row, 0, &work(view, week), &looks.summary);
    high(sheet, row, LINE);
    row += 1;
    let needs = needs(view, week);
    let last = Column::SHOWN as u16 - 1;
    sheet
        .merge_range(row, 0, row, last, &clipped(&needs, 3_000), &looks.needs)
        .expect(FITS);
    high(sheet, row, text_height(&needs));
    row += 1;
    for column in Column::ALL {
        let heading = column.heading();
        put_text(
            sheet,
            row,
            column as u16,
            heading.get(view.lang),
            &looks.head,
        );
    }
    high(sheet, row, 22.0);
    row += 1;
    let first_visit = row;
    let mut told: Vec<TreatmentIx> = Vec::new();
    let of_week = visits(view, week).enumerate();
    for (at, visit) in of_week.skip(page.visits.start).take(page.visits.len()) {
        visit_row(view, sheet, looks, row, at + 1, visit);
        high(sheet, row, visit_height(view, visit));
        row += 1;
        if !told.contains(&visit.visit.treatment) {
            told.push(visit.visit.treatment);
        }
    }
    offer_marks(view, sheet, first_visit, row - 1);
    for text in told
        .iter()
        .filter_map(|&treatment| handling(view, treatment))
    {
        sheet
            .merge_range(row, 0, row, last, &clipped(&text, 3_000), &looks.note)
            .expect(FITS);
        high(sheet, row, note_height(&text));
        row += 1;
    }
    let contractor = &scenario[week.team].contractor;
    let sign = view.lang.say(
        format!("承包方：{contractor}        带队人签字：________________    完成日期：________________    验收人签字：________________"),
        format!("Contractor: {contractor}        Crew leader: ________________    Finished on: ________________    Accepted by: ________________"),
    );
    put_text(sheet, row, 0, &sign, &looks.sign);
    high(sheet, row, 28.0);
    row + 1
}

fn title(view: &View, page: &Page) -> String {
    let team = &view.season.scenario[page.week.team].name;
    let week = words::week(page.week, view.lang);
    let (number, of) = (page.number, page.of);
    let title = view.lang.say(
        format!("派工单  {team}  {week}"),
        format!("Work order  {team}  {week}"),
    );
    if of == 1 {
        return title;
    }
    title
        + &view.lang.say(
            format!("  第{number}页，共{of}页"),
            format!("  page {number} of {of}"),
        )
}

/// What the team does in the week.
fn work(view: &View, week: &WeekFigures) -> String {
    let scenario = view.season.scenario;
    let (visits, crew_days) = (week.visits.len(), week.crew_days);
    let hours = format!("{:.1}", week.hours.to_f64());
    view.lang.say(
        format!(
            "{}    作业 {visits} 次，班组工日 {crew_days} 个，工时 {hours} 小时",
            scenario.name
        ),
        format!(
            "{}    {visits} visits, {crew_days} crew-days, {hours} hours",
            scenario.name
        ),
    )
}

/// Which products the team needs in the week.
fn needs(view: &View, week: &WeekFigures) -> String {
    let scenario = view.season.scenario;
    let products: Vec<String> = week
        .products
        .iter()
        .map(|(product, quantity)| {
            let row = &scenario[*product];
            format!("{} {quantity} {}", row.name, row.unit)
                .trim_end()
                .to_owned()
        })
        .collect();
    if products.is_empty() {
        view.pick("本周不用药", "no product this week").to_owned()
    } else {
        let products = products.join(view.pick("；", "; "));
        view.lang.say(
            format!("本周用药：{products}"),
            format!("needs this week: {products}"),
        )
    }
}

fn visit_row(
    view: &View,
    sheet: &mut Worksheet,
    looks: &Looks,
    row: u32,
    number: usize,
    figures: &VisitFigures,
) {
    let scenario = view.season.scenario;
    let visit = &figures.visit;
    let count = |sheet: &mut Worksheet, column: Column, number: f64| {
        sheet
            .write_number_with_format(row, column as u16, number, looks.centred.format())
            .expect(FITS);
    };
    count(sheet, Column::Number, number as f64);
    put_date(sheet, row, Column::Date as u16, visit.date, &looks.date);
    let weekday = view.weekday(visit.date);
    put_text(sheet, row, Column::Weekday as u16, weekday, &looks.centred);
    count(sheet, Column::Crew, f64::from(visit.crew));
    for (column, text) in texts(view, figures) {
        let look = match column {
            Column::Unit => &looks.centred,
            _ => &looks.text,
        };
        put_text(sheet, row, column as u16, &text, look);
    }
    let blank = |sheet: &mut Worksheet, column: Column| {
        sheet
            .write_blank(row, column as u16, looks.centred.format())
            .expect(FITS);
    };
    if figures.product.is_some() {
        count(sheet, Column::Planned, figures.quantity.to_f64());
    } else {
        blank(sheet, Column::Planned);
    }
    blank(sheet, Column::Done);
    blank(sheet, Column::Actual);
    blank(sheet, Column::Signature);
    let product = figures.product.map(|product| scenario[product].id.as_str());
    for (column, id) in [
        (Column::TeamId, scenario[visit.team].id.as_str()),
        (Column::SiteId, &view.season.parts[figures.part].id),
        (Column::TreatmentId, &scenario[visit.treatment].id),
        (Column::ProductId, product.unwrap_or_default()),
    ] {
        put_text(sheet, row, column as u16, id, &looks.hidden);
    }
}

/// Offers the two marks and takes only amounts; `record` judges again.
fn offer_marks(view: &View, sheet: &mut Worksheet, first: u32, last: u32) {
    let marks = DataValidation::new()
        .allow_list_strings(&[orders::DONE, orders::NOT_DONE])
        .expect("two short marks")
        .show_error_message(false);
    let amount = DataValidation::new()
        .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
        .set_error_message(view.pick("实际用量应为不小于 0 的数字", "a number of 0 or more"))
        .expect("a short message");
    for (column, rule) in [(Column::Done, marks), (Column::Actual, amount)] {
        let column = column as u16;
        sheet
            .add_data_validation(first, column, last, column, &rule)
            .expect(FITS);
    }
}
