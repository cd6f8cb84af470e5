//! What a visit takes: product, hours and piece money, worked out in the decimals as written.

use crate::domain::{
    Exact, Hours, Measure, Money, Quantity, Scenario, Site, SiteIx, TeamIx, Treatment, TreatmentIx,
};
use std::collections::HashMap;

/// What one visit takes, each figure rounded on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figures {
    /// Product used.
    pub(super) quantity: Quantity,
    /// Hours of a visit that carries no access.
    pub(super) work: Hours,
    /// Hours of a visit that carries the access of its stop.
    pub(super) work_and_access: Hours,
    /// Piece money.
    pub(super) piece: Money,
}

/// Figures of visits, worked out once for each site, treatment and team. All parts of a site are alike.
pub(super) struct FigureBook<'a> {
    scenario: &'a Scenario,
    known: HashMap<(SiteIx, TreatmentIx, TeamIx), Figures>,
    amounts: HashMap<(SiteIx, TreatmentIx), Option<Exact>>,
    /// Product units for one measure unit.
    doses: Vec<Exact>,
    /// Hours of one measure unit; `None` without a rate.
    paces: HashMap<(TreatmentIx, TeamIx), Option<Exact>>,
    piece_rates: HashMap<(TreatmentIx, TeamIx), Exact>,
    setups: Vec<Exact>,
    accesses: HashMap<SiteIx, Exact>,
}

/// The measure's value at one part of the site; `None` when the site does not have the measure.
pub(super) fn amount(site: &Site, treatment: &Treatment) -> Option<Exact> {
    match &treatment.measure {
        Measure::Visit => Some(Exact::one()),
        Measure::Column(column) => {
            let whole = site.measures.get(column)?;
            Some(if site.parts > 1 {
                whole / &Exact::from_int(i64::from(site.parts))
            } else {
                whole.clone()
            })
        }
    }
}

/// The word of the site's `exclude` that rules the treatment out: its id, its method or its product.
pub(super) fn exclusion<'a>(
    scenario: &'a Scenario,
    site: &'a Site,
    treatment: &'a Treatment,
) -> Option<&'a str> {
    let product = treatment.product.map(|product| &scenario[product].id);
    site.exclude.iter().map(String::as_str).find(|&word| {
        word == treatment.id || word == treatment.method || product.is_some_and(|id| word == id)
    })
}

/// Whether the site has the measure with a value above 0 (`visit` always) and does not exclude the treatment.
pub(super) fn can_be_done(scenario: &Scenario, site: SiteIx, treatment: TreatmentIx) -> bool {
    let (site, treatment) = (&scenario[site], &scenario[treatment]);
    let measured = match &treatment.measure {
        Measure::Visit => true,
        Measure::Column(column) => site.measures.get(column).is_some_and(Exact::is_positive),
    };
    measured && exclusion(scenario, site, treatment).is_none()
}

impl<'a> FigureBook<'a> {
    pub(super) fn new(scenario: &'a Scenario) -> Self {
        let treatments = &scenario.treatments;
        FigureBook {
            scenario,
            known: HashMap::new(),
            amounts: HashMap::new(),
            doses: treatments
                .iter()
                .map(|row| &row.dose / &row.dose_per)
                .collect(),
            paces: HashMap::new(),
            piece_rates: HashMap::new(),
            setups: treatments.iter().map(|row| hours(&row.setup_min)).collect(),
            accesses: HashMap::new(),
        }
    }

    /// The figures of a visit by this team to one part of the site. A treatment whose measure the site lacks, which
    /// only a wrong plan or a done visit can name, counts as an amount of 0.
    pub(super) fn figures(
        &mut self,
        site: SiteIx,
        treatment: TreatmentIx,
        team: TeamIx,
    ) -> Figures {
        if let Some(figures) = self.known.get(&(site, treatment, team)) {
            return *figures;
        }
        let figures = self.work_out(site, treatment, team);
        self.known.insert((site, treatment, team), figures);
        figures
    }

    fn work_out(&mut self, site: SiteIx, treatment: TreatmentIx, team: TeamIx) -> Figures {
        let scenario = self.scenario;
        let row = &scenario[treatment];
        let zero = Exact::zero();
        let amount = self
            .amounts
            .entry((site, treatment))
            .or_insert_with(|| amount(&scenario[site], row));
        let amount = amount.as_ref().unwrap_or(&zero);

        let dose = &self.doses[treatment.0];
        let quantity = if dose.is_zero() {
            Quantity::ZERO
        } else {
            let exact = dose * amount;
            let stepped = row.dose_step.as_ref().map(|step| exact.round_up_to(step));
            let quantity = Quantity::from_exact(&stepped.unwrap_or(exact));
            quantity.unwrap_or(Quantity::from_micro(i64::MAX))
        };

        let pace = self.paces.entry((treatment, team)).or_insert_with(|| {
            let rate = row.rate_per_hour.as_ref()?;
            Some(&Exact::one() / &(rate * &scenario[team].speed))
        });
        let setup = &self.setups[treatment.0];
        let work = match pace {
            Some(pace) => setup + &(amount * pace),
            None => setup.clone(),
        };
        let access = self
            .accesses
            .entry(site)
            .or_insert_with(|| hours(&scenario[site].access_min));

        let piece_rate = self
            .piece_rates
            .entry((treatment, team))
            .or_insert_with(|| {
                let key = (scenario[team].contractor.clone(), treatment);
                let own = scenario.rates.get(&key);
                own.unwrap_or(&row.piece_rate).clone()
            });
        let piece = if piece_rate.is_zero() {
            Money::ZERO
        } else {
            let exact = &*piece_rate * amount;
            Money::from_exact_cents(&exact).unwrap_or(Money::from_micro(i64::MAX))
        };
        let rounded =
            |exact: &Exact| Hours::from_exact(exact).unwrap_or(Hours::from_micro(i64::MAX));
        Figures {
            quantity,
            work: rounded(&work),
            work_and_access: rounded(&(&work + access)),
            piece,
        }
    }
}

/// Minutes as hours.
fn hours(minutes: &Exact) -> Exact {
    minutes / &Exact::from_int(60)
}
