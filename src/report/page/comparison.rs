//! Several scenarios side by side: what everybody asks first, what differs in the tables, every figure.

use super::say::Both;
use crate::compare::{Cell, Change, Comparison, Row, Section, Weight};
use crate::lang::{Lang, Text};
use crate::report::comparison::{currency, letter, shown_change, shown_relative, shown_value};

/// Differences of a table that are shown at once; the others stand folded below.
const OPEN: usize = 20;
/// Differences of a table that the page holds; comparison.csv holds all.
const HELD: usize = 500;

/// A comparison as its template writes it.
pub(super) struct ComparisonView {
    /// Heads of the columns, the base first.
    pub(super) scenarios: Vec<Head>,
    /// What everybody asks first.
    pub(super) headline: Vec<Line>,
    /// What differs in the tables.
    pub(super) inputs: Vec<Block>,
    /// Scenarios whose tables say the same as the base's.
    pub(super) alike: Vec<Both>,
    /// Every figure.
    pub(super) figures: Vec<Block>,
    /// Whether some value is marked as best.
    pub(super) marked: bool,
    /// What money is counted in, where all scenarios agree.
    pub(super) currency: Option<Both>,
    /// Whether the base has a plan, so that there are changes against it.
    pub(super) has_base: bool,
}

/// A scenario at the head of its column.
pub(super) struct Head {
    /// 基准, A, B …
    pub(super) letter: Both,
    /// Name of its folder.
    pub(super) name: String,
    /// What it calls itself, its currency where that differs; or that it has no plan.
    pub(super) title: Both,
}

/// Rows that belong together.
pub(super) struct Block {
    pub(super) title: Both,
    pub(super) lines: Vec<Line>,
    /// Lines beyond the first, folded.
    pub(super) folded: Vec<Line>,
    /// Lines beyond what the page holds.
    pub(super) more: usize,
    /// Whether no line differs.
    pub(super) same: bool,
}

/// A row.
pub(super) struct Line {
    pub(super) item: Both,
    pub(super) aspect: Option<Both>,
    pub(super) cells: Vec<Shown>,
    /// Whether it may be left out, because no scenario differs.
    pub(super) same: bool,
}

/// The value of one scenario.
pub(super) struct Shown {
    pub(super) value: Both,
    pub(super) change: Option<Both>,
    pub(super) best: bool,
    pub(super) changed: bool,
}

/// Sets out a comparison.
pub(super) fn view(comparison: &Comparison) -> ComparisonView {
    let scenarios = &comparison.scenarios;
    let sound = |at: usize| scenarios[at].errors == 0;
    let has_base = scenarios.first().is_some_and(|base| base.errors == 0);
    let rows = || comparison.figures.iter().flat_map(|section| &section.rows);
    let headline = comparison.figures.iter().flat_map(|section| {
        let rows = section.rows.iter();
        rows.filter(|row| row.weight == Weight::Headline)
            .map(|row| Line {
                item: headed(section, row).into(),
                ..figure(row)
            })
    });
    let differs = |at: usize| {
        let mut rows = comparison.inputs.iter().flat_map(|section| &section.rows);
        rows.any(|row| row.cells[at].change.is_some())
    };
    let alike = (1..scenarios.len()).filter(|&at| has_base && sound(at) && !differs(at));
    ComparisonView {
        scenarios: (0..scenarios.len())
            .map(|at| head(comparison, at))
            .collect(),
        headline: headline.collect(),
        inputs: comparison.inputs.iter().map(inputs).collect(),
        alike: alike
            .map(|at| Text::in_both(|lang| named(comparison, at, lang)).into())
            .collect(),
        figures: comparison.figures.iter().map(figures).collect(),
        marked: rows().any(|row| row.cells.iter().any(|cell| cell.best)),
        currency: currency(comparison).map(Both::from),
        has_base,
    }
}

/// Letter and name of a scenario in a sentence.
fn named(comparison: &Comparison, at: usize, lang: Lang) -> String {
    let name = &comparison.scenarios[at].name;
    match lang {
        Lang::Zh => format!("{}（{name}）", letter(at, lang)),
        Lang::En => format!("{} ({name})", letter(at, lang)),
    }
}

fn head(comparison: &Comparison, at: usize) -> Head {
    let scenario = &comparison.scenarios[at];
    let errors = scenario.errors;
    let title = if errors > 0 {
        let noun = if errors == 1 { "error" } else { "errors" };
        Text::new(
            format!("表格有 {errors} 处错误，没有计划"),
            format!("no plan: {errors} {noun} in the tables"),
        )
    } else if scenario.currency.is_empty() || currency(comparison).is_some() {
        Text::same(&*scenario.title)
    } else {
        Text::same(format!("{} ({})", scenario.title, scenario.currency))
    };
    Head {
        letter: Text::in_both(|lang| letter(at, lang)).into(),
        name: scenario.name.clone(),
        title: title.into(),
    }
}

/// What a row is about where it stands outside its section: `费用 合计`.
fn headed(section: &Section, row: &Row) -> Text {
    match section.id.as_str() {
        "money" => Text::new(
            format!("{}：{}", section.title.zh, row.item.zh),
            format!("{}: {}", section.title.en, row.item.en),
        ),
        "crew_days" => Text::new("班组工日", "crew-days"),
        _ => row.item.clone(),
    }
}

/// The differences of a table: every scenario's own cell, and where it is the base's a word for that.
fn inputs(section: &Section) -> Block {
    let mut lines: Vec<Line> = section.rows.iter().take(HELD).map(difference).collect();
    let folded = lines.split_off(OPEN.min(lines.len()));
    let file = &section.id;
    Block {
        title: Text::new(
            format!("{}（{file}）", section.title.zh),
            format!("{file}: {}", section.title.en),
        )
        .into(),
        lines,
        folded,
        more: section.rows.len().saturating_sub(HELD),
        same: false,
    }
}

fn difference(row: &Row) -> Line {
    let cells = row.cells.iter().enumerate().map(|(at, cell)| {
        let shown = |lang| cell.value.as_ref().map(|value| shown_value(value, lang));
        let value = match &cell.change {
            Some(Change::Dropped) => Text::new("去掉", "dropped"),
            Some(Change::Added) => Text::in_both(|lang| {
                let (word, row) = (lang.pick("新增：", "added: "), shown(lang));
                format!("{word}{}", row.unwrap_or_default())
            }),
            Some(_) => Text::in_both(|lang| format!("→ {}", shown(lang).unwrap_or_default())),
            None if cell.value.is_none() => Text::same("–"),
            None if at == 0 => Text::in_both(|lang| shown(lang).unwrap_or_default()),
            None => Text::new("同基准", "as the base"),
        };
        Shown {
            value: value.into(),
            change: None,
            best: false,
            changed: cell.change.is_some(),
        }
    });
    Line {
        item: (&row.item).into(),
        aspect: row.aspect.as_ref().map(Both::from),
        cells: cells.collect(),
        same: false,
    }
}

fn figures(section: &Section) -> Block {
    let lines: Vec<Line> = section.rows.iter().map(figure).collect();
    Block {
        title: (&section.title).into(),
        same: lines.iter().all(|line| line.same),
        lines,
        folded: Vec::new(),
        more: 0,
    }
}

fn figure(row: &Row) -> Line {
    Line {
        item: (&row.item).into(),
        aspect: row.aspect.as_ref().map(Both::from),
        cells: row.cells.iter().map(shown).collect(),
        same: row.weight != Weight::Headline && !row.differs(),
    }
}

fn shown(cell: &Cell) -> Shown {
    let value = Text::in_both(|lang| match &cell.value {
        None => "–".to_owned(),
        Some(value) => shown_value(value, lang),
    });
    let change = cell.change.as_ref().map(|change| {
        Text::in_both(|lang| match shown_relative(change) {
            // What stands in the brackets stays on one line.
            Some(relative) => {
                let relative = relative.replace(' ', "\u{a0}");
                format!("{} ({relative})", shown_change(change, lang))
            }
            None => shown_change(change, lang),
        })
    });
    Shown {
        value: value.into(),
        change: change.map(Both::from),
        best: cell.best,
        changed: cell.change.is_some(),
    }
}
