//! The dates of a membership: the day of the application, where the recorded one is wrong.

use yew::prelude::*;

use super::actions::{MemberUpdate, MemberUpdateInput};
use super::dialogs::{PersonDialogProps, use_done};
use super::operations::Membership;
use crate::api::types::Date;
use crate::api::use_mutation::use_mutation;
use crate::features::audit::model::field_label;
use crate::i18n::{fill, t};
use crate::ui::conflict::{ConflictRow, differences, use_conflict};
use crate::ui::field::{Field, Kind};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;

fn values_of(membership: &Membership) -> Values {
    Values::from([("appliedOn", membership.applied_on.as_ref().map(|day| day.0.clone()).unwrap_or_default())])
}

fn conflict_rows(mine: &Values, theirs: &Values) -> Vec<ConflictRow> {
    differences(mine, theirs).into_iter().map(|row| (field_label(row.name).to_owned(), row.mine, row.theirs)).collect()
}

/// Corrects the day of the application.
#[component]
pub fn DatesDialog(props: &PersonDialogProps) -> Html {
    let membership = props.person.membership.as_ref();
    let form = use_form("dates", || membership.map(values_of).unwrap_or_default());
    let update = use_mutation::<MemberUpdate>();
    let conflict = use_conflict(membership.map_or(0, |membership| membership.version));
    let done =
        use_done(fill("已修改申请日期，{0}", "Application date changed, {0}", &[&props.person.name]), &props.onclose);
    let Some(membership) = membership else { return Html::default() };
    let save = {
        let (form, update, member, refused) = (form.clone(), update.clone(), membership.id.clone(), conflict.refused());
        Callback::from(move |version: i32| {
            let input =
                MemberUpdateInput { member: member.clone(), version, applied_on: form.filled("appliedOn").map(Date) };
            update.run_or(input, done.reform(|_| ()), refused.clone());
        })
    };
    let ontheirs = {
        let (form, update, values) = (form.clone(), update.clone(), values_of(membership));
        Callback::from(move |()| {
            form.reset(values.clone());
            update.forget();
        })
    };
    let rows = || conflict_rows(&form.values(), &values_of(membership));
    if let Some(dialog) = conflict.dialog(rows, &ontheirs, &save) {
        return dialog;
    }
    let onsubmit = {
        let version = conflict.version();
        save.reform(move |()| version)
    };
    let state = update.state();
    let incomplete = form.filled("appliedOn").is_none() || !form.is_dirty();
    let help = t("不晚于今天，早于下一阶段的起始日期。", "Not after today, and before the next stage began.");
    html! {
        <FormDialog title={t("修改申请日期", "Change the application date")} form={form.clone()} state={state.clone()} {incomplete} {onsubmit} onclose={props.onclose.clone()}>
            <p class="muted">{ props.person.name.clone() }{ t("。第一个阶段和最初的所在组织也从这一天算起。", ". The first stage and the first home organization begin on this day too.") }</p>
            <Field {form} name="appliedOn" kind={Kind::Date} label={t("申请日期", "Applied on")} required=true {help} errors={state.errors} />
        </FormDialog>
    }
}
