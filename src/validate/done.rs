//! done.csv, and the day from which new visits are planned.

use super::Draft;
use super::coverage::{Part, site_part};
use super::ids::Referent;
use super::row::RowReader;
use crate::domain::{Day, DoneVisit, ProductIx, SiteIx, TeamIx, TreatmentIx};
use crate::finding::{Code, Finding, Findings, say};
use std::collections::HashMap;

/// Reads done.csv; with its visits the first day on which a new one may stand.
pub(super) fn read(
    draft: &Draft<'_>,
    today: Option<Day>,
    findings: &mut Findings,
) -> (Vec<DoneVisit>, Day) {
    let (start, end) = draft.window();
    let rows = draft.read_rows("done.csv", findings, |row| visit(draft, today, row));
    report_twice(draft, &rows.rows, findings);
    let dated = rows.rows.iter().enumerate();
    let last = dated
        .filter_map(|(at, visit)| Some((visit.as_ref()?.date, at)))
        .filter(|&(date, _)| date <= end)
        .max();
    let assumed = last.and_then(|(date, _)| date.succ_opt());
    let from = today.or(assumed).unwrap_or(start).max(start);
    if let (None, Some((_, at)), Some(_)) = (today, last, draft.horizon) {
        let place = draft.place("done.csv", at, "date");
        findings.add(
            Finding::new(
                Code::TodayAssumed,
                place,
                say!(
                    "没有写 today，从 {from} 起安排新作业",
                    "without `today`, new visits are planned from {from} on"
                ),
            )
            .help(say!(
                "在 scenario.toml 写 today = {from}",
                "write today = {from} in scenario.toml"
            )),
        );
    }
    if from > end && draft.horizon.is_some() {
        let place = match (today, last) {
            (None, Some((_, at))) => draft.place("done.csv", at, "date"),
            _ => draft
                .tables
                .settings
                .given
                .get("today")
                .map(|s| s.place.clone())
                .unwrap_or_default(),
        };
        findings.add(Finding::new(
            Code::SeasonOver,
            place,
            say!(
                "计划期到 {end} 为止，不再安排新作业",
                "the horizon ends on {end}, so no new visit can be planned"
            ),
        ));
    }
    (rows.rows.into_iter().flatten().collect(), from)
}

/// Warns of rows that say the same visit again.
fn report_twice(draft: &Draft<'_>, visits: &[Option<DoneVisit>], findings: &mut Findings) {
    let mut seen: HashMap<_, usize> = HashMap::new();
    for (at, visit) in visits.iter().enumerate() {
        let Some(visit) = visit else { continue };
        let key = (visit.date, visit.site, visit.part, visit.treatment);
        if let Some(first) = seen.insert(key, at) {
            let line = draft
                .place("done.csv", first, "date")
                .line
                .unwrap_or_default();
            findings.add(
                Finding::new(
                    Code::DoneTwice,
                    draft.place("done.csv", at, "date"),
                    say!(
                        "与第 {line} 行是同一次作业，会算两轮",
                        "the same visit as in line {line}; it counts as two rounds"
                    ),
                )
                .help(say!("删去其中一行", "delete one of the rows")),
            );
        }
    }
}

fn visit(draft: &Draft<'_>, today: Option<Day>, row: &mut RowReader<'_>) -> Option<DoneVisit> {
    let date = row.date("date");
    if let Some(date) = date {
        check_date(draft, date, today, row);
    }
    let team = row.word("team");
    let team = team.map(|team| draft.team_ids.refer(&team, "team", row));
    let site = row.word("site");
    let site = site.and_then(|site| site_part(draft, &site, "site", row));
    let treatment = row.word("treatment");
    let treatment = treatment.map(|id| draft.treatment_ids.refer(&id, "treatment", row));
    let product = row.word("product");
    let product = product.map(|id| draft.product_ids.refer(&id, "product", row));
    let crew = row.count("crew").unwrap_or(1);
    let quantity = row.number("quantity");
    let hours = row.number("hours");
    let (Some(Referent::Row(team)), Some(Referent::Row(treatment)), Some(Part::Of(site, part))) =
        (team, treatment, site)
    else {
        return None;
    };
    Some(DoneVisit {
        date: date?,
        team: TeamIx(team),
        crew,
        site: SiteIx(site),
        part,
        treatment: TreatmentIx(treatment),
        product: match product {
            Some(Referent::Row(at)) => Some(ProductIx(at)),
            _ => None,
        },
        quantity,
        hours,
    })
}

fn check_date(draft: &Draft<'_>, date: Day, today: Option<Day>, row: &mut RowReader<'_>) {
    let (_, end) = draft.window();
    if date > end {
        row.add(
            Code::DoneAfterEnd,
            "date",
            say!(
                "{date} 晚于计划期最后一天 {end}",
                "{date} lies after the last day {end}"
            ),
            None,
        );
    } else if let Some(today) = today.filter(|&today| date >= today) {
        row.add(
            Code::DoneNotBeforeToday,
            "date",
            say!(
                "{date} 不早于今天 {today}",
                "{date} is not before today, {today}"
            ),
            None,
        );
    }
}
