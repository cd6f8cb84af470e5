//! Files put in their place, all or none; what is there already is never replaced.

use crate::lang::Text;
use crate::whole_file;
use rust_xlsxwriter::XlsxError;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Why nothing was written.
#[derive(Debug)]
pub enum WriteError {
    /// The name is that of a file of another kind.
    OtherKind(PathBuf),
    /// Something of this name is there.
    Exists(PathBuf),
    /// The system refused.
    Refused(PathBuf, io::Error),
    /// A text is too long for a spreadsheet's cell, or there are more rows than a sheet has.
    Unwritable(XlsxError),
}

impl WriteError {
    /// The message for the user.
    pub fn text(&self) -> Text {
        match self {
            WriteError::OtherKind(path) => {
                let path = path.display();
                Text::new(
                    format!(
                        "{path} 的扩展名不对：工作簿以 .xlsx 结尾，否则写成文件夹，名称不带扩展名"
                    ),
                    format!(
                        "{path} is the name of another kind of file: a workbook ends in .xlsx, a folder has no ending"
                    ),
                )
            }
            WriteError::Exists(path) => {
                let path = path.display();
                Text::new(
                    format!("{path} 已经存在，没有写入任何文件；请换一个名称，或先移走它"),
                    format!(
                        "{path} is there already and nothing was written: choose another name or move it away"
                    ),
                )
            }
            WriteError::Refused(path, error) => {
                let path = path.display();
                Text::new(
                    format!("无法写入 {path}（{error}），没有写入任何文件；请检查权限和磁盘空间"),
                    format!(
                        "cannot write {path} ({error}) and nothing was written: check permissions and disk space"
                    ),
                )
            }
            WriteError::Unwritable(error) => Text::new(
                format!("工作簿容纳不下这些内容（{error}），没有写入任何文件"),
                format!("a workbook cannot hold this ({error}) and nothing was written"),
            ),
        }
    }

    /// Whether the user named a place that cannot be right, rather than the machine refusing.
    pub fn is_wrong_usage(&self) -> bool {
        !matches!(self, WriteError::Refused(..))
    }
}

/// Whether a path names a workbook.
pub(super) fn is_workbook_name(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

/// Whether a path names a file of a kind that is not written, such as `.xls`.
pub(super) fn is_other_kind(path: &Path) -> bool {
    const KINDS: [&str; 9] = [
        "xls", "xlsm", "xlsb", "xltx", "et", "ods", "csv", "toml", "txt",
    ];
    path.extension()
        .is_some_and(|ending| KINDS.iter().any(|kind| ending.eq_ignore_ascii_case(kind)))
}

/// Writes one file.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let refused = |error| WriteError::Refused(path.to_owned(), error);
    if path.exists() {
        return Err(WriteError::Exists(path.to_owned()));
    }
    let folder = whole_file::folder_of(path);
    fs::create_dir_all(folder).map_err(refused)?;
    staged(folder, bytes)
        .and_then(|file| put(file, path))
        .map_err(refused)
}

/// Writes files into a folder, which is made if it is not there.
pub(super) fn write_folder(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), WriteError> {
    let refused = |error| WriteError::Refused(folder.to_owned(), error);
    if folder.exists() && !folder.is_dir() {
        return Err(WriteError::Exists(folder.to_owned()));
    }
    for (name, _) in files {
        let path = folder.join(name);
        if path.exists() {
            return Err(WriteError::Exists(path));
        }
    }
    let made = !folder.exists();
    fs::create_dir_all(folder).map_err(refused)?;
    let mut done: Vec<PathBuf> = Vec::new();
    let result = files
        .iter()
        .map(|(name, bytes)| Ok((staged(folder, bytes)?, folder.join(name))))
        .collect::<io::Result<Vec<_>>>()
        .and_then(|staged| {
            for (file, path) in staged {
                put(file, &path)?;
                done.push(path);
            }
            Ok(())
        });
    result.map_err(|error| {
        // What was made can be removed; if not, there is nothing better to try.
        for path in done {
            let _ = fs::remove_file(path);
        }
        if made {
            let _ = fs::remove_dir(folder);
        }
        refused(error)
    })
}

/// A whole file beside its place, removed unless it is put there.
fn staged(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(whole_file::PREFIX);
    // Else only the owner may read it, as is right for temporary files.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    Ok(file)
}

fn put(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.persist_noclobber(path)
        .map(|_| ())
        .map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_there_is_replaced_and_nothing_is_left_halfway() {
        let home = tempfile::tempdir().unwrap();
        let file = |name: &str| (name.to_owned(), b"new".to_vec());
        fs::write(home.path().join("b.csv"), "old").unwrap();
        let refused = write_folder(home.path(), &[file("a.csv"), file("b.csv")]);
        assert!(matches!(refused, Err(WriteError::Exists(_))));
        assert!(!home.path().join("a.csv").exists());
        let refused = write_file(&home.path().join("b.csv"), b"new");
        assert!(matches!(refused, Err(WriteError::Exists(_))));
        assert_eq!(fs::read(home.path().join("b.csv")).unwrap(), b"old");

        // The second name cannot be a file: the first goes away again, and so does the folder.
        let folder = home.path().join("fresh");
        let refused = write_folder(&folder, &[file("a.csv"), file("no/such/folder.csv")]);
        assert!(matches!(refused, Err(WriteError::Refused(..))));
        assert!(!folder.exists());

        write_folder(&folder, &[file("a.csv")]).unwrap();
        write_folder(&folder, &[file("c.csv")]).unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
    }
}
