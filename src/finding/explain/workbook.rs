//! Codes about workbooks.

use super::Long;
use crate::finding::Code;

pub(super) fn long(code: Code) -> Option<Long> {
    Some(match code {
        Code::NotAWorkbook => (
            "方案和填写好的派工单都从 .xlsx 工作簿读取。这个文件是别的格式：旧版 Excel 的 .xls、二进制的 .xlsb、OpenDocument 的 .ods，或者只是改了扩展名的其他文件。请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”。",
            "Scenarios and filled-in work orders are read from .xlsx workbooks. This file is of another kind: .xls of old Excel, binary .xlsb, OpenDocument .ods, or some other file with a changed extension. Open it in the spreadsheet and save it as \"Excel Workbook (.xlsx)\".",
        ),
        Code::WorkbookEncrypted => (
            "工作簿设了打开密码，程序无法读取。请在 Excel 或 WPS 中打开，取消密码（文件—信息—保护工作簿）后再保存。只保护工作表、不设打开密码的工作簿可以读取。",
            "The workbook can only be opened with a password, so it is not read. Open it in the spreadsheet, remove the password (File, Info, Protect Workbook) and save it. A workbook whose sheets are protected, but which opens without a password, is read.",
        ),
        Code::WorkbookWithMacros => (
            "工作簿里有宏（.xlsm，或把 .xlsm 改名为 .xlsx）。方案只需要数据；含宏的文件在各单位之间传来传去不安全，因此不读取。请另存为不含宏的“Excel 工作簿（.xlsx）”。",
            "The workbook holds macros (.xlsm, or an .xlsm renamed to .xlsx). A scenario needs data only, and files with macros are no safe thing to pass around, so it is not read. Save it as \"Excel Workbook (.xlsx)\" without macros.",
        ),
        Code::WorkbookDamaged => (
            "文件是 .xlsx，但内容不完整或有错误，常见原因是下载或传送中断。请用 Excel 或 WPS 打开并重新保存（软件会尝试修复），或取一份完好的副本。",
            "The file is an .xlsx, but incomplete or faulty, usually because a download or transfer broke off. Open it in the spreadsheet, which will try to repair it, and save it again, or fetch a sound copy.",
        ),
        Code::SheetTwice => (
            "一张表只能有一个工作表，而工作簿里有两个工作表的名称指同一张表（中文名和英文名各一个也算），无法知道以哪个为准。请删去或改名其中一个。",
            "Two sheets of the workbook name the same table (one in English and one in Chinese, for example), so it is unclear which one counts. Delete or rename one of them.",
        ),
        Code::ErrorCell => (
            "单元格显示 #N/A、#REF!、#DIV/0! 一类错误，说明其中的公式算不出结果。请改正公式，或直接填入数值；若确实没有，请清空单元格。",
            "The cell shows #N/A, #REF!, #DIV/0! or the like: its formula has no result. Mend the formula or type the value; clear the cell if there is none.",
        ),
        Code::FormulaWithoutResult => (
            "程序读取公式最近一次的计算结果，自己不计算。这个公式没有保存结果，多半是由其他程序生成的文件。请用 Excel 或 WPS 打开，让它重新计算，再保存。",
            "The result that the spreadsheet last worked out is read; formulas are not worked out here. This one was saved without a result, probably by another program. Open the workbook in a spreadsheet and save it, so that the results are stored.",
        ),
        Code::MergedCells => (
            "合并的单元格只有左上角一格有内容，其余各格都算空白，即使看上去整块都有同一个值。请取消合并，并在每一格都填上内容。",
            "Of merged cells only the top left one holds a value; the others count as blank, although the value seems to stand in all of them. Unmerge them and fill in each cell.",
        ),
        Code::UnknownSheet => (
            "工作表的名称与某张表很像但不相同，不予读取。若就是那张表，请改成准确的名称。其他工作表（备注、附图、汇总等）可以随意添加，程序不看。",
            "The name of this sheet is close to that of a table, but not the same, so it is not read. Rename it if it is meant to be the table. Other sheets, for notes or sums, may be added freely; they are not read.",
        ),
        _ => return None,
    })
}
