//! Signing in, and the page that says a session has ended.

mod form;
mod model;
mod start;

pub use form::SignIn;
pub use start::Start;

use yew::prelude::*;

use crate::i18n::t;
use crate::routes::{self, Link};
use crate::ui::notice::state;
use crate::ui::page::use_title;

/// Where the reader was.
#[derive(Properties, PartialEq)]
pub struct SignedOutProps {
    /// The page to come back to.
    pub next: String,
}

/// Says that the session has ended and leads back to where it was.
#[component]
pub fn SignedOut(props: &SignedOutProps) -> Html {
    let title = t("登录已结束", "The sign-in has ended");
    use_title(&title.into());
    let again = html! { <Link class="button button--primary" to={routes::address("/sign-in", &[("next", &props.next)])}>{ t("重新登录", "Sign in again") }</Link> };
    html! {
        <main class="page" id="main" tabindex="-1">
            <h1 class="visually-hidden">{ title }</h1>
            <div class="panel">{ state("clock", title.into(), t("登录后回到刚才的页面。", "After signing in you come back to this page.").into(), again) }</div>
        </main>
    }
}
