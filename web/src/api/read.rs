//! Reading answers: JSON into the types of the app.
//!
//! Not by serde: what it derives stops at the first misfit, with an error that nobody reads, and was a quarter of the wasm. Here a
//! part that does not fit is noted and stands as something empty, and the answer as a whole is refused.

use std::cell::Cell;

use cynic::Id;

use super::json::Json;

/// What can be read from a part of an answer.
pub trait Read {
    /// Reads it; where the part does not fit, notes that and returns anything.
    fn read(part: Part<'_>) -> Self;
}

/// Reads an answer; none where any part does not fit.
pub fn read<T: Read>(answer: &Json) -> Option<T> {
    let fits = Cell::new(true);
    let whole = T::read(Part { value: answer, fits: &fits });
    fits.get().then_some(whole)
}

/// A part of an answer.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    value: &'a Json,
    fits: &'a Cell<bool>,
}

impl<'a> Part<'a> {
    /// Reads a field of an object by its name in Rust.
    pub fn field<T: Read>(self, name: &str) -> T {
        T::read(self.member(name))
    }

    /// The text; empty where it is none.
    pub fn text(self) -> &'a str {
        self.fitting(self.value.as_text()).unwrap_or_default()
    }

    /// The value with this text as its code; another where there is none.
    pub fn one_of<T: Copy>(self, values: &[(&str, T)], other: T) -> T {
        let text = self.text();
        self.fitting(values.iter().find(|(code, _)| *code == text)).map_or(other, |(_, value)| *value)
    }

    /// The number; zero where it is none or does not fit.
    fn whole<T: TryFrom<i64> + Default>(self) -> T {
        let number = if let Json::Number(number) = self.value { T::try_from(*number).ok() } else { None };
        self.fitting(number).unwrap_or_default()
    }

    fn fitting<T>(self, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.fits.set(false);
        }
        value
    }

    /// A member of an object; null where it is left out.
    fn member(self, name: &str) -> Self {
        self.fitting(matches!(self.value, Json::Object(_)).then_some(()));
        Self { value: self.value.get(&camel_case(name)).unwrap_or(&Json::Null), ..self }
    }
}

/// The contract's way to write a name.
fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at_checked(1).unwrap_or_default();
        camel.push_str(&first.to_ascii_uppercase());
        camel.push_str(rest);
    }
    camel
}

impl Read for String {
    fn read(part: Part<'_>) -> Self {
        part.text().to_owned()
    }
}

impl Read for Id {
    fn read(part: Part<'_>) -> Self {
        Self::new(part.text())
    }
}

impl Read for bool {
    fn read(part: Part<'_>) -> Self {
        part.fitting(if let Json::Bool(value) = part.value { Some(*value) } else { None }).unwrap_or_default()
    }
}

impl Read for i32 {
    fn read(part: Part<'_>) -> Self {
        part.whole()
    }
}

impl Read for u32 {
    fn read(part: Part<'_>) -> Self {
        part.whole()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(part: Part<'_>) -> Self {
        (*part.value != Json::Null).then(|| T::read(part))
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(part: Part<'_>) -> Self {
        let items = part.fitting(part.value.as_list()).unwrap_or_default();
        items.iter().map(|value| T::read(Part { value, ..part })).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::fragments::{OrganizationItem, PageInfo};
    use crate::api::types::OrganizationKind;

    /// What the library's macro writes, read by the app.
    macro_rules! json {
        ($($tokens:tt)+) => { Json::parse(&serde_json::json!($($tokens)+).to_string()).expect("JSON") };
    }

    #[test]
    fn an_object_is_read_by_the_names_of_the_contract() {
        let answer = json!({ "hasNextPage": true, "hasPreviousPage": false, "startCursor": "c1", "endCursor": null });
        let page = PageInfo {
            has_next_page: true,
            has_previous_page: false,
            start_cursor: Some("c1".into()),
            end_cursor: None,
        };
        assert_eq!(read(&answer), Some(page));
    }

    #[test]
    fn a_misfit_anywhere_refuses_the_whole_answer() {
        let item = |kind: &str| json!([{ "id": "o1", "name": "第一党支部", "kind": kind, "parent": null }]);
        let read = |kind| read::<Vec<OrganizationItem>>(&item(kind)).map(|items| items.first().map(|item| item.kind));
        assert_eq!(read("BRANCH"), Some(Some(OrganizationKind::Branch)));
        assert_eq!(read("CHAPTER"), None);
    }

    #[test]
    fn what_must_be_there_is_missed() {
        assert_eq!(read::<PageInfo>(&json!({ "hasNextPage": true })), None);
        assert_eq!(read::<PageInfo>(&json!(null)), None);
        assert_eq!(read::<Option<PageInfo>>(&json!(null)), Some(None));
        assert_eq!(read::<i32>(&json!(3_000_000_000_i64)), None);
    }
}
