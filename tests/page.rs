//! The page in a real browser: both languages, switching, sorting, filtering, details; figures equal to summary.json.
//!
//! `XIAOSHA_PICTURES=FOLDER` keeps pictures of the pages at two widths and as printed, to be looked at.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "page/browser.rs"]
mod browser;
#[path = "page/comparison.rs"]
mod comparison;
#[path = "page/explain.rs"]
mod explain;
#[path = "support/scenario_patch.rs"]
mod scenario_patch;
#[path = "page/sections.rs"]
mod sections;

use assert_cmd::cargo::cargo_bin_cmd;
use browser::Page;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A planned scenario on disk.
struct Planned {
    folder: TempDir,
}

impl Planned {
    /// Plans a scenario as a user does.
    fn new(scenario: &Path, lang: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let mut plan = cargo_bin_cmd!("xiaosha");
        plan.args(["plan", "--quiet", "--effort", "quick", "--lang", lang]);
        plan.arg(scenario).arg("--out").arg(folder.path());
        plan.assert().success();
        Planned { folder }
    }

    fn community(lang: &str) -> Self {
        Self::new(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/community"),
            lang,
        )
    }

    fn page(&self) -> PathBuf {
        self.folder.path().join("report.html")
    }

    fn summary(&self) -> serde_json::Value {
        serde_json::from_slice(&fs::read(self.folder.path().join("summary.json")).unwrap()).unwrap()
    }
}

/// Keeps pictures of a page if somebody wants to look at them.
async fn picture(page: &Page, name: &str) {
    let Some(folder) = std::env::var_os("XIAOSHA_PICTURES").map(PathBuf::from) else {
        return;
    };
    fs::create_dir_all(&folder).unwrap();
    for width in [1280, 400] {
        let file = folder.join(format!("{name}-{width}.png"));
        fs::write(file, page.picture(width).await).unwrap();
    }
    fs::write(folder.join(format!("{name}.pdf")), page.print().await).unwrap();
    page.resize(1280, 900).await;
}

#[test]
fn the_page_opens_in_the_chosen_language_and_switches_without_a_word_on_the_console() {
    for (lang, opens, first, other) in [
        ("zh", "zh-CN", "概要", "Overview"),
        ("en", "en", "Overview", "概要"),
    ] {
        let planned = Planned::community(lang);
        browser::open(&planned.page(), move |page| async move {
            assert_eq!(
                page.run("return document.documentElement.lang").await,
                opens
            );
            assert_eq!(page.text("#headline h2").await, first);
            assert_eq!(page.text("h1").await, "阳光社区2026年6月消杀");
            picture(&page, &format!("community-{lang}")).await;
            page.click(".switch button[aria-pressed=false]").await;
            assert_eq!(page.text("#headline h2").await, other);
            let seen = page.run("return document.body.innerText").await;
            assert!(!seen.as_str().unwrap().contains(first), "{seen}");
            assert_eq!(page.console().await, Vec::<String>::new());
        });
    }
}

#[test]
fn every_figure_of_the_summary_stands_on_the_page() {
    let planned = Planned::community("zh");
    let summary = planned.summary();
    browser::open(&planned.page(), move |page| async move {
        let figures = page
            .run("return [...document.querySelectorAll('[data-figure]')].map((e) => [e.dataset.figure, e.value, e.innerText])")
            .await;
        let figures: Vec<(String, String, String)> = serde_json::from_value(figures).unwrap();
        let mut seen = Vec::new();
        for (key, value, shown) in &figures {
            let expected = key.split('.').fold(&summary, |json, step| &json[step]);
            let expected = expected
                .as_f64()
                .unwrap_or_else(|| panic!("{key} is not in summary.json"));
            assert!(
                (value.parse::<f64>().unwrap() - expected).abs() < 1e-9,
                "{key}"
            );
            if key != "gap" {
                assert_eq!(shown.replace(',', ""), *value, "{key}");
            }
            seen.push(key.as_str());
        }
        for key in [
            "visits",
            "crew_days",
            "cost.total",
            "cost.labour",
            "cost.products",
            "cost_bound",
            "gap",
            "shortfall.1",
            "shortfall.2",
            "shortfall_bound.1",
            "shortfall_bound.2",
        ] {
            assert!(seen.contains(&key), "{key} is not on the page: {seen:?}");
        }
        assert_eq!(page.text("#proof [data-figure=gap]").await, "0.00 %");
        assert!(
            page.text(".status")
                .await
                .starts_with("全部完成：应做 21 轮次")
        );
    });
}

#[test]
fn long_tables_sort_filter_and_turn_pages() {
    let planned = Planned::community("en");
    browser::open(&planned.page(), |page| async move {
        let table = "[data-table=visits]";
        let column = |number: usize| format!("{table} tbody td:nth-child({number})");
        let rows = page.texts(&column(1)).await;
        assert_eq!(rows.len(), 21);
        assert!(
            rows.is_sorted() && rows[0].starts_with("2026-06-"),
            "{rows:?}"
        );

        // Quantities are 0.3, 1.2, 2.4 … 7.2: as words 6 would come before 4.8's successors.
        let quantity = format!("{table} thead th:nth-child(9) button");
        page.click(&quantity).await;
        let numbers = |texts: Vec<String>| -> Vec<f64> {
            texts.iter().map(|text| text.parse().unwrap()).collect()
        };
        // The column of zones is blank in this scenario and therefore not shown.
        let sorted = numbers(page.texts(&column(8)).await);
        assert!(sorted.is_sorted() && sorted[0] < sorted[20], "{sorted:?}");
        let state = format!("return document.querySelector('{table} th:nth-child(9)').ariaSort");
        assert_eq!(page.run(&state).await, "ascending");
        page.click(&quantity).await;
        let reversed = numbers(page.texts(&column(8)).await);
        assert!(reversed.iter().rev().eq(&sorted), "{reversed:?}");

        page.write(&format!("{table} input"), "东院 2026-06-").await;
        let left = page.texts(&column(4)).await;
        assert!(
            !left.is_empty() && left.iter().all(|site| site == "东院小区"),
            "{left:?}"
        );
        let count = page.text(&format!("{table} output")).await;
        assert_eq!(count, format!("rows 1–{0} of {0}", left.len()));
        page.write(&format!("{table} input"), " nowhere").await;
        assert_eq!(page.text(&format!("{table} output")).await, "rows 0–0 of 0");
        assert_eq!(page.console().await, Vec::<String>::new());
    });
}

#[test]
fn short_tables_sort_numbers_as_numbers() {
    let planned = Planned::community("zh");
    browser::open(&planned.page(), |page| async move {
        let table = "#money .wide:last-child";
        assert_eq!(
            page.texts(&format!("{table} td:last-child")).await,
            ["150.00", "2,000.00"]
        );
        let head = format!("{table} th:last-child button");
        page.click(&head).await;
        page.click(&head).await;
        assert_eq!(
            page.texts(&format!("{table} td:last-child")).await,
            ["2,000.00", "150.00"]
        );
    });
}

#[test]
fn a_day_tells_its_work_to_mouse_keyboard_and_finger() {
    let planned = Planned::community("zh");
    let visits = fs::read_to_string(planned.folder.path().join("visits.csv")).unwrap();
    browser::open(&planned.page(), move |page| async move {
        let hidden = "return document.querySelector('#tip').hidden";
        assert_eq!(page.run(hidden).await, true);
        page.point("td.work", (0, 0)).await;
        let told = page.text("#tip").await;
        let title = page
            .run("return document.querySelector('td.work').dataset.title")
            .await;
        let title = title.as_str().unwrap();
        assert!(
            title.contains("消杀公司喷洒队") && told.starts_with(title),
            "{told}"
        );
        // What visits.csv says of this day.
        let day = visits
            .lines()
            .filter(|line| line.starts_with(&title[..10]) && line.contains(",喷洒队,"))
            .count();
        assert!(
            day > 0 && told.contains(&format!("1 个班组，作业 {day} 次")),
            "{told}"
        );
        assert!(told.contains(&format!("绿篱滞留喷洒 × {day}")), "{told}");
        page.point("h1", (0, 0)).await;
        assert_eq!(page.run(hidden).await, true);

        // Tab reaches the table once; arrows walk through its cells; Escape puts the details away.
        page.run("document.querySelector('td.work').focus()").await;
        assert_eq!(page.text("#tip").await, told);
        page.find("td.work")
            .await
            .send_keys("\u{e014}")
            .await
            .unwrap();
        let next = page.text("#tip").await;
        assert!(
            next.starts_with("2026-06-") && next[..10] > told[..10],
            "{next}"
        );
        assert_eq!(
            page.run("return document.querySelectorAll('.days td[tabindex=\"0\"]').length")
                .await,
            1
        );
        page.find("body").await.send_keys("\u{e00c}").await.unwrap();
        assert_eq!(page.run(hidden).await, true);

        page.resize(400, 800).await;
        // The page may still be settling into its new width when the finger comes down.
        for _ in 0..10 {
            page.tap("td.work").await;
            if page.text("#tip").await == told {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
        assert_eq!(page.text("#tip").await, told);
        let within = page.run("const box = document.querySelector('#tip').getBoundingClientRect(); return box.left >= 0 && box.right <= 400").await;
        assert_eq!(within, true);
    });
}

#[test]
fn bars_and_cells_tell_their_figures() {
    let planned = Planned::community("en");
    browser::open(&planned.page(), |page| async move {
        page.point(".heat td.h5", (0, 0)).await;
        let told = page.text("#tip").await;
        assert!(told.contains("4 rounds asked, 4 met, 0 missed"), "{told}");
        page.point("[data-chart=load-0] rect", (0, 0)).await;
        let told = page.text("#tip").await;
        assert!(
            told.contains("crew-days") && told.starts_with("2026-06-"),
            "{told}"
        );
        assert_eq!(page.console().await, Vec::<String>::new());
    });
}

#[test]
fn the_page_is_no_wider_than_a_phone_and_asks_for_nothing() {
    let planned = Planned::community("zh");
    let html = fs::read_to_string(planned.page()).unwrap();
    for outside in ["http://", "https://", "src=", "@import", "url("] {
        assert!(!html.contains(outside), "{outside}");
    }
    browser::open(&planned.page(), |page| async move {
        page.resize(400, 800).await;
        assert_eq!(
            page.run("return document.documentElement.scrollWidth <= innerWidth")
                .await,
            true
        );
        let loaded = page
            .run("return performance.getEntriesByType('resource').length")
            .await;
        assert_eq!(loaded, 0);
        let pdf = page.print().await;
        assert!(pdf.starts_with(b"%PDF-"));
    });
}
