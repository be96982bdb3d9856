//! The administrator's workbench: what waits for him, how many accounts there are, what was changed lately, and who is signed in.

use yew::prelude::*;

use crate::api::types::PermissionCode;
use crate::api::use_query::use_query;
use crate::features::account::{AccountCounts, GrantsToConfirm, SessionsPanel};
use crate::features::audit::history_list;
use crate::features::audit::operations::{AuditEntriesQuery, AuditEntriesVariables};
use crate::features::grant::EndingGrants;
use crate::features::problem_report::NewestProblems;
use crate::i18n::t;
use crate::routes::Link;
use crate::session::can::Can;
use crate::ui::async_view::async_view;
use crate::ui::icon::small_icon;
use crate::ui::page::{PageHead, Panel};

/// Grants and reports that wait, beside figures and the newest changes; sign-in sessions below.
#[component]
pub fn AdministratorWorkbench() -> Html {
    let actions = html! {
        <Can permission={PermissionCode::AccountRead}><Link class="button" to="/desk/accounts">{ small_icon("role") }{ t("找账号", "Find an account") }</Link></Can>
    };
    html! {
        <>
            <PageHead title={t("系统管理", "Administration")} {actions} />
            <div class="stack">
                <div class="split">
                    <div class="stack">
                        <Can permission={PermissionCode::GrantCreate}><GrantsToConfirm /><EndingGrants /></Can>
                        <Can permission={PermissionCode::ProblemRead}><NewestProblems /></Can>
                    </div>
                    <div class="stack">
                        <Can permission={PermissionCode::AccountRead}><AccountCounts /></Can>
                        <Can permission={PermissionCode::AuditRead}><RecentChanges /></Can>
                    </div>
                </div>
                <Can permission={PermissionCode::AccountRead}><SessionsPanel /></Can>
            </div>
        </>
    }
}

#[component]
fn RecentChanges() -> Html {
    let query = use_query::<AuditEntriesQuery, _>(AuditEntriesVariables {
        first: Some(5),
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
