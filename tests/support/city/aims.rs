//! What is asked: treatments, rules, days that differ. The same for every city.

use super::table::Table;

/// A row of treatments.csv. Doses and prices are in thousandths.
pub(crate) struct Treatment {
    pub(crate) id: &'static str,
    name: &'static str,
    pub(crate) method: &'static str,
    pub(crate) product: &'static str,
    pub(crate) measure: &'static str,
    pub(crate) dose: i64,
    pub(crate) dose_per: i64,
    pub(crate) rate_per_hour: i64,
    pub(crate) setup_min: i64,
}

/// The treatments of karamay-summer.
#[rustfmt::skip]
pub(crate) const TREATMENTS: [Treatment; 7] = [
    Treatment { id: "ulv_road", name: "道路车载超低容量喷雾", method: "ulv", product: "deltamethrin", measure: "length_m", dose: 250, dose_per: 1_000, rate_per_hour: 5_000, setup_min: 0 },
    Treatment { id: "ulv_area", name: "片区超低容量喷雾", method: "ulv", product: "deltamethrin", measure: "area_m2", dose: 50, dose_per: 10_000, rate_per_hour: 50_000, setup_min: 0 },
    Treatment { id: "residual_green", name: "绿篱树丛滞留喷洒", method: "residual", product: "beta_cypermethrin", measure: "green_m2", dose: 400, dose_per: 1_000, rate_per_hour: 5_000, setup_min: 0 },
    Treatment { id: "residual_wall", name: "垃圾场圈舍墙面滞留喷洒", method: "residual", product: "alpha_cypermethrin", measure: "wall_m2", dose: 300, dose_per: 1_000, rate_per_hour: 8_000, setup_min: 15 },
    Treatment { id: "larva_temephos", name: "双硫磷颗粒灭幼虫", method: "larvicide", product: "temephos", measure: "water_m2", dose: 1_000, dose_per: 1_000, rate_per_hour: 10_000, setup_min: 5 },
    Treatment { id: "larva_bti", name: "苏云金杆菌以色列亚种灭幼虫", method: "larvicide", product: "bti", measure: "water_m2", dose: 800, dose_per: 1_000, rate_per_hour: 10_000, setup_min: 5 },
    Treatment { id: "larva_pyriproxyfen", name: "吡丙醚颗粒灭幼虫", method: "larvicide", product: "pyriproxyfen", measure: "water_m2", dose: 150, dose_per: 1_000, rate_per_hour: 10_000, setup_min: 5 },
];

/// How often a rule asks.
#[derive(Clone, Copy)]
pub(crate) enum Every {
    Month,
    HalfMonth,
    Window,
}

/// A row of coverage.csv.
pub(crate) struct Rule {
    id: &'static str,
    name: &'static str,
    /// Empty: all kinds.
    kinds: &'static [&'static str],
    /// Blank: with or without tags.
    tag: &'static str,
    pub(crate) treatments: &'static [&'static str],
    /// First and last month of the window.
    pub(crate) months: (u32, u32),
    every: Every,
    rounds: i64,
    min_gap: u32,
    max_gap: Option<u32>,
    tier: u32,
}

/// Breeding places first, then where people live and rest, then all green.
#[rustfmt::skip]
pub(crate) const RULES: [Rule; 14] = [
    Rule { id: "larvae", name: "湿地水塘每半月灭幼虫", kinds: &["wetland", "pond"], tag: "", treatments: &["larva_temephos", "larva_bti", "larva_pyriproxyfen"], months: (5, 10), every: Every::HalfMonth, rounds: 1, min_gap: 7, max_gap: Some(23), tier: 1 },
    Rule { id: "flies", name: "垃圾场和养殖基地每半月灭蝇", kinds: &["landfill", "livestock"], tag: "", treatments: &["residual_wall"], months: (5, 10), every: Every::HalfMonth, rounds: 1, min_gap: 7, max_gap: None, tier: 1 },
    Rule { id: "quarters", name: "外来人员居住地每半月喷雾", kinds: &["migrant_quarter"], tag: "", treatments: &["ulv_area"], months: (5, 10), every: Every::HalfMonth, rounds: 1, min_gap: 7, max_gap: None, tier: 1 },
    Rule { id: "roads", name: "主要道路每月一轮", kinds: &["road"], tag: "", treatments: &["ulv_road"], months: (5, 9), every: Every::Month, rounds: 1, min_gap: 12, max_gap: None, tier: 2 },
    Rule { id: "compounds", name: "居民小区每月一轮", kinds: &["residential"], tag: "", treatments: &["ulv_area"], months: (5, 9), every: Every::Month, rounds: 1, min_gap: 12, max_gap: None, tier: 2 },
    Rule { id: "hotspots", name: "高密度和休闲场所每月两轮", kinds: &[], tag: "hotspot", treatments: &["ulv_road", "ulv_area"], months: (5, 10), every: Every::Month, rounds: 2, min_gap: 10, max_gap: None, tier: 2 },
    Rule { id: "offices", name: "机关绿地五六月每月一轮", kinds: &["office"], tag: "", treatments: &["residual_green"], months: (5, 6), every: Every::Month, rounds: 1, min_gap: 14, max_gap: None, tier: 3 },
    Rule { id: "schools", name: "学校绿地六至八月每月一轮", kinds: &["school"], tag: "", treatments: &["residual_green"], months: (6, 8), every: Every::Month, rounds: 1, min_gap: 14, max_gap: None, tier: 3 },
    Rule { id: "employers", name: "单位绿地九十月每月一轮", kinds: &["employer"], tag: "", treatments: &["residual_green"], months: (9, 10), every: Every::Month, rounds: 1, min_gap: 14, max_gap: None, tier: 3 },
    Rule { id: "river", name: "河岸绿地每月一轮", kinds: &["river_bank"], tag: "", treatments: &["residual_green"], months: (5, 9), every: Every::Month, rounds: 1, min_gap: 12, max_gap: None, tier: 3 },
    Rule { id: "parks", name: "公园绿地每月一轮", kinds: &["park"], tag: "", treatments: &["residual_green"], months: (5, 9), every: Every::Month, rounds: 1, min_gap: 12, max_gap: None, tier: 3 },
    Rule { id: "green_peak", name: "河岸公园盛夏每月两轮", kinds: &["river_bank", "park"], tag: "", treatments: &["residual_green"], months: (7, 8), every: Every::Month, rounds: 2, min_gap: 12, max_gap: None, tier: 3 },
    Rule { id: "compounds_green", name: "居民小区绿篱全季三次", kinds: &["residential"], tag: "", treatments: &["residual_green"], months: (5, 10), every: Every::Window, rounds: 3, min_gap: 30, max_gap: Some(62), tier: 3 },
    Rule { id: "rotation", name: "湿地水塘盛夏轮换生物制剂", kinds: &["wetland", "pond"], tag: "", treatments: &["larva_bti"], months: (6, 8), every: Every::Month, rounds: 1, min_gap: 10, max_gap: None, tier: 3 },
];

impl Rule {
    pub(crate) fn chooses(&self, kind: &str, tag: &str) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&kind))
            && (self.tag.is_empty() || self.tag == tag)
    }

    /// Twice the rounds that it asks for in a month.
    pub(crate) fn doubled_rounds(&self, month: u32) -> i64 {
        let (from, to) = self.months;
        match self.every {
            _ if month < from || to < month => 0,
            Every::Month => 2 * self.rounds,
            Every::HalfMonth => 4 * self.rounds,
            Every::Window => 2 * self.rounds / i64::from(to - from + 1),
        }
    }
}

/// Thousandths as a decimal.
pub(crate) fn decimal(thousandths: i64) -> String {
    format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
}

/// treatments.csv.
pub(crate) fn treatments() -> Table {
    let mut table = Table::new("treatments.csv");
    for treatment in &TREATMENTS {
        table.row([
            ("treatment", treatment.id.to_owned()),
            ("name", treatment.name.to_owned()),
            ("method", treatment.method.to_owned()),
            ("product", treatment.product.to_owned()),
            ("measure", treatment.measure.to_owned()),
            ("dose", decimal(treatment.dose)),
            ("dose_per", treatment.dose_per.to_string()),
            ("dose_step", "0.01".to_owned()),
            ("rate_per_hour", treatment.rate_per_hour.to_string()),
            ("setup_min", treatment.setup_min.to_string()),
        ]);
    }
    table
}

/// coverage.csv.
pub(crate) fn coverage() -> Table {
    let mut table = Table::new("coverage.csv");
    for rule in &RULES {
        let (from, to) = rule.months;
        let last = if matches!(to, 6 | 9) { 30 } else { 31 };
        let every = match rule.every {
            Every::Month => "month",
            Every::HalfMonth => "half-month",
            Every::Window => "window",
        };
        table.row([
            ("rule", rule.id.to_owned()),
            ("name", rule.name.to_owned()),
            ("kind", rule.kinds.join(";")),
            ("tag", rule.tag.to_owned()),
            ("treatments", rule.treatments.join(";")),
            ("from", format!("2026-{from:02}-01")),
            ("to", format!("2026-{to:02}-{last}")),
            ("every", every.to_owned()),
            ("rounds", rule.rounds.to_string()),
            ("min_gap", rule.min_gap.to_string()),
            (
                "max_gap",
                rule.max_gap
                    .map_or_else(String::new, |days| days.to_string()),
            ),
            ("tier", rule.tier.to_string()),
        ]);
    }
    table
}

/// calendar.csv: the public holidays, the school holidays, a windy day a month.
pub(crate) fn calendar() -> Table {
    let mut table = Table::new("calendar.csv");
    let mut row = |date: &str, to: &str, scope: &str, status: &str| {
        table.row([
            ("date", date.to_owned()),
            ("to", to.to_owned()),
            ("scope", scope.to_owned()),
            ("status", status.to_owned()),
        ]);
    };
    row("2026-05-01", "2026-05-05", "all", "closed");
    row("2026-06-19", "2026-06-21", "all", "closed");
    row("2026-07-11", "2026-08-25", "kind:school", "open");
    row("2026-09-25", "2026-09-27", "all", "closed");
    row("2026-10-01", "2026-10-07", "all", "closed");
    for windy in ["05-14", "06-11", "07-09", "08-13", "09-10", "10-15"] {
        row(&format!("2026-{windy}"), "", "method:ulv", "closed");
    }
    table
}
