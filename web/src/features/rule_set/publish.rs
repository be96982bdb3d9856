//! Dialogs that end a draft: it is published, or given up.

use std::rc::Rc;

use yew::prelude::*;

use super::model::lines;
use super::operations::{RuleSet, RuleSetDiscard, RuleSetDiscardInput, RuleSetPublish, RuleSetPublishInput};
use crate::api::types::Date;
use crate::api::use_mutation::use_mutation;
use crate::features::person::dialogs::{use_done, use_today};
use crate::i18n::calendar::days_later;
use crate::i18n::t;
use crate::ui::field::{Field, Kind};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;

/// Which draft.
#[derive(Properties, PartialEq)]
pub struct DraftDialogProps {
    /// The draft.
    pub draft: Rc<RuleSet>,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Publishes a draft for a day to come.
#[component]
pub fn PublishDialog(props: &DraftDialogProps) -> Html {
    let tomorrow = days_later(&use_today(), 1).unwrap_or_default();
    let form = use_form("publish", || Values::from([("from", tomorrow)]));
    let publish = use_mutation::<RuleSetPublish>();
    let done = use_done(t("已发布规则", "Rules published").to_owned(), &props.onclose);
    let onsubmit = {
        let (form, publish, draft) = (form.clone(), publish.clone(), props.draft.clone());
        Callback::from(move |()| {
            let input = RuleSetPublishInput {
                rule_set: draft.id.clone(),
                from: Date(form.get("from")),
                version: draft.version,
            };
            publish.run(input, done.reform(|_| ()));
        })
    };
    let state = publish.state();
    let changed: Vec<_> =
        lines(&props.draft.rules, &props.draft.changes).into_iter().filter(|line| line.changed).collect();
    html! {
        <FormDialog title={t("发布规则", "Publish rules")} form={form.clone()} state={state.clone()} incomplete={form.filled("from").is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ t("发布后不能再改，要改就另起草稿。已经开始的事项仍按原来的规则。", "It cannot be changed afterwards; a change needs another draft. What has begun keeps its rules.") }</p>
            if changed.is_empty() {
                <p class="muted">{ t("这份草稿与现行规则相同。", "This draft says the same as the rules in force.") }</p>
            } else {
                <ul>{ for changed.iter().map(|line| html! { <li><b>{ line.label.clone() }</b>{ " " }{ line.now.clone().unwrap_or_else(|| t("不再要求", "Not asked any more").to_owned()) }</li> }) }</ul>
            }
            <Field {form} name="from" kind={Kind::Date} label={t("生效日期", "First day")} help={t("最早明天。", "Tomorrow at the earliest.")} required=true errors={state.errors} />
        </FormDialog>
    }
}

/// Gives a draft up.
#[component]
pub fn DiscardDialog(props: &DraftDialogProps) -> Html {
    let form = use_form("discard", Values::default);
    let discard = use_mutation::<RuleSetDiscard>();
    let done = use_done(t("已放弃草稿", "Draft given up").to_owned(), &props.onclose);
    let onsubmit = {
        let (discard, draft) = (discard.clone(), props.draft.clone());
        Callback::from(move |()| {
            let input = RuleSetDiscardInput { rule_set: draft.id.clone(), version: draft.version };
            discard.run(input, done.reform(|_| ()));
        })
    };
    html! {
        <FormDialog danger=true title={t("放弃草稿", "Give draft up")} {form} state={discard.state()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ t("草稿不再继续，内容仍可查看。现行规则不受影响。", "The draft goes no further; it stays readable. The rules in force are not touched.") }</p>
        </FormDialog>
    }
}
