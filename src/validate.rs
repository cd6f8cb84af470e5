//! From tables to a [`Scenario`]: what each cell means, whether it can be, and whether it is meant.
//!
//! Invariant: only this module makes a [`Scenario`]. Faults never stop the search for others: a wrong cell counts as
//! blank for what follows, and findings that would only follow from it are left out.

mod budget;
mod calendar;
mod coverage;
mod done;
mod ids;
mod meaning;
mod rates;
mod row;
mod settings;
mod sites;
mod surveys;
mod teams;
mod treatments;
pub mod value;
mod words;

use crate::domain::{Day, Product, Rule, Scenario, Site, Team, Treatment};
use crate::finding::{Findings, Place};
use crate::lang::{Lang, Text};
use crate::read::names::in_sheets;
use crate::read::{self, Tables};
use ids::Ids;
use row::RowReader;
use std::path::Path;

/// Reads and checks a scenario, a folder or a workbook. The scenario is `None` when any finding is an error.
pub fn load(path: &Path) -> (Option<Scenario>, Findings) {
    let mut findings = Findings::new();
    let scenario =
        read::tables(path, &mut findings).and_then(|tables| scenario(&tables, &mut findings));
    speak_of_sheets(&mut findings);
    (scenario, findings)
}

/// Lets findings in workbooks speak of sheets where they speak of files.
pub fn speak_of_sheets(findings: &mut Findings) {
    findings.reword_in_workbooks(|text| {
        Text::new(in_sheets(&text.zh, Lang::Zh), in_sheets(&text.en, Lang::En))
    });
}

/// Makes the scenario of what the tables say; `None` when there is any error, of reading or of meaning.
pub fn scenario(tables: &Tables, findings: &mut Findings) -> Option<Scenario> {
    let settings = settings::read(tables, findings);
    let mut draft = Draft {
        tables,
        horizon: settings.horizon,
        site_ids: Ids::of(tables, "sites.csv", ("地点", "site")),
        treatment_ids: Ids::of(tables, "treatments.csv", ("措施", "treatment")),
        team_ids: Ids::of(tables, "teams.csv", ("队伍", "team")),
        product_ids: Ids::of(tables, "products.csv", ("药品", "product")),
        sites: Checked::none(),
        treatments: Checked::none(),
        teams: Checked::none(),
        products: Checked::none(),
        rules: Checked::none(),
    };
    draft.products = treatments::products(&draft, findings);
    draft.treatments = treatments::treatments(&draft, findings);
    draft.sites = sites::read(&draft, &settings, findings);
    draft.teams = teams::read(&draft, &settings, findings);
    let rates = rates::read(&draft, findings);
    draft.rules = coverage::read(&draft, findings);
    let budget = budget::read(&draft, findings);
    let calendar = calendar::read(&draft, findings);
    let (done, plan_from) = done::read(&draft, settings.today, findings);
    let surveys = surveys::read(&draft, findings);
    words::report(&draft, findings);
    sites::report_misspelt_columns(&draft, findings);
    for file in [
        "sites.csv",
        "treatments.csv",
        "teams.csv",
        "products.csv",
        "coverage.csv",
        "budget.csv",
    ] {
        ids::report_doubtful(tables, tables.table(file), findings);
    }
    let context = meaning::Context {
        rates: &rates,
        calendar: &calendar,
        done: &done,
        plan_from,
    };
    meaning::report(&draft, &context, findings);
    let (start, end) = draft.window();
    let scenario = Scenario {
        name: settings.name,
        currency: settings.currency,
        start,
        end,
        plan_from,
        sites: draft.sites.rows,
        treatments: draft.treatments.rows,
        teams: draft.teams.rows,
        products: draft.products.rows,
        rules: draft.rules.rows,
        rates,
        budget,
        calendar,
        done,
        surveys,
    };
    (!findings.has_errors()).then_some(scenario)
}

/// What is known while the tables are checked, in the order in which they are.
struct Draft<'t> {
    tables: &'t Tables,
    /// First and last day, unless scenario.toml is at fault.
    horizon: Option<(Day, Day)>,
    site_ids: Ids<'t>,
    treatment_ids: Ids<'t>,
    team_ids: Ids<'t>,
    product_ids: Ids<'t>,
    sites: Checked<Site>,
    treatments: Checked<Treatment>,
    teams: Checked<Team>,
    products: Checked<Product>,
    rules: Checked<Rule>,
}

impl Draft<'_> {
    /// The horizon, or all days when scenario.toml does not give one.
    fn window(&self) -> (Day, Day) {
        self.horizon.unwrap_or((Day::MIN, Day::MAX))
    }

    /// The place of a column in a row of a table, both by position and name.
    fn place(&self, file: &str, at: usize, column: &str) -> Place {
        let table = self.tables.table(file);
        let origin = row::cell_origin(self.tables, table, &table.rows[at], column);
        self.tables.sources.place(origin)
    }

    /// Reads a table row by row.
    fn read_rows<T>(
        &self,
        file: &str,
        findings: &mut Findings,
        mut read: impl FnMut(&mut RowReader<'_>) -> T,
    ) -> Checked<T> {
        let table = self.tables.table(file);
        row::report_missing_columns(self.tables, table, findings);
        let mut checked = Checked::none();
        for row in &table.rows {
            let mut reader = RowReader::new(self.tables, table, row, findings);
            checked.rows.push(read(&mut reader));
            checked.sound.push(reader.sound);
        }
        checked
    }
}

/// The rows of a table, one for each of [`crate::read::Table::rows`].
struct Checked<T> {
    rows: Vec<T>,
    /// Whether a row is without error; findings of meaning are made of such rows only.
    sound: Vec<bool>,
}

impl<T> Checked<T> {
    fn none() -> Self {
        Checked {
            rows: Vec::new(),
            sound: Vec::new(),
        }
    }
}
