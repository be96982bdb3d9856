//! Notifications: what an account is told, in its inbox.
//!
//! A notification is for one account and is made in the transaction of what happened, or by the daily job from what the
//! passing of days brought about; `service/notify.rs` is the one place that makes them. The same is never told twice:
//! account, kind, object and occasion are unique. It holds the key of its object and nothing of it, so that whoever may no
//! longer see the object learns nothing from an old notification.
//!
//! Everybody reads his own inbox and nobody another's; there is no permission for it. Read ones fall away after a month.

pub mod job;
mod mutation;
mod query;
pub(crate) mod repo;
pub mod service;
mod subscription;
mod types;

pub use job::JobEnded;
pub use mutation::*;
pub use query::{NotificationQuery, notification};
pub use subscription::NotificationSubscription;
pub use types::*;
