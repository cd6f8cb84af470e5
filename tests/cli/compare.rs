//! `compare`: several scenarios side by side.

use super::scenario_patch::{self, Files};
use super::{Desk, code, content, is_marked, mark, short_season, stderr, stdout, xiaosha};
use assert_cmd::Command;
use std::fs;

/// A patch of the season beside it.
fn patch(files: &[(&str, &str)]) -> Files {
    let toml = "name = \"patched\"\nextends = \"../base\"\n";
    files.iter().fold(
        scenario_patch::empty().with("scenario.toml", toml),
        |own, (file, text)| own.with(file, text),
    )
}

/// The short season, the same with four crew-days more, and one with less money.
fn three() -> Desk {
    let desk = Desk::new();
    short_season().write(&desk.path("base"));
    patch(&[
        ("teams.csv", "team,max_days\nA,4\n"),
        ("products.csv", "product,max_packs\nwp,9\n"),
        ("budget.csv", "line,amount\ntotal,25000\n"),
    ])
    .write(&desk.path("more"));
    patch(&[("budget.csv", "line,amount\ntotal,1800\n")]).write(&desk.path("less"));
    desk
}

fn compare(desk: &Desk, names: &[&str]) -> Command {
    let mut command = xiaosha();
    command
        .arg("compare")
        .args(names.iter().map(|name| desk.path(name)));
    command
}

fn table(desk: &Desk) -> String {
    fs::read_to_string(desk.path("base/comparison/comparison.csv")).unwrap()
}

/// The line of a table that begins like this.
fn line<'t>(text: &'t str, start: &str) -> &'t str {
    let mut lines = text
        .lines()
        .filter(|line| line.trim_start().starts_with(start));
    let found = lines
        .next()
        .unwrap_or_else(|| panic!("no line {start} in\n{text}"));
    assert_eq!(lines.next(), None, "{start}");
    found
}

#[test]
fn inputs_and_figures_stand_side_by_side() {
    let desk = three();
    let mut run = compare(&desk, &["base", "more", "less"]);
    let said = stdout(&mut run);
    assert!(
        said.starts_with("base  base  小城五月 May\nA     more  patched\nB     less  patched\n"),
        "{said}"
    );
    assert!(
        said.contains("  A   teams.csv  who can do it\n      A 甲队  max_days  2 → 4\n"),
        "{said}"
    );
    assert!(
        said.contains("  B   budget.csv  what may be spent\n      total  amount  2500 → 1800\n"),
        "{said}"
    );
    // Every round for 3,140 more is better than four missed; the same misses never compete in money with more.
    let missed = line(&said, "tier 1  missed");
    assert_eq!(
        missed.split_whitespace().collect::<Vec<_>>()[3..6],
        ["4", "0*", "-4"]
    );
    assert_eq!(code(&mut run), Some(0));

    let csv = table(&desk);
    assert!(csv.starts_with('\u{feff}'));
    assert_eq!(
        line(&csv, "input/teams.csv"),
        "input/teams.csv,A/max_days,消杀队伍,A 甲队,最多天数,who can do it,A 甲队,max_days,,2,4,changed,,2,,,"
    );
    let total = line(&csv, "plan/money,total,");
    assert!(
        total.starts_with(
            "plan/money,total,费用,合计,,Cost,total,,CNY,2140.00,3860.00,1720.00,0.803738,"
        ),
        "{total}"
    );
    for lang in ["zh", "en"] {
        let said = stdout(run.args(["--lang", lang]));
        assert!(
            said.lines()
                .all(|line| unicode_width::UnicodeWidthStr::width(line) <= 100),
            "{said}"
        );
    }
    assert_eq!(
        table(&desk),
        csv,
        "the file does not depend on the language"
    );
}

#[test]
fn plans_of_a_greater_effort_are_used_where_all_scenarios_have_them() {
    let desk = three();
    let plan = |name: &str| {
        let mut plan = xiaosha();
        plan.args(["plan", "--quiet", "--effort", "thorough"]);
        assert_eq!(code(plan.arg(desk.path(name))), Some(0));
        mark(&desk.path(name).join("plan"));
    };
    let used = |name: &str| is_marked(&desk.path("base/comparison").join(name));
    plan("base");
    assert_eq!(code(&mut compare(&desk, &["base", "less"])), Some(0));
    assert!(!used("base"), "less has none, so both are made alike");
    plan("less");
    fs::remove_dir_all(desk.path("base/comparison")).unwrap();
    assert_eq!(code(&mut compare(&desk, &["base", "less"])), Some(0));
    assert!(used("base") && used("less"));
}

#[test]
fn each_change_of_the_tables_is_one_line() {
    let desk = Desk::new();
    let base = short_season().with(
        "calendar.csv",
        "date,scope,status\n2026-05-10,all,closed\n2026-05-12,sites,closed\n",
    );
    base.write(&desk.path("base"));
    // Written otherwise: encoding, separator, order of rows and columns, Chinese words, another form of numbers.
    let (sites, ..) =
        encoding_rs::GB18030.encode("area_m2;类型;地点\r\n2,000;road;yard\r\n2000.0;road;road\r\n");
    base.clone()
        .with("sites.csv", &sites)
        .with(
            "calendar.csv",
            "范围,日期,状态\n所有地点,2026年5月12日,关闭\n全部,2026/5/10,停工\n",
        )
        .with("budget.csv", "预算项,金额,范围\ntotal,2500.00,合计\n")
        .write(&desk.path("same"));
    patch(&[
        (
            "sites.csv",
            "site,drop,kind,area_m2\nyard,yes,,\nlane,,road,1000\n",
        ),
        (
            "calendar.csv",
            "date,scope,status\n2026-05-20,team:A,closed\n",
        ),
        ("coverage.csv", "rule,rounds,max_gap\nroads,3,-\n"),
    ])
    .write(&desk.path("other"));
    let said = stdout(&mut compare(&desk, &["base", "same", "other"]));
    assert!(said.contains("  A   the same as the base\n"), "{said}");
    let csv = table(&desk);
    let inputs: Vec<String> = csv
        .lines()
        .filter_map(|line| line.strip_prefix("input/"))
        .map(|line| line.split(',').take(2).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        inputs,
        [
            "sites.csv lane",
            "sites.csv yard",
            "coverage.csv roads/rounds",
            "coverage.csv roads/max_gap",
            "calendar.csv date=2026-05-20 scope=team:A status=closed",
        ]
    );
    assert!(said.contains("dropped: yard"), "{said}");
    assert!(
        said.contains("added: lane  site=lane, kind=road, area_m2=1000"),
        "{said}"
    );
    assert!(
        said.contains("roads 道路每月四次  max_gap  31 → (blank)"),
        "{said}"
    );
}

#[test]
fn best_is_said_only_where_it_is_well_defined() {
    let desk = three();
    // As many rounds for more money; and fewer rounds asked for less.
    patch(&[("teams.csv", "team,cost_per_day\nA,800\n")]).write(&desk.path("dear"));
    patch(&[("coverage.csv", "rule,rounds\nroads,1\n")]).write(&desk.path("modest"));
    let mut run = compare(&desk, &["base", "dear", "less", "modest"]);
    assert_eq!(code(&mut run), Some(0));
    let csv = table(&desk);
    let best = |start: &str| line(&csv, start).rsplit(',').next().unwrap().to_owned();
    assert_eq!(best("plan/coverage,1/missed,"), "base;dear");
    assert_eq!(best("plan/money,total,"), "base");
    for start in [
        "plan/money,labour,",
        "plan/crew_days,all/used,",
        "plan/purchases,wp/cost,",
    ] {
        assert_eq!(best(start), "", "{start}");
    }
    assert!(line(&csv, "plan/coverage,1/asked,").contains(",8,8,,,8,,,2,-6,-0.75,"));
}

#[test]
fn plans_that_are_up_to_date_are_used_again() {
    let desk = three();
    let mut run = compare(&desk, &["base", "more"]);
    assert_eq!(code(&mut run), Some(0));
    let (csv, plan) = (table(&desk), desk.path("base/comparison/more"));
    mark(&plan);
    assert_eq!(code(&mut run), Some(0));
    assert!(is_marked(&plan));
    assert_eq!(table(&desk), csv);

    // Another order of columns changes nothing, another effort and another cell do.
    fs::write(desk.path("more/teams.csv"), "最多天数,队伍\n4,A\n").unwrap();
    assert_eq!(code(&mut run), Some(0));
    assert!(is_marked(&plan));
    assert_eq!(
        code(compare(&desk, &["base", "more"]).args(["--effort", "thorough"])),
        Some(0)
    );
    assert!(!is_marked(&plan));
    mark(&plan);
    fs::write(desk.path("more/teams.csv"), "team,max_days\nA,3\n").unwrap();
    assert_eq!(
        code(compare(&desk, &["base", "more"]).args(["--effort", "thorough"])),
        Some(0)
    );
    assert!(!is_marked(&plan));
    assert!(table(&desk).contains("max_days,,2,3,changed"));

    // A plan that somebody edited is made anew.
    let visits = plan.join("visits.csv");
    let before = fs::read_to_string(&visits).unwrap();
    fs::write(&visits, before.replace("yard", "road")).unwrap();
    assert_eq!(
        code(compare(&desk, &["base", "more"]).args(["--effort", "thorough"])),
        Some(0)
    );
    assert_eq!(fs::read_to_string(&visits).unwrap(), before);
}

#[test]
fn the_own_plan_of_a_scenario_is_used_and_copied() {
    let desk = three();
    for name in ["base", "more"] {
        assert_eq!(code(xiaosha().arg("plan").arg(desk.path(name))), Some(0));
    }
    assert_eq!(code(&mut compare(&desk, &["base", "more"])), Some(0));
    let own = content(&desk.path("more/plan"));
    assert_eq!(content(&desk.path("base/comparison/more")), own);
    // The comparison is the same as without a plan to begin with.
    let csv = table(&desk);
    for folder in ["base/plan", "more/plan", "base/comparison"] {
        fs::remove_dir_all(desk.path(folder)).unwrap();
    }
    assert_eq!(code(&mut compare(&desk, &["base", "more"])), Some(0));
    assert_eq!(table(&desk), csv);
}

#[test]
fn a_plan_of_another_language_is_written_in_the_one_asked_for() {
    let desk = three();
    let mut plan = xiaosha();
    plan.args(["plan", "--effort", "quick", "--lang", "zh"]);
    plan.arg(desk.path("more"));
    assert_eq!(code(&mut plan), Some(0));
    let out = desk.path("base/comparison/more");
    let page = || fs::read_to_string(out.join("report.html")).unwrap();
    mark(&desk.path("more/plan"));
    let workbook = || fs::read(out.join("plan.xlsx")).unwrap();
    let mut books = Vec::new();
    for (lang, opens) in [
        ("en", "<html lang=\"en\">"),
        ("zh", "<html lang=\"zh-CN\">"),
        ("en", "<html lang=\"en\">"),
    ] {
        let mut run = compare(&desk, &["base", "more"]);
        assert_eq!(code(run.args(["--lang", lang])), Some(0));
        assert!(page().contains(opens), "{lang}");
        assert!(is_marked(&out));
        books.push(workbook());
    }
    assert!(books[0] != books[1] && books[0] == books[2]);
    assert_eq!(
        books[1],
        fs::read(desk.path("more/plan/plan.xlsx")).unwrap()
    );
}

#[test]
fn findings_of_one_scenario_do_not_stop_the_others() {
    let desk = three();
    patch(&[("teams.csv", "team,max_days\nA,many\n")]).write(&desk.path("wrong"));
    let mut run = compare(&desk, &["base", "wrong", "less", "nowhere"]);
    assert_eq!(code(&mut run), Some(2));
    let (said, faults) = (stdout(&mut run), stderr(&mut run));
    assert!(
        said.contains("A     wrong    no plan: 1 error in the tables"),
        "{said}"
    );
    assert!(said.contains("1800"), "{said}");
    assert!(
        faults.contains("E306") && faults.contains("teams.csv:2"),
        "{faults}"
    );
    assert!(faults.contains("E101"), "{faults}");
    assert!(!desk.path("base/comparison/wrong").exists());
    assert!(table(&desk).contains("less change"));

    // Without a base there is nothing to compare with, but plans are made all the same.
    let mut run = compare(&desk, &["wrong", "less"]);
    assert_eq!(code(&mut run), Some(2));
    let said = stdout(&mut run);
    assert!(
        said.contains("the tables of the base have errors"),
        "{said}"
    );
    assert!(desk.path("wrong/comparison/less/visits.csv").exists());
}

#[test]
fn folders_that_cannot_be_compared_are_refused_in_clear_words() {
    let desk = three();
    let refused = |names: &[&str], out: Option<&str>, words: &str| {
        let mut run = compare(&desk, names);
        if let Some(out) = out {
            run.arg("--out").arg(desk.path(out));
        }
        assert_eq!(code(&mut run), Some(2), "{names:?}");
        let said = stderr(&mut run);
        assert!(said.contains(words), "{said}");
    };
    refused(
        &["base", "more", "base/../more"],
        None,
        "name each scenario once",
    );
    refused(&["base", "base"], None, "are one scenario");
    refused(&["nowhere", "more"], None, "E101");
    refused(&["base"], None, "SCENARIO");
    refused(&["base", "more"], Some(""), "holds a scenario.toml");
    refused(&["base", "more"], Some("more"), "holds a scenario.toml");
    assert!(!desk.path("nowhere").exists() && !desk.path("base/comparison").exists());

    // Two folders of one name are told apart by what is above them.
    for year in ["2025", "2026"] {
        short_season().write(&desk.path(&format!("{year}/may")));
    }
    let mut run = compare(&desk, &["2025/may", "2026/may"]);
    assert_eq!(code(&mut run), Some(0));
    let said = stdout(&mut run);
    assert!(
        said.contains("base  2025-may") && said.contains("A     2026-may"),
        "{said}"
    );
    assert!(said.contains("the same as the base"), "{said}");
    assert!(
        desk.path("2025/may/comparison/2026-may/visits.csv")
            .exists()
    );
}
