//! What makes one board of another, as long as what it concerns has not changed otherwise.

use super::{Board, CrewDay, Slot, VisitIx};

/// Visits and crew-days that change.
#[derive(Debug, Clone, Default)]
pub(in crate::engine) struct Patch {
    /// A visit, as it was and as it will be.
    slots: Vec<(VisitIx, Slot, Slot)>,
    /// A crew-day, and whether it will be open.
    open: Vec<(CrewDay, bool)>,
}

impl Board<'_> {
    /// What makes another board, which knows the same visits, of this one.
    pub(in crate::engine) fn changes_to(&self, other: &Board) -> Patch {
        let slots = self.slots.iter().zip(&other.slots).enumerate();
        let bins = self.bins.iter().zip(&other.bins).enumerate();
        Patch {
            slots: slots
                .filter(|(_, (old, new))| old != new)
                .map(|(at, (old, new))| (VisitIx(at as u32), *old, *new))
                .collect(),
            open: bins
                .filter(|(_, (old, new))| old.open != new.open)
                .map(|(at, (_, new))| (CrewDay(at as u32), new.open))
                .collect(),
        }
    }

    /// Makes the changes; `false`, and nothing is changed, where what they concern is not as it was.
    pub(in crate::engine) fn apply(&mut self, patch: &Patch) -> bool {
        let as_it_was = patch.slots.iter().all(|&(at, old, _)| self.slot(at) == old)
            && patch
                .open
                .iter()
                .all(|&(at, open)| self.bin(at).open != open);
        if !as_it_was {
            return false;
        }
        let before = self.position();
        for &(at, ..) in &patch.slots {
            self.lift(at);
        }
        for &(at, open) in &patch.open {
            if !open && !self.bin(at).visits.is_empty() {
                self.restore(&before);
                return false;
            }
            self.set_open(at, open);
        }
        for &(at, _, new) in &patch.slots {
            self.set_job(at, new.job as usize);
            let Some(place) = new.place else { continue };
            if !self.bin(place).open || !self.allows(at, new.option as usize, place) {
                self.restore(&before);
                return false;
            }
            self.put(at, new.option as usize, place);
        }
        true
    }
}
