//! What a change of a role would mean, before it is saved.

use yew::prelude::*;

use super::model::{Content, effect_sentence};
use super::operations::{
    RoleChangePreview, RoleChangePreviewQuery, RoleChangePreviewVariables, RoleEffect, RoleUpdate, RoleUpdateInput,
};
use crate::api::types::RolePart;
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::features::person::dialogs::use_done;
use crate::i18n::{fill, t};
use crate::ui::async_view::async_view;
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;
use crate::ui::icon::icon;
use crate::ui::notice::notice;

/// Which change.
#[derive(Properties, PartialEq)]
pub struct SaveDialogProps {
    /// As people call the role.
    pub name: AttrValue,
    /// What it shall be.
    pub input: RoleUpdateInput,
    /// Called when it is saved.
    pub onsaved: Callback<()>,
    /// Called when it is closed without that.
    pub onclose: Callback<()>,
}

/// Shows who gains and loses what; saves.
#[component]
pub fn SaveDialog(props: &SaveDialogProps) -> Html {
    let content = Content {
        permissions: props.input.permissions.clone().unwrap_or_default(),
        pass_on: props.input.pass_on.clone().unwrap_or_default(),
    };
    let query = use_query::<RoleChangePreviewQuery, _>(RoleChangePreviewVariables {
        role: props.input.role.clone(),
        permissions: content.permissions,
        pass_on: content.pass_on,
    });
    let update = use_mutation::<RoleUpdate>();
    let form = use_form("role-save", Values::default);
    let done = use_done(fill("已保存角色，{0}", "Role saved, {0}", &[&props.name]), &props.onsaved);
    let onsubmit = {
        let (update, input) = (update.clone(), props.input.clone());
        Callback::from(move |()| update.run(input.clone(), done.reform(|_| ())))
    };
    let preview = query.data.as_ref().and_then(|data| data.role_change_preview.clone());
    let blocked = preview.as_ref().is_none_or(|preview| !preview.user_errors.is_empty());
    html! {
        <FormDialog title={fill("保存角色，{0}", "Save role, {0}", &[&props.name])} action={t("保存角色", "Save role")} {form} state={update.state()} incomplete={blocked} {onsubmit} onclose={props.onclose.clone()}>
            { async_view(&query, t("保存后的变化", "what would change"), 3, |data| match &data.role_change_preview {
                Some(preview) => changes(preview),
                None => Html::default(),
            }) }
        </FormDialog>
    }
}

fn changes(preview: &RoleChangePreview) -> Html {
    html! {
        <div class="stack">
            { for preview.user_errors.iter().map(|error| notice("danger", html! { <p>{ error.message.clone() }</p> }, Html::default())) }
            <h3>{ t("保存后有什么变化", "What saving changes") }</h3>
            if preview.effects.is_empty() {
                <p class="muted">{ t("权限没有变化。", "The permissions stay as they are.") }</p>
            } else {
                <p class="meta">{ t("保存后立即生效。还有别的授权、因此保留权限的账号不计在内。", "It works at once. Accounts that keep the permission by another grant are not counted.") }</p>
                <ul class="effects">{ for preview.effects.iter().map(effect) }</ul>
            }
            if !preview.complete { <p class="meta">{ icon("info") }{ t("您看不到全部授权，可能还有其他账号受影响。", "You do not see every grant; more accounts may be concerned.") }</p> }
        </div>
    }
}

fn effect(effect: &RoleEffect) -> Html {
    let (class, word) = match (effect.part, effect.gained) {
        (RolePart::Use, true) => ("change change--add", t("+ 使用", "+ Use")),
        (RolePart::Use, false) => ("change change--remove", t("− 使用", "− Use")),
        (RolePart::PassOn, true) => ("change change--add", t("+ 转授", "+ Pass on")),
        (RolePart::PassOn, false) => ("change change--remove", t("− 转授", "− Pass on")),
    };
    let names: Vec<&str> = effect.accounts.iter().map(|account| account.name.as_str()).collect();
    let more = usize::try_from(effect.account_count).unwrap_or_default() > names.len() && !names.is_empty();
    html! {
        <li class="stack stack--tight">
            <p><span {class}>{ word }</span>{ " " }<b>{ effect.permission.label.clone() }</b>{ " " }<code class="meta">{ effect.permission.name.clone() }</code></p>
            <p class="muted">{ effect_sentence(effect) }if !names.is_empty() { { " " }{ names.join(t("、", ", ")) }if more { { t(" 等", " and others") } } }</p>
        </li>
    }
}
