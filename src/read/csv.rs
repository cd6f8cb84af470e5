//! CSV mechanics: separators, quotes, physical lines.

use std::borrow::Cow;

/// A row as it stands in a file.
#[derive(Debug)]
pub(super) struct Record<'t> {
    /// Physical line on which it begins, from 1.
    pub(super) line: u32,
    /// Its cells, untrimmed.
    pub(super) cells: Vec<Raw<'t>>,
    /// A quote was not closed before the end of the file.
    pub(super) unclosed: bool,
    /// The row had more cells than [`MOST_CELLS`]; the rest is left out.
    pub(super) overlong: bool,
}

/// A cell as it stands in a file.
#[derive(Debug)]
pub(super) struct Raw<'t> {
    /// Its text without enclosing quotes.
    pub(super) text: Cow<'t, str>,
    /// Physical line on which it begins.
    pub(super) line: u32,
    /// It is a cell of a workbook without a value to read.
    pub(super) fault: Option<CellFault>,
}

/// Why a cell of a workbook has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellFault {
    /// An error value, such as `#N/A`, which is the text.
    Error,
    /// A formula saved without its result; the text is the formula.
    NoResult,
}

/// Cells of a row that are read, as many as a spreadsheet has columns.
pub(super) const MOST_CELLS: usize = 16_384;

/// The separator, decided from the header line alone: the most frequent of tab, comma and semicolon outside quotes.
pub(super) fn separator(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b'\t', 0), (b';', 0)];
    let (mut quoted, mut seen) = (false, false);
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted && seen => break,
            _ if !quoted => {
                for (separator, count) in &mut counts {
                    *count += usize::from(*separator == byte);
                }
            }
            _ => {}
        }
        seen |= !byte.is_ascii_whitespace();
    }
    // Of equal counts the earlier in the list wins, so a single column is read as comma-separated.
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(separator, _)| *separator)
}

/// The rows of a text, one by one; nothing is kept of those already read.
pub(super) struct Records<'t> {
    text: &'t str,
    at: usize,
    line: u32,
    separator: u8,
}

impl<'t> Records<'t> {
    pub(super) fn new(text: &'t str, separator: u8) -> Self {
        Records {
            text,
            at: 0,
            line: 1,
            separator,
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Steps over one line end (`\n`, `\r\n` or `\r`), if there is one here.
    fn line_end(&mut self) -> bool {
        match self.byte() {
            Some(b'\n') => self.at += 1,
            Some(b'\r') => {
                self.at += 1;
                if self.byte() == Some(b'\n') {
                    self.at += 1;
                }
            }
            _ => return false,
        }
        self.line += 1;
        true
    }

    /// Text up to the next separator or line end.
    fn plain(&mut self) -> &'t str {
        let begin = self.at;
        let separator = self.separator;
        let length = self.text.as_bytes()[begin..]
            .iter()
            .position(|&byte| byte == separator || byte == b'\n' || byte == b'\r')
            .unwrap_or(self.text.len() - begin);
        self.at += length;
        &self.text[begin..self.at]
    }

    /// The inside of a quoted cell whose opening quote is here, and whether it was closed.
    fn quoted(&mut self) -> (Cow<'t, str>, bool) {
        self.at += 1;
        let mut begin = self.at;
        let mut text = Cow::Borrowed("");
        loop {
            match self.byte() {
                None => {
                    text += &self.text[begin..];
                    return (text, false);
                }
                Some(b'"') => {
                    text += &self.text[begin..self.at];
                    self.at += 1;
                    if self.byte() != Some(b'"') {
                        break;
                    }
                    begin = self.at;
                    self.at += 1;
                }
                Some(b'\n' | b'\r') => {
                    self.line_end();
                }
                Some(_) => self.at += 1,
            }
        }
        let rest = self.plain();
        if !rest.is_empty() {
            text += rest;
        }
        (text, true)
    }
}

impl<'t> Iterator for Records<'t> {
    type Item = Record<'t>;

    fn next(&mut self) -> Option<Record<'t>> {
        self.byte()?;
        let mut record = Record {
            line: self.line,
            cells: Vec::new(),
            unclosed: false,
            overlong: false,
        };
        loop {
            let line = self.line;
            let text = if self.byte() == Some(b'"') {
                let (text, closed) = self.quoted();
                record.unclosed |= !closed;
                text
            } else {
                Cow::Borrowed(self.plain())
            };
            if record.cells.len() < MOST_CELLS {
                record.cells.push(Raw {
                    text,
                    line,
                    fault: None,
                });
            } else {
                record.overlong = true;
            }
            if self.byte() == Some(self.separator) {
                self.at += 1;
            } else {
                self.line_end();
                return Some(record);
            }
        }
    }
}
