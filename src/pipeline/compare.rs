//! Several scenarios planned side by side: read, planned in parallel or taken from earlier runs, compared.
//!
//! Each plan is written to a folder of its own and read back from there, whether it was made now or before, so that
//! the comparison says what the files say and does not depend on which plans were there already.

mod names;

use super::key::{PlanKey, efforts_from};
use super::load::Loaded;
use super::{Clock, PlanError, Request, Step, Watcher, place, plan_loaded, reuse};
use crate::compare::{Comparison, Content, Entry};
use crate::engine::{self, Effort, Options, Outcome};
use crate::finding::{Findings, say};
use crate::lang::{Lang, Text};
use crate::measures::Measures;
use crate::read::Tables;
use crate::report::{self, OutputFile, OutputFolder, PageContent, WriteError};
use crate::season::Season;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is to be compared, and how it is planned.
#[derive(Debug, Clone, Copy)]
pub struct CompareRequest<'a> {
    /// The scenarios, folders or workbooks, the base first.
    pub scenarios: &'a [PathBuf],
    /// The folder of the comparison; the plan of each scenario is written to a folder in it.
    pub out: &'a Path,
    /// What the plans may depend on.
    pub options: Options,
    /// Language of workbooks and calendars, and the one in which pages open.
    pub lang: Lang,
}

/// Who watches a comparison, and may end it.
pub trait CompareWatcher: Send + Sync {
    /// So many plans are to be made or found, under these names.
    fn begin(&self, names: &[String]);
    /// The planning of a scenario begins a step.
    fn step(&self, scenario: usize, step: Step);
    /// A plan is there.
    fn planned(&self, scenario: usize);
    /// Whether to end without a comparison; finished plans are kept.
    fn interrupted(&self) -> bool;
}

impl CompareWatcher for super::Unwatched {
    fn begin(&self, _: &[String]) {}
    fn step(&self, _: usize, _: Step) {}
    fn planned(&self, _: usize) {}
    fn interrupted(&self) -> bool {
        false
    }
}

/// A comparison that was written.
#[derive(Debug)]
pub struct Compared {
    /// What differs in input and plan.
    pub comparison: Comparison,
    /// By scenario, in the order of the request: findings about its tables. A scenario with errors has no plan.
    pub findings: Vec<Findings>,
}

/// Why there is no comparison.
#[derive(Debug)]
pub enum CompareError {
    /// The folders given cannot be compared.
    Usage(Text),
    /// The tables of every scenario have errors; by scenario, in the order of the request.
    Findings(Vec<Findings>),
    /// The user ended it. Plans that were finished are kept.
    Interrupted,
    /// An output folder cannot be written.
    Output(WriteError),
    /// A fault of the program.
    Bug(Vec<Text>),
}

/// Plans scenarios and writes what differs between the first and the others.
///
/// A scenario whose tables have errors does not stop the others. A plan of the same tables, options and program version
/// in the scenario's folder of the comparison, or in the scenario's own plan folder, is used again. Plans of a greater
/// effort are used if all scenarios have them: plans of different efforts would differ by how long was searched.
///
/// # Errors
/// See [`CompareError`].
pub fn compare(
    request: &CompareRequest,
    watcher: &Arc<dyn CompareWatcher>,
) -> Result<Compared, CompareError> {
    let names = names::distinct(request.scenarios).map_err(CompareError::Usage)?;
    let loaded: Vec<Result<(Loaded, Tables), Findings>> = request
        .scenarios
        .iter()
        .map(|folder| Loaded::read(folder, request.options))
        .collect();
    if loaded.iter().all(Result::is_err) {
        let findings = loaded.into_iter().filter_map(Result::err);
        return Err(CompareError::Findings(findings.collect()));
    }
    for name in &names {
        let folder = request.out.join(name);
        if folder.join("scenario.toml").exists() {
            return Err(CompareError::Output(WriteError::IsScenario(folder)));
        }
    }
    let out = OutputFolder::prepare(request.out).map_err(CompareError::Output)?;
    let effort = effort(request, &names, &loaded);

    watcher.begin(&names);
    let mut scenarios = Vec::new();
    let mut jobs = Vec::new();
    for (at, loaded) in loaded.into_iter().enumerate() {
        scenarios.push(match loaded {
            Ok((mut loaded, tables)) => {
                let findings = std::mem::take(&mut loaded.findings);
                let scenario = Arc::clone(&loaded.scenario);
                loaded.origin = loaded.origin.with(effort);
                jobs.push(Job {
                    at,
                    loaded,
                    scenario: &request.scenarios[at],
                    out: request.out.join(&names[at]),
                    options: Options {
                        effort,
                        ..request.options
                    },
                    lang: request.lang,
                });
                (Some((tables, scenario)), findings)
            }
            Err(findings) => (None, findings),
        });
    }
    let planned = engine::in_parallel(&jobs, |job| job.run(watcher));
    if watcher.interrupted() {
        return Err(CompareError::Interrupted);
    }
    let mut measures: Vec<Option<Measures>> = names.iter().map(|_| None).collect();
    for (at, planned) in planned {
        measures[at] = Some(planned.map_err(CompareError::from)?);
    }

    let entries = names.into_iter().zip(&scenarios).zip(&measures);
    let entries = entries.map(|((name, (sound, findings)), measures)| Entry {
        name,
        errors: findings.errors(),
        content: sound
            .as_ref()
            .zip(measures.as_ref())
            .map(|((tables, scenario), measures)| Content {
                tables,
                scenario,
                measures,
            }),
    });
    let comparison = Comparison::new(&entries.collect::<Vec<_>>());
    let mut sound = scenarios.iter().filter_map(|(sound, _)| sound.as_ref());
    let (_, first) = sound.next().expect("else all have findings, see above");
    let page = PageContent::of_comparison(&comparison, (first.start, first.end));
    let files = [
        report::comparison_table(&comparison),
        report::page(&page, request.lang),
    ];
    out.replace(&files).map_err(CompareError::Output)?;
    Ok(Compared {
        comparison,
        findings: scenarios.into_iter().map(|(_, found)| found).collect(),
    })
}

/// The least effort, from the one asked for on, with which there are plans of all scenarios already; the one asked for
/// where there is none.
fn effort(
    request: &CompareRequest,
    names: &[String],
    loaded: &[Result<(Loaded, Tables), Findings>],
) -> Effort {
    let asked = request.options.effort;
    let is_there = |effort: Effort| {
        let all = request.scenarios.iter().zip(names).zip(loaded);
        all.filter_map(|(at, loaded)| Some((at, &loaded.as_ref().ok()?.0)))
            .all(|((scenario, name), loaded)| {
                let origin = loaded.origin.with(effort);
                let folders = [request.out.join(name), place::plan_folder(scenario)];
                let mut folders = folders.iter();
                folders.any(|folder| PlanKey::current(folder, &origin).is_some())
            })
    };
    let mut efforts = efforts_from(asked).iter();
    *efforts.find(|&&effort| is_there(effort)).unwrap_or(&asked)
}

/// A scenario to plan.
struct Job<'a> {
    /// Position in the request.
    at: usize,
    loaded: Loaded,
    scenario: &'a Path,
    out: PathBuf,
    options: Options,
    lang: Lang,
}

impl Job<'_> {
    /// Finds the plan or makes it.
    fn run(&self, watcher: &Arc<dyn CompareWatcher>) -> (usize, Result<Measures, PlanError>) {
        let at = self.at;
        let measures = match self.found() {
            Ok(Some(measures)) => Ok(measures),
            Ok(None) if watcher.interrupted() => Err(PlanError::Interrupted),
            Ok(None) => self.planned(watcher),
            Err(error) => Err(PlanError::Output(error)),
        };
        watcher.planned(at);
        (at, measures)
    }

    /// An earlier plan, in the folder of the comparison or the scenario's own. Where it stands elsewhere or in another
    /// language, it is written to the folder of the comparison in the language asked for.
    fn found(&self) -> Result<Option<Measures>, WriteError> {
        let scenario = &self.loaded.scenario;
        let own = place::plan_folder(self.scenario);
        for folder in [&self.out, &own] {
            let Some(current) = PlanKey::current(folder, &self.loaded.origin) else {
                continue;
            };
            let Some(measures) = reuse::measures(scenario, folder) else {
                continue;
            };
            if current.lang != self.lang {
                let Some(files) = self.translated(folder, &measures) else {
                    continue;
                };
                OutputFolder::prepare(&self.out)?.replace(&files)?;
            } else if *folder == own {
                OutputFolder::prepare(&self.out)?.copy(&own, &current.files)?;
            }
            return Ok(Some(measures));
        }
        Ok(None)
    }

    /// The files of a finished plan in the language asked for; `None` if its summary.json cannot be read.
    fn translated(&self, folder: &Path, measures: &Measures) -> Option<Vec<OutputFile>> {
        let name = "summary.json";
        let bytes = fs::read(folder.join(name)).ok()?;
        let mut files = super::files(&Season::new(&self.loaded.scenario), measures, self.lang);
        files.push(OutputFile {
            name: name.to_owned(),
            bytes,
        });
        files.push(PlanKey::of(&self.loaded.origin, self.lang, true, &files));
        Some(files)
    }

    fn planned(&self, watcher: &Arc<dyn CompareWatcher>) -> Result<Measures, PlanError> {
        let request = Request {
            scenario: self.scenario,
            out: &self.out,
            options: self.options,
            lang: self.lang,
            time_limit: None,
        };
        let relay: Arc<dyn Watcher> = Arc::new(Relay {
            scenario: self.at,
            watcher: Arc::clone(watcher),
        });
        // The findings were taken out before.
        let loaded = Loaded {
            scenario: Arc::clone(&self.loaded.scenario),
            findings: Findings::new(),
            origin: self.loaded.origin.clone(),
        };
        plan_loaded(loaded, &request, &relay, Clock::start())?;
        reuse::measures(&self.loaded.scenario, &self.out).ok_or_else(|| {
            let folder = self.out.display();
            PlanError::Bug(vec![say!(
                "刚写入 {folder} 的计划读回后不一致",
                "the plan just written to {folder} does not read back as it was"
            )])
        })
    }
}

/// Tells the watcher of the comparison what happens to one scenario.
struct Relay {
    scenario: usize,
    watcher: Arc<dyn CompareWatcher>,
}

impl Watcher for Relay {
    fn step(&self, step: Step) {
        self.watcher.step(self.scenario, step);
    }

    fn improved(&self, _: &Outcome) {}

    fn interrupted(&self) -> bool {
        self.watcher.interrupted()
    }
}

impl From<PlanError> for CompareError {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Interrupted => CompareError::Interrupted,
            PlanError::Output(error) => CompareError::Output(error),
            PlanError::Bug(faults) => CompareError::Bug(faults),
            PlanError::Findings(findings) => CompareError::Findings(vec![findings]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let jobs: Vec<u64> = (0..50).collect();
        let done = engine::in_parallel(&jobs, |job| {
            thread::sleep(std::time::Duration::from_micros(200 * (job % 3)));
            job * 2
        });
        assert_eq!(done, jobs.iter().map(|job| job * 2).collect::<Vec<_>>());
        assert!(engine::in_parallel(&[0_u64; 0], |&job| job).is_empty());
    }
}
