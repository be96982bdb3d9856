//! Dialogs that change the tree: move and merge.

use cynic::Id;
use yew::prelude::*;

use super::actions::{OrganizationMerge, OrganizationMergeInput, OrganizationMove, OrganizationMoveInput};
use super::change_dialogs::OrganizationDialogProps;
use super::operations::{OrganizationQuery, OrganizationVariables};
use crate::api::types::Date;
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query_when;
use crate::features::person::dialogs::{use_done, use_today};
use crate::features::search::OrganizationPicker;
use crate::i18n::{fill, t};
use crate::routes;
use crate::ui::field::{Field, Kind};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;

/// Moves an organization below another.
#[component]
pub fn MoveDialog(props: &OrganizationDialogProps) -> Html {
    let today = use_today();
    let form = use_form("move", || Values::from([("effectiveOn", today)]));
    let run = use_mutation::<OrganizationMove>();
    let done = use_done(fill("已移动，{0}", "Moved, {0}", &[&props.organization.name]), &props.onclose);
    let onsubmit = {
        let (form, run, organization) = (form.clone(), run.clone(), props.organization.clone());
        Callback::from(move |()| {
            let input = OrganizationMoveInput {
                organization: organization.id.clone(),
                to: Id::new(form.get("to")),
                effective_on: Date(form.get("effectiveOn")),
                reason: form.get("reason"),
                version: organization.version,
            };
            run.run(input, done.reform(|_| ()));
        })
    };
    let state = run.state();
    let incomplete = ["to", "effectiveOn", "reason"].iter().any(|name| form.filled(name).is_none());
    html! {
        <FormDialog title={t("移动组织", "Move")} form={form.clone()} state={state.clone()} {incomplete} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ fill("{0}连同下级一起移动，授权范围随之改变。", "{0} moves with everything below; scopes of authority follow.", &[&props.organization.name]) }</p>
            <OrganizationPicker form={form.clone()} name="to" label={t("新的上级组织", "New parent")} errors={state.errors.clone()} />
            <Field form={form.clone()} name="effectiveOn" kind={Kind::Date} label={t("生效日期", "Effective on")} required=true errors={state.errors.clone()} />
            <Field {form} name="reason" kind={Kind::Lines} label={t("原因", "Reason")} required=true errors={state.errors} />
        </FormDialog>
    }
}

/// Merges an organization into another.
#[component]
pub fn MergeDialog(props: &OrganizationDialogProps) -> Html {
    let today = use_today();
    let form = use_form("merge", || Values::from([("effectiveOn", today)]));
    let run = use_mutation::<OrganizationMerge>();
    let target = form.filled("into").map(Id::new);
    let query = use_query_when::<OrganizationQuery, _>(target.clone().map(|id| OrganizationVariables { id }));
    let into = query
        .data
        .as_ref()
        .and_then(|data| data.organization.clone())
        .filter(|organization| Some(&organization.id) == target.as_ref());
    let done = use_done(fill("已合并，{0}", "Merged, {0}", &[&props.organization.name]), &props.onclose);
    let onsubmit = {
        let (form, run, source, into) = (form.clone(), run.clone(), props.organization.clone(), into.clone());
        Callback::from(move |()| {
            let Some(into) = &into else { return };
            let input = OrganizationMergeInput {
                source: source.id.clone(),
                into: into.id.clone(),
                effective_on: Date(form.get("effectiveOn")),
                reason: form.get("reason"),
                source_version: source.version,
                into_version: into.version,
            };
            let (done, address) = (done.clone(), routes::organization(&into.id));
            run.run(
                input,
                Callback::from(move |_| {
                    done.emit(());
                    routes::go_saved(&address);
                }),
            );
        })
    };
    let state = run.state();
    let incomplete = into.is_none() || ["effectiveOn", "reason"].iter().any(|name| form.filled(name).is_none());
    html! {
        <FormDialog danger=true title={t("合并组织", "Merge")} form={form.clone()} state={state.clone()} {incomplete} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ fill("{0}的下级、人员和关联移到另一个组织，本组织归档。", "Children, members and ties of {0} move to the other organization, and it is archived.", &[&props.organization.name]) }</p>
            <OrganizationPicker form={form.clone()} name="into" label={t("并入的组织", "Merge into")} errors={state.errors.clone()} />
            <Field form={form.clone()} name="effectiveOn" kind={Kind::Date} label={t("生效日期", "Effective on")} required=true errors={state.errors.clone()} />
            <Field {form} name="reason" kind={Kind::Lines} label={t("原因", "Reason")} required=true errors={state.errors} />
        </FormDialog>
    }
}
