//! Sections that other commands fill, with sample values; input that looks like markup; a big season.

use super::{Planned, browser, picture, scenario_patch};
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use xiaosha::domain::{Money, Plan, Shortfall, Visit};
use xiaosha::lang::{Lang, Text};
use xiaosha::measures::{
    Cost, EnoughFigures, FrontierFigures, KindFigures, Measures, PointFigures, PointTier, Proven,
};
use xiaosha::report::{self, Cure, Explanation, PageContent};
use xiaosha::season::Season;
use xiaosha::validate;

fn yuan(yuan: i64) -> Money {
    Money::from_micro(yuan * 1_000_000)
}

/// A tier of 1,000 rounds of which so many are missed.
fn tier(tier: u32, short: i64, bound: i64) -> PointTier {
    let share = |missed: i64| 1.0 - missed as f64 / 1_000.0;
    PointTier {
        tier,
        shortfall: Shortfall::from_micro(short * 1_000_000),
        bound: Shortfall::from_micro(bound * 1_000_000),
        covered: share(short),
        possible: share(bound),
    }
}

fn point(budget: i64, short: i64, bound: i64) -> PointFigures {
    PointFigures {
        budget: yuan(budget),
        cost: Cost {
            labour: yuan(budget - 101_234),
            products: yuan(100_000),
        },
        visits: 900,
        tiers: vec![tier(1, 0, 0), tier(2, short, bound)],
        covered: 1.0 - short as f64 / 2_000.0,
        kept: vec![1_500, 500 - short as u64],
    }
}

fn kind(kind: &str, asked: u64) -> KindFigures {
    KindFigures {
        kind: kind.to_owned(),
        asked,
    }
}

/// A page without a plan, as `frontier` writes it.
fn sample() -> PageContent<'static> {
    PageContent {
        title: Text::new("夏季经费与效果", "Money for the summer"),
        dates: ("2026-05-01".parse().unwrap(), "2026-10-31".parse().unwrap()),
        currency: "CNY",
        plan: None,
        frontier: Some(FrontierFigures {
            kinds: vec![kind("<i>road</i>", 1_500), kind("", 500)],
            points: vec![
                point(600_000, 420, 396),
                point(700_000, 180, 171),
                point(800_000, 55, 48),
                point(900_000, 0, 0),
            ],
            knee: Some(1),
            enough: EnoughFigures {
                complete: true,
                hopeless: false,
                cost: yuan(898_766),
                bound: yuan(870_000),
                point: Some(3),
            },
        }),
        comparison: None,
        answers: Vec::new(),
        planned_again: Vec::new(),
        explanations: vec![Explanation {
            what: Text::new("道路缺 12 轮次", "12 rounds of roads are missed"),
            why: vec![Text::new(
                "甲队没有空余工日",
                "team A has no crew-days left",
            )],
            cures: vec![
                Cure {
                    what: Text::new("甲队增加 3 个工日", "3 more crew-days of team A"),
                    money: Some(yuan(3_150)),
                    proven: Text::new("；少了不行", "; less is not enough"),
                },
                Cure {
                    what: Text::new("调整公休日", "open some public holidays"),
                    money: None,
                    proven: Text::same(""),
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
        // Tier 1 is never short, so it has no chart; each kind of sites has one.
        assert_eq!(
            page.run("return [...document.querySelectorAll('#frontier [data-chart]')].map((e) => e.dataset.chart)")
                .await,
            serde_json::json!(["frontier-2", "frontier-kind-0", "frontier-kind-1"])
        );
        let said = page.texts("#frontier > p").await;
        assert!(
            said[0].contains("for 898,766.00 CNY; it is proven that less than 870,000.00 CNY"),
            "{said:?}"
        );
        assert!(
            said[1].contains("knee is at 700,000.00 CNY, for which 91.0 %"),
            "{said:?}"
        );
        assert!(said[2].contains("For 1 of the 4 amounts"), "{said:?}");
        let rows = page
            .texts("#frontier > .wide tbody tr:nth-child(2) td")
            .await;
        assert_eq!(
            rows,
            ["700,000.00", "698,766.00", "180", "171", "91.0 %", "knee"]
        );
        let told = page.texts("#frontier figcaption").await;
        assert!(
            told[0].contains("the shortfall goes from 420 to 0; from 900,000.00 CNY on nothing"),
            "{told:?}"
        );
        assert!(
            told[1].starts_with("<i>road</i>: 1,500 rounds asked"),
            "{told:?}"
        );
        assert!(
            told[2].starts_with("(no kind): 500 rounds asked, 80 to 500 kept"),
            "{told:?}"
        );
        // The shortfall sorts as a number: 0, 55, 180, 420.
        page.click("#frontier > .wide th:nth-child(3) button").await;
        let budgets = page.texts("#frontier > .wide td:first-child").await;
        assert_eq!(
            budgets,
            ["900,000.00", "800,000.00", "700,000.00", "600,000.00"]
        );
        page.point("[data-chart=frontier-kind-1] circle:nth-of-type(1)", (0, 0))
            .await;
        let told = page.text("#tip").await;
        assert!(told.contains("(no kind): 80 of 500 rounds kept"), "{told}");
        page.point("#frontier svg circle:nth-of-type(2)", (0, 0))
            .await;
        let told = page.text("#tip").await;
        assert!(
            told.contains("shortfall 180 (proven: at least 171), ")
                && told.ends_with(" kept; cost 698,766.00 CNY"),
            "{told}"
        );

        assert_eq!(
            page.texts("#short .explanation li").await,
            [
                "team A has no crew-days left",
                "3 more crew-days of team A, cost +3,150.00 CNY; less is not enough",
                "open some public holidays"
            ]
        );
        picture(&page, "sections-en").await;
        page.click(".switch button[data-lang=zh-CN]").await;
        assert_eq!(
            page.texts("#short .explanation .cures li").await[0],
            "甲队增加 3 个工日，费用 +3,150.00 元；少了不行"
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
