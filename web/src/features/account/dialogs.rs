//! Dialogs on accounts: open, disable, enable, grant, end a grant.

use cynic::Id;
use yew::prelude::*;

use super::actions::{
    AccountCreate, AccountCreateInput, AccountDisable, AccountDisableInput, AccountEnable, AccountEnableInput,
    CreatedAccount, RoleGrant, RoleGrantEnd, RoleGrantEndInput, RoleGrantInput,
};
use super::operations::{AccountRow, Grant, HeldPost, RolesQuery};
use crate::api::types::{AccountKind, Date, GrantScope, Labelled};
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::features::person::dialogs::{use_done, use_today};
use crate::features::search::{OrganizationPicker, PersonPicker};
use crate::i18n::calendar::days_later;
use crate::i18n::{fill, t};
use crate::routes;
use crate::ui::browser;
use crate::ui::field::{Field, Kind, options};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;

/// What a dialog works on.
#[derive(Properties, PartialEq)]
pub struct AccountDialogProps {
    /// The account.
    pub account: AccountRow,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Stops sign-ins.
#[component]
pub fn DisableDialog(props: &AccountDialogProps) -> Html {
    let form = use_form("disable", Values::default);
    let disable = use_mutation::<AccountDisable>();
    let done = use_done(fill("已停用账号，{0}", "Account disabled, {0}", &[&props.account.name]), &props.onclose);
    let onsubmit = {
        let (form, disable, account) = (form.clone(), disable.clone(), props.account.clone());
        Callback::from(move |()| {
            disable.run(
                AccountDisableInput {
                    account: account.id.clone(),
                    reason: form.get("reason"),
                    version: account.version,
                },
                done.reform(|_| ()),
            );
        })
    };
    let state = disable.state();
    html! {
        <FormDialog danger=true title={t("停用账号", "Disable account")} form={form.clone()} state={state.clone()} incomplete={form.filled("reason").is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ fill("{0}不能再登录，已有的登录会话立即结束。可以重新启用。", "{0} can no longer sign in, and its sessions end at once. It can be enabled again.", &[&props.account.name]) }</p>
            <Field {form} name="reason" kind={Kind::Lines} label={t("原因", "Reason")} required=true errors={state.errors} />
        </FormDialog>
    }
}

/// Allows sign-ins again.
#[component]
pub fn EnableDialog(props: &AccountDialogProps) -> Html {
    let form = use_form("enable", Values::default);
    let enable = use_mutation::<AccountEnable>();
    let done = use_done(fill("已启用账号，{0}", "Account enabled, {0}", &[&props.account.name]), &props.onclose);
    let onsubmit = {
        let (form, enable, account) = (form.clone(), enable.clone(), props.account.clone());
        Callback::from(move |()| {
            enable.run(
                AccountEnableInput {
                    account: account.id.clone(),
                    reason: form.get("reason"),
                    version: account.version,
                },
                done.reform(|_| ()),
            );
        })
    };
    let state = enable.state();
    html! {
        <FormDialog title={t("启用账号", "Enable account")} form={form.clone()} state={state.clone()} incomplete={form.filled("reason").is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ fill("{0}可以重新登录。", "{0} can sign in again.", &[&props.account.name]) }</p>
            <Field {form} name="reason" kind={Kind::Lines} label={t("原因", "Reason")} required=true errors={state.errors} />
        </FormDialog>
    }
}

/// Who gets a role, and the posts with which it could end.
#[derive(Properties, PartialEq)]
pub struct GrantDialogProps {
    /// The account.
    pub account: AccountRow,
    /// Posts of its person.
    pub posts: Vec<HeldPost>,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Gives a role.
#[component]
pub fn GrantDialog(props: &GrantDialogProps) -> Html {
    let today = use_today();
    let form = use_form("grant", || Values::from([("from", today), ("scope", GrantScope::Subtree.code().to_owned())]));
    let roles = use_query::<RolesQuery, ()>(());
    let grant = use_mutation::<RoleGrant>();
    let key = use_memo((), |()| browser::fresh_key());
    let done = use_done(fill("已授予角色，{0}", "Role granted, {0}", &[&props.account.name]), &props.onclose);
    let scope = GrantScope::from_code(&form.get("scope"));
    let subtree = scope == Some(GrantScope::Subtree);
    // A post binds at its organization alone.
    let place = form.get("organization");
    let posts: Vec<_> = props
        .posts
        .iter()
        .filter(|post| subtree && post.organization.as_ref().is_some_and(|at| at.id.inner() == place))
        .map(|post| (post.id.inner().to_owned(), post.title.label().to_owned()))
        .collect();
    let post = form.filled("post").filter(|post| posts.iter().any(|(id, _)| id == post));
    let onsubmit = {
        let (form, grant, account, post) = (form.clone(), grant.clone(), props.account.id.clone(), post.map(Id::new));
        Callback::from(move |()| {
            let Some(scope) = scope else { return };
            let input = RoleGrantInput {
                account: account.clone(),
                role: Id::new(form.get("role")),
                scope,
                organization: form.filled("organization").filter(|_| subtree).map(Id::new),
                from: Date(form.get("from")),
                // The field takes the last day, the contract the day after.
                until: form.filled("until").and_then(|day| days_later(&day, 1)).map(Date),
                post: post.clone(),
                reason: form.get("reason"),
                idempotency_key: Some((*key).clone()),
            };
            grant.run(input, done.reform(|_| ()));
        })
    };
    let state = grant.state();
    let roles: Vec<_> = roles
        .data
        .iter()
        .flat_map(|data| &data.roles)
        .map(|role| (role.id.inner().to_owned(), role.name.clone()))
        .collect();
    let incomplete = ["role", "scope", "from", "reason"].iter().any(|name| form.filled(name).is_none())
        || (subtree && form.filled("organization").is_none());
    html! {
        <FormDialog title={t("授予角色", "Grant role")} form={form.clone()} state={state.clone()} {incomplete} {onsubmit} onclose={props.onclose.clone()}>
            <p class="muted">{ props.account.name.clone() }{ t("。只能授予自己可以转授的权限；带敏感权限的角色由另一位有权的人确认后生效。", ". Only what you may pass on can be granted; a role with sensitive permissions waits until somebody else confirms it.") }</p>
            <Field form={form.clone()} name="role" kind={Kind::Select} label={t("角色", "Role")} required=true options={roles} errors={state.errors.clone()} />
            <Field form={form.clone()} name="scope" kind={Kind::Select} label={t("范围", "Scope")} required=true options={options::<GrantScope>()} errors={state.errors.clone()} />
            if subtree { <OrganizationPicker form={form.clone()} name="organization" label={t("组织", "Organization")} errors={state.errors.clone()} /> }
            if !posts.is_empty() { <Field form={form.clone()} name="post" kind={Kind::Select} label={t("绑定职务", "Bound to a post")} help={t("职务结束时，授权同时结束。", "The grant ends when the post does.")} options={posts} errors={state.errors.clone()} /> }
            <div class="form-grid">
                <Field form={form.clone()} name="from" kind={Kind::Date} label={t("起始日期", "From")} required=true errors={state.errors.clone()} />
                <Field form={form.clone()} name="until" kind={Kind::Date} label={t("截止日期", "Until")} errors={state.errors.clone()} />
            </div>
            <Field {form} name="reason" kind={Kind::Lines} label={t("原因", "Reason")} required=true errors={state.errors} />
        </FormDialog>
    }
}

/// Which grant.
#[derive(Properties, PartialEq)]
pub struct GrantEndDialogProps {
    /// The grant.
    pub grant: Grant,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Ends a role.
#[component]
pub fn GrantEndDialog(props: &GrantEndDialogProps) -> Html {
    let today = use_today();
    let form = use_form("grant-end", || Values::from([("until", today)]));
    let end = use_mutation::<RoleGrantEnd>();
    let done = use_done(fill("已结束授权，{0}", "Grant ended, {0}", &[&props.grant.role_name()]), &props.onclose);
    let onsubmit = {
        let (form, end, grant) = (form.clone(), end.clone(), props.grant.id.clone());
        Callback::from(move |()| {
            end.run(
                RoleGrantEndInput { grant: grant.clone(), until: Date(form.get("until")), reason: form.get("reason") },
                done.reform(|_| ()),
            );
        })
    };
    let state = end.state();
    let incomplete = form.filled("until").is_none() || form.filled("reason").is_none();
    html! {
        <FormDialog danger=true title={t("结束授权", "End grant")} form={form.clone()} state={state.clone()} {incomplete} {onsubmit} onclose={props.onclose.clone()}>
            <p class="muted">{ props.grant.role_name() }{ props.grant.organization.as_ref().map(|place| format!(" · {}", place.name)) }</p>
            <Field form={form.clone()} name="until" kind={Kind::Date} label={t("失效日期", "Ends on")} help={t("从这一天起不再有效。", "The first day without it.")} required=true errors={state.errors.clone()} />
            <Field {form} name="reason" kind={Kind::Lines} label={t("原因", "Reason")} required=true errors={state.errors} />
        </FormDialog>
    }
}

/// Whom to tell.
#[derive(Properties, PartialEq)]
pub struct AccountCreateDialogProps {
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Opens an account and goes on to its page, where roles are granted.
#[component]
pub fn AccountCreateDialog(props: &AccountCreateDialogProps) -> Html {
    let form = use_form("account", || Values::from([("kind", AccountKind::Person.code().to_owned())]));
    let create = use_mutation::<AccountCreate>();
    let key = use_memo((), |()| browser::fresh_key());
    let done =
        use_done(t("已新建账号，下一步授予角色", "Account created; next, grant a role").to_owned(), &props.onclose);
    let kind = AccountKind::from_code(&form.get("kind"));
    let onsubmit = {
        let (form, create) = (form.clone(), create.clone());
        Callback::from(move |()| {
            let Some(kind) = kind else { return };
            let input = AccountCreateInput {
                name: form.get("name").trim().to_owned(),
                kind,
                person: form.filled("person").map(Id::new),
                password: form.get("password"),
                idempotency_key: Some((*key).clone()),
            };
            let done = done.clone();
            create.run(
                input,
                Callback::from(move |account: CreatedAccount| {
                    done.emit(());
                    routes::go(&format!("/desk/accounts/{}", account.id.inner()));
                }),
            );
        })
    };
    let state = create.state();
    let incomplete = kind.is_none() || ["name", "password"].iter().any(|name| form.filled(name).is_none());
    html! {
        <FormDialog title={t("新建账号", "Create account")} form={form.clone()} state={state.clone()} {incomplete} {onsubmit} onclose={props.onclose.clone()}>
            <Field form={form.clone()} name="name" label={t("账号", "Account name")} required=true errors={state.errors.clone()} />
            <Field form={form.clone()} name="kind" kind={Kind::Select} label={t("类别", "Kind")} required=true options={options::<AccountKind>()} errors={state.errors.clone()} />
            if kind == Some(AccountKind::Person) { <PersonPicker form={form.clone()} name="person" label={t("人员", "Person")} required=false errors={state.errors.clone()} /> }
            <Field {form} name="password" kind={Kind::Password} autocomplete="new-password" label={t("初始密码", "First password")} required=true help={t("至少 10 位，当面交给本人。", "At least 10 characters; hand it over in person.")} errors={state.errors} />
        </FormDialog>
    }
}
