//! Roles of an account, and those that wait for a second holder.

use yew::prelude::*;

use super::actions::{RoleGrantConfirm, RoleGrantConfirmInput};
use super::operations::{Grant, GrantsToConfirmQuery};
use crate::api::types::Labelled;
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::features::person::period;
use crate::i18n::{fill, t};
use crate::routes::{Link, organization};
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::notice::{empty_state, notice};
use crate::ui::page::Panel;
use crate::ui::toast::use_toaster;

/// Roles with scope, period and reason; a button ends one where allowed.
pub fn grants_list(grants: &[Grant], may_end: bool, onend: &Callback<Grant>) -> Html {
    if grants.is_empty() {
        return empty_state(
            t("没有授权", "No roles"),
            t("没有角色的账号只能看到公开内容。", "Without a role, an account sees only what is public."),
            Html::default(),
        );
    }
    let entry = |grant: &Grant| {
        let onclick = {
            let (onend, grant) = (onend.clone(), grant.clone());
            Callback::from(move |()| onend.emit(grant.clone()))
        };
        html! {
            <li class="spread" key={grant.id.inner().to_owned()}>
                { words(grant, None) }
                <span class="cluster">
                    if grant.confirmable { <Confirm grant={grant.clone()} /> }
                    if may_end && grant.until.is_none() { <Button class="button--sm" label={t("结束授权", "End grant")} subject={grant.role_name()} {onclick} /> }
                </span>
            </li>
        }
    };
    html! { <ul class="list list--tight">{ for grants.iter().map(entry) }</ul> }
}

/// What a grant says: role, place, period, giver, second holder, reason.
fn words(grant: &Grant, whose: Option<Html>) -> Html {
    let scope = match &grant.organization {
        Some(place) => html! { <Link to={organization(&place.id)}>{ place.name.clone() }</Link> },
        None => html! { { grant.scope.label() } },
    };
    let period = period(&grant.from.0, grant.until.as_ref().map(|day| day.0.as_str()));
    let by = grant.granted_by.as_ref().map(|by| fill("，{0}授予", ", granted by {0}", &[by])).unwrap_or_default();
    let second =
        grant.confirmed_by.as_ref().map(|by| fill("，{0}确认", ", confirmed by {0}", &[by])).unwrap_or_default();
    html! {
        <span>
            if let Some(whose) = whose { { whose }{ " · " } }
            <b>{ grant.role_name() }</b>{ " · " }{ scope }
            if grant.waiting { { " " }<span class="status status--warn">{ t("待第二人确认", "Waits for a second holder") }</span> }
            <br /><span class="meta">{ period }{ by }{ second }{ t("：", ": ") }{ grant.reason.clone() }</span>
        </span>
    }
}

#[derive(Properties, PartialEq)]
struct ConfirmProps {
    grant: Grant,
}

/// Puts a grant into force.
#[component]
fn Confirm(props: &ConfirmProps) -> Html {
    let confirm = use_mutation::<RoleGrantConfirm>();
    let toaster = use_toaster();
    let onclick = {
        let (confirm, id) = (confirm.clone(), props.grant.id.clone());
        Callback::from(move |()| {
            let toaster = toaster.clone();
            let done = Callback::from(move |_| toaster.show(t("已确认，授权生效", "Confirmed; the grant is in force")));
            confirm.run(RoleGrantConfirmInput { grant: id.clone() }, done);
        })
    };
    let state = confirm.state();
    html! {
        <>
            if let Some(failure) = &state.failure { { notice("danger", html! { { failure.sentence() } }, Html::default()) } }
            { for state.errors.iter().map(|error| notice("danger", html! { { error.message.clone() } }, Html::default())) }
            <Button class="button--primary button--sm" label={t("确认授权", "Confirm")} subject={props.grant.role_name()} {onclick} />
        </>
    }
}

/// Grants that wait for the viewer; nothing where none does.
#[component]
pub fn GrantsToConfirm() -> Html {
    let query = use_query::<GrantsToConfirmQuery, ()>(());
    if query.data.as_ref().is_some_and(|data| data.grants_to_confirm.is_empty()) {
        return Html::default();
    }
    html! {
        <Panel id="confirm" title={t("等你确认的授权", "Grants that wait for you")} busy={query.busy}>
            { async_view(&query, t("等你确认的授权", "grants that wait for you"), 1, |data| html! {
                <ul class="list list--tight">
                    { for data.grants_to_confirm.iter().map(|waiting| {
                        let whose = waiting.account.as_ref().map(|account| html! { <Link to={format!("/desk/accounts/{}", account.id.inner())}>{ account.name.clone() }</Link> });
                        html! {
                            <li class="spread" key={waiting.grant.id.inner().to_owned()}>{ words(&waiting.grant, whose) }<Confirm grant={waiting.grant.clone()} /></li>
                        }
                    }) }
                </ul>
            }) }
        </Panel>
    }
}
