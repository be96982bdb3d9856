//! The filters of the list of grants: everything stands in the address.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::api::types::{GrantStatus, Labelled};
use crate::api::use_query::use_query;
use crate::features::account::operations::RolesQuery;
use crate::features::search::OrganizationPicker;
use crate::i18n::{fill, t};
use crate::routes::{self, Url};
use crate::ui::button::Button;
use crate::ui::form::{Values, use_form};
use crate::ui::icon::hidden_text;

/// The address with one filter changed, at the first page.
pub fn changed(url: &Url, name: &str, value: &str) -> String {
    url.with("after", "").with("before", "").with(name, value).address()
}

/// What the filters show.
#[derive(Properties, PartialEq)]
pub struct GrantFiltersProps {
    /// The current address.
    pub url: Rc<Url>,
}

/// Role, state, end and organization.
#[component]
pub fn GrantFilters(props: &GrantFiltersProps) -> Html {
    let url = &props.url;
    let roles = use_query::<RolesQuery, ()>(());
    let roles: Vec<_> = roles
        .data
        .iter()
        .flat_map(|data| &data.roles)
        .map(|role| (role.id.inner().to_owned(), role.name.clone()))
        .collect();
    let status = [GrantStatus::InForce, GrantStatus::Waiting, GrantStatus::Upcoming, GrantStatus::Ended];
    let status: Vec<_> = status.iter().map(|one| (one.code().to_owned(), one.label().to_owned())).collect();
    let days = ["7", "30", "90"]
        .iter()
        .map(|days| ((*days).to_owned(), fill("{0} 天内到期", "Ends within {0} days", &[*days])));
    let form =
        use_form("grants", || Values::from([("organization", url.get("organization").unwrap_or_default().to_owned())]));
    {
        let url = url.clone();
        use_effect_with(form.get("organization"), move |organization| {
            if !organization.is_empty() && url.get("organization") != Some(organization.as_str()) {
                routes::go(&changed(&url, "organization", organization));
            }
        });
    }
    let narrowed = ["account", "role", "organization", "status", "ending"].iter().any(|name| url.get(name).is_some());
    let clear = {
        let (path, form) = (url.path.clone(), form.clone());
        Callback::from(move |()| {
            form.set("organization", String::new());
            routes::go(&path);
        })
    };
    html! {
        <form class="filters" role="search" aria-label={t("授权", "Grants")} onsubmit={|event: SubmitEvent| event.prevent_default()}>
            { select("role", t("角色", "Role"), &roles, url) }
            { select("status", t("状态", "State"), &status, url) }
            { select("ending", t("到期", "End"), &days.collect::<Vec<_>>(), url) }
            <OrganizationPicker {form} name="organization" label={t("组织及下级", "Organization and below")} required=false />
            if narrowed { <Button class="button--quiet button--sm" label={t("清除条件", "Clear filters")} onclick={clear} /> }
        </form>
    }
}

/// A select whose choice stands in the address under `name`.
pub fn select(name: &'static str, label: &'static str, options: &[(String, String)], url: &Rc<Url>) -> Html {
    let value = url.get(name).unwrap_or_default().to_owned();
    let onchange = {
        let url = url.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
                routes::go(&changed(&url, name, &select.value()));
            }
        })
    };
    html! {
        <label class="select select--sm">{ hidden_text(label) }
            <select {onchange}>
                <option value="" selected={value.is_empty()}>{ label }</option>
                { for options.iter().map(|(code, text)| html! { <option value={code.clone()} selected={value == *code}>{ text.clone() }</option> }) }
            </select>
        </label>
    }
}
