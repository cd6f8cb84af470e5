//! teams.csv.

use super::ids::suggest;
use super::row::RowReader;
use super::treatments::{id_and_name, money};
use super::{Checked, Draft, settings};
use crate::domain::{Exact, Hours, Team};
use crate::finding::{Code, Findings, say, shown};

/// Reads teams.csv.
pub(super) fn read(
    draft: &Draft<'_>,
    settings: &settings::Checked,
    findings: &mut Findings,
) -> Checked<Team> {
    draft.read_rows("teams.csv", findings, |row| {
        let (id, name) = id_and_name(row, "team");
        let hours = row.number("hours_per_day");
        Team {
            name,
            contractor: row.word("contractor").unwrap_or_else(|| id.clone()),
            id,
            methods: row.list("methods").unwrap_or_default(),
            zones: row.list("zones").unwrap_or_default(),
            crews: row.count("crews").unwrap_or(1),
            hours_per_day: hours
                .and_then(|hours| Hours::from_exact(&hours))
                .unwrap_or_default(),
            speed: row.number("speed").unwrap_or_else(Exact::one),
            cost_per_day: money(row, "cost_per_day"),
            mobilisation: money(row, "mobilisation"),
            min_days: row.whole("min_days").unwrap_or(0),
            max_days: row.whole("max_days"),
            committed: row.yes("committed").unwrap_or(false),
            from: row.date("from"),
            to: row.date("to"),
            workdays: row.weekdays("workdays").unwrap_or(settings.workdays),
        }
    })
}

impl Draft<'_> {
    /// Whether a contractor has teams; one that has none any more is ignored with a warning, one that never had any
    /// is unknown.
    pub(super) fn contractor(&self, id: &str, column: &str, row: &mut RowReader<'_>) -> bool {
        if self.teams.rows.iter().any(|team| team.contractor == id) {
            return true;
        }
        let table = self.team_ids.table;
        let former = table.former.contains(&("contractor", id.to_owned()))
            || table.former.contains(&("team", id.to_owned()))
            || self.team_ids.was_dropped(id);
        let written = shown(id);
        if former {
            row.add(
                Code::DroppedReference,
                column,
                say!(
                    "承包方 `{written}` 已没有队伍，此处不再起作用",
                    "contractor `{written}` has no team any more and is ignored here"
                ),
                None,
            );
        } else if table.whole {
            let names = self.teams.rows.iter().map(|team| team.contractor.as_str());
            let help = suggest(id, names, row.findings);
            row.add(
                Code::UnknownId,
                column,
                say!(
                    "teams.csv 中没有承包方 `{written}` 的队伍",
                    "no team of teams.csv is of contractor `{written}`"
                ),
                help,
            );
        }
        false
    }
}
