//! Dialogs that change one organization: archive, restore, term, posts.

use std::rc::Rc;

use cynic::Id;
use yew::prelude::*;

use super::actions::{
    OrganizationArchive, OrganizationArchiveInput, OrganizationRestore, OrganizationRestoreInput, PostAssign,
    PostAssignInput, PostEnd, PostEndInput, TermRecord, TermRecordInput,
};
use super::operations::{Organization, OrganizationPost, OrganizationQuery, OrganizationVariables};
use crate::api::types::{Date, Labelled, PostTitle};
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::features::person::dialogs::{use_done, use_today};
use crate::features::search::PersonPicker;
use crate::i18n::{fill, t};
use crate::ui::async_view::late_dialog;
use crate::ui::browser;
use crate::ui::field::{Field, Kind, options};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;

/// What a dialog works on.
#[derive(Properties, PartialEq)]
pub struct OrganizationDialogProps {
    /// The organization.
    pub organization: Rc<Organization>,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Takes an organization out of use.
#[component]
pub fn ArchiveDialog(props: &OrganizationDialogProps) -> Html {
    let form = use_form("archive", Values::default);
    let archive = use_mutation::<OrganizationArchive>();
    let done = use_done(fill("已归档，{0}", "Archived, {0}", &[&props.organization.name]), &props.onclose);
    let onsubmit = {
        let (form, archive, organization) = (form.clone(), archive.clone(), props.organization.clone());
        Callback::from(move |()| {
            archive.run(
                OrganizationArchiveInput {
                    organization: organization.id.clone(),
                    reason: form.get("reason"),
                    version: organization.version,
                },
                done.reform(|_| ()),
            );
        })
    };
    let state = archive.state();
    html! {
        <FormDialog danger=true title={t("归档组织", "Archive")} form={form.clone()} state={state.clone()} incomplete={form.filled("reason").is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ fill("{0}不再出现在组织树里。下级组织和人员要先移走。记录不删除，可以恢复。", "{0} leaves the tree. Children and members are moved away first. Nothing is deleted; it can be restored.", &[&props.organization.name]) }</p>
            <Field {form} name="reason" kind={Kind::Lines} label={t("原因", "Reason")} required=true errors={state.errors} />
        </FormDialog>
    }
}

/// Takes an organization into use again.
#[component]
pub fn RestoreDialog(props: &OrganizationDialogProps) -> Html {
    let form = use_form("restore", Values::default);
    let restore = use_mutation::<OrganizationRestore>();
    let done = use_done(fill("已恢复，{0}", "Restored, {0}", &[&props.organization.name]), &props.onclose);
    let onsubmit = {
        let (form, restore, organization) = (form.clone(), restore.clone(), props.organization.clone());
        Callback::from(move |()| {
            restore.run(
                OrganizationRestoreInput {
                    organization: organization.id.clone(),
                    reason: form.get("reason"),
                    version: organization.version,
                },
                done.reform(|_| ()),
            );
        })
    };
    let state = restore.state();
    html! {
        <FormDialog title={t("恢复组织", "Restore")} form={form.clone()} state={state.clone()} incomplete={form.filled("reason").is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ fill("{0}重新出现在组织树里。", "{0} comes back into the tree.", &[&props.organization.name]) }</p>
            <Field {form} name="reason" kind={Kind::Lines} label={t("原因", "Reason")} required=true errors={state.errors} />
        </FormDialog>
    }
}

fn term_title() -> &'static str {
    t("登记换届", "Record term")
}

/// Records a reelection.
#[component]
pub fn TermDialog(props: &OrganizationDialogProps) -> Html {
    let today = use_today();
    let form = use_form("term", || Values::from([("from", today)]));
    let record = use_mutation::<TermRecord>();
    let done = use_done(fill("已登记换届，{0}", "Term recorded, {0}", &[&props.organization.name]), &props.onclose);
    let onsubmit = {
        let (form, record, organization) = (form.clone(), record.clone(), props.organization.clone());
        Callback::from(move |()| {
            let input = TermRecordInput {
                organization: organization.id.clone(),
                from: Date(form.get("from")),
                until: Date(form.get("until")),
                version: organization.version,
            };
            record.run(input, done.reform(|_| ()));
        })
    };
    let state = record.state();
    let incomplete = form.filled("from").is_none() || form.filled("until").is_none();
    let running = props
        .organization
        .term
        .as_ref()
        .map(|term| fill("，本届任期 {0} 至 {1}", ", running term {0} to {1}", &[&term.from.0, &term.until.0]))
        .unwrap_or_default();
    html! {
        <FormDialog title={term_title()} form={form.clone()} state={state.clone()} {incomplete} {onsubmit} onclose={props.onclose.clone()}>
            <p class="muted">{ props.organization.name.clone() }{ running }</p>
            <Field form={form.clone()} name="from" kind={Kind::Date} label={t("新任期起", "New term from")} required=true errors={state.errors.clone()} />
            <Field {form} name="until" kind={Kind::Date} label={t("新任期止", "New term until")} required=true help={t("这一天到期换届。", "Reelection is due on this day.")} errors={state.errors} />
        </FormDialog>
    }
}

/// Which organization, by its id.
#[derive(Properties, PartialEq)]
pub struct TermDialogByIdProps {
    /// The organization.
    pub organization: Id,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Fetches the organization first.
#[component]
pub fn TermDialogById(props: &TermDialogByIdProps) -> Html {
    let query = use_query::<OrganizationQuery, _>(OrganizationVariables { id: props.organization.clone() });
    let organization = query.data.as_ref().and_then(|data| data.organization.clone()).map(Rc::new);
    let form = organization.map(|organization| html! { <TermDialog {organization} onclose={props.onclose.clone()} /> });
    late_dialog(&query, term_title(), &props.onclose, form)
}

/// Gives a post to a person.
#[component]
pub fn PostAssignDialog(props: &OrganizationDialogProps) -> Html {
    let today = use_today();
    let form = use_form("post", || Values::from([("from", today)]));
    let assign = use_mutation::<PostAssign>();
    let key = use_memo((), |()| browser::fresh_key());
    let done = use_done(t("已任命职务", "Post assigned").to_owned(), &props.onclose);
    let title = PostTitle::from_code(&form.get("title"));
    let onsubmit = {
        let (form, assign, organization) = (form.clone(), assign.clone(), props.organization.id.clone());
        Callback::from(move |()| {
            if let Some(title) = title {
                let input = PostAssignInput {
                    organization: organization.clone(),
                    person: Id::new(form.get("person")),
                    title,
                    full_time: !form.get("fullTime").is_empty(),
                    from: Date(form.get("from")),
                    idempotency_key: Some((*key).clone()),
                };
                assign.run(input, done.reform(|_| ()));
            }
        })
    };
    let state = assign.state();
    let incomplete = title.is_none() || form.filled("person").is_none() || form.filled("from").is_none();
    html! {
        <FormDialog title={t("任命职务", "Assign post")} form={form.clone()} state={state.clone()} {incomplete} {onsubmit} onclose={props.onclose.clone()}>
            <PersonPicker form={form.clone()} name="person" label={t("人员", "Person")} errors={state.errors.clone()} />
            <Field form={form.clone()} name="title" kind={Kind::Select} label={t("职务", "Post")} required=true options={options::<PostTitle>()} errors={state.errors.clone()} />
            <Field form={form.clone()} name="from" kind={Kind::Date} label={t("任职起", "Since")} required=true errors={state.errors.clone()} />
            <Field {form} name="fullTime" kind={Kind::Check} label={t("专职", "Full-time")} errors={state.errors} />
        </FormDialog>
    }
}

/// Which post.
#[derive(Properties, PartialEq)]
pub struct PostEndDialogProps {
    /// The post.
    pub post: OrganizationPost,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Ends a post.
#[component]
pub fn PostEndDialog(props: &PostEndDialogProps) -> Html {
    let today = use_today();
    let form = use_form("post-end", || Values::from([("until", today)]));
    let end = use_mutation::<PostEnd>();
    let done = use_done(fill("已免去职务，{0}", "Post ended, {0}", &[&props.post.holder()]), &props.onclose);
    let onsubmit = {
        let (form, end, post) = (form.clone(), end.clone(), props.post.id.clone());
        Callback::from(move |()| {
            end.run(PostEndInput { post: post.clone(), until: Date(form.get("until")) }, done.reform(|_| ()));
        })
    };
    let state = end.state();
    html! {
        <FormDialog title={t("免去职务", "End post")} form={form.clone()} state={state.clone()} incomplete={form.filled("until").is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p class="muted">{ props.post.holder() }{ t("，", ", ") }{ props.post.title.label() }</p>
            <Field {form} name="until" kind={Kind::Date} label={t("免职日期", "Ends on")} help={t("从这一天起不再任职。", "The first day without the post.")} required=true errors={state.errors} />
        </FormDialog>
    }
}
