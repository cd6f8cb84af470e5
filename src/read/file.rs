//! Bytes of a file, within limits.

use crate::finding::{Code, Finding, Findings, Place, say};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// Bytes of a file that are read; the largest table of a district is a hundredth of this.
const MOST_BYTES: u64 = 64 << 20;

/// Reads a file that must be there; a finding if it cannot be read.
pub(super) fn bytes_of(path: &Path, name: &str, findings: &mut Findings) -> Option<Vec<u8>> {
    match read(path) {
        Ok(bytes) => Some(bytes),
        Err(fault) => {
            findings.add(fault.finding(name));
            None
        }
    }
}

/// Reads a file whole. `Ok(None)` if there is no such file; a finding if it cannot be read.
pub(super) fn bytes(
    path: &Path,
    name: &str,
    findings: &mut Findings,
) -> Result<Option<Vec<u8>>, ()> {
    match read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(Fault::Absent) => Ok(None),
        Err(fault) => {
            findings.add(fault.finding(name));
            Err(())
        }
    }
}

enum Fault {
    Absent,
    NotAFile,
    TooLarge,
    Unreadable(std::io::Error),
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == ErrorKind::NotFound {
            Fault::Absent
        } else {
            Fault::Unreadable(error)
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(Fault::NotAFile);
    }
    if metadata.len() > MOST_BYTES {
        return Err(Fault::TooLarge);
    }
    let mut bytes = Vec::new();
    // The file may grow while it is read.
    File::open(path)?
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Fault::TooLarge);
    }
    Ok(bytes)
}

impl Fault {
    fn finding(&self, name: &str) -> Finding {
        let place = Place::file(name);
        match self {
            Fault::TooLarge => {
                let most = MOST_BYTES >> 20;
                Finding::new(
                    Code::FileTooLarge,
                    place,
                    say!(
                        "文件超过 {most} MB，未读取",
                        "the file is larger than {most} MB and is not read"
                    ),
                )
                .help(say!(
                    "检查是否放错了文件",
                    "check whether this is the right file"
                ))
            }
            Fault::NotAFile => Finding::new(
                Code::FileUnreadable,
                place,
                say!("{name} 不是文件", "{name} is not a file"),
            )
            .help(say!(
                "移走同名的文件夹，放入文件",
                "move the folder of this name away and put the file in its place"
            )),
            Fault::Absent => Finding::new(
                Code::FileUnreadable,
                place,
                say!("找不到 {name}", "{name} is missing"),
            ),
            Fault::Unreadable(error) => Finding::new(
                Code::FileUnreadable,
                place,
                say!("无法读取：{error}", "cannot be read: {error}"),
            )
            .help(say!(
                "检查文件权限，以及是否被其他程序占用",
                "check the permissions of the file and whether another program holds it open"
            )),
        }
    }
}
