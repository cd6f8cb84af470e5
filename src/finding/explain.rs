//! The long text of every code: what the fault means, why it matters, how to mend it.

mod cells;
mod dates;
mod files;
mod meaning;
mod plan;
mod record;
mod workbook;

use super::Code;
use crate::lang::Text;

/// Chinese and English wording.
type Long = (&'static str, &'static str);

/// What the fault means and how to mend it.
pub(super) fn explanation(code: Code) -> Text {
    let (zh, en) = files::long(code)
        .or_else(|| workbook::long(code))
        .or_else(|| cells::long(code))
        .or_else(|| dates::long(code))
        .or_else(|| meaning::long(code))
        .or_else(|| plan::long(code))
        .or_else(|| record::long(code))
        .expect("every code is explained; a test asks for all");
    Text::new(zh, en)
}
