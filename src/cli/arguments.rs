//! Arguments as the user types them. Their texts, in both languages, are in [`super::help`].

use crate::domain::Money;
use crate::engine;
use crate::report::document;
use clap::{Args, Parser, Subcommand, ValueEnum, value_parser};
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, Parser)]
#[command(name = "xiaosha", version, subcommand_required = true)]
pub(super) struct Arguments {
    // Found before parsing, see `super::language`; here so that it is known and checked.
    #[arg(long, global = true, value_enum)]
    lang: Option<LangArgument>,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Check(CheckArguments),
    Plan(PlanArguments),
    Verify(VerifyArguments),
    Compare(CompareArguments),
    Explain(ExplainArguments),
    Frontier(FrontierArguments),
    Record(RecordArguments),
    Document(DocumentArguments),
    Init(InitArguments),
    Convert(ConvertArguments),
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    #[arg(value_name = "SCENARIO", required_unless_present = "explain")]
    pub(super) scenario: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
    #[arg(long, value_name = "CODE", conflicts_with_all = ["scenario", "format"])]
    pub(super) explain: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct PlanArguments {
    #[arg(value_name = "SCENARIO")]
    pub(super) scenario: PathBuf,
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) search: SearchArguments,
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(super) time_limit: Option<Duration>,
    #[arg(long)]
    pub(super) require_full: bool,
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// What a plan may depend on beside its tables.
#[derive(Debug, Args)]
pub(super) struct SearchArguments {
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    #[arg(long, value_enum)]
    effort: Option<EffortArgument>,
}

impl SearchArguments {
    /// As asked for, else with normal effort.
    pub(super) fn options(&self) -> engine::Options {
        self.options_or(engine::Effort::Normal)
    }

    /// As asked for, else with this effort.
    pub(super) fn options_or(&self, effort: engine::Effort) -> engine::Options {
        engine::Options {
            seed: self.seed,
            effort: self.effort.map_or(effort, Into::into),
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct VerifyArguments {
    #[arg(value_name = "SCENARIO")]
    pub(super) scenario: PathBuf,
    #[arg(value_name = "PLAN")]
    pub(super) plan: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct CompareArguments {
    #[arg(value_name = "BASE")]
    pub(super) base: PathBuf,
    #[arg(value_name = "SCENARIO", required = true)]
    pub(super) scenarios: Vec<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) search: SearchArguments,
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    #[arg(value_name = "SCENARIO")]
    pub(super) scenario: PathBuf,
    #[arg(value_name = "PLAN")]
    pub(super) plan: Option<PathBuf>,
    #[arg(long, value_name = "ID")]
    pub(super) site: Vec<String>,
    #[arg(long, value_name = "ID")]
    pub(super) rule: Vec<String>,
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub(super) better: Option<PathBuf>,
    #[command(flatten)]
    pub(super) search: SearchArguments,
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct FrontierArguments {
    #[arg(value_name = "SCENARIO")]
    pub(super) scenario: PathBuf,
    #[arg(long, value_name = "MONEY", value_parser = whole_money)]
    pub(super) from: Option<Money>,
    #[arg(long, value_name = "MONEY", value_parser = whole_money)]
    pub(super) to: Option<Money>,
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = value_parser!(u16).range(2..=200))]
    pub(super) points: u16,
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) search: SearchArguments,
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct RecordArguments {
    #[arg(value_name = "WORKBOOK")]
    pub(super) workbook: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    #[arg(long)]
    pub(super) force: bool,
}

#[derive(Debug, Args)]
pub(super) struct DocumentArguments {
    #[arg(value_name = "SCENARIO", required_unless_present = "write_template")]
    pub(super) scenario: Option<PathBuf>,
    #[arg(long, value_enum)]
    pub(super) kind: KindArgument,
    #[arg(long, value_name = "DIR")]
    pub(super) plan: Option<PathBuf>,
    #[arg(long, value_name = "PATH")]
    pub(super) out: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(super) template: Option<PathBuf>,
    #[arg(long, value_name = "ZONE")]
    pub(super) zone: Option<String>,
    #[arg(long, value_name = "N")]
    pub(super) round: Option<usize>,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["scenario", "plan", "out", "template", "zone", "round"])]
    pub(super) write_template: Option<PathBuf>,
}

/// The kind of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum KindArgument {
    Plan,
    Notice,
    Summary,
}

impl From<KindArgument> for document::Kind {
    fn from(kind: KindArgument) -> Self {
        match kind {
            KindArgument::Plan => document::Kind::Plan,
            KindArgument::Notice => document::Kind::Notice,
            KindArgument::Summary => document::Kind::Summary,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct InitArguments {
    #[arg(value_name = "FOLDER|FILE.xlsx")]
    pub(super) target: PathBuf,
    #[arg(long)]
    pub(super) example: bool,
}

#[derive(Debug, Args)]
pub(super) struct ConvertArguments {
    #[arg(value_name = "SCENARIO")]
    pub(super) scenario: PathBuf,
    #[arg(value_name = "FOLDER|FILE.xlsx")]
    pub(super) target: PathBuf,
}

/// The form of findings and violations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum EffortArgument {
    Quick,
    Normal,
    Thorough,
}

impl From<EffortArgument> for engine::Effort {
    fn from(effort: EffortArgument) -> Self {
        match effort {
            EffortArgument::Quick => engine::Effort::Quick,
            EffortArgument::Normal => engine::Effort::Normal,
            EffortArgument::Thorough => engine::Effort::Thorough,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LangArgument {
    Zh,
    En,
}

/// A number of seconds above 0, such as `30` or `2.5`.
fn seconds(text: &str) -> Result<Duration, String> {
    text.parse()
        .ok()
        .filter(|&seconds| seconds > 0.0)
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "not a number of seconds above 0".to_owned())
}

/// A whole amount of money, such as `600000`.
fn whole_money(text: &str) -> Result<Money, String> {
    let whole = text.parse().ok().filter(|whole| *whole <= MOST_MONEY);
    let whole: u64 = whole.ok_or_else(|| "not a whole amount of money".to_owned())?;
    Ok(Money::from_micro(whole as i64 * 1_000_000))
}

/// Amounts beyond this are typing errors.
const MOST_MONEY: u64 = 1_000_000_000_000;
