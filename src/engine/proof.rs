//! What has been proven, and for which plans it holds.

use crate::domain::{Money, Shortfall};
use std::collections::BTreeMap;

/// What no valid plan can beat.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bounds {
    /// By tier: every valid plan whose shortfall in each earlier tier is at most the plan's has at least this.
    pub shortfall: BTreeMap<u32, Shortfall>,
    /// Every valid plan whose shortfall in each tier is at most the plan's costs at least this.
    pub cost: Money,
}

/// What a proof is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Claim {
    /// The shortfall of a tier is at least this.
    Shortfall(u32, Shortfall),
    /// The total cost is at least this.
    Cost(Money),
}

/// One proof: the claim holds for every valid plan whose shortfall in each tier of `caps` is at most the cap.
#[derive(Debug, Clone)]
struct Proof {
    caps: BTreeMap<u32, Shortfall>,
    claim: Claim,
}

/// All proofs found so far.
///
/// A bound is meant relative to the plan that is written: "every valid plan whose shortfall in each earlier tier is
/// at most the one written". A proof made under caps holds for fewer plans the lower its caps are, so it may speak
/// for a plan only if that plan's shortfalls are within the caps: any plan at most as short as it is, then, lies
/// within the caps too.
#[derive(Debug, Clone, Default)]
pub struct Proofs {
    proofs: Vec<Proof>,
}

impl Proofs {
    /// Adds: every valid plan within the caps has at least this shortfall in a tier.
    ///
    /// `caps` may name earlier tiers only.
    pub(super) fn add_shortfall(
        &mut self,
        caps: BTreeMap<u32, Shortfall>,
        tier: u32,
        bound: Shortfall,
    ) {
        debug_assert!(caps.keys().all(|&capped| capped < tier));
        let claim = Claim::Shortfall(tier, bound);
        self.proofs.push(Proof { caps, claim });
    }

    /// Adds: every valid plan within the caps costs at least this.
    pub(super) fn add_cost(&mut self, caps: BTreeMap<u32, Shortfall>, bound: Money) {
        let claim = Claim::Cost(bound);
        self.proofs.push(Proof { caps, claim });
    }

    /// How many proofs there are.
    pub(super) fn count(&self) -> usize {
        self.proofs.len()
    }

    /// Whether a tier's least shortfall was looked for under just these caps since there were so many proofs: with the same
    /// effort another would say the same.
    pub(super) fn speak_of(
        &self,
        tier: u32,
        caps: &BTreeMap<u32, Shortfall>,
        since: usize,
    ) -> bool {
        let mut proofs = self.proofs[since..].iter();
        proofs.any(|proof| {
            matches!(proof.claim, Claim::Shortfall(of, _) if of == tier) && proof.caps == *caps
        })
    }

    /// The best bounds that hold for a plan with this shortfall by tier.
    pub fn bounds_for(&self, shortfall: &BTreeMap<u32, Shortfall>) -> Bounds {
        let mut bounds = Bounds {
            shortfall: shortfall
                .keys()
                .map(|&tier| (tier, Shortfall::ZERO))
                .collect(),
            cost: Money::ZERO,
        };
        for proof in &self.proofs {
            let applies = proof
                .caps
                .iter()
                .all(|(tier, cap)| shortfall.get(tier).is_none_or(|short| short <= cap));
            if !applies {
                continue;
            }
            match proof.claim {
                Claim::Shortfall(tier, bound) => {
                    if let Some(known) = bounds.shortfall.get_mut(&tier) {
                        *known = bound.max(*known);
                    }
                }
                Claim::Cost(bound) => bounds.cost = bounds.cost.max(bound),
            }
        }
        bounds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_tier(entries: &[(u32, i64)]) -> BTreeMap<u32, Shortfall> {
        entries
            .iter()
            .map(|&(tier, rounds)| (tier, Shortfall::from_micro(rounds * 1_000_000)))
            .collect()
    }

    #[test]
    fn a_tier_counts_as_looked_at_under_the_same_caps_and_with_the_same_effort_only() {
        let mut proofs = Proofs::default();
        let caps = by_tier(&[(1, 2)]);
        proofs.add_shortfall(caps.clone(), 2, Shortfall::ZERO);
        assert!(proofs.speak_of(2, &caps, 0));
        assert!(!proofs.speak_of(2, &by_tier(&[(1, 3)]), 0) && !proofs.speak_of(1, &caps, 0));
        assert!(!proofs.speak_of(2, &caps, proofs.count()));
    }

    #[test]
    fn a_proof_made_for_better_plans_says_nothing_of_a_worse_one() {
        let mut proofs = Proofs::default();
        proofs.add_shortfall(by_tier(&[(1, 2)]), 2, Shortfall::from_micro(5_000_000));
        proofs.add_cost(by_tier(&[(1, 2), (2, 5)]), Money::from_micro(9));
        let tight = proofs.bounds_for(&by_tier(&[(1, 2), (2, 5)]));
        assert_eq!(tight.shortfall, by_tier(&[(1, 0), (2, 5)]));
        assert_eq!(tight.cost, Money::from_micro(9));
        let worse = proofs.bounds_for(&by_tier(&[(1, 3), (2, 5)]));
        assert_eq!(worse.shortfall, by_tier(&[(1, 0), (2, 0)]));
        assert_eq!(worse.cost, Money::ZERO);
    }
}
