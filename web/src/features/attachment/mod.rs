//! Files of organizations and persons: listed, added by button or by dropping them, fetched, put away, brought back.

mod archived;
mod model;
pub mod operations;
mod panel;
mod unfinished;
mod upload;
mod uploads;

pub use panel::Attachments;
