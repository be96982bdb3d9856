//! The list of grants.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::dialogs::ExtendDialog;
use super::filters::GrantFilters;
use super::model::filter;
use super::operations::{GrantConnection, GrantRow, GrantsQuery, GrantsVariables};
use super::renew::RenewDialog;
use crate::api::types::{GrantStatus, Labelled, PermissionCode};
use crate::api::use_query::use_query_when;
use crate::features::account::dialogs::GrantEndDialog;
use crate::features::account::grants::{Confirm, scope};
use crate::features::account::operations::Grant;
use crate::features::person::dialogs::use_today;
use crate::features::person::period;
use crate::i18n::{fill, t};
use crate::routes::{Link, use_url};
use crate::session::actor::use_actor;
use crate::shell::stop::Forbidden;
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::notice::empty_state;
use crate::ui::page::{PageHead, Panel};
use crate::ui::pagination::{PageArguments, Pager};
use crate::ui::table::{Column, Row, Table, nothing};

const PAGE_SIZE: i32 = 20;

#[derive(Clone, PartialEq)]
enum Open {
    Extend(Grant),
    End(Grant),
    Renew(Rc<Vec<GrantRow>>),
}

/// What can be done to the rows.
#[derive(Clone)]
struct Acts {
    open: Callback<Open>,
    toggle: Callback<String>,
    chosen: Rc<BTreeSet<String>>,
}

/// Who has which role where and until when; those that end first at the beginning.
#[component]
pub fn GrantsPage() -> Html {
    let url = use_url();
    let today = use_today();
    let may = use_actor().is_some_and(|actor| actor.may(PermissionCode::GrantRead));
    let PageArguments { first, after, last, before } = PageArguments::of(&url, PAGE_SIZE);
    let variables = GrantsVariables { first, after, last, before, filter: Some(filter(&url, &today)) };
    let query = use_query_when::<GrantsQuery, _>(may.then_some(variables));
    let chosen = use_state(|| Rc::new(BTreeSet::<String>::new()));
    let open = use_state(|| None::<Open>);
    let set = {
        let open = open.clone();
        Callback::from(move |dialog| open.set(dialog))
    };
    let toggle = {
        let chosen = chosen.clone();
        Callback::from(move |id: String| {
            let mut next = (**chosen).clone();
            if !next.remove(&id) {
                next.insert(id);
            }
            chosen.set(Rc::new(next));
        })
    };
    if !may {
        return html! { <Forbidden /> };
    }
    let acts = Acts { open: set.reform(Some), toggle, chosen: (*chosen).clone() };
    let rows = query.data.as_ref().map_or(&[][..], |data| data.grants.nodes.as_slice());
    let picked: Vec<_> =
        rows.iter().filter(|row| row.renewable() && chosen.contains(row.grant.id.inner())).cloned().collect();
    let renew = {
        let (picked, open) = (Rc::new(picked.clone()), acts.open.clone());
        Callback::from(move |()| open.emit(Open::Renew(picked.clone())))
    };
    let label = if picked.is_empty() {
        t("批量延长", "Extend several").to_owned()
    } else {
        fill("批量延长（{0}）", "Extend several ({0})", &[&picked.len().to_string()])
    };
    let aside = html! { <Button class="button--sm" {label} disabled={picked.is_empty()} onclick={renew} /> };
    let onclose = {
        let (set, chosen) = (set.clone(), chosen.clone());
        Callback::from(move |()| {
            set.emit(None);
            chosen.set(Rc::new(BTreeSet::new()));
        })
    };
    html! {
        <>
            <PageHead title={t("授权", "Grants")} meta={html! { { t("谁在哪里有什么角色，到期早的在前。", "Who has which role where; those that end first at the beginning.") } }} />
            <Panel id="grants" title={t("授权", "Grants")} {aside} busy={query.busy}>
                <GrantFilters url={url.clone()} />
                { async_view(&query, t("授权", "the grants"), 6, |data| table(&data.grants, &acts)) }
            </Panel>
            { match (*open).clone() {
                None => Html::default(),
                Some(Open::Extend(grant)) => html! { <ExtendDialog {grant} {onclose} /> },
                Some(Open::End(grant)) => html! { <GrantEndDialog {grant} {onclose} /> },
                Some(Open::Renew(grants)) => html! { <RenewDialog {grants} {onclose} /> },
            } }
        </>
    }
}

fn table(page: &GrantConnection, acts: &Acts) -> Html {
    if page.nodes.is_empty() {
        return empty_state(
            t("没有符合条件的授权", "No grant matches"),
            t(
                "去掉一些条件再看；授予角色在账号页面上。",
                "Take away some filters; roles are granted on the page of an account.",
            ),
            Html::default(),
        );
    }
    let columns = vec![
        Column::new(t("账号", "Account")),
        Column::new(t("角色", "Role")),
        Column::new(t("范围", "Scope")),
        Column::new(t("期限", "Period")),
        Column::new(t("状态", "State")),
        Column::new(t("操作", "Actions")).action(),
    ];
    html! {
        <>
            <Table caption={t("授权", "Grants")} compact=true {columns} rows={page.nodes.iter().map(|row| line(row, acts)).collect::<Vec<_>>()} />
            <Pager page={page.page_info.clone()} total={page.total_count} capped={page.total_count_is_capped} shown={page.nodes.len()} />
        </>
    }
}

fn line(row: &GrantRow, acts: &Acts) -> Row {
    let grant = &row.grant;
    let id = grant.id.inner().to_owned();
    let pick = row.renewable().then(|| {
        let onchange = {
            let id = id.clone();
            acts.toggle.reform(move |_: Event| id.clone())
        };
        let label = fill("选择 {0}", "Select {0}", &[&row.words()]);
        html! { <><input type="checkbox" aria-label={label} checked={acts.chosen.contains(&id)} {onchange} />{ " " }</> }
    });
    let account = row.account.as_ref().map_or_else(
        nothing,
        |account| html! { <Link to={format!("/desk/accounts/{}", account.id.inner())}>{ account.name.clone() }</Link> },
    );
    let act = |open: fn(Grant) -> Open| {
        let grant = grant.clone();
        acts.open.reform(move |()| open(grant.clone()))
    };
    let actions = html! {
        <>
            if grant.confirmable { <Confirm grant={grant.clone()} /> }
            if row.renewable() { <Button class="button--quiet button--sm" label={t("延长授权", "Extend grant")} subject={row.words()} onclick={act(Open::Extend)} /> }
            if grant.endable { <Button class="button--quiet button--sm" label={t("结束授权", "End grant")} subject={row.words()} onclick={act(Open::End)} /> }
        </>
    };
    Row {
        key: id,
        cells: vec![
            html! { <>{ pick.unwrap_or_default() }{ account }</> },
            html! { <div>{ grant.role_name() }<br /><span class="meta">{ grant.reason.clone() }</span></div> },
            scope(grant),
            html! { <span class="nowrap">{ period(&grant.from.0, grant.until.as_ref().map(|day| day.0.as_str())) }</span> },
            state(row),
            actions,
        ],
    }
}

/// How it stands, with what it depends on and what follows it.
fn state(row: &GrantRow) -> Html {
    let class = match row.grant.status {
        GrantStatus::InForce => "status status--success",
        GrantStatus::Waiting => "status status--warn",
        GrantStatus::Upcoming | GrantStatus::Ended => "status status--off",
    };
    let more = row.extension.as_ref().map(|extension| {
        let text = match (extension.waiting, &extension.until) {
            (true, _) => t("延长待第二人确认", "The extension waits").to_owned(),
            (false, None) => t("已延长，长期有效", "Extended, open").to_owned(),
            (false, Some(day)) => {
                let last = crate::i18n::calendar::days_later(&day.0, -1).unwrap_or_default();
                fill("已延长到 {0}", "Extended until {0}", &[&last])
            }
        };
        html! { <><br /><span class="meta">{ text }</span></> }
    });
    let post = row.grant.post.as_ref().map(|post| {
        html! { <><br /><span class="meta">{ fill("随职务结束：{0}", "Ends with the post: {0}", &[post.title.label()]) }</span></> }
    });
    html! { <div><span {class}>{ row.grant.status.label() }</span>{ more.unwrap_or_default() }{ post.unwrap_or_default() }</div> }
}
