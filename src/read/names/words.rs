//! The fixed words.

use super::Word;

/// `yes` and `no`.
pub const YES_NO: &[Word] = &[
    Word::new("yes", &["是"], ("是", "yes")),
    Word::new("no", &["否"], ("否", "no")),
];

/// Weekdays, Monday first.
pub const WEEKDAYS: &[Word] = &[
    Word::new("mon", &["周一", "一", "星期一"], ("星期一", "Monday")),
    Word::new("tue", &["周二", "二", "星期二"], ("星期二", "Tuesday")),
    Word::new("wed", &["周三", "三", "星期三"], ("星期三", "Wednesday")),
    Word::new("thu", &["周四", "四", "星期四"], ("星期四", "Thursday")),
    Word::new("fri", &["周五", "五", "星期五"], ("星期五", "Friday")),
    Word::new("sat", &["周六", "六", "星期六"], ("星期六", "Saturday")),
    Word::new(
        "sun",
        &["周日", "日", "星期日", "周天", "星期天"],
        ("星期日", "Sunday"),
    ),
];

/// The measure that every site has.
pub const MEASURE_VISIT: &[Word] = &[Word::new(
    "visit",
    &["次", "每次"],
    ("每次作业计 1", "1 for every visit"),
)];

/// Periods of a rule.
pub const EVERY: &[Word] = &[
    Word::new(
        "window",
        &["整段", "全程"],
        ("整个时段算一期", "the whole window is one period"),
    ),
    Word::new("month", &["每月"], ("自然月", "calendar months")),
    Word::new(
        "half-month",
        &["每半月", "半月"],
        (
            "每月 1–15 日、16 日至月底",
            "days 1–15 and 16–end of each month",
        ),
    ),
    Word::new("week", &["每周"], ("周一至周日", "Monday to Sunday")),
];

/// What stands around the number in `10d`: English ending, then Chinese beginnings and endings.
pub const EVERY_DAYS: (&str, &[&str], &[&str]) = ("d", &["每"], &["天", "日"]);

/// What a row of calendar.csv sets.
pub const STATUS: &[Word] = &[
    Word::new("closed", &["关闭", "停工", "休息"], ("不作业", "no work")),
    Word::new(
        "open",
        &["开放", "开工"],
        (
            "可作业，即使不是工作日（调休）",
            "work, weekdays notwithstanding",
        ),
    ),
    Word::new(
        "usual",
        &["照常"],
        (
            "撤销前面同一范围在这些天的安排",
            "forget earlier rows of this very scope on these days",
        ),
    ),
];

/// When a survey was made.
pub const PHASE: &[Word] = &[
    Word::new(
        "before",
        &["灭前", "防制前", "消杀前"],
        ("作业之前", "before the treatment"),
    ),
    Word::new(
        "after",
        &["灭后", "防制后", "消杀后"],
        ("作业之后", "after the treatment"),
    ),
];

/// What a row of calendar.csv speaks of; those that end in `:` are followed by an id or word.
pub const CALENDAR_SCOPES: &[Word] = &[
    Word::new(
        "all",
        &["全部", "所有"],
        ("所有队伍和地点", "all teams and all sites"),
    ),
    Word::new(
        "teams",
        &["所有队伍", "全部队伍"],
        ("所有队伍", "all teams"),
    ),
    Word::new(
        "sites",
        &["所有地点", "全部地点"],
        ("所有地点", "all sites"),
    ),
    Word::new("team:", &["队伍:"], ("一支队伍", "one team")),
    Word::new(
        "contractor:",
        &["承包方:", "承包商:", "承包单位:"],
        ("一个承包方的队伍", "the teams of a contractor"),
    ),
    Word::new(
        "zone:",
        &["片区:", "街道:"],
        ("一个片区的地点", "the sites of a zone"),
    ),
    Word::new(
        "kind:",
        &["类型:", "类别:"],
        ("一类地点", "the sites of a kind"),
    ),
    Word::new(
        "site:",
        &["地点:"],
        (
            "一个地点，或它的一段（编号/2）",
            "one site, or one part of it (`id/2`)",
        ),
    ),
    Word::new(
        "method:",
        &["方法:"],
        ("一种方法的措施", "the treatments of a method"),
    ),
    Word::new("treatment:", &["措施:"], ("一项措施", "one treatment")),
];

/// What a budget line limits; those that end in `:` are followed by an id.
pub const BUDGET_SCOPES: &[Word] = &[
    Word::new(
        "total",
        &["合计", "总额", "总计"],
        ("人工费和药品费", "labour and products"),
    ),
    Word::new("labour", &["人工", "人工费"], ("人工费", "labour money")),
    Word::new(
        "products",
        &["药品", "药品费"],
        ("药品费", "money for products"),
    ),
    Word::new(
        "contractor:",
        &["承包方:", "承包商:", "承包单位:"],
        (
            "一个承包方各队的人工费",
            "labour money of a contractor's teams",
        ),
    ),
    Word::new(
        "team:",
        &["队伍:"],
        ("一支队伍的人工费", "labour money of one team"),
    ),
    Word::new(
        "product:",
        &["药品:", "药剂:"],
        ("购买一种药品的钱", "money spent on one product"),
    ),
];
