//! teams.csv.

use super::ids::{check_characters, suggest};
use super::row::RowReader;
use super::treatments::{id_and_name, money};
use super::{Checked, Draft, settings};
use crate::domain::{Exact, Hours, Team};
use crate::finding::{Code, Findings, say, shown};
use crate::lang::Text;

/// Reads teams.csv.
pub(super) fn read(
    draft: &Draft<'_>,
    settings: &settings::Checked,
    findings: &mut Findings,
) -> Checked<Team> {
    draft.read_rows("teams.csv", findings, |row| {
        let (id, name) = id_and_name(row, "team");
        if let Some(cell) = row.cell("contractor") {
            check_characters(&cell.text, "contractor", row);
        }
        let (from, to) = row.availability(draft.horizon);
        let hours = row.millionths("hours_per_day");
        let (min_days, max_days) = (row.whole("min_days").unwrap_or(0), row.whole("max_days"));
        if let Some(most) = max_days.filter(|&most| most < min_days) {
            row.add(
                Code::MinDaysAboveMaxDays,
                "min_days",
                say!(
                    "保底 {min_days} 天多于最多 {most} 天，多出的天数付钱而不能用",
                    "at least {min_days} days are billed, but at most {most} can be used"
                ),
                None,
            );
        }
        Team {
            name,
            contractor: row.word("contractor").unwrap_or_else(|| id.clone()),
            id,
            methods: row.list("methods").unwrap_or_default(),
            zones: row.list("zones").unwrap_or_default(),
            crews: row.count("crews").unwrap_or(1),
            people: row.count("people"),
            hours_per_day: hours.map(Hours::from_micro).unwrap_or_default(),
            speed: row.number("speed").unwrap_or_else(Exact::one),
            cost_per_day: money(row, "cost_per_day"),
            mobilisation: money(row, "mobilisation"),
            min_days,
            max_days,
            committed: row.yes("committed").unwrap_or(false),
            from,
            to,
            workdays: row.weekdays("workdays").unwrap_or(settings.workdays),
        }
    })
}

/// What a contractor's name refers to.
enum Contractor {
    Known,
    /// It had teams further down the chain of scenarios.
    Former,
    Unknown,
}

impl Draft<'_> {
    fn find_contractor(&self, id: &str) -> Contractor {
        if self.teams.rows.iter().any(|team| team.contractor == id) {
            return Contractor::Known;
        }
        let table = self.team_ids.table;
        let former = table.former.contains(&("contractor", id.to_owned()))
            || table.former.contains(&("team", id.to_owned()))
            || self.team_ids.was_dropped(id)
            // A team that is its own contractor until an overlay names another.
            || self.team_ids.get(id).is_some();
        if former {
            Contractor::Former
        } else {
            Contractor::Unknown
        }
    }

    fn suggest_contractor(&self, id: &str, findings: &mut Findings) -> Option<Text> {
        let names = self.teams.rows.iter().map(|team| team.contractor.as_str());
        suggest(id, names, findings)
    }

    /// Whether a contractor has teams; one that has none any more is ignored with a warning, one that never had any
    /// is unknown.
    pub(super) fn contractor(&self, id: &str, column: &str, row: &mut RowReader<'_>) -> bool {
        let written = shown(id);
        match self.find_contractor(id) {
            Contractor::Known => return true,
            Contractor::Former => row.add(
                Code::DroppedReference,
                column,
                say!(
                    "承包方 `{written}` 已没有队伍，此处不再起作用",
                    "contractor `{written}` has no team any more and is ignored here"
                ),
                None,
            ),
            Contractor::Unknown if self.team_ids.table.whole => {
                let help = self.suggest_contractor(id, row.findings);
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
            Contractor::Unknown => {}
        }
        false
    }

    /// Warns of a piece rate that no team is paid.
    pub(super) fn warn_of_rate(&self, contractor: &str, row: &mut RowReader<'_>) {
        let known = matches!(self.find_contractor(contractor), Contractor::Known);
        if known || !self.team_ids.table.whole {
            return;
        }
        let help = self.suggest_contractor(contractor, row.findings);
        let written = shown(contractor);
        row.add(
            Code::RateForNobody,
            "contractor",
            say!(
                "承包方 `{written}` 没有队伍，这一单价不起作用",
                "contractor `{written}` has no team, so the rate is never paid"
            ),
            help,
        );
    }
}
