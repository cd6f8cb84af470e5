//! treatments.csv and products.csv.

use super::ids::{Referent, check_characters};
use super::row::RowReader;
use super::{Checked, Draft};
use crate::domain::{Exact, Measure, Money, Product, ProductIx, Quantity, Treatment};
use crate::finding::Findings;
use crate::read::names::{MEASURE_VISIT, word};

/// Reads products.csv. A limit on packs is lowered to what can be counted, which is more than any plan can use.
pub(super) fn products(draft: &Draft<'_>, findings: &mut Findings) -> Checked<Product> {
    draft.read_rows("products.csv", findings, |row| {
        let (id, name) = id_and_name(row, "product");
        let (from, to) = row.availability(draft.horizon);
        let pack_size = quantity(row, "pack_size").unwrap_or(Quantity::from_micro(1_000_000));
        Product {
            id,
            name,
            unit: row.text("unit"),
            pack_size,
            pack_cost: money(row, "pack_cost"),
            stock: quantity(row, "stock").unwrap_or_default(),
            max_packs: row
                .whole("max_packs")
                .map(|packs| packs.min(i64::MAX / pack_size.micro())),
            from,
            to,
            active_ingredient: row.text("active_ingredient"),
            moa_group: row.text("moa_group"),
            registration: row.text("registration"),
            pests: row.list("pests").unwrap_or_default(),
        }
    })
}

/// Reads treatments.csv.
pub(super) fn treatments(draft: &Draft<'_>, findings: &mut Findings) -> Checked<Treatment> {
    draft.read_rows("treatments.csv", findings, |row| {
        let (id, name) = id_and_name(row, "treatment");
        let product = row.word("product").and_then(|product| {
            match draft.product_ids.refer(&product, "product", row) {
                Referent::Row(at) => Some(ProductIx(at)),
                Referent::Dropped | Referent::Unknown => None,
            }
        });
        let measure = row.word("measure").map_or(Measure::Visit, |measure| {
            match word(MEASURE_VISIT, &measure) {
                Some(_) => Measure::Visit,
                None => Measure::Column(measure),
            }
        });
        Treatment {
            id,
            name,
            pests: row.list("pest").unwrap_or_default(),
            method: row.word("method").unwrap_or_default(),
            product,
            measure,
            dose: row.number("dose").unwrap_or_else(Exact::zero),
            dose_per: row.number("dose_per").unwrap_or_else(Exact::one),
            dose_step: row.number("dose_step"),
            rate_per_hour: row.number("rate_per_hour"),
            setup_min: row.number("setup_min").unwrap_or_else(Exact::zero),
            piece_rate: row.number("piece_rate").unwrap_or_else(Exact::zero),
            residual_days: row.number("residual_days"),
            dilution: row.text("dilution"),
            safety: row.text("safety"),
        }
    })
}

/// The id of a row, and the name or else the id.
pub(super) fn id_and_name(row: &mut RowReader<'_>, column: &str) -> (String, String) {
    if let Some(cell) = row.cell(column) {
        check_characters(&cell.text, column, row);
    }
    let id = row.word(column).unwrap_or_default();
    let name = row.text("name");
    let name = if name.is_empty() { id.clone() } else { name };
    (id, name)
}

/// Money of a column, 0 where not given.
pub(super) fn money(row: &mut RowReader<'_>, column: &str) -> Money {
    let value = row.number(column);
    value
        .and_then(|value| Money::from_exact(&value))
        .unwrap_or_default()
}

/// Product units of a column.
fn quantity(row: &mut RowReader<'_>, column: &str) -> Option<Quantity> {
    row.millionths(column).map(Quantity::from_micro)
}
