//! Mistakes that the person can mend, as data.
use async_graphql::{Enum, SimpleObject};

use super::{Failure, Locale};

/// Stable kinds of mistakes.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserErrorCode {
    /// The field may not be empty.
    Required,
    /// The text is too long.
    TooLong,
    /// The value is not of the right form.
    Invalid,
    /// The object does not exist, or the viewer may not see it.
    NotFound,
    /// Somebody else changed the object; the payload carries its current state.
    Conflict,
    /// Another record has this value already.
    Duplicate,
    /// A person with this identity number is recorded elsewhere.
    HeldElsewhere,
    /// The organization would lie below itself.
    Cycle,
    /// The organization above cannot contain this kind.
    NotContainable,
    /// Something still belongs to the object.
    NotEmpty,
    /// The object is archived.
    Archived,
    /// The object is not archived.
    NotArchived,
    /// The value lies outside what is possible.
    OutOfRange,
    /// The period overlaps another one.
    Overlap,
    /// The field may not be read in the scope asked for.
    FieldNotReadable,
    /// The current password is wrong.
    WrongPassword,
    /// The new password is too weak.
    WeakPassword,
    /// The daily budget is used up.
    BudgetExhausted,
    /// The idempotency key was used with other input.
    IdempotencyMismatch,
}

/// A mistake that the person can mend.
#[derive(SimpleObject, Clone, Debug, PartialEq, Eq)]
pub struct UserError {
    /// Path into the input, such as `["input", "effectiveOn"]`; empty where it concerns the whole.
    pub field: Vec<String>,
    /// Stable, closed set.
    pub code: UserErrorCode,
    /// A sentence in the language of the request, naming the way out.
    pub message: String,
}

/// A mistake in both languages, before the language of the request is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Path below `input`; empty where it concerns the whole.
    pub field: &'static [&'static str],
    /// The kind.
    pub code: UserErrorCode,
    /// The sentence in Chinese.
    pub zh: String,
    /// The sentence in English.
    pub en: String,
}

impl Problem {
    /// A mistake in the field at `field`.
    pub fn new(
        field: &'static [&'static str],
        code: UserErrorCode,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { field, code, zh: zh.into(), en: en.into() }
    }

    /// The field at `field` is empty.
    pub fn required(field: &'static [&'static str], zh: &str, en: &str) -> Self {
        Self::new(
            field,
            UserErrorCode::Required,
            format!("{zh}不能为空，填写后再保存。"),
            format!("{en} is empty; fill it in and save again."),
        )
    }

    /// The text at `field` is longer than `most` characters.
    pub fn too_long(field: &'static [&'static str], most: usize, zh: &str, en: &str) -> Self {
        let code = UserErrorCode::TooLong;
        Self::new(
            field,
            code,
            format!("{zh}最多 {most} 个字，缩短后再保存。"),
            format!("{en} has at most {most} characters; shorten it."),
        )
    }

    /// The object at `field` is missing or hidden.
    pub fn not_found(field: &'static [&'static str], zh: &str, en: &str) -> Self {
        let code = UserErrorCode::NotFound;
        Self::new(
            field,
            code,
            format!("找不到这个{zh}，它可能已被移走或您看不到它。"),
            format!("This {en} was not found; it may have been moved, or you may not see it."),
        )
    }

    /// Somebody else changed the object.
    pub fn conflict() -> Self {
        Self::conflict_of(&["version"])
    }

    /// Like [`Problem::conflict`], where the version stands in another `field`.
    pub fn conflict_of(field: &'static [&'static str]) -> Self {
        Self::new(
            field,
            UserErrorCode::Conflict,
            "别人刚刚改过这条记录，看过新内容后再保存。",
            "Somebody else has just changed this record; look at the new state and save again.",
        )
    }

    /// The mistake in the language of the request.
    pub fn into_user_error(self, locale: Locale) -> UserError {
        let path = if self.field.is_empty() { None } else { Some("input") };
        UserError {
            field: path.into_iter().chain(self.field.iter().copied()).map(str::to_owned).collect(),
            code: self.code,
            message: match locale {
                Locale::ZhCn => self.zh,
                Locale::En => self.en,
            },
        }
    }
}

/// How an error of a use case reads at the edge.
pub enum Explained {
    /// Mistakes to mend.
    Problems(Vec<Problem>),
    /// A system error.
    Failure(Failure),
}

impl From<Problem> for Explained {
    fn from(problem: Problem) -> Self {
        Self::Problems(vec![problem])
    }
}

impl<T: Into<Failure>> From<T> for Explained {
    fn from(failure: T) -> Self {
        Self::Failure(failure.into())
    }
}

/// The error of a use case that changes a `T`.
pub trait Explain<T> {
    /// The current state of the object, where somebody else changed it.
    fn current(&mut self) -> Option<T> {
        None
    }

    /// How it reads.
    fn explain(self) -> Explained;
}
