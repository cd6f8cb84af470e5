//! A comparison on the terminal, readable at 100 columns with two to five scenarios.
//!
//! Scenarios are called A, B, … because folder names are too long for columns. Changes stand beside the values as long as
//! there is room, else below; then money is rounded to whole units. Rows that differ nowhere are counted, unless they
//! say what everybody asks first. comparison.csv holds everything.

use super::{currency, letter, shown_change, shown_relative, shown_value};
use crate::compare::{Cell, Change, Comparison, Row, Section, Value, Weight};
use crate::lang::Lang;
use crate::report::layout::{columns, grouped, padded};
use std::fmt::Write;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that lines may take.
const WIDTH: usize = 100;
/// Labels are at most so wide; a longer one has a line of its own.
const LABEL: usize = 30;
/// Differences of a table that are listed for each scenario.
const LISTED: usize = 8;

/// What differs, side by side.
pub fn summary(comparison: &Comparison, lang: Lang) -> String {
    let view = View { comparison, lang };
    let mut out = view.scenarios();
    out.push_str(&view.inputs());
    out.push_str(&view.figures());
    out
}

/// What is compared, and for whom.
struct View<'a> {
    comparison: &'a Comparison,
    lang: Lang,
}

/// How the values of a scenario are set.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The change and its share beside the value.
    Wide,
    /// The change beside the value.
    Beside,
    /// The change below the value.
    Below,
}

/// A line of figures: a label, and for each scenario value, change and share of change.
struct Line {
    label: String,
    cells: Vec<[String; 3]>,
}

impl View<'_> {
    fn scenarios(&self) -> String {
        let scenarios = self.comparison.scenarios.iter().enumerate();
        let rows: Vec<[String; 3]> = scenarios
            .map(|(at, scenario)| {
                let errors = scenario.errors;
                let title = if errors == 0 {
                    scenario.title.clone()
                } else {
                    self.lang.say(
                        format!("表格有 {errors} 处错误，没有计划"),
                        format!(
                            "no plan: {errors} {} in the tables",
                            if errors == 1 { "error" } else { "errors" }
                        ),
                    )
                };
                [letter(at, self.lang), scenario.name.clone(), title]
            })
            .collect();
        let lines = columns(&rows).into_iter();
        let lines: Vec<String> = lines.map(|line| cut(line.trim_start(), WIDTH)).collect();
        lines.join("\n") + "\n"
    }

    fn inputs(&self) -> String {
        let mut out = format!(
            "\n{}\n",
            self.lang
                .pick("输入的不同（相对基准）", "Inputs (against the base)")
        );
        let sound = |at: usize| self.comparison.scenarios[at].errors == 0;
        if !sound(0) {
            out.push_str(self.lang.pick(
                "  基准的表格有错误，无法比较\n",
                "  the tables of the base have errors\n",
            ));
            return out;
        }
        for at in (1..self.comparison.scenarios.len()).filter(|&at| sound(at)) {
            let mut letter = letter(at, self.lang);
            for section in &self.comparison.inputs {
                let rows: Vec<&Row> = section
                    .rows
                    .iter()
                    .filter(|row| row.cells[at].change.is_some())
                    .collect();
                if rows.is_empty() {
                    continue;
                }
                let (file, title) = (&section.id, section.title.get(self.lang));
                // Writing to a string cannot fail.
                let _ = writeln!(out, "  {}{file}  {title}", padded(&letter, 4));
                letter.clear();
                let listed = rows.iter().take(LISTED);
                for row in listed {
                    out.push_str(&cut(&format!("      {}", self.difference(row, at)), WIDTH));
                    out.push('\n');
                }
                let rest = rows.len().saturating_sub(LISTED);
                if rest > 0 {
                    let rest = grouped(rest);
                    let more = self.lang.say(
                        format!("另有 {rest} 处，见 comparison.csv"),
                        format!("and {rest} more, see comparison.csv"),
                    );
                    let _ = writeln!(out, "      {more}");
                }
            }
            if !letter.is_empty() {
                let same = self.lang.pick("与基准相同", "the same as the base");
                let _ = writeln!(out, "  {}{same}", padded(&letter, 4));
            }
        }
        out
    }

    /// A difference of a table: `before → after`, or a row added or dropped with what it says.
    fn difference(&self, row: &Row, at: usize) -> String {
        let label = self.label(row);
        let shown = |at: usize| {
            row.cells[at]
                .value
                .as_ref()
                .map(|value| shown_value(value, self.lang))
        };
        let (before, after) = (shown(0).unwrap_or_default(), shown(at).unwrap_or_default());
        let change = row.cells[at].change.as_ref();
        match change {
            Some(change @ (Change::Added | Change::Dropped)) => {
                let (word, colon) = (shown_change(change, self.lang), self.lang.pick("：", ": "));
                let row = if *change == Change::Added {
                    after
                } else {
                    before
                };
                format!("{word}{colon}{label}  {row}")
            }
            _ => format!("{label}  {before} → {after}"),
        }
    }

    fn label(&self, row: &Row) -> String {
        let item = row.item.get(self.lang);
        match &row.aspect {
            None => item.to_owned(),
            Some(aspect) => format!("{item}  {}", aspect.get(self.lang)),
        }
    }

    fn figures(&self) -> String {
        let sections = &self.comparison.figures;
        let form = [Form::Wide, Form::Beside]
            .into_iter()
            .find(|&form| {
                let lines: Vec<Line> = sections
                    .iter()
                    .flat_map(|section| self.lines(section, form))
                    .collect();
                let widths = self.widths(&lines, form);
                label_width(&lines)
                    + widths
                        .iter()
                        .map(|column| column.iter().sum::<usize>() + 2)
                        .sum::<usize>()
                    <= WIDTH
            })
            .unwrap_or(Form::Below);
        let by_section: Vec<Vec<Line>> = sections
            .iter()
            .map(|section| self.lines(section, form))
            .collect();
        let all: Vec<&Line> = by_section.iter().flatten().collect();
        let label = label_width(&all);
        let widths = self.widths(&all, form);

        let mut out = String::new();
        let mut marked = false;
        for (section, lines) in sections.iter().zip(&by_section) {
            let mut heads: Vec<[String; 3]> = Vec::new();
            for at in 0..widths.len() {
                heads.push([letter(at, self.lang), String::new(), String::new()]);
            }
            let title = section.title.get(self.lang);
            let title = match currency(self.comparison) {
                Some(currency) if matches!(section.id.as_str(), "money" | "budget") => {
                    format!("{title} ({})", currency.get(self.lang))
                }
                _ => title.to_owned(),
            };
            let head = Line {
                label: title,
                cells: heads,
            };
            out.push('\n');
            out.push_str(&set(&head, label, &widths, form));
            for line in lines {
                out.push_str(&set(line, label, &widths, form));
                marked |= line.cells.iter().any(|cell| cell[0].ends_with('*'));
            }
            out.push_str(&self.hidden(section));
        }
        if marked {
            out.push_str(self.lang.pick(
                "\n* 最好：先比第 1 级，缺漏最少；缺漏相同的方案中费用最少；离最优最近\n",
                "\n* best: fewest missed, the more important tiers first; least cost of those that miss the same;\n  nearest to the best possible\n",
            ));
        }
        out
    }

    /// How many rows of a section have no line.
    fn hidden(&self, section: &Section) -> String {
        let hidden: Vec<&Row> = section.rows.iter().filter(|row| !is_shown(row)).collect();
        let (number, rows) = match hidden.len() {
            0 => return String::new(),
            1 => (1, "1 more row"),
            number => (number, "more rows"),
        };
        let rows = if number == 1 {
            rows.to_owned()
        } else {
            format!("{number} {rows}")
        };
        if hidden.iter().any(|row| row.differs()) {
            return self.lang.say(
                format!("  另有 {number} 行，见 comparison.csv\n"),
                format!("  {rows} in comparison.csv\n"),
            );
        }
        self.lang.say(
            format!("  另有 {number} 行各方案相同\n"),
            format!("  {rows}, the same for all\n"),
        )
    }

    /// The lines of a section: an item on its own line where several of its figures are shown.
    fn lines(&self, section: &Section, form: Form) -> Vec<Line> {
        let shown: Vec<&Row> = section.rows.iter().filter(|row| is_shown(row)).collect();
        let mut lines = Vec::new();
        for group in shown.chunk_by(|a, b| a.item == b.item) {
            let alone = format!("  {}", self.label(group[0]));
            if group.len() == 1 && (group[0].aspect.is_none() || alone.width() <= LABEL) {
                lines.push(self.line(alone, group[0], form));
                continue;
            }
            lines.push(Line {
                label: format!("  {}", group[0].item.get(self.lang)),
                cells: Vec::new(),
            });
            for row in group {
                let aspect = row
                    .aspect
                    .as_ref()
                    .map_or("", |aspect| aspect.get(self.lang));
                lines.push(self.line(format!("    {aspect}"), row, form));
            }
        }
        lines
    }

    fn line(&self, label: String, row: &Row, form: Form) -> Line {
        let cells = row.cells.iter().map(|cell| self.cell(cell, form));
        Line {
            label,
            cells: cells.collect(),
        }
    }

    fn cell(&self, cell: &Cell, form: Form) -> [String; 3] {
        let value = match &cell.value {
            None => "-".to_owned(),
            Some(value) => rounded(shown_value(value, self.lang), value, form),
        };
        let mark = if cell.best { "*" } else { " " };
        let change = cell.change.as_ref().map(|change| {
            let shown = shown_change(change, self.lang);
            match change {
                Change::By { difference, .. } => rounded(shown, difference, form),
                // A dash says it.
                Change::Dropped => String::new(),
                _ => shown,
            }
        });
        let relative = cell
            .change
            .as_ref()
            .and_then(shown_relative)
            .filter(|_| form == Form::Wide);
        [
            value + mark,
            change.unwrap_or_default(),
            relative.unwrap_or_default(),
        ]
    }

    /// The widths of value, change and share of change, by scenario.
    fn widths<L: std::borrow::Borrow<Line>>(&self, lines: &[L], form: Form) -> Vec<[usize; 3]> {
        let scenarios = 0..self.comparison.scenarios.len();
        scenarios
            .map(|at| {
                let widest = |part: usize| {
                    let cells = lines.iter().filter_map(|line| line.borrow().cells.get(at));
                    cells.map(|cell| cell[part].width()).max().unwrap_or(0)
                };
                let gap = |width: usize| if width > 0 { width + 1 } else { 0 };
                let value = widest(0).max(letter(at, self.lang).width() + 1);
                match form {
                    Form::Below => [value.max(gap(widest(1))), 0, 0],
                    _ => [value, gap(widest(1)), gap(widest(2))],
                }
            })
            .collect()
    }
}

/// Whether a row is worth a line.
fn is_shown(row: &Row) -> bool {
    match row.weight {
        Weight::Headline => true,
        Weight::Usual => row.differs(),
        Weight::Detail => false,
    }
}

/// Where there is little room, money in whole units.
fn rounded(shown: String, value: &Value, form: Form) -> String {
    match value {
        Value::Money(money) if form == Form::Below => {
            let whole = money.micro().saturating_add(500_000).div_euclid(1_000_000);
            let sign = if shown.starts_with('+') { "+" } else { "" };
            format!("{sign}{}", grouped(whole))
        }
        _ => shown,
    }
}

/// The width of the label column: of the labels that stand before values and are not too long.
fn label_width<L: std::borrow::Borrow<Line>>(lines: &[L]) -> usize {
    let labels = lines.iter().map(std::borrow::Borrow::borrow);
    let labels = labels.filter(|line| !line.cells.is_empty());
    let widths = labels
        .map(|line| line.label.width())
        .filter(|&width| width <= LABEL);
    widths.max().unwrap_or(0).max(LABEL / 2)
}

/// A line of figures, values ending and changes ending in their columns.
fn set(line: &Line, label: usize, widths: &[[usize; 3]], form: Form) -> String {
    let mut out = padded(&line.label, label);
    if line.label.width() > label && !line.cells.is_empty() {
        out = format!("{out}\n{}", " ".repeat(label));
    }
    let mut below = " ".repeat(label);
    for (cell, [value, change, relative]) in line.cells.iter().zip(widths) {
        // A head has no mark after it.
        let shown = if cell[0].ends_with([' ', '*']) {
            cell[0].clone()
        } else {
            format!("{} ", cell[0])
        };
        out.push_str("  ");
        out.push_str(&ending(&shown, *value));
        if form == Form::Below {
            below.push_str("  ");
            below.push_str(&ending(&format!("{} ", cell[1]), *value));
        } else {
            out.push_str(&ending(&cell[1], *change));
            out.push_str(&ending(&cell[2], *relative));
        }
    }
    let mut out = out.trim_end().to_owned() + "\n";
    if form == Form::Below && !below.trim().is_empty() {
        out.push_str(below.trim_end());
        out.push('\n');
    }
    out
}

/// Text with spaces before it up to a display width.
fn ending(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

/// Text cut to a display width.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used + 1 > width {
            break;
        }
        out.push(c);
    }
    out + "…"
}
