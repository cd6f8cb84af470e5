//! Codes about ids and single cells.

use super::Long;
use crate::finding::Code;

pub(super) fn long(code: Code) -> Option<Long> {
    Some(match code {
        Code::CellMissing => (
            "标 * 的列每行都要填写。空格、空白和只有 `-` 的单元格都算没有填。",
            "Columns marked * must be given in every row. A blank cell and a cell that holds only `-` count as not given.",
        ),
        Code::BadId => (
            "编号不能含 / ; ； 、 ， : ：，不能以 ! 开头，也不能是 -。这些字符在列表、分段（编号/2）和范围（team:编号）中另有用途，全角写法同样不行。空格、英文逗号、引号和表情符号可以用。",
            "An id must not contain / ; ； 、 ， : or ：, begin with !, or be -. Lists, parts (`id/2`) and scopes (`team:ID`) use these characters, also in their full-width forms. Spaces, commas, quotes and emoji are fine.",
        ),
        Code::DuplicateId => (
            "同一个文件里一个编号只能出现一次（rates.csv 是承包方和措施的组合）。比较时去掉首尾空白，并把全角字母数字视同半角。要改动被沿用方案中的行，写一行同号的即可，不要写两行。",
            "Within a file an id may stand once (in rates.csv a pair of contractor and treatment). Ids are compared without white space at the ends, and full-width letters and digits equal plain ones. To patch a row of the base write one row of its id.",
        ),
        Code::UnknownId => (
            "这里引用的编号在对应的表里没有。编号区分大小写。列表用 ; 或 、 分开，写成一整串会被当作一个编号。提示给出最接近的编号。",
            "The id that is named here is not in its table. Case counts. A list is separated by `;`; written in one piece it is taken for a single id. The help names the nearest id.",
        ),
        Code::UnknownPart => (
            "编号/2 表示地点的第 2 段，段数由 sites.csv 的 parts 列给出。这里的段号超出了段数。",
            "`id/2` means the second part of a site; the column parts of sites.csv says how many there are. This one has fewer.",
        ),
        Code::NotANumber => (
            "这一格应是数字（有些列要整数）。小数点用“.”；千位逗号只能每三位一组；全角数字可以；不要带单位、货币符号或百分号。",
            "The cell must be a number, in some columns a whole one. Use `.` for decimals; commas only in groups of three; full-width digits are fine; no unit, sign of money or per cent.",
        ),
        Code::NumberOutOfRange => (
            "数字超出这一列允许的范围，或大到无法计算（10¹² 及以上），或小到会被舍去。各列的范围见“列说明”（docs/columns.md）。",
            "The number is outside the range of its column, or too great (10^12 and more) or too small to be reckoned with. The ranges are listed in docs/columns.md.",
        ),
        Code::NotADate => (
            "日期写作 2026-05-01、2026/5/1 或 2026年5月1日，后面可以带 0:00。这里的写法不对，或日历上没有这一天（如 2 月 30 日）。若显示为五位数字，是表格软件的日期序号，请把单元格格式改为日期。",
            "A date is written 2026-05-01, 2026/5/1 or 2026年5月1日, with or without 0:00 after it. This is written otherwise, or the calendar has no such day, like 30 February. A number of five digits is a spreadsheet's day number: format the cell as a date.",
        ),
        Code::NotWeekdays => (
            "星期写作列表 mon;tue 或 周一、周二、一、二，也可以写一段：mon-fri、周一至周五，还可以跨周末：sat-mon。",
            "Weekdays are a list such as mon;tue or 周一、周二, or a stretch such as mon-fri or 周一至周五, which may run over the weekend: sat-mon.",
        ),
        Code::UnknownWord => (
            "这一格只接受规定的几个词（中英文均可），见“列说明”（docs/columns.md）。",
            "The cell takes one of a few fixed words, English or Chinese, listed in docs/columns.md.",
        ),
        Code::UnknownScope => (
            "范围由规定的词组成，有的后面要跟冒号和编号，如 team:A、承包方:甲。calendar.csv 每行写一个；budget.csv 可以写用 ; 分开的列表。",
            "A scope is one of the fixed words, some followed by a colon and an id, such as team:A. In calendar.csv one a row; budget.csv takes a list separated by `;`.",
        ),
        Code::IdsDifferByCase => (
            "两个编号只有大小写不同。程序把它们当作不同的编号，但人容易看错。",
            "Two ids differ only by case. They are different ids here, but people will mistake one for the other.",
        ),
        Code::SpreadsheetSpoilsId => (
            "像 01、3E5、1-2、MAR1 这样的编号，表格软件打开再保存时会改成数字或日期，与其他表就对不上了；以 =、+、-、@ 开头的编号还会被当作公式执行，结果文件（如 visits.csv）里的编号与表格中一字不差，打开时也会如此。在前面加一个字母最稳妥。每张表只提示一次。",
            "A spreadsheet that opens and saves the table turns ids such as 01, 3E5, 1-2 or MAR1 into numbers or dates, and other tables no longer find them; one that begins with =, +, - or @ it runs as a formula, also in the files of a plan (visits.csv), which hold ids exactly as they are. A letter in front is safest. Named once per table.",
        ),
        Code::UnusedWord => (
            "这里写的类型、片区、标签或方法没有任何一行使用，多半是写错了。队伍会做而本季用不到的方法不算问题，只有与在用的词很像时才提示。",
            "Nothing has this kind, zone, tag or method; probably it is misspelt. Abilities of a team that this season does not use are no fault and are named only when they are close to a word in use.",
        ),
        Code::WordHoldsSeparator => (
            "类型、片区和方法各是一个词。词里有列表分隔符（; ； 、 ，）或以 ! 开头时，规则和队伍的列表里就无法写出它。若想给地点多个标记，请用 tags 列。",
            "Kind, zone and method are one word each. With a list separator (; ； 、 ，) in it, or a ! in front, no rule or team can name it. To give a site several marks use tags.",
        ),
        Code::HalfCoordinates => (
            "经度和纬度要一起填，只填一个等于没有填。坐标只用于显示。",
            "Longitude and latitude are given together; one alone is not used. Coordinates are shown only.",
        ),
        _ => return None,
    })
}
