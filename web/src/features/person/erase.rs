//! Erasing what is personal: one proposes, another confirms.

use cynic::Id;
use yew::prelude::*;

use super::actions::{
    PersonEraseConfirm, PersonEraseConfirmInput, PersonErasePropose, PersonEraseProposeInput, PersonEraseWithdraw,
    PersonEraseWithdrawInput,
};
use super::dialogs::{PersonDialogProps, use_done};
use super::operations::Person;
use crate::api::use_mutation::use_mutation;
use crate::i18n::{fill, format, t};
use crate::ui::button::Button;
use crate::ui::field::{Field, Kind};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;
use crate::ui::notice::notice;

/// What waits for the viewer's consent; nothing where nothing does.
pub fn erasure(person: &Person, onconfirm: &Callback<()>, onwithdraw: &Callback<()>) -> Html {
    let Some(proposal) = &person.erasure_proposal else { return Html::default() };
    let at = format::time(&proposal.proposed_at.0);
    let text = if proposal.is_own {
        fill(
            "您在 {0} 提出清除个人信息，理由：{1}。须另一位有权限的同事确认。",
            "On {0} you proposed to erase the personal data, because: {1}. A colleague with the right confirms.",
            &[&at, &proposal.reason],
        )
    } else {
        fill(
            "{2} 在 {0} 提出清除个人信息，理由：{1}。",
            "On {0} {2} proposed to erase the personal data, because: {1}.",
            &[&at, &proposal.reason, &proposal.proposed_by],
        )
    };
    let actions = html! {
        <div class="cluster">
            if !proposal.is_own { <Button class="button--danger button--sm" label={t("确认清除", "Confirm")} onclick={onconfirm.clone()} /> }
            <Button class="button--sm" label={t("撤回提议", "Withdraw")} onclick={onwithdraw.clone()} />
        </div>
    };
    notice("warn", html! { { text } }, actions)
}

/// Proposes it.
#[component]
pub fn ProposeDialog(props: &PersonDialogProps) -> Html {
    let form = use_form("erase", Values::default);
    let propose = use_mutation::<PersonErasePropose>();
    let done = use_done(t("已提出，等另一位同事确认", "Proposed; a colleague confirms").to_owned(), &props.onclose);
    let onsubmit = {
        let (form, propose, person) = (form.clone(), propose.clone(), props.person.clone());
        Callback::from(move |()| {
            let input = PersonEraseProposeInput {
                person: person.id.clone(),
                reason: form.get("reason"),
                version: person.version,
            };
            propose.run(input, done.reform(|_| ()));
        })
    };
    let state = propose.state();
    html! {
        <FormDialog danger=true title={t("清除个人信息", "Erase personal data")} form={form.clone()} state={state.clone()} incomplete={form.filled("reason").is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ fill("另一位同事确认后，{0}的姓名、证件号、电话、住址等全部清除，不可恢复；人数和变动记录保留。", "When a colleague has confirmed, name, identity number, phone, address and the like of {0} are erased for good; counts and history stay.", &[&props.person.name]) }</p>
            <Field {form} name="reason" kind={Kind::Lines} label={t("理由", "Reason")} help={t("理由会保留，不要写姓名。", "The reason is kept; do not name the person.")} required=true errors={state.errors} />
        </FormDialog>
    }
}

/// About whom somebody decides.
#[derive(Properties, PartialEq)]
pub struct ErasureDialogProps {
    /// The person.
    pub id: Id,
    /// The name.
    pub name: String,
    /// Seen by the change.
    pub version: i32,
    /// Called when it is done or given up.
    pub onclose: Callback<()>,
}

/// Confirms it.
#[component]
pub fn ConfirmDialog(props: &ErasureDialogProps) -> Html {
    let form = use_form("erase-confirm", Values::default);
    let confirm = use_mutation::<PersonEraseConfirm>();
    let done = use_done(t("个人信息已清除", "The personal data are erased").to_owned(), &props.onclose);
    let onsubmit = {
        let (confirm, person, version) = (confirm.clone(), props.id.clone(), props.version);
        Callback::from(move |()| {
            let input = PersonEraseConfirmInput { person: person.clone(), version };
            confirm.run(input, done.reform(|_| ()));
        })
    };
    html! {
        <FormDialog danger=true title={t("确认清除", "Confirm the erasure")} {form} state={confirm.state()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ fill("{0}的个人信息将全部清除，不可恢复，包括以后从备份恢复时。", "What is personal about {0} is erased for good, also when a backup is restored later.", &[&props.name]) }</p>
        </FormDialog>
    }
}

/// Takes it back.
#[component]
pub fn WithdrawDialog(props: &ErasureDialogProps) -> Html {
    let form = use_form("erase-withdraw", Values::default);
    let withdraw = use_mutation::<PersonEraseWithdraw>();
    let done = use_done(t("提议已撤回", "The proposal is withdrawn").to_owned(), &props.onclose);
    let onsubmit = {
        let (withdraw, person, version) = (withdraw.clone(), props.id.clone(), props.version);
        Callback::from(move |()| {
            let input = PersonEraseWithdrawInput { person: person.clone(), version };
            withdraw.run(input, done.reform(|_| ()));
        })
    };
    html! {
        <FormDialog title={t("撤回提议", "Withdraw the proposal")} {form} state={withdraw.state()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ fill("{0}的个人信息保持不变。", "The personal data of {0} stay as they are.", &[&props.name]) }</p>
        </FormDialog>
    }
}
