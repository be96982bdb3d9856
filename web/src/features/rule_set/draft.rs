//! The draft: its form, what it changes, what it would hit, and its end.

use std::rc::Rc;

use yew::prelude::*;

use super::list::rule_table;
use super::model::{LAPSE_DAYS, NOTE, STAGES, named, names, rules_of, values_of};
use super::operations::{RuleSet, RuleSetEdit, RuleSetEditInput, RuleSetHitsQuery, RuleSetHitsVariables};
use super::publish::{DiscardDialog, PublishDialog};
use crate::api::fragments::UserError;
use crate::api::types::{Labelled, RuleKind};
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::i18n::t;
use crate::routes::use_unsaved;
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::conflict::{ConflictRow, use_conflict};
use crate::ui::field::{Field, Kind, error_of, field_error};
use crate::ui::form::{FormHandle, use_form};
use crate::ui::form_dialog::error_summary;
use crate::ui::page::Panel;
use crate::ui::toast::use_toaster;

/// Which draft.
#[derive(Properties, PartialEq)]
pub struct DraftPanelProps {
    /// The draft.
    pub draft: Rc<RuleSet>,
}

#[derive(Clone, Copy, PartialEq)]
enum Open {
    Publish,
    Discard,
}

/// The form of a draft beside what it changes and would hit.
#[component]
pub fn DraftPanel(props: &DraftPanelProps) -> Html {
    let draft = &props.draft;
    let form = use_form("rules", || values_of(draft));
    let edit = use_mutation::<RuleSetEdit>();
    let toaster = use_toaster();
    let wrong = use_state(|| Rc::new(Vec::<UserError>::new()));
    let conflict = use_conflict(draft.version);
    let open = use_state(|| None::<Open>);
    use_unsaved(form.is_dirty());
    let save = {
        let (form, edit, wrong, id, refused) =
            (form.clone(), edit.clone(), wrong.clone(), draft.id.clone(), conflict.refused());
        Callback::from(move |version: i32| {
            let rules = match rules_of(&form.values()) {
                Ok(rules) => rules,
                Err(errors) => return wrong.set(Rc::new(errors)),
            };
            wrong.set(Rc::new(Vec::new()));
            let input = RuleSetEditInput { rule_set: id.clone(), note: form.get(NOTE), rules, version };
            let (toaster, form) = (toaster.clone(), form.clone());
            let done = Callback::from(move |_| {
                toaster.show(t("已保存草稿", "Draft saved"));
                form.reset(form.values());
            });
            edit.run_or(input, done, refused.clone());
        })
    };
    let onsubmit = {
        let (save, version) = (save.clone(), draft.version);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            save.emit(version);
        })
    };
    let mut state = edit.state();
    state.errors = if wrong.is_empty() { Rc::new(named(&state.errors)) } else { (*wrong).clone() };
    let show = |which: Option<Open>| {
        let open = open.clone();
        Callback::from(move |()| open.set(which))
    };
    let ontheirs = {
        let (form, draft) = (form.clone(), draft.clone());
        Callback::from(move |()| form.reset(values_of(&draft)))
    };
    let rows = || -> Vec<ConflictRow> {
        let theirs = draft.rules.iter().map(|rule| rule.sentence.clone()).collect::<Vec<_>>().join(" ");
        vec![(t("规则", "Rules").to_owned(), t("您正在填写的内容", "What you are entering").to_owned(), theirs)]
    };
    html! {
        <Panel id="draft" title={t("草稿", "Draft")}>
            <form class="panel__body stack" {onsubmit} novalidate={true}>
                { error_summary(&state, &form) }
                { contact(&form, &state.errors) }
                { days(&form, RuleKind::CompleteRecord, &state.errors) }
                { question(&form, &state.errors) }
                <Field form={form.clone()} name={NOTE} label={t("依据", "Source")} help={t("例如文件名称和文号，最多 200 字。", "Such as the name and number of a document, at most 200 characters.")} errors={state.errors.clone()} />
                <div class="cluster">
                    <Button submit=true class={classes!(form.is_dirty().then_some("button--primary"))} busy={state.busy} disabled={!form.is_dirty()} label={t("保存草稿", "Save draft")} />
                    <Button class={classes!((!form.is_dirty()).then_some("button--primary"))} disabled={form.is_dirty()} label={t("发布规则", "Publish rules")} onclick={show(Some(Open::Publish))} />
                    <Button class="button--danger" label={t("放弃草稿", "Give draft up")} onclick={show(Some(Open::Discard))} />
                </div>
            </form>
            <Effects draft={draft.clone()} />
            { conflict.dialog(rows, &ontheirs, &save) }
            { match *open {
                Some(Open::Publish) => html! { <PublishDialog draft={draft.clone()} onclose={show(None)} /> },
                Some(Open::Discard) => html! { <DiscardDialog draft={draft.clone()} onclose={show(None)} /> },
                None => Html::default(),
            } }
        </Panel>
    }
}

fn contact(form: &FormHandle, errors: &Rc<Vec<UserError>>) -> Html {
    let more = html! {
        <>
            <div class="cluster" role="group" aria-label={t("阶段", "Stages")}>
                { for STAGES.iter().map(|(stage, name)| html! { <Field form={form.clone()} {name} kind={Kind::Check} label={stage.label()} /> }) }
            </div>
            if let Some(error) = error_of(errors, STAGES[0].1) { { field_error("rules-stages-error", &error.message) } }
        </>
    };
    rule(form, RuleKind::ContactPerson, &more, errors)
}

fn days(form: &FormHandle, kind: RuleKind, errors: &Rc<Vec<UserError>>) -> Html {
    rule(form, kind, &Html::default(), errors)
}

fn question(form: &FormHandle, errors: &Rc<Vec<UserError>>) -> Html {
    let more = html! {
        <Field form={form.clone()} name={LAPSE_DAYS} label={t("逾期多少天后失效", "Days after which it falls away")} required=true errors={errors.clone()} />
    };
    rule(form, RuleKind::TransferQuestion, &more, errors)
}

/// One rule: whether it is asked for, and its parameters.
fn rule(form: &FormHandle, kind: RuleKind, more: &Html, errors: &Rc<Vec<UserError>>) -> Html {
    let (asked, days, _) = names(kind);
    let (label, help) = match kind {
        RuleKind::ContactPerson => {
            (t("要有培养联系人", "A contact person"), t("从进入阶段那天算起。", "From the day the stage began."))
        }
        RuleKind::CompleteRecord => {
            (t("要补全档案", "A complete record"), t("从登记那天算起。", "From the day of the entry."))
        }
        RuleKind::TransferQuestion => {
            (t("要答复转接询问", "An answer about a transfer"), t("从询问那天算起。", "From the day of the question."))
        }
    };
    html! {
        <fieldset class="rule">
            <legend class="rule__name"><Field form={form.clone()} name={asked} kind={Kind::Check} {label} /></legend>
            if !form.get(asked).is_empty() {
                <div class="form-grid">
                    <Field form={form.clone()} name={days} label={t("天数", "Days")} {help} required=true errors={errors.clone()} />
                    { more.clone() }
                </div>
            }
        </fieldset>
    }
}

/// What the saved draft says, where it differs, and what it would hit.
#[component]
fn Effects(props: &DraftPanelProps) -> Html {
    let query = use_query::<RuleSetHitsQuery, _>(RuleSetHitsVariables { rule_set: props.draft.id.clone() });
    html! {
        <>
            <div class="panel__body"><h3>{ t("保存的草稿会怎样", "What the saved draft would do") }</h3>
            <p class="meta">{ t("假如今天对全市所有记录适用；实际只对生效之后开始的事项适用。", "If it held for every record of the city today; in fact it will hold for what begins after its first day.") }</p></div>
            { async_view(&query, t("试算结果", "what it would hit"), 3, |data| rule_table(&props.draft, t("草稿的规则", "Rules of the draft").to_owned(), data.rule_set_hits.as_deref())) }
        </>
    }
}
