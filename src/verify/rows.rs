//! Rows of a plan as read, and what they name.

use super::places::{Order, Places};
use super::visits::Named;
use super::{Clause, Violation};
use crate::domain::{Day, Plan, Scenario, SiteIx, TeamIx, TreatmentIx};
use crate::lang::Text;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// A row of visits.csv as read, ids not yet looked up. A cell that should hold a date or a number and does not keeps
/// its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRow {
    /// Line of the file, the header being line 1.
    pub line: u64,
    /// When, or the cell that is no date.
    pub date: Result<Day, String>,
    /// Who.
    pub team: String,
    /// Which crew of the team, or the cell that is no whole number.
    pub crew: Result<u32, String>,
    /// Where: `id`, which means all parts of a site, or `id/2`.
    pub site: String,
    /// What.
    pub treatment: String,
}

/// Looks up what the rows name; a row that names something unknown is a violation and takes no further part.
pub(super) fn resolve(
    scenario: &Scenario,
    places: &Places,
    rows: &[PlanRow],
    violations: &mut Vec<Violation>,
) -> Vec<Named> {
    let names = Names::new(scenario);
    let mut named = Vec::with_capacity(rows.len());
    for row in rows {
        let before = violations.len();
        let mut fault = |clause, message| {
            violations.push(Violation {
                line: Some(row.line),
                clause,
                message,
            });
        };
        let date = row
            .date
            .as_ref()
            .inspect_err(|cell| {
                fault(
                    Clause::DateUnreadable,
                    no_such(cell, "日期", "date", "不是日期", "is not a date"),
                );
            })
            .ok();
        let team = names.teams.get(&word(&row.team)).copied();
        if team.is_none() {
            let message = no_such(
                &row.team,
                "队伍",
                "team",
                "不在 teams.csv 中",
                "is not in teams.csv",
            );
            fault(Clause::TeamUnknown, message);
        }
        let crews = team.map(|team| scenario[team].crews);
        let crew = row
            .crew
            .as_ref()
            .map_err(Clone::clone)
            .and_then(|&crew| match crews {
                Some(crews) if crew < 1 || crew > crews => Err(crew.to_string()),
                _ => Ok(crew),
            })
            .inspect_err(|cell| fault(Clause::CrewOutOfRange, no_such_crew(cell, crews)))
            .ok();
        let site = names.places(places, &row.site);
        if site.is_none() {
            let message = no_such(
                &row.site,
                "地点",
                "site",
                "不在 sites.csv 中",
                "is not in sites.csv",
            );
            fault(Clause::SiteUnknown, message);
        }
        let treatment = names.treatments.get(&word(&row.treatment)).copied();
        if treatment.is_none() {
            let message = no_such(
                &row.treatment,
                "措施",
                "treatment",
                "不在 treatments.csv 中",
                "is not in treatments.csv",
            );
            fault(Clause::TreatmentUnknown, message);
        }
        if let (Some(&date), Some(team), Some(crew), Some(site), Some(treatment)) =
            (date, team, crew, site, treatment)
        {
            debug_assert_eq!(before, violations.len());
            named.extend(site.map(|place| Named {
                line: row.line,
                date,
                team,
                crew,
                place,
                treatment,
            }));
        }
    }
    named
}

/// The visits of a plan of our own, numbered as the lines of visits.csv will be.
pub(super) fn number(
    scenario: &Scenario,
    places: &Places,
    order: &Order,
    plan: &Plan,
    violations: &mut Vec<Violation>,
) -> Vec<Named> {
    let mut visits = plan.visits.clone();
    visits.sort_by_cached_key(|visit| {
        (
            visit.date,
            order.team[visit.team.0],
            visit.crew,
            places
                .find(visit.site, visit.part)
                .map(|place| order.place[place]),
            order.treatment[visit.treatment.0],
        )
    });
    let mut named = Vec::with_capacity(visits.len());
    for (line, visit) in (2..).zip(visits) {
        let crews = scenario[visit.team].crews;
        let known_crew = (1..=crews).contains(&visit.crew);
        let place = places.find(visit.site, visit.part);
        let mut fault = |clause, message| {
            violations.push(Violation {
                line: Some(line),
                clause,
                message,
            });
        };
        if !known_crew {
            let message = no_such_crew(&visit.crew.to_string(), Some(crews));
            fault(Clause::CrewOutOfRange, message);
        }
        if place.is_none() {
            let id = format!("{}/{}", scenario[visit.site].id, visit.part);
            let message = no_such(
                &id,
                "地点",
                "site",
                "不在 sites.csv 中",
                "is not in sites.csv",
            );
            fault(Clause::SiteUnknown, message);
        }
        if let (true, Some(place)) = (known_crew, place) {
            named.push(Named {
                line,
                date: visit.date,
                team: visit.team,
                crew: visit.crew,
                place,
                treatment: visit.treatment,
            });
        }
    }
    named
}

/// Ids of a scenario, as they are compared.
struct Names {
    teams: HashMap<String, TeamIx>,
    sites: HashMap<String, SiteIx>,
    treatments: HashMap<String, TreatmentIx>,
}

impl Names {
    fn new(scenario: &Scenario) -> Self {
        fn by_id<'a, Ix>(
            ids: impl Iterator<Item = &'a String>,
            index: fn(usize) -> Ix,
        ) -> HashMap<String, Ix> {
            let numbered = ids.enumerate();
            numbered.map(|(ix, id)| (word(id), index(ix))).collect()
        }
        Names {
            teams: by_id(scenario.teams.iter().map(|row| &row.id), TeamIx),
            sites: by_id(scenario.sites.iter().map(|row| &row.id), SiteIx),
            treatments: by_id(scenario.treatments.iter().map(|row| &row.id), TreatmentIx),
        }
    }

    /// The places that a site cell means: one part, or all parts of a site.
    fn places(&self, places: &Places, cell: &str) -> Option<std::ops::Range<usize>> {
        let text = word(cell);
        if let Some(&site) = self.sites.get(&text) {
            return Some(places.of_site(site));
        }
        let (id, part) = text.rsplit_once('/')?;
        let number: u32 = part.parse().ok()?;
        if number.to_string() != part {
            return None;
        }
        let place = places.find(*self.sites.get(id)?, number)?;
        Some(place..place + 1)
    }
}

/// Ids are compared after trimming and NFKC.
fn word(text: &str) -> String {
    let trimmed = text.trim();
    if trimmed.is_ascii() {
        trimmed.to_owned()
    } else {
        trimmed.nfkc().collect::<String>().trim().to_owned()
    }
}

fn no_such(cell: &str, what_zh: &str, what_en: &str, zh: &str, en: &str) -> Text {
    if cell.trim().is_empty() {
        return Text::new(format!("未填{what_zh}"), format!("no {what_en} given"));
    }
    Text::new(
        format!("{what_zh} `{cell}` {zh}"),
        format!("{what_en} `{cell}` {en}"),
    )
}

fn no_such_crew(cell: &str, crews: Option<u32>) -> Text {
    match crews {
        Some(crews) if !cell.trim().is_empty() => Text::new(
            format!("班组号 `{cell}` 应为 1 至 {crews} 的整数"),
            format!("crew `{cell}` is not a whole number from 1 to {crews}"),
        ),
        _ => no_such(
            cell,
            "班组号",
            "crew",
            "不是正整数",
            "is not a whole number",
        ),
    }
}
