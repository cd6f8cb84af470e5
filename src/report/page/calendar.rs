//! The calendar: which team does what on which day, a table for each month.

use super::content::PlanContent;
use super::say::Both;
use crate::domain::{CalendarScope, CalendarStatus, Day, TreatmentIx};
use crate::lang::{Lang, Text};
use crate::measures::{Breakdown, TeamDayFigures};
use crate::report::dates;
use crate::report::layout::grouped;
use crate::report::words::plural;
use crate::season::{DayIx, Season};
use chrono::Datelike;
use std::collections::BTreeMap;

/// Colours that the style sheet has for kinds of work; further kinds share the last and differ by letter.
const COLOURS: usize = 9;
/// The calendar of a plan.
pub(super) struct Calendar {
    /// Kinds of work, for the legend.
    pub(super) kinds: Vec<Kind>,
    /// Months of the horizon in which a team works.
    pub(super) months: Vec<Month>,
}

/// A kind of work: a method.
pub(super) struct Kind {
    /// Number of its colour.
    pub(super) colour: usize,
    /// Its letter.
    pub(super) letter: String,
    /// The method, as the tables name it.
    pub(super) method: String,
    /// Treatments of this method that the plan uses.
    pub(super) treatments: String,
}

/// A month.
pub(super) struct Month {
    /// Its name.
    pub(super) name: Both,
    /// Its days, those outside the horizon left out.
    pub(super) days: Vec<DayHead>,
    /// Teams that work or could work in it.
    pub(super) rows: Vec<TeamRow>,
}

/// The head of a day's column.
pub(super) struct DayHead {
    /// Day of the month.
    pub(super) number: u32,
    /// Day of the week.
    pub(super) weekday: Both,
    /// Saturday or Sunday.
    pub(super) weekend: bool,
    /// Why all teams are off; empty if they are not.
    pub(super) note: String,
}

/// A team's row.
pub(super) struct TeamRow {
    /// Its name.
    pub(super) name: String,
    /// A cell for each day.
    pub(super) cells: Vec<DayCell>,
}

/// What a team does on a day.
pub(super) enum DayCell {
    /// It cannot be sent.
    Closed,
    /// It could be sent and is not.
    Free,
    /// It works.
    Work(Work),
}

/// A day's work.
pub(super) struct Work {
    /// Number of the day from the first of the horizon.
    pub(super) day: DayIx,
    /// Position of the team.
    pub(super) team: usize,
    /// Colour of the cell: one, or stripes of several.
    pub(super) background: String,
    /// Letters of the kinds of work.
    pub(super) letters: String,
    /// Number of visits.
    pub(super) visits: usize,
    /// Date, crews, hours: the first lines of the details.
    pub(super) title: String,
    /// Crews and hours in words.
    pub(super) text: Text,
}

/// Sets out a plan by month.
pub(super) fn calendar(plan: PlanContent, breakdown: &Breakdown) -> Calendar {
    let season = plan.season;
    let kinds = Kinds::of(season, breakdown);
    let worked: BTreeMap<(usize, DayIx), &TeamDayFigures> = breakdown
        .team_days
        .iter()
        .map(|day| ((day.team.0, day.day), day))
        .collect();
    let mut months: Vec<Vec<DayIx>> = Vec::new();
    for day in 0..season.days {
        match months.last_mut() {
            Some(month) if season.date(month[0]).month() == season.date(day).month() => {
                month.push(day);
            }
            _ => months.push(vec![day]),
        }
    }
    let cell = |team: usize, day: DayIx| match worked.get(&(team, day)) {
        Some(figures) => DayCell::Work(work(season, &kinds, figures)),
        None if season.day_sets[season.team_days[team]].contains(day) => DayCell::Free,
        None => DayCell::Closed,
    };
    let month = |days: &Vec<DayIx>| {
        let rows = season.scenario.teams.iter().enumerate().map(|(at, team)| {
            let cells = days.iter().map(|&day| cell(at, day));
            TeamRow {
                name: team.name.clone(),
                cells: cells.collect(),
            }
        });
        let first = season.date(days[0]);
        Month {
            name: Text::in_both(|lang| dates::month(first, lang)).into(),
            days: days.iter().map(|&day| head(season, day)).collect(),
            rows: rows
                .filter(|row| !row.cells.iter().all(|cell| matches!(cell, DayCell::Closed)))
                .collect(),
        }
    };
    Calendar {
        months: months
            .iter()
            .map(month)
            .filter(|month| !month.rows.is_empty())
            .collect(),
        kinds: kinds.legend(season, breakdown),
    }
}

fn head(season: &Season, day: DayIx) -> DayHead {
    let date = season.date(day);
    DayHead {
        number: date.day(),
        weekday: Text::in_both(|lang| dates::letter_of_weekday(date, lang).to_owned()).into(),
        weekend: date.weekday().num_days_from_monday() >= 5,
        note: note(season, date),
    }
}

/// Why all teams are off on a day, as calendar.csv says; its later rows win.
fn note(season: &Season, date: Day) -> String {
    let rows = season.scenario.calendar.iter();
    rows.rev()
        .filter(|row| matches!(row.scope, CalendarScope::All | CalendarScope::Teams))
        .find(|row| (row.from..=row.to).contains(&date))
        .filter(|row| row.status == CalendarStatus::Closed)
        .map(|row| row.reason.clone())
        .unwrap_or_default()
}

fn work(season: &Season, kinds: &Kinds, figures: &TeamDayFigures) -> Work {
    let mut of_day: Vec<usize> = figures
        .treatments
        .iter()
        .filter_map(|&treatment| kinds.of_treatment(season, treatment))
        .collect();
    of_day.sort_unstable();
    of_day.dedup();
    let stripes: Vec<String> = of_day
        .iter()
        .enumerate()
        .map(|(at, &kind)| {
            let share = |at: usize| at * 100 / of_day.len();
            let colour = colour(kind);
            format!("var(--k{colour}) {}% {}%", share(at), share(at + 1))
        })
        .collect();
    let background = match (of_day.as_slice(), stripes.join(",")) {
        ([kind], _) => format!("var(--k{})", colour(*kind)),
        (_, stripes) => format!("linear-gradient(90deg,{stripes})"),
    };
    let (crews, hours) = (figures.crews, grouped(figures.hours));
    let date = season.date(figures.day);
    Work {
        day: figures.day,
        team: figures.team.0,
        background,
        letters: of_day.iter().map(|&kind| letter(kind)).collect(),
        visits: figures.visits,
        title: format!("{date} {}", season.scenario[figures.team].name),
        text: Text::in_both(|lang| match lang {
            Lang::Zh => format!("{crews} 个班组，作业 {} 次，{hours} 工时", figures.visits),
            Lang::En => format!(
                "{crews} crew{}, {} visit{}, {hours} hours",
                plural(crews),
                figures.visits,
                plural(figures.visits)
            ),
        }),
    }
}

fn colour(kind: usize) -> usize {
    kind.min(COLOURS - 1)
}

fn letter(kind: usize) -> String {
    // More than 26 methods in one season have not been seen; they would go on with A2.
    let (round, at) = (kind / 26, kind % 26);
    let letter = char::from(b'A' + at as u8);
    if round == 0 {
        letter.to_string()
    } else {
        format!("{letter}{}", round + 1)
    }
}

/// Methods that the plan uses, in the order of the treatments.
struct Kinds(Vec<String>);

impl Kinds {
    fn of(season: &Season, breakdown: &Breakdown) -> Self {
        let mut kinds = Vec::new();
        for at in 0..season.scenario.treatments.len() {
            let method = &season.scenario.treatments[at].method;
            if used(breakdown, TreatmentIx(at)) && !kinds.contains(method) {
                kinds.push(method.clone());
            }
        }
        Kinds(kinds)
    }

    fn of_treatment(&self, season: &Season, treatment: TreatmentIx) -> Option<usize> {
        let method = &season.scenario[treatment].method;
        self.0.iter().position(|kind| kind == method)
    }

    fn legend(&self, season: &Season, breakdown: &Breakdown) -> Vec<Kind> {
        let kind = |(at, method): (usize, &String)| {
            let treatments = season.scenario.treatments.iter().enumerate();
            let names: Vec<&str> = treatments
                .filter(|(at, row)| row.method == *method && used(breakdown, TreatmentIx(*at)))
                .map(|(_, row)| row.name.as_str())
                .collect();
            Kind {
                colour: colour(at),
                letter: letter(at),
                method: method.clone(),
                treatments: names.join(", "),
            }
        };
        self.0.iter().enumerate().map(kind).collect()
    }
}

fn used(breakdown: &Breakdown, treatment: TreatmentIx) -> bool {
    let days = &breakdown.team_days;
    days.iter().any(|day| day.treatments.contains(&treatment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!(letter(0) + &letter(25) + &letter(26), "AZA2");
        assert_eq!(colour(30), COLOURS - 1);
    }
}
