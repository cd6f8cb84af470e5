//! A short name for each scenario of a comparison: it heads a column and names the folder of the plan.

use crate::finding::say;
use crate::lang::Text;
use std::path::{Component, Path, PathBuf};

/// The name of each folder or workbook: its last step, with as many before it as tell it from the others.
///
/// # Errors
/// A message, when a folder is given twice or names cannot be told apart.
pub(super) fn distinct(folders: &[PathBuf]) -> Result<Vec<String>, Text> {
    let real: Vec<PathBuf> = folders.iter().map(|folder| real(folder)).collect();
    for (at, folder) in real.iter().enumerate() {
        if let Some(first) = real[..at].iter().position(|other| other == folder) {
            let (first, again) = (folders[first].display(), folders[at].display());
            return Err(say!(
                "`{again}` 与 `{first}` 是同一个方案：每个方案只写一次，基准写在最前",
                "`{again}` and `{first}` are one scenario: name each scenario once, the base first"
            ));
        }
    }
    let steps: Vec<Vec<String>> = real.iter().map(|path| steps(path, &real)).collect();
    let longest = steps.iter().map(Vec::len).max().unwrap_or(0);
    let mut lengths = vec![1; folders.len()];
    for _ in 0..longest {
        let names: Vec<String> = names(&steps, &lengths);
        let clashes: Vec<bool> = names
            .iter()
            .map(|name| names.iter().filter(|other| same(name, other)).count() > 1)
            .collect();
        if !clashes.contains(&true) {
            return Ok(names);
        }
        for (length, clash) in lengths.iter_mut().zip(clashes) {
            *length += usize::from(clash);
        }
    }
    Err(say!(
        "方案名称相同，无法区分：请给其中一个改名",
        "the names of the scenarios cannot be told apart: rename one of them"
    ))
}

/// Where the folder really is; a folder that is not there is a finding later.
fn real(folder: &Path) -> PathBuf {
    folder
        .canonicalize()
        .or_else(|_| std::path::absolute(folder))
        .unwrap_or_else(|_| folder.to_owned())
}

/// The steps to a scenario. Of a workbook `x.xlsx` the last one is `x`, or `x-xlsx` beside a folder `x`.
fn steps(path: &Path, all: &[PathBuf]) -> Vec<String> {
    let plain = path.with_extension("");
    let path = match path.extension() {
        Some(ending) if path.is_file() => {
            let twin = |other: &PathBuf| other != path && other.with_extension("") == plain;
            if all.iter().any(twin) {
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                path.with_file_name(format!("{stem}-{}", ending.to_string_lossy()))
            } else {
                plain
            }
        }
        _ => path.to_owned(),
    };
    path.components()
        .filter_map(|step| match step {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect()
}

fn names(steps: &[Vec<String>], lengths: &[usize]) -> Vec<String> {
    let pairs = steps.iter().zip(lengths);
    pairs
        .map(
            |(steps, length)| match &steps[steps.len().saturating_sub(*length)..] {
                [] => "scenario".to_owned(),
                last => last.join("-"),
            },
        )
        .collect()
}

/// Whether two names would be one folder on some system.
fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(folders: &[&str]) -> Result<Vec<String>, Text> {
        let folders: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
        distinct(&folders)
    }

    #[test]
    fn folders_are_called_by_their_last_steps() {
        assert_eq!(of(&["x/base", "x/more/"]).unwrap(), ["base", "more"]);
        let names = of(&["2025/summer", "2026/Summer", "2026/spring"]).unwrap();
        assert_eq!(names, ["2025-summer", "2026-Summer", "spring"]);
        let names = of(&["a/x/plan", "a/y/plan", "b/y/plan"]).unwrap();
        assert_eq!(names, ["x-plan", "a-y-plan", "b-y-plan"]);
    }

    #[test]
    fn workbooks_are_called_without_their_ending() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        for book in ["夏季.xlsx", "spring.xlsx"] {
            std::fs::write(path(book), "").unwrap();
        }
        std::fs::create_dir(path("spring")).unwrap();
        let names = distinct(&[path("夏季.xlsx"), path("spring"), path("spring.xlsx")]);
        assert_eq!(names.unwrap(), ["夏季", "spring", "spring-xlsx"]);
    }

    #[test]
    fn a_folder_may_stand_once_only() {
        let fault = of(&["src", "tests", "./src/"]).unwrap_err();
        assert_eq!(
            fault.en,
            "`./src/` and `src` are one scenario: name each scenario once, the base first"
        );
        assert!(of(&["nowhere", "nowhere"]).is_err());
    }
}
