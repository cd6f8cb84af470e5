//! The two languages of everything that the office sees.
//!
//! A [`Text`] always carries both languages, so a message that lacks one does not compile.

use serde::{Deserialize, Serialize};

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, as a district office writes it.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Picks the text of this language.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The wording of this language, of two that were made for the occasion.
    pub fn say(self, zh: String, en: String) -> String {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// One message in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Text {
    /// Chinese wording.
    pub zh: String,
    /// English wording.
    pub en: String,
}

impl Text {
    /// A message from its two wordings, Chinese first.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Text {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The same in both languages: a name from the tables, a number.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Text::new(text.clone(), text)
    }

    /// A message made by one function for either language.
    pub fn in_both(wording: impl Fn(Lang) -> String) -> Self {
        Text::new(wording(Lang::Zh), wording(Lang::En))
    }

    /// The wording in one language.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}
