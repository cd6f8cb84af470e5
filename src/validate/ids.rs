//! Ids of the tables, and cells that refer to them.

use super::row::RowReader;
use crate::finding::{Code, Finding, Findings, nearest, say, shown};
use crate::lang::Text;
use crate::read::{Cell, Table, Tables, normal};
use crate::spreadsheet::is_like_a_formula;
use indexmap::IndexMap;
use indexmap::map::Entry;

/// The rows of a table by id.
pub(super) struct Ids<'t> {
    /// The table.
    pub(super) table: &'t Table,
    /// What a row is called, Chinese and English.
    noun: (&'static str, &'static str),
    by_id: IndexMap<String, usize>,
}

/// What an id refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Referent {
    /// Row of this position.
    Row(usize),
    /// A row that `drop` removed.
    Dropped,
    /// Nothing; a finding has been made if that is a fault of the reference.
    Unknown,
}

impl<'t> Ids<'t> {
    pub(super) fn of(tables: &'t Tables, file: &str, noun: (&'static str, &'static str)) -> Self {
        let table = tables.table(file);
        let by_id = table
            .rows
            .iter()
            .enumerate()
            .filter_map(|(at, row)| Some((normal(&row.at(0)?.text), at)))
            .collect();
        Ids { table, noun, by_id }
    }

    pub(super) fn get(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_id.keys().map(String::as_str)
    }

    /// Whether an id once stood in the chain of scenarios.
    pub(super) fn was_dropped(&self, id: &str) -> bool {
        self.table.dropped.contains(id)
    }

    /// The finding that an id is unknown: message and help.
    pub(super) fn unknown(&self, id: &str, findings: &mut Findings) -> (Text, Option<Text>) {
        let (zh, en) = self.noun;
        let file = self.table.declared.file;
        let written = shown(id);
        let near = suggest(id, self.names(), findings);
        (
            say!(
                "{zh} `{written}` 不在 {file} 中",
                "{en} `{written}` is not in {file}"
            ),
            near,
        )
    }

    /// What an id in a column refers to; a dropped or unknown one is a finding.
    pub(super) fn refer(&self, id: &str, column: &str, reader: &mut RowReader<'_>) -> Referent {
        if let Some(at) = self.get(id) {
            return Referent::Row(at);
        }
        if self.was_dropped(id) {
            self.ignore_dropped(id, column, reader);
            return Referent::Dropped;
        }
        if self.table.whole {
            let (message, help) = self.unknown(id, reader.findings);
            reader.add(Code::UnknownId, column, message, help);
        }
        reader.sound = false;
        Referent::Unknown
    }

    fn ignore_dropped(&self, id: &str, column: &str, reader: &mut RowReader<'_>) {
        let (zh, en) = self.noun;
        let written = shown(id);
        if reader.table.declared.file == "done.csv" {
            reader.add(
                Code::DroppedInDone,
                column,
                say!(
                    "{zh} `{written}` 已被删除，但已有作业记录",
                    "{en} `{written}` has been dropped, but a visit of it was done"
                ),
                Some(say!(
                    "不要删除已有作业的行；可用 to 或 max_days 停用",
                    "keep rows that visits refer to; end their use with `to` or `max_days`"
                )),
            );
            return;
        }
        reader.add(
            Code::DroppedReference,
            column,
            say!(
                "{zh} `{written}` 已被删除，此处不再起作用",
                "{en} `{written}` has been dropped and is ignored here"
            ),
            None,
        );
    }
}

/// The help that names the nearest candidate.
pub(super) fn suggest<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    findings: &mut Findings,
) -> Option<Text> {
    let candidates = findings.afford(candidates);
    let near = shown(nearest(written, candidates)?);
    Some(say!("最接近的是 `{near}`", "the nearest is `{near}`"))
}

/// Checks the characters of an id that a row defines, as written.
pub(super) fn check_characters(written: &str, column: &str, row: &mut RowReader<'_>) {
    // The separators of lists, parts and scopes, as written and as NFKC makes them of other forms.
    const WRITTEN: [char; 8] = ['/', ';', '；', '、', '，', ':', '：', '／'];
    let id = normal(written);
    let wrong = written
        .chars()
        .find(|c| WRITTEN.contains(c))
        .or_else(|| id.chars().find(|c| ['/', ';', '、', ':'].contains(c)));
    let shown_id = shown(written);
    let (message, help) = if let Some(wrong) = wrong {
        let mended: String = id
            .chars()
            .map(|c| {
                if [',', '/', ';', '、', ':'].contains(&c) {
                    '_'
                } else {
                    c
                }
            })
            .collect();
        let mended = shown(&mended);
        (
            say!(
                "编号 `{shown_id}` 不能含 `{wrong}`",
                "id `{shown_id}` must not contain `{wrong}`"
            ),
            say!("例如改为 `{mended}`", "write `{mended}`, for example"),
        )
    } else if id.starts_with('!') || id == "-" {
        (
            say!("编号不能写作 `{shown_id}`", "`{shown_id}` cannot be an id"),
            say!(
                "编号不能以 `!` 开头，也不能是 `-`",
                "an id does not begin with `!` and is not `-`"
            ),
        )
    } else {
        return;
    };
    row.add(Code::BadId, column, message, Some(help));
}

/// Warns of ids that a person or a spreadsheet would take for others.
pub(super) fn report_doubtful(tables: &Tables, table: &Table, findings: &mut Findings) {
    let mut by_case: IndexMap<String, &Cell> = IndexMap::new();
    let mut spoilt: Option<(&Cell, usize)> = None;
    for cell in table.rows.iter().filter_map(|row| row.at(0)) {
        let id = normal(&cell.text);
        if is_spoilt_by_spreadsheets(&id) {
            spoilt.get_or_insert((cell, 0)).1 += 1;
        }
        match by_case.entry(id.to_lowercase()) {
            Entry::Vacant(vacant) => {
                vacant.insert(cell);
            }
            Entry::Occupied(first) => {
                let (this, first) = (shown(&id), shown(&normal(&first.get().text)));
                let place = tables.sources.place(cell.origin);
                findings.add(
                    Finding::new(
                        Code::IdsDifferByCase,
                        place,
                        say!(
                            "`{this}` 与 `{first}` 只有大小写不同",
                            "`{this}` and `{first}` differ only by case"
                        ),
                    )
                    .help(say!(
                        "改用明显不同的编号",
                        "use ids that are clearly different"
                    )),
                );
            }
        }
    }
    if let Some((cell, count)) = spoilt {
        let id = shown(&cell.text);
        findings.add(
            Finding::new(
                Code::SpreadsheetSpoilsId,
                tables.sources.place(cell.origin),
                say!(
                    "表格软件会把 `{id}` 当作公式、数字或日期而改写（这样的编号共 {count} 个）",
                    "a spreadsheet would take `{id}` for a formula, number or date and change it ({count} such ids)"
                ),
            )
            .help(say!("在编号前加一个字母，例如 `S{id}`", "begin ids with a letter, such as `S{id}`")),
        );
    }
}

/// Whether a spreadsheet would take an id for a number, date, formula or truth value that it writes differently.
fn is_spoilt_by_spreadsheets(id: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let upper = id.to_ascii_uppercase();
    // A lone `-` is no id at all, and said to be none.
    let negative = id
        .strip_prefix('-')
        .is_some_and(|rest| rest.is_empty() || digits(rest));
    if (is_like_a_formula(id) && !negative) || ["TRUE", "FALSE"].contains(&upper.as_str()) {
        return true;
    }
    if digits(id) {
        return id.len() > 15 || (id.len() > 1 && id.starts_with('0'));
    }
    if let Some((whole, fraction)) = id.split_once('.')
        && digits(whole)
        && digits(fraction)
    {
        return fraction.ends_with('0') || (whole.len() > 1 && whole.starts_with('0'));
    }
    if let Some((mantissa, exponent)) = upper.split_once('E') {
        let mantissa = mantissa.replacen('.', "", 1);
        if digits(&mantissa) && digits(exponent.trim_start_matches(['+', '-'])) {
            return true;
        }
    }
    looks_like_a_date(&upper)
}

fn looks_like_a_date(upper: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ];
    let number = |text: &str, most: u32| {
        text.len() <= 4
            && text.bytes().all(|b| b.is_ascii_digit())
            && text.parse().is_ok_and(|n: u32| (1..=most).contains(&n))
    };
    let parts: Vec<&str> = upper.split('-').collect();
    match parts[..] {
        [joined] => MONTHS.iter().any(|month| {
            let rest = joined
                .strip_prefix(month)
                .map(|rest| rest.trim_start_matches('T'));
            rest.is_some_and(|day| number(day, 31))
        }),
        [first, second] => {
            let month = |text| number(text, 12) || MONTHS.contains(&text);
            (month(first) && number(second, 31))
                || (number(first, 31) && month(second))
                || (number(first, 9_999) && first.len() == 4 && month(second))
        }
        [first, second, third] => [first, second, third]
            .iter()
            .all(|part| number(part, 9_999) || MONTHS.contains(part)),
        _ => false,
    }
}
