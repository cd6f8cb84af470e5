//! The settings of scenario.toml.

use super::{Column, Range, Value};

/// Keys of scenario.toml.
pub const SETTINGS: &[Column] = &[
    Column::new(
        "name",
        &["名称"],
        Value::Text,
        (
            "方案名称，出现在所有输出中；不从被沿用的方案继承",
            "shown in every output; not inherited",
        ),
    )
    .required(),
    Column::new(
        "start",
        &["开始"],
        Value::Date,
        ("计划期第一天", "first day of the horizon"),
    )
    .required(),
    Column::new(
        "end",
        &["结束"],
        Value::Date,
        (
            "计划期最后一天（含），计划期最长 1100 天",
            "last day of the horizon, included; at most 1,100 days",
        ),
    )
    .required(),
    Column::new(
        "extends",
        &["沿用"],
        Value::Text,
        (
            "被沿用的方案（文件夹或 .xlsx），路径相对本方案所在位置",
            "another scenario, folder or .xlsx, relative to this one, whose tables are patched",
        ),
    ),
    Column::new(
        "currency",
        &["货币"],
        Value::Text,
        ("货币，仅用于显示", "shown only"),
    ),
    Column::new(
        "workdays",
        &["工作日"],
        Value::Weekdays,
        ("各队默认的工作日", "weekdays that teams work by default"),
    )
    .default_text("每天", "all seven days"),
    Column::new(
        "access_min",
        &["到场分钟"],
        Value::Number(Range::FromZero),
        (
            "每到一处路上和进场的默认分钟数",
            "default minutes to get to and into a site, per stop",
        ),
    )
    .default("0"),
    Column::new(
        "today",
        &["今天"],
        Value::Date,
        (
            "从这一天起安排新作业；此前的作业写在 done.csv",
            "new visits are planned from this day on; see done.csv",
        ),
    )
    .default_text(
        "done.csv 最后一天的次日；没有 done.csv 时为开始日",
        "the day after the last row of done.csv; without done.csv the start",
    ),
];
