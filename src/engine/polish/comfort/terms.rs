//! The terms of the sum, each worked out from the board alone, and what each is worth.

use super::Comfort;
use crate::domain::TeamIx;
use crate::engine::board::{Board, CrewDay};
use crate::season::DayIx;

/// A visit that is not made by the team that makes most of them at the site with this treatment.
const OTHER_TEAM: f64 = 2.0;
/// A day by which a part's round lies away from the mean day of this round over the site's parts.
const PARTS_APART: f64 = 0.1;
/// Least gap far below the mean gap, from 0 (equal) to 1.
const LEAST_GAP: f64 = 4.0;
/// Squared deviations of the gaps from their mean, relative to it.
const UNEVEN: f64 = 0.8;
/// A zone beyond the first on a crew-day.
const ZONE: f64 = 0.6;
/// The way of a crew-day, relative to the mean way of the board at first.
const WAY: f64 = 1.5;
/// Squared deviations of a team's weeks from its mean, relative to it, for each of its crew-days.
const WEEKS: f64 = 2.0;

impl Comfort<'_> {
    /// Different sites of a crew-day.
    pub(super) fn list_sites(&mut self, board: &Board, at: CrewDay) {
        self.sites.clear();
        let visits = board.bin(at).visits.iter();
        self.sites
            .extend(visits.map(|&visit| self.season.parts[board.part(visit)].site.0));
        self.sites.sort_unstable();
        self.sites.dedup();
    }

    /// Length of the shortest tree that joins the sites with coordinates (Prim 1957): at most that of the shortest
    /// path, and at least half of it.
    pub(super) fn way_between_sites(&mut self) -> f64 {
        let mut sum = 0.0;
        // Sites that are not joined yet, with their squared distance to the tree.
        let mut left: Vec<((f64, f64), f64)> = self
            .sites
            .iter()
            .filter_map(|&site| self.place[site])
            .map(|place| (place, f64::INFINITY))
            .collect();
        let Some(mut here) = left.pop().map(|(place, _)| place) else {
            return 0.0;
        };
        while !left.is_empty() {
            let mut nearest = 0;
            for at in 0..left.len() {
                let (place, distance) = &mut left[at];
                let square = (place.0 - here.0).powi(2) + (place.1 - here.1).powi(2);
                *distance = distance.min(square);
                if left[at].1 < left[nearest].1 {
                    nearest = at;
                }
            }
            let (place, square) = left.swap_remove(nearest);
            sum += square.sqrt();
            here = place;
        }
        sum
    }

    /// Zones and way of a crew-day.
    pub(super) fn crew_day(&mut self, board: &Board, at: CrewDay) -> f64 {
        if board.bin(at).visits.len() < 2 {
            return 0.0;
        }
        self.list_sites(board, at);
        let way = self.way_between_sites() / self.way;
        for site in &mut self.sites {
            *site = self.zone[*site];
        }
        self.sites.sort_unstable();
        self.sites.dedup();
        ZONE * (self.sites.len() - 1) as f64 + WAY * way
    }

    /// How unevenly the rounds of a demand are spaced.
    pub(super) fn spacing(&mut self, board: &Board, demand: usize) -> f64 {
        let season = self.season;
        let row = &season.demands[demand];
        self.days.clear();
        self.days.extend(row.done_rounds());
        for standing in board.visits_at(row.part) {
            let day = standing.day;
            if (row.from..=row.to).contains(&day) && row.jobs.contains(&standing.job) {
                self.days.push(day);
            }
        }
        unevenness(&self.days)
    }

    /// Visits of other teams than the usual one, and parts that are far apart in time, for a treatment at a site.
    pub(super) fn teams_and_parts(&mut self, board: &Board, group: usize) -> f64 {
        let mut teams: Vec<(TeamIx, u32)> = Vec::new();
        // For each round the number of parts that have one, and the sum of the days.
        let mut rounds: Vec<(f64, f64)> = Vec::new();
        self.days.clear();
        let jobs = &self.groups[group];
        for &job in jobs {
            let mut number = 0;
            for standing in board.visits_at(self.season.jobs[job].part) {
                let slot = board.slot(standing.visit);
                let (true, Some(at)) = (slot.job as usize == job, slot.place) else {
                    continue;
                };
                let bin = board.bin(at);
                match teams.iter_mut().find(|(team, _)| *team == bin.team) {
                    Some((_, count)) => *count += 1,
                    None => teams.push((bin.team, 1)),
                }
                if rounds.len() == number {
                    rounds.push((0.0, 0.0));
                }
                rounds[number].0 += 1.0;
                rounds[number].1 += f64::from(bin.day);
                number += 1;
                self.days.push(bin.day);
            }
            self.days.push(DayIx::MIN);
        }
        let all: u32 = teams.iter().map(|(_, count)| count).sum();
        let most = teams.iter().map(|&(_, count)| count).max().unwrap_or(0);
        let mut sum = OTHER_TEAM * f64::from(all - most);
        if jobs.len() > 1 {
            let mut number = 0;
            for &day in &self.days {
                if day == DayIx::MIN {
                    number = 0;
                    continue;
                }
                let (count, days) = rounds[number];
                sum += PARTS_APART * (f64::from(day) - days / count).abs();
                number += 1;
            }
        }
        sum
    }

    /// How unequal the weeks of a team are.
    pub(super) fn weeks(&self, team: usize) -> f64 {
        let (mut could, mut hours, mut squares) = (0.0, 0.0, 0.0);
        for (&workable, &worked) in self.workable[team].iter().zip(&self.worked[team]) {
            if workable > 0.0 {
                let worked = worked as f64;
                could += workable;
                hours += worked;
                squares += worked * worked / workable;
            }
        }
        if hours > 0.0 {
            WEEKS * self.crew_days[team] * (could * squares / (hours * hours) - 1.0)
        } else {
            0.0
        }
    }
}

/// How unevenly ascending days are spaced; 0 when evenly.
fn unevenness(days: &[DayIx]) -> f64 {
    let gaps = || days.windows(2).map(|pair| f64::from(pair[1] - pair[0]));
    let count = days.len().saturating_sub(1) as f64;
    let whole: f64 = gaps().sum();
    if count < 1.0 {
        return 0.0;
    }
    if whole <= 0.0 {
        return LEAST_GAP;
    }
    let mean = whole / count;
    let least = gaps().fold(f64::INFINITY, f64::min) / mean;
    let squares: f64 = gaps().map(|gap| (gap / mean - 1.0).powi(2)).sum();
    LEAST_GAP * (1.0 - least) + UNEVEN * squares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_rounds_cost_nothing_and_a_narrow_gap_more_than_a_wide_one() {
        assert!(unevenness(&[]).abs() < 1e-12);
        assert!(unevenness(&[3]).abs() < 1e-12);
        assert!(unevenness(&[0, 10, 20, 30]).abs() < 1e-12);
        assert!(unevenness(&[0, 8, 20, 30]) > 0.0);
        assert!(unevenness(&[0, 2, 20, 30]) > unevenness(&[0, 8, 20, 30]));
        assert!(unevenness(&[5, 5]) >= LEAST_GAP);
    }
}
