//! Which crew could stay at home: what is tried next.

use super::{AT_A_TIME, Change, Key, MOST_REFUSALS, Refusal, Squeeze};
use crate::engine::board::{Board, CrewDay, VisitIx};
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
                changes.push(((key, None), room + 0.5 * beyond(&key) - less));
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
                    changes.push(((key, Some(other)), gain));
                }
            }
        }
        let rank = |(change, gain): (Change, f64)| match refused.get(&change) {
            None => Some((change, -gain)),
            Some(refusal) if refusal.times < MOST_REFUSALS => {
                let saved = cost(change.0) - change.1.map_or(0.0, cost);
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
        // What is tried at a time must not concern the same crews' days.
        let apart = |a: &Change, b: &Change| {
            families[a.0.0.0] != families[b.0.0.0] || a.0.1.abs_diff(b.0.1) > 1
        };
        let tries = |change: &Change| {
            refused
                .get(change)
                .map_or(0, |refusal| refusal.times.min(2))
        };
        let mut chosen: Vec<Change> = Vec::new();
        for (change, _) in ranked {
            if chosen
                .first()
                .is_some_and(|first| tries(first) != tries(&change))
            {
                continue;
            }
            if chosen.len() < AT_A_TIME && chosen.iter().all(|other| apart(&change, other)) {
                chosen.push(change);
            }
        }
        chosen
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
