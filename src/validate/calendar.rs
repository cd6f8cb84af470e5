//! calendar.csv.

use super::Draft;
use super::budget::scope_parts;
use super::coverage::{Part, site_part};
use super::ids::Referent;
use super::row::RowReader;
use super::words::{WordsInUse, warn_unless_used};
use crate::domain::{CalendarRow, CalendarScope, CalendarStatus, SiteIx, TeamIx, TreatmentIx};
use crate::finding::{Code, Findings, say, shown};
use crate::read::names::{CALENDAR_SCOPES, STATUS, word};
use crate::read::normal;

/// Reads calendar.csv; rows outside the horizon are left out, the others clipped to it.
pub(super) fn read(draft: &Draft<'_>, findings: &mut Findings) -> Vec<CalendarRow> {
    let (start, end) = draft.window();
    let in_use = WordsInUse::of(draft);
    let rows = draft.read_rows("calendar.csv", findings, |row| {
        let from = row.date("date");
        let to = row.date("to");
        let scope = scope(draft, &in_use, row);
        let status = status(row);
        let reason = row.text("reason");
        let from = from?;
        let to = to.unwrap_or(from);
        if to < from {
            row.add(
                Code::WindowReversed,
                "to",
                say!(
                    "结束 {to} 早于开始 {from}",
                    "the stretch ends on {to}, before it begins on {from}"
                ),
                None,
            );
            return None;
        }
        if to < start || from > end {
            return None;
        }
        Some(CalendarRow {
            from: from.max(start),
            to: to.min(end),
            scope: scope?,
            status: status?,
            reason,
        })
    });
    rows.rows.into_iter().flatten().collect()
}

fn status(row: &mut RowReader<'_>) -> Option<CalendarStatus> {
    let cell = row.given("status")?;
    match word(STATUS, &normal(&cell.text)) {
        Some("closed") => Some(CalendarStatus::Closed),
        Some("open") => Some(CalendarStatus::Open),
        Some(_) => Some(CalendarStatus::Usual),
        None => {
            let written = shown(&cell.text);
            row.add(
                Code::UnknownWord,
                "status",
                say!("`{written}` 不是状态", "`{written}` is not a status"),
                Some(say!(
                    "写作 关闭、开放 或 照常",
                    "write closed, open or usual"
                )),
            );
            None
        }
    }
}

fn scope(
    draft: &Draft<'_>,
    in_use: &WordsInUse<'_>,
    row: &mut RowReader<'_>,
) -> Option<CalendarScope> {
    let cell = row.given("scope")?;
    let written = normal(&cell.text);
    let Some((word, id)) = scope_parts(CALENDAR_SCOPES, &written) else {
        let written = shown(&written);
        row.add(
            Code::UnknownScope,
            "scope",
            say!("`{written}` 不是日历范围", "`{written}` is not a calendar scope"),
            Some(say!(
                "写作 全部、所有队伍、所有地点，或 队伍:编号、承包方:编号、片区:名称、类型:词、地点:编号、方法:词、措施:编号，一行一个",
                "write all, teams, sites, or one of team:, contractor:, zone:, kind:, site:, method:, treatment: with an id, one a row"
            )),
        );
        return None;
    };
    let text = id.to_owned();
    match word {
        "all" => Some(CalendarScope::All),
        "teams" => Some(CalendarScope::Teams),
        "sites" => Some(CalendarScope::Sites),
        "team:" => match draft.team_ids.refer(id, "scope", row) {
            Referent::Row(at) => Some(CalendarScope::Team(TeamIx(at))),
            Referent::Dropped | Referent::Unknown => None,
        },
        "contractor:" => {
            let known = draft.contractor(id, "scope", row);
            known.then_some(CalendarScope::Contractor(text))
        }
        "zone:" => {
            warn_unless_used(
                &in_use.zones,
                draft.site_ids.table,
                id,
                ("片区", "zone"),
                row,
            );
            Some(CalendarScope::Zone(text))
        }
        "kind:" => {
            warn_unless_used(
                &in_use.kinds,
                draft.site_ids.table,
                id,
                ("类型", "kind"),
                row,
            );
            Some(CalendarScope::Kind(text))
        }
        "method:" => {
            let table = draft.treatment_ids.table;
            warn_unless_used(&in_use.methods, table, id, ("方法", "method"), row);
            Some(CalendarScope::Method(text))
        }
        "site:" => match site_part(draft, id, "scope", row)? {
            Part::Of(at, part) => Some(CalendarScope::Site(SiteIx(at), part)),
            Part::Dropped => None,
        },
        _ => match draft.treatment_ids.refer(id, "scope", row) {
            Referent::Row(at) => Some(CalendarScope::Treatment(TreatmentIx(at))),
            Referent::Dropped | Referent::Unknown => None,
        },
    }
}
