//! Treatments and teams that are legal but surely not meant.

use super::{Context, some_ids};
use crate::domain::{Measure, Money, TreatmentIx};
use crate::finding::{Code, Finding, Findings, say, shown};
use crate::validate::Draft;
use crate::validate::ids::suggest;

/// Warns of half-known treatments and of teams that are paid twice.
pub(super) fn report(draft: &Draft<'_>, context: &Context<'_>, findings: &mut Findings) {
    for at in 0..draft.treatments.rows.len() {
        if draft.treatments.sound[at] {
            report_treatment(draft, at, findings);
        }
    }
    for at in 0..draft.teams.rows.len() {
        if draft.teams.sound[at] {
            report_pay(draft, context, at, findings);
        }
    }
}

fn report_treatment(draft: &Draft<'_>, at: usize, findings: &mut Findings) {
    let treatment = &draft.treatments.rows[at];
    let table = draft.treatment_ids.table;
    if let Measure::Column(column) = &treatment.measure
        && draft.site_ids.table.whole
        && draft.sites.sound.iter().all(|&sound| sound)
        && !draft
            .sites
            .rows
            .iter()
            .any(|site| site.measures.contains_key(column))
    {
        let others = draft.site_ids.table.others.iter().map(String::as_str);
        let help = suggest(column, others.filter(|other| other != column), findings);
        let written = shown(column);
        let mut finding = Finding::new(
            Code::MeasureNowhere,
            draft.place("treatments.csv", at, "measure"),
            say!(
                "没有地点填写计量 `{written}`，这项措施哪里也不能做",
                "no site has the measure `{written}`, so the treatment can be done nowhere"
            ),
        );
        finding.help = Some(help.unwrap_or_else(|| {
            say!(
                "在 sites.csv 加上列 `{written}`，或写 visit 按次计",
                "add a column `{written}` to sites.csv, or write `visit` to count visits"
            )
        }));
        findings.add(finding);
    }
    let names_product = table.cell(&table.rows[at], "product").is_some();
    let has_dose = treatment.dose.is_positive();
    if has_dose && !names_product {
        findings.add(
            Finding::new(
                Code::DoseWithoutProduct,
                draft.place("treatments.csv", at, "dose"),
                say!(
                    "有用量但没有写药品，不会计算采购",
                    "there is a dose but no product, so nothing is bought"
                ),
            )
            .help(say!(
                "填写 product，或删去用量",
                "name the product or delete the dose"
            )),
        );
    }
    if !has_dose && treatment.product.is_some() {
        findings.add(
            Finding::new(
                Code::ProductWithoutDose,
                draft.place("treatments.csv", at, "product"),
                say!(
                    "写了药品但没有用量，不会用到它",
                    "there is a product but no dose, so none of it is used"
                ),
            )
            .help(say!(
                "填写 dose，或删去药品",
                "give the dose or delete the product"
            )),
        );
    }
}

/// Warns of a team with a day rate that is paid a treatment's own piece rate as well.
fn report_pay(draft: &Draft<'_>, context: &Context<'_>, at: usize, findings: &mut Findings) {
    let team = &draft.teams.rows[at];
    if team.cost_per_day == Money::ZERO {
        return;
    }
    let inherited: Vec<&str> = draft
        .treatments
        .rows
        .iter()
        .enumerate()
        .filter(|(ix, treatment)| {
            let key = (team.contractor.clone(), TreatmentIx(*ix));
            treatment.piece_rate.is_positive()
                && team.methods.contains(&treatment.method)
                && !context.rates.contains_key(&key)
        })
        .map(|(_, treatment)| treatment.id.as_str())
        .collect();
    if inherited.is_empty() {
        return;
    }
    let (ids, contractor) = (some_ids(inherited), shown(&team.contractor));
    findings.add(
        Finding::new(
            Code::DayRateAndPieceRate,
            draft.place("teams.csv", at, "cost_per_day"),
            say!(
                "队伍按天付费，又按措施表的计件单价付费：{ids}",
                "the team is paid by the day and also the piece rate of treatments.csv: {ids}"
            ),
        )
        .help(say!(
            "若只按天付费，在 rates.csv 把承包方 `{contractor}` 的单价写为 0；若两者都付，把单价也写进 rates.csv",
            "write the rate of contractor `{contractor}` in rates.csv: 0 if the day rate is all, else the rate itself"
        )),
    );
}
