//! The page of a comparison, as `compare` writes it.

use super::{browser, picture, scenario_patch};
use assert_cmd::cargo::cargo_bin_cmd;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use xiaosha::compare::{Cell, Change, Compared, Comparison, Row, Section, Value, Weight};
use xiaosha::domain::Money;
use xiaosha::lang::{Lang, Text};
use xiaosha::report::{self, PageContent};

/// The community, two variants of it, and one whose tables have an error.
fn compared(lang: &str) -> TempDir {
    let desk = TempDir::new().unwrap();
    let community = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/community");
    let base = desk.path().join("社区");
    fs::create_dir(&base).unwrap();
    for file in fs::read_dir(community).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), base.join(file.file_name())).unwrap();
    }
    let patch = |name: &str, files: &[(&str, &str)]| {
        let title = format!("name = \"{name}的方案\"\nextends = \"../社区\"\n");
        let own = scenario_patch::empty().with("scenario.toml", title);
        let own = files
            .iter()
            .fold(own, |own, (file, text)| own.with(file, text));
        own.write(&desk.path().join(name));
    };
    patch("少花钱", &[("budget.csv", "预算项,金额\n总额,5000\n")]);
    patch(
        "多地点",
        &[
            ("sites.csv", "地点,类型,绿化面积\n北院,小区,9000\n"),
            ("budget.csv", "预算项,金额\n总额,9000\n药品,4000\n"),
        ],
    );
    patch("有错", &[("teams.csv", "队伍,每日工时\n喷洒队,很多\n")]);
    let mut compare = cargo_bin_cmd!("xiaosha");
    compare.args(["compare", "--quiet", "--effort", "quick", "--lang", lang]);
    for name in ["社区", "少花钱", "多地点", "有错"] {
        compare.arg(desk.path().join(name));
    }
    // One of them has findings.
    compare.assert().code(2);
    desk
}

#[test]
fn scenarios_stand_side_by_side_in_both_languages() {
    for (lang, first, other) in [
        ("zh", "方案比较", "Comparison"),
        ("en", "Comparison", "方案比较"),
    ] {
        let desk = compared(lang);
        let page = desk.path().join("社区/comparison/report.html");
        browser::open(&page, move |page| async move {
            assert_eq!(page.text("#comparison h2").await, first);
            picture(&page, &format!("comparison-{lang}")).await;
            page.click(".switch button[aria-pressed=false]").await;
            assert_eq!(page.text("#comparison h2").await, other);
            let seen = page.run("return document.body.innerText").await;
            assert!(!seen.as_str().unwrap().contains(first), "{seen}");
            page.resize(400, 800).await;
            let fits = "return document.documentElement.scrollWidth <= innerWidth";
            assert_eq!(page.run(fits).await, true);
            assert_eq!(page.console().await, Vec::<String>::new());
        });
    }
}

#[test]
fn the_page_says_what_differs_and_what_it_comes_to() {
    let desk = compared("en");
    let page = desk.path().join("社区/comparison/report.html");
    let csv = fs::read_to_string(desk.path().join("社区/comparison/comparison.csv")).unwrap();
    browser::open(&page, move |page| async move {
        assert_eq!(
            page.text("h1").await,
            "Scenarios compared: 阳光社区2026年6月消杀"
        );
        let heads = page.texts("#comparison thead th").await;
        assert_eq!(heads.len(), 5);
        assert!(heads[1].starts_with("base 社区"), "{heads:?}");
        assert!(heads[2].starts_with("A 少花钱"), "{heads:?}");
        assert!(
            heads[4].ends_with("no plan: 1 error in the tables"),
            "{heads:?}"
        );

        // Tables: before and after, a new row, and what stays.
        let row = |words: &str| {
            format!(
                "return [...document.querySelectorAll('tr')].filter((r) => r.querySelector('th')?.innerText.trim() === '{words}').map((r) => [...r.cells].slice(1).map((c) => c.innerText.trim()))"
            )
        };
        let of = async |words: &str| -> Vec<Vec<String>> {
            serde_json::from_value(page.run(&row(words)).await).unwrap()
        };
        assert_eq!(
            of("总额 amount").await[0],
            ["6500", "→ 5000", "→ 9000", "–"]
        );
        assert_eq!(
            of("药品 amount").await[0],
            ["2500", "as the base", "→ 4000", "–"]
        );
        let added = of("北院").await.swap_remove(0);
        assert_eq!(added[..2], ["–", "–"]);
        assert!(
            added[2].starts_with("added: site=北院, kind=小区"),
            "{added:?}"
        );

        // The total of each scenario as comparison.csv has it; best among those that ask and miss the same.
        let total = of("Cost: total").await.swap_remove(0);
        let file = csv
            .lines()
            .find(|line| line.starts_with("plan/money,total,"))
            .unwrap();
        let file: Vec<&str> = file.split(',').collect();
        for (shown, at) in [(0, 9), (1, 10), (2, 13)] {
            let number = total[shown]
                .split('\n')
                .next()
                .unwrap()
                .replace([',', '★'], "");
            assert!(number.ends_with(file[at]), "{total:?} {file:?}");
        }
        assert_eq!(total[3], "–");
        let missed = of("tier 1 missed").await.swap_remove(0);
        assert_eq!(missed[0], "0", "{missed:?}");

        // Rows that differ nowhere come on request.
        let rows = "return [...document.querySelectorAll('.figures tbody tr')].filter((r) => r.offsetHeight > 0).length";
        let few = page.run(rows).await.as_u64().unwrap();
        page.click(".only input").await;
        let all = page.run(rows).await.as_u64().unwrap();
        assert!(few < all, "{few} {all}");
        assert_eq!(page.console().await, Vec::<String>::new());
    });
}

/// Two scenarios whose names look like markup, and more differences than are shown at once.
fn evil(words: &str) -> Comparison {
    let scenario = |name: &str| Compared {
        name: name.to_owned(),
        title: words.to_owned(),
        currency: "CNY".to_owned(),
        errors: 0,
    };
    let text = |text: &str, change| Cell {
        value: Some(Value::Text(text.to_owned())),
        change,
        best: false,
    };
    let difference = |at: usize| Row {
        id: format!("{at}/name"),
        item: Text::new(words, words),
        aspect: Some(Text::new("名称", "name")),
        weight: Weight::Usual,
        cells: vec![text("", None), text(words, Some(Change::Replaced))],
    };
    let money = |yuan: i64| Value::Money(Money::from_micro(yuan * 1_000_000));
    let total = Row {
        id: "total".to_owned(),
        item: Text::new("合计", "total"),
        aspect: None,
        weight: Weight::Headline,
        cells: vec![
            Cell {
                value: Some(money(901_350)),
                ..Cell::default()
            },
            Cell {
                value: Some(money(720_000)),
                change: Some(Change::By {
                    difference: money(-181_350),
                    relative: Some(-0.201),
                }),
                best: true,
            },
        ],
    };
    Comparison {
        scenarios: vec![scenario("base"), scenario(words)],
        inputs: vec![Section {
            id: "sites.csv".to_owned(),
            title: Text::new("地点", "where work is done"),
            rows: (0..520).map(difference).collect(),
        }],
        figures: vec![Section {
            id: "money".to_owned(),
            title: Text::new("费用", "Cost"),
            rows: vec![total],
        }],
    }
}

#[test]
fn nothing_of_a_comparison_becomes_markup_and_many_differences_are_folded() {
    let words = "<img src=x onerror=document.title=1>";
    let comparison = evil(words);
    let dates = ("2026-05-01".parse().unwrap(), "2026-10-31".parse().unwrap());
    let file = report::page(&PageContent::of_comparison(&comparison, dates), Lang::En);
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(&file.name), &file.bytes).unwrap();
    browser::open(&folder.path().join(&file.name), move |page| async move {
        assert_eq!(
            page.text("h1").await,
            format!("Scenarios compared: {words}")
        );
        let images = "return document.querySelectorAll('img').length";
        assert_eq!(page.run(images).await, 0);
        let best = page.texts("#figures td.best").await;
        assert_eq!(best.len(), 1);
        assert!(
            best[0].contains("720,000.00") && best[0].ends_with("-181,350.00 (-20.1\u{a0}%)"),
            "{best:?}"
        );
        let rows = "return document.querySelectorAll('#differences tbody tr').length";
        assert_eq!(page.run(rows).await, 500);
        assert_eq!(
            page.text("#differences summary").await,
            "The other 480 differences"
        );
        page.click("#differences summary").await;
        assert_eq!(
            page.text("#differences details p").await,
            "And 20 more, see comparison.csv."
        );
        assert_eq!(page.console().await, Vec::<String>::new());
    });
}
