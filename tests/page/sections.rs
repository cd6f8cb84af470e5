//! Sections that other commands fill, with sample values; input that looks like markup; a big season.

use super::{Planned, browser, picture, scenario_patch};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use xiaosha::domain::{Money, Plan, Shortfall, Visit};
use xiaosha::lang::{Lang, Text};
use xiaosha::measures::{Measures, Proven};
use xiaosha::report::{self, Cure, Explanation, Frontier, FrontierPoint, PageContent};
use xiaosha::season::Season;
use xiaosha::validate;

fn yuan(yuan: i64) -> Money {
    Money::from_micro(yuan * 1_000_000)
}

fn point(budget: i64, short: i64, bound: i64) -> FrontierPoint {
    let rounds = |rounds| {
        BTreeMap::from([
            (1, Shortfall::ZERO),
            (2, Shortfall::from_micro(rounds * 1_000_000)),
        ])
    };
    FrontierPoint {
        budget: yuan(budget),
        cost: yuan(budget - 1_234),
        shortfall: rounds(short),
        bound: rounds(bound),
    }
}

/// A page without a plan, as `frontier` writes it.
fn sample() -> PageContent<'static> {
    PageContent {
        title: Text::new("夏季经费与效果", "Money for the summer"),
        dates: ("2026-05-01".parse().unwrap(), "2026-10-31".parse().unwrap()),
        currency: "CNY",
        plan: None,
        frontier: Some(Frontier {
            points: vec![
                point(600_000, 420, 396),
                point(700_000, 180, 171),
                point(800_000, 55, 48),
                point(900_000, 0, 0),
            ],
        }),
        comparison: None,
        answers: Vec::new(),
        explanations: vec![Explanation {
            what: Text::new(
                "道路缺 12 轮次，因为甲队没有空余工日",
                "12 rounds of roads are missed, because team A has no crew-days left",
            ),
            cures: vec![
                Cure {
                    what: Text::new("甲队增加 3 个工日", "3 more crew-days of team A"),
                    money: Some(yuan(3_150)),
                },
                Cure {
                    what: Text::new("调整公休日", "open some public holidays"),
                    money: None,
                },
            ],
        }],
    }
}

#[test]
fn frontier_and_explanations_stand_on_a_page_without_a_plan() {
    let folder = TempDir::new().unwrap();
    let file = report::page(&sample(), Lang::En);
    fs::write(folder.path().join(&file.name), &file.bytes).unwrap();
    browser::open(&folder.path().join(&file.name), |page| async move {
        assert_eq!(page.text("h1").await, "Money for the summer");
        // Tier 1 is never short, so it has no chart.
        assert_eq!(
            page.run("return document.querySelectorAll('#frontier svg').length")
                .await,
            1
        );
        let rows = page.texts("#frontier tbody tr:first-child td").await;
        assert_eq!(rows, ["600,000.00", "598,766.00", "420", "396"]);
        page.point("#frontier svg circle:nth-of-type(2)", (0, 0))
            .await;
        let told = page.text("#tip").await;
        assert!(
            told.contains("shortfall 180 (proven: at least 171); cost 698,766.00 CNY"),
            "{told}"
        );

        assert_eq!(
            page.texts("#short .explanation li").await,
            [
                "3 more crew-days of team A 3,150.00 CNY",
                "open some public holidays"
            ]
        );
        picture(&page, "sections-en").await;
        page.click(".switch button[data-lang=zh-CN]").await;
        assert_eq!(
            page.texts("#short .explanation li").await[0],
            "甲队增加 3 个工日 3,150.00 元"
        );
        assert_eq!(page.console().await, Vec::<String>::new());
    });
}

#[test]
fn text_from_the_tables_never_becomes_markup() {
    let evil = "</script><img src=x onerror=document.title=1>'<b>&lt";
    let files = scenario_patch::tiny()
        .with(
            "scenario.toml",
            format!("name = \"\"\"{evil}\"\"\"\nstart = 2026-05-01\nend = 2026-05-31\n"),
        )
        .with(
            "sites.csv",
            format!(
                "site,name,kind,zone,lon,lat,area_m2\nroad,{evil},road,{evil},84.87,45.6,2000\n"
            ),
        )
        .with(
            "treatments.csv",
            format!(
                "treatment,name,method,measure,rate_per_hour\nspray,{evil},residual,area_m2,1000\n"
            ),
        )
        .with(
            "teams.csv",
            format!("team,name,methods,hours_per_day\nA,{evil},residual,4\n"),
        )
        .with("products.csv", "product\n")
        .with("rates.csv", "contractor,treatment,piece_rate\n")
        .with(
            "calendar.csv",
            format!("date,scope,status,reason\n2026-05-02,all,closed,{evil}\n"),
        )
        .with(
            "coverage.csv",
            format!("rule,name,treatments,every,rounds\nr,{evil},spray,month,3\n"),
        );
    let folder = TempDir::new().unwrap();
    files.write(folder.path());
    let planned = Planned::new(folder.path(), "zh");
    browser::open(&planned.page(), move |page| async move {
        assert_eq!(page.text("h1").await, evil);
        assert_eq!(page.run("return document.title").await, evil);
        assert_eq!(page.text("#map .chips button").await, evil);
        assert_eq!(
            page.text("[data-table=visits] tbody td:nth-child(2)").await,
            evil
        );
        for place in ["td.work", "th.noted", ".heat td.h5"] {
            page.point(place, (0, 0)).await;
            assert!(page.text("#tip").await.contains(evil), "{place}");
        }
        page.click(".chips button").await;
        assert_eq!(
            page.run("return document.querySelectorAll('img, b > b, script:not([id])').length")
                .await,
            1
        );
        assert_eq!(page.console().await, Vec::<String>::new());
    });
}

/// Visits on some of the days on which each is possible; limits do not matter to the page.
fn thick_plan(season: &Season, every: usize) -> Plan {
    let mut visits = Vec::new();
    for (at, job) in season.jobs.iter().enumerate() {
        let part = &season.parts[job.part];
        for option in job.options.iter().take(1) {
            let days = season.day_sets[option.days]
                .iter()
                .skip(at % every)
                .step_by(every);
            visits.extend(days.map(|day| Visit {
                date: season.date(day),
                team: option.team,
                crew: 1,
                site: part.site,
                part: part.number,
                treatment: job.treatment,
            }));
        }
    }
    season.plan(visits)
}

#[test]
fn the_page_of_a_year_stays_small_and_works() {
    let (scenario, _) =
        validate::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/karamay-year"));
    let scenario = scenario.unwrap();
    let season = Season::new(&scenario);
    let plan = thick_plan(&season, 36);
    assert!(plan.visits.len() > 9_000, "{}", plan.visits.len());
    let measures = Measures::new(&season, &plan, &Proven::default());
    let file = report::page(&PageContent::of_plan(&season, &measures), Lang::Zh);
    assert_eq!(
        file,
        report::page(&PageContent::of_plan(&season, &measures), Lang::Zh)
    );
    assert!(file.bytes.len() < 3_000_000, "{} bytes", file.bytes.len());

    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(&file.name), &file.bytes).unwrap();
    let visits = measures.visits.len();
    browser::open(&folder.path().join(&file.name), move |page| async move {
        let count = page.text("[data-table=visits] output").await;
        assert_eq!(
            count.replace(',', ""),
            format!("第 1–50 行，共 {visits} 行")
        );
        page.click("[data-table=visits] [data-step='1']").await;
        assert!(
            page.text("[data-table=visits] output")
                .await
                .starts_with("第 51–100 行")
        );
        let elements = page
            .run("return document.querySelectorAll('*').length")
            .await;
        assert!(elements.as_u64().unwrap() < 20_000, "{elements} elements");

        // The map: a site tells its name; a zone stands out.
        page.point("[data-chart=map] circle", (0, 0)).await;
        assert!(
            page.text("#tip").await.contains("应做"),
            "{}",
            page.text("#tip").await
        );
        page.click(".chips button:nth-of-type(2)").await;
        let chosen = page
            .run("return document.querySelectorAll('[data-chart=map] circle.chosen').length")
            .await;
        let zone = page.text(".chips button:nth-of-type(2)").await;
        let of_zone = page.run(&format!(
            "return Number([...document.querySelectorAll('#map tbody tr')].find((r) => r.cells[0].innerText === '{zone}').cells[1].innerText)"
        )).await;
        assert_eq!(
            chosen.as_u64().unwrap(),
            2 * of_zone.as_u64().unwrap(),
            "{zone}"
        );
        assert_eq!(page.console().await, Vec::<String>::new());
    });
}
