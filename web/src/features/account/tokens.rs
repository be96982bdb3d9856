//! API tokens of a service account.

use std::rc::Rc;

use yew::prelude::*;

use super::actions::{ApiTokenIssue, ApiTokenIssueInput, ApiTokenRevoke, ApiTokenRevokeInput};
use super::operations::{Account, ApiToken};
use crate::api::types::{ApiTokenLife, Labelled};
use crate::api::use_mutation::use_mutation;
use crate::features::access::operations::PermissionWords;
use crate::i18n::{fill, format, t};
use crate::ui::button::Button;
use crate::ui::dialog::Dialog;
use crate::ui::field::{Field, Kind, error_of, field_error, options};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;
use crate::ui::notice::{empty_line, notice};
use crate::ui::page::Panel;
use crate::ui::table::{Column, Row, Table, nothing};
use crate::ui::toast::use_toaster;

/// Whose.
#[derive(Properties, PartialEq)]
pub struct TokensProps {
    /// The account.
    pub account: Rc<Account>,
    /// Whether the viewer issues and revokes them.
    pub may: bool,
}

/// The tokens, a way to issue one and to revoke each.
#[component]
pub fn Tokens(props: &TokensProps) -> Html {
    let revoke = use_mutation::<ApiTokenRevoke>();
    let toaster = use_toaster();
    let open = use_state(|| false);
    let show = |value: bool| {
        let open = open.clone();
        Callback::from(move |()| open.set(value))
    };
    let account = &props.account;
    let columns = vec![
        Column::new(t("用途", "Name")),
        Column::new(t("前缀", "Prefix")),
        Column::new(t("权限", "Permissions")),
        Column::new(t("有效期至", "Works until")),
        Column::new(t("最近使用", "Last used")),
        Column::new(t("操作", "Action")).action(),
    ];
    let row = |token: &ApiToken| {
        let onclick = {
            let (revoke, id, toaster) = (revoke.clone(), token.id.clone(), toaster.clone());
            Callback::from(move |()| {
                let toaster = toaster.clone();
                revoke.run(
                    ApiTokenRevokeInput { token: id.clone() },
                    Callback::from(move |_| toaster.show(t("已撤销访问令牌", "Token revoked"))),
                );
            })
        };
        let action = match (&token.revoked_at, props.may) {
            (Some(_), _) => html! { <span class="status">{ t("已撤销", "Revoked") }</span> },
            (None, true) => {
                html! { <Button class="button--quiet button--sm" label={t("撤销", "Revoke")} subject={token.name.clone()} {onclick} /> }
            }
            (None, false) => nothing(),
        };
        let label =
            |code| account.token_permissions.iter().find(|name| name.code == code).map(|name| name.label.clone());
        let labels: Vec<String> = token.permissions.iter().filter_map(|code| label(*code)).collect();
        let count = token.permissions.len().to_string();
        Row {
            key: token.id.inner().to_owned(),
            cells: vec![
                html! { { token.name.clone() } },
                html! { <code title={token.prefix.clone()}>{ token.prefix.chars().take(11).collect::<String>() }{ "…" }</code> },
                if labels.is_empty() {
                    html! { { fill("{0} 项", "{0}", &[&count]) } }
                } else {
                    html! { { labels.join(t("、", ", ")) } }
                },
                html! { { format::time(&token.expires_at.0) } },
                token.last_used_at.as_ref().map_or_else(nothing, |at| html! { { format::time(&at.0) } }),
                action,
            ],
        }
    };
    let issue = props.may && !account.token_permissions.is_empty();
    let add = issue.then(|| html! { <Button class="button--sm" icon="plus" label={t("发访问令牌", "Issue token")} onclick={show(true)} /> });
    let state = revoke.state();
    html! {
        <Panel id="tokens" title={t("访问令牌", "API tokens")} aside={add.unwrap_or_default()}>
            if let Some(failure) = &state.failure { { notice("danger", html! { { failure.sentence() } }, Html::default()) } }
            { for state.errors.iter().map(|error| notice("danger", html! { { error.message.clone() } }, Html::default())) }
            if account.api_tokens.is_empty() {
                { empty_line(t("没有访问令牌。授予角色后可以发一个。", "No tokens. Grant a role first, then issue one.")) }
            } else {
                <Table caption={t("访问令牌", "API tokens")} compact=true {columns} rows={account.api_tokens.iter().map(row).collect::<Vec<_>>()} />
            }
            if *open { <IssueDialog account={account.clone()} onclose={show(false)} /> }
        </Panel>
    }
}

#[derive(Properties, PartialEq)]
struct IssueProps {
    account: Rc<Account>,
    onclose: Callback<()>,
}

/// Issues a token and shows its secret once.
#[component]
fn IssueDialog(props: &IssueProps) -> Html {
    let form = use_form("token", || Values::from([("life", ApiTokenLife::Days90.code().to_owned())]));
    let chosen = use_state(Vec::<String>::new);
    let issue = use_mutation::<ApiTokenIssue>();
    let secret = use_state(|| None::<String>);
    let names = &props.account.token_permissions;
    let life = ApiTokenLife::from_code(&form.get("life"));
    let onsubmit = {
        let (form, chosen, issue, secret, account) =
            (form.clone(), chosen.clone(), issue.clone(), secret.clone(), props.account.clone());
        Callback::from(move |()| {
            let Some(life) = life else { return };
            let taken = account.token_permissions.iter().filter(|name| chosen.contains(&name.label));
            let input = ApiTokenIssueInput {
                account: account.row.id.clone(),
                name: form.get("name"),
                permissions: taken.map(|name| name.code).collect(),
                life,
            };
            let (form, secret) = (form.clone(), secret.clone());
            issue.run(
                input,
                Callback::from(move |made| {
                    form.reset(Values::default());
                    secret.set(Some(made));
                }),
            );
        })
    };
    if let Some(secret) = &*secret {
        return html! {
            <Dialog title={t("访问令牌", "API token")} onclose={props.onclose.clone()}>
                <div class="dialog__body stack">
                    <p>{ t("现在复制，关闭后不再显示。调用时放在请求头 Authorization: Bearer 之后。", "Copy it now; it is not shown again. Callers send it after Authorization: Bearer.") }</p>
                    <p><code class="secret">{ secret.clone() }</code></p>
                </div>
                <div class="dialog__foot"><Button class="button--primary" label={t("已保存", "Kept")} onclick={props.onclose.clone()} /></div>
            </Dialog>
        };
    }
    let state = issue.state();
    let incomplete = form.filled("name").is_none() || life.is_none() || chosen.is_empty();
    let choice = |name: &PermissionWords| {
        let (chosen, label) = (chosen.clone(), name.label.clone());
        let checked = chosen.contains(&label);
        let onchange = Callback::from(move |_: Event| {
            let mut next: Vec<String> = chosen.iter().filter(|known| **known != label).cloned().collect();
            if !checked {
                next.push(label.clone());
            }
            chosen.set(next);
        });
        html! { <label class="check"><input type="checkbox" {checked} {onchange} />{ name.label.clone() }</label> }
    };
    html! {
        <FormDialog title={t("发访问令牌", "Issue token")} form={form.clone()} state={state.clone()} {incomplete} {onsubmit} onclose={props.onclose.clone()}>
            <Field form={form.clone()} name="name" label={t("用途", "Name")} required=true help={t("哪个系统用，例如：统计平台。", "Which system uses it, such as: statistics.")} errors={state.errors.clone()} />
            <Field {form} name="life" kind={Kind::Select} label={t("有效期", "Works for")} required=true options={options::<ApiTokenLife>()} errors={state.errors.clone()} />
            <fieldset class="stack stack--tight">
                <legend class="field__label">{ t("权限", "Permissions") }<span class="field__req">{ t("必填", "required") }</span></legend>
                { for names.iter().map(choice) }
                if let Some(error) = error_of(&state.errors, "permissions") { { field_error("token-permissions-error", &error.message) } }
            </fieldset>
        </FormDialog>
    }
}
