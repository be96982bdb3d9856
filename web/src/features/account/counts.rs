//! How many accounts there are, by status; each number leads to its list.

use yew::prelude::*;

use super::operations::{AccountFilter, AccountsQuery, AccountsVariables};
use crate::api::types::{AccountStatus, Labelled};
use crate::api::use_query::{QueryHandle, use_query};
use crate::i18n::t;
use crate::routes::{Link, address};
use crate::ui::async_view::async_view;
use crate::ui::page::Panel;
use crate::ui::pagination::count_text;

/// Enabled and disabled accounts in the viewer's scope.
#[component]
pub fn AccountCounts() -> Html {
    let active = use_count(AccountStatus::Active);
    let disabled = use_count(AccountStatus::Disabled);
    let aside = html! { <Link to="/desk/accounts">{ t("全部账号", "All accounts") }</Link> };
    html! {
        <Panel id="accounts" title={t("账号", "Accounts")} {aside} busy={active.busy || disabled.busy}>
            { async_view(&active, t("账号", "accounts"), 1, |_| html! {
                <ul class="legend panel__body">{ door(AccountStatus::Active, &active) }{ door(AccountStatus::Disabled, &disabled) }</ul>
            }) }
        </Panel>
    }
}

#[hook]
fn use_count(status: AccountStatus) -> QueryHandle<AccountsQuery> {
    let filter = AccountFilter { status: Some(vec![status]), ..AccountFilter::default() };
    use_query(AccountsVariables { first: Some(1), after: None, last: None, before: None, filter: Some(filter) })
}

fn door(status: AccountStatus, query: &QueryHandle<AccountsQuery>) -> Html {
    let count =
        query.data.as_ref().map(|data| count_text(data.accounts.total_count, data.accounts.total_count_is_capped));
    html! {
        <li><Link to={address("/desk/accounts", &[("status", status.code())])}>
            <span class="legend__name">{ super::list::status(status) }</span><b>{ count }</b>
        </Link></li>
    }
}
