//! The permissions of one role, by what they are about.

use std::rc::Rc;

use yew::prelude::*;

use super::model::{Content, groups};
use super::operations::Permission;
use crate::api::types::{PermissionCode, RolePart};
use crate::i18n::t;
use crate::ui::icon::{hidden_text, small_icon};
use crate::ui::page::Panel;

/// Which permissions, and whether they may be changed.
#[derive(Properties, PartialEq)]
pub struct CatalogueProps {
    /// All of them.
    pub catalogue: Rc<Vec<Permission>>,
    /// What the role carries.
    pub content: Content,
    /// What is saved.
    pub saved: Content,
    /// Whether they may be changed.
    pub editable: bool,
    /// Called with what it shall carry.
    pub onchange: Callback<Content>,
}

/// A table of permissions with a mark for use and one for passing on.
#[component]
pub fn Catalogue(props: &CatalogueProps) -> Html {
    let group = |(label, permissions): &(&str, Vec<&Permission>)| {
        html! {
            <tbody key={(*label).to_owned()}>
                <tr class="matrix__group"><th colspan="3" scope="rowgroup">{ (*label).to_owned() }</th></tr>
                { for permissions.iter().map(|permission| row(props, permission)) }
            </tbody>
        }
    };
    html! {
        <Panel id="permissions" title={t("权限", "Permissions")}>
            <div class="table-wrap">
                <table class="table table--compact catalogue">
                    <caption class="visually-hidden">{ t("角色的权限：使用的，和可转授的", "Permissions of the role: to use, and to pass on") }</caption>
                    <thead><tr><th scope="col">{ t("权限", "Permission") }</th><th scope="col">{ t("使用", "Use") }</th><th scope="col">{ t("转授", "Pass on") }</th></tr></thead>
                    { for groups(&props.catalogue).iter().map(group) }
                </table>
            </div>
        </Panel>
    }
}

fn row(props: &CatalogueProps, permission: &Permission) -> Html {
    let cell = |part: RolePart, word: &'static str| {
        let (has, had) = (props.content.has(part, permission.code), props.saved.has(part, permission.code));
        let class = classes!((has != had).then_some("is-edited"));
        html! { <td {class}>{ mark(props, permission, part, word, has) }</td> }
    };
    html! {
        <tr key={permission.name.clone()}>
            <th scope="row">
                <p>{ permission.label.clone() }{ " " }<code class="meta only-wide">{ permission.name.clone() }</code>if permission.sensitive { { " " }<span class="status status--warn">{ t("敏感", "Sensitive") }</span> }</p>
                <p class="meta">{ permission.sentence.clone() }</p>
            </th>
            { cell(RolePart::Use, t("使用", "Use")) }
            { cell(RolePart::PassOn, t("转授", "Pass on")) }
        </tr>
    }
}

fn mark(props: &CatalogueProps, permission: &Permission, part: RolePart, word: &'static str, has: bool) -> Html {
    if !props.editable {
        return if has {
            html! { <span class="matrix__has">{ small_icon("check") }{ hidden_text(t("有", "Yes")) }</span> }
        } else {
            html! { <span class="matrix__no"><span aria-hidden="true">{ "·" }</span>{ hidden_text(t("无", "No")) }</span> }
        };
    }
    let code: PermissionCode = permission.code;
    let (content, onchange) = (props.content.clone(), props.onchange.clone());
    let toggle = Callback::from(move |_: Event| onchange.emit(content.toggled(part, code)));
    html! { <input class="tick" type="checkbox" aria-label={format!("{word}：{}", permission.label)} checked={has} onchange={toggle} /> }
}
