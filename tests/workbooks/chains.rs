//! Folders and workbooks that extend each other.

use crate::book::{Book, Put};
use crate::scenario_patch::{Files, listed, tiny};
use crate::{assert_same, load};
use std::path::Path;
use tempfile::TempDir;
use xiaosha::domain::Scenario;
use xiaosha::validate;

/// Writes a scenario as a folder or as a workbook of this name.
fn write(files: &Files, home: &Path, name: &str) {
    if home.join(name).extension().is_some() {
        std::fs::create_dir_all(home.join(name).parent().unwrap()).unwrap();
        Book::of(files).write(&home.join(name));
    } else {
        files.write(&home.join(name));
    }
}

fn leaf(extends: &str) -> Files {
    Files::none()
        .with(
            "scenario.toml",
            format!("name = \"leaf\"\nextends = \"{extends}\"\n"),
        )
        .with(
            "sites.csv",
            "site,area_m2,kind,zone\nroad,3000,,\nlane,800,road,north\n",
        )
        .with("teams.csv", "team,drop\nB,yes\n")
}

fn chain(leaf_name: &str, base_name: &str, extends: &str) -> Scenario {
    let home = TempDir::new().unwrap();
    write(&tiny(), home.path(), base_name);
    write(&leaf(extends), home.path(), leaf_name);
    load(&home.path().join(leaf_name))
}

#[test]
fn folders_and_workbooks_extend_each_other() {
    let folders = chain("leaf", "base", "../base");
    assert_eq!(folders.name, "leaf");
    assert_eq!(folders.sites.len(), 4);
    assert_eq!(folders.teams.len(), 1);
    assert_same(&folders, &chain("leaf.xlsx", "base.xlsx", "base.xlsx"));
    assert_same(&folders, &chain("leaf.xlsx", "base", "./base/"));
    assert_same(&folders, &chain("leaf", "base.xlsx", "../base.xlsx"));
    assert_same(
        &folders,
        &chain("deep/leaf.xlsx", "other/base.xlsx", "..\\other\\base.xlsx"),
    );
}

#[test]
fn findings_in_a_base_name_its_file_as_seen_from_the_scenario() {
    let home = TempDir::new().unwrap();
    let book = || Book::of(&tiny()).put("sites", "D2", Put::Text("much"));
    std::fs::create_dir(home.path().join("other")).unwrap();
    book().write(&home.path().join("other/base.xlsx"));
    book().write(&home.path().join("base.xlsx"));
    let sound = Files::none();
    for (name, extends, place) in [
        ("leaf", "../other/base.xlsx", "../other/base.xlsx"),
        ("leaf.xlsx", "other/base.xlsx", "other/base.xlsx"),
        ("near.xlsx", "base.xlsx", "base.xlsx"),
    ] {
        let toml = format!("name = \"leaf\"\nextends = \"{extends}\"\n");
        write(
            &sound.clone().with("scenario.toml", toml),
            home.path(),
            name,
        );
        let (_, findings) = validate::load(&home.path().join(name));
        assert_eq!(listed(&findings), [format!("E306 {place} sites!D2")]);
    }
}

#[test]
fn a_base_that_is_missing_spoiled_or_the_scenario_itself() {
    let home = TempDir::new().unwrap();
    std::fs::write(home.path().join("spoiled.xlsx"), "PK\u{3}\u{4} not much").unwrap();
    for (extends, expected) in [
        ("nowhere.xlsx", "E201 leaf.xlsx settings!B3"),
        ("leaf.xlsx", "E202 leaf.xlsx settings!B3"),
        ("spoiled.xlsx", "E134 spoiled.xlsx"),
    ] {
        write(
            &leaf(extends).without("teams.csv"),
            home.path(),
            "leaf.xlsx",
        );
        let (scenario, findings) = validate::load(&home.path().join("leaf.xlsx"));
        assert!(scenario.is_none());
        assert!(
            listed(&findings).contains(&expected.to_owned()),
            "{:?}",
            listed(&findings)
        );
    }
}
