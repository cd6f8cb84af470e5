//! The charts of the overview.

use super::Rows;
use crate::report::workbook::View;
use crate::report::workbook::cells::FITS;
use crate::spreadsheet::ROW;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartLegendPosition, ChartType, Color, Worksheet,
};

/// Column beside the tables at which charts begin.
const BESIDE: u16 = 5;
/// Row at which charts begin.
const TOP: u32 = 3;
/// Up to so many crew-days a week the axis counts them one by one, where it would show halves.
const EACH_COUNTED: usize = 10;
/// Size of a chart in pixels.
const SIZE: (u32, u32) = (640, 320);
/// Height of a bar and its gap in a chart of rules, in pixels.
const BAR: u32 = 22;
/// Missed rounds.
const RED: Color = Color::RGB(0x00C0_504D);
/// Rounds done and planned.
const GREEN: Color = Color::RGB(0x0070_AD47);
/// One colour for each kind of cost.
const KINDS: [&str; 4] = ["#4472C4", "#70AD47", "#FFC000", "#ED7D31"];

/// The table of weeks.
pub(super) struct Weeks {
    pub(super) rows: Rows,
    pub(super) teams: u16,
    /// Crew-days of the busiest week.
    pub(super) most: usize,
}

/// Where the tables stand that are drawn.
pub(super) struct Tables {
    pub(super) cost: Rows,
    pub(super) rules: Rows,
    pub(super) weeks: Weeks,
}

/// The first row below all charts.
pub(super) fn rows(rules: Rows, cost: Rows) -> u32 {
    let heights = [Some(SIZE.1), rules.map(rules_height), cost.map(|_| SIZE.1)];
    heights.into_iter().flatten().map(covered).sum::<u32>() + TOP
}

/// Height of the chart of rules, in pixels.
fn rules_height((first, last): (u32, u32)) -> u32 {
    ((last - first + 1) * BAR + 110).clamp(240, 1_200)
}

/// Rows of the usual height that a chart covers, with a gap.
fn covered(height: u32) -> u32 {
    height.div_ceil(ROW) + 2
}

/// Puts the charts beside the tables; an empty table has none.
pub(super) fn insert(view: &View, sheet: &mut Worksheet, name: &str, tables: &Tables) {
    let mut row = TOP;
    let mut place = |sheet: &mut Worksheet, chart: &mut Chart, height: u32| {
        chart.set_width(SIZE.0).set_height(height);
        sheet.insert_chart(row, BESIDE, chart).expect(FITS);
        row += covered(height);
    };
    if let Some((first, last)) = tables.weeks.rows {
        let mut chart = weeks(view, name, (first, last), &tables.weeks);
        place(sheet, &mut chart, SIZE.1);
    }
    if let Some(rows) = tables.rules {
        let mut chart = rules(view, name, rows);
        place(sheet, &mut chart, rules_height(rows));
    }
    if let Some(rows) = tables.cost {
        let mut chart = cost(view, name, rows);
        place(sheet, &mut chart, SIZE.1);
    }
}

fn titled(chart_type: ChartType, title: &str) -> Chart {
    let mut chart = Chart::new(chart_type);
    let mut font = ChartFont::new();
    font.set_size(12).set_bold();
    chart.title().set_name(title).set_font(&font);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart
}

/// Crew-days by week, one colour for each team.
fn weeks(view: &View, name: &str, (first, last): (u32, u32), table: &Weeks) -> Chart {
    let title = view.pick("每周班组工日", "Crew-days by week");
    let mut chart = titled(ChartType::ColumnStacked, title);
    for column in 1..=table.teams {
        chart
            .add_series()
            .set_name((name, first - 1, column))
            .set_categories((name, first, 0, last, 0))
            .set_values((name, first, column, last, column))
            .set_gap(40);
    }
    chart.x_axis().set_text_axis(true).set_num_format("m-d");
    chart.y_axis().set_num_format("0").set_min(0);
    if table.most <= EACH_COUNTED {
        chart.y_axis().set_major_unit(1);
    }
    chart
}

/// Rounds done and planned, and missed, by rule.
fn rules(view: &View, name: &str, (first, last): (u32, u32)) -> Chart {
    let title = view.pick("各规则完成情况（轮次）", "Rounds by rule");
    let mut chart = titled(ChartType::BarStacked, title);
    for (column, colour) in [(2, GREEN), (3, RED)] {
        chart
            .add_series()
            .set_name((name, first - 1, column))
            .set_categories((name, first, 0, last, 0))
            .set_values((name, first, column, last, column))
            .set_format(
                rust_xlsxwriter::ChartFormat::new()
                    .set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(colour)),
            )
            .set_gap(40);
    }
    // The first rule of the table stands on top.
    chart.y_axis().set_reverse().set_label_interval(1);
    chart
}

/// Money by kind.
fn cost(view: &View, name: &str, (first, last): (u32, u32)) -> Chart {
    let mut chart = titled(ChartType::Doughnut, view.pick("费用构成", "Cost by kind"));
    chart
        .add_series()
        .set_categories((name, first, 0, last, 0))
        .set_values((name, first, 1, last, 1))
        .set_point_colors(&KINDS)
        .set_data_label(ChartDataLabel::new().show_percentage());
    chart
}
