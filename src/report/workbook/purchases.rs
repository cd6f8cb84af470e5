//! 采购清单: what to buy, in which packs, and by when it must be there and be ordered.

use super::View;
use super::cells::{Cell, FITS, day_number, put_text};
use super::listing::{Column, Listing};
use crate::domain::Day;
use rust_xlsxwriter::{DataValidation, DataValidationRule, Formula, Worksheet};

const COLUMNS: [Column; 16] = [
    (("药品编号", "Product id"), 14.0),
    (("药品", "Product"), 26.0),
    (("有效成分", "Active ingredient"), 16.0),
    (("登记证号", "Registration"), 14.0),
    (("作用机理", "Mode of action"), 14.0),
    (("单位", "Unit"), 6.0),
    (("用量", "Used"), 11.0),
    (("库存", "In stock"), 11.0),
    (("每件规格", "Pack size"), 9.0),
    (("采购件数", "Packs"), 9.0),
    (("采购量", "Bought"), 11.0),
    (("每件单价¤", "Price per pack¤"), 12.0),
    (("金额¤", "Cost¤"), 13.0),
    (("最迟到货日", "Needed by"), 12.0),
    (("供货天数", "Delivery days"), 9.0),
    (("最迟订货日", "Order by"), 12.0),
];

pub(super) fn sheet(view: &View) -> Worksheet {
    let scenario = view.season.scenario;
    let rows = view.measures.purchases.iter().map(|row| {
        let product = &scenario[row.product];
        vec![
            Cell::Text(&product.id),
            Cell::Text(&product.name),
            Cell::Text(&product.active_ingredient),
            Cell::Text(&product.registration),
            Cell::Text(&product.moa_group),
            Cell::Text(&product.unit),
            Cell::Number(row.used.to_f64()),
            Cell::Number(product.stock.to_f64()),
            Cell::Number(product.pack_size.to_f64()),
            Cell::Number(row.packs as f64),
            Cell::Number(row.bought.to_f64()),
            Cell::Money(product.pack_cost),
            Cell::Money(row.cost),
            row.short_on.map_or(Cell::Blank, Cell::Date),
            row.short_on.map_or(Cell::Blank, |_| Cell::FillIn),
            row.short_on.map_or(Cell::Blank, Cell::Date),
        ]
    });
    let listing = Listing {
        name: view.pick("采购清单", "Purchases"),
        intro: vec![
            view.pick(
                "最迟到货日：从这一天的第一次作业起，累计用量超过库存，新购药品必须已经到货。填上供货天数（下单到送达），最迟订货日随之提前。",
                "Needed by: with the first visit of this day all that is used exceeds the stock, so the purchase must have arrived. \
                 Fill in the days from order to delivery, and the day to order by follows.",
            )
            .to_owned(),
        ],
        columns: &COLUMNS,
        alarms: &[],
        whole: "purchases.csv",
    };
    let (mut sheet, next) = listing.sheet(view, rows);
    let first = next - view.measures.purchases.len() as u32;
    for (row, purchase) in (first..).zip(&view.measures.purchases) {
        if let Some(day) = purchase.short_on {
            order_by(view, &mut sheet, row, day);
        }
    }
    let total = view.pick("合计", "Total");
    put_text(&mut sheet, next, 0, total, &view.styles.sum);
    let cost = view.measures.cost.products.to_f64();
    sheet
        .write_number_with_format(next, 12, cost, view.styles.sum.format())
        .expect(FITS);
    sheet
}

/// Counts the days of delivery back from the day on which a purchase must be there.
fn order_by(view: &View, sheet: &mut Worksheet, row: u32, needed: Day) {
    // The format counts days from 1900 on; an older day stays as it is written.
    let Some(number) = day_number(needed) else {
        return;
    };
    let line = row + 1;
    let formula = Formula::new(format!("=N{line}-O{line}")).set_result(number.to_string());
    let look = view.styles.date.format();
    sheet
        .write_formula_with_format(row, 15, formula, look)
        .expect(FITS);
    let days = DataValidation::new()
        .allow_whole_number(DataValidationRule::Between(0, 999))
        .set_error_message(view.pick("供货天数应为整数", "a whole number of days"))
        .expect("a short message");
    sheet
        .add_data_validation(row, 14, row, 14, &days)
        .expect(FITS);
}
