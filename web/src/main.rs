//! The single-page app of Jianghai: grassroots Party-building management in the browser.
//!
//! `api` fetches, `session` knows who is signed in, `ui` renders without knowing the domain, `features` compose pages.

mod api;
mod app;
mod features;
mod i18n;
mod routes;
mod session;
mod shell;
mod ui;

fn main() {
    i18n::restore();
    yew::Renderer::<app::App>::new().render();
}
