//! What a plan can break, by the numbered rules of the contract's section 3, each with a stable code.

use crate::lang::Text;
use serde::{Serialize, Serializer};

/// One way in which a plan can be invalid. The first digit of the code is the number of the rule that is broken,
/// 0 when the row itself says nothing that could be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clause {
    /// The date cannot be read.
    DateUnreadable,
    /// No such team.
    TeamUnknown,
    /// The crew is not one of 1 … crews.
    CrewOutOfRange,
    /// No such site or part.
    SiteUnknown,
    /// No such treatment.
    TreatmentUnknown,
    /// The date lies outside the horizon.
    OutsideHorizon,
    /// The date lies before `today`.
    BeforeToday,
    /// The date lies outside the team's from … to.
    TeamUnavailable,
    /// The date lies outside the product's from … to.
    ProductUnavailable,
    /// The team does not work on the date.
    TeamClosed,
    /// The site may not be entered on the date.
    SiteClosed,
    /// The treatment may not be done on the date.
    TreatmentClosed,
    /// The team lacks the method.
    MethodLacking,
    /// The team may not work in the site's zone.
    ZoneBarred,
    /// The site does not have the measure, or none of it.
    CannotBeDone,
    /// The site excludes the treatment, its method or its product.
    Excluded,
    /// The same treatment stands twice at a site on one day.
    Twice,
    /// A crew works longer than its day.
    CrewDayTooLong,
    /// Two visits that a rule counts lie too close together.
    GapTooShort,
    /// A team is deployed on more crew-days than `max_days`.
    TooManyCrewDays,
    /// More packs are bought than `max_packs`.
    TooManyPacks,
    /// A budget line is exceeded.
    BudgetExceeded,
}

/// What the registry holds on a clause; texts are Chinese first.
struct Entry {
    code: &'static str,
    title: (&'static str, &'static str),
    meaning: (&'static str, &'static str),
}

impl Clause {
    /// All clauses, by code.
    pub const ALL: [Clause; 22] = [
        Clause::DateUnreadable,
        Clause::TeamUnknown,
        Clause::CrewOutOfRange,
        Clause::SiteUnknown,
        Clause::TreatmentUnknown,
        Clause::OutsideHorizon,
        Clause::BeforeToday,
        Clause::TeamUnavailable,
        Clause::ProductUnavailable,
        Clause::TeamClosed,
        Clause::SiteClosed,
        Clause::TreatmentClosed,
        Clause::MethodLacking,
        Clause::ZoneBarred,
        Clause::CannotBeDone,
        Clause::Excluded,
        Clause::Twice,
        Clause::CrewDayTooLong,
        Clause::GapTooShort,
        Clause::TooManyCrewDays,
        Clause::TooManyPacks,
        Clause::BudgetExceeded,
    ];

    /// The stable code, such as `V101`.
    pub fn code(self) -> &'static str {
        self.entry().code
    }

    /// The clause that is written so, whatever the case of its letter.
    pub fn from_code(code: &str) -> Option<Clause> {
        Clause::ALL
            .into_iter()
            .find(|clause| clause.code().eq_ignore_ascii_case(code.trim()))
    }

    /// The number of the rule in section 3 of the contract; `None` where the row itself cannot be judged.
    pub fn rule(self) -> Option<u32> {
        self.code()[1..2].parse().ok().filter(|&rule| rule > 0)
    }

    /// A few words, for a heading.
    pub fn title(self) -> Text {
        let (zh, en) = self.entry().title;
        Text::new(zh, en)
    }

    /// What is checked and how to mend it, for `--explain`.
    pub fn meaning(self) -> Text {
        let (zh, en) = self.entry().meaning;
        Text::new(zh, en)
    }

    fn entry(self) -> &'static Entry {
        match self {
            Clause::DateUnreadable => &Entry {
                code: "V001",
                title: ("日期无法识别", "date not readable"),
                meaning: (
                    "日期应写成 2026-05-04、2026/5/4 或 2026年5月4日，并且确有这一天。",
                    "A date is written 2026-05-04, 2026/5/4 or 2026年5月4日, and the day must exist.",
                ),
            },
            Clause::TeamUnknown => &Entry {
                code: "V002",
                title: ("队伍不存在", "unknown team"),
                meaning: (
                    "队伍编号应与 teams.csv 一致，区分大小写。",
                    "The team must be an id of teams.csv; case counts.",
                ),
            },
            Clause::CrewOutOfRange => &Entry {
                code: "V003",
                title: ("组号超出范围", "crew out of range"),
                meaning: (
                    "组号是从 1 到该队班组数（teams.csv 的 crews）的整数。",
                    "Crews are numbered from 1 to the team's number of crews (column crews of teams.csv).",
                ),
            },
            Clause::SiteUnknown => &Entry {
                code: "V004",
                title: ("地点不存在", "unknown site"),
                meaning: (
                    "地点编号应与 sites.csv 一致；有分段的地点写 编号/1、编号/2……，只写编号表示全部各段。",
                    "The site must be an id of sites.csv; a part is written id/1, id/2, …; the id alone means all parts.",
                ),
            },
            Clause::TreatmentUnknown => &Entry {
                code: "V005",
                title: ("措施不存在", "unknown treatment"),
                meaning: (
                    "措施编号应与 treatments.csv 一致，区分大小写。",
                    "The treatment must be an id of treatments.csv; case counts.",
                ),
            },
            Clause::OutsideHorizon => &Entry {
                code: "V101",
                title: ("日期不在计划期内", "outside the horizon"),
                meaning: (
                    "作业日期应在 scenario.toml 的 start 至 end 之间（含首尾两天）。",
                    "A visit lies between start and end of scenario.toml, both included.",
                ),
            },
            Clause::BeforeToday => &Entry {
                code: "V102",
                title: ("日期早于今天", "before today"),
                meaning: (
                    "新安排的作业不得早于 today；没有 today 时，从 done.csv 最后一天的次日算起。",
                    "New visits stand on `today` or later; without `today`, after the last day of done.csv.",
                ),
            },
            Clause::TeamUnavailable => &Entry {
                code: "V103",
                title: ("队伍不在服务期", "team not available"),
                meaning: (
                    "作业日期应在 teams.csv 中该队的 from 至 to 之间；日历上的 open 不能放宽。",
                    "The date lies in the team's from … to of teams.csv; an `open` in the calendar does not widen it.",
                ),
            },
            Clause::ProductUnavailable => &Entry {
                code: "V104",
                title: ("药品不在可用期", "product not available"),
                meaning: (
                    "作业日期应在 products.csv 中该药品的 from 至 to 之间（到货、有效期、登记期）；日历上的 open 不能放宽。",
                    "The date lies in the product's from … to of products.csv (delivery, expiry, registration); an `open` in \
                     the calendar does not widen it.",
                ),
            },
            Clause::TeamClosed => &Entry {
                code: "V105",
                title: ("队伍当天不出工", "team closed"),
                meaning: (
                    "由该队的工作日和日历中 all、teams、team、contractor 各行决定，后面的行优先。",
                    "Decided by the team's workdays and the calendar rows with all, teams, team and contractor; the later row \
                     wins.",
                ),
            },
            Clause::SiteClosed => &Entry {
                code: "V106",
                title: ("地点当天不可进入", "site closed"),
                meaning: (
                    "由该地点的可作业日和日历中 all、sites、zone、kind、site 各行决定，后面的行优先。",
                    "Decided by the site's workdays and the calendar rows with all, sites, zone, kind and site; the later row \
                     wins.",
                ),
            },
            Clause::TreatmentClosed => &Entry {
                code: "V107",
                title: ("措施当天停做", "treatment closed"),
                meaning: (
                    "由日历中 method、treatment 各行决定（如雨天、大风停止喷洒），后面的行优先。",
                    "Decided by the calendar rows with method and treatment (rain or wind stops spraying); the later row wins.",
                ),
            },
            Clause::MethodLacking => &Entry {
                code: "V201",
                title: ("队伍不会这种方法", "team lacks the method"),
                meaning: (
                    "teams.csv 中该队的 methods 应含有这项措施的方法。",
                    "The team's methods in teams.csv must hold the treatment's method.",
                ),
            },
            Clause::ZoneBarred => &Entry {
                code: "V202",
                title: ("队伍不负责该片区", "zone not the team's"),
                meaning: (
                    "该队的 zones 应含有地点所在片区；没有片区的地点只由不限片区的队伍承担。",
                    "The team's zones must hold the site's zone; a site without a zone is served only by teams without zones.",
                ),
            },
            Clause::CannotBeDone => &Entry {
                code: "V203",
                title: ("地点没有相应的工作量", "nothing to treat"),
                meaning: (
                    "措施按某一列工作量计算时，该地点这一列必须大于 0。",
                    "A treatment needs its measure at the site with a value above 0.",
                ),
            },
            Clause::Excluded => &Entry {
                code: "V204",
                title: ("地点不允许", "not allowed at the site"),
                meaning: (
                    "sites.csv 的 exclude 排除了这项措施、它的方法或它的药品。",
                    "Column exclude of sites.csv rules out the treatment, its method or its product.",
                ),
            },
            Clause::Twice => &Entry {
                code: "V301",
                title: ("重复作业", "listed twice"),
                meaning: (
                    "同一地点、同一天、同一措施只能有一次，已完成的也算。",
                    "A treatment is done at a site at most once on a day, done visits included.",
                ),
            },
            Clause::CrewDayTooLong => &Entry {
                code: "V401",
                title: ("一天工时超限", "crew-day too long"),
                meaning: (
                    "一个班组一天的工时（含到场时间，同一地点一天只计一次）不得超过 hours_per_day，允许误差 0.0001 小时。",
                    "The hours of a crew on a day, access included once per stop, stay within hours_per_day; tolerance 0.0001 h.",
                ),
            },
            Clause::GapTooShort => &Entry {
                code: "V501",
                title: ("两次作业间隔太短", "gap too short"),
                meaning: (
                    "同一规则、同一地点计入的两次作业，日期至少相差 min_gap 天；已完成的两次之间不再追究。",
                    "Two visits that a rule counts at a site differ by at least min_gap days; a pair of done visits is excused.",
                ),
            },
            Clause::TooManyCrewDays => &Entry {
                code: "V601",
                title: ("出动天数超限", "too many crew-days"),
                meaning: (
                    "队伍出动的班组工日（每个班组每天计一个）不得超过 max_days；已完成的若已超限，则不得再增加。",
                    "A team's crew-days stay within max_days; where done visits alone exceed it, the plan may add none.",
                ),
            },
            Clause::TooManyPacks => &Entry {
                code: "V602",
                title: ("购药超限", "too many packs"),
                meaning: (
                    "库存以外需要购买的包数不得超过 max_packs；已完成的若已超限，则不得再增加。",
                    "The packs bought beyond the stock stay within max_packs; where done visits alone exceed it, the plan may \
                     add none.",
                ),
            },
            Clause::BudgetExceeded => &Entry {
                code: "V701",
                title: ("超出预算", "budget exceeded"),
                meaning: (
                    "每条预算都要守住（允许误差 0.005）；已完成的作业和已签约队伍若已超支，则不得再增加。",
                    "Every budget line holds (tolerance 0.005); where done visits and committed teams alone exceed it, the plan \
                     may add nothing to it.",
                ),
            },
        }
    }
}

impl Serialize for Clause {
    /// As its code.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_order() {
        let codes: Vec<&str> = Clause::ALL.iter().map(|clause| clause.code()).collect();
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
    }

    #[test]
    fn a_clause_is_found_by_its_code() {
        assert_eq!(Clause::from_code(" v401 "), Some(Clause::CrewDayTooLong));
        assert_eq!(Clause::from_code("E401"), None);
    }

    #[test]
    fn the_code_tells_the_numbered_rule() {
        assert_eq!(Clause::SiteUnknown.rule(), None);
        assert_eq!(Clause::TeamClosed.rule(), Some(1));
        assert_eq!(Clause::BudgetExceeded.rule(), Some(7));
    }
}
