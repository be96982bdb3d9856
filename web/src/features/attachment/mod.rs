//! Files of organizations and persons: listed, added by button or by dropping them, fetched, put away.

mod model;
pub mod operations;
mod panel;
mod upload;
mod uploads;

pub use panel::Attachments;
