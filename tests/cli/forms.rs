//! `init` and `convert`, and a workbook wherever a folder is accepted.

use super::{Desk, code, content, full_season, is_marked, mark, stderr, stdout, xiaosha};
use std::fs;

#[test]
fn the_example_plans_complete_as_it_stands_in_both_languages_and_both_forms() {
    let desk = Desk::new();
    for (lang, name, proven) in [
        ("zh", "示范.xlsx", "已证明没有更好的计划"),
        ("en", "example", "proven: no plan is better"),
    ] {
        let path = desk.path(name);
        let mut init = xiaosha();
        init.args(["init", "--example", "--lang", lang]).arg(&path);
        let said = stdout(&mut init);
        assert!(said.contains("xiaosha plan"), "{said}");
        assert_eq!(code(xiaosha().arg("check").arg(&path)), Some(0));
        let mut plan = xiaosha();
        plan.args(["plan", "--require-full", "--lang", lang]);
        plan.arg(&path);
        let output = plan.output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(said.contains(proven), "{said}");
    }
    // Beside a workbook, within a folder.
    for plan in ["示范-plan", "example/plan"] {
        assert!(desk.path(plan).join("visits.csv").is_file());
        assert!(desk.path(plan).join("summary.json").is_file());
    }
    let mut verify = xiaosha();
    verify
        .arg("verify")
        .arg(desk.path("示范.xlsx"))
        .arg(desk.path("示范-plan"));
    assert_eq!(code(&mut verify), Some(0));
}

#[test]
fn a_workbook_and_its_folder_give_the_same_plan() {
    let (desk, folder) = Desk::with(&full_season());
    let book = desk.path("season.xlsx");
    let mut convert = xiaosha();
    convert.arg("convert").arg(&folder).arg(&book);
    assert_eq!(stdout(&mut convert), format!("wrote {}\n", book.display()));
    for scenario in [&folder, &book] {
        assert_eq!(
            code(xiaosha().args(["plan", "--quiet"]).arg(scenario)),
            Some(0)
        );
    }
    let of_folder = content(&folder.join("plan"));
    let of_book = content(&desk.path("season-plan"));
    for (name, text) in &of_folder {
        if name != "summary.json" {
            assert_eq!(text, &of_book[name], "{name}");
        }
    }
    assert!(of_folder.len() >= 6);
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let (desk, folder) = Desk::with(&full_season());
    let before = content(&folder);
    let book = desk.path("book.xlsx");
    fs::write(&book, "mine").unwrap();
    for target in [&folder, &book] {
        for command in ["init", "convert"] {
            let mut run = xiaosha();
            run.arg(command);
            if command == "convert" {
                run.arg(&folder);
            }
            run.arg(target);
            assert_eq!(code(&mut run), Some(2), "{command}");
            let said = stderr(&mut run);
            assert!(said.contains("is there already"), "{said}");
            let said = stderr(run.args(["--lang", "zh"]));
            assert!(said.contains("已经存在"), "{said}");
        }
    }
    assert_eq!(content(&folder), before);
    assert_eq!(fs::read_to_string(&book).unwrap(), "mine");
}

#[test]
fn a_name_of_another_kind_of_file_is_wrong_usage() {
    let desk = Desk::new();
    let target = desk.path("season.xls");
    let mut init = xiaosha();
    init.arg("init").arg(&target);
    assert_eq!(code(&mut init), Some(2));
    assert!(stderr(&mut init).contains("a workbook ends in .xlsx"));
    assert!(!target.exists());
}

#[test]
fn a_workbook_that_is_none_is_refused_by_every_command() {
    let desk = Desk::new();
    let book = desk.path("old.xls");
    fs::write(&book, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old").unwrap();
    for command in ["check", "plan", "verify", "convert"] {
        let mut run = xiaosha();
        run.arg(command).arg(&book);
        if ["verify", "convert"].contains(&command) {
            run.arg(desk.path("other"));
        }
        assert_eq!(code(&mut run), Some(2), "{command}");
        let said = stdout(&mut run) + &stderr(&mut run);
        assert!(said.contains("error[E131] old.xls:"), "{said}");
    }
    assert!(!desk.path("other").exists());
}

#[test]
fn workbooks_are_compared_and_written_about_beside_themselves() {
    let desk = Desk::new();
    let season = full_season();
    season.write(&desk.path("full"));
    season
        .replace("budget.csv", "25000", "1800")
        .write(&desk.path("less"));
    let book = |name: &str| desk.path(&format!("{name}.xlsx"));
    for name in ["full", "less"] {
        let mut convert = xiaosha();
        convert.arg("convert").arg(desk.path(name)).arg(book(name));
        assert_eq!(code(&mut convert), Some(0));
        fs::remove_dir_all(desk.path(name)).unwrap();
    }
    // A plan that is there already is found and used.
    let mut plan = xiaosha();
    plan.args(["plan", "--effort", "quick"]);
    assert_eq!(code(plan.arg(book("less"))), Some(0));
    mark(&desk.path("less-plan"));
    let mut compare = xiaosha();
    compare.arg("compare").args([book("full"), book("less")]);
    let said = stdout(&mut compare);
    assert!(said.starts_with("base  full  "), "{said}");
    assert!(said.contains("amount  25000 → 1800"), "{said}");
    let out = desk.path("full-comparison");
    assert!(out.join("report.html").is_file() && out.join("comparison.csv").is_file());
    assert!(is_marked(&out.join("less")));

    let mut document = xiaosha();
    document.args(["document", "--kind", "plan", "--lang", "zh"]);
    document.arg(book("less"));
    assert_eq!(code(&mut document), Some(0));
    assert!(desk.path("less-documents/工作方案.docx").is_file());
}

#[test]
fn findings_in_a_workbook_speak_of_its_sheets_whatever_the_command() {
    let desk = Desk::new();
    let season = full_season().replace("coverage.csv", "road,spray,", "road,sprey,");
    season.write(&desk.path("season"));
    let book = desk.path("season.xlsx");
    let mut convert = xiaosha();
    convert.arg("convert").arg(desk.path("season")).arg(&book);
    assert_eq!(code(&mut convert), Some(0));
    for command in ["check", "plan", "compare"] {
        let mut run = xiaosha();
        run.arg(command).arg(&book);
        if command == "compare" {
            run.arg(desk.path("season"));
        }
        assert_eq!(code(&mut run), Some(2));
        let said = stderr(&mut run) + &stdout(&mut run);
        assert!(
            said.contains("treatment `sprey` is not in `treatments`"),
            "{said}"
        );
    }
}
