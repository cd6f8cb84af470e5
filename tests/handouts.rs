//! What people are handed: plan.xlsx and the calendars, opened with programs that share nothing with their writers.
//!
//! LibreOffice and Python's icalendar are asked where they are installed; where not, their tests say that they are
//! skipped. `./run test` installs icalendar, and LibreOffice where `XIAOSHA_ALL_READERS` is set.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "handouts/calendar.rs"]
mod calendar;
#[path = "handouts/record.rs"]
mod record;
#[path = "handouts/workbook.rs"]
mod workbook;

#[path = "support/scenario_patch.rs"]
mod scenario_patch;

use calamine::{Data, Range, Reader, Xlsx};
use scenario_patch::Files;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::process::Command;
use xiaosha::domain::{Day, Plan, Scenario, TeamIx, Visit};
use xiaosha::lang::Lang;
use xiaosha::measures::{Measures, Proven};
use xiaosha::report::{self, OutputFile};
use xiaosha::season::Season;

/// A season with names that a spreadsheet, a header or a calendar might take for something else.
fn named_season() -> Files {
    scenario_patch::tiny()
        .with(
            "scenario.toml",
            "name = \"=消杀 & <b>5月</b>\"\nstart = 2026-05-01\nend = 2026-05-31\ncurrency = \"CNY\"\n",
        )
        .with(
            "sites.csv",
            "site,name,kind,zone,lon,lat,area_m2,stalls,address\n\
             road,\"=HYPERLINK(\"\"http://x\"\",\"\"点\"\")\",road,north,84.87,45.6,4000,,\n\
             yard,\"+院子, 东; 西\\n\",yard,north,,,2000,,\"@北街 1 号 <南>\"\n\
             market,-市场,market,south,,,1500,12,\n",
        )
        .with(
            "treatments.csv",
            "treatment,name,method,product,measure,dose,rate_per_hour,dilution,safety\n\
             spray,滞留喷洒,residual,wp,area_m2,0.001,1000,1:50 兑水,戴口罩\n\
             gel,投胶饵,bait,,stalls,,6,,=远离食品\n",
        )
        .with(
            "products.csv",
            "product,name,unit,pack_size,pack_cost,stock\nwp,可湿性粉剂,kg,6,120,5\n",
        )
        .with(
            "teams.csv",
            "team,name,methods,zones,crews,hours_per_day,cost_per_day\n\
             A,甲队,residual;bait,,2,8,700\n\
             a?,乙队,residual,north,1,7,600\n",
        )
}

/// Visits of the named season: day of May, team, crew, site, treatment.
fn visits(scenario: &Scenario, rows: &[(u32, usize, u32, &str, &str)]) -> Plan {
    let season = Season::new(scenario);
    let visits = rows.iter().map(|&(day, team, crew, site, treatment)| {
        let part = season.parts.iter().find(|part| part.id == site).unwrap();
        let mut treatments = scenario.treatments.iter();
        Visit {
            date: Day::from_ymd_opt(2026, 5, day).unwrap(),
            team: TeamIx(team),
            crew,
            site: part.site,
            part: part.number,
            treatment: xiaosha::domain::TreatmentIx(
                treatments.position(|row| row.id == treatment).unwrap(),
            ),
        }
    });
    season.plan(visits.collect())
}

/// Five visits in two weeks, seven units of the product where five are in stock.
fn some_visits(scenario: &Scenario) -> Plan {
    visits(
        scenario,
        &[
            (4, 0, 1, "road", "spray"),
            (4, 0, 2, "market", "gel"),
            (4, 1, 1, "yard", "spray"),
            (12, 0, 1, "yard", "spray"),
            (13, 0, 1, "market", "gel"),
        ],
    )
}

/// The documents of a plan, by name.
fn documents(scenario: &Scenario, plan: &Plan, lang: Lang) -> BTreeMap<String, Vec<u8>> {
    let season = Season::new(scenario);
    let measures = Measures::new(&season, plan, &Proven::default());
    let files = report::documents(&season, &measures, lang);
    files
        .into_iter()
        .map(|OutputFile { name, bytes }| (name, bytes))
        .collect()
}

/// The sheets of a workbook, by name, in order.
fn sheets(bytes: &[u8]) -> Vec<(String, Range<Data>)> {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    workbook.worksheets()
}

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    let mut found = sheets(bytes).into_iter();
    found.find(|(sheet, _)| sheet == name).unwrap().1
}

/// The rows of a sheet as text.
fn rows(sheet: &Range<Data>) -> Vec<Vec<String>> {
    sheet
        .rows()
        .map(|row| row.iter().map(cell).collect())
        .collect()
}

fn cell(cell: &Data) -> String {
    match cell {
        Data::DateTime(date) => date.as_datetime().unwrap().date().to_string(),
        cell => cell.to_string(),
    }
}

/// Whether a program is there; if not, says that the test is skipped.
fn is_there(program: &str, arguments: &[&str], what: &str) -> bool {
    let there = Command::new(program)
        .args(arguments)
        .output()
        .is_ok_and(|run| run.status.success());
    if !there {
        // Not by a macro: what those print is hidden when a test passes.
        let line = format!("SKIPPED: {what} is not installed\n");
        std::io::stderr().write_all(line.as_bytes()).unwrap();
    }
    there
}
