//! Blocks as a document of Word: A4 with the margins, type and page numbers of official papers (GB/T 9704) in
//! Chinese, and of a plain report in English.

use super::blocks::{Block, Span, Spans, TableBlock};
use super::styles;
use super::{columns, package};
use crate::lang::Lang;
use docx_rs::{
    AlignmentType, BreakType, Docx, Footer, PageMargin, PageNum, Paragraph, Run, RunFonts, Shading,
    Table, TableCell, TableCellMargins, TableLayoutType, TableRow, VAlignType, WidthType,
};

/// A page of A4, in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
/// Margins above, right, below and left: 37, 26, 35 and 28 mm, which leaves the 156 × 225 mm of the standard.
const MARGINS: (i32, i32, i32, i32) = (2_098, 1_474, 1_984, 1_588);
/// Width between the margins.
const WIDTH: usize = 11_906 - 1_474 - 1_588;

/// The whole file; equal blocks give equal bytes.
pub(super) fn document(blocks: &[Block], lang: Lang) -> Vec<u8> {
    let (top, right, bottom, left) = MARGINS;
    let margin = PageMargin::new().top(top).right(right).bottom(bottom);
    let mut docx = styles::add(Docx::new(), lang)
        .page_size(PAGE.0, PAGE.1)
        .page_margin(margin.left(left).header(851).footer(1_400))
        .footer(footer(lang, AlignmentType::Right));
    if lang == Lang::Zh {
        docx = docx.even_footer(footer(lang, AlignmentType::Left));
    }
    let mut numbers = Numbers::default();
    let mut break_before = false;
    for (at, block) in blocks.iter().enumerate() {
        let next = blocks.get(at + 1);
        // A signature never stands on a page by itself.
        let signed = matches!(next, Some(Block::Signature(_)));
        let paragraph = match block {
            Block::PageBreak => {
                break_before = true;
                continue;
            }
            Block::Table(block) => {
                if break_before {
                    // A table cannot begin a page by itself.
                    docx = docx.add_paragraph(small_gap().page_break_before(true));
                }
                docx = docx.add_table(table(block)).add_paragraph(small_gap());
                break_before = false;
                continue;
            }
            Block::Title(spans) => {
                numbers = Numbers::default();
                paragraph("Title", spans)
            }
            Block::Heading(level, spans) => {
                let style = if *level == 1 { "Heading1" } else { "Heading2" };
                numbered(style, &numbers.next(*level, lang), spans).keep_next(true)
            }
            Block::Flush(spans) => paragraph("Salutation", spans),
            Block::Paragraph(spans) => {
                // What introduces a table stands on its page.
                let introduces = matches!(next, Some(Block::Table(_)));
                paragraph("BodyText", spans).keep_next(introduces || signed)
            }
            Block::Signature(spans) => paragraph("Signature", spans).keep_next(signed),
            Block::Item(number, spans) => {
                let label = match (number, lang) {
                    (Some(number), Lang::Zh) => format!("{number}．"),
                    (Some(number), Lang::En) => format!("{number}. "),
                    (None, Lang::Zh) => "● ".to_owned(),
                    (None, Lang::En) => "• ".to_owned(),
                };
                numbered("ListParagraph", &label, spans).keep_next(signed)
            }
        };
        docx = docx.add_paragraph(paragraph.page_break_before(break_before));
        break_before = false;
    }
    package::pack(docx)
}

/// Counts headings.
#[derive(Default)]
struct Numbers {
    first: usize,
    second: usize,
}

impl Numbers {
    /// The number that stands before the next heading of a level.
    fn next(&mut self, level: u8, lang: Lang) -> String {
        if level == 1 {
            self.first += 1;
            self.second = 0;
        } else {
            self.second += 1;
        }
        match (level, lang) {
            (1, Lang::Zh) => format!("{}、", chinese(self.first)),
            (_, Lang::Zh) => format!("（{}）", chinese(self.second)),
            (1, Lang::En) => format!("{}. ", self.first),
            (_, Lang::En) => format!("{}.{} ", self.first, self.second),
        }
    }
}

/// A number up to 99 in Chinese numerals; a greater one in digits.
fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10, number % 10);
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        2..=9 => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => number.to_string(),
    }
}

fn paragraph(style: &str, spans: &Spans) -> Paragraph {
    runs(Paragraph::new().style(style), spans)
}

/// A paragraph that begins with a number or bullet.
fn numbered(style: &str, label: &str, spans: &Spans) -> Paragraph {
    let label = Run::new().add_text(label);
    runs(Paragraph::new().style(style).add_run(label), spans)
}

fn runs(paragraph: Paragraph, spans: &[Span]) -> Paragraph {
    spans.iter().fold(paragraph, |paragraph, span| {
        let mut run = Run::new();
        if span.bold {
            run = run.bold();
        }
        if span.italic {
            run = run.italic();
        }
        for (number, line) in span.text.split('\n').enumerate() {
            if number > 0 {
                run = run.add_break(BreakType::TextWrapping);
            }
            run = run.add_text(line);
        }
        paragraph.add_run(run)
    })
}

/// What separates a table from what follows.
fn small_gap() -> Paragraph {
    Paragraph::new().style("TableGap")
}

fn table(block: &TableBlock) -> Table {
    let widths = columns::widths(block, WIDTH);
    let row = |cells: &[Spans], header: bool| {
        let cells = widths.iter().enumerate().map(|(at, &width)| {
            let right = block.right.get(at).copied().unwrap_or(false);
            let align = match (header, right) {
                (true, _) => AlignmentType::Center,
                (false, true) => AlignmentType::Right,
                (false, false) => AlignmentType::Left,
            };
            let style = if header { "TableHead" } else { "TableText" };
            let text = cells.get(at).map_or(&[][..], Vec::as_slice);
            let text = runs(Paragraph::new().style(style).align(align), text);
            let cell = TableCell::new()
                .add_paragraph(text)
                .width(width, WidthType::Dxa)
                .vertical_align(VAlignType::Center);
            if header {
                cell.shading(Shading::new().fill("EDEDED"))
            } else {
                cell
            }
        });
        TableRow::new(cells.collect()).cant_split()
    };
    // A height is the mark by which `package` knows a header.
    let header = row(&block.header, true).row_height(1.0);
    let rows = block.rows.iter().map(|cells| row(cells, false));
    Table::new(std::iter::once(header).chain(rows).collect())
        .set_grid(widths.clone())
        .width(WIDTH, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(30, 80, 30, 80))
}

/// The number of the page: between dashes and on the outer side in Chinese, as official papers have it.
fn footer(lang: Lang, outer: AlignmentType) -> Footer {
    let paragraph = match lang {
        Lang::Zh => Paragraph::new()
            .style("Footer")
            .align(outer)
            .indent(Some(280), None, Some(280), None)
            .add_run(Run::new().add_text("— "))
            .add_page_num(PageNum::new())
            .add_run(Run::new().add_text(" —")),
        Lang::En => Paragraph::new()
            .style("Footer")
            .align(AlignmentType::Center)
            .add_page_num(PageNum::new()),
    };
    Footer::new().add_paragraph(paragraph)
}

/// One face for Chinese, one for Latin letters and digits.
pub(super) fn fonts(east_asia: &str, latin: &str) -> RunFonts {
    RunFonts::new()
        .east_asia(east_asia)
        .ascii(latin)
        .hi_ansi(latin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_numbered_as_official_papers_do() {
        let mut numbers = Numbers::default();
        let zh: Vec<String> = [1, 2, 2, 1, 2]
            .map(|level| numbers.next(level, Lang::Zh))
            .into();
        assert_eq!(zh, ["一、", "（一）", "（二）", "二、", "（一）"]);
        assert_eq!(
            [10, 11, 20, 35].map(chinese),
            ["十", "十一", "二十", "三十五"]
        );
        let mut numbers = Numbers::default();
        let en: Vec<String> = [1, 2, 1].map(|level| numbers.next(level, Lang::En)).into();
        assert_eq!(en, ["1. ", "1.1 ", "2. "]);
    }
}
