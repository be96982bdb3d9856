//! GraphQL machinery without domain: ids, connections, user errors, limits, documents, loaders, the request.

mod call;
pub mod connection;
pub mod documents;
pub mod execute;
mod failure;
pub mod ids;
pub mod limits;
pub mod live;
mod loader;
pub mod node;
pub mod rate;
mod request;
pub mod scalar;
pub mod schema;
pub mod trusted;
mod user_error;

pub use call::{Begun, Call, Lock, replayed};
pub use failure::{Failure, Result};
pub use loader::{LoadError, Loader, Source};
pub use request::{Locale, Request, request};
pub use user_error::{Explain, Explained, Problem, UserError, UserErrorCode};
