//! Plans a scenario folder, writes the files and tells what the plan comes to.
//!
//! `cargo run --release --example plan_folder -- scenarios/community out`

use std::path::Path;
use std::sync::Arc;
use xiaosha::engine::Options;
use xiaosha::finding;
use xiaosha::lang::Lang;
use xiaosha::pipeline::{self, PlanError, Request, Unwatched, Watcher};

/// Plans `scenario` into the folder `out`; what is wrong if that is not possible.
pub(crate) fn plan_folder(scenario: &Path, out: &Path) -> Result<String, String> {
    let request = Request {
        scenario,
        out,
        options: Options::default(),
        lang: Lang::En,
        time_limit: None,
    };
    let watcher: Arc<dyn Watcher> = Arc::new(Unwatched);
    let planned = pipeline::plan(&request, &watcher).map_err(|error| match error {
        PlanError::Findings(findings) => finding::render_text(&findings, Lang::En, 20),
        PlanError::Output(error) => error.text().en,
        other => format!("{other:?}"),
    })?;

    let measures = &planned.measures;
    let mut lines = vec![format!(
        "{}: {} visits, {} of {} rounds missed, cost {}",
        planned.scenario.name,
        measures.visits.len(),
        measures.missed(),
        measures.asked(),
        measures.cost.total(),
    )];
    for team in &measures.teams {
        let name = &planned.scenario[team.team].name;
        let (used, available) = (team.crew_days, team.available);
        lines.push(format!("  {name}: {used} of {available} crew-days"));
    }
    Ok(lines.join("\n"))
}

#[allow(clippy::print_stdout, reason = "the example shows its result")]
fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let (Some(scenario), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: plan_folder SCENARIO OUT".to_owned());
    };
    println!("{}", plan_folder(Path::new(&scenario), Path::new(&out))?);
    Ok(())
}
