//! A single change of the tables that could let missed rounds be done.

use crate::domain::{
    BudgetScope, CalendarRow, CalendarScope, CalendarStatus, Choice, Day, Money, ProductIx, RuleIx,
    Scenario, SiteIx, Team, TeamIx,
};

/// One change of one row of the tables, or of one new row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Nothing: the same tables, planned again.
    Again,
    /// A budget line holds so much more.
    Budget {
        /// Position of the line in the table.
        line: usize,
        /// How much more.
        by: Money,
    },
    /// A team may be deployed on so many crew-days more.
    CrewDays {
        /// The team.
        team: TeamIx,
        /// How many more.
        by: i64,
    },
    /// A further crew like those of a team, for so many crew-days in a stretch of days: a row of teams.csv, paid by
    /// the day as the team is, without mobilisation.
    ExtraCrew {
        /// The team.
        team: TeamIx,
        /// First day.
        from: Day,
        /// Last day, included.
        to: Day,
        /// Crew-days at most.
        days: i64,
    },
    /// So many more packs of a product can be bought.
    Packs {
        /// The product.
        product: ProductIx,
        /// How many more.
        by: i64,
    },
    /// A product may be used from and to these days, both included.
    ProductDates {
        /// The product.
        product: ProductIx,
        /// First day.
        from: Day,
        /// Last day.
        to: Day,
    },
    /// A team is available from and to these days, both included.
    TeamDates {
        /// The team.
        team: TeamIx,
        /// First day.
        from: Day,
        /// Last day.
        to: Day,
    },
    /// A rule keeps a smaller gap.
    MinGap {
        /// The rule.
        rule: RuleIx,
        /// Days.
        to: u32,
    },
    /// The window of a rule is longer.
    Window {
        /// The rule.
        rule: RuleIx,
        /// First day.
        from: Day,
        /// Last day, included.
        to: Day,
    },
    /// Something is open on days on which it is closed: a row of calendar.csv.
    Open {
        /// What.
        scope: CalendarScope,
        /// First day.
        from: Day,
        /// Last day, included.
        to: Day,
    },
    /// A team learns a method, or may work in a zone.
    Skill {
        /// The team.
        team: TeamIx,
        /// A method that it lacks.
        method: Option<String>,
        /// A zone that it lacks.
        zone: Option<String>,
    },
    /// A site is split into so many parts, each small enough for a crew-day.
    Parts {
        /// The site.
        site: SiteIx,
        /// Parts.
        parts: u32,
    },
}

impl Change {
    /// The scenario with the change made. Sites, treatments and teams keep their positions; a new team comes last.
    pub fn apply(&self, scenario: &Scenario) -> Scenario {
        let mut changed = scenario.clone();
        match self {
            Change::Again => {}
            Change::Budget { line, by } => changed.budget[*line].amount += *by,
            Change::CrewDays { team, by } => {
                let most = &mut changed.teams[team.0].max_days;
                *most = most.map(|most| most + by);
            }
            Change::ExtraCrew {
                team,
                from,
                to,
                days,
            } => add_crew(&mut changed, *team, (*from, *to), Some(*days)),
            Change::Packs { product, by } => {
                let most = &mut changed.products[product.0].max_packs;
                *most = most.map(|most| most + by);
            }
            Change::ProductDates { product, from, to } => {
                let row = &mut changed.products[product.0];
                (row.from, row.to) = (Some(*from), Some(*to));
            }
            Change::TeamDates { team, from, to } => {
                let row = &mut changed.teams[team.0];
                (row.from, row.to) = (Some(*from), Some(*to));
            }
            Change::MinGap { rule, to } => changed.rules[rule.0].min_gap = *to,
            Change::Window { rule, from, to } => {
                let row = &mut changed.rules[rule.0];
                (row.from, row.to) = (*from, *to);
            }
            Change::Open { scope, from, to } => changed.calendar.push(CalendarRow {
                from: *from,
                to: *to,
                scope: scope.clone(),
                status: CalendarStatus::Open,
                reason: String::new(),
            }),
            Change::Skill { team, method, zone } => {
                let row = &mut changed.teams[team.0];
                row.methods.extend(method.clone());
                row.zones.extend(zone.clone());
            }
            Change::Parts { site, parts } => changed.sites[site.0].parts = *parts,
        }
        changed
    }
}

/// Adds one crew of a team as a team of its own: paid by the day, on the same days, within the same budget lines.
pub(super) fn add_crew(
    scenario: &mut Scenario,
    team: TeamIx,
    (from, to): (Day, Day),
    max_days: Option<i64>,
) {
    let row = &scenario.teams[team.0];
    let added = TeamIx(scenario.teams.len());
    let later = |day: Option<Day>| day.map_or(from, |day| day.max(from));
    let earlier = |day: Option<Day>| day.map_or(to, |day| day.min(to));
    let mut id = format!("{}+", row.id);
    while scenario.teams.iter().any(|team| team.id == id) {
        id.push('+');
    }
    let crew = Team {
        id,
        crews: 1,
        mobilisation: Money::ZERO,
        min_days: 0,
        max_days,
        committed: false,
        from: Some(later(row.from)),
        to: Some(earlier(row.to)),
        ..row.clone()
    };
    scenario.teams.push(crew);
    let own: Vec<CalendarRow> = scenario
        .calendar
        .iter()
        .filter(|row| row.scope == CalendarScope::Team(team))
        .map(|row| CalendarRow {
            scope: CalendarScope::Team(added),
            ..row.clone()
        })
        .collect();
    scenario.calendar.extend(own);
    for line in &mut scenario.budget {
        if line.scopes.contains(&BudgetScope::Team(team)) {
            line.scopes.push(BudgetScope::Team(added));
        }
    }
}

/// The scenario without a rule; all positions stay.
pub(super) fn without_rule(scenario: &Scenario, rule: RuleIx) -> Scenario {
    let mut changed = scenario.clone();
    changed.rules[rule.0].selector.site = Some(Choice {
        emptied: true,
        ..Choice::default()
    });
    changed
}

/// The scenario without new work by a contractor, whose contract is then not signed; all positions stay.
pub(super) fn without_contractor(scenario: &Scenario, contractor: &str) -> Scenario {
    let mut changed = scenario.clone();
    for team in &mut changed.teams {
        if team.contractor == contractor {
            team.methods.clear();
            team.committed = false;
        }
    }
    changed
}

/// The scenario without budget lines' amounts mattering; lines stay, so that their spending is known.
pub(super) fn without_budget(scenario: &Scenario) -> Scenario {
    let mut changed = scenario.clone();
    for line in &mut changed.budget {
        line.amount = line.amount.max(PLENTY);
    }
    changed
}

/// More than any plan costs, and little enough for sums of it.
pub(super) const PLENTY: Money = Money::from_micro(4_000_000_000_000_000_000);
