//! What the tables mean day by day: places, visits that are possible, what each uses and costs, what rules ask.
//!
//! Days are numbers counted from the first day of the horizon (0); done visits may lie before it.

use super::calendar::{place_open, team_open, treatment_open};
use super::demand::{Demand, demands};
use std::collections::BTreeSet;
use xiaosha::domain::{
    Day, Exact, Measure, Money, ProductIx, Quantity, Scenario, SiteIx, TeamIx, TreatmentIx,
};

/// A site, or one part of a site with parts.
pub(crate) struct Place {
    pub(crate) site: SiteIx,
    pub(crate) part: u32,
    pub(crate) id: String,
    /// Importance of a missed round: the part's share of the site's.
    pub(crate) weight: Exact,
}

/// A new visit that is possible by itself.
pub(crate) struct Candidate {
    pub(crate) day: i64,
    pub(crate) team: TeamIx,
    pub(crate) crew: u32,
    pub(crate) place: usize,
    pub(crate) treatment: TreatmentIx,
}

/// A visit that happened, of one part.
pub(crate) struct Done {
    pub(crate) day: i64,
    pub(crate) team: TeamIx,
    pub(crate) crew: u32,
    pub(crate) place: usize,
    pub(crate) treatment: TreatmentIx,
    pub(crate) product: Option<ProductIx>,
    pub(crate) quantity: Quantity,
}

/// A scenario worked out.
pub(crate) struct Facts<'a> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) places: Vec<Place>,
    pub(crate) demands: Vec<Demand>,
    /// Done visits, those before the horizon too.
    pub(crate) done: Vec<Done>,
}

impl<'a> Facts<'a> {
    pub(crate) fn new(scenario: &'a Scenario) -> Self {
        let places = places(scenario);
        let done = done_visits(scenario, &places);
        let demands = demands(scenario, &places, &done);
        Facts {
            scenario,
            places,
            demands,
            done,
        }
    }

    /// Number of days of the horizon.
    pub(crate) fn days(&self) -> i64 {
        day_number(self.scenario, self.scenario.end) + 1
    }

    /// Done visits of the horizon: those that count for money, bait and crew-days.
    pub(crate) fn done_in_horizon(&self) -> impl Iterator<Item = &Done> {
        self.done.iter().filter(|done| done.day >= 0)
    }

    /// Crew-days that done visits took: team, crew, day.
    pub(crate) fn done_crew_days(&self) -> BTreeSet<(TeamIx, u32, i64)> {
        self.done_in_horizon()
            .map(|done| (done.team, done.crew, done.day))
            .collect()
    }

    /// Every visit that is allowed by itself and counts for some rule, day by day.
    pub(crate) fn candidates(&self) -> Vec<Candidate> {
        let scenario = self.scenario;
        let mut candidates = Vec::new();
        for (place, treatment, team) in self.pairings() {
            for day in day_number(scenario, scenario.plan_from).max(0)..self.days() {
                let counts = (self.demands.iter())
                    .any(|demand| demand.place == place && demand.counts(treatment, day));
                if counts && self.is_open(day, place, treatment, team) {
                    for crew in 1..=scenario[team].crews {
                        candidates.push(Candidate {
                            day,
                            team,
                            crew,
                            place,
                            treatment,
                        });
                    }
                }
            }
        }
        candidates
    }

    /// Who could do what where, on some day: method, zone, measure, exclusions and length of the working day.
    fn pairings(&self) -> Vec<(usize, TreatmentIx, TeamIx)> {
        let scenario = self.scenario;
        let mut pairings = Vec::new();
        for (place, at) in self.places.iter().enumerate() {
            for treatment in all(&scenario.treatments, TreatmentIx) {
                if !can_be_done(scenario, at.site, treatment) {
                    continue;
                }
                for team in all(&scenario.teams, TeamIx) {
                    let method = &scenario[treatment].method;
                    let zone = &scenario[at.site].zone;
                    let served = scenario[team].zones.is_empty()
                        || zone
                            .as_ref()
                            .is_some_and(|z| scenario[team].zones.contains(z));
                    let alone = self.work(place, treatment, team) + self.access(at.site);
                    if scenario[team].methods.contains(method)
                        && served
                        && micro(&alone) <= day_limit(scenario, team)
                    {
                        pairings.push((place, treatment, team));
                    }
                }
            }
        }
        pairings
    }

    fn is_open(&self, day: i64, place: usize, treatment: TreatmentIx, team: TeamIx) -> bool {
        let scenario = self.scenario;
        let date = scenario.start + chrono::Days::new(day.unsigned_abs());
        let within = |from: Option<Day>, to: Option<Day>| {
            from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to)
        };
        let product = scenario[treatment]
            .product
            .map(|product| &scenario[product]);
        within(scenario[team].from, scenario[team].to)
            && product.is_none_or(|product| within(product.from, product.to))
            && team_open(scenario, team, date)
            && place_open(scenario, &self.places[place], date)
            && treatment_open(scenario, treatment, date)
    }

    /// Hours of a visit without access, before rounding.
    pub(crate) fn work(&self, place: usize, treatment: TreatmentIx, team: TeamIx) -> Exact {
        let treat = &self.scenario[treatment];
        let setup = &treat.setup_min / &Exact::from_int(60);
        match &treat.rate_per_hour {
            None => setup,
            Some(rate) => {
                let speed = rate * &self.scenario[team].speed;
                setup + self.amount(place, treatment) / speed
            }
        }
    }

    /// Hours to get to and into a site, before rounding.
    pub(crate) fn access(&self, site: SiteIx) -> Exact {
        &self.scenario[site].access_min / &Exact::from_int(60)
    }

    /// Measure units of a visit.
    fn amount(&self, place: usize, treatment: TreatmentIx) -> Exact {
        amount(self.scenario, self.places[place].site, treatment)
    }

    /// Product units that a visit uses, if its treatment takes a product.
    pub(crate) fn quantity(&self, place: usize, treatment: TreatmentIx) -> Quantity {
        quantity(self.scenario, self.places[place].site, treatment)
    }

    /// Money that the contractor is paid for a visit.
    pub(crate) fn piece(&self, place: usize, treatment: TreatmentIx, team: TeamIx) -> Money {
        let scenario = self.scenario;
        let contractor = scenario[team].contractor.clone();
        let rate = (scenario.rates.get(&(contractor, treatment)))
            .unwrap_or(&scenario[treatment].piece_rate);
        Money::from_exact_cents(&(rate * &self.amount(place, treatment))).expect("fits")
    }
}

/// The indices of a table.
pub(crate) fn all<T, Ix>(
    table: &[T],
    index: fn(usize) -> Ix,
) -> impl Iterator<Item = Ix> + use<T, Ix> {
    (0..table.len()).map(index)
}

/// Days since the first day of the horizon.
pub(crate) fn day_number(scenario: &Scenario, date: Day) -> i64 {
    (date - scenario.start).num_days()
}

/// Whole millionths, halves up.
pub(crate) fn micro(value: &Exact) -> i64 {
    value.round_half_up(6).expect("fits")
}

/// Millionths of an hour that the visits of a crew on a day may add up to, with the contract's tolerance.
pub(crate) fn day_limit(scenario: &Scenario, team: TeamIx) -> i64 {
    scenario[team].hours_per_day.micro() + 100
}

fn places(scenario: &Scenario) -> Vec<Place> {
    let mut places = Vec::new();
    for site in all(&scenario.sites, SiteIx) {
        let parts = scenario[site].parts;
        for part in 1..=parts {
            places.push(Place {
                site,
                part,
                id: if parts == 1 {
                    scenario[site].id.clone()
                } else {
                    format!("{}/{part}", scenario[site].id)
                },
                weight: &scenario[site].weight / &Exact::from_int(i64::from(parts)),
            });
        }
    }
    places
}

/// Whether the site has the measure with a value above 0 and excludes neither treatment, method nor product.
pub(crate) fn can_be_done(scenario: &Scenario, site: SiteIx, treatment: TreatmentIx) -> bool {
    let treat = &scenario[treatment];
    let measured = match &treat.measure {
        Measure::Visit => true,
        Measure::Column(column) => {
            (scenario[site].measures.get(column)).is_some_and(Exact::is_positive)
        }
    };
    let product = treat.product.map(|product| &scenario[product].id);
    measured
        && !(scenario[site].exclude.iter())
            .any(|word| *word == treat.id || *word == treat.method || Some(word) == product)
}

fn amount(scenario: &Scenario, site: SiteIx, treatment: TreatmentIx) -> Exact {
    match &scenario[treatment].measure {
        Measure::Visit => Exact::one(),
        Measure::Column(column) => match scenario[site].measures.get(column) {
            Some(whole) => whole / &Exact::from_int(i64::from(scenario[site].parts)),
            None => Exact::zero(),
        },
    }
}

fn quantity(scenario: &Scenario, site: SiteIx, treatment: TreatmentIx) -> Quantity {
    let treat = &scenario[treatment];
    let exact = &(&treat.dose * &amount(scenario, site, treatment)) / &treat.dose_per;
    let stepped = match &treat.dose_step {
        Some(step) => exact.round_up_to(step),
        None => exact,
    };
    Quantity::from_exact(&stepped).expect("fits")
}

/// Rows of done.csv; a row on a site with parts becomes one visit for each part, quantity split evenly.
fn done_visits(scenario: &Scenario, places: &[Place]) -> Vec<Done> {
    let mut visits = Vec::new();
    for row in &scenario.done {
        for (place, at) in places.iter().enumerate() {
            if at.site != row.site || row.part.is_some_and(|part| part != at.part) {
                continue;
            }
            let shared = match row.part {
                Some(_) => 1,
                None => scenario[row.site].parts,
            };
            let quantity = match &row.quantity {
                Some(given) => Quantity::from_exact(&(given / &Exact::from_int(i64::from(shared))))
                    .expect("fits"),
                None => quantity(scenario, row.site, row.treatment),
            };
            visits.push(Done {
                day: day_number(scenario, row.date),
                team: row.team,
                crew: row.crew,
                place,
                treatment: row.treatment,
                product: row.product.or(scenario[row.treatment].product),
                quantity,
            });
        }
    }
    visits
}
