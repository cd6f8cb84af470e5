//! Handing over: a crew-day whose whole work a cheaper team can do goes to that team.

use crate::domain::{Money, TeamIx};
use crate::engine::board::{Board, CrewDay, VisitIx};
use crate::season::DayIx;

/// Hands crew-days over to cheaper teams that have a crew at home, on the same day where that can be, else on another
/// on which the visits count for the same rounds. Nothing but money changes.
pub(super) fn hand_over(board: &mut Board) {
    let season = board.season;
    let dear = |team: TeamIx| season.scenario[team].cost_per_day;
    let mut out: Vec<CrewDay> = (0..board.bins.len() as u32)
        .map(CrewDay)
        .filter(|&at| board.bin(at).open)
        .collect();
    out.sort_by_key(|&at| (std::cmp::Reverse(dear(board.bin(at).team)), at));
    for from in out {
        let team = board.bin(from).team;
        if !board.ledger.saves_by_staying(team) {
            continue;
        }
        let mut others: Vec<TeamIx> = season.teams().collect();
        others.retain(|&other| dear(other) < dear(team) && season.takes_part(other));
        others.sort_by_key(|&other| (dear(other), other));
        for other in others {
            if board.ledger.has_day_left(other) && hand_to(board, from, other) {
                break;
            }
        }
    }
}

/// Hands a crew-day over to a team if its crew can do all of it, and if that costs less.
fn hand_to(board: &mut Board, from: CrewDay, team: TeamIx) -> bool {
    let season = board.season;
    let visits = board.bin(from).visits.clone();
    let options = visits.iter().map(|&visit| board.option_for(visit, team));
    let Some(options) = options.collect::<Option<Vec<usize>>>() else {
        return false;
    };
    let hours = visits.iter().zip(&options).map(|(&visit, &option)| {
        let job = &season.jobs[board.slot(visit).job as usize];
        job.options[option].work.micro()
    });
    if hours.sum::<i64>() > board.capacity(team) {
        return false;
    }
    // The same on every day, so it is worked out before any is tried.
    let piece = |visit: &VisitIx, option: usize| {
        let job = &season.jobs[board.slot(*visit).job as usize];
        job.options[option].piece
    };
    let slots = visits
        .iter()
        .map(|&visit| board.slot(visit).option as usize);
    let paid: Money = visits.iter().zip(slots).map(|(v, at)| piece(v, at)).sum();
    let asked: Money = visits
        .iter()
        .zip(&options)
        .map(|(v, &at)| piece(v, at))
        .sum();
    let saved = board.ledger.with_more(board.bin(from).team, -1, -paid);
    if saved + board.ledger.with_more(team, 1, asked) >= Money::ZERO {
        return false;
    }
    let spans = visits.iter().map(|&visit| board.same_rounds(visit));
    let (first, last) = spans.fold((season.first_open, season.days - 1), |span, of| {
        (span.0.max(of.from), span.1.min(of.to))
    });
    let now = board.bin(from).day;
    let mut days: Vec<DayIx> = (first..=last)
        .filter(|&day| season.day_sets[season.team_days[team.0]].contains(day))
        .collect();
    days.sort_by_key(|&day| ((day - now).abs(), day));
    for day in days {
        let crews = 1..=season.scenario[team].crews;
        let mut crews = crews.map(|crew| board.crew_day(team, day, crew));
        if let Some(to) = crews.find(|&at| !board.bin(at).open)
            && hand(board, (from, to), &visits, &options)
        {
            return true;
        }
    }
    false
}

/// Puts all visits of a crew-day on another that is not out; takes them back where something is then worse, or nothing
/// is saved.
fn hand(
    board: &mut Board,
    (from, to): (CrewDay, CrewDay),
    visits: &[VisitIx],
    options: &[usize],
) -> bool {
    let before = board.strain;
    let slots: Vec<_> = visits.iter().map(|&visit| board.slot(visit)).collect();
    for &visit in visits {
        board.lift(visit);
    }
    board.set_open(from, false);
    board.set_open(to, true);
    let all = visits.iter().zip(options).all(|(&visit, &option)| {
        let allowed = board.allows(visit, option, to);
        if allowed {
            board.put(visit, option, to);
        }
        allowed
    });
    let now = &board.strain;
    if all && now.money < before.money && now.is_no_worse_than(&before) {
        return true;
    }
    for &visit in visits {
        board.lift(visit);
    }
    board.set_open(to, false);
    board.set_open(from, true);
    for (&visit, slot) in visits.iter().zip(slots) {
        board.put(visit, slot.option as usize, from);
    }
    false
}
