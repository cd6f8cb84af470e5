//! Correct tables are read correctly: encodings, separators, dates, lists, Chinese names, overlays.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read its files fails"
)]

#[path = "support/scenario_patch.rs"]
mod scenario_patch;

use scenario_patch::tiny;
use std::path::{Path, PathBuf};
use xiaosha::domain::{
    BudgetScope, CalendarScope, Choice, Every, Exact, Hours, Measure, Money, ProductIx, Quantity,
    SiteIx, TeamIx, TreatmentIx,
};
use xiaosha::validate;

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(name)
}

fn number(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

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
fn a_chain_of_overlays_in_all_encodings_is_one_scenario() {
    let (scenario, findings) = validate::load(&case("12_overlay"));
    let text = xiaosha::finding::render_text(&findings, xiaosha::lang::Lang::En, 50);
    let scenario = scenario.unwrap_or_else(|| panic!("{text}"));
    assert_eq!(scenario.name, "overlay");
    assert_eq!(scenario.start.to_string(), "2026-05-01");
    assert_eq!(scenario.end.to_string(), "2026-05-31");
    let sites: Vec<&str> = scenario.sites.iter().map(|site| site.id.as_str()).collect();
    assert_eq!(sites, ["w1", "w2", "w3", "w4", "w5"]);
    let (w1, w3) = (&scenario.sites[0], &scenario.sites[2]);
    assert!(w1.name.contains("市场"), "{}", w1.name);
    assert_eq!(w1.measures["area_m2"], number("2400"));
    assert_eq!(w1.access_min, number("10"));
    assert_eq!(
        w3.measures.get("area_m2"),
        None,
        "`-` blanks the base's cell"
    );
    assert_eq!(w3.measures["stalls"], number("8"));
    let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 5, day).unwrap();
    let w2 = &scenario.sites[1];
    assert!(w2.workdays.contains(day(4)) && w2.workdays.contains(day(5)));
    assert!(!w2.workdays.contains(day(6)));

    let [a, b, c] = &scenario.teams[..] else {
        panic!("{:?}", scenario.teams)
    };
    assert_eq!(
        (a.max_days, a.hours_per_day),
        (None, Hours::from_micro(7_000_000))
    );
    assert_eq!(b.cost_per_day, Money::from_micro(650_000_000));
    assert_eq!(
        (b.mobilisation, &b.zones[..]),
        (Money::ZERO, &["a".to_owned()][..])
    );
    assert_eq!(
        (c.max_days, &c.zones[..]),
        (Some(4), &["a".to_owned(), "b".to_owned()][..])
    );
    assert_eq!(c.methods, ["gel"]);
    assert!(
        a.workdays.contains(day(7)) && !a.workdays.contains(day(8)),
        "mon to thu"
    );

    let rules: Vec<&str> = scenario.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(rules, ["markets", "yards"]);
    assert_eq!(scenario.rules[1].rounds, 1);
    assert_eq!(scenario.rules[1].treatments.len(), 2);
    assert_eq!(scenario.rules[1].min_gap, 6);
    let lines: Vec<&str> = scenario
        .budget
        .iter()
        .map(|line| line.id.as_str())
        .collect();
    assert_eq!(lines, ["cap"]);
    let rate = |contractor: &str, at| {
        let key = (contractor.to_owned(), TreatmentIx(at));
        scenario.rates[&key].clone()
    };
    assert_eq!(rate("A", 0), number("0.05"));
    assert_eq!(rate("B", 0), number("0.03"));
    assert_eq!(rate("C", 1), number("2"));
    assert_eq!(scenario.calendar.len(), 3);
    assert_eq!(scenario.calendar[0].scope, CalendarScope::All);
    assert_eq!(
        scenario.products[1].pack_size,
        Quantity::from_micro(4_000_000)
    );
    assert_eq!(
        scenario.treatments[0].measure,
        Measure::Column("area_m2".to_owned())
    );
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

#[test]
fn dates_are_read_in_every_form() {
    use xiaosha::validate::value::date;
    for text in [
        "2026-05-01",
        "2026/5/1",
        "2026/05/01",
        "2026年5月1日",
        "2026年05月01日",
        "2026-5-1",
        "2026-05-01 0:00",
        "2026/5/1 0:00:00",
        "2026-05-01T00:00:00",
        "２０２６－０５－０１",
        "2026年5月1日 00:00",
    ] {
        assert_eq!(date(text).unwrap().to_string(), "2026-05-01", "{text}");
    }
    assert_eq!(date("2028-02-29").unwrap().to_string(), "2028-02-29");
}

#[test]
fn numbers_are_read_exactly() {
    use xiaosha::validate::value::number as read;
    for (text, value) in [
        ("0.1", "0.1"),
        ("1,234", "1234"),
        ("1,234,567.5", "1234567.5"),
        ("１２．５", "12.5"),
        ("１，２３４", "1234"),
        ("-0", "0"),
        ("1e3", "1000"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+5", "5"),
        ("007", "7"),
    ] {
        assert_eq!(read(text).unwrap(), number(value), "{text}");
    }
}

#[test]
fn weekdays_are_lists_or_stretches() {
    use xiaosha::validate::value::weekdays;
    let week = |text: &str| -> String {
        let days = weekdays(text).unwrap();
        (4..11)
            .map(|d| {
                if days.contains(chrono::NaiveDate::from_ymd_opt(2026, 5, d).unwrap()) {
                    'x'
                } else {
                    '.'
                }
            })
            .collect()
    };
    for (text, days) in [
        ("mon;wed", "x.x...."),
        ("MON；Wed", "x.x...."),
        ("周一、周三", "x.x...."),
        ("一，三", "x.x...."),
        ("mon-fri", "xxxxx.."),
        ("周一-周五", "xxxxx.."),
        ("周一至周五", "xxxxx.."),
        ("一到五", "xxxxx.."),
        ("sat-mon", "x....xx"),
        ("周六～周日", ".....xx"),
        ("mon-wed;sun", "xxx...x"),
        ("星期天", "......x"),
        ("tue - thu", ".xxx..."),
        ("sun-sat", "xxxxxxx"),
    ] {
        assert_eq!(week(text), days, "{text}");
    }
}

#[test]
fn periods_are_read_in_both_languages() {
    use xiaosha::validate::value::period;
    for (text, every) in [
        ("window", Every::Window),
        ("整段", Every::Window),
        ("Month", Every::Month),
        ("每月", Every::Month),
        ("half-month", Every::HalfMonth),
        ("半月", Every::HalfMonth),
        ("week", Every::Week),
        ("每周", Every::Week),
        ("10d", Every::Days(10)),
        ("１０ｄ", Every::Days(10)),
        ("10D", Every::Days(10)),
        ("10天", Every::Days(10)),
        ("每10日", Every::Days(10)),
        ("1d", Every::Days(1)),
    ] {
        assert_eq!(period(text), Some(every), "{text}");
    }
    for text in ["", "d", "0d", "-1d", "1.5d", "10", "每天", "99999999999d"] {
        assert_eq!(period(text), None, "{text}");
    }
}

#[test]
fn ids_and_words_are_compared_after_nfkc_and_trimming() {
    let scenario = tiny()
        .replace(
            "teams.csv",
            "A,residual;bait,,",
            "Ａ,\u{3000}ｒesidual ;bait,,",
        )
        .replace("treatments.csv", "gel,bait", " ｇel , bait")
        .with(
            "calendar.csv",
            "date,scope,status\n2026-05-01,team: A,closed\n",
        )
        .sound();
    assert_eq!(scenario.teams[0].id, "A");
    assert_eq!(scenario.teams[0].methods, ["residual", "bait"]);
    assert_eq!(scenario.treatments[1].id, "gel");
}

#[test]
fn a_list_is_split_before_nfkc() {
    // A Greek question mark is a semicolon only after NFKC, so it is part of the word.
    let scenario = tiny()
        .with("sites.csv", "site,kind,tags,area_m2,stalls,zone\nroad,road,a,1,,\nyard,yard,\"x;y、z，w；v,u;p\u{37e}q\",1,,\nmarket,market,,1,1,\n")
        .sound();
    assert_eq!(scenario.sites[1].tags, ["x", "y", "z", "w", "v,u", "p;q"]);
}

#[test]
fn selectors_keep_words_and_exceptions() {
    let scenario = tiny()
        .with("sites.csv", "site,kind,tags,area_m2,stalls,parts\nroad,road,a;b,1,,3\nyard,yard,,1,,\nmarket,market,a,1,1,\n")
        .with(
            "coverage.csv",
            "rule,kind,tag,site,treatments,rounds\nr,road;!yard,！b,road/2;!road/03;yard/1;-x,spray,1\nq,,,!road,spray,1\n",
        );
    assert_eq!(scenario.findings()[0], "E304 coverage.csv:2:4");
    let scenario = scenario.replace("coverage.csv", ";-x", "").scenario();
    let selector = &scenario.rules[0].selector;
    let choice = |choice: &Option<Choice>| {
        let choice = choice.as_ref().unwrap();
        (
            choice.any_of.join(" "),
            choice.none_of.join(" "),
            choice.emptied,
        )
    };
    assert_eq!(
        choice(&selector.kind),
        ("road".into(), "yard".into(), false)
    );
    assert_eq!(choice(&selector.tag), (String::new(), "b".into(), false));
    assert_eq!(
        choice(&selector.site),
        ("road/2 yard".into(), "road/3".into(), false)
    );
    assert!(selector.zone.is_none());
    assert_eq!(
        choice(&scenario.rules[1].selector.site),
        (String::new(), "road".into(), false)
    );
}

#[test]
fn measures_are_columns_that_a_treatment_names() {
    let scenario = tiny()
        .with(
            "sites.csv",
            "site,kind,zone,area_m2,stalls,address,phone,水面\nroad,road,north,4000,,大街 1,0990-1,x\nyard,yard,north,2000,0,,,\nmarket,market,south,1500,12,,,\n",
        )
        .with("coverage.csv", "rule,treatments,rounds\nall,spray;gel;look,1\n")
        .append("treatments.csv", "look,bait,,次,,\n")
        .sound();
    let road = &scenario.sites[0];
    let texts: Vec<(&str, &str)> = road
        .texts
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    assert_eq!(
        texts,
        [("address", "大街 1"), ("phone", "0990-1"), ("水面", "x")]
    );
    assert_eq!(road.measures.len(), 1);
    assert_eq!(scenario.sites[1].measures["stalls"], Exact::zero());
    assert_eq!(scenario.treatments[2].measure, Measure::Visit);
}

#[test]
fn empty_tables_and_blank_optional_cells_are_fine() {
    let scenario = tiny()
        .with("sites.csv", "site\n")
        .with("treatments.csv", "treatment,method,measure\n")
        .with("teams.csv", "team,methods,hours_per_day\n")
        .with("coverage.csv", "rule,treatments\n")
        .with("done.csv", "date,team,site,treatment\n")
        .without("products.csv")
        .sound();
    assert!(scenario.sites.is_empty() && scenario.rules.is_empty());
    let files = tiny().with("teams.csv", "team,methods,hours_per_day,crews,speed,zones,workdays,committed\nA,residual;bait,100,-,,-, - ,\n");
    let team = &files.sound().teams[0];
    assert_eq!(
        (team.crews, team.zones.len(), team.committed),
        (1, 0, false)
    );
    assert_eq!(team.hours_per_day, Hours::from_micro(100_000_000));
}

#[test]
fn new_visits_are_planned_from_today() {
    let with = |settings: &str, done: &str| {
        let files = tiny().append("scenario.toml", settings);
        let files = if done.is_empty() {
            files
        } else {
            files.with(
                "done.csv",
                format!("date,team,site,treatment\n{done},A,road,spray\n"),
            )
        };
        files.scenario().plan_from.to_string()
    };
    assert_eq!(with("", ""), "2026-05-01");
    assert_eq!(with("today = 2026-05-09\n", ""), "2026-05-09");
    assert_eq!(with("today = 2026-04-09\n", ""), "2026-05-01");
    assert_eq!(with("today = 2026-07-09\n", ""), "2026-07-09");
    assert_eq!(with("", "2026-05-07"), "2026-05-08");
    assert_eq!(with("", "2026-04-07"), "2026-05-01");
    assert_eq!(with("today = 2026-05-20\n", "2026-05-07"), "2026-05-20");
}

#[test]
fn overlays_patch_cells_add_rows_and_drop_them() {
    let leaf = tiny()
        .append(
            "scenario.toml",
            "access_min = 5\ncurrency = \"CNY\"\ntoday = 2026-05-10\nworkdays = \"mon-fri\"\n",
        )
        .with("calendar.csv", "date,scope,status\n2026-05-02,all,closed\n")
        .with(
            "rates.csv",
            "contractor,treatment,piece_rate\nA,spray,1\nA,gel,2\nB,spray,3\n",
        )
        .moved_to("base")
        .with(
            "scenario.toml",
            "name = \"leaf\"\nextends = \"base/\"\nend = 2026-06-30\ntoday = \"-\"\n",
        )
        .with(
            "teams.csv",
            "队伍,方法,片区\nA,bait;residual,\nB,,-\nC,residual,north\n",
        )
        .with("calendar.csv", "date,scope,status\n2026-05-03,all,closed\n")
        .with(
            "rates.csv",
            "contractor,treatment,piece_rate,drop\nA,spray,9,\nA,gel,,yes\n",
        )
        .with(
            "coverage.csv",
            "rule,drop,rounds\nmarkets,yes,\noutdoors,no,1\n",
        );
    // C needs its hours.
    assert_eq!(leaf.findings(), ["E114 teams.csv:1"]);
    let scenario = leaf
        .with(
            "teams.csv",
            "队伍,方法,片区,每日工时,phone\nA,bait;residual,,,\nB,,-,,\nC,residual,north,6,\n",
        )
        .scenario();
    assert_eq!(scenario.name, "leaf");
    assert_eq!(
        (scenario.start.to_string(), scenario.end.to_string()),
        ("2026-05-01".into(), "2026-06-30".into())
    );
    assert_eq!(
        scenario.plan_from, scenario.start,
        "`-` takes the base's today away"
    );
    assert_eq!(scenario.currency, "CNY");
    let [a, b, c] = &scenario.teams[..] else {
        panic!()
    };
    assert_eq!(a.methods, ["bait", "residual"], "a list is replaced whole");
    assert_eq!(
        (b.zones.len(), &b.methods[..]),
        (0, &["residual".to_owned()][..])
    );
    assert_eq!(c.hours_per_day, Hours::from_micro(6_000_000));
    assert_eq!(scenario.calendar.len(), 2);
    let rates: Vec<String> = scenario
        .rates
        .iter()
        .map(|((c, t), rate)| format!("{c} {} {}", t.0, rate.to_f64()))
        .collect();
    assert_eq!(rates, ["A 0 9", "B 0 3"]);
    let rules: Vec<(&str, u32)> = scenario
        .rules
        .iter()
        .map(|rule| (rule.id.as_str(), rule.rounds))
        .collect();
    assert_eq!(rules, [("outdoors", 1)]);
}

#[test]
fn a_dropped_row_may_be_given_anew_further_down() {
    let files = tiny()
        .moved_to("base")
        .with(
            "mid/scenario.toml",
            "name = \"mid\"\nextends = \"../base\"\n",
        )
        .with("mid/sites.csv", "site,drop\nyard,yes\n")
        .with("scenario.toml", "name = \"leaf\"\nextends = \"mid\"\n")
        .with("sites.csv", "site,kind,zone,area_m2\nyard,yard,north,7\n");
    let scenario = files.sound();
    let ids: Vec<&str> = scenario.sites.iter().map(|site| site.id.as_str()).collect();
    assert_eq!(ids, ["road", "market", "yard"]);
    assert_eq!(scenario.sites[2].measures["area_m2"], number("7"));
}

#[test]
fn findings_of_merged_cells_name_the_file_that_gave_them() {
    let files = tiny()
        .replace("sites.csv", "4000", "many")
        .replace("sites.csv", "2000", "few")
        .moved_to("base")
        .with("scenario.toml", "name = \"leaf\"\nextends = \"base\"\n")
        .with("sites.csv", "area_m2,site\nsome,road\n");
    assert_eq!(
        files.findings(),
        ["E306 sites.csv:2:1", "E306 base/sites.csv:3:4"]
    );
}

#[test]
fn what_drop_empties_chooses_nothing_and_exceptions_vanish() {
    let scenario = tiny()
        .with("coverage.csv", "rule,site,treatments,rounds\na,yard,spray,1\nb,!yard,spray,1\nc,yard;road,fog;spray,1\nd,,fog,1\n")
        .append("treatments.csv", "fog,residual,,area_m2,,\n")
        .with("budget.csv", "line,scope,amount\nx,team:B,1\n")
        .moved_to("base")
        .with("scenario.toml", "name = \"leaf\"\nextends = \"base\"\n")
        .with("sites.csv", "site,drop\nyard,yes\n")
        .with("treatments.csv", "treatment,drop\nfog,yes\n")
        .with("teams.csv", "team,drop\nB,yes\n")
        .scenario();
    let site = |rule: usize| scenario.rules[rule].selector.site.clone().unwrap();
    assert!(site(0).emptied && site(0).any_of.is_empty());
    assert_eq!(site(1), Choice::default());
    assert_eq!(
        (site(2).any_of, site(2).emptied),
        (vec!["road".to_owned()], false)
    );
    assert_eq!(scenario.rules[2].treatments.len(), 1);
    assert!(scenario.rules[3].treatments.is_empty());
    assert!(scenario.budget[0].scopes.is_empty());
}
