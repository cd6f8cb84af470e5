//! What falls short, what would cure it and what things are worth, on the page that `explain` writes.

use super::{browser, picture, scenario_patch};
use assert_cmd::cargo::cargo_bin_cmd;
use std::fs;
use tempfile::TempDir;

#[test]
fn reasons_cures_and_prices_stand_on_the_page_in_both_languages() {
    let folder = TempDir::new().unwrap();
    // Each team comes out once, and only A can do the market, which wants two rounds.
    scenario_patch::tiny()
        .with(
            "teams.csv",
            "team,methods,zones,hours_per_day,cost_per_day,max_days\n\
             A,residual;bait,,8,700,1\n\
             B,residual,north,7,600,1\n",
        )
        .write(folder.path());
    let mut explain = cargo_bin_cmd!("xiaosha");
    explain.args(["explain", "--quiet", "--lang", "en"]);
    explain.arg(folder.path()).assert().success();
    browser::open(
        &folder.path().join("explain/report.html"),
        |page| async move {
            let what = page.text(".explanation h3").await;
            assert_eq!(what, "markets (tier 1): 1 of 2 rounds missed, at 1 site");
            let why = page.texts(".explanation .why li").await;
            assert!(
                why[0].starts_with("crew-days of A are used up: 1 of 1"),
                "{why:?}"
            );
            // Whoever asks why wants to read it first.
            let sections = page
                .run("return [...document.querySelectorAll('main > section')].map((e) => e.id)")
                .await;
            assert_eq!(sections[1], "short");
            let cures = page.texts(".explanation .cures li").await;
            assert!(
                cures
                    .iter()
                    .any(|cure| cure.starts_with("+1 crew-day of A: cures it (1 round)")),
                "{cures:?}"
            );
            // Of the best plan there is none that is better.
            assert_eq!(page.texts("#short .again").await, Vec::<String>::new());
            let captions = page.texts("#short table.answers caption").await;
            assert_eq!(captions[0], "What complete coverage takes");
            assert!(
                captions
                    .iter()
                    .any(|caption| caption.starts_with("Without a contractor or a rule")),
                "{captions:?}"
            );
            // The last of the tables: contractors and rules; sorted by what is saved.
            let last = captions.len();
            let saved = page
            .run(&format!(
                "const table = document.querySelectorAll('#short table.answers')[{}]; \
                 table.querySelectorAll('th button')[2].click(); \
                 return [...table.querySelectorAll('tbody td:nth-child(3)')].map((cell) => Number(cell.innerText.replaceAll(',', '')))",
                last - 1
            ))
            .await;
            let saved: Vec<f64> = serde_json::from_value(saved).unwrap();
            assert!(saved.len() >= 4 && saved.is_sorted(), "{saved:?}");
            picture(&page, "explain").await;
            page.click(".switch button[aria-pressed=false]").await;
            let what = page.text(".explanation h3").await;
            assert_eq!(what, "markets（第 1 级）：应做 2 轮次，缺 1，涉及 1 处");
            assert_eq!(page.console().await, Vec::<String>::new());
        },
    );
}

#[test]
fn a_better_plan_of_the_same_tables_is_told_on_the_page_in_both_languages() {
    let folder = TempDir::new().unwrap();
    scenario_patch::tiny().write(folder.path());
    let nothing = folder.path().join("nothing.csv");
    fs::write(&nothing, "date,team,crew,site,treatment\n").unwrap();
    let mut explain = cargo_bin_cmd!("xiaosha");
    explain.args(["explain", "--quiet", "--lang", "en"]);
    explain.arg(folder.path()).arg(&nothing).assert().success();
    browser::open(
        &folder.path().join("explain/report.html"),
        |page| async move {
            let told = page.texts("#short .again").await;
            assert_eq!(told.len(), 2, "{told:?}");
            assert!(
                told[0].starts_with("Planned again as it is: 0 missed, "),
                "{told:?}"
            );
            assert!(
                told[1].starts_with("The best plan found of these tables: 0 missed, ")
                    && told[1].contains(", better than the present one in that tier 1 misses ")
                    && told[1].ends_with(" less (by weight); --better DIR writes it."),
                "{told:?}"
            );
            page.click(".switch button[aria-pressed=false]").await;
            let told = page.texts("#short .again").await;
            assert!(
                told[1].starts_with("表格不变找到的最好计划：缺 0 轮次，费用 "),
                "{told:?}"
            );
            assert_eq!(page.console().await, Vec::<String>::new());
        },
    );
}
