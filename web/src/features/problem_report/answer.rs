//! Answering a report; the reporter is notified.

use yew::prelude::*;

use super::operations::{ProblemReportAnswer, ProblemReportAnswerInput, ProblemReportRow};
use crate::api::use_mutation::use_mutation;
use crate::i18n::t;
use crate::ui::field::{Field, Kind};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;
use crate::ui::toast::use_toaster;

/// Which report.
#[derive(Properties, PartialEq)]
pub struct AnswerDialogProps {
    /// The report.
    pub report: ProblemReportRow,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Takes the answer, or a better one.
#[component]
pub fn AnswerDialog(props: &AnswerDialogProps) -> Html {
    let report = &props.report;
    let form = use_form("answer", || Values::from([("answer", report.answer.clone().unwrap_or_default())]));
    let answer = use_mutation::<ProblemReportAnswer>();
    let toaster = use_toaster();
    let onsubmit = {
        let (form, answer, id, version, onclose) =
            (form.clone(), answer.clone(), report.id.clone(), report.version, props.onclose.clone());
        Callback::from(move |()| {
            let input = ProblemReportAnswerInput { report: id.clone(), answer: form.get("answer"), version };
            let (toaster, onclose) = (toaster.clone(), onclose.clone());
            answer.run(
                input,
                Callback::from(move |_| {
                    toaster.show(t("已答复，反馈的人会收到通知", "Answered; the reporter is notified"));
                    onclose.emit(());
                }),
            );
        })
    };
    let state = answer.state();
    html! {
        <FormDialog title={t("答复问题", "Answer the report")} form={form.clone()} state={state.clone()} incomplete={form.filled("answer").is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p class="muted">{ report.text.clone() }</p>
            <Field {form} name="answer" kind={Kind::Lines} label={t("答复", "Answer")} required=true errors={state.errors} />
        </FormDialog>
    }
}
