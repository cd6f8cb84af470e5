//! Looking at a board: loads, what may stand where, and what a change would bring.

use super::{Board, CrewDay, Slot, Standing, VisitIx};
use crate::domain::TeamIx;
use crate::engine::spans::Span;
use crate::season::DayIx;
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
        let room = (self.capacity[team.0] - load) as f64 * 1e-6;
        let scarce = self.weights.worth.hours(team, load);
        if room < 0.0 {
            scarce - self.weights.overload * room
        } else {
            scarce - self.weights.gathered * room * room
        }
    }

    /// What a visit's piece money adds to the energy if the job's team with this number does it.
    pub(in crate::engine) fn piece_energy(&self, job: u32, option: usize) -> f64 {
        let option = &self.facts.options(job)[option];
        let price = self.weights.money + self.weights.worth.piece[option.team as usize];
        price * option.piece
    }

    /// Whether nothing about a visit but hours and piece money can get better: its rounds are complete and apart.
    fn is_calm(&self, job: u32) -> bool {
        let mut demands = self.facts.demands(job).iter();
        demands.all(|&demand| self.state[demand as usize] == (0, 0))
    }

    /// Whether the energy is sure to change by more than is allowed when visits leave and enter crew-days.
    ///
    /// Hours and piece money tell what the energy changes by at least, as long as nothing else can get better; `false`
    /// where only trying tells. Days between visits are weighed as [`Board::squeeze_on`] does.
    pub(in crate::engine) fn is_hopeless(
        &self,
        moves: &[(VisitIx, usize, CrewDay)],
        allowed: f64,
    ) -> bool {
        if self.strain.overspent > 0.0 {
            return false;
        }
        let mut least = 0.0;
        // At most three crew-days take part.
        let mut loads: [(Option<CrewDay>, i64); 3] = [(None, 0); 3];
        for (at, &(visit, option, to)) in moves.iter().enumerate() {
            let slot = self.slot(visit);
            let others = || moves[..at].iter().map(|&(other, ..)| other);
            // Visits of a site that move at once may leave or find each other.
            let Some(from) = slot.place.filter(|_| {
                self.is_calm(slot.job) && others().all(|it| self.site(it) != self.site(visit))
            }) else {
                return false;
            };
            let (old, new) = (slot.option as usize, option);
            let here = self.hours_in(visit, old, from);
            let there = self.hours_in(visit, new, to);
            least += self.piece_energy(slot.job, new) - self.piece_energy(slot.job, old);
            let under_way = self.under_way(visit, new, there) - self.under_way(visit, old, here);
            least += self.weights.money * (under_way as f64 / 1e8);
            for (at, hours) in [(from, -here), (to, there)] {
                let mut entries = loads.iter_mut();
                let entry = entries.find(|entry| entry.0.is_none_or(|known| known == at));
                let Some(entry) = entry else { return false };
                *entry = (Some(at), entry.1 + hours);
            }
        }
        for (at, hours) in loads {
            let Some(at) = at else { continue };
            let bin = self.bin(at);
            least +=
                self.load_energy(bin.team, bin.load + hours) - self.load_energy(bin.team, bin.load);
        }
        if least > allowed {
            return true;
        }
        for &(visit, _, to) in moves {
            least += self.squeeze_on(visit, self.bin(to).day);
        }
        least > allowed
    }

    /// The site of a visit.
    pub(in crate::engine) fn site(&self, visit: VisitIx) -> usize {
        self.slots[visit.0 as usize].site as usize
    }

    /// Whether a visit may share its stop with another.
    pub(in crate::engine) fn may_share_stop(&self, visit: VisitIx) -> bool {
        self.shared_access(visit).is_some()
    }

    /// All parts of a visit's site.
    pub(in crate::engine) fn parts_beside(&self, visit: VisitIx) -> Range<usize> {
        self.site_parts[self.site(visit)].clone()
    }

    /// Hours that a visit would add to a crew-day, in millionths.
    pub(in crate::engine) fn hours_in(&self, visit: VisitIx, option: usize, at: CrewDay) -> i64 {
        let Slot { job, site, .. } = self.slot(visit);
        let option = &self.facts.options(job)[option];
        let Some(access) = self.facts.job(job).access else {
            return option.work_and_access;
        };
        let mut visits = self.bin(at).visits.iter();
        let shared = visits.any(|&other| self.slot(other).site == site && other != visit);
        option.work + if shared { 0 } else { access }
    }

    /// Hours of a visit with the access of a stop of its own, in millionths.
    pub(in crate::engine) fn hours_of(&self, visit: VisitIx, option: usize) -> i64 {
        self.facts.options(self.slot(visit).job)[option].work_and_access
    }

    /// What a visit of so many hours costs while its crew is under way to a stop which others may share; see [`Strain`].
    ///
    /// [`Strain`]: super::Strain
    pub(super) fn under_way(&self, visit: VisitIx, option: usize, hours: i64) -> i64 {
        let job = self.slot(visit).job;
        if self.facts.job(job).access.is_none() {
            return 0;
        }
        let option = &self.facts.options(job)[option];
        (hours - option.work) * option.hour_price
    }

    /// Hours, in millionths, that a visit's stop takes beyond the work, where others may share it.
    pub(in crate::engine) fn shared_access(&self, visit: VisitIx) -> Option<i64> {
        self.facts.job(self.slot(visit).job).access
    }

    /// What it costs that a visit on this day would be too close to others of its part.
    pub(in crate::engine) fn squeeze_on(&self, visit: VisitIx, day: DayIx) -> f64 {
        let facts = &*self.facts;
        let job = self.slot(visit).job;
        let others = &self.at_part[facts.job(job).part as usize];
        let mut squeezed = 0;
        for &demand in facts.demands(job) {
            let row = facts.demand(demand);
            if !row.window.contains(day) {
                continue;
            }
            for other in others {
                let close = (row.min_gap - (other.day - day).abs()).max(0);
                if close > 0
                    && other.visit != visit
                    && row.window.contains(other.day)
                    && facts.counts(row, other.job)
                {
                    squeezed += close;
                }
            }
        }
        self.weights.squeezed * f64::from(squeezed)
    }

    /// Whether a visit would count for the same rounds on another day, and not be too close to others of its part.
    pub(in crate::engine) fn is_as_good_on(&self, visit: VisitIx, day: DayIx) -> bool {
        let facts = &*self.facts;
        let Some(now) = self.day(visit) else {
            return false;
        };
        let same = |&demand: &u32| {
            let row = facts.demand(demand);
            let inside = |day: DayIx| row.window.contains(day);
            if !inside(now) || !inside(day) {
                return inside(now) == inside(day);
            }
            let periods = facts.periods(row);
            let period = |day: DayIx| periods.partition_point(|period| period.to < day);
            period(now) == period(day)
        };
        let mut demands = facts.demands(self.slot(visit).job).iter();
        demands.all(same) && self.squeeze_on(visit, day) == 0.0
    }

    /// Days among which a search looks for another for a visit, by one of its rules: its period, or as many around it as
    /// may lie between two visits where that is long; now and then the whole window. `draw` draws a number below another.
    pub(in crate::engine) fn stretch(
        &self,
        visit: VisitIx,
        draw: &mut impl FnMut(usize) -> usize,
    ) -> Option<Span> {
        let facts = &*self.facts;
        let demands = facts.demands(self.slot(visit).job);
        let row = facts.demand(demands[draw(demands.len())]);
        if draw(16) == 0 {
            return Some(row.window);
        }
        let periods = facts.periods(row);
        let Some(day) = self.day(visit) else {
            return Some(periods[draw(periods.len())]);
        };
        let period = *periods.get(periods.partition_point(|period| period.to < day))?;
        let is_long = period.to - period.from > 2 * row.reach;
        let near = Span {
            from: (day - row.reach).max(period.from),
            to: (day + row.reach).min(period.to),
        };
        Some(if is_long { near } else { period })
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
                (row.from..=row.to).contains(&other.day)
                    && row.jobs.contains(&other.job)
                    && (other.day - day).abs() < row.min_gap
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
        let option = &self.facts.options(slot.job)[option];
        let bin = self.bin(at);
        option.team as usize == bin.team.0
            && self.season.day_sets[option.days].contains(bin.day)
            && !self.at_part[self.facts.job(slot.job).part as usize]
                .iter()
                .any(|other| {
                    other.day == bin.day && other.job == slot.job as usize && other.visit != visit
                })
    }

    /// The days on which one of a visit's teams can do it.
    pub(in crate::engine) fn can_stand_on(
        &self,
        visit: VisitIx,
        option: usize,
        day: DayIx,
    ) -> bool {
        let days = self.facts.options(self.slot(visit).job)[option].days;
        self.season.day_sets[days].contains(day)
    }

    /// The teams that can do a visit, by option.
    pub(in crate::engine) fn teams_of(
        &self,
        visit: VisitIx,
    ) -> impl ExactSizeIterator<Item = TeamIx> {
        let options = self.facts.options(self.slot(visit).job).iter();
        options.map(|option| TeamIx(option.team as usize))
    }

    /// The option of a visit's job for a team.
    pub(in crate::engine) fn option_for(&self, visit: VisitIx, team: TeamIx) -> Option<usize> {
        let options = self.facts.options(self.slot(visit).job);
        options
            .iter()
            .position(|option| option.team as usize == team.0)
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::{Every, Exact, TeamIx};
    use crate::engine::board::Board;
    use crate::engine::components::tests::{four_weeks, may, product, rule, site, team, treatment};
    use crate::engine::dispatch;
    use crate::season::Season;

    #[test]
    fn visits_outside_a_rules_window_keep_no_gap_to_those_inside() {
        // The first rule counts both treatments until the tenth, a week apart; the second counts one of them always.
        let mut scenario = four_weeks();
        scenario.products.push(product(0, 1, 0));
        for at in 0..2 {
            scenario.treatments.push(treatment(at, 0, 30));
        }
        let mut early = rule(0, &[0, 1], Every::Window, 1);
        (early.to, early.min_gap) = (may(10), 7);
        scenario.rules = vec![early, rule(1, &[0], Every::Window, 2)];
        scenario.sites.push(site("n", 0, 1));
        scenario.teams.push(team("n", 100));
        let season = Season::new(&scenario);
        let mut board = Board::new(&season, dispatch::weights(&season));
        let visits: Vec<_> = (0..2).map(|job| board.add(job, 0)).collect();
        let mut stands = |at: usize, day: i32| {
            let crew = board.crew_day(TeamIx(0), day, 1);
            board.lift(visits[at]);
            board.set_open(crew, true);
            board.put(visits[at], 0, crew);
            (
                board.squeeze_on(visits[1], 8),
                board.too_close(visits[1], 8),
            )
        };
        // May 9th beside the 8th, then beside the 12th, when the first rule's window is over.
        assert!(stands(0, 7).0 > 0.0);
        assert_eq!(stands(0, 11), (0.0, Vec::new()));
        stands(1, 8);
        assert!(board.is_valid());
    }

    #[test]
    fn a_visit_that_becomes_one_at_another_site_shares_the_stops_there() {
        let mut scenario = four_weeks();
        scenario.products.push(product(0, 1, 0));
        for at in 0..2 {
            scenario.treatments.push(treatment(at, 0, 30));
            scenario.rules.push(rule(at, &[at], Every::Window, 1));
            let mut row = site("n", at, 1);
            row.access_min = Exact::from_int(20);
            scenario.sites.push(row);
        }
        scenario.teams.push(team("n", 100));
        let season = Season::new(&scenario);
        let mut board = Board::new(&season, dispatch::weights(&season));
        let job =
            |site: usize, treatment: usize| season.parts[season.first_part[site]].jobs[treatment];
        let crew = board.crew_day(TeamIx(0), 0, 1);
        board.set_open(crew, true);
        let first = board.add(job(1, 0), 0);
        board.put(first, 0, crew);
        let second = board.add(job(0, 1), 0);
        let alone = board.hours_in(second, 0, crew);
        board.set_job(second, job(1, 1));
        let beside = board.hours_in(second, 0, crew);
        assert_eq!(alone - beside, 333_333, "20 minutes to get there");
        board.put(second, 0, crew);
        let again = Board::with_plan(&season, dispatch::weights(&season), &board.plan());
        assert_eq!(board.bin(crew).load, again.bin(crew).load);
    }
}
