//! Words in two languages. Every text stands in the code once, with both translations side by side: leaving one out does not compile.

pub mod calendar;
pub mod format;

use std::cell::Cell;

/// The languages of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locale {
    /// Simplified Chinese, the first language.
    ZhCn,
    /// English.
    En,
}

thread_local! {
    static CURRENT: Cell<Locale> = const { Cell::new(Locale::ZhCn) };
}

const STORAGE_KEY: &str = "jianghai.locale";

impl Locale {
    /// The language tag for HTML, HTTP and `Intl`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// The other language.
    pub fn other(self) -> Self {
        match self {
            Self::ZhCn => Self::En,
            Self::En => Self::ZhCn,
        }
    }
}

/// The language in use.
pub fn current() -> Locale {
    CURRENT.get()
}

/// Takes up the language of the last visit.
pub fn restore() {
    if crate::ui::browser::stored(STORAGE_KEY).as_deref() == Some("en") {
        CURRENT.set(Locale::En);
    }
    crate::ui::browser::set_language(current().tag());
}

/// Changes the language and remembers it. The caller redraws the page.
pub fn choose(locale: Locale) {
    CURRENT.set(locale);
    crate::ui::browser::store(STORAGE_KEY, locale.tag());
    crate::ui::browser::set_language(locale.tag());
}

/// The text in the current language.
pub fn t(zh: &'static str, en: &'static str) -> &'static str {
    match current() {
        Locale::ZhCn => zh,
        Locale::En => en,
    }
}

/// The text in the current language with `{0}`, `{1}` … replaced by the parts.
pub fn fill(zh: &'static str, en: &'static str, parts: &[&str]) -> String {
    let mut text = t(zh, en).to_owned();
    for (index, part) in parts.iter().enumerate() {
        text = text.replace(&format!("{{{index}}}"), part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_their_places_in_either_language() {
        assert_eq!(fill("共 {0} 人，本页 {1} 人", "", &["37", "10"]), "共 37 人，本页 10 人");
        CURRENT.set(Locale::En);
        assert_eq!(fill("", "{1} of {0} people", &["37", "10"]), "10 of 37 people");
        CURRENT.set(Locale::ZhCn);
    }
}
