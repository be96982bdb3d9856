//! The administrator's workbench: accounts at hand, what was changed lately, and who is signed in.

use yew::prelude::*;

use crate::api::types::PermissionCode;
use crate::api::use_query::use_query;
use crate::features::account::{AccountsPanel, GrantsToConfirm, SessionsPanel};
use crate::features::audit::history_list;
use crate::features::audit::operations::{AuditEntriesQuery, AuditEntriesVariables};
use crate::i18n::t;
use crate::routes::Link;
use crate::session::can::Can;
use crate::ui::async_view::async_view;
use crate::ui::page::{PageHead, Panel};

/// What waits for the viewer; accounts beside the newest changes; sign-in sessions.
#[component]
pub fn AdministratorWorkbench() -> Html {
    html! {
        <>
            <PageHead title={t("系统管理", "Administration")} />
            <div class="stack">
                <Can permission={PermissionCode::GrantCreate}><GrantsToConfirm /></Can>
                <div class="split">
                    <Can permission={PermissionCode::AccountRead}><AccountsPanel /></Can>
                    <Can permission={PermissionCode::AuditRead}><RecentChanges /></Can>
                </div>
                <Can permission={PermissionCode::AccountRead}><SessionsPanel /></Can>
            </div>
        </>
    }
}

#[component]
fn RecentChanges() -> Html {
    let query = use_query::<AuditEntriesQuery, _>(AuditEntriesVariables {
        first: Some(10),
        after: None,
        last: None,
        before: None,
        filter: None,
    });
    let aside = html! { <Link to="/desk/audit">{ t("全部审计", "All") }</Link> };
    html! {
        <Panel id="recent" title={t("最近变动", "Recent changes")} {aside} busy={query.busy}>
            { async_view(&query, t("最近变动", "recent changes"), 5, |data| {
                let items: Vec<_> = data.audit_entries.nodes.iter().map(|row| row.item.clone()).collect();
                history_list(&items, true)
            }) }
        </Panel>
    }
}
