//! How busy each team is, week by week.

use super::chart::{BLUE, Chart, DRAWN, FAINT, INK, LETTERS, Mark, PALE, round_step, writing};
use super::content::PlanContent;
use crate::domain::TeamIx;
use crate::lang::Text;
use crate::measures::{Breakdown, WeekLoad};
use crate::report::layout::grouped;
use plotters::prelude::{ChartBuilder, Color, IntoFont, Rectangle};

/// Height of one team's drawing.
const HEIGHT: u32 = 150;
/// Its greatest width, and that of a bar.
const WIDTH: (u32, u32) = (1080, 70);
/// Dates below the bars at most.
const DATES: f64 = 13.0;

/// A team's chart and its weeks as rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TeamLoad {
    /// Name of the team.
    pub(super) name: String,
    /// Crew-days deployed by week before those that could be.
    pub(super) chart: Chart,
    /// First day, last day, crew-days deployed and possible, hours; weeks in which the team could not work left out.
    pub(super) weeks: Vec<[String; 5]>,
}

/// The teams that could work at all, in input order.
pub(super) fn loads(plan: PlanContent, breakdown: &Breakdown) -> Vec<TeamLoad> {
    let teams = &plan.season.scenario.teams;
    let of_team = |at: usize| {
        let weeks: Vec<&WeekLoad> = breakdown.weeks_of(TeamIx(at)).collect();
        let idle = |week: &&WeekLoad| week.available == 0 && week.crew_days == 0;
        if weeks.iter().all(idle) {
            return None;
        }
        let rows = weeks.iter().filter(|week| !idle(week)).map(|week| {
            [
                plan.season.date(week.from).to_string(),
                plan.season.date(week.to).to_string(),
                week.crew_days.to_string(),
                week.available.to_string(),
                grouped(week.hours),
            ]
        });
        Some(TeamLoad {
            name: teams[at].name.clone(),
            weeks: rows.collect(),
            chart: chart(plan, at, &weeks),
        })
    };
    (0..teams.len()).filter_map(of_team).collect()
}

fn chart(plan: PlanContent, team: usize, weeks: &[&WeekLoad]) -> Chart {
    let date = |week: usize| plan.season.date(weeks[week].from);
    let most = weeks.iter().map(|week| week.crew_days.max(week.available));
    let step = round_step(most.max().unwrap_or(0).max(1) as f64, 4.0).max(1.0);
    let top = weeks
        .iter()
        .map(|week| week.crew_days.max(week.available) as f64)
        .fold(step, |top, value| top.max((value / step).ceil() * step));
    let width = (120 + weeks.len() as u32 * WIDTH.1).min(WIDTH.0);
    Chart::draw(format!("load-{team}"), (width, HEIGHT), |area, marks| {
        let mut chart = ChartBuilder::on(area)
            .margin(6)
            .margin_right(10)
            .x_label_area_size(24)
            .y_label_area_size(44)
            .build_cartesian_2d(0.0..weeks.len() as f64, 0.0..top)
            .expect(DRAWN);
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(FAINT.mix(0.0))
            .bold_line_style(FAINT)
            .axis_style(INK)
            .label_style(("sans-serif", LETTERS).into_font().color(&INK))
            .x_labels(0)
            .y_labels(5)
            .y_label_formatter(&|value| format!("{value:.0}"))
            .draw()
            .expect(DRAWN);
        let every = (weeks.len() as f64 / DATES).ceil().max(1.0) as usize;
        for (at, week) in weeks.iter().enumerate() {
            let bar = |height: i64, inset: f64| {
                let (left, right) = (at as f64 + inset, at as f64 + 1.0 - inset);
                [(left, 0.0), (right, height as f64)]
            };
            if week.available > 0 {
                let possible = Rectangle::new(bar(week.available, 0.06), PALE.filled());
                chart.draw_series([possible]).expect(DRAWN);
            }
            if week.crew_days > 0 {
                let deployed = Rectangle::new(bar(week.crew_days, 0.16), BLUE.filled());
                chart.draw_series([deployed]).expect(DRAWN);
            }
            let (x, y) = chart.backend_coord(&(at as f64 + 0.5, week.crew_days as f64));
            let (_, foot) = chart.backend_coord(&(0.0, 0.0));
            if at % every == 0 {
                let text = date(at).format("%m-%d").to_string();
                let left = chart.backend_coord(&(at as f64, 0.0)).0;
                area.draw(&plotters::element::Text::new(
                    text,
                    (left, foot + 7),
                    writing(),
                ))
                .expect(DRAWN);
            }
            if week.available > 0 || week.crew_days > 0 {
                marks.push(Mark {
                    x,
                    y: y.min(foot - 4),
                    name: format!("{} – {}", date(at), plan.season.date(week.to)),
                    text: told(week),
                    group: None,
                });
            }
        }
    })
}

fn told(week: &WeekLoad) -> Text {
    let (used, of, hours) = (week.crew_days, week.available, grouped(week.hours));
    Text::new(
        format!("出工 {used} 个班组工日，可用 {of} 个；作业 {hours} 工时"),
        format!("{used} of {of} crew-days; {hours} hours of work"),
    )
}
