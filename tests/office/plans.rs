//! The work plan says what the plan's files say.

use crate::{Desk, docx, money, season, shipped, xiaosha};

#[test]
fn its_figures_are_those_of_the_plan() {
    let desk = Desk::planned(&season());
    let summary = desk.summary();
    let total = money(&summary["cost"]["total"]);
    for (lang, title) in [("zh", "小城六月工作方案"), ("en", "小城六月: work plan")] {
        let seen = desk.written("plan", lang);
        assert_eq!(seen.styled("Title"), [title]);
        let text = seen.text();
        assert!(text.contains(&total), "{total} in {text}");
        assert!(text.contains(&money(&summary["cost"]["labour"])), "{text}");
        assert!(text.contains(&summary["visits"].to_string()), "{text}");
    }
}

#[test]
fn its_tables_hold_every_rule_team_product_and_budget_line() {
    let desk = Desk::planned(&season());
    let seen = desk.written("plan", "zh");

    let tasks = seen.table("任务");
    assert_eq!(tasks[1][0], "灭蚊蝇");
    assert_eq!(tasks[1][1], "蚊、蝇");
    assert_eq!(tasks[1][4], "每半月1轮");
    let asked = |rule: &str| -> u64 {
        let rows = desk.rows("coverage.csv");
        let of = rows.iter().filter(|row| &row[0] == rule);
        of.map(|row| row[4].parse::<u64>().unwrap()).sum()
    };
    assert_eq!(tasks[1][6], asked("air").to_string());
    assert_eq!(tasks[2][6], asked("rats").to_string());

    let visits = desk.rows("visits.csv");
    let in_zone = |site: &str| visits.iter().filter(|row| &row[3] == site).count();
    let areas = seen.table("片区");
    let counted: usize = areas[1..]
        .iter()
        .map(|row| row[3].parse::<usize>().unwrap())
        .sum();
    assert_eq!(counted, visits.len());
    let west: usize = areas[1..]
        .iter()
        .filter(|row| row[0] == "城西")
        .map(|row| row[3].parse::<usize>().unwrap())
        .sum();
    assert_eq!(west, in_zone("market"));

    let months = seen.table("月份");
    assert_eq!(
        months[0],
        ["月份", "作业次数", "地点", "班组工日", "城东", "城西"]
    );
    assert_eq!(months[1][0], "2026年6月");
    assert_eq!(months[1][1], visits.len().to_string());
    assert_eq!(months[1][3], desk.rows("crew_days.csv").len().to_string());

    let products = seen.table("药品");
    for (shown, bought) in products[1..].iter().zip(desk.rows("purchases.csv")) {
        assert_eq!(shown[3], format!("{} {}", &bought[2], &bought[1]));
        assert_eq!(shown[6], &bought[6]);
    }

    let budget = seen.table("预算项");
    let spent = desk.rows("budget.csv");
    assert_eq!(budget[1][2].replace(',', ""), spent[0][3]);
    assert_eq!(budget[1][3].replace(',', ""), spent[0][4]);
}

#[test]
fn what_could_not_be_planned_is_said() {
    let short = season().replace(
        "teams.csv",
        "hours_per_day,cost_per_day,mobilisation\n",
        "hours_per_day,cost_per_day,mobilisation,max_days\n",
    );
    let short = short.replace("teams.csv", "8,700,300", "8,700,300,1");
    let desk = Desk::planned(&short);
    let missed: u64 = desk
        .rows("coverage.csv")
        .iter()
        .map(|row| row[6].parse::<u64>().unwrap())
        .sum();
    assert!(missed > 0);
    let seen = desk.written("plan", "zh");
    assert!(seen.text().contains(&format!("有{missed}轮次未能安排")));
    let told: u64 = seen
        .tables
        .iter()
        .find(|table| table[0].last().is_some_and(|cell| cell == "未安排轮次"))
        .map(|table| table[1..].iter().map(|row| row[3].parse::<u64>().unwrap()))
        .unwrap()
        .sum();
    assert_eq!(told, missed);
}

#[test]
fn headings_are_numbered_as_in_official_papers() {
    let desk = Desk::planned(&season());
    let seen = desk.written("plan", "zh");
    let headings = seen.styled("Heading1");
    assert_eq!(headings[0], "一、工作目标");
    assert_eq!(headings[7], "八、工作要求");
    assert_eq!(
        seen.styled("Heading2"),
        ["（一）任务和频次", "（二）各片区安排"]
    );
    let english = desk.written("plan", "en");
    assert_eq!(english.styled("Heading1")[2], "3. Tasks");
    assert_eq!(english.styled("Heading2")[1], "3.2 By area");
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let desk = Desk::planned(&season());
    for kind in ["plan", "notice"] {
        let first = std::fs::read(desk.write(kind, "zh")).unwrap();
        let second = std::fs::read(desk.write(kind, "zh")).unwrap();
        assert!(first == second, "{kind}");
    }
}

#[test]
fn a_shipped_scenario_without_zones_is_written_in_both_languages() {
    let desk = Desk::new(&season());
    let plan = desk.path("plan");
    let mut command = xiaosha();
    command.arg("plan").arg(shipped("community"));
    command.arg("--out").arg(&plan).assert().success();
    for (lang, kinds) in [("zh", "小区3处"), ("en", "6,130.00")] {
        let out = desk.path("community.docx");
        let mut command = xiaosha();
        command.arg("document").arg(shipped("community"));
        command.args(["--kind", "plan", "--lang", lang, "--plan"]);
        command.arg(&plan).arg("--out").arg(&out).assert().success();
        assert!(docx::read(&out).text().contains(kinds));
    }
}
