//! Files are read whatever their encoding, separators, line ends, order and language of columns.

use super::case;
use super::number;
use crate::scenario_patch::tiny;
use xiaosha::domain::{
    BudgetScope, CalendarScope, Every, Money, ProductIx, SiteIx, TeamIx, TreatmentIx,
};
use xiaosha::validate;

#[test]
fn every_case_folder_loads_without_errors() {
    for entry in std::fs::read_dir(case("")).unwrap() {
        let folder = entry.unwrap().path();
        if folder.join("scenario.toml").is_file() {
            let (scenario, findings) = validate::load(&folder);
            let text = xiaosha::finding::render_text(&findings, xiaosha::lang::Lang::En, 50);
            assert!(scenario.is_some(), "{}\n{text}", folder.display());
        }
    }
}

#[test]
fn the_tiny_scenario_is_without_findings() {
    let scenario = tiny().sound();
    assert_eq!(scenario.sites.len(), 3);
    assert_eq!(scenario.plan_from, scenario.start);
}

/// The tiny scenario's sites, to be encoded.
const SITES: &str = "地点,名称,类型,片区,area_m2,stalls\nroad,大路,road,north,\"4,000\",\nyard,院子,yard,north,2000,\n\
                     market,\"市场,\n北门 \"\"甲\"\"\",market,south,1500,12\n";

#[track_caller]
fn check_sites(bytes: impl AsRef<[u8]>) {
    let scenario = tiny().with("sites.csv", bytes).sound();
    let names: Vec<&str> = scenario
        .sites
        .iter()
        .map(|site| site.name.as_str())
        .collect();
    assert_eq!(names, ["大路", "院子", "市场,\n北门 \"甲\""]);
    assert_eq!(scenario.sites[0].measures["area_m2"], number("4000"));
    assert_eq!(scenario.sites[2].measures["stalls"], number("12"));
}

#[test]
fn all_encodings_say_the_same() {
    check_sites(SITES);
    check_sites(format!("\u{feff}{SITES}"));
    check_sites(encoding_rs::GB18030.encode(SITES).0);
    let utf16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{SITES}")
            .encode_utf16()
            .flat_map(unit)
            .collect()
    };
    check_sites(utf16(u16::to_le_bytes));
    check_sites(utf16(u16::to_be_bytes));
}

#[test]
fn all_separators_and_line_ends_say_the_same() {
    let other = |separator: &str| {
        // The comma within a quoted cell stays.
        SITES
            .replace("市场,", "市场\u{1}")
            .replace("4,000", "4\u{1}000")
            .replace(',', separator)
            .replace('\u{1}', ",")
    };
    check_sites(other(";"));
    check_sites(other("\t"));
    let windows = SITES.replace('\n', "\r\n").replace("市场,\r\n", "市场,\n");
    check_sites(windows);
    check_sites(format!("\n\n{SITES}\n\n,,,,,\n"));
    check_sites(SITES.trim_end());
}

#[test]
fn lines_are_counted_as_the_file_has_them() {
    let sites = SITES.replace("2000", "x").replace("1500", "y");
    assert_eq!(
        tiny()
            .with(
                "sites.csv",
                format!("\n{sites}").replace("院子", "\"院\n\n子\"")
            )
            .findings(),
        ["E306 sites.csv:6:5", "E306 sites.csv:8:5"]
    );
}

#[test]
fn columns_stand_in_any_order_and_language() {
    let scenario = tiny()
        .with(
            "scenario.toml",
            "\"名称\" = \"小方案\"\n\"开始\" = 2026-05-01\n\"结束\" = \"2026年5月31日\"\n\"工作日\" = \"周一至周五\"\n\"到场分钟\" = 7.5\n\"货币\" = \"元\"\n",
        )
        .with(
            "teams.csv",
            "每日工时,队伍,名称,承包方,方法,片区,组数,速度系数,每日费用,进场费,保底天数,最多天数,已签约,开始,结束,工作日\n\
             7.5,甲,甲队,公司,residual、bait,north；south,２,1.5,\"1,200\",500,3,40,是,2026/5/2,2026年5月30日 0:00,一、三，五\n",
        )
        .with(
            "coverage.csv",
            "规则,名称,类型,措施,周期,轮次,最小间隔,最大间隔,等级,权重,开始,结束\n\
             甲一,道路,road；yard,spray,每半月,1,7,20,2,1.5,2026-5-3,\n甲二,,market,gel、spray,每10天,1,0,,,,,\n",
        )
        .with(
            "budget.csv",
            "预算项,范围,开始,结束,金额\n一,合计,,,9000\n二,人工；承包方：公司、队伍:甲,2026-05-01,,100\n三,药品,,,5\n四,药品：wp,,,6\n",
        )
        .with(
            "calendar.csv",
            "日期,结束,范围,状态,原因\n2026-05-01,2026-05-03,全部,关闭,劳动节\n2026-05-09,,队伍：甲,开放,调休\n2026-05-09,,片区：north,照常,\n2026-05-10,,类型:road,关闭,\n2026-05-11,,地点:road,关闭,\n2026-05-12,,方法:residual,关闭,雨\n2026-05-13,,措施:gel,关闭,\n2026-05-14,,所有队伍,关闭,\n2026-05-15,,所有地点,关闭,\n2026-05-16,,承包方:公司,关闭,\n",
        )
        .sound();
    assert_eq!(
        (scenario.name.as_str(), scenario.currency.as_str()),
        ("小方案", "元")
    );
    assert_eq!(scenario.end.to_string(), "2026-05-31");
    assert_eq!(scenario.sites[0].access_min, number("7.5"));
    let team = &scenario.teams[0];
    assert_eq!(
        (team.id.as_str(), team.contractor.as_str(), team.crews),
        ("甲", "公司", 2)
    );
    assert_eq!(
        (&team.methods[..], &team.zones[..]),
        (
            &["residual".to_owned(), "bait".to_owned()][..],
            &["north".to_owned(), "south".to_owned()][..]
        )
    );
    assert_eq!(team.cost_per_day, Money::from_micro(1_200_000_000));
    assert_eq!(
        (team.min_days, team.max_days, team.committed),
        (3, Some(40), true)
    );
    assert_eq!(team.from.unwrap().to_string(), "2026-05-02");
    assert_eq!(team.to.unwrap().to_string(), "2026-05-30");
    let week: Vec<bool> = (4..11)
        .map(|d| {
            team.workdays
                .contains(chrono::NaiveDate::from_ymd_opt(2026, 5, d).unwrap())
        })
        .collect();
    assert_eq!(week, [true, false, true, false, true, false, false]);
    let [first, second] = &scenario.rules[..] else {
        panic!()
    };
    assert_eq!(
        (first.every, first.rounds, first.max_gap, first.tier),
        (Every::HalfMonth, 1, Some(20), 2)
    );
    assert_eq!(
        (first.from.to_string(), first.to),
        ("2026-05-03".to_owned(), scenario.end)
    );
    assert_eq!(
        (second.every, second.min_gap, second.name.as_str()),
        (Every::Days(10), 0, "甲二")
    );
    let scopes: Vec<&[BudgetScope]> = scenario
        .budget
        .iter()
        .map(|line| &line.scopes[..])
        .collect();
    let labour = [
        BudgetScope::Labour,
        BudgetScope::Contractor("公司".to_owned()),
        BudgetScope::Team(TeamIx(0)),
    ];
    assert_eq!(
        scopes,
        [
            &[BudgetScope::Total][..],
            &labour,
            &[BudgetScope::Products],
            &[BudgetScope::Product(ProductIx(0))]
        ]
    );
    assert_eq!(scenario.budget[1].scope_text, "人工；承包方：公司、队伍:甲");
    let calendar: Vec<&CalendarScope> = scenario.calendar.iter().map(|row| &row.scope).collect();
    assert_eq!(
        calendar,
        [
            &CalendarScope::All,
            &CalendarScope::Team(TeamIx(0)),
            &CalendarScope::Zone("north".to_owned()),
            &CalendarScope::Kind("road".to_owned()),
            &CalendarScope::Site(SiteIx(0), None),
            &CalendarScope::Method("residual".to_owned()),
            &CalendarScope::Treatment(TreatmentIx(1)),
            &CalendarScope::Teams,
            &CalendarScope::Sites,
            &CalendarScope::Contractor("公司".to_owned()),
        ]
    );
    assert_eq!(scenario.calendar[0].reason, "劳动节");
}
