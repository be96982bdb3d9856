//! Setting the own second factor up, and switching it off.

use yew::prelude::*;

use super::operations::{
    SecondFactorBegin, SecondFactorBeginInput, SecondFactorConfirm, SecondFactorConfirmInput, SecondFactorDisable,
    SecondFactorDisableInput, SecondFactorQuery, SecondFactorSetup,
};
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::i18n::t;
use crate::routes::{self, Link};
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::field::{Field, Kind};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::error_summary;
use crate::ui::notice::notice;
use crate::ui::toast::use_toaster;

/// Says on every page that a role waits for the second factor, and leads to where it is set up.
#[component]
pub fn Lacking() -> Html {
    let link = html! { <Link class="button button--sm" to={routes::address("/me", &[("tab", "second-factor")])}>{ t("设置两步验证", "Set it up") }</Link> };
    let text = t(
        "你的角色要求两步验证，设置好之前不能使用。",
        "Your role demands a second factor and does not work before you have set one up.",
    );
    notice("warn", html! { { text } }, link)
}

/// The state of the own second factor, and the next step.
#[component]
pub fn SecondFactorPanel() -> Html {
    let query = use_query::<SecondFactorQuery, ()>(());
    let setup = use_state(|| None::<SecondFactorSetup>);
    let codes = use_state(|| None::<Vec<String>>);
    let onsetup = {
        let setup = setup.clone();
        Callback::from(move |made| setup.set(Some(made)))
    };
    let oncodes = {
        let (setup, codes) = (setup.clone(), codes.clone());
        Callback::from(move |made| {
            setup.set(None);
            codes.set(Some(made));
        })
    };
    if let Some(codes) = &*codes {
        return shown_once(codes);
    }
    if let Some(setup) = &*setup {
        return html! { <ConfirmForm setup={setup.clone()} oncodes={oncodes} /> };
    }
    async_view(&query, t("两步验证", "the second factor"), 3, |data| {
        let on = data.viewer.as_ref().and_then(|viewer| viewer.account.as_ref()?.second_factor).unwrap_or_default();
        if on {
            return html! { <DisableForm /> };
        }
        html! { <BeginForm onsetup={onsetup.clone()} /> }
    })
}

fn shown_once(codes: &[String]) -> Html {
    html! {
        <div class="panel__body stack">
            { notice("success", html! { { t("两步验证已开启。", "The second factor is on.") } }, Html::default()) }
            <p>{ t("手机不在身边时，用恢复码代替验证码登录，每个只能用一次。现在抄下或打印，离开后不再显示。", "Without your phone, a recovery code signs you in, each once. Write them down or print them now; they are not shown again.") }</p>
            <ul class="codes num" aria-label={t("恢复码", "Recovery codes")}>{ for codes.iter().map(|code| html! { <li><code>{ code.clone() }</code></li> }) }</ul>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct BeginProps {
    onsetup: Callback<SecondFactorSetup>,
}

#[component]
fn BeginForm(props: &BeginProps) -> Html {
    let form = use_form("second-factor", Values::default);
    let begin = use_mutation::<SecondFactorBegin>();
    let onsubmit = {
        let (form, begin, onsetup) = (form.clone(), begin.clone(), props.onsetup.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (input, onsetup) = (SecondFactorBeginInput { password: form.get("password") }, onsetup.clone());
            let form = form.clone();
            begin.run(
                input,
                Callback::from(move |setup| {
                    form.reset(Values::default());
                    onsetup.emit(setup);
                }),
            );
        })
    };
    let state = begin.state();
    let incomplete = form.filled("password").is_none();
    html! {
        <form class="panel__body stack" {onsubmit} novalidate={true}>
            { error_summary(&state, &form) }
            <p>{ t("登录时除了密码，再输入手机验证器上的 6 位数字。密码泄露了，别人也登不上。", "Beside the password you type six digits that an app on your phone shows. Whoever learns your password still cannot sign in.") }</p>
            <div class="form-grid"><Field {form} name="password" kind={Kind::Password} autocomplete="current-password" label={t("当前密码", "Present password")} required=true errors={state.errors} /></div>
            <div class="cluster"><Button submit=true busy={state.busy} disabled={incomplete} label={t("设置两步验证", "Set up the second factor")} /></div>
        </form>
    }
}

#[derive(Properties, PartialEq)]
struct ConfirmProps {
    setup: SecondFactorSetup,
    oncodes: Callback<Vec<String>>,
}

#[component]
fn ConfirmForm(props: &ConfirmProps) -> Html {
    let form = use_form("second-factor-code", Values::default);
    let confirm = use_mutation::<SecondFactorConfirm>();
    let onsubmit = {
        let (form, confirm, oncodes) = (form.clone(), confirm.clone(), props.oncodes.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (form, oncodes) = (form.clone(), oncodes.clone());
            confirm.run(
                SecondFactorConfirmInput { code: form.get("code") },
                Callback::from(move |codes| {
                    form.reset(Values::default());
                    oncodes.emit(codes);
                }),
            );
        })
    };
    let state = confirm.state();
    let incomplete = form.filled("code").is_none();
    let setup = &props.setup;
    let size = setup.picture_size;
    html! {
        <form class="panel__body stack" {onsubmit} novalidate={true}>
            { error_summary(&state, &form) }
            <p>{ t("用手机上的验证器扫描二维码，或输入密钥，再填它显示的 6 位数字。", "Scan the picture with an authenticator on your phone, or type the key, then fill in the six digits that it shows.") }</p>
            <svg class="qr" viewBox={format!("0 0 {size} {size}")} role="img" aria-label={t("两步验证的二维码", "QR code of the second factor")}>
                <rect width={size.to_string()} height={size.to_string()} fill="#fff" />
                <path d={setup.picture.clone()} fill="#000" />
            </svg>
            <p>{ t("密钥：", "Key: ") }<code class="num">{ setup.secret.clone() }</code></p>
            <p><a href={setup.uri.clone()}>{ t("在这台设备的验证器里打开", "Open in an authenticator on this device") }</a></p>
            <div class="form-grid"><Field {form} name="code" autocomplete="one-time-code" label={t("验证码", "Code")} required=true errors={state.errors} /></div>
            <div class="cluster"><Button submit=true class="button--primary" busy={state.busy} disabled={incomplete} label={t("开启两步验证", "Switch the second factor on")} /></div>
        </form>
    }
}

#[component]
fn DisableForm() -> Html {
    let form = use_form("second-factor-off", Values::default);
    let disable = use_mutation::<SecondFactorDisable>();
    let toaster = use_toaster();
    let onsubmit = {
        let (form, disable) = (form.clone(), disable.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (form, toaster) = (form.clone(), toaster.clone());
            disable.run(
                SecondFactorDisableInput { password: form.get("password"), code: form.get("code") },
                Callback::from(move |_| {
                    form.reset(Values::default());
                    toaster.show(t("已关闭两步验证", "The second factor is off"));
                }),
            );
        })
    };
    let state = disable.state();
    let incomplete = ["password", "code"].iter().any(|name| form.filled(name).is_none());
    html! {
        <form class="panel__body stack" {onsubmit} novalidate={true}>
            { error_summary(&state, &form) }
            { notice("success", html! { { t("两步验证已开启。", "The second factor is on.") } }, Html::default()) }
            <p class="muted">{ t("换手机时先关闭，再重新设置。", "To take another phone, switch it off and set it up again.") }</p>
            <div class="form-grid">
                <Field form={form.clone()} name="password" kind={Kind::Password} autocomplete="current-password" label={t("当前密码", "Present password")} required=true errors={state.errors.clone()} />
                <Field {form} name="code" autocomplete="one-time-code" label={t("验证码或恢复码", "Code or recovery code")} required=true errors={state.errors} />
            </div>
            <div class="cluster"><Button submit=true class="button--danger" busy={state.busy} disabled={incomplete} label={t("关闭两步验证", "Switch the second factor off")} /></div>
        </form>
    }
}
