//! Rows of a plan as read, and what they name.

use super::places::{Order, Places};
use super::visits::Named;
use super::{Clause, Violation};
use crate::domain::{Day, Plan, Scenario, SiteIx, TeamIx, TreatmentIx};
use crate::finding::{nearest, say, shown};
use crate::lang::Text;
use crate::read::normal;
use std::collections::HashMap;

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
    let mut names = Names::new(scenario);
    let mut named = Vec::with_capacity(rows.len());
    for row in rows {
        let mut fault = |clause, message| {
            violations.push(Violation {
                line: Some(row.line),
                clause,
                message,
            });
        };
        let date = row.date.as_ref();
        let date = date.inspect_err(|cell| fault(Clause::DateUnreadable, no_date(cell)));
        let team = names.teams.find(&row.team);
        let team = team.map_err(|message| fault(Clause::TeamUnknown, message));
        let crews = team.ok().map(|team| scenario[team].crews);
        let crew = match (&row.crew, crews) {
            (Ok(crew), Some(crews)) if !(1..=crews).contains(crew) => Err(crew.to_string()),
            (crew, _) => crew.clone(),
        };
        let crew =
            crew.inspect_err(|cell| fault(Clause::CrewOutOfRange, no_such_crew(cell, crews)));
        let site = names.places(places, &row.site);
        let site = site.map_err(|message| fault(Clause::SiteUnknown, message));
        let treatment = names.treatments.find(&row.treatment);
        let treatment = treatment.map_err(|message| fault(Clause::TreatmentUnknown, message));
        if let (Ok(&date), Ok(team), Ok(crew), Ok(site), Ok(treatment)) =
            (date, team, crew, site, treatment)
        {
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
            let (id, part) = (&scenario[visit.site].id, visit.part);
            let message = say!(
                "地点 `{id}` 没有第 {part} 段",
                "site `{id}` has no part {part}"
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

/// Nearest ids are looked up for so many unknown ones; in a spoiled plan they would cost more time than they are worth.
const SUGGESTIONS: usize = 50;

/// The ids of one table.
struct Ids<Ix> {
    by_id: HashMap<String, Ix>,
    /// What a row is called, and its file.
    noun: (&'static str, &'static str, &'static str),
    /// Suggestions that may still be made.
    suggestions: usize,
}

impl<Ix: Copy> Ids<Ix> {
    fn new<'a>(
        ids: impl Iterator<Item = &'a String>,
        index: fn(usize) -> Ix,
        noun: (&'static str, &'static str, &'static str),
    ) -> Self {
        let numbered = ids.enumerate();
        Ids {
            by_id: numbered.map(|(ix, id)| (normal(id), index(ix))).collect(),
            noun,
            suggestions: SUGGESTIONS,
        }
    }

    /// The row of this id, or that there is none.
    fn find(&mut self, cell: &str) -> Result<Ix, Text> {
        let id = normal(cell);
        self.by_id
            .get(&id)
            .copied()
            .ok_or_else(|| self.unknown(&id))
    }

    fn unknown(&mut self, id: &str) -> Text {
        let (zh, en, file) = self.noun;
        if id.is_empty() {
            return say!("未填{zh}", "no {en} given");
        }
        let written = shown(id);
        if self.suggestions > 0 {
            self.suggestions -= 1;
            let mut known: Vec<&str> = self.by_id.keys().map(String::as_str).collect();
            known.sort_unstable();
            if let Some(near) = nearest(id, known) {
                return say!(
                    "{zh} `{written}` 不在 {file} 中，最接近的是 `{near}`",
                    "{en} `{written}` is not in {file}, the nearest is `{near}`"
                );
            }
        }
        say!(
            "{zh} `{written}` 不在 {file} 中",
            "{en} `{written}` is not in {file}"
        )
    }
}

/// Ids of a scenario, as they are compared.
struct Names {
    teams: Ids<TeamIx>,
    sites: Ids<SiteIx>,
    treatments: Ids<TreatmentIx>,
}

impl Names {
    fn new(scenario: &Scenario) -> Self {
        let teams = scenario.teams.iter().map(|row| &row.id);
        let sites = scenario.sites.iter().map(|row| &row.id);
        let treatments = scenario.treatments.iter().map(|row| &row.id);
        Names {
            teams: Ids::new(teams, TeamIx, ("队伍", "team", "teams.csv")),
            sites: Ids::new(sites, SiteIx, ("地点", "site", "sites.csv")),
            treatments: Ids::new(
                treatments,
                TreatmentIx,
                ("措施", "treatment", "treatments.csv"),
            ),
        }
    }

    /// The places that a site cell means: one part, or all parts of a site.
    fn places(&mut self, places: &Places, cell: &str) -> Result<std::ops::Range<usize>, Text> {
        let id = normal(cell);
        if let Some((whole, part)) = id.rsplit_once('/')
            && let Some(&site) = self.sites.by_id.get(whole)
        {
            let number = part.parse().ok();
            let number = number.filter(|number: &u32| number.to_string() == part);
            let place = number.and_then(|number| places.find(site, number));
            let parts = places.of_site(site).len();
            return place.map(|place| place..place + 1).ok_or_else(|| {
                let part = shown(part);
                say!(
                    "地点 `{whole}` 没有第 {part} 段，只有 1 至 {parts}",
                    "site `{whole}` has no part {part}, only 1 to {parts}"
                )
            });
        }
        self.sites.find(cell).map(|site| places.of_site(site))
    }
}

fn no_date(cell: &str) -> Text {
    if cell.trim().is_empty() {
        return say!("未填日期", "no date given");
    }
    let written = shown(cell);
    say!(
        "`{written}` 不是有效日期",
        "`{written}` is not a possible date"
    )
}

fn no_such_crew(cell: &str, crews: Option<u32>) -> Text {
    let written = shown(cell);
    match crews {
        _ if cell.trim().is_empty() => say!("未填组号", "no crew given"),
        Some(crews) => say!(
            "组号 `{written}` 应为 1 至 {crews} 的整数",
            "crew `{written}` is not a whole number from 1 to {crews}"
        ),
        None => say!(
            "组号 `{written}` 不是正整数",
            "crew `{written}` is not a whole number"
        ),
    }
}
