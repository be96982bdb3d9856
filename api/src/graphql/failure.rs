//! System errors: a stable code and a request id, never internal text.
use std::sync::Arc;

use async_graphql::ErrorExtensions;
use sea_orm::DbErr;

use super::loader::LoadError;
use crate::{
    authz::Denied,
    db::page::{PageError, ReadError},
    db::seal::Unsealable,
    storage::StorageError,
};

/// What a resolver answers where it cannot answer.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

/// Why a field could not be answered, other than by a mistake that the person can mend.
#[derive(Debug)]
pub enum Failure {
    /// Nobody is signed in.
    Unauthenticated,
    /// The right is missing.
    Forbidden(Denied),
    /// The arguments of a page are wrong.
    Page(PageError),
    /// A protected field was used to filter or sort where it may not be read.
    FieldNotReadable(&'static str),
    /// A field stands a second time in one request that may stand once.
    OncePerRequest(&'static str),
    /// The database or the keys failed.
    Internal(Arc<dyn std::error::Error + Send + Sync>),
}

impl From<Denied> for Failure {
    fn from(denied: Denied) -> Self {
        Self::Forbidden(denied)
    }
}

impl From<DbErr> for Failure {
    fn from(error: DbErr) -> Self {
        Self::Internal(Arc::new(error))
    }
}

impl From<Unsealable> for Failure {
    fn from(error: Unsealable) -> Self {
        Self::Internal(Arc::new(error))
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::Internal(error.0)
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        Self::Internal(Arc::new(error))
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Page(error) => Self::Page(error),
            ReadError::Db(error) => error.into(),
        }
    }
}

impl From<Failure> for async_graphql::Error {
    fn from(failure: Failure) -> Self {
        let (code, message) = match &failure {
            Failure::Unauthenticated => ("UNAUTHENTICATED", "sign in first".to_owned()),
            Failure::Forbidden(Denied(permission)) => {
                ("FORBIDDEN", format!("the right {} is missing", permission.code()))
            }
            Failure::Page(error) => ("PAGE_INVALID", error.to_string()),
            Failure::FieldNotReadable(field) => {
                ("FIELD_NOT_READABLE", format!("{field} may not be read in this scope"))
            }
            Failure::OncePerRequest(field) => ("ONCE_PER_REQUEST", format!("{field} may stand once in a request")),
            Failure::Internal(error) => {
                tracing::error!(%error, "a field could not be answered");
                ("INTERNAL", "something went wrong on our side".to_owned())
            }
        };
        async_graphql::Error::new(message).extend_with(|_, extensions| extensions.set("code", code))
    }
}
