//! The pages of the daily half.

use yew::prelude::*;

use super::stop::NotFound;
use crate::features::account::MePage;
use crate::features::affiliation::PeoplePage;
use crate::features::organization::{OrganizationEditPage, OrganizationNewPage, OrganizationPage};
use crate::features::person::{MembersPage, PersonEditPage, PersonNewPage, PersonPage};
use crate::features::sign_in::{SignIn, Start};
use crate::features::workbench::{OrganizerWorkbench, SecretaryWorkbench};
use crate::routes::Route;
use crate::session::actor::use_actor;

/// The sign-in page, which calls back with where to go on.
pub fn sign_in(onsigned: Callback<String>) -> Html {
    html! { <SignIn {onsigned} /> }
}

/// The page; one that belongs to a record begins anew for another record.
pub fn page(route: &Route) -> Html {
    match route {
        Route::Home => html! { <Home /> },
        Route::Workbench(name) => workbench(name),
        Route::Organizations => html! { <OrganizationPage id={None::<String>} /> },
        Route::Organization(id) => html! { <OrganizationPage id={Some(id.clone())} /> },
        Route::OrganizationNew => html! { <OrganizationNewPage /> },
        Route::OrganizationEdit(id) => html! { <OrganizationEditPage key={id.clone()} id={id.clone()} /> },
        Route::Members => html! { <MembersPage /> },
        Route::MemberNew => html! { <PersonNewPage key="member" member=true /> },
        Route::People => html! { <PeoplePage /> },
        Route::PersonNew => html! { <PersonNewPage key="person" member=false /> },
        Route::Person(id) => html! { <PersonPage key={id.clone()} id={id.clone()} /> },
        Route::PersonEdit(id) => html! { <PersonEditPage key={id.clone()} id={id.clone()} /> },
        Route::Me => html! { <MePage /> },
        Route::Start(code) => html! { <Start code={code.clone()} /> },
        Route::SignIn | Route::Desk(_) | Route::NotFound => html! { <NotFound /> },
    }
}

fn workbench(name: &str) -> Html {
    match name {
        "secretary" => html! { <SecretaryWorkbench /> },
        "organizer" => html! { <OrganizerWorkbench /> },
        _ => html! { <MePage /> },
    }
}

/// The first workbench of the viewer.
#[component]
fn Home() -> Html {
    let home = use_actor().map_or("/me", |actor| actor.home());
    workbench(home.rsplit('/').next().unwrap_or_default())
}
