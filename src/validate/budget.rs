//! budget.csv.

use super::Draft;
use super::ids::Referent;
use super::row::RowReader;
use super::treatments::money;
use crate::domain::{BudgetLine, BudgetScope, ProductIx, TeamIx};
use crate::finding::{Code, Findings, say, shown};
use crate::read::names::{BUDGET_SCOPES, Word};

/// Reads budget.csv.
pub(super) fn read(draft: &Draft<'_>, findings: &mut Findings) -> Vec<BudgetLine> {
    let lines = draft.read_rows("budget.csv", findings, |row| {
        let id = row.word("line").unwrap_or_default();
        let scope_text = row.text("scope");
        let entries = row.list("scope").unwrap_or_default();
        let scopes = entries
            .iter()
            .filter_map(|entry| scope(draft, entry, row))
            .collect();
        BudgetLine {
            id,
            scope_text,
            scopes,
            from: row.date("from"),
            to: row.date("to"),
            amount: money(row, "amount"),
        }
    });
    lines.rows
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
