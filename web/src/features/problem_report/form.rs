//! The dialog that takes a report, with the address of the page that it is about.

use yew::prelude::*;

use super::operations::{ProblemReport, ProblemReportInput};
use crate::api::use_mutation::use_mutation;
use crate::i18n::t;
use crate::routes::use_url;
use crate::ui::browser;
use crate::ui::field::{Field, Kind};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;
use crate::ui::toast::use_toaster;

/// Whom to tell when it is closed.
#[derive(Properties, PartialEq)]
pub struct ProblemReportDialogProps {
    /// Called when it is sent or given up.
    pub onclose: Callback<()>,
}

/// Takes a description and sends it with the address of the page.
#[component]
pub fn ProblemReportDialog(props: &ProblemReportDialogProps) -> Html {
    let form = use_form("problem", Values::default);
    let report = use_mutation::<ProblemReport>();
    let toaster = use_toaster();
    let url = use_url();
    let key = use_memo((), |()| browser::fresh_key());
    let onsubmit = {
        let (form, report, onclose) = (form.clone(), report.clone(), props.onclose.clone());
        Callback::from(move |()| {
            let input = ProblemReportInput {
                page: url.address(),
                text: form.get("text"),
                idempotency_key: Some((*key).clone()),
            };
            let (toaster, onclose) = (toaster.clone(), onclose.clone());
            report.run(
                input,
                Callback::from(move |_| {
                    toaster.show(t("已报告问题，管理员会看到", "Reported; the administrator will see it"));
                    onclose.emit(());
                }),
            );
        })
    };
    let state = report.state();
    html! {
        <FormDialog title={t("报告问题", "Report a problem")} form={form.clone()} state={state.clone()} incomplete={form.filled("text").is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p class="muted">{ t("会附上当前页面的地址，不附页面上的内容。", "The address of this page goes along, its content does not.") }</p>
            <Field {form} name="text" kind={Kind::Lines} label={t("问题", "Problem")} required=true help={t("做了什么，看到了什么，本来想看到什么", "What you did, what you saw, what you expected")} errors={state.errors} />
        </FormDialog>
    }
}
