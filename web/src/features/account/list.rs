//! The list of accounts.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::dialogs::{AccountCreateDialog, DisableDialog, EnableDialog};
use super::operations::{AccountConnection, AccountFilter, AccountRow, AccountsQuery, AccountsVariables, Grant};
use super::reset::ResetDialog;
use crate::api::types::{AccountLinkState, AccountStatus, Labelled, PermissionCode};
use crate::api::use_query::use_query;
use crate::i18n::{format, t};
use crate::routes::{self, Link, Url, person, use_url};
use crate::session::actor::use_actor;
use crate::session::can::Can;
use crate::shell::stop::Forbidden;
use crate::ui::async_view::async_view;
use crate::ui::button::{Button, Segmented};
use crate::ui::combobox::use_rested;
use crate::ui::icon::{hidden_text, small_icon};
use crate::ui::notice::empty_state;
use crate::ui::page::{PageHead, Panel};
use crate::ui::pagination::{PageArguments, Pager};
use crate::ui::table::{Column, Row, Table, nothing};

const PAGE_SIZE: i32 = 20;

/// The page of the list.
#[component]
pub fn AccountsPage() -> Html {
    let creating = use_state(|| false);
    let set = {
        let creating = creating.clone();
        Callback::from(move |open: bool| creating.set(open))
    };
    if !use_actor().is_some_and(|actor| actor.may(PermissionCode::AccountRead)) {
        return html! { <Forbidden /> };
    }
    let actions = html! {
        <>
        <Can permission={PermissionCode::AccountCreate}><Link class="button" to="/desk/accounts/from-posts">{ t("按职务批量开户", "Accounts for holders of posts") }</Link></Can>
        <Can permission={PermissionCode::AccountCreate}><Button class="button--primary" icon="plus" label={t("新建账号", "Create account")} onclick={set.reform(|()| true)} /></Can>
        </>
    };
    html! {
        <>
            <PageHead title={t("账号与授权", "Accounts")} {actions} />
            <AccountsPanel />
            if *creating { <AccountCreateDialog onclose={set.reform(|()| false)} /> }
        </>
    }
}

fn variables(url: &Url) -> AccountsVariables {
    let PageArguments { first, after, last, before } = PageArguments::of(url, PAGE_SIZE);
    let filter = AccountFilter {
        text: url.get("text").map(str::to_owned),
        status: url.get("status").and_then(AccountStatus::from_code).map(|status| vec![status]),
        // A state beside the two, so that one row of buttons chooses.
        link: url.get("status").and_then(AccountLinkState::from_code),
    };
    AccountsVariables { first, after, last, before, filter: Some(filter) }
}

/// What can be done to a row.
#[derive(Clone, Copy, PartialEq)]
enum Act {
    /// Disable or enable it.
    Turn,
    /// Make another one-time link.
    Link,
}

/// Search and table; the filters stand in the address.
#[component]
fn AccountsPanel() -> Html {
    let url = use_url();
    let query = use_query::<AccountsQuery, _>(variables(&url));
    let open = use_state(|| None::<(AccountRow, Act)>);
    let onclose = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    let onturn = {
        let open = open.clone();
        Callback::from(move |act: (AccountRow, Act)| open.set(Some(act)))
    };
    html! {
        <Panel id="accounts" title={t("账号", "Accounts")} busy={query.busy}>
            <AccountFilters url={url.clone()} />
            { async_view(&query, t("账号", "accounts"), 6, |data| table(&data.accounts, &onturn)) }
            { match &*open {
                Some((account, Act::Link)) => html! { <ResetDialog account={account.clone()} {onclose} /> },
                Some((account, Act::Turn)) if account.status == AccountStatus::Active => html! { <DisableDialog account={account.clone()} {onclose} /> },
                Some((account, Act::Turn)) => html! { <EnableDialog account={account.clone()} {onclose} /> },
                None => Html::default(),
            } }
        </Panel>
    }
}

#[derive(Properties, PartialEq)]
struct AccountFiltersProps {
    url: Rc<Url>,
}

#[component]
fn AccountFilters(props: &AccountFiltersProps) -> Html {
    let text = use_state(|| props.url.get("text").unwrap_or_default().to_owned());
    let rested = use_rested((*text).clone());
    {
        let url = props.url.clone();
        use_effect_with(rested, move |rested| {
            if url.get("text").unwrap_or_default() != rested.trim() {
                routes::replace(&url.with("after", "").with("before", "").with("text", rested.trim()).address());
            }
        });
    }
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()) {
                text.set(input.value());
            }
        })
    };
    let onchange = {
        let url = props.url.clone();
        Callback::from(move |status: &'static str| {
            routes::go(&url.with("after", "").with("before", "").with("status", status).address());
        })
    };
    let options = vec![
        ("", t("全部", "All")),
        ("ACTIVE", AccountStatus::Active.label()),
        ("DISABLED", AccountStatus::Disabled.label()),
        ("EXPIRED", AccountLinkState::Expired.label()),
    ];
    html! {
        <form class="filters" role="search" aria-label={t("账号", "Accounts")} onsubmit={|event: SubmitEvent| event.prevent_default()}>
            <label class="search">{ small_icon("search") }{ hidden_text(t("按账号查找", "Find by account")) }<input class="input input--sm" type="search" placeholder={t("账号开头", "Beginning of the account")} value={(*text).clone()} {oninput} /></label>
            <Segmented label={t("状态", "Status")} {options} value={props.url.get("status").unwrap_or_default().to_owned()} {onchange} />
        </form>
    }
}

fn table(page: &AccountConnection, onturn: &Callback<(AccountRow, Act)>) -> Html {
    if page.nodes.is_empty() {
        return empty_state(
            t("没有符合条件的账号", "No account matches"),
            t("去掉一些条件再看。", "Take away some filters."),
            Html::default(),
        );
    }
    // Who may read no person sees none here either: no column of dashes.
    let named = page.nodes.iter().any(|account| account.person.is_some());
    let mut columns = vec![
        Column::new(t("账号", "Account")),
        Column::new(t("角色", "Roles")),
        Column::new(t("状态", "Status")),
        Column::new(t("最近登录", "Last sign-in")),
        Column::new(t("操作", "Action")).action(),
    ];
    if named {
        columns.insert(1, Column::new(t("人员", "Person")));
    }
    html! {
        <>
            <Table caption={t("账号", "Accounts")} compact=true {columns} rows={page.nodes.iter().map(|account| row(account, named, onturn)).collect::<Vec<_>>()} />
            <Pager page={page.page_info.clone()} total={page.total_count} capped={page.total_count_is_capped} shown={page.nodes.len()} />
        </>
    }
}

/// Enabled or disabled, as text and shape.
pub fn status(status: AccountStatus) -> Html {
    let class = if status == AccountStatus::Active { "status status--success" } else { "status status--off" };
    html! { <span {class}>{ status.label() }</span> }
}

/// How the one-time link of an account without a password stands.
pub fn link_state(state: AccountLinkState) -> Html {
    let class = if state == AccountLinkState::Expired { "status status--danger" } else { "status status--warn" };
    html! { <span {class}>{ state.label() }</span> }
}

fn row(account: &AccountRow, named: bool, onturn: &Callback<(AccountRow, Act)>) -> Row {
    let act = |act: Act| {
        let account = account.clone();
        onturn.reform(move |()| (account.clone(), act))
    };
    let link = account.link.as_ref().map(|link| link.state);
    let expired = link == Some(AccountLinkState::Expired);
    let renew = expired && account.viewer_can.contains(&PermissionCode::AccountReset);
    let turn = account.viewer_can.contains(&PermissionCode::AccountDisable);
    let label = if account.status == AccountStatus::Active {
        t("停用账号", "Disable account")
    } else {
        t("启用账号", "Enable account")
    };
    let roles: Vec<_> = account.grants.iter().map(Grant::role_name).collect();
    let who = account.person.as_ref().map_or_else(
        nothing,
        |who| html! { <Link class="quiet-link" to={person(&who.id)}>{ who.name.clone() }</Link> },
    );
    let name = html! { <Link to={format!("/desk/accounts/{}", account.id.inner())}>{ account.name.clone() }</Link> };
    let cells = [
        if roles.is_empty() {
            nothing()
        } else {
            html! { { roles.join(t("、", ", ")) } }
        },
        link.map_or_else(|| status(account.status), link_state),
        account
            .last_sign_in_at
            .as_ref()
            .map_or_else(nothing, |at| html! { <span class="nowrap">{ format::time(&at.0) }</span> }),
        if renew || turn {
            html! {
                <>
                    if renew { <Button class="button--quiet button--sm" label={t("补发链接", "Make another link")} subject={account.name.clone()} onclick={act(Act::Link)} /> }
                    if turn { <Button class="button--quiet button--sm" {label} subject={account.name.clone()} onclick={act(Act::Turn)} /> }
                </>
            }
        } else {
            nothing()
        },
    ];
    let lead = [Some(name), named.then_some(who)];
    Row { key: account.id.inner().to_owned(), cells: lead.into_iter().flatten().chain(cells).collect() }
}
