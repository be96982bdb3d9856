//! The audit page.

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::history::audit_rows;
use super::model::ACTIONS;
use super::operations::{AuditEntriesQuery, AuditEntriesVariables, AuditEntryConnection, AuditFilter};
use crate::api::types::{DateTime, PermissionCode};
use crate::api::use_query::use_query;
use crate::i18n::t;
use crate::routes::{self, Url, use_url};
use crate::session::actor::use_actor;
use crate::shell::stop::Forbidden;
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::notice::empty_state;
use crate::ui::page::{PageHead, Panel};
use crate::ui::pagination::{PageArguments, Pager};
use crate::ui::table::{Column, Table};

const PAGE_SIZE: i32 = 50;

fn variables(url: &Url) -> AuditEntriesVariables {
    let PageArguments { first, after, last, before } = PageArguments::of(url, PAGE_SIZE);
    let filter = AuditFilter {
        action: url.get("action").map(|action| vec![action.to_owned()]),
        organization: url.get("organization").map(cynic::Id::new),
        account: url.get("account").map(cynic::Id::new),
        from: url.get("from").map(|day| DateTime(format!("{day}T00:00:00+08:00"))),
        until: url.get("until").map(|day| DateTime(format!("{day}T23:59:59+08:00"))),
    };
    AuditEntriesVariables { first, after, last, before, filter: Some(filter) }
}

/// The trail with its filters in the address.
#[component]
pub fn AuditPage() -> Html {
    let url = use_url();
    let query = use_query::<AuditEntriesQuery, _>(variables(&url));
    if !use_actor().is_some_and(|actor| actor.may(PermissionCode::AuditRead)) {
        return html! { <Forbidden /> };
    }
    html! {
        <>
            <PageHead title={t("审计", "Audit")} meta={html! { { t("每次修改一行，不能更改或删除。", "One row for every change; none can be altered or deleted.") } }} />
            <Panel id="audit" title={t("变动记录", "Changes")} busy={query.busy}>
                { filters(&url) }
                { async_view(&query, t("变动记录", "changes"), 8, |data| table(&data.audit_entries)) }
            </Panel>
        </>
    }
}

fn table(page: &AuditEntryConnection) -> Html {
    if page.nodes.is_empty() {
        return empty_state(
            t("没有符合条件的记录", "No matching rows"),
            t("去掉一些条件再看。", "Take away some filters."),
            Html::default(),
        );
    }
    let columns = vec![
        Column::new(t("时间", "Time")),
        Column::new(t("账号", "Account")),
        Column::new(t("操作", "Action")),
        Column::new(t("对象", "Object")),
        Column::new(t("组织", "Organization")),
        Column::new(t("变动", "Changes")),
    ];
    html! {
        <>
            <Table caption={t("变动记录", "Changes")} compact=true {columns} rows={audit_rows(&page.nodes)} />
            <Pager page={page.page_info.clone()} total={page.total_count} capped={page.total_count_is_capped} shown={page.nodes.len()} />
        </>
    }
}

fn filters(url: &Url) -> Html {
    let change = |name: &'static str| {
        let url = url.clone();
        Callback::from(move |event: Event| {
            let target = event.target();
            let select = target
                .clone()
                .and_then(|target| target.dyn_into::<web_sys::HtmlSelectElement>().ok())
                .map(|select| select.value());
            let value = select.or_else(|| {
                target.and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()).map(|input| input.value())
            });
            routes::go(&url.with("after", "").with("before", "").with(name, &value.unwrap_or_default()).address());
        })
    };
    let clear = Callback::from(|()| routes::go("/audit"));
    html! {
        <form class="filters" role="search" aria-label={t("变动记录", "Changes")}>
            <label class="select select--sm"><span class="visually-hidden">{ t("操作", "Action") }</span>
                <select onchange={change("action")}>
                    <option value="" selected={url.get("action").is_none()}>{ t("全部操作", "All actions") }</option>
                    { for ACTIONS.iter().map(|(name, zh, en)| html! { <option value={*name} selected={url.get("action") == Some(*name)}>{ t(zh, en) }</option> }) }
                </select>
            </label>
            <label class="cluster"><span class="meta">{ t("从", "From") }</span><input class="input input--sm" type="date" value={url.get("from").unwrap_or_default().to_owned()} onchange={change("from")} /></label>
            <label class="cluster"><span class="meta">{ t("到", "Until") }</span><input class="input input--sm" type="date" value={url.get("until").unwrap_or_default().to_owned()} onchange={change("until")} /></label>
            if !url.query.is_empty() { <Button class="button--quiet button--sm" label={t("清除条件", "Clear filters")} onclick={clear} /> }
        </form>
    }
}
