//! budget.csv.

use super::Draft;
use super::ids::{Referent, check_characters};
use super::row::RowReader;
use super::treatments::money;
use crate::domain::{BudgetLine, BudgetScope, Day, ProductIx, TeamIx};
use crate::finding::{Code, Findings, say, shown};
use crate::read::names::{BUDGET_SCOPES, Word};

/// Reads budget.csv.
pub(super) fn read(draft: &Draft<'_>, findings: &mut Findings) -> Vec<BudgetLine> {
    let lines = draft.read_rows("budget.csv", findings, |row| {
        if let Some(cell) = row.cell("line") {
            check_characters(&cell.text, "line", row);
        }
        let id = row.word("line").unwrap_or_default();
        let scope_text = row.text("scope");
        let entries = row.list("scope").unwrap_or_default();
        let scopes = entries
            .iter()
            .filter_map(|entry| scope(draft, entry, row))
            .collect();
        let (from, to) = dates(draft, &entries, row);
        BudgetLine {
            id,
            scope_text,
            scopes,
            from,
            to,
            amount: money(row, "amount"),
        }
    });
    lines.rows
}

/// The dates of a line, which only labour money can have.
fn dates(
    draft: &Draft<'_>,
    entries: &[String],
    row: &mut RowReader<'_>,
) -> (Option<Day>, Option<Day>) {
    let (from, to) = row.dates();
    let column = match (from, to) {
        (Some(_), _) => "from",
        (None, Some(_)) => "to",
        (None, None) => return (None, None),
    };
    let covers_products = |entry: &&String| {
        let word = scope_parts(BUDGET_SCOPES, entry).map(|(word, _)| word);
        matches!(word, Some("total" | "products" | "product:"))
    };
    if let Some(entry) = entries.iter().find(covers_products) {
        let written = shown(entry);
        row.add(
            Code::DatedBudgetLine,
            column,
            say!(
                "范围 `{written}` 含药品费，不能限定日期",
                "scope `{written}` covers product money, which has no dates"
            ),
            Some(say!(
                "去掉日期，或只写 人工、承包方、队伍",
                "remove the dates, or name only labour, contractors and teams"
            )),
        );
    }
    if let Some((start, end)) = draft.horizon
        && (from.is_some_and(|from| from > end) || to.is_some_and(|to| to < start))
    {
        row.add(
            Code::BudgetDatesOutside,
            column,
            say!(
                "时段在计划期 {start} 至 {end} 之外，这一项不起作用",
                "the dates lie outside the horizon {start} to {end}, so the line limits nothing"
            ),
            None,
        );
    }
    (from, to)
}

/// The fixed word that a scope begins with, and the id that follows it.
pub(super) fn scope_parts<'s>(
    words: &'static [Word],
    written: &'s str,
) -> Option<(&'static str, &'s str)> {
    let (begin, id) = match written.split_once(':') {
        Some((begin, id)) => (format!("{}:", begin.trim()), id.trim()),
        None => (written.to_owned(), ""),
    };
    let word = crate::read::names::word(words, &begin)?;
    (word.ends_with(':') != id.is_empty()).then_some((word, id))
}

fn scope(draft: &Draft<'_>, entry: &str, row: &mut RowReader<'_>) -> Option<BudgetScope> {
    let Some((word, id)) = scope_parts(BUDGET_SCOPES, entry) else {
        let written = shown(entry);
        row.add(
            Code::UnknownScope,
            "scope",
            say!(
                "`{written}` 不是预算范围",
                "`{written}` is not a budget scope"
            ),
            Some(say!(
                "写作 合计、人工、药品、承包方:编号、队伍:编号 或 药品:编号",
                "write total, labour, products, contractor:ID, team:ID or product:ID"
            )),
        );
        return None;
    };
    match word {
        "total" => Some(BudgetScope::Total),
        "labour" => Some(BudgetScope::Labour),
        "products" => Some(BudgetScope::Products),
        "contractor:" => {
            let known = draft.contractor(id, "scope", row);
            known.then(|| BudgetScope::Contractor(id.to_owned()))
        }
        "team:" => match draft.team_ids.refer(id, "scope", row) {
            Referent::Row(at) => Some(BudgetScope::Team(TeamIx(at))),
            Referent::Dropped | Referent::Unknown => None,
        },
        _ => match draft.product_ids.refer(id, "scope", row) {
            Referent::Row(at) => Some(BudgetScope::Product(ProductIx(at))),
            Referent::Dropped | Referent::Unknown => None,
        },
    }
}
