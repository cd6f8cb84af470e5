//! When the stock of a product no longer suffices.

use super::VisitFigures;
use crate::domain::{Day, Quantity};
use crate::season::{Season, limits};

/// By product: the day of the first visit with which what is used, done and new, exceeds the stock; by then a purchase
/// must be there. `None` where the stock lasts, which is where nothing is bought.
pub(super) fn short_on(season: &Season, new: &[VisitFigures]) -> Vec<Option<Day>> {
    let products = &season.scenario.products;
    let mut uses: Vec<Vec<(Day, Quantity)>> = vec![Vec::new(); products.len()];
    for done in season.done.iter().filter(|done| done.day >= 0) {
        if let Some((product, quantity)) = done.used {
            uses[product.0].push((season.date(done.day), quantity));
        }
    }
    for row in new {
        if let Some(product) = row.product {
            uses[product.0].push((row.visit.date, row.quantity));
        }
    }
    uses.into_iter()
        .zip(products)
        .map(|(mut uses, product)| {
            uses.sort_by_key(|&(date, _)| date);
            let mut used = Quantity::ZERO;
            uses.into_iter().find_map(|(date, quantity)| {
                used += quantity;
                (used - product.stock > limits::PACK_TOLERANCE).then_some(date)
            })
        })
        .collect()
}
