//! How wide the columns of a table are: as much as their text asks for, and where that is too much in all, the wide
//! ones share what the narrow ones leave.

use super::blocks::{Spans, TableBlock};
use unicode_width::UnicodeWidthStr;

/// Width of half a Chinese character in a table, in twentieths of a point.
const HALF: usize = 108;
/// Space at both sides of a cell's text.
const PADDING: usize = 180;
/// No column asks for less or more, in halves of a Chinese character.
const ASKED: std::ops::RangeInclusive<usize> = 4..=60;

/// The width of each column, `total` in all.
pub(super) fn widths(table: &TableBlock, total: usize) -> Vec<usize> {
    let columns = table.header.len().max(1);
    let asked: Vec<usize> = (0..columns)
        .map(|at| {
            let rows = table.rows.iter().chain([&table.header]);
            let widest = rows.filter_map(|row| row.get(at)).map(width).max();
            let widest = widest.unwrap_or(0).clamp(*ASKED.start(), *ASKED.end());
            widest * HALF + PADDING
        })
        .collect();
    let mut given = shared(&asked, total);
    // Rounding is taken up by the last column.
    let sum: usize = given.iter().sum();
    if let Some(last) = given.last_mut() {
        *last = (*last + total).saturating_sub(sum);
    }
    given
}

fn width(spans: &Spans) -> usize {
    spans.iter().map(|span| span.text.width()).sum()
}

fn shared(asked: &[usize], total: usize) -> Vec<usize> {
    let sum: usize = asked.iter().sum();
    if sum <= total {
        return asked.iter().map(|asked| asked * total / sum).collect();
    }
    // Narrow columns first: each takes what it asks for, or an equal share of what is left.
    let mut order: Vec<usize> = (0..asked.len()).collect();
    order.sort_by_key(|&at| asked[at]);
    let mut given = vec![0; asked.len()];
    let mut left = total;
    for (done, at) in order.into_iter().enumerate() {
        given[at] = asked[at].min(left / (asked.len() - done));
        left -= given[at];
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_columns_keep_what_they_need() {
        assert_eq!(shared(&[100, 300], 800), [200, 600]);
        assert_eq!(shared(&[100, 2_000, 3_000], 900), [100, 400, 400]);
        assert_eq!(shared(&[5_000; 3], 900), [300, 300, 300]);
    }
}
