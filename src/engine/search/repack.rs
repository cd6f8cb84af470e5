//! Repacking: two crew-days exchange whichever of their visits fit best.
//!
//! A move of one visit for another finds an exact fit only by luck. Here all exchanges of up to two visits for up to
//! two are weighed by their hours alone, which takes a few nanoseconds each, and the best is made.

use super::Search;
use crate::engine::board::{CrewDay, VisitIx};

/// Visits of a crew-day that are weighed.
const MOST_VISITS: usize = 7;

/// A visit that may change to the other crew-day.
#[derive(Debug, Clone, Copy)]
struct Item {
    visit: VisitIx,
    /// The option of its job for the other crew-day's team.
    option: usize,
    /// Hours in millionths, where it stands and on the other crew-day.
    here: i64,
    there: i64,
    /// What its piece money adds to the energy if it changes.
    money: f64,
}

/// Up to two visits: their positions, and their hours here and there.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    items: [Option<u8>; 2],
    here: i64,
    there: i64,
    money: f64,
}

/// Buffers, kept from move to move.
#[derive(Debug, Default)]
pub(super) struct Repack {
    items: [Vec<Item>; 2],
    groups: [Vec<Group>; 2],
}

impl Search<'_, '_> {
    /// Exchanges the visits of two crew-days that leave the least overload, and the free hours most together.
    pub(super) fn repack(&mut self, a: CrewDay, b: CrewDay) -> bool {
        if a == b {
            return false;
        }
        let mut buffers = std::mem::take(&mut self.repack);
        let changed = self.repack_in(&mut buffers, a, b);
        self.repack = buffers;
        changed
    }

    fn repack_in(&mut self, buffers: &mut Repack, a: CrewDay, b: CrewDay) -> bool {
        for (side, (from, to)) in [(a, b), (b, a)].into_iter().enumerate() {
            self.list_items(&mut buffers.items[side], from, to);
            groups(&buffers.items[side], &mut buffers.groups[side]);
        }
        let [of_a, of_b] = &buffers.groups;
        let (load_a, load_b) = (self.board.bin(a).load, self.board.bin(b).load);
        let (team_a, team_b) = (self.board.bin(a).team, self.board.bin(b).team);
        let mut best: Option<(f64, usize, usize)> = None;
        for (at, out) in of_a.iter().enumerate() {
            for (back, into) in of_b.iter().enumerate().skip(usize::from(at == 0)) {
                let energy = self
                    .board
                    .load_energy(team_a, load_a - out.here + into.there)
                    + self
                        .board
                        .load_energy(team_b, load_b - into.here + out.there)
                    + out.money
                    + into.money;
                if best.is_none_or(|(least, ..)| energy < least) {
                    best = Some((energy, at, back));
                }
            }
        }
        let Some((energy, at, back)) = best else {
            return false;
        };
        let now = self.board.load_energy(team_a, load_a) + self.board.load_energy(team_b, load_b);
        if energy - now > self.allowed {
            return false;
        }
        let chosen = [(of_a[at], 0, b), (of_b[back], 1, a)];
        for (group, side, _) in chosen {
            for item in group.items.iter().flatten() {
                self.lift(buffers.items[side][usize::from(*item)].visit);
            }
        }
        for (group, side, to) in chosen {
            for item in group.items.iter().flatten() {
                let item = buffers.items[side][usize::from(*item)];
                if !self.board.allows(item.visit, item.option, to) {
                    return false;
                }
                self.put(item.visit, item.option, to);
            }
        }
        true
    }

    /// The visits of a crew-day that may as well stand on another, some of them where there are many.
    fn list_items(&mut self, items: &mut Vec<Item>, from: CrewDay, to: CrewDay) {
        items.clear();
        let board = &*self.board;
        let visits = &board.bin(from).visits;
        let team = board.bin(to).team;
        let first = if visits.len() > MOST_VISITS {
            self.dice.below(visits.len())
        } else {
            0
        };
        for &visit in visits[first..].iter().chain(&visits[..first]) {
            if items.len() == MOST_VISITS {
                break;
            }
            if let Some(option) = board.option_for(visit, team)
                && board.allows(visit, option, to)
                && board.is_as_good_on(visit, board.bin(to).day)
            {
                let slot = board.slot(visit);
                let old = slot.option as usize;
                items.push(Item {
                    money: board.piece_energy(slot.job, option) - board.piece_energy(slot.job, old),
                    visit,
                    option,
                    here: board.hours_in(visit, old, from),
                    there: board.hours_in(visit, option, to),
                });
            }
        }
    }
}

/// All groups of no, one and two visits.
fn groups(items: &[Item], groups: &mut Vec<Group>) {
    groups.clear();
    groups.push(Group::default());
    for (at, item) in items.iter().enumerate() {
        groups.push(Group {
            items: [Some(at as u8), None],
            here: item.here,
            there: item.there,
            money: item.money,
        });
        for (other, second) in items[..at].iter().enumerate() {
            groups.push(Group {
                items: [Some(at as u8), Some(other as u8)],
                here: item.here + second.here,
                there: item.there + second.there,
                money: item.money + second.money,
            });
        }
    }
}
