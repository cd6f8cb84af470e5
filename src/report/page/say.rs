//! Wording in both languages as markup: the page holds both and shows one.

use crate::lang::Text;
use askama::filters::{self, HtmlSafe};
use std::fmt;

/// A wording in both languages, escaped when it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Both(Text);

/// Escaped for its place between tags or within quotes.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(escaped) = filters::escape(self.0, filters::Html);
        escaped.fmt(f)
    }
}

impl fmt::Display for Both {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Text { zh, en } = &self.0;
        if zh == en {
            return Escaped(zh).fmt(f);
        }
        let (zh, en) = (Escaped(zh), Escaped(en));
        write!(
            f,
            "<span class=\"zh\" lang=\"zh-CN\">{zh}</span><span class=\"en\" lang=\"en\">{en}</span>"
        )
    }
}

// It writes its own tags, and escapes what stands between them.
impl HtmlSafe for Both {}

impl From<Text> for Both {
    fn from(text: Text) -> Self {
        Both(text)
    }
}

impl From<&Text> for Both {
    fn from(text: &Text) -> Self {
        Both(text.clone())
    }
}

/// A wording from its two languages, Chinese first.
pub(super) fn say(zh: impl Into<String>, en: impl Into<String>) -> Both {
    Both(Text::new(zh, en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_are_written_and_nothing_of_them_is_markup() {
        let both = say("<b>一", "a & \"b\"").to_string();
        assert!(both.starts_with("<span class=\"zh\" lang=\"zh-CN\">&#60;b&#62;一</span>"));
        assert!(
            both.ends_with("<span class=\"en\" lang=\"en\">a &#38; &#34;b&#34;</span>"),
            "{both}"
        );
        assert_eq!(say("<i>", "<i>").to_string(), "&#60;i&#62;");
    }
}
