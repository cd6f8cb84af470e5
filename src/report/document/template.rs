//! Templates: text files that an office can replace, filled with the figures of a plan.
//!
//! A template is Markdown with expressions of the Jinja kind. A value that is put in stays text whatever it holds:
//! every character that could mean something to Markdown is written as a character reference.

use super::Kind;
use crate::lang::{Lang, Text};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, ValueKind};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value,
};
use serde::Serialize;
use std::fmt::Write;

/// What filling one document may cost, in steps and pieces of memory, so that an endless template ends.
const MOST_STEPS: u64 = 3_000_000;

/// The name of the one template in its environment.
const NAME: &str = "template";

/// What is wrong with a template, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// Line of the template, from 1, where it is known.
    pub line: Option<u32>,
    /// What is wrong.
    pub reason: Text,
}

/// A template that can be read.
pub struct Template {
    environment: Environment<'static>,
}

impl std::fmt::Debug for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Template")
    }
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// When an expression or statement is not well formed.
    pub fn parse(text: &str) -> Result<Self, TemplateFault> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::Custom("document".into()));
        environment.set_formatter(put_value);
        environment.set_fuel(Some(MOST_STEPS));
        // A statement alone on its line leaves no empty line, which would end a table.
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()
            .expect("the usual delimiters differ from each other");
        environment.set_syntax(syntax);
        environment
            .add_template_owned(NAME, text.replace("\r\n", "\n"))
            .map_err(|error| fault(&error))?;
        Ok(Template { environment })
    }

    /// The template that comes with the program.
    pub fn built_in(kind: Kind, lang: Lang) -> Self {
        Self::parse(built_in_text(kind, lang)).expect("a test fills every template of ours")
    }

    /// Fills the template: Markdown.
    ///
    /// # Errors
    /// When it names a value that there is not, or does with a value what cannot be done.
    pub(super) fn fill(&self, values: &impl Serialize) -> Result<String, TemplateFault> {
        let template = self.environment.get_template(NAME);
        template
            .and_then(|template| template.render(Value::from(Serde(values))))
            .map_err(|error| fault(&error))
    }
}

/// The text of the template that comes with the program.
pub fn built_in_text(kind: Kind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (Kind::Plan, Lang::Zh) => include_str!("templates/plan.zh.md"),
        (Kind::Plan, Lang::En) => include_str!("templates/plan.en.md"),
        (Kind::Notice, Lang::Zh) => include_str!("templates/notice.zh.md"),
        (Kind::Notice, Lang::En) => include_str!("templates/notice.en.md"),
        (Kind::Summary, Lang::Zh) => include_str!("templates/summary.zh.md"),
        (Kind::Summary, Lang::En) => include_str!("templates/summary.en.md"),
    }
}

/// Puts a value in as text. What the template itself has made of text (`{% set %}…{% endset %}`, macros) is Markdown
/// already.
fn put_value(out: &mut Output, _: &mut State, value: &Value) -> Result<(), Error> {
    let written = match value.kind() {
        ValueKind::None => Ok(()),
        ValueKind::Seq | ValueKind::Map | ValueKind::Iterable => {
            return Err(Error::new(
                ErrorKind::InvalidOperation,
                "a list cannot be put in as text; take one of its values, or go through it with for",
            ));
        }
        _ if value.is_safe() => out.write_str(&value.to_string()),
        _ => out.write_str(&inert(&value.to_string())),
    };
    written.map_err(|_| Error::new(ErrorKind::WriteFailure, "the text could not be written"))
}

/// Text as Markdown that means this text and nothing else.
fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for character in text.chars() {
        let breaks_line = character.is_control() || matches!(character, '\u{2028}' | '\u{2029}');
        if breaks_line || character == ' ' {
            if !blank {
                out.push(' ');
            }
            blank = true;
            continue;
        }
        blank = false;
        if character.is_ascii_punctuation() {
            // Writing to a string cannot fail.
            let _ = write!(out, "&#{};", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out
}

fn fault(error: &Error) -> TemplateFault {
    let detail = error.detail().unwrap_or_default();
    let (zh, en) = match error.kind() {
        ErrorKind::SyntaxError | ErrorKind::BadEscape | ErrorKind::InvalidDelimiter => (
            "语句写法不对，检查 {{ }} 和 {% %} 是否成对、if 和 for 是否有 endif 和 endfor",
            "the statement is not well formed: see that {{ }} and {% %} are closed, and that if and for have their endif and endfor",
        ),
        ErrorKind::UndefinedError => (
            "没有这个名称的值，可用的名称见 docs/templates.md",
            "there is no value of this name; docs/templates.md lists them",
        ),
        ErrorKind::UnknownFilter
        | ErrorKind::UnknownTest
        | ErrorKind::UnknownFunction
        | ErrorKind::UnknownMethod => (
            "没有这个过滤器、判断或函数",
            "there is no such filter, test or function",
        ),
        ErrorKind::OutOfFuel => ("循环过多，已停止", "too many steps, stopped"),
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => (
            "模板不能引用其他文件",
            "a template cannot include other files",
        ),
        _ => (
            "这里的值不能这样使用",
            "this cannot be done with this value",
        ),
    };
    let with_detail = |text: &str, open: &str, close: &str| {
        if detail.is_empty() {
            text.to_owned()
        } else {
            format!("{text}{open}{detail}{close}")
        }
    };
    TemplateFault {
        line: error.line().and_then(|line| u32::try_from(line).ok()),
        reason: Text::new(with_detail(zh, "（", "）"), with_detail(en, " (", ")")),
    }
}
