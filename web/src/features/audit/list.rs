//! The audit page.

use yew::prelude::*;

use super::filters::Filters;
use super::history::audit_rows;
use super::model::variables;
use super::operations::{AuditEntriesQuery, AuditEntryConnection, AuditHead};
use super::root::RootDialog;
use crate::api::types::PermissionCode;
use crate::api::use_query::use_query;
use crate::i18n::{fill, format, t};
use crate::routes::use_url;
use crate::session::actor::use_actor;
use crate::shell::stop::Forbidden;
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::notice::empty_state;
use crate::ui::page::{PageHead, Panel};
use crate::ui::pagination::Pager;
use crate::ui::table::{Column, Table};

/// The trail with its filters in the address.
#[component]
pub fn AuditPage() -> Html {
    let url = use_url();
    let query = use_query::<AuditEntriesQuery, _>(variables(&url));
    let exporting = use_state(|| false);
    if !use_actor().is_some_and(|actor| actor.may(PermissionCode::AuditRead)) {
        return html! { <Forbidden /> };
    }
    let set = {
        let exporting = exporting.clone();
        Callback::from(move |open: bool| exporting.set(open))
    };
    let head = query.data.as_ref().and_then(|data| data.audit_root.clone());
    let actions = head.as_ref().map(|_| {
        html! { <Button icon="download" label={t("导出封存根", "Export the root")} onclick={set.reform(|()| true)} /> }
    });
    html! {
        <>
            <PageHead title={t("审计", "Audit")} meta={about(head.as_ref())} actions={actions.unwrap_or_default()} />
            <Panel id="audit" title={t("变动记录", "Changes")} busy={query.busy}>
                <Filters url={url.clone()} />
                { async_view(&query, t("变动记录", "changes"), 8, |data| table(&data.audit_entries)) }
            </Panel>
            if *exporting { <RootDialog onclose={set.reform(|()| false)} /> }
        </>
    }
}

/// What the trail is, and how far it is sealed.
fn about(head: Option<&AuditHead>) -> Html {
    let sealed = head.map(|head| {
        fill(
            "已封存 {0} 条，最近一次 {1}。",
            "{0} are sealed, the newest {1}.",
            &[&format::number(head.position), &format::time(&head.at.0)],
        )
    });
    html! { <>{ t("每次修改一行，不能更改或删除。", "One row for every change; none can be altered or deleted. ") }{ sealed }</> }
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
        Column::new(t("封存", "Seal")),
    ];
    html! {
        <>
            <Table caption={t("变动记录", "Changes")} compact=true {columns} rows={audit_rows(&page.nodes)} />
            <Pager page={page.page_info.clone()} total={page.total_count} capped={page.total_count_is_capped} shown={page.nodes.len()} />
        </>
    }
}
