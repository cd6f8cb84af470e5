//! Figures whose sums would not fit: the plan counts hours, money and quantities in whole millionths.
//!
//! For every row the most that it could add over the season is added to running totals; the row that takes a total
//! beyond [`MOST`] is named. Real seasons stay a thousand times below.

use super::Context;
use super::gaps::periods;
use crate::domain::{Exact, Measure};
use crate::finding::{Code, Finding, Findings, say};
use crate::validate::Draft;

/// Greatest total that is allowed, well below the 9·10^12 that fit.
const MOST: f64 = 4e12;

/// The most that a season could add up to.
#[derive(Default)]
struct Totals {
    money: f64,
    hours: f64,
    quantity: f64,
    missed: f64,
}

/// Adds to a total; whether it is beyond what fits.
fn exceeds(total: &mut f64, more: f64) -> bool {
    *total += more;
    *total > MOST
}

/// Finds figures so great that a season's sums would not fit, the first of each kind.
pub(super) fn report(draft: &Draft<'_>, context: &Context<'_>, findings: &mut Findings) {
    let (start, end) = draft.window();
    let days = (end - start).num_days() as f64 + 1.0;
    let mut totals = Totals::default();
    let first = done(context, &mut totals)
        .or_else(|| sites(draft, days, &mut totals))
        .or_else(|| teams(draft, days, &mut totals))
        .or_else(|| treatments(draft, context, days, &mut totals))
        .or_else(|| rules(draft, days, &mut totals));
    let Some((file, at, column)) = first else {
        return;
    };
    findings.add(
        Finding::new(
            Code::FiguresTooGreat,
            draft.place(file, at, column),
            say!(
                "按整个计划期合计会超出可计算的范围",
                "summed over the horizon this is beyond the figures that can be handled"
            ),
        )
        .help(say!("检查数值和单位", "check the figure and its unit")),
    );
}

/// File, row and column of a figure.
type Where = (&'static str, usize, &'static str);

fn done(context: &Context<'_>, totals: &mut Totals) -> Option<Where> {
    context.done.iter().enumerate().find_map(|(at, visit)| {
        let given = |value: &Option<Exact>| value.as_ref().map_or(0.0, Exact::to_f64);
        if exceeds(&mut totals.quantity, given(&visit.quantity)) {
            return Some(("done.csv", at, "quantity"));
        }
        exceeds(&mut totals.hours, given(&visit.hours)).then_some(("done.csv", at, "hours"))
    })
}

fn sites(draft: &Draft<'_>, days: f64, totals: &mut Totals) -> Option<Where> {
    draft.sites.rows.iter().enumerate().find_map(|(at, site)| {
        let stops = f64::from(site.parts) * days;
        let access = site.access_min.to_f64() / 60.0 * stops;
        exceeds(&mut totals.hours, access).then_some(("sites.csv", at, "access_min"))
    })
}

fn teams(draft: &Draft<'_>, days: f64, totals: &mut Totals) -> Option<Where> {
    draft.teams.rows.iter().enumerate().find_map(|(at, team)| {
        let deployed = f64::from(team.crews) * days;
        let billed = deployed.max(team.min_days as f64);
        let rate = if billed > deployed {
            "min_days"
        } else {
            "cost_per_day"
        };
        let column = if exceeds(&mut totals.money, team.mobilisation.to_f64()) {
            "mobilisation"
        } else if exceeds(&mut totals.money, team.cost_per_day.to_f64() * billed) {
            rate
        } else if exceeds(&mut totals.hours, team.hours_per_day.to_f64() * deployed) {
            "hours_per_day"
        } else {
            return None;
        };
        Some(("teams.csv", at, column))
    })
}

fn treatments(
    draft: &Draft<'_>,
    context: &Context<'_>,
    days: f64,
    totals: &mut Totals,
) -> Option<Where> {
    (0..draft.treatments.rows.len())
        .filter(|&at| draft.treatments.sound[at])
        .find_map(|at| {
            let column = treatment(draft, context, at, days, totals)?;
            Some(("treatments.csv", at, column))
        })
}

/// The column of a treatment whose figures are too great, if every site had it every day.
fn treatment(
    draft: &Draft<'_>,
    context: &Context<'_>,
    at: usize,
    days: f64,
    totals: &mut Totals,
) -> Option<&'static str> {
    let treatment = &draft.treatments.rows[at];
    let sites = &draft.sites.rows;
    let parts: f64 = sites.iter().map(|site| f64::from(site.parts)).sum();
    let amount: f64 = match &treatment.measure {
        Measure::Visit => parts,
        Measure::Column(column) => sites
            .iter()
            .filter_map(|site| site.measures.get(column))
            .map(Exact::to_f64)
            .sum(),
    };
    let (amount, visits) = (amount * days, parts * days);
    let value = |number: &Option<Exact>| number.as_ref().map(Exact::to_f64);

    let step = value(&treatment.dose_step).unwrap_or(0.0);
    let dose = treatment.dose.to_f64() / treatment.dose_per.to_f64();
    let quantity = amount * dose + step * visits;
    if exceeds(&mut totals.quantity, quantity) {
        return Some("dose");
    }
    if let Some(product) = treatment.product.map(|ix| &draft.products.rows[ix.0]) {
        let packs = quantity / product.pack_size.to_f64() + 1.0;
        if packs > MOST || exceeds(&mut totals.money, packs * product.pack_cost.to_f64()) {
            return Some("product");
        }
    }
    let slowest = draft.teams.rows.iter().map(|team| team.speed.to_f64());
    let slowest = slowest.fold(1.0, f64::min);
    let rate = value(&treatment.rate_per_hour);
    let work = rate.map_or(0.0, |rate| amount / (rate * slowest));
    if exceeds(&mut totals.hours, work) {
        return Some("rate_per_hour");
    }
    if exceeds(
        &mut totals.hours,
        treatment.setup_min.to_f64() / 60.0 * visits,
    ) {
        return Some("setup_min");
    }
    let rates = context
        .rates
        .iter()
        .filter(|((_, of), _)| of.0 == at)
        .map(|(_, rate)| rate.to_f64());
    let rate = rates.fold(treatment.piece_rate.to_f64(), f64::max);
    exceeds(&mut totals.money, rate * amount).then_some("piece_rate")
}

fn rules(draft: &Draft<'_>, days: f64, totals: &mut Totals) -> Option<Where> {
    let sites = draft.sites.rows.iter().map(|site| site.weight.to_f64());
    let sites: f64 = sites.sum();
    draft.rules.rows.iter().enumerate().find_map(|(at, rule)| {
        let asked: i64 = periods(rule).iter().map(|period| period.asked).sum();
        let missed = (asked as f64 + days) * rule.weight.to_f64() * sites;
        let sound = draft.rules.sound[at];
        (sound && exceeds(&mut totals.missed, missed)).then_some(("coverage.csv", at, "weight"))
    })
}
