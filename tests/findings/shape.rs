//! The registry, its documentation, and the form in which findings are shown.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read its files fails"
)]

use crate::scenario_patch::tiny;
use std::path::Path;
use xiaosha::finding::{Code, explain, render_json, render_text};
use xiaosha::lang::Lang;

fn sources(folder: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut texts = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        texts += &std::fs::read_to_string(entry.unwrap().path()).unwrap();
    }
    texts
}

#[test]
fn every_code_is_explained_in_both_languages_and_provoked_by_a_test() {
    let folders = [
        "tests/findings",
        "tests/verify",
        "tests/office",
        "tests/workbooks",
    ];
    let tests: String = folders.into_iter().map(sources).collect();
    for code in Code::ALL {
        let id = code.id();
        for lang in [Lang::Zh, Lang::En] {
            let text = explain(id, lang).unwrap();
            assert!(text.starts_with(id) && text.lines().count() == 3, "{text}");
        }
        assert!(
            tests.contains(&format!("\"{id} ")) || tests.contains(&format!("\"{id}\"")),
            "no test provokes {id}"
        );
    }
}

#[test]
fn codes_are_unique_and_found_in_any_case() {
    let mut ids: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), Code::ALL.len());
    assert_eq!(Code::from_id(" e304"), Some(Code::UnknownId));
    assert_eq!(explain("E999", Lang::En), None);
}

#[test]
fn findings_are_shown_with_place_and_help() {
    let (_, findings) = tiny()
        .replace("coverage.csv", "gel;spray", "gel;spary")
        .load();
    assert_eq!(
        render_text(&findings, Lang::En, 50),
        "error[E304] coverage.csv:3, column 3 `treatments`: treatment `spary` is not in treatments.csv\n  \
         help: the nearest is `spray`\n\
         1 error, 0 warnings\n"
    );
    assert_eq!(
        render_text(&findings, Lang::Zh, 50),
        "错误[E304] coverage.csv:3 第 3 列“treatments”：措施 `spary` 不在 treatments.csv 中\n  \
         建议：最接近的是 `spray`\n\
         1 个错误，0 个警告\n"
    );
    let json: serde_json::Value = serde_json::from_str(&render_json(&findings, 50)).unwrap();
    let finding = &json["findings"][0];
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["file"], "coverage.csv");
    assert_eq!(finding["line"], 3);
    assert_eq!(finding["header"], "treatments");
    assert_eq!(
        finding["message"]["zh"],
        "措施 `spary` 不在 treatments.csv 中"
    );
}

#[test]
fn errors_come_before_warnings_and_files_in_reading_order() {
    let files = tiny()
        .replace("products.csv", "pack_cost", "pack_costs")
        .replace("coverage.csv", "gel;spray", "gel;spary")
        .replace("sites.csv", "4000", "x");
    let found = files.findings();
    assert_eq!(
        found,
        [
            "E306 sites.csv:2:4",
            "E304 coverage.csv:3:3",
            "W121 products.csv:1:3"
        ]
    );
}
