//! A comparison on the terminal and as comparison.csv, and the wording of its values for all that show it.

mod table;
mod terminal;
mod wording;

pub use table::table;
pub use terminal::summary;
pub(super) use wording::letter;
pub use wording::{shown_change, shown_relative, shown_value};

use crate::compare::Comparison;
use crate::lang::Text;

/// What money is counted in, where all scenarios agree.
pub(super) fn currency(comparison: &Comparison) -> Option<Text> {
    let mut sound = comparison.scenarios.iter().filter(|s| s.errors == 0);
    let first = &sound.next()?.currency;
    if first.is_empty() || sound.any(|other| other.currency != *first) {
        return None;
    }
    Some(Text::in_both(|lang| {
        super::currency::word(first, lang).to_owned()
    }))
}
