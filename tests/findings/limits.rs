//! Bad input in bulk: everything is counted, nothing takes long, nothing panics.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read its files fails"
)]
#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "short texts"
)]

use crate::busy::{StopWatch, Whose};
use crate::check;
use crate::scenario_patch::{listed, tiny};
use xiaosha::finding::{Code, render_json, render_text};
use xiaosha::lang::Lang;

#[test]
fn ten_thousand_wrong_cells_are_ten_thousand_findings() {
    let mut sites = String::from("site,kind,zone,area_m2,stalls,weight\n");
    for site in 0..5_000 {
        sites += &format!("s{site},road,north,wrong,1,0\n");
    }
    let watch = StopWatch::start(Whose::Thread);
    let (scenario, findings) = tiny().with("sites.csv", sites).load();
    let text = render_text(&findings, Lang::Zh, 50);
    assert!(scenario.is_none());
    assert_eq!(findings.errors(), 10_000);
    assert_eq!(
        text.lines().filter(|line| line.starts_with("错误")).count(),
        50
    );
    assert!(text.ends_with("（以上为前 50 个）\n"), "{text}");
    assert!(watch.seconds() < 2.0, "{} s", watch.seconds());
    let json: serde_json::Value = serde_json::from_str(&render_json(&findings, 50)).unwrap();
    assert_eq!(json["errors"], 10_000);
    assert_eq!(json["findings"].as_array().unwrap().len(), 50);
    assert_eq!(json["findings"][0]["code"], "E306");
    assert_eq!(json["findings"][0]["column"], 4);
}

#[test]
fn ten_thousand_unknown_ids_are_found_and_few_compared_with_all_known_ones() {
    let mut sites = String::from("site,kind,zone,area_m2,stalls\n");
    let mut done = String::from("date,team,site,treatment\n");
    for site in 0..10_000 {
        sites += &format!("site-number-{site},road,north,1,1\n");
        done += &format!("2026-05-01,A,site-nummer-{site},spray\n");
    }
    let files = tiny()
        .with("sites.csv", sites)
        .with("done.csv", done)
        .append("scenario.toml", "today = 2026-05-02\n");
    let watch = StopWatch::start(Whose::Thread);
    let (_, findings) = files.load();
    assert_eq!(findings.errors(), 10_000);
    // To name the nearest, an id is compared with all 10,000 sites.
    let helped = findings.sorted().into_iter();
    let helped = helped.filter(|finding| finding.code == Code::UnknownId && finding.help.is_some());
    let helped = helped.count();
    assert!((1..=100).contains(&helped), "{helped}");
    assert!(watch.seconds() < 2.0, "{} s", watch.seconds());
}

#[test]
fn a_file_beyond_the_limit_is_not_read() {
    check(
        &tiny().with("budget.csv", vec![b'a'; (64 << 20) + 1]),
        &["E105 budget.csv"],
    );
}

#[test]
fn a_line_without_end_is_one_finding() {
    let (_, findings) = tiny().with("budget.csv", vec![b'a'; 4 << 20]).load();
    assert_eq!(
        listed(&findings),
        [
            "E114 budget.csv:1",
            "E112 budget.csv:1:1",
            "W121 budget.csv:1:1"
        ]
    );
    let (_, findings) = tiny().with("sites.csv", vec![b','; 1 << 20]).load();
    assert_eq!(listed(&findings)[0], "E107 sites.csv:1");
    let (_, findings) = tiny()
        .with("sites.csv", format!("site{}\n", ",x".repeat(20_000)))
        .load();
    assert!(listed(&findings).contains(&"E113 sites.csv:1:16384".to_owned()));
}

#[test]
fn cells_and_rows_beyond_the_limits() {
    let long = "x".repeat(40_000);
    check(
        &tiny().append("sites.csv", &format!("a,{long},north,1,\n")),
        &["E112 sites.csv:5:2"],
    );
    let rows = "2026-05-01,all,closed\n".repeat(200_001);
    let (_, findings) = tiny()
        .with("calendar.csv", format!("date,scope,status\n{rows}"))
        .load();
    assert_eq!(listed(&findings), ["E113 calendar.csv:200002"]);
}

#[test]
fn a_file_of_too_many_cells_is_read_in_part() {
    let header: String = (0..10_000).map(|at| format!(",c{at}")).collect();
    let row = format!("s{}\n", ",1".repeat(10_000));
    let (_, findings) = tiny()
        .with("sites.csv", format!("site{header}\n") + &row.repeat(500))
        .load();
    assert!(listed(&findings).contains(&"E113 sites.csv:401".to_owned()));
}

#[test]
fn control_characters() {
    check(
        &tiny().append("sites.csv", "a,ro\0ad,north,1,\n"),
        &["E111 sites.csv:5:2"],
    );
    check(
        &tiny().append("sites.csv", "a\0,road,north,1,\n"),
        &["E111 sites.csv:5:1"],
    );
    // A tab or a line within quotes is text.
    check(
        &tiny().append("sites.csv", "\"a\n\tb\",road,north,1,\n"),
        &[],
    );
}

#[test]
fn figures_whose_sums_do_not_fit() {
    let huge = "900000000000";
    check(
        &tiny().replace("sites.csv", "4000", huge),
        &["W505 sites.csv:2:4"],
    );
    check(
        &tiny().replace("treatments.csv", "0.001", huge),
        &["E521 treatments.csv:2:5"],
    );
    check(
        &tiny().replace("teams.csv", "8,700", &format!("8,{huge}")),
        &["E521 teams.csv:2:5"],
    );
    check(
        &tiny().with(
            "coverage.csv",
            format!("rule,treatments,rounds,weight\nr,spray,1,{huge}\n"),
        ),
        &["E521 coverage.csv:2:4"],
    );
    let teams: String = (0..9)
        .map(|team| format!("T{team},residual;bait,8,{huge}\n"))
        .collect();
    check(
        &tiny().with(
            "teams.csv",
            format!("team,methods,hours_per_day,mobilisation\n{teams}"),
        ),
        &["E521 teams.csv:6:4"],
    );
    check(
        &tiny().with(
            "teams.csv",
            format!(
                "team,methods,hours_per_day,min_days,cost_per_day\nA,residual;bait,8,{huge},9\n"
            ),
        ),
        &["E521 teams.csv:2:4"],
    );
    // A limit that is none.
    check(
        &tiny().with(
            "products.csv",
            format!("product,pack_size,max_packs\nwp,1000,{huge}\n"),
        ),
        &[],
    );
}
