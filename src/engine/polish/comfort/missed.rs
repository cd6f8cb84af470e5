//! The terms of missed rounds: how they are shared out over the sites of a rule, and over its periods.

use super::Comfort;
use crate::engine::board::Board;
use crate::season::Season;

/// A missed round where all rounds are missed, at a site or in a period; where half of them are, it counts half.
///
/// The term is `MISSED × missed² / asked` for each rule at a part, and the same for each period of a rule over its
/// parts. A round that goes from one to the other changes it by twice the difference of the shares missed, so the sum
/// is least where all shares are alike: the round goes to where least is done. It is far above what a round can bring
/// in spacing, teams and ways even where one is asked every week, so that these only choose among plans that share out
/// alike.
const MISSED: f64 = 100.0;

/// What is missed, by rule and part and by rule and period.
pub(super) struct MissedRounds {
    /// What each demand would miss if nothing were done at all: its rounds asked or, if more, what comes late.
    most: Vec<f64>,
    /// Of each rule, the position of its first period in the two lists below.
    first_period: Vec<usize>,
    /// Rounds asked and missed in each period, over the rule's parts.
    asked: Vec<f64>,
    missed: Vec<i64>,
    /// Rounds that each demand lacks, by period; empty where it misses none.
    lacks: Vec<Vec<u32>>,
    /// What the demands lacked that the move under way touches.
    before: Vec<(usize, Vec<u32>)>,
}

impl MissedRounds {
    pub(super) fn new(season: &Season) -> Self {
        let demands = &season.demands;
        let mut first_period = Vec::new();
        let mut asked = Vec::new();
        for periods in &season.limits.periods {
            first_period.push(asked.len());
            asked.extend(periods.iter().map(|_| 0.0));
        }
        for demand in demands {
            let first = first_period[demand.rule.0];
            for (at, period) in demand.periods(season).iter().enumerate() {
                asked[first + at] += f64::from(period.asked);
            }
        }
        let most = demands.iter().map(|demand| demand.missed(season, &[]));
        MissedRounds {
            most: most.map(f64::from).collect(),
            first_period,
            missed: vec![0; asked.len()],
            asked,
            lacks: vec![Vec::new(); demands.len()],
            before: Vec::new(),
        }
    }

    /// How many periods all rules have.
    pub(super) fn periods(&self) -> usize {
        self.asked.len()
    }

    /// The term of a period, by its position among those of all rules.
    pub(super) fn period(&self, at: usize) -> f64 {
        weighed(self.missed[at] as f64, self.asked[at])
    }

    /// The periods whose term the move under way changes.
    pub(super) fn changed(&self, season: &Season) -> Vec<usize> {
        let mut changed = Vec::new();
        for (demand, before) in &self.before {
            let first = self.first_period[season.demands[*demand].rule.0];
            let now = &self.lacks[*demand];
            let lacked = |list: &Vec<u32>, at: usize| list.get(at).copied().unwrap_or(0);
            let differs = |&at: &usize| lacked(before, at) != lacked(now, at);
            let periods = 0..before.len().max(now.len());
            changed.extend(periods.filter(differs).map(|at| first + at));
        }
        changed.sort_unstable();
        changed.dedup();
        changed
    }

    /// Keeps what the move under way has changed.
    pub(super) fn accept(&mut self) {
        self.before.clear();
    }

    /// Takes back what the move under way has changed.
    pub(super) fn refuse(&mut self, season: &Season) {
        while let Some((demand, before)) = self.before.pop() {
            self.set(season, demand, before);
        }
    }

    /// Notes what a demand lacks now; what it lacked before.
    fn set(&mut self, season: &Season, demand: usize, lacks: Vec<u32>) -> Vec<u32> {
        let before = std::mem::replace(&mut self.lacks[demand], lacks);
        let first = self.first_period[season.demands[demand].rule.0];
        for (at, &rounds) in before.iter().enumerate() {
            self.missed[first + at] -= i64::from(rounds);
        }
        for (at, &rounds) in self.lacks[demand].iter().enumerate() {
            self.missed[first + at] += i64::from(rounds);
        }
        before
    }
}

/// `missed² / asked` at its weight.
fn weighed(missed: f64, asked: f64) -> f64 {
    if missed > 0.0 {
        MISSED * missed * missed / asked
    } else {
        0.0
    }
}

impl Comfort<'_> {
    /// How unevenly the rounds of a demand are spaced, and the share of them that is missed.
    pub(super) fn demand(&mut self, board: &Board, demand: usize) -> f64 {
        let spacing = self.spacing(board, demand);
        let missed = board.state(demand).0;
        if missed == 0 && self.missed.lacks[demand].is_empty() {
            return spacing;
        }
        let mut lacks = Vec::new();
        if missed > 0 {
            // `spacing` has left the demand's days in the buffer.
            let periods = self.season.demands[demand].periods(self.season).iter();
            let days = &self.days;
            lacks.extend(periods.map(|period| period.asked.saturating_sub(period.count(days))));
        }
        let before = self.missed.set(self.season, demand, lacks);
        self.missed.before.push((demand, before));
        spacing + weighed(f64::from(missed), self.missed.most[demand])
    }

    /// Rounds that a demand lacks in each of its periods; empty where it misses none.
    pub(in crate::engine::polish) fn lacks(&self, demand: usize) -> &[u32] {
        &self.missed.lacks[demand]
    }

    /// The share of a demand's rounds that is missed.
    pub(in crate::engine::polish) fn share_missed(&self, board: &Board, demand: usize) -> f64 {
        let missed = f64::from(board.state(demand).0);
        if missed > 0.0 {
            missed / self.missed.most[demand]
        } else {
            0.0
        }
    }
}
