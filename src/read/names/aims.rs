//! Tables of what is wanted and what limits it: coverage, budget, calendar, done; and what was found.

use super::words::{BUDGET_SCOPES, CALENDAR_SCOPES, PHASE, STATUS};
use super::{Column, DROP, Join, Range, Table, Value};
use Range::{AboveZero, Between, FromZero};
use Value::{Date, Fixed, Id, List, Number, Period, Reference, Scope, Scopes, Text, Whole, Word};

/// coverage.csv.
pub(super) const COVERAGE: Table = Table {
    file: "coverage.csv",
    title: ("覆盖要求", "what must be achieved"),
    required: true,
    join: Join::ByKey(&["rule"]),
    carries_others: false,
    short_rows: false,
    columns: &[
        Column::new("rule", &["规则", "规则编号"], Id, ("唯一编号", "unique id")).required(),
        Column::new("name", &["名称", "规则名称"], Text, ("显示用名称", "shown"))
            .default_text("编号", "the id"),
        Column::new(
            "kind",
            &["类型", "类别"],
            List,
            (
                "适用的类型；!词 表示除去",
                "kinds of sites; `!word` takes matches away",
            ),
        )
        .default_text("全部", "all"),
        Column::new(
            "zone",
            &["片区", "街道"],
            List,
            (
                "适用的片区；!词 表示除去",
                "zones of sites; `!word` takes matches away",
            ),
        )
        .default_text("全部", "all"),
        Column::new(
            "tag",
            &["标签"],
            List,
            (
                "适用的标签；!词 表示除去",
                "tags of sites; `!word` takes matches away",
            ),
        )
        .default_text("全部", "all"),
        Column::new(
            "site",
            &["地点"],
            List,
            (
                "适用的地点编号，或其中一段（编号/2）；!编号 表示除去",
                "ids of sites, or of parts (`id/2`); `!id` takes one away",
            ),
        )
        .default_text("全部", "all"),
        Column::new(
            "treatments",
            &["措施"],
            List,
            (
                "其中任何一项措施的作业都算一轮",
                "a visit with any one of these is a round",
            ),
        )
        .required(),
        Column::new(
            "from",
            &["开始"],
            Date,
            ("时段第一天", "first day of the window"),
        )
        .default_text("计划期第一天", "start of the horizon"),
        Column::new(
            "to",
            &["结束"],
            Date,
            ("时段最后一天", "last day of the window"),
        )
        .default_text("计划期最后一天", "end of the horizon"),
        Column::new(
            "every",
            &["周期"],
            Period,
            (
                "周期：整段、每月、每半月、每周，或“10天”",
                "`window`, `month`, `half-month`, `week`, or `10d` for blocks of ten days",
            ),
        )
        .default_text("整段", "window"),
        Column::new(
            "rounds",
            &["轮次"],
            Whole(Between(0, 1_000_000)),
            ("每期要求的轮次", "rounds asked in each period"),
        )
        .default("0"),
        Column::new(
            "min_gap",
            &["最小间隔"],
            Whole(Between(0, 100_000)),
            (
                "同一地点两轮日期至少相差的天数；0 允许一天两轮；属安全限制，任何时候不放宽",
                "the dates of two rounds at a site differ by at least so many days; 0 allows two on one day",
            ),
        )
        .default("1"),
        Column::new(
            "max_gap",
            &["最大间隔"],
            Whole(Between(1, 100_000)),
            (
                "相邻两轮日期最多相差的天数；空为不要求",
                "the dates of successive rounds differ by at most so many days; blank = no such wish",
            ),
        ),
        Column::new(
            "tier",
            &["等级"],
            Whole(Between(1, 1_000_000)),
            (
                "1 最重要；绝不为后面的等级牺牲前面的等级",
                "1 = most important; a lower tier is never given up for a higher number",
            ),
        )
        .default("1"),
        Column::new(
            "weight",
            &["权重"],
            Number(AboveZero),
            (
                "同一等级内缺一轮有多要紧",
                "importance of one missed round within the tier",
            ),
        )
        .default("1"),
        DROP,
    ],
};

/// budget.csv.
pub(super) const BUDGET: Table = Table {
    file: "budget.csv",
    title: ("预算", "what may be spent"),
    required: false,
    join: Join::ByKey(&["line"]),
    carries_others: false,
    short_rows: false,
    columns: &[
        Column::new("line", &["预算项"], Id, ("唯一编号", "unique id")).required(),
        Column::new(
            "scope",
            &["范围"],
            Scopes(BUDGET_SCOPES),
            (
                "限制哪些钱；几项合在一起时每一元只算一次",
                "which money it limits; of several the union, each yuan once",
            ),
        )
        .required(),
        Column::new(
            "from",
            &["开始"],
            Date,
            (
                "只计这天起的出动和计件费；仅限人工费",
                "count only days deployed and piece money from this day; labour only",
            ),
        ),
        Column::new(
            "to",
            &["结束"],
            Date,
            (
                "只计到这天为止的出动和计件费；仅限人工费",
                "count only days deployed and piece money up to this day; labour only",
            ),
        ),
        Column::new(
            "amount",
            &["金额"],
            Number(FromZero),
            ("最多可花的金额", "what may be spent"),
        )
        .required(),
        DROP,
    ],
};

/// calendar.csv.
pub(super) const CALENDAR: Table = Table {
    file: "calendar.csv",
    title: ("特殊日期", "days that differ"),
    required: false,
    join: Join::Append,
    carries_others: false,
    short_rows: false,
    columns: &[
        Column::new(
            "date",
            &["日期"],
            Date,
            ("日期或第一天", "the day, or the first of a stretch"),
        )
        .required(),
        Column::new(
            "to",
            &["结束", "至"],
            Date,
            ("连续多天时的最后一天", "last day of a stretch"),
        )
        .default_text("同一天", "the same day"),
        Column::new(
            "scope",
            &["范围"],
            Scope(CALENDAR_SCOPES),
            ("针对谁", "whom it concerns"),
        )
        .required(),
        Column::new(
            "status",
            &["状态"],
            Fixed(STATUS),
            (
                "关闭、开放或照常；后面的行优先",
                "`closed`, `open` or `usual`; the later row wins",
            ),
        )
        .required(),
        Column::new("reason", &["原因"], Text, ("原因，仅用于显示", "shown")),
    ],
};

/// done.csv.
pub(super) const DONE: Table = Table {
    file: "done.csv",
    title: ("已完成的作业", "the season so far"),
    required: false,
    join: Join::Append,
    carries_others: false,
    short_rows: false,
    columns: &[
        Column::new("date", &["日期"], Date, ("作业日期", "when")).required(),
        Column::new("team", &["队伍"], Reference, ("队伍", "who")).required(),
        Column::new(
            "site",
            &["地点"],
            Reference,
            (
                "地点；有分段的地点写编号表示每段一次，编号/2 表示其中一段",
                "where; a site with parts means each part once, `id/2` one part",
            ),
        )
        .required(),
        Column::new("treatment", &["措施"], Reference, ("措施", "what was done")).required(),
        Column::new(
            "crew",
            &["组号"],
            Whole(Between(1, 1_000_000)),
            ("第几班组", "which crew"),
        )
        .default("1"),
        Column::new(
            "product",
            &["药品", "药剂"],
            Reference,
            ("实际所用药品", "product used"),
        )
        .default_text("按措施表", "from the treatment"),
        Column::new(
            "quantity",
            &["数量"],
            Number(FromZero),
            ("实际用量", "quantity used; of all parts together"),
        )
        .default_text("按措施表计算", "worked out from the tables"),
        Column::new(
            "hours",
            &["工时"],
            Number(FromZero),
            (
                "实际工时，含到场时间",
                "hours worked, access included; of all parts together",
            ),
        )
        .default_text("按各表计算", "worked out from the tables"),
    ],
};

/// surveys.csv.
pub(super) const SURVEYS: Table = Table {
    file: "surveys.csv",
    title: (
        "密度监测",
        "densities that were measured; information for reports",
    ),
    required: false,
    join: Join::Append,
    carries_others: false,
    short_rows: false,
    columns: &[
        Column::new("date", &["日期", "监测日期"], Date, ("监测日期", "when")).required(),
        Column::new(
            "zone",
            &["片区", "街道"],
            Word,
            ("监测的片区", "zone that was surveyed"),
        )
        .default_text("全辖区", "the whole district"),
        Column::new(
            "pest",
            &["病媒", "防治对象"],
            Text,
            ("蚊、蝇、鼠、蟑……", "mosquitoes, flies, rats, cockroaches …"),
        )
        .required(),
        Column::new(
            "index",
            &["指标"],
            Text,
            (
                "指标及单位，如：停落指数、室内鼠迹阳性率（%）",
                "what was measured, with its unit",
            ),
        )
        .required(),
        Column::new(
            "value",
            &["监测值", "数值"],
            Number(FromZero),
            ("监测值", "what was found"),
        )
        .required(),
        Column::new(
            "limit",
            &["限值", "标准"],
            Number(FromZero),
            (
                "所执行标准的限值，单位与监测值相同",
                "what the standard in force allows, in the same unit",
            ),
        ),
        Column::new(
            "phase",
            &["阶段"],
            Fixed(PHASE),
            ("灭前或灭后", "`before` or `after` the treatment"),
        )
        .required(),
    ],
};
