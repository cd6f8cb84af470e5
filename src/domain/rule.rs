//! A row of coverage.csv.

use super::scenario::TreatmentIx;
use super::{Day, Exact};

/// One column of a rule that chooses sites: a cell such as `road;park;!closed`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// Words of which a site must match at least one; empty = every site, unless `emptied`.
    pub any_of: Vec<String>,
    /// Words (`!word`) of which a site may match none.
    pub none_of: Vec<String>,
    /// The list named only things that `drop` has removed: it chooses no site.
    pub emptied: bool,
}

/// Which sites a rule speaks of: a site matches every column that is given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selector {
    /// By kind.
    pub kind: Option<Choice>,
    /// By zone.
    pub zone: Option<Choice>,
    /// By tag.
    pub tag: Option<Choice>,
    /// By id; `id` means all parts of the site, `id/2` one part.
    pub site: Option<Choice>,
}

/// How a rule's window is cut into periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// One period, the window.
    Window,
    /// Calendar months.
    Month,
    /// Days 1–15 and 16–end of each month.
    HalfMonth,
    /// Monday to Sunday.
    Week,
    /// Blocks of so many days, at least 1, counted from the first day of the window.
    Days(u32),
}

/// A coverage rule: what must be achieved where, how often.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Unique id.
    pub id: String,
    /// Shown; the id where none is given.
    pub name: String,
    /// Which sites.
    pub selector: Selector,
    /// A visit with any of these is a round; without those that `drop` removed (then maybe empty).
    pub treatments: Vec<TreatmentIx>,
    /// First day of the window, clipped to the horizon.
    pub from: Day,
    /// Last day of the window, clipped to the horizon, not before `from`.
    pub to: Day,
    /// Periods.
    pub every: Every,
    /// Rounds asked in each whole period.
    pub rounds: u32,
    /// Least difference in days between two counting visits at a site; 0 allows two on one day.
    pub min_gap: u32,
    /// Greatest wished difference in days between successive counting visits, at least 1.
    pub max_gap: Option<u32>,
    /// 1 = most important.
    pub tier: u32,
    /// Importance of one missed round within the tier, above 0.
    pub weight: Exact,
}
