//! Choosing those who get accounts, and opening them.

use std::rc::Rc;

use yew::prelude::*;

use super::super::operations::RolesQuery;
use super::model::{Edit, Edits, Planned, planned};
use super::operations::{
    AccountCandidateFilter, AccountCandidatesQuery, AccountCandidatesVariables, AccountOpenForPosts,
    AccountOpenForPostsInput, Outcome,
};
use super::preview::{PreviewFilters, preview};
use super::results::Results;
use crate::api::types::{Date, Labelled, PermissionCode, PostTitle};
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::{use_query, use_query_when};
use crate::i18n::calendar::days_later;
use crate::i18n::{fill, t};
use crate::routes::{Url, use_url};
use crate::session::actor::use_actor;
use crate::shell::stop::Forbidden;
use crate::ui::async_view::async_view;
use crate::ui::browser;
use crate::ui::button::Button;
use crate::ui::field::{Field, Kind};
use crate::ui::form::{FormHandle, Values, use_form};
use crate::ui::form_dialog::error_summary;
use crate::ui::page::{PageHead, Panel};
use crate::ui::pagination::PageArguments;

const PAGE_SIZE: i32 = 50;

/// What was planned, and what became of it.
pub type Done = Rc<Vec<(Planned, Outcome)>>;

/// Who would get an account; after opening, the slips.
#[component]
pub fn FromPostsPage() -> Html {
    let done = use_state(|| None::<Done>);
    let may = use_actor().is_some_and(|actor| actor.may(PermissionCode::AccountCreate));
    if !may {
        return html! { <Forbidden /> };
    }
    let title = t("按职务批量开户", "Accounts for holders of posts");
    let crumbs = vec![(AttrValue::from(t("账号与授权", "Accounts")), AttrValue::from("/desk/accounts"))];
    let ondone = {
        let done = done.clone();
        Callback::from(move |rows: Option<Done>| done.set(rows))
    };
    if let Some(rows) = &*done {
        return html! { <><PageHead {title} {crumbs} /><Results rows={rows.clone()} onback={ondone.reform(|()| None)} /></> };
    }
    let meta = t(
        "现任职务、还没有账号的人。只显示姓名和职务。",
        "Those who hold a post and have no account. Nothing but name and post is shown.",
    );
    html! { <><PageHead {title} {crumbs} meta={html! { { meta } }} /><Choose ondone={ondone.reform(Some)} /></> }
}

fn variables(url: &Url) -> AccountCandidatesVariables {
    let PageArguments { first, after, last, before } = PageArguments::of(url, PAGE_SIZE);
    let filter = AccountCandidateFilter {
        organization: url.get("organization").map(cynic::Id::new),
        titles: url.get("title").and_then(PostTitle::from_code).map(|title| vec![title]),
    };
    AccountCandidatesVariables { first, after, last, before, filter: Some(filter) }
}

#[derive(Properties, PartialEq)]
struct ChooseProps {
    ondone: Callback<Done>,
}

#[component]
fn Choose(props: &ChooseProps) -> Html {
    let url = use_url();
    let query = use_query::<AccountCandidatesQuery, _>(variables(&url));
    let may_roles = use_actor().is_some_and(|actor| actor.may(PermissionCode::RoleRead));
    let roles = use_query_when::<RolesQuery, ()>(may_roles.then_some(()));
    let roles: Vec<_> = roles
        .data
        .iter()
        .flat_map(|data| &data.roles)
        .map(|role| (role.id.inner().to_owned(), role.name.clone()))
        .collect();
    let edits = use_state(Edits::new);
    let form = use_form("from-posts", Values::default);
    let open = use_mutation::<AccountOpenForPosts>();
    let key = use_memo((), |()| browser::fresh_key());
    let onedit = {
        let edits = edits.clone();
        Callback::from(move |(id, edit): (String, Edit)| {
            let mut next = (*edits).clone();
            next.insert(id, edit);
            edits.set(next);
        })
    };
    let rows = query.data.as_ref().map_or(&[][..], |data| data.account_candidates.nodes.as_slice());
    let plan = planned(rows, &edits);
    let taken: Rc<Vec<Planned>> = Rc::new(plan.iter().filter(|row| row.taken).cloned().collect());
    let onturn = {
        let (edits, plan) = (edits.clone(), plan.clone());
        Callback::from(move |out: bool| {
            let mut next = (*edits).clone();
            for row in &plan {
                next.entry(row.candidate.post.id.inner().to_owned()).or_default().out = out;
            }
            edits.set(next);
        })
    };
    let onsubmit = {
        let (form, open, taken, ondone) = (form.clone(), open.clone(), taken.clone(), props.ondone.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let input = AccountOpenForPostsInput {
                rows: taken.iter().map(Planned::input).collect(),
                // The field takes the last day, the contract the day after.
                until: form.filled("until").and_then(|day| days_later(&day, 1)).map(Date),
                reason: form.get("reason"),
                idempotency_key: Some((*key).clone()),
            };
            let (taken, ondone) = (taken.clone(), ondone.clone());
            open.run(
                input,
                Callback::from(move |outcomes: Vec<Outcome>| {
                    ondone.emit(Rc::new(taken.iter().cloned().zip(outcomes).collect()));
                }),
            );
        })
    };
    let aside = html! {
        <div class="cluster">
            <Button class="button--quiet button--sm" label={t("全选", "Select all")} onclick={onturn.reform(|()| false)} />
            <Button class="button--quiet button--sm" label={t("全不选", "Select none")} onclick={onturn.reform(|()| true)} />
        </div>
    };
    html! {
        <>
            <Panel id="candidates" title={t("谁来开户", "Who gets one")} {aside} busy={query.busy}>
                <PreviewFilters url={url.clone()} />
                { async_view(&query, t("任职人员", "the holders of posts"), 6, |data| preview(&data.account_candidates, &plan, &edits, &roles, &onedit)) }
            </Panel>
            if !rows.is_empty() { { opening(&form, &open.state(), taken.len(), onsubmit) } }
        </>
    }
}

fn opening(
    form: &FormHandle,
    state: &crate::api::use_mutation::MutationState,
    count: usize,
    onsubmit: Callback<SubmitEvent>,
) -> Html {
    let label = fill("开设 {0} 个账号", "Open {0} accounts", &[&count.to_string()]);
    let disabled = count == 0 || form.filled("reason").is_none();
    html! {
        <Panel id="opening" title={t("开户", "Opening")}>
            <form class="panel__body stack" {onsubmit} novalidate={true}>
                { error_summary(state, form) }
                <p>{ t("每人得到一个账号、任职期间的角色和一张一次性纸条：链接只能用一次，72 小时内有效。一人一行，办不了的会说明原因。", "Each gets an account, a role while the post lasts, and a slip with a link that works once and for 72 hours. Each row stands for itself; what cannot be done says why.") }</p>
                <div class="form-grid">
                    <Field form={form.clone()} name="reason" label={t("原因", "Reason")} required=true help={t("记入每个账号和授权的变动记录。", "Kept in the history of each account and grant.")} errors={state.errors.clone()} />
                    <Field form={form.clone()} name="until" kind={Kind::Date} label={t("角色截止日期", "Last day of the roles")} help={t("不填则随职务结束。", "Left empty, they end with the posts.")} errors={state.errors.clone()} />
                </div>
                <div class="cluster"><Button submit=true class="button--primary" busy={state.busy} {disabled} {label} /></div>
            </form>
        </Panel>
    }
}
