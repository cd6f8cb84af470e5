//! The long text of every code.

use super::Code;
use crate::lang::Text;

/// What the fault means and how to mend it.
pub(super) fn explanation(code: Code) -> Text {
    code.title()
}
