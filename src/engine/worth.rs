//! What hours, money and products are worth in rounds where they do not suffice for all of them.
//!
//! A search that only counts missed rounds does not see that a round of ten minutes asks less than one of three hours:
//! both count one. The linear programme of the least shortfall does: the duals of the rows that hold hours within
//! crew-days, products within packs and money within budget lines say how many rounds a further unit would save, and
//! so what a visit takes from others. A round is then worth doing if it weighs more than what it takes. This guides the
//! search; no proof rests on it.

use super::allocate::{Allocation, crew_day};
use super::patterns::PatternRow;
use super::solver::Optimum;
use crate::domain::{ProductIx, TeamIx};
use crate::season::Season;

/// What a unit of something scarce is worth, in what the board counts missed rounds in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Worth {
    /// An hour, by team.
    pub(super) hour: Vec<f64>,
    /// A unit of piece money, by team.
    pub(super) piece: Vec<f64>,
    /// A unit, by product.
    pub(super) unit: Vec<f64>,
}

impl Worth {
    /// Nothing is scarce.
    pub(super) fn nothing(season: &Season) -> Self {
        Worth {
            hour: vec![0.0; season.scenario.teams.len()],
            piece: vec![0.0; season.scenario.teams.len()],
            unit: vec![0.0; season.scenario.products.len()],
        }
    }

    /// From the least shortfall of a tier, of which a round counts `factor` on the board.
    pub(super) fn of(
        season: &Season,
        allocation: &Allocation,
        optimum: &Optimum,
        factor: f64,
    ) -> Self {
        let mut worth = Self::nothing(season);
        let price = |row| -factor * optimum.dual(&allocation.model, row);
        let days = crew_days(allocation, optimum);
        for hours in &allocation.hours {
            let share = optimum.values[hours.crew_days.0] / days[hours.team.0].max(1e-9);
            worth.hour[hours.team.0] += price(hours.row).max(0.0) * share;
        }
        let lines = allocation.season.limits.budget.iter();
        for (line, held) in lines.zip(&allocation.lines) {
            let money = price(held.row).max(0.0) / held.scale;
            for (at, piece) in worth.piece.iter_mut().enumerate() {
                *piece += if line.teams[at] { money } else { 0.0 };
            }
        }
        for (product, row) in allocation.stock.iter().chain(&allocation.quotas) {
            let size = if season.buys_packs(*product) {
                season.scenario[*product].pack_size.to_f64()
            } else {
                1.0
            };
            worth.unit[product.0] += price(*row).max(0.0) / size;
        }
        worth
    }

    /// From the least cost, of which a unit counts `factor` on the board: what an hour of crews that are paid by the day
    /// saves, and what is scarce besides. Packs, which the board pays for by themselves, are left out. `packed` are rows that
    /// were added to the allocation, with their place among the optimum's rows.
    pub(super) fn of_cost(
        season: &Season,
        allocation: &Allocation,
        packed: &[(usize, PatternRow)],
        optimum: &Optimum,
        factor: f64,
    ) -> Self {
        let mut worth = Self::of(season, allocation, optimum, factor);
        let days = crew_days(allocation, optimum);
        for (place, row) in packed {
            let packing = &allocation.packings[row.packing];
            let team = packing.team;
            let own = packing.crew_days.iter().map(|col| optimum.values[col.0]);
            let share = own.sum::<f64>() / days[team.0].max(1e-9);
            let crew_day = crew_day(season, team).to_f64();
            let price = -factor * optimum.duals[*place] / crew_day;
            worth.hour[team.0] += price.max(0.0) * share;
        }
        for (at, unit) in worth.unit.iter_mut().enumerate() {
            if season.buys_packs(ProductIx(at)) {
                *unit = 0.0;
            }
        }
        worth
    }

    /// This, or what was known before where nothing is scarce.
    pub(super) fn or(self, before: Self) -> Self {
        let all = [&self.hour, &self.piece, &self.unit];
        let is_nothing = all.into_iter().flatten().all(|&worth| worth == 0.0);
        if is_nothing { before } else { self }
    }

    /// A share of it.
    pub(super) fn times(&self, share: f64) -> Self {
        let part = |all: &[f64]| all.iter().map(|worth| share * worth).collect();
        Worth {
            hour: part(&self.hour),
            piece: part(&self.piece),
            unit: part(&self.unit),
        }
    }

    /// What a visit's hours, in millionths, are worth.
    pub(super) fn hours(&self, team: TeamIx, hours: i64) -> f64 {
        self.hour[team.0] * (hours as f64 / 1e6)
    }
}

/// Crew-days by team.
fn crew_days(allocation: &Allocation, optimum: &Optimum) -> Vec<f64> {
    let mut days = vec![0.0; allocation.season.scenario.teams.len()];
    for crew_days in &allocation.crew_days {
        days[crew_days.team.0] += optimum.values[crew_days.col.0];
    }
    days
}
