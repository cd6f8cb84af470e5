//! surveys.csv: densities that were measured. They are shown in reports and change no plan.

use super::Draft;
use super::ids::suggest;
use super::row::RowReader;
use super::words::WordsInUse;
use crate::domain::{Survey, SurveyPhase};
use crate::finding::{Code, Findings, say, shown};
use crate::read::names::{PHASE, word};
use crate::read::normal;

/// Reads surveys.csv.
pub(super) fn read(draft: &Draft<'_>, findings: &mut Findings) -> Vec<Survey> {
    let in_use = WordsInUse::of(draft);
    let rows = draft.read_rows("surveys.csv", findings, |row| {
        let date = row.date("date");
        let zone = row.word("zone");
        if let Some(zone) = &zone {
            warn_of_zone(draft, &in_use, zone, row);
        }
        let pest = row.text("pest");
        let index = row.text("index");
        let value = row.number("value");
        let limit = row.number("limit");
        let phase = phase(row);
        Some(Survey {
            date: date?,
            zone,
            pest,
            index,
            value: value?,
            limit,
            phase: phase?,
        })
    });
    rows.rows.into_iter().flatten().collect()
}

/// Warns of a zone that no site has.
fn warn_of_zone(draft: &Draft<'_>, in_use: &WordsInUse<'_>, zone: &str, row: &mut RowReader<'_>) {
    if in_use.zones.contains(zone) || !draft.site_ids.table.whole {
        return;
    }
    let help = suggest(zone, in_use.zones.iter().copied(), row.findings);
    let written = shown(zone);
    row.add(
        Code::UnusedWord,
        "zone",
        say!(
            "sites.csv 中没有片区 `{written}`",
            "sites.csv has no zone `{written}`"
        ),
        help,
    );
}

fn phase(row: &mut RowReader<'_>) -> Option<SurveyPhase> {
    let cell = row.given("phase")?;
    match word(PHASE, &normal(&cell.text)) {
        Some("before") => Some(SurveyPhase::Before),
        Some(_) => Some(SurveyPhase::After),
        None => {
            let written = shown(&cell.text);
            row.add(
                Code::UnknownWord,
                "phase",
                say!(
                    "`{written}` 不是“灭前”或“灭后”",
                    "`{written}` is neither `before` nor `after`"
                ),
                Some(say!("填“灭前”或“灭后”", "write `before` or `after`")),
            );
            None
        }
    }
}
