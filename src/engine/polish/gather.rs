//! Few crew-days: a crew is not sent out for little work if others have room for it.

use super::Polisher;
use crate::engine::Watch;
use crate::engine::board::{CrewDay, VisitIx};

/// Crew-days that are tried for a visit, those nearest in time.
const PLACES: usize = 40;

impl Polisher<'_, '_> {
    /// Keeps crews with less than half a day's work at home where others can take all of it; at most so many
    /// places are tried.
    pub(super) fn gather(&mut self, tries: u64, watch: &dyn Watch) {
        let open = self.open.iter().flatten().copied();
        let mut emptiest: Vec<(usize, i64, CrewDay)> = open
            .map(|at| (self.board.bin(at).visits.len(), self.board.bin(at).load, at))
            .filter(|&(_, load, at)| 2 * load <= self.board.capacity(self.board.bin(at).team))
            .collect();
        emptiest.sort_unstable();
        let mut left = tries;
        for (_, _, at) in emptiest {
            if watch.stop() || left == 0 {
                return;
            }
            self.keep_at_home(at, &mut left);
        }
    }

    /// Gives all visits of a crew-day to others; if that is not possible, everything stays as it was.
    fn keep_at_home(&mut self, at: CrewDay, left: &mut u64) {
        let mut visits = self.board.bin(at).visits.clone();
        visits.sort_by_key(|&visit| {
            let option = self.board.slot(visit).option as usize;
            (std::cmp::Reverse(self.board.hours_of(visit, option)), visit)
        });
        self.begin();
        let mut touched = vec![at];
        for visit in visits {
            let Some((option, to)) = self.best_place(visit, at, left) else {
                self.put_back(&touched);
                return;
            };
            self.lift(visit);
            self.board.put(visit, option, to);
            touched.push(to);
            let last = self.undo.len() - 1;
            self.comfort
                .change(self.board, &self.undo[last..], &[at, to]);
            self.comfort.accept();
        }
        self.board.set_open(at, false);
        if !self.is_no_worse() {
            self.board.set_open(at, true);
            self.put_back(&touched);
            return;
        }
        self.keep();
        self.open[self.board.bin(at).team.0].retain(|&other| other != at);
    }

    fn put_back(&mut self, touched: &[CrewDay]) {
        let moved = self.undo.iter();
        let moved: Vec<_> = moved
            .map(|&(visit, _)| (visit, self.board.slot(visit)))
            .collect();
        self.take_back();
        self.comfort.change(self.board, &moved, touched);
        self.comfort.accept();
    }

    /// The most comfortable crew-day with room for a visit, other than its own.
    fn best_place(
        &mut self,
        visit: VisitIx,
        from: CrewDay,
        left: &mut u64,
    ) -> Option<(usize, CrewDay)> {
        let season = self.board.season;
        let slot = self.board.slot(visit);
        let job = &season.jobs[slot.job as usize];
        let day = self.board.bin(from).day;
        let mut places: Vec<(i32, CrewDay, usize)> = Vec::new();
        for (number, option) in job.options.iter().enumerate() {
            for &to in &self.open[option.team.0] {
                let goal = self.board.bin(to).day;
                let fits = || self.board.hours_in(visit, number, to) <= self.board.room(to);
                if to != from && season.day_sets[option.days].contains(goal) && fits() {
                    places.push(((goal - day).abs(), to, number));
                }
            }
        }
        places.sort_unstable();
        let mut best: Option<(f64, usize, CrewDay)> = None;
        let known = self.undo.len();
        let demands = self.missed.len();
        // Money may rise by what the crew saves by staying at home; that is looked at in the end.
        let money = std::mem::replace(&mut self.money, f64::INFINITY);
        for (_, to, option) in places.into_iter().take(PLACES) {
            if *left == 0 {
                break;
            }
            *left -= 1;
            self.lift(visit);
            if self.board.allows(visit, option, to) {
                self.board.put(visit, option, to);
                if self.is_no_worse() {
                    let change = self
                        .comfort
                        .change(self.board, &self.undo[known..], &[from, to]);
                    self.comfort.refuse(self.board);
                    if best.is_none_or(|best| change < best.0) {
                        best = Some((change, option, to));
                    }
                }
                self.board.lift(visit);
            }
            self.board.put(visit, slot.option as usize, from);
            self.undo.truncate(known);
            self.missed.truncate(demands);
        }
        self.money = money;
        best.map(|(_, option, to)| (option, to))
    }
}
