//! 总览: the season on one sheet, with charts.
//!
//! Figures stand on the left, charts beside them; each chart draws cells of this sheet, so that both agree.

mod charts;

use super::View;
use super::cells::{Cell, FITS, LINE, lines, put, put_text, set_width};
use super::listing::print_on_a4;
use crate::domain::{Day, Money, TeamIx};
use crate::measures::person_days;
use crate::report::layout::per_cent;
use crate::report::terminal;
use rust_xlsxwriter::Worksheet;
use std::collections::BTreeMap;

/// Teams that the table of weeks has columns for; a district has a handful.
const MOST_TEAMS: usize = 40;
/// Width of the label column and of the others, in characters; the last keeps the charts away.
const WIDTHS: [f64; 5] = [30.0, 14.0, 24.0, 14.0, 9.0];
/// Teams whose columns in the table of weeks stand left of the charts.
const TEAMS_BESIDE: usize = 3;

/// Height of a line of headings at most, in points.
const TALLEST_HEADING: f64 = 80.0;

/// Rows of a table on the sheet that a chart draws: first and last, without headings; `None` for an empty table.
type Rows = Option<(u32, u32)>;

/// A sheet that is written from top to bottom.
struct Page<'v, 's> {
    view: &'v View<'s>,
    sheet: Worksheet,
    next: u32,
}

pub(super) fn sheet(view: &View) -> Worksheet {
    let mut sheet = view.new_sheet();
    let name = view.pick("总览", "Overview");
    sheet.set_name(name).expect("a short name of our own");
    for (at, width) in WIDTHS.iter().enumerate() {
        set_width(&mut sheet, at, *width);
    }
    sheet.set_screen_gridlines(false);
    print_on_a4(view, &mut sheet, name);
    // Tables and charts side by side are taller than a page across.
    sheet.set_portrait();
    let mut page = Page {
        view,
        sheet,
        next: 0,
    };
    page.heading();
    page.key_figures();
    let cost = page.cost();
    page.tiers();
    let rules = page.rules();
    page.teams();
    page.tightest();
    let weeks = page.weeks(charts::rows(rules, cost));
    let mut sheet = page.sheet;
    charts::insert(
        view,
        &mut sheet,
        name,
        &charts::Tables { cost, rules, weeks },
    );
    sheet
}

impl Page<'_, '_> {
    /// Writes a row of cells from the first column on.
    fn row(&mut self, cells: &[Cell]) {
        for (at, cell) in cells.iter().enumerate() {
            put(
                &mut self.sheet,
                self.next,
                at as u16,
                cell,
                &self.view.styles,
            );
        }
        self.next += 1;
    }

    /// Writes a line of headings after a blank row.
    fn head(&mut self, headings: &[(&str, &str)]) {
        self.next += 1;
        let mut tallest = 1.0_f64;
        for (at, (zh, en)) in headings.iter().enumerate() {
            let heading = self.view.heading(self.view.pick(zh, en));
            let style = &self.view.styles.head;
            put_text(&mut self.sheet, self.next, at as u16, &heading, style);
            let width = WIDTHS.get(at).or(WIDTHS.last()).expect("not empty");
            tallest = tallest.max(lines(&heading, *width));
        }
        let height = (tallest * LINE + 4.0).min(TALLEST_HEADING);
        self.sheet.set_row_height(self.next, height).expect(FITS);
        self.next += 1;
    }

    /// Writes a table and gives the rows that it takes.
    fn table(&mut self, headings: &[(&str, &str)], rows: &[Vec<Cell>]) -> Rows {
        self.head(headings);
        let first = self.next;
        for row in rows {
            self.row(row);
        }
        (!rows.is_empty()).then(|| (first, self.next - 1))
    }

    fn heading(&mut self) {
        let scenario = self.view.season.scenario;
        let styles = &self.view.styles;
        put_text(&mut self.sheet, 0, 0, &scenario.name, &styles.title);
        let (start, end, from) = (scenario.start, scenario.end, scenario.plan_from);
        let mut period = self.view.lang.say(
            format!("作业期 {start} 至 {end}"),
            format!("{start} to {end}"),
        );
        if from > start {
            period += &self.view.lang.say(
                format!("，从 {from} 起安排新作业"),
                format!(", new visits from {from} on"),
            );
        }
        put_text(&mut self.sheet, 1, 0, &period, &styles.note);
        self.next = 2;
        let lines = terminal::View::new(scenario, self.view.measures, self.view.lang).closeness();
        for line in lines {
            put_text(&mut self.sheet, self.next, 0, &line, &styles.note);
            self.next += 1;
        }
    }

    fn key_figures(&mut self) {
        let measures = self.view.measures;
        let rows = [
            (("应做轮次", "Rounds asked"), measures.asked() as f64),
            (("缺轮次", "Rounds missed"), measures.missed() as f64),
            (("新安排作业", "New visits"), measures.visits.len() as f64),
            (("已完成作业", "Visits done"), measures.done as f64),
            (("班组工日", "Crew-days"), measures.crew_days.len() as f64),
            (
                ("可用班组工日", "Crew-days available"),
                measures.crew_days_available() as f64,
            ),
        ];
        let teams = measures.crew_days.iter().map(|row| row.team);
        let people = person_days(self.view.season, teams);
        let people = people.map(|people| (("人次", "Person-days"), people as f64));
        let rows: Vec<Vec<Cell>> = rows
            .iter()
            .chain(&people)
            .map(|((zh, en), value)| vec![Cell::Text(self.view.pick(zh, en)), Cell::Number(*value)])
            .collect();
        self.table(&[("主要数字", "Key figures"), ("", "")], &rows);
    }

    fn cost(&mut self) -> Rows {
        let (labour, cost) = (self.view.measures.labour, self.view.measures.cost);
        let kinds: [((&str, &str), Money); 4] = [
            (("出工", "Day rates"), labour.days),
            (("计件", "Piece work"), labour.piece),
            (("进场", "Mobilisation"), labour.mobilisation),
            (("药品", "Products"), cost.products),
        ];
        let rows: Vec<Vec<Cell>> = kinds
            .iter()
            .map(|((zh, en), money)| vec![Cell::Text(self.view.pick(zh, en)), Cell::Money(*money)])
            .collect();
        let drawn = self.table(&[("费用", "Cost"), ("金额¤", "Money¤")], &rows);
        let total = self.view.pick("合计", "Total");
        self.row(&[Cell::Text(total), Cell::Money(cost.total())]);
        drawn.filter(|_| cost.total() > Money::ZERO)
    }

    fn tiers(&mut self) {
        let rows: Vec<Vec<Cell>> = self
            .view
            .measures
            .tiers
            .iter()
            .map(|tier| {
                let number = tier.tier;
                vec![
                    Cell::Made(
                        self.view
                            .lang
                            .say(format!("第 {number} 级"), format!("tier {number}")),
                    ),
                    Cell::Number(tier.asked as f64),
                    Cell::Number(tier.missed as f64),
                ]
            })
            .collect();
        let headings = [
            ("按等级", "By tier"),
            ("应做轮次", "Asked"),
            ("缺轮次", "Missed"),
        ];
        self.table(&headings, &rows);
    }

    fn rules(&mut self) -> Rows {
        let scenario = self.view.season.scenario;
        let rows: Vec<Vec<Cell>> = self
            .view
            .measures
            .rules
            .iter()
            .map(|rule| {
                vec![
                    Cell::Text(&scenario[rule.rule].name),
                    Cell::Number(rule.asked as f64),
                    Cell::Number(rule.kept() as f64),
                    Cell::Number(rule.missed as f64),
                ]
            })
            .collect();
        let headings = [
            ("按规则", "By rule"),
            ("应做轮次", "Asked"),
            ("完成和安排", "Done and planned"),
            ("缺轮次", "Missed"),
        ];
        self.table(&headings, &rows)
    }

    fn teams(&mut self) {
        let scenario = self.view.season.scenario;
        let rows: Vec<Vec<Cell>> = self
            .view
            .measures
            .teams
            .iter()
            .map(|team| {
                vec![
                    Cell::Text(&scenario[team.team].name),
                    Cell::Number(team.crew_days as f64),
                    Cell::Number(team.available as f64),
                    Cell::Money(team.cost),
                ]
            })
            .collect();
        let headings = [
            ("按队伍", "By team"),
            ("班组工日", "Crew-days"),
            ("可用", "Available"),
            ("人工费¤", "Labour¤"),
        ];
        self.table(&headings, &rows);
    }

    fn tightest(&mut self) {
        let scenario = self.view.season.scenario;
        let shown = terminal::View::new(scenario, self.view.measures, self.view.lang);
        let rows: Vec<Vec<Cell>> = self
            .view
            .measures
            .tightest
            .iter()
            .map(|limit| {
                let [what, _, figures] = shown.tight(limit);
                vec![
                    Cell::Made(what),
                    Cell::Made(per_cent(limit.share)),
                    Cell::Made(figures),
                ]
            })
            .collect();
        let headings = [
            ("最紧的限制", "Tightest limits"),
            ("已用", "Used"),
            ("已用 / 可用", "Used / available"),
        ];
        self.table(&headings, &rows);
    }

    /// Crew-days of new visits by week and team; a column for each team. Many teams stand below the charts.
    fn weeks(&mut self, below: u32) -> charts::Weeks {
        let scenario = self.view.season.scenario;
        let mut teams: Vec<TeamIx> = self.view.measures.weeks.iter().map(|w| w.team).collect();
        teams.sort_unstable();
        teams.dedup();
        teams.truncate(MOST_TEAMS);
        if teams.len() > TEAMS_BESIDE {
            self.next = self.next.max(below);
        }
        let mut weeks: BTreeMap<Day, BTreeMap<TeamIx, usize>> = BTreeMap::new();
        for week in &self.view.measures.weeks {
            let of_week = weeks.entry(week.monday).or_default();
            of_week.insert(week.team, week.crew_days);
        }
        let most = weeks.values().map(|of_week| of_week.values().sum());
        let most = most.max().unwrap_or(0);
        let names: Vec<&str> = teams.iter().map(|&t| scenario[t].name.as_str()).collect();
        let mut headings = vec![("每周班组工日（周一）", "Crew-days by week (Monday)")];
        headings.extend(names.iter().map(|name| (*name, *name)));
        let rows: Vec<Vec<Cell>> = weeks
            .iter()
            .map(|(monday, of_week)| {
                let counts = teams.iter().map(|team| match of_week.get(team) {
                    Some(&count) => Cell::Number(count as f64),
                    None => Cell::Number(0.0),
                });
                std::iter::once(Cell::Date(*monday)).chain(counts).collect()
            })
            .collect();
        let rows = self.table(&headings, &rows);
        charts::Weeks {
            rows,
            teams: teams.len() as u16,
            most,
        }
    }
}
