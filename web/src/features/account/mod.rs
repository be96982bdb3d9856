//! Accounts: who may sign in, with which roles, from where. An account is never deleted, only disabled.

pub mod actions;
mod counts;
mod detail;
pub mod dialogs;
pub mod from_posts;
pub mod grants;
mod list;
mod me;
pub mod operations;
mod password;
mod reset;
mod sessions;
mod sign_ins;
mod tokens;

pub use counts::AccountCounts;
pub use detail::AccountPage;
pub use from_posts::FromPostsPage;
pub use grants::GrantsToConfirm;
pub use list::AccountsPage;
pub use me::MePage;
pub use sessions::SessionsPanel;
