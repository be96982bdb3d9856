//! Letting somebody in anew: a one-time link, the end of a pause, another second factor.

use yew::prelude::*;

use super::actions::{
    AccountReset, AccountResetInput, AccountSecondFactorReset, AccountSecondFactorResetInput, OneTimeSlip,
};
use super::dialogs::AccountDialogProps;
use crate::api::use_mutation::use_mutation;
use crate::features::person::dialogs::use_done;
use crate::i18n::{fill, format, t};
use crate::ui::browser;
use crate::ui::button::Button;
use crate::ui::dialog::Dialog;
use crate::ui::field::{Field, Kind};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;

/// Makes a one-time link and shows it once.
#[component]
pub fn ResetDialog(props: &AccountDialogProps) -> Html {
    let form = use_form("reset", Values::default);
    let reset = use_mutation::<AccountReset>();
    let slip = use_state(|| None::<OneTimeSlip>);
    let onsubmit = {
        let (form, reset, slip, account) = (form.clone(), reset.clone(), slip.clone(), props.account.clone());
        Callback::from(move |()| {
            let (form, slip) = (form.clone(), slip.clone());
            let input =
                AccountResetInput { account: account.id.clone(), reason: form.get("reason"), version: account.version };
            reset.run(
                input,
                Callback::from(move |made| {
                    form.reset(Values::default());
                    slip.set(Some(made));
                }),
            );
        })
    };
    if let Some(slip) = &*slip {
        return html! { <SlipDialog slip={slip.clone()} onclose={props.onclose.clone()} /> };
    }
    let state = reset.state();
    html! {
        <FormDialog danger=true title={t("发一次性链接", "Send a one-time link")} form={form.clone()} state={state.clone()} incomplete={form.filled("reason").is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ fill("{0}现在的密码立即失效，登录会话全部结束。本人用链接设置新密码：只能用一次，72 小时内有效，之前的链接作废。", "The password of {0} opens no more and its sessions end at once. The link sets a new one: once, within 72 hours; earlier links end.", &[&props.account.name]) }</p>
            <Field {form} name="reason" kind={Kind::Lines} label={t("原因", "Reason")} required=true errors={state.errors} />
        </FormDialog>
    }
}

#[derive(Properties, PartialEq)]
struct SlipProps {
    slip: OneTimeSlip,
    onclose: Callback<()>,
}

/// The link, which nobody sees again.
#[component]
fn SlipDialog(props: &SlipProps) -> Html {
    let slip = &props.slip;
    let origin = browser::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    html! {
        <Dialog title={t("一次性链接", "One-time link")} onclose={props.onclose.clone()}>
            <div class="dialog__body stack">
                <p>{ t("当面或用可靠的方式交给本人。关闭后不再显示。", "Hand it over in person or by a channel you trust. It is not shown again.") }</p>
                <dl class="facts">
                    <div><dt>{ t("登录名", "Sign-in name") }</dt><dd>{ slip.name.clone() }</dd></div>
                    <div><dt>{ t("链接", "Link") }</dt><dd><code class="secret">{ format!("{origin}/start/{}", slip.code) }</code></dd></div>
                    <div><dt>{ t("有效期至", "Works until") }</dt><dd>{ format::time(&slip.valid_until.0) }</dd></div>
                </dl>
            </div>
            <div class="dialog__foot"><Button class="button--primary" label={t("已交给本人", "Handed over")} onclick={props.onclose.clone()} /></div>
        </Dialog>
    }
}

/// Takes the second factor away.
#[component]
pub fn SecondFactorResetDialog(props: &AccountDialogProps) -> Html {
    let form = use_form("second-factor-reset", Values::default);
    let reset = use_mutation::<AccountSecondFactorReset>();
    let done =
        use_done(fill("已重置两步验证，{0}", "Second factor reset, {0}", &[&props.account.name]), &props.onclose);
    let onsubmit = {
        let (form, reset, account) = (form.clone(), reset.clone(), props.account.clone());
        Callback::from(move |()| {
            let input = AccountSecondFactorResetInput {
                account: account.id.clone(),
                reason: form.get("reason"),
                version: account.version,
            };
            reset.run(input, done.reform(|_| ()));
        })
    };
    let state = reset.state();
    html! {
        <FormDialog danger=true title={t("重置两步验证", "Reset the second factor")} form={form.clone()} state={state.clone()} incomplete={form.filled("reason").is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ fill("手机丢失时用。{0}只凭密码就能登录，登录会话全部结束；先确认是本人。", "For a lost phone. {0} signs in by the password alone, and all sessions end; make sure that it is the person.", &[&props.account.name]) }</p>
            <Field {form} name="reason" kind={Kind::Lines} label={t("原因", "Reason")} required=true errors={state.errors} />
        </FormDialog>
    }
}
