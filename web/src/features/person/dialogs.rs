//! What is done to a record: archive, restore, transfer, tie.

use std::rc::Rc;

use cynic::Id;
use yew::prelude::*;

use super::actions::{
    AffiliationCreate, AffiliationCreateInput, AffiliationEnd, AffiliationEndInput, MemberTransfer,
    MemberTransferInput, PersonArchive, PersonArchiveInput, PersonRestore, PersonRestoreInput,
};
use super::operations::{Affiliation, Person};
use crate::api::types::{AffiliationKind, Date, Labelled};
use crate::api::use_mutation::use_mutation;
use crate::features::search::OrganizationPicker;
use crate::i18n::{fill, t};
use crate::session::actor::use_actor;
use crate::ui::browser;
use crate::ui::field::{Field, Kind, options};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;
use crate::ui::toast::use_toaster;

/// What a dialog works on.
#[derive(Properties, PartialEq)]
pub struct PersonDialogProps {
    /// The record.
    pub person: Rc<Person>,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Says what was done and closes.
#[hook]
pub fn use_done(text: String, onclose: &Callback<()>) -> Callback<()> {
    let (toaster, onclose) = (use_toaster(), onclose.clone());
    Callback::from(move |()| {
        toaster.show(text.clone());
        onclose.emit(());
    })
}

/// Today in the city.
#[hook]
pub fn use_today() -> String {
    use_actor().map(|actor| actor.viewer.today.0.clone()).unwrap_or_default()
}

/// Takes a record out of use.
#[component]
pub fn ArchiveDialog(props: &PersonDialogProps) -> Html {
    let form = use_form("archive", Values::default);
    let archive = use_mutation::<PersonArchive>();
    let done = use_done(fill("已归档，{0}", "Archived, {0}", &[&props.person.name]), &props.onclose);
    let onsubmit = {
        let (form, archive, person) = (form.clone(), archive.clone(), props.person.clone());
        Callback::from(move |()| {
            archive.run(
                PersonArchiveInput { person: person.id.clone(), reason: form.get("reason"), version: person.version },
                done.reform(|_| ()),
            );
        })
    };
    let state = archive.state();
    html! {
        <FormDialog danger=true title={t("归档记录", "Archive the record")} form={form.clone()} state={state.clone()} incomplete={form.filled("reason").is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ fill("{0}不再出现在名单和人数里。记录不删除，可以恢复。", "{0} leaves the lists and counts. Nothing is deleted; the record can be restored.", &[&props.person.name]) }</p>
            <Field {form} name="reason" kind={Kind::Lines} label={t("原因", "Reason")} required=true errors={state.errors} />
        </FormDialog>
    }
}

/// Takes a record into use again.
#[component]
pub fn RestoreDialog(props: &PersonDialogProps) -> Html {
    let form = use_form("restore", Values::default);
    let restore = use_mutation::<PersonRestore>();
    let done = use_done(fill("已恢复，{0}", "Restored, {0}", &[&props.person.name]), &props.onclose);
    let onsubmit = {
        let (form, restore, person) = (form.clone(), restore.clone(), props.person.clone());
        Callback::from(move |()| {
            restore.run(
                PersonRestoreInput { person: person.id.clone(), reason: form.get("reason"), version: person.version },
                done.reform(|_| ()),
            );
        })
    };
    let state = restore.state();
    html! {
        <FormDialog title={t("恢复记录", "Restore the record")} form={form.clone()} state={state.clone()} incomplete={form.filled("reason").is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ fill("{0}重新出现在名单和人数里。", "{0} comes back into the lists and counts.", &[&props.person.name]) }</p>
            <Field {form} name="reason" kind={Kind::Lines} label={t("原因", "Reason")} required=true errors={state.errors} />
        </FormDialog>
    }
}

/// Moves the home organization.
#[component]
pub fn TransferDialog(props: &PersonDialogProps) -> Html {
    let today = use_today();
    let form = use_form("transfer", || Values::from([("effectiveOn", today)]));
    let transfer = use_mutation::<MemberTransfer>();
    let done = use_done(fill("已转接组织关系，{0}", "Transferred, {0}", &[&props.person.name]), &props.onclose);
    let Some(membership) = props.person.membership.clone() else { return Html::default() };
    let onsubmit = {
        let (form, transfer) = (form.clone(), transfer.clone());
        Callback::from(move |()| {
            let input = MemberTransferInput {
                member: membership.id.clone(),
                to: Id::new(form.get("to")),
                effective_on: Date(form.get("effectiveOn")),
                reason: form.get("reason"),
                version: membership.version,
            };
            transfer.run(input, done.reform(|_| ()));
        })
    };
    let state = transfer.state();
    let incomplete = ["to", "effectiveOn", "reason"].iter().any(|name| form.filled(name).is_none());
    html! {
        <FormDialog title={t("转接组织关系", "Transfer")} form={form.clone()} state={state.clone()} {incomplete} {onsubmit} onclose={props.onclose.clone()}>
            <p class="muted">{ props.person.name.clone() }</p>
            <OrganizationPicker form={form.clone()} name="to" label={t("转入组织", "To")} errors={state.errors.clone()} />
            <Field form={form.clone()} name="effectiveOn" kind={Kind::Date} label={t("生效日期", "Effective on")} required=true errors={state.errors.clone()} />
            <Field {form} name="reason" kind={Kind::Lines} label={t("原因", "Reason")} required=true errors={state.errors} />
        </FormDialog>
    }
}

/// Ties the person to another organization.
#[component]
pub fn AffiliationCreateDialog(props: &PersonDialogProps) -> Html {
    let today = use_today();
    let form = use_form("tie", || Values::from([("from", today)]));
    let create = use_mutation::<AffiliationCreate>();
    let key = use_memo((), |()| browser::fresh_key());
    let done = use_done(fill("已添加组织关联，{0}", "Tie added, {0}", &[&props.person.name]), &props.onclose);
    let kind = AffiliationKind::from_code(&form.get("kind"));
    let onsubmit = {
        let (form, create, person) = (form.clone(), create.clone(), props.person.id.clone());
        Callback::from(move |()| {
            if let Some(kind) = kind {
                let input = AffiliationCreateInput {
                    person: person.clone(),
                    organization: Id::new(form.get("organization")),
                    kind,
                    from: Date(form.get("from")),
                    idempotency_key: Some((*key).clone()),
                };
                create.run(input, done.reform(|_| ()));
            }
        })
    };
    let state = create.state();
    let incomplete = kind.is_none() || form.filled("organization").is_none() || form.filled("from").is_none();
    html! {
        <FormDialog title={t("添加关联", "Add tie")} form={form.clone()} state={state.clone()} {incomplete} {onsubmit} onclose={props.onclose.clone()}>
            <p class="muted">{ t("关联不改变所在组织，不计入人数。", "A tie does not change the home organization and is not counted.") }</p>
            <OrganizationPicker form={form.clone()} name="organization" label={t("组织", "Organization")} errors={state.errors.clone()} />
            <Field form={form.clone()} name="kind" kind={Kind::Select} label={t("关联类别", "Kind")} required=true options={options::<AffiliationKind>()} errors={state.errors.clone()} />
            <Field {form} name="from" kind={Kind::Date} label={t("起始日期", "From")} required=true errors={state.errors} />
        </FormDialog>
    }
}

/// Which tie to end.
#[derive(Properties, PartialEq)]
pub struct AffiliationEndDialogProps {
    /// The tie.
    pub tie: Affiliation,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Ends a tie.
#[component]
pub fn AffiliationEndDialog(props: &AffiliationEndDialogProps) -> Html {
    let today = use_today();
    let form = use_form("tie-end", || Values::from([("until", today)]));
    let end = use_mutation::<AffiliationEnd>();
    let done = use_done(t("已结束关联", "Tie ended").to_owned(), &props.onclose);
    let onsubmit = {
        let (form, end, affiliation) = (form.clone(), end.clone(), props.tie.id.clone());
        Callback::from(move |()| {
            end.run(
                AffiliationEndInput { affiliation: affiliation.clone(), until: Date(form.get("until")) },
                done.reform(|_| ()),
            );
        })
    };
    let state = end.state();
    html! {
        <FormDialog title={t("结束关联", "End tie")} form={form.clone()} state={state.clone()} incomplete={form.filled("until").is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p class="muted">{ props.tie.organization.as_ref().map(|place| place.name.clone()) }{ t("，", ", ") }{ props.tie.kind.label() }</p>
            <Field {form} name="until" kind={Kind::Date} label={t("结束日期", "Ends on")} help={t("从这一天起不再关联。", "The first day without the tie.")} required=true errors={state.errors} />
        </FormDialog>
    }
}
