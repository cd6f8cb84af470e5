//! Figures whose sums would not fit: the plan counts hours, money and quantities in whole millionths.

use super::Context;
use super::gaps::periods;
use crate::domain::{Exact, Measure};
use crate::finding::{Code, Finding, Findings, say};
use crate::validate::Draft;

/// Greatest sum that is allowed, well below the 9·10^12 that fit.
const MOST: f64 = 4e12;

/// Finds figures so great that a season's sums would not fit. Real ones are far below.
pub(super) fn report(draft: &Draft<'_>, context: &Context<'_>, findings: &mut Findings) {
    let (start, end) = draft.window();
    let days = (end - start).num_days() as f64 + 1.0;
    let mut add = |file, at, column| {
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
    };
    for at in 0..draft.treatments.rows.len() {
        if !draft.treatments.sound[at] {
            continue;
        }
        if let Some(column) = too_great(draft, context, at, days) {
            add("treatments.csv", at, column);
        }
    }
    for (at, team) in draft.teams.rows.iter().enumerate() {
        let crew_days = (f64::from(team.crews) * days).max(team.min_days as f64);
        if team.cost_per_day.to_f64() * crew_days > MOST {
            add("teams.csv", at, "cost_per_day");
        }
        if team.hours_per_day.to_f64() * crew_days > MOST {
            add("teams.csv", at, "hours_per_day");
        }
    }
    for (at, rule) in draft.rules.rows.iter().enumerate() {
        let asked: i64 = periods(rule).iter().map(|period| period.asked).sum();
        let sites = draft.sites.rows.iter().map(|site| site.weight.to_f64());
        let missed = (asked as f64 + days) * rule.weight.to_f64() * sites.sum::<f64>();
        if draft.rules.sound[at] && missed > MOST {
            add("coverage.csv", at, "weight");
        }
    }
    let mut quantity = 0.0;
    let mut hours = 0.0;
    for visit in context.done {
        quantity += visit.quantity.as_ref().map_or(0.0, Exact::to_f64);
        hours += visit.hours.as_ref().map_or(0.0, Exact::to_f64);
    }
    if quantity > MOST {
        add("done.csv", 0, "quantity");
    }
    if hours > MOST {
        add("done.csv", 0, "hours");
    }
}

/// The column of a treatment whose figures are too great, if any.
fn too_great(
    draft: &Draft<'_>,
    context: &Context<'_>,
    at: usize,
    days: f64,
) -> Option<&'static str> {
    let treatment = &draft.treatments.rows[at];
    let parts: f64 = draft
        .sites
        .rows
        .iter()
        .map(|site| f64::from(site.parts))
        .sum();
    let amount: f64 = match &treatment.measure {
        Measure::Visit => parts,
        Measure::Column(column) => draft
            .sites
            .rows
            .iter()
            .filter_map(|site| site.measures.get(column))
            .map(Exact::to_f64)
            .sum(),
    };
    let step = treatment.dose_step.as_ref().map_or(0.0, Exact::to_f64);
    let quantity = amount * treatment.dose.to_f64() / treatment.dose_per.to_f64() + step * parts;
    let quantity = quantity * days;
    if quantity > MOST {
        return Some("dose");
    }
    if let Some(product) = treatment.product.map(|ix| &draft.products.rows[ix.0]) {
        let packs = quantity / product.pack_size.to_f64() + 1.0;
        if packs.max(packs * product.pack_cost.to_f64()) > MOST {
            return Some("product");
        }
    }
    let slowest = draft.teams.rows.iter().map(|team| team.speed.to_f64());
    let slowest = slowest.fold(1.0, f64::min);
    let rate = treatment.rate_per_hour.as_ref();
    let work = rate.map_or(0.0, |rate| amount / (rate.to_f64() * slowest));
    if work * days > MOST {
        return Some("rate_per_hour");
    }
    if treatment.setup_min.to_f64() * parts * days > MOST {
        return Some("setup_min");
    }
    let rates = context
        .rates
        .iter()
        .filter(|((_, of), _)| of.0 == at)
        .map(|(_, rate)| rate.to_f64());
    let rate = rates.fold(treatment.piece_rate.to_f64(), f64::max);
    (rate * amount * days > MOST).then_some("piece_rate")
}
