//! `LibreOffice` opens what is written.

use crate::{Desk, past_season, season};
use std::io::Write;
use std::path::Path;
use std::process::Command;

/// The word processor, if it is installed; a test that goes without says so.
fn soffice() -> Option<&'static str> {
    let found = ["lowriter", "swriter"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok());
    if found.is_none() {
        // Written past the harness, which hides what a test that passes prints.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: LibreOffice Writer is not installed, so no document was opened with it"
        );
    }
    found
}

/// The text of a document as `LibreOffice` reads it.
fn opened(program: &str, docx: &Path, home: &Path) -> String {
    let profile = format!(
        "-env:UserInstallation=file://{}",
        home.join("profile").display()
    );
    let done = Command::new(program)
        .args([
            &profile,
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
        ])
        .arg(home)
        .arg(docx)
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    let name = docx.file_stem().unwrap().to_string_lossy().into_owned();
    let text = std::fs::read_to_string(home.join(format!("{name}.txt"))).unwrap();
    text.replace('\u{a0}', " ")
}

#[test]
fn libreoffice_reads_the_same_words() {
    let Some(program) = soffice() else { return };
    let desk = Desk::planned(&season());
    let past = Desk::new(&past_season());
    for (desk, kind) in [(&desk, "plan"), (&desk, "notice"), (&past, "summary")] {
        let docx = desk.write(kind, "zh");
        let seen = crate::docx::read(&docx);
        let text = opened(program, &docx, desk.home.path());
        for (_, paragraph) in &seen.paragraphs {
            assert!(text.contains(paragraph), "{kind}: {paragraph}");
        }
        for cell in seen.tables.iter().flatten().flatten() {
            assert!(text.contains(cell), "{kind}: {cell}");
        }
    }
}
