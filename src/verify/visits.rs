//! Visits with everything that they name found in the tables.

use super::figures::{FigureBook, Figures};
use super::places::{Order, PlaceIx, Places};
use crate::domain::{
    Day, Exact, Hours, ProductIx, Quantity, Scenario, SiteIx, TeamIx, TreatmentIx,
};

/// A visit, done or new; one part of a site each.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    /// The line of visits.csv; `None` for a done visit.
    pub(super) line: Option<u64>,
    pub(super) date: Day,
    pub(super) team: TeamIx,
    pub(super) crew: u32,
    pub(super) site: SiteIx,
    pub(super) place: PlaceIx,
    pub(super) treatment: TreatmentIx,
    /// What is used: the treatment's product, unless a done visit says otherwise.
    pub(super) product: Option<ProductIx>,
    /// As the tables say, unless a done visit says otherwise.
    pub(super) figures: Figures,
    /// Work and the access that the visit carries; known once the stops are.
    pub(super) hours: Hours,
}

impl Visit {
    /// Whether the visit is part of the plan that is judged.
    pub(super) fn is_new(&self) -> bool {
        self.line.is_some()
    }
}

/// A new visit as a row of the plan names it.
pub(super) struct Named {
    pub(super) line: u64,
    pub(super) date: Day,
    pub(super) team: TeamIx,
    pub(super) crew: u32,
    pub(super) place: PlaceIx,
    pub(super) treatment: TreatmentIx,
}

/// All visits of a season.
pub(super) struct Visits {
    /// New visits and the done ones of the horizon, in the order of visits.csv.
    pub(super) season: Vec<Visit>,
    /// Done visits before the horizon; they count for `min_gap` and for nothing else.
    pub(super) earlier: Vec<Visit>,
}

impl Visits {
    pub(super) fn new(
        scenario: &Scenario,
        places: &Places,
        order: &Order,
        named: Vec<Named>,
    ) -> Self {
        let mut book = FigureBook::new(scenario);
        let mut season: Vec<Visit> = named
            .into_iter()
            .map(|row| {
                let site = places.site(row.place);
                let figures = book.figures(site, row.treatment, row.team);
                Visit {
                    line: Some(row.line),
                    date: row.date,
                    team: row.team,
                    crew: row.crew,
                    site,
                    place: row.place,
                    treatment: row.treatment,
                    product: scenario[row.treatment].product,
                    figures,
                    hours: figures.work,
                }
            })
            .collect();
        let (earlier, done) = done(scenario, places, &mut book)
            .into_iter()
            .partition(|visit| visit.date < scenario.start);
        let done: Vec<Visit> = done;
        season.extend(done);
        season.sort_by_cached_key(|visit| {
            (
                visit.date,
                order.team[visit.team.0],
                visit.crew,
                order.place[visit.place],
                order.treatment[visit.treatment.0],
                visit.line,
            )
        });
        Visits { season, earlier }
    }
}

/// The done visits; a row that names a site with parts is one visit to each.
fn done(scenario: &Scenario, places: &Places, book: &mut FigureBook) -> Vec<Visit> {
    let mut visits = Vec::new();
    for row in &scenario.done {
        let (range, share) = if let Some(part) = row.part {
            let Some(place) = places.find(row.site, part) else {
                continue;
            };
            (place..place + 1, Exact::one())
        } else {
            let range = places.of_site(row.site);
            let parts = Exact::from_int(range.len() as i64);
            (range, parts)
        };
        let mut figures = book.figures(row.site, row.treatment, row.team);
        if let Some(quantity) = &row.quantity {
            figures.quantity = Quantity::from_exact(&(quantity / &share))
                .unwrap_or(Quantity::from_micro(i64::MAX));
        }
        if let Some(given) = &row.hours {
            // Given hours include the access, so nothing is added where the visit carries it.
            figures.work =
                Hours::from_exact(&(given / &share)).unwrap_or(Hours::from_micro(i64::MAX));
            figures.work_and_access = figures.work;
        }
        visits.extend(range.map(|place| Visit {
            line: None,
            date: row.date,
            team: row.team,
            crew: row.crew,
            site: row.site,
            place,
            treatment: row.treatment,
            product: row.product.or(scenario[row.treatment].product),
            figures,
            hours: figures.work,
        }));
    }
    visits
}
