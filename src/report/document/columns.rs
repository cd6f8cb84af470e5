//! How wide the columns of a table are: no word and no figure is broken if that can be helped, and where the text asks
//! for more than the page has, the wide columns share what the narrow ones leave.

use super::blocks::{Spans, TableBlock};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Width of half a Chinese character in a table, in twentieths of a point.
const HALF: usize = 112;
/// Space at both sides of a cell's text.
const PADDING: usize = 180;
/// No column asks for less or more, in halves of a Chinese character.
const ASKED: std::ops::RangeInclusive<usize> = 4..=60;
/// A longer word may be broken.
const LONGEST_WORD: usize = 14;
/// A date or a stretch of days up to this width stays whole where there is room.
const LONGEST_DATE: usize = 18;
/// A space at which no line breaks.
const NO_BREAK: char = '\u{a0}';
/// Text in Chinese breaks after four characters or later.
const SHORTEST_LINE: usize = 8;

/// What a column needs.
#[derive(Debug, Clone, Copy)]
struct Need {
    /// Below this a word or figure would be broken.
    least: usize,
    /// With this every cell is one line.
    asked: usize,
}

/// The width of each column, `total` in all.
pub(super) fn widths(table: &TableBlock, total: usize) -> Vec<usize> {
    let mut needs = needs(table, true);
    if needs.iter().map(|need| need.least).sum::<usize>() > total {
        needs = self::needs(table, false);
    }
    let mut given = shared(&needs, total);
    // Rounding is taken up by the last column.
    let sum: usize = given.iter().sum();
    if let Some(last) = given.last_mut() {
        *last = (*last + total).saturating_sub(sum);
    }
    given
}

/// What the columns need, dates kept whole or not.
fn needs(table: &TableBlock, whole_dates: bool) -> Vec<Need> {
    let columns = table.header.len().max(1);
    (0..columns)
        .map(|at| {
            let rows = table.rows.iter().chain([&table.header]);
            let cells: Vec<&Spans> = rows.filter_map(|row| row.get(at)).collect();
            let asked = cells.iter().map(|cell| width(cell)).max();
            let asked = asked.unwrap_or(0).clamp(*ASKED.start(), *ASKED.end());
            let least = if table.right.get(at).copied().unwrap_or(false) {
                let figures = cells.split_last().map_or(&[][..], |(_, rows)| rows);
                figures.iter().map(|cell| width(cell)).max()
            } else {
                None
            };
            let words = cells.iter().map(|cell| longest_word(cell)).max();
            let least = least.max(words).unwrap_or(0).min(LONGEST_WORD);
            let dates = cells.iter().filter(|cell| whole_dates && is_date(cell));
            let dates = dates.map(|cell| width(cell)).max().unwrap_or(0);
            let least = least.max(SHORTEST_LINE).max(dates).min(asked);
            Need {
                least: least * HALF + PADDING,
                asked: asked * HALF + PADDING,
            }
        })
        .collect()
}

/// Width of a text on one line. Word sets a quarter of a character between Chinese and digits or letters.
fn width(spans: &Spans) -> usize {
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    let kinds: Vec<bool> = text
        .chars()
        .map(|character| character.width() == Some(2))
        .collect();
    let seams = kinds.windows(2).filter(|pair| pair[0] != pair[1]).count();
    text.width() + seams.div_ceil(2)
}

/// Whether a cell holds a date or a stretch of days, such as `6月1日至12日`.
fn is_date(spans: &Spans) -> bool {
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    text.starts_with(|first: char| first.is_ascii_digit())
        && text.ends_with(['日', '月'])
        && text.width() <= LONGEST_DATE
}

/// The longest stretch that cannot be broken; Chinese can be broken anywhere.
fn longest_word(spans: &Spans) -> usize {
    let text = spans.iter().flat_map(|span| span.text.chars());
    let (mut longest, mut current) = (0, 0);
    for character in text {
        if (character.is_whitespace() && character != NO_BREAK) || character.width() == Some(2) {
            current = 0;
        } else {
            current += 1;
            longest = longest.max(current);
        }
    }
    longest
}

fn shared(needs: &[Need], total: usize) -> Vec<usize> {
    let asked: usize = needs.iter().map(|need| need.asked).sum();
    if asked <= total {
        let stretched = needs.iter().map(|need| need.asked * total / asked);
        return stretched.collect();
    }
    let least: usize = needs.iter().map(|need| need.least).sum();
    if least > total {
        return needs
            .iter()
            .map(|need| need.least * total / least)
            .collect();
    }
    // Narrow columns first: each takes what it asks for beyond its least, or an equal share of what is left.
    let mut given: Vec<usize> = needs.iter().map(|need| need.least).collect();
    let mut order: Vec<usize> = (0..needs.len()).collect();
    order.sort_by_key(|&at| needs[at].asked - needs[at].least);
    let mut left = total - least;
    for (done, at) in order.into_iter().enumerate() {
        let more = (needs[at].asked - needs[at].least).min(left / (needs.len() - done));
        given[at] += more;
        left -= more;
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(needs: &[(usize, usize)], total: usize) -> Vec<usize> {
        let needs = needs.iter().map(|&(least, asked)| Need { least, asked });
        shared(&needs.collect::<Vec<_>>(), total)
    }

    #[test]
    fn columns_keep_what_they_need_before_any_gets_more() {
        assert_eq!(shares(&[(10, 100), (10, 300)], 800), [200, 600]);
        assert_eq!(
            shares(&[(0, 100), (0, 2_000), (0, 3_000)], 900),
            [100, 400, 400]
        );
        assert_eq!(
            shares(&[(0, 400), (300, 300), (0, 900)], 600),
            [150, 300, 150]
        );
        assert_eq!(shares(&[(600, 900), (600, 900)], 600), [300, 300]);
    }

    #[test]
    fn the_longest_word_is_found_between_chinese_and_blanks() {
        let span = |text: &str| {
            vec![super::super::blocks::Span {
                text: text.to_owned(),
                bold: false,
                italic: false,
            }]
        };
        assert_eq!(longest_word(&span("绿篱 residual 喷洒 ab")), 8);
        assert_eq!(longest_word(&span("中文")), 0);
        assert_eq!(longest_word(&span("悬浮剂 58.4\u{a0}L")), 6);
    }
}
