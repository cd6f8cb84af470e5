//! Templates and the example: what `init` writes.

use crate::scenario_patch::listed;
use crate::{assert_same, load, shown};
use calamine::{Reader, Xlsx, open_workbook};
use std::path::Path;
use tempfile::TempDir;
use xiaosha::form::Form;
use xiaosha::lang::Lang;
use xiaosha::read::names::{HELP_SHEET, SETTINGS, TABLES, sheet_of};
use xiaosha::validate;

fn write(form: &Form, folder: &Path, name: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    form.write(&path).unwrap();
    path
}

#[test]
fn the_example_is_without_findings_in_both_languages_and_both_forms() {
    let home = TempDir::new().unwrap();
    for (lang, name) in [(Lang::Zh, "示范"), (Lang::En, "example")] {
        let form = Form::example(lang);
        let folder = write(&form, home.path(), name);
        let book = write(&form, home.path(), &format!("{name}.xlsx"));
        for path in [&folder, &book] {
            let (_, findings) = validate::load(path);
            assert!(findings.is_empty(), "{}", shown(&findings));
        }
        let scenario = load(&folder);
        assert_same(&scenario, &load(&book));
        assert_eq!((scenario.sites.len(), scenario.teams.len()), (12, 2));
        let pests: Vec<&str> = (scenario.treatments.iter())
            .flat_map(|treatment| &treatment.pests)
            .map(String::as_str)
            .collect();
        for pest in [lang.pick("蚊", "mosquito"), lang.pick("鼠", "rat")] {
            assert!(pests.contains(&pest), "{pests:?}");
        }
    }
}

#[test]
fn a_blank_template_asks_for_name_start_and_end_alone() {
    let home = TempDir::new().unwrap();
    for lang in [Lang::Zh, Lang::En] {
        let form = Form::blank(lang);
        let sheet = sheet_of("scenario.toml").get(lang);
        let name = lang.pick("空", "blank");
        let book = write(&form, home.path(), &format!("{name}.xlsx"));
        let (_, findings) = validate::load(&book);
        assert_eq!(
            listed(&findings),
            ["B2", "B3", "B4"].map(|cell| format!("E117 {name}.xlsx {sheet}!{cell}"))
        );
        let folder = write(&form, home.path(), name);
        let (_, findings) = validate::load(&folder);
        assert_eq!(
            listed(&findings),
            [(); 3].map(|()| "E117 scenario.toml".to_owned())
        );
    }
}

#[test]
fn a_template_has_every_column_in_the_language_and_a_line_of_help_for_each() {
    let home = TempDir::new().unwrap();
    for lang in [Lang::Zh, Lang::En] {
        let book = write(&Form::blank(lang), home.path(), &format!("{lang:?}.xlsx"));
        let mut book: Xlsx<_> = open_workbook(book).unwrap();
        let names = book.sheet_names();
        assert_eq!(names[0], sheet_of("scenario.toml").get(lang));
        assert_eq!(names[1], HELP_SHEET.get(lang), "help is the second sheet");
        let help = book.worksheet_range(HELP_SHEET.get(lang)).unwrap();
        let help: Vec<(String, String, String)> = help
            .rows()
            .map(|row| (row[0].to_string(), row[1].to_string(), row[5].to_string()))
            .collect();
        let explained = |sheet: &str, column: &str| {
            help.iter()
                .any(|(of, name, text)| of == sheet && name == column && !text.is_empty())
        };
        for setting in SETTINGS {
            let name = lang.pick(setting.zh[0], setting.en);
            assert!(
                explained(sheet_of("scenario.toml").get(lang), name),
                "{name}"
            );
        }
        for table in TABLES {
            let sheet = sheet_of(table.file).get(lang);
            let range = book.worksheet_range(sheet).unwrap();
            let headers: Vec<String> = range
                .rows()
                .next()
                .unwrap()
                .iter()
                .map(ToString::to_string)
                .collect();
            let columns = table.columns.iter().filter(|column| column.en != "drop");
            let expected: Vec<&str> = columns
                .map(|column| lang.pick(column.zh[0], column.en))
                .collect();
            assert_eq!(headers, expected, "{sheet}");
            for name in expected {
                assert!(explained(sheet, name), "{sheet} {name}");
            }
        }
    }
}

/// The XML of a sheet that this form writes, by its number from 1.
fn sheet_xml(form: &Form, number: usize) -> String {
    let home = TempDir::new().unwrap();
    let path = write(form, home.path(), "book.xlsx");
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let part = archive
        .by_name(&format!("xl/worksheets/sheet{number}.xml"))
        .unwrap();
    std::io::read_to_string(part).unwrap()
}

#[test]
fn cells_offer_lists_of_words_and_of_ids_of_other_tables() {
    let form = Form::example(Lang::Zh);
    let at = |file: &str| 3 + TABLES.iter().position(|table| table.file == file).unwrap();
    let calendar = sheet_xml(&form, at("calendar.csv"));
    assert!(calendar.contains("\"关闭,开放,照常\""), "{calendar}");
    let rules = sheet_xml(&form, at("coverage.csv"));
    assert!(rules.contains("OFFSET('措施'!$A$2"), "{rules}");
    assert!(rules.contains("\"整段,每月,每半月,每周\""), "{rules}");
    // Kinds, zones and tags of the sites, methods of the treatments.
    for column in ["C", "D", "H"] {
        assert!(
            rules.contains(&format!("OFFSET('地点'!${column}$2")),
            "{rules}"
        );
    }
    let teams = sheet_xml(&form, at("teams.csv"));
    assert!(
        teams.contains("OFFSET('措施'!$D$2") && teams.contains("OFFSET('地点'!$D$2"),
        "{teams}"
    );
    let rates = sheet_xml(&form, at("rates.csv"));
    assert!(rates.contains("OFFSET('队伍'!$C$2"), "{rates}");
    let treatments = sheet_xml(&form, at("treatments.csv"));
    assert!(treatments.contains("OFFSET('药品'!$A$2"), "{treatments}");
    assert!(
        treatments.contains("\"次,绿化面积（平方米）,水面面积（平方米）,毒饵站（个）\""),
        "{treatments}"
    );
    let done = sheet_xml(&form, at("done.csv"));
    for sheet in ["队伍", "地点", "措施", "药品"] {
        assert!(
            done.contains(&format!("OFFSET('{sheet}'!$A$2")),
            "{sheet}: {done}"
        );
    }
    assert!(
        done.contains("state=\"frozen\"") && done.contains("type=\"date\""),
        "{done}"
    );
}

#[test]
fn the_same_form_gives_the_same_bytes() {
    let home = TempDir::new().unwrap();
    let form = || Form::example(Lang::Zh);
    let one = write(&form(), home.path(), "one.xlsx");
    // Times in a ZIP archive are of two seconds; one of now would differ.
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    let two = write(&form(), home.path(), "two.xlsx");
    assert_eq!(std::fs::read(one).unwrap(), std::fs::read(two).unwrap());
}
