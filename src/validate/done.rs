//! done.csv, and the day from which new visits are planned.

use super::Draft;
use super::coverage::{Part, site_part};
use super::ids::Referent;
use super::row::RowReader;
use crate::domain::{Day, DoneVisit, ProductIx, SiteIx, TeamIx, TreatmentIx};
use crate::finding::{Code, Findings, say};

/// Reads done.csv; with its visits the first day on which a new one may stand.
pub(super) fn read(
    draft: &Draft<'_>,
    today: Option<Day>,
    findings: &mut Findings,
) -> (Vec<DoneVisit>, Day) {
    let (start, end) = draft.window();
    let rows = draft.read_rows("done.csv", findings, |row| visit(draft, today, row));
    let visits: Vec<DoneVisit> = rows.rows.into_iter().flatten().collect();
    let last = visits
        .iter()
        .map(|visit| visit.date)
        .filter(|&day| day <= end)
        .max();
    let assumed = last.and_then(|last| last.succ_opt());
    let from = today.or(assumed).unwrap_or(start);
    (visits, from.max(start))
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
