//! Tables of what there is: sites, treatments, teams, rates, products.

use super::{Column, DROP, Join, Range, Table, Value};
use Range::{AboveZero, Between, FromZero};
use Value::{Date, Id, List, Number, Reference, Text, Weekdays, Whole, Word, YesNo};

/// sites.csv.
pub(super) const SITES: Table = Table {
    file: "sites.csv",
    title: ("作业地点", "where work is done"),
    required: true,
    join: Join::ByKey(&["site"]),
    carries_others: true,
    short_rows: false,
    columns: &[
        Column::new("site", &["地点", "地点编号"], Id, ("唯一编号", "unique id")).required(),
        Column::new("name", &["名称", "地点名称"], Text, ("显示用名称", "shown"))
            .default_text("编号", "the id"),
        Column::new(
            "kind",
            &["类型", "类别"],
            Word,
            (
                "类型，自由用词：道路、小区、孳生地、公园……",
                "free word: road, residential, breeding_site, park …",
            ),
        ),
        Column::new(
            "zone",
            &["片区", "街道"],
            Word,
            (
                "所属街道或片区；不填则只有不限片区的队伍能去",
                "sub-district or other area; a site without one is served only by teams without zones",
            ),
        ),
        Column::new(
            "lon",
            &["经度"],
            Number(Between(-180, 180)),
            ("WGS84 经度", "WGS84 longitude in degrees"),
        ),
        Column::new(
            "lat",
            &["纬度"],
            Number(Between(-90, 90)),
            ("WGS84 纬度", "WGS84 latitude in degrees"),
        ),
        Column::new(
            "weight",
            &["权重"],
            Number(AboveZero),
            ("这里缺一轮有多要紧", "importance of a missed round here"),
        )
        .default("1"),
        Column::new("tags", &["标签"], List, ("自由用词的列表", "list of free words")),
        Column::new(
            "workdays",
            &["工作日", "可作业日"],
            Weekdays,
            ("可以进场的星期", "weekdays on which the site may be entered"),
        )
        .default_text("每天", "all seven days"),
        Column::new(
            "access_min",
            &["到场分钟"],
            Number(FromZero),
            ("每到一次路上和进场的分钟数", "minutes per stop"),
        )
        .default_text("scenario.toml 中的值", "from scenario.toml"),
        Column::new(
            "exclude",
            &["禁用"],
            List,
            (
                "此处不允许的方法、药品或措施",
                "methods, products or treatments that are not allowed here",
            ),
        ),
        Column::new(
            "parts",
            &["分段数"],
            Whole(Between(1, 10_000)),
            (
                "一个班组一天做不完的大地点分成几段：编号/1、编号/2……，计量和权重平分",
                "a site too large for one crew-day stands for so many sites `id/1`, `id/2` …, each with an equal share",
            ),
        )
        .default("1"),
        DROP,
    ],
};

/// treatments.csv.
pub(super) const TREATMENTS: Table = Table {
    file: "treatments.csv",
    title: ("防制措施", "what can be done at a site"),
    required: true,
    join: Join::ByKey(&["treatment"]),
    carries_others: false,
    short_rows: false,
    columns: &[
        Column::new(
            "treatment",
            &["措施", "措施编号"],
            Id,
            ("唯一编号", "unique id"),
        )
        .required(),
        Column::new("name", &["名称", "措施名称"], Text, ("显示用名称", "shown"))
            .default_text("编号", "the id"),
        Column::new(
            "pest",
            &["防治对象", "病媒"],
            List,
            (
                "防治的病媒，仅用于显示",
                "pests that it acts against; shown",
            ),
        ),
        Column::new(
            "method",
            &["方法"],
            Word,
            (
                "队伍须具备的作业方法：超低容量、滞留喷洒、投饵……",
                "the skill a team needs: ulv, residual, larvicide, bait, gel …",
            ),
        )
        .required(),
        Column::new(
            "product",
            &["药品", "药剂"],
            Reference,
            ("所用药品，不用药则空", "product used, blank for none"),
        ),
        Column::new(
            "measure",
            &["计量", "计量列"],
            Word,
            (
                "按地点的哪一列计量；“次”（visit）表示每次计 1",
                "which measure of the site counts, or `visit` for 1 per visit",
            ),
        )
        .required(),
        Column::new(
            "dose",
            &["用量", "剂量"],
            Number(FromZero),
            (
                "每多少计量单位用多少药",
                "product units per so many measure units",
            ),
        )
        .default("0"),
        Column::new(
            "dose_per",
            &["用量基数"],
            Number(AboveZero),
            ("用量对应的计量单位数", "measure units to which dose refers"),
        )
        .default("1"),
        Column::new(
            "dose_step",
            &["用量进位"],
            Number(AboveZero),
            (
                "每次用量向上取整到它的倍数；空为不取整",
                "the quantity of a visit is rounded up to a multiple of this; blank = not rounded",
            ),
        ),
        Column::new(
            "rate_per_hour",
            &["每小时工效", "工效"],
            Number(AboveZero),
            (
                "一个班组每小时完成的计量单位数；空为除准备和到场外不费时",
                "measure units that one crew treats in an hour; blank = no time beyond set-up and access",
            ),
        ),
        Column::new(
            "setup_min",
            &["准备分钟"],
            Number(FromZero),
            ("每次作业的准备分钟数", "minutes per visit"),
        )
        .default("0"),
        Column::new(
            "piece_rate",
            &["计件单价"],
            Number(FromZero),
            (
                "每计量单位付给承包方的作业费",
                "money per measure unit that the contractor is paid for the work",
            ),
        )
        .default("0"),
        Column::new(
            "residual_days",
            &["持效天数"],
            Number(FromZero),
            (
                "持效天数，供报告参考",
                "days that the effect lasts; information for reports",
            ),
        ),
        Column::new(
            "dilution",
            &["配制", "稀释"],
            Text,
            ("派工单上的配制说明", "text for work orders"),
        ),
        Column::new(
            "safety",
            &["安全要求"],
            Text,
            ("派工单上的安全要求", "text for work orders"),
        ),
        DROP,
    ],
};

/// teams.csv.
pub(super) const TEAMS: Table = Table {
    file: "teams.csv",
    title: ("消杀队伍", "who can do it"),
    required: true,
    join: Join::ByKey(&["team"]),
    carries_others: false,
    short_rows: false,
    columns: &[
        Column::new("team", &["队伍", "队伍编号"], Id, ("唯一编号", "unique id")).required(),
        Column::new("name", &["名称", "队伍名称"], Text, ("显示用名称", "shown"))
            .default_text("编号", "the id"),
        Column::new(
            "contractor",
            &["承包方", "承包商", "承包单位"],
            Id,
            ("费用付给谁", "who is paid"),
        )
        .default_text("队伍编号", "the team id"),
        Column::new(
            "methods",
            &["方法"],
            List,
            ("能做的方法", "list of methods it can do"),
        )
        .required(),
        Column::new(
            "zones",
            &["片区", "街道"],
            List,
            ("可作业的片区；空为不限", "list of zones it may work in, blank = all"),
        )
        .default_text("不限", "all"),
        Column::new(
            "crews",
            &["组数"],
            Whole(Between(1, 10_000)),
            ("一天能同时出动几个同样的班组", "identical crews it can field on one day"),
        )
        .default("1"),
        Column::new(
            "people",
            &["每组人数", "班组人数"],
            Whole(Between(1, 10_000)),
            (
                "一个班组有几个人，用于统计人次；空为不清楚，不统计",
                "people in one crew, for person-days in reports; blank = unknown, no person-days are given",
            ),
        ),
        Column::new(
            "hours_per_day",
            &["每日工时"],
            Number(AboveZero),
            (
                "一个班组一天的工时；跨午夜的班次算开始那天",
                "working hours of one crew on one day; a shift past midnight belongs to the day on which it begins",
            ),
        )
        .required(),
        Column::new(
            "speed",
            &["速度系数"],
            Number(AboveZero),
            ("乘以每小时工效", "multiplies rate_per_hour"),
        )
        .default("1"),
        Column::new(
            "cost_per_day",
            &["每日费用"],
            Number(FromZero),
            ("每个班组每出动一天的费用", "money per crew for each day it is deployed"),
        )
        .default("0"),
        Column::new(
            "mobilisation",
            &["进场费"],
            Number(FromZero),
            ("只要启用就付一次", "money once, if the team is used at all"),
        )
        .default("0"),
        Column::new(
            "min_days",
            &["保底天数"],
            Whole(FromZero),
            (
                "启用后至少按这么多班组工日计费",
                "crew-days over the horizon that are billed at least, if the team is used at all",
            ),
        )
        .default("0"),
        Column::new(
            "max_days",
            &["最多天数"],
            Whole(FromZero),
            (
                "最多出动的班组工日；空为不限",
                "crew-days over the horizon that are deployed at most; blank = no limit",
            ),
        ),
        Column::new(
            "committed",
            &["已签约"],
            YesNo,
            (
                "合同已签：即使不用，进场费和保底天数也要付",
                "the contract is signed: mobilisation and min_days are owed even if the team is not used",
            ),
        )
        .default_text("否", "no"),
        Column::new("from", &["开始"], Date, ("可用的第一天", "first day available"))
            .default_text("计划期第一天", "start of the horizon"),
        Column::new("to", &["结束"], Date, ("可用的最后一天", "last day available"))
            .default_text("计划期最后一天", "end of the horizon"),
        Column::new("workdays", &["工作日"], Weekdays, ("上班的星期", "weekdays worked"))
            .default_text("scenario.toml 中的值", "from scenario.toml"),
        DROP,
    ],
};

/// rates.csv.
pub(super) const RATES: Table = Table {
    file: "rates.csv",
    title: (
        "各承包方不同的计件单价",
        "piece rates that differ by contractor",
    ),
    required: false,
    join: Join::ByKey(&["contractor", "treatment"]),
    carries_others: false,
    short_rows: false,
    columns: &[
        Column::new(
            "contractor",
            &["承包方", "承包商", "承包单位"],
            Reference,
            ("承包方", "the contractor"),
        )
        .required(),
        Column::new("treatment", &["措施"], Reference, ("措施", "the treatment")).required(),
        Column::new(
            "piece_rate",
            &["计件单价"],
            Number(FromZero),
            (
                "对该承包方各队取代措施表中的单价",
                "replaces the treatment's piece_rate for that contractor's teams",
            ),
        )
        .required(),
        DROP,
    ],
};

/// products.csv.
pub(super) const PRODUCTS: Table = Table {
    file: "products.csv",
    title: ("药品和饵料", "bait and insecticide"),
    required: false,
    join: Join::ByKey(&["product"]),
    carries_others: false,
    short_rows: false,
    columns: &[
        Column::new(
            "product",
            &["药品", "药品编号", "药剂"],
            Id,
            ("唯一编号", "unique id"),
        )
        .required(),
        Column::new("name", &["名称", "药品名称"], Text, ("显示用名称", "shown"))
            .default_text("编号", "the id"),
        Column::new(
            "unit",
            &["单位"],
            Text,
            ("显示用单位：kg、L、包、盒……", "shown: kg, L, pack, box …"),
        ),
        Column::new(
            "pack_size",
            &["每包数量"],
            Number(AboveZero),
            ("一包有多少单位", "units in a pack"),
        )
        .default("1"),
        Column::new(
            "pack_cost",
            &["每包价格"],
            Number(FromZero),
            ("一包的价格", "money per pack"),
        )
        .default("0"),
        Column::new(
            "stock",
            &["库存"],
            Number(FromZero),
            (
                "库存数量，使用不另计费",
                "units already in store, free to use",
            ),
        )
        .default("0"),
        Column::new(
            "max_packs",
            &["最多包数"],
            Whole(FromZero),
            (
                "最多可购包数；空为不限",
                "packs that can be bought at most, blank = no limit",
            ),
        ),
        Column::new(
            "from",
            &["开始"],
            Date,
            (
                "此前不得使用（到货）",
                "no visit with it before this day (delivery)",
            ),
        ),
        Column::new(
            "to",
            &["结束"],
            Date,
            (
                "此后不得使用（到期、登记失效）",
                "no visit with it after this day (expiry, end of registration)",
            ),
        ),
        Column::new(
            "active_ingredient",
            &["有效成分"],
            Text,
            ("有效成分", "information"),
        ),
        Column::new(
            "moa_group",
            &["作用机理"],
            Text,
            ("IRAC/RRAC 作用机理分组", "IRAC or RRAC class"),
        ),
        Column::new(
            "registration",
            &["登记证号"],
            Text,
            (
                "农药登记证号：WP…… 或 PD……",
                "registration number: WP… or PD…",
            ),
        ),
        Column::new(
            "pests",
            &["防治对象"],
            List,
            ("标签上的防治对象", "pests on the label"),
        ),
        DROP,
    ],
};
