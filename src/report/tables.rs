//! The CSV files of a plan. Their columns and formats are fixed: other programs read them.

use crate::measures::Measures;
use crate::season::Season;

/// A CSV file of these rows.
fn table<const COLUMNS: usize>(
    header: [&str; COLUMNS],
    rows: impl Iterator<Item = [String; COLUMNS]>,
) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let full = "a table in memory takes every row";
    writer.write_record(header).expect(full);
    for row in rows {
        writer.write_record(row).expect(full);
    }
    writer.into_inner().expect(full)
}

/// New visits, by date, team, crew, site and treatment; `seq` is the visiting order of the crew's day.
pub(super) fn visits(season: &Season, measures: &Measures) -> Vec<u8> {
    let scenario = season.scenario;
    let header = [
        "date",
        "team",
        "crew",
        "site",
        "treatment",
        "product",
        "quantity",
        "hours",
        "piece_cost",
        "rules",
        "seq",
    ];
    let rows = measures.visits.iter().map(|row| {
        let visit = &row.visit;
        let product = row.product.map(|product| scenario[product].id.clone());
        let rules = row.rules.iter().map(|&rule| scenario[rule].id.as_str());
        [
            visit.date.to_string(),
            scenario[visit.team].id.clone(),
            visit.crew.to_string(),
            season.parts[row.part].id.clone(),
            scenario[visit.treatment].id.clone(),
            product.unwrap_or_default(),
            row.quantity.to_string(),
            row.hours.to_string(),
            row.piece.to_string(),
            rules.collect::<Vec<_>>().join(";"),
            row.seq.to_string(),
        ]
    });
    table(header, rows)
}

/// Crew-days, by date, team and crew.
pub(super) fn crew_days(season: &Season, measures: &Measures) -> Vec<u8> {
    let header = ["date", "team", "crew", "visits", "hours", "cost"];
    let rows = measures.crew_days.iter().map(|row| {
        [
            row.date.to_string(),
            season.scenario[row.team].id.clone(),
            row.crew.to_string(),
            row.visits.to_string(),
            row.hours.to_string(),
            row.cost.to_string(),
        ]
    });
    table(header, rows)
}

/// Every product, by id.
pub(super) fn purchases(season: &Season, measures: &Measures) -> Vec<u8> {
    let header = [
        "product",
        "unit",
        "used",
        "stock",
        "packs",
        "quantity_bought",
        "cost",
    ];
    let rows = measures.purchases.iter().map(|row| {
        let product = &season.scenario[row.product];
        [
            product.id.clone(),
            product.unit.clone(),
            row.used.to_string(),
            product.stock.to_string(),
            row.packs.to_string(),
            row.bought.to_string(),
            row.cost.to_string(),
        ]
    });
    table(header, rows)
}

/// Every rule, site part and period.
pub(super) fn coverage(season: &Season, measures: &Measures) -> Vec<u8> {
    let header = [
        "rule", "site", "from", "to", "asked", "planned", "missed", "late",
    ];
    let rows = measures.coverage.iter().map(|row| {
        [
            season.scenario[row.rule].id.clone(),
            season.parts[row.part].id.clone(),
            season.date(row.from).to_string(),
            season.date(row.to).to_string(),
            row.asked.to_string(),
            row.planned.to_string(),
            row.missed.to_string(),
            row.late.map(|late| late.to_string()).unwrap_or_default(),
        ]
    });
    table(header, rows)
}

/// Every budget line, in input order.
pub(super) fn budget(season: &Season, measures: &Measures) -> Vec<u8> {
    let header = ["line", "scope", "amount", "spent", "left"];
    let rows = measures.budget.iter().map(|row| {
        let line = &season.scenario.budget[row.line];
        [
            line.id.clone(),
            line.scope_text.clone(),
            row.amount.to_string(),
            row.spent.to_string(),
            row.left.to_string(),
        ]
    });
    table(header, rows)
}
