//! A season in the making: what later tables must know of earlier ones.

use super::dice::Dice;
use super::table::{Folder, Table};
use super::{Size, aims, means};
use chrono::Days;
use xiaosha::domain::Day;

/// What has been drawn so far.
pub(crate) struct Draft {
    pub(crate) dice: Dice,
    pub(crate) start: Day,
    pub(crate) end: Day,
    /// Ids and number of parts.
    pub(crate) sites: Vec<(String, i64)>,
    pub(crate) products: Vec<String>,
    pub(crate) treatments: Vec<String>,
    pub(crate) teams: Vec<String>,
    pub(crate) contractors: Vec<String>,
}

pub(crate) const ZONES: [&str; 2] = ["east", "west"];
pub(crate) const KINDS: [&str; 3] = ["road", "yard", "market"];
pub(crate) const TAGS: [&str; 3] = ["school", "river", "night"];
pub(crate) const METHODS: [&str; 3] = ["ulv", "residual", "bait"];
pub(crate) const WORKDAYS: [&str; 5] = [
    "mon-fri",
    "mon-sat",
    "周一、周三、周五",
    "二；四；六;日",
    "tue;wed;thu;sat",
];

impl Draft {
    /// A day of the horizon.
    pub(crate) fn day(&mut self) -> Day {
        let length = (self.end - self.start).num_days();
        self.start + Days::new(self.dice.within(0..=length).unsigned_abs())
    }

    /// A stretch of the horizon.
    pub(crate) fn stretch(&mut self) -> (Day, Day) {
        let (one, other) = (self.day(), self.day());
        (one.min(other), one.max(other))
    }

    /// Often a stretch of the horizon, open at either end; else blanks.
    pub(crate) fn maybe_stretch(&mut self, percent: i64) -> (String, String) {
        let (from, to) = self.stretch();
        let cell = |given: bool, day: Day| {
            if given {
                day.to_string()
            } else {
                String::new()
            }
        };
        let given = self.dice.chance(percent);
        let ends = self.dice.within(1..=3);
        (
            cell(given && ends & 1 == 1, from),
            cell(given && ends & 2 == 2, to),
        )
    }

    /// A site or one of its parts, as lists and scopes name them.
    pub(crate) fn place(&mut self) -> String {
        let (site, parts) = self.dice.pick(&self.sites);
        if parts > 1 && self.dice.chance(50) {
            format!("{site}/{}", self.dice.within(1..=parts))
        } else {
            site
        }
    }
}

/// Draws a whole folder.
pub(crate) fn folder(seed: u64, size: &Size) -> Folder {
    let mut dice = Dice::new(seed);
    let start =
        Day::from_ymd_opt(2026, 1, 5).expect("a day") + Days::new(dice.within(0..=340) as u64);
    let days = dice.within(size.days.clone());
    let mut draft = Draft {
        start,
        end: start + Days::new(days as u64 - 1),
        sites: Vec::new(),
        products: Vec::new(),
        treatments: Vec::new(),
        teams: Vec::new(),
        contractors: Vec::new(),
        dice,
    };
    let mut settings = vec![
        ("name", format!("\"抽样 {seed}\"")),
        ("start", draft.start.to_string()),
        ("end", format!("\"{}\"", draft.end)),
    ];
    if draft.dice.chance(30) {
        let workdays = draft.dice.pick(&WORKDAYS);
        settings.push(("workdays", format!("\"{workdays}\"")));
    }
    if draft.dice.chance(50) {
        settings.push((
            "access_min",
            draft.dice.pick(&["10", "20", "30", "7.5"]).to_owned(),
        ));
    }
    let mut tables = vec![
        means::products(&mut draft, size),
        means::treatments(&mut draft, size),
        means::sites(&mut draft, size),
        means::teams(&mut draft, size),
        means::rates(&mut draft),
        aims::coverage(&mut draft, size),
        aims::budget(&mut draft, size),
        aims::calendar(&mut draft),
    ];
    let (done, today) = aims::done(&mut draft);
    tables.push(done);
    if let Some(today) = today {
        settings.push(("today", today.to_string()));
    }
    tables.retain(|table: &Table| !table.rows.is_empty());
    Folder { settings, tables }
}
