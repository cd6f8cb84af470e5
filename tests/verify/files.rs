//! Plans on the disk: encodings, headers and separators of files edited by hand, and what the files say otherwise than
//! the tables.

use super::tiny::*;
use encoding_rs::GB18030;
use std::path::Path;
use tempfile::TempDir;
use xiaosha::domain::{BudgetScope, Every, ProductIx, Scenario};
use xiaosha::finding::Findings;
use xiaosha::verify::{Judgement, judge_file, read_plan};

/// 东街, 北园 (in two parts) and 西沟; a bait of 3 pieces money a visit, half a kilogram and half an hour, 15 minutes access.
fn town() -> Scenario {
    let mut scenario = scenario("05-04", "05-17");
    for id in ["东街", "北园", "西沟"] {
        let mut site = site(id, &[("stations", "10")]);
        site.access_min = exact("15");
        scenario.sites.push(site);
    }
    scenario.sites[1].parts = 2;
    let mut bait = treatment("投饵", "bait", "visit");
    bait.product = Some(ProductIx(0));
    bait.dose = exact("0.5");
    bait.setup_min = exact("30");
    bait.piece_rate = exact("3");
    scenario.treatments.push(bait);
    let mut wax = product("蜡块", "2");
    wax.pack_cost = money("40");
    wax.stock = quantity("1");
    scenario.products.push(wax);
    let mut team = team("甲队", &["bait"], "8");
    team.crews = 2;
    team.cost_per_day = money("100");
    scenario.teams.push(team);
    let mut weekly = rule(&scenario, "每周", &[0], 1);
    weekly.every = Every::Week;
    scenario.rules.push(weekly);
    let mut both = rule(&scenario, "两次", &[0], 2);
    both.tier = 2;
    both.max_gap = Some(5);
    scenario.rules.push(both);
    scenario
        .budget
        .push(line("全部", &[BudgetScope::Total], "500"));
    scenario
}

/// What `plan` would write for four visits, worked out by hand.
const FILES: [(&str, &str); 6] = [
    (
        "visits.csv",
        "date,team,crew,site,treatment,product,quantity,hours,piece_cost,rules
2026-05-04,甲队,1,东街,投饵,蜡块,0.5,0.75,3.00,两次;每周
2026-05-04,甲队,1,北园/1,投饵,蜡块,0.5,0.75,3.00,两次;每周
2026-05-04,甲队,1,北园/2,投饵,蜡块,0.5,0.5,3.00,两次;每周
2026-05-11,甲队,2,东街,投饵,蜡块,0.5,0.75,3.00,两次;每周
",
    ),
    (
        "crew_days.csv",
        "date,team,crew,visits,hours,cost
2026-05-04,甲队,1,3,2,109.00
2026-05-11,甲队,2,1,0.75,103.00
",
    ),
    (
        "purchases.csv",
        "product,unit,used,stock,packs,quantity_bought,cost
蜡块,kg,2,1,1,2,40.00
",
    ),
    (
        // Of 3 May, 4, 11 and 18 May: 7 days twice, each one late by a gap of 5. One visit: 14 days, two late; none: 15, two.
        "coverage.csv",
        "rule,site,from,to,asked,planned,missed,late
两次,东街,2026-05-04,2026-05-17,2,2,0,2
两次,北园/1,2026-05-04,2026-05-17,2,1,1,2
两次,北园/2,2026-05-04,2026-05-17,2,1,1,2
两次,西沟,2026-05-04,2026-05-17,2,0,2,2
每周,东街,2026-05-04,2026-05-10,1,1,0,0
每周,东街,2026-05-11,2026-05-17,1,1,0,
每周,北园/1,2026-05-04,2026-05-10,1,1,0,0
每周,北园/1,2026-05-11,2026-05-17,1,0,1,
每周,北园/2,2026-05-04,2026-05-10,1,1,0,0
每周,北园/2,2026-05-11,2026-05-17,1,0,1,
每周,西沟,2026-05-04,2026-05-10,1,0,1,0
每周,西沟,2026-05-11,2026-05-17,1,0,1,
",
    ),
    (
        "budget.csv",
        "line,scope,amount,spent,left
全部,total,500.00,252.00,248.00
",
    ),
    (
        // Tier 1: two parts of weight 1/2 miss 1 each, 西沟 2. Tier 2: 2 at 东街, 2 × 1/2 twice, 2 at 西沟.
        "summary.json",
        r#"{"scenario": "tiny", "status": "short", "visits": 4, "done": 0, "crew_days": 2,
"shortfall": {"1": 3, "2": 6.0}, "cost": {"total": 252.00, "labour": 212.0, "products": 40}, "seconds": {}}"#,
    ),
];

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).expect("the file can be written");
    }
    folder
}

fn written() -> Vec<(&'static str, &'static [u8])> {
    FILES.map(|(name, text)| (name, text.as_bytes())).to_vec()
}

/// Code, file, line and English message of each finding.
fn listed(findings: &Findings) -> Vec<String> {
    (findings.sorted().iter())
        .map(|finding| {
            let place = &finding.place;
            let line = place.line.map_or(String::new(), |line| format!(":{line}"));
            let header = place
                .header
                .as_ref()
                .map_or(String::new(), |header| format!(" {header}"));
            let (id, file, message) = (finding.code.id(), &place.file, &finding.message.en);
            format!("{id} {file}{line}{header}: {message}")
        })
        .collect()
}

fn judged(scenario: &Scenario, path: &Path) -> (Judgement, Vec<String>) {
    let (judgement, findings) = judge_file(scenario, path);
    let list = listed(&findings);
    (judgement.unwrap_or_else(|| panic!("{list:#?}")), list)
}

/// The findings when some text of a written file is replaced.
#[track_caller]
fn check_replaced(file: &str, old: &str, new: &str, expected: &[&str]) {
    let changed = FILES.map(|(name, text)| {
        let text = if name == file {
            assert!(text.contains(old), "{old}");
            text.replacen(old, new, 1)
        } else {
            text.to_owned()
        };
        (name, text.into_bytes())
    });
    let files: Vec<(&str, &[u8])> = (changed.iter())
        .map(|(name, text)| (*name, &text[..]))
        .collect();
    let folder = folder(&files);
    let (_, findings) = judged(&town(), folder.path());
    assert_eq!(findings, expected, "{old} → {new}");
}

#[test]
fn files_that_say_what_the_tables_say_give_no_warning() {
    let folder = folder(&written());
    for path in [folder.path().to_owned(), folder.path().join("visits.csv")] {
        let (judgement, findings) = judged(&town(), &path);
        assert_eq!(findings, [""; 0]);
        assert!(judgement.is_valid(), "{:?}", judgement.violations);
        assert_eq!(judgement.total(), money("252"));
        assert_eq!(judgement.shortfall[&2], exact("6"));
    }
}

#[test]
fn a_plan_saved_by_a_chinese_spreadsheet_is_read() {
    let text = "地点;队伍;日期;组号;措施;规则;备注\n\
                ;;;;;;\n\
                东街;甲队;2026/5/11;２;投饵;每周、两次;\n\
                北园/2;甲队;2026年5月4日;1;投饵;;\n\
                \"北园／1\"; 甲队 ;2026/5/4 0:00;1;投饵;;x\n\
                东街;甲队;2026-05-04;1.0;投饵;;\n";
    let (gb18030, _, _) = GB18030.encode(text);
    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend(
        text.replace(';', "\t")
            .encode_utf16()
            .flat_map(u16::to_le_bytes),
    );
    let mut bom = b"\xef\xbb\xbf".to_vec();
    bom.extend(text.replace(';', ",").bytes());
    for bytes in [text.as_bytes(), &gb18030, &utf16, &bom] {
        let folder = folder(&[("visits.csv", bytes)]);
        let (judgement, _) = judged(&town(), folder.path());
        assert!(judgement.is_valid(), "{:?}", judgement.violations);
        assert_eq!((judgement.visits, judgement.total()), (4, money("252")));
    }
}

#[test]
fn cells_that_cannot_be_read_are_violations_of_their_lines() {
    let text = "date,team,crew,site,treatment\n\
                2026-02-30,甲队,1,东街,投饵\n\
                2026-05-04,甲队,one,东街,投饵\n\
                ,,,,投饵\n\
                2026-05-04,甲队,1e400,东街,投饵\n\
                2026-05-04,甲队,1.5,东街,投饵\n\
                2026-05-04,甲队,-1,东街,投饵\n\
                2026-05-04,甲,1,东,投\n\
                2026-05-04,甲队,1,北园/3,投饵\n";
    let folder = folder(&[("visits.csv", text.as_bytes())]);
    let (judgement, _) = judged(&town(), folder.path());
    let messages: Vec<String> = (judgement.violations.iter())
        .map(|violation| {
            let line = violation.line.expect("each row has a line");
            format!(
                "{} {line}: {}",
                violation.clause.code(),
                violation.message.en
            )
        })
        .collect();
    assert_eq!(
        messages,
        [
            "V001 2: `2026-02-30` is not a possible date",
            "V003 3: crew `one` is not a whole number from 1 to 2",
            "V001 4: no date given",
            "V002 4: no team given",
            "V003 4: no crew given",
            "V004 4: no site given",
            "V003 5: crew `1e400` is not a whole number from 1 to 2",
            "V003 6: crew `1.5` is not a whole number from 1 to 2",
            "V003 7: crew `-1` is not a whole number from 1 to 2",
            "V002 8: team `甲` is not in teams.csv, the nearest is `甲队`",
            "V004 8: site `东` is not in sites.csv, the nearest is `东街`",
            "V005 8: treatment `投` is not in treatments.csv, the nearest is `投饵`",
            "V004 9: site `北园` has no part 3, only 1 to 2",
        ]
    );
}

#[test]
fn a_plan_that_cannot_be_read_is_a_finding() {
    let codes = |files: &[(&str, &[u8])], path: &str| {
        let folder = folder(files);
        let (plan, findings) = read_plan(&folder.path().join(path));
        assert!(plan.is_none());
        let codes: Vec<&str> = findings
            .sorted()
            .iter()
            .map(|finding| finding.code.id())
            .collect();
        codes
    };
    assert_eq!(codes(&[], ""), ["E103"]);
    assert_eq!(codes(&[], "nowhere.csv"), ["E103"]);
    assert_eq!(codes(&[("visits.csv", b"")], ""), ["E107"]);
    assert_eq!(codes(&[("visits.csv", b"\n \n")], "visits.csv"), ["E107"]);
    assert_eq!(
        codes(&[("visits.csv", b"date,team,site\n2026-05-04,a,b\n")], ""),
        ["E114", "E114"]
    );
}

#[test]
fn a_header_alone_is_the_empty_plan() {
    let folder = folder(&[("visits.csv", b"date,team,crew,site,treatment\n")]);
    let (judgement, findings) = judged(&town(), folder.path());
    assert!(judgement.is_valid() && findings.is_empty());
    assert_eq!(judgement.visits, 0);
}

#[test]
fn figures_that_differ_are_warnings_with_their_cell() {
    let visits = "visits.csv";
    check_replaced(
        visits,
        "投饵,蜡块,0.5,0.75,3.00,两次;每周",
        "投饵,wax,0.50,0.74,\"3.01\",每周",
        &[
            "W601 visits.csv:2 product: says `wax`, by the tables it is `蜡块`",
            "W601 visits.csv:2 hours: says `0.74`, by the tables it is `0.75`",
            "W601 visits.csv:2 piece_cost: says `3.01`, by the tables it is `3.00`",
            "W601 visits.csv:2 rules: says `每周`, by the tables it is `两次;每周`",
        ],
    );
    // What is left blank says nothing, and rules have no order.
    check_replaced(visits, "蜡块,0.5,0.75,3.00,两次;每周", ",,,,", &[]);
    check_replaced(visits, "两次;每周", "每周；两次", &[]);
    check_replaced(
        "crew_days.csv",
        "1,3,2,109.00",
        "1,4,2.0,109",
        &["W601 crew_days.csv:2 visits: says `4`, by the tables it is `3`"],
    );
    check_replaced(
        "purchases.csv",
        "2,1,1,2,40.00",
        "2,1,2,4,80.00",
        &[
            "W601 purchases.csv:2 packs: says `2`, by the tables it is `1`",
            "W601 purchases.csv:2 quantity_bought: says `4`, by the tables it is `2`",
            "W601 purchases.csv:2 cost: says `80.00`, by the tables it is `40.00`",
        ],
    );
    check_replaced(
        "coverage.csv",
        "2026-05-17,2,1,1,2",
        "2026-05-17,1,1,0,",
        &[
            "W601 coverage.csv:3 asked: says `1`, by the tables it is `2`",
            "W601 coverage.csv:3 missed: says `0`, by the tables it is `1`",
        ],
    );
    check_replaced(
        "budget.csv",
        "252.00,248.00",
        "251.00,249.00",
        &[
            "W601 budget.csv:2 spent: says `251.00`, by the tables it is `252.00`",
            "W601 budget.csv:2 left: says `249.00`, by the tables it is `248.00`",
        ],
    );
    check_replaced(
        "summary.json",
        "\"2\": 6.0",
        "\"2\": 5.5",
        &["W601 summary.json shortfall.2: says `5.5`, by the tables it is `6`"],
    );
    check_replaced(
        "summary.json",
        "short\"",
        "complete\"",
        &["W601 summary.json status: says `complete`, by the tables it is `short`"],
    );
}

#[test]
fn rows_missing_and_rows_too_many_are_warnings() {
    check_replaced(
        "crew_days.csv",
        "2026-05-11,甲队,2,",
        "2026-05-12,甲队,2,",
        &[
            "W602 crew_days.csv: row `2026-05-11 甲队 2` is missing",
            "W603 crew_days.csv:3: by the tables there is no row `2026-05-12 甲队 2`",
        ],
    );
    check_replaced(
        "budget.csv",
        "全部,total,500.00,252.00,248.00\n",
        "",
        &["W602 budget.csv: row `全部` is missing"],
    );
    // A row of visits.csv that names nothing known has its violation and no warning.
    check_replaced(
        "visits.csv",
        "2026-05-11,甲队,2,东街,投饵",
        "2026-05-11,甲队,2,东街,投饵\n2026-05-11,丁队,2,东街,投饵",
        &[],
    );
}

#[test]
fn a_file_beside_the_plan_that_cannot_be_read_is_not_compared() {
    check_replaced(
        "summary.json",
        "{",
        "",
        &["W604 summary.json: not compared: trailing characters at line 1 column 11"],
    );
    check_replaced(
        "crew_days.csv",
        "visits,hours",
        "visits,visits",
        &["W604 crew_days.csv: not compared: header `visits` stands twice"],
    );
}

#[test]
fn files_that_belong_to_something_else_are_not_compared() {
    let edited: Vec<(&str, &[u8])> = [("edited.csv", FILES[0].1.as_bytes())]
        .into_iter()
        .chain([(
            "crew_days.csv",
            &b"date,team,crew,visits\n2026-05-04,x,1,9\n"[..],
        )])
        .collect();
    let by_name = folder(&edited);
    let (judgement, findings) = judged(&town(), &by_name.path().join("edited.csv"));
    assert!(judgement.is_valid() && findings.is_empty(), "{findings:?}");
    // In the scenario's own folder coverage.csv holds the rules.
    let scenario_folder = folder(&[
        ("visits.csv", FILES[0].1.as_bytes()),
        ("scenario.toml", b""),
        ("coverage.csv", b"rule,treatments\nx,y\n"),
    ]);
    let (_, findings) = judged(&town(), scenario_folder.path());
    assert_eq!(findings, [""; 0]);
}

#[test]
fn a_row_for_a_whole_site_says_the_sum_of_its_parts() {
    let text = "date,team,crew,site,treatment,quantity,hours,piece_cost,rules\n\
                2026-05-04,甲队,1,北园,投饵,1,1.25,6,每周;两次\n\
                2026-05-05,甲队,1,西沟,投饵,1,1.25,6,\n";
    let folder = folder(&[("visits.csv", text.as_bytes())]);
    let (judgement, findings) = judged(&town(), folder.path());
    assert!(judgement.is_valid());
    assert_eq!(
        findings,
        [
            "W601 visits.csv:3 quantity: says `1`, by the tables it is `0.5`",
            "W601 visits.csv:3 hours: says `1.25`, by the tables it is `0.75`",
            "W601 visits.csv:3 piece_cost: says `6`, by the tables it is `3.00`",
        ]
    );
}
