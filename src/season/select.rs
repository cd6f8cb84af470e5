//! Which parts a rule's columns match.

use super::Part;
use crate::domain::{Choice, Selector, Site};

/// Whether a part matches every column that the rule gives.
pub(super) fn matches(selector: &Selector, site: &Site, part: &Part) -> bool {
    let column = |choice: &Option<Choice>, is: &dyn Fn(&str) -> bool| {
        choice.as_ref().is_none_or(|choice| {
            !choice.emptied
                && (choice.any_of.is_empty() || choice.any_of.iter().any(|word| is(word)))
                && !choice.none_of.iter().any(|word| is(word))
        })
    };
    column(&selector.kind, &|word| {
        !word.is_empty() && site.kind == word
    }) && column(&selector.zone, &|word| site.zone.as_deref() == Some(word))
        && column(&selector.tag, &|word| {
            site.tags.iter().any(|tag| tag == word)
        })
        && column(&selector.site, &|word| site.id == word || part.id == word)
}
