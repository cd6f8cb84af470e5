//! What each team does in each week, and what it is handed out for each day.

use super::VisitFigures;
use crate::domain::{Day, Hours, ProductIx, Quantity, TeamIx};
use crate::season::Season;
use chrono::{Datelike, Weekday};
use std::collections::{BTreeMap, BTreeSet};

/// A team's new visits of a week, Monday to Sunday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekFigures {
    /// Who.
    pub team: TeamIx,
    /// The Monday; may lie before the horizon.
    pub monday: Day,
    /// Year and number of the week by ISO 8601.
    pub week: (i32, u32),
    /// Its visits (positions in [`super::Measures::visits`]), by date, crew and visiting order.
    pub visits: Vec<usize>,
    /// Crew-days.
    pub crew_days: usize,
    /// Hours of the visits.
    pub hours: Hours,
    /// What is used of each product, by product id.
    pub products: Vec<(ProductIx, Quantity)>,
}

/// What a team is handed out of a product for a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueFigures {
    /// When.
    pub date: Day,
    /// Who.
    pub team: TeamIx,
    /// Of what.
    pub product: ProductIx,
    /// What the new visits of the day use, all crews together.
    pub quantity: Quantity,
    /// These visits.
    pub visits: usize,
}

/// The weeks of all teams, by week and team id.
pub(super) fn weeks(season: &Season, visits: &[VisitFigures]) -> Vec<WeekFigures> {
    let mut weeks: BTreeMap<(Day, u32), Vec<usize>> = BTreeMap::new();
    for (at, row) in visits.iter().enumerate() {
        let monday = row.visit.date.week(Weekday::Mon).first_day();
        let rank = season.team_rank[row.visit.team.0];
        weeks.entry((monday, rank)).or_default().push(at);
    }
    weeks
        .into_iter()
        .map(|((monday, _), mut of_week)| {
            of_week.sort_by_key(|&at| {
                let row = &visits[at];
                (row.visit.date, row.visit.crew, row.seq)
            });
            let mut crew_days = BTreeSet::new();
            let mut products: BTreeMap<&str, (ProductIx, Quantity)> = BTreeMap::new();
            let mut hours = Hours::ZERO;
            for row in of_week.iter().map(|&at| &visits[at]) {
                crew_days.insert((row.visit.date, row.visit.crew));
                hours += row.hours;
                if let Some(product) = row.product {
                    let id = season.scenario[product].id.as_str();
                    let sum = products.entry(id).or_insert((product, Quantity::ZERO));
                    sum.1 += row.quantity;
                }
            }
            WeekFigures {
                team: visits[of_week[0]].visit.team,
                monday,
                week: (monday.iso_week().year(), monday.iso_week().week()),
                visits: of_week,
                crew_days: crew_days.len(),
                hours,
                products: products.into_values().collect(),
            }
        })
        .collect()
}

/// What is handed out, by date, team id and product id.
pub(super) fn issues(season: &Season, visits: &[VisitFigures]) -> Vec<IssueFigures> {
    let scenario = season.scenario;
    let mut issues: BTreeMap<(Day, &str, &str), IssueFigures> = BTreeMap::new();
    for row in visits {
        let (Some(product), date, team) = (row.product, row.visit.date, row.visit.team) else {
            continue;
        };
        let issue = issues
            .entry((date, &scenario[team].id, &scenario[product].id))
            .or_insert(IssueFigures {
                date,
                team,
                product,
                quantity: Quantity::ZERO,
                visits: 0,
            });
        issue.quantity += row.quantity;
        issue.visits += 1;
    }
    // A treatment of dose 0 takes nothing from the store.
    issues
        .into_values()
        .filter(|issue| issue.quantity > Quantity::ZERO)
        .collect()
}
