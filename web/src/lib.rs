//! The single-page app of Jianghai: grassroots Party-building management in the browser.
//!
//! `api` fetches, `session` knows who is signed in, `ui` renders without knowing the domain, `features` compose pages.
//!
//! It is loaded in two halves over the same kit: the daily one, and the desk with the pages of those who run the
//! system, so that a secretary does not wait for what an administrator needs.

mod api;
mod app;
mod features;
mod i18n;
mod routes;
mod session;
mod shell;
mod ui;

/// Draws the daily half.
pub fn daily() {
    app::draw(shell::daily::page, shell::daily::sign_in);
}

/// Draws the desk. It has no sign-in page; the one of the daily half leads back to where somebody wanted to go.
pub fn desk() {
    app::draw(shell::desk::page, |_| yew::Html::default());
}
