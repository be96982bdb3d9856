//! Which organization the reader works in now.

use yew::prelude::*;

use crate::api::fragments::OrganizationItem;
use crate::i18n::t;
use crate::session::actor::use_actor;
use crate::ui::icon::{hidden_text, icon, small_icon};
use crate::ui::menu::{Item, Menu};

/// The current organization, and a list of the others.
#[component]
pub fn OrganizationSwitch() -> Html {
    let Some(actor) = use_actor() else { return Html::default() };
    let Some(organization) = actor.organization.clone() else { return Html::default() };
    let role = actor.role();
    let text =
        html! { <span class="grow"><b>{ organization.name.clone() }</b><span class="meta">{ role }</span></span> };
    if actor.viewer.organizations.len() < 2 {
        return html! { <div class="orgswitch">{ icon("organization") }{ text }</div> };
    }
    let item = |organization: &OrganizationItem| {
        let (choose, chosen) = (actor.choose.clone(), organization.clone());
        Item::new("organization", organization.name.clone(), Callback::from(move |()| choose.emit(chosen.clone())))
    };
    let items: Vec<_> = actor.viewer.organizations.iter().map(item).collect();
    let face = html! { <>{ icon("organization") }{ text }{ small_icon("switch") }{ hidden_text(t("切换组织", "Change organization")) }</> };
    html! { <Menu class="orgswitch" start=true label={t("切换组织", "Change organization")} {face} {items} /> }
}
