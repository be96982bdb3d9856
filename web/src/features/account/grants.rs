//! Roles of an account, and those that wait for a second holder.

use yew::prelude::*;

use super::actions::{RoleGrantConfirm, RoleGrantConfirmInput};
use super::operations::{Grant, GrantToConfirm, GrantsToConfirmQuery};
use crate::api::types::Labelled;
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::features::person::period;
use crate::i18n::{fill, t};
use crate::routes::{Link, organization};
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::icon::icon;
use crate::ui::notice::{empty_line, empty_state, notice};
use crate::ui::page::Panel;
use crate::ui::toast::use_toaster;

/// What can be done to a grant in a list.
pub struct GrantActs {
    /// Extends it.
    pub onextend: Callback<Grant>,
    /// Ends it.
    pub onend: Callback<Grant>,
}

/// Roles with scope, period and reason; buttons extend and end one where allowed.
pub fn grants_list(grants: &[Grant], acts: Option<&GrantActs>) -> Html {
    if grants.is_empty() {
        return empty_state(
            t("没有授权", "No roles"),
            t("没有角色的账号只能看到公开内容。", "Without a role, an account sees only what is public."),
            Html::default(),
        );
    }
    let entry = |grant: &Grant| {
        let with = |callback: &Callback<Grant>| {
            let grant = grant.clone();
            callback.reform(move |()| grant.clone())
        };
        html! {
            <li class="spread" key={grant.id.inner().to_owned()}>
                { words(grant) }
                <span class="cluster">
                    if grant.confirmable { <Confirm grant={grant.clone()} urgent=true /> }
                    if let Some(acts) = acts.filter(|_| grant.extendable) { <Button class="button--sm" label={t("延长授权", "Extend grant")} subject={grant.role_name()} onclick={with(&acts.onextend)} /> }
                    if let Some(acts) = acts.filter(|_| grant.endable) { <Button class="button--sm" label={t("结束授权", "End grant")} subject={grant.role_name()} onclick={with(&acts.onend)} /> }
                </span>
            </li>
        }
    };
    html! { <ul class="list list--tight">{ for grants.iter().map(entry) }</ul> }
}

/// What a grant says: role, place, period, giver, second holder, reason.
fn words(grant: &Grant) -> Html {
    let period = period(&grant.from.0, grant.until.as_ref().map(|day| day.0.as_str()));
    let by = grant.granted_by.as_ref().map(|by| fill("，{0}授予", ", granted by {0}", &[by])).unwrap_or_default();
    let second =
        grant.confirmed_by.as_ref().map(|by| fill("，{0}确认", ", confirmed by {0}", &[by])).unwrap_or_default();
    html! {
        <span>
            <b>{ grant.role_name() }</b>{ " · " }{ scope(grant) }
            if let Some(post) = &grant.post { { " " }<span class="tag">{ fill("随职务结束：{0}", "Ends with the post: {0}", &[post.title.label()]) }</span> }
            if grant.waiting { { " " }<span class="status status--warn">{ t("待第二人确认", "Waits for a second holder") }</span> }
            <br /><span class="meta">{ period }{ by }{ second }{ t("：", ": ") }{ grant.reason.clone() }</span>
        </span>
    }
}

/// Where a grant reaches.
pub fn scope(grant: &Grant) -> Html {
    match &grant.organization {
        Some(place) => html! { <Link to={organization(&place.id)}>{ place.name.clone() }</Link> },
        None => html! { { grant.scope.label() } },
    }
}

#[derive(Properties, PartialEq)]
pub struct ConfirmProps {
    /// The grant.
    pub grant: Grant,
    /// Whether it is the most urgent row.
    #[prop_or_default]
    pub urgent: bool,
}

/// Puts a grant into force.
#[component]
pub fn Confirm(props: &ConfirmProps) -> Html {
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
            <Button class={classes!("button--sm", props.urgent.then_some("button--primary"))} label={t("确认授权", "Confirm")} subject={props.grant.role_name()} {onclick} />
        </>
    }
}

/// Grants that wait for the viewer, oldest first.
#[component]
pub fn GrantsToConfirm() -> Html {
    let query = use_query::<GrantsToConfirmQuery, ()>(());
    let count = query.data.as_ref().map_or(0, |data| data.grants_to_confirm.len());
    let title = html! { <>{ t("等你确认的授权", "Grants that wait for you") }if count > 0 { { " " }<span class="num">{ count }</span> }</> };
    html! {
        <Panel id="confirm" {title} busy={query.busy}>
            { async_view(&query, t("等你确认的授权", "grants that wait for you"), 1, |data| match data.grants_to_confirm.as_slice() {
                [] => empty_line(t("没有等你确认的授权。", "No grant waits for you.")),
                waiting => html! { <ul class="due">{ for waiting.iter().enumerate().map(|(index, waiting)| due(waiting, index == 0)) }</ul> },
            }) }
        </Panel>
    }
}

/// A grant as something to do: for whom, what, where, by whom and why.
fn due(waiting: &GrantToConfirm, urgent: bool) -> Html {
    let grant = &waiting.grant;
    let role = grant.role_name();
    let what = waiting.account.as_ref().map_or_else(
        || html! { { role.clone() } },
        |account| html! { <Link to={format!("/desk/accounts/{}", account.id.inner())}>{ account.name.clone() }{ t("：", ": ") }{ role.clone() }</Link> },
    );
    let by = grant.granted_by.as_ref().map(|by| fill("，{0}授予", ", granted by {0}", &[by])).unwrap_or_default();
    html! {
        <li class="due__item" key={grant.id.inner().to_owned()}>
            <span class="due__icon">{ icon("role") }</span>
            <div class="due__main"><p class="due__what">{ what }</p><p class="due__for">{ scope(grant) }{ by }{ t("：", ": ") }{ grant.reason.clone() }</p></div>
            <div class="due__when"><span class="status status--warn">{ t("等待确认", "Waits") }</span><span class="meta">{ period(&grant.from.0, grant.until.as_ref().map(|day| day.0.as_str())) }</span></div>
            <div><Confirm grant={grant.clone()} {urgent} /></div>
        </li>
    }
}
