//! Scenarios that extend others: cells patched, rows added and dropped.

use super::case;
use super::number;
use crate::scenario_patch::tiny;
use xiaosha::domain::{CalendarScope, Choice, Hours, Measure, Money, Quantity, TreatmentIx};
use xiaosha::validate;

#[test]
fn a_chain_of_overlays_in_all_encodings_is_one_scenario() {
    let (scenario, findings) = validate::load(&case("12_overlay"));
    let text = xiaosha::finding::render_text(&findings, xiaosha::lang::Lang::En, 50);
    let scenario = scenario.unwrap_or_else(|| panic!("{text}"));
    assert_eq!(scenario.name, "overlay");
    assert_eq!(scenario.start.to_string(), "2026-05-01");
    assert_eq!(scenario.end.to_string(), "2026-05-31");
    let sites: Vec<&str> = scenario.sites.iter().map(|site| site.id.as_str()).collect();
    assert_eq!(sites, ["w1", "w2", "w3", "w4", "w5"]);
    let (w1, w3) = (&scenario.sites[0], &scenario.sites[2]);
    assert!(w1.name.contains("市场"), "{}", w1.name);
    assert_eq!(w1.measures["area_m2"], number("2400"));
    assert_eq!(w1.access_min, number("10"));
    assert_eq!(
        w3.measures.get("area_m2"),
        None,
        "`-` blanks the base's cell"
    );
    assert_eq!(w3.measures["stalls"], number("8"));
    let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 5, day).unwrap();
    let w2 = &scenario.sites[1];
    assert!(w2.workdays.contains(day(4)) && w2.workdays.contains(day(5)));
    assert!(!w2.workdays.contains(day(6)));

    let [a, b, c] = &scenario.teams[..] else {
        panic!("{:?}", scenario.teams)
    };
    assert_eq!(
        (a.max_days, a.hours_per_day),
        (None, Hours::from_micro(7_000_000))
    );
    assert_eq!(b.cost_per_day, Money::from_micro(650_000_000));
    assert_eq!(
        (b.mobilisation, &b.zones[..]),
        (Money::ZERO, &["a".to_owned()][..])
    );
    assert_eq!(
        (c.max_days, &c.zones[..]),
        (Some(4), &["a".to_owned(), "b".to_owned()][..])
    );
    assert_eq!(c.methods, ["gel"]);
    assert!(
        a.workdays.contains(day(7)) && !a.workdays.contains(day(8)),
        "mon to thu"
    );

    let rules: Vec<&str> = scenario.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(rules, ["markets", "yards"]);
    assert_eq!(scenario.rules[1].rounds, 1);
    assert_eq!(scenario.rules[1].treatments.len(), 2);
    assert_eq!(scenario.rules[1].min_gap, 6);
    let lines: Vec<&str> = scenario
        .budget
        .iter()
        .map(|line| line.id.as_str())
        .collect();
    assert_eq!(lines, ["cap"]);
    let rate = |contractor: &str, at| {
        let key = (contractor.to_owned(), TreatmentIx(at));
        scenario.rates[&key].clone()
    };
    assert_eq!(rate("A", 0), number("0.05"));
    assert_eq!(rate("B", 0), number("0.03"));
    assert_eq!(rate("C", 1), number("2"));
    assert_eq!(scenario.calendar.len(), 3);
    assert_eq!(scenario.calendar[0].scope, CalendarScope::All);
    assert_eq!(
        scenario.products[1].pack_size,
        Quantity::from_micro(4_000_000)
    );
    assert_eq!(
        scenario.treatments[0].measure,
        Measure::Column("area_m2".to_owned())
    );
}

#[test]
fn overlays_patch_cells_add_rows_and_drop_them() {
    let leaf = tiny()
        .append(
            "scenario.toml",
            "access_min = 5\ncurrency = \"CNY\"\ntoday = 2026-05-10\nworkdays = \"mon-fri\"\n",
        )
        .with("calendar.csv", "date,scope,status\n2026-05-02,all,closed\n")
        .with(
            "rates.csv",
            "contractor,treatment,piece_rate\nA,spray,1\nA,gel,2\nB,spray,3\n",
        )
        .moved_to("base")
        .with(
            "scenario.toml",
            "name = \"leaf\"\nextends = \"base/\"\nend = 2026-06-30\ntoday = \"-\"\n",
        )
        .with(
            "teams.csv",
            "队伍,方法,片区\nA,bait;residual,\nB,,-\nC,residual,north\n",
        )
        .with("calendar.csv", "date,scope,status\n2026-05-03,all,closed\n")
        .with(
            "rates.csv",
            "contractor,treatment,piece_rate,drop\nA,spray,9,\nA,gel,,yes\n",
        )
        .with(
            "coverage.csv",
            "rule,drop,rounds\nmarkets,yes,\noutdoors,no,1\n",
        );
    // C needs its hours.
    assert_eq!(leaf.findings(), ["E114 teams.csv:1"]);
    let scenario = leaf
        .with(
            "teams.csv",
            "队伍,方法,片区,每日工时,phone\nA,bait;residual,,,\nB,,-,,\nC,residual,north,6,\n",
        )
        .scenario();
    assert_eq!(scenario.name, "leaf");
    assert_eq!(
        (scenario.start.to_string(), scenario.end.to_string()),
        ("2026-05-01".into(), "2026-06-30".into())
    );
    assert_eq!(
        scenario.plan_from, scenario.start,
        "`-` takes the base's today away"
    );
    assert_eq!(scenario.currency, "CNY");
    let [a, b, c] = &scenario.teams[..] else {
        panic!()
    };
    assert_eq!(a.methods, ["bait", "residual"], "a list is replaced whole");
    assert_eq!(
        (b.zones.len(), &b.methods[..]),
        (0, &["residual".to_owned()][..])
    );
    assert_eq!(c.hours_per_day, Hours::from_micro(6_000_000));
    assert_eq!(scenario.calendar.len(), 2);
    let rates: Vec<String> = scenario
        .rates
        .iter()
        .map(|((c, t), rate)| format!("{c} {} {}", t.0, rate.to_f64()))
        .collect();
    assert_eq!(rates, ["A 0 9", "B 0 3"]);
    let rules: Vec<(&str, u32)> = scenario
        .rules
        .iter()
        .map(|rule| (rule.id.as_str(), rule.rounds))
        .collect();
    assert_eq!(rules, [("outdoors", 1)]);
}

#[test]
fn a_dropped_row_may_be_given_anew_further_down() {
    let files = tiny()
        .moved_to("base")
        .with(
            "mid/scenario.toml",
            "name = \"mid\"\nextends = \"../base\"\n",
        )
        .with("mid/sites.csv", "site,drop\nyard,yes\n")
        .with("scenario.toml", "name = \"leaf\"\nextends = \"mid\"\n")
        .with("sites.csv", "site,kind,zone,area_m2\nyard,yard,north,7\n");
    let scenario = files.sound();
    let ids: Vec<&str> = scenario.sites.iter().map(|site| site.id.as_str()).collect();
    assert_eq!(ids, ["road", "market", "yard"]);
    assert_eq!(scenario.sites[2].measures["area_m2"], number("7"));
}

#[test]
fn findings_of_merged_cells_name_the_file_that_gave_them() {
    let files = tiny()
        .replace("sites.csv", "4000", "many")
        .replace("sites.csv", "2000", "few")
        .moved_to("base")
        .with("scenario.toml", "name = \"leaf\"\nextends = \"base\"\n")
        .with("sites.csv", "area_m2,site\nsome,road\n");
    assert_eq!(
        files.findings(),
        ["E306 sites.csv:2:1", "E306 base/sites.csv:3:4"]
    );
}

#[test]
fn what_drop_empties_chooses_nothing_and_exceptions_vanish() {
    let scenario = tiny()
        .with("coverage.csv", "rule,site,treatments,rounds\na,yard,spray,1\nb,!yard,spray,1\nc,yard;road,fog;spray,1\nd,,fog,1\n")
        .append("treatments.csv", "fog,residual,,area_m2,,\n")
        .with("budget.csv", "line,scope,amount\nx,team:B,1\n")
        .moved_to("base")
        .with("scenario.toml", "name = \"leaf\"\nextends = \"base\"\n")
        .with("sites.csv", "site,drop\nyard,yes\n")
        .with("treatments.csv", "treatment,drop\nfog,yes\n")
        .with("teams.csv", "team,drop\nB,yes\n")
        .scenario();
    let site = |rule: usize| scenario.rules[rule].selector.site.clone().unwrap();
    assert!(site(0).emptied && site(0).any_of.is_empty());
    assert_eq!(site(1), Choice::default());
    assert_eq!(
        (site(2).any_of, site(2).emptied),
        (vec!["road".to_owned()], false)
    );
    assert_eq!(scenario.rules[2].treatments.len(), 1);
    assert!(scenario.rules[3].treatments.is_empty());
    assert!(scenario.budget[0].scopes.is_empty());
}
