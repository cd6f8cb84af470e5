//! plan.xlsx, read with calamine and opened with LibreOffice.

use super::{documents, is_there, named_season, rows, sheet, sheets, some_visits, visits};
use calamine::Reader;
use std::fmt::Write;
use std::fs;
use std::io::Cursor;
use std::process::Command;
use tempfile::TempDir;
use xiaosha::domain::{Plan, Scenario};
use xiaosha::lang::Lang;
use xiaosha::orders::Column;

fn workbook(scenario: &Scenario, plan: &Plan, lang: Lang) -> Vec<u8> {
    documents(scenario, plan, lang).remove("plan.xlsx").unwrap()
}

#[test]
fn the_sheets_are_named_in_the_language_asked_for() {
    let scenario = named_season().scenario();
    let plan = some_visits(&scenario);
    let names = |lang| {
        let sheets = sheets(&workbook(&scenario, &plan, lang)).into_iter();
        sheets.map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(
        names(Lang::Zh),
        [
            "总览",
            "派工单",
            "作业计划",
            "采购清单",
            "药品领用登记表",
            "覆盖情况",
            "预算执行",
            "未完成及原因"
        ]
    );
    assert_eq!(
        names(Lang::En),
        [
            "Overview",
            "Work orders",
            "Visits",
            "Purchases",
            "Product issue",
            "Coverage",
            "Budget",
            "Missed and why"
        ]
    );
}

#[test]
fn texts_of_the_input_stay_texts() {
    let scenario = named_season().scenario();
    let bytes = workbook(&scenario, &some_visits(&scenario), Lang::Zh);
    let mut formulas: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes.as_slice())).unwrap();
    for name in formulas.sheet_names() {
        let range = formulas.worksheet_formula(&name).unwrap();
        // The day to order by is counted from a day and a number of days.
        let own = |formula: &str| name == "采购清单" && formula == "N3-O3";
        let others: Vec<_> = range.used_cells().filter(|cell| !own(cell.2)).collect();
        assert!(others.is_empty(), "{others:?} in {name}");
    }
    let all = rows(&sheet(&bytes, "作业计划"));
    let sites: Vec<&str> = all[1..].iter().map(|row| row[5].as_str()).collect();
    assert_eq!(
        sites,
        [
            "=HYPERLINK(\"http://x\",\"点\")",
            "-市场",
            "+院子, 东; 西\\n",
            "+院子, 东; 西\\n",
            "-市场"
        ]
    );
    assert_eq!(rows(&sheet(&bytes, "总览"))[0][0], "=消杀 & <b>5月</b>");
    // A text that would become a formula when somebody edits the cell is marked as text.
    let mut archive = zip_of(&bytes);
    let styles = archive.remove("xl/styles.xml").unwrap();
    assert!(styles.contains("quotePrefix=\"1\""));
    // The name stands in the margin of every page, where `&` begins a command.
    let orders = archive.remove("xl/worksheets/sheet2.xml").unwrap();
    assert!(
        orders.contains("&amp;L=消杀 &amp;&amp; &lt;b&gt;5月&lt;/b&gt;"),
        "margin"
    );
}

/// The parts of a workbook as text, unpacked by a program of its own.
fn zip_of(bytes: &[u8]) -> std::collections::BTreeMap<String, String> {
    let desk = TempDir::new().unwrap();
    let path = desk.path().join("plan.zip");
    fs::write(&path, bytes).unwrap();
    let mut parts = std::collections::BTreeMap::new();
    let file = fs::File::open(&path).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut text).unwrap();
        parts.insert(
            part.name().unwrap().into_owned(),
            String::from_utf8_lossy(&text).into_owned(),
        );
    }
    parts
}

#[test]
fn every_visit_is_listed_with_its_figures() {
    let scenario = named_season().scenario();
    let bytes = workbook(&scenario, &some_visits(&scenario), Lang::En);
    let all = rows(&sheet(&bytes, "Visits"));
    assert_eq!(all.len(), 6);
    assert_eq!(
        all[1],
        [
            "2026-05-04",
            "Mon",
            "甲队",
            "1",
            "road",
            "=HYPERLINK(\"http://x\",\"点\")",
            "north",
            "84.87, 45.6",
            "滞留喷洒",
            "",
            "可湿性粉剂",
            "4",
            "kg",
            "4",
            "0",
            "outdoors",
            "A",
            "1"
        ]
    );
    assert_eq!(all[3][7], "@北街 1 号 <南>");
    assert_eq!(all[2][10..13], ["", "", ""]);
}

#[test]
fn purchases_say_from_which_visit_on_the_stock_is_short() {
    let scenario = named_season().scenario();
    let bytes = workbook(&scenario, &some_visits(&scenario), Lang::Zh);
    let all = rows(&sheet(&bytes, "采购清单"));
    // 4 kg on the fourth are in stock, the 2 kg of the same day make 6 of 5.
    let row = all.iter().find(|row| row[0] == "wp").unwrap();
    assert_eq!(
        row[6..],
        [
            "8",
            "5",
            "6",
            "1",
            "6",
            "120",
            "120",
            "2026-05-04",
            "",
            "2026-05-04"
        ]
    );
    let last = all.last().unwrap();
    assert_eq!((last[0].as_str(), last[12].as_str()), ("合计", "120"));

    let later = visits(
        &scenario,
        &[(4, 0, 1, "road", "spray"), (12, 0, 1, "yard", "spray")],
    );
    let bytes = workbook(&scenario, &later, Lang::Zh);
    let all = rows(&sheet(&bytes, "采购清单"));
    assert_eq!(
        all.iter().find(|row| row[0] == "wp").unwrap()[13],
        "2026-05-12"
    );
}

#[test]
fn products_are_issued_by_team_and_day() {
    let scenario = named_season().scenario();
    let plan = visits(
        &scenario,
        &[
            (4, 0, 1, "road", "spray"),
            (4, 0, 2, "yard", "spray"),
            (4, 0, 2, "market", "gel"),
            (5, 1, 1, "yard", "spray"),
        ],
    );
    let all = rows(&sheet(
        &workbook(&scenario, &plan, Lang::Zh),
        "药品领用登记表",
    ));
    let issued: Vec<[&str; 5]> = all[1..]
        .iter()
        .map(|row| [&row[0], &row[2], &row[3], &row[4], &row[5]].map(String::as_str))
        .collect();
    assert_eq!(
        issued,
        [
            ["2026-05-04", "甲队", "可湿性粉剂", "2", "6"],
            ["2026-05-05", "乙队", "可湿性粉剂", "1", "2"]
        ]
    );
}

#[test]
fn a_work_order_has_a_page_for_each_team_and_week_with_what_is_needed_on_site() {
    let scenario = named_season().scenario();
    let bytes = workbook(&scenario, &some_visits(&scenario), Lang::Zh);
    let all = rows(&sheet(&bytes, "派工单"));
    let titles: Vec<&str> = all
        .iter()
        .map(|row| row[0].as_str())
        .filter(|text| text.starts_with("派工单"))
        .collect();
    assert_eq!(
        titles,
        [
            "派工单  甲队  2026年第19周（5月4日至5月10日）",
            "派工单  乙队  2026年第19周（5月4日至5月10日）",
            "派工单  甲队  2026年第20周（5月11日至5月17日）"
        ]
    );
    let text = all.concat().join("\n");
    assert!(text.contains("【滞留喷洒】配制：1:50 兑水。安全：戴口罩"));
    assert!(text.contains("【投胶饵】安全：=远离食品"));
    assert!(text.contains("本周用药：可湿性粉剂 4 kg"));
    assert_eq!(
        zip_of(&bytes)["xl/worksheets/sheet2.xml"]
            .matches("<brk ")
            .count(),
        2
    );
}

#[test]
fn a_week_of_many_visits_takes_several_pages_and_loses_none() {
    let mut sites = String::from("site,name,kind,zone,area_m2\n");
    for number in 0..150 {
        let name = format!("第{number}号小区南侧绿化带及周边");
        writeln!(sites, "s{number},{name},road,north,100").unwrap();
    }
    let scenario = named_season().with("sites.csv", sites).scenario();
    let rows_of: Vec<(u32, usize, u32, String)> = (0..150)
        .map(|n| (4 + n % 5, 0, 1 + n % 2, format!("s{n}")))
        .collect();
    let plan: Vec<_> = rows_of
        .iter()
        .map(|(day, team, crew, site)| (*day, *team, *crew, site.as_str(), "spray"))
        .collect();
    let bytes = workbook(&scenario, &visits(&scenario, &plan), Lang::Zh);
    let all = rows(&sheet(&bytes, "派工单"));
    let numbers: Vec<&str> = all
        .iter()
        .filter(|row| row[Column::SiteId as usize].starts_with('s'))
        .map(|row| row[0].as_str())
        .collect();
    let expected: Vec<String> = (1..=150).map(|number| number.to_string()).collect();
    assert_eq!(numbers, expected);
    let pages = all
        .iter()
        .filter(|row| row[0].starts_with("派工单"))
        .count();
    assert!((8..=14).contains(&pages), "{pages}");
    let last = format!("第{pages}页，共{pages}页");
    assert!(all.iter().any(|row| row[0].ends_with(&last)));
}

#[test]
fn what_is_missed_is_told_with_numbers() {
    let scenario = named_season()
        .replace(
            "teams.csv",
            "A,甲队,residual;bait,,2,8,700",
            "A,甲队,residual,,2,8,700",
        )
        .with("budget.csv", "line,scope,amount\n总额,total,1000\n")
        .scenario();
    let plan = visits(
        &scenario,
        &[(4, 1, 1, "road", "spray"), (20, 1, 1, "market", "spray")],
    );
    let zh = rows(&sheet(
        &workbook(&scenario, &plan, Lang::Zh),
        "未完成及原因",
    ));
    let yard = zh.iter().find(|row| row[3] == "yard").unwrap();
    assert_eq!(yard[8], "应做 2 轮次，只有 0 轮次");
    assert_eq!(yard[9], "2");
    assert!(
        yard[10].starts_with("可派队伍 2 支。") && yard[10].contains("预算“总额”只剩"),
        "{}",
        yard[10]
    );
    let en = rows(&sheet(
        &workbook(&scenario, &plan, Lang::En),
        "Missed and why",
    ));
    let yard = en.iter().find(|row| row[3] == "yard").unwrap();
    assert!(yard[10].contains("budget 总额 has only"), "{}", yard[10]);
}

#[test]
fn an_empty_plan_and_days_before_1900_have_a_workbook_too() {
    let scenario = named_season().scenario();
    let bytes = workbook(&scenario, &Plan::default(), Lang::Zh);
    assert_eq!(rows(&sheet(&bytes, "派工单"))[0][0], "没有需要派工的作业。");
    let old = named_season()
        .with(
            "scenario.toml",
            "name = \"old\"\nstart = 1888-05-01\nend = 1888-05-31\n",
        )
        .scenario();
    let season = xiaosha::season::Season::new(&old);
    let visit = xiaosha::domain::Visit {
        date: season.date(5),
        ..some_visits(&scenario).visits[0]
    };
    let plan = Plan {
        visits: vec![visit],
    };
    let all = rows(&sheet(&workbook(&old, &plan, Lang::En), "Visits"));
    assert_eq!(all[1][0], "1888-05-06");
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let scenario = named_season().scenario();
    let plan = some_visits(&scenario);
    assert_eq!(
        documents(&scenario, &plan, Lang::Zh),
        documents(&scenario, &plan, Lang::Zh)
    );
}

#[test]
fn the_face_is_one_for_the_language() {
    let scenario = named_season().scenario();
    for (lang, face) in [(Lang::Zh, "宋体"), (Lang::En, "Arial")] {
        let bytes = workbook(&scenario, &some_visits(&scenario), lang);
        let styles = zip_of(&bytes).remove("xl/styles.xml").unwrap();
        assert!(styles.contains(face), "{styles}");
        assert!(!styles.contains("Calibri") && !styles.contains("<scheme"));
    }
}

/// What LibreOffice prints, page by page.
fn printed(bytes: &[u8]) -> Vec<String> {
    let desk = TempDir::new().unwrap();
    let path = desk.path().join("plan.xlsx");
    fs::write(&path, bytes).unwrap();
    let home = format!(
        "-env:UserInstallation=file://{}/home",
        desk.path().display()
    );
    let run = Command::new("soffice")
        .args([&home, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(desk.path())
        .arg(&path)
        .output()
        .unwrap();
    assert!(run.status.success(), "{run:?}");
    let run = Command::new("pdftotext")
        .args(["-layout", "plan.pdf", "-"])
        .current_dir(desk.path())
        .output()
        .unwrap();
    let text = String::from_utf8(run.stdout).unwrap();
    text.split_terminator('\u{c}').map(str::to_owned).collect()
}

#[test]
fn libreoffice_prints_a_page_for_each_work_order() {
    if !is_there("soffice", &["--version"], "LibreOffice")
        || !is_there("pdftotext", &["-v"], "pdftotext")
    {
        return;
    }
    let scenario = named_season().scenario();
    for (lang, words) in [
        (Lang::Zh, ["带队人签字", "计划用量", "实际用量", "验收人"]),
        (Lang::En, ["Crew leader", "Planned", "Actual", "Accepted"]),
    ] {
        let pages = printed(&workbook(&scenario, &some_visits(&scenario), lang));
        // Three work orders and seven sheets of one page each: nothing runs over the edge of a page.
        assert_eq!(pages.len(), 10, "{pages:?}");
        let orders = pages.iter().filter(|page| page.contains(words[0]));
        let whole = orders.filter(|page| words.iter().all(|word| page.contains(word)));
        assert_eq!(whole.count(), 3, "{pages:?}");
        let cut = pages.iter().find(|page| page.contains("###"));
        assert_eq!(cut, None);
    }
}
