//! Giving up what is worth least, until money and crew-days suffice.
//!
//! Money is saved by a visit that is not made (its piece money and its share of a pack) and, mostly, by a crew that
//! stays at home: either with all its visits given up, or with so many hours of work gone from its team and phase, those
//! first that are worth least for an hour, that the rest of its work may fit into the other crew-days. Each time that is
//! done which misses least for the money saved.

use super::{Key, phase_of};
use crate::domain::TeamIx;
use crate::engine::Watch;
use crate::engine::board::{Board, CrewDay, VisitIx};
use crate::engine::finish;
use crate::engine::search::{Dice, Focus, HOUR, Schedule, Search};
use crate::engine::settle::Effort;
use crate::engine::spans::Span;
use crate::engine::squeeze;
use std::collections::BTreeMap;

/// Which crew stays at home when visits are given up.
#[derive(Debug, Clone, Copy)]
enum Home {
    /// None: the visits alone save money.
    Nobody,
    /// This one; all its visits are given up.
    Crew(CrewDay),
    /// One of a team in a phase; its work must find room elsewhere.
    Some(Key),
}

/// What is given up.
struct Sacrifice {
    /// Visits that are not made.
    visits: Vec<VisitIx>,
    /// Who stays at home.
    home: Home,
    /// What is missed for each unit of money that is saved.
    price: f64,
}

/// What a visit is worth, and what it takes.
struct Stake {
    visit: VisitIx,
    lost: f64,
    hours: f64,
    money: f64,
}

/// Share of the hours that are free in a team's phase that counts as room for the work of a crew that stays at home:
/// they lie in many crew-days, a little in each.
const USABLE: f64 = 0.8;

/// Share of a crew-day by which more is given up where the rest did not fit in.
const MORE: f64 = 0.3;

/// Attempts to keep a crew at home whose work finds no room elsewhere; after these, crews stay at home with all their
/// work given up.
const FAILURES: u32 = 60;

/// Gives up rounds until budget lines and limits of crew-days hold: each time where least is missed for what is saved.
///
/// The board is lenient in both; where nothing helps, it still exceeds them.
pub(in crate::engine) fn cut(
    board: &mut Board,
    phases: &[Span],
    effort: &Effort,
    dice: &mut Dice,
    watch: &dyn Watch,
) {
    let mut refused: BTreeMap<Key, u32> = BTreeMap::new();
    let mut failures = 0;
    finish::close_empty(board);
    while board.ledger.beyond() > 0.0 && !watch.stop() {
        let refused_so_far = (failures < FAILURES).then_some(&refused);
        let Some(sacrifice) = cheapest(board, phases, refused_so_far) else {
            return;
        };
        let before = board.clone();
        for &visit in &sacrifice.visits {
            board.lift(visit);
        }
        board.forget_waiting();
        let key = match sacrifice.home {
            Home::Nobody => {
                finish::close_empty(board);
                continue;
            }
            Home::Crew(at) => {
                board.set_open(at, false);
                continue;
            }
            Home::Some(key) => key,
        };
        if stays_home(board, key, phases[key.1], effort, dice, watch) {
            refused.remove(&key);
        } else {
            *board = before;
            *refused.entry(key).or_insert(0) += 1;
            failures += 1;
        }
    }
}

/// Keeps the emptiest crew of a team in a phase at home; whether its work found room elsewhere.
fn stays_home(
    board: &mut Board,
    (team, _): Key,
    days: Span,
    effort: &Effort,
    dice: &mut Dice,
    watch: &dyn Watch,
) -> bool {
    let enough = board.strain.missed;
    let emptiest = (0..board.bins.len() as u32)
        .map(CrewDay)
        .filter(|&at| {
            let bin = board.bin(at);
            bin.open && bin.team == team && days.contains(bin.day)
        })
        .max_by_key(|&at| board.room(at));
    let Some(at) = emptiest else { return false };
    squeeze::keep_at_home(board, &[at], dice);
    let focus = Focus {
        days,
        team: Some(team),
    };
    let schedule = Schedule {
        moves: board.visits_in(focus).max(20) as u64 * effort.moves_per_visit / 4,
        hot: 0.03 * HOUR,
        cold: 0.001 * HOUR,
        may_give_up: false,
        may_enter: true,
        enough,
        cheaper_than: f64::INFINITY,
        focus,
    };
    let fits = |board: &Board| board.is_valid() && board.strain.missed <= enough + 1e-6;
    fits(board) || Search::new(board, dice).run(&schedule, watch)
}

/// The sacrifice that misses least for the money that it saves.
struct Cheapest(Option<Sacrifice>);

impl Cheapest {
    /// Considers giving visits up: `lost` is what each misses alone, which is mostly less than what all do together.
    fn consider(
        &mut self,
        board: &mut Board,
        visits: &[VisitIx],
        home: Home,
        lost: f64,
        saved: f64,
    ) {
        let cheaper = |lost: f64| {
            let price = (lost + LEAST) / saved;
            self.0.as_ref().is_none_or(|best| price < best.price)
        };
        if !cheaper(lost) {
            return;
        }
        let lost = lost_together(board, visits);
        if cheaper(lost) {
            self.0 = Some(Sacrifice {
                visits: visits.to_vec(),
                home,
                price: (lost + LEAST) / saved,
            });
        }
    }
}

/// What misses least for the money that it saves. With `refused`, crews whose work must find room elsewhere count too,
/// and more is given up where that was refused before.
fn cheapest(
    board: &mut Board,
    phases: &[Span],
    refused: Option<&BTreeMap<Key, u32>>,
) -> Option<Sacrifice> {
    let mut best = Cheapest(None);
    let spends = board.ledger.beyond_lines() > 0.0;
    let mut by_key: BTreeMap<Key, Vec<Stake>> = BTreeMap::new();
    let mut by_crew: BTreeMap<CrewDay, (f64, f64)> = BTreeMap::new();
    for at in 0..board.slots.len() {
        let visit = VisitIx(at as u32);
        let Some(place) = board.slot(visit).place else {
            continue;
        };
        let mut stake = stake(board, visit, place);
        if !spends {
            stake.money = 0.0;
        }
        if stake.money > 0.0 {
            best.consider(board, &[visit], Home::Nobody, stake.lost, stake.money);
        }
        let bin = board.bin(place);
        let key = (bin.team, phase_of(phases, bin.day));
        let crew = by_crew.entry(place).or_insert((0.0, 0.0));
        crew.0 += stake.lost;
        crew.1 += stake.money;
        by_key.entry(key).or_default().push(stake);
    }
    for (at, (lost, money)) in by_crew {
        let team = board.bin(at).team;
        let day = saved_by_staying(board, team);
        if day > 0.0 {
            let saved = money + day;
            let visits = board.bin(at).visits.clone();
            best.consider(board, &visits, Home::Crew(at), lost, saved);
        }
    }
    let Some(refused) = refused else {
        return best.0;
    };
    let mut room: BTreeMap<Key, f64> = BTreeMap::new();
    for at in (0..board.bins.len() as u32).map(CrewDay) {
        let bin = board.bin(at);
        if bin.open {
            let key = (bin.team, phase_of(phases, bin.day));
            *room.entry(key).or_insert(0.0) += board.room(at).max(0) as f64 / 1e6;
        }
    }
    for (key, mut stakes) in by_key {
        let day = saved_by_staying(board, key.0);
        if day <= 0.0 {
            continue;
        }
        let tries = f64::from(refused.get(&key).copied().unwrap_or(0));
        let capacity = board.capacity(key.0) as f64 / 1e6;
        let mut needed = capacity * (1.0 + MORE * tries) - USABLE * room[&key];
        stakes.sort_by(|a, b| (a.lost / a.hours).total_cmp(&(b.lost / b.hours)));
        let mut lost = 0.0;
        let mut saved = day;
        let mut visits = Vec::new();
        for stake in &stakes {
            if needed <= 0.0 {
                break;
            }
            needed -= stake.hours;
            lost += stake.lost;
            saved += stake.money;
            visits.push(stake.visit);
        }
        best.consider(board, &visits, Home::Some(key), lost, saved);
    }
    best.0
}

/// What it saves of what is exceeded when a crew of the team stays at home.
fn saved_by_staying(board: &Board, team: TeamIx) -> f64 {
    let day = board.season.scenario[team].cost_per_day.to_f64();
    let mut saved = 0.0;
    if board.ledger.beyond_lines() > 0.0 && board.ledger.saves_by_staying(team) {
        saved += day;
    }
    if board.ledger.has_too_many_days(team) {
        saved += day.max(1.0);
    }
    saved
}

/// What counts as missed at least, so that of two sacrifices that cost nothing the one that saves more comes first.
const LEAST: f64 = 1e-6;

/// What would be missed without any of these visits, which are placed.
fn lost_together(board: &mut Board, visits: &[VisitIx]) -> f64 {
    let missed = board.strain.missed;
    let stood: Vec<_> = visits.iter().map(|&visit| board.slot(visit)).collect();
    for &visit in visits {
        board.lift(visit);
    }
    let lost = (board.strain.missed - missed).max(0.0);
    for (&visit, slot) in visits.iter().zip(&stood) {
        if let Some(place) = slot.place {
            board.put(visit, slot.option as usize, place);
        }
    }
    lost
}

/// What would be missed without a visit; 0 for one that is not placed.
pub(super) fn lost_by(board: &mut Board, visit: VisitIx) -> f64 {
    let slot = board.slot(visit);
    let Some(place) = slot.place else { return 0.0 };
    let missed = board.strain.missed;
    board.lift(visit);
    let lost = (board.strain.missed - missed).max(0.0);
    board.put(visit, slot.option as usize, place);
    lost
}

/// What would be missed without a visit, and what it takes.
fn stake(board: &mut Board, visit: VisitIx, place: CrewDay) -> Stake {
    let slot = board.slot(visit);
    let option = slot.option as usize;
    let hours = board.hours_in(visit, option, place) as f64 / 1e6;
    let lost = lost_by(board, visit);
    let season = board.season;
    let job = &season.jobs[slot.job as usize];
    let product = job.product.map_or(0.0, |(product, quantity)| {
        let row = &season.scenario[product];
        quantity.to_f64() * row.pack_cost.to_f64() / row.pack_size.to_f64()
    });
    Stake {
        visit,
        lost,
        hours: hours.max(LEAST),
        money: job.options[option].piece.to_f64() + product,
    }
}
