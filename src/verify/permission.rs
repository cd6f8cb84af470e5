//! Rules 1 and 2: a visit may stand on its day, and its team may do it there.

use super::calendar::{Calendar, Closed};
use super::figures;
use super::places::Places;
use super::visits::Visit;
use super::{Clause, Violation};
use crate::domain::{Day, Measure, Scenario};
use crate::lang::Text;

/// Judges each new visit on its own.
pub(super) fn check(
    scenario: &Scenario,
    places: &Places,
    visits: &[Visit],
    violations: &mut Vec<Violation>,
) {
    let calendar = Calendar::new(scenario);
    for visit in visits.iter().filter(|visit| visit.is_new()) {
        let mut fault = |clause, message| {
            violations.push(Violation {
                line: visit.line,
                clause,
                message,
            });
        };
        check_day(scenario, places, &calendar, visit, &mut fault);
        check_skill(scenario, places, visit, &mut fault);
    }
}

/// Rule 1: horizon, `today`, from … to of team and product, and the calendar.
fn check_day(
    scenario: &Scenario,
    places: &Places,
    calendar: &Calendar,
    visit: &Visit,
    fault: &mut impl FnMut(Clause, Text),
) {
    let date = visit.date;
    if date < scenario.start || date > scenario.end {
        let (start, end) = (scenario.start, scenario.end);
        let message = Text::new(
            format!("{date} 不在计划期 {start} 至 {end} 内"),
            format!("{date} is outside the horizon {start} to {end}"),
        );
        // The calendar says nothing of days outside the horizon.
        return fault(Clause::OutsideHorizon, message);
    }
    if date < scenario.plan_from {
        let from = scenario.plan_from;
        let message = Text::new(
            format!("{date} 早于可安排的第一天 {from}"),
            format!("{date} is before {from}, the first day that can still be planned"),
        );
        fault(Clause::BeforeToday, message);
    }
    let team = &scenario[visit.team];
    if let Some((zh, en)) = outside(date, team.from, team.to) {
        let id = &team.id;
        let message = Text::new(
            format!("队伍 {id} {zh}，作业日期 {date}"),
            format!("team {id} {en}, the visit is on {date}"),
        );
        fault(Clause::TeamUnavailable, message);
    }
    if let Some(product) = visit.product.map(|product| &scenario[product])
        && let Some((zh, en)) = outside(date, product.from, product.to)
    {
        let id = &product.id;
        let message = Text::new(
            format!("药品 {id} {zh}，作业日期 {date}"),
            format!("product {id} {en}, the visit is on {date}"),
        );
        fault(Clause::ProductUnavailable, message);
    }
    if let Some(closed) = calendar.team_closed(visit.team, date) {
        let message = not_open("队伍", "team", &team.id, date, &closed);
        fault(Clause::TeamClosed, message);
    }
    if let Some(closed) = calendar.site_closed(places, visit.place, date) {
        let id = places.id(scenario, visit.place);
        let message = not_open("地点", "site", &id, date, &closed);
        fault(Clause::SiteClosed, message);
    }
    if let Some(closed) = calendar.treatment_closed(visit.treatment, date) {
        let id = &scenario[visit.treatment].id;
        let message = not_open("措施", "treatment", id, date, &closed);
        fault(Clause::TreatmentClosed, message);
    }
}

/// Rule 2: method, zone, and whether the treatment can be done at the site.
fn check_skill(
    scenario: &Scenario,
    places: &Places,
    visit: &Visit,
    fault: &mut impl FnMut(Clause, Text),
) {
    let (team, site, treatment) = (
        &scenario[visit.team],
        &scenario[visit.site],
        &scenario[visit.treatment],
    );
    if !team.methods.contains(&treatment.method) {
        let (id, method) = (&team.id, &treatment.method);
        let message = Text::new(
            format!(
                "措施 {} 需要方法 {method}，队伍 {id} 只会 {}",
                treatment.id,
                team.methods.join("、")
            ),
            format!(
                "treatment {} needs method {method}, team {id} has {}",
                treatment.id,
                team.methods.join(", ")
            ),
        );
        fault(Clause::MethodLacking, message);
    }
    let zone_allowed = match &site.zone {
        _ if team.zones.is_empty() => true,
        Some(zone) => team.zones.contains(zone),
        None => false,
    };
    if !zone_allowed {
        let id = places.id(scenario, visit.place);
        let (zh, en) = match &site.zone {
            Some(zone) => (format!("在片区 {zone}"), format!("lies in zone {zone}")),
            None => ("没有片区".to_owned(), "has no zone".to_owned()),
        };
        let message = Text::new(
            format!(
                "地点 {id} {zh}，队伍 {} 只负责 {}",
                team.id,
                team.zones.join("、")
            ),
            format!(
                "site {id} {en}, team {} works in {}",
                team.id,
                team.zones.join(", ")
            ),
        );
        fault(Clause::ZoneBarred, message);
    }
    if let Measure::Column(column) = &treatment.measure {
        let value = site.measures.get(column);
        if !value.is_some_and(crate::domain::Exact::is_positive) {
            let id = places.id(scenario, visit.place);
            let (zh, en) = match value {
                Some(_) => ("为 0", "is 0"),
                None => ("未填", "is not given"),
            };
            let message = Text::new(
                format!(
                    "措施 {} 按 {column} 计算，地点 {id} 的 {column} {zh}",
                    treatment.id
                ),
                format!(
                    "treatment {} goes by {column}, which {en} at site {id}",
                    treatment.id
                ),
            );
            fault(Clause::CannotBeDone, message);
        }
    }
    if let Some(word) = figures::exclusion(scenario, site, treatment) {
        let id = places.id(scenario, visit.place);
        let message = Text::new(
            format!("地点 {id} 不允许 {word}，措施 {} 不能做", treatment.id),
            format!(
                "site {id} excludes {word}, so treatment {} is not allowed",
                treatment.id
            ),
        );
        fault(Clause::Excluded, message);
    }
}

/// How the window of a team or product reads when the date lies outside it.
fn outside(date: Day, from: Option<Day>, to: Option<Day>) -> Option<(String, String)> {
    if let Some(from) = from.filter(|&from| date < from) {
        return Some((
            format!("自 {from} 起可用"),
            format!("is available from {from}"),
        ));
    }
    to.filter(|&to| date > to)
        .map(|to| (format!("可用至 {to}"), format!("is available until {to}")))
}

fn not_open(zh: &str, en: &str, id: &str, date: Day, closed: &Closed) -> Text {
    let reason = closed.reason();
    Text::new(
        format!("{zh} {id} 在 {date} 不开放（{}）", reason.zh),
        format!("{en} {id} is not open on {date} ({})", reason.en),
    )
}
