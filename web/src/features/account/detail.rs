//! The page of one account.

use std::rc::Rc;

use yew::prelude::*;

use super::actions::{AccountUnlock, AccountUnlockInput};
use super::dialogs::{DisableDialog, EnableDialog, GrantDialog, GrantEndDialog};
use super::grants::{GrantActs, grants_list};
use super::list::{link_state, status};
use super::operations::{Account, AccountQuery, AccountVariables, Grant};
use super::reset::{ResetDialog, SecondFactorResetDialog};
use super::sessions::Sessions;
use super::sign_ins::SignIns;
use super::tokens::Tokens;
use crate::api::types::{AccountKind, AccountStatus, Labelled, PermissionCode};
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::features::access::{WhyButton, about_account};
use crate::features::audit::ObjectHistory;
use crate::features::grant::ExtendDialog;
use crate::i18n::{fill, format, t};
use crate::routes::{self, Link, person};
use crate::session::actor::use_actor;
use crate::session::can::Can;
use crate::shell::stop::NotFound;
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::page::{PageHead, Panel};
use crate::ui::toast::use_toaster;

/// Which account.
#[derive(Properties, PartialEq)]
pub struct AccountPageProps {
    /// Its id.
    pub id: String,
}

#[derive(Clone, PartialEq)]
enum Open {
    Disable,
    Enable,
    Grant,
    GrantExtend(Grant),
    GrantEnd(Grant),
    Reset,
    SecondFactorReset,
}

/// Roles and sessions of an account.
#[component]
pub fn AccountPage(props: &AccountPageProps) -> Html {
    let query = use_query::<AccountQuery, _>(AccountVariables { id: cynic::Id::new(&props.id) });
    async_view(&query, t("账号信息", "the account"), 6, |data| match &data.account {
        Some(account) => html! { <Detail account={Rc::new(account.clone())} /> },
        None => html! { <NotFound /> },
    })
}

#[derive(Properties, PartialEq)]
struct DetailProps {
    account: Rc<Account>,
}

#[component]
fn Detail(props: &DetailProps) -> Html {
    let (account, row) = (&props.account, &props.account.row);
    let actor = use_actor();
    let open = use_state(|| None::<Open>);
    let show = {
        let open = open.clone();
        Callback::from(move |dialog: Open| open.set(Some(dialog)))
    };
    let onclose = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    let (unlock, toaster) = (use_mutation::<AccountUnlock>(), use_toaster());
    let active = row.status == AccountStatus::Active;
    let own = actor.is_some_and(|actor| actor.viewer.account.as_ref().is_some_and(|account| account.id == row.id));
    let may_grant = !own && row.viewer_can.contains(&PermissionCode::GrantCreate);
    let turn = if active {
        html! { <Button class="button--danger" label={t("停用账号", "Disable account")} onclick={show.reform(|()| Open::Disable)} /> }
    } else {
        html! { <Button label={t("启用账号", "Enable account")} onclick={show.reform(|()| Open::Enable)} /> }
    };
    let reset = active && row.viewer_can.contains(&PermissionCode::AccountReset);
    let factor = reset && account.second_factor == Some(true);
    let onunlock = {
        let (unlock, toaster, id) = (unlock.clone(), toaster.clone(), row.id.clone());
        Callback::from(move |()| {
            let toaster = toaster.clone();
            unlock.run(
                AccountUnlockInput { account: id.clone() },
                Callback::from(move |_| toaster.show(t("已解除登录锁定", "The pause after failures is over"))),
            );
        })
    };
    let actions = html! {
        <>
            <WhyButton object={row.id.clone()} name={row.name.clone()} action={PermissionCode::AccountRead} />
            <Can permission={PermissionCode::AccessExplain}><Link class="button" to={about_account(&row.id, &row.name)}>{ t("解释权限", "Explain access") }</Link></Can>
            if reset { <Button label={t("发一次性链接", "Send a one-time link")} onclick={show.reform(|()| Open::Reset)} /> }
            if reset { <Button busy={unlock.state().busy} label={t("解除登录锁定", "End the pause")} onclick={onunlock} /> }
            if factor { <Button label={t("重置两步验证", "Reset the second factor")} onclick={show.reform(|()| Open::SecondFactorReset)} /> }
            <Can permission={PermissionCode::AuditRead}><Link class="button" to={routes::address("/desk/audit", &[("who", &row.name)])}>{ t("看操作记录", "Changes made") }</Link></Can>
            <Can permission={PermissionCode::AccountDisable} of={Some(row.viewer_can.clone())}>{ turn }</Can>
        </>
    };
    let meta = html! {
        <span class="cluster">
            { status(row.status) }if let Some(link) = &row.link { { link_state(link.state) } }if account.second_factor == Some(true) { <span class="tag">{ t("两步验证", "Second factor") }</span> }<span class="tag">{ row.kind.label() }</span>
            if let Some(who) = &row.person { <Link to={person(&who.id)}>{ who.name.clone() }</Link> }
            <span>{ fill("{0} 开设", "opened {0}", &[&format::time(&account.created_at.0)]) }</span>
        </span>
    };
    let acts =
        may_grant.then(|| GrantActs { onextend: show.reform(Open::GrantExtend), onend: show.reform(Open::GrantEnd) });
    let all = may_grant.then(|| html! { <Link to={routes::address("/desk/grants", &[("account", row.id.inner()), ("status", "")])}>{ t("全部授权", "All grants") }</Link> });
    let add = may_grant.then(|| html! { <Button class="button--sm" icon="plus" label={t("授予角色", "Grant role")} onclick={show.reform(|()| Open::Grant)} /> });
    html! {
        <>
            <PageHead title={row.name.clone()} crumbs={vec![(t("账号与授权", "Accounts").into(), "/desk/accounts".into())]} {meta} {actions} />
            <div class="stack">
                <Panel id="grants" title={t("授权", "Roles")} aside={html! { <>{ all.unwrap_or_default() }{ add.unwrap_or_default() }</> }}>{ grants_list(&row.grants, acts.as_ref()) }</Panel>
                if row.kind == AccountKind::Service { <Tokens account={account.clone()} may={row.viewer_can.contains(&PermissionCode::TokenIssue)} /> }
                <Panel id="sessions" title={t("登录会话", "Sign-in sessions")}><Sessions sessions={Rc::new(account.sessions.clone())} /></Panel>
                <SignIns account={row.id.clone()} />
                <ObjectHistory object={row.id.clone()} />
            </div>
            { match (*open).clone() {
                None => Html::default(),
                Some(Open::Disable) => html! { <DisableDialog account={row.clone()} {onclose} /> },
                Some(Open::Enable) => html! { <EnableDialog account={row.clone()} {onclose} /> },
                Some(Open::Grant) => html! { <GrantDialog account={row.clone()} posts={account.posts.clone()} {onclose} /> },
                Some(Open::GrantExtend(grant)) => html! { <ExtendDialog {grant} {onclose} /> },
                Some(Open::Reset) => html! { <ResetDialog account={row.clone()} {onclose} /> },
                Some(Open::SecondFactorReset) => html! { <SecondFactorResetDialog account={row.clone()} {onclose} /> },
                Some(Open::GrantEnd(grant)) => html! { <GrantEndDialog {grant} {onclose} /> },
            } }
        </>
    }
}
