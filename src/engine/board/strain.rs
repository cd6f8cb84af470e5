//! What is wrong with a board, and what that costs.

use crate::engine::worth::Worth;

/// What is wrong with a board, and what it costs; see [`Weights`] for the sum.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::engine) struct Strain {
    /// Hours beyond the crews' days, in millionths.
    pub(in crate::engine) overload: i64,
    /// Sum of the squares of the hours left in each crew-day that is out, in millionths: the greater, the more the
    /// free hours lie together, where they are of use.
    pub(in crate::engine) gathered: i64,
    /// What crews cost while they are under way to stops that visits may share, in hundred-millionths of money. Nothing
    /// is paid for it, but a crew that saves such hours may be kept at home in the end.
    pub(in crate::engine) under_way: i64,
    /// Days by which visits are too close together.
    pub(in crate::engine) squeezed: i64,
    /// Money beyond budget lines and packs beyond what can be bought, in money.
    pub(in crate::engine) overspent: f64,
    /// Missed rounds, weighted by tier.
    pub(in crate::engine) missed: f64,
    /// Money.
    pub(in crate::engine) money: f64,
    /// What hours, piece money and products are taken that are scarce, at their worth.
    pub(in crate::engine) scarce: f64,
}

/// Rounding in sums of money; what rounds weigh is summed exactly.
const HAIR: f64 = 1e-9;

impl Strain {
    /// Whether nothing is more wrong than it was before: what is missed, too close, too long or too dear.
    pub(in crate::engine) fn is_no_worse_than(&self, before: &Strain) -> bool {
        self.missed <= before.missed + HAIR
            && self.squeezed <= before.squeezed
            && self.overload <= before.overload
            && self.overspent <= before.overspent + HAIR
    }

    /// Whether less is missed than before, and nothing more wrong.
    pub(in crate::engine) fn mends(&self, before: &Strain) -> bool {
        self.missed < before.missed - HAIR && self.is_no_worse_than(before)
    }

    /// Whether less is overspent than before, and nothing more wrong.
    pub(in crate::engine) fn saves(&self, before: &Strain) -> bool {
        self.overspent < before.overspent - HAIR && self.is_no_worse_than(before)
    }
}

/// Prices of what is wrong.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Weights {
    /// Per hour of overload.
    pub(in crate::engine) overload: f64,
    /// Gain per squared hour that is left in a crew-day.
    pub(in crate::engine) gathered: f64,
    /// Per day of squeeze.
    pub(in crate::engine) squeezed: f64,
    /// Per unit of money overspent.
    pub(in crate::engine) overspent: f64,
    /// Per unit of money, paid or lost under way.
    pub(in crate::engine) money: f64,
    /// Per missed round of each demand.
    pub(in crate::engine) missed: Vec<f64>,
    /// What is scarce; see [`super::Board::set_worth`].
    pub(in crate::engine) worth: Worth,
}

impl Weights {
    /// The sum that the search makes small.
    pub(super) fn sum(&self, strain: &Strain) -> f64 {
        self.overload * (strain.overload as f64 / 1e6)
            - self.gathered * (strain.gathered as f64 / 1e6)
            + self.squeezed * strain.squeezed as f64
            + self.overspent * strain.overspent
            + self.money * (strain.money + strain.under_way as f64 / 1e8)
            + strain.missed
            + strain.scarce
    }

    /// Makes what is wrong cost far more than what is missed, for a search that begins with a valid board.
    pub(in crate::engine) fn mind_limits(&mut self) {
        self.overload *= 20.0;
        self.squeezed *= 20.0;
        self.overspent *= 20.0;
    }
}
