//! Filled-in work orders: what cannot be understood, and what would be lost.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot write its files fails"
)]

use crate::scenario_patch::listed;
use rust_xlsxwriter::{Workbook, Worksheet};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::PathBuf;
use tempfile::TempDir;
use xiaosha::finding::render_text;
use xiaosha::lang::Lang;
use xiaosha::orders::{Column, SHEET};
use xiaosha::record::{self, DoneFile, WorkOrders};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A workbook of one page with these rows below the headings, each cell with its column.
fn workbook(desk: &TempDir, rows: &[&[(Column, &str)]]) -> PathBuf {
    let mut workbook = Workbook::new();
    page(workbook.add_worksheet(), rows);
    let path = desk.path().join("plan.xlsx");
    workbook.save(&path).unwrap();
    path
}

/// Writes a page with these rows.
fn page(sheet: &mut Worksheet, rows: &[&[(Column, &str)]]) {
    sheet.set_name(SHEET.0).unwrap();
    for column in Column::ALL {
        let heading = column.heading().zh;
        sheet.write_string(0, column as u16, heading).unwrap();
    }
    for (at, cells) in rows.iter().enumerate() {
        let row = at as u32 + 1;
        let usual = [
            (Column::Date, "2026-05-04"),
            (Column::Crew, "1"),
            (Column::TeamId, "A"),
            (Column::SiteId, "road"),
            (Column::TreatmentId, "spray"),
            (Column::ProductId, "wp"),
        ];
        // A later text takes the place of an earlier one, a blank one too.
        let cells: BTreeMap<Column, &str> = usual.iter().chain(*cells).copied().collect();
        for (column, text) in cells {
            sheet.write_string(row, column as u16, text).unwrap();
        }
    }
}

/// What is found in a workbook with these rows.
#[track_caller]
fn check(rows: &[&[(Column, &str)]], expected: &[&str]) -> Option<WorkOrders> {
    let desk = TempDir::new().unwrap();
    let (orders, findings) = record::read(&workbook(&desk, rows));
    let text = render_text(&findings, Lang::En, 50);
    assert_eq!(listed(&findings), expected, "\n{text}");
    orders
}

#[test]
fn every_bad_cell_is_named_at_once_with_sheet_and_cell() {
    let rows: [&[(Column, &str)]; 6] = [
        &[(Column::Done, "也许")],
        &[(Column::Done, "√"), (Column::Actual, "三公斤")],
        &[(Column::Actual, "-1")],
        &[
            (Column::Done, "√"),
            (Column::Date, "五月四日"),
            (Column::Crew, "甲"),
        ],
        &[(Column::Signature, "张三"), (Column::Date, "")],
        &[(Column::Done, "×"), (Column::Actual, "2")],
    ];
    let expected = [
        "E310 plan.xlsx 派工单!K2",
        "E306 plan.xlsx 派工单!L3",
        "E307 plan.xlsx 派工单!L4",
        "E308 plan.xlsx 派工单!B5",
        "E307 plan.xlsx 派工单!D5",
        "E301 plan.xlsx 派工单!B6",
        "E702 plan.xlsx 派工单!L7",
    ];
    assert_eq!(check(&rows, &expected), None);

    let desk = TempDir::new().unwrap();
    let (_, findings) = record::read(&workbook(&desk, &rows));
    let text = render_text(&findings, Lang::Zh, 50);
    assert!(
        text.contains("plan.xlsx 派工单!K2：`也许` 看不出是否完成"),
        "{text}"
    );
}

#[test]
fn what_is_doubtful_is_a_warning() {
    let rows: [&[(Column, &str)]; 3] = [
        &[(Column::Done, "√"), (Column::Actual, "2.5")],
        &[(Column::Done, "√")],
        &[
            (Column::Done, "√"),
            (Column::Actual, "3"),
            (Column::ProductId, ""),
            (Column::SiteId, "yard"),
        ],
    ];
    let orders = check(
        &rows,
        &["W425 plan.xlsx 派工单!B3", "W711 plan.xlsx 派工单!L4"],
    )
    .unwrap();
    assert_eq!((orders.done.len(), orders.left_out), (2, 0));
    assert_eq!(orders.done[0].quantity.unwrap().to_string(), "2.5");
    assert_eq!(orders.done[1].quantity, None);
}

#[test]
fn files_that_hold_no_work_orders() {
    let desk = TempDir::new().unwrap();
    let check = |name: &str, expected: &str| {
        let (orders, findings) = record::read(&desk.path().join(name));
        assert_eq!(orders, None);
        assert_eq!(listed(&findings), [expected]);
    };
    check("nowhere.xlsx", "E103 nowhere.xlsx");
    fs::write(desk.path().join("text.xlsx"), "date,team\n").unwrap();
    check("text.xlsx", "E131 text.xlsx");
    // What LibreOffice and old Excel save, and binary Excel.
    fs::write(
        desk.path().join("old.xls"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old",
    )
    .unwrap();
    check("old.xls", "E131 old.xls");
    for (name, part) in [
        ("free.ods", "content.xml"),
        ("binary.xlsb", "xl/workbook.bin"),
    ] {
        fs::write(
            desk.path().join(name),
            packed(&[(part.to_owned(), b"x".to_vec())]),
        )
        .unwrap();
        check(name, &format!("E131 {name}"));
    }
    let mut other = Workbook::new();
    other.add_worksheet().set_name("别的").unwrap();
    other.save(desk.path().join("other.xlsx")).unwrap();
    check("other.xlsx", "E701 other.xlsx");
}

/// Parts of a workbook, packed.
fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default();
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_cell_far_from_all_others_costs_nothing() {
    let desk = TempDir::new().unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    page(sheet, &[&[(Column::Done, "√")]]);
    // The last cell that a sheet has: the rectangle up to it holds 17 thousand million cells.
    sheet.write_string(1_048_575, 16_383, "备注").unwrap();
    let path = desk.path().join("plan.xlsx");
    book.save(&path).unwrap();
    let (orders, findings) = record::read(&path);
    assert!(findings.is_empty(), "{:?}", listed(&findings));
    assert_eq!(orders.unwrap().done.len(), 1);
}

#[test]
fn a_small_file_that_unpacks_to_too_much_is_refused() {
    let desk = TempDir::new().unwrap();
    let mut archive = ZipArchive::new(fs::File::open(workbook(&desk, &[])).unwrap()).unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push((part.name().unwrap().into_owned(), bytes));
    }
    for at in 0..9 {
        parts.push((format!("xl/media/{at}.png"), vec![0; 30 << 20]));
    }
    let bomb = packed(&parts);
    assert!(bomb.len() < 1 << 20);
    let path = desk.path().join("bomb.xlsx");
    fs::write(&path, bomb).unwrap();
    let (orders, findings) = record::read(&path);
    assert_eq!(orders, None);
    assert_eq!(listed(&findings), ["E105 bomb.xlsx"]);
}

#[test]
fn a_long_text_that_many_cells_share_does_not_fill_the_memory() {
    let desk = TempDir::new().unwrap();
    let mut book = Workbook::new();
    // The workbook holds the text once; read, these are 34 MB on each of two sheets.
    let text = "长".repeat(10_900);
    for name in [SHEET.0.to_owned(), format!("{} 2", SHEET.0)] {
        let sheet = book.add_worksheet();
        page(sheet, &[]);
        sheet.set_name(name).unwrap();
        for row in 1..=1_050 {
            let column = Column::Done as u16;
            sheet.write_string(row, column, &text).unwrap();
        }
    }
    let path = desk.path().join("plan.xlsx");
    book.save(&path).unwrap();
    assert!(fs::metadata(&path).unwrap().len() < 1 << 20);
    let (orders, findings) = record::read(&path);
    assert_eq!(orders, None);
    let [finding] = &listed(&findings)[..] else {
        panic!("{:?}", listed(&findings));
    };
    assert!(finding.starts_with("E113 plan.xlsx 派工单 2:"), "{finding}");
}

#[test]
fn rows_are_added_to_a_record_of_any_form_and_none_is_lost() {
    let desk = TempDir::new().unwrap();
    let rows: [&[(Column, &str)]; 2] = [
        &[(Column::Done, "√"), (Column::Actual, "2.5")],
        &[(Column::Done, "√"), (Column::SiteId, "yard")],
    ];
    let (orders, _) = record::read(&workbook(&desk, &rows));
    let done = orders.unwrap().done;
    let path = desk.path().join("done.csv");
    // As a spreadsheet in Chinese saves it.
    let there = "地点,措施,日期,队伍,数量,工时\r\nroad,spray,2026/5/4,A,2.4,1.5\r\n甲 路,spray,2026/5/3,A,,\r\n";
    fs::write(&path, encoding_rs::GB18030.encode(there).0).unwrap();
    let (file, findings) = DoneFile::joined(&path, &done, Lang::En);
    assert_eq!(listed(&findings), ["W712 done.csv:2"]);
    let file = file.unwrap();
    assert_eq!((file.added, file.known), (1, 1));
    file.write(&path).unwrap();
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "\u{feff}日期,队伍,地点,措施,组号,药品,数量,工时\n\
         2026/5/4,A,road,spray,,,2.4,1.5\n\
         2026/5/3,A,甲 路,spray,,,,\n\
         2026-05-04,A,yard,spray,1,wp,,\n"
    );
    // A second time nothing is new.
    let (file, _) = DoneFile::joined(&path, &done, Lang::En);
    assert_eq!(file.unwrap().added, 0);

    fs::write(
        &path,
        "date,team,site,treatment,备注\n2026-05-04,A,road,spray,雨天\n",
    )
    .unwrap();
    let (file, findings) = DoneFile::joined(&path, &done, Lang::En);
    assert_eq!(file, None);
    assert_eq!(listed(&findings), ["E703 done.csv", "W121 done.csv:1:5"]);
}
