//! Ids, numbers, words, lists.

use crate::scenario_patch::{Files, tiny};
use crate::{check, check_help};

/// Sites with one more, and a rule for all of them, so that a new id does not matter otherwise.
fn with_site(id: &str) -> Files {
    tiny().append("sites.csv", &format!("{id},road,north,100,\n"))
}

#[test]
fn blank_cells_that_are_required() {
    check(
        &tiny().replace("teams.csv", ",north,7,", ",north,-,"),
        &["E301 teams.csv:3:4"],
    );
    check(
        &tiny().replace("sites.csv", "yard,yard", ",yard"),
        &["E301 sites.csv:3:1"],
    );
    check(
        &tiny().replace("teams.csv", "B,residual", "B,；"),
        &["E301 teams.csv:3:2"],
    );
    // A blank row is none.
    check(&tiny().append("sites.csv", ",,,,\n\n , ,,,\n"), &[]);
}

#[test]
fn ids_with_characters_that_lists_and_scopes_use() {
    for id in [
        "a/b", "a;b", "a；b", "a、b", "a，b", "a:b", "a：b", "a／b", "!a", "！a", "－",
    ] {
        check(&with_site(id), &["E302 sites.csv:5:1"]);
    }
    for id in [
        "a b",
        "\"a,b\"",
        "\"a\"\"b\"",
        "🐀",
        "a!b",
        "a-b",
        "１２",
        "O'Brien",
    ] {
        check(&with_site(id), &[]);
    }
    check(
        &tiny().with(
            "teams.csv",
            "team,contractor,methods,hours_per_day\nA,a:b,residual;bait,8\n",
        ),
        &["E302 teams.csv:2:2"],
    );
    check(
        &tiny().with("budget.csv", "line,scope,amount\na/b,total,1\n"),
        &["E302 budget.csv:2:1"],
    );
}

#[test]
fn ids_that_stand_twice() {
    check(&with_site("road"), &["E303 sites.csv:5:1"]);
    // Full-width letters are the same letters.
    check(&with_site("ｒoad"), &["E303 sites.csv:5:1"]);
    check(
        &tiny().with(
            "rates.csv",
            "contractor,treatment,piece_rate\nA,spray,1\nA,spray,2\n",
        ),
        &["E303 rates.csv:3:1"],
    );
}

#[test]
fn ids_that_are_unknown() {
    let files = tiny().replace("coverage.csv", "gel;spray", "gel;spary");
    check(&files, &["E304 coverage.csv:3:3"]);
    check_help(&files, "the nearest is `spray`");
    check(
        &tiny().replace("treatments.csv", "residual,wp", "residual,wq"),
        &["E304 treatments.csv:2:3"],
    );
    // Case counts.
    check(
        &tiny().with(
            "coverage.csv",
            "rule,site,treatments,rounds\nr,Road;!raod,spray,1\n",
        ),
        &["E304 coverage.csv:2:2", "E304 coverage.csv:2:2"],
    );
    check(
        &tiny().with("rates.csv", "contractor,treatment,piece_rate\nA,fog,1\n"),
        &["E304 rates.csv:2:2"],
    );
    check(
        &tiny().with(
            "budget.csv",
            "line,scope,amount\na,team:C,1\nb,contractor:Z,1\nc,product:wq;total,1\n",
        ),
        &[
            "E304 budget.csv:2:2",
            "E304 budget.csv:3:2",
            "E304 budget.csv:4:2",
        ],
    );
    check(
        &tiny().with(
            "calendar.csv",
            "date,scope,status\n2026-05-01,team:C,closed\n2026-05-01,site:x,closed\n2026-05-01,treatment:x,closed\n2026-05-01,contractor:C,closed\n",
        ),
        &[
            "E304 calendar.csv:2:2",
            "E304 calendar.csv:3:2",
            "E304 calendar.csv:4:2",
            "E304 calendar.csv:5:2",
        ],
    );
    check(
        &tiny().append("scenario.toml", "today = 2026-05-09\n").with(
            "done.csv",
            "date,team,site,treatment,product\n2026-05-01,C,r,t,p\n",
        ),
        &[
            "E304 done.csv:2:2",
            "E304 done.csv:2:3",
            "E304 done.csv:2:4",
            "E304 done.csv:2:5",
        ],
    );
}

#[test]
fn parts_that_are_unknown() {
    check(
        &tiny().with(
            "coverage.csv",
            "rule,site,treatments,rounds\nr,road/2,spray,1\n",
        ),
        &["E305 coverage.csv:2:2"],
    );
    check(
        &tiny().with(
            "calendar.csv",
            "date,scope,status\n2026-05-01,site:road/x,closed\n",
        ),
        &["E305 calendar.csv:2:2"],
    );
}

#[test]
fn cells_that_are_no_numbers() {
    for number in [
        "lots",
        "NaN",
        "inf",
        "\"12,34\"",
        "\"1,2345\"",
        "1.2.3",
        "8 h",
        "¥8",
        "8%",
        "0x10",
        "1e",
        "--1",
        "\".\"",
    ] {
        check(
            &tiny().replace("teams.csv", ",north,7,", &format!(",north,{number},")),
            &["E306 teams.csv:3:4"],
        );
    }
    check(
        &tiny().replace("coverage.csv", "spray,month,2,7", "spray,month,1.5,7"),
        &["E306 coverage.csv:2:5"],
    );
    check(
        &tiny().replace("sites.csv", "4000", "large"),
        &["E306 sites.csv:2:4"],
    );
    check_help(
        &tiny().replace("teams.csv", ",north,7,", ",north,\"7,5\","),
        "use `.` for decimals; commas only in groups of three (1,234.5)",
    );
    check(
        &tiny().append("scenario.toml", "access_min = \"ten\"\n"),
        &["E306 scenario.toml:4:14"],
    );
}

#[test]
fn numbers_out_of_range() {
    for number in [
        "0",
        "-0",
        "-1",
        "1e400",
        "1e-400",
        "1000000000000",
        "0.0000001",
        "99999999999999999999999999999999999999999999999999999999999999999",
    ] {
        check(
            &tiny().replace("teams.csv", ",north,7,", &format!(",north,{number},")),
            &["E307 teams.csv:3:4"],
        );
    }
    check(
        &tiny().replace("sites.csv", "4000", "-4"),
        &["E307 sites.csv:2:4"],
    );
    check(
        &tiny().replace("coverage.csv", "spray,month,2,7", "spray,month,-1,7"),
        &["E307 coverage.csv:2:5"],
    );
    check(
        &tiny().with("products.csv", "product,pack_size\nwp,0\n"),
        &["E307 products.csv:2:2"],
    );
    check(
        &tiny().with(
            "coverage.csv",
            "rule,treatments,rounds,max_gap,tier,weight\nr,spray;gel,1,0,0,0\n",
        ),
        &[
            "E307 coverage.csv:2:4",
            "E307 coverage.csv:2:5",
            "E307 coverage.csv:2:6",
        ],
    );
    check(
        &tiny().append("scenario.toml", "access_min = -1\n"),
        &["E307 scenario.toml:4:14"],
    );
}

#[test]
fn cells_that_are_no_weekdays() {
    for days in ["moon", "mon tue", "mon-", "1-5"] {
        check(
            &tiny().append("scenario.toml", &format!("workdays = \"{days}\"\n")),
            &["E309 scenario.toml:4:12"],
        );
    }
    check(
        &tiny().with(
            "teams.csv",
            "team,methods,hours_per_day,workdays\nA,residual;bait,8,mon;xyz\n",
        ),
        &["E309 teams.csv:2:4"],
    );
}

#[test]
fn words_that_are_not_among_the_fixed_ones() {
    check(
        &tiny().replace("coverage.csv", "yard,spray,month", "yard,spray,0d"),
        &["E310 coverage.csv:2:4"],
    );
    check(
        &tiny().replace("coverage.csv", "yard,spray,month", "yard,spray,monthly"),
        &["E310 coverage.csv:2:4"],
    );
    check(
        &tiny().with("calendar.csv", "date,scope,status\n2026-05-01,all,shut\n"),
        &["E310 calendar.csv:2:3"],
    );
    check(
        &tiny().with(
            "teams.csv",
            "team,methods,hours_per_day,committed\nA,residual;bait,8,maybe\n",
        ),
        &["E310 teams.csv:2:4"],
    );
    let leaf = tiny()
        .moved_to("base")
        .with("scenario.toml", "name = \"leaf\"\nextends = \"base\"\n")
        .with("sites.csv", "site,drop\nroad,perhaps\n");
    check(&leaf, &["E310 sites.csv:2:2"]);
}

#[test]
fn scopes_that_are_none() {
    for scope in [
        "everything",
        "team",
        "team:",
        "total:A",
        "A",
        "team:A;team:B",
    ] {
        let files = tiny().with(
            "calendar.csv",
            format!("date,scope,status\n2026-05-01,{scope},closed\n"),
        );
        let code = if scope == "team:A;team:B" {
            "E304"
        } else {
            "E311"
        };
        check(&files, &[&format!("{code} calendar.csv:2:2")]);
    }
    check(
        &tiny().with("budget.csv", "line,scope,amount\na,everything,1\n"),
        &["E311 budget.csv:2:2"],
    );
}

#[test]
fn ids_that_people_or_spreadsheets_would_mistake() {
    check(&with_site("Road"), &["W321 sites.csv:5:1"]);
    for id in [
        "01",
        "3E5",
        "1.0",
        "1-2",
        "2026-05-01",
        "MAR1",
        "sept2",
        "12345678901234567",
        "=A1",
        "+x",
        "-x",
        "@x",
        "TRUE",
    ] {
        check(&with_site(id), &["W322 sites.csv:5:1"]);
    }
    for id in [
        "1",
        "12",
        "s01",
        "A-1",
        "3E",
        "E5",
        "2026-99",
        "1.5",
        "market1",
        "road-2-1-1",
    ] {
        check(&with_site(id), &[]);
    }
    // Once for a table.
    check(
        &with_site("01").append("sites.csv", "02,road,north,100,\n"),
        &["W322 sites.csv:5:1"],
    );
}

#[test]
fn words_that_nothing_has() {
    let files = tiny().replace("coverage.csv", "road;yard", "road;yrad;!x");
    check(&files, &["W323 coverage.csv:2:2", "W323 coverage.csv:2:2"]);
    check(
        &tiny().with(
            "calendar.csv",
            "date,scope,status\n2026-05-01,zone:nroth,closed\n2026-05-01,kind:x,closed\n2026-05-01,method:x,closed\n",
        ),
        &["W323 calendar.csv:2:2", "W323 calendar.csv:3:2", "W323 calendar.csv:4:2"],
    );
    let files = tiny().with(
        "sites.csv",
        "site,kind,zone,area_m2,stalls,exclude\nroad,road,north,4000,,bate\nyard,yard,north,2000,,bate\nmarket,market,south,1500,12,bait\n",
    );
    check(&files, &["W323 sites.csv:2:6"]);
    // Abilities that the season does not use are fine, misspelt ones are not.
    check(
        &tiny().replace("teams.csv", "residual;bait,,", "residual;bait;fumigation,,"),
        &[],
    );
    let files = tiny().replace("teams.csv", "residual;bait,,", "residual;bait,north;sout,");
    check(&files, &["W323 teams.csv:2:3", "W503 coverage.csv:3:1"]);
}

#[test]
fn words_that_no_list_can_name() {
    check(
        &tiny().append("sites.csv", "x,\"a;b\",north,100,\n"),
        &["W324 sites.csv:5:2"],
    );
}

#[test]
fn coordinates_by_halves() {
    check(
        &tiny().with("sites.csv", "site,kind,zone,area_m2,stalls,lon,lat\nroad,road,north,1,,84.8,45.6\nyard,yard,north,2,,84.9,\nmarket,market,south,3,1,,\n"),
        &["W325 sites.csv:3:7"],
    );
    check(
        &tiny().with("sites.csv", "site,kind,zone,area_m2,stalls,lon,lat\nroad,road,north,1,,184.8,95\nyard,yard,north,2,,,\nmarket,market,south,3,1,,\n"),
        &["E307 sites.csv:2:6", "E307 sites.csv:2:7"],
    );
}
