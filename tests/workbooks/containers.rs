//! Files that are no workbook, or none that may be opened: a finding, never a panic, never out of memory.

use crate::book::{Book, Put};
use crate::scenario_patch::{listed, tiny};
use std::io::{Cursor, Read, Write};
use tempfile::TempDir;
use xiaosha::finding::Findings;
use xiaosha::validate;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn load(bytes: &[u8]) -> Findings {
    let home = TempDir::new().unwrap();
    let path = home.path().join("book.xlsx");
    std::fs::write(&path, bytes).unwrap();
    let (scenario, findings) = validate::load(&path);
    assert_eq!(scenario.is_some(), !findings.has_errors());
    findings
}

#[track_caller]
fn check(bytes: &[u8], expected: &str) {
    assert_eq!(listed(&load(bytes)), [expected]);
}

/// The parts of a sound workbook.
fn parts() -> Vec<(String, Vec<u8>)> {
    parts_of(Book::of(&tiny()))
}

fn parts_of(book: Book) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(book.bytes())).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer
            .start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A sound workbook with one more part.
fn with_part(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    let mut parts = parts();
    parts.push((name.to_owned(), bytes));
    packed(&parts)
}

#[test]
fn a_workbook_that_is_packed_again_is_sound() {
    assert!(load(&packed(&parts())).is_empty());
}

#[test]
fn a_formula_that_was_saved_without_its_result_is_a_finding() {
    let book = Book::of(&tiny()).put("teams", "D2", Put::Formula("=4+4", "77.25"));
    let mut parts = parts_of(book);
    let mut changed = 0;
    for (_, bytes) in &mut parts {
        let text = String::from_utf8(bytes.clone()).unwrap();
        changed += text.matches("<v>77.25</v>").count();
        *bytes = text.replace("<v>77.25</v>", "<v></v>").into_bytes();
    }
    assert_eq!(changed, 1);
    assert_eq!(listed(&load(&packed(&parts))), ["E137 book.xlsx teams!D2"]);
}

#[test]
fn files_of_other_kinds() {
    check(b"site,kind\nroad,road\n", "E131 book.xlsx");
    check(b"", "E131 book.xlsx");
    // A workbook of old Excel, and one with a password: both are compound files.
    let mut compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    compound.resize(2_048, 0);
    check(&compound, "E131 book.xlsx");
    compound.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    check(&compound, "E132 book.xlsx");
    // OpenDocument, binary Excel, and a ZIP of anything.
    let part = |name: &str| vec![(name.to_owned(), b"x".to_vec())];
    check(&packed(&part("content.xml")), "E131 book.xlsx");
    check(&packed(&part("xl/workbook.bin")), "E131 book.xlsx");
    check(&packed(&part("word/document.xml")), "E131 book.xlsx");
    check(&packed(&[]), "E131 book.xlsx");
}

#[test]
fn workbooks_with_macros() {
    check(
        &with_part("xl/vbaProject.bin", b"\xd0\xcf".to_vec()),
        "E133 book.xlsx",
    );
}

#[test]
fn workbooks_cut_off_or_with_broken_bytes() {
    let bytes = Book::of(&tiny()).bytes();
    for length in [4, 100, bytes.len() / 2, bytes.len() - 10] {
        check(&bytes[..length], "E134 book.xlsx");
    }
    // A byte of the first packed part: its checksum no longer fits.
    let mut broken = bytes;
    broken[60] ^= 0x55;
    check(&broken, "E134 book.xlsx");
}

#[test]
fn parts_that_unpack_to_too_much() {
    // 300 MB of zeros are 300 KB in a ZIP.
    let zeros = vec![0; 30 << 20];
    let mut bomb = parts();
    for at in 0..10 {
        bomb.push((format!("xl/media/{at}.png"), zeros.clone()));
    }
    let bomb = packed(&bomb);
    assert!(bomb.len() < 1 << 20);
    check(&bomb, "E105 book.xlsx");
    let styles: Vec<_> = parts()
        .into_iter()
        .map(|(name, bytes)| {
            let styles = name == "xl/styles.xml";
            (name, if styles { vec![b' '; 9 << 20] } else { bytes })
        })
        .collect();
    check(&packed(&styles), "E105 book.xlsx");
}

#[test]
fn a_size_that_a_part_states_is_not_trusted() {
    let honest = with_part("xl/media/1.png", vec![0; 300 << 20]);
    // The sizes in the local and the central header are made small.
    let size = u32::to_le_bytes(300 << 20);
    let mut lying = honest;
    let mut found = 0;
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == size {
            lying[at..at + 4].copy_from_slice(&1_000_u32.to_le_bytes());
            found += 1;
        }
    }
    assert!(found >= 1);
    let findings = listed(&load(&lying));
    assert!(
        findings == ["E105 book.xlsx"] || findings == ["E134 book.xlsx"],
        "{findings:?}"
    );
}

/// Numbers that look random, the same on every run.
struct Draws(u64);

impl Draws {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

#[test]
fn whatever_stands_in_the_parts_there_is_never_a_panic() {
    let sound = parts();
    let mut draws = Draws(7);
    let junk: [&[u8]; 14] = [
        b"",
        b"<",
        b">",
        b"\"",
        b"&#0;",
        b"&x;",
        b"</c>",
        b"<c r=\"A99999999999\"/>",
        b"<v>1e999</v>",
        b"-1",
        b"4294967295",
        b"t=\"s\"",
        b"\xff\xfe",
        b"<row r=\"0\">",
    ];
    for _ in 0..300 {
        let mut parts = sound.clone();
        for _ in 0..=draws.below(3) {
            let part = draws.below(parts.len());
            let bytes = &mut parts[part].1;
            let at = draws.below(bytes.len().max(1)).min(bytes.len());
            let end = (at + draws.below(12)).min(bytes.len());
            let new = junk[draws.below(junk.len())];
            bytes.splice(at..end, new.iter().copied());
        }
        load(&packed(&parts));
    }
    let bytes = Book::of(&tiny()).bytes();
    for _ in 0..300 {
        let mut broken = bytes.clone();
        for _ in 0..=draws.below(4) {
            let at = draws.below(broken.len());
            broken[at] = draws.below(256) as u8;
        }
        load(&broken);
    }
}
