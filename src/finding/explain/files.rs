//! Codes about files, headers and overlays.

use super::Long;
use crate::finding::Code;

pub(super) fn long(code: Code) -> Option<Long> {
    Some(match code {
        Code::FolderMissing => (
            "命令行给出的路径不存在，或者是方案文件夹里的某个文件。方案可以是一个文件夹（里面有 scenario.toml 和各张 CSV 表），也可以是一个 .xlsx 工作簿（每张表一个工作表）；请给出这个文件夹或工作簿。",
            "The path on the command line does not exist, or is a file within a scenario folder. A scenario is a folder with scenario.toml and CSV tables, or one .xlsx workbook with a sheet per table; name that folder or workbook.",
        ),
        Code::SettingsMissing => (
            "每个方案文件夹（包括被 extends 沿用的）都要有 scenario.toml，工作簿则要有“设置”工作表。最少写三项：name（名称）、start（开始日）和 end（结束日）；start 和 end 也可以从被沿用的方案继承。",
            "Every scenario folder, also one that is extended, needs a scenario.toml, and a workbook a sheet `settings`. Three entries are enough: name, start and end; start and end may be inherited.",
        ),
        Code::FileUnreadable => (
            "文件存在但无法打开，或者同名的是一个文件夹。常见原因是没有读取权限，或文件正被表格软件独占打开。",
            "The file is there but cannot be opened, or a folder has its name. Usually the permission to read is lacking, or a spreadsheet holds the file open.",
        ),
        Code::TableMissing => (
            "sites.csv、treatments.csv、teams.csv 和 coverage.csv （工作簿中为“地点”“措施”“队伍”“规则”工作表）必须存在，可以在方案里，也可以在它沿用的方案里。没有内容时也要有只含表头的表。其他表可以没有，没有即为空。",
            "sites.csv, treatments.csv, teams.csv and coverage.csv (in a workbook the sheets `sites`, `treatments`, `teams` and `coverage`) must exist, in the scenario or in one that it extends. With nothing to say, a header alone will do. The other tables may be absent, which means empty.",
        ),
        Code::FileTooLarge => (
            "为避免误读无关的大文件占满内存，超过 64 MB 的文件不予读取，解压后超过 256 MB 的工作簿也不读取。一个地级市全年的表也不到它的百分之一，多半是放错了文件。",
            "A file above 64 MB is not read, nor a workbook above 256 MB when unpacked, so that a wrong file cannot fill the memory. The tables of a city for a year are below a hundredth of that; probably this is another file.",
        ),
        Code::UndecodableBytes => (
            "表可以用 UTF-8（带或不带 BOM）、GB18030（GBK、GB2312 也可，即中文版 Excel 和 WPS 直接另存的 CSV）或带 BOM 的 UTF-16（Excel 的“Unicode 文本”）。这里的字节在任何一种编码下都不是文字：文件可能在传送或拼接时损坏，也可能是直接改了扩展名的工作簿。请在表格软件中重新另存为“CSV UTF-8”。",
            "Tables are read in UTF-8 (with or without BOM), GB18030 (what Excel and WPS in Chinese save) and UTF-16 with BOM (Excel's \"Unicode text\"). The bytes here are text in none of them: the file was damaged or pieced together from several, or is a workbook with another extension. Save it again as \"CSV UTF-8\" in the spreadsheet.",
        ),
        Code::HeaderMissing => (
            "表的第一行是表头，写明各列的名称。这个文件是空的，或只有空行，因此无法知道有哪些列。",
            "The first row of a table names its columns. This file is empty or holds blank lines only.",
        ),
        Code::DuplicateHeader => (
            "同一列出现了两次（中英文表头指同一列也算），无法知道以哪一列为准。scenario.toml 中同一设置写了两次也属此类。",
            "Two headers name the same column (an English and a Chinese one may), so it is unclear which one counts. The same goes for a setting that stands twice in scenario.toml.",
        ),
        Code::RaggedRow => (
            "这一行的单元格比表头多或少，后面的内容很可能错了位，因此这一行的其他内容不再检查。多半是漏写或多写了分隔符，或者单元格里有分隔符却没有加双引号（不加引号的 4,000 是两格）。分隔符（逗号、分号或制表符）只由表头那一行决定。",
            "The row has more or fewer cells than the header, so its cells probably stand in the wrong columns and are not checked further. Usually a separator is missing or too many, or a cell that holds one is not in double quotes (4,000 without them is two cells). Whether comma, semicolon or tab separates is decided from the header line alone.",
        ),
        Code::UnclosedQuote => (
            "单元格以双引号开头，直到文件末尾都没有结尾的双引号，后面的各行都被吞进了这一格。请在此处补上结尾的双引号；单元格内部的双引号要连写两个。",
            "A cell begins with a double quote that is never closed, so all rows after it are swallowed. Close it; a double quote inside a cell is written twice.",
        ),
        Code::ControlCharacter => (
            "单元格里有看不见的控制字符（如 NUL），通常是文件损坏或从其他软件粘贴造成的。请重新输入这个单元格。",
            "The cell holds an invisible control character such as NUL, usually from a damaged file or from pasting. Type the cell again.",
        ),
        Code::CellTooLong => (
            "单元格超过 32767 个字符，即表格软件一格的上限。多半是前面多了一个双引号，使许多行并成了一格。",
            "The cell has more than 32,767 characters, the most that a spreadsheet's cell holds. Probably a stray double quote before it joins many rows.",
        ),
        Code::TableTooLarge => (
            "一张表最多读取 20 万行、400 万个单元格、16384 列（工作表的文字最多 64 MB），其余不予读取。请检查是否放错了文件。",
            "Of a table at most 200,000 rows, 4 million cells and 16,384 columns are read, and of a sheet 64 MB of text. Check whether this is the right file.",
        ),
        Code::ColumnMissing => (
            "这一列每行都必须填写，但表头里没有它。表头可以用中文或英文，见“列说明”（docs/columns.md）。在沿用其他方案时，已有的行可以不带这一列，新增的行必须有。",
            "Every row must give this column, but the header lacks it. Headers may be English or Chinese, see docs/columns.md. In a scenario that extends another, rows that patch the base's may do without it; new rows may not.",
        ),
        Code::TomlSyntax => (
            "scenario.toml 每行写“键 = 值”。文字要用英文双引号括起来；日期写作 2026-05-01（不加引号）或用引号括起其他写法；# 后面是注释。",
            "scenario.toml holds lines of `key = value`. Text stands in double quotes; a date is written 2026-05-01 without quotes, or in any other accepted form within quotes; a # begins a comment.",
        ),
        Code::SettingKind => (
            "设置的值类型不对，例如该写日期的地方写了列表。各项设置见“列说明”（docs/columns.md）。",
            "The value is of the wrong kind, a list where a date belongs, for example. The settings are listed in docs/columns.md.",
        ),
        Code::SettingMissing => (
            "name、start 和 end 必须有。start 和 end 可以写在被沿用的方案里；name 不继承，每个方案都要自己写。",
            "name, start and end must be given. start and end may come from the scenario that is extended; name is not inherited.",
        ),
        Code::UnknownColumn => (
            "这一列不是规定的列，不予读取。若是拼写有误，请照提示改名；若只是自己的备注，可以不理会。sites.csv 中的其他列会原样带到输出里，只有名称很像规定列时才提示。",
            "The column is none of the table's and is not read. Rename it if it is misspelt; leave it if it is a note of your own. Further columns of sites.csv are carried along, so only those that look like a misspelt one are named.",
        ),
        Code::UnknownSetting => (
            "scenario.toml 中没有这项设置，不予读取。若是拼写有误，请照提示改正。",
            "scenario.toml has no such setting, so it is not read. Mend it if it is misspelt.",
        ),
        Code::UnknownFile => (
            "文件名与某张表很像但不相同，不予读取。若就是那张表，请改成准确的文件名（全部小写）。",
            "The name of this file is close to that of a table, but not the same, so it is not read. If it is meant to be the table, rename it, all in lower case.",
        ),
        Code::UnnamedColumn => (
            "表头为空的列里有内容，这些内容不予读取。请补上表头，或清空这一列。",
            "A column without a header has content, which is not read. Give it a header or clear it.",
        ),
        Code::EmptyFile => (
            "可选的表是空文件，按没有这张表处理。",
            "The file of an optional table is empty; it counts as absent.",
        ),
        Code::BaseMissing => (
            "extends 写的是被沿用的方案（文件夹或 .xlsx 工作簿），路径相对于本方案的文件夹（或本工作簿所在的文件夹），例如 \"../base\" 或 \"base.xlsx\"。这里写的方案不存在。",
            "extends names another scenario, a folder or an .xlsx workbook, relative to this folder or to the folder of this workbook, such as \"../base\" or \"base.xlsx\". There is no such scenario.",
        ),
        Code::ExtendsLoop => (
            "方案可以一层层沿用，但不能绕回到自己。请去掉循环中的一处 extends。",
            "Scenarios may extend each other in a chain, but not come back to themselves. Remove one extends of the loop.",
        ),
        Code::DroppedReference => (
            "这里引用的行已在某一层用 drop 删除，引用不再起作用。若一个列表因此全空，规则就不选任何地点、预算项就不限制任何钱。若不想要这种效果，请一并删除或改写引用它的行。",
            "The row that is named here was removed with `drop` somewhere in the chain, so the reference is ignored. A list that this empties chooses nothing. Drop or rewrite the row that refers to it if that is not meant.",
        ),
        Code::DroppedInDone => (
            "已完成的作业引用了被删除的队伍、地点、措施或药品。已发生的作业要计入费用和间隔，不能忽略。要停用一支队伍，请填它的 to 或 max_days，而不是删除。",
            "A visit that was done names a team, site, treatment or product that has been dropped. What happened counts for money and gaps and cannot be ignored. To end a team's work give its `to` or `max_days` instead of dropping it.",
        ),
        Code::DropOfNothing => (
            "drop = 是 的行用来去掉被沿用方案中的同号行，但那里没有这个编号（或已被删除）。请检查编号的拼写。",
            "A row with `drop` = `yes` removes the base's row of the same id, but there is none, or it has been dropped already. Check the spelling of the id.",
        ),
        _ => return None,
    })
}
