//! Telling accounts, marking as read, and what an account wants to be told.

mod notify;
mod read;
mod settings;

pub use notify::{
    Digest, DigestDuty, DigestUnread, digest, duties_fell, duties_overdue, erasure_waits, grant_begins, grant_waits,
    grants_end, job_ended, report_answered,
};
pub use read::{NotificationRead, NotificationReadError, read};
pub use settings::{Setting, all_settings, update_setting};
