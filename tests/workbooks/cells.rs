//! Cells of every kind that a spreadsheet holds, and where findings about them stand.

use crate::book::{Book, Put};
use crate::scenario_patch::{Files, brief, listed, tiny};
use crate::{assert_same, load};
use rust_xlsxwriter::{Format, Formula};
use tempfile::TempDir;
use xiaosha::domain::Scenario;
use xiaosha::finding::{Findings, render_json, render_text};
use xiaosha::lang::Lang;
use xiaosha::validate;

fn read(book: Book) -> (Option<Scenario>, Findings) {
    let home = TempDir::new().unwrap();
    let path = home.path().join("book.xlsx");
    book.write(&path);
    validate::load(&path)
}

#[track_caller]
fn scenario(book: Book) -> Scenario {
    let home = TempDir::new().unwrap();
    let path = home.path().join("book.xlsx");
    book.write(&path);
    load(&path)
}

/// The workbook has exactly these findings, each `CODE book.xlsx sheet!cell`.
#[track_caller]
fn check(book: Book, expected: &[&str]) {
    let (_, findings) = read(book);
    assert_eq!(listed(&findings), expected, "\n{}", crate::shown(&findings));
}

/// The tiny scenario with a column of each kind.
fn rich() -> Files {
    tiny()
        .with(
            "sites.csv",
            "site,kind,zone,lon,lat,parts,area_m2,stalls,contact\n\
             007,road,north,84.8725,45.6,2,4000,,13899\n\
             yard,yard,north,,,,2000,,\n\
             market,market,south,,,,1500,12,0990\n",
        )
        .with(
            "teams.csv",
            "team,methods,zones,hours_per_day,speed,cost_per_day,committed,from,to\n\
             A,residual;bait,,8,1.2,700,yes,2026-05-02,2026/5/30\n\
             B,residual,north,7.5,,600.5,no,,\n",
        )
        .replace("treatments.csv", "0.001", "0.3")
}

#[test]
fn cells_of_every_kind_are_read_like_the_same_cells_in_csv() {
    let files = rich();
    let texts = scenario(Book::of(&files));
    assert_same(&files.scenario(), &texts);
    let typed = Book::of(&files)
        .put("sites", "A2", Put::Format(7.0, "000"))
        .put("sites", "D2", Put::Number(84.8725))
        .put("sites", "F2", Put::Number(2.0))
        .put("sites", "G2", Put::Formula("=2000*2", "4000"))
        .put("sites", "G3", Put::Format(2000.0, "#,##0.00"))
        .put("sites", "G4", Put::Number(1_500.000_000_000_000_2))
        .put("sites", "I2", Put::Number(13899.0))
        .put("sites", "I4", Put::Text("0990"))
        .put("treatments", "E2", Put::Number(0.1 + 0.2))
        .put("teams", "D2", Put::Number(8.0))
        .put("teams", "E2", Put::Format(1.2, "0%"))
        .put("teams", "F3", Put::Format(600.5, "\"¥\"#,##0.00"))
        .put("teams", "G2", Put::Bool(true))
        .put("teams", "G3", Put::Bool(false))
        .put("teams", "H2", Put::Date(2026, 5, 2))
        .put(
            "teams",
            "I2",
            Put::Format(46172.0, "yyyy\"年\"m\"月\"d\"日\""),
        )
        .put("settings", "B3", Put::Date(2026, 5, 1))
        .put("settings", "B4", Put::Date(2026, 5, 31));
    assert_same(&texts, &scenario(typed));
}

#[test]
fn chinese_names_of_sheets_and_headers_do_as_well() {
    let files = tiny().with("products.csv", "药品,每包数量,每包价格\nwp,6,120\n");
    let mut book = Book::of(&files);
    for (en, zh) in [
        ("settings", "设置"),
        ("sites", "地点"),
        ("treatments", "防制措施"),
        ("teams", "TEAMS"),
        ("products", " 药品 "),
        ("coverage", "规则"),
    ] {
        book = book.on(en, |sheet| {
            sheet.set_name(zh).unwrap();
        });
    }
    let book = book.on("设置", |sheet| {
        for (row, text) in ["设置", "名称", "开始", "结束"].iter().enumerate() {
            sheet.write_string(row as u32, 0, *text).unwrap();
        }
        sheet.write_string(0, 1, "值").unwrap();
    });
    assert_same(&files.scenario(), &scenario(book));
}

#[test]
fn blank_rows_hidden_sheets_and_sheets_of_notes_change_nothing() {
    let files = tiny();
    let mut book = Book::of(&files)
        .on("sites", |sheet| {
            // A row far below, with blank ones between, and cells that are only coloured.
            let colour = Format::new().set_background_color("#FFFF00");
            sheet.write_blank(20, 3, &colour).unwrap();
            sheet.write_string(3, 0, "").unwrap();
            for (at, text) in ["market", "market", "south", "1500", "12"]
                .iter()
                .enumerate()
            {
                sheet.write_blank(3, at as u16, &colour).unwrap();
                sheet.write_string(40, at as u16, *text).unwrap();
            }
        })
        .on("products", |sheet| {
            sheet.set_hidden(true);
        });
    let notes = book.workbook.add_worksheet();
    notes.set_name("备注").unwrap();
    notes.write_string(0, 0, "what we talked about").unwrap();
    assert_same(&files.scenario(), &scenario(book));
}

#[test]
fn findings_name_sheet_and_cell() {
    let book = Book::of(&tiny())
        .put("sites", "D3", Put::Text("many"))
        .put("teams", "E2", Put::Number(-5.0))
        .put("coverage", "C2", Put::Text("spary"))
        .on("sites", |sheet| {
            sheet.set_name("地点").unwrap();
        });
    let (scenario, findings) = read(book);
    assert!(scenario.is_none());
    let expected = [
        "E306 book.xlsx 地点!D3",
        "E307 book.xlsx teams!E2",
        "E304 book.xlsx coverage!C2",
    ];
    assert_eq!(listed(&findings), expected);
    let english = render_text(&findings, Lang::En, 50);
    assert!(
        english.contains("error[E306] book.xlsx 地点!D3 `area_m2`: `many` is not a number"),
        "{english}"
    );
    let chinese = render_text(&findings, Lang::Zh, 50);
    assert!(
        chinese.contains("错误[E306] book.xlsx 地点!D3“area_m2”：`many` 不是数字"),
        "{chinese}"
    );
    assert!(
        chinese.contains("措施 `spary` 不在“措施”中"),
        "sheets are named, not files: {chinese}"
    );
    let json: serde_json::Value = serde_json::from_str(&render_json(&findings, 50)).unwrap();
    let first = &json["findings"][0];
    assert_eq!(first["file"], "book.xlsx");
    assert_eq!(first["sheet"], "地点");
    assert_eq!(first["cell"], "D3");
    assert_eq!((&first["line"], &first["column"]), (&3.into(), &4.into()));
}

#[test]
fn rows_as_a_whole_and_settings_have_their_places_too() {
    check(
        Book::of(&tiny()).put("coverage", "A3", Put::Text("outdoors")),
        &["E303 book.xlsx coverage!A3"],
    );
    let book = Book::of(&tiny()).put("settings", "A3", Put::Text("starts"));
    let (_, findings) = read(book);
    let places: Vec<String> = findings.sorted().into_iter().map(brief).collect();
    assert_eq!(
        places,
        ["E117 book.xlsx settings", "W122 book.xlsx settings!A3"]
    );
    check(
        Book::of(&tiny()).put("settings", "A4", Put::Text("开始")),
        &["E117 book.xlsx settings", "E108 book.xlsx settings!A4"],
    );
    check(
        Book::of(&tiny()).put("settings", "B4", Put::Number(46173.0)),
        &["E308 book.xlsx settings!B4"],
    );
}

#[test]
fn error_values_and_formulas_without_result_are_findings() {
    check(
        Book::of(&tiny()).put("teams", "D2", Put::Formula("=VLOOKUP(1,A1:B2,2)", "#N/A")),
        &["E136 book.xlsx teams!D2"],
    );
    // A column that is not read may hold what it likes.
    let book = Book::of(&tiny())
        .put("products", "D1", Put::Text("sum of last year"))
        .put("products", "D2", Put::Formula("=1/0", "#DIV/0!"));
    check(book, &["W121 book.xlsx products!D1"]);
    // A text that is empty is a result, and means a blank cell.
    let book = Book::of(&tiny()).on("sites", |sheet| {
        let blank = Formula::new("=IF(TRUE,\"\",1)").set_result("");
        sheet.write_formula(1, 4, blank).unwrap();
    });
    let (scenario, findings) = read(book);
    assert!(scenario.is_some(), "{}", crate::shown(&findings));
}

#[test]
fn merged_cells_are_a_warning() {
    let book = Book::of(&tiny()).on("sites", |sheet| {
        let plain = Format::new();
        sheet.merge_range(1, 2, 2, 2, "north", &plain).unwrap();
    });
    let (_, findings) = read(book);
    let merged = findings
        .sorted()
        .into_iter()
        .find(|finding| finding.code.id() == "W138")
        .unwrap();
    assert_eq!(brief(merged), "W138 book.xlsx sites!C2");
    assert!(merged.message.en.contains("C3"), "{}", merged.message.en);
}

#[test]
fn sheets_that_stand_twice_or_are_misspelt() {
    let mut book = Book::of(&tiny());
    let again = book.workbook.add_worksheet();
    again.set_name("地点").unwrap();
    again.write_string(0, 0, "site").unwrap();
    check(book, &["E135 book.xlsx 地点"]);
    let mut book = Book::of(&tiny());
    let near = book.workbook.add_worksheet();
    near.set_name("calender").unwrap();
    check(book, &["W139 book.xlsx calender"]);
}

#[test]
fn sheets_that_are_missing_or_empty() {
    check(
        Book::of(&tiny().without("scenario.toml").without("teams.csv")),
        &["E102 book.xlsx"],
    );
    check(
        Book::of(&tiny().without("teams.csv").without("coverage.csv")),
        &["E104 book.xlsx", "E104 book.xlsx"],
    );
    check(
        Book::of(&tiny().with("teams.csv", "")),
        &["E107 book.xlsx teams:1"],
    );
    check(
        Book::of(&tiny().with("budget.csv", "")),
        &["W125 book.xlsx budget:1"],
    );
}

#[test]
fn dates_with_a_time_of_day_and_times_alone_are_no_dates() {
    let files = rich().replace("sites.csv", "007", "road");
    check(
        Book::of(&files).put("teams", "H2", Put::Format(46144.5, "yyyy-mm-dd hh:mm")),
        &["E308 book.xlsx teams!H2"],
    );
    check(
        Book::of(&files).put("teams", "H2", Put::Format(0.5, "hh:mm")),
        &["E308 book.xlsx teams!H2"],
    );
    // Typed as a number, it is told which day it is.
    let (_, findings) = read(Book::of(&files).put("teams", "H2", Put::Number(46144.0)));
    let help = findings.sorted()[0].help.clone().unwrap();
    assert!(help.en.contains("2026-05-02"), "{}", help.en);
}

#[test]
fn cells_beyond_the_header_are_told_once() {
    let book = Book::of(&tiny())
        .put("sites", "XFD3", Put::Text("far"))
        .put("sites", "XFD4", Put::Text("away"))
        .put("sites", "G2", Put::Number(1.0));
    check(
        book,
        &["W124 book.xlsx sites!G2", "W124 book.xlsx sites!XFD3"],
    );
}

#[test]
fn a_sheet_of_too_much_text_is_read_in_part() {
    // A workbook stores a text once, however many cells hold it.
    let text = "长".repeat(10_000);
    let book = Book::of(&tiny()).on("sites", |sheet| {
        sheet.write_string(0, 5, "note").unwrap();
        for row in 4..2_300 {
            sheet.write_string(row, 0, format!("s{row}")).unwrap();
            sheet.write_string(row, 5, &text).unwrap();
        }
    });
    let (scenario, findings) = read(book);
    assert!(scenario.is_none());
    assert_eq!(findings.errors(), 1);
    assert_eq!(brief(findings.sorted()[0]), "E113 book.xlsx sites:2241");
}

#[test]
fn text_that_looks_like_a_formula_is_text() {
    let book = Book::of(&tiny())
        .put("sites", "F1", Put::Text("note"))
        .put("sites", "F2", Put::Text("=1+1"))
        .put("sites", "F3", Put::Text("'-quoted"));
    let scenario = scenario(book);
    assert_eq!(scenario.sites[0].texts["note"], "=1+1");
    assert_eq!(scenario.sites[1].texts["note"], "'-quoted");
}
