//! One CSV file: its header mapped to declared columns, its rows as cells.

use super::cell::{is_blank, normal, trim};
use super::csv::{Record, Records, separator};
use super::decode::decode;
use super::names;
use super::{Cell, FileIx, Origin, Sources};
use crate::finding::{Code, Finding, Findings, Place, say, shown};
use crate::lang::Text;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Bytes of a file that are read.
const MOST_BYTES: u64 = 64 << 20;
/// Rows of a file that are read.
const MOST_ROWS: usize = 200_000;
/// Characters of a cell that are read, as many as a spreadsheet's cell holds.
const MOST_CHARS: usize = 32_767;

/// A cell of one file.
#[derive(Debug, Clone)]
pub(super) enum Given {
    /// Nothing is written.
    Nothing,
    /// `-`: not given, and in an overlay no longer given.
    Dash(Origin),
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
    /// The file.
    pub(super) file: FileIx,
    /// For each declared column whether the file has it.
    pub(super) has: Vec<bool>,
    /// Other columns that are carried (NFKC), in order.
    pub(super) others: Vec<String>,
    /// Rows that are not blank.
    pub(super) rows: Vec<SheetRow>,
    /// False when a part of the file could not be read.
    pub(super) whole: bool,
}

/// The bytes of a file, `None` if there is no such file, or with a finding if it cannot be read.
pub(super) fn bytes(path: &Path, shown: &str, findings: &mut Findings) -> Option<Vec<u8>> {
    let place = || Place::file(shown);
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => {
            findings.add(unreadable(place(), &error));
            return Some(Vec::new());
        }
    };
    if !metadata.is_file() {
        findings.add(
            Finding::new(
                Code::FileUnreadable,
                place(),
                say!("{shown} 不是文件", "{shown} is not a file"),
            )
            .help(say!(
                "把同名文件夹改名，放入同名文件",
                "rename the folder of this name and put the file in its place"
            )),
        );
        return Some(Vec::new());
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        findings.add(unreadable(place(), &error));
        return Some(Vec::new());
    }
    if bytes.len() as u64 > MOST_BYTES {
        let most = MOST_BYTES >> 20;
        findings.add(
            Finding::new(
                Code::FileTooLarge,
                place(),
                say!(
                    "文件超过 {most} MB，不予读取",
                    "the file is larger than {most} MB and is not read"
                ),
            )
            .help(say!(
                "检查是否放错了文件",
                "check whether this is the right file"
            )),
        );
        return Some(Vec::new());
    }
    Some(bytes)
}

fn unreadable(place: Place, error: &std::io::Error) -> Finding {
    Finding::new(
        Code::FileUnreadable,
        place,
        say!("无法读取：{error}", "cannot be read: {error}"),
    )
    .help(say!(
        "检查文件权限，以及文件是否被其他程序占用",
        "check the permissions of the file and whether another program holds it open"
    ))
}

/// Reads one CSV file; `None` if there is no such file.
pub(super) fn read(
    path: &Path,
    shown_name: &str,
    declared: &'static names::Table,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Option<Sheet> {
    let errors = findings.errors();
    let bytes = bytes(path, shown_name, findings)?;
    let file = sources.add(shown_name);
    let mut sheet = Sheet {
        file,
        has: vec![false; declared.columns.len()],
        others: Vec::new(),
        rows: Vec::new(),
        whole: findings.errors() == errors,
    };
    if !sheet.whole {
        return Some(sheet);
    }
    let decoded = decode(&bytes);
    drop(bytes);
    let mut records = Records::new(&decoded.text, separator(&decoded.text))
        .skip_while(|record| record.cells.iter().all(|cell| trim(&cell.text).is_empty()));
    let Some(header) = records.next() else {
        header_missing(shown_name, declared, findings);
        sheet.whole = !declared.required;
        return Some(sheet);
    };
    let mut reader = SheetReader {
        sheet,
        declared,
        sources,
        findings,
        targets: Vec::new(),
        spoiled: decoded.spoiled,
    };
    reader.header(&header);
    for record in records {
        if reader.sheet.rows.len() >= MOST_ROWS {
            reader.too_large(record.line);
            break;
        }
        reader.row(record);
    }
    Some(reader.sheet)
}

fn header_missing(shown: &str, declared: &names::Table, findings: &mut Findings) {
    let code = if declared.required {
        Code::HeaderMissing
    } else {
        Code::EmptyFile
    };
    let first: Vec<&str> = declared
        .columns
        .iter()
        .filter(|c| c.required)
        .map(|c| c.en)
        .collect();
    let first = first.join(",");
    findings.add(
        Finding::new(
            code,
            Place::line(shown, 1),
            say!(
                "文件是空的，没有表头",
                "the file is empty, without a header row"
            ),
        )
        .help(say!(
            "第一行写表头，至少要有：{first}",
            "write the headers in the first line, at least: {first}"
        )),
    );
}

/// Where the cells of a file's column go.
#[derive(Debug, Clone, Copy)]
enum Target {
    Declared(usize),
    Other(usize),
    Ignored,
    /// A column without a header.
    Unnamed,
}

struct SheetReader<'a> {
    sheet: Sheet,
    declared: &'static names::Table,
    sources: &'a mut Sources,
    findings: &'a mut Findings,
    targets: Vec<Target>,
    spoiled: bool,
}

impl SheetReader<'_> {
    fn origin(&self, line: u32, column: usize) -> Origin {
        Origin {
            file: self.sheet.file,
            line,
            column: column as u32,
        }
    }

    fn add(&mut self, code: Code, origin: Origin, message: Text, help: Option<Text>) {
        let mut finding = Finding::new(code, self.sources.place(origin), message);
        finding.help = help;
        self.findings.add(finding);
    }

    fn header(&mut self, header: &Record<'_>) {
        let names: Vec<String> = header.cells.iter().map(|cell| normal(&cell.text)).collect();
        let written = header.cells.iter().map(|cell| trim(&cell.text).to_owned());
        self.sources.set_headers(self.sheet.file, written.collect());
        for (at, name) in names.iter().enumerate() {
            let origin = self.origin(header.cells[at].line, at + 1);
            let target = self.target(name, origin);
            self.targets.push(target);
        }
    }

    fn target(&mut self, name: &str, origin: Origin) -> Target {
        if name.is_empty() {
            return Target::Unnamed;
        }
        if let Some(position) = self.declared.column_named(name) {
            if self.sheet.has[position] {
                self.add(
                    Code::DuplicateHeader,
                    origin,
                    say!("表头 `{0}` 重复", "header `{0}` stands twice", shown(name)),
                    None,
                );
                return Target::Ignored;
            }
            self.sheet.has[position] = true;
            return Target::Declared(position);
        }
        if self.declared.carries_others {
            self.sheet.others.push(name.to_owned());
            return Target::Other(self.sheet.others.len() - 1);
        }
        Target::Ignored
    }

    fn too_large(&mut self, line: u32) {
        self.sheet.whole = false;
        let origin = self.origin(line, 0);
        self.add(
            Code::TableTooLarge,
            origin,
            say!("行数超过 {MOST_ROWS}", "more than {MOST_ROWS} rows"),
            None,
        );
    }

    fn row(&mut self, record: Record<'_>) {
        if record.cells.iter().all(|cell| trim(&cell.text).is_empty()) {
            return;
        }
        let mut row = SheetRow {
            origin: self.origin(record.line, 0),
            cells: vec![Given::Nothing; self.declared.columns.len()],
            others: Vec::new(),
            broken: false,
        };
        for (at, raw) in record.cells.iter().enumerate() {
            let Some(&target) = self.targets.get(at) else {
                break;
            };
            let text = trim(&raw.text);
            if text.is_empty() {
                continue;
            }
            let origin = self.origin(raw.line, at + 1);
            let given = if is_blank(text) {
                Given::Dash(origin)
            } else {
                let text = text.to_owned();
                Given::Text(Cell { text, origin })
            };
            match target {
                Target::Declared(position) => row.cells[position] = given,
                Target::Other(position) => row.others.push((position, given)),
                Target::Ignored | Target::Unnamed => {}
            }
        }
        self.sheet.rows.push(row);
    }
}
