//! Putting a duty off until a day, and taking it up again.

use yew::prelude::*;

use super::operations::{
    Obligation, ObligationSnooze, ObligationSnoozeInput, ObligationUnsnooze, ObligationUnsnoozeInput,
};
use crate::api::types::{Date, Labelled, PermissionCode};
use crate::api::use_mutation::use_mutation;
use crate::i18n::calendar::days_later;
use crate::i18n::{fill, format, t};
use crate::ui::button::IconButton;
use crate::ui::field::{Field, Kind};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;
use crate::ui::toast::use_toaster;

/// Days that the dialog proposes.
const USUAL: i64 = 7;

/// Which duty.
#[derive(Properties, PartialEq)]
pub struct SnoozeProps {
    /// The duty.
    pub obligation: Obligation,
    /// About whom or what.
    pub subject: String,
    /// Asks for the dialog.
    pub onsnooze: Callback<Obligation>,
}

/// Puts off what is not, and takes up again what is.
#[component]
pub fn SnoozeButton(props: &SnoozeProps) -> Html {
    let unsnooze = use_mutation::<ObligationUnsnooze>();
    let toaster = use_toaster();
    let obligation = props.obligation.clone();
    if !obligation.viewer_can.contains(&PermissionCode::ObligationSnooze) {
        return Html::default();
    }
    if obligation.snooze.is_none() {
        let label = fill("暂缓：{0}", "Put off: {0}", &[&props.subject]);
        let onclick = props.onsnooze.reform(move |()| obligation.clone());
        return html! { <IconButton class="icon-button--sm" icon="clock" {label} {onclick} /> };
    }
    let label = fill("恢复办理：{0}", "Take up again: {0}", &[&props.subject]);
    let onclick = Callback::from(move |()| {
        let toaster = toaster.clone();
        let done = Callback::from(move |_| toaster.show(t("已恢复办理", "Taken up again")));
        unsnooze.run(ObligationUnsnoozeInput { obligation: obligation.id.clone() }, done);
    });
    html! { <IconButton class="icon-button--sm" icon="restore" {label} {onclick} /> }
}

/// Which duty is put off.
#[derive(Properties, PartialEq)]
pub struct SnoozeDialogProps {
    /// The duty.
    pub obligation: Obligation,
    /// Today in the city.
    pub today: String,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Takes a day and a reason.
#[component]
pub fn SnoozeDialog(props: &SnoozeDialogProps) -> Html {
    let first = days_later(&props.today, USUAL).unwrap_or_default();
    let form = use_form("snooze", || Values::from([("until", first)]));
    let snooze = use_mutation::<ObligationSnooze>();
    let toaster = use_toaster();
    let onsubmit = {
        let (form, snooze, id, onclose) =
            (form.clone(), snooze.clone(), props.obligation.id.clone(), props.onclose.clone());
        Callback::from(move |()| {
            let until = form.get("until");
            let input = ObligationSnoozeInput {
                obligation: id.clone(),
                until: Date(until.clone()),
                reason: form.get("reason"),
            };
            let (toaster, onclose) = (toaster.clone(), onclose.clone());
            snooze.run(
                input,
                Callback::from(move |_| {
                    toaster.show(fill("已暂缓至 {0}", "Put off until {0}", &[&format::day(&until)]));
                    onclose.emit(());
                }),
            );
        })
    };
    let state = snooze.state();
    let incomplete = ["until", "reason"].iter().any(|name| form.filled(name).is_none());
    html! {
        <FormDialog title={t("暂缓办理", "Put off")} form={form.clone()} state={state.clone()} {incomplete} {onsubmit} onclose={props.onclose.clone()}>
            <p class="muted">{ props.obligation.kind.label() }{ t("。到了那天自动恢复；暂缓期间仍计入上级的统计。", ". It comes back by itself on that day, and stays counted for those above.") }</p>
            <Field form={form.clone()} name="until" kind={Kind::Date} label={t("暂缓至", "Until")} required=true help={t("最多 30 天，到期可以再暂缓", "At most 30 days; it can be put off again")} errors={state.errors.clone()} />
            <Field {form} name="reason" kind={Kind::Lines} label={t("理由", "Reason")} required=true help={t("看得到这件事的人都能看到理由", "Everybody who sees this sees the reason")} errors={state.errors} />
        </FormDialog>
    }
}
