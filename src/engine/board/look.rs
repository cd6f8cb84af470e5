//! Looking at a board: loads, what may stand where, and what a change would bring.

use super::{Board, CrewDay, Standing, VisitIx};
use crate::domain::TeamIx;
use crate::engine::spans::Span;
use crate::season::{DayIx, TeamOption};
use std::ops::Range;

impl Board<'_> {
    /// Missed rounds and squeeze of a demand as it stands.
    pub(in crate::engine) fn state(&self, demand: usize) -> (u32, i64) {
        self.state[demand]
    }

    /// What the rounds weigh that are missed and that a visit which is not placed could make good.
    pub(in crate::engine) fn makes_good(&self, visit: VisitIx) -> f64 {
        let demands = &self.season.jobs[self.slot(visit).job as usize].demands;
        let missed = demands.iter().filter(|&&demand| self.state[demand].0 > 0);
        missed.map(|&demand| self.weights.missed[demand]).sum()
    }

    /// Hours beyond the crew's day, in millionths.
    pub(in crate::engine) fn overload(&self, at: CrewDay) -> i64 {
        let bin = self.bin(at);
        (bin.load - self.capacity[bin.team.0]).max(0)
    }

    /// Hours that are left in a crew-day, in millionths; below 0 when it is overfull.
    pub(in crate::engine) fn room(&self, at: CrewDay) -> i64 {
        let bin = self.bin(at);
        self.capacity[bin.team.0] - bin.load
    }

    /// Hours of a crew-day of a team, in millionths.
    pub(in crate::engine) fn capacity(&self, team: TeamIx) -> i64 {
        self.capacity[team.0]
    }

    /// Squared hours that are left in a crew-day, in millionths.
    pub(super) fn gathered(&self, at: CrewDay) -> i64 {
        let room = self.room(at).max(0) / 1_000;
        room * room
    }

    /// What a load adds to the energy, of a crew-day of this team.
    pub(in crate::engine) fn load_energy(&self, team: TeamIx, load: i64) -> f64 {
        let room = (self.capacity[team.0] - load) as f64 / 1e6;
        let scarce = self.weights.worth.hours(team, load);
        if room < 0.0 {
            scarce - self.weights.overload * room
        } else {
            scarce - self.weights.gathered * room * room
        }
    }

    /// What a visit's piece money adds to the energy.
    pub(in crate::engine) fn piece_energy(&self, option: &TeamOption) -> f64 {
        let price = self.weights.money + self.weights.worth.piece[option.team.0];
        price * option.piece.to_f64()
    }

    /// Whether nothing about a visit but hours and piece money can get better: its rounds are complete and apart.
    fn is_calm(&self, job: usize) -> bool {
        let demands = &self.season.jobs[job].demands;
        demands.iter().all(|&demand| self.state[demand] == (0, 0))
    }

    /// The least by which the energy changes when visits leave and enter crew-days; `None` where only trying tells.
    pub(in crate::engine) fn least_change(
        &self,
        moves: &[(VisitIx, usize, CrewDay)],
    ) -> Option<f64> {
        if self.strain.overspent > 0.0 {
            return None;
        }
        let mut money = 0.0;
        // At most three crew-days take part.
        let mut loads: [(Option<CrewDay>, i64); 3] = [(None, 0); 3];
        for &(visit, option, to) in moves {
            let slot = self.slot(visit);
            let job = &self.season.jobs[slot.job as usize];
            let site = self.season.parts[job.part].site.0;
            if self.shared_access[site].is_some() || !self.is_calm(slot.job as usize) {
                return None;
            }
            let (old, new) = (&job.options[slot.option as usize], &job.options[option]);
            money += self.piece_energy(new) - self.piece_energy(old);
            for (at, hours) in [
                (slot.place?, -old.work_and_access.micro()),
                (to, new.work_and_access.micro()),
            ] {
                let entry = loads
                    .iter_mut()
                    .find(|entry| entry.0.is_none_or(|known| known == at))?;
                *entry = (Some(at), entry.1 + hours);
            }
        }
        let mut change = money;
        for (at, hours) in loads {
            let Some(at) = at else { continue };
            let bin = self.bin(at);
            change +=
                self.load_energy(bin.team, bin.load + hours) - self.load_energy(bin.team, bin.load);
        }
        Some(change)
    }

    /// The site of a visit.
    pub(in crate::engine) fn site(&self, visit: VisitIx) -> usize {
        self.season.parts[self.part(visit)].site.0
    }

    /// Whether a visit may share its stop with another.
    pub(in crate::engine) fn may_share_stop(&self, visit: VisitIx) -> bool {
        self.shared_access[self.site(visit)].is_some()
    }

    /// All parts of a visit's site.
    pub(in crate::engine) fn parts_beside(&self, visit: VisitIx) -> Range<usize> {
        self.site_parts[self.site(visit)].clone()
    }

    /// Hours that a visit would add to a crew-day, in millionths.
    pub(in crate::engine) fn hours_in(&self, visit: VisitIx, option: usize, at: CrewDay) -> i64 {
        let job = &self.season.jobs[self.slot(visit).job as usize];
        let option = &job.options[option];
        let site = self.season.parts[job.part].site.0;
        let Some(access) = self.shared_access[site] else {
            return option.work_and_access.micro();
        };
        let mut visits = self.bin(at).visits.iter();
        let shared = visits.any(|&other| other != visit && self.site(other) == site);
        option.work.micro() + if shared { 0 } else { access }
    }

    /// Hours of a visit with the access of a stop of its own, in millionths.
    pub(in crate::engine) fn hours_of(&self, visit: VisitIx, option: usize) -> i64 {
        let job = &self.season.jobs[self.slot(visit).job as usize];
        job.options[option].work_and_access.micro()
    }

    /// What a visit of so many hours costs while its crew is under way to a stop which others may share; see [`Strain`].
    ///
    /// [`Strain`]: super::Strain
    pub(super) fn under_way(&self, visit: VisitIx, option: usize, hours: i64) -> i64 {
        if self.shared_access(visit).is_none() {
            return 0;
        }
        let job = &self.season.jobs[self.slot(visit).job as usize];
        let option = &job.options[option];
        (hours - option.work.micro()) * self.hour_price[option.team.0]
    }

    /// Hours, in millionths, that a visit's stop takes beyond the work, where others may share it.
    pub(in crate::engine) fn shared_access(&self, visit: VisitIx) -> Option<i64> {
        self.shared_access[self.site(visit)]
    }

    /// What it costs that a visit on this day would be too close to others of its part.
    pub(in crate::engine) fn squeeze_on(&self, visit: VisitIx, day: DayIx) -> f64 {
        let season = self.season;
        let job = &season.jobs[self.slot(visit).job as usize];
        let mut squeezed = 0;
        for &demand in &job.demands {
            let row = &season.demands[demand];
            if !(row.from..=row.to).contains(&day) {
                continue;
            }
            for other in &self.at_part[job.part] {
                if other.visit != visit && row.jobs.contains(&other.job) {
                    squeezed += (row.min_gap - (other.day - day).abs()).max(0);
                }
            }
        }
        self.weights.squeezed * f64::from(squeezed)
    }

    /// Whether a visit would count for the same rounds on another day, and not be too close to others of its part.
    pub(in crate::engine) fn is_as_good_on(&self, visit: VisitIx, day: DayIx) -> bool {
        let season = self.season;
        let Some(now) = self.day(visit) else {
            return false;
        };
        let job = &season.jobs[self.slot(visit).job as usize];
        let same = |&demand: &usize| {
            let row = &season.demands[demand];
            let inside = |day: DayIx| (row.from..=row.to).contains(&day);
            if !inside(now) || !inside(day) {
                return inside(now) == inside(day);
            }
            let period = |day: DayIx| {
                row.periods(season)
                    .partition_point(|period| period.to < day)
            };
            period(now) == period(day)
        };
        job.demands.iter().all(same) && self.squeeze_on(visit, day) == 0.0
    }

    /// The days on which a placed visit would count for the same rounds, among those on which all its rules count.
    pub(in crate::engine) fn same_rounds(&self, visit: VisitIx) -> Span {
        let season = self.season;
        let mut span = Span {
            from: season.first_open,
            to: season.days - 1,
        };
        let Some(day) = self.day(visit) else {
            return span;
        };
        for &demand in &season.jobs[self.slot(visit).job as usize].demands {
            let periods = season.demands[demand].periods(season).iter();
            for period in periods.filter(|period| period.from <= day && day <= period.to) {
                span.from = span.from.max(period.from);
                span.to = span.to.min(period.to);
            }
        }
        span
    }

    /// The placed visits to which a visit on this day would be too close.
    pub(in crate::engine) fn too_close(&self, visit: VisitIx, day: DayIx) -> Vec<VisitIx> {
        let season = self.season;
        let job = &season.jobs[self.slot(visit).job as usize];
        let in_window = job
            .demands
            .iter()
            .filter(|&&demand| {
                let row = &season.demands[demand];
                (row.from..=row.to).contains(&day)
            })
            .copied();
        let in_window: Vec<usize> = in_window.collect();
        let close = |other: &&Standing| {
            in_window.iter().any(|&demand| {
                let row = &season.demands[demand];
                row.jobs.contains(&other.job) && (other.day - day).abs() < row.min_gap
            })
        };
        let others = self.at_part[job.part].iter();
        others
            .filter(|other| other.visit != visit)
            .filter(close)
            .map(|other| other.visit)
            .collect()
    }

    /// Whether a visit may stand on a crew-day with one of its job's options: right team, open day, not twice a day.
    pub(in crate::engine) fn allows(&self, visit: VisitIx, option: usize, at: CrewDay) -> bool {
        let slot = self.slot(visit);
        let job = &self.season.jobs[slot.job as usize];
        let bin = self.bin(at);
        job.options[option].team == bin.team
            && self.season.day_sets[job.options[option].days].contains(bin.day)
            && !self.at_part[job.part].iter().any(|other| {
                other.day == bin.day && other.job == slot.job as usize && other.visit != visit
            })
    }

    /// The option of a visit's job for a team.
    pub(in crate::engine) fn option_for(&self, visit: VisitIx, team: TeamIx) -> Option<usize> {
        let job = &self.season.jobs[self.slot(visit).job as usize];
        job.options.iter().position(|option| option.team == team)
    }
}
