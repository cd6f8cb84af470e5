//! Where results go when nobody says: within the folder of a scenario, or beside its workbook.

use std::path::{Path, PathBuf};

/// `NAME` within a scenario folder; `x-NAME` beside a workbook `x.xlsx`.
fn of_scenario(scenario: &Path, name: &str) -> PathBuf {
    if !scenario.is_file() {
        return scenario.join(name);
    }
    let mut beside = scenario.file_stem().unwrap_or_default().to_owned();
    beside.push("-");
    beside.push(name);
    scenario.with_file_name(beside)
}

/// The folder of a scenario's plan.
pub fn plan_folder(scenario: &Path) -> PathBuf {
    of_scenario(scenario, "plan")
}

/// The folder of a comparison with this base.
pub fn comparison_folder(base: &Path) -> PathBuf {
    of_scenario(base, "comparison")
}

/// The folder of a scenario's explanation.
pub fn explanation_folder(scenario: &Path) -> PathBuf {
    of_scenario(scenario, "explain")
}

/// The folder of a scenario's frontier.
pub fn frontier_folder(scenario: &Path) -> PathBuf {
    of_scenario(scenario, "frontier")
}

/// The folder of a scenario's documents.
pub fn documents_folder(scenario: &Path) -> PathBuf {
    of_scenario(scenario, "documents")
}

/// Where visits that were done are recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DonePlace {
    /// The file.
    pub file: PathBuf,
    /// The scenario, if it is a workbook: it is never written, so rows of the file are to be copied into it.
    pub workbook: Option<PathBuf>,
}

/// done.csv of the scenario whose plan the work orders belong to: that of the folder above, or `x-done.csv` beside
/// `x.xlsx` for work orders in `x-plan`; else done.csv beside the work orders.
pub fn done_place(orders: &Path) -> DonePlace {
    const NAME: &str = "done.csv";
    let in_folder = |file| DonePlace {
        file,
        workbook: None,
    };
    let folder = orders.parent().unwrap_or(Path::new(""));
    if folder.join("scenario.toml").exists() {
        return in_folder(folder.join(NAME));
    }
    // `plan.xlsx` alone has the empty folder as its parent, and `..` is relative to where we are.
    let above = match folder.parent() {
        Some(parent) if folder.file_name().is_some() => parent.to_owned(),
        _ => folder.join(".."),
    };
    if above.join("scenario.toml").exists() {
        return in_folder(above.join(NAME));
    }
    let here = folder.join(".");
    let real = here.canonicalize().or_else(|_| std::path::absolute(here));
    let named = real.ok().and_then(|real| {
        let name = real.file_name()?.to_str()?;
        Some(name.strip_suffix("-plan")?.to_owned())
    });
    if let Some(stem) = named {
        let workbook = above.join(format!("{stem}.xlsx"));
        if workbook.is_file() {
            return DonePlace {
                file: of_scenario(&workbook, NAME),
                workbook: Some(workbook),
            };
        }
    }
    in_folder(folder.join(NAME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn results_stand_in_the_folder_or_beside_the_workbook() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(plan_folder(home.path()), home.path().join("plan"));
        let book = home.path().join("夏季.xlsx");
        fs::write(&book, "").unwrap();
        assert_eq!(plan_folder(&book), home.path().join("夏季-plan"));
        assert_eq!(
            comparison_folder(&book),
            home.path().join("夏季-comparison")
        );
    }

    #[test]
    fn the_scenario_of_the_work_orders_gets_the_record() {
        let home = tempfile::tempdir().unwrap();
        let of = |folder: &str| {
            let plan = home.path().join(folder);
            fs::create_dir_all(&plan).unwrap();
            done_place(&plan.join("plan.xlsx"))
        };
        // Nothing above is a scenario.
        assert_eq!(of("plan").file, home.path().join("plan/done.csv"));
        assert_eq!(of("book-plan").file, home.path().join("book-plan/done.csv"));

        let book = home.path().join("book.xlsx");
        fs::write(&book, "").unwrap();
        let place = of("book-plan");
        assert_eq!(place.file, home.path().join("book-done.csv"));
        assert_eq!(place.workbook, Some(book));

        fs::write(home.path().join("scenario.toml"), "").unwrap();
        let place = of("plan");
        assert_eq!(place.file, home.path().join("done.csv"));
        assert_eq!(place.workbook, None);
    }
}
