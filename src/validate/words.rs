//! Free words: which are in use, and warnings of those that nothing has.

use super::Draft;
use super::ids::suggest;
use super::row::RowReader;
use crate::finding::{Code, Finding, Findings, say, shown};
use crate::read::{Cell, Table, list, normal};
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// The free words that sites and treatments have.
pub(super) struct WordsInUse<'d> {
    pub(super) kinds: BTreeSet<&'d str>,
    pub(super) zones: BTreeSet<&'d str>,
    pub(super) tags: BTreeSet<&'d str>,
    pub(super) methods: BTreeSet<&'d str>,
}

impl<'d> WordsInUse<'d> {
    pub(super) fn of(draft: &'d Draft<'_>) -> Self {
        let sites = &draft.sites.rows;
        let kinds = sites.iter().map(|site| site.kind.as_str());
        let zones = sites.iter().filter_map(|site| site.zone.as_deref());
        let tags = sites.iter().flat_map(|site| &site.tags).map(String::as_str);
        let methods = draft
            .treatments
            .rows
            .iter()
            .map(|treatment| treatment.method.as_str());
        WordsInUse {
            kinds: kinds.filter(|kind| !kind.is_empty()).collect(),
            zones: zones.collect(),
            tags: tags.collect(),
            methods: methods.collect(),
        }
    }
}

/// Warns that a scope names a word that nothing has.
pub(super) fn warn_unless_used(
    in_use: &BTreeSet<&str>,
    table: &Table,
    word: &str,
    (zh, en): (&str, &str),
    row: &mut RowReader<'_>,
) {
    if in_use.contains(word) || !table.whole {
        return;
    }
    let help = suggest(word, in_use.iter().copied(), row.findings);
    let written = shown(word);
    let file = table.declared.file;
    row.add(
        Code::UnusedWord,
        "scope",
        say!(
            "{file} 中没有{zh} `{written}`",
            "{file} has no {en} `{written}`"
        ),
        help,
    );
}

/// Warnings about words of sites, treatments and teams, each word once.
pub(super) fn report(draft: &Draft<'_>, findings: &mut Findings) {
    let in_use = WordsInUse::of(draft);
    for (file, column) in [
        ("sites.csv", "kind"),
        ("sites.csv", "zone"),
        ("treatments.csv", "method"),
    ] {
        report_separators(draft, file, column, findings);
    }
    if draft.treatment_ids.table.whole {
        report_excludes(draft, &in_use, findings);
        report_abilities(draft, "methods", &in_use.methods, findings);
    }
    if draft.site_ids.table.whole {
        report_abilities(draft, "zones", &in_use.zones, findings);
    }
}

/// The words of a list column with the first cell and the number of cells that hold them.
fn words_of<'t>(
    draft: &Draft<'t>,
    file: &str,
    column: &str,
) -> IndexMap<String, (&'t Cell, usize)> {
    let table = draft.tables.table(file);
    let mut words: IndexMap<String, (&Cell, usize)> = IndexMap::new();
    for row in table.rows.iter().filter(|row| !row.broken) {
        let Some(cell) = table.cell(row, column).filter(|cell| !cell.spoiled) else {
            continue;
        };
        for word in list(&cell.text) {
            words.entry(word).or_insert((cell, 0)).1 += 1;
        }
    }
    words
}

/// Warns of words that a list could not name.
fn report_separators(draft: &Draft<'_>, file: &str, column: &str, findings: &mut Findings) {
    let table = draft.tables.table(file);
    let mut seen = BTreeSet::new();
    for cell in table.rows.iter().filter_map(|row| table.cell(row, column)) {
        let begins_badly = normal(&cell.text).starts_with('!');
        let is_list = cell.text.contains([';', '；', '、', '，']);
        if !(begins_badly || is_list) || !seen.insert(&cell.text) {
            continue;
        }
        let written = shown(&cell.text);
        findings.add(
            Finding::new(
                Code::WordHoldsSeparator,
                draft.tables.sources.place(cell.origin),
                say!(
                    "`{written}` 会被当作一个词，但列表里无法写出它",
                    "`{written}` is taken for one word, but no list can name it"
                ),
            )
            .help(say!(
                "{column} 只能填一个词；多个词可以用 tags",
                "{column} takes one word; use tags for several"
            )),
        );
    }
}

/// Warns of exclusions that exclude nothing.
fn report_excludes(draft: &Draft<'_>, in_use: &WordsInUse<'_>, findings: &mut Findings) {
    for (word, (cell, count)) in words_of(draft, "sites.csv", "exclude") {
        let known = in_use.methods.contains(word.as_str())
            || draft.treatment_ids.get(&word).is_some()
            || draft.product_ids.get(&word).is_some();
        if known {
            continue;
        }
        let written = shown(&word);
        let place = draft.tables.sources.place(cell.origin);
        let ids = [&draft.treatment_ids, &draft.product_ids];
        if ids.iter().any(|ids| ids.was_dropped(&word)) {
            findings.add(Finding::new(
                Code::DroppedReference,
                place,
                say!(
                    "`{written}` 已被删除，{count} 个地点的禁用不再起作用",
                    "`{written}` has been dropped; its exclusion at {count} sites is ignored"
                ),
            ));
            continue;
        }
        let names = ids.iter().flat_map(|ids| ids.names());
        let mut finding = Finding::new(
            Code::UnusedWord,
            place,
            say!(
                "没有方法、药品或措施叫 `{written}`（{count} 个地点）",
                "no method, product or treatment is called `{written}` ({count} sites)"
            ),
        );
        finding.help = suggest(&word, names.chain(in_use.methods.iter().copied()), findings);
        findings.add(finding);
    }
}

/// Warns of methods and zones of teams that look misspelt. A team may well do more than this season needs, so words
/// that are near to none in use are left alone.
fn report_abilities(
    draft: &Draft<'_>,
    column: &str,
    in_use: &BTreeSet<&str>,
    findings: &mut Findings,
) {
    let words = words_of(draft, "teams.csv", column);
    for (word, (cell, _)) in &words {
        if in_use.contains(word.as_str()) {
            continue;
        }
        // A word in use that the teams name as well is not what was meant here.
        let others = in_use
            .iter()
            .copied()
            .filter(|other| !words.contains_key(*other));
        let Some(help) = suggest(word, others, findings) else {
            continue;
        };
        let written = shown(word);
        findings.add(
            Finding::new(
                Code::UnusedWord,
                draft.tables.sources.place(cell.origin),
                say!(
                    "没有地点或措施用到 `{written}`",
                    "`{written}` is used by no site or treatment"
                ),
            )
            .help(help),
        );
    }
}
