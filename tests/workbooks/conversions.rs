//! From folder to workbook and back, nothing is lost.

use crate::generate::{self, Size};
use crate::scenario_patch::{Files, listed, tiny};
use crate::{assert_same, load, shown};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use xiaosha::finding::Findings;
use xiaosha::form::{self, ConvertError};
use xiaosha::lang::Lang;
use xiaosha::read;
use xiaosha::validate;

#[track_caller]
fn convert(from: &Path, to: &Path) {
    let mut findings = Findings::new();
    if let Err(error) = form::convert(from, to, Lang::Zh, &mut findings) {
        panic!("{error:?}\n{}", shown(&findings));
    }
}

/// What a folder or workbook says, as written.
#[track_caller]
fn written(path: &Path) -> String {
    let mut findings = Findings::new();
    let own = read::own(path, &mut findings);
    let own = own.unwrap_or_else(|| panic!("{}", shown(&findings)));
    format!("{:#?}\n{:#?}", own.settings, own.tables)
}

/// The scenario comes through a workbook, and a folder made of that.
#[track_caller]
fn check(from: &Path) {
    let home = TempDir::new().unwrap();
    let (book, folder) = (home.path().join("书.xlsx"), home.path().join("册"));
    convert(from, &book);
    convert(&book, &folder);
    let scenario = load(from);
    assert_same(&scenario, &load(&book));
    assert_same(&scenario, &load(&folder));
}

fn folders(under: &str) -> Vec<PathBuf> {
    let under = Path::new(env!("CARGO_MANIFEST_DIR")).join(under);
    let mut found: Vec<PathBuf> = std::fs::read_dir(under)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("scenario.toml").is_file())
        .collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

#[test]
fn every_case_comes_through() {
    for folder in folders("tests/cases") {
        check(&folder);
    }
}

#[test]
fn the_community_and_the_overlays_of_karamay_come_through() {
    for folder in folders("scenarios") {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        // The others are as large as the summer, of which three overlays are read.
        if name == "community" || name.starts_with("karamay-summer-third") {
            check(&folder);
        }
    }
}

#[test]
fn random_scenarios_come_through() {
    for seed in generate::seeds(60) {
        let home = TempDir::new().unwrap();
        let folder = home.path().join("folder");
        generate::folder(seed, &Size::small()).write(&folder);
        check(&folder);
    }
}

/// Cells that a spreadsheet would change, or take for a formula.
fn delicate() -> Files {
    tiny()
        .with(
            "sites.csv",
            "site,name,kind,zone,area_m2,stalls,phone,备注,a;b;c\n\
             01, =1+1,road,north,\"4,000\",,0991-4567,\"- 三楼,\n\"\"东\"\"门\",1\n\
             3E5,+86 991,yard,north,2000.50,,13800001111,\u{ff1d}x,2\n\
             market, spaced ,market,south,1500,12,'\u{2f}x,@home,03\n",
        )
        .with(
            "calendar.csv",
            "date,scope,status,reason,own notes\n2026/5/3,site:01,closed, +rain,x\n2026年5月4日,all,usual,-,\n",
        )
        .append("scenario.toml", "access_min = 7.50\ncurrency = \"=元\"\nworkdays = [\"mon\", \"tue\"]\n")
}

#[test]
fn cells_that_a_spreadsheet_would_spoil_come_through() {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("folder");
    delicate().write(&folder);
    check(&folder);
    let scenario = load(&folder);
    assert_eq!(scenario.sites[0].id, "01");
    assert_eq!(scenario.sites[0].name, "=1+1");
    assert_eq!(scenario.sites[1].name, "+86 991");

    let (book, back) = (home.path().join("book.xlsx"), home.path().join("back"));
    convert(&folder, &book);
    convert(&book, &back);
    // Numbers and dates may be written in another way; texts and columns nobody reads stay as they are.
    let says = written(&back);
    for text in [
        "own notes",
        "0991-4567",
        "13800001111",
        "@home",
        "\"03\"",
        "三楼,\\n\\\"东\\\"门",
    ] {
        assert!(says.contains(text), "{text}: {says}");
    }
    let sites = std::fs::read_to_string(back.join("sites.csv")).unwrap();
    assert!(sites.starts_with('\u{feff}'), "Excel needs the mark");
    for cell in sites.split([',', '\n']).map(|cell| cell.trim_matches('"')) {
        let is_number = cell.parse::<f64>().is_ok();
        assert!(
            is_number || !cell.starts_with(['=', '+', '-', '@']),
            "{cell}"
        );
    }
}

#[test]
fn a_quote_mark_before_a_sign_is_part_of_the_text() {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("folder");
    tiny()
        .append("sites.csv", "'=x,road,north,100,\n")
        .write(&folder);
    assert_eq!(load(&folder).sites[3].id, "'=x");
    let (book, back) = (home.path().join("book.xlsx"), home.path().join("back"));
    convert(&folder, &book);
    assert_eq!(load(&book).sites[3].id, "'=x");
    convert(&book, &back);
    assert_eq!(load(&back).sites[3].id, "'=x");
}

#[test]
fn a_workbook_holds_texts_and_never_formulas() {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("folder");
    delicate().write(&folder);
    let book = home.path().join("book.xlsx");
    convert(&folder, &book);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&book).unwrap()).unwrap();
    for at in 0..archive.len() {
        let part = archive.by_index(at).unwrap();
        if part.name().unwrap().starts_with("xl/worksheets/") {
            let xml = std::io::read_to_string(part).unwrap();
            assert!(!xml.contains("<f>") && !xml.contains("<f "), "{xml}");
        }
    }
}

#[test]
fn what_a_scenario_extends_is_named_from_its_new_place() {
    let home = TempDir::new().unwrap();
    let at = |name: &str| home.path().join(name);
    tiny().write(&at("base"));
    let leaf = Files::none()
        .with(
            "scenario.toml",
            "name = \"leaf\"\nextends = \"../base\"\naccess_min = \"-\"\n",
        )
        .with("teams.csv", "team,drop\nB,yes\n")
        .with("sites.csv", "site,stalls\nmarket,-\nroad,3\n");
    leaf.write(&at("leaf"));
    let scenario = load(&at("leaf"));
    for (from, to, extends) in [
        ("leaf", "leaf.xlsx", "base"),
        ("leaf.xlsx", "deep/down/leaf.xlsx", "../../base"),
        ("deep/down/leaf.xlsx", "other", "../base"),
        ("leaf.xlsx", "beside.xlsx", "base"),
    ] {
        convert(&at(from), &at(to));
        assert_same(&scenario, &load(&at(to)));
        let says = written(&at(to));
        assert!(says.contains(&format!("\"{extends}\"")), "{to}: {says}");
    }
    let toml = std::fs::read_to_string(at("other/scenario.toml")).unwrap();
    assert_eq!(
        toml,
        "name = \"leaf\"\nextends = \"../base\"\naccess_min = \"-\"\n"
    );
}

#[test]
fn a_source_that_cannot_be_read_whole_is_refused_and_nothing_is_written() {
    let home = TempDir::new().unwrap();
    let (folder, book) = (home.path().join("folder"), home.path().join("book.xlsx"));
    tiny()
        .replace("sites.csv", "yard,yard", "yard,\"yard")
        .write(&folder);
    let mut findings = Findings::new();
    let refused = form::convert(&folder, &book, Lang::En, &mut findings);
    assert!(matches!(refused, Err(ConvertError::Findings)));
    assert_eq!(listed(&findings), ["E110 sites.csv:3:2"]);
    assert!(!book.exists());
}

#[test]
fn a_draft_whose_cells_are_still_wrong_is_converted() {
    let home = TempDir::new().unwrap();
    let (folder, book) = (home.path().join("folder"), home.path().join("book.xlsx"));
    tiny().replace("sites.csv", "4000", "many").write(&folder);
    convert(&folder, &book);
    let (_, findings) = validate::load(&book);
    assert_eq!(listed(&findings), ["E306 book.xlsx 地点!D2"]);
}
