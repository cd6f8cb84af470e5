//! Which sites with visits lie near each other.

use super::comfort::plane;
use crate::engine::board::Board;
use std::collections::BTreeMap;

/// Neighbours kept of a site.
const NEIGHBOURS: usize = 8;

/// The nearest sites of each site that have visits; of a site without coordinates some of its zone.
pub(super) struct Nearby(Vec<Vec<usize>>);

impl Nearby {
    pub(super) fn new(board: &Board) -> Self {
        let season = board.season;
        let place = plane(season);
        let visited = |site: usize| {
            let mut parts = season.first_part[site]..season.first_part[site + 1];
            parts.any(|part| !board.visits_at(part).is_empty())
        };
        let sites = (0..place.len()).filter(|&site| visited(site));
        let mut near = vec![Vec::new(); place.len()];
        let mut east: Vec<(f64, f64, usize)> = Vec::new();
        let mut zones: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
        for site in sites {
            if let Some((x, y)) = place[site] {
                east.push((x, y, site));
            } else {
                let zone = season.scenario.sites[site].zone.as_deref();
                zones.entry(zone).or_default().push(site);
            }
        }
        east.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        for at in 0..east.len() {
            near[east[at].2] = nearest(&east, at);
        }
        for sites in zones.values() {
            for (at, &site) in sites.iter().enumerate() {
                let others = (1..sites.len()).take(NEIGHBOURS);
                near[site] = others
                    .map(|step| sites[(at + step) % sites.len()])
                    .collect();
            }
        }
        Nearby(near)
    }

    /// Sites near a site, nearest first.
    pub(super) fn of(&self, site: usize) -> &[usize] {
        &self.0[site]
    }
}

/// The sites nearest to one in a list from west to east: looked for on both sides until they can only be farther.
fn nearest(east: &[(f64, f64, usize)], at: usize) -> Vec<usize> {
    let (x, y, _) = east[at];
    let mut found: Vec<(f64, usize)> = Vec::new();
    let mut look = |other: &(f64, f64, usize)| {
        let across = (other.0 - x).powi(2);
        if found.len() == NEIGHBOURS && across > found[NEIGHBOURS - 1].0 {
            return false;
        }
        let entry = (across + (other.1 - y).powi(2), other.2);
        let position = found.partition_point(|known| *known < entry);
        found.insert(position, entry);
        found.truncate(NEIGHBOURS);
        true
    };
    for other in &east[at + 1..] {
        if !look(other) {
            break;
        }
    }
    for other in east[..at].iter().rev() {
        if !look(other) {
            break;
        }
    }
    found.into_iter().map(|(_, site)| site).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first_on_either_side() {
        let places: Vec<(f64, f64, usize)> = (0..20)
            .map(|at| (f64::from(at), f64::from(at % 3) * 10.0, at as usize))
            .collect();
        let near = nearest(&places, 9);
        assert_eq!(near.len(), NEIGHBOURS);
        assert_eq!(near[..4], [6, 12, 3, 15]);
    }
}
