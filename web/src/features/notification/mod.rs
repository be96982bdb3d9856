//! The inbox: a bell with the number of unread notifications, a drawer with the newest, and what one is told.

mod bell;
mod drawer;
mod model;
pub mod operations;
mod settings;

pub use bell::InboxButton;
pub use settings::NotificationSettings;
