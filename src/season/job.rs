//! What a visit is: whether it can be done, its hours, quantity and money.

use super::{DayIx, DaySetIx, Done, Season, done_parts, openness};
use crate::domain::{Exact, Hours, Measure, Money, ProductIx, Quantity, TeamIx, TreatmentIx};
use std::collections::{BTreeMap, HashMap};

/// A treatment that some rule wants at a part where it can be done.
#[derive(Debug, Clone)]
pub struct Job {
    /// The part (position in [`Season::parts`]).
    pub part: usize,
    /// The treatment.
    pub treatment: TreatmentIx,
    /// What a visit uses.
    pub product: Option<(ProductIx, Quantity)>,
    /// Days on which site, treatment and product allow it.
    pub open: DaySetIx,
    /// Demands that a visit on a day of their window counts for (positions in [`Season::demands`]).
    pub demands: Vec<usize>,
    /// Teams that can do it on some day.
    pub options: Vec<TeamOption>,
}

/// A team that can do a job.
#[derive(Debug, Clone)]
pub struct TeamOption {
    /// The team.
    pub team: TeamIx,
    /// Days on which team, site, treatment, product and the gaps to done visits allow it.
    pub days: DaySetIx,
    /// Hours without access.
    pub work: Hours,
    /// Hours with the access of the stop.
    pub work_and_access: Hours,
    /// What the contractor is paid for it.
    pub piece: Money,
}

/// Whether a treatment can be done at a part: it has the measure with a value above 0 and does not exclude it.
pub(super) fn can_be_done(season: &Season, part: usize, treatment: TreatmentIx) -> bool {
    let site = &season.scenario[season.parts[part].site];
    let row = &season.scenario[treatment];
    let product = row
        .product
        .map(|product| season.scenario[product].id.as_str());
    let excluded = site
        .exclude
        .iter()
        .any(|word| *word == row.method || *word == row.id || Some(word.as_str()) == product);
    !excluded && amount(season, part, treatment).is_some_and(|amount| amount.is_positive())
}

/// The measure's value at a part; `None` when the site lacks it.
fn amount(season: &Season, part: usize, treatment: TreatmentIx) -> Option<Exact> {
    match &season.scenario[treatment].measure {
        Measure::Visit => Some(Exact::one()),
        Measure::Column(column) => {
            let site = &season.scenario[season.parts[part].site];
            let whole = site.measures.get(column)?;
            Some(whole / &Exact::from_int(i64::from(site.parts)))
        }
    }
}

/// Measure of a done visit: 0 where the site lacks it.
fn amount_or_zero(season: &Season, part: usize, treatment: TreatmentIx) -> Exact {
    amount(season, part, treatment).unwrap_or_else(Exact::zero)
}

/// dose × amount / `dose_per`, rounded up to the step.
pub(super) fn quantity(season: &Season, part: usize, treatment: TreatmentIx) -> Quantity {
    let row = &season.scenario[treatment];
    let exact = &(&row.dose * &amount_or_zero(season, part, treatment)) / &row.dose_per;
    let rounded = match &row.dose_step {
        Some(step) => exact.round_up_to(step),
        None => exact,
    };
    Quantity::from_exact(&rounded).expect("figures are limited when the tables are read")
}

/// `setup_min` / 60 + amount / (`rate_per_hour` × speed), and `access_min` / 60 if the visit carries it.
pub(super) fn hours(
    season: &Season,
    part: usize,
    treatment: TreatmentIx,
    team: TeamIx,
    carries_access: bool,
) -> Hours {
    let row = &season.scenario[treatment];
    let hour = Exact::from_int(60);
    let mut exact = &row.setup_min / &hour;
    if let Some(rate) = &row.rate_per_hour {
        let pace = rate * &season.scenario[team].speed;
        exact = exact + &amount_or_zero(season, part, treatment) / &pace;
    }
    if carries_access {
        exact = exact + &season.scenario[season.parts[part].site].access_min / &hour;
    }
    Hours::from_exact(&exact).expect("figures are limited when the tables are read")
}

/// `piece_rate` × amount, to 0.01.
pub(super) fn piece_money(
    season: &Season,
    part: usize,
    treatment: TreatmentIx,
    team: TeamIx,
) -> Money {
    let contractor = season.scenario[team].contractor.clone();
    let rate = season
        .scenario
        .rates
        .get(&(contractor, treatment))
        .unwrap_or(&season.scenario[treatment].piece_rate);
    Money::from_exact_cents(&(rate * &amount_or_zero(season, part, treatment)))
        .expect("figures are limited when the tables are read")
}

/// Whether the team has the method and the zone.
pub(super) fn team_fits(
    season: &Season,
    part: usize,
    treatment: TreatmentIx,
    team: TeamIx,
) -> bool {
    let row = &season.scenario[team];
    let zone = &season.scenario[season.parts[part].site].zone;
    row.methods.contains(&season.scenario[treatment].method)
        && (row.zones.is_empty() || zone.as_ref().is_some_and(|zone| row.zones.contains(zone)))
}

/// Adds the jobs that the demands want, with the teams that can do them on some day.
///
/// A team whose crew-day is shorter than the work alone can never do it and is left out.
pub(super) fn add_jobs(season: &mut Season) {
    let scenario = season.scenario;
    let mut site_days: HashMap<usize, DaySetIx> = HashMap::new();
    let treatment_days: Vec<DaySetIx> = (0..scenario.treatments.len())
        .map(|at| openness::treatment_days(season, TreatmentIx(at)))
        .collect();
    for part in 0..season.parts.len() {
        let mut wanted: BTreeMap<TreatmentIx, Vec<usize>> = BTreeMap::new();
        for &demand in &season.parts[part].demands {
            for &treatment in &scenario[season.demands[demand].rule].treatments {
                let list = wanted.entry(treatment).or_default();
                if !list.contains(&demand) {
                    list.push(demand);
                }
            }
        }
        for (treatment, demands) in wanted {
            if !can_be_done(season, part, treatment) {
                continue;
            }
            let open = *site_days.entry(part).or_insert_with(|| {
                let (site, number) = (season.parts[part].site, season.parts[part].number);
                openness::site_days(season, site, number)
            });
            let open = season.day_sets.and(open, treatment_days[treatment.0]);
            let position = season.jobs.len();
            let mut options = Vec::new();
            for at in 0..scenario.teams.len() {
                let team = TeamIx(at);
                if !team_fits(season, part, treatment, team) {
                    continue;
                }
                let days = season.day_sets.and(open, season.team_days[at]);
                let days = away_from_done(season, days, &demands);
                let work_and_access = hours(season, part, treatment, team, true);
                let limit = scenario[team].hours_per_day + super::limits::CREW_DAY_TOLERANCE;
                if season.day_sets[days].is_empty() || work_and_access > limit {
                    continue;
                }
                options.push(TeamOption {
                    team,
                    days,
                    work: hours(season, part, treatment, team, false),
                    work_and_access,
                    piece: piece_money(season, part, treatment, team),
                });
            }
            for &demand in &demands {
                season.demands[demand].jobs.push(position);
            }
            season.parts[part].jobs.push(position);
            let product = scenario[treatment]
                .product
                .map(|product| (product, quantity(season, part, treatment)));
            season.jobs.push(Job {
                part,
                treatment,
                product,
                open,
                demands,
                options,
            });
        }
    }
}

/// The days that keep the gap of every demand to its done visits.
fn away_from_done(season: &mut Season, days: DaySetIx, demands: &[usize]) -> DaySetIx {
    let mut kept: Option<super::DaySet> = None;
    for &demand in demands {
        let demand = &season.demands[demand];
        let last = demand.done.last().map_or(-1, |done| done + demand.min_gap);
        for day in season.first_open.max(demand.from)..last.min(demand.to + 1) {
            if !demand.keeps_gap_to_done(day) {
                kept.get_or_insert_with(|| season.day_sets[days].clone())
                    .remove(day);
            }
        }
    }
    kept.map_or(days, |set| season.day_sets.intern(set))
}

/// Day, team, crew and site of a stop.
type Stop = (DayIx, TeamIx, u32, usize);

/// Done visits, taken apart by part and worked out where figures are not given.
pub(super) fn done_visits(season: &Season) -> Vec<Done> {
    let mut done = Vec::new();
    // By stop: the first visit in the order of visits.csv carries the access where its hours are not given.
    let mut first_of_stop: BTreeMap<Stop, (u32, u32, usize)> = BTreeMap::new();
    let mut hours_given = Vec::new();
    for row in &season.scenario.done {
        let parts = done_parts(season, row);
        let share = Exact::from_int(parts.len() as i64);
        for part in parts {
            let given = |total: &Exact| total / &share;
            let quantity = row.quantity.as_ref().map_or_else(
                || quantity(season, part, row.treatment),
                |total| Quantity::from_exact(&given(total)).expect("limited when read"),
            );
            let product = row.product.or(season.scenario[row.treatment].product);
            let day = season.day(row.date);
            let stop = (day, row.team, row.crew, row.site.0);
            let order = (
                season.parts[part].rank,
                season.treatment_rank[row.treatment.0],
                done.len(),
            );
            let first = first_of_stop.entry(stop).or_insert(order);
            *first = (*first).min(order);
            hours_given.push(
                row.hours
                    .as_ref()
                    .map(|total| Hours::from_exact(&given(total)).expect("limited when read")),
            );
            done.push(Done {
                day,
                team: row.team,
                crew: row.crew,
                part,
                treatment: row.treatment,
                used: product.map(|product| (product, quantity)),
                hours: Hours::ZERO,
                piece: piece_money(season, part, row.treatment, row.team),
            });
        }
    }
    for at in 0..done.len() {
        let visit = &done[at];
        let site = season.parts[visit.part].site.0;
        let carries = first_of_stop[&(visit.day, visit.team, visit.crew, site)].2 == at;
        done[at].hours = hours_given[at]
            .unwrap_or_else(|| hours(season, visit.part, visit.treatment, visit.team, carries));
    }
    done
}
