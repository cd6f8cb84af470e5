//! Documents of the office as .docx: work plan (工作方案), public notice (消杀公告), summary (工作总结).
//!
//! Figures → template (Markdown that an office can replace) → blocks → document. Nothing here reads a file or the
//! clock: who signs and when is left blank for the office to fill in.

mod blocks;
mod columns;
mod docx;
mod facts;
mod package;
mod styles;
mod template;
mod words;

pub use template::{Template, TemplateFault, built_in_text};

use crate::lang::{Lang, Text};
use crate::measures::Measures;
use crate::season::Season;
use blocks::Block;
use facts::Subject;
use serde::Serialize;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The work plan, before the season.
    Plan,
    /// A notice to the public for each zone and round.
    Notice,
    /// What was done, from done.csv.
    Summary,
}

impl Kind {
    /// What offices call it.
    pub fn title(self) -> Text {
        match self {
            Kind::Plan => Text::new("工作方案", "work plan"),
            Kind::Notice => Text::new("消杀公告", "public notice"),
            Kind::Summary => Text::new("工作总结", "summary"),
        }
    }
}

/// A notice that is filled and not yet set.
pub struct Notice {
    /// The zone; `None` for sites without one.
    pub zone: Option<String>,
    /// Which round of the zone, from 1.
    pub number: usize,
    blocks: Vec<Block>,
}

impl std::fmt::Debug for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Notice {:?} {}", self.zone, self.number)
    }
}

/// The work plan as .docx.
///
/// # Errors
/// When the template cannot be filled.
pub fn work_plan(
    season: &Season,
    measures: &Measures,
    template: &Template,
    lang: Lang,
) -> Result<Vec<u8>, TemplateFault> {
    let subject = Subject::new(season, measures, lang);
    set(&facts::plan(&subject), template, lang)
}

/// The summary as .docx; the measures are those of the done visits alone.
///
/// # Errors
/// When the template cannot be filled.
pub fn summary(
    season: &Season,
    measures: &Measures,
    template: &Template,
    lang: Lang,
) -> Result<Vec<u8>, TemplateFault> {
    let subject = Subject::new(season, measures, lang);
    set(&facts::summary(&subject), template, lang)
}

/// A document of one template and its values.
fn set(facts: &impl Serialize, template: &Template, lang: Lang) -> Result<Vec<u8>, TemplateFault> {
    let text = template.fill(facts)?;
    Ok(docx::document(&blocks(&text, lang), lang))
}

/// The notices of a plan, filled, zone by zone and round by round.
///
/// # Errors
/// When the template cannot be filled.
pub fn notices(
    season: &Season,
    measures: &Measures,
    template: &Template,
    lang: Lang,
) -> Result<Vec<Notice>, TemplateFault> {
    let subject = Subject::new(season, measures, lang);
    facts::notices(&subject)
        .into_iter()
        .map(|notice| {
            let text = template.fill(&notice.facts)?;
            Ok(Notice {
                zone: notice.zone,
                number: notice.number,
                blocks: blocks(&text, lang),
            })
        })
        .collect()
}

/// Notices as one .docx, each on a page of its own.
pub fn set_notices<'n>(notices: impl IntoIterator<Item = &'n Notice>, lang: Lang) -> Vec<u8> {
    let mut all = Vec::new();
    for notice in notices {
        if !all.is_empty() {
            all.push(Block::PageBreak);
        }
        all.extend_from_slice(&notice.blocks);
    }
    docx::document(&all, lang)
}

fn blocks(markdown: &str, lang: Lang) -> Vec<Block> {
    blocks::parse(markdown, lang.pick("", " "))
}
