//! coverage.csv.

use super::ids::{Referent, suggest};
use super::row::RowReader;
use super::treatments::id_and_name;
use super::value;
use super::words::WordsInUse;
use super::{Checked, Draft};
use crate::domain::{Choice, Day, Every, Exact, Rule, Selector, TreatmentIx};
use crate::finding::{Code, Findings, say, shown};
use std::collections::BTreeSet;

/// Reads coverage.csv.
pub(super) fn read(draft: &Draft<'_>, findings: &mut Findings) -> Checked<Rule> {
    let words_in_use = WordsInUse::of(draft);
    draft.read_rows("coverage.csv", findings, |row| {
        let (id, name) = id_and_name(row, "rule");
        let selector = Selector {
            kind: words(draft, row, "kind", &words_in_use.kinds),
            zone: words(draft, row, "zone", &words_in_use.zones),
            tag: words(draft, row, "tag", &words_in_use.tags),
            site: sites(draft, row),
        };
        let treatments = treatments(draft, row);
        let (from, to) = window(draft, row);
        Rule {
            id,
            name,
            selector,
            treatments,
            from,
            to,
            every: every(row),
            rounds: row.count("rounds").unwrap_or(0),
            min_gap: row.count("min_gap").unwrap_or(1),
            max_gap: row.count("max_gap"),
            tier: row.count("tier").unwrap_or(1),
            weight: row.number("weight").unwrap_or_else(Exact::one),
        }
    })
}

/// A column of free words.
fn words(
    draft: &Draft<'_>,
    row: &mut RowReader<'_>,
    column: &str,
    in_use: &BTreeSet<&str>,
) -> Option<Choice> {
    let mut choice = Choice::default();
    for entry in row.list(column)? {
        let word = entry.strip_prefix('!').map_or(entry.as_str(), str::trim);
        if !in_use.contains(word) && draft.site_ids.table.whole {
            let help = suggest(word, in_use.iter().copied(), row.findings);
            let written = shown(word);
            row.add(
                Code::UnusedWord,
                column,
                say!(
                    "没有地点的 {column} 是 `{written}`",
                    "no site has {column} `{written}`"
                ),
                help,
            );
        }
        if entry.starts_with('!') {
            choice.none_of.push(word.to_owned());
        } else {
            choice.any_of.push(entry);
        }
    }
    Some(choice)
}

/// The column of site ids. Entries whose site was dropped vanish; a list of nothing else chooses no site.
fn sites(draft: &Draft<'_>, row: &mut RowReader<'_>) -> Option<Choice> {
    let mut choice = Choice::default();
    let mut dropped = false;
    for entry in row.list("site")? {
        let (id, taken_away) = match entry.strip_prefix('!') {
            Some(id) => (id.trim(), true),
            None => (entry.as_str(), false),
        };
        match site_part(draft, id, "site", row) {
            Some(Part::Of(at, part)) => {
                let site = &draft.sites.rows[at];
                let id = match part {
                    Some(part) => format!("{}/{part}", site.id),
                    None => site.id.clone(),
                };
                if taken_away {
                    choice.none_of.push(id);
                } else {
                    choice.any_of.push(id);
                }
            }
            Some(Part::Dropped) => dropped |= !taken_away,
            None => {}
        }
    }
    choice.emptied = dropped && choice.any_of.is_empty();
    Some(choice)
}

/// What a reference to a site or part means.
pub(super) enum Part {
    /// Position of the site, and a part of it, or all.
    Of(usize, Option<u32>),
    /// A site that was dropped; a warning has been made.
    Dropped,
}

/// Resolves `id` or `id/2`; `None` with a finding if there is no such site or part.
pub(super) fn site_part(
    draft: &Draft<'_>,
    written: &str,
    column: &str,
    row: &mut RowReader<'_>,
) -> Option<Part> {
    let (id, part) = match written.rsplit_once('/') {
        Some((id, part)) => (id, Some(part)),
        None => (written, None),
    };
    let at = match draft.site_ids.refer(id, column, row) {
        Referent::Row(at) => at,
        Referent::Dropped => return Some(Part::Dropped),
        Referent::Unknown => return None,
    };
    let Some(part) = part else {
        return Some(Part::Of(at, None));
    };
    let parts = draft.sites.rows.get(at).map_or(1, |site| site.parts);
    let number = Some(part)
        .filter(|part| part.len() <= 6 && part.bytes().all(|b| b.is_ascii_digit()))
        .and_then(|part| part.parse::<u32>().ok())
        .filter(|number| (1..=parts).contains(number));
    match number {
        // A site of one part is called by its id alone.
        Some(_) if parts == 1 => Some(Part::Of(at, None)),
        Some(number) => Some(Part::Of(at, Some(number))),
        None => {
            let (part, id) = (shown(part), shown(id));
            row.add(
                Code::UnknownPart,
                column,
                say!(
                    "地点 `{id}` 没有第 `{part}` 段，共 {parts} 段",
                    "site `{id}` has no part `{part}`, it has {parts}"
                ),
                None,
            );
            None
        }
    }
}

fn treatments(draft: &Draft<'_>, row: &mut RowReader<'_>) -> Vec<TreatmentIx> {
    let entries = row.list("treatments").unwrap_or_default();
    let mut found = Vec::new();
    for entry in entries {
        if let Referent::Row(at) = draft.treatment_ids.refer(&entry, "treatments", row) {
            found.push(TreatmentIx(at));
        }
    }
    found
}

fn every(row: &mut RowReader<'_>) -> Every {
    let Some(cell) = row.given("every") else {
        return Every::Window;
    };
    value::period(&cell.text).unwrap_or_else(|| {
        let written = shown(&cell.text);
        row.add(
            Code::UnknownWord,
            "every",
            say!("`{written}` 不是周期", "`{written}` is not a period"),
            Some(say!(
                "写作 整段、每月、每半月、每周 或 10天",
                "write window, month, half-month, week, or 10d for blocks of ten days"
            )),
        );
        Every::Window
    })
}

/// The window, clipped to the horizon.
fn window(draft: &Draft<'_>, row: &mut RowReader<'_>) -> (Day, Day) {
    let (start, end) = draft.window();
    let (from, to) = row.dates();
    let outside = if from.is_some_and(|from| from > end) {
        Some("from")
    } else if to.is_some_and(|to| to < start) {
        Some("to")
    } else {
        None
    };
    if let Some(column) = outside {
        row.add(
            Code::WindowOutside,
            column,
            say!(
                "时段完全在计划期 {start} 至 {end} 之外",
                "the window lies wholly outside the horizon {start} to {end}"
            ),
            None,
        );
        return (start, end);
    }
    for (column, day, clipped) in [
        ("from", from, from.is_some_and(|from| from < start)),
        ("to", to, to.is_some_and(|to| to > end)),
    ] {
        if let (Some(day), true) = (day, clipped) {
            let kept = if column == "from" { start } else { end };
            row.add(
                Code::WindowClipped,
                column,
                say!(
                    "{day} 在计划期之外，按 {kept} 计",
                    "{day} lies outside the horizon; {kept} is taken"
                ),
                None,
            );
        }
    }
    (
        from.map_or(start, |from| from.max(start)),
        to.map_or(end, |to| to.min(end)),
    )
}
