//! The table of those who would get an account.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::model::{Edit, Edits, Planned};
use super::operations::AccountCandidateConnection;
use crate::api::types::{Labelled, PostTitle};
use crate::features::grant::{changed, select};
use crate::features::search::OrganizationPicker;
use crate::i18n::{fill, t};
use crate::routes::{self, Url};
use crate::ui::button::Button;
use crate::ui::field::options;
use crate::ui::form::{Values, use_form};
use crate::ui::notice::empty_state;
use crate::ui::pagination::Pager;
use crate::ui::table::{Column, Row, Table};

/// What the filters show.
#[derive(Properties, PartialEq)]
pub struct PreviewFiltersProps {
    /// The current address.
    pub url: Rc<Url>,
}

/// Post and organization.
#[component]
pub fn PreviewFilters(props: &PreviewFiltersProps) -> Html {
    let url = &props.url;
    let form = use_form("candidates", || {
        Values::from([("organization", url.get("organization").unwrap_or_default().to_owned())])
    });
    {
        let url = url.clone();
        use_effect_with(form.get("organization"), move |organization| {
            if !organization.is_empty() && url.get("organization") != Some(organization.as_str()) {
                routes::go(&changed(&url, "organization", organization));
            }
        });
    }
    let narrowed = ["organization", "title"].iter().any(|name| url.get(name).is_some());
    let clear = {
        let (path, form) = (url.path.clone(), form.clone());
        Callback::from(move |()| {
            form.set("organization", String::new());
            routes::go(&path);
        })
    };
    html! {
        <form class="filters" role="search" aria-label={t("任职人员", "Holders of posts")} onsubmit={|event: SubmitEvent| event.prevent_default()}>
            { select("title", t("职务", "Post"), &options::<PostTitle>(), url) }
            <OrganizationPicker {form} name="organization" label={t("组织及下级", "Organization and below")} required=false />
            if narrowed { <Button class="button--quiet button--sm" label={t("清除条件", "Clear filters")} onclick={clear} /> }
        </form>
    }
}

/// The rows, each with its name and role to change.
pub fn preview(
    page: &AccountCandidateConnection,
    plan: &[Planned],
    edits: &Edits,
    roles: &[(String, String)],
    onedit: &Callback<(String, Edit)>,
) -> Html {
    if page.nodes.is_empty() {
        return empty_state(
            t("没有要开户的人", "Nobody needs an account"),
            t(
                "符合条件的任职人员都有账号了，去掉一些条件再看。",
                "All holders of posts that match have one; take away some filters.",
            ),
            Html::default(),
        );
    }
    let columns = vec![
        Column::new(t("人员", "Person")),
        Column::new(t("职务", "Post")),
        Column::new(t("组织", "Organization")),
        Column::new(t("登录名", "Sign-in name")),
        Column::new(t("角色", "Role")),
    ];
    let rows: Vec<Row> = plan.iter().map(|row| line(row, edits, roles, onedit)).collect();
    html! {
        <>
            <Table caption={t("要开户的人", "Those who get an account")} compact=true {columns} {rows} />
            <Pager page={page.page_info.clone()} total={page.total_count} capped={page.total_count_is_capped} shown={page.nodes.len()} />
        </>
    }
}

fn line(row: &Planned, edits: &Edits, roles: &[(String, String)], onedit: &Callback<(String, Edit)>) -> Row {
    let id = row.candidate.post.id.inner().to_owned();
    let edit = edits.get(&id).cloned().unwrap_or_default();
    let who = row.candidate.person_name.clone();
    let change = {
        let (onedit, id) = (onedit.clone(), id.clone());
        Callback::from(move |edit: Edit| onedit.emit((id.clone(), edit)))
    };
    let onpick = {
        let (edit, taken) = (edit.clone(), row.taken);
        change.reform(move |_: Event| Edit { out: taken, ..edit.clone() })
    };
    let onname = {
        let (edit, change) = (edit.clone(), change.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
                change.emit(Edit { name: Some(input.value()), ..edit.clone() });
            }
        })
    };
    let onrole = Callback::from(move |event: Event| {
        if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
            change.emit(Edit { role: Some(select.value()), out: false, ..edit.clone() });
        }
    });
    let option = |(value, text): &(String, String)| {
        html! { <option value={value.clone()} selected={*value == row.role}>{ text.clone() }</option> }
    };
    let pick = fill("选择 {0}", "Select {0}", &[&who]);
    Row {
        key: id,
        cells: vec![
            html! { <label class="cluster"><input type="checkbox" aria-label={pick} checked={row.taken} disabled={row.role.is_empty()} onchange={onpick} /><span>{ who.clone() }</span></label> },
            html! { { row.candidate.post.title.label() } },
            html! { { row.candidate.place() } },
            html! { <input class="input input--sm" aria-label={fill("{0}的登录名", "Sign-in name of {0}", &[&who])} autocomplete="off" value={row.name.clone()} oninput={onname} /> },
            html! {
                <span class="select select--sm"><select aria-label={fill("{0}的角色", "Role of {0}", &[&who])} onchange={onrole}>
                    <option value="" selected={row.role.is_empty()}>{ t("选一个角色", "Choose a role") }</option>
                    { for roles.iter().map(option) }
                </select></span>
            },
        ],
    }
}
