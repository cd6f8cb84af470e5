//! Calendars (RFC 5545): one for the office, one for each team; an entry for each crew-day.
//!
//! The tables say on which day a crew works, not at what hour, so entries last all day and mark nobody as busy. UIDs
//! are made from the season's name, team, crew and date: importing a new plan renews the entries of days that it still
//! has. SEQUENCE and DTSTAMP come from the first day of planning, so that a plan made later in the season is the newer
//! one. An entry of a day on which a new plan has nothing stays where it was imported.

use super::OutputFile;
use super::dates::short_weekday;
use super::file_name::{FileNames, safe_part};
use super::words::{self, address, plural};
use crate::domain::{Day, TeamIx};
use crate::lang::Lang;
use crate::measures::{Measures, VisitFigures};
use crate::season::Season;
use icalendar::{Calendar, Component, Event, EventLike, Property};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Namespace of the UIDs; its value means nothing and never changes.
const NAMESPACE: Uuid = Uuid::from_u128(0x6b1f_64ba_57e0_4c1d_9a4e_2f30_9d6c_51a7);

/// Characters of a text at most; longer ones are cut.
const LONGEST: usize = 300;

/// All of China keeps one time without summer time.
const TIME_ZONE: &str = "BEGIN:VTIMEZONE\r\n\
    TZID:Asia/Shanghai\r\n\
    BEGIN:STANDARD\r\n\
    DTSTART:19910915T010000\r\n\
    TZOFFSETFROM:+0900\r\n\
    TZOFFSETTO:+0800\r\n\
    TZNAME:CST\r\n\
    END:STANDARD\r\n\
    END:VTIMEZONE\r\n";

/// What the calendars are about, and for whom.
struct View<'a> {
    season: &'a Season<'a>,
    measures: &'a Measures,
    lang: Lang,
}

/// A crew's visits of a day.
struct CrewDay<'a> {
    team: TeamIx,
    crew: u32,
    date: Day,
    visits: Vec<&'a VisitFigures>,
    entry: Event,
}

/// The calendars: that of the office, which also says when purchases must have arrived, and one for every team.
pub(super) fn calendars(season: &Season, measures: &Measures, lang: Lang) -> Vec<OutputFile> {
    let view = View {
        season,
        measures,
        lang,
    };
    let days = view.crew_days();
    let scenario = season.scenario;
    let office = lang.pick("办公室", "office");
    let entries = days.iter().map(|day| &day.entry);
    let deliveries = view.deliveries();
    let mut files = vec![OutputFile {
        name: "calendar-office.ics".to_owned(),
        bytes: view.calendar(office, entries.chain(&deliveries)),
    }];
    let mut names = FileNames::default();
    for (at, row) in scenario.teams.iter().enumerate() {
        let team = TeamIx(at);
        let stem = format!("calendar-team-{}", safe_part(&row.id));
        let own = days.iter().filter(|day| day.team == team);
        files.push(OutputFile {
            name: names.distinct(&stem, ".ics"),
            bytes: view.calendar(&row.name, own.map(|day| &day.entry)),
        });
    }
    files
}

impl<'a> View<'a> {
    /// A whole file.
    fn calendar<'e>(&self, whose: &str, entries: impl Iterator<Item = &'e Event>) -> Vec<u8> {
        let mut calendar = Calendar::empty();
        let name = clean(&format!("{} {whose}", self.season.scenario.name));
        for (key, value) in [
            ("VERSION", "2.0"),
            ("PRODID", "-//xiaosha//plan//ZH"),
            ("CALSCALE", "GREGORIAN"),
            ("METHOD", "PUBLISH"),
            ("X-WR-CALNAME", name.as_str()),
            ("X-WR-TIMEZONE", "Asia/Shanghai"),
        ] {
            calendar.append_property(Property::new(key, value));
        }
        for entry in entries {
            calendar.push(entry.clone());
        }
        // The library stamps every component, but a time zone must not be stamped: it is put in as text.
        let text = calendar.to_string();
        let first = text
            .find("BEGIN:VEVENT")
            .or_else(|| text.find("END:VCALENDAR"));
        let (head, rest) = text.split_at(first.expect("a calendar ends"));
        format!("{head}{TIME_ZONE}{rest}").into_bytes()
    }

    /// The crew-days with new visits, by date, team id and crew.
    fn crew_days(&self) -> Vec<CrewDay<'a>> {
        let mut days: BTreeMap<(Day, u32, u32), Vec<&VisitFigures>> = BTreeMap::new();
        for row in &self.measures.visits {
            let rank = self.season.team_rank[row.visit.team.0];
            let key = (row.visit.date, rank, row.visit.crew);
            days.entry(key).or_default().push(row);
        }
        days.into_values()
            .map(|mut visits| {
                visits.sort_by_key(|row| row.seq);
                let first = visits[0].visit;
                let mut day = CrewDay {
                    team: first.team,
                    crew: first.crew,
                    date: first.date,
                    visits,
                    entry: Event::new(),
                };
                day.entry = self.entry(&day);
                day
            })
            .collect()
    }

    fn entry(&self, day: &CrewDay) -> Event {
        let scenario = self.season.scenario;
        let team = &scenario[day.team];
        let (count, crew) = (day.visits.len(), day.crew);
        let mut summary = team.name.clone();
        if team.crews > 1 || crew > 1 {
            summary.push(' ');
            summary += &words::crew(crew, self.lang);
        }
        summary += &self.lang.say(
            format!("：作业 {count} 次"),
            format!(": {count} visit{}", plural(count)),
        );
        let lines: Vec<String> = day
            .visits
            .iter()
            .enumerate()
            .map(|(at, row)| format!("{}. {}", at + 1, self.visit(row)))
            .collect();
        let title = self.lang.pick("消杀作业", "pest control");
        let weekday = short_weekday(day.date, self.lang);
        let head = format!("{title} {} {weekday}", day.date);
        let crew = crew.to_string();
        self.all_day(
            day.date,
            &[
                "crew-day",
                &scenario.name,
                &team.id,
                &crew,
                &day.date.to_string(),
            ],
            &summary,
            &format!("{head}\n{}", lines.join("\n")),
        )
    }

    /// A visit on a line: site, place, treatment, product.
    fn visit(&self, row: &VisitFigures) -> String {
        let scenario = self.season.scenario;
        let part = &self.season.parts[row.part];
        let site = &scenario[part.site];
        let mut name = match self.season.parts_at(part.site) {
            1 => site.name.clone(),
            _ => format!("{}/{}", site.name, part.number),
        };
        let place = address(site);
        if !place.is_empty() {
            name += &self.lang.say(format!("（{place}）"), format!(" ({place})"));
        }
        let treatment = &scenario[row.visit.treatment].name;
        let comma = self.lang.pick("，", ", ");
        let product = row.product.map_or(String::new(), |product| {
            let product = &scenario[product];
            let (name, unit, quantity) = (&product.name, &product.unit, row.quantity);
            format!("{comma}{name} {quantity} {unit}")
        });
        clean(&format!("{name}{comma}{treatment}{product}"))
    }

    /// The days by which purchases must have arrived.
    fn deliveries(&self) -> Vec<Event> {
        let scenario = self.season.scenario;
        let bought = self.measures.purchases.iter();
        bought
            .filter_map(|row| {
                let product = &scenario[row.product];
                let date = row.short_on?;
                let (name, unit) = (&product.name, &product.unit);
                let (packs, bought) = (row.packs, row.bought);
                Some(
                    self.all_day(
                        date,
                        &["delivery", &scenario.name, &product.id],
                        &self.lang.say(
                            format!("药品到货期限：{name} {packs} 件（共 {bought} {unit}）"),
                            format!(
                                "needed by now: {packs} packs of {name} ({bought} {unit} in all)"
                            ),
                        ),
                        &self.lang.say(
                            "从这一天的第一次作业起，累计用量超过库存。".to_owned(),
                            "With the first visit of this day all that is used exceeds the stock."
                                .to_owned(),
                        ),
                    ),
                )
            })
            .collect()
    }

    /// An entry that lasts all day.
    fn all_day(&self, date: Day, uid: &[&str], summary: &str, description: &str) -> Event {
        // No id holds a line break, so different keys never run into one.
        let uid = Uuid::new_v5(&NAMESPACE, uid.join("\n").as_bytes());
        let made = self.season.scenario.plan_from;
        let mut event = Event::new();
        event
            .uid(&uid.to_string())
            .starts(date)
            .summary(&clean(summary))
            .description(description)
            .sequence(self.season.first_open.unsigned_abs());
        if let Some(next) = date.succ_opt() {
            event.ends(next);
        }
        event.add_property("DTSTAMP", made.format("%Y%m%dT000000Z").to_string());
        event.add_property("TRANSP", "TRANSPARENT");
        event
    }
}

/// A text on one line, not too long.
fn clean(text: &str) -> String {
    let line: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    line.trim().to_owned()
}
