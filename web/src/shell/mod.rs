//! The frame around all pages of a signed-in reader: navigation, top bar, tab bar.

mod account_menu;
pub mod daily;
pub mod desk;
mod nav;
mod organization_switch;
mod preview;
pub mod stop;
pub mod theme;
mod topbar;

use std::rc::Rc;

use yew::prelude::*;

use crate::api::errors::{ApiError, ErrorKind};
use crate::api::fragments::OrganizationItem;
use crate::api::use_query::use_query;
use crate::features::job::JobsHost;
use crate::features::problem_report::ProblemReportDialog;
use crate::features::second_factor::Lacking;
use crate::i18n::t;
use crate::routes::{Forward, Route, use_url};
use crate::session::actor::{Actor, ORGANIZATION_KEY, ViewerQuery, first_organization, use_actor};
use crate::ui::async_view::{error_state, skeleton};
use crate::ui::browser;
use nav::{Nav, Tabbar};
use preview::PreviewBanner;
use topbar::Topbar;

/// What the shell shows.
#[derive(Properties, PartialEq)]
pub struct ShellProps {
    /// Which page is open.
    pub route: Route,
    /// The page itself.
    pub page: Html,
    /// Signs out.
    pub sign_out: Callback<()>,
}

/// Finds out who the viewer is, then draws the frame with the page in it.
#[component]
pub fn Shell(props: &ShellProps) -> Html {
    let query = use_query::<ViewerQuery, ()>(());
    let chosen = use_state(|| None::<OrganizationItem>);
    let Some(data) = &query.data else {
        let content = match &query.error {
            Some(error) => error_state(error, t("账号信息", "account"), &query.retry),
            None => skeleton(4),
        };
        return unframed(content);
    };
    let Some(viewer) = &data.viewer else {
        return html! { <main class="page" id="main">{ error_state(&ApiError::new(ErrorKind::SignedOut), t("账号信息", "account"), &props.sign_out) }</main> };
    };
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |organization: OrganizationItem| {
            browser::store(ORGANIZATION_KEY, organization.id.inner());
            chosen.set(Some(organization));
        })
    };
    let organization = (*chosen).clone().or_else(|| first_organization(viewer));
    let actor = Actor { viewer: Rc::new(viewer.clone()), organization, choose, sign_out: props.sign_out.clone() };
    if props.route == Route::Home && actor.home() == "/desk" {
        // The other half draws its own frame; one of this half would only flash up.
        return unframed(html! { <>{ skeleton(4) }<Forward to="/desk" /></> });
    }
    html! {
        <ContextProvider<Actor> context={actor}>
            <JobsHost><Frame route={props.route.clone()} page={props.page.clone()} /></JobsHost>
        </ContextProvider<Actor>>
    }
}

/// A page before it is known who the viewer is and where he belongs.
fn unframed(content: Html) -> Html {
    html! { <main class="page" id="main"><h1 class="visually-hidden">{ t("江海", "Jianghai") }</h1>{ content }</main> }
}

#[derive(Properties, PartialEq)]
struct FrameProps {
    route: Route,
    page: Html,
}

#[component]
fn Frame(props: &FrameProps) -> Html {
    let lacking = use_actor().is_some_and(|actor| actor.viewer.lacks_second_factor);
    let rail = use_state(|| browser::stored("jianghai.nav").as_deref() == Some("rail"));
    let drawer = use_state(|| false);
    let reporting = use_state(|| false);
    let url = use_url();
    {
        let drawer = drawer.clone();
        use_effect_with(url.path.clone(), move |_| drawer.set(false));
    }
    let toggle_rail = {
        let rail = rail.clone();
        Callback::from(move |()| {
            browser::store("jianghai.nav", if *rail { "wide" } else { "rail" });
            rail.set(!*rail);
        })
    };
    let set_drawer = {
        let drawer = drawer.clone();
        Callback::from(move |open: bool| {
            drawer.set(open);
            browser::focus(if open { "nav" } else { "main" });
        })
    };
    let set_reporting = {
        let reporting = reporting.clone();
        Callback::from(move |open: bool| reporting.set(open))
    };
    let mode = match (*drawer, *rail) {
        (true, _) => Some("open"),
        (false, true) => Some("rail"),
        (false, false) => None,
    };
    html! {
        <>
            <a class="skip" href="#main">{ t("跳到正文", "Skip to content") }</a>
            <div class="app" data-nav={mode}>
                <Nav route={props.route.clone()} rail={*rail} {toggle_rail} onclose={set_drawer.reform(|()| false)} onreport={set_reporting.reform(|()| true)} />
                <div class="main">
                    <Topbar ondrawer={set_drawer.reform(|()| true)} onreport={set_reporting.reform(|()| true)} />
                    <PreviewBanner />
                    <main class="page" id="main" tabindex="-1">if lacking { <Lacking /> }{ props.page.clone() }</main>
                </div>
                <Tabbar route={props.route.clone()} />
            </div>
            if *reporting { <ProblemReportDialog onclose={set_reporting.reform(|()| false)} /> }
        </>
    }
}
