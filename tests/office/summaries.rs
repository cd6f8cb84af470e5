//! The summary says what done.csv and surveys.csv say.

use crate::{Desk, past_season, refused, season};

#[test]
fn it_counts_what_was_done_and_names_what_was_not() {
    let desk = Desk::new(&past_season());
    let seen = desk.written("summary", "zh");
    let text = seen.text();
    assert!(
        text.contains("共完成防制作业5次，覆盖3处地点，出动班组3个工日"),
        "{text}"
    );

    let treatments = seen.table("措施");
    let spray = &treatments[1];
    // Three places of 7,500 m² in all, one of them (4,000 m²) twice.
    assert_eq!(spray[0], "超低容量喷雾");
    assert_eq!(spray[3], "7,500 平方米");
    assert_eq!(spray[4], "11,500 平方米");
    assert_eq!(spray[5], "溴氰菊酯 11.5 L");
    assert_eq!(treatments[2][3], "12 个");
    assert_eq!(treatments[2][5], "蜡块 0.6 kg");

    // Three places, two half-months: six rounds asked, four done; of two places with stations one was done.
    let due = seen.table("任务");
    assert_eq!(due[1], ["灭蚊蝇", "6", "4", "2", "0"]);
    assert_eq!(due[2], ["灭鼠", "2", "1", "1", "0"]);
    assert!(text.contains("应做8轮次，缺3轮次"), "{text}");
    let short = seen
        .tables
        .iter()
        .find(|table| table[0].last().is_some_and(|cell| cell == "涉及地点"))
        .unwrap();
    assert_eq!(short[1], ["灭蚊蝇", "2", "西市、和平里"]);

    // 300 + 3 × 700 labour; of 11.5 L one is in store, so three packs of 5 L at 120; one pack of wax at 60.
    assert!(
        text.contains("共发生经费2,820.00元，其中人工2,400.00元，药品采购420.00元"),
        "{text}"
    );
}

#[test]
fn two_places_of_one_name_are_two() {
    let files = past_season().replace("sites.csv", "西市", "和平里");
    let seen = Desk::new(&files).written("summary", "zh");
    let mut tables = seen.tables.iter();
    let short = tables
        .find(|table| table[0].last().is_some_and(|cell| cell == "涉及地点"))
        .unwrap();
    assert_eq!(short[1], ["灭蚊蝇", "2", "和平里、和平里"]);
}

#[test]
fn people_are_counted_where_the_teams_say_how_many_are_in_a_crew() {
    let without = Desk::new(&past_season()).written("summary", "zh").text();
    assert!(!without.contains("人次"), "{without}");
    let overlay = "team,people\nA,4\n";
    let files = past_season()
        .moved_to("base")
        .with("scenario.toml", "name = \"小城六月\"\nextends = \"base\"\n")
        .with("teams.csv", overlay);
    let seen = Desk::new(&files).written("summary", "zh");
    // Three crew-days of four people.
    let text = seen.text();
    assert!(text.contains("出动班组3个工日、人员12人次，作业"), "{text}");
    let teams = seen.table("作业队伍");
    assert_eq!((&*teams[0][4], &*teams[1][4]), ("人次", "12"));
    let english = Desk::new(&files).written("summary", "en").text();
    assert!(
        english.contains("on 3 crew-days (12 person-days)"),
        "{english}"
    );
}

#[test]
fn densities_before_and_after_stand_side_by_side() {
    let desk = Desk::new(&past_season());
    let seen = desk.written("summary", "zh");
    let table = seen
        .tables
        .iter()
        .find(|table| table[0].last().is_some_and(|cell| cell == "是否达标"))
        .unwrap();
    assert_eq!(
        table[1],
        [
            "城西",
            "蝇",
            "室内有蝇房间阳性率（%）",
            "9",
            "20（5月30日）",
            "5（6月20日）",
            "75",
            "达标"
        ]
    );
    let without = past_season().without("surveys.csv");
    let text = Desk::new(&without).written("summary", "zh").text();
    assert!(text.contains("没有登记灭前灭后密度监测数据"), "{text}");
}

#[test]
fn in_mid_season_only_what_is_due_counts_as_missed() {
    let half = past_season().replace("scenario.toml", "today = 2026-07-01", "today = 2026-06-18");
    let seen = Desk::new(&half).written("summary", "en");
    let due = seen.table("Task");
    // The first half-month is over, everywhere done; the second and the month are not.
    assert_eq!(due[1], ["灭蚊蝇", "3", "3", "0", "3"]);
    assert_eq!(due[2], ["灭鼠", "0", "0", "0", "2"]);
    assert!(seen.text().contains("Every round that was due is done."));
}

#[test]
fn without_any_done_visit_there_is_nothing_to_sum_up() {
    let desk = Desk::new(&season());
    let (code, said) = refused(&mut desk.document("summary", "zh"));
    assert_eq!(code, Some(2));
    assert!(said.contains("E622") && said.contains("done.csv"), "{said}");
    assert!(!desk.scenario().join("documents").exists());
}
