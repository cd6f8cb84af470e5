//! From folder to workbook and back.

use super::place::WriteError;
use super::{Form, place};
use crate::finding::Findings;
use crate::lang::Lang;
use crate::read;
use crate::whole_file;
use std::path::{Component, Path, PathBuf};

/// Why nothing was converted.
#[derive(Debug)]
pub enum ConvertError {
    /// The source cannot be read whole; the findings say why.
    Findings,
    /// The result cannot be written.
    Write(WriteError),
}

/// Writes a scenario, folder or workbook, as the other: a workbook if `to` ends in `.xlsx`, else a folder. What it
/// extends is not copied; `extends` names the same scenario as before. Warnings are added to `findings`.
///
/// # Errors
/// When the source cannot be read whole, or anything of the name of the result is there.
pub fn convert(
    from: &Path,
    to: &Path,
    lang: Lang,
    findings: &mut Findings,
) -> Result<(), ConvertError> {
    let own = read::own(from, findings).ok_or(ConvertError::Findings)?;
    let from_home = own.home.clone();
    let mut form = Form::of(own, lang);
    for (key, value) in &mut form.settings {
        if *key == "extends" && value != "-" {
            *value = moved(value, &from_home, to);
        }
    }
    form.write(to).map_err(ConvertError::Write)
}

/// The relative path of a base as seen from where the result stands.
fn moved(extends: &str, from_home: &Path, to: &Path) -> String {
    let as_written = || extends.to_owned();
    let mut base = from_home.join(extends);
    if !base.exists() {
        base = from_home.join(extends.replace('\\', "/"));
    }
    let to_home = if place::is_workbook_name(to) {
        real(whole_file::folder_of(to))
    } else {
        real(to)
    };
    if real(from_home) == to_home || Path::new(extends).is_absolute() {
        return as_written();
    }
    let Ok(base) = base.canonicalize() else {
        return as_written();
    };
    pathdiff::diff_paths(base, to_home).map_or_else(as_written, |path| with_slashes(&path))
}

/// The path without links, as far as it is there.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for there in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (there.canonicalize(), path.strip_prefix(there)) {
            return real.join(rest);
        }
    }
    path
}

/// A relative path as scenarios write it, on every system.
fn with_slashes(path: &Path) -> String {
    if path.is_absolute() {
        return path.to_string_lossy().into_owned();
    }
    let steps: Vec<_> = path
        .components()
        .filter(|step| *step != Component::CurDir)
        .map(|step| step.as_os_str().to_string_lossy())
        .collect();
    if steps.is_empty() {
        ".".to_owned()
    } else {
        steps.join("/")
    }
}
