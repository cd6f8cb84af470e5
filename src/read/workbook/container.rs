//! Whether a file is a workbook that may be opened: its kind, and what it comes to when unpacked.
//!
//! The library that reads the sheets trusts the file; so everything is unpacked here once, within limits, before it
//! sees any of it.

use crate::finding::{Code, Finding, Place, say};
use crate::lang::Text;
use std::io::{self, Cursor, Read};
use zip::ZipArchive;

/// Bytes that a workbook may come to when unpacked: 200,000 rows of twenty cells are about half of this.
const MOST_UNPACKED: u64 = 256 << 20;
/// Bytes that a part which lists formats or other parts may come to: these grow a hundredfold in memory.
const MOST_OF_A_LIST: u64 = 8 << 20;
/// Parts of a workbook.
const MOST_PARTS: usize = 4_096;

/// Makes sure that the file is a sound workbook without password or macros, and of bearable size.
pub(super) fn check(bytes: &[u8], name: &str) -> Result<(), Box<Finding>> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(compound_file(bytes, name));
    }
    if !bytes.starts_with(b"PK") {
        return Err(not_a_workbook(name));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged(name, None))?;
    let has = |part: &str| archive.index_for_name(part).is_some();
    let any = |is: fn(&str) -> bool| archive.file_names().flatten().any(|part| is(&part));
    if has("xl/workbook.bin") || !any(|part| part.starts_with("xl/")) {
        return Err(not_a_workbook(name));
    }
    if any(|part| part.ends_with("vbaProject.bin")) {
        return Err(with_macros(name));
    }
    weigh(&mut archive, name)
}

/// Unpacks everything once, within limits.
fn weigh(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<(), Box<Finding>> {
    if archive.len() > MOST_PARTS {
        return Err(too_large(name));
    }
    let mut unpacked = 0;
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(|_| damaged(name, None))?;
        if part.encrypted() {
            return Err(encrypted(name));
        }
        let part_name = part.name().unwrap_or_default().into_owned();
        drop(part);
        let limit = if is_list(&part_name) {
            MOST_OF_A_LIST
        } else {
            MOST_UNPACKED
        };
        // What the file says of its size is not trusted.
        let limit = limit.min(MOST_UNPACKED - unpacked);
        let mut part = archive
            .by_index(at)
            .map_err(|_| damaged(name, Some(&part_name)))?;
        if part.size() > limit {
            return Err(too_large(name));
        }
        let size = io::copy(&mut part.by_ref().take(limit + 1), &mut io::sink())
            .map_err(|_| damaged(name, Some(&part_name)))?;
        if size > limit {
            return Err(too_large(name));
        }
        unpacked += size;
    }
    Ok(())
}

/// Whether the part lists formats or other parts, rather than content.
fn is_list(part: &str) -> bool {
    ["xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml"].contains(&part)
        || part.contains("_rels/")
}

/// A compound file is a workbook with a password, or of old Excel.
fn compound_file(bytes: &[u8], name: &str) -> Box<Finding> {
    let stream: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    if bytes.windows(stream.len()).any(|window| window == stream) {
        encrypted(name)
    } else {
        not_a_workbook(name)
    }
}

fn finding(code: Code, name: &str, message: Text, help: Text) -> Box<Finding> {
    Box::new(Finding::new(code, Place::file(name), message).help(help))
}

fn not_a_workbook(name: &str) -> Box<Finding> {
    finding(
        Code::NotAWorkbook,
        name,
        say!("不是 .xlsx 工作簿", "this is not an .xlsx workbook"),
        say!(
            "在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”；CSV 表请给出它们所在的文件夹",
            "open it in the spreadsheet and save it as \"Excel Workbook (.xlsx)\"; of CSV tables name their folder"
        ),
    )
}

fn encrypted(name: &str) -> Box<Finding> {
    finding(
        Code::WorkbookEncrypted,
        name,
        say!(
            "工作簿设有打开密码，无法读取",
            "the workbook opens with a password only and is not read"
        ),
        say!(
            "在 Excel 或 WPS 中取消密码后重新保存",
            "remove the password in the spreadsheet and save it again"
        ),
    )
}

fn with_macros(name: &str) -> Box<Finding> {
    finding(
        Code::WorkbookWithMacros,
        name,
        say!(
            "工作簿含有宏，不予读取",
            "the workbook holds macros and is not read"
        ),
        say!(
            "另存为不含宏的“Excel 工作簿（.xlsx）”",
            "save it as \"Excel Workbook (.xlsx)\" without macros"
        ),
    )
}

fn damaged(name: &str, part: Option<&str>) -> Box<Finding> {
    let part = part.map_or(String::new(), |part| {
        format!(" ({})", crate::finding::shown(part))
    });
    finding(
        Code::WorkbookDamaged,
        name,
        say!(
            "工作簿已损坏，无法解压{part}",
            "the workbook is damaged and cannot be unpacked{part}"
        ),
        say!(
            "用 Excel 或 WPS 打开并重新保存，或取一份完好的副本",
            "open it in the spreadsheet and save it again, or fetch a sound copy"
        ),
    )
}

fn too_large(name: &str) -> Box<Finding> {
    let most = MOST_UNPACKED >> 20;
    finding(
        Code::FileTooLarge,
        name,
        say!(
            "工作簿解压后过大（最多 {most} MB），未读取",
            "the workbook is too large when unpacked (at most {most} MB) and is not read"
        ),
        say!(
            "检查是否放错了文件；删去与方案无关的工作表和图片",
            "check whether this is the right file; delete sheets and pictures that are no part of the scenario"
        ),
    )
}
