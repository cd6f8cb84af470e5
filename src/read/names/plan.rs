//! The files of a plan, as `plan` writes them and `verify` reads them again.

use super::{Column, Join, Range, Table, Value};
use Range::FromZero;
use Value::{Date, List, Number, Reference, Text, Whole};

const fn figure(en: &'static str, zh: &'static [&'static str]) -> Column {
    Column::new(en, zh, Number(FromZero), ("", ""))
}

const fn count(en: &'static str, zh: &'static [&'static str]) -> Column {
    Column::new(en, zh, Whole(FromZero), ("", ""))
}

const fn named(en: &'static str, zh: &'static [&'static str]) -> Column {
    Column::new(en, zh, Reference, ("", ""))
}

const fn date(en: &'static str, zh: &'static [&'static str]) -> Column {
    Column::new(en, zh, Date, ("", ""))
}

const fn text(en: &'static str, zh: &'static [&'static str]) -> Column {
    Column::new(en, zh, Text, ("", ""))
}

const fn plan_table(
    file: &'static str,
    title: (&'static str, &'static str),
    columns: &'static [Column],
) -> Table {
    Table {
        file,
        title,
        required: false,
        join: Join::Append,
        carries_others: false,
        short_rows: true,
        columns,
    }
}

/// visits.csv: the new visits.
pub const VISITS: Table = Table {
    required: true,
    ..plan_table(
        "visits.csv",
        ("作业安排", "the visits"),
        &[
            date("date", &["日期"]).required(),
            named("team", &["队伍"]).required(),
            count("crew", &["组号"]).required(),
            named("site", &["地点", "地点编号"]).required(),
            named("treatment", &["措施"]).required(),
            named("product", &["药品", "药剂"]),
            figure("quantity", &["数量"]),
            figure("hours", &["工时"]),
            figure("piece_cost", &["计件费"]),
            Column::new("rules", &["规则"], List, ("", "")),
            count("seq", &["次序"]),
        ],
    )
};

/// `crew_days.csv`: what each crew does on each day.
pub const CREW_DAYS: Table = plan_table(
    "crew_days.csv",
    ("班组工日", "crew-days"),
    &[
        date("date", &["日期"]),
        named("team", &["队伍"]),
        count("crew", &["组号"]),
        count("visits", &["作业数"]),
        figure("hours", &["工时"]),
        figure("cost", &["费用"]),
    ],
);

/// purchases.csv: what is used and bought.
pub const PURCHASES: Table = plan_table(
    "purchases.csv",
    ("采购", "purchases"),
    &[
        named("product", &["药品", "药剂"]),
        text("unit", &["单位"]),
        figure("used", &["用量"]),
        figure("stock", &["库存"]),
        count("packs", &["包数"]),
        figure("quantity_bought", &["采购量"]),
        figure("cost", &["费用"]),
    ],
);

/// coverage.csv of a plan: rounds asked and planned.
pub const COVERED: Table = plan_table(
    "coverage.csv",
    ("完成情况", "rounds asked and planned"),
    &[
        named("rule", &["规则"]),
        named("site", &["地点"]),
        date("from", &["开始"]),
        date("to", &["结束"]),
        count("asked", &["要求"]),
        count("planned", &["安排"]),
        count("missed", &["缺少"]),
        count("late", &["延误"]),
    ],
);

/// budget.csv of a plan: what is spent.
pub const SPENT: Table = plan_table(
    "budget.csv",
    ("预算执行", "what is spent"),
    &[
        named("line", &["预算项"]),
        text("scope", &["范围"]),
        figure("amount", &["金额"]),
        figure("spent", &["支出"]),
        figure("left", &["剩余"]),
    ],
);
