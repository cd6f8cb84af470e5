//! Imports point one way, and files stay small enough to hold one concept: what ARCHITECTURE.md says, checked.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each module may import; a module that is not named here may not exist.
const ALLOWED: [(&str, &[&str]); 19] = [
    ("domain", &[]),
    ("lang", &[]),
    ("orders", &["lang"]),
    ("spreadsheet", &["lang"]),
    ("whole_file", &[]),
    ("finding", &["lang"]),
    ("read", &["finding", "lang"]),
    (
        "validate",
        &["read", "spreadsheet", "finding", "domain", "lang"],
    ),
    (
        "form",
        &[
            "validate",
            "read",
            "spreadsheet",
            "whole_file",
            "finding",
            "domain",
            "lang",
        ],
    ),
    // The checker shares cells and dates with the reader, nothing with the planner.
    ("verify", &["validate", "read", "finding", "domain", "lang"]),
    (
        "record",
        &[
            "validate",
            "read",
            "orders",
            "spreadsheet",
            "whole_file",
            "finding",
            "domain",
            "lang",
        ],
    ),
    ("season", &["domain"]),
    ("measures", &["season", "domain"]),
    (
        "compare",
        &["measures", "season", "validate", "read", "domain", "lang"],
    ),
    ("engine", &["season", "measures", "domain"]),
    (
        "explain",
        &["engine", "verify", "measures", "season", "domain"],
    ),
    (
        "report",
        &[
            "compare",
            "explain",
            "measures",
            "season",
            "orders",
            "spreadsheet",
            "whole_file",
            "domain",
            "lang",
        ],
    ),
    (
        "pipeline",
        &[
            "validate", "verify", "season", "engine", "measures", "compare", "explain", "report",
            "read", "finding", "domain", "lang",
        ],
    ),
    (
        "cli",
        &[
            "pipeline", "validate", "verify", "record", "engine", "measures", "season", "report",
            "form", "finding", "domain", "lang",
        ],
    ),
];

/// No file is longer; a longer one holds two concepts.
const LONGEST: usize = 500;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The module at the top of `src` that a file belongs to.
fn module(file: &Path) -> String {
    let inner = file
        .strip_prefix(root().join("src"))
        .expect("a source file");
    let first = inner.components().next().expect("a name");
    let first = Path::new(first.as_os_str()).file_stem().expect("a name");
    first.to_string_lossy().into_owned()
}

/// The modules that a text names by `crate::x` or `crate::{x, y}`, comments left out.
fn imports(text: &str) -> BTreeSet<String> {
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| line.to_owned() + "\n")
        .collect();
    let mut names = BTreeSet::new();
    for (at, before) in code.match_indices("crate::") {
        let path = &code[at + before.len()..];
        let list = path
            .strip_prefix('{')
            .map_or(path, |list| list.split(';').next().expect("a statement"));
        let mut depth = 0;
        for piece in list.split_inclusive([',', '{', '}', ';']) {
            let name: String = piece
                .trim()
                .chars()
                .take_while(|&c| c.is_ascii_lowercase() || c == '_')
                .collect();
            if depth == 0 && !name.is_empty() {
                names.insert(name);
            }
            depth += piece.matches('{').count();
            depth = depth.saturating_sub(piece.matches('}').count());
            if list.len() == path.len() {
                break;
            }
        }
    }
    names
}

#[test]
fn imports_point_one_way() {
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.into();
    let mut seen = BTreeSet::new();
    for file in files(&root().join("src")) {
        let module = module(&file);
        if module == "lib" || module == "main" {
            continue;
        }
        let may = allowed.get(module.as_str());
        let may = may.unwrap_or_else(|| panic!("ALLOWED does not name the module {module}"));
        let text = fs::read_to_string(&file).expect("source text");
        for import in imports(&text) {
            assert!(
                import == module || may.contains(&import.as_str()),
                "{} imports {import}, but {module} may import {may:?} only",
                file.display()
            );
        }
        seen.insert(module);
    }
    assert!(
        allowed.keys().all(|module| seen.contains(*module)),
        "{seen:?}"
    );
}

#[test]
fn the_table_of_architecture_md_is_the_one_that_is_checked() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("text");
    for (module, may) in ALLOWED {
        let row = page
            .lines()
            .find(|line| line.starts_with(&format!("| `{module}` |")));
        let row = row.unwrap_or_else(|| panic!("ARCHITECTURE.md has no row for {module}"));
        // These two import nearly everything, which the page says in words.
        if ["pipeline", "cli"].contains(&module) {
            continue;
        }
        let (_, said) = row.rsplit_once(" | ").expect("a last cell");
        let said: BTreeSet<&str> = said
            .trim_end_matches(" |")
            .split(", ")
            .map(|name| name.split(' ').next().expect("a first word"))
            .filter(|&name| name != "–")
            .collect();
        let may: BTreeSet<&str> = may.iter().copied().collect();
        assert_eq!(said, may, "{module}");
    }
}

#[test]
fn imports_are_found_in_groups_too() {
    let text = "use crate::{cli, report::{self, x}};\nlet a = crate::read::b;\n// crate::engine\n";
    assert_eq!(
        imports(text).into_iter().collect::<Vec<_>>(),
        ["cli", "read", "report"]
    );
}

#[test]
fn only_the_command_line_prints() {
    for file in files(&root().join("src")) {
        let text = fs::read_to_string(&file).expect("source text");
        let prints = [
            "println!",
            "print!(",
            "eprintln!",
            "io::stdout",
            "io::stderr",
        ]
        .iter()
        .any(|call| text.contains(call));
        assert!(!prints || module(&file) == "cli", "{}", file.display());
    }
}

#[test]
fn no_file_holds_two_concepts() {
    for folder in ["src", "benches", "examples"] {
        let folder = root().join(folder);
        if !folder.exists() {
            continue;
        }
        for file in files(&folder) {
            let lines = fs::read_to_string(&file).expect("text").lines().count();
            assert!(lines <= LONGEST, "{} has {lines} lines", file.display());
        }
    }
    let main = fs::read_to_string(root().join("src/main.rs")).expect("text");
    assert!(main.lines().count() < 50);
}
