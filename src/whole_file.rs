//! A file that is written whole or not at all, with the permissions that any new file has.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use tempfile::TempDir;

/// What temporary files and folders beside finished ones begin with.
pub const PREFIX: &str = ".xiaosha-";

/// The folder that holds a path.
pub fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// A new folder within another, for files that are moved into place when they are whole; removed with everything in it
/// when dropped.
///
/// A temporary folder lets only its owner in, but what is made within has the permissions that any new file has: made
/// beside its place, a temporary file would keep its own.
pub fn staging(within: &Path) -> io::Result<TempDir> {
    tempfile::Builder::new().prefix(PREFIX).tempdir_in(within)
}

/// Writes a file; an earlier one of this name stays until the new one is there.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let staging = staging(folder_of(path))?;
    let new = staging.path().join("new");
    let mut file = File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&new, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_file_stays_where_the_new_one_cannot_be_written() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("done.csv");
        replace(&file, b"1").unwrap();
        replace(&file, b"2").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"2");
        // A folder of this name cannot be replaced by a file.
        let folder = home.path().join("folder");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("kept"), "").unwrap();
        assert!(replace(&folder, b"3").is_err());
        assert!(folder.join("kept").exists());
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 2);
    }
}
