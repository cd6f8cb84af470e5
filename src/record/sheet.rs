//! The sheet of work orders in a workbook that a clerk has saved.
//!
//! Columns are found by the headings on each page, so inserted columns and lines do no harm; sheets are found by name.

use super::DoneRow;
use super::fields::{self, Fault};
use crate::domain::{Day, Quantity};
use crate::finding::{Code, Finding, Findings, Place, say, shown};
use crate::orders::{self, Column};
use crate::read::{self, CellRow, CellSheets};
use calamine::Data;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// What filled-in work orders say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkOrders {
    /// Visits that were done, by date, team, crew, site and treatment.
    pub done: Vec<DoneRow>,
    /// Visits that are not marked as done.
    pub left_out: usize,
}

/// Reads the work orders of an .xlsx workbook; those of other kinds cannot be weighed before they are opened.
///
/// `None` with findings that say why; what is doubtful is a warning beside the work orders.
pub fn read(path: &Path) -> (Option<WorkOrders>, Findings) {
    let mut findings = Findings::new();
    let name = findings.announce_path(path);
    let Some(sheets) = sheets(path, &name, &mut findings) else {
        return (None, findings);
    };
    let mut orders = WorkOrders::default();
    let mut seen = HashMap::new();
    for (sheet, rows) in &sheets {
        let mut reader = SheetReader {
            file: &name,
            sheet,
            columns: BTreeMap::new(),
            findings: &mut findings,
        };
        reader.read(rows, &mut orders, &mut seen);
    }
    orders.done.sort_by(|a, b| a.key().cmp(&b.key()));
    let done = (!findings.has_errors()).then_some(orders);
    (done, findings)
}

/// Rows of a sheet by their numbers, from 1.
type Rows = BTreeMap<u32, CellRow>;

/// The sheets of work orders, by the order of the workbook; `None` with a finding if there are none.
fn sheets(path: &Path, name: &str, findings: &mut Findings) -> Option<Vec<(String, Rows)>> {
    let mut workbook = CellSheets::open(path, name, findings)?;
    let mut found = Vec::new();
    for sheet in workbook.names() {
        // More pages than fit on one sheet go on others, which are numbered.
        let base = |base: &str| {
            let rest = sheet.strip_prefix(base);
            rest.is_some_and(|rest| rest.trim_start().bytes().all(|b| b.is_ascii_digit()))
        };
        if base(orders::SHEET.0) || base(orders::SHEET.1) {
            let rows = workbook.rows(&sheet, findings)?;
            found.push((sheet, rows));
        }
    }
    if found.is_empty() {
        let (zh, en) = orders::SHEET;
        let message = say!("没有名为“{zh}”的工作表", "there is no sheet named {en}");
        let help = say!(
            "应是 xiaosha plan 写出、填写后保存的 plan.xlsx",
            "it should be the plan.xlsx that xiaosha plan wrote, filled in and saved"
        );
        findings.add(Finding::new(Code::NoWorkOrders, Place::file(name), message).help(help));
        return None;
    }
    Some(found)
}

/// What makes two rows the same visit: date, team, crew, site, treatment.
type Visit = (Day, String, u32, String, String);

/// Reads one sheet from top to bottom.
struct SheetReader<'a> {
    file: &'a str,
    sheet: &'a str,
    /// Columns by what their headings say, from the last line of headings above.
    columns: BTreeMap<Column, u32>,
    findings: &'a mut Findings,
}

impl SheetReader<'_> {
    fn read(&mut self, rows: &Rows, orders: &mut WorkOrders, seen: &mut HashMap<Visit, String>) {
        for (&line, row) in rows {
            if let Some(columns) = headings(row) {
                self.columns = columns;
                continue;
            }
            let reader = RowReader {
                row,
                columns: &self.columns,
            };
            if !reader.is_visit() {
                continue;
            }
            match reader.visit() {
                Ok(Some((done, doubts))) => {
                    for doubt in doubts {
                        self.add(line, doubt);
                    }
                    let (date, team, crew, site, treatment) = done.key();
                    let key = (date, team.into(), crew, site.into(), treatment.into());
                    if let Some(first) = seen.get(&key) {
                        let (code, message) = (
                            Code::DoneTwice,
                            say!(
                                "与 {first} 是同一次作业，只记一次",
                                "the same visit as in {first}; it is recorded once"
                            ),
                        );
                        let column = self.columns.get(&Column::Date).copied();
                        self.add(line, (column, (code, message, None)));
                        continue;
                    }
                    let sheet = self.sheet;
                    seen.insert(key, format!("{sheet}!{line}"));
                    orders.done.push(done);
                }
                Ok(None) => orders.left_out += 1,
                Err(faults) => {
                    for fault in faults {
                        self.add(line, fault);
                    }
                }
            }
        }
    }

    fn add(&mut self, line: u32, (column, fault): At) {
        let (code, message, help) = fault;
        let place = Place {
            file: self.file.to_owned(),
            sheet: Some(self.sheet.to_owned()),
            line: Some(line),
            column: column.map(|column| column.saturating_add(1)),
            header: None,
        };
        let mut finding = Finding::new(code, place, message);
        finding.help = help;
        self.findings.add(finding);
    }
}

/// A fault and the column in which it stands, from 0.
type At = (Option<u32>, Fault);

/// The columns of a line of headings; `None` for any other line.
fn headings(row: &CellRow) -> Option<BTreeMap<Column, u32>> {
    let mut columns = BTreeMap::new();
    for (at, cell) in row.iter() {
        if let Data::String(heading) = cell
            && let Some(column) = Column::of_heading(&read::normal(heading))
        {
            columns.entry(column).or_insert(at);
        }
    }
    // A name of a site may be the word for one heading, hardly the words for all of these.
    let needed = [
        Column::Date,
        Column::Crew,
        Column::Done,
        Column::Actual,
        Column::TeamId,
        Column::SiteId,
        Column::TreatmentId,
    ];
    needed
        .iter()
        .all(|column| columns.contains_key(column))
        .then_some(columns)
}

struct RowReader<'a> {
    row: &'a CellRow,
    columns: &'a BTreeMap<Column, u32>,
}

impl RowReader<'_> {
    fn cell(&self, column: Column) -> &Data {
        let at = self.columns.get(&column);
        at.map_or(&Data::Empty, |&at| self.row.get(at))
    }

    fn id(&self, column: Column) -> String {
        fields::text(self.cell(column))
    }

    /// Whether the row is that of a visit: it has ids.
    fn is_visit(&self) -> bool {
        let ids = [Column::TeamId, Column::SiteId, Column::TreatmentId];
        ids.iter().all(|&id| !fields::blank(self.cell(id)))
    }

    /// The visit if it was done, with what is doubtful about it.
    fn visit(&self) -> Result<Option<(DoneRow, Vec<At>)>, Vec<At>> {
        let at = |column, fault: Fault| (self.columns.get(&column).copied(), fault);
        let mut faults = Vec::new();
        let mark = fields::mark(self.cell(Column::Done));
        let amount = fields::amount(self.cell(Column::Actual));
        let signed = !fields::blank(self.cell(Column::Signature));
        let (mark, amount) = match (mark, amount) {
            (Ok(mark), Ok(amount)) => (mark, amount),
            (mark, amount) => {
                faults.extend(mark.err().map(|fault| at(Column::Done, fault)));
                faults.extend(amount.err().map(|fault| at(Column::Actual, fault)));
                return Err(faults);
            }
        };
        let used = amount.is_some_and(|amount| amount > Quantity::ZERO);
        match mark {
            Some(false) if used => {
                let message = say!(
                    "标为未完成，却填了实际用量",
                    "marked as not done, yet there is an amount"
                );
                let help = say!(
                    "做了就改标记，没做就删去用量",
                    "change the mark if it was done, else clear the amount"
                );
                let fault = (Code::NotDoneWithAmount, message, Some(help));
                return Err(vec![at(Column::Actual, fault)]);
            }
            Some(false) => return Ok(None),
            None if !used && !signed => return Ok(None),
            _ => {}
        }
        let date = fields::date(self.cell(Column::Date));
        let crew = fields::crew(self.cell(Column::Crew));
        let (date, crew) = match (date, crew) {
            (Ok(date), Ok(crew)) => (date, crew),
            (date, crew) => {
                faults.extend(date.err().map(|fault| at(Column::Date, fault)));
                faults.extend(crew.err().map(|fault| at(Column::Crew, fault)));
                return Err(faults);
            }
        };
        let product = self.id(Column::ProductId);
        let mut doubts = Vec::new();
        if product.is_empty() && used {
            let treatment = shown(&self.id(Column::TreatmentId));
            let message = say!(
                "措施 {treatment} 不用药品，实际用量不记入",
                "treatment {treatment} uses no product, so the amount is not recorded"
            );
            let fault = (Code::AmountWithoutProduct, message, None);
            doubts.push(at(Column::Actual, fault));
        }
        let quantity = amount.filter(|_| !product.is_empty());
        let done = DoneRow {
            date,
            team: self.id(Column::TeamId),
            crew,
            site: self.id(Column::SiteId),
            treatment: self.id(Column::TreatmentId),
            product,
            quantity,
        };
        Ok(Some((done, doubts)))
    }
}
