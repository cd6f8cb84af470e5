//! Public notices: one for each zone and round.

use crate::{Desk, docx, refused, season};
use std::collections::BTreeSet;

#[test]
fn every_visit_is_told_of_once() {
    let desk = Desk::planned(&season());
    let seen = desk.written("notice", "zh");
    let mut told = 0;
    for table in &seen.tables {
        assert_eq!(table[0][0], "日期");
        told += table[1..]
            .iter()
            .map(|row| row[1].split('、').count())
            .sum::<usize>();
    }
    assert_eq!(told, desk.rows("visits.csv").len());
    let visit = &desk.rows("visits.csv")[0];
    let (month, day) = (&visit[0][5..7], &visit[0][8..10]);
    let date = format!(
        "{}月{}日（",
        month.trim_start_matches('0'),
        day.trim_start_matches('0')
    );
    let rows = seen.tables.iter().flatten();
    assert!(rows.clone().any(|row| row[0].starts_with(&date)), "{date}");
}

#[test]
fn each_notice_has_a_page_and_names_zone_and_round() {
    let desk = Desk::planned(&season());
    let seen = desk.written("notice", "zh");
    let titles = seen.styled("Title");
    assert_eq!(titles[0], "城东第1轮病媒生物消杀公告");
    assert_eq!(titles.len(), titles.iter().collect::<BTreeSet<_>>().len());
    assert_eq!(seen.page_breaks, titles.len() - 1);
    let firsts = seen.styled("Heading1");
    assert!(
        firsts.iter().all(|heading| !heading.starts_with("五、")),
        "each begins again"
    );
}

#[test]
fn precautions_follow_what_is_done() {
    let desk = Desk::planned(&season());
    let text = desk.written("notice", "zh").text();
    assert!(text.contains("请关好门窗"));
    assert!(text.contains("养蜂"));
    assert!(text.contains("维生素K1"));
    assert!(text.contains("如遇雨、大风等天气，作业顺延"));
    assert!(text.contains("WP20080001"));
    assert!(!text.contains("胶饵"));
    let english = desk.written("notice", "en").text();
    assert!(english.contains("close doors and windows"));
    assert!(english.contains("vitamin K1"));

    let no_rats = season().replace(
        "coverage.csv",
        "rats,灭鼠,residential;market,bait,month,1,7\n",
        "",
    );
    let desk = Desk::planned(&no_rats);
    assert!(!desk.written("notice", "zh").text().contains("维生素K1"));
}

#[test]
fn a_folder_gets_one_file_each_with_a_safe_name() {
    let evil = season().replace(
        "sites.csv",
        "market,西市,market,城西",
        "market,西市,market,../城西:?",
    );
    let desk = Desk::planned(&evil);
    let out = desk.path("公告");
    let mut command = desk.document("notice", "zh");
    command.arg("--out").arg(&out).assert().success();
    let names: BTreeSet<String> = std::fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let count = desk.written("notice", "zh").styled("Title").len();
    assert_eq!(names.len(), count);
    assert!(names.contains("消杀公告-城东-第01轮.docx"), "{names:?}");
    assert!(names.contains("消杀公告-_城西__-第01轮.docx"), "{names:?}");
    let one = docx::read(&out.join("消杀公告-城东-第01轮.docx"));
    assert_eq!(one.styled("Title").len(), 1);
}

#[test]
fn a_zone_or_a_round_can_be_asked_for_alone() {
    let desk = Desk::planned(&season());
    let out = desk.path("one.docx");
    let mut command = desk.document("notice", "zh");
    command.args(["--zone", "城西", "--round", "2", "--out"]);
    command.arg(&out).assert().success();
    assert_eq!(
        docx::read(&out).styled("Title"),
        ["城西第2轮病媒生物消杀公告"]
    );
    let mut command = desk.document("notice", "en");
    let (code, said) = refused(command.args(["--zone", "城南"]));
    assert_eq!(code, Some(2));
    assert!(said.contains("E622") && said.contains("城南"), "{said}");
}
