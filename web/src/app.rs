//! The root: finds out who is there, then draws the sign-in page or the shell.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::api::auth;
use crate::api::errors::ErrorKind;
use crate::api::use_query::Epoch;
use crate::features::sign_in::SignedOut;
use crate::i18n;
use crate::routes::{self, Forward, Route, Router, use_url};
use crate::session::token;
use crate::shell::Shell;
use crate::ui::async_view::{error_state, skeleton};
use crate::ui::toast::ToastHost;

/// Who is there.
#[derive(Clone, PartialEq)]
enum Phase {
    /// Not known yet.
    Starting,
    /// The server was not reached.
    Unreachable,
    /// Nobody; a session may have ended under the reader's hands.
    SignedOut { ended: bool },
    /// Somebody.
    SignedIn,
}

/// Redraws everything in another language.
#[derive(Clone, PartialEq)]
pub struct Language(pub Callback<()>);

/// What sets one half of the app apart from the other.
#[derive(Properties, Clone, PartialEq)]
pub struct HalfProps {
    /// Draws the page of a route.
    pages: Callback<Route, Html>,
    /// Draws the sign-in page, which calls back with where to go on.
    sign_in: Callback<Callback<String>, Html>,
}

/// Draws one half of the app into the document.
pub fn draw(pages: fn(&Route) -> Html, sign_in: fn(Callback<String>) -> Html) {
    i18n::restore();
    let props = HalfProps { pages: Callback::from(move |route| pages(&route)), sign_in: Callback::from(sign_in) };
    yew::Renderer::<App>::with_props(props).render();
}

#[component]
fn App(props: &HalfProps) -> Html {
    let locale = use_state(i18n::current);
    let language = {
        let locale = locale.clone();
        Language(Callback::from(move |()| {
            if routes::may_leave() {
                let next = i18n::current().other();
                i18n::choose(next);
                locale.set(next);
            }
        }))
    };
    html! {
        <ContextProvider<Language> context={language}>
            <Router>
                <Session key={locale.tag()} ..props.clone() />
            </Router>
        </ContextProvider<Language>>
    }
}

#[component]
fn Session(props: &HalfProps) -> Html {
    let phase = use_state(|| Phase::Starting);
    let epoch = use_reducer(|| Count(0));
    let url = use_url();
    let start = {
        let phase = phase.clone();
        Callback::from(move |()| {
            let phase = phase.clone();
            spawn_local(async move {
                match token::valid().await {
                    Ok(_) => phase.set(Phase::SignedIn),
                    Err(error) if error.kind == ErrorKind::Offline => phase.set(Phase::Unreachable),
                    Err(_) => phase.set(Phase::SignedOut { ended: false }),
                }
            });
        })
    };
    {
        let (phase, start) = (phase.clone(), start.clone());
        use_effect_with((), move |()| {
            token::on_lost(Callback::from(move |ended| phase.set(Phase::SignedOut { ended })));
            start.emit(());
        });
    }
    let sign_in = {
        let phase = phase.clone();
        Callback::from(move |next: String| {
            phase.set(Phase::SignedIn);
            routes::go_saved(&next);
        })
    };
    let sign_out = {
        let phase = phase.clone();
        Callback::from(move |()| {
            let phase = phase.clone();
            spawn_local(async move {
                auth::sign_out().await;
                token::forget();
                phase.set(Phase::SignedOut { ended: false });
                routes::go_saved("/sign-in");
            });
        })
    };
    let context = {
        let dispatcher = epoch.dispatcher();
        Epoch { count: epoch.0, bump: use_callback((), move |(), ()| dispatcher.dispatch(())) }
    };
    let content = match (&*phase, Route::of(&url.path)) {
        (Phase::Starting, _) => html! { <main class="page" id="main">{ skeleton(3) }</main> },
        (Phase::Unreachable, _) => {
            let error = crate::api::errors::ApiError::new(ErrorKind::Offline);
            html! { <main class="page" id="main"><h1 class="visually-hidden">{ i18n::t("江海", "Jianghai") }</h1>{ error_state(&error, i18n::t("登录状态", "sign-in"), &start) }</main> }
        }
        (_, route @ Route::Start(_)) => props.pages.emit(route),
        (Phase::SignedOut { .. }, Route::SignIn) => props.sign_in.emit(sign_in),
        (Phase::SignedOut { ended: true }, _) => html! { <SignedOut next={url.address()} /> },
        (Phase::SignedOut { ended: false }, _) => html! { <ToSignIn next={url.address()} /> },
        (Phase::SignedIn, Route::SignIn) => {
            html! { <Forward to={url.get("next").filter(|next| next.starts_with('/') && !next.starts_with("//")).unwrap_or("/").to_owned()} /> }
        }
        (Phase::SignedIn, route) => html! { <Shell page={props.pages.emit(route.clone())} {route} {sign_out} /> },
    };
    html! {
        <ContextProvider<Epoch> {context}>
            <ToastHost>{ content }</ToastHost>
        </ContextProvider<Epoch>>
    }
}

#[derive(PartialEq)]
struct Count(usize);

impl Reducible for Count {
    type Action = ();

    fn reduce(self: Rc<Self>, (): ()) -> Rc<Self> {
        Rc::new(Self(self.0 + 1))
    }
}

#[derive(Properties, PartialEq)]
struct ToSignInProps {
    next: String,
}

/// Sends a visitor to the sign-in page and remembers where he wanted to go.
#[component]
fn ToSignIn(props: &ToSignInProps) -> Html {
    let next = if props.next == "/" { "" } else { props.next.as_str() };
    html! { <Forward to={routes::address("/sign-in", &[("next", next)])} /> }
}
