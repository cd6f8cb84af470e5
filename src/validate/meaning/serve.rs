//! Which teams can serve a site, and how long a visit takes them.

use super::choose::{Chosen, can_be_done};
use super::open::OpenDays;
use super::{Context, some_ids};
use crate::domain::{Measure, Rule, Site, Team, Treatment, TreatmentIx};
use crate::finding::{Code, Finding, Findings, say, shown};
use crate::validate::Draft;
use crate::validate::row::cell_origin;
use std::collections::BTreeSet;

/// Hours by which a crew-day may be overfilled (spec, section 3).
const TOLERANCE: f64 = 1e-4;

/// Whether a team has the method and the zone.
fn has_skill_and_zone(team: &Team, site: &Site, treatment: &Treatment) -> bool {
    let in_zone = team.zones.is_empty()
        || site
            .zone
            .as_ref()
            .is_some_and(|zone| team.zones.contains(zone));
    in_zone && team.methods.contains(&treatment.method)
}

/// Warns of visits that are longer than the working day of every team that could do them.
pub(super) fn report_too_long(draft: &Draft<'_>, chosen: &[Chosen], findings: &mut Findings) {
    if draft.teams.sound.contains(&false) || !draft.team_ids.table.whole {
        return;
    }
    let mut seen: BTreeSet<(usize, TreatmentIx)> = BTreeSet::new();
    for (rule, chosen) in draft.rules.rows.iter().zip(chosen) {
        for &(site, _) in &chosen.sites {
            for &treatment in &rule.treatments {
                let sound = draft.treatments.sound[treatment.0];
                if sound && can_be_done(draft, site, treatment) {
                    seen.insert((site, treatment));
                }
            }
        }
    }
    for (site, treatment) in seen {
        if let Some(finding) = too_long(draft, site, &draft.treatments.rows[treatment.0]) {
            findings.add(finding);
        }
    }
}

fn too_long(draft: &Draft<'_>, at: usize, treatment: &Treatment) -> Option<Finding> {
    let site = &draft.sites.rows[at];
    let amount = match &treatment.measure {
        // Each part counts 1, however many there are.
        Measure::Visit => f64::from(site.parts),
        Measure::Column(column) => site.measures.get(column)?.to_f64(),
    };
    let fixed = (treatment.setup_min.to_f64() + site.access_min.to_f64()) / 60.0;
    let mut best: Option<(f64, &Team)> = None;
    let mut parts = None;
    for team in &draft.teams.rows {
        if !has_skill_and_zone(team, site, treatment) {
            continue;
        }
        let day = team.hours_per_day.to_f64() + TOLERANCE;
        let rate = treatment.rate_per_hour.as_ref();
        let work = rate.map_or(0.0, |rate| amount / (rate.to_f64() * team.speed.to_f64()));
        let hours = fixed + work / f64::from(site.parts);
        if hours <= day {
            return None;
        }
        if best.is_none_or(|(least, _)| hours < least) {
            best = Some((hours, team));
        }
        if fixed < day && treatment.measure != Measure::Visit {
            let needed = (work / (day - fixed)).ceil();
            if parts.is_none_or(|least| needed < least) {
                parts = Some(needed);
            }
        }
    }
    let (hours, team) = best?;
    let place = match &treatment.measure {
        Measure::Column(column) => {
            let table = draft.site_ids.table;
            let row = &table.rows[at];
            let cell = table.other_cells(row).find(|(name, _)| name == column);
            let origin = cell.map_or(cell_origin(draft.tables, table, row, "site"), |(_, c)| {
                c.origin
            });
            draft.tables.sources.place(origin)
        }
        Measure::Visit => draft.place("sites.csv", at, "site"),
    };
    let day = team.hours_per_day;
    let (id, team) = (shown(&treatment.id), shown(&team.id));
    let help = match parts.filter(|&parts| parts <= 10_000.0) {
        Some(parts) => say!(
            "把 parts 填为 {parts}，分段作业",
            "write parts = {parts}, so that it is worked in parts"
        ),
        None => say!(
            "到场和准备已超过一天，分段也不够；检查 access_min、setup_min、rate_per_hour",
            "parts do not help; check access_min, setup_min and rate_per_hour"
        ),
    };
    let message = say!(
        "一次 `{id}` 最快的队伍 `{team}` 也要 {hours:.1} 小时，超过其每日工时 {day} 小时，永远排不上",
        "a visit of `{id}` takes {hours:.1} hours even with team `{team}`, whose day has {day}, so it can never be done"
    );
    Some(Finding::new(Code::VisitTooLong, place, message).help(help))
}

/// Warns of chosen sites that no team can serve.
pub(super) fn report_unserved(
    draft: &Draft<'_>,
    context: &Context<'_>,
    chosen: &[Chosen],
    findings: &mut Findings,
) {
    let mut open = OpenDays::new(draft, context);
    for (at, (rule, chosen)) in draft.rules.rows.iter().zip(chosen).enumerate() {
        let (mut unskilled, mut closed) = (Vec::new(), Vec::new());
        let mut methods: BTreeSet<&str> = BTreeSet::new();
        for &(site, _) in &chosen.sites {
            match service(draft, context, rule, site, &mut open) {
                Service::Possible => {}
                Service::NoTeam => {
                    unskilled.push(draft.sites.rows[site].id.as_str());
                    let treatments = rule.treatments.iter();
                    methods.extend(treatments.map(|t| draft.treatments.rows[t.0].method.as_str()));
                }
                Service::NeverOpen => closed.push(draft.sites.rows[site].id.as_str()),
            }
        }
        let (id, total) = (shown(&rule.id), chosen.sites.len());
        if !unskilled.is_empty() {
            let (count, ids, methods) = (unskilled.len(), some_ids(unskilled), some_ids(methods));
            findings.add(
                Finding::new(
                    Code::NoTeamServes,
                    draft.place("coverage.csv", at, "rule"),
                    say!(
                        "规则 `{id}` 的 {total} 个地点中有 {count} 个没有队伍能服务：{ids}",
                        "rule `{id}`: no team can serve {count} of its {total} sites: {ids}"
                    ),
                )
                .help(say!(
                    "需要有队伍既会方法 {methods} 又能去这些地点的片区",
                    "a team needs a method of {methods} and the zone of these sites"
                )),
            );
        }
        if !closed.is_empty() {
            let (count, ids) = (closed.len(), some_ids(closed));
            findings.add(
                Finding::new(
                    Code::NeverOpenTogether,
                    draft.place("coverage.csv", at, "rule"),
                    say!(
                        "规则 `{id}` 的 {total} 个地点中有 {count} 个在时段内没有任何一天队伍、地点和措施都开放：{ids}",
                        "rule `{id}`: at {count} of its {total} sites team, site and treatment are open together on no day of the window: {ids}"
                    ),
                )
                .help(say!(
                    "检查 workdays、from/to 和 calendar.csv",
                    "check workdays, from/to and calendar.csv"
                )),
            );
        }
    }
}

enum Service {
    Possible,
    /// No team has the method and the zone.
    NoTeam,
    /// A team has, but on no day that is left.
    NeverOpen,
}

fn service(
    draft: &Draft<'_>,
    context: &Context<'_>,
    rule: &Rule,
    site: usize,
    open: &mut OpenDays<'_>,
) -> Service {
    let window = (rule.from.max(context.plan_from), rule.to);
    let mut found = Service::NoTeam;
    for &treatment in &rule.treatments {
        if !can_be_done(draft, site, treatment) {
            continue;
        }
        for (team, row) in draft.teams.rows.iter().enumerate() {
            let doing = &draft.treatments.rows[treatment.0];
            if !has_skill_and_zone(row, &draft.sites.rows[site], doing) {
                continue;
            }
            // A window that is over asks for nothing that could still be done.
            if window.0 > window.1 || open.meet(team, site, treatment.0, window) {
                return Service::Possible;
            }
            found = Service::NeverOpen;
        }
    }
    found
}
