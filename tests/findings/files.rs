//! Files, headers, rows, overlays.

use crate::scenario_patch::{listed, tiny};
use crate::{check, check_help};
use tempfile::TempDir;
use xiaosha::validate;

#[test]
fn a_folder_that_is_missing_or_a_file() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("nowhere");
    let (scenario, findings) = validate::load(&path);
    assert!(scenario.is_none());
    assert_eq!(listed(&findings), [format!("E101 {}", path.display())]);
}

#[test]
fn missing_settings_and_tables() {
    check(&tiny().without("scenario.toml"), &["E102 scenario.toml"]);
    check(
        &tiny().without("sites.csv").without("coverage.csv"),
        &["E104 sites.csv", "E104 coverage.csv"],
    );
}

#[test]
fn a_folder_in_place_of_a_file() {
    check(
        &tiny().without("teams.csv").with("teams.csv/inside.txt", ""),
        &["E103 teams.csv"],
    );
    check(
        &tiny()
            .without("scenario.toml")
            .with("scenario.toml/inside.txt", ""),
        &["E103 scenario.toml"],
    );
}

#[test]
fn bytes_that_are_no_text() {
    let spoiled = b"product,name,pack_cost\nwp,\xff\xfe\xff,3\n".to_vec();
    check(
        &tiny().with("products.csv", spoiled),
        &["E106 products.csv:2:2"],
    );
    // One bad byte does not make Chinese UTF-8 into other Chinese.
    let mut spoiled = "product,name\nwp,可湿性粉剂与其他药品\n"
        .as_bytes()
        .to_vec();
    spoiled.insert(28, 0xe5);
    check(
        &tiny().with("products.csv", spoiled),
        &["E106 products.csv:2:2"],
    );
    check(
        &tiny().with("products.csv", b"PK\x03\x04rest"),
        &["E106 products.csv:1"],
    );
    let utf16: Vec<u8> = "product,name\nwp,x\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    check(
        &tiny().with("products.csv", utf16),
        &["E106 products.csv:1"],
    );
    check(
        &tiny().with("scenario.toml", b"name = \"\xff\xff\xff\"\n"),
        &["E106 scenario.toml:1:9"],
    );
}

#[test]
fn empty_files() {
    check(&tiny().with("teams.csv", ""), &["E107 teams.csv:1"]);
    check(&tiny().with("teams.csv", "\n \n"), &["E107 teams.csv:1"]);
    check(&tiny().with("budget.csv", ""), &["W125 budget.csv:1"]);
}

#[test]
fn headers_that_stand_twice() {
    check(
        &tiny().replace("products.csv", "pack_cost", "product"),
        &["E108 products.csv:1:3"],
    );
    // English and Chinese names of one column.
    check(
        &tiny().with("products.csv", "product,unit,单位\nwp,kg,kg\n"),
        &["E108 products.csv:1:3"],
    );
    // A measure.
    check(
        &tiny().replace("sites.csv", "stalls", "area_m2"),
        &["E108 sites.csv:1:5", "W506 treatments.csv:3:4"],
    );
    check(
        &tiny().append("scenario.toml", "\"名称\" = \"again\"\n"),
        &["E108 scenario.toml:4:1"],
    );
}

#[test]
fn ragged_rows() {
    check(
        &tiny().replace("sites.csv", "yard,yard,north,2000,", "yard,yard,north,2000"),
        &["E109 sites.csv:3:5"],
    );
    check(
        &tiny().replace("sites.csv", "4000,", "4,000,"),
        &["E109 sites.csv:2:6"],
    );
    // Nothing else is said of a row whose cells may have slipped.
    check(
        &tiny().replace(
            "coverage.csv",
            "road;yard,spray,month,2,7",
            "road;yard,spray,2,7",
        ),
        &["E109 coverage.csv:2:6"],
    );
    // A blank cell too many may hide a number whose comma was not quoted.
    check(
        &tiny().replace("sites.csv", "1500,12", "1500,12,"),
        &["E109 sites.csv:4:6"],
    );
}

#[test]
fn quotes_that_are_not_closed() {
    check(
        &tiny().replace("sites.csv", "yard,yard", "yard,\"yard"),
        &["E110 sites.csv:3:2"],
    );
}

#[test]
fn missing_columns() {
    // Once for all rows.
    check(
        &tiny().replace("teams.csv", "hours_per_day", "hours"),
        &["E114 teams.csv:1", "W121 teams.csv:1:4"],
    );
    check(
        &tiny().with("calendar.csv", "date,status\n2026-05-01,closed\n"),
        &["E114 calendar.csv:1"],
    );
    check(
        &tiny().replace("teams.csv", "team,", "crew,"),
        &["E114 teams.csv:1", "W121 teams.csv:1:1"],
    );
}

#[test]
fn toml_that_is_none() {
    check(
        &tiny().with(
            "scenario.toml",
            "name = tiny\nstart = 2026-5-1\nend = 2026-05-31\n",
        ),
        &["E115 scenario.toml:1:8", "E115 scenario.toml:2:9"],
    );
    check(
        &tiny().replace("scenario.toml", "2026-05-31", "2026-02-30"),
        &["E115 scenario.toml:3:7"],
    );
}

#[test]
fn settings_of_the_wrong_kind() {
    check(
        &tiny().append("scenario.toml", "access_min = true\n"),
        &["E116 scenario.toml:4:14"],
    );
    check(
        &tiny().append("scenario.toml", "access_min = [\"1\"]\n"),
        &["E116 scenario.toml:4:14"],
    );
    check(
        &tiny().append("scenario.toml", "extends = [\"base\"]\n"),
        &["E116 scenario.toml:4:11"],
    );
}

#[test]
fn settings_that_are_missing() {
    check(
        &tiny().with("scenario.toml", "start = 2026-05-01\n"),
        &["E117 scenario.toml", "E117 scenario.toml"],
    );
    // A name is not inherited.
    let files = tiny()
        .moved_to("base")
        .with("scenario.toml", "extends = \"base\"\n");
    check(&files, &["E117 scenario.toml"]);
}

#[test]
fn columns_and_settings_that_are_unknown() {
    let files = tiny().replace("products.csv", "pack_cost", "pack_costs");
    check(&files, &["W121 products.csv:1:3"]);
    check_help(&files, "the nearest is `pack_cost`");
    // sites.csv carries them along and warns of those that look misspelt.
    let files = tiny().replace("sites.csv", "kind,", "kinds,").with(
        "coverage.csv",
        "rule,treatments,rounds,min_gap\nall,spray;gel,2,7\n",
    );
    check(&files, &["W121 sites.csv:1:2"]);
    let files = tiny().append("scenario.toml", "work_days = \"mon\"\n");
    check(&files, &["W122 scenario.toml:4:1"]);
    check_help(&files, "the nearest is `workdays`");
}

#[test]
fn files_that_look_like_tables() {
    check(
        &tiny().with("calender.csv", "date\n"),
        &["W123 calender.csv"],
    );
    check(&tiny().with("Budget.CSV", "line\n"), &["W123 Budget.CSV"]);
    check(&tiny().with("sites_old.csv", "").with("notes.txt", ""), &[]);
}

#[test]
fn content_without_a_header() {
    check(
        &tiny().with("products.csv", "product,,pack_cost\nwp,x,1\n"),
        &["W124 products.csv:2:2"],
    );
}

#[test]
fn bases_that_are_missing_or_come_back() {
    check(
        &tiny().append("scenario.toml", "extends = \"../base\"\n"),
        &["E201 scenario.toml:4:11"],
    );
    check(
        &tiny().append("scenario.toml", "extends = \".\"\n"),
        &["E202 scenario.toml:4:11"],
    );
    let files = tiny()
        .append("scenario.toml", "extends = \"../leaf\"\n")
        .moved_to("base")
        .with(
            "leaf/scenario.toml",
            "name = \"leaf\"\nextends = \"../base\"\n",
        );
    let folder = TempDir::new().unwrap();
    files.write(folder.path());
    let (_, findings) = validate::load(&folder.path().join("leaf"));
    assert_eq!(listed(&findings), ["E202 ../base/scenario.toml:4:11"]);
}

#[test]
fn references_to_dropped_rows() {
    let leaf = tiny()
        .with(
            "sites.csv",
            "site,exclude,kind,zone,area_m2,stalls\nroad,,road,north,4000,\nyard,wp2,yard,north,2000,\nmarket,,market,south,1500,12\n",
        )
        .append("products.csv", "wp2,1,1\n")
        .with("budget.csv", "line,scope,amount\nb,team:B;team:A,9\n")
        .with("calendar.csv", "date,scope,status\n2026-05-01,team:B,closed\n")
        .append("coverage.csv", "b_only,,spray;fog,month,1,7\n")
        .append("treatments.csv", "fog,residual,,area_m2,,\n")
        .with("rates.csv", "contractor,treatment,piece_rate\nB,spray,1\nA,fog,1\nA,spray,0\n")
        .moved_to("base")
        .with("scenario.toml", "name = \"leaf\"\nextends = \"base\"\n")
        .with("teams.csv", "team,drop\nB,yes\n")
        .with("products.csv", "product,drop\nwp2,是\n")
        .with("treatments.csv", "treatment,drop\nfog,yes\n");
    check(
        &leaf,
        &[
            "W203 base/sites.csv:3:2",
            "W517 base/rates.csv:2:1",
            "W203 base/rates.csv:3:2",
            "W203 base/coverage.csv:4:3",
            "W203 base/budget.csv:2:2",
            "W203 base/calendar.csv:2:2",
        ],
    );
    // A rule's list that is emptied chooses none; what happened cannot be ignored.
    let leaf = tiny()
        .with(
            "coverage.csv",
            "rule,site,treatments,rounds\nr,yard;!road,spray,1\n",
        )
        .with(
            "done.csv",
            "date,team,site,treatment\n2026-05-02,B,road,spray\n",
        )
        .append("scenario.toml", "today = 2026-05-10\n")
        .moved_to("base")
        .with("scenario.toml", "name = \"leaf\"\nextends = \"base\"\n")
        .with("sites.csv", "site,drop\nyard,yes\n")
        .with("teams.csv", "team,drop\nB,yes\n");
    check(
        &leaf,
        &[
            "E204 base/done.csv:2:2",
            "W501 base/coverage.csv:2:1",
            "W203 base/coverage.csv:2:2",
        ],
    );
}

#[test]
fn a_drop_of_nothing() {
    let leaf = tiny()
        .moved_to("base")
        .with("scenario.toml", "name = \"leaf\"\nextends = \"base\"\n")
        .with("sites.csv", "site,drop\nraod,yes\n");
    check(&leaf, &["W205 sites.csv:2"]);
    check_help(&leaf, "the nearest is `road`");
}
