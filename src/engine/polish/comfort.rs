//! How little people like a board, as a sum: the less, the better. Kept up to date move by move.
//!
//! The sum has a term for each crew-day (zones and way), each rule at a part (missed rounds and spacing), each treatment at
//! a site (teams and parts), each team (weeks) and each period of a rule (missed rounds); a move changes a few of them.

mod missed;
mod terms;

use crate::domain::TeamIx;
use crate::engine::board::{Board, CrewDay, Slot, VisitIx};
use crate::measures::workable_weeks;
use crate::season::{DayIx, Season};
use chrono::Weekday;
use missed::MissedRounds;
use std::collections::BTreeMap;

/// The sum and its terms.
pub(super) struct Comfort<'s> {
    season: &'s Season<'s>,
    /// Number of each site's zone.
    zone: Vec<usize>,
    /// Where each site lies, in kilometres on a plane.
    place: Vec<Option<(f64, f64)>>,
    /// Kilometres that count as one.
    way: f64,
    /// For each job the number of its site and treatment, and the jobs of each.
    group: Vec<usize>,
    groups: Vec<Vec<usize>>,
    /// Week of each day, by day.
    week: Vec<usize>,
    /// Hours that a team could work, by team and week; and hours and crew-days that it does.
    workable: Vec<Vec<f64>>,
    worked: Vec<Vec<i64>>,
    crew_days: Vec<f64>,
    /// Load of each crew-day as it is in `worked`.
    load: Vec<i64>,
    /// What is missed, at which sites and in which periods.
    missed: MissedRounds,
    /// All terms: crew-days, then demands, groups, teams and periods.
    terms: Vec<f64>,
    /// Terms that the move under way changes, and the loads that it found.
    pending: Vec<(usize, f64)>,
    loads: Vec<(CrewDay, i64)>,
    days: Vec<DayIx>,
    sites: Vec<usize>,
}

/// Kilometres east and north of the mean place; good enough to compare ways within a district.
pub(super) fn plane(season: &Season) -> Vec<Option<(f64, f64)>> {
    let sites = &season.scenario.sites;
    let located: Vec<f64> = sites
        .iter()
        .filter_map(|site| site.lon_lat)
        .map(|place| place.1)
        .collect();
    let middle = located.iter().sum::<f64>() / located.len().max(1) as f64;
    let degree = 111.195;
    let shrink = middle.to_radians().cos();
    sites
        .iter()
        .map(|site| {
            site.lon_lat
                .map(|(lon, lat)| (lon * degree * shrink, lat * degree))
        })
        .collect()
}

impl<'s> Comfort<'s> {
    pub(super) fn new(board: &Board<'s>) -> Self {
        let season = board.season;
        let scenario = season.scenario;
        let mut zones: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        let zone = scenario.sites.iter().map(|site| {
            let next = zones.len();
            *zones.entry(site.zone.as_deref()).or_insert(next)
        });
        let zone = zone.collect();
        let mut numbers: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut group = Vec::new();
        for (at, job) in season.jobs.iter().enumerate() {
            let key = (season.parts[job.part].site.0, job.treatment.0);
            let number = *numbers.entry(key).or_insert(groups.len());
            if number == groups.len() {
                groups.push(Vec::new());
            }
            groups[number].push(at);
            group.push(number);
        }
        let monday = |day: DayIx| season.date(day).week(Weekday::Mon).first_day();
        let first = monday(0);
        let week: Vec<usize> = (0..season.days)
            .map(|day| ((monday(day) - first).num_days() / 7) as usize)
            .collect();
        let weeks = week.last().map_or(0, |last| last + 1);
        let workable = (0..scenario.teams.len()).map(|team| {
            let mut hours = vec![0.0; weeks];
            for (monday, could) in workable_weeks(season, TeamIx(team)) {
                hours[((monday - first).num_days() / 7) as usize] = could as f64;
            }
            hours
        });
        let mut crew_days = vec![0.0; scenario.teams.len()];
        for bin in board.bins.iter().filter(|bin| bin.open) {
            crew_days[bin.team.0] += 1.0;
        }
        let missed = MissedRounds::new(season);
        let demands = season.demands.len();
        let others = groups.len() + scenario.teams.len() + missed.periods();
        let mut comfort = Comfort {
            season,
            zone,
            place: plane(season),
            way: 0.0,
            group,
            groups,
            week,
            workable: workable.collect(),
            worked: vec![vec![0; weeks]; scenario.teams.len()],
            crew_days,
            load: vec![0; board.bins.len()],
            missed,
            terms: vec![0.0; board.bins.len() + demands + others],
            pending: Vec::new(),
            loads: Vec::new(),
            days: Vec::new(),
            sites: Vec::new(),
        };
        comfort.set_way(board);
        for at in (0..board.bins.len() as u32).map(CrewDay) {
            comfort.set_load(board, at, board.bin(at).load);
        }
        comfort.judge_all(board);
        comfort
    }

    /// Whether each term is what it would be if it were worked out again.
    pub(super) fn is_up_to_date(&self, board: &Board<'s>) -> bool {
        let mut again = Comfort::new(board);
        again.way = self.way;
        again.crew_days.clone_from(&self.crew_days);
        again.judge_all(board);
        let mut terms = again.terms.iter().zip(&self.terms);
        terms.all(|(again, known)| (again - known).abs() < 1e-6 * (1.0 + known.abs()))
    }

    /// The mean way of a crew-day counts as one.
    fn set_way(&mut self, board: &Board) {
        let (mut sum, mut count) = (0.0, 0.0);
        for at in (0..board.bins.len() as u32).map(CrewDay) {
            self.list_sites(board, at);
            let way = self.way_between_sites();
            if way > 0.0 {
                sum += way;
                count += 1.0;
            }
        }
        self.way = if count > 0.0 { sum / count } else { 1.0 };
    }

    fn judge_all(&mut self, board: &Board) {
        for at in (0..board.bins.len() as u32).map(CrewDay) {
            self.terms[at.0 as usize] = self.crew_day(board, at);
        }
        for demand in 0..self.season.demands.len() {
            let at = self.demand_term(demand);
            self.terms[at] = self.demand(board, demand);
        }
        self.missed.accept();
        for period in 0..self.missed.periods() {
            let at = self.period_term(period);
            self.terms[at] = self.missed.period(period);
        }
        for group in 0..self.groups.len() {
            let at = self.group_term(group);
            self.terms[at] = self.teams_and_parts(board, group);
        }
        for team in 0..self.worked.len() {
            let at = self.team_term(team);
            self.terms[at] = self.weeks(team);
        }
    }

    fn demand_term(&self, demand: usize) -> usize {
        self.load.len() + demand
    }

    fn group_term(&self, group: usize) -> usize {
        self.demand_term(self.season.demands.len()) + group
    }

    fn team_term(&self, team: usize) -> usize {
        self.group_term(self.groups.len()) + team
    }

    fn period_term(&self, period: usize) -> usize {
        self.team_term(self.worked.len()) + period
    }

    /// The sum.
    pub(super) fn sum(&self) -> f64 {
        self.terms.iter().sum()
    }

    /// By how much the sum changes with a move that has been made: visits as they stood before it, and crew-days whose
    /// load may have changed.
    pub(super) fn change(
        &mut self,
        board: &Board,
        moved: &[(VisitIx, Slot)],
        crew_days: &[CrewDay],
    ) -> f64 {
        self.pending.clear();
        self.loads.clear();
        for &at in crew_days {
            let term = at.0 as usize;
            if self.pending.iter().all(|&(known, _)| known != term) {
                let value = self.crew_day(board, at);
                self.pending.push((term, value));
                self.loads.push((at, self.load[term]));
                self.set_load(board, at, board.bin(at).load);
            }
        }
        for at in 0..self.loads.len() {
            let team = board.bin(self.loads[at].0).team.0;
            let term = self.team_term(team);
            if self.pending.iter().all(|&(known, _)| known != term) {
                self.pending.push((term, self.weeks(team)));
            }
        }
        for &(visit, was) in moved {
            let now = board.slot(visit);
            let same_team = was.place.is_some() && (now.job, now.option) == (was.job, was.option);
            self.judge_job(board, was.job as usize, same_team);
            if now.job != was.job {
                self.judge_job(board, now.job as usize, false);
            }
        }
        for period in self.missed.changed(self.season) {
            self.pending
                .push((self.period_term(period), self.missed.period(period)));
        }
        let pending = self.pending.iter();
        pending.map(|&(term, new)| new - self.terms[term]).sum()
    }

    /// Works out the terms of the demands that a job counts for, and of its group unless the teams are as they were.
    fn judge_job(&mut self, board: &Board, job: usize, same_team: bool) {
        let season = self.season;
        for &demand in &season.jobs[job].demands {
            let term = self.demand_term(demand);
            if self.pending.iter().all(|&(known, _)| known != term) {
                let value = self.demand(board, demand);
                self.pending.push((term, value));
            }
        }
        let group = self.group[job];
        let term = self.group_term(group);
        let alike = same_team && self.groups[group].len() == 1;
        if !alike && self.pending.iter().all(|&(known, _)| known != term) {
            let value = self.teams_and_parts(board, group);
            self.pending.push((term, value));
        }
    }

    /// Keeps the change.
    pub(super) fn accept(&mut self) {
        for &(term, value) in &self.pending {
            self.terms[term] = value;
        }
        self.pending.clear();
        self.loads.clear();
        self.missed.accept();
    }

    /// Forgets the change; the move is taken back.
    pub(super) fn refuse(&mut self, board: &Board) {
        let loads = std::mem::take(&mut self.loads);
        for &(at, load) in &loads {
            self.set_load(board, at, load);
        }
        self.loads = loads;
        self.loads.clear();
        self.pending.clear();
        self.missed.refuse(self.season);
    }

    fn set_load(&mut self, board: &Board, at: CrewDay, load: i64) {
        let bin = board.bin(at);
        let week = self.week[bin.day as usize];
        self.worked[bin.team.0][week] += load - self.load[at.0 as usize];
        self.load[at.0 as usize] = load;
    }
}
