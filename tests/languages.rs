//! Every message stands in the sources in Chinese and in English: none is blank, none in the wrong language.

use std::fs;
use std::path::{Path, PathBuf};

/// What takes a Chinese and an English wording, in this order.
const MAKERS: [&str; 4] = ["Text::new(", ".pick(", ".say(", "say!("];

/// Pairs of wordings that must be found at least, so that a renamed maker does not leave this test without any.
const LEAST: usize = 500;

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is readable");
    let mut found: Vec<PathBuf> = entries
        .flat_map(|entry| {
            let path = entry.expect("the entry is readable").path();
            if path.is_dir() {
                return files(&path);
            }
            let kind = path.extension().and_then(|kind| kind.to_str());
            if matches!(kind, Some("rs" | "html")) {
                vec![path]
            } else {
                Vec::new()
            }
        })
        .collect();
    found.sort();
    found
}

/// The literals of each argument of a call whose text begins after its opening bracket; `None` where it does not end.
fn arguments(text: &str) -> Option<Vec<Vec<String>>> {
    let mut arguments = vec![Vec::new()];
    let mut depth = 0;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => return Some(arguments),
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => arguments.push(Vec::new()),
            '"' => {
                let mut literal = String::new();
                loop {
                    match letters.next()? {
                        '"' => break,
                        '\\' => literal.extend(letters.next()),
                        letter => literal.push(letter),
                    }
                }
                arguments.last_mut()?.push(literal);
            }
            _ => {}
        }
    }
    None
}

/// A wording without what is put into it.
fn plain(wording: &str) -> String {
    let mut depth = 0;
    let mut plain = String::new();
    for letter in wording.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 => plain.push(letter),
            _ => {}
        }
    }
    plain
}

fn is_chinese(letter: char) -> bool {
    matches!(letter, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// What is wrong with a pair of wordings. Commands are the same in both languages, and English counts without the
/// single word that Chinese puts after a number.
fn fault(zh: &str, en: &str) -> Option<&'static str> {
    if zh.starts_with("xiaosha ") {
        return None;
    }
    let counts = zh.chars().count() == 1;
    let blank = (zh.trim().is_empty(), en.trim().is_empty() && !counts);
    let (zh, en) = (plain(zh), plain(en));
    let has_words = |text: &str| {
        let mut words = text.split(|letter: char| !letter.is_ascii_lowercase());
        words.any(|word| word.len() > 2)
    };
    if blank.0 && has_words(&en) {
        Some("the Chinese wording is blank")
    } else if blank.1 && zh.chars().any(is_chinese) {
        Some("the English wording is blank")
    } else if en.chars().any(is_chinese) {
        Some("the English wording holds Chinese")
    } else if has_words(&en) && has_words(&zh) && !zh.chars().any(is_chinese) && zh != en {
        Some("the Chinese wording holds none")
    } else {
        None
    }
}

#[test]
fn every_message_is_there_in_both_languages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut pairs, mut faults) = (0, Vec::new());
    for file in files(&root) {
        let text = fs::read_to_string(&file).expect("the sources are UTF-8");
        for maker in MAKERS {
            for (at, _) in text.match_indices(maker) {
                let Some(found) = arguments(&text[at + maker.len()..]) else {
                    continue;
                };
                let [zh, en, ..] = &found[..] else { continue };
                let ([zh, ..], [en, ..]) = (&zh[..], &en[..]) else {
                    continue;
                };
                pairs += 1;
                if let Some(fault) = fault(zh, en) {
                    let line = text[..at].lines().count();
                    faults.push(format!(
                        "{}:{line}: {fault}: {zh:?}, {en:?}",
                        file.display()
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(pairs >= LEAST, "only {pairs} pairs of wordings were found");
}

#[test]
fn a_wording_that_is_blank_or_of_the_wrong_language_is_a_fault() {
    assert_eq!(fault("共 {n} 次", "{n} visits"), None);
    assert_eq!(fault("kg", "kg"), None);
    assert_eq!(fault("{n}", "{n}"), None);
    assert!(fault("", "visits").is_some());
    assert!(fault("共 {n} 次", "").is_some());
    assert!(fault("共 {n} 次", "{n} 次").is_some());
    assert!(fault("{n} visits", "{n} visits in all").is_some());
}
