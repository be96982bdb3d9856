//! A later end of one grant.

use yew::prelude::*;

use super::actions::{RoleGrantExtend, RoleGrantExtendInput};
use crate::api::types::Date;
use crate::api::use_mutation::use_mutation;
use crate::features::account::operations::Grant;
use crate::features::person::dialogs::use_done;
use crate::i18n::calendar::days_later;
use crate::i18n::{fill, t};
use crate::ui::field::{Field, Kind};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;

/// Which grant.
#[derive(Properties, PartialEq)]
pub struct ExtendDialogProps {
    /// The grant.
    pub grant: Grant,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Extends a grant.
#[component]
pub fn ExtendDialog(props: &ExtendDialogProps) -> Html {
    let grant = &props.grant;
    let last = grant.until.as_ref().and_then(|day| days_later(&day.0, -1)).unwrap_or_default();
    let form = use_form("grant-extend", Values::default);
    let extend = use_mutation::<RoleGrantExtend>();
    let done = use_done(fill("已延长授权，{0}", "Grant extended, {0}", &[&grant.role_name()]), &props.onclose);
    let onsubmit = {
        let (form, extend, id) = (form.clone(), extend.clone(), grant.id.clone());
        Callback::from(move |()| {
            // The field takes the last day, the contract the day after.
            let until = form.filled("until").and_then(|day| days_later(&day, 1)).map(Date);
            extend.run(
                RoleGrantExtendInput { grant: id.clone(), until, reason: form.get("reason") },
                done.reform(|_| ()),
            );
        })
    };
    let state = extend.state();
    html! {
        <FormDialog title={t("延长授权", "Extend grant")} form={form.clone()} state={state.clone()} incomplete={form.filled("reason").is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p class="muted">{ grant.role_name() }{ grant.organization.as_ref().map(|place| format!(" · {}", place.name)) }{ fill("，现在到 {0} 为止", ", until {0} now", &[&last]) }</p>
            <Field form={form.clone()} name="until" kind={Kind::Date} label={t("新的截止日期", "New last day")} help={t("不填则长期有效。带敏感权限的由另一位有权的人确认后生效。", "Left empty, it stays open. A sensitive one waits until somebody else confirms it.")} errors={state.errors.clone()} />
            <Field {form} name="reason" kind={Kind::Lines} label={t("原因", "Reason")} required=true errors={state.errors} />
        </FormDialog>
    }
}
