//! Which crew could stay at home: what is tried next.

use super::{AT_A_TIME, Change, Key, MOST_REFUSALS, Refusal, Squeeze};
use crate::domain::{Money, TeamIx};
use crate::engine::board::{Board, CrewDay, VisitIx};
use crate::engine::settle::has_piecework;
use std::collections::{BTreeMap, BTreeSet};

/// What it takes off a change's rank that its phase has too few hours free.
const UNLIKELY: f64 = 3.0;

impl Squeeze<'_> {
    /// What to try next: a team and phase in which a crew stays at home, and perhaps one of a cheaper team in which
    /// one goes out instead. First what has most hours free; crew-days beyond the guide count for up to half a
    /// crew-day. Of what was refused, first what lacked fewest hours, so that long searches go where they may succeed.
    pub(super) fn candidates(
        &self,
        board: &Board,
        families: &[usize],
        refused: &BTreeMap<Change, Refusal>,
    ) -> Vec<Change> {
        let season = board.season;
        let mut out: BTreeMap<Key, (f64, f64)> = BTreeMap::new();
        let mut home: BTreeSet<Key> = BTreeSet::new();
        for at in (0..board.bins.len() as u32).map(CrewDay) {
            let bin = board.bin(at);
            let key = (bin.team, self.phase(board, at));
            if bin.open {
                let (count, room) = out.entry(key).or_insert((0.0, 0.0));
                *count += 1.0;
                *room += board.room(at) as f64;
            } else if season.day_sets[season.team_days[bin.team.0]].contains(bin.day) {
                home.insert(key);
            }
        }
        let beyond = |key: &Key| {
            let count = out.get(key).map_or(0.0, |entry| entry.0);
            (count - self.guide.get(key).copied().unwrap_or(0.0)).clamp(-1.0, 1.0)
        };
        // Hours free, and hours of work that may as well be done in another phase, by family and phase.
        let phases = self.phases.len();
        let mut free = vec![vec![0.0; phases]; families.len()];
        let mut movable = free.clone();
        for (&(team, phase), &(_, room)) in &out {
            free[families[team.0]][phase] += room;
        }
        for ((family, phase), hours) in self.joinable(board, families) {
            free[family][phase] += hours as f64;
        }
        for at in (0..board.slots.len() as u32).map(VisitIx) {
            let Some(place) = board.slot(at).place else {
                continue;
            };
            let phase = self.phase(board, place);
            let here = self.phases[phase];
            if !board.same_rounds(at).within(here.from, here.to) {
                let hours = board.hours_of(at, board.slot(at).option as usize);
                movable[families[board.bin(place).team.0]][phase] += hours as f64;
            }
        }
        // Without so many hours free, in the phase or where its work may go, there can be no room for the work.
        let likely = |(team, phase): Key, needed: i64| {
            let free = &free[families[team.0]];
            let lacking = needed as f64 - free[phase];
            let near: f64 = free[phase.saturating_sub(1)..(phase + 2).min(phases)]
                .iter()
                .sum();
            if lacking <= 0.0 {
                Some(0.0)
            } else if lacking <= movable[families[team.0]][phase] && near >= needed as f64 {
                Some(UNLIKELY)
            } else {
                None
            }
        };
        let cost = |key: Key| season.scenario[key.0].cost_per_day.to_f64();
        let dearest = out.keys().map(|&key| cost(key)).fold(1.0, f64::max);
        let mut changes: Vec<(Change, f64)> = Vec::new();
        for (&key, &(_, room)) in &out {
            if !board.ledger.saves_by_staying(key.0) {
                continue;
            }
            let hours = board.capacity(key.0);
            let room = room / hours as f64;
            if let Some(less) = likely(key, hours) {
                let change = Change {
                    home: Some(key),
                    also: None,
                    out: None,
                };
                changes.push((change, room + 0.5 * beyond(&key) - less));
            }
            for &other in &home {
                let cheaper = cost(other) < cost(key);
                if other.1 == key.1
                    && families[other.0.0] == families[key.0.0]
                    && cheaper
                    && board.ledger.has_day_left(other.0)
                    && let Some(less) = likely(key, hours - board.capacity(other.0))
                {
                    let gain = room + 0.5 * (beyond(&key) - beyond(&other)) - less;
                    let change = Change {
                        home: Some(key),
                        also: None,
                        out: Some(other),
                    };
                    changes.push((change, gain));
                }
            }
        }
        // Two crews that have little left to do each, for one that costs more than either: teams with hours of their own
        // that are free, as there are many pairs.
        let complete = self.enough <= 0.0;
        let ready = home.iter().filter(|key| board.ledger.has_day_left(key.0));
        let asks = |team: TeamIx| board.ledger.with_more(team, 1, Money::ZERO).to_f64();
        let ready: Vec<(Key, f64)> = ready.map(|&key| (key, asks(key.0))).collect();
        for (&key, &(_, room)) in out.iter().filter(|_| complete) {
            let near = out
                .range(key..)
                .filter(|(other, _)| other.1 == key.1 && families[other.0.0] == families[key.0.0]);
            for (&also, &(_, others_room)) in near {
                let stay =
                    board.ledger.saves_by_staying(key.0) && board.ledger.saves_by_staying(also.0);
                if !stay || (also == key && out[&key].0 < 2.0) {
                    continue;
                }
                let saved = cost(key) + cost(also);
                for &(other, asks) in &ready {
                    let dearer = cost(other) >= cost(key).max(cost(also));
                    let hours = board.capacity(key.0) + board.capacity(also.0);
                    let free = room + if also == key { 0.0 } else { others_room };
                    let enough = free >= (hours - board.capacity(other.0)) as f64;
                    if other.1 == key.1
                        && families[other.0.0] == families[key.0.0]
                        && dearer
                        && enough
                        && asks < saved
                        && let Some(less) = likely(key, hours - board.capacity(other.0))
                    {
                        let rooms = room / board.capacity(key.0) as f64
                            + others_room / board.capacity(also.0) as f64;
                        let beyond = beyond(&key) + beyond(&also) - beyond(&other);
                        let change = Change {
                            home: Some(key),
                            also: Some(also),
                            out: Some(other),
                        };
                        changes.push((change, rooms + 0.5 * beyond - less));
                    }
                }
            }
        }
        for (key, gain) in self.worth_sending(board, &home) {
            let change = Change {
                home: None,
                also: None,
                out: Some(key),
            };
            changes.push((change, gain / cost(key)));
        }
        let rank = |(change, gain): (Change, f64)| match refused.get(&change) {
            None => Some((change, -gain)),
            Some(refusal) if refusal.times < MOST_REFUSALS => {
                let home = change.home.into_iter().chain(change.also);
                let saved = home.map(cost).sum::<f64>() - change.out.map_or(0.0, cost);
                let share = saved / dearest;
                Some((
                    change,
                    5.0 + 0.5 * f64::from(refusal.times) + refusal.lacking + 3.0 * (1.0 - share),
                ))
            }
            Some(_) => None,
        };
        let mut ranked: Vec<(Change, f64)> = changes.into_iter().filter_map(rank).collect();
        ranked.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let tries = |change: &Change| {
            refused
                .get(change)
                .map_or(0, |refusal| refusal.times.min(2))
        };
        let Some(first) = ranked.first().map(|(change, _)| tries(change)) else {
            return Vec::new();
        };
        // What is tried at a time should not concern the same crews' days: what one finds would spoil the others.
        let alike = || {
            ranked
                .iter()
                .map(|(change, _)| *change)
                .filter(|change| tries(change) == first)
        };
        let mut chosen: Vec<Change> = Vec::new();
        for change in alike() {
            if chosen.len() < AT_A_TIME
                && !chosen.iter().any(|other| change.touches(other, families))
            {
                chosen.push(change);
            }
        }
        // Long searches find something so rarely that no more is lost than hands that would be idle.
        if first > 0 {
            let others = alike().filter(|change| !chosen.contains(change));
            let others: Vec<Change> = others.take(AT_A_TIME - chosen.len()).collect();
            chosen.extend(others);
        }
        chosen
    }

    /// Crews that could go out and save more piece money than they cost, if they took over the visits for which most is
    /// asked an hour; and how much more.
    fn worth_sending(&self, board: &Board, home: &BTreeSet<Key>) -> Vec<(Key, f64)> {
        let season = board.season;
        if !has_piecework(season) {
            return Vec::new();
        }
        // Piece money saved, and hours, by team and phase.
        let mut offers: BTreeMap<Key, Vec<(f64, i64)>> = BTreeMap::new();
        for slot in &board.slots {
            let Some(place) = slot.place else { continue };
            let phase = self.phase(board, place);
            let options = &season.jobs[slot.job as usize].options;
            let asked = options[slot.option as usize].piece;
            for option in options {
                let saved = (asked - option.piece).to_f64();
                if saved > 0.0 && home.contains(&(option.team, phase)) {
                    let offer = (saved, option.work_and_access.micro().max(1));
                    offers.entry((option.team, phase)).or_default().push(offer);
                }
            }
        }
        let mut worth = Vec::new();
        for (key, mut offers) in offers {
            let cost = season.scenario[key.0].cost_per_day.to_f64();
            if cost <= 0.0 || !board.ledger.has_day_left(key.0) {
                continue;
            }
            offers.sort_by(|a, b| (b.0 / b.1 as f64).total_cmp(&(a.0 / a.1 as f64)));
            let mut left = board.capacity(key.0);
            let mut saved = -cost;
            for (money, hours) in offers {
                let taken = hours.min(left);
                saved += money * (taken as f64 / hours as f64);
                left -= taken;
            }
            if saved > 0.0 {
                worth.push((key, saved));
            }
        }
        worth
    }

    /// Hours, in millionths, that would be free if visits at a site shared as few stops as can be, by family and phase: as
    /// many as the job with most visits.
    fn joinable(&self, board: &Board, families: &[usize]) -> BTreeMap<(usize, usize), i64> {
        let mut visits: BTreeMap<(usize, usize, usize), BTreeMap<u32, i64>> = BTreeMap::new();
        let mut stops: BTreeMap<(usize, usize, usize), (BTreeSet<CrewDay>, i64)> = BTreeMap::new();
        for visit in (0..board.slots.len() as u32).map(VisitIx) {
            let slot = board.slot(visit);
            let (Some(at), Some(access)) = (slot.place, board.shared_access(visit)) else {
                continue;
            };
            let family = families[board.bin(at).team.0];
            let key = (family, self.phase(board, at), board.site(visit));
            *visits.entry(key).or_default().entry(slot.job).or_insert(0) += 1;
            let (days, of_site) = stops.entry(key).or_default();
            days.insert(at);
            *of_site = access;
        }
        let mut joinable = BTreeMap::new();
        for (key, (days, access)) in stops {
            let fewest = visits[&key].values().copied().max().unwrap_or(0);
            let (family, phase, _) = key;
            *joinable.entry((family, phase)).or_insert(0) += access * (days.len() as i64 - fewest);
        }
        joinable
    }
}
