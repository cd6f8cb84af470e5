//! Work orders that a clerk has filled in, from the workbook to done.csv and back into the scenario.

use super::{cell, documents, named_season, sheet, some_visits};
use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use calamine::{Data, Range};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use xiaosha::lang::Lang;
use xiaosha::orders::Column;

/// The work orders as another program saves them: values alone, one column inserted on the left.
fn saved_again(
    orders: &Range<Data>,
    name: &str,
    path: &Path,
    fill: impl Fn(&[Data], Column) -> Option<Data>,
) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(name).unwrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (row, cells) in orders.rows().enumerate() {
        for (at, cell) in cells.iter().enumerate() {
            let column = Column::ALL[at];
            let filled = fill(cells, column);
            let (row, at) = (row as u32, at as u16 + 1);
            match filled.as_ref().unwrap_or(cell) {
                Data::String(text) => sheet.write_string(row, at, text).unwrap(),
                Data::Float(number) => sheet.write_number(row, at, *number).unwrap(),
                Data::DateTime(date) => {
                    let date = ExcelDateTime::from_serial_datetime(date.as_f64()).unwrap();
                    sheet
                        .write_datetime_with_format(row, at, &date, &day)
                        .unwrap()
                }
                _ => continue,
            };
        }
    }
    workbook.save(path).unwrap();
}

fn xiaosha() -> Command {
    let mut command = cargo_bin_cmd!("xiaosha");
    command.env("LANG", "en_US.UTF-8").env_remove("LC_ALL");
    command
}

/// A scenario folder with the plan of some visits in it.
fn planned(desk: &TempDir, lang: Lang) -> std::path::PathBuf {
    let folder = desk.path().join("season");
    named_season().write(&folder);
    let scenario = named_season().scenario();
    fs::create_dir(folder.join("plan")).unwrap();
    for (name, bytes) in documents(&scenario, &some_visits(&scenario), lang) {
        fs::write(folder.join("plan").join(name), bytes).unwrap();
    }
    folder
}

#[test]
fn an_untouched_workbook_records_nothing() {
    for lang in [Lang::Zh, Lang::En] {
        let desk = TempDir::new().unwrap();
        let folder = planned(&desk, lang);
        let mut record = xiaosha();
        record.arg("record").arg(folder.join("plan/plan.xlsx"));
        let run = record.output().unwrap();
        assert_eq!(run.status.code(), Some(0), "{run:?}");
        let said = String::from_utf8(run.stdout).unwrap();
        assert!(said.starts_with("none of 5 visits"), "{said}");
        assert!(!folder.join("done.csv").exists());
    }
}

/// What the work orders hold where everything was done.
fn all_done(cells: &[Data], column: Column) -> Option<Data> {
    let is_visit = matches!(cells[Column::Date as usize], Data::DateTime(_));
    (is_visit && column == Column::Done).then(|| Data::String("√".to_owned()))
}

#[test]
fn the_record_of_a_workbook_scenario_stands_beside_it_for_copying() {
    let desk = TempDir::new().unwrap();
    let folder = planned(&desk, Lang::En);
    let book = desk.path().join("夏季.xlsx");
    let mut convert = xiaosha();
    convert.arg("convert").arg(&folder).arg(&book);
    convert.assert().success();
    let before = fs::read(&book).unwrap();
    let plan = desk.path().join("夏季-plan");
    fs::rename(folder.join("plan"), &plan).unwrap();
    let orders = sheet(&fs::read(plan.join("plan.xlsx")).unwrap(), "Work orders");
    saved_again(&orders, "Work orders", &plan.join("plan.xlsx"), all_done);
    let mut record = xiaosha();
    let run = record.args(["record", "plan.xlsx"]).current_dir(&plan);
    let said = String::from_utf8(run.output().unwrap().stdout).unwrap();
    assert!(said.contains("5 visits recorded"), "{said}");
    assert!(
        said.contains("copy the rows of this file to its sheet `done`"),
        "{said}"
    );
    let done = fs::read_to_string(desk.path().join("夏季-done.csv")).unwrap();
    assert_eq!(done.lines().count(), 6, "{done}");
    assert_eq!(fs::read(&book).unwrap(), before);
}

#[test]
fn filled_in_orders_become_the_done_csv_of_the_scenario() {
    let desk = TempDir::new().unwrap();
    let folder = planned(&desk, Lang::Zh);
    let workbook = folder.join("plan/plan.xlsx");
    let orders = sheet(&fs::read(&workbook).unwrap(), "派工单");
    let is_row = |cells: &[Data], date: &str, site: &str| {
        cell(&cells[Column::Date as usize]) == date && cell(&cells[Column::SiteId as usize]) == site
    };
    let text = |text: &str| Some(Data::String(text.to_owned()));
    saved_again(&orders, "派工单", &workbook, |cells, column| match column {
        Column::Done if is_row(cells, "2026-05-04", "road") => text("√"),
        Column::Actual if is_row(cells, "2026-05-04", "road") => Some(Data::Float(3.5)),
        Column::Signature if is_row(cells, "2026-05-04", "market") => text("张三"),
        // Done a day later than planned.
        Column::Done if is_row(cells, "2026-05-04", "yard") => text("是"),
        Column::Date if is_row(cells, "2026-05-04", "yard") => text("2026年5月5日"),
        Column::Done if is_row(cells, "2026-05-12", "yard") => text("×"),
        _ => None,
    });
    let mut record = xiaosha();
    record.arg("record").arg(&workbook);
    let run = record.output().unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    assert!(
        said.starts_with("3 visits recorded, 0 were there already, 2 not marked"),
        "{said} {}",
        String::from_utf8_lossy(&run.stderr)
    );
    assert_eq!(
        fs::read_to_string(folder.join("done.csv")).unwrap(),
        "\u{feff}date,team,site,treatment,crew,product,quantity,hours\n\
         2026-05-04,A,road,spray,1,wp,3.5,\n\
         2026-05-04,A,market,gel,2,,,\n\
         2026-05-05,a?,yard,spray,1,wp,,\n"
    );
    // The scenario takes the record, and a second run adds nothing.
    let mut check = xiaosha();
    check.arg("check").arg(&folder);
    assert_eq!(check.output().unwrap().status.code(), Some(0));
    let said = String::from_utf8(record.output().unwrap().stdout).unwrap();
    assert!(
        said.starts_with("0 visits recorded, 3 were there already"),
        "{said}"
    );
    // --out writes elsewhere, --force gives up what is there.
    let other = desk.path().join("other.csv");
    fs::write(&other, "something else\n").unwrap();
    let mut elsewhere = xiaosha();
    elsewhere
        .arg("record")
        .arg(&workbook)
        .arg("--out")
        .arg(&other);
    assert_eq!(elsewhere.output().unwrap().status.code(), Some(2));
    assert_eq!(fs::read_to_string(&other).unwrap(), "something else\n");
    elsewhere.arg("--force");
    assert_eq!(elsewhere.output().unwrap().status.code(), Some(0));
    assert_eq!(fs::read_to_string(&other).unwrap().lines().count(), 4);
}

#[test]
fn a_bad_cell_stops_the_record_and_is_named() {
    let desk = TempDir::new().unwrap();
    let folder = planned(&desk, Lang::En);
    let workbook = folder.join("plan/plan.xlsx");
    let orders = sheet(&fs::read(&workbook).unwrap(), "Work orders");
    saved_again(&orders, "Work orders", &workbook, |cells, column| {
        let of_road = cell(&cells[Column::SiteId as usize]) == "road";
        (of_road && column == Column::Actual).then(|| Data::String("about 3".to_owned()))
    });
    let mut record = xiaosha();
    let run = record.arg("record").arg(&workbook).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(
        said.contains("error[E306] plan.xlsx 'Work orders'!M5: `about 3` is not a number"),
        "{said}"
    );
    assert!(!folder.join("done.csv").exists());
}
