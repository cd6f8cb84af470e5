//! Writing an output folder all or nothing.
//!
//! New files are first written whole beside their place. Only when all are there, the earlier ones are moved aside
//! and the new ones moved in; if any move fails (a spreadsheet holds a file open), every move is undone. Files of
//! other names in the folder are left alone.

use super::OutputFile;
use crate::lang::Text;
use crate::whole_file;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Why nothing was written; the earlier output is as it was.
#[derive(Debug)]
pub enum WriteError {
    /// The folder is a scenario, whose tables have the same names.
    IsScenario(PathBuf),
    /// There is a file of this name.
    NotAFolder(PathBuf),
    /// The system refused.
    Refused(PathBuf, io::Error),
}

impl WriteError {
    /// The message for the user.
    pub fn text(&self) -> Text {
        match self {
            WriteError::IsScenario(path) => {
                let path = path.display();
                Text::new(
                    format!(
                        "输出文件夹 {path} 里有 scenario.toml，写入会覆盖其中的表格，请用 --out 另选文件夹"
                    ),
                    format!(
                        "the output folder {path} holds a scenario.toml, and writing would replace its tables: choose another with --out"
                    ),
                )
            }
            WriteError::NotAFolder(path) => {
                let path = path.display();
                Text::new(
                    format!("{path} 不是文件夹，请用 --out 另选输出文件夹"),
                    format!("{path} is not a folder: choose another output folder with --out"),
                )
            }
            WriteError::Refused(path, error) => {
                let path = path.display();
                Text::new(
                    format!(
                        "无法写入 {path}（{error}）。请检查权限和磁盘空间，并关闭正在打开这些文件的表格软件；原有结果未改动"
                    ),
                    format!(
                        "cannot write {path} ({error}). Check permissions and disk space, and close the spreadsheet that has the files open; earlier output is unchanged"
                    ),
                )
            }
        }
    }

    /// Whether the user chose a folder that cannot be right, rather than the machine refusing.
    pub fn is_wrong_usage(&self) -> bool {
        !matches!(self, WriteError::Refused(..))
    }
}

/// An output folder that is known to be writable; nothing in it has changed yet.
#[derive(Debug)]
pub struct OutputFolder {
    path: PathBuf,
    /// New files are written here; removed with everything in it when dropped.
    staging: TempDir,
}

impl OutputFolder {
    /// Makes sure that the folder can be written, before hours are spent on what goes in.
    ///
    /// # Errors
    /// When it is a scenario, a file, or cannot be written.
    pub fn prepare(path: &Path) -> Result<Self, WriteError> {
        let refused = |error| WriteError::Refused(path.to_owned(), error);
        if path.join("scenario.toml").exists() {
            return Err(WriteError::IsScenario(path.to_owned()));
        }
        if path.exists() && !path.is_dir() {
            return Err(WriteError::NotAFolder(path.to_owned()));
        }
        // Inside the folder if it is there: it may be a mount or a link, and a move must stay on one disk.
        let staging = if path.is_dir() {
            path.to_owned()
        } else {
            let parent = whole_file::folder_of(path).to_owned();
            fs::create_dir_all(&parent).map_err(refused)?;
            parent
        };
        let staging = whole_file::staging(&staging).map_err(refused)?;
        Ok(OutputFolder {
            path: path.to_owned(),
            staging,
        })
    }

    /// Puts the files in place of those of the same names, all or none.
    ///
    /// # Errors
    /// When the system refuses; the folder is then as it was.
    pub fn replace(self, files: &[OutputFile]) -> Result<(), WriteError> {
        self.put(
            files.iter().map(|file| file.name.as_str()),
            |file, place| fs::write(place, &files[file].bytes),
        )
    }

    /// Puts copies of these files of another folder in place, all or none.
    ///
    /// # Errors
    /// When the system refuses; the folder is then as it was.
    pub fn copy(self, from: &Path, names: &[String]) -> Result<(), WriteError> {
        self.put(names.iter().map(String::as_str), |file, place| {
            fs::copy(from.join(&names[file]), place).map(|_| ())
        })
    }

    /// Puts files of these names in place; `make` writes the one at a position to a path.
    fn put<'n>(
        self,
        names: impl Iterator<Item = &'n str> + Clone,
        make: impl Fn(usize, &Path) -> io::Result<()>,
    ) -> Result<(), WriteError> {
        let refused = |error| WriteError::Refused(self.path.clone(), error);
        let new = self.staging.path().join("new");
        fs::create_dir(&new).map_err(refused)?;
        for (at, name) in names.clone().enumerate() {
            make(at, &new.join(name)).map_err(refused)?;
        }
        if !self.path.exists() {
            return fs::rename(&new, &self.path).map_err(refused);
        }
        let old = self.staging.path().join("old");
        fs::create_dir(&old).map_err(refused)?;
        let mut moves = Moves::default();
        for name in names {
            let place = self.path.join(name);
            let step = if place.is_dir() {
                Err(io::ErrorKind::IsADirectory.into())
            } else if place.exists() {
                moves.make(&place, &old.join(name))
            } else {
                Ok(())
            };
            step.and_then(|()| moves.make(&new.join(name), &place))
                .map_err(|error| {
                    moves.undo();
                    WriteError::Refused(place, error)
                })?;
        }
        Ok(())
    }
}

/// Writes one file whole, making its folder if need be; an earlier file of this name stays until the new one is there.
///
/// # Errors
/// When the system refuses; the earlier file is then as it was.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let refused = |error| WriteError::Refused(path.to_owned(), error);
    if path.is_dir() {
        return Err(refused(io::ErrorKind::IsADirectory.into()));
    }
    fs::create_dir_all(whole_file::folder_of(path)).map_err(refused)?;
    whole_file::replace(path, bytes).map_err(refused)
}

/// Moves made so far, so that they can be undone.
#[derive(Default)]
struct Moves(Vec<(PathBuf, PathBuf)>);

impl Moves {
    fn make(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)?;
        self.0.push((from.to_owned(), to.to_owned()));
        Ok(())
    }

    fn undo(&mut self) {
        while let Some((from, to)) = self.0.pop() {
            // What could be moved there can be moved back; if not, there is nothing better to try.
            let _ = fs::rename(to, from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, content: &str) -> OutputFile {
        OutputFile {
            name: name.to_owned(),
            bytes: content.as_bytes().to_vec(),
        }
    }

    fn listing(folder: &Path) -> Vec<(String, String)> {
        let mut files: Vec<(String, String)> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                (name, fs::read_to_string(&path).unwrap_or_default())
            })
            .collect();
        files.sort();
        files
    }

    #[test]
    fn earlier_files_are_replaced_and_foreign_ones_are_kept() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("deep/plan");
        let folder = OutputFolder::prepare(&out).unwrap();
        folder
            .replace(&[file("a.csv", "1"), file("b.csv", "1")])
            .unwrap();
        fs::write(out.join("notes.txt"), "mine").unwrap();
        let folder = OutputFolder::prepare(&out).unwrap();
        folder
            .replace(&[file("a.csv", "2"), file("c.csv", "2")])
            .unwrap();
        let expected = [
            ("a.csv", "2"),
            ("b.csv", "1"),
            ("c.csv", "2"),
            ("notes.txt", "mine"),
        ];
        assert_eq!(
            listing(&out),
            expected.map(|(name, content)| (name.to_owned(), content.to_owned()))
        );
        assert_eq!(listing(&home.path().join("deep")).len(), 1);
    }

    #[test]
    fn a_move_that_fails_halfway_is_undone() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("plan");
        let folder = OutputFolder::prepare(&out).unwrap();
        folder.replace(&[file("a.csv", "1")]).unwrap();
        fs::create_dir(out.join("b.csv")).unwrap();
        let before = listing(&out);
        let folder = OutputFolder::prepare(&out).unwrap();
        let failed = folder.replace(&[file("a.csv", "2"), file("b.csv", "2")]);
        assert!(matches!(failed, Err(WriteError::Refused(..))));
        assert_eq!(listing(&out), before);
    }

    #[test]
    fn a_folder_that_was_prepared_and_not_used_leaves_nothing() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("plan");
        drop(OutputFolder::prepare(&out).unwrap());
        assert!(listing(home.path()).is_empty());
    }

    #[test]
    fn a_scenario_or_a_file_is_no_output_folder() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("scenario.toml"), "").unwrap();
        let refused = OutputFolder::prepare(home.path());
        assert!(matches!(refused, Err(WriteError::IsScenario(_))));
        let refused = OutputFolder::prepare(&home.path().join("scenario.toml"));
        assert!(matches!(refused, Err(WriteError::NotAFolder(_))));
    }
}
