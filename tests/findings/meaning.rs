//! Tables that are legal but surely not meant.

use crate::scenario_patch::{Files, tiny};
use crate::{check, check_help};

fn rules(header: &str, rows: &str) -> Files {
    tiny().with("coverage.csv", format!("{header}\n{rows}\n"))
}

#[test]
fn rules_that_choose_no_site() {
    check(
        &rules("rule,kind,zone,treatments,rounds", "r,road,south,spray,1"),
        &["W501 coverage.csv:2:1"],
    );
    // Excluded or zero: silent about the measure.
    let files = tiny()
        .with(
            "sites.csv",
            "site,kind,area_m2,stalls,exclude\nroad,road,0,,\nyard,road,100,,residual\nx,x,1,1,\n",
        )
        .with(
            "coverage.csv",
            "rule,kind,treatments,rounds\nr,road,spray,1\n",
        );
    check(&files, &["W501 coverage.csv:2:1"]);
}

#[test]
fn sites_left_out_for_a_blank_measure() {
    let files = rules("rule,treatments,rounds", "r,gel,1");
    check(&files, &["W502 coverage.csv:2:2"]);
    let (_, findings) = files.load();
    assert_eq!(
        findings.sorted()[0].message.en,
        "2 sites are left out for a blank measure (stalls): `road`, `yard`"
    );
    // Another treatment of the rule can be done there.
    check(&rules("rule,treatments,rounds", "r,gel;spray,1"), &[]);
    check(
        &rules("rule,kind,treatments,rounds", "r,road,gel,1"),
        &["W501 coverage.csv:2:1", "W502 coverage.csv:2:3"],
    );
}

#[test]
fn sites_that_no_team_can_serve() {
    check(
        &tiny().replace("teams.csv", "A,residual;bait,,", "A,residual;bait,north,"),
        &["W503 coverage.csv:3:1"],
    );
    check(
        &tiny().with("teams.csv", "team,methods,hours_per_day\n"),
        &["W503 coverage.csv:2:1", "W503 coverage.csv:3:1"],
    );
}

#[test]
fn sites_without_a_common_open_day() {
    let files = tiny().with(
        "sites.csv",
        "site,kind,zone,workdays,area_m2,stalls\nroad,road,north,sun,4000,\nyard,yard,north,,2000,\nmarket,market,south,,1500,12\n",
    );
    let files = files.append("scenario.toml", "workdays = \"mon-sat\"\n");
    check(&files, &["W504 coverage.csv:2:1"]);
    // A make-up working day opens it, until a later row forgets it.
    let files = files.with("calendar.csv", "date,scope,status\n2026-05-03,teams,open\n");
    check(&files, &[]);
    check(
        &files
            .clone()
            .append("calendar.csv", "2026-05-03,teams,usual\n"),
        &["W504 coverage.csv:2:1"],
    );
    check(
        &files.append("calendar.csv", "2026-05-03,method:residual,closed\n"),
        &["W504 coverage.csv:2:1"],
    );
    // The product is there after the season only.
    check(
        &tiny().with("products.csv", "product,from\nwp,2026-07-01\n"),
        &["W422 products.csv:2:2", "W504 coverage.csv:2:1"],
    );
}

#[test]
fn visits_longer_than_any_working_day() {
    let files = tiny().replace("sites.csv", "4000", "20000");
    check(&files, &["W505 sites.csv:2:4"]);
    check_help(&files, "write parts = 3, so that it is worked in parts");
    // With access and set-up a day leaves seven hours, in which 7000 are done.
    check_help(
        &files.clone().append("scenario.toml", "access_min = 60\n"),
        "write parts = 3, so that it is worked in parts",
    );
    check(&tiny().replace("sites.csv", "4000", "8000"), &[]);
    check(
        &tiny()
            .replace("sites.csv", "4000", "8000")
            .append("scenario.toml", "access_min = 1\n"),
        &["W505 sites.csv:2:4"],
    );
    let parts = "site,kind,zone,area_m2,stalls,parts\nroad,road,north,20000,,3\nyard,yard,north,1,,\nmarket,market,south,1,1,\n";
    check(&tiny().with("sites.csv", parts), &[]);
    check(
        &tiny().with("sites.csv", parts.replace(",3\n", ",2\n")),
        &["W505 sites.csv:2:4"],
    );
    let files = tiny()
        .replace("sites.csv", "4000", "1")
        .append("scenario.toml", "access_min = 999\n");
    check(
        &files,
        &[
            "W505 sites.csv:2:4",
            "W505 sites.csv:3:4",
            "W505 sites.csv:4:4",
            "W505 sites.csv:4:5",
        ],
    );
}

#[test]
fn measures_that_no_site_has() {
    let files = tiny().replace("treatments.csv", "area_m2,0.001", "area_m,0.001");
    let (_, findings) = files.load();
    assert_eq!(
        findings.sorted()[0].help.as_ref().unwrap().en,
        "the nearest is `area_m2`"
    );
    check(
        &files,
        &[
            "W506 treatments.csv:2:4",
            "W501 coverage.csv:2:1",
            "W502 coverage.csv:2:3",
        ],
    );
}

#[test]
fn half_known_treatments() {
    check(
        &tiny().replace("treatments.csv", "residual,wp", "residual,"),
        &["W507 treatments.csv:2:5"],
    );
    check(
        &tiny().replace("treatments.csv", "area_m2,0.001", "area_m2,"),
        &["W508 treatments.csv:2:3"],
    );
}

#[test]
fn gaps_that_leave_no_room() {
    let header = "rule,treatments,every,rounds,min_gap";
    check(
        &rules(header, "r,spray,week,3,4"),
        &["W509 coverage.csv:2:5"],
    );
    check(
        &rules(header, "r,spray,week,2,6"),
        &["W509 coverage.csv:2:5"],
    );
    check(&rules(header, "r,spray,week,1,7"), &[]);
    check(&rules(header, "r,spray,window,31,1"), &[]);
    check(
        &rules(header, "r,spray,window,32,1"),
        &["W509 coverage.csv:2:5"],
    );
    check(
        &rules(header, "r,spray,window,32,0"),
        &["W509 coverage.csv:2:5"],
    );
}

#[test]
fn gaps_of_two_rules_that_leave_no_room() {
    let header = "rule,kind,treatments,every,rounds,min_gap";
    let files = rules(
        header,
        "often,road,spray,half-month,3,3\nseldom,,spray;gel,month,1,10",
    );
    check(&files, &["W510 coverage.csv:2:5"]);
    let (_, findings) = files.load();
    let message = &findings.sorted()[0].message.en;
    assert!(
        message.contains("`often`") && message.contains("`seldom`"),
        "{message}"
    );
    // Other sites, or a treatment that counts for one rule only.
    check(
        &rules(
            header,
            "often,road,spray,half-month,3,3\nseldom,yard,spray,month,1,10",
        ),
        &[],
    );
    check(
        &rules(
            header,
            "often,market,spray;gel,half-month,3,3\nseldom,market,spray,month,1,10",
        ),
        &[],
    );
    check(
        &rules(
            "rule,kind,treatments,from,to,rounds,min_gap",
            "often,road,spray,2026-05-01,2026-05-10,3,3\nseldom,road,spray,2026-05-11,,1,10",
        ),
        &[],
    );
}

#[test]
fn odd_rules() {
    let header = "rule,treatments,every,rounds,min_gap,max_gap";
    check(
        &rules(header, "r,spray,month,1,7,5"),
        &["W511 coverage.csv:2:6"],
    );
    check(
        &rules(header, "r,spray,month,0,7,"),
        &["W515 coverage.csv:2:4"],
    );
    check(&rules(header, "r,spray,month,,7,10"), &[]);
    let season = |row| rules(header, row).replace("scenario.toml", "2026-05-31", "2026-10-31");
    check(&season("r,spray,window,5,7,"), &["W512 coverage.csv:2:4"]);
    check(&season("r,spray,window,5,7,40"), &[]);
    check(&season("r,spray,month,5,5,"), &[]);
    check(&season("r,spray,window,1,7,"), &[]);
    check(&season("r,spray,window,6,30,"), &[]);
}

#[test]
fn rules_that_mix_long_and_short_effects() {
    let with_effects = |long: &str| {
        tiny()
            .with("treatments.csv", format!("treatment,method,measure,residual_days\nfog,residual,area_m2,3\nfilm,residual,area_m2,{long}\n"))
            .with("coverage.csv", "rule,treatments,rounds\nr,fog;film,1\n")
    };
    check(&with_effects("16"), &["W513 coverage.csv:2:2"]);
    check(&with_effects("15"), &[]);
    check(&with_effects(""), &[]);
}

#[test]
fn teams_that_are_odd() {
    let piece = tiny().with(
        "treatments.csv",
        "treatment,method,product,measure,dose,rate_per_hour,piece_rate\nspray,residual,wp,area_m2,0.001,1000,0.05\ngel,bait,,stalls,,6,\n",
    );
    check(&piece, &["W514 teams.csv:2:5", "W514 teams.csv:3:5"]);
    check(
        &piece.with(
            "rates.csv",
            "contractor,treatment,piece_rate\nA,spray,0\nB,spray,0.05\nZ,spray,1\n",
        ),
        &["W517 rates.csv:4:1"],
    );
    check(
        &tiny().with(
            "teams.csv",
            "team,methods,hours_per_day,min_days,max_days\nA,residual;bait,8,10,9\n",
        ),
        &["W516 teams.csv:2:4"],
    );
}
