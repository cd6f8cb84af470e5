//! The rows of long tables and the marks of charts, as JSON within the page; the script shows them.
//!
//! Names stand once, in lists, and rows hold their positions: nine thousand visits take half a megabyte.

use super::chart::Mark;
use super::content::PlanContent;
use crate::lang::Text;
use crate::measures::Breakdown;
use crate::report::words;
use crate::season::Season;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a column shows.
#[derive(Serialize)]
struct Column {
    /// `date` (days from the first), `number`, `one` (position in a list) or `many` (positions in a list).
    kind: &'static str,
    /// Position of the value in a row.
    at: usize,
    /// The list that holds the words.
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<&'static str>,
}

/// A value of a row.
#[derive(Serialize)]
#[serde(untagged)]
enum Value {
    Position(usize),
    Positions(Vec<usize>),
    /// A decimal, as written in the files.
    Decimal(String),
}

#[derive(Serialize)]
struct LongTable {
    columns: Vec<Column>,
    rows: Vec<Vec<Value>>,
}

#[derive(Serialize, Default)]
struct Data<'a> {
    /// First day of the horizon.
    start: String,
    /// What crew `{}` is called.
    crew: Option<Text>,
    /// Words by list.
    lists: BTreeMap<&'static str, Vec<String>>,
    /// Long tables by name.
    tables: BTreeMap<&'static str, LongTable>,
    /// Marks by chart.
    marks: BTreeMap<&'a str, &'a [Mark]>,
}

/// JSON for a `script` element: within it nothing ends the element or begins a comment.
pub(super) fn json<'a>(
    plan: Option<(PlanContent, &Breakdown)>,
    marks: impl Iterator<Item = (&'a str, &'a [Mark])>,
) -> String {
    let mut data = Data {
        marks: marks.collect(),
        ..Data::default()
    };
    if let Some((plan, breakdown)) = plan {
        data.start = plan.season.scenario.start.to_string();
        data.crew = Some(Text::in_both(|lang| words::crew("{}", lang)));
        data.lists = lists(plan.season);
        data.tables = BTreeMap::from([
            ("visits", visits(plan)),
            ("crew_days", crew_days(plan)),
            ("demands", demands(breakdown)),
        ]);
    }
    let json = serde_json::to_string(&data).expect("texts and numbers are JSON");
    json.replace('<', "\\u003c")
}

fn lists(season: &Season) -> BTreeMap<&'static str, Vec<String>> {
    let scenario = season.scenario;
    let sites = || season.parts.iter().map(|part| (part, &scenario[part.site]));
    let site_names = sites().map(|(part, site)| {
        if site.parts == 1 {
            site.name.clone()
        } else {
            format!("{} {}/{}", site.name, part.number, site.parts)
        }
    });
    BTreeMap::from([
        ("sites", site_names.collect()),
        (
            "site_ids",
            season.parts.iter().map(|part| part.id.clone()).collect(),
        ),
        (
            "zones",
            sites()
                .map(|(_, site)| site.zone.clone().unwrap_or_default())
                .collect(),
        ),
        ("teams", texts(&scenario.teams, |row| row.name.clone())),
        (
            "treatments",
            texts(&scenario.treatments, |row| row.name.clone()),
        ),
        (
            "products",
            with_blank(texts(&scenario.products, |row| row.name.clone())),
        ),
        (
            "units",
            with_blank(texts(&scenario.products, |row| row.unit.clone())),
        ),
        ("rules", texts(&scenario.rules, |row| row.name.clone())),
        ("tiers", texts(&scenario.rules, |row| row.tier.to_string())),
    ])
}

fn texts<R>(rows: &[R], text: impl Fn(&R) -> String) -> Vec<String> {
    rows.iter().map(text).collect()
}

/// The words with a blank at the end, for visits without a product.
fn with_blank(mut words: Vec<String>) -> Vec<String> {
    words.push(String::new());
    words
}

fn column(kind: &'static str, at: usize, list: Option<&'static str>) -> Column {
    Column { kind, at, list }
}

/// The columns as visits.html heads them.
fn visits(plan: PlanContent) -> LongTable {
    let products = plan.season.scenario.products.len();
    let rows = plan.measures.visits.iter().map(|row| {
        let visit = &row.visit;
        vec![
            Value::Position(plan.season.day(visit.date) as usize),
            Value::Position(visit.team.0),
            Value::Decimal(visit.crew.to_string()),
            Value::Position(row.part),
            Value::Position(visit.treatment.0),
            Value::Position(row.product.map_or(products, |product| product.0)),
            Value::Decimal(row.quantity.to_string()),
            Value::Decimal(row.hours.to_string()),
            Value::Decimal(row.piece.to_string()),
            Value::Positions(row.rules.iter().map(|rule| rule.0).collect()),
            Value::Position(row.seq),
        ]
    });
    LongTable {
        rows: rows.collect(),
        columns: vec![
            column("date", 0, None),
            column("one", 1, Some("teams")),
            column("number", 2, None),
            column("one", 3, Some("sites")),
            column("one", 3, Some("site_ids")),
            column("one", 3, Some("zones")),
            column("one", 4, Some("treatments")),
            column("one", 5, Some("products")),
            column("number", 6, None),
            column("one", 5, Some("units")),
            column("number", 7, None),
            column("number", 8, None),
            column("many", 9, Some("rules")),
            column("number", 10, None),
        ],
    }
}

fn crew_days(plan: PlanContent) -> LongTable {
    let rows = plan.measures.crew_days.iter().map(|row| {
        vec![
            Value::Position(plan.season.day(row.date) as usize),
            Value::Position(row.team.0),
            Value::Decimal(row.crew.to_string()),
            Value::Decimal(row.visits.to_string()),
            Value::Decimal(row.hours.to_string()),
            Value::Decimal(row.cost.to_string()),
        ]
    });
    LongTable {
        rows: rows.collect(),
        columns: vec![
            column("date", 0, None),
            column("one", 1, Some("teams")),
            column("number", 2, None),
            column("number", 3, None),
            column("number", 4, None),
            column("number", 5, None),
        ],
    }
}

fn demands(breakdown: &Breakdown) -> LongTable {
    let rows = breakdown.demands.iter().map(|row| {
        vec![
            Value::Position(row.rule.0),
            Value::Position(row.part),
            Value::Decimal(row.asked.to_string()),
            Value::Decimal(row.planned.to_string()),
            Value::Decimal(row.missed.to_string()),
        ]
    });
    LongTable {
        rows: rows.collect(),
        columns: vec![
            column("one", 0, Some("rules")),
            column("one", 0, Some("tiers")),
            column("one", 1, Some("sites")),
            column("one", 1, Some("site_ids")),
            column("one", 1, Some("zones")),
            column("number", 2, None),
            column("number", 3, None),
            column("number", 4, None),
        ],
    }
}
