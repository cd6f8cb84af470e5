//! `plan.key`: what a plan was made from and what was written, so that it can be used again instead of made again.
//!
//! Tables are marked as they are after `extends`: cells as written, rows in their order. Encoding, separators, the
//! order of columns, comments and the place of the folder change nothing. A plan that was ended early is never used
//! again: it depends on the machine.

use crate::engine::{Effort, Options};
use crate::lang::Lang;
use crate::read::names::TABLES;
use crate::read::{SettingValue, Tables};
use crate::report::OutputFile;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The file's name.
pub(super) const NAME: &str = "plan.key";

/// All that a plan depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Origin {
    program: String,
    inputs: String,
    seed: u64,
    effort: String,
}

impl Origin {
    pub(super) fn new(tables: &Tables, options: Options) -> Self {
        Origin {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            inputs: inputs(tables),
            seed: options.seed,
            effort: word(options.effort).to_owned(),
        }
    }

    /// The same with another effort.
    pub(super) fn with(&self, effort: Effort) -> Self {
        Origin {
            effort: word(effort).to_owned(),
            ..self.clone()
        }
    }
}

/// The efforts that do no less than one, that one first.
pub(super) fn efforts_from(effort: Effort) -> &'static [Effort] {
    let all = &[Effort::Quick, Effort::Normal, Effort::Thorough];
    &all[effort as usize..]
}

fn word(effort: Effort) -> &'static str {
    match effort {
        Effort::Quick => "quick",
        Effort::Normal => "normal",
        Effort::Thorough => "thorough",
    }
}

/// A plan that is up to date.
#[derive(Debug)]
pub(super) struct Current {
    /// Names of its files, the key among them.
    pub(super) files: Vec<String>,
    /// Their language.
    pub(super) lang: Lang,
}

/// What stands in `plan.key`.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PlanKey {
    #[serde(flatten)]
    origin: Origin,
    /// The language of workbook and calendars, and the one in which the page opens. The plan itself has none.
    lang: Lang,
    /// Whether the planner came to its end.
    finished: bool,
    /// The hash of each file written.
    files: BTreeMap<String, String>,
}

impl PlanKey {
    /// The key of these files as a file.
    pub(super) fn of(
        origin: &Origin,
        lang: Lang,
        finished: bool,
        files: &[OutputFile],
    ) -> OutputFile {
        let hashes = files
            .iter()
            .map(|file| (file.name.clone(), content(&file.name, &file.bytes)));
        let key = PlanKey {
            origin: origin.clone(),
            lang,
            finished,
            files: hashes.collect(),
        };
        let mut json = serde_json::to_string_pretty(&key).expect("strings and numbers are JSON");
        json.push('\n');
        OutputFile {
            name: NAME.to_owned(),
            bytes: json.into_bytes(),
        }
    }

    /// The files in a folder that hold a finished plan of this very origin, unchanged since; `None` if there is no such
    /// plan.
    pub(super) fn current(folder: &Path, origin: &Origin) -> Option<Current> {
        let key = Self::unchanged(folder)?;
        let current = key.finished && key.origin == *origin;
        let names = key.files.into_keys().chain([NAME.to_owned()]);
        current.then(|| Current {
            files: names.collect(),
            lang: key.lang,
        })
    }

    /// Whether the files in a folder hold a plan of the same tables and program, whatever else it was made with: what is
    /// proven of it is proven.
    pub(super) fn is_proven(folder: &Path, origin: &Origin) -> bool {
        Self::unchanged(folder).is_some_and(|key| {
            (key.origin.program, key.origin.inputs)
                == (origin.program.clone(), origin.inputs.clone())
        })
    }

    /// The key in a folder, if all files are as they were written.
    fn unchanged(folder: &Path) -> Option<Self> {
        let json = fs::read(folder.join(NAME)).ok()?;
        let key: PlanKey = serde_json::from_slice(&json).ok()?;
        let is_unchanged = |(name, hash): (&String, &String)| {
            is_plain(name)
                && fs::read(folder.join(name)).is_ok_and(|bytes| content(name, &bytes) == *hash)
        };
        key.files.iter().all(is_unchanged).then_some(key)
    }
}

/// Whether a name is that of a file in the folder itself.
fn is_plain(name: &str) -> bool {
    Path::new(name)
        .file_name()
        .is_some_and(|plain| plain == name)
}

/// The hash of a file's content; of summary.json without `seconds`, which differ from run to run.
fn content(name: &str, bytes: &[u8]) -> String {
    if name == "summary.json"
        && let Ok(serde_json::Value::Object(mut summary)) = serde_json::from_slice(bytes)
    {
        summary.remove("seconds");
        let summary = serde_json::Value::Object(summary).to_string();
        return blake3::hash(summary.as_bytes()).to_hex().to_string();
    }
    blake3::hash(bytes).to_hex().to_string()
}

/// The hash of all cells and settings.
fn inputs(tables: &Tables) -> String {
    let mut hasher = blake3::Hasher::new();
    // Each text with its length, so that no two lists of texts run together.
    let mut feed = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    let mut settings: Vec<_> = tables.settings.given.iter().collect();
    settings.sort_by_key(|(key, _)| **key);
    for (key, setting) in settings {
        // Which folder the cells come from does not matter.
        if *key == "extends" {
            continue;
        }
        feed(key);
        match &setting.value {
            SettingValue::Text(text) => feed(text),
            SettingValue::List(entries) => entries.iter().for_each(|entry| feed(entry)),
        }
    }
    for declared in TABLES {
        let table = tables.table(declared.file);
        feed(declared.file);
        for row in &table.rows {
            feed("row");
            for column in declared.columns {
                if let Some(cell) = table.cell(row, column.en) {
                    feed(column.en);
                    feed(&cell.text);
                }
            }
            for (name, cell) in table.other_cells(row) {
                feed(name);
                feed(&cell.text);
            }
        }
    }
    hasher.finalize().to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Findings;
    use crate::read;

    fn hash_of(folder: &Path, sites: impl AsRef<[u8]>) -> String {
        fs::write(folder.join("scenario.toml"), "name = \"x\"\n").unwrap();
        fs::write(folder.join("sites.csv"), sites).unwrap();
        let mut findings = Findings::new();
        inputs(&read::tables(folder, &mut findings).unwrap())
    }

    #[test]
    fn the_mark_of_the_tables_is_that_of_their_cells() {
        let home = tempfile::tempdir().unwrap();
        let plain = hash_of(home.path(), "site,kind\n街,road\nb,park\n");
        let (gbk, ..) = encoding_rs::GB18030.encode("kind;site\r\nroad;街\r\npark;b\r\n");
        assert_eq!(plain, hash_of(home.path(), gbk));
        assert_eq!(plain, hash_of(home.path(), "类型,地点\nroad,街\npark,b\n"));
        // Rows keep their order, because outputs do.
        assert_ne!(plain, hash_of(home.path(), "site,kind\nb,park\n街,road\n"));
        assert_ne!(plain, hash_of(home.path(), "site,zone\n街,road\nb,park\n"));
        assert_ne!(plain, hash_of(home.path(), "site,kind\n街,road\nb,pond\n"));
    }

    #[test]
    fn seconds_are_no_part_of_a_summary() {
        let of = |json: &str| content("summary.json", json.as_bytes());
        assert_eq!(
            of("{\"visits\": 1, \"seconds\": {\"plan\": 1}}"),
            of("{\"visits\": 1, \"seconds\": {\"plan\": 2}}")
        );
        assert_ne!(of("{\"visits\": 1}"), of("{\"visits\": 2}"));
    }

    #[test]
    fn a_key_cannot_name_files_outside_its_folder() {
        assert!(is_plain("visits.csv"));
        for name in ["../visits.csv", "a/b.csv", "..", "", "/etc/hostname"] {
            assert!(!is_plain(name), "{name}");
        }
    }
}
