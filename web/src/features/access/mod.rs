//! Access: why somebody may or may not, who can see a person, what ends with a grant, previews.

mod answer;
mod ask;
mod effect;
pub mod operations;
mod page;
mod preview;
mod who;
mod why;

pub use page::AccessPage;
pub use who::WhoCanSee;
pub use why::WhyButton;

/// The page for administrators, asking about an object.
pub fn about_object(id: &cynic::Id, name: &str) -> String {
    crate::routes::address("/desk/access", &[("object", id.inner()), ("what", name)])
}

/// The page for administrators, asking about an account.
pub fn about_account(id: &cynic::Id, name: &str) -> String {
    crate::routes::address("/desk/access", &[("account", id.inner()), ("who", name)])
}
