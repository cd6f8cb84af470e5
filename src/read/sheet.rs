//! One table of one file: its header mapped to declared columns, its rows as cells.

use super::cell::{is_blank, trim};
use super::content::Content;
use super::csv::{CellFault, MOST_CELLS, Raw, Record};
use super::header::{Target, targets};
use super::names;
use super::{Cell, FileIx, Origin, Sources};
use crate::finding::{Code, Finding, Findings, Place, say, shown};
use crate::lang::Text;

/// Rows of a file that are read.
const MOST_ROWS: usize = 200_000;
/// Cells of a file that are kept, so that a file of many columns stays within memory too.
const MOST_KEPT: usize = 4_000_000;
/// Characters of a cell that are read, as many as a spreadsheet's cell holds.
const MOST_CHARS: usize = 32_767;

/// A cell of one file.
#[derive(Debug, Clone)]
pub(super) enum Given {
    /// Nothing is written.
    Nothing,
    /// `-`: not given, and in an overlay no longer given.
    Dash,
    /// Something is written.
    Text(Cell),
}

/// A row of one file.
#[derive(Debug)]
pub(super) struct SheetRow {
    /// Where it begins.
    pub(super) origin: Origin,
    /// One for each declared column, in order.
    pub(super) cells: Vec<Given>,
    /// Cells in other columns that are carried, by their position in [`Sheet::others`].
    pub(super) others: Vec<(usize, Given)>,
    /// A finding has been made about the row as a whole.
    pub(super) broken: bool,
}

/// The content of one file.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Other columns that are carried (NFKC), in order.
    pub(super) others: Vec<String>,
    /// Rows that are not blank.
    pub(super) rows: Vec<SheetRow>,
    /// False when a part of the file could not be read.
    pub(super) whole: bool,
}

impl Sheet {
    /// A table of which nothing could be read.
    pub(super) fn unread() -> Self {
        Sheet {
            others: Vec::new(),
            rows: Vec::new(),
            whole: false,
        }
    }
}

/// Reads one table; `place` is its file or sheet.
pub(super) fn read(
    content: &Content,
    place: &Place,
    declared: &'static names::Table,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Sheet {
    let mut sheet = Sheet::unread();
    let mut records = content.records().skip_while(is_empty);
    let Some(header) = records.next() else {
        findings.add(header_missing(place, declared));
        sheet.whole = !declared.required;
        return sheet;
    };
    let file = sources.add(place);
    let mut targets = targets(&header, file, declared, &mut sheet, sources, findings);
    if let Some(width) = content.width() {
        targets.resize(width.max(targets.len()), Target::Unnamed);
    }
    let mut reader = SheetReader {
        file,
        sheet,
        declared,
        sources,
        findings,
        unnamed_seen: vec![false; targets.len()],
        targets,
        spoiled: content.is_spoiled(),
        short_rows: declared.short_rows || content.width().is_some(),
    };
    reader.check_header(&header);
    reader.merged(content.merged(), header.line);
    let mut kept = 0;
    for record in records.filter(|record| !is_empty(record)) {
        kept += declared.columns.len() + record.cells.len();
        if reader.sheet.rows.len() >= MOST_ROWS || kept > MOST_KEPT {
            reader.too_large(record.line);
            return reader.sheet;
        }
        reader.row(&record);
    }
    if let Some(line) = content.cut() {
        reader.too_large(line);
    }
    reader.sheet
}

/// Whether no cell of a row holds anything.
pub(super) fn is_empty(record: &Record<'_>) -> bool {
    record.cells.iter().all(|cell| trim(&cell.text).is_empty())
}

fn header_missing(place: &Place, declared: &names::Table) -> Finding {
    let code = if declared.required {
        Code::HeaderMissing
    } else {
        Code::EmptyFile
    };
    let required: Vec<&str> = declared
        .columns
        .iter()
        .filter(|column| column.required)
        .map(|column| column.en)
        .collect();
    let required = required.join(",");
    let mut place = place.clone();
    place.line = Some(1);
    Finding::new(
        code,
        place,
        say!("表是空的，没有表头", "the table is empty, without a header row"),
    )
    .help(say!(
        "第一行写表头，至少要有：{required}；不需要这张表就整个删去",
        "write the headers in the first line, at least {required}, or delete the whole if the table is not needed"
    ))
}

/// The finding that a table was not read from this line on.
pub(super) fn too_large(place: Place) -> Finding {
    Finding::new(
        Code::TableTooLarge,
        place,
        say!(
            "表过大，从这一行起未读取（最多 {MOST_ROWS} 行、{MOST_KEPT} 个单元格）",
            "the table is too large and is not read from here on (at most {MOST_ROWS} rows and {MOST_KEPT} cells)"
        ),
    )
    .help(say!(
        "检查是否放错了文件",
        "check whether this is the right file"
    ))
}

struct SheetReader<'a> {
    file: FileIx,
    sheet: Sheet,
    declared: &'static names::Table,
    sources: &'a mut Sources,
    findings: &'a mut Findings,
    targets: Vec<Target>,
    unnamed_seen: Vec<bool>,
    spoiled: bool,
    /// Rows may end before the header does.
    short_rows: bool,
}

impl SheetReader<'_> {
    fn origin(&self, line: u32, column: usize) -> Origin {
        Origin {
            file: self.file,
            line,
            column: column as u32,
        }
    }

    fn add(&mut self, code: Code, origin: Origin, message: Text, help: Option<Text>) {
        let mut finding = Finding::new(code, self.sources.place(origin), message);
        finding.help = help;
        self.findings.add(finding);
    }

    fn check_header(&mut self, header: &Record<'_>) {
        if header.overlong {
            self.sheet.whole = false;
            let origin = self.origin(header.line, MOST_CELLS);
            self.add(
                Code::TableTooLarge,
                origin,
                say!("超过 {MOST_CELLS} 列", "more than {MOST_CELLS} columns"),
                None,
            );
        }
        for (at, raw) in header.cells.iter().enumerate() {
            let origin = self.origin(raw.line, at + 1);
            if !self.is_clean(trim(&raw.text), origin) {
                self.sheet.whole = false;
            }
        }
        if header.unclosed {
            self.unclosed(header);
        }
    }

    fn too_large(&mut self, line: u32) {
        self.sheet.whole = false;
        let place = self.sources.place(self.origin(line, 0));
        self.findings.add(too_large(place));
    }

    fn unclosed(&mut self, record: &Record<'_>) {
        self.sheet.whole = false;
        let (column, line) = record
            .cells
            .last()
            .map_or((0, record.line), |cell| (record.cells.len(), cell.line));
        let origin = self.origin(line, column);
        self.add(
            Code::UnclosedQuote,
            origin,
            say!(
                "此处开始的引号直到文件末尾都没有结束",
                "the quote that begins here is not closed before the end of the file"
            ),
            Some(say!(
                "补上结尾的双引号；单元格内的双引号要写两个",
                "close it; a double quote inside a cell is written twice"
            )),
        );
    }

    fn row(&mut self, record: &Record<'_>) {
        if record.unclosed {
            self.unclosed(record);
            return;
        }
        let mut row = SheetRow {
            origin: self.origin(record.line, 0),
            cells: vec![Given::Nothing; self.declared.columns.len()],
            others: Vec::new(),
            broken: self.is_ragged(record),
        };
        for (at, raw) in record.cells.iter().enumerate() {
            let Some(&target) = self.targets.get(at) else {
                break;
            };
            if target == Target::Ignored && raw.fault.is_some() {
                continue;
            }
            let given = self.given(raw, at);
            match (target, given) {
                (_, Given::Nothing) | (Target::Ignored, _) => {}
                (Target::Declared(position), given) => row.cells[position] = given,
                (Target::Other(position), given) => row.others.push((position, given)),
                (Target::Unnamed, _) => self.unnamed(raw.line, at),
            }
        }
        self.sheet.rows.push(row);
    }

    fn given(&mut self, raw: &Raw<'_>, at: usize) -> Given {
        let text = trim(&raw.text);
        if text.is_empty() {
            return Given::Nothing;
        }
        if is_blank(text) {
            return Given::Dash;
        }
        let origin = self.origin(raw.line, at + 1);
        let spoiled = !match raw.fault {
            Some(fault) => self.has_value(fault, text, origin),
            None => self.is_clean(text, origin),
        };
        let text = if spoiled {
            shown(text)
        } else {
            text.to_owned()
        };
        Given::Text(Cell {
            text,
            origin,
            spoiled,
        })
    }

    /// Makes the finding that a cell of a workbook has no value.
    fn has_value(&mut self, fault: CellFault, text: &str, origin: Origin) -> bool {
        let (code, message, help) = match fault {
            CellFault::Error => (
                Code::ErrorCell,
                say!("单元格是错误值 {text}", "the cell holds the error {text}"),
                say!(
                    "改正公式，或直接填入数值",
                    "mend the formula or type the value"
                ),
            ),
            CellFault::NoResult => (
                Code::FormulaWithoutResult,
                say!(
                    "公式没有保存计算结果",
                    "the formula was saved without its result"
                ),
                say!(
                    "在 Excel 或 WPS 中打开并重新保存",
                    "open the workbook in the spreadsheet and save it again"
                ),
            ),
        };
        self.add(code, origin, message, Some(help));
        false
    }

    /// Warns of merged cells in and below the header: all but the first count as blank.
    fn merged(&mut self, regions: &[[u32; 4]], header: u32) {
        for &[top, left, bottom, right] in regions {
            if bottom < header || right as usize > self.targets.len() {
                continue;
            }
            let place = |line, column| Place {
                line: Some(line),
                column: Some(column),
                ..Place::sheet("", "")
            };
            let last = place(bottom, right).cell().unwrap_or_default();
            self.add(
                Code::MergedCells,
                self.origin(top, left as usize),
                say!(
                    "从这里到 {last} 的单元格合并在一起，除第一格外都算空白",
                    "the cells from here to {last} are merged; all but the first count as blank"
                ),
                Some(say!(
                    "取消合并，并在每一格填上内容",
                    "unmerge them and fill in each cell"
                )),
            );
        }
    }

    /// Whether a cell can be read at all; if not, a finding is made.
    fn is_clean(&mut self, text: &str, origin: Origin) -> bool {
        if self.spoiled && text.contains('\u{fffd}') {
            let written = shown(text);
            self.add(
                Code::UndecodableBytes,
                origin,
                say!(
                    "`{written}` 中有无法解码的字节",
                    "`{written}` holds bytes that cannot be decoded"
                ),
                Some(say!(
                    "用 UTF-8 或 GB18030（GBK）重新保存文件，再补上这个单元格",
                    "save the file again as UTF-8 or GB18030 and mend the cell"
                )),
            );
            return false;
        }
        let control = |byte: u8| (byte < 0x20 && !b"\t\r\n".contains(&byte)) || byte == 0x7f;
        if text.bytes().any(control) {
            let written = shown(text);
            self.add(
                Code::ControlCharacter,
                origin,
                say!(
                    "`{written}` 含有控制字符",
                    "`{written}` holds a control character"
                ),
                Some(say!("重新输入这个单元格", "type the cell again")),
            );
            return false;
        }
        if text.len() > MOST_CHARS && text.chars().nth(MOST_CHARS).is_some() {
            self.add(
                Code::CellTooLong,
                origin,
                say!(
                    "单元格超过 {MOST_CHARS} 个字符",
                    "the cell has more than {MOST_CHARS} characters"
                ),
                Some(say!(
                    "检查前面是否多了一个双引号",
                    "check for a stray double quote before it"
                )),
            );
            return false;
        }
        true
    }

    /// Whether the row has more or fewer cells than the header; if so, a finding is made.
    fn is_ragged(&mut self, record: &Record<'_>) -> bool {
        let (cells, headers) = (record.cells.len(), self.targets.len());
        if cells == headers || (cells < headers && self.short_rows) {
            return false;
        }
        let origin = self.origin(record.line, cells.min(headers) + 1);
        self.add(
            Code::RaggedRow,
            origin,
            say!(
                "这一行有 {cells} 个单元格，表头有 {headers} 个",
                "the row has {cells} cells, the header {headers}"
            ),
            Some(say!(
                "检查分隔符；单元格内有分隔符时要加双引号",
                "check the separators; a cell that holds one must stand in double quotes"
            )),
        );
        true
    }

    fn unnamed(&mut self, line: u32, at: usize) {
        if std::mem::replace(&mut self.unnamed_seen[at], true) {
            return;
        }
        let origin = self.origin(line, at + 1);
        let column = at + 1;
        self.add(
            Code::UnnamedColumn,
            origin,
            say!(
                "第 {column} 列有内容但没有表头，不予读取",
                "column {column} has content but no header and is not read"
            ),
            Some(say!(
                "补上表头或删去这一列",
                "give it a header or delete it"
            )),
        );
    }
}
